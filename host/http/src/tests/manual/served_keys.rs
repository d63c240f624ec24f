//! Keys that only answers over HTTP have: after a change of one nothing is processed, and no release is made. Every
//! other key is part of the fingerprint. Each key of the manual, which are those that the program takes, is tried.

use super::keys::keys_below;
use super::shop::ExampleShop;

const SHOP: &str = "shop.toml";
const MODEL: &str = "model.toml";
const CHANNEL: &str = "channels/web.toml";

/// A file, a key in it, a value and another.
type KeyChange = (&'static str, &'static str, &'static str, &'static str);

/// Only answers over HTTP have these.
const SERVED: [KeyChange; 6] = [
    (SHOP, "name", "'Havu'", "'Hilla'"),
    (SHOP, "web.url", "'https://a.example/pim'", "'http://b.example:81/pim'"),
    (CHANNEL, "public", "true", "false"),
    (CHANNEL, "origins", "[]", "['https://a.example']"),
    (CHANNEL, "product_url", "'https://a.example/{sku}'", "'https://a.example/{locale}/{sku}'"),
    (CHANNEL, "product_url", "'https://a.example/{sku}'", "'https://b.example/{sku}'"),
];

/// What is imported, shown, searched or kept follows from these.
const PROCESSED: [KeyChange; 58] = [
    (SHOP, "time_zone", "'Europe/Helsinki'", "'Europe/Stockholm'"),
    (SHOP, "language", "'en'", "'fi'"),
    (SHOP, "locales", "['fi-FI', 'sv-SE', 'en-GB']", "['fi-FI', 'en-GB', 'sv-SE']"),
    (SHOP, "fallback", "'none'", "'first'"),
    (SHOP, "price_list", "'retail'", "'sweden'"),
    (SHOP, "price_lists.retail.currency", "'EUR'", "'NOK'"),
    (SHOP, "price_lists.retail.label", "'A'", "'B'"),
    (SHOP, "locations.helsinki.label", "'A'", "'B'"),
    (SHOP, "locations.helsinki.kind", "'store'", "'warehouse'"),
    (SHOP, "stock_location", "'helsinki'", "'central'"),
    (SHOP, "import.reject_file_above", "'5 %'", "'6 %'"),
    (SHOP, "import.full", "['a.csv']", "['b.csv']"),
    (SHOP, "import.most_gone", "'5 %'", "'6 %'"),
    (SHOP, "sources.supplier.priority", "1", "2"),
    (SHOP, "sources.supplier.attributes", "{ brand = 1 }", "{ brand = 2 }"),
    (SHOP, "pictures.hosts", "['a.example']", "['b.example']"),
    (SHOP, "pictures.megabytes", "1", "2"),
    (SHOP, "pictures.days", "1", "2"),
    // Documents link to photos below the path.
    (SHOP, "web.url", "'https://a.example'", "'https://a.example/pim'"),
    (SHOP, "keep_releases", "1000", "2000"),
    (MODEL, "attributes.material.type", "'text'", "'rich-text'"),
    (MODEL, "attributes.material.localizable", "true", "false"),
    (MODEL, "attributes.material.scopable", "true", "false"),
    (MODEL, "attributes.material.search", "'text'", "'title'"),
    (MODEL, "attributes.size.facet", "true", "false"),
    (MODEL, "attributes.weight.unit", "'kg'", "'g'"),
    (MODEL, "attributes.color.options.sand", "{ fi = 'A' }", "{ fi = 'B' }"),
    (MODEL, "attributes.color.label", "{ fi = 'A' }", "{ fi = 'B' }"),
    (MODEL, "families.jacket.label", "{ fi = 'A' }", "{ fi = 'B' }"),
    (MODEL, "families.jacket.attributes", "['name']", "['color']"),
    (MODEL, "families.jacket.required", "[]", "['name']"),
    (MODEL, "categories.outerwear.label", "{ fi = 'A' }", "{ fi = 'B' }"),
    (MODEL, "categories.outerwear.parent", "'clothing'", "'shoes'"),
    (MODEL, "associations.related.label", "{ fi = 'A' }", "{ fi = 'B' }"),
    (CHANNEL, "label", "'A'", "'B'"),
    (CHANNEL, "locales", "['fi-FI', 'sv-SE', 'en-GB']", "['sv-SE', 'fi-FI', 'en-GB']"),
    (CHANNEL, "price_list", "'retail'", "'sweden'"),
    (CHANNEL, "locations", "['helsinki']", "['central']"),
    (CHANNEL, "required", "['name']", "['price']"),
    (CHANNEL, "withhold_incomplete", "true", "false"),
    (CHANNEL, "attributes", "['name', 'description']", "['name', 'description', 'size']"),
    (CHANNEL, "fallback.sv-SE", "['en-GB']", "['fi-FI']"),
    (CHANNEL, "assortment.categories", "['clothing']", "['outerwear']"),
    (CHANNEL, "assortment.families", "[]", "['jacket']"),
    (CHANNEL, "assortment.where", "{ color = ['sand'] }", "{ color = ['moss'] }"),
    (CHANNEL, "images.widths", "[320]", "[640]"),
    (CHANNEL, "images.formats", "['webp']", "['jpeg']"),
    (CHANNEL, "images.quality", "80", "81"),
    (CHANNEL, "images.link", "'square'", "'print'"),
    (CHANNEL, "images.minimum", "[1, 1]", "[2, 2]"),
    (CHANNEL, "images.renditions.square.width", "700", "800"),
    (CHANNEL, "images.renditions.square.height", "700", "800"),
    (CHANNEL, "images.renditions.square.fit", "'pad'", "'crop'"),
    (CHANNEL, "images.renditions.square.background", "'white'", "'black'"),
    (CHANNEL, "images.renditions.square.tone", "'color'", "'grey'"),
    (CHANNEL, "images.renditions.square.enlarge", "true", "false"),
    (CHANNEL, "images.renditions.square.formats", "['png']", "['jpeg']"),
    (CHANNEL, "images.renditions.square.quality", "80", "81"),
];

/// The headings of the manual above tables of keys, and where in which file these keys are.
const TABLES: [(&str, &str, &str); 16] = [
    ("## shop.toml", SHOP, ""),
    ("### Price lists", SHOP, "price_lists.retail."),
    ("### Stock locations", SHOP, "locations.helsinki."),
    ("### Import", SHOP, "import."),
    ("### Web address", SHOP, "web."),
    ("### Sources", SHOP, "sources.supplier."),
    ("### Remote photos", SHOP, "pictures."),
    ("## model.toml", MODEL, ""),
    ("### Attributes", MODEL, "attributes."),
    ("### Families", MODEL, "families.jacket."),
    ("### Categories", MODEL, "categories.outerwear."),
    ("### Association types", MODEL, "associations.related."),
    ("## Channels", CHANNEL, ""),
    ("### Assortment", CHANNEL, "assortment."),
    ("### Images", CHANNEL, "images."),
    ("### Renditions", CHANNEL, "images.renditions.square."),
];

/// The form of the shop that the fingerprint is made of, where a key has a value.
fn serialize_with(file: &str, key: &str, value: &str) -> serde_json::Value {
    let shop = ExampleShop::new();
    let mut path: Vec<&str> = key.split('.').collect();
    let last = path.pop().expect("a key has a name");
    let change = |name: &str, set: &dyn Fn(&mut toml::Table)| {
        let text = std::fs::read_to_string(shop.path().join(name)).expect("it is there");
        let mut table: toml::Table = text.parse().expect("another test reads it");
        set(&mut table);
        shop.write(name, &table.to_string());
    };
    // What the changes need beside the example: another category and rendition, a channel that says nothing itself.
    change(MODEL, &|table| {
        find_table(table, &["categories", "shoes"]);
    });
    change(CHANNEL, &|table| {
        let print = find_table(table, &["images", "renditions", "print"]);
        print.insert("width".to_owned(), 900.into());
    });
    shop.write("channels/plain.toml", "");
    let value: toml::Table = format!("it = {value}").parse().expect("a value");
    change(file, &|table| {
        drop(find_table(table, &path).insert(last.to_owned(), value["it"].clone()))
    });
    let shop = shop.load().unwrap_or_else(|error| panic!("{key} = {value}: {error}"));
    serde_json::to_value(&shop).expect("a shop has a JSON form")
}

fn find_table<'t>(table: &'t mut toml::Table, path: &[&str]) -> &'t mut toml::Table {
    path.iter().fold(table, |table, name| {
        let inner = table.entry(*name).or_insert_with(|| toml::Table::new().into());
        inner.as_table_mut().unwrap_or_else(|| panic!("{name} is no table"))
    })
}

#[test]
fn what_only_http_reads_is_no_part_of_the_fingerprint() {
    let changes = |&(file, key, one, other): &KeyChange| {
        serialize_with(file, key, one) != serialize_with(file, key, other)
    };
    let name = |(file, key, one, other): &KeyChange| format!("{file}: {key}: {one} and {other}");
    let wrong = SERVED.iter().filter(|change| changes(change));
    let wrong = wrong.chain(PROCESSED.iter().filter(|change| !changes(change)));
    assert_eq!(wrong.map(name).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn every_key_is_served_or_processed() {
    let known = || SERVED.iter().chain(&PROCESSED);
    let mut missing = Vec::new();
    for (heading, file, place) in TABLES {
        let keys = keys_below("configuration.md", heading);
        assert!(!keys.is_empty(), "{heading}");
        missing.extend(keys.into_iter().filter(|key| {
            !known().any(|(in_file, path, ..)| {
                let rest = path.strip_prefix(place).filter(|_| *in_file == file);
                // An attribute's key is tried on the one that it suits.
                let rest = rest.map(|rest| match place {
                    "attributes." => rest.split_once('.').map_or(rest, |(_, key)| key),
                    _ => rest,
                });
                rest.is_some_and(|rest| rest == key || rest.starts_with(&format!("{key}.")))
            })
        }));
    }
    assert_eq!(missing, [""; 0]);
}
