//! Cross-origin reads (CORS, of the Fetch standard): which other sites' pages may read what.
//!
//! A channel names their origins. What belongs to no channel, such as the current release, may be read by the
//! pages of every channel's origins. Only reads are granted, and never with cookies: what is not public takes
//! a token in `Authorization`.

use axum::extract::Request;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD, ORIGIN,
    VARY,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use rikaste_model::shop::{AllowedOrigins, Channel, Shop};

use super::problem::{ApiProblem, ProblemKind};

/// What a page may do.
const METHODS: &str = "GET, HEAD";
/// What a page may send beside what needs no leave.
const REQUEST_HEADERS: &str =
    "Authorization, Cache-Control, Content-Type, If-None-Match, If-Range, Last-Event-ID, Range";
/// What a page may read of the headers beside what needs no leave.
const EXPOSED_HEADERS: &str = "Content-Range, ETag, Retry-After, Rikaste-Release, WWW-Authenticate";
/// For how long a browser need not ask again: two hours, the most that any takes.
const MAX_AGE: &str = "7200";
/// What belongs to no channel.
const SHARED: [&str; 4] = ["/v1/releases/current", "/v1/releases", "/v1/channels", "/openapi.json"];

/// Who may read what is at an address.
pub(super) struct OriginPolicy<'s> {
    allowed: Vec<&'s AllowedOrigins>,
}

impl<'s> OriginPolicy<'s> {
    /// The policy of an address: that of its channel, or of all channels.
    pub(super) fn from_path(shop: &'s Shop, path: &str) -> Self {
        let is_shared = SHARED.contains(&path) || path.starts_with("/assets/");
        let named = path.strip_prefix("/v1/channels/").and_then(|rest| rest.split_once('/'));
        let is_here = |channel: &&Channel| {
            is_shared || named.is_some_and(|(code, _)| channel.code.as_str() == code)
        };
        let channels = shop.channels.iter().filter(is_here);
        let allowed = channels.map(|channel| &channel.origins);
        Self { allowed: allowed.filter(|origins| **origins != AllowedOrigins::default()).collect() }
    }

    fn is_open_to_all(&self) -> bool {
        self.allowed.contains(&&AllowedOrigins::Every)
    }

    /// What tells the browser that a page of the origin may read the answer.
    fn grant(&self, origin: Option<&HeaderValue>) -> Option<HeaderValue> {
        if self.is_open_to_all() {
            return Some(HeaderValue::from_static("*"));
        }
        let origin = origin?;
        let text = origin.to_str().ok()?;
        self.allowed.iter().any(|allowed| allowed.allows(text)).then(|| origin.clone())
    }

    /// The answer to a browser that asks whether a page may send a request; `None` where nobody asks.
    pub(super) fn answer_preflight(&self, request: &Request) -> Option<Response> {
        let headers = request.headers();
        let method = headers.get(ACCESS_CONTROL_REQUEST_METHOD)?;
        if request.method() != Method::OPTIONS || !headers.contains_key(ORIGIN) {
            return None;
        }
        let refuse =
            |detail| Some(ApiProblem::new(ProblemKind::NotAllowed, detail).into_response());
        if self.grant(headers.get(ORIGIN)).is_none() {
            return refuse(
                "Pages of this origin may not read this; the key `origins` of a channel lists those that may.",
            );
        }
        if !METHODS.split(", ").any(|known| method == known) {
            return refuse("Pages of other sites may only read: they may send GET and HEAD.");
        }
        let mut response = StatusCode::NO_CONTENT.into_response();
        let fields = response.headers_mut();
        fields.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static(METHODS));
        fields.insert(ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static(REQUEST_HEADERS));
        fields.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static(MAX_AGE));
        Some(response)
    }

    /// Says in an answer who may read it.
    pub(super) fn add_headers(&self, request: &CrossOriginRequest, headers: &mut HeaderMap) {
        if self.allowed.is_empty() || !request.is_read {
            return;
        }
        if !self.is_open_to_all() {
            headers.append(VARY, HeaderValue::from_static("origin"));
        }
        if let Some(granted) = self.grant(request.origin.as_ref()) {
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, granted);
            let exposed = HeaderValue::from_static(EXPOSED_HEADERS);
            headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, exposed);
        }
    }
}

/// What is kept of a request until it is answered.
pub(super) struct CrossOriginRequest {
    origin: Option<HeaderValue>,
    /// Whether it reads, or asks whether a page may.
    is_read: bool,
}

impl CrossOriginRequest {
    pub(super) fn from_request(request: &Request) -> Self {
        Self {
            origin: request.headers().get(ORIGIN).cloned(),
            is_read: matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS),
        }
    }
}
