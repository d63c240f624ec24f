//! Receipts of files in which the same mistake stands in every row.

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
