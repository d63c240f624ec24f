//! What is wrong with a plugin is reported, and the others run.

use expect_test::{Expect, expect};
use rikaste_model::shop::AttributeDefinition;
use rikaste_model::value::DataType;

use super::*;
use crate::enrich::testing::{RUNTIME, attribute, chosen, faulty, load_bundled, shop, worker};
use rikaste_test_guests::TEST_GUEST;

#[test]
fn a_configuration_becomes_json() {
    let table: toml::Table =
        "start = 2026-12-01\nlist = [1, 2.5, true]\n[texts]\nfi = \"Hei\"".parse().expect("TOML");
    assert_eq!(
        toml_to_json(toml::Value::Table(table)).to_string(),
        r#"{"list":[1,2.5,true],"start":"2026-12-01","texts":{"fi":"Hei"}}"#
    );
}

fn load_with(files: &[(&str, &[u8])]) -> (LoadedPlugins, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut chosen = chosen(&[TEST_GUEST]);
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::write(&path, bytes).expect("written");
        if let Some(name) = name.strip_suffix(".wasm") {
            let wasm = bytes.to_vec().into();
            chosen.push(EnabledPlugin { name: name.to_owned(), path: Some(path), wasm });
        }
    }
    let mut shop = shop(&["fi-FI"]);
    let loaded =
        load_plugins(&RUNTIME, chosen, folder.path(), &PluginSettings::default(), &mut shop);
    let broken = loaded.broken.iter().map(|broken| format!("{broken}\n")).collect::<String>();
    let broken = broken.replace(&format!("{}/", folder.path().display()), "");
    (loaded, broken)
}

#[test]
fn a_wrong_file_is_named_with_what_is_wrong_and_the_others_run() {
    let check = |files: &[(&str, &[u8])], plugins: usize, expected: &Expect| {
        let (loaded, broken) = load_with(files);
        assert_eq!(loaded.enrichers.len(), plugins);
        expected.assert_eq(&broken);
    };
    check(&[], 1, &expect![""]);
    check(&[("faulty.toml", b"ending = \"fine\"")], 1, &expect![""]);
    check(
        &[("faulty.toml", b"ending = \"\"")],
        0,
        &expect![[r#"
            the plugin faulty 0.1.0 is left out: faulty.toml: `ending`: write at least one letter
        "#]],
    );
    check(
        &[("faulty.toml", b"endnig = \"fine\"")],
        0,
        &expect![[r#"
            the plugin faulty 0.1.0 is left out: faulty.toml:1: `endnig` is not a key of the configuration; did you mean `ending`?
        "#]],
    );
    check(
        &[("faulty.toml", b"ending = ")],
        0,
        &expect![[r#"
            the plugin faulty 0.1.0 is left out: faulty.toml: TOML parse error at line 1, column 10
              |
            1 | ending = 
              |          ^
            string values must be quoted, expected literal string

        "#]],
    );
    check(
        &[("fualty.toml", b"")],
        1,
        &expect![[r#"
        the plugin fualty is left out: there is no plugin of this name; there is faulty (fualty.toml)
    "#]],
    );
    check(
        &[("x.wasm", b"PK"), ("y.wasm", b"\0asm\x01\0\0\0")],
        1,
        &expect![[r#"
        the plugin x is left out: it is not WebAssembly (x.wasm)
        the plugin y is left out: it is a WebAssembly module and not a component; build it with `--target wasm32-wasip2` (y.wasm)
    "#]],
    );
    check(
        &[("z.wasm", b"\0asm\x0d\0\x01\0")],
        1,
        &expect![[r#"
            the plugin z is left out: it does not export `describe`; a plugin implements the world `rikaste:plugin/enricher@0.1.0`, `importer` or `image-processor` (z.wasm)
        "#]],
    );
}

#[test]
fn a_shop_has_the_attributes_that_plugins_write_unless_it_has_others() {
    let mut own = shop(&["fi-FI"]);
    assert!(load_bundled(&[TEST_GUEST], &mut own).broken.is_empty());
    let note = own.find_attribute("note").expect("defined");
    assert!(note.localizable && note.by_plugin.as_deref() == Some("faulty"));

    let mut other = shop(&["fi-FI"]);
    let number = AttributeDefinition::from_data_type(DataType::Date);
    other.attributes.insert(attribute("number"), number);
    let loaded = load_bundled(&[TEST_GUEST], &mut other);
    expect!["the plugin faulty 0.1.0 is left out: the plugin writes number as integer, but model.toml has it as date; make them the same"].assert_eq(&loaded.broken[0].to_string());
    assert!(other.find_attribute("note").is_none());
}

#[test]
fn compiled_plugins_are_kept_and_a_damaged_one_is_compiled_again() {
    let cache = tempfile::tempdir().expect("a folder");
    let folder = cache.path().join("private");
    let reload = || {
        let runtime = PluginRuntime::with_workers(1, Some(folder.clone())).expect("an engine");
        let nowhere = Path::new("/no/such/folder");
        let mut shop = shop(&["fi-FI"]);
        load_plugins(
            &runtime,
            chosen(&[TEST_GUEST]),
            nowhere,
            &PluginSettings::default(),
            &mut shop,
        )
        .enrichers
        .len()
    };
    let entry = || {
        let entries =
            fs::read_dir(&folder).expect("made").map(|entry| entry.expect("readable").path());
        let is_entry = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "cwasm");
        entries.into_iter().find(is_entry).expect("an entry")
    };
    assert_eq!(reload(), 1);
    let whole = fs::read(entry()).expect("readable");
    let mut damaged = whole.clone();
    damaged[whole.len() / 2] ^= 1;
    fs::write(entry(), damaged).expect("written");
    assert_eq!(reload(), 1);
    assert_eq!(fs::read(entry()).expect("readable"), whole);
    fs::write(entry(), b"").expect("written");
    assert_eq!(reload(), 1);
    assert_eq!(fs::read(entry()).expect("readable").len(), whole.len());
}

/// The guest under another name, which is as long.
fn namesake() -> EnabledPlugin {
    let mut wasm = TEST_GUEST.wasm.to_vec();
    for at in 0..wasm.len() - 6 {
        if wasm[at..].starts_with(b"faulty") {
            wasm[at] = b'v';
        }
    }
    EnabledPlugin { name: "vaulty".to_owned(), path: None, wasm: wasm.into() }
}

/// Loads the guest and its namesake with this `plugins.toml`.
fn load_both(settings: &str) -> (Shop, LoadedPlugins) {
    let file = tempfile::NamedTempFile::new().expect("a file");
    fs::write(file.path(), settings).expect("written");
    let settings = PluginSettings::load_file(file.path()).expect("valid");
    let mut plugins = chosen(&[TEST_GUEST]);
    plugins.push(namesake());
    let mut shop = shop(&["fi-FI"]);
    let nowhere = Path::new("/no/such/folder");
    let loaded = load_plugins(&RUNTIME, plugins, nowhere, &settings, &mut shop);
    (shop, loaded)
}

#[test]
fn of_two_that_write_the_same_the_shop_says_who_wins() {
    let (_, loaded) = load_both("");
    let broken: Vec<_> = loaded.broken.iter().map(ToString::to_string).collect();
    expect![[r#"the plugin vaulty 0.1.0 is left out: it writes note, and so does the plugin faulty; disable one of the two, or say in plugins.toml which one counts: [wins] note = "vaulty""#]].assert_eq(&broken.join("\n"));

    let (shop, loaded) = load_both("[wins]\nnote = 'vaulty'\nnumber = 'faulty'\ngrid = 'faulty'");
    assert!(loaded.broken.is_empty(), "{:?}", loaded.broken);
    let mut batch = [faulty("A", Some("random"))];
    worker(&loaded).enrich_batch(&shop, &mut batch);
    let made = &batch[0].product.content.enrichments;
    let written = made.iter().flat_map(|made| {
        made.values.iter().map(|value| format!("{} by {}", value.attribute, made.plugin))
    });
    assert_eq!(written.collect::<Vec<_>>(), ["note by vaulty", "number by faulty"]);
    let by = |code| shop.find_attribute(code).and_then(|known| known.by_plugin.clone());
    assert_eq!((by("note").as_deref(), by("number").as_deref()), (Some("vaulty"), Some("faulty")));
}

#[test]
fn the_shop_says_who_runs_first() {
    let wins = "[wins]\nnote = 'vaulty'\nnumber = 'faulty'\ngrid = 'faulty'\n";
    let order = |settings: &str| {
        let (_, loaded) = load_both(settings);
        let names = loaded.enrichers.iter().map(|plugin| plugin.name().to_string());
        names.collect::<Vec<_>>()
    };
    let first = order(&format!("{wins}[plugin.faulty]\nbefore = ['vaulty']"));
    assert_eq!(first, ["faulty", "vaulty"]);
    let second = order(&format!("{wins}[plugin.vaulty]\nbefore = ['faulty']"));
    assert_eq!(second, ["vaulty", "faulty"]);
}
