//! The one error type of the client.

use std::error::Error as StdError;
use std::fmt;

use serde_json::value::RawValue;

use crate::generated::support::Drift;

/// Longest text taken over from a server into a message, in characters.
const MAX_TEXT: usize = 1024;

/// What kind of failure an [`Error`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorClass {
    /// The client or its credentials are not set up correctly. User action: correct the setting named in the message.
    Config,
    /// A parameter of the call is outside what the service documents. User action: correct the parameter.
    Input,
    /// The service could not be reached or the connection broke. User action: check the network, try again.
    Transport,
    /// The server's certificate was not accepted. User action: check endpoint, proxy and trusted roots.
    Tls,
    /// The time for the call ran out. User action: try again, or allow more time.
    Timeout,
    /// The response is larger than allowed. User action: ask for smaller pages, or allow more.
    TooLarge,
    /// The answer is not one of this service. User action: check endpoint and proxy.
    Protocol,
    /// The answer is JSON, but not of the documented form. User action: report it; the raw JSON is kept.
    Decode,
    /// The service or its gateway refused the call. User action: see [`code`](Error::code) and message.
    Api,
    /// Too many calls. User action: wait some seconds, then try again.
    Throttled,
    /// The service does not accept who is calling. User action: check the credentials; do not simply try again, since
    /// five failures lock an access key for five minutes.
    Auth,
    /// The listing ended, but not everything was received. User action: resume at the offset given, or start again.
    Incomplete,
}

/// An error of the client, with all that is known about it.
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    class: ErrorClass,
    message: String,
    hint: Option<String>,
    status: Option<u16>,
    code: Option<String>,
    request_id: Option<String>,
    resume_offset: Option<u64>,
    item: Option<ItemError>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// The item of a listing that could not be decoded, or deviates from the document where that is an error.
#[derive(Debug)]
pub struct ItemError {
    pub(crate) index: usize,
    pub(crate) pointer: String,
    pub(crate) raw: Box<RawValue>,
    pub(crate) drift: Vec<Drift>,
}

impl ItemError {
    /// Position of the item in its page, from 0.
    #[must_use]
    pub fn index(&self) -> usize {
        self.index
    }

    /// JSON pointer to what cannot be decoded in the response: the item, or the value within it.
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// What deviates from the document; empty for an item that cannot be decoded at all.
    #[must_use]
    pub fn drift(&self) -> &[Drift] {
        &self.drift
    }

    /// The item as the server sent it.
    #[must_use]
    pub fn raw(&self) -> &RawValue {
        &self.raw
    }
}

impl Error {
    pub(crate) fn new(class: ErrorClass, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            class,
            message: message.into(),
            hint: None,
            status: None,
            code: None,
            request_id: None,
            resume_offset: None,
            item: None,
            source: None,
        }))
    }

    pub(crate) fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.0.hint = Some(hint.into());
        self
    }

    pub(crate) fn with_status(mut self, status: u16) -> Self {
        self.0.status = Some(status);
        self
    }

    pub(crate) fn with_code(mut self, code: Option<String>) -> Self {
        self.0.code = code;
        self
    }

    pub(crate) fn with_request_id(mut self, request_id: Option<String>) -> Self {
        self.0.request_id = request_id;
        self
    }

    pub(crate) fn with_resume_offset(mut self, offset: u64) -> Self {
        self.0.resume_offset = Some(offset);
        self
    }

    pub(crate) fn with_item(mut self, item: ItemError) -> Self {
        self.0.item = Some(item);
        self
    }

    pub(crate) fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// What kind of failure this is.
    #[must_use]
    pub fn class(&self) -> ErrorClass {
        self.0.class
    }

    /// HTTP status of the answer, when there was one.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// The vendor's error code, such as `APIGW.0301` or `ModelArts.0104`.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// What happened, in words: the vendor's where the answer had some.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The `X-Request-Id` of the answer, which the vendor's support asks for.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// What to do about it, where that is known.
    #[must_use]
    pub fn hint(&self) -> Option<&str> {
        self.0.hint.as_deref()
    }

    /// Where to resume a listing that ended early.
    #[must_use]
    pub fn resume_offset(&self) -> Option<u64> {
        self.0.resume_offset
    }

    /// The item that could not be decoded, when the error is about one. The rest of the listing is not affected.
    #[must_use]
    pub fn item(&self) -> Option<&ItemError> {
        self.0.item.as_ref()
    }

    /// Whether the same call may succeed when made again after a while.
    ///
    /// True for [`Transport`](ErrorClass::Transport), [`Timeout`](ErrorClass::Timeout) and
    /// [`Throttled`](ErrorClass::Throttled), and for the statuses 408, 502, 503 and 504. Never for a call that was
    /// refused for what it asks or who asks.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self.0.class {
            ErrorClass::Transport | ErrorClass::Timeout | ErrorClass::Throttled => true,
            ErrorClass::Api | ErrorClass::Protocol => matches!(self.0.status, Some(408 | 502..=504)),
            _ => false,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &self.0;
        match (inner.status, &inner.code) {
            (Some(status), Some(code)) => write!(f, "{status} {code}: ")?,
            (Some(status), None) => write!(f, "{status}: ")?,
            (None, Some(code)) => write!(f, "{code}: ")?,
            (None, None) => {}
        }
        f.write_str(&inner.message)?;
        if let Some(request_id) = &inner.request_id {
            write!(f, " (request id {request_id})")?;
        }
        Ok(())
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

/// Text of a server as it may stand in a message: capped, and free of control characters, with which a server could
/// otherwise write to the reader's terminal.
pub(crate) fn clean(text: &str) -> String {
    let mut clean: String = text
        .chars()
        .map(|character| if is_unprintable(character) { '\u{fffd}' } else { character })
        .take(MAX_TEXT)
        .collect();
    if text.chars().nth(MAX_TEXT).is_some() {
        clean.push('…');
    }
    clean
}

/// Control characters, and the marks that reorder text around them.
fn is_unprintable(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_a_server_is_capped_and_cannot_write_to_the_terminal() {
        assert_eq!(clean("a\u{1b}[31mb\r\n\u{202e}c"), "a\u{fffd}[31mb\u{fffd}\u{fffd}\u{fffd}c");
        assert_eq!(clean(&"x".repeat(5000)).chars().count(), MAX_TEXT + 1);
    }

    #[test]
    fn a_refusal_is_not_retryable_but_an_outage_is() {
        let api = |status| Error::new(ErrorClass::Api, "m").with_status(status);
        assert!(!api(400).is_retryable());
        assert!(!api(500).is_retryable());
        assert!(api(503).is_retryable());
        assert!(!Error::new(ErrorClass::Auth, "m").with_status(401).is_retryable());
    }
}
