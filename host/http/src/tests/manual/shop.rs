//! The shop that the manual's examples are in: the one that `configuration.md` describes.

use std::path::Path;

use rikaste_model::shop::Shop;
use tempfile::TempDir;

use super::blocks::{CodeBlock, read_blocks};
use super::root;

/// Kinds of files of a shop, as info strings name them, and the file of each.
const FILES: [(&str, &str); 3] =
    [("shop", "shop.toml"), ("model", "model.toml"), ("channel", "channels/web.toml")];

/// A shop's folder, for as long as a test runs.
pub(super) struct ExampleShop(TempDir);

impl ExampleShop {
    /// The shop of the first block of each kind in `configuration.md`.
    pub(super) fn new() -> Self {
        let shop = Self(tempfile::tempdir().expect("a temporary folder"));
        let blocks = read_blocks(&root().join("host/manual/configuration.md"));
        for (kind, file) in FILES {
            let whole = blocks.iter().find(|block| block.is(&["toml", kind]));
            shop.write(file, &whole.unwrap_or_else(|| panic!("no block of a {kind}")).text);
        }
        shop
    }

    /// The same with what a block says laid over it. Nothing if the block is of no such file.
    pub(super) fn with_block(block: &CodeBlock) -> Option<Self> {
        let (_, file) = FILES.iter().find(|(kind, _)| block.is(&["toml", kind]))?;
        let shop = Self::new();
        let path = shop.path().join(file);
        let parse = |text: &str| -> toml::Table {
            text.parse().unwrap_or_else(|error| panic!("{}{error}", block.place()))
        };
        let mut table = parse(&std::fs::read_to_string(path).expect("written before"));
        merge_tables(&mut table, parse(&block.text));
        shop.write(file, &table.to_string());
        Some(shop)
    }

    pub(super) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(super) fn write(&self, name: &str, text: &str) {
        self.write_bytes(name, text.as_bytes());
    }

    pub(super) fn write_bytes(&self, name: &str, bytes: &[u8]) {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().expect("inside the folder")).expect("a folder");
        std::fs::write(path, bytes).expect("written");
    }

    pub(super) fn load(&self) -> Result<Shop, String> {
        Shop::load_from_folder(self.path()).map_err(|error| self.hide_path(&error.to_string()))
    }

    /// A message without the folder's own path.
    pub(super) fn hide_path(&self, message: &str) -> String {
        message.replace(&format!("{}/", self.path().display()), "")
    }
}

fn merge_tables(base: &mut toml::Table, over: toml::Table) {
    for (key, value) in over {
        match (base.get_mut(&key), value) {
            (Some(toml::Value::Table(base)), toml::Value::Table(over)) => merge_tables(base, over),
            (_, value) => drop(base.insert(key, value)),
        }
    }
}
