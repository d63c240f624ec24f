//! Approvals: somebody says that a file which is held is the whole range all the same.
//!
//! `rikaste drop approve` writes one into the program's folder, where a running shop finds it and one
//! that is started later, too. It is for the bytes that were held: whatever takes their place has to
//! be asked about anew.

use std::fs;
use std::io;
use std::path::PathBuf;

use rikaste_model::product::ContentHash;
use rikaste_model::receipt::Receipt;

use rikaste_model::shop_folder::ShopFolder;

/// That a file may take as many products out of its range as it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropApproval {
    /// The file, from the inbox on.
    pub file: String,
    /// The hash of its bytes.
    pub hash: ContentHash,
}

impl DropApproval {
    /// The approval of a drop that is held. `None` of photos, which never are.
    #[must_use]
    pub fn from_receipt(receipt: &Receipt) -> Option<Self> {
        Some(Self { file: receipt.file.clone(), hash: receipt.hash? })
    }

    /// Leaves it for the shop.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write_to_folder(&self, folder: &ShopFolder) -> io::Result<()> {
        let folder = folder.approvals_folder();
        fs::create_dir_all(&folder)?;
        let unfinished = folder.join(format!(".{}", self.hash));
        fs::write(&unfinished, &self.file)?;
        fs::rename(unfinished, folder.join(self.hash.to_string()))
    }

    /// Those that were left; they are there until they are [removed](Self::remove_from_folder).
    #[must_use]
    pub fn load_all(folder: &ShopFolder) -> Vec<Self> {
        let Ok(entries) = fs::read_dir(folder.approvals_folder()) else { return Vec::new() };
        let read = |path: PathBuf| {
            let hash = ContentHash::from_hex(path.file_name()?.to_str()?)?;
            Some(Self { file: fs::read_to_string(path).ok()?, hash })
        };
        entries.flatten().filter_map(|entry| read(entry.path())).collect()
    }

    /// Takes it away.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub fn remove_from_folder(&self, folder: &ShopFolder) -> io::Result<()> {
        fs::remove_file(folder.approvals_folder().join(self.hash.to_string()))
    }
}
