//! Which base URLs the client talks to.

use std::net::IpAddr;

use reqwest::Url;

use crate::error::{Error, ErrorClass};

/// A checked base URL.
#[derive(Debug, Clone)]
pub(crate) struct Endpoint {
    /// Scheme, host and port, without a slash at the end.
    pub(crate) base: String,
    /// Whether it is this machine, where plain HTTP is fine and a proxy is not.
    pub(crate) loopback: bool,
    /// Whether it is encrypted.
    pub(crate) tls: bool,
}

impl Endpoint {
    pub(crate) fn parse(text: &str, allow_http: bool) -> Result<Self, Error> {
        let refuse = |why: &str| {
            Error::new(ErrorClass::Config, format!("the endpoint `{text}` {why}"))
                .with_hint("give it as https://HOST or https://HOST:PORT")
        };
        // As in the vendor's SDK, an endpoint without a scheme is reached over TLS.
        let with_scheme = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
        let url = Url::parse(&with_scheme).map_err(|error| refuse(&format!("is not a URL: {error}")))?;
        let Some(host) = url.host_str() else { return Err(refuse("has no host")) };
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refuse("must not contain a user or password"));
        }
        if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
            return Err(refuse("must not have a path, a query or a fragment"));
        }
        let loopback = is_loopback(host);
        let tls = match url.scheme() {
            "https" => true,
            "http" if loopback || allow_http => false,
            "http" => {
                return Err(refuse("is not encrypted; plain HTTP is accepted for this machine only, unless allowed"));
            }
            _ => return Err(refuse("is neither https nor http")),
        };
        Ok(Self { base: url.as_str().trim_end_matches('/').to_owned(), loopback, tls })
    }
}

fn is_loopback(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused(text: &str, why: &str) {
        let error = Endpoint::parse(text, false).unwrap_err();
        assert_eq!(error.class(), ErrorClass::Config);
        assert!(error.message().contains(why), "{error}");
    }

    #[test]
    fn what_would_leak_or_misroute_is_refused() {
        refused("http://modelarts.example.com", "is not encrypted");
        refused("https://user:pw@modelarts.example.com", "user or password");
        refused("https://modelarts.example.com/v1", "must not have a path");
        refused("https://modelarts.example.com?x=1", "must not have a path");
        refused("ftp://modelarts.example.com", "neither https nor http");
        refused("https://", "is not a URL");
    }

    #[test]
    fn loopback_may_be_plain_and_a_missing_scheme_means_tls() {
        let endpoint = Endpoint::parse("http://127.0.0.1:8080", false).unwrap();
        assert!(endpoint.loopback && !endpoint.tls);
        assert_eq!(endpoint.base, "http://127.0.0.1:8080");
        assert!(Endpoint::parse("http://[::1]:8080", false).unwrap().loopback);
        assert_eq!(Endpoint::parse("modelarts.example.com", false).unwrap().base, "https://modelarts.example.com");
        assert!(!Endpoint::parse("http://modelarts.example.com", true).unwrap().tls);
    }
}
