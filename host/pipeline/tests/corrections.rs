//! A file of products that comes again under its name, and says less than before.

use expect_test::{Expect, expect};
use rikaste_model::product::DropId;
use rikaste_model::receipt::{DropOutcome, Receipt};
use rikaste_model::record::DropKind;
use rikaste_pipeline::{ApprovalScope, ImportReason};

#[path = "fixtures/row_shop.rs"]
mod row_shop;

use row_shop::RowShop;

#[expect(clippy::needless_pass_by_value, reason = "`check(…, expect![[…]])` reads best")]
fn check_messages(receipt: &Receipt, expected: Expect) {
    let mut text = format!("{:?}\n", receipt.outcome);
    for message in &receipt.messages {
        text.push_str(&format!("{} {message}\n", message.severity));
    }
    expected.assert_eq(&text);
}

#[test]
fn what_a_corrected_file_no_longer_mentions_is_withdrawn() {
    let mut shop = RowShop::new();
    shop.import(
        "a.csv",
        "sku,name,color,related,images\nA,Takki,sand,B,http://x.example/1.jpg\nB,Pipo,moss,,\n",
    );
    expect!["product; name = Takki; color = sand; images = 1.jpg; → B"].assert_eq(&shop.say("A"));
    let receipt = shop.import("a.csv", "sku,name\nA,Takki\nB,Pipo\n");
    expect!["product; name = Takki"].assert_eq(&shop.say("A"));
    check_messages(
        &receipt,
        expect![[r#"
            Released
            info values and links that an earlier version of this file stated and this one does not mention, now withdrawn: 4 (products: 2): "A: color, images, related", "B: color"
        "#]],
    );
    // Dropped once more, it says nothing new.
    let again = shop.import("a.csv", "sku,name\nB,Pipo\nA,Takki\n");
    assert_eq!((again.outcome, again.messages.len()), (DropOutcome::Unchanged, 0), "{again:?}");
}

#[test]
fn what_others_said_stays_and_comes_back() {
    let mut shop = RowShop::new();
    shop.import("a.csv", "sku,name,color,related\nA,Takki,sand,B\nB,Pipo,,\n");
    shop.import("b.csv", "sku,color,size,related\nA,moss,L,C\nC,Huivi,,\n");
    shop.import_kind(DropKind::Edits, "edits.csv", "sku,attribute,value,by\nA,size,XL,Aino\n");
    // The file that had taken the place of color and links takes both back, and size is of its own.
    let receipt = shop.import("b.csv", "sku,name\nA,Takki\n");
    expect!["product; name = Takki; color = sand; → B"].assert_eq(&shop.say("A"));
    assert_eq!(shop.product("A").content.edits.len(), 1);
    check_messages(
        &receipt,
        expect![[r#"
            Released
            info rows of the version of this file before that are about products which this one does not name: 1 of 2; these products stay as they are. To take them out, say that the file is the whole range: full = true in a file in mappings/
            info values and links that an earlier version of this file stated and this one does not mention, now withdrawn: 3 (products: 1): "A: color, related, size"
        "#]],
    );
    // Another file says nothing of what this one said.
    let receipt = shop.import("c.csv", "sku,size\nA,S\n");
    expect!["product; name = Takki; color = sand; size = S; → B"].assert_eq(&shop.say("A"));
    check_messages(
        &receipt,
        expect![[r#"
        Released
        info size: 1 value was set by hand, and that wins: "A"
    "#]],
    );
}

#[test]
fn rows_that_are_joined_mention_together() {
    let mut shop = RowShop::new();
    shop.import("a.csv", "sku,name,color,images\nA,Takki,,1.jpg\nA,,sand,2.jpg\n");
    let receipt = shop.import("a.csv", "sku,name,color,images\nA,Takki,,1.jpg\nA,,sand,\n");
    expect!["product; name = Takki; color = sand; images = 1.jpg"].assert_eq(&shop.say("A"));
    check_messages(
        &receipt,
        expect![[r#"
        Released
        info row 3, A: row 2 is about this SKU, too; what both say was put together
    "#]],
    );
    let json = r#"[{"sku":"A","name":"Takki"},{"sku":"A","color":"sand"}]"#;
    shop.import("a.json", r#"[{"sku":"A","name":"Takki","color":"moss","size":"L"}]"#);
    let receipt = shop.import("a.json", json);
    check_messages(
        &receipt,
        expect![[r#"
            Released
            info values and links that an earlier version of this file stated and this one does not mention, now withdrawn: 1 (products: 1): "A: size"
            info row 2, A: row 1 is about this SKU, too; what both say was put together
        "#]],
    );
    expect!["product; name = Takki; color = sand; images = 1.jpg"].assert_eq(&shop.say("A"));
}

#[test]
fn much_is_asked_about() {
    let mut shop = RowShop::new();
    let rows = |header: &str, row: &dyn Fn(usize) -> String| {
        format!("{header}\n{}", (0..40).map(row).collect::<String>())
    };
    let whole = rows("sku,name,color", &|at| format!("A{at},Takki {at},sand\n"));
    let less = rows("sku,name", &|at| format!("A{at},Takki {at}\n"));
    shop.import("a.csv", &whole);
    let held = shop.import("a.csv", &less);
    check_messages(
        &held,
        expect![[r#"
            Held
            error an earlier version of this file stated values that this one does not mention ("color"; values: 40, products: 40): they would be withdrawn, such as "A0: color", "A1: color", "A2: color", "A3: color", "A4: color", "A5: color", and 34 more. Does this file say all that there is to say? If so, run: rikaste drop approve products/a.csv. If it only adds to the earlier one, drop it under another name
        "#]],
    );
    expect![[r#"Some(Withdrawal { values: 40, products: 40, attributes: ["color"] })"#]]
        .assert_eq(&format!("{:?}", held.question));
    expect!["product; name = Takki 7; color = sand"].assert_eq(&shop.say("A7"));
    // Every second row is too much as well, and one in ten is not.
    let some = |each: usize| {
        rows("sku,name,color", &|at| match at % each {
            0 => format!("A{at},Takki {at},\n"),
            _ => format!("A{at},Takki {at},sand\n"),
        })
    };
    assert_eq!(shop.import("a.csv", &some(2)).outcome, DropOutcome::Released);
    let hash = held.hash.expect("a file");
    let reason = ImportReason::Approved { hash, scope: ApprovalScope::Withdrawal };
    let taken = shop.import_for(reason, DropKind::Products, "a.csv", &less);
    check_messages(
        &taken,
        expect![[r#"
            Released
            info taken in although many values go: it was approved
            info values and links that an earlier version of this file stated and this one does not mention, now withdrawn: 20 (products: 20): "A1: color", "A3: color", "A5: color", "A7: color", "A9: color", "A11: color", and 14 more
        "#]],
    );
    expect!["product; name = Takki 7"].assert_eq(&shop.say("A7"));
}

#[test]
fn a_file_without_names_is_asked_about() {
    let mut shop = RowShop::new();
    shop.import("a.csv", "sku,name,color\nA,Takki,sand\nB,Pipo,moss\n");
    let held = shop.import("a.csv", "sku,color\nA,ash\n");
    check_messages(
        &held,
        expect![[r#"
            Held
            info rows of the version of this file before that are about products which this one does not name: 1 of 2; these products stay as they are. To take them out, say that the file is the whole range: full = true in a file in mappings/
            error an earlier version of this file stated values that this one does not mention ("name"; values: 1, products: 1): they would be withdrawn, such as "A: name". Does this file say all that there is to say? If so, run: rikaste drop approve products/a.csv. If it only adds to the earlier one, drop it under another name
        "#]],
    );
    expect!["product; name = Takki; color = sand"].assert_eq(&shop.say("A"));
}

#[test]
fn what_could_not_be_read_is_not_withdrawn() {
    let mut shop = RowShop::new();
    shop.import("a.csv", "sku,name,size,weight\nA,Takki,L,100 g\nB,Pipo,M,50 g\n");
    let receipt = shop.import("a.csv", "sku,name,weight\nA,Takki,a lot\nB,Pipo,60 g\n");
    expect!["product; name = Takki; size = L; weight = 0.1 kg"].assert_eq(&shop.say("A"));
    expect!["product; name = Pipo; weight = 0.06 kg"].assert_eq(&shop.say("B"));
    check_messages(
        &receipt,
        expect![[r#"
            Released
            info values and links that an earlier version of this file stated and this one does not mention, now withdrawn: 1 (products: 1): "B: size"
            warning products of which an earlier version of this file says more than this one: 1: "A"; that stays because cells of their rows could not be read; mend them and drop the whole file again
            warning row 2, A, weight "a lot": this is not a measurement; write a number and a unit, such as 0.4 kg; the value was left out
        "#]],
    );
}

#[test]
fn a_state_that_keeps_a_product_out_stays() {
    let mut shop = RowShop::new();
    shop.import("a.csv", "sku,name,status\nA,Takki,archived\nB,Pipo,active\n");
    let receipt = shop.import("a.csv", "sku,name\nA,Takki\nB,Pipo\n");
    expect!["product; name = Takki; status = archived"].assert_eq(&shop.say("A"));
    expect!["product; name = Pipo"].assert_eq(&shop.say("B"));
    check_messages(
        &receipt,
        expect![[r#"
            Released
            info values and links that an earlier version of this file stated and this one does not mention, now withdrawn: 1 (products: 1): "B: status"
            warning products that an earlier version of this file took out of the shop, and of whose state this one says nothing: 1: "A"; they stay out; write active in the column status to bring them back
        "#]],
    );
}

#[test]
fn products_that_are_not_named_stay_and_are_told() {
    let mut shop = RowShop::new();
    shop.import("a.csv", "sku,name\nA,Takki\nB,Pipo\nC,Huivi\n");
    let receipt = shop.import("a.csv", "sku,name\nA,Anorakki\nD,Sukka\n");
    expect!["product; name = Pipo"].assert_eq(&shop.say("B"));
    check_messages(
        &receipt,
        expect![[r#"
            Released
            info rows of the version of this file before that are about products which this one does not name: 2 of 3; these products stay as they are. To take them out, say that the file is the whole range: full = true in a file in mappings/
        "#]],
    );
    // Mended rows are an update.
    let mended = shop.import("a.csv.rejected.csv", "sku,color\nA,sand\n");
    expect!["product; name = Anorakki; color = sand"].assert_eq(&shop.say("A"));
    check_messages(
        &mended,
        expect![[r#"
        Released
    "#]],
    );
}

#[test]
fn a_file_that_is_read_otherwise_withdraws_nothing() {
    let mut shop = RowShop::new();
    let file = "sku,name,color\nA,Takki,sand\n";
    shop.import("a.csv", file);
    let reason = ImportReason::Reimport {
        original_drop: DropId(1),
        cause: rikaste_pipeline::ReimportCause::ReaderChanged,
    };
    shop.import_for(reason, DropKind::Products, "a.csv", "sku,name\nA,Takki\n");
    expect!["product; name = Takki; color = sand"].assert_eq(&shop.say("A"));
}
