//! The folder of requests: what somebody asks of a shop that another process may run.
//!
//! A command, or an address of the API, writes a request into the program's folder. A running shop finds it there,
//! and one that is started later, too. The same request twice is one.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rikaste_model::product::ContentHash;
use rikaste_model::shop_folder::ShopFolder;
use rikaste_model::shop_request::ShopRequest;

/// A request that lies in the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRequest {
    /// What is asked.
    pub request: ShopRequest,
    path: PathBuf,
}

impl StoredRequest {
    /// Leaves a request for the shop.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write_to_folder(request: &ShopRequest, folder: &ShopFolder) -> io::Result<Self> {
        let folder = folder.requests_folder();
        fs::create_dir_all(&folder)?;
        let json = serde_json::to_vec(request)?;
        let name = ContentHash::hash_bytes(&json);
        let (unfinished, path) =
            (folder.join(format!(".{name}")), folder.join(format!("{name}.json")));
        fs::write(&unfinished, json)?;
        fs::rename(unfinished, &path)?;
        Ok(Self { request: request.clone(), path })
    }

    /// Those that were left; they are there until they are [removed](Self::remove).
    #[must_use]
    pub fn load_all(folder: &ShopFolder) -> Vec<Self> {
        let Ok(entries) = fs::read_dir(folder.requests_folder()) else { return Vec::new() };
        let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        paths.into_iter().filter_map(|path| Self::load(&path)).collect()
    }

    fn load(path: &Path) -> Option<Self> {
        if path.extension()? != "json" {
            return None;
        }
        let request = serde_json::from_slice(&fs::read(path).ok()?).ok()?;
        Some(Self { request, path: path.to_owned() })
    }

    /// Whether nobody has done it yet.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.path.exists()
    }

    /// Takes it away.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub fn remove(&self) -> io::Result<()> {
        fs::remove_file(&self.path)
    }
}
