//! The API called without a network: what commands say is what the interface says.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use tower::ServiceExt;

use super::state::ApiConfig;

/// The interface of a shop in this process.
pub struct InProcessApi(Router);

/// An answer: its HTTP status and its body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InProcessResponse {
    /// The status, 200 when all is well.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
}

impl InProcessApi {
    /// Makes the interface.
    #[must_use]
    pub fn new(served: ApiConfig) -> Self {
        Self(super::build_router(served))
    }

    /// Asks for an address, the host left out: `/v1/releases/current`. An address that is none
    /// is answered with status 400.
    pub async fn get_address(&self, address: &str) -> InProcessResponse {
        let Ok(request) = Request::get(address).body(Body::empty()) else {
            return InProcessResponse { status: 400, body: Vec::new() };
        };
        let response = match self.0.clone().oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        };
        let status = response.status().as_u16();
        let body =
            to_bytes(response.into_body(), usize::MAX).await.map(Vec::from).unwrap_or_default();
        InProcessResponse { status, body }
    }
}
