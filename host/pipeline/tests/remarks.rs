//! Receipts of files in which the same mistake stands in every row.

use expect_test::expect;
use rikaste_model::receipt::{Receipt, RowCounts};
use rikaste_model::record::DropKind;

#[path = "fixtures/row_shop.rs"]
mod row_shop;

use row_shop::RowShop;

const ROWS: u64 = 5_000;
/// Lines that a receipt may have, whatever the file.
const MAX_LINES: usize = 12;

/// A file with one row for each number.
fn file(header: &str, row: impl Fn(u64) -> String) -> String {
    let rows: String = (0..ROWS).map(|at| row(at) + "\n").collect();
    format!("{header}\n{rows}")
}

fn check(shop: &mut RowShop, (kind, name): (DropKind, &str), text: &str) -> Receipt {
    let receipt = shop.import_kind(kind, name, text);
    let lines: Vec<_> = receipt.messages.iter().map(ToString::to_string).collect();
    let shown = lines.join("\n");
    assert!(lines.len() <= MAX_LINES, "{name}: {} lines: {shown}", lines.len());
    let often = receipt.message_counts.iter().find(|(_, count)| **count == ROWS);
    let (code, _) = often.unwrap_or_else(|| panic!("{name}: {:?}", receipt.message_counts));
    assert_eq!(receipt.count_omitted_messages(), 0, "{name}: {shown}");
    let RowCounts { new, changed, unchanged, rejected } = receipt.rows;
    assert_eq!(new + changed + unchanged + rejected, ROWS, "{name}: {:?}", receipt.rows);
    let in_file = receipt.rejects.as_ref().map_or(0, |rejects| rejects.rows);
    assert_eq!(in_file, rejected, "{name}: refused rows and the file of them");
    if rejected > 0 {
        let rejects = shop.pipeline.take_rejects().expect("a file of refused rows");
        let written = std::fs::read_to_string(rejects.file.path()).expect("it is text");
        assert_eq!(written.lines().count() as u64, rejected + 1, "{name}");
    }
    let line = receipt.messages.iter().find(|message| message.code == *code).expect("a line");
    let count = format!("{ROWS}");
    let text = line.to_string().replace('\u{a0}', "");
    assert!(text.contains(&count), "{name}: {text}");
    receipt
}

#[test]
fn one_mistake_in_every_row_is_one_line() {
    let mut shop = RowShop::new();
    let products = |name| (DropKind::Products, name);
    let names = file("sku,name", |at| format!("A{at},Takki {at}"));
    shop.import("names.csv", &names);
    let no_sku = file("sku,name", |at| format!(",Takki {at}"));
    check(&mut shop, products("no-sku.csv"), &no_sku);
    let lengths = file("sku,name,color", |at| format!("L{at},Takki {at},sand,x,y{}", at % 7));
    let receipt = shop.import("lengths.csv", &lengths);
    assert!(receipt.messages.len() <= MAX_LINES, "{:?}", receipt.messages.len());
    let weights = file("sku,name,weight", |at| format!("A{at},Takki {at},heavy {at}"));
    let receipt = check(&mut shop, products("weights.csv"), &weights);
    assert_eq!(receipt.cells_left_out, ROWS);
    let empty = file("sku,name", |at| format!("E{at},"));
    check(&mut shop, products("empty.csv"), &empty);
    let joined = (0..ROWS / 2).map(|at| format!("J{at},a,1.jpg\nJ{at},b,2.jpg\n"));
    let joined = format!("sku,name,images\n{}", joined.collect::<String>());
    let receipt = shop.import("joined.csv", &joined);
    assert_eq!(receipt.rows.rejected, ROWS / 2);
    assert!(receipt.messages.len() <= MAX_LINES, "{}", receipt.messages.len());
    assert_eq!(receipt.rejects.map(|rejects| rejects.rows), Some(ROWS / 2));
}

#[test]
fn rows_about_nobody_and_of_other_kinds_are_one_line_each() {
    let mut shop = RowShop::new();
    shop.import("names.csv", "sku,name\nA,Takki\n");
    let stock = file("sku,location,quantity", |at| format!("X{at},here,{at}"));
    check(&mut shop, (DropKind::Stock, "stock.csv"), &stock);
    let prices = file("sku,price", |at| format!("X{at},{at}"));
    check(&mut shop, (DropKind::Prices, "prices.csv"), &prices);
    let reviews = file("sku,id,rating,text", |at| format!("A,{at},seven,Hyvä {at}"));
    check(&mut shop, (DropKind::Reviews, "reviews.csv"), &reviews);
    let edits = file("sku,attribute,value,by", |at| format!("A,nothing,{at},Aino"));
    check(&mut shop, (DropKind::Edits, "edits.csv"), &edits);
}

fn lines(receipt: &Receipt) -> String {
    let lines = receipt.messages.iter().map(|message| format!("{} {message}\n", message.severity));
    format!("{:?} {:?}\n{}", receipt.outcome, receipt.rows, lines.collect::<String>())
}

/// A variant with a price has none of its model's: a price that nobody pays is told.
#[test]
fn a_model_price_that_no_variant_follows_is_told() {
    let mut shop = RowShop::new();
    let file = "sku,parent,name,price\nM,,Takki,90\nM-1,M,Takki,80\nM-2,M,Takki,85\n\
         N,,Pipo,20\nN-1,N,Pipo,\nN-2,N,Pipo,25\nP,,Huivi,9\n";
    expect![[r#"
        Released RowCounts { new: 7, changed: 0, unchanged: 0, rejected: 0 }
        info row 2, M: prices of models that no variant follows, because all have prices of their own (with the row): 1: "M (2)"; to let variants follow their model, take their own prices away
    "#]].assert_eq(&lines(&shop.import("a.csv", file)));
    let prices = "sku,price\nN,19\nM,70\n";
    let receipt = shop.import_kind(DropKind::Prices, "p.csv", prices);
    expect![[r#"
        Released RowCounts { new: 0, changed: 2, unchanged: 0, rejected: 0 }
        info row 3, M: prices of models that no variant follows, because all have prices of their own (with the row): 1: "M (3)"; to let variants follow their model, take their own prices away
    "#]].assert_eq(&lines(&receipt));
}

/// A file of edits with a column for each attribute says what it set, and of whom it knows nothing.
#[test]
fn edits_by_column_are_counted() {
    let mut shop = RowShop::new();
    shop.import("a.csv", "sku,name,color,weight\nA,Takki,sand,1 kg\nB,Pipo,moss,\n");
    let edits = "sku,name,color,weight\nA,Talvitakki,,2 kg\nB,Talvipipo,,\nC,Huivi,moss,1 kg\n";
    let receipt = shop.import_kind(DropKind::Edits, "e.csv", edits);
    expect![[r#"
        Released RowCounts { new: 0, changed: 2, unchanged: 0, rejected: 1 }
        info empty cells, which say nothing here: 3; to take an edit back, drop a file with the columns "sku", "attribute" and "value", and leave the value empty
        info values that this file set by hand: name 2, weight 1
        error row 4, C: there is no product C; import the product: this file is then taken again by itself, as long as it lies in the inbox
    "#]].assert_eq(&lines(&receipt));
    assert_eq!(shop.product("A").content.edits.len(), 2);
    assert_eq!(shop.product("B").content.edits.len(), 1);
    assert_eq!(receipt.rejects.map(|rejects| rejects.rows), Some(1));
}
