//! Which table of a page is which: by the headings before it, its columns, and what it is about.

use super::{Block, PageError, RawRow, RawTable, Unread, description, naming};
use crate::evidence::{Evidence, Kind, Operation, Row, Shape, Table};

/// A table that was read; a schema that no caption names has no name yet.
pub(super) struct Read {
    pub(super) line: usize,
    pub(super) kind: Kind,
    pub(super) status: Option<u16>,
    pub(super) name: Option<String>,
    pub(super) rows: Vec<Row>,
    /// What each row says in words.
    pub(super) words: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    Before,
    Uri,
    Request,
    Response,
    /// Examples and what follows them: nothing there is a fact.
    After,
}

/// Columns by what they hold.
struct Columns {
    name: usize,
    required: Option<usize>,
    type_: usize,
    description: usize,
}

pub(super) fn read(blocks: Vec<Block>) -> Result<(Evidence, Vec<Unread>), PageError> {
    let mut section = Section::Before;
    let mut status = None;
    let mut operation: Option<Operation> = None;
    let mut tables: Vec<Read> = Vec::new();
    let mut unread = Vec::new();
    let mut last = 1;
    // In text, the caption of a table is the line before it.
    let mut caption = None;
    for block in blocks {
        match block {
            Block::Line { line, text } => {
                last = line;
                caption = is_caption(&text).then(|| schema_of(&text)).flatten();
                if let Some(next) = heading(&text) {
                    section = next;
                    status = None;
                } else if section != Section::After
                    && let Some(code) = status_of(&text)
                {
                    (section, status) = (Section::Response, Some(code));
                } else if operation.is_none()
                    && let Some(found) = request_line(&text)
                {
                    (section, operation) = (Section::Uri, Some(found));
                }
            }
            Block::Table(mut table) => {
                last = table.line;
                table.caption = table.caption.as_deref().and_then(schema_of).or(caption.take());
                if section == Section::After {
                    continue;
                }
                let Some(columns) = columns(&table) else {
                    // A table before the interface itself is about something else.
                    if section != Section::Before {
                        let message =
                            format!("a table with the columns {} is none of parameters", table.columns.join(", "));
                        unread.push(Unread { line: table.line, message });
                    }
                    continue;
                };
                let Some(operation) = &operation else {
                    let message =
                        "a table of parameters comes before any line such as `GET /v1/..`; is the page whole?";
                    return Err(PageError::new(table.line, message));
                };
                if section == Section::Response && status.is_none() {
                    let message = "a table of a response comes before any status code; is the page whole?";
                    return Err(PageError::new(table.line, message));
                }
                let read = read_table(table, &columns, &mut unread)?;
                split(read, section, status, operation, &mut tables);
            }
        }
    }
    let Some(operation) = operation else {
        return Err(PageError::new(last, "no line such as `GET /v1/..` on the whole page; this is no page of an API"));
    };
    if tables.is_empty() {
        return Err(PageError::new(last, "no table of parameters on the whole page; this is no page of an API"));
    }
    for variable in path_variables(&operation.path) {
        if !tables.iter().any(|t| t.kind == Kind::Path && t.rows.iter().any(|row| row.name == variable)) {
            let message = format!("no row of this table or another tells of `{variable}`, which the path has");
            return Err(PageError::new(tables[0].line, message));
        }
    }
    if section != Section::After || !tables.iter().any(|table| table.status.is_some()) {
        let message =
            "the page ends before its responses and examples; save it whole, from its title to its status codes";
        return Err(PageError::new(last, message));
    }
    naming::name(&mut tables, &mut unread);
    let tables = tables.into_iter().map(|read| Table {
        name: read.name.unwrap_or_default(),
        kind: read.kind,
        status: read.status,
        rows: read.rows,
    });
    Ok((Evidence { operation, tables: tables.collect(), ..Evidence::default() }, unread))
}

/// The last word of a caption such as `Table 4 ServerResponse`, where it is the name of a schema.
fn schema_of(caption: &str) -> Option<String> {
    let word = caption.split_whitespace().next_back()?;
    let named = word.starts_with(|c: char| c.is_ascii_uppercase())
        && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    named.then(|| word.to_owned())
}

fn is_caption(text: &str) -> bool {
    let rest = text.strip_prefix('表').or_else(|| text.strip_prefix("Table")).map(str::trim_start);
    rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

fn heading(text: &str) -> Option<Section> {
    let text =
        text.trim_start_matches('#').trim().trim_matches('*').trim_end_matches([':', '\u{ff1a}']).trim().to_lowercase();
    match text.as_str() {
        "uri" => Some(Section::Uri),
        "请求参数" | "request parameters" | "request" | "request body" => Some(Section::Request),
        "响应参数" | "response parameters" | "response" | "响应消息" | "responses" => Some(Section::Response),
        "请求示例" | "example request" | "example requests" | "响应示例" | "example response" | "example responses"
        | "状态码" | "status code" | "status codes" | "错误码" | "error code" | "error codes" | "sdk代码示例"
        | "sdk sample code" => Some(Section::After),
        _ => None,
    }
}

/// `Status code: 200` in both languages.
fn status_of(text: &str) -> Option<u16> {
    let text = text.trim().trim_matches('*').trim().to_lowercase();
    let rest = text.strip_prefix("状态码").or_else(|| text.strip_prefix("status code"))?;
    let rest = rest.trim_start_matches([':', '\u{ff1a}', ' ', '*', '\u{a0}']);
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok().filter(|code| (100..600).contains(code))
}

/// `GET /v1/{project_id}/..`.
fn request_line(text: &str) -> Option<Operation> {
    let mut words = text.split_whitespace();
    let method = words.next()?;
    let path = words.next()?;
    let known = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD"].contains(&method);
    let path = path.split_once("{endpoint}").map_or(path, |(_, path)| path);
    let path = path.split(['?', '\u{ff1f}']).next()?;
    (known && path.starts_with('/') && words.next().is_none()).then(|| Operation {
        method: method.to_owned(),
        path: path.to_owned(),
        ..Operation::default()
    })
}

fn path_variables(path: &str) -> Vec<&str> {
    path.split('/').filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}')).collect()
}

fn columns(table: &RawTable) -> Option<Columns> {
    let find = |names: &[&str]| {
        table.columns.iter().position(|column| names.contains(&column.trim().trim_matches('*').to_lowercase().as_str()))
    };
    Some(Columns {
        name: find(&["参数", "参数名", "参数名称", "名称", "parameter", "name"])?,
        required: find(&["是否必选", "必选", "mandatory", "required"]),
        type_: find(&["参数类型", "类型", "type", "parameter type"])?,
        description: find(&["描述", "说明", "参数说明", "description"])?,
    })
}

/// What a table holds.
struct Content {
    line: usize,
    name: Option<String>,
    rows: Vec<Row>,
    words: Vec<String>,
}

fn read_table(table: RawTable, columns: &Columns, unread: &mut Vec<Unread>) -> Result<Content, PageError> {
    if table.rows.is_empty() {
        return Err(PageError::new(table.line, "a table of parameters without a row; is the page whole?"));
    }
    let mut read = Content { line: table.line, name: table.caption, rows: Vec::new(), words: Vec::new() };
    for RawRow { line, cells } in table.rows {
        let cell = |index: usize| cells.get(index).map(|cell| cell.trim()).unwrap_or_default();
        let mut row = Row {
            name: cell(columns.name).to_owned(),
            type_: cell(columns.type_).split_whitespace().collect::<Vec<_>>().join(" "),
            ..Row::default()
        };
        if row.name.is_empty() || row.name.contains(char::is_whitespace) {
            let message = format!("`{}` is no name of a parameter", row.name);
            return Err(PageError::new(line, message));
        }
        if Shape::read(&row.type_).is_none() {
            unread
                .push(Unread { line, message: format!("the type of `{}` is not understood: {}", row.name, row.type_) });
        }
        if let Some(required) = columns.required.map(cell) {
            match required.to_lowercase().as_str() {
                "是" | "yes" | "true" => row.required = Some(true),
                "否" | "no" | "false" => row.required = Some(false),
                other => {
                    let message = format!("whether `{}` is mandatory is not understood: {other}", row.name);
                    unread.push(Unread { line, message });
                }
            }
        }
        let words = cell(columns.description);
        for message in description::read(words, &mut row) {
            unread.push(Unread { line, message });
        }
        read.words.push(words.to_owned());
        read.rows.push(row);
    }
    Ok(read)
}

/// Tells the kind of a table and adds it. Parameters of path and query may share one.
fn split(read: Content, section: Section, status: Option<u16>, operation: &Operation, tables: &mut Vec<Read>) {
    let Content { line, name, rows, words } = read;
    if section == Section::Uri {
        let variables = path_variables(&operation.path);
        let (path, query): (Vec<_>, Vec<_>) =
            rows.into_iter().zip(words).partition(|(row, _)| variables.contains(&row.name.as_str()));
        for (kind, rows) in [(Kind::Path, path), (Kind::Query, query)] {
            if !rows.is_empty() {
                let (rows, words) = rows.into_iter().unzip();
                tables.push(Read { line, kind, status: None, name: Some(part_name(kind, None)), rows, words });
            }
        }
        return;
    }
    let known = |kind| tables.iter().any(|table| table.kind == kind && table.status == status);
    let is_header = rows.iter().all(|row| row.name.contains('-') || row.name.eq_ignore_ascii_case("authorization"));
    let kind = if is_header && !known(Kind::Header) && !known(Kind::Body) {
        Kind::Header
    } else if !known(Kind::Body) {
        Kind::Body
    } else {
        Kind::Schema
    };
    let name = if kind == Kind::Schema { name } else { Some(part_name(kind, status)) };
    tables.push(Read { line, kind, status, name, rows, words });
}

fn part_name(kind: Kind, status: Option<u16>) -> String {
    let part = match kind {
        Kind::Path => "path parameters",
        Kind::Query => "query parameters",
        Kind::Header => "headers",
        Kind::Body | Kind::Schema => "body",
    };
    status.map_or_else(
        || if matches!(kind, Kind::Path | Kind::Query) { part.to_owned() } else { format!("request {part}") },
        |status| format!("{status} {part}"),
    )
}
