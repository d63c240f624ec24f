//! Real exports from a folder beside the repository. The expected counts were established without this program.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use expect_test::{Expect, expect};
use rikaste_model::record::ProductRecord;

use super::*;

/// A folder of test data beside the repository. Returns `None` and prints why where it is missing.
///
/// # Panics
/// Where it is missing and `CI=true`: a check must not pass by absence.
pub(super) fn shared_data(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(name);
    if path.is_dir() {
        return Some(path);
    }
    let missing = format!("{} is missing", path.display());
    assert!(!std::env::var("CI").is_ok_and(|ci| ci == "true"), "{missing}, and CI must have it");
    println!("skipped: {missing}");
    None
}

/// A shop with mappings, and the exports it is for.
struct Export {
    shop: Shop,
    mappings: MappingSet,
    data: PathBuf,
}

impl Export {
    fn of(shop: &str, data: &str) -> Option<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/mappings").join(shop);
        let shop = Shop::load_from_folder(&folder).expect("a valid shop");
        let mappings = MappingSet::load_folder(&folder, &shop).expect("valid mappings");
        Some(Self { shop, mappings, data: shared_data(data)? })
    }

    /// The same shop with nothing but what comes with the program.
    fn with_presets(shop: &str, data: &str) -> Option<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/mappings").join(shop);
        let shop = Shop::load_from_folder(&folder).expect("a valid shop");
        Some(Self { shop, mappings: MappingSet::default(), data: shared_data(data)? })
    }

    fn import(&self, kind: DropKind, name: &str) -> ImportedFile {
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
    fn count(&mut self, record: &ImportRecord) {
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
        let set =
            product.cells.iter().filter(|cell| matches!(cell.change, CellChange::Set(_))).count();
        self.values += set;
        self.cleared += product.cells.len() - set;
        self.prices += product.prices.iter().filter(|price| price.money.is_some()).count();
        self.stock += product.stock.len();
        self.links += product.associations.iter().map(|(_, links)| links.len()).sum::<usize>();
    }
}

/// What the files came to, all together, and the first messages of each.
fn check(export: &Export, kind: DropKind, names: &[&str], expected: Expect) {
    expected.assert_eq(&summarize_files(export, kind, names));
}

/// What came of files, counted.
fn summarize_files(export: &Export, kind: DropKind, names: &[&str]) -> String {
    let (mut tally, mut text) = (Tally::default(), String::new());
    for name in names {
        let imported = export.import(kind, name);
        imported.records.iter().for_each(|record| tally.count(record));
        let StreamProgress { rows, rejected, skipped, .. } = imported.progress;
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
    text
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
            headphones.csv: CSV, semicolon, UTF-8, preset Akeneo products, mapping products.toml: 1 rows, 0 rejected, 0 skipped
            loudspeakers.csv: CSV, semicolon, UTF-8, preset Akeneo products, mapping products.toml: 500 rows, 0 rejected, 0 skipped
            mp3_players.csv: CSV, semicolon, UTF-8, preset Akeneo products, mapping products.toml: 500 rows, 0 rejected, 0 skipped
            tablets.csv: CSV, semicolon, UTF-8, preset Akeneo products, mapping products.toml: 25 rows, 0 rejected, 0 skipped
            webcams.csv: CSV, semicolon, UTF-8, preset Akeneo products, mapping products.toml: 487 rows, 0 rejected, 0 skipped
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
            products_bottom.csv: CSV, comma, UTF-8, preset Magento 2, mapping products_export.toml: 532 rows, 0 rejected, 0 skipped
            532 SKUs, 49 models, 483 variants; 4984 values, 49 cleared; 532 prices, 532 stock levels, 0 links, 0 reviews
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
            products_gear_bags.csv: CSV, comma, UTF-8, preset Magento 2 sample products, mapping products_gear.toml: 14 rows, 0 rejected, 0 skipped
              info sale prices without an end, which hold until a file takes them back: 1
            products_gear_fitness_equipment.csv: CSV, comma, UTF-8, preset Magento 2 sample products, mapping products_gear.toml: 9 rows, 0 rejected, 0 skipped
            products_gear_fitness_equipment_ball.csv: CSV, comma, UTF-8, preset Magento 2 sample products, mapping products_gear.toml: 9 rows, 0 rejected, 0 skipped
            products_gear_fitness_equipment_strap.csv: CSV, comma, UTF-8, preset Magento 2 sample products, mapping products_gear.toml: 3 rows, 0 rejected, 0 skipped
            products_gear_watches.csv: CSV, comma, UTF-8, preset Magento 2 sample products, mapping products_gear.toml: 9 rows, 0 rejected, 0 skipped
            44 SKUs, 0 models, 0 variants; 370 values, 33 cleared; 45 prices, 44 stock levels, 0 links, 0 reviews
        "#]],
    );
    let links = ["links/related.csv", "links/upsell.csv", "links/crosssell.csv"];
    check(
        &export,
        DropKind::Products,
        &links,
        expect![[r#"
            links/related.csv: CSV, comma, UTF-8, preset Magento 2 related products, mapping related.toml: 21 rows, 0 rejected, 0 skipped
            links/upsell.csv: CSV, comma, UTF-8, preset Magento 2 up-sells, mapping upsell.toml: 13 rows, 0 rejected, 0 skipped
            links/crosssell.csv: CSV, comma, UTF-8, preset Magento 2 cross-sells, mapping crosssell.toml: 29 rows, 0 rejected, 0 skipped
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
            products.csv: CSV, comma, UTF-8, preset OroCommerce, mapping products.toml: 63 rows, 0 rejected, 0 skipped
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
            product_abstract.csv: CSV, comma, UTF-8, preset Spryker abstract products, mapping abstract.toml: 228 rows, 0 rejected, 0 skipped
              warning row 217, 216, description.de_DE "Neklan 500m Cat6 UTP. KabellÃ¤nge: 500 m, Kabelstandard: Cat6, Kabelschirmung: U…": the letters are garbled, most likely from "Neklan 500m Cat6 UTP. Kabellänge: 500 m, Kabelstandard: Cat6, Kabelschirmung: U/…": mend the text where it comes from, and save it as UTF-8 (said once for the column)
              warning row 225, cable-vga-1, description.en_US "Screw-in VGA cable with 15-pin male input and output.<p>Supports resolutions at …": the text has HTML tags, which readers will see, because description is plain text; make it rich-text in model.toml, or take the tags out (said once for the column)
            product_concrete.csv: CSV, comma, UTF-8, preset Spryker concrete products, mapping concrete.toml: 328 rows, 0 rejected, 0 skipped
              warning row 300, 216_123, description.de_DE "Neklan 500m Cat6 UTP. KabellÃ¤nge: 500 m, Kabelstandard: Cat6, Kabelschirmung: U…": the letters are garbled, most likely from "Neklan 500m Cat6 UTP. Kabellänge: 500 m, Kabelstandard: Cat6, Kabelschirmung: U/…": mend the text where it comes from, and save it as UTF-8 (said once for the column)
              warning row 325, cable-vga-1-2, description.en_US "Screw-in VGA cable with 15-pin male input and output.<p>Supports resolutions at …": the text has HTML tags, which readers will see, because description is plain text; make it rich-text in model.toml, or take the tags out (said once for the column)
            556 SKUs, 228 models, 328 variants; 3998 values, 26 cleared; 0 prices, 0 stock levels, 0 links, 0 reviews
        "#]],
    );
    check(
        &export,
        DropKind::Prices,
        &["product_price_DE.csv", "product_price_schedule_DE.csv"],
        expect![[r#"
            product_price_DE.csv: CSV, comma, UTF-8, preset Spryker prices, mapping prices.toml: 776 rows, 0 rejected, 0 skipped
              info sale prices without an end, which hold until a file takes them back: 154
            product_price_schedule_DE.csv: CSV, comma, UTF-8, preset Spryker prices, mapping scheduled_prices.toml: 141 rows, 0 rejected, 0 skipped
            315 SKUs, 0 models, 0 variants; 0 values, 0 cleared; 917 prices, 0 stock levels, 0 links, 0 reviews
        "#]],
    );
    check(
        &export,
        DropKind::Stock,
        &["product_stock.csv"],
        expect![[r#"
            product_stock.csv: CSV, comma, UTF-8, preset Spryker stock, mapping stock.toml: 167 rows, 4 rejected, 0 skipped
              error row 159, fish-1-1, quantity "1525.694": a whole number is asked for; write one such as 12; the row was not taken (4 times, first in rows 159 (1525.694), 160 (254.428), 162 (541.21), 164 (541.21))
            161 SKUs, 0 models, 0 variants; 0 values, 0 cleared; 0 prices, 163 stock levels, 0 links, 0 reviews
        "#]],
    );
    check(
        &export,
        DropKind::Reviews,
        &["product_review.csv"],
        expect![[r#"
            product_review.csv: CSV, comma, UTF-8, preset Spryker reviews, mapping reviews.toml: 30 rows, 0 rejected, 6 skipped
              info status: rows that the preset leaves out, by what stands in this column: 6 ("rejected", "pending")
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
              info read by what they are called elsewhere: availabilityStatus = status; a mapping or a header in the shop's own words says something else
              warning row 1, BEA-ESS-ESS-001, meta.barcode "5784719087687": the check digit of "5784719087687" is 7, but it should be 6; the value was left out (178 times, first in rows 1 (5784719087687), 3 (8418883906837), 4 (9467746727219), 5 (4063010628104), 6 (2451534060749), 7 (4091737746820), 8 (1445086097250), 10 (3170832177880))
            194 SKUs, 0 models, 0 variants; 2058 values, 0 cleared; 194 prices, 194 stock levels, 0 links, 582 reviews
        "#]],
    );
}

#[test]
fn presets_alone() {
    use DropKind::{Prices, Products, Reviews, Stock};
    let gear = "products_bottom.csv products_gear_bags.csv products_gear_fitness_equipment.csv \
        products_gear_fitness_equipment_ball.csv products_gear_fitness_equipment_strap.csv \
        products_gear_watches.csv";
    let prices = "product_price_DE.csv product_price_schedule_DE.csv";
    let all = [
        (
            "akeneo",
            "akeneo-icecat",
            Products,
            "headphones.csv loudspeakers.csv mp3_players.csv tablets.csv webcams.csv",
        ),
        ("magento", "magento2", Products, gear),
        ("magento", "magento2", Products, "links/related.csv links/upsell.csv links/crosssell.csv"),
        ("oro", "oro", Products, "products.csv related_products.csv upsell_products.csv"),
        ("spryker", "spryker", Products, "product_abstract.csv product_concrete.csv"),
        ("spryker", "spryker", Products, "product_image.csv"),
        ("spryker", "spryker", Products, "product_relation.csv"),
        ("spryker", "spryker", Prices, prices),
        ("spryker", "spryker", Stock, "product_stock.csv"),
        ("spryker", "spryker", Reviews, "product_review.csv"),
        ("bagisto", "bagisto", Products, "products.csv"),
    ];
    let mut text = String::new();
    for (shop, data, kind, files) in all {
        let Some(export) = Export::with_presets(shop, data) else { return };
        let files: Vec<&str> = files.split_whitespace().collect();
        text.push_str(&summarize_files(&export, kind, &files));
    }
    expect![[r#"
        headphones.csv: CSV, semicolon, UTF-8, preset Akeneo products: 1 rows, 0 rejected, 0 skipped
          warning picture: nothing was read from this column: nothing in this shop is called "picture"; it is filled in 1 of 1 rows, such as "images/18262977-2288.jpg", and looks like the type assets; `rikaste attribute add picture` takes it in
        loudspeakers.csv: CSV, semicolon, UTF-8, preset Akeneo products: 500 rows, 0 rejected, 0 skipped
          warning picture: nothing was read from this column: nothing in this shop is called "picture"; it is filled in 50 of 500 rows, such as "images/10065827-Philips.jpg", and looks like the type assets; `rikaste attribute add picture` takes it in
        mp3_players.csv: CSV, semicolon, UTF-8, preset Akeneo products: 500 rows, 0 rejected, 0 skipped
          warning picture: nothing was read from this column: nothing in this shop is called "picture"; it is filled in 50 of 500 rows, such as "images/10584825-3009.jpg", and looks like the type assets; `rikaste attribute add picture` takes it in
        tablets.csv: CSV, semicolon, UTF-8, preset Akeneo products: 25 rows, 0 rejected, 0 skipped
          warning picture: nothing was read from this column: nothing in this shop is called "picture"; it is filled in 25 of 25 rows, such as "images/10433706-5954.jpg", and looks like the type assets; `rikaste attribute add picture` takes it in
        webcams.csv: CSV, semicolon, UTF-8, preset Akeneo products: 487 rows, 0 rejected, 0 skipped
          warning picture: nothing was read from this column: nothing in this shop is called "picture"; it is filled in 50 of 487 rows, such as "images/10665560-9122.jpg", and looks like the type assets; `rikaste attribute add picture` takes it in
        1513 SKUs, 0 models, 0 variants; 14114 values, 7019 cleared; 2523 prices, 0 stock levels, 0 links, 0 reviews
        products_bottom.csv: CSV, comma, UTF-8, preset Magento 2: 532 rows, 0 rejected, 0 skipped
          warning has_options: nothing was read from this column: nothing in this shop is called "has_options"
          warning required_options: nothing was read from this column: nothing in this shop is called "required_options"
          warning performance_fabric: nothing was read from this column: nothing in this shop is called "performance_fabric"
          warning erin_recommends: nothing was read from this column: nothing in this shop is called "erin_recommends"
          … 9 messages
        products_gear_bags.csv: CSV, comma, UTF-8, preset Magento 2 sample products: 14 rows, 0 rejected, 0 skipped
          info sale prices without an end, which hold until a file takes them back: 1
          warning performance_fabric: nothing was read from this column: nothing in this shop is called "performance_fabric"; it is filled in 1 of 14 rows, such as "1", and looks like the type integer; `rikaste attribute add performance_fabric` takes it in
          warning erin_recommends: nothing was read from this column: nothing in this shop is called "erin_recommends"; it is filled in 3 of 14 rows, such as "1", and looks like the type integer; `rikaste attribute add erin_recommends` takes it in
        products_gear_fitness_equipment.csv: CSV, comma, UTF-8, preset Magento 2 sample products: 9 rows, 0 rejected, 0 skipped
          warning category_gear: nothing was read from this column: nothing in this shop is called "category_gear"; it is filled in 9 of 9 rows, such as "Exercise Hydration", and looks like the type options; `rikaste attribute add category_gear` takes it in
          warning performance_fabric: nothing was read from this column: nothing in this shop is called "performance_fabric"
          warning erin_recommends: nothing was read from this column: nothing in this shop is called "erin_recommends"; it is filled in 2 of 9 rows, such as "1", and looks like the type integer; `rikaste attribute add erin_recommends` takes it in
        products_gear_fitness_equipment_ball.csv: CSV, comma, UTF-8, preset Magento 2 sample products: 9 rows, 0 rejected, 0 skipped
          warning category_gear: nothing was read from this column: nothing in this shop is called "category_gear"; it is filled in 9 of 9 rows, such as "Exercise", and looks like the type options; `rikaste attribute add category_gear` takes it in
          warning visibility: nothing was read from this column: nothing in this shop is called "visibility"; it is filled in 9 of 9 rows, such as "1", and looks like the type integer; `rikaste attribute add visibility` takes it in
          warning url_key: nothing was read from this column: nothing in this shop is called "url_key"; it is filled in 9 of 9 rows, such as "Sprite Stasis Ball 55 cm gray", and looks like the type text; `rikaste attribute add url_key` takes it in
        products_gear_fitness_equipment_strap.csv: CSV, comma, UTF-8, preset Magento 2 sample products: 3 rows, 0 rejected, 0 skipped
          warning category_gear: nothing was read from this column: nothing in this shop is called "category_gear"; it is filled in 3 of 3 rows, such as "Exercise", and looks like the type options; `rikaste attribute add category_gear` takes it in
          warning visibility: nothing was read from this column: nothing in this shop is called "visibility"; it is filled in 3 of 3 rows, such as "1", and looks like the type integer; `rikaste attribute add visibility` takes it in
        products_gear_watches.csv: CSV, comma, UTF-8, preset Magento 2 sample products: 9 rows, 0 rejected, 0 skipped
          warning category_gear: nothing was read from this column: nothing in this shop is called "category_gear"; it is filled in 9 of 9 rows, such as "Electronic Exercise Timepiece", and looks like the type options; `rikaste attribute add category_gear` takes it in
          warning performance_fabric: nothing was read from this column: nothing in this shop is called "performance_fabric"
          warning erin_recommends: nothing was read from this column: nothing in this shop is called "erin_recommends"
        576 SKUs, 49 models, 483 variants; 5354 values, 82 cleared; 577 prices, 576 stock levels, 0 links, 0 reviews
        links/related.csv: CSV, comma, UTF-8, preset Magento 2 related products: 21 rows, 0 rejected, 0 skipped
        links/upsell.csv: CSV, comma, UTF-8, preset Magento 2 up-sells: 13 rows, 0 rejected, 0 skipped
        links/crosssell.csv: CSV, comma, UTF-8, preset Magento 2 cross-sells: 29 rows, 0 rejected, 0 skipped
        35 SKUs, 0 models, 0 variants; 0 values, 0 cleared; 0 prices, 0 stock levels, 279 links, 0 reviews
        products.csv: CSV, comma, UTF-8, preset OroCommerce: 63 rows, 0 rejected, 0 skipped
        related_products.csv: CSV, comma, UTF-8, preset OroCommerce related products: 394 rows, 0 rejected, 0 skipped
        upsell_products.csv: CSV, comma, UTF-8, preset OroCommerce up-sells: 387 rows, 0 rejected, 0 skipped
        64 SKUs, 0 models, 0 variants; 482 values, 22 cleared; 181 prices, 0 stock levels, 781 links, 0 reviews
        product_abstract.csv: CSV, comma, UTF-8, preset Spryker abstract products: 228 rows, 0 rejected, 0 skipped
          warning flash_range_tele: nothing was read from this column: nothing in this shop is called "flash_range_tele"
          warning flash_range_tele: nothing was read from this column: nothing in this shop is called "flash_range_tele-en_US"
          warning memory_slots: nothing was read from this column: nothing in this shop is called "memory_slots"
          warning usb_version: nothing was read from this column: nothing in this shop is called "usb_version"
          … 45 messages
        product_concrete.csv: CSV, comma, UTF-8, preset Spryker concrete products: 328 rows, 0 rejected, 0 skipped
          warning upcs: nothing was read from this column: nothing in this shop is called "upcs"
          warning colorr: nothing was read from this column: nothing in this shop is called "colorr-de_DE"; did you mean "color"?
          warning storage_capacity: nothing was read from this column: nothing in this shop is called "storage_capacity"
          warning series: nothing was read from this column: nothing in this shop is called "series"
          … 20 messages
        556 SKUs, 228 models, 328 variants; 3968 values, 26 cleared; 0 prices, 0 stock levels, 0 links, 0 reviews
        product_image.csv: CSV, comma, UTF-8, preset Spryker images: 1098 rows, 4 rejected, 0 skipped
          info row 2, 001, external_url_large "https://images.icecat.biz/img/norm/high/25904006-8438.jpg": no pictures are fetched from images.icecat.biz: drop them into inbox/images under their file names, or have whoever runs the shop add it to hosts in [pictures] of shop.toml (said once for the host)
          error row 1084, concrete_sku "": the row has no SKU; the row was not taken
          error row 1085, concrete_sku "": the row has no SKU; the row was not taken
          info row 1092, service-001, external_url_large "https://d2s0ynfc62ej12.cloudfront.net/image/service-001.jpeg": no pictures are fetched from d2s0ynfc62ej12.cloudfront.net: drop them into inbox/images under their file names, or have whoever runs the shop add it to hosts in [pictures] of shop.toml (said once for the host)
        545 SKUs, 0 models, 0 variants; 545 values, 0 cleared; 0 prices, 0 stock levels, 0 links, 0 reviews
        product_relation.csv: CSV, comma, UTF-8, preset Spryker relations: 143 rows, 0 rejected, 0 skipped
          warning row 20, 117, up-selling "117": the product is linked to itself; the value was left out
          warning row 21, 120, up-selling "120": the product is linked to itself; the value was left out
          warning row 35, 001, related-products "{"condition":"AND","rules":[{"condition":null,"rules":{},"id":"product_category_…": nothing stands in this cell where the mapping looks for it; it was left out (110 times, first in rows 35, 36, 37, 38, 39, 40, 41, 42)
        113 SKUs, 0 models, 0 variants; 0 values, 0 cleared; 0 prices, 0 stock levels, 164 links, 0 reviews
        product_price_DE.csv: CSV, comma, UTF-8, preset Spryker prices: 776 rows, 0 rejected, 0 skipped
          info sale prices without an end, which hold until a file takes them back: 154
        product_price_schedule_DE.csv: CSV, comma, UTF-8, preset Spryker prices: 141 rows, 0 rejected, 0 skipped
        315 SKUs, 0 models, 0 variants; 0 values, 0 cleared; 917 prices, 0 stock levels, 0 links, 0 reviews
        product_stock.csv: CSV, comma, UTF-8, preset Spryker stock: 167 rows, 4 rejected, 0 skipped
          error row 159, fish-1-1, quantity "1525.694": a whole number is asked for; write one such as 12; the row was not taken (4 times, first in rows 159 (1525.694), 160 (254.428), 162 (541.21), 164 (541.21))
        161 SKUs, 0 models, 0 variants; 0 values, 0 cleared; 0 prices, 163 stock levels, 0 links, 0 reviews
        product_review.csv: CSV, comma, UTF-8, preset Spryker reviews: 30 rows, 0 rejected, 6 skipped
          info status: rows that the preset leaves out, by what stands in this column: 6 ("rejected", "pending")
        6 SKUs, 0 models, 0 variants; 0 values, 0 cleared; 0 prices, 0 stock levels, 0 links, 24 reviews
        products.csv: CSV, comma, UTF-8, preset Bagisto: 26 rows, 0 rejected, 0 skipped
          warning length: nothing was read from this column: nothing in this shop is called "length"
          warning width: nothing was read from this column: nothing in this shop is called "width"
          warning height: nothing was read from this column: nothing in this shop is called "height"
          warning customer_group_prices: nothing was read from this column: nothing in this shop is called "customer_group_prices"; it is filled in 1 of 26 rows, such as "group=all,qty=2,type=fixed,price=12|group=all,qty=3,type=discount,price=50", and looks like the type text; `rikaste attribute add customer_group_prices` takes it in
        26 SKUs, 1 models, 4 variants; 249 values, 63 cleared; 26 prices, 8 stock levels, 18 links, 0 reviews
    "#]].assert_eq(&text);
}

/// What a file says, row by row, whatever it is written in.
fn describe_records(imported: &ImportedFile) -> Vec<String> {
    let records = imported.records.iter();
    records.map(|record| format!("{}: {}", record.sku, describe_body(&record.body))).collect()
}

#[test]
fn bagisto_says_the_same_in_csv_and_in_xml() {
    let Some(export) = Export::with_presets("bagisto", "bagisto") else { return };
    let read = |name: &str| {
        let imported = export.import(DropKind::Products, name);
        assert!(imported.read_as.ends_with("preset Bagisto"), "{}", imported.read_as);
        describe_records(&imported)
    };
    let (csv, xml) = (read("products.csv"), read("products.xml"));
    assert_eq!(csv.len(), 30);
    assert_eq!(csv, xml);
}

#[test]
fn a_list_says_the_same_inside_an_object() {
    let Some(export) = Export::of("dummyjson", "dummyjson") else { return };
    let list = std::fs::read_to_string(export.data.join("products.json")).expect("an export");
    let read = |text: &str| {
        let (shop, mappings) = (&export.shop, &export.mappings);
        let kind = DropKind::Products;
        let mut imported =
            import(shop, mappings, kind, "products.json", text.as_bytes()).expect("readable");
        imported.read_as.clear();
        imported.to_string()
    };
    let wrapped = format!("{{\"total\": 194, \"data\": {{\"products\": {list}, \"skip\": [0]}}}}");
    assert!(read(&list) == read(&wrapped));
}

#[test]
fn eshop() {
    let Some(data) = shared_data("eshop") else { return };
    let folder = TestShop::new();
    let bytes = std::fs::read(data.join("catalog.json")).expect("an export");
    let shop = folder.shop();
    let imported =
        import(&shop, &MappingSet::default(), DropKind::Products, "catalog.json", &bytes);
    let imported = imported.expect("readable");
    assert_eq!(imported.read_as, "JSON array, UTF-8, preset eShop catalogue");
    let prices = |record: &ImportRecord| match &record.body {
        RecordBody::Product(product) => product.prices.len(),
        _ => 0,
    };
    assert_eq!(imported.records.iter().map(prices).sum::<usize>(), 101);
    assert_eq!(describe_records(&imported).len(), 101);
}
