//! One HTTP exchange: sign, send, read within limits, and tell what went wrong.
//!
//! The generated code calls [`Call::perform`] through its `exec` hook, which may fail only with an error of reqwest.
//! A failure of ours is therefore kept in the call, where the caller takes it from, and the hook returns a stand-in.

mod failure;

use std::borrow::Cow;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use progenitor_client::{ClientHooks, ClientInfo, OperationInfo};
use reqwest::header::{AUTHORIZATION, CONTENT_ENCODING, CONTENT_LENGTH, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Request, Response, StatusCode, Url};
use rustls::crypto::ring;
use rustls_platform_verifier::BuilderVerifierExt;
use secrecy::{ExposeSecret, SecretString};

use crate::credentials::{Credentials, Kind};
use crate::endpoint::Endpoint;
use crate::error::{Error, ErrorClass};
use crate::generated::operations;
use crate::signing::{self, Signable};
use crate::types::ProjectId;

/// Largest part of an error body that is looked at, in bytes.
const MAX_ERROR_BODY: usize = 64 << 10;

/// Status of the stand-in for a response that there is none of; no server sends it to us, since it is never sent.
const STAND_IN: u16 = 599;

/// What a call may take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    pub(crate) connect: Duration,
    pub(crate) call: Duration,
    pub(crate) response: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { connect: Duration::from_secs(10), call: Duration::from_secs(60), response: 128 << 20 }
    }
}

/// The HTTP client for an endpoint: no redirects, no proxy on loopback, certificates verified by the platform.
pub(crate) fn http_client(endpoint: &Endpoint, limits: &Limits) -> Result<reqwest::Client, Error> {
    let mut builder = reqwest::Client::builder()
        .user_agent(concat!("hyperinstance/", env!("CARGO_PKG_VERSION")))
        // A redirect would carry the signature and the token to wherever it points.
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(limits.connect)
        .tls_backend_preconfigured(tls_config(endpoint.tls)?);
    if endpoint.loopback {
        builder = builder.no_proxy();
    }
    builder.build().map_err(|error| {
        Error::new(ErrorClass::Config, "cannot set up HTTP").with_source(error).with_hint("check the proxy variables")
    })
}

fn tls_config(verify: bool) -> Result<rustls::ClientConfig, Error> {
    let failed = |error: rustls::Error| {
        Error::new(ErrorClass::Tls, format!("cannot set up TLS: {error}"))
            .with_hint("check that the system has root certificates, or name a file of them in SSL_CERT_FILE")
    };
    let builder = rustls::ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(failed)?;
    // Reading the system's certificates takes longer than a call to this machine, which does not need them.
    let builder = if verify {
        builder.with_platform_verifier().map_err(failed)?
    } else {
        builder.with_root_certificates(rustls::RootCertStore::empty())
    };
    Ok(builder.with_no_client_auth())
}

/// One call: how to make it, and what became of it.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    credentials: Arc<Credentials>,
    project_id: ProjectId,
    limits: Limits,
    outcome: Arc<Mutex<Outcome>>,
}

#[derive(Debug, Default)]
struct Outcome {
    failure: Option<Error>,
    status: Option<u16>,
    request_id: Option<String>,
}

impl Call {
    pub(crate) fn new(credentials: Arc<Credentials>, project_id: ProjectId, limits: Limits) -> Self {
        Self { credentials, project_id, limits, outcome: Arc::default() }
    }

    /// Why the exchange failed, when it did.
    pub(crate) fn take_failure(&self) -> Option<Error> {
        self.lock().failure.take()
    }

    /// Adds what is known of the response to an error about its content.
    pub(crate) fn describe(&self, error: Error) -> Error {
        let outcome = self.lock();
        let error = error.with_request_id(outcome.request_id.clone());
        match outcome.status {
            Some(status) => error.with_status(status),
            None => error,
        }
    }

    pub(crate) fn request_id(&self) -> Option<String> {
        self.lock().request_id.clone()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Outcome> {
        // What is kept here stays meaningful even if another holder panicked.
        self.outcome.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn perform(&self, http: &reqwest::Client, mut request: Request) -> Result<Response, Error> {
        self.authenticate(&mut request)?;
        *request.timeout_mut() = Some(self.limits.call);
        let response = http.execute(request).await.map_err(|error| failure::transport(error, &self.limits))?;

        let status = response.status();
        let request_id = request_id(response.headers());
        {
            let mut outcome = self.lock();
            outcome.status = Some(status.as_u16());
            outcome.request_id = request_id;
        }
        self.receive(response).await.map_err(|error| self.describe(error))
    }

    async fn receive(&self, response: Response) -> Result<Response, Error> {
        let status = response.status();
        if status.is_client_error() || status.is_server_error() {
            let body = failure::read_start(response, MAX_ERROR_BODY).await;
            return Err(failure::api(status, &body));
        }
        if status != StatusCode::OK {
            return Err(failure::unexpected(status, response.headers()));
        }
        if let Some(encoding) = response.headers().get(CONTENT_ENCODING) {
            let message = format!("the response is encoded as {encoding:?}, which was not asked for");
            return Err(
                Error::new(ErrorClass::Protocol, message).with_hint("check the proxy between here and the service")
            );
        }
        let head = (status, response.headers().clone());
        let body = self.read(response).await?;
        failure::refuse_error_in_success(&body)?;
        let mut rebuilt = http::Response::new(body);
        (*rebuilt.status_mut(), *rebuilt.headers_mut()) = head;
        Ok(rebuilt.into())
    }

    /// Reads a body up to the limit.
    async fn read(&self, mut response: Response) -> Result<Vec<u8>, Error> {
        let limit = self.limits.response;
        let too_large = || {
            Error::new(ErrorClass::TooLarge, format!("the response is larger than the {limit} bytes allowed"))
                .with_hint("ask for smaller pages, or allow larger responses")
        };
        let announced = response
            .headers()
            .get(CONTENT_LENGTH)
            .and_then(|length| length.to_str().ok()?.parse::<usize>().ok())
            .unwrap_or_default();
        if announced > limit {
            return Err(too_large());
        }
        let mut body = Vec::with_capacity(announced);
        while let Some(chunk) = response.chunk().await.map_err(|error| failure::transport(error, &self.limits))? {
            if body.len() + chunk.len() > limit {
                return Err(too_large());
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }

    /// Adds the headers that say who is calling.
    fn authenticate(&self, request: &mut Request) -> Result<(), Error> {
        match &self.credentials.kind {
            Kind::AccessKey { access_key, secret_key, security_token } => {
                self.sign(request, access_key, secret_key, security_token.as_ref(), SystemTime::now())
            }
            Kind::Token(token) => {
                request
                    .headers_mut()
                    .insert(HeaderName::from_static("x-auth-token"), sensitive(token.expose_secret())?);
                Ok(())
            }
        }
    }

    /// Signs the host, the project and the time, but nothing that a proxy may rewrite, such as the user agent.
    fn sign(
        &self,
        request: &mut Request,
        access_key: &str,
        secret_key: &SecretString,
        security_token: Option<&SecretString>,
        time: SystemTime,
    ) -> Result<(), Error> {
        let date = signing::format_date(time);
        let host = host(request.url());
        let mut headers = vec![
            ("host", host.as_str()),
            ("x-project-id", self.project_id.as_str()),
            (signing::DATE_HEADER, date.as_str()),
        ];
        if let Some(token) = security_token {
            headers.push(("x-security-token", token.expose_secret()));
        }

        // What is signed is what is sent: the query goes out in its signed form.
        let url = request.url().clone();
        let query: Vec<(Cow<'_, str>, Cow<'_, str>)> = url.query_pairs().collect();
        let canonical = signing::canonical_query(&query);
        request.url_mut().set_query((!canonical.is_empty()).then_some(&canonical));
        let body = request.body().and_then(reqwest::Body::as_bytes).unwrap_or_default();
        let signable =
            Signable { method: request.method().as_str(), path: url.path(), query: &query, headers: &headers, body };
        let authorization = sensitive(&signing::sign(&signable, access_key, secret_key, &date))?;

        let sent = request.headers_mut();
        for (name, value) in headers {
            let name = HeaderName::from_bytes(name.as_bytes()).expect("the names above are header names");
            let mut value = HeaderValue::from_str(value).map_err(unsendable)?;
            value.set_sensitive(name == "x-security-token");
            sent.insert(name, value);
        }
        sent.insert(AUTHORIZATION, authorization);
        Ok(())
    }
}

impl ClientHooks<Call> for operations::Client {
    async fn exec(&self, request: Request, _: &OperationInfo) -> reqwest::Result<Response> {
        match self.inner().perform(self.client(), request).await {
            Ok(response) => Ok(response),
            Err(error) => {
                self.inner().lock().failure = Some(error);
                let mut stand_in = http::Response::new(Vec::<u8>::new());
                *stand_in.status_mut() = StatusCode::from_u16(STAND_IN).expect("three digits");
                Ok(stand_in.into())
            }
        }
    }
}

/// Host as HTTP names it: with the port, unless it is the scheme's own.
fn host(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

fn request_id(headers: &HeaderMap) -> Option<String> {
    let value = headers.get("x-request-id")?;
    Some(crate::error::clean(&String::from_utf8_lossy(value.as_bytes())))
}

fn sensitive(value: &str) -> Result<HeaderValue, Error> {
    let mut value = HeaderValue::from_str(value).map_err(unsendable)?;
    value.set_sensitive(true);
    Ok(value)
}

/// Credentials were checked when the client was built, so this names no value.
fn unsendable(_: reqwest::header::InvalidHeaderValue) -> Error {
    Error::new(ErrorClass::Config, "a credential cannot be sent in a header")
}
