//! Who is calling: the signature or the token, verified the way the gateway does.
//!
//! This deliberately shares no code with the client's signer. It starts from what arrived, not from what was meant, and
//! an error that both had in common would go unnoticed by every test.

use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use sha2::{Digest, Sha256};

use crate::percent::{decode, encode, query_pairs};
use crate::reply::Refusal;

/// How far the time of a signature may be from the server's, in seconds: 15 minutes.
const MAX_SKEW: i64 = 15 * 60;

/// What a caller must know.
#[derive(Clone)]
pub(crate) struct Keys {
    pub(crate) access_key: String,
    pub(crate) secret_key: String,
    pub(crate) token: String,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keys").field("access_key", &self.access_key).finish_non_exhaustive()
    }
}

/// Refuses a request that carries neither a valid token nor a valid signature.
pub(crate) fn verify(request: &Parts, body: &[u8], keys: &Keys, now: Timestamp) -> Result<(), Refusal> {
    if let Some(token) = header(&request.headers, "x-auth-token") {
        return if token == keys.token { Ok(()) } else { Err(refuse("the token cannot be decrypted")) };
    }
    let Some(authorization) = header(&request.headers, "authorization") else {
        return Err(refuse("neither a token nor a signature was found"));
    };
    let authorization =
        Authorization::parse(authorization).ok_or_else(|| refuse("the Authorization header is malformed"))?;
    if authorization.access_key != keys.access_key {
        return Err(refuse(&format!("the access key {} does not exist", authorization.access_key)));
    }

    let date = header(&request.headers, "x-sdk-date").unwrap_or_default();
    let signed_at = parse_date(date).ok_or_else(|| refuse("X-Sdk-Date is missing or malformed"))?;
    if (now.as_second() - signed_at.as_second()).abs() > MAX_SKEW {
        let now = now.strftime("%Y%m%dT%H%M%SZ");
        return Err(refuse(&format!("the signature has expired, signature time: {date}, server time: {now}")));
    }

    let names: Vec<&str> = authorization.signed_headers.split(';').collect();
    if let Some(missing) = ["host", "x-sdk-date"].iter().find(|name| !names.contains(name)) {
        return Err(refuse(&format!("the header {missing} is not signed")));
    }
    let canonical = canonical_request(request, &names, body);
    let to_sign = format!("SDK-HMAC-SHA256\n{date}\n{}", hex(&Sha256::digest(&canonical)));
    let mut mac = Hmac::<Sha256>::new_from_slice(keys.secret_key.as_bytes()).expect("HMAC takes keys of any length");
    mac.update(to_sign.as_bytes());
    let sent = unhex(authorization.signature).unwrap_or_default();
    mac.verify_slice(&sent).map_err(|_| {
        let canonical = canonical.replace('\n', "|");
        refuse(&format!("the signature does not match, canonical request: {canonical}"))
    })
}

fn refuse(why: &str) -> Refusal {
    let message = format!("Incorrect IAM authentication information: {why}");
    Refusal::new(StatusCode::UNAUTHORIZED, "APIGW.0301", message)
}

fn header<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}

/// The parts of `SDK-HMAC-SHA256 Access=.., SignedHeaders=.., Signature=..`.
struct Authorization<'h> {
    access_key: &'h str,
    signed_headers: &'h str,
    signature: &'h str,
}

impl<'h> Authorization<'h> {
    fn parse(header: &'h str) -> Option<Self> {
        let mut parts = header.strip_prefix("SDK-HMAC-SHA256 ")?.split(", ");
        let parsed = Self {
            access_key: parts.next()?.strip_prefix("Access=")?,
            signed_headers: parts.next()?.strip_prefix("SignedHeaders=")?,
            signature: parts.next()?.strip_prefix("Signature=")?,
        };
        parts.next().is_none().then_some(parsed)
    }
}

fn parse_date(date: &str) -> Option<Timestamp> {
    let date = DateTime::strptime("%Y%m%dT%H%M%SZ", date).ok()?;
    TimeZone::UTC.to_timestamp(date).ok()
}

/// What the caller must have signed, from what arrived.
fn canonical_request(request: &Parts, signed: &[&str], body: &[u8]) -> String {
    let path: Vec<String> = request.uri.path().split('/').map(|segment| encode(&decode(segment))).collect();
    let mut path = path.join("/");
    if !path.ends_with('/') {
        path.push('/');
    }
    let mut query = query_pairs(request.uri.query().unwrap_or_default());
    query.sort();
    let query: Vec<String> =
        query.iter().map(|(key, value)| format!("{}={}", encode(key.as_bytes()), encode(value.as_bytes()))).collect();
    let headers: String = signed
        .iter()
        .map(|name| format!("{name}:{}\n", header(&request.headers, name).unwrap_or_default().trim()))
        .collect();
    let hash = hex(&Sha256::digest(body));
    format!("{}\n{path}\n{}\n{headers}\n{}\n{hash}", request.method, query.join("&"), signed.join(";"))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if !digits.len().is_multiple_of(2) || !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    const NOW: &str = "2026-01-15T08:30:00Z";

    fn keys() -> Keys {
        Keys {
            access_key: "EXAMPLEAKIDAAAAAAAAA".to_owned(),
            secret_key: "exampleSecretKeyForTestVectorsOnly000000".to_owned(),
            token: "token".to_owned(),
        }
    }

    /// The vendor's own signer made this signature: headers host and date only, no query.
    fn signed() -> axum::http::request::Builder {
        Request::get("/v1/0123456789abcdef0123456789abcdef/dev-servers/hyperinstance")
            .header("host", "modelarts.cn-north-4.myhuaweicloud.com")
            .header("x-sdk-date", "20260115T083000Z")
            .header(
                "authorization",
                "SDK-HMAC-SHA256 Access=EXAMPLEAKIDAAAAAAAAA, SignedHeaders=host;x-sdk-date, \
                 Signature=6f79853808f6b50e1d23e4ab9259b11414c191bd4e8501ae112eed5b4be514ef",
            )
    }

    fn outcome(request: axum::http::request::Builder, now: &str) -> Result<(), String> {
        let (parts, ()) = request.body(()).unwrap().into_parts();
        verify(&parts, b"", &keys(), now.parse().unwrap()).map_err(|refusal| refusal.message)
    }

    #[test]
    fn a_signature_of_the_vendors_signer_is_accepted() {
        assert_eq!(outcome(signed(), NOW), Ok(()));
    }

    #[test]
    fn what_was_changed_on_the_way_is_noticed() {
        let message =
            outcome(signed().uri("/v1/0123456789abcdef0123456789abcdef/dev-servers/hyperinstance?limit=1"), NOW)
                .unwrap_err();
        assert!(message.contains("does not match, canonical request: GET|/v1/"), "{message}");
        assert!(message.contains("|limit=1|host:modelarts"), "{message}");
    }

    #[test]
    fn the_time_may_be_off_by_fifteen_minutes() {
        assert_eq!(outcome(signed(), "2026-01-15T08:45:00Z"), Ok(()));
        assert_eq!(outcome(signed(), "2026-01-15T08:15:00Z"), Ok(()));
        let message = outcome(signed(), "2026-01-15T08:45:01Z").unwrap_err();
        assert!(message.ends_with("signature time: 20260115T083000Z, server time: 20260115T084501Z"), "{message}");
    }

    #[test]
    fn a_token_is_compared() {
        assert_eq!(outcome(Request::get("/").header("x-auth-token", "token"), NOW), Ok(()));
        assert!(outcome(Request::get("/").header("x-auth-token", "other"), NOW).unwrap_err().contains("token"));
        assert!(outcome(Request::get("/"), NOW).unwrap_err().contains("neither a token nor a signature"));
    }
}
