//! Why a drop is taken.

use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::product::{DropId, Hash};
use rikaste_model::words;

/// Why a drop is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Occasion {
    /// The file came.
    #[default]
    Arrived,
    /// It was taken before and would come to something else now. It speaks with the age it had: what
    /// files said that came after it stays.
    Again {
        /// The drop whose age it has.
        speaks_as: DropId,
        /// What is another than before.
        because: Because,
    },
    /// Somebody says that the file with this hash is the whole range, however much would go.
    Approved(Hash),
}

/// Why a file would come to something else than before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    /// It is read by something else: attributes, lists of the shop, its mapping, the importer.
    ReadAnew,
    /// There are products now that it named in vain.
    ProductsCame,
}

impl Occasion {
    /// What the receipt says about it.
    pub(super) fn told(self) -> Option<Diagnostic> {
        let message = match self {
            Self::Arrived => return None,
            Self::Again { because: Because::ReadAnew, .. } => words!("taken-read-anew"),
            Self::Again { because: Because::ProductsCame, .. } => words!("taken-products-came"),
            Self::Approved(_) => words!("taken-approved"),
        };
        Some(Diagnostic::info("taken-again", message))
    }
}
