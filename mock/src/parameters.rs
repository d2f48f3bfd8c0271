//! The parameters of the listing, checked against the document.

use std::str::FromStr;

use axum::http::StatusCode;
use hyperinstance_client::types::{Limit, Offset, ProjectId, SortDir, SortKey};

use crate::reply::Refusal;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Parameters {
    pub(crate) sort_key: SortKey,
    pub(crate) sort_dir: SortDir,
    pub(crate) limit: Limit,
    pub(crate) offset: Offset,
}

impl Parameters {
    /// Reads decoded query pairs; parameters that the document does not know are ignored, as services do.
    pub(crate) fn parse(query: &[(String, String)]) -> Result<Self, Refusal> {
        let value = |name: &str| query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        Ok(Self {
            sort_key: parse("sort_key", value("sort_key"), "createTime or updateTime")?.unwrap_or_default(),
            // The service documents no default; its sibling listings say ascending.
            sort_dir: parse("sort_dir", value("sort_dir"), "ASC or DESC")?.unwrap_or(SortDir::Asc),
            limit: parse("limit", value("limit"), &format!("an integer from {} to {}", Limit::MIN, Limit::MAX))?
                .unwrap_or_default(),
            offset: parse("offset", value("offset"), &format!("an integer from {} to {}", Offset::MIN, Offset::MAX))?
                .unwrap_or(Offset::MIN),
        })
    }
}

fn parse<T: FromStr>(name: &str, value: Option<&str>, expected: &str) -> Result<Option<T>, Refusal> {
    let Some(value) = value else { return Ok(None) };
    value.parse().map(Some).map_err(|_| {
        let message = format!("The parameter {name} must be {expected}, not `{value}`.");
        Refusal::new(StatusCode::BAD_REQUEST, "ModelArts.0104", message)
    })
}

pub(crate) fn check_project_id(project_id: &str) -> Result<(), Refusal> {
    if project_id.parse::<ProjectId>().is_ok() {
        Ok(())
    } else {
        let message = format!("The project id `{project_id}` is not valid.");
        Err(Refusal::new(StatusCode::BAD_REQUEST, "ModelArts.0210", message))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(pairs: &[(&str, &str)]) -> Result<Parameters, String> {
        let pairs: Vec<_> = pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        Parameters::parse(&pairs).map_err(|refusal| refusal.message)
    }

    #[test]
    fn documented_defaults_apply() {
        let parameters = parse(&[("unknown", "1")]).unwrap();
        assert_eq!((parameters.limit.get(), parameters.offset.get()), (10, 0));
        assert_eq!((parameters.sort_key, parameters.sort_dir), (SortKey::CreateTime, SortDir::Asc));
    }

    #[test]
    fn what_the_document_does_not_allow_is_refused() {
        let message = |name, value| parse(&[(name, value)]).unwrap_err();
        assert_eq!(message("limit", "0"), "The parameter limit must be an integer from 1 to 1024, not `0`.");
        assert_eq!(message("limit", "1025"), "The parameter limit must be an integer from 1 to 1024, not `1025`.");
        assert_eq!(message("offset", "-1"), "The parameter offset must be an integer from 0 to 2147483647, not `-1`.");
        assert_eq!(message("sort_dir", "asc"), "The parameter sort_dir must be ASC or DESC, not `asc`.");
        assert_eq!(message("sort_key", ""), "The parameter sort_key must be createTime or updateTime, not ``.");
    }
}
