//! The handler of the listing, and of everything else that is asked for.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State as Extract};
use axum::http::{HeaderMap, Response, StatusCode};
use jiff::Timestamp;

use crate::auth;
use crate::parameters::{self, Parameters};
use crate::percent;
use crate::reply::{self, Refusal};
use crate::state::{Received, Shared};

/// The gateway takes no larger body with a signature.
const MAX_BODY: usize = 12 << 20;

pub(crate) fn router(state: Shared) -> Router {
    Router::new().fallback(handle).with_state(state)
}

/// Answers every request, the ones without a route too, so that each is recorded and has a request id.
async fn handle(Extract(state): Extract<Shared>, request: Request) -> Response<Body> {
    if !state.latency.is_zero() {
        tokio::time::sleep(state.latency).await;
    }
    let request_id = reply::request_id();
    let method = request.method().to_string();
    let target = request.uri().to_string();
    let headers = readable(request.headers());

    let response = match answer(&state, request).await {
        Ok(page) => reply::json(StatusCode::OK, page, &request_id),
        Err(refusal) => reply::json(refusal.status, refusal.body(&request_id), &request_id),
    };
    let status = response.status().as_u16();
    state.remember(Received { method, target, headers, status, request_id });
    response
}

async fn answer(state: &Shared, request: Request) -> Result<String, Refusal> {
    let (parts, body) = request.into_parts();
    let project_id = project_id(parts.uri.path())
        .filter(|_| parts.method == "GET")
        .ok_or_else(|| Refusal::new(StatusCode::NOT_FOUND, "APIGW.0101", "The API does not exist here."))?;
    let body = to_bytes(body, MAX_BODY)
        .await
        .map_err(|_| Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "APIGW.0201", "The body is larger than 12 MB."))?;
    if state.auth {
        auth::verify(&parts, &body, &state.keys, Timestamp::now())?;
    }
    parameters::check_project_id(project_id)?;
    let query = percent::query_pairs(parts.uri.query().unwrap_or_default());
    Ok(state.fleet.page(&Parameters::parse(&query)?))
}

/// The project in the path of the listing.
fn project_id(path: &str) -> Option<&str> {
    path.strip_prefix("/v1/")?.strip_suffix("/dev-servers/hyperinstance").filter(|id| !id.contains('/'))
}

fn readable(headers: &HeaderMap) -> Vec<(String, String)> {
    headers
        .iter()
        .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
        .collect()
}
