//! Real exports, where they are at hand. The counts were established without this program.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use expect_test::{Expect, expect};
use rikaste_catalog::record::ProductRecord;

use super::*;

/// A folder of data that is not the project's own. Where it is missing, the test that wants it
/// says so and does nothing.
pub(super) fn shared_data(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data").join(name);
    if path.is_dir() {
        return Some(path);
    }
    println!("skipped: {} is not here", path.display());
    None
}

/// A shop with mappings, and the exports it is for.
struct Export {
    shop: Shop,
    mappings: Mappings,
    data: PathBuf,
}

impl Export {
    fn of(shop: &str, data: &str) -> Option<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/mappings").join(shop);
        let shop = Shop::load(&folder).expect("a valid shop");
        let mappings = Mappings::load(&folder, &shop).expect("valid mappings");
        Some(Self { shop, mappings, data: shared_data(data)? })
    }

    fn import(&self, kind: DropKind, name: &str) -> Imported {
        let bytes = std::fs::read(self.data.join(name)).expect("an export");
        let file_name = Path::new(name).file_name().expect("a name").to_string_lossy();
        import(&self.shop, &self.mappings, kind, &file_name, &bytes).expect("readable")
    }
}

#[derive(Default)]
struct Tally {
    skus: BTreeSet<String>,
    models: BTreeSet<String>,
    variants: BTreeSet<String>,
    values: usize,
    cleared: usize,
    prices: usize,
    stock: usize,
    links: usize,
    reviews: usize,
}

impl Tally {
    fn count(&mut self, record: &Record) {
        self.skus.insert(record.sku.to_string());
        match &record.body {
            RecordBody::Product(product) => self.product(record.sku.as_ref(), product),
            RecordBody::Review(_) => self.reviews += 1,
            RecordBody::Stock(levels) => self.stock += levels.len(),
            RecordBody::Prices(prices) => {
                self.prices += prices.iter().filter(|price| price.money.is_some()).count();
            }
            RecordBody::Edit(_) => {}
        }
    }

    fn product(&mut self, sku: &str, product: &ProductRecord) {
        if product.is_model {
            self.models.insert(sku.to_owned());
        }
        if matches!(product.parent, Some(Some(_))) {
            self.variants.insert(sku.to_owned());
        }
        let set = product.cells.iter().filter(|cell| matches!(cell.saying, Saying::Set(_))).count();
        self.values += set;
        self.cleared += product.cells.len() - set;
        self.prices += product.prices.iter().filter(|price| price.money.is_some()).count();
        self.stock += product.stock.len();
        self.links += product.associations.iter().map(|(_, links)| links.len()).sum::<usize>();
    }
}

/// What the files came to, all together, and the first messages of each.
fn check(export: &Export, kind: DropKind, names: &[&str], expected: Expect) {
    let (mut tally, mut text) = (Tally::default(), String::new());
    for name in names {
        let imported = export.import(kind, name);
        imported.records.iter().for_each(|record| tally.count(record));
        let Progress { rows, rejected, skipped, .. } = imported.progress;
        writeln!(
            text,
            "{name}: {}: {rows} rows, {rejected} rejected, {skipped} skipped",
            imported.read_as
        )
        .expect("text");
        for message in imported.messages.iter().take(4) {
            writeln!(text, "  {message}").expect("text");
        }
        if imported.messages.len() > 4 {
            writeln!(text, "  … {} messages", imported.messages.len()).expect("text");
        }
    }
    let Tally { skus, models, variants, values, cleared, prices, stock, links, reviews } = tally;
    writeln!(
        text,
        "{} SKUs, {} models, {} variants; {values} values, {cleared} cleared; {prices} prices, {stock} stock levels, {links} links, {reviews} reviews",
        skus.len(),
        models.len(),
        variants.len(),
    )
    .expect("text");
    expected.assert_eq(&text);
}

#[test]
fn akeneo() {
    let Some(export) = Export::of("akeneo", "akeneo-icecat") else { return };
    let names =
        ["headphones.csv", "loudspeakers.csv", "mp3_players.csv", "tablets.csv", "webcams.csv"];
    check(
        &export,
        DropKind::Products,
        &names,
        expect![[r#"
        headphones.csv: CSV, semicolon, UTF-8, mapping products.toml: 1 rows, 0 rejected, 0 skipped
        loudspeakers.csv: CSV, semicolon, UTF-8, mapping products.toml: 500 rows, 0 rejected, 0 skipped
        mp3_players.csv: CSV, semicolon, UTF-8, mapping products.toml: 500 rows, 0 rejected, 0 skipped
        tablets.csv: CSV, semicolon, UTF-8, mapping products.toml: 25 rows, 0 rejected, 0 skipped
        webcams.csv: CSV, semicolon, UTF-8, mapping products.toml: 487 rows, 0 rejected, 0 skipped
        1513 SKUs, 0 models, 0 variants; 14114 values, 7019 cleared; 2523 prices, 0 stock levels, 0 links, 0 reviews
    "#]],
    );
}

#[test]
fn magento() {
    let Some(export) = Export::of("magento", "magento2") else { return };
    check(
        &export,
        DropKind::Products,
        &["products_bottom.csv"],
        expect![[r#"
        products_bottom.csv: CSV, comma, UTF-8, mapping products_export.toml: 532 rows, 0 rejected, 0 skipped
        532 SKUs, 49 models, 483 variants; 3920 values, 49 cleared; 532 prices, 532 stock levels, 0 links, 0 reviews
    "#]],
    );
    let gear = [
        "products_gear_bags.csv",
        "products_gear_fitness_equipment.csv",
        "products_gear_fitness_equipment_ball.csv",
        "products_gear_fitness_equipment_strap.csv",
        "products_gear_watches.csv",
    ];
    check(
        &export,
        DropKind::Products,
        &gear,
        expect![[r#"
        products_gear_bags.csv: CSV, comma, UTF-8, mapping products_gear.toml: 14 rows, 0 rejected, 0 skipped
        products_gear_fitness_equipment.csv: CSV, comma, UTF-8, mapping products_gear.toml: 9 rows, 0 rejected, 0 skipped
        products_gear_fitness_equipment_ball.csv: CSV, comma, UTF-8, mapping products_gear.toml: 9 rows, 0 rejected, 0 skipped
        products_gear_fitness_equipment_strap.csv: CSV, comma, UTF-8, mapping products_gear.toml: 3 rows, 0 rejected, 0 skipped
        products_gear_watches.csv: CSV, comma, UTF-8, mapping products_gear.toml: 9 rows, 0 rejected, 0 skipped
        44 SKUs, 0 models, 0 variants; 384 values, 83 cleared; 44 prices, 44 stock levels, 0 links, 0 reviews
    "#]],
    );
    let links = ["links/related.csv", "links/upsell.csv", "links/crosssell.csv"];
    check(
        &export,
        DropKind::Products,
        &links,
        expect![[r#"
        links/related.csv: CSV, comma, UTF-8, mapping related.toml: 21 rows, 0 rejected, 0 skipped
        links/upsell.csv: CSV, comma, UTF-8, mapping upsell.toml: 13 rows, 0 rejected, 0 skipped
        links/crosssell.csv: CSV, comma, UTF-8, mapping crosssell.toml: 29 rows, 0 rejected, 0 skipped
        35 SKUs, 0 models, 0 variants; 0 values, 0 cleared; 0 prices, 0 stock levels, 279 links, 0 reviews
    "#]],
    );
}

#[test]
fn oro() {
    let Some(export) = Export::of("oro", "oro") else { return };
    check(
        &export,
        DropKind::Products,
        &["products.csv"],
        expect![[r#"
        products.csv: CSV, comma, UTF-8, mapping products.toml: 63 rows, 0 rejected, 0 skipped
        63 SKUs, 0 models, 0 variants; 542 values, 25 cleared; 181 prices, 0 stock levels, 0 links, 0 reviews
    "#]],
    );
}

#[test]
fn spryker() {
    let Some(export) = Export::of("spryker", "spryker") else { return };
    check(
        &export,
        DropKind::Products,
        &["product_abstract.csv", "product_concrete.csv"],
        expect![[r#"
            product_abstract.csv: CSV, comma, UTF-8, mapping abstract.toml: 228 rows, 0 rejected, 0 skipped
              warning row 217, 216, description.de_DE "Neklan 500m Cat6 UTP. KabellÃ¤nge: 500 m, Kabelstandard: Cat6, Kabelschirmung: U…": the letters are garbled, most likely from "Neklan 500m Cat6 UTP. Kabellänge: 500 m, Kabelstandard: Cat6, Kabelschirmung: U/…": mend the text where it comes from, and save it as UTF-8 (said once for the column)
              warning row 225, cable-vga-1, description.en_US "Screw-in VGA cable with 15-pin male input and output.<p>Supports resolutions at …": the text has HTML tags, which readers will see, because description is plain text; make it rich-text in model.toml, or take the tags out (said once for the column)
            product_concrete.csv: CSV, comma, UTF-8, mapping concrete.toml: 328 rows, 0 rejected, 0 skipped
              info the header of column 21 is empty; nothing was read from it
              warning row 300, 216_123, description.de_DE "Neklan 500m Cat6 UTP. KabellÃ¤nge: 500 m, Kabelstandard: Cat6, Kabelschirmung: U…": the letters are garbled, most likely from "Neklan 500m Cat6 UTP. Kabellänge: 500 m, Kabelstandard: Cat6, Kabelschirmung: U/…": mend the text where it comes from, and save it as UTF-8 (said once for the column)
              warning row 325, cable-vga-1-2, description.en_US "Screw-in VGA cable with 15-pin male input and output.<p>Supports resolutions at …": the text has HTML tags, which readers will see, because description is plain text; make it rich-text in model.toml, or take the tags out (said once for the column)
            556 SKUs, 228 models, 328 variants; 3671 values, 25 cleared; 0 prices, 0 stock levels, 0 links, 0 reviews
        "#]],
    );
    check(
        &export,
        DropKind::Prices,
        &["product_price_DE.csv", "product_price_schedule_DE.csv"],
        expect![[r#"
            product_price_DE.csv: CSV, comma, UTF-8, mapping prices.toml: 776 rows, 0 rejected, 154 skipped
            product_price_schedule_DE.csv: CSV, comma, UTF-8, mapping scheduled_prices.toml: 141 rows, 0 rejected, 0 skipped
            315 SKUs, 0 models, 0 variants; 0 values, 0 cleared; 763 prices, 0 stock levels, 0 links, 0 reviews
        "#]],
    );
    check(
        &export,
        DropKind::Stock,
        &["product_stock.csv"],
        expect![[r#"
        product_stock.csv: CSV, comma, UTF-8, mapping stock.toml: 167 rows, 4 rejected, 0 skipped
          error row 159, fish-1-1, quantity "1525.694": a whole number is asked for; write one such as 12; the row was not taken
          error row 160, potato-1-1, quantity "254.428": this may mean 254428 or 254.4280; write the one that is meant, or set `decimal` in a mapping; the row was not taken
          error row 162, cable-hdmi-1-2, quantity "541.21": a whole number is asked for; write one such as 12; the row was not taken
          error row 164, cable-vga-1-2, quantity "541.21": a whole number is asked for; write one such as 12; the row was not taken
        161 SKUs, 0 models, 0 variants; 0 values, 0 cleared; 0 prices, 163 stock levels, 0 links, 0 reviews
    "#]],
    );
    check(
        &export,
        DropKind::Reviews,
        &["product_review.csv"],
        expect![[r#"
        product_review.csv: CSV, comma, UTF-8, mapping reviews.toml: 30 rows, 0 rejected, 6 skipped
        6 SKUs, 0 models, 0 variants; 0 values, 0 cleared; 0 prices, 0 stock levels, 0 links, 24 reviews
    "#]],
    );
}

#[test]
fn dummyjson() {
    let Some(export) = Export::of("dummyjson", "dummyjson") else { return };
    check(
        &export,
        DropKind::Products,
        &["products.json"],
        expect![[r#"
        products.json: JSON array, UTF-8, mapping products.toml: 194 rows, 0 rejected, 0 skipped
          warning row 1, BEA-ESS-ESS-001, meta.barcode "5784719087687": the check digit of "5784719087687" is 7, but it should be 6; the value was left out
          warning row 3, BEA-VEL-POW-003, meta.barcode "8418883906837": the check digit of "8418883906837" is 7, but it should be 8; the value was left out
          warning row 4, BEA-CHI-LIP-004, meta.barcode "9467746727219": the check digit of "9467746727219" is 9, but it should be 8; the value was left out
          warning row 5, BEA-NAI-NAI-005, meta.barcode "4063010628104": the check digit of "4063010628104" is 4, but it should be 3; the value was left out
          … 178 messages
        194 SKUs, 0 models, 0 variants; 1864 values, 0 cleared; 194 prices, 194 stock levels, 0 links, 582 reviews
    "#]],
    );
}
