//! The rules of a document. Each is a file that says what it holds and why.

mod component_used;
mod default_valid;
mod description_present;
mod integer_format;
mod keyword_fate;
mod operation_complete;
mod pattern_anchored;
mod reference_alone;
mod tag_declared;

use hyperinstance_codegen::Document;

use super::finding::Finding;

/// A rule: one thing that holds throughout a document.
pub(super) struct Rule {
    pub(super) check: fn(&Document) -> Vec<Finding>,
}

pub(super) const RULES: &[Rule] = &[
    Rule { check: component_used::check },
    Rule { check: default_valid::check },
    Rule { check: description_present::check },
    Rule { check: integer_format::check },
    Rule { check: keyword_fate::check },
    Rule { check: operation_complete::check },
    Rule { check: pattern_anchored::check },
    Rule { check: reference_alone::check },
    Rule { check: tag_declared::check },
];

#[cfg(test)]
mod tests {
    use super::*;

    /// A small document that every rule accepts.
    const CLEAN: &str = include_str!("rules/clean.yaml");

    /// Changes the clean document in one place and lists what is found.
    #[track_caller]
    fn findings(from: &str, to: &str) -> Vec<String> {
        assert!(CLEAN.contains(from), "the clean document has no `{from}`");
        let document = Document::load(&CLEAN.replacen(from, to, 1)).unwrap();
        let findings = RULES.iter().flat_map(|rule| (rule.check)(&document));
        findings
            .map(|finding| {
                let position = finding.position.expect("a rule knows the position");
                format!("{position} {}: {}", finding.rule, finding.message)
            })
            .collect()
    }

    #[test]
    fn the_clean_document_is_clean() {
        assert_eq!(findings("", ""), [""; 0]);
    }

    #[test]
    fn each_rule_finds_what_it_is_for_and_nothing_else() {
        let table = [
            (
                "  schemas:",
                "  schemas:\n    Orphan: { type: string, description: d }",
                "37:5 component-used: nothing refers to `Orphan`",
            ),
            (
                "default: 10",
                "default: 0",
                "47:7 default-valid: the default 0 is not valid: 0 is less than the minimum of 1",
            ),
            (
                "example: pet-1",
                "example: PET",
                "41:7 default-valid: the example \"PET\" is not valid: \"PET\" does not match \"^[a-z0-9-]{1,64}$\"",
            ),
            ("      description: A name.\n", "", "37:5 description-present: `Name` has no description"),
            ("      operationId: ListPets\n", "", "9:5 operation-complete: GET /pets has no operationId"),
            ("^[a-z0-9-]{1,64}$", "^(?=p)[a-z0-9-]{1,64}$", "40:7 keyword-fate: no code is generated for `pattern`"),
            (
                "^[a-z0-9-]{1,64}$",
                "[a-z0-9-]{1,64}",
                "40:7 pattern-anchored: the pattern `[a-z0-9-]{1,64}` is not anchored at both ends",
            ),
            (
                "{ $ref: \"#/components/schemas/Limit\" }",
                "{ $ref: \"#/components/schemas/Limit\", nullable: true }",
                "18:11 reference-alone: `nullable` stands beside a `$ref` and is ignored",
            ),
            ("      format: int32\n", "", "42:5 integer-format: an integer without the format `int32` or `int64`"),
            (
                "  - name: Pets\n",
                "  - name: Pets\n  - name: Cats\n",
                "5:1 tag-declared: no operation has the tag `Cats`",
            ),
        ];
        for (from, to, expected) in table {
            assert_eq!(findings(from, to), [expected], "after changing `{from}` to `{to}`");
        }
    }
}
