//! The inbox on a real disk, with the events of the real system.

use crossbeam_channel::never;

use super::*;

/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(60);

fn shop() -> (tempfile::TempDir, ShopFolder, InboxWatch) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let shop = ShopFolder::new(folder.path());
    let watch = InboxWatch::start_watching(&shop).expect("watching");
    (folder, shop, watch)
}

fn names(drops: &[InboxDrop]) -> Vec<String> {
    drops.iter().map(InboxDrop::receipt_name).collect()
}

fn next(watch: &mut InboxWatch) -> Vec<String> {
    names(&watch.wait_for_drops(Instant::now() + PATIENCE, &never::<()>()))
}

/// Scans the inbox and takes what is complete long after.
fn scan_and_take(watch: &mut InboxWatch) -> Vec<String> {
    let now = Instant::now();
    watch.scan_inbox(now);
    names(&watch.take_complete_drops(now + PATIENCE))
}

#[test]
fn a_file_is_handed_out_once_and_again_when_it_is_written_again() {
    let (_keep, shop, mut watch) = shop();
    let path = shop.inbox_folder_for(DropKind::Products).join("spring.csv");
    std::fs::write(&path, "sku\nA\n").expect("written");
    assert_eq!(next(&mut watch), ["products/spring.csv"]);
    assert!(scan_and_take(&mut watch).is_empty());
    std::fs::write(&path, "sku\nB\nC\n").expect("written");
    assert_eq!(next(&mut watch), ["products/spring.csv"]);
}

#[test]
fn a_file_that_is_still_written_waits() {
    let (_keep, shop, mut watch) = shop();
    let path = shop.inbox_folder_for(DropKind::Stock).join("s.csv");
    std::fs::write(&path, "sku,location").expect("written");
    let start = Instant::now();
    watch.look_at(&path, false, start);
    let moment = Duration::from_millis(1);
    assert!(watch.take_complete_drops(start + QUIET_OPEN - moment).is_empty());
    std::fs::write(&path, "sku,location,quantity\n").expect("written");
    let grown = start + QUIET_OPEN;
    assert!(watch.take_complete_drops(grown).is_empty());
    assert!(watch.take_complete_drops(grown + QUIET_OPEN - moment).is_empty());
    assert_eq!(names(&watch.take_complete_drops(grown + QUIET_OPEN)), ["stock/s.csv"]);
}

#[test]
fn a_closed_file_waits_only_a_moment() {
    let (_keep, shop, mut watch) = shop();
    let path = shop.inbox_folder_for(DropKind::Stock).join("s.csv");
    std::fs::write(&path, "sku,location,quantity\n").expect("written");
    let start = Instant::now();
    watch.look_at(&path, true, start);
    assert!(watch.take_complete_drops(start).is_empty());
    assert_eq!(names(&watch.take_complete_drops(start + QUIET_CLOSED)), ["stock/s.csv"]);
}

#[test]
fn renamed_into_place_is_complete_and_half_names_are_passed_over() {
    let (_keep, shop, mut watch) = shop();
    let inbox = shop.inbox_folder_for(DropKind::Prices);
    std::fs::write(inbox.join("p.csv.part"), "sku,price\n").expect("written");
    assert!(scan_and_take(&mut watch).is_empty());
    std::fs::rename(inbox.join("p.csv.part"), inbox.join("p.csv")).expect("renamed");
    assert_eq!(next(&mut watch), ["prices/p.csv"]);
}

#[test]
fn photos_that_come_together_are_one_drop() {
    let (_keep, shop, mut watch) = shop();
    for name in ["A.jpg", "B.jpg"] {
        std::fs::write(shop.inbox_folder_for(DropKind::Images).join(name), name).expect("written");
    }
    let drops = watch.wait_for_drops(Instant::now() + PATIENCE, &never::<()>());
    assert_eq!(drops.len(), 1);
    assert_eq!(drops[0].paths().count(), 2);
}

fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    std::fs::write(path, text).expect("written");
}

#[test]
fn a_subfolder_is_watched_as_soon_as_it_is_there() {
    let (_keep, shop, mut watch) = shop();
    let inbox = shop.inbox_folder();
    write(&inbox.join("products/2026/spring/shoes.csv"), "sku\nA\n");
    assert_eq!(next(&mut watch), ["products/2026/spring/shoes.csv"]);
    // By an event: a scan is due in a minute.
    write(&inbox.join("products/2026/spring/hats.csv"), "sku\nB\n");
    assert_eq!(next(&mut watch), ["products/2026/spring/hats.csv"]);
    write(&inbox.join("prices/sale/a.csv.part"), "sku,price\n");
    assert!(scan_and_take(&mut watch).is_empty());
    std::fs::rename(inbox.join("prices/sale/a.csv.part"), inbox.join("prices/sale/a.csv"))
        .expect("renamed");
    assert_eq!(next(&mut watch), ["prices/sale/a.csv"]);
}

#[test]
fn a_folder_that_is_moved_in_or_renamed_is_watched_where_it_lies() {
    let (keep, shop, mut watch) = shop();
    let inbox = shop.inbox_folder();
    write(&keep.path().join("elsewhere/deep/a.csv"), "sku\nA\n");
    std::fs::rename(keep.path().join("elsewhere"), inbox.join("products/new")).expect("moved");
    assert_eq!(next(&mut watch), ["products/new/deep/a.csv"]);
    std::fs::rename(inbox.join("products/new"), inbox.join("products/old")).expect("renamed");
    assert_eq!(next(&mut watch), ["products/old/deep/a.csv"]);
    write(&inbox.join("products/old/deep/b.csv"), "sku\nB\n");
    assert_eq!(next(&mut watch), ["products/old/deep/b.csv"]);
    std::fs::remove_dir_all(inbox.join("products/old")).expect("removed");
    assert!(scan_and_take(&mut watch).is_empty());
    write(&inbox.join("products/old/deep/c.csv"), "sku\nC\n");
    assert_eq!(next(&mut watch), ["products/old/deep/c.csv"]);
}

#[test]
fn a_half_copied_file_of_a_subfolder_waits() {
    let (_keep, shop, mut watch) = shop();
    let path = shop.inbox_folder().join("stock/night/s.csv");
    write(&path, "sku,location");
    let start = Instant::now();
    watch.scan_inbox(start);
    let moment = Duration::from_millis(1);
    assert!(watch.take_complete_drops(start + QUIET_OPEN - moment).is_empty());
    write(&path, "sku,location,quantity\n");
    let grown = start + QUIET_OPEN;
    assert!(watch.take_complete_drops(grown).is_empty());
    assert!(watch.take_complete_drops(grown + QUIET_OPEN - moment).is_empty());
    assert_eq!(names(&watch.take_complete_drops(grown + QUIET_OPEN)), ["stock/night/s.csv"]);
}

/// The reasons of what is not taken, with the files.
fn untaken(drops: &[InboxDrop]) -> Vec<String> {
    let files = drops.iter().filter_map(|drop| match drop {
        InboxDrop::Untaken(files) => Some(files),
        _ => None,
    });
    files
        .map(|UntakenFiles { kind, reason, files, taken, .. }| {
            let beside =
                if taken.is_empty() { String::new() } else { format!(" beside {taken:?}") };
            format!("{} {reason:?} {files:?}{beside}", kind.folder())
        })
        .collect()
}

#[test]
fn files_in_wrong_places_are_told_together() {
    let (_keep, shop, mut watch) = shop();
    let inbox = shop.inbox_folder();
    for file in ["prices.csv", "kuvat/a.jpg", "kuvat/b/b.jpg", "Products/a.csv", "muut/x.csv"] {
        write(&inbox.join(file), "sku\n");
    }
    // What programs leave is no file of anybody's.
    for file in [".DS_Store", "products/@eaDir/a.csv", "images/.thumbs/a.jpg", "~$a.xlsx"] {
        write(&inbox.join(file), "sku\n");
    }
    let now = Instant::now();
    watch.scan_inbox(now);
    assert!(watch.take_complete_drops(now + QUIET_OPEN).is_empty());
    let drops = watch.take_complete_drops(now + QUIET_UNTAKEN);
    let expected = expect_test::expect![[r#"
        prices InboxItself ["prices.csv"]
        products UnknownFolder("Products") ["Products/a.csv"]
        products UnknownFolder("kuvat") ["kuvat/a.jpg", "kuvat/b/b.jpg"]
        products UnknownFolder("muut") ["muut/x.csv"]"#]];
    expected.assert_eq(&untaken(&drops).join("\n"));
    assert_eq!(names(&drops)[2], "kuvat/a.jpg and 1 more");
    assert!(scan_and_take(&mut watch).is_empty());
}

#[cfg(unix)]
#[test]
fn links_are_told_and_not_followed() {
    use std::os::unix::fs::symlink;
    let (keep, shop, mut watch) = shop();
    let inbox = shop.inbox_folder();
    write(&keep.path().join("outside/a.csv"), "sku\nA\n");
    symlink(keep.path().join("outside"), inbox.join("products/folder")).expect("a link");
    symlink(keep.path().join("outside/a.csv"), inbox.join("products/file.csv")).expect("a link");
    symlink(&inbox, inbox.join("products/loop")).expect("a link");
    symlink("nowhere", inbox.join("images/gone.jpg")).expect("a link");
    let drops = watch.wait_for_drops(Instant::now() + PATIENCE, &never::<()>());
    let expected = expect_test::expect![[
        r#"images Link ["images/gone.jpg", "products/file.csv", "products/folder", "products/loop"]"#
    ]];
    expected.assert_eq(&untaken(&drops).join("\n"));
    assert_eq!(drops.len(), 1);
}

#[cfg(unix)]
#[test]
fn names_that_cannot_be_taken_are_told() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let (_keep, shop, mut watch) = shop();
    let inbox = shop.inbox_folder();
    write(&inbox.join("products").join(OsStr::from_bytes(b"k\xe4vely.csv")), "sku\n");
    write(&inbox.join("images").join(OsStr::from_bytes(b"kes\xe4")).join("A.jpg"), "jpeg");
    let long = |length: usize| format!("{}.csv", "a".repeat(length - 4));
    write(&inbox.join("products").join(long(UntakenFiles::MAX_NAME_BYTES + 1)), "sku\n");
    write(&inbox.join("products").join(long(UntakenFiles::MAX_NAME_BYTES)), "sku\n");
    write(&inbox.join("images").join(format!("{}.jpg", "a".repeat(251))), "jpeg");
    watch.scan_inbox(Instant::now());
    let drops = watch.take_complete_drops(Instant::now() + PATIENCE);
    let lines: Vec<_> =
        untaken(&drops).iter().map(|line| line.replace(&"a".repeat(200), "…")).collect();
    let expected = expect_test::expect![[r#"
        images NameNotText ["images/kes�/A.jpg", "products/k�vely.csv"]
        products NameTooLong ["products/…aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.csv"]"#]];
    expected.assert_eq(&lines.join("\n"));
    // Both long names that leave room for those of their receipts are taken.
    assert_eq!(drops.len(), 4);
}

#[test]
fn of_photos_with_one_name_the_same_one_counts_at_every_start() {
    let (_keep, shop, mut watch) = shop();
    let inbox = shop.inbox_folder();
    for file in ["images/b/1.jpg", "images/a/1.jpg", "images/a/2.jpg"] {
        write(&inbox.join(file), file);
    }
    let told =
        expect_test::expect![[r#"images PhotoName ["images/b/1.jpg"] beside ["images/a/1.jpg"]"#]];
    for _ in 0..2 {
        watch.rescan_all();
        let drops = watch.take_complete_drops(Instant::now() + PATIENCE);
        assert_eq!(names(&drops)[0], "images/a/1.jpg and 1 more");
        told.assert_eq(&untaken(&drops).join("\n"));
    }
    // One that comes before takes the place, and the other is told of.
    write(&inbox.join("images/1.jpg"), "1");
    watch.scan_inbox(Instant::now());
    let drops = watch.take_complete_drops(Instant::now() + PATIENCE);
    assert_eq!(names(&drops)[0], "images/1.jpg");
    assert_eq!(
        untaken(&drops),
        [r#"images PhotoName ["images/a/1.jpg", "images/b/1.jpg"] beside ["images/1.jpg"]"#]
    );
    // One that is gone leaves its name to others.
    std::fs::remove_file(inbox.join("images/1.jpg")).expect("removed");
    std::fs::remove_file(inbox.join("images/a/1.jpg")).expect("removed");
    watch.rescan_all();
    let drops = watch.take_complete_drops(Instant::now() + PATIENCE);
    assert!(untaken(&drops).is_empty());
    assert_eq!(names(&drops), ["images/a/2.jpg and 1 more"]);
}

#[test]
fn tables_of_all_folders_are_listed_to_be_read_again() {
    let (_keep, shop, _watch) = shop();
    let inbox = shop.inbox_folder();
    for file in ["prices/a.csv", "products/x/b.csv", "images/x/all.zip", "images/c.jpg", "d.csv"] {
        write(&inbox.join(file), "sku\n");
    }
    let tables = list_inbox_tables(&shop);
    let files: Vec<_> = tables.iter().map(|table| table.file.as_str()).collect();
    assert_eq!(files, ["images/x/all.zip", "products/x/b.csv", "prices/a.csv"]);
}
