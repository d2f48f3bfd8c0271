//! What all requests share: the fleet, the keys, and a record of what was received.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::auth::Keys;
use crate::fleet::Fleet;

/// How many requests are remembered.
const REMEMBERED: usize = 10_000;

pub(crate) type Shared = Arc<State>;

#[derive(Debug)]
pub(crate) struct State {
    pub(crate) fleet: Fleet,
    pub(crate) keys: Keys,
    pub(crate) auth: bool,
    pub(crate) latency: Duration,
    received: Mutex<VecDeque<Received>>,
}

/// A request as the server saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Received {
    /// HTTP method.
    pub method: String,
    /// Path and query as they arrived.
    pub target: String,
    /// Headers in order, names in lower case.
    pub headers: Vec<(String, String)>,
    /// Status of the answer.
    pub status: u16,
    /// `X-Request-Id` of the answer.
    pub request_id: String,
}

impl Received {
    /// Value of a header, by its name in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(candidate, _)| candidate == name).map(|(_, value)| value.as_str())
    }
}

impl State {
    pub(crate) fn shared(fleet: Fleet, keys: Keys, auth: bool, latency: Duration) -> Shared {
        Arc::new(Self { fleet, keys, auth, latency, received: Mutex::default() })
    }

    pub(crate) fn remember(&self, request: Received) {
        let mut received = self.received.lock().unwrap_or_else(PoisonError::into_inner);
        if received.len() == REMEMBERED {
            received.pop_front();
        }
        received.push_back(request);
    }

    pub(crate) fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }
}
