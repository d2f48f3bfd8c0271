//! A page saved as text: tables are written with bars, a cell per line or a row per line.

use super::{Block, PageError, RawRow, RawTable};

pub(super) fn blocks(page: &str) -> Result<Vec<Block>, PageError> {
    let lines: Vec<&str> = page.lines().collect();
    let mut blocks = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let text = lines[at].trim();
        if text.starts_with('|') {
            let (table, next) = table(&lines, at)?;
            blocks.push(Block::Table(table));
            at = next;
        } else {
            if text.ends_with('|') {
                return Err(PageError::new(at + 1, "a cell stands here without the row that it belongs to"));
            }
            if !text.is_empty() {
                blocks.push(Block::Line { line: at + 1, text: text.to_owned() });
            }
            at += 1;
        }
    }
    Ok(blocks)
}

/// A table that begins at a line, and the line after it.
fn table(lines: &[&str], start: usize) -> Result<(RawTable, usize), PageError> {
    let Some(rule) = rule_after(lines, start) else {
        return Err(PageError::new(start + 1, "a table begins here, but no line `|---|` follows its column names"));
    };
    let columns = cells(&lines[start..rule].join("\n"), None, start + 1)?;
    let width = lines[rule].matches("---").count();
    if columns.len() != width {
        let message = format!("the table has {} column names over {width} columns", columns.len());
        return Err(PageError::new(start + 1, message));
    }
    let mut rows = Vec::new();
    let mut at = rule + 1;
    // One table may follow the other without a line between them.
    while at < lines.len() && lines[at].trim_start().starts_with('|') && rule_after(lines, at).is_none() {
        let begin = at;
        let (row, next) = row(lines, begin, width)?;
        rows.push(RawRow { line: begin + 1, cells: row });
        at = next;
    }
    Ok((RawTable { line: start + 1, caption: None, columns, rows }, at))
}

/// The rule under the column names that begin at a line, each name on a line of its own or all on one.
fn rule_after(lines: &[&str], start: usize) -> Option<usize> {
    let rule = (start + 1..lines.len())
        .find(|at| !lines[*at].trim().ends_with('|') || lines[*at].trim() == "|" || is_rule(lines[*at]))?;
    is_rule(lines[rule]).then_some(rule)
}

fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() > 4
        && line.starts_with('|')
        && line.contains("---")
        && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

/// A row: lines until there is a cell for each column. A bar ends a cell at the end of a line; within a line it may
/// belong to a pattern.
fn row(lines: &[&str], begin: usize, width: usize) -> Result<(Vec<String>, usize), PageError> {
    let mut text = String::new();
    let mut ends = 0;
    for (at, line) in lines.iter().enumerate().skip(begin) {
        let line = line.trim();
        if at == begin && line.len() > 1 {
            return Ok((cells(line, Some(width), at + 1)?, at + 1));
        }
        if is_rule(line) {
            break;
        }
        if at > begin {
            text.push_str(line);
            text.push('\n');
            ends += usize::from(line.ends_with('|'));
        }
        if ends == width {
            return Ok((line_cells(&text), at + 1));
        }
    }
    Err(PageError::new(begin + 1, format!("the page ends within this row, after {ends} of {width} cells")))
}

/// Cells that end with a bar at the end of a line.
fn line_cells(text: &str) -> Vec<String> {
    let mut cells = Vec::new();
    let mut cell = String::new();
    for line in text.lines() {
        if let Some(last) = line.strip_suffix('|') {
            cell.push_str(last.trim_end());
            cells.push(std::mem::take(&mut cell).trim().to_owned());
        } else {
            cell.push_str(line);
            cell.push('\n');
        }
    }
    cells
}

/// Cells of a row that stands in one line, or of column names over several.
fn cells(text: &str, width: Option<usize>, line: usize) -> Result<Vec<String>, PageError> {
    let inner = text.trim().trim_start_matches('|').trim_end();
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    let mut cells: Vec<String> = Vec::new();
    for part in inner.replace("\\|", "\u{1}").split('|') {
        cells.push(part.replace('\u{1}', "|").trim().to_owned());
    }
    match width {
        Some(width) if cells.len() < width => {
            Err(PageError::new(line, format!("this row has {} cells, and the table {width} columns", cells.len())))
        }
        // Bars of a pattern stand in the last cell.
        Some(width) if cells.len() > width => {
            let last = cells.split_off(width - 1).join("|");
            cells.push(last);
            Ok(cells)
        }
        _ => Ok(cells),
    }
}
