//! Places of the inbox: subfolders, archives among photos, files that are not read, files that were moved.

use std::io::Write;
use std::path::Path;

use expect_test::expect;
use rikaste_model::receipt::{DropOutcome, Receipt};
use rikaste_pipeline::{FileCheck, FileStat, InboxDrop, UntakenFiles, UntakenReason};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

#[path = "fixtures/row_shop.rs"]
mod row_shop;

use row_shop::{NOON, RowShop};

fn import(shop: &mut RowShop, drop: &InboxDrop) -> Receipt {
    shop.pipeline.import_drop(drop, NOON, false).expect("the machine is well")
}

fn drop_of(shop: &RowShop, file: &str) -> InboxDrop {
    InboxDrop::from_inbox(&shop.folder.path().join("inbox"), file).expect("a folder that is read")
}

/// Writes a file of the inbox and imports it.
fn import_file(shop: &mut RowShop, file: &str, bytes: &[u8]) -> Receipt {
    let path = shop.folder.path().join("inbox").join(file);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    std::fs::write(path, bytes).expect("written");
    let drop = drop_of(shop, file);
    import(shop, &drop)
}

fn lines(receipt: &Receipt) -> String {
    let messages =
        receipt.messages.iter().map(|message| format!("\n{} {message}", message.severity));
    format!(
        "{} {:?}, {}{}",
        receipt.file,
        receipt.outcome,
        receipt.read_as,
        messages.collect::<String>()
    )
}

#[test]
fn a_file_that_is_put_away_is_not_taken_again() {
    let mut shop = RowShop::new();
    import_file(&mut shop, "products/week-1.csv", b"sku,name\nA,Takki\n");
    import_file(&mut shop, "products/week-2.csv", b"sku,name\nA,Anorakki\n");
    let inbox = shop.folder.path().join("inbox/products");
    std::fs::create_dir(inbox.join("old")).expect("a folder");
    std::fs::rename(inbox.join("week-1.csv"), inbox.join("old/week-1.csv")).expect("moved");
    let moved = drop_of(&shop, "products/old/week-1.csv");
    let receipt = import(&mut shop, &moved);
    expect![[r#"
        products/old/week-1.csv Unchanged, CSV, comma, UTF-8
        info these are the bytes of products/week-1.csv, of the same time, which were taken before; nothing was taken a second time; to take them again, save the file anew"#]].assert_eq(&lines(&receipt));
    expect!["product; name = Anorakki"].assert_eq(&shop.say("A"));
    let InboxDrop::Table(table) = &moved else { panic!("a table") };
    let check = shop.pipeline.check_table(table).expect("the store");
    assert_eq!(check, FileCheck::Unchanged(receipt.drop));
    // The same saved anew is a file that came.
    let again = import_file(&mut shop, "products/old/week-1.csv", b"sku,name\nA,Takki\n");
    assert_eq!(again.outcome, DropOutcome::Released);
}

#[test]
fn what_is_not_read_has_one_receipt() {
    let mut shop = RowShop::new();
    let stat = FileStat { size: 3, modified: 7 };
    let told = |reason, files: &[&str]| {
        let files = files.iter().map(|file| ((*file).to_owned(), stat));
        InboxDrop::Untaken(UntakenFiles::new(reason, files.collect(), Vec::new()))
    };
    let drops = [
        told(UntakenReason::InboxItself, &["sale prices.csv"]),
        told(UntakenReason::UnknownFolder("kuvat".to_owned()), &["kuvat/b.jpg", "kuvat/a.jpg"]),
        told(UntakenReason::Link, &["products/link.csv"]),
        told(UntakenReason::NameNotText, &["images/\u{fffd}.jpg"]),
        told(UntakenReason::NameTooLong, &["stock/long.csv"]),
    ];
    let receipts: Vec<_> = drops.iter().map(|drop| lines(&import(&mut shop, drop))).collect();
    expect![[r#"
        sale prices.csv Rejected, 
        error files in the inbox itself are not taken: "sale prices.csv"; move them into the folder that says what they are about: inbox/images, inbox/products, inbox/prices, inbox/stock, inbox/reviews, inbox/edits
        kuvat/a.jpg and 1 more Rejected, 
        error files in the folder "kuvat" are not taken, since it is no folder of the inbox: "kuvat/a.jpg", "kuvat/b.jpg"; move them, or the whole folder, into one of inbox/images, inbox/products, inbox/prices, inbox/stock, inbox/reviews, inbox/edits
        products/link.csv Rejected, 
        error links are not followed: "products/link.csv"; copy the file or folder itself into the inbox
        images/�.jpg Rejected, 
        error names that are not UTF-8 text cannot be taken: "images/�.jpg"; rename the files or their folders
        stock/long.csv Rejected, 
        error names of more than 237 bytes cannot be taken: "stock/long.csv"; give the files shorter names"#]].assert_eq(&receipts.join("\n"));
    for drop in &drops {
        let InboxDrop::Untaken(files) = drop else { panic!("files that are not read") };
        assert!(shop.pipeline.is_reported(files).expect("the store"));
        let other = UntakenFiles { stat: FileStat { size: 4, ..stat }, ..files.clone() };
        assert!(!shop.pipeline.is_reported(&other).expect("the store"));
    }
}

fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(*name, SimpleFileOptions::default()).expect("a file");
        writer.write_all(bytes).expect("written");
    }
    writer.add_symlink("link.jpg", "/etc/passwd", SimpleFileOptions::default()).expect("a link");
    writer.finish().expect("an archive").into_inner()
}

#[test]
fn an_archive_among_photos_is_unpacked() {
    let mut shop = RowShop::new();
    shop.import("a.csv", "sku,name\nA,Takki\n");
    let photo: &[u8] = &[0xff, 0xd8, 0xff, 0xe0, 1];
    let entries: [(&str, &[u8]); 5] = [
        ("A.jpg", photo),
        ("summer/A_2.jpg", photo),
        ("prices.csv", b"sku,price\nA,5\n"),
        ("lista.csv", b"sku,name\nA,x\n"),
        ("more.zip", b"PK"),
    ];
    let receipt = import_file(&mut shop, "images/summer/all.zip", &archive(&entries));
    expect![[r#"
        images/summer/all.zip Released, ZIP: 2 photos, prices.csv (CSV, comma, UTF-8)
        warning lista.csv is a table, and this archive lies among photos; it was left out: drop it into the folder of its kind, such as inbox/products
        warning more.zip is an archive inside the archive and was left out; put its files into this one
        warning link.jpg in the archive is a link and was left out; put the file itself into the archive
        warning no plugin that decodes photos runs, so they are kept and no channel shows them; `rikaste plugin enable images` has one run"#]].assert_eq(&lines(&receipt));
    let is_there =
        |name: &str| shop.pipeline.reader().load_asset(name).expect("the store").is_some();
    assert!(is_there("A.jpg") && is_there("A_2.jpg"));
    let refused = import_file(&mut shop, "images/no.zip", b"no archive");
    expect![[r#"
        images/no.zip Rejected, 
        error the archive is broken (it does not begin as a ZIP archive does); make it again and drop it again"#]].assert_eq(&lines(&refused));
    let InboxDrop::Table(table) = drop_of(&shop, "images/summer/all.zip") else {
        panic!("a table")
    };
    let check = shop.pipeline.check_table(&table).expect("the store");
    assert_eq!(check, FileCheck::Unchanged(receipt.drop));
}

#[test]
fn a_photo_of_a_subfolder_is_found_by_its_name_and_told_by_its_path() {
    let mut shop = RowShop::new();
    shop.import("a.csv", "sku,name,images\nA,Takki,front.jpg\n");
    let receipt = import_file(&mut shop, "images/summer/front.jpg", &[0xff, 0xd8, 0xff, 0xe0, 1]);
    assert_eq!(receipt.file, "images/summer/front.jpg");
    let users = shop.pipeline.reader().list_asset_users("front.jpg").expect("the store");
    assert_eq!(users.len(), 1);
    assert!(shop.pipeline.reader().load_asset("front.jpg").expect("the store").is_some());
    let empty = import_file(&mut shop, "images/summer/x.jpg", b"");
    expect![[r#"
        images/summer/x.jpg Rejected, photos
        error row 1, file "summer/x.jpg": summer/x.jpg is empty; drop the photo again"#]]
    .assert_eq(&lines(&empty));
    assert!(Path::new(&empty.file).starts_with("images/summer"));
}
