//! The types that witnesses name, each in its own words.

/// What a type is on the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Shape {
    String,
    Boolean,
    Integer(Width),
    Number,
    /// An object whose fields stand in a table of that name.
    Named(String),
    /// An object of which nothing more is said.
    Object,
    List(Box<Shape>),
    Map(Box<Shape>),
}

/// How wide an integer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Width {
    Bits32,
    Bits64,
    /// The witness does not say.
    Unstated,
}

impl Shape {
    /// Reads the words of a page (`Array of X objects`, `Map<String,String>`) or of the vendor's Python SDK
    /// (`list[X]`, `dict(str, str)`).
    pub(crate) fn read(words: &str) -> Option<Self> {
        let words = words.trim();
        let lower = words.to_lowercase();
        Some(match lower.as_str() {
            "string" | "strings" | "str" | "date-time" | "datetime" | "date" => Self::String,
            "boolean" | "booleans" | "bool" => Self::Boolean,
            "integer" | "integers" | "int32" => Self::Integer(Width::Bits32),
            "long" | "longs" | "int64" => Self::Integer(Width::Bits64),
            "int" => Self::Integer(Width::Unstated),
            "float" | "floats" | "double" | "doubles" | "number" | "numbers" | "bigdecimal" => Self::Number,
            "object" | "objects" => Self::Object,
            _ => {
                if let Some(item) =
                    affixed(words, &lower, "array of ", "").or_else(|| affixed(words, &lower, "list[", "]"))
                {
                    Self::List(Box::new(Self::read(item)?))
                } else if let Some(pair) =
                    affixed(words, &lower, "map<", ">").or_else(|| affixed(words, &lower, "dict(", ")"))
                {
                    Self::Map(Box::new(Self::read(pair.split_once(',')?.1)?))
                } else {
                    let name = affixed(words, &lower, "", " objects").or_else(|| affixed(words, &lower, "", " object"));
                    // The SDK writes the bare name of a class.
                    let name = name.unwrap_or(words);
                    let named = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
                        && name.starts_with(|c: char| c.is_ascii_alphabetic());
                    return named.then(|| Self::Named(name.to_owned()));
                }
            }
        })
    }

    /// The schema that the type refers to, however deep.
    pub(crate) fn refers_to(&self) -> Option<&str> {
        match self {
            Self::Named(name) => Some(name),
            Self::List(inner) | Self::Map(inner) => inner.refers_to(),
            _ => None,
        }
    }

    /// Whether two witnesses can both be right.
    pub(crate) fn agrees(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Integer(a), Self::Integer(b)) => a == b || *a == Width::Unstated || *b == Width::Unstated,
            (Self::List(a), Self::List(b)) | (Self::Map(a), Self::Map(b)) => a.agrees(b),
            _ => self == other,
        }
    }
}

fn affixed<'w>(words: &'w str, lower: &str, prefix: &str, suffix: &str) -> Option<&'w str> {
    lower.strip_prefix(prefix)?.strip_suffix(suffix)?;
    words.get(prefix.len()..words.len() - suffix.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_witnesses_are_understood() {
        let named = |name: &str| Shape::Named(name.to_owned());
        let table = [
            ("String", Shape::String),
            ("Long", Shape::Integer(Width::Bits64)),
            ("Array of strings", Shape::List(Box::new(Shape::String))),
            ("Array of ServerResponse objects", Shape::List(Box::new(named("ServerResponse")))),
            ("CloudServer object", named("CloudServer")),
            ("Map<String,String>", Shape::Map(Box::new(Shape::String))),
            ("Map<String, Array of Endpoint objects>", Shape::Map(Box::new(Shape::List(Box::new(named("Endpoint")))))),
            ("list[ServerVolume]", Shape::List(Box::new(named("ServerVolume")))),
            ("dict(str, str)", Shape::Map(Box::new(Shape::String))),
            ("CloudServer", named("CloudServer")),
            ("int", Shape::Integer(Width::Unstated)),
        ];
        for (words, shape) in table {
            assert_eq!(Shape::read(words), Some(shape), "{words}");
        }
        assert_eq!(Shape::read("字符串?"), None);
    }
}
