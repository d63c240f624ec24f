//! Taking a product out, and bringing it back.

use serde::{Deserialize, Serialize};

/// The body of `POST /v1/products/{sku}/offer`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OfferRequest {
    /// `false` takes the product out of every channel, by an edit of its `status`. `true` takes that edit back.
    pub offered: bool,
}

/// The answer to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OfferAnswer {
    /// The file of edits that was dropped, from the inbox on. Its receipt says what came of it.
    pub file: String,
}
