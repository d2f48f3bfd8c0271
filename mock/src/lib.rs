//! An HTTP server that behaves like the `ModelArts` supernode listing.
//!
//! It verifies signatures and tokens the way the gateway does, checks parameters, sorts, pages, and answers with what
//! the document allows. It listens on loopback, on a free port unless told otherwise, until it is dropped.
//!
//! ```
//! # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
//! use hyperinstance_mock::{Fleet, Mock};
//!
//! let mock = Mock::builder().fleet(Fleet::generated(1000, 48, 7)).start().await?;
//! println!("list from {} with the keys {} and {}", mock.endpoint(), mock.access_key(), mock.secret_key());
//! # Ok::<(), std::io::Error>(())
//! # })?;
//! # Ok::<(), std::io::Error>(())
//! ```

mod auth;
mod fleet;
mod parameters;
mod percent;
mod reply;
mod server;
mod state;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub use fleet::{Fleet, FleetError};
pub use state::Received;

use auth::Keys;
use state::{Shared, State};

/// Access key of a mock that was given none. It opens nothing but mocks.
pub const DEMO_ACCESS_KEY: &str = "HPSDEMOACCESSKEY0001";
/// Secret key that belongs to [`DEMO_ACCESS_KEY`].
pub const DEMO_SECRET_KEY: &str = "demo-secret-key-of-the-hyperinstance-mock";
/// Token that a mock accepts unless it was given another.
pub const DEMO_TOKEN: &str = "demo-token-of-the-hyperinstance-mock";

/// A running server. Dropping it stops it.
#[derive(Debug)]
pub struct Mock {
    address: SocketAddr,
    shared: Shared,
    server: JoinHandle<io::Result<()>>,
}

impl Mock {
    /// Starts a server on a free loopback port, with demo keys and the documented example as its data.
    ///
    /// # Errors
    /// When no port can be had.
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// Begins setting up a server.
    pub fn builder() -> MockBuilder {
        MockBuilder::default()
    }

    /// Base URL, such as `http://127.0.0.1:49152`.
    #[must_use]
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The access key that it knows.
    #[must_use]
    pub fn access_key(&self) -> &str {
        &self.shared.keys.access_key
    }

    /// The secret key that belongs to [`access_key`](Self::access_key).
    #[must_use]
    pub fn secret_key(&self) -> &str {
        &self.shared.keys.secret_key
    }

    /// The token that it accepts.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.shared.keys.token
    }

    /// The requests received so far, in order, at most the last 10,000.
    #[must_use]
    pub fn requests(&self) -> Vec<Received> {
        self.shared.received()
    }

    /// Serves until the task is cancelled or the server fails.
    ///
    /// # Errors
    /// When the server fails.
    pub async fn wait(mut self) -> io::Result<()> {
        (&mut self.server).await.map_err(io::Error::other)?
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// Sets up a [`Mock`].
#[derive(Debug, Clone)]
#[must_use]
pub struct MockBuilder {
    listen: SocketAddr,
    fleet: Fleet,
    keys: Keys,
    auth: bool,
    latency: Duration,
}

impl Default for MockBuilder {
    fn default() -> Self {
        Self {
            listen: (Ipv4Addr::LOCALHOST, 0).into(),
            fleet: Fleet::example(),
            keys: Keys {
                access_key: DEMO_ACCESS_KEY.to_owned(),
                secret_key: DEMO_SECRET_KEY.to_owned(),
                token: DEMO_TOKEN.to_owned(),
            },
            auth: true,
            latency: Duration::ZERO,
        }
    }
}

impl MockBuilder {
    /// Listens here. Default: a free port of `127.0.0.1`.
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.listen = address;
        self
    }

    /// Serves these instances. Default: the documented example.
    pub fn fleet(mut self, fleet: Fleet) -> Self {
        self.fleet = fleet;
        self
    }

    /// Serves this many generated instances of 4 servers each.
    pub fn instances(self, count: usize) -> Self {
        self.fleet(Fleet::generated(count, 4, 0))
    }

    /// Knows this key pair instead of the demo keys.
    pub fn access_key(mut self, access_key: impl Into<String>, secret_key: impl Into<String>) -> Self {
        self.keys.access_key = access_key.into();
        self.keys.secret_key = secret_key.into();
        self
    }

    /// Accepts this token instead of the demo token.
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.keys.token = token.into();
        self
    }

    /// Whether callers must say who they are. Default: yes.
    pub fn auth(mut self, required: bool) -> Self {
        self.auth = required;
        self
    }

    /// Waits this long before each answer. Default: not at all.
    pub fn latency(mut self, latency: Duration) -> Self {
        self.latency = latency;
        self
    }

    /// Starts the server.
    ///
    /// # Errors
    /// When the address cannot be listened on.
    pub async fn start(self) -> io::Result<Mock> {
        let listener = TcpListener::bind(self.listen).await?;
        let address = listener.local_addr()?;
        let shared = State::shared(self.fleet, self.keys, self.auth, self.latency);
        let router = server::router(shared.clone());
        let server = tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Mock { address, shared, server })
    }
}
