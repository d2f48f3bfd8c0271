//! The last cell of a row: a text with labels, in Chinese or English, of which range and default are facts.

use std::sync::LazyLock;

use regex::Regex;

use crate::evidence::{Row, Values};

/// What a label announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Prose.
    Meaning,
    Range,
    Default,
    Values,
    Minimum,
    Maximum,
}

/// The labels of the page's generations. A longer one comes before one that it ends with.
const LABELS: &[(&str, Part)] = &[
    ("参数解释", Part::Meaning),
    ("约束限制", Part::Meaning),
    ("取值范围", Part::Range),
    ("数组长度", Part::Range),
    ("默认取值", Part::Default),
    ("缺省值", Part::Default),
    ("默认值", Part::Default),
    ("枚举值", Part::Values),
    ("最小长度", Part::Minimum),
    ("最小值", Part::Minimum),
    ("最大长度", Part::Maximum),
    ("最大值", Part::Maximum),
    ("Parameter description", Part::Meaning),
    ("Definition", Part::Meaning),
    ("Explanation", Part::Meaning),
    ("Description", Part::Meaning),
    ("Constraints", Part::Meaning),
    ("Constraint", Part::Meaning),
    ("Restrictions", Part::Meaning),
    ("Value range", Part::Range),
    ("Array length", Part::Range),
    ("Range", Part::Range),
    ("Default value", Part::Default),
    ("Default", Part::Default),
    ("Enumeration values", Part::Values),
    ("Enumerated values", Part::Values),
    ("Minimum length", Part::Minimum),
    ("Minimum value", Part::Minimum),
    ("Minimum", Part::Minimum),
    ("Maximum length", Part::Maximum),
    ("Maximum value", Part::Maximum),
    ("Maximum", Part::Maximum),
];

static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    let labels = LABELS.iter().map(|(label, _)| regex::escape(label)).collect::<Vec<_>>().join("|");
    // In bold, before a colon, or on a line of its own.
    regex(&format!(
        r"(?im)(?:\*\*)?\b({labels})(?:\*\*)?[ \t]*[:\x{{FF1A}}][ \t]*(?:\*\*)?|^[ \t]*\*\*({labels})\*\*|^[ \t]*({labels})[ \t]*$"
    ))
});
static INTERVAL: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^(?i)([\[(\x{FF08}\x{FF3B}])?\s*(-?\d+)\s*(?:,|\x{FF0C}|-|~|\x{FF5E}|\x{2013}|\x{2014}|to|至|到)\s*(-?\d+)\s*([\])\x{FF09}\x{FF3D}])?",
    )
});
static AT_LEAST: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^(?i)(?:>=|≥|大于等于|不小于|at least|no less than)\s*(-?\d+)"));
static AT_MOST: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^(?i)(?:<=|≤|小于等于|不大于|不超过|at most|no more than)\s*(-?\d+)"));
static BULLET: LazyLock<Regex> = LazyLock::new(|| regex(r"(?:^|\s)[-\x{2013}•·●*]\s+[`\[]?([A-Za-z0-9_.]+)`?"));
static WORD: LazyLock<Regex> = LazyLock::new(|| regex(r"^`?([A-Za-z0-9_.\-]+)`?"));
static ANNOUNCED: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?i)枚举|取值如下|取值包括|可选值|options? (?:are|is)|values? (?:are|is)|enumerat|can be|one of")
});
/// What stands between the values of a list within a line.
const BETWEEN: &str = r"\s*(?:、|,|\x{FF0C}|/|\||或|和|\bor\b|\band\b)\s*";
static SEPARATOR: LazyLock<Regex> = LazyLock::new(|| regex(BETWEEN));
static LIST: LazyLock<Regex> = LazyLock::new(|| {
    let value = "`?[A-Za-z_][A-Za-z0-9_.]*`?";
    regex(&format!("^{value}(?:{BETWEEN}{value})+$"))
});

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern of this file compiles")
}

/// Reads the facts of a description into a row. What is a fact and is not understood is told.
pub(super) fn read(description: &str, row: &mut Row) -> Vec<String> {
    let mut unread = Vec::new();
    for (part, text) in parts(description) {
        match part {
            Part::Meaning => {}
            Part::Range => read_range(text, row, &mut unread),
            Part::Values => read_values(text, row, &mut unread),
            Part::Default => match single(text) {
                Single::Nothing => {}
                Single::Word(word) => row.default = Some(word),
                Single::Other => {
                    unread.push(format!("the default of `{}` is not understood: {}", row.name, shown(text)));
                }
            },
            Part::Minimum | Part::Maximum => match single(text) {
                Single::Nothing => {}
                Single::Word(word) if word.parse::<i64>().is_ok() => {
                    let bound = word.parse().ok();
                    *(if part == Part::Minimum { &mut row.min } else { &mut row.max }) = bound;
                }
                _ => unread.push(format!("a bound of `{}` is not understood: {}", row.name, shown(text))),
            },
        }
    }
    unread
}

/// The labelled parts of a description. What stands before the first label is prose.
fn parts(description: &str) -> Vec<(Part, &str)> {
    let labels: Vec<_> = LABEL
        .captures_iter(description)
        .filter_map(|found| {
            let whole = found.get(0)?;
            let label = found.iter().skip(1).flatten().next()?.as_str();
            let part = LABELS.iter().find(|(known, _)| known.eq_ignore_ascii_case(label))?.1;
            // In a bullet, such a word belongs to a value.
            (!starts_bullet(&description[..whole.start()])).then_some((whole.start(), whole.end(), part))
        })
        .collect();
    let ends = labels.iter().skip(1).map(|(start, ..)| *start).chain([description.len()]);
    labels.iter().zip(ends).map(|((_, start, part), end)| (*part, description[*start..end].trim())).collect()
}

fn starts_bullet(before: &str) -> bool {
    let before = before.trim_end();
    before.ends_with("\n-") || before.ends_with("\n*") || before == "-"
}

fn read_range(text: &str, row: &mut Row, unread: &mut Vec<String>) {
    let text = trimmed(text);
    if text.is_empty() {
        // The label is there, what it labels was a list that the page's saving lost.
        row.values = Some(Values::UNREADABLE);
        return;
    }
    if is_nothing(text) {
        return;
    }
    if text.starts_with('^') {
        let end = text.rfind('$').map_or(text.len(), |end| end + 1);
        row.pattern = Some(text[..end].to_owned());
        rest(&text[end..], row, unread);
    } else if let Some(found) = INTERVAL.captures(text) {
        let bound = |group: usize| found.get(group).and_then(|bound| bound.as_str().parse::<i64>().ok());
        let open =
            |group: usize| found.get(group).is_some_and(|b| matches!(b.as_str(), "(" | ")" | "\u{ff08}" | "\u{ff09}"));
        row.min = bound(2).map(|min| min.saturating_add(i64::from(open(1))));
        row.max = bound(3).map(|max| max.saturating_sub(i64::from(open(4))));
        rest(&text[found[0].len()..], row, unread);
    } else if let Some(found) = AT_LEAST.captures(text) {
        row.min = found[1].parse().ok();
        rest(&text[found[0].len()..], row, unread);
    } else if let Some(found) = AT_MOST.captures(text) {
        row.max = found[1].parse().ok();
        rest(&text[found[0].len()..], row, unread);
    } else {
        read_values(text, row, unread);
    }
}

fn read_values(text: &str, row: &mut Row, unread: &mut Vec<String>) {
    let text = trimmed(text);
    let bullets: Vec<_> = BULLET.captures_iter(text).collect();
    if !bullets.is_empty() {
        let mut values = Vec::new();
        for (index, bullet) in bullets.iter().enumerate() {
            let start = bullet.get(0).map_or(0, |whole| whole.start());
            let end = bullets.get(index + 1).and_then(|next| next.get(0)).map_or(text.len(), |next| next.start());
            let value = bullet[1].trim_end_matches('.').to_owned();
            let said = text[start..end].to_lowercase();
            if said.contains("默认值")
                || said.contains("缺省值")
                || said.contains("(default)")
                || said.contains("default value")
            {
                row.default = Some(value.clone());
            }
            values.push(value);
        }
        row.values = Some(Values::Listed(values));
    } else if LIST.is_match(text) {
        let values = SEPARATOR.split(text).map(|value| value.trim_matches('`').to_owned());
        row.values = Some(Values::Listed(values.collect()));
    } else if ANNOUNCED.is_match(text) {
        row.values = Some(Values::UNREADABLE);
    } else if !is_nothing(text) {
        unread.push(format!("the range of `{}` is not understood: {}", row.name, shown(text)));
    }
}

/// What follows a range: a unit, or something more that it says.
fn rest(text: &str, row: &Row, unread: &mut Vec<String>) {
    const LONGEST_UNIT: usize = 16;
    let text = trimmed(text);
    if text.chars().count() > LONGEST_UNIT {
        unread.push(format!("the range of `{}` says more than was read: {}", row.name, shown(text)));
    }
}

enum Single {
    Nothing,
    Word(String),
    Other,
}

fn single(text: &str) -> Single {
    let text = trimmed(text);
    if text.is_empty() || is_nothing(text) {
        return Single::Nothing;
    }
    match WORD.captures(text) {
        Some(found) => Single::Word(found[1].trim_end_matches('.').to_owned()),
        None => Single::Other,
    }
}

fn is_nothing(text: &str) -> bool {
    let text = text.split(['。', '.', '\n']).next().unwrap_or_default().trim().to_lowercase();
    matches!(text.as_str(), "不涉及" | "无" | "n/a" | "na" | "none" | "not involved" | "not applicable" | "-" | "null")
}

fn trimmed(text: &str) -> &str {
    let text = text.trim().trim_start_matches("**").trim();
    text.trim_end_matches(['。', ';', '\u{ff1b}', ' ', '\n']).trim_end_matches("**").trim()
}

fn shown(text: &str) -> String {
    const MAX_SHOWN: usize = 60;
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() > MAX_SHOWN { line.chars().take(MAX_SHOWN).chain(['…']).collect() } else { line }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(description: &str, expected: &str) {
        let mut row = Row { name: "x".to_owned(), ..Row::default() };
        let unread = read(description, &mut row);
        let mut facts = Vec::new();
        facts.extend(row.pattern.map(|pattern| format!("pattern {pattern}")));
        facts.extend(row.min.map(|min| format!("min {min}")));
        facts.extend(row.max.map(|max| format!("max {max}")));
        facts.extend(row.values.map(|values| match values {
            Values::Listed(values) => format!("enum {}", values.join(",")),
            Values::Lost(_) => "enum unreadable".to_owned(),
        }));
        facts.extend(row.default.map(|default| format!("default {default}")));
        facts.extend(unread);
        assert_eq!(facts.join("; "), expected, "{description}");
    }

    #[test]
    fn chinese_descriptions_are_read() {
        check("参数解释:甲。 约束限制:不涉及。 取值范围:[1,1024]。 默认取值:10。", "min 1; max 1024; default 10");
        check("**参数解释**:甲。 **取值范围**:^[a-z.]{1,64}$。", "pattern ^[a-z.]{1,64}$");
        check("参数解释:甲。 取值范围:^(a|b:c)$。 默认取值:不涉及。", "pattern ^(a|b:c)$");
        check("参数解释:甲。 取值范围:枚举值如下: - ASC升序。 - DESC降序。 默认取值:不涉及。", "enum ASC,DESC");
        check(
            "参数解释:甲。 取值范围:枚举值如下: - createTime:默认值,创建时间。 - updateTime:更新时间。 默认取值:不涉及。",
            "enum createTime,updateTime; default createTime",
        );
        check("参数解释:甲。 取值范围:\n默认取值:不涉及。", "enum unreadable");
        check("参数解释:甲。 取值范围:枚举类型,取值如下:\n", "enum unreadable");
        check("参数解释:甲。 取值范围:0 - 1024个IP地址 默认取值:不涉及。", "min 0; max 1024");
        check("参数解释:甲。 取值范围:1 - 256字符 默认取值:不涉及。", "min 1; max 256");
        check("甲。取值范围:大于等于0", "min 0");
        check("甲。最小长度:1 最大长度:64", "min 1; max 64");
        check("甲。枚举值:\n- A\n- B_C\n缺省值:A", "enum A,B_C; default A");
    }

    #[test]
    fn english_descriptions_are_read() {
        check(
            "**Definition**\nA.\n**Constraints**\nN/A\n**Range**\n[1, 1024]\n**Default Value**\n10",
            "min 1; max 1024; default 10",
        );
        check("Definition: A. Constraints: N/A Range: 1 to 64 characters Default Value: N/A", "min 1; max 64");
        check(
            "Definition: A. Range: The options are as follows:\n- ASC: ascending\n- DESC: descending\nDefault Value: ASC",
            "enum ASC,DESC; default ASC",
        );
        check("A. Value range: ^.{1,128}$", "pattern ^.{1,128}$");
        check("A. Range: RUNNING, STOPPED or ERROR", "enum RUNNING,STOPPED,ERROR");
        check("A. Range: (0, 10]", "min 1; max 10");
        check("A. Enumeration values:\n- a\n- b", "enum a,b");
    }

    #[test]
    fn what_is_not_understood_is_told() {
        check("参数解释:甲。 取值范围:任意的值。", "the range of `x` is not understood: 任意的值");
        check(
            "Range: 1 to 64 characters, only letters and digits",
            "min 1; max 64; the range of `x` says more than was read: characters, only letters and digits",
        );
        check("no label at all", "");
    }
}
