//! Why a drop is imported.

use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::product::{ContentHash, DropId};
use rikaste_model::receipt::ApprovalQuestion;
use rikaste_model::words;

/// Why a drop is imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ImportReason {
    /// The file came.
    #[default]
    Arrived,
    /// It was imported before and would come to something else now. It keeps the age it had: what
    /// later files state stays.
    Reimport {
        /// The drop whose age it has.
        original_drop: DropId,
        /// What is another than before.
        cause: ReimportCause,
    },
    /// Somebody answered what the file with this hash was held for.
    Approved {
        /// The hash of the file.
        hash: ContentHash,
        /// What was answered.
        scope: ApprovalScope,
    },
}

/// What somebody approved of. Columns are asked about before products that would go, so whoever
/// approves of those saw the columns, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ApprovalScope {
    /// That columns are left out.
    Columns,
    /// That products go out of the range, and that columns are left out.
    Removal,
}

/// Why a file would come to something else than before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReimportCause {
    /// It is read by something else: attributes, lists of the shop, its mapping, the importer.
    ReaderChanged,
    /// There are products now that it named in vain.
    ProductsAppeared,
}

impl ImportReason {
    /// What the receipt says about it.
    pub(super) fn to_diagnostic(self) -> Option<Diagnostic> {
        let message = match self {
            Self::Arrived => return None,
            Self::Reimport { cause: ReimportCause::ReaderChanged, .. } => words!("taken-read-anew"),
            Self::Reimport { cause: ReimportCause::ProductsAppeared, .. } => {
                words!("taken-products-came")
            }
            Self::Approved { scope: ApprovalScope::Columns, .. } => words!("taken-without-columns"),
            Self::Approved { scope: ApprovalScope::Removal, .. } => words!("taken-approved"),
        };
        Some(Diagnostic::new_info("taken-again", message))
    }

    /// Whether somebody approved of so much of the file with this hash.
    pub(super) fn is_approved(self, needed: ApprovalScope, file: Option<ContentHash>) -> bool {
        matches!(self, Self::Approved { hash, scope } if Some(hash) == file && scope >= needed)
    }
}

impl ApprovalScope {
    /// What somebody who answers a question approves of.
    #[must_use]
    pub fn of_question(question: &ApprovalQuestion) -> Self {
        match question {
            ApprovalQuestion::Removal { .. } => Self::Removal,
            ApprovalQuestion::Columns { .. } => Self::Columns,
        }
    }
}
