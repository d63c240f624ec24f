//! Why a cell or an element cannot be read.

use rikaste_model::words::DiagnosticMessage;

/// Why a cell or an element cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellProblem {
    /// A stable name: `number-ambiguous`.
    pub code: &'static str,
    /// What is wrong and what to write.
    pub message: DiagnosticMessage,
}

impl CellProblem {
    /// A problem of this stable name.
    #[must_use]
    pub fn new(code: &'static str, message: impl Into<DiagnosticMessage>) -> Self {
        Self { code, message: message.into() }
    }
}
