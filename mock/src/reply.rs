//! Answers: JSON bodies with a request id, errors in the form of the service.

use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, Response, StatusCode};
use serde_json::json;

/// An error as the service or the gateway before it answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    pub(crate) code: &'static str,
    pub(crate) message: String,
}

impl Refusal {
    pub(crate) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into() }
    }

    /// The body. The gateway, unlike the service behind it, repeats the request id there.
    pub(crate) fn body(&self, request_id: &str) -> String {
        let mut body = json!({ "error_code": self.code, "error_msg": self.message });
        if self.code.starts_with("APIGW.") {
            body["request_id"] = request_id.into();
        }
        body.to_string()
    }
}

/// A JSON answer.
pub(crate) fn json(status: StatusCode, body: String, request_id: &str) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json;charset=utf8"));
    headers.insert("x-request-id", HeaderValue::from_str(request_id).expect("hexadecimal digits"));
    response
}

/// A request id as the gateway makes them: 32 hexadecimal digits.
pub(crate) fn request_id() -> String {
    format!("{:032x}", fastrand::u128(..))
}
