//! Who is calling: an access key pair or a token, and where they are found.

mod environment;
mod profile;

use std::fmt;
use std::path::Path;

use secrecy::{ExposeSecret, SecretString};

use crate::error::{Error, ErrorClass};

/// Credentials of a caller. Their secrets do not print.
///
/// ```
/// use hyperinstance_client::Credentials;
///
/// let credentials = Credentials::access_key("AKEXAMPLE", "the secret key");
/// assert!(!format!("{credentials:?}").contains("the secret key"));
/// ```
#[derive(Clone)]
pub struct Credentials {
    pub(crate) kind: Kind,
    project_id: Option<String>,
}

#[derive(Clone)]
pub(crate) enum Kind {
    AccessKey { access_key: String, secret_key: SecretString, security_token: Option<SecretString> },
    Token(SecretString),
}

impl Credentials {
    /// A permanent access key pair, with which each request is signed.
    pub fn access_key(access_key: impl Into<String>, secret_key: impl Into<SecretString>) -> Self {
        let kind =
            Kind::AccessKey { access_key: access_key.into(), secret_key: secret_key.into(), security_token: None };
        Self { kind, project_id: None }
    }

    /// An IAM token, sent in `X-Auth-Token`. It must belong to the project and is valid for 24 hours.
    pub fn token(token: impl Into<SecretString>) -> Self {
        Self { kind: Kind::Token(token.into()), project_id: None }
    }

    /// Adds the security token that makes an access key pair a temporary one. A token has none and stays as it is.
    #[must_use]
    pub fn with_security_token(mut self, token: impl Into<SecretString>) -> Self {
        if let Kind::AccessKey { security_token, .. } = &mut self.kind {
            *security_token = Some(token.into());
        }
        self
    }

    /// Adds the project that the credentials are for; a client without one of its own uses it.
    #[must_use]
    pub fn with_project_id(mut self, project_id: impl Into<String>) -> Self {
        self.project_id = Some(project_id.into());
        self
    }

    /// The project that the credentials are for.
    #[must_use]
    pub fn project_id(&self) -> Option<&str> {
        self.project_id.as_deref()
    }

    /// Credentials from the vendor SDK's environment variables `HUAWEICLOUD_SDK_AK`, `HUAWEICLOUD_SDK_SK` and, where
    /// set, `HUAWEICLOUD_SDK_SECURITY_TOKEN` and `HUAWEICLOUD_SDK_PROJECT_ID`. An empty variable counts as not set.
    ///
    /// # Errors
    /// Class [`Config`](ErrorClass::Config) when one of the first two is missing; the message names it.
    pub fn from_env() -> Result<Self, Error> {
        environment::read(&environment::process)
    }

    /// Credentials from a profile file of the vendor's SDK: the section `[basic]`, or `[basiccredentials]`, with the
    /// keys `ak`, `sk` and, where present, `security_token` and `project_id`.
    ///
    /// # Errors
    /// Class [`Config`](ErrorClass::Config) when the file cannot be read or lacks a key; the message says which.
    pub fn from_profile(path: impl AsRef<Path>) -> Result<Self, Error> {
        profile::read(path.as_ref())
    }

    /// Credentials from where the vendor's SDK looks for them: the environment, then the profile file that
    /// `HUAWEICLOUD_SDK_CREDENTIALS_FILE` names, or `~/.huaweicloud/credentials`.
    ///
    /// # Errors
    /// Class [`Config`](ErrorClass::Config) when neither has any; the message says why for each.
    pub fn discover() -> Result<Self, Error> {
        Self::discover_in(&environment::process)
    }

    fn discover_in(variable: &dyn Fn(&str) -> Option<String>) -> Result<Self, Error> {
        let environment = match environment::read(variable) {
            Ok(credentials) => return Ok(credentials),
            // Half a key pair is a mistake to be told, not a reason to look elsewhere.
            Err(error) if variable(environment::AK).is_some() || variable(environment::SK).is_some() => {
                return Err(error);
            }
            Err(error) => error,
        };
        let profile = match profile::default_path(variable) {
            Some(path) => match profile::read(&path) {
                Ok(credentials) => return Ok(credentials),
                // A file that was asked for by name must be usable.
                Err(error) if variable(profile::FILE).is_some() => return Err(error),
                Err(error) => error.to_string(),
            },
            None => "there is no home directory to look for a profile file in".to_owned(),
        };
        Err(Error::new(ErrorClass::Config, format!("no credentials found: {environment}; {profile}")).with_hint(
            format!(
                "set {} and {}, or write a profile file with a section [basic] and the keys ak and sk",
                environment::AK,
                environment::SK,
            ),
        ))
    }

    /// Refuses what cannot travel in a header, before it is tried.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let mut parts: Vec<(&str, &str)> = Vec::new();
        match &self.kind {
            Kind::AccessKey { access_key, secret_key, security_token } => {
                parts.push(("access key", access_key));
                parts.push(("secret key", secret_key.expose_secret()));
                parts.extend(security_token.as_ref().map(|token| ("security token", token.expose_secret())));
            }
            Kind::Token(token) => parts.push(("token", token.expose_secret())),
        }
        for (name, value) in parts {
            let problem = if value.is_empty() {
                "is empty"
            } else if !value.bytes().all(|byte| byte.is_ascii_graphic()) {
                "contains blanks, line breaks or characters outside ASCII"
            } else {
                continue;
            };
            return Err(Error::new(ErrorClass::Config, format!("the {name} {problem}"))
                .with_hint("copy it again, without the line break at its end"));
        }
        Ok(())
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Credentials");
        match &self.kind {
            Kind::AccessKey { access_key, .. } => debug.field("access_key", access_key),
            Kind::Token(_) => debug.field("token", &"[REDACTED]"),
        };
        debug.field("project_id", &self.project_id).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lookup(variables: &'static [(&str, &str)]) -> impl Fn(&str) -> Option<String> {
        move |name| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
    }

    #[test]
    fn the_environment_comes_first() {
        let credentials = Credentials::discover_in(&lookup(&[
            ("HUAWEICLOUD_SDK_AK", "AK1"),
            ("HUAWEICLOUD_SDK_SK", "SK1"),
            ("HUAWEICLOUD_SDK_SECURITY_TOKEN", "T1"),
            ("HUAWEICLOUD_SDK_PROJECT_ID", "p1"),
        ]))
        .unwrap();
        assert_eq!(credentials.project_id(), Some("p1"));
        let Kind::AccessKey { access_key, secret_key, security_token } = credentials.kind else { panic!("a key") };
        assert_eq!((access_key.as_str(), secret_key.expose_secret()), ("AK1", "SK1"));
        assert_eq!(security_token.unwrap().expose_secret(), "T1");
    }

    #[test]
    fn every_place_that_was_looked_at_says_why_it_did_not_serve() {
        let error = Credentials::discover_in(&lookup(&[("HOME", "/nonexistent")])).unwrap_err().to_string();
        assert_eq!(
            error,
            "no credentials found: the environment variable HUAWEICLOUD_SDK_AK is not set; \
             cannot read the profile file /nonexistent/.huaweicloud/credentials: No such file or directory (os error 2)",
        );
    }

    #[test]
    fn half_a_key_pair_is_told_instead_of_looking_elsewhere() {
        let error = Credentials::discover_in(&lookup(&[("HUAWEICLOUD_SDK_AK", "AK1")])).unwrap_err().to_string();
        assert_eq!(error, "the environment variable HUAWEICLOUD_SDK_SK is not set");
    }

    #[test]
    fn secrets_do_not_print() {
        let credentials = Credentials::access_key("AK1", "canary-sk").with_security_token("canary-token");
        let printed = format!("{credentials:?} {:?}", Credentials::token("canary-token"));
        assert!(!printed.contains("canary"), "{printed}");
    }

    #[test]
    fn what_cannot_travel_in_a_header_is_refused_without_printing_it() {
        let error = Credentials::access_key("AK1", "canary\n").check().unwrap_err();
        assert_eq!(error.message(), "the secret key contains blanks, line breaks or characters outside ASCII");
        assert_eq!(Credentials::token("").check().unwrap_err().message(), "the token is empty");
    }
}
