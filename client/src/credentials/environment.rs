//! Credentials in the vendor SDK's environment variables.

use super::Credentials;
use crate::error::{Error, ErrorClass};

pub(super) const AK: &str = "HUAWEICLOUD_SDK_AK";
pub(super) const SK: &str = "HUAWEICLOUD_SDK_SK";
const SECURITY_TOKEN: &str = "HUAWEICLOUD_SDK_SECURITY_TOKEN";
const PROJECT_ID: &str = "HUAWEICLOUD_SDK_PROJECT_ID";

/// A variable of this process.
pub(super) fn process(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

pub(super) fn read(variable: &dyn Fn(&str) -> Option<String>) -> Result<Credentials, Error> {
    // As in the vendor's SDK, an empty variable counts as not set.
    let optional = |name: &str| variable(name).filter(|value| !value.is_empty());
    let required = |name: &str| {
        optional(name).ok_or_else(|| {
            Error::new(ErrorClass::Config, format!("the environment variable {name} is not set"))
                .with_hint(format!("set both {AK} and {SK}"))
        })
    };
    let mut credentials = Credentials::access_key(required(AK)?, required(SK)?);
    if let Some(token) = optional(SECURITY_TOKEN) {
        credentials = credentials.with_security_token(token);
    }
    if let Some(project_id) = optional(PROJECT_ID) {
        credentials = credentials.with_project_id(project_id);
    }
    Ok(credentials)
}
