//! Requests: what a person asks of a shop beside its files. The shop may run in another process.

use serde::{Deserialize, Serialize};

use crate::product::{ContentHash, DropId};
use crate::receipt::Receipt;
use crate::record::DropKind;
use crate::release::ReleaseNumber;

/// What a person asks of a shop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum ShopRequest {
    /// A held file is to be taken in. It holds for the bytes that were held.
    ApproveDrop {
        /// The file, from the inbox on.
        file: String,
        /// The hash of its bytes.
        hash: ContentHash,
    },
    /// A held file is not to be taken in.
    RefuseDrop {
        /// The file, from the inbox on.
        file: String,
        /// The hash of its bytes.
        hash: ContentHash,
    },
    /// A file is to be dropped into the inbox.
    DropFile {
        /// What it is about.
        drop_kind: DropKind,
        /// Its name, without a folder.
        name: String,
        /// What stands in it.
        text: String,
    },
    /// Something is to be undone.
    Undo {
        /// What.
        target: UndoTarget,
        /// The release that stood when somebody saw what it comes to: on another one nothing is undone.
        seen: ReleaseNumber,
    },
}

/// What is to be undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UndoTarget {
    /// Everything after this release.
    Release(ReleaseNumber),
    /// What this drop said, while later ones stay.
    Drop(DropId),
}

impl ShopRequest {
    /// The approval of a drop that is held. `None` of photos, which never are.
    #[must_use]
    pub fn approve(receipt: &Receipt) -> Option<Self> {
        Some(Self::ApproveDrop { file: receipt.file.clone(), hash: receipt.hash? })
    }

    /// The refusal of a drop that is held. `None` of photos, which never are.
    #[must_use]
    pub fn refuse(receipt: &Receipt) -> Option<Self> {
        Some(Self::RefuseDrop { file: receipt.file.clone(), hash: receipt.hash? })
    }
}
