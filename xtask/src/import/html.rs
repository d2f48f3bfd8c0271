//! A page saved as HTML.

use scraper::{ElementRef, Html, Node, Selector};

use super::{Block, PageError, RawRow, RawTable};

pub(super) fn looks_like(page: &str) -> bool {
    let start: String = page.trim_start().chars().take(512).collect::<String>().to_lowercase();
    start.starts_with('<') || start.contains("<html") || start.contains("<!doctype")
}

/// Refuses a page that was cut off: a parser of HTML would close what is open and say nothing.
fn check_whole(page: &str) -> Result<(), PageError> {
    let lower = page.to_ascii_lowercase();
    let mut open = Vec::new();
    for (at, _) in lower.match_indices("<table") {
        open.push((at, true));
    }
    for (at, _) in lower.match_indices("</table") {
        open.push((at, false));
    }
    open.sort_unstable();
    let mut begun: Vec<usize> = Vec::new();
    for (at, begins) in open {
        if begins {
            begun.push(at);
        } else {
            begun.pop();
        }
    }
    match begun.first() {
        Some(at) => {
            Err(PageError::new(line_of(page, *at), "the table that begins here does not end; is the page whole?"))
        }
        None => Ok(()),
    }
}

fn line_of(page: &str, at: usize) -> usize {
    page[..at].matches('\n').count() + 1
}

pub(super) fn blocks(page: &str) -> Result<Vec<Block>, PageError> {
    check_whole(page)?;
    let document = Html::parse_document(page);
    let mut walker = Walker { lines: Lines { page, from: 0 }, blocks: Vec::new() };
    walker.visit(document.root_element());
    Ok(walker.blocks)
}

/// The parser keeps no positions; texts are found again in the page, one after the other.
struct Lines<'p> {
    page: &'p str,
    from: usize,
}

impl Lines<'_> {
    fn find(&mut self, text: &str) -> usize {
        let needle = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
        if !needle.is_empty()
            && let Some(at) = self.page[self.from..].find(needle)
        {
            self.from += at;
        }
        line_of(self.page, self.from)
    }
}

struct Walker<'p> {
    lines: Lines<'p>,
    blocks: Vec<Block>,
}

impl Walker<'_> {
    fn visit(&mut self, element: ElementRef<'_>) {
        match element.value().name() {
            "script" | "style" | "head" | "noscript" => {}
            "table" => self.table(element),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "p" | "pre" | "li" | "dt" | "dd" if !has_blocks(element) => {
                self.line(&text(element));
            }
            _ => {
                // Text that stands beside elements, as in a plain `div`.
                for child in element.children() {
                    if let Some(child) = ElementRef::wrap(child) {
                        self.visit(child);
                    } else if let Node::Text(text) = child.value() {
                        self.line(text);
                    }
                }
            }
        }
    }

    fn line(&mut self, text: &str) {
        for text in text.lines().map(str::trim).filter(|text| !text.is_empty()) {
            let line = self.lines.find(text);
            self.blocks.push(Block::Line { line, text: text.to_owned() });
        }
    }

    fn table(&mut self, table: ElementRef<'_>) {
        let caption = select(table, "caption").first().map(|caption| text(*caption));
        let mut rows =
            select(table, "tr").into_iter().map(|row| select(row, "th, td").into_iter().map(text).collect::<Vec<_>>());
        let Some(columns) = rows.next() else { return };
        let line = self.lines.find(&columns.first().cloned().unwrap_or_default());
        let rows =
            rows.map(|cells| RawRow { line: self.lines.find(&cells.first().cloned().unwrap_or_default()), cells });
        let rows = rows.collect();
        self.blocks.push(Block::Table(RawTable { line, caption, columns, rows }));
    }
}

fn select<'e>(element: ElementRef<'e>, selector: &str) -> Vec<ElementRef<'e>> {
    let selector = Selector::parse(selector).expect("a selector of this file is one");
    element.select(&selector).collect()
}

fn has_blocks(element: ElementRef<'_>) -> bool {
    !select(element, "table, p, pre, ul, ol, div, h1, h2, h3, h4, h5, h6").is_empty()
}

/// The text of an element, with a line for each paragraph and a bullet for each item of a list.
fn text(element: ElementRef<'_>) -> String {
    let mut text = String::new();
    collect(element, &mut text);
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

fn collect(element: ElementRef<'_>, text: &mut String) {
    for child in element.children() {
        if let Some(child) = ElementRef::wrap(child) {
            match child.value().name() {
                "br" => text.push('\n'),
                "script" | "style" => {}
                "li" => {
                    text.push_str("\n- ");
                    collect(child, text);
                    text.push('\n');
                }
                "p" | "div" | "ul" | "ol" | "pre" => {
                    // A paragraph that begins an item stays beside its bullet.
                    if !text.ends_with("- ") {
                        text.push('\n');
                    }
                    collect(child, text);
                    text.push('\n');
                }
                _ => collect(child, text),
            }
        } else if let Node::Text(words) = child.value() {
            // Lines of the source are no lines of the page.
            for word in words.split_inclusive(char::is_whitespace) {
                text.push_str(word.trim_end());
                if word.ends_with(char::is_whitespace) {
                    text.push(' ');
                }
            }
        }
    }
}
