//! The client and how it is set up.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::credentials::Credentials;
use crate::endpoint::Endpoint;
use crate::error::{Error, ErrorClass};
use crate::generated::operations;
use crate::listing::{Conformance, ListHyperinstances};
use crate::regions;
use crate::transport::{self, Call, Limits};
use crate::types::ProjectId;

/// A client for one project. Clones share one connection pool.
///
/// ```
/// # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
/// # let mock = hyperinstance_mock::Mock::start().await.unwrap();
/// # let (endpoint, access_key, secret_key) = (mock.endpoint(), mock.access_key(), mock.secret_key());
/// use hyperinstance_client::{Client, Credentials};
///
/// let client = Client::builder()
///     .endpoint(endpoint)
///     .project_id("0123456789abcdef0123456789abcdef")
///     .credentials(Credentials::access_key(access_key, secret_key))
///     .build()?;
/// let fleet = client.list_hyperinstances().items().try_collect().await?;
/// assert_eq!(fleet[0].name.as_deref(), Some("devserver-hps"));
/// # Ok::<(), hyperinstance_client::Error>(())
/// # }).unwrap();
/// ```
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    endpoint: Endpoint,
    project_id: ProjectId,
    credentials: Arc<Credentials>,
    http: reqwest::Client,
    limits: Limits,
    conformance: Conformance,
}

impl Client {
    /// Begins setting up a client.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// Begins a listing of the supernode instances of the project.
    pub fn list_hyperinstances(&self) -> ListHyperinstances {
        ListHyperinstances::new(self.clone())
    }

    /// Base URL of the service.
    #[must_use]
    pub fn endpoint(&self) -> &str {
        &self.inner.endpoint.base
    }

    /// The project whose instances are listed.
    #[must_use]
    pub fn project_id(&self) -> &ProjectId {
        &self.inner.project_id
    }

    pub(crate) fn conformance(&self) -> Conformance {
        self.inner.conformance
    }

    /// The generated client, set up for one call; the call tells afterwards what the generated error leaves out.
    pub(crate) fn generated(&self) -> (operations::Client, Call) {
        let inner = &self.inner;
        let call = Call::new(inner.credentials.clone(), inner.project_id.clone(), inner.limits);
        (operations::Client::new_with_client(&inner.endpoint.base, inner.http.clone(), call.clone()), call)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("endpoint", &self.inner.endpoint.base)
            .field("project_id", &self.inner.project_id.as_str())
            .finish_non_exhaustive()
    }
}

/// Sets up a [`Client`].
///
/// A region or an endpoint is needed, and a project unless the credentials come with one.
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct ClientBuilder {
    region: Option<String>,
    endpoint: Option<String>,
    project_id: Option<String>,
    credentials: Option<Credentials>,
    allow_http: bool,
    limits: Limits,
    conformance: Conformance,
}

impl ClientBuilder {
    /// Talks to the public endpoint of a region, such as `cn-north-4`; see [`regions`].
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// Talks to this endpoint, `https://HOST[:PORT]`, whatever the region. Plain `http` is accepted for loopback.
    pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.endpoint = Some(endpoint.into());
        self
    }

    /// Lists the instances of this project: 1 to 64 letters, digits and hyphens, in practice 32 hexadecimal digits.
    pub fn project_id(mut self, project_id: impl Into<String>) -> Self {
        self.project_id = Some(project_id.into());
        self
    }

    /// Calls as this caller. Default: the credentials that [`Credentials::discover`] finds.
    pub fn credentials(mut self, credentials: Credentials) -> Self {
        self.credentials = Some(credentials);
        self
    }

    /// Time for a whole call, from connecting to the last byte of the answer. Default 60 s.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.limits.call = timeout;
        self
    }

    /// Time for connecting. Default 10 s.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.limits.connect = timeout;
        self
    }

    /// Largest response, in bytes. Default 128 MiB, which holds the largest documented page of realistic content.
    pub fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.limits.response = bytes;
        self
    }

    /// Accepts a plain `http` endpoint on another machine. Names, tokens and the listing then travel unencrypted.
    pub fn allow_http(mut self, allow: bool) -> Self {
        self.allow_http = allow;
        self
    }

    /// What to do with an item that deviates from the document. Default: keep it, and report the deviation.
    pub fn conformance(mut self, conformance: Conformance) -> Self {
        self.conformance = conformance;
        self
    }

    /// Checks the settings and builds the client. Nothing is sent yet.
    ///
    /// # Errors
    /// Class [`Config`](ErrorClass::Config), naming the setting that is missing or wrong: first of the endpoint, then of
    /// the project, then of the credentials.
    pub fn build(self) -> Result<Client, Error> {
        let config = |message: &str, hint: &str| Error::new(ErrorClass::Config, message).with_hint(hint);
        let endpoint = match (&self.endpoint, &self.region) {
            (Some(endpoint), _) => endpoint,
            (None, Some(region)) => regions::endpoint(region)?,
            (None, None) => return Err(config("no region given", "name a region, or the endpoint itself")),
        };
        let endpoint = Endpoint::parse(endpoint, self.allow_http)?;
        let project_id = self.project_id.as_deref().map(parse_project_id).transpose()?;
        let credentials = match self.credentials {
            Some(credentials) => credentials,
            None => Credentials::discover()?,
        };
        credentials.check()?;
        let project_id = match (project_id, credentials.project_id()) {
            (Some(project_id), _) => project_id,
            (None, Some(project_id)) => parse_project_id(project_id)?,
            (None, None) => {
                return Err(config(
                    "no project id given",
                    "give it with the call, in HUAWEICLOUD_SDK_PROJECT_ID, or as project_id in the profile file",
                ));
            }
        };
        let http = transport::http_client(&endpoint, &self.limits)?;
        let (limits, conformance) = (self.limits, self.conformance);
        let inner = Inner { endpoint, project_id, credentials: Arc::new(credentials), http, limits, conformance };
        Ok(Client { inner: Arc::new(inner) })
    }
}

fn parse_project_id(text: &str) -> Result<ProjectId, Error> {
    text.parse().map_err(|_| {
        let text = crate::error::clean(text);
        Error::new(ErrorClass::Config, format!("the project id `{text}` is not 1 to 64 letters, digits and hyphens"))
            .with_hint("copy it from the console under My Credentials, API Credentials")
    })
}
