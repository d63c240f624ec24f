//! Sessions: signing a browser in with a token.

use serde::{Deserialize, Serialize};

/// What a browser sends to sign in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({ "token": "8f2c…" })))]
pub struct SignInRequest {
    /// The token, as `rikaste token new` printed it.
    pub token: String,
}

/// Who is signed in, and what they may do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionInfo {
    /// Whether everybody may do everything, because the shop has no token and is on this machine only.
    pub open: bool,
    /// The name of the token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What the token opens: `read`, `manage`, `channel:CODE`.
    pub scopes: Vec<String>,
}
