//! Diagnostics: what a person should know, where it is, and what to do about it.
//!
//! Bad input is data, not an error: every stage of the pipeline returns diagnostics beside what it
//! could make of its input.

use std::fmt;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::code::{AttributeCode, Sku};
use crate::locale::Locale;
use crate::words::DiagnosticMessage;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Good to know.
    Info,
    /// Something was left out or guessed; the rest stands.
    Warning,
    /// The row, value or file was refused.
    Error,
}

/// One message.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// A stable, lower-case, hyphenated name: `gtin-check-digit`.
    pub code: SmolStr,
    /// What happened and what to do, as a sentence for the person who has to do it.
    pub message: DiagnosticMessage,
    /// The row, column, product or file that it is about.
    pub place: DiagnosticPlace,
}

/// Where a diagnostic points: into a file, at a product, or both.
///
/// Every field is written, absent or not: the store's format has no field names.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct DiagnosticPlace {
    /// The row in the file as an editor or spreadsheet counts it; the header is row 1.
    pub row: Option<u32>,
    /// The column's header.
    pub column: Option<SmolStr>,
    /// What stood there, cut to a readable length.
    pub value: Option<String>,
    /// The product.
    pub sku: Option<Sku>,
    /// The attribute.
    pub attribute: Option<AttributeCode>,
    /// The locale.
    pub locale: Option<Locale>,
}

impl Diagnostic {
    /// A diagnostic that points nowhere yet. What the program itself has to say is
    /// [`words!`](crate::words!); a plain text is somebody else's.
    #[must_use]
    pub fn new(
        severity: Severity,
        code: &'static str,
        message: impl Into<DiagnosticMessage>,
    ) -> Self {
        Self {
            severity,
            code: SmolStr::new_static(code),
            message: message.into(),
            place: DiagnosticPlace::default(),
        }
    }

    /// Refused.
    #[must_use]
    pub fn new_error(code: &'static str, message: impl Into<DiagnosticMessage>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    /// Left out or guessed.
    #[must_use]
    pub fn new_warning(code: &'static str, message: impl Into<DiagnosticMessage>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    /// Good to know.
    #[must_use]
    pub fn new_info(code: &'static str, message: impl Into<DiagnosticMessage>) -> Self {
        Self::new(Severity::Info, code, message)
    }

    /// Points at a row.
    #[must_use]
    pub fn at_row(mut self, row: u32) -> Self {
        self.place.row = Some(row);
        self
    }

    /// Points at a column and the value in it.
    #[must_use]
    pub fn at_cell(mut self, column: &str, value: &str) -> Self {
        self.place.column = Some(SmolStr::new(column));
        self.place.value = Some(cut_excerpt(value));
        self
    }

    /// Points at a product.
    #[must_use]
    pub fn at_sku(mut self, sku: Sku) -> Self {
        self.place.sku = Some(sku);
        self
    }

    /// Points at an attribute.
    #[must_use]
    pub fn at_attribute(mut self, attribute: AttributeCode) -> Self {
        self.place.attribute = Some(attribute);
        self
    }

    /// Points at a locale.
    #[must_use]
    pub fn at_locale(mut self, locale: Locale) -> Self {
        self.place.locale = Some(locale);
        self
    }
}

/// A value cut to what fits in a message: 80 characters on one line.
#[must_use]
pub fn cut_excerpt(value: &str) -> String {
    const LIMIT: usize = 80;
    let mut line = String::with_capacity(value.len().min(LIMIT * 2));
    for (count, c) in value.chars().enumerate() {
        if count == LIMIT {
            line.push('…');
            break;
        }
        line.push(if c.is_control() { ' ' } else { c });
    }
    line
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// `row 17, price-EUR "ei tiedossa": message`, in English.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = self.place.to_string();
        if !place.is_empty() {
            write!(f, "{place}: ")?;
        }
        write!(f, "{}", self.message)
    }
}

/// `row 17, price-EUR "ei tiedossa"`.
impl fmt::Display for DiagnosticPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = self;
        let mut separator = "";
        if let Some(row) = place.row {
            write!(f, "row {row}")?;
            separator = ", ";
        }
        if let Some(sku) = &place.sku {
            write!(f, "{separator}{sku}")?;
            separator = ", ";
        }
        match (&place.column, &place.attribute) {
            (Some(column), _) => {
                write!(f, "{separator}{column}")?;
                separator = ", ";
            }
            (None, Some(attribute)) => {
                write!(f, "{separator}{attribute}")?;
                separator = ", ";
            }
            (None, None) => {}
        }
        if let Some(locale) = &place.locale {
            write!(f, "{separator}{locale}")?;
            separator = ", ";
        }
        if let Some(value) = &place.value {
            write!(f, "{}\"{value}\"", if separator.is_empty() { "" } else { " " })?;
        }
        Ok(())
    }
}
