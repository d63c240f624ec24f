//! Keys: the manual has every key that a file may have, and no other. What the program takes is seen from what it
//! says about a key that it does not know.

use std::collections::BTreeSet;

use rikaste_import::MappingSet;
use rikaste_runtime::PluginSettings;

use super::blocks::read_blocks;
use super::shop::ExampleShop;
use super::{read, root};

/// The heading above the keys of mappings that have other names now.
const RENAMED_KEYS: &str = "## Keys that were renamed";

/// No file has this key.
const UNKNOWN: &str = "no_such_key";

/// The keys that a message offers in place of an unknown one.
fn offered_keys(message: &str) -> BTreeSet<String> {
    let (_, offer) =
        message.split_once(&format!("unknown field `{UNKNOWN}`")).unwrap_or_else(|| {
            panic!("not about an unknown key: {message}");
        });
    let line = offer.lines().next().unwrap_or_default();
    line.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The keys in the first column of the first table below a heading.
pub(super) fn keys_below(file: &str, heading: &str) -> BTreeSet<String> {
    let text = read(&root().join("host/manual").join(file));
    let lines = text.lines().skip_while(|line| *line != heading).skip(1);
    let section = lines.take_while(|line| !line.starts_with('#'));
    let is_head = |line: &str| line.starts_with("| key |") || line.starts_with("| old key |");
    let section = section.skip_while(|line| !is_head(line));
    let keys = section
        .take_while(|line| line.starts_with('|'))
        .filter_map(|line| line.strip_prefix("| `")?.split_once('`'));
    keys.map(|(key, _)| key.to_owned()).collect()
}

#[track_caller]
fn check(file: &str, heading: &str, message: &str) {
    let listed = keys_below(file, heading);
    let old = keys_below("mappings.md", RENAMED_KEYS);
    let mut offered = offered_keys(message);
    offered.retain(|key| listed.contains(key) || !old.contains(key));
    assert_eq!(listed, offered, "{file}, {heading}");
}

fn mapping_error(text: &str) -> String {
    let shop = ExampleShop::new();
    shop.write("mappings/example.toml", &format!("files = [\"*.csv\"]\n{text}"));
    let mappings =
        MappingSet::load_folder(shop.path(), &shop.load().expect("valid")).expect("a folder");
    mappings.broken_errors().next().unwrap_or_else(|| panic!("accepted: {text}")).to_string()
}

#[test]
fn the_manual_has_every_key_of_mappings() {
    let check = |heading, text: &str| check("mappings.md", heading, &mapping_error(text));
    check("## The file", "no_such_key = 1");
    check("## Columns", "[columns]\na = { no_such_key = 1 }");
    check("### Names and values in a cell", "[columns]\na = { pairs = { no_such_key = 1 } }");
    check("### A price for a time", "[columns]\na = { window = { no_such_key = 1 } }");
    check("## Names beside values", "[[pairs]]\nno_such_key = 1");
    check("## Several rows of one product", "[group]\nno_such_key = 1");
    check("## A row in one locale", "[locale]\nno_such_key = 1");
    check("## Models", "is_model = { no_such_key = 1 }");
    check("## Variants inside an element", "[variants]\nno_such_key = 1");
    check("## Features", "[features]\nno_such_key = 1");
    check("## Reviews inside an element", "[reviews]\nno_such_key = 1");
}

#[test]
fn every_key_of_mappings_has_an_example() {
    let path = root().join("host/manual/mappings.md");
    let mut shown = BTreeSet::new();
    for block in read_blocks(&path).iter().filter(|block| block.is(&["toml", "mapping"])) {
        let table: toml::Table = block.text.parse().expect("another test reads it");
        collect_keys(&toml::Value::Table(table), &mut shown);
    }
    let text = read(&path);
    let headings = text.lines().filter(|line| line.starts_with('#') && *line != RENAMED_KEYS);
    let documented: BTreeSet<_> =
        headings.flat_map(|heading| keys_below("mappings.md", heading)).collect();
    let missing: Vec<_> = documented.difference(&shown).collect();
    assert_eq!(missing, [""; 0]);
}

fn collect_keys(value: &toml::Value, keys: &mut BTreeSet<String>) {
    match value {
        toml::Value::Table(table) => {
            for (key, value) in table {
                keys.insert(key.clone());
                collect_keys(value, keys);
            }
        }
        toml::Value::Array(list) => list.iter().for_each(|value| collect_keys(value, keys)),
        _ => {}
    }
}

fn shop_error(file: &str, text: &str) -> String {
    let shop = ExampleShop::new();
    let path = shop.path().join(file);
    let before = std::fs::read_to_string(&path).expect("it is there");
    // A table of its own goes behind the others, a key of the file before them.
    let after = if text.starts_with('[') {
        format!("{before}\n{text}")
    } else {
        format!("{text}\n{before}")
    };
    shop.write(file, &after);
    shop.load().expect_err("an unknown key is refused")
}

#[test]
fn the_manual_has_every_key_of_a_shop() {
    let check = |heading, file, text: &str| {
        check("configuration.md", heading, &shop_error(file, text));
    };
    check("## shop.toml", "shop.toml", "no_such_key = 1");
    check("### Price lists", "shop.toml", "[price_lists.other]\nno_such_key = 1");
    check("### Stock locations", "shop.toml", "[locations.other]\nno_such_key = 1");
    check("### Web address", "shop.toml", "[web]\nno_such_key = 1");
    check("### Sources", "shop.toml", "[sources.other]\nno_such_key = 1");
    check("### Attributes", "model.toml", "[attributes.other]\nno_such_key = 1");
    check("### Families", "model.toml", "[families.other]\nno_such_key = 1");
    check("### Categories", "model.toml", "[categories.other]\nno_such_key = 1");
    check("### Association types", "model.toml", "[associations.other]\nno_such_key = 1");
    check("## model.toml", "model.toml", "no_such_key = 1");
    check("## Channels", "channels/web.toml", "no_such_key = 1");
    check("### Renditions", "channels/web.toml", "[images.renditions.other]\nno_such_key = 1");
    // Tables that the example has already.
    let check_again = |heading, file: &str, table: &str| {
        let shop = ExampleShop::new();
        let text = std::fs::read_to_string(shop.path().join(file)).expect("it is there");
        let header = format!("[{table}]\n");
        assert!(text.contains(&header), "{file} has no {header}");
        shop.write(file, &text.replace(&header, &format!("{header}no_such_key = 1\n")));
        let error = shop.load().expect_err("an unknown key is refused");
        self::check("configuration.md", heading, &error);
    };
    check_again("### Import", "shop.toml", "import");
    check_again("### Remote photos", "shop.toml", "pictures");
    check_again("### Assortment", "channels/web.toml", "assortment");
    check_again("### Images", "channels/web.toml", "images");
}

#[test]
fn the_manual_has_every_key_of_plugin_settings() {
    let check = |heading, text: &str| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("plugins.toml");
        std::fs::write(&path, text).expect("written");
        let error =
            PluginSettings::load_file(&path).expect_err("an unknown key is refused").to_string();
        check("plugins.md", heading, &error);
    };
    check("## plugins.toml", "no_such_key = 1");
    check("### Upgrades", "[upgrade]\nno_such_key = 1");
    check("### Limits and order", "[plugin.x]\nno_such_key = 1");
}
