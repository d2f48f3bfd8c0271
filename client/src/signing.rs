//! The gateway's request signature, algorithm SDK-HMAC-SHA256.
//!
//! A signature covers method, path, query, the chosen headers and the body. The gateway computes it again from what
//! arrives, so what is signed must be what is sent: [`sign`] works on the request's final URL and returns, beside the
//! `Authorization` header, the query as it was signed.
//!
//! Source: the vendor's signing guide and official SDK, reproduced by the test vectors in this workspace.

use std::borrow::Cow;
use std::time::SystemTime;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use ring::digest::{SHA256, digest};
use ring::hmac::{self, HMAC_SHA256};
use secrecy::{ExposeSecret, SecretString};

const ALGORITHM: &str = "SDK-HMAC-SHA256";

/// Everything is encoded but letters, digits and `-_.~`.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Name of the header that carries the signing time.
pub const DATE_HEADER: &str = "x-sdk-date";

/// What of a request is signed.
#[derive(Debug, Clone, Copy)]
pub struct Signable<'r> {
    /// HTTP method in upper case.
    pub method: &'r str,
    /// Path as it is sent, percent-encoded.
    pub path: &'r str,
    /// Query parameters, decoded, in any order.
    pub query: &'r [(Cow<'r, str>, Cow<'r, str>)],
    /// Headers to sign, in any order and case. `host` and `x-sdk-date` are the minimum.
    pub headers: &'r [(&'r str, &'r str)],
    /// Body, empty for a request without one.
    pub body: &'r [u8],
}

/// Formats a time as the `X-Sdk-Date` header has it, such as `20260115T083000Z`: RFC 3339 in whole seconds, without its
/// separators.
#[must_use]
pub fn format_date(time: SystemTime) -> String {
    humantime::format_rfc3339_seconds(time).to_string().replace(['-', ':'], "")
}

/// The `Authorization` header of a request. `date` must equal the signed `X-Sdk-Date` header.
#[must_use]
pub fn sign(request: &Signable<'_>, access_key: &str, secret_key: &SecretString, date: &str) -> String {
    let hash = hex(digest(&SHA256, canonical_request(request).as_bytes()).as_ref());
    let to_sign = format!("{ALGORITHM}\n{date}\n{hash}");
    let key = hmac::Key::new(HMAC_SHA256, secret_key.expose_secret().as_bytes());
    let signature = hex(hmac::sign(&key, to_sign.as_bytes()).as_ref());
    let signed = signed_headers(&lowercase(request.headers));
    format!("{ALGORITHM} Access={access_key}, SignedHeaders={signed}, Signature={signature}")
}

/// The text whose hash is signed. The gateway quotes its own version of it when a signature does not match.
#[must_use]
pub fn canonical_request(request: &Signable<'_>) -> String {
    let headers = lowercase(request.headers);
    let mut text = String::with_capacity(512);
    text.push_str(request.method);
    text.push('\n');
    push_canonical_path(&mut text, request.path);
    text.push('\n');
    text.push_str(&canonical_query(request.query));
    text.push('\n');
    for (name, value) in &headers {
        text.push_str(name);
        text.push(':');
        text.push_str(value.trim());
        text.push('\n');
    }
    text.push('\n');
    text.push_str(&signed_headers(&headers));
    text.push('\n');
    text.push_str(&hex(digest(&SHA256, request.body).as_ref()));
    text
}

/// The query as it is signed, and as it should be sent: sorted, everything but the unreserved characters encoded.
#[must_use]
pub fn canonical_query(query: &[(Cow<'_, str>, Cow<'_, str>)]) -> String {
    let mut pairs: Vec<_> = query.iter().collect();
    pairs.sort();
    let mut text = String::new();
    for (key, value) in pairs {
        if !text.is_empty() {
            text.push('&');
        }
        text.extend(utf8_percent_encode(key, RESERVED));
        text.push('=');
        text.extend(utf8_percent_encode(value, RESERVED));
    }
    text
}

/// Segments are decoded and encoded again, so that an encoded path is not encoded twice; the slash at the end exists
/// in the signed form only.
fn push_canonical_path(text: &mut String, path: &str) {
    let mut segments = path.split('/');
    if let Some(first) = segments.next() {
        push_segment(text, first);
    }
    for segment in segments {
        text.push('/');
        push_segment(text, segment);
    }
    if !text.ends_with('/') {
        text.push('/');
    }
}

fn push_segment(text: &mut String, segment: &str) {
    let decoded: Cow<'_, [u8]> = percent_decode_str(segment).into();
    text.extend(percent_encoding::percent_encode(&decoded, RESERVED));
}

/// Names in lower case, sorted by name.
fn lowercase<'h>(headers: &[(&str, &'h str)]) -> Vec<(String, &'h str)> {
    let mut headers: Vec<_> = headers.iter().map(|(name, value)| (name.to_ascii_lowercase(), *value)).collect();
    headers.sort();
    headers
}

fn signed_headers(headers: &[(String, &str)]) -> String {
    headers.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(";")
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
