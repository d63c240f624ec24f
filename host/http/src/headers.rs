//! What every answer says: its release, and how it may be read.

use std::sync::Arc;

use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_RANGE, CONTENT_TYPE, VARY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use rikaste_model::shop::Channel;

use super::cors::{CrossOriginRequest, OriginPolicy};
use super::problem::{self, ApiProblem};
use super::state::ApiState;

/// The release that an answer stands on.
pub(super) const RELEASE_HEADER: HeaderName = HeaderName::from_static("rikaste-release");

/// To be asked for again each time; the tag says whether it is the same.
pub(super) const REVALIDATE: &str = "no-cache";

/// Completes every answer: its release, no guessing of types, problems in one form, who may read it.
pub(super) async fn complete_response(
    State(app): State<Arc<ApiState>>,
    request: Request,
    next: Next,
) -> Response {
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let origins = OriginPolicy::from_path(&app.configuration.shop, request.uri().path());
    let asked = CrossOriginRequest::from_request(&request);
    let mut response = match origins.answer_preflight(&request) {
        Some(answer) => answer,
        None => next.run(request).await,
    };
    app.activity.count_request(&method, route.as_ref().map(MatchedPath::as_str), response.status());
    if is_foreign_error(&response) {
        let headers = response.headers_mut();
        let (allow, range) = (headers.remove(ALLOW), headers.remove(CONTENT_RANGE));
        response = ApiProblem::from_status(response.status(), allow).into_response();
        response.headers_mut().extend(range.map(|range| (CONTENT_RANGE, range)));
    }
    let headers = response.headers_mut();
    headers.entry(RELEASE_HEADER).or_insert_with(|| HeaderValue::from(app.announced_release().0));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static(REVALIDATE));
    origins.add_headers(&asked, headers);
    response
}

/// Whether something below refused the request in words of its own.
fn is_foreign_error(response: &Response) -> bool {
    let is_error = response.status().is_client_error() || response.status().is_server_error();
    is_error && response.headers().get(CONTENT_TYPE).is_none_or(|kind| kind != problem::MEDIA_TYPE)
}

/// An answer of this type.
pub(super) fn typed_response(kind: &'static str, body: impl Into<axum::body::Body>) -> Response {
    let mut response = Response::new(body.into());
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

/// An answer in JSON.
pub(super) fn json_response(body: &impl serde::Serialize) -> Response {
    typed_response(
        "application/json",
        serde_json::to_vec(body).expect("answers are made of texts, numbers and lists"),
    )
}

/// That the reader has the answer already.
pub(super) fn not_modified(tag: HeaderValue) -> Response {
    let mut response = StatusCode::NOT_MODIFIED.into_response();
    response.headers_mut().insert(axum::http::header::ETAG, tag);
    response
}

/// Notes that an answer depends on who asks.
pub(super) fn vary_by_token(mut response: Response) -> Response {
    response.headers_mut().append(VARY, HeaderValue::from_static("authorization, cookie"));
    response
}

/// How long the answer of an address that never changes may be kept, and by whom.
pub(super) fn immutable_cache_control(channel: Option<&Channel>) -> HeaderValue {
    match channel {
        // A shared cache must not hand on what was read with a token (RFC 9111, 3.5).
        Some(channel) if !channel.public => {
            HeaderValue::from_static("private, max-age=31536000, immutable")
        }
        _ => HeaderValue::from_static("public, max-age=31536000, immutable"),
    }
}
