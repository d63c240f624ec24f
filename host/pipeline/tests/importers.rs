//! Files that plugins read: which ones, what comes of them, and plugins that do their worst.

use std::fmt::Write as _;
use std::fs;
use std::sync::{Arc, LazyLock};

use expect_test::{Expect, expect};
use proptest::prelude::*;

use rikaste_bundled::{OPTIONAL_PLUGINS, find_optional_for};
use rikaste_embed::EmbeddedPlugin;
use rikaste_import::testing::{ImportedFile, TestShop};
use rikaste_import::{FileError, FileImporter, MappingSet, PluginImporters};
use rikaste_model::record::{CellChange, DropKind, RecordBody};
use rikaste_model::shop::Shop;
use rikaste_pipeline::plugin_importers;
use rikaste_runtime::{
    ImportedItem, ImporterInstance, Plugin, PluginComponent, PluginLimits, PluginPolicy,
    PluginRuntime,
};
use rikaste_test_guests::TEST_IMPORTER;

/// One engine for all tests: each would take address space for all its instances.
static RUNTIME: LazyLock<PluginRuntime> =
    LazyLock::new(|| PluginRuntime::with_workers(8, None).expect("an engine"));

fn plugin(bundled: &EmbeddedPlugin, config: &str, limits: PluginLimits) -> Arc<Plugin> {
    let described = PluginComponent::load_bundled(&RUNTIME, bundled.name, bundled.wasm);
    let described = described.unwrap_or_else(|error| panic!("{}: {error}", bundled.name));
    let terms = PluginPolicy { limits, ceded_attributes: Vec::new() };
    Arc::new(described.into_plugin(config.to_owned(), terms).expect("it takes it"))
}

/// The importer that does what its lines say; what never ends, ends sooner than in a shop.
static LINES: LazyLock<Arc<Plugin>> = LazyLock::new(|| {
    plugin(&TEST_IMPORTER, "{}", PluginLimits { steps: 50_000_000, ..PluginLimits::DEFAULT })
});

/// The one for price catalogues.
static PRICAT: LazyLock<Arc<Plugin>> =
    LazyLock::new(|| plugin(&OPTIONAL_PLUGINS[0], "{}", PluginLimits::DEFAULT));

const CATALOGUE: &[u8] = include_bytes!("../../../plugins/pricat/examples/catalogue.edi");

/// A shop with the two importers.
struct ImporterTest {
    folder: TestShop,
    shop: Shop,
    importers: PluginImporters,
}

impl ImporterTest {
    fn new() -> Self {
        let folder = TestShop::new();
        let shop = folder.shop();
        let importers = plugin_importers(&[Arc::clone(&LINES), Arc::clone(&PRICAT)]);
        Self { folder, shop, importers }
    }

    fn import(&self, kind: DropKind, name: &str, bytes: &[u8]) -> Result<ImportedFile, FileError> {
        let mappings = MappingSet::load_folder(self.folder.path(), &self.shop).expect("mappings");
        let importer =
            FileImporter::new(&self.shop, &mappings).with_plugins(self.importers.clone());
        let path = self.folder.path().join(name);
        fs::write(&path, bytes).expect("written");
        let imported = ImportedFile::read_all(importer.open_file(kind, name, &path)?)?;
        assert_eq!(imported.progress.bytes, bytes.len() as u64);
        Ok(imported)
    }

    fn import_text(&self, name: &str, text: &str) -> String {
        match self.import(DropKind::Products, name, text.as_bytes()) {
            Ok(imported) => describe_import(&imported),
            Err(unreadable) => format!("{}\n", unreadable.to_diagnostic()),
        }
    }

    #[expect(clippy::needless_pass_by_value, reason = "`check(…, expect![[…]])` reads best")]
    fn check(&self, name: &str, text: &str, expected: Expect) {
        expected.assert_eq(&self.import_text(name, text));
    }
}

fn describe_import(imported: &ImportedFile) -> String {
    let ImportedFile { read_as, records, messages, progress } = imported;
    let mut text = format!("{read_as}: {} rows, {} refused\n", progress.rows, progress.rejected);
    for record in records {
        let RecordBody::Product(product) = &record.body else { panic!("{record:?}") };
        let _ = write!(text, "{} {}:", record.row, record.sku);
        for cell in &product.cells {
            if let CellChange::Set(value) = &cell.change {
                let locale = value.locale.as_ref().map(|it| format!("-{it}")).unwrap_or_default();
                let _ = write!(text, " {}{locale}={}", value.attribute, value.data);
            }
        }
        for price in &product.prices {
            let money = price.money.map_or("none".to_owned(), |money| money.to_string());
            let _ = write!(text, " price-{}={money}", price.list);
        }
        text.push('\n');
    }
    messages.iter().for_each(|message| text.push_str(&format!("{message}\n")));
    text
}

const GOOD: &str = "%TEST\nsku=A|name-fi=Takki|weight=0,4 kg|color*=moss,night\n\nsku=B|water_column#=10000\n?warning odd\n?error worse\nname-fi=Without\nsku=C|secret=1\n";

#[test]
fn elements_go_through_the_convention_as_those_of_json_do() {
    let test = ImporterTest::new();
    test.check("a.lines", GOOD, expect![[r#"
        plugin lines 0.1.0: 5 rows, 2 refused
        2 A: name-fi-FI=Takki weight=0.4 kg color=moss, night
        4 B: water_column=10000
        8 C:
        warning secret: nothing was read from this column: nothing in this shop is called "secret"; it is filled in 1 of 4 rows, such as "1", and looks like the type integer; `rikaste attribute add secret` takes it in
        warning row 5: odd
        error row 6, line "?error worse": worse
        error row 7, sku "": the row has no SKU; the row was not taken
    "#]]);
}

#[test]
fn a_mapping_says_what_paths_mean() {
    let test = ImporterTest::new();
    let mapping = "files = [\"*.txt\"]\nkind = \"products\"\nimporter = \"lines\"\nsku = \"number\"\n[columns]\ntitle = \"name-fi\"\n[constants]\ncolor = \"moss\"\n";
    test.folder.write("mappings/lines.toml", mapping);
    // Whatever the file looks like.
    test.check(
        "a.txt",
        "number=A|title=Takki\n",
        expect![[r#"
        plugin lines 0.1.0, mapping lines.toml: 1 rows, 0 refused
        1 A: name-fi-FI=Takki color=moss
    "#]],
    );
    test.folder.write("mappings/lines.toml", &mapping.replace("\"lines\"", "\"liens\""));
    test.check("a.txt", "number=A|title=Takki\n", expect![[r#"
        the mapping lines.toml has the plugin liens read the file, and that does not run; enable it with `rikaste plugin enable liens`, or change `importer` in the mapping
    "#]]);
}

#[test]
fn what_the_program_reads_no_plugin_takes_away() {
    let test = ImporterTest::new();
    // A table that begins as the plugin's files do, and has one of their names.
    let table = "%TEST,sku,name-fi\n1,A,Takki\n";
    test.check("a.txt", table, expect![[r#"
        CSV, comma, UTF-8: 1 rows, 0 refused
        2 A: name-fi-FI=Takki
        warning %TEST: nothing was read from this column: nothing in this shop is called "%TEST"; it is filled in 1 of 1 rows, such as "1", and looks like the type integer; `rikaste attribute add test` takes it in
    "#]]);
    // No table, and not one of the plugin's files either.
    test.check("a.csv", GOOD, expect![[r#"
        no column is the SKU; the columns are "%TEST"; call one of them "sku", or say which it is in a file in mappings/: files = ["a.csv"], sku = "%TEST"
    "#]]);
    test.check("b.txt", "sku=A|name=Takki\n", expect![[r#"
        no column is the SKU; the columns are "sku=A", "name=Takki"; call one of them "sku", or say which it is in a file in mappings/: files = ["b.txt"], sku = "sku=A"
    "#]]);
    let second = plugin_importers(&[Arc::clone(&LINES), Arc::clone(&LINES)]);
    let test = ImporterTest { importers: second, ..test };
    test.check(
        "a.lines",
        GOOD,
        expect![[r#"
        two plugins read such files, lines and lines; name one of them as `importer` in a mapping
    "#]],
    );
}

#[test]
fn what_is_handed_over_at_the_end_comes_in_portions() {
    let test = ImporterTest::new();
    let text = "%TEST\n!in-portions\n";
    let imported = test.import(DropKind::Products, "a.lines", text.as_bytes()).expect("read");
    let skus: Vec<_> = imported.records.iter().map(|it| it.sku.as_str()).collect();
    assert_eq!(skus, ["F3", "F4", "F5", "F6", "F7", "F8", "F9", "F10"]);
}

/// Each fault in the third of three chunks, after an element in each of the two before.
fn faulty(fault: &str) -> String {
    let filling = "\n".repeat(64 << 10);
    format!("%TEST\nsku=A|name-fi=Takki\n{filling}sku=B|name-fi=Hattu\n{filling}!{fault}\nsku=C\n")
}

#[test]
fn hostile_importers_lose_the_file_and_nothing_else() {
    let test = ImporterTest::new();
    let mut all = String::new();
    for fault in [
        "loop",
        "recurse",
        "panic",
        "memory",
        "error",
        "elements",
        "more-than-bytes",
        "remarks",
        "huge",
        "large",
        "leaves",
        "texts",
        "path",
        "no-path",
        "twice",
        "number",
        "zero",
        "back",
        "without-end",
        "remarks-without-end",
    ] {
        let mut text = faulty(fault);
        if fault == "more-than-bytes" {
            text = format!("%TEST\n!{fault}\n");
        }
        all.push_str(&format!("{fault}: {}", test.import_text("a.lines", &text)));
    }
    expect![[r#"
        loop: row 65539: the plugin lines 0.1.0 could not read the file any further, after 2 records, the last of them number 65539: it took more than 50 million steps; is there a loop without an end? (in rikaste_test_importer::Lines::read, called by rikaste_test_importer::_::ImporterComponent::read_chunk)
        recurse: row 65539: the plugin lines 0.1.0 could not read the file any further, after 2 records, the last of them number 65539: it reached outside its memory; is there a recursion without an end? (in rikaste_test_importer::deeper)
        panic: row 65539: the plugin lines 0.1.0 could not read the file any further, after 2 records, the last of them number 65539: it panicked: panicked at tests/guests/importer/src/lib.rs:91:24:
        it was told to (in rikaste_test_importer::Lines::read, called by rikaste_test_importer::_::ImporterComponent::read_chunk)
        memory: row 65539: the plugin lines 0.1.0 could not read the file any further, after 2 records, the last of them number 65539: it needs more than 256 MiB of memory
        error: row 65539: the plugin lines 0.1.0 could not read the file any further, after 2 records, the last of them number 65539: it was told to�
        elements: row 65539: the plugin lines 0.1.0 could not read the file any further, after 2 records, the last of them number 65539: it handed over 70001 elements at once; at most 65536 are allowed
        more-than-bytes: the plugin lines 0.1.0 could not read the file: it made more elements than the file has bytes
        remarks: row 65539: the plugin lines 0.1.0 could not read the file any further, after 2 records, the last of them number 65539: it handed over 70000 remarks at once; at most 65536 are allowed
        huge: row 65539: the plugin lines 0.1.0 could not read the file any further, after 2 records, the last of them number 65539: it handed over more than 16 MiB at once
        large: row 131076: the plugin lines 0.1.0 could not read the file any further, after 2 records, the last of them number 131076: row 131076 has 5 MiB; at most 4 are allowed
        leaves: row 131076: the plugin lines 0.1.0 could not read the file any further, after 2 records, the last of them number 131076: row 131076 has 2001 leaves; at most 2000 are allowed
        texts: row 65539: the plugin lines 0.1.0 could not read the file any further, after 2 records, the last of them number 65539: it took more than 50 million steps; is there a loop without an end?
        path: row 131076: the plugin lines 0.1.0 could not read the file any further, after 2 records, the last of them number 131076: row 131076 has a path of 2000 bytes; at most 1024 are allowed
        no-path: row 131076: the plugin lines 0.1.0 could not read the file any further, after 2 records, the last of them number 131076: row 131076 has a leaf without a path
        twice: row 131076: the plugin lines 0.1.0 could not read the file any further, after 2 records, the last of them number 131076: row 131076 has the path "path" twice
        number: row 131076: the plugin lines 0.1.0 could not read the file any further, after 2 records, the last of them number 131076: row 131076 says at "weight" that "0,4 kg" is a number; a number is written as -12.50
        zero: row 65539: the plugin lines 0.1.0 could not read the file any further, after 2 records, the last of them number 65539: its rows are counted from 1, and this is 0
        back: row 65539: the plugin lines 0.1.0 could not read the file any further, after 2 records, the last of them number 65539: its rows go back, from 65539 to 1
        without-end: row 131077: the plugin lines 0.1.0 could not read the file any further, after 131137 records, the last of them number 131077: it made more elements than the file has bytes
        remarks-without-end: row 131077: the plugin lines 0.1.0 could not read the file any further, after 3 records, the last of them number 131077: it made more remarks than the file has bytes
    "#]].assert_eq(&all.replace(&"x".repeat(80), "xxx"));
    // The next file is read by an instance that knows nothing of it.
    let good = test.import_text("b.lines", GOOD);
    assert!(good.starts_with("plugin lines 0.1.0: 5 rows"), "{good}");
    assert!(test.import_text("c.lines", &faulty("log")).starts_with("plugin lines 0.1.0: 3 rows"));
}

#[test]
fn time_by_the_clock_is_limited_too() {
    let limits = PluginLimits {
        steps: u64::MAX / 2,
        time: std::time::Duration::from_millis(300),
        ..PluginLimits::DEFAULT
    };
    let importers = plugin_importers(&[plugin(&TEST_IMPORTER, "{}", limits)]);
    let test = ImporterTest { importers, ..ImporterTest::new() };
    let text = test.import_text("a.lines", &faulty("loop"));
    assert!(text.contains("the machine may have been busy: drop the file again"), "{text}");
}

#[test]
fn what_comes_along_is_named_where_it_would_read_a_file() {
    let none = ImporterTest { importers: plugin_importers(&[]), ..ImporterTest::new() };
    let catalogue = String::from_utf8_lossy(CATALOGUE);
    none.check("CAT0001", &catalogue, expect![[r#"
        the plugin pricat, which comes with the program, reads such files, and is not enabled: `rikaste plugin enable pricat`; a running shop then takes the file by itself
    "#]]);
    none.check("CAT0002", &catalogue[9..], expect![[r#"
        no column is the SKU; the columns are "UNB+UNOC:3+4012345000009:14+6400001000008:14+261115:0930+CAT0001'"; call one of them "sku", or say which it is in a file in mappings/: files = ["CAT0002"], sku = "UNB+UNOC:3+4012345000009:14+6400001000008:14+261115:0930+CAT0001'"
    "#]]);
    for head in PRICAT.manifest().file_claims().expect("an importer").magic.clone() {
        assert_eq!(find_optional_for(&head), Some("pricat"));
    }
    assert_eq!(find_optional_for(b"sku;name"), None);
}

#[test]
fn what_a_file_says_hangs_on_the_plugin_that_reads_it() {
    let basis = |test: &ImporterTest, name| {
        let mappings = MappingSet::default();
        let importer = FileImporter::new(&test.shop, &mappings);
        importer.with_plugins(test.importers.clone()).compute_fingerprint(DropKind::Products, name)
    };
    let with = ImporterTest::new();
    let none = ImporterTest { importers: plugin_importers(&[]), ..ImporterTest::new() };
    let other = plugin(&TEST_IMPORTER, "{}", PluginLimits::DEFAULT);
    let same = ImporterTest { importers: plugin_importers(&[other]), ..ImporterTest::new() };
    let lines =
        ImporterTest { importers: plugin_importers(&[Arc::clone(&LINES)]), ..ImporterTest::new() };
    assert_eq!(basis(&lines, "a.lines"), basis(&same, "a.lines"));
    assert_ne!(basis(&none, "a.lines"), basis(&lines, "a.lines"));
    // It would read no file of that name; the one that goes by beginnings might.
    assert_eq!(basis(&none, "a.csv"), basis(&lines, "a.csv"));
    assert_ne!(basis(&none, "a.csv"), basis(&with, "a.csv"));
}

#[test]
fn a_price_catalogue_becomes_products_with_prices() {
    let test = ImporterTest::new();
    let imported = test.import(DropKind::Products, "CAT0001", CATALOGUE).expect("read");
    expect![[r#"
        plugin pricat 0.1.0: 4 rows, 1 refused
        1 4006381333931: gtin=04006381333931 name-fi-FI=Korostuskynä keltainen brand=Stabilo weight=0.0250 kg price-retail=1.95 EUR
        2 4006381333948: gtin=04006381333948 price-sweden=3.90 SEK
        5 4006381333962: gtin=04006381333962
        info read by what they are called elsewhere: valid_from = sale_from; a mapping or a header in the shop's own words says something else
        info prices that begin on a day and have no end: 2; if a sale is meant, write its last day in valid_until
        warning supplier_article: nothing was read from this column: nothing in this shop is called "supplier_article"; it is filled in 3 of 3 rows, such as "BL-1001", and looks like the type text; `rikaste attribute add supplier_article` takes it in
        warning buyer_article: nothing was read from this column: nothing in this shop is called "buyer_article"; it is filled in 1 of 3 rows, such as "HH-1", and looks like the type text; `rikaste attribute add buyer_article` takes it in
        warning name-de: nothing was read from this column: "de" is neither a locale of this shop (fi-FI, sv-SE, en-GB) nor a channel (web)
        warning length: nothing was read from this column: nothing in this shop is called "length"; it is filled in 1 of 3 rows, such as "118.5 MMT", and looks like the type measurement; `rikaste attribute add length` takes it in
        warning purchase_price-EUR: nothing was read from this column: nothing in this shop is called "purchase_price-EUR"; it is filled in 2 of 3 rows, such as "0.82", and looks like the type decimal; `rikaste attribute add purchase_price_eur` takes it in
        warning row 1, 4006381333931, color "YEL": this is none of the options of color; write one of them, or add it to model.toml; the value was left out
        warning row 3, LIN "4006381333955": the sender takes 4006381333955 out of the range, so nothing was read of it; take it out of the shop by hand
        error row 4, LIN "BL-1004": the article has no GTIN, which the plugin's configuration takes for the SKU (`sku` in plugins/pricat.toml)
        warning row 5, PRI "8.20": the price is for 10 PCE, not for one; it is left out
    "#]].assert_eq(&describe_import(&imported));
    let prices = test.import(DropKind::Prices, "CAT0001", CATALOGUE).expect("read");
    let read: Vec<_> =
        prices.records.iter().map(|it| format!("{} {:?}\n", it.sku, it.body)).collect();
    let read = read.concat() + &prices.messages.join("\n");
    expect![[r#"
        4006381333931 Prices([PriceRecord { column: 11, list: "retail", window: Window { start: Some(Moment(1796076000)), end: None }, money: Some(Money { amount: 1.95, currency: EUR }) }])
        4006381333948 Prices([PriceRecord { column: 13, list: "sweden", window: Window { start: Some(Moment(1798754400)), end: None }, money: Some(Money { amount: 3.9, currency: SEK }) }])
        4006381333962 Prices([])
        info prices that begin on a day and have no end: 2; if a sale is meant, write its last day in valid_until
        warning gtin: nothing was read from this column: nothing in this shop is called "gtin"
        warning supplier_article: nothing was read from this column: nothing in this shop is called "supplier_article"
        warning buyer_article: nothing was read from this column: nothing in this shop is called "buyer_article"
        warning name-de: nothing was read from this column: nothing in this shop is called "name-de"
        warning name-fi: nothing was read from this column: nothing in this shop is called "name-fi"
        warning brand: nothing was read from this column: nothing in this shop is called "brand"
        warning color: nothing was read from this column: nothing in this shop is called "color"
        warning weight: nothing was read from this column: nothing in this shop is called "weight"
        warning length: nothing was read from this column: nothing in this shop is called "length"
        warning purchase_price-EUR: nothing was read from this column: nothing in this shop is called "purchase_price-EUR"
        warning row 3, LIN "4006381333955": the sender takes 4006381333955 out of the range, so nothing was read of it; take it out of the shop by hand
        error row 4, LIN "BL-1004": the article has no GTIN, which the plugin's configuration takes for the SKU (`sku` in plugins/pricat.toml)
        warning row 5, PRI "8.20": the price is for 10 PCE, not for one; it is left out"#]].assert_eq(&read);
}

/// All that a plugin finds in these bytes, in chunks of these lengths.
fn found(plugin: &Arc<Plugin>, bytes: &[u8], lengths: &[usize]) -> Vec<ImportedItem> {
    let mut reader = ImporterInstance::instantiate_plugin(plugin).expect("it starts");
    let mut rest = bytes;
    let mut found = Vec::new();
    let mut lengths = lengths.iter().cycle();
    while !rest.is_empty() {
        let length = (*lengths.next().expect("endless")).clamp(1, rest.len());
        let (chunk, later) = rest.split_at(length);
        rest = later;
        found.extend(reader.read_chunk(chunk).expect("read"));
    }
    loop {
        match reader.finish_file().expect("finished") {
            more if more.is_empty() => return found,
            more => found.extend(more),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn where_chunks_end_means_nothing(lengths in proptest::collection::vec(1_usize..200, 1..20)) {
        let elements = |found: Vec<ImportedItem>| {
            let element = |found| match found {
                ImportedItem::Element(element) => Some(element),
                ImportedItem::Diagnostic(_) => None,
            };
            found.into_iter().filter_map(element).collect::<Vec<_>>()
        };
        for (plugin, bytes) in [(&LINES, GOOD.as_bytes()), (&PRICAT, CATALOGUE)] {
            let whole = elements(found(plugin, bytes, &[64 << 10]));
            prop_assert!(!whole.is_empty());
            prop_assert_eq!(elements(found(plugin, bytes, &lengths)), whole);
        }
    }
}
