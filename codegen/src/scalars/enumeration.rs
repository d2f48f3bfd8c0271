//! Enumerations, open at the reading end: a value newer than the document is kept, and written back as it came.

use std::collections::BTreeSet;

use heck::ToUpperCamelCase;
use proc_macro2::{Ident, Span};
use quote::format_ident;

use super::{Scalar, doc, text};

pub(super) fn emit(scalar: &Scalar, values: &[String]) -> String {
    let Scalar { name, .. } = scalar;
    let variants = variants(values);
    let each = || variants.iter().zip(values);
    let definition: String =
        each().map(|(variant, value)| format!("{}    {variant},\n", indent(&doc(&format!("`{value}`"))))).collect();
    let pairs: String = each().map(|(variant, value)| format!("    {variant} {value:?},\n")).collect();
    let (doc, default) = (doc(&scalar.description), text::default(scalar));
    let requirement = format!("be one of {}", values.join(", "));
    format!(
        "{doc}#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum {name} {{
{definition}    /// A value that the document does not list. It only comes from data that is read tolerantly.
    Unknown(super::scalar::Unknown),
}}

{default}super::scalar::impl_enumeration! {{
    {name}, {requirement:?},
{pairs}}}
"
    )
}

fn indent(lines: &str) -> String {
    lines.lines().fold(String::new(), |text, line| text + "    " + line + "\n")
}

/// A name for each value, all different, none of them `Unknown`.
fn variants(values: &[String]) -> Vec<Ident> {
    let mut taken = BTreeSet::from(["Unknown".to_owned()]);
    values
        .iter()
        .map(|value| {
            let mut name: String = value.to_upper_camel_case().chars().filter(|c| c.is_alphanumeric()).collect();
            if !name.starts_with(|first: char| first.is_alphabetic()) {
                name.insert(0, 'V');
            }
            if name == "Self" {
                name.push('_');
            }
            let mut unique = name.clone();
            for number in 2.. {
                if taken.insert(unique.clone()) {
                    break;
                }
                unique = format!("{name}{number}");
            }
            syn::parse_str(&unique).unwrap_or_else(|_| format_ident!("V{}", taken.len(), span = Span::call_site()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_gets_a_name_of_its_own() {
        let values = ["a", "A", "a b", "1", "", "self", "unknown", "r#x", "CREATE_FAILED", "createTime", "é", "+", "-"];
        let names: Vec<_> = variants(&values.map(str::to_owned)).iter().map(ToString::to_string).collect();
        assert_eq!(
            names,
            ["A", "A2", "AB", "V1", "V", "Self_", "Unknown2", "RX", "CreateFailed", "CreateTime", "É", "V2", "V3"],
        );
    }
}
