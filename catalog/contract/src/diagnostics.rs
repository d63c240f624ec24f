//! Messages about rows, values and photos.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A message for the person who can mend what it is about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DiagnosticEntry {
    /// How bad it is.
    pub severity: MessageSeverity,
    /// A stable, lower-case, hyphenated name.
    #[cfg_attr(feature = "openapi", schema(examples("gtin-check-digit")))]
    pub code: String,
    /// What happened and what to do, in English, or in a plugin's own words.
    pub message: String,
    /// What the message is about, by name. Absent in explanations and in a plugin's messages.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = HashMap<String, Value>))]
    pub arguments: Map<String, Value>,
    /// The message in the shop's language; a plugin's stays in the plugin's words. Absent in
    /// explanations.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub local_message: Option<String>,
    /// The row of the file as an editor or spreadsheet counts it; the header is row 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<u32>,
    /// The column's header.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// What stood there, cut to a readable length.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The product.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sku: Option<String>,
    /// The attribute's code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribute: Option<String>,
    /// The locale, as a BCP 47 tag.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// The plugin whose message it is. Only in explanations.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plugin: Option<String>,
}

impl DiagnosticEntry {
    /// A message that points at nothing.
    #[must_use]
    pub fn new(severity: MessageSeverity, code: &str, message: String) -> Self {
        Self {
            severity,
            code: code.to_owned(),
            message,
            arguments: Map::new(),
            local_message: None,
            row: None,
            column: None,
            value: None,
            sku: None,
            attribute: None,
            locale: None,
            plugin: None,
        }
    }
}

/// How bad something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum MessageSeverity {
    /// Good to know.
    Info,
    /// Something was left out or guessed; the rest stands.
    Warning,
    /// The row, value or file was refused.
    Error,
}

impl MessageSeverity {
    /// The name on the wire.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}
