//! A file is read and loaded once, whatever is done with it.

use std::fs;

use rikaste_model::shop_folder::ShopFolder;
use rikaste_test_guests::TEST_GUEST;

use super::*;
use crate::enrich::testing::{RUNTIME, shop};
use crate::{PluginSettings, load_enabled_plugins};

#[test]
fn a_file_that_is_gone_after_it_was_loaded_is_compared_and_enabled() {
    let folder = tempfile::tempdir().expect("a folder");
    let shop_folder = ShopFolder::new(folder.path());
    let path = folder.path().join("faulty.wasm");
    fs::write(&path, TEST_GUEST.wasm).expect("written");
    let catalog = PluginCatalog::new(&shop_folder, &[]);
    let file = catalog.inspect_file(&RUNTIME, &path).expect("it is read");
    fs::remove_file(&path).expect("it was there");

    let name = PluginName::new("faulty").expect("valid");
    let pin = PluginVersion { version: "0.1.0".to_owned(), digest: file.digest };
    let mut lock = PluginLock::default();
    lock.enable_version(&name, pin.clone(), false);
    let settings = PluginSettings::default();
    let mut shop = shop(&["fi-FI"]);
    let with_file = catalog.clone().with_file(&file);
    let loaded = load_enabled_plugins(&RUNTIME, &with_file, &lock, &settings, &[], &mut shop);
    let [plugin] = loaded.enrichers.as_slice() else { panic!("{loaded:?}") };
    let described = file.component.as_ref().expect("it is a plugin");
    // The manifest is the same allocation: nothing was loaded again.
    assert!(std::ptr::eq(plugin.manifest(), described.manifest()));

    let enabled = catalog.enable_file(file).expect("enabled");
    assert_eq!(enabled, (name, pin.clone()));
    assert_eq!(catalog.find_file(&pin).expect("a copy is kept").1, TEST_GUEST.wasm);
}
