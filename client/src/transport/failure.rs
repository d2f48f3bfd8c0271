//! What went wrong in an exchange, as an [`Error`].

use std::error::Error as StdError;

use reqwest::header::{HeaderMap, LOCATION};
use reqwest::{Response, StatusCode};
use serde_json::Value;

use super::Limits;
use crate::error::{Error, ErrorClass, clean};

/// An exchange that did not come to a response.
pub(super) fn transport(error: reqwest::Error, limits: &Limits) -> Error {
    // The URL says nothing that the caller does not know, and may be long.
    let error = error.without_url();
    let cause = root_cause(&error);
    let (class, message, hint) = if error.is_timeout() && error.is_connect() {
        let message = format!("no connection within {} s", limits.connect.as_secs_f64());
        (ErrorClass::Timeout, message, "check the network and the endpoint, or allow more time to connect")
    } else if error.is_timeout() {
        let message = format!("no complete answer within {} s", limits.call.as_secs_f64());
        (ErrorClass::Timeout, message, "try again, or allow more time")
    } else if is_tls(&error) {
        let message = format!("the secure connection failed: {cause}");
        (ErrorClass::Tls, message, "check the endpoint, and the root certificates where a proxy inspects traffic")
    } else if error.is_connect() {
        (ErrorClass::Transport, format!("cannot connect: {cause}"), "check the network, the endpoint and the proxy")
    } else {
        (ErrorClass::Transport, format!("the connection broke: {cause}"), "try again")
    };
    Error::new(class, message).with_hint(hint).with_source(error)
}

fn causes<'e>(error: &'e (dyn StdError + 'static)) -> impl Iterator<Item = &'e (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |error: &&'e (dyn StdError + 'static)| (*error).source())
}

fn root_cause(error: &(dyn StdError + 'static)) -> String {
    causes(error).last().map(|cause| clean(&cause.to_string())).unwrap_or_default()
}

/// rustls' errors travel inside I/O errors, which hide them from the chain of sources.
fn is_tls(error: &(dyn StdError + 'static)) -> bool {
    causes(error).any(|cause| {
        cause.is::<rustls::Error>()
            || cause.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref).is_some_and(
                <dyn std::error::Error + std::marker::Send + std::marker::Sync + 'static>::is::<rustls::Error>,
            )
    })
}

/// The beginning of an error body; what cannot be read of it is left out, since the status already tells.
pub(super) async fn read_start(mut response: Response, limit: usize) -> Vec<u8> {
    let mut body = Vec::new();
    while let Ok(Some(chunk)) = response.chunk().await {
        body.extend_from_slice(&chunk[..chunk.len().min(limit - body.len())]);
        if body.len() == limit {
            break;
        }
    }
    body
}

/// A response with an error status.
pub(super) fn api(status: StatusCode, body: &[u8]) -> Error {
    let (code, message) = match serde_json::from_slice::<Value>(body).ok().as_ref().and_then(code_and_message) {
        Some((code, message)) => (Some(clean(code)), clean(message)),
        None => (None, plain_message(status, body)),
    };
    let (class, hint) = classify(status, code.as_deref());
    let error = Error::new(class, message).with_status(status.as_u16()).with_code(code);
    match hint {
        Some(hint) => error.with_hint(hint),
        None => error,
    }
}

fn classify(status: StatusCode, code: Option<&str>) -> (ErrorClass, Option<&'static str>) {
    match status {
        StatusCode::UNAUTHORIZED => (
            ErrorClass::Auth,
            Some(
                "check the access key, the secret key and this machine's clock; five failures lock a key for five minutes",
            ),
        ),
        StatusCode::FORBIDDEN => {
            (ErrorClass::Auth, Some("check that the project is the caller's and that its policies allow listing"))
        }
        StatusCode::TOO_MANY_REQUESTS => (ErrorClass::Throttled, Some("wait some seconds, then try again")),
        StatusCode::NOT_FOUND => (ErrorClass::Api, Some("check the region, or the endpoint, and the project id")),
        // The gateway and the service answer in JSON with a code; without one, somebody else answered.
        _ if code.is_none() => (ErrorClass::Protocol, Some("check the endpoint and the proxy")),
        _ => (ErrorClass::Api, None),
    }
}

/// Code and message of an error body, in each of the forms the vendor uses: beside each other under one of three pairs
/// of names, at the top or in a nested object.
fn code_and_message(body: &Value) -> Option<(&str, &str)> {
    let members = body.as_object()?;
    let pair = |code: &str, message: &str| Some((members.get(code)?.as_str()?, members.get(message)?.as_str()?));
    pair("error_code", "error_msg")
        .or_else(|| pair("errorCode", "errorMsg"))
        .or_else(|| pair("code", "message"))
        .or_else(|| members.values().find_map(code_and_message))
}

/// For a body that has no message of the vendor's: its beginning, unless it is a web page.
fn plain_message(status: StatusCode, body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    let text = text.trim();
    let reason = status.canonical_reason().unwrap_or("unknown status");
    if text.is_empty() {
        format!("{reason}, without any explanation")
    } else if text.starts_with('<') {
        format!("{reason}, with a web page instead of an explanation")
    } else {
        format!("{reason}: {}", clean(text))
    }
}

/// A status that is neither an error nor the one documented success.
pub(super) fn unexpected(status: StatusCode, headers: &HeaderMap) -> Error {
    let message = match headers.get(LOCATION).and_then(|location| location.to_str().ok()) {
        Some(location) => format!("a redirect to {}, which is not followed", clean(location)),
        None => format!("{} is not an answer of this service", status.canonical_reason().unwrap_or("this status")),
    };
    Error::new(ErrorClass::Protocol, message).with_hint("check the endpoint and the proxy")
}

/// The vendor also sends errors with status 200, and its SDK takes whatever is not JSON for an empty success.
pub(super) fn refuse_error_in_success(body: &[u8]) -> Result<(), Error> {
    let start = body.trim_ascii_start();
    if start.first() != Some(&b'{') {
        let what = match start {
            [] => "an empty body".to_owned(),
            [b'<', ..] => "a web page".to_owned(),
            _ => format!("`{}`", clean(&String::from_utf8_lossy(&start[..start.len().min(80)]))),
        };
        return Err(Error::new(ErrorClass::Protocol, format!("the answer is {what} instead of a JSON object"))
            .with_hint("check the endpoint and the proxy"));
    }
    // A listing is larger than this or has no code; only a small body is worth a second look.
    if body.len() <= super::MAX_ERROR_BODY
        && let Ok(value @ Value::Object(_)) = serde_json::from_slice::<Value>(body)
        && value.get("data").is_none()
        && let Some((code, message)) = code_and_message(&value)
    {
        return Err(Error::new(ErrorClass::Api, clean(message)).with_code(Some(clean(code))));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(status: u16, body: &str, class: ErrorClass, text: &str) {
        let error = api(StatusCode::from_u16(status).unwrap(), body.as_bytes());
        assert_eq!((error.class(), error.to_string().as_str()), (class, text));
    }

    #[test]
    fn every_form_of_an_error_body_is_understood() {
        let text = "400 C.1: m";
        check(400, r#"{"error_code":"C.1","error_msg":"m"}"#, ErrorClass::Api, text);
        check(400, r#"{"errorCode":"C.1","errorMsg":"m"}"#, ErrorClass::Api, text);
        check(400, r#"{"code":"C.1","message":"m"}"#, ErrorClass::Api, text);
        check(400, r#"{"error":{"code":"C.1","message":"m"},"x":1}"#, ErrorClass::Api, text);
    }

    #[test]
    fn what_is_not_an_error_body_keeps_its_status() {
        check(
            502,
            "<html>bad gateway</html>",
            ErrorClass::Protocol,
            "502: Bad Gateway, with a web page instead of an explanation",
        );
        check(500, "", ErrorClass::Protocol, "500: Internal Server Error, without any explanation");
        check(400, "no\x1b[31m", ErrorClass::Protocol, "400: Bad Request: no\u{fffd}[31m");
        check(400, r#"{"error_code":"C.1"}"#, ErrorClass::Protocol, r#"400: Bad Request: {"error_code":"C.1"}"#);
    }

    #[test]
    fn the_status_decides_the_class() {
        check(401, r#"{"error_code":"APIGW.0301","error_msg":"m"}"#, ErrorClass::Auth, "401 APIGW.0301: m");
        check(403, "", ErrorClass::Auth, "403: Forbidden, without any explanation");
        check(429, r#"{"error_code":"APIGW.0308","error_msg":"m"}"#, ErrorClass::Throttled, "429 APIGW.0308: m");
    }

    #[test]
    fn an_error_or_nothing_at_all_is_not_a_success() {
        let message = |body: &str| refuse_error_in_success(body.as_bytes()).unwrap_err().to_string();
        assert_eq!(message(""), "the answer is an empty body instead of a JSON object");
        assert_eq!(message(" <html>"), "the answer is a web page instead of a JSON object");
        assert_eq!(message("[]"), "the answer is `[]` instead of a JSON object");
        assert_eq!(message(r#"{"error_code":"C.1","error_msg":"m"}"#), "C.1: m");
        assert!(refuse_error_in_success(br#"{"data":[]}"#).is_ok());
        assert!(refuse_error_in_success(b"{}").is_ok());
    }
}
