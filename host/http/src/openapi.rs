//! The description of the interface, in OpenAPI 3.1.

use axum::http::HeaderMap;
use axum::http::header::ETAG;
use axum::response::Response;

use super::etag::{match_etag, new_etag};
use super::headers::{not_modified, typed_response};

/// Written by hand: it is what the interface promises, and a test holds the addresses to it.
pub(super) const DESCRIPTION: &str = include_str!("openapi.json");

/// Hands out the description.
pub(super) async fn get_openapi(headers: HeaderMap) -> Response {
    let tag = new_etag(&blake3::hash(DESCRIPTION.as_bytes()).to_hex()[..32]);
    if let Some(known) = match_etag(&headers, &tag) {
        return not_modified(known);
    }
    let mut response = typed_response("application/json", DESCRIPTION);
    response.headers_mut().insert(ETAG, tag);
    response
}
