//! A shop's folder: where things are in it.

use std::path::{Path, PathBuf};

use crate::record::DropKind;

/// The paths in a shop's folder. `host/manual/configuration.md`, "The folder", lists them.
#[derive(Debug, Clone)]
pub struct ShopFolder {
    root: PathBuf,
}

impl ShopFolder {
    /// The folder at this path, whether it is there or not.
    #[must_use]
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The folder itself.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where merchandisers drop files.
    #[must_use]
    pub fn inbox_folder(&self) -> PathBuf {
        self.root.join("inbox")
    }

    /// Where they drop files of one kind.
    #[must_use]
    pub fn inbox_folder_for(&self, kind: DropKind) -> PathBuf {
        self.inbox_folder().join(kind.folder())
    }

    /// The profiles of the channels.
    #[must_use]
    pub fn channels_folder(&self) -> PathBuf {
        self.root.join("channels")
    }

    /// How files that do not follow the convention are read.
    #[must_use]
    pub fn mappings_folder(&self) -> PathBuf {
        self.root.join("mappings")
    }

    /// Where receipts are put, laid out as the inbox is.
    #[must_use]
    pub fn receipts_folder(&self) -> PathBuf {
        self.root.join("receipts")
    }

    /// Which plugins run.
    #[must_use]
    pub fn plugins_lock_file(&self) -> PathBuf {
        self.root.join("plugins.lock")
    }

    /// What the shop says about its plugins.
    #[must_use]
    pub fn plugins_settings_file(&self) -> PathBuf {
        self.root.join("plugins.toml")
    }

    /// The program's own copies of the plugins that are or were enabled.
    #[must_use]
    pub fn kept_plugins_folder(&self) -> PathBuf {
        self.state_folder().join("plugins")
    }

    /// Plugins to be looked at, and how plugins are configured.
    #[must_use]
    pub fn plugins_folder(&self) -> PathBuf {
        self.root.join("plugins")
    }

    /// The program's own folder.
    #[must_use]
    pub fn state_folder(&self) -> PathBuf {
        self.root.join(".rikaste")
    }

    /// Who may read what is not public: tokens with names and scopes.
    #[must_use]
    pub fn named_tokens_file(&self) -> PathBuf {
        self.state_folder().join("tokens.toml")
    }

    /// The same without names: a bearer token a line, each of which opens everything.
    #[must_use]
    pub fn tokens_file(&self) -> PathBuf {
        self.state_folder().join("tokens")
    }

    /// What people asked of the shop and nobody did yet: approvals, refusals, undoing.
    #[must_use]
    pub fn requests_folder(&self) -> PathBuf {
        self.state_folder().join("requests")
    }

    /// Files that are sent, and copies of the store in which they are tried out.
    #[must_use]
    pub fn trials_folder(&self) -> PathBuf {
        self.state_folder().join("trials")
    }

    /// The search index.
    #[must_use]
    pub fn search_index_folder(&self) -> PathBuf {
        self.state_folder().join("index")
    }

    /// Compiled plugins.
    #[must_use]
    pub fn code_cache_folder(&self) -> PathBuf {
        self.state_folder().join("cache")
    }

    /// Pictures that are being fetched.
    #[must_use]
    pub fn remote_photos_folder(&self) -> PathBuf {
        self.state_folder().join("pictures")
    }

    /// What was made of photos, and what is known of them.
    #[must_use]
    pub fn renditions_folder(&self) -> PathBuf {
        self.state_folder().join("renditions")
    }

    /// Photos by the hash of their bytes.
    #[must_use]
    pub fn assets_folder(&self) -> PathBuf {
        self.state_folder().join("assets")
    }
}
