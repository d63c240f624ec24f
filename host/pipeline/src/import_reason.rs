//! Why a drop is imported.

use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::product::{ContentHash, DropId};
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
    /// Somebody says that the file with this hash is the whole range, however much would go.
    Approved(ContentHash),
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
            Self::Approved(_) => words!("taken-approved"),
        };
        Some(Diagnostic::new_info("taken-again", message))
    }
}
