//! What the store promises: every kept release reads as it was written, whatever came after.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;
use smol_str::SmolStr;

use super::{
    ALIKE, Asset, Commit, DropNote, Picture, ProductId, Put, Store, Version, encode_commerce,
    encode_content,
};
use rikaste_model::code::{AttributeCode, LocationCode, PluginName, Sku};
use rikaste_model::moment::Moment;
use rikaste_model::picture::{Content, Facts, Point};
use rikaste_model::product::{Cell, DropId, Edit, Hash, Product, StockLevel};
use rikaste_model::receipt::{DropOutcome, ProductCounts, Receipt, RowCounts};
use rikaste_model::record::DropKind;
use rikaste_model::release::{Cause, Release};
use rikaste_model::value::{Data, Value};

const CELL: Cell = Cell { drop: DropId(1), row: 2, column: 0 };

/// What one release does to one product.
#[derive(Debug, Clone)]
enum Change {
    Name(String),
    Stock(i64),
}

fn change() -> impl Strategy<Value = (u8, Change)> {
    let name = "[a-zåäö]{0,12}".prop_map(Change::Name);
    (0..4_u8, prop_oneof![name, any::<i64>().prop_map(Change::Stock)])
}

fn sku(number: u8) -> Sku {
    Sku::new(&format!("P{number}")).expect("valid")
}

fn apply(product: &mut Product, change: &Change) -> Put {
    match change {
        Change::Name(text) => {
            let value =
                Value::new(AttributeCode::new("name").expect("valid"), Data::Text(text.clone()));
            product.content.edits =
                vec![Edit { value, cell: CELL, by: "Aino".into(), at: Moment(0) }];
            Put { content: Some(encode_content(&product.content)), ..Put::default() }
        }
        Change::Stock(quantity) => {
            let location = LocationCode::new("helsinki").expect("valid");
            product.commerce.stock = vec![StockLevel { location, quantity: *quantity, cell: CELL }];
            Put { commerce: Some(encode_commerce(&product.commerce)), ..Put::default() }
        }
    }
}

fn release(number: u64) -> Release {
    Release { number, effective_at: Moment(0), cause: Cause::Window, channels: Vec::new() }
}

fn all(store: &Store, release: u64) -> BTreeMap<Sku, Product> {
    let reader = store.reader().expect("a reader");
    let mut products = BTreeMap::new();
    reader
        .scan::<super::StoreError>(release, |id, product| {
            let single = reader.product_without_reviews(id, release)?;
            assert_eq!(single.as_ref(), Some(&product), "a scan and a look-up agree");
            products.insert(product.sku.clone(), product);
            Ok(())
        })
        .expect("readable");
    products
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_release_reads_as_it_was_made_and_comes_back_whole(
        releases in prop::collection::vec(prop::collection::vec(change(), 1..6), 1..8),
        back in any::<prop::sample::Index>(),
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path()).expect("a store");
        let mut writer = store.writer().expect("a writer");
        let mut now: BTreeMap<Sku, Product> = BTreeMap::new();
        let mut then = vec![now.clone()];
        for (number, changes) in (1..).zip(&releases) {
            writer.begin().expect("begun");
            for (product, change) in changes {
                let sku = sku(*product);
                let (id, _) = writer.ensure_product(&sku).expect("a number");
                let product = now.entry(sku.clone()).or_insert_with(|| Product::new(sku));
                writer.put(id, number, &apply(product, change)).expect("put");
            }
            writer.commit(&Commit { release: Some(release(number)), keep: 100, ..Commit::default() }).expect("committed");
            then.push(now.clone());
        }
        for (number, expected) in then.iter().enumerate() {
            prop_assert_eq!(&all(&store, number as u64), expected);
        }

        let to = back.index(releases.len()) as u64;
        let number = releases.len() as u64 + 1;
        writer.begin().expect("begun");
        writer.restore(to, number).expect("restored");
        writer.commit(&Commit { release: Some(release(number)), keep: 100, ..Commit::default() }).expect("committed");
        prop_assert_eq!(&all(&store, number), &then[to as usize]);
        prop_assert_eq!(&all(&store, number - 1), &now);
    }
}

#[test]
fn what_is_rolled_back_was_never_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(folder.path()).expect("a store");
    let mut writer = store.writer().expect("a writer");
    writer.begin().expect("begun");
    let (id, made) = writer.ensure_product(&sku(1)).expect("a number");
    assert!(made);
    let put = apply(&mut Product::new(sku(1)), &Change::Stock(3));
    writer.put(id, 1, &put).expect("put");
    writer.rollback().expect("rolled back");
    let reader = store.reader().expect("a reader");
    assert_eq!(reader.product_id(&sku(1)).expect("readable"), None);
    assert_eq!(reader.current().expect("readable"), None);
}

#[test]
fn versions_that_no_kept_release_needs_are_let_go() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(folder.path()).expect("a store");
    let mut writer = store.writer().expect("a writer");
    let mut product = Product::new(sku(1));
    for number in 1..=5_u64 {
        writer.begin().expect("begun");
        let (id, _) = writer.ensure_product(&sku(1)).expect("a number");
        let put = apply(&mut product, &Change::Stock(number as i64));
        writer.put(id, number, &put).expect("put");
        writer.forget_versions(id, number.saturating_sub(2)).expect("forgotten");
        writer
            .commit(&Commit { release: Some(release(number)), keep: 2, ..Commit::default() })
            .expect("committed");
    }
    let reader = store.reader().expect("a reader");
    assert_eq!(reader.floor().expect("readable"), 3);
    let quantity =
        |number| all(&store, number).into_values().next().map(|p| p.commerce.stock[0].quantity);
    assert_eq!([3, 4, 5].map(quantity), [Some(3), Some(4), Some(5)]);
    assert_eq!(quantity(2), None, "it is below the floor");
}

/// What takes a store back to an older format.
const OLDER: [&str; 4] = [
    "DROP TABLE stale; PRAGMA user_version = 1;",
    "DROP TABLE missing;
     ALTER TABLE dropped DROP COLUMN read_by;
     ALTER TABLE dropped DROP COLUMN speaks_as;
     ALTER TABLE dropped DROP COLUMN range;
     ALTER TABLE dropped DROP COLUMN held;
     PRAGMA user_version = 2;",
    "ALTER TABLE asset DROP COLUMN facts; DROP TABLE asset_beginning; PRAGMA user_version = 3;",
    "DROP TABLE picture;
     DROP TABLE asset_band;
     DROP INDEX asset_use_product;
     DROP INDEX asset_hash;
     ALTER TABLE asset ADD COLUMN stem TEXT NOT NULL DEFAULT '';
     CREATE INDEX asset_stem ON asset (stem);
     PRAGMA user_version = 4;",
];

#[test]
fn stores_of_older_formats_are_brought_up_to_date() {
    for format in 1..=4 {
        let folder = tempfile::tempdir().expect("a folder");
        let open = || Store::open(folder.path()).expect("it opens");
        let mut writer = open().writer().expect("a writer");
        writer.begin().expect("begun");
        writer.set_setting("configuration", "of then").expect("set");
        writer.commit(&dropped(1, DropNote::default())).expect("committed");
        let database = writer.path.clone();
        drop(writer);
        let old = rusqlite::Connection::open(database).expect("a database");
        for step in OLDER[format - 1..].iter().rev() {
            old.execute_batch(step).expect("made old");
        }

        let store = open();
        let mut writer = store.writer().expect("a writer");
        let looked_at_anew = writer.setting("configuration").expect("read").is_none();
        assert!(looked_at_anew);
        let seen = writer.last_drop(DropKind::Stock, "stock/s.csv").expect("read");
        let seen = seen.expect("the drop of then");
        assert_eq!((seen.read_by, seen.speaks_as, seen.held), (None, DropId(1), false));
        writer.begin().expect("begun");
        let (id, _) = writer.ensure_product(&sku(1)).expect("made");
        let care = PluginName::new("care").expect("valid");
        writer.set_stale(id, [&care]).expect("set");
        let missing = vec![sku(7)];
        writer
            .commit(&dropped(2, DropNote { missing: missing.clone(), ..DropNote::default() }))
            .expect("committed");
        let stale = store.reader().expect("a reader").stale().expect("read");
        assert_eq!(stale, BTreeMap::from([("care".to_owned(), 1)]));
        assert_eq!(writer.missing(DropId(2)).expect("read"), missing);
    }
}

#[test]
fn what_is_left_to_do_about_a_file_is_what_its_last_drop_left() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut writer = Store::open(folder.path()).and_then(|store| store.writer()).expect("a writer");
    let note = |skus: &[u8]| DropNote {
        missing: skus.iter().map(|n| sku(*n)).collect(),
        ..DropNote::default()
    };
    for (number, note) in (1..).zip([note(&[1, 2]), note(&[2])]) {
        writer.begin().expect("begun");
        writer.commit(&dropped(number, note)).expect("committed");
    }
    assert_eq!(writer.missing(DropId(1)).expect("read"), []);
    assert_eq!(writer.found_since().expect("read"), []);
    writer.begin().expect("begun");
    writer.ensure_product(&sku(1)).expect("made");
    let (two, _) = writer.ensure_product(&sku(2)).expect("made");
    writer.commit(&Commit::default()).expect("committed");
    let found = writer.found_since().expect("read");
    assert_eq!(found, [(DropKind::Stock, "stock/s.csv".to_owned(), vec![two])]);
}

/// A drop of a stock file of which nothing could be used.
fn dropped(number: u32, note: DropNote) -> Commit {
    let receipt = Receipt {
        drop: DropId(number),
        kind: DropKind::Stock,
        file: "stock/s.csv".to_owned(),
        hash: Hash([1; 32]),
        size: 1,
        at: Moment(0),
        milliseconds: 1,
        outcome: DropOutcome::Unchanged,
        release: None,
        read_as: String::new(),
        columns: Vec::new(),
        rows: RowCounts::default(),
        cells_left_out: 0,
        warnings: 0,
        rejects: None,
        too_many: None,
        question: None,
        products: ProductCounts::default(),
        messages: Vec::new(),
        message_counts: BTreeMap::new(),
    };
    Commit { receipt: Some((receipt, 0)), note, ..Commit::default() }
}

fn facts(perceptual_hash: u64, content: Content) -> Facts {
    Facts {
        maker: Hash([7; 32]),
        media_type: "image/jpeg".into(),
        width: 400,
        height: 300,
        orientation: 1,
        frames: 1,
        profile: None,
        transparent: false,
        white_background: true,
        sharpness: 500,
        colors: Vec::new(),
        thumbhash: Vec::new(),
        perceptual_hash,
        focus: Point { x: 500, y: 500 },
        content,
        remarks: Vec::new(),
    }
}

proptest! {
    /// As if all photos were looked at.
    #[test]
    fn what_looks_alike_is_found(
        one in any::<u64>(),
        others in prop::collection::vec(prop::collection::vec(0..64_u32, 0..8), 1..12),
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        let mut writer = Store::open(folder.path()).and_then(|store| store.writer()).expect("a writer");
        writer.begin().expect("begun");
        let mut alike = Vec::new();
        for (number, bits) in (10..).zip(others) {
            let hash = bits.into_iter().fold(one, |hash, bit| hash ^ (1 << bit));
            let name = SmolStr::new(format!("{number}.jpg"));
            let content = if number == 15 { Content::Graphic } else { Content::Photo };
            let facts = Some(Arc::new(facts(hash, content)));
            let asset = Asset { name: name.clone(), hash: Hash([number; 32]), size: 1, modified: 1, facts };
            writer.put_asset(&asset, &[]).expect("put");
            if number == 11 {
                writer.set_facts(&name, None).expect("set");
            } else if content == Content::Photo && (hash ^ one).count_ones() <= ALIKE {
                alike.push(name);
            }
        }
        let found = writer.assets_alike(one).expect("read");
        prop_assert_eq!(found.into_iter().map(|asset| asset.name).collect::<Vec<_>>(), alike);
    }
}

#[test]
fn a_product_names_the_photos_that_it_named_last() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut writer = Store::open(folder.path()).and_then(|store| store.writer()).expect("a writer");
    writer.begin().expect("begun");
    let (one, two) = (ProductId(1), ProductId(2));
    writer.use_assets(one, &["a.jpg".into(), "b.jpg".into(), "a.jpg".into()]).expect("kept");
    writer.use_assets(two, &["b.jpg".into()]).expect("kept");
    writer.use_assets(one, &["c.jpg".into(), "b.jpg".into()]).expect("kept");
    let users = ["a.jpg", "b.jpg", "c.jpg"].map(|name| writer.asset_users(name).expect("read"));
    assert_eq!(users, [vec![], vec![one, two], vec![one]]);
}

#[test]
fn pictures_are_due_when_they_are() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut writer = Store::open(folder.path()).and_then(|store| store.writer()).expect("a writer");
    writer.begin().expect("begun");
    assert_eq!(writer.next_picture().expect("read"), None);
    let known = Picture {
        version: Some(Version { etag: Some("\"1\"".to_owned()), last_modified: None }),
        failures: 2,
        why: Some(rikaste_model::words!("fetch-empty", url = "https://a.test/known.jpg").into()),
        ..Picture::new("https://a.test/known.jpg", Moment(300))
    };
    let pictures = [
        known.clone(),
        Picture::new("https://a.test/new.jpg", Moment(0)),
        Picture::new("https://a.test/later.jpg", Moment(301)),
        Picture::new("https://b.test/never.jpg", Picture::NEVER),
    ];
    for picture in &pictures {
        writer.put_picture(picture).expect("kept");
    }
    let due = |now, limit| writer.pictures_due(Moment(now), limit).expect("read");
    assert_eq!(due(300, 9), [pictures[1].clone(), known.clone()]);
    assert_eq!(due(300, 1).len(), 1);
    assert_eq!(writer.next_picture().expect("read"), Some(Moment(0)));
    assert_eq!(writer.pictures_failing(9).expect("read"), std::slice::from_ref(&known));
    let older = Picture { why: Some("it was gone".into()), ..known.clone() };
    writer.put_picture(&older).expect("kept");
    assert_eq!(writer.picture(&known.url).expect("read"), Some(older));
    writer.forget_picture(&known.url).expect("forgotten");
    assert_eq!(writer.picture(&known.url).expect("read"), None);
}
