//! What the store promises: every kept release reads as it was written, whatever came after.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;
use smol_str::SmolStr;

use super::{
    AssetEntry, ChannelProjectionState, DropMetadata, FeedNumber, MAX_SIMILAR_BITS, PartUpdate,
    ProductId, ReleaseCommit, RemotePhoto, RemotePhotoVersion, Store, encode_commerce,
    encode_content,
};
use rikaste_model::code::{AttributeCode, LocationCode, PluginName, Sku};
use rikaste_model::moment::Moment;
use rikaste_model::photo::{FocusPoint, PhotoContent, PhotoMetadata};
use rikaste_model::product::{CellOrigin, ContentHash, DropId, ManualEdit, Product, StockLevel};
use rikaste_model::projection::CompletenessLevel;
use rikaste_model::receipt::{DropOutcome, ProductCounts, Receipt, RowCounts};
use rikaste_model::record::DropKind;
use rikaste_model::release::{DocumentHash, Release, ReleaseCause, ReleaseNumber};
use rikaste_model::value::{AttributeValue, ValueData};

const CELL: CellOrigin = CellOrigin { drop: DropId(1), row: 2, column: 0 };

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

fn apply(product: &mut Product, change: &Change) -> PartUpdate {
    match change {
        Change::Name(text) => {
            let value = AttributeValue::new(
                AttributeCode::new("name").expect("valid"),
                ValueData::Text(text.clone()),
            );
            product.content.edits =
                vec![ManualEdit { value, cell: CELL, by: "Aino".into(), at: Moment(0) }];
            PartUpdate { content: Some(encode_content(&product.content)), ..PartUpdate::default() }
        }
        Change::Stock(quantity) => {
            let location = LocationCode::new("helsinki").expect("valid");
            product.commerce.stock = vec![StockLevel { location, quantity: *quantity, cell: CELL }];
            PartUpdate {
                commerce: Some(encode_commerce(&product.commerce)),
                ..PartUpdate::default()
            }
        }
    }
}

fn release(number: ReleaseNumber) -> Release {
    Release { number, effective_at: Moment(0), cause: ReleaseCause::Window, channels: Vec::new() }
}

fn all(store: &Store, release: ReleaseNumber) -> BTreeMap<Sku, Product> {
    let reader = store.open_reader().expect("a reader");
    let mut products = BTreeMap::new();
    reader
        .scan_products::<super::StoreError>(release, |id, product| {
            let single = reader.load_product_without_reviews(id, release)?;
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
        let store = Store::open_or_create(folder.path()).expect("a store");
        let mut writer = store.open_writer().expect("a writer");
        let mut now: BTreeMap<Sku, Product> = BTreeMap::new();
        let mut then = vec![now.clone()];
        for (number, changes) in (1..).map(ReleaseNumber).zip(&releases) {
            writer.begin_transaction().expect("begun");
            for (product, change) in changes {
                let sku = sku(*product);
                let (id, _) = writer.find_or_insert_product(&sku).expect("a number");
                let product = now.entry(sku.clone()).or_insert_with(|| Product::new(sku));
                writer.store_parts(id, number, &apply(product, change)).expect("put");
            }
            writer.commit_transaction(&ReleaseCommit { release: Some(release(number)), keep_releases: 100, ..ReleaseCommit::default() }).expect("committed");
            then.push(now.clone());
        }
        for (number, expected) in then.iter().enumerate() {
            prop_assert_eq!(&all(&store, ReleaseNumber(number as u64)), expected);
        }

        let to = back.index(releases.len()) as u64;
        let number = ReleaseNumber(releases.len() as u64 + 1);
        writer.begin_transaction().expect("begun");
        writer.restore_release(ReleaseNumber(to), number).expect("restored");
        writer.commit_transaction(&ReleaseCommit { release: Some(release(number)), keep_releases: 100, ..ReleaseCommit::default() }).expect("committed");
        prop_assert_eq!(&all(&store, number), &then[to as usize]);
        prop_assert_eq!(&all(&store, number.go_back(1)), &now);
    }
}

#[test]
fn what_is_rolled_back_was_never_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open_or_create(folder.path()).expect("a store");
    let mut writer = store.open_writer().expect("a writer");
    writer.begin_transaction().expect("begun");
    let (id, made) = writer.find_or_insert_product(&sku(1)).expect("a number");
    assert!(made);
    let put = apply(&mut Product::new(sku(1)), &Change::Stock(3));
    writer.store_parts(id, ReleaseNumber(1), &put).expect("put");
    writer.rollback_transaction().expect("rolled back");
    let reader = store.open_reader().expect("a reader");
    assert_eq!(reader.find_product_id(&sku(1)).expect("readable"), None);
    assert_eq!(reader.load_current_release().expect("readable"), None);
}

#[test]
fn versions_that_no_kept_release_needs_are_let_go() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open_or_create(folder.path()).expect("a store");
    let mut writer = store.open_writer().expect("a writer");
    let mut product = Product::new(sku(1));
    for number in (1..=5).map(ReleaseNumber) {
        writer.begin_transaction().expect("begun");
        let (id, _) = writer.find_or_insert_product(&sku(1)).expect("a number");
        let put = apply(&mut product, &Change::Stock(number.0 as i64));
        writer.store_parts(id, number, &put).expect("put");
        writer.delete_unneeded_versions(id, number.go_back(2)).expect("forgotten");
        writer
            .commit_transaction(&ReleaseCommit {
                release: Some(release(number)),
                keep_releases: 2,
                ..ReleaseCommit::default()
            })
            .expect("committed");
    }
    let reader = store.open_reader().expect("a reader");
    assert_eq!(reader.find_oldest_kept_release().expect("readable"), ReleaseNumber(3));
    let quantity = |number| {
        all(&store, ReleaseNumber(number))
            .into_values()
            .next()
            .map(|p| p.commerce.stock[0].quantity)
    };
    assert_eq!([3, 4, 5].map(quantity), [Some(3), Some(4), Some(5)]);
    assert_eq!(quantity(2), None, "it is below the floor");
}

/// What takes a store back to an older format.
const OLDER: [&str; 6] = [
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
    "DROP TABLE link_use; PRAGMA user_version = 5;",
    "ALTER TABLE dropped DROP COLUMN refused;
     ALTER TABLE dropped DROP COLUMN undone;
     PRAGMA user_version = 6;",
];

#[test]
fn stores_of_older_formats_are_brought_up_to_date() {
    for format in 1..=6 {
        let folder = tempfile::tempdir().expect("a folder");
        let open = || Store::open_or_create(folder.path()).expect("it opens");
        let mut writer = open().open_writer().expect("a writer");
        writer.begin_transaction().expect("begun");
        writer.store_setting("configuration", "of then").expect("set");
        writer.commit_transaction(&dropped(1, DropMetadata::default())).expect("committed");
        let database = writer.path.clone();
        drop(writer);
        let old = rusqlite::Connection::open(database).expect("a database");
        for step in OLDER[format - 1..].iter().rev() {
            old.execute_batch(step).expect("made old");
        }

        let store = open();
        let mut writer = store.open_writer().expect("a writer");
        let looked_at_anew = writer.load_setting("configuration").expect("read").is_none();
        assert_eq!(looked_at_anew, format < 6);
        let seen = writer.find_last_drop(DropKind::Stock, "stock/s.csv").expect("read");
        let seen = seen.expect("the drop of then");
        assert_eq!(
            (seen.import_fingerprint, seen.effective_age, seen.awaits_approval, seen.is_set_aside),
            (None, DropId(1), false, false)
        );
        writer.begin_transaction().expect("begun");
        let (id, _) = writer.find_or_insert_product(&sku(1)).expect("made");
        let care = PluginName::new("care").expect("valid");
        writer.store_stale_plugins(id, [&care]).expect("set");
        let missing = vec![sku(7)];
        writer
            .commit_transaction(&dropped(
                2,
                DropMetadata { missing_skus: missing.clone(), ..DropMetadata::default() },
            ))
            .expect("committed");
        let stale = store.open_reader().expect("a reader").count_stale_products().expect("read");
        assert_eq!(stale, BTreeMap::from([("care".to_owned(), 1)]));
        assert_eq!(writer.list_missing_skus(DropId(2)).expect("read"), missing);
    }
}

#[test]
fn what_is_left_to_do_about_a_file_is_what_its_last_drop_left() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut writer = Store::open_or_create(folder.path())
        .and_then(|store| store.open_writer())
        .expect("a writer");
    let note = |skus: &[u8]| DropMetadata {
        missing_skus: skus.iter().map(|n| sku(*n)).collect(),
        ..DropMetadata::default()
    };
    for (number, note) in (1..).zip([note(&[1, 2]), note(&[2])]) {
        writer.begin_transaction().expect("begun");
        writer.commit_transaction(&dropped(number, note)).expect("committed");
    }
    assert_eq!(writer.list_missing_skus(DropId(1)).expect("read"), []);
    assert_eq!(writer.list_unblocked_files().expect("read"), []);
    writer.begin_transaction().expect("begun");
    writer.find_or_insert_product(&sku(1)).expect("made");
    let (two, _) = writer.find_or_insert_product(&sku(2)).expect("made");
    writer.commit_transaction(&ReleaseCommit::default()).expect("committed");
    let found = writer.list_unblocked_files().expect("read");
    assert_eq!(found, [(DropKind::Stock, "stock/s.csv".to_owned(), vec![two])]);
}

#[test]
fn a_rollback_takes_drops_back_and_another_one_has_them_count_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open_or_create(folder.path()).expect("a store");
    let mut writer = store.open_writer().expect("a writer");
    for number in 1..=3 {
        let mut commit = dropped(number, DropMetadata::default());
        let (receipt, _) = commit.receipt.as_mut().expect("a receipt");
        receipt.release = Some(ReleaseNumber(number.into()));
        receipt.outcome = DropOutcome::Released;
        writer.begin_transaction().expect("begun");
        writer.commit_transaction(&commit).expect("committed");
    }
    let mut roll_back = |to: u64, release: u64| {
        writer.begin_transaction().expect("begun");
        let to = ReleaseNumber(to);
        let told = writer.record_rollback(to, ReleaseNumber(release)).expect("recorded");
        writer.commit_transaction(&ReleaseCommit::default()).expect("committed");
        let receipt = |drop| writer.load_receipt(DropId(drop)).expect("read").expect("a receipt");
        let undone = [1, 2, 3].map(|drop| receipt(drop).undone.map(|release| release.0));
        let crate::LaterDrops { receipts: left, more, .. } =
            writer.list_drops_after(ReleaseNumber(0), 1).expect("read");
        let last = writer.find_last_drop(DropKind::Stock, "stock/s.csv").expect("read");
        let is_set_aside = last.expect("there is one").is_set_aside;
        let drops = |drops: &[DropId]| drops.iter().map(|drop| drop.0).collect::<Vec<_>>();
        let left: Vec<_> = left.iter().map(|receipt| receipt.drop).collect();
        (drops(&told), undone, drops(&left), more, is_set_aside)
    };
    assert_eq!(roll_back(1, 4), (vec![2, 3], [None, Some(4), Some(4)], vec![1], 0, true));
    assert_eq!(roll_back(2, 5), (vec![2, 3], [None, None, Some(5)], vec![2], 1, true));
    assert_eq!(roll_back(3, 6), (vec![3], [None, None, None], vec![3], 2, false));
}

/// A drop of a stock file of which nothing could be used.
fn dropped(number: u32, note: DropMetadata) -> ReleaseCommit {
    let receipt = Receipt {
        drop: DropId(number),
        kind: DropKind::Stock,
        file: "stock/s.csv".to_owned(),
        hash: Some(ContentHash([1; 32])),
        size: 1,
        at: Moment(0),
        milliseconds: 1,
        outcome: DropOutcome::Unchanged,
        release: None,
        undone: None,
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
    ReleaseCommit { receipt: Some((receipt, 0)), drop_metadata: note, ..ReleaseCommit::default() }
}

fn facts(perceptual_hash: u64, content: PhotoContent) -> PhotoMetadata {
    PhotoMetadata {
        maker: ContentHash([7; 32]),
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
        focus: FocusPoint { x: 500, y: 500 },
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
        let mut writer = Store::open_or_create(folder.path()).and_then(|store| store.open_writer()).expect("a writer");
        writer.begin_transaction().expect("begun");
        let mut alike = Vec::new();
        for (number, bits) in (10..).zip(others) {
            let hash = bits.into_iter().fold(one, |hash, bit| hash ^ (1 << bit));
            let name = SmolStr::new(format!("{number}.jpg"));
            let content = if number == 15 { PhotoContent::Graphic } else { PhotoContent::Photo };
            let facts = Some(Arc::new(facts(hash, content)));
            let asset = AssetEntry { name: name.clone(), hash: ContentHash([number; 32]), size: 1, modified: 1, facts };
            writer.store_asset(&asset, &[]).expect("put");
            if number == 11 {
                writer.store_photo_metadata(&name, None).expect("set");
            } else if content == PhotoContent::Photo && (hash ^ one).count_ones() <= MAX_SIMILAR_BITS {
                alike.push(name);
            }
        }
        let found = writer.list_similar_assets(one).expect("read");
        prop_assert_eq!(found.into_iter().map(|asset| asset.name).collect::<Vec<_>>(), alike);
    }
}

#[test]
fn a_product_names_the_photos_that_it_named_last() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut writer = Store::open_or_create(folder.path())
        .and_then(|store| store.open_writer())
        .expect("a writer");
    writer.begin_transaction().expect("begun");
    let (one, two) = (ProductId(1), ProductId(2));
    writer.store_asset_uses(one, &["a.jpg".into(), "b.jpg".into(), "a.jpg".into()]).expect("kept");
    writer.store_asset_uses(two, &["b.jpg".into()]).expect("kept");
    writer.store_asset_uses(one, &["c.jpg".into(), "b.jpg".into()]).expect("kept");
    let users =
        ["a.jpg", "b.jpg", "c.jpg"].map(|name| writer.list_asset_users(name).expect("read"));
    assert_eq!(users, [vec![], vec![one, two], vec![one]]);
}

#[test]
fn pictures_are_due_when_they_are() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut writer = Store::open_or_create(folder.path())
        .and_then(|store| store.open_writer())
        .expect("a writer");
    writer.begin_transaction().expect("begun");
    assert_eq!(writer.find_next_fetch_time().expect("read"), None);
    let known = RemotePhoto {
        version: Some(RemotePhotoVersion { etag: Some("\"1\"".to_owned()), last_modified: None }),
        failures: 2,
        failure_reason: Some(
            rikaste_model::words!("fetch-empty", url = "https://a.test/known.jpg").into(),
        ),
        ..RemotePhoto::new("https://a.test/known.jpg", Moment(300))
    };
    let pictures = [
        known.clone(),
        RemotePhoto::new("https://a.test/new.jpg", Moment(0)),
        RemotePhoto::new("https://a.test/later.jpg", Moment(301)),
        RemotePhoto::new("https://b.test/never.jpg", RemotePhoto::NEVER),
    ];
    for picture in &pictures {
        writer.store_remote_photo(picture).expect("kept");
    }
    let due = |now, limit| writer.list_due_remote_photos(Moment(now), limit).expect("read");
    assert_eq!(due(300, 9), [pictures[1].clone(), known.clone()]);
    assert_eq!(due(300, 1).len(), 1);
    assert_eq!(writer.find_next_fetch_time().expect("read"), Some(Moment(0)));
    assert_eq!(writer.list_failing_remote_photos(9).expect("read"), std::slice::from_ref(&known));
    let older = RemotePhoto { failure_reason: Some("it was gone".into()), ..known.clone() };
    writer.store_remote_photo(&older).expect("kept");
    assert_eq!(writer.load_remote_photo(&known.url).expect("read"), Some(older));
    writer.delete_remote_photo(&known.url).expect("forgotten");
    assert_eq!(writer.load_remote_photo(&known.url).expect("read"), None);
}

#[test]
fn what_a_channel_shows_is_stored_as_it_always_was() {
    use CompletenessLevel::{Complete, Fallback, Incomplete};
    let now = ChannelProjectionState {
        channel: FeedNumber(3),
        hash: DocumentHash(7),
        locales: vec![Complete, Fallback, Incomplete],
    };
    let before = (3_u16, DocumentHash(7), vec![0_u8, 1, 2]);
    assert_eq!(postcard::to_allocvec(&now), postcard::to_allocvec(&before));
}
