//! A trial says what the drop says that follows it, changes nothing, and waits for no drop.

use rikaste_import::MappingSet;
use rikaste_model::product::DropId;
use rikaste_model::receipt::{DropOutcome, Receipt};
use rikaste_model::record::DropKind;
use rikaste_pipeline::{DropTrial, TableFile, TrialShop};
use rikaste_store::Store;

#[path = "fixtures/row_shop.rs"]
mod row_shop;

use row_shop::{NOON, RowShop};

const PRODUCTS: DropKind = DropKind::Products;
const PRICES: DropKind = DropKind::Prices;
const EDITS: DropKind = DropKind::Edits;

/// Files in the order in which they come: new, corrected, held, refused in part, unreadable, and known already.
const FILES: [(DropKind, &str, &str); 9] = [
    (PRODUCTS, "a.csv", "sku,name,color,related\nA,Takki,sand,B\nB,Pipo,moss,\n"),
    (PRICES, "p.csv", "sku,price\nA,10\nB,20\nC,30\n"),
    (PRODUCTS, "a.csv", "sku,name\nA,Takki\nB,Myssy\n"),
    (PRICES, "week.csv", "sku,price,campaign period\nA,5,48\n"),
    (EDITS, "e.csv", "sku,attribute,value,by\nA,size,XL,Aino\n"),
    (PRODUCTS, "range-1.csv", "sku,name\nA,Takki\nC,Huivi\nD,Vyö\n"),
    (PRODUCTS, "range-1.csv", "sku,name\nA,Takki\n"),
    (PRODUCTS, "none.csv", "väri\nsand\n"),
    (PRODUCTS, "range-1.csv", "sku,name\nA,Takki\nC,Huivi\nD,Vyö\n"),
];

fn try_out(shop: &RowShop, kind: DropKind, name: &str, text: &str) -> DropTrial {
    let path = shop.folder.path().join(format!("sent-{name}"));
    std::fs::write(&path, text).expect("written");
    let scratch = shop.folder.path().join("trials");
    std::fs::create_dir_all(&scratch).expect("a folder");
    let trial = TrialShop {
        store: &shop.folder.path().join("store"),
        scratch: &scratch,
        configuration: &shop.pipeline.configuration(),
        mappings: MappingSet::default(),
    };
    let table = TableFile { kind, file: format!("{}/{name}", kind.folder()), path };
    DropTrial::run(trial, table, NOON).expect("the machine is well")
}

/// A receipt without what no two drops have in common.
fn without_time(receipt: Receipt) -> Receipt {
    Receipt { milliseconds: 0, ..receipt }
}

#[test]
fn a_trial_says_what_the_drop_says_and_changes_nothing() {
    let mut shop = RowShop::new();
    let mut outcomes = Vec::new();
    for (kind, name, text) in FILES {
        let before = shop.pipeline.reader().load_current_release().expect("the store");
        let trial = try_out(&shop, kind, name, text);
        let after = shop.pipeline.reader().load_current_release().expect("the store");
        assert_eq!(after, before, "{name} made a release");
        assert_eq!(trial.release_before().is_some(), trial.receipt.release.is_some());
        let dropped = shop.import_kind(kind, name, text);
        assert_eq!(without_time(trial.receipt), without_time(dropped.clone()), "{name}");
        outcomes.push(dropped.outcome);
    }
    for outcome in
        [DropOutcome::Released, DropOutcome::Held, DropOutcome::Rejected, DropOutcome::Unchanged]
    {
        assert!(outcomes.contains(&outcome), "no file was {outcome:?}: {outcomes:?}");
    }
    let left = std::fs::read_dir(shop.folder.path().join("trials")).expect("a folder").count();
    assert_eq!(left, 0, "copies stay");
}

#[test]
fn the_copy_has_both_releases_that_differ() {
    let mut shop = RowShop::new();
    shop.import("a.csv", "sku,name\nA,Takki\n");
    let trial = try_out(&shop, PRODUCTS, "b.csv", "sku,name\nA,Pusero\n");
    let reader = trial.store.open_reader().expect("a reader");
    let (before, release) = (trial.release_before(), trial.receipt.release);
    let (before, release) = before.zip(release).expect("it made a release");
    let sku = shop.product("A").sku;
    let id = reader.find_product_id(&sku).expect("the store").expect("a product");
    assert!(reader.is_changed_between(id, [before, release]).expect("the store"));
    assert!(shop.pipeline.reader().load_receipt(DropId(2)).expect("the store").is_none());
}

#[test]
fn a_trial_does_not_wait_for_a_drop_that_is_under_way() {
    let mut shop = RowShop::new();
    shop.import("a.csv", "sku,name\nA,Takki\n");
    let store = Store::open_or_create(&shop.folder.path().join("store")).expect("the store");
    let mut writer = store.open_writer().expect("a writer");
    writer.begin_transaction().expect("begun");
    let trial = try_out(&shop, PRICES, "p.csv", "sku,price\nA,10\n");
    assert_eq!(trial.receipt.outcome, DropOutcome::Released);
    writer.rollback_transaction().expect("it is open still");
}
