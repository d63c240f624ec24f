//! Releases, replacing, and folders in every state.

use std::fs;
use std::path::PathBuf;

use super::*;
use crate::{RebuildReason, SearchError, open_index_to_read};

fn tables(count: u32) -> Vec<SearchDocument> {
    (1..=count).map(|n| product(n).titled("fi-FI", "Pöytä", "Koivua.")).collect()
}

fn fingerprints(documents: &[SearchDocument]) -> Vec<(u32, u64)> {
    documents.iter().map(|document| (document.product, document.fingerprint())).collect()
}

#[test]
fn a_commit_is_seen_whole_with_its_number() {
    let mut shop = Fixture::of(&tables(3));
    assert_eq!(shop.index.release().0, 1);
    shop.writer.insert_document(&product(2).titled("fi-FI", "Tuoli", "")).expect("put");
    shop.writer.insert_document(&product(4).titled("fi-FI", "Tuoli", "")).expect("put");
    shop.writer.remove_product(1);
    shop.writer.remove_product(77);
    assert_eq!((shop.index.release().0, shop.find("pöytä")), (1, vec![1, 2, 3]));
    shop.writer.commit_release(ReleaseNumber(5)).expect("commit");
    assert_eq!(
        (shop.index.release().0, shop.find("pöytä"), shop.find("tuoli")),
        (5, vec![3], vec![2, 4])
    );
    shop.writer.commit_release(ReleaseNumber(6)).expect("commit");
    assert_eq!((shop.index.release().0, shop.ask(&SearchQuery::new(&web(), "")).release.0), (6, 6));
}

#[test]
fn what_is_put_twice_is_there_once() {
    let mut shop = Fixture::of(&tables(2));
    let last = product(1).titled("fi-FI", "Hylly", "");
    shop.writer.insert_document(&product(1).titled("fi-FI", "Tuoli", "")).expect("put");
    shop.writer.insert_document(&last).expect("put");
    shop.writer.remove_product(2);
    shop.writer.insert_document(&tables(2)[1]).expect("put");
    shop.writer.commit_release(ReleaseNumber(2)).expect("commit");
    let expected = fingerprints(&[last, tables(2)[1].clone()]);
    assert_eq!(shop.index.read_fingerprints().expect("readable"), expected);
}

#[test]
fn a_rollback_forgets_and_the_writer_goes_on() {
    let mut shop = Fixture::of(&tables(2));
    shop.writer.insert_document(&product(9).titled("fi-FI", "Hylly", "")).expect("put");
    shop.writer.remove_product(1);
    shop.writer.rollback_changes().expect("rollback");
    shop.writer.insert_document(&product(1).titled("fi-FI", "Lamppu", "")).expect("put");
    shop.writer.commit_release(ReleaseNumber(2)).expect("commit");
    assert_eq!(
        (shop.find("hylly"), shop.find("lamppu"), shop.find("pöytä")),
        (vec![], vec![1], vec![2])
    );
    shop.writer.insert_document(&product(9).titled("fi-FI", "Hylly", "")).expect("put");
    shop.writer.remove_all_products().expect("clear");
    shop.writer.insert_document(&product(1).titled("fi-FI", "Matto", "")).expect("put");
    assert_eq!(shop.index.product_count(), 2);
    shop.writer.commit_release(ReleaseNumber(3)).expect("commit");
    assert_eq!((shop.index.product_count(), shop.find("matto")), (1, vec![1]));
}

#[test]
fn readers_see_one_release_while_many_are_made() {
    let shop = Fixture::of(&tables(1));
    let Fixture { mut writer, index, .. } = shop;
    let reader = std::thread::spawn(move || {
        let mut last = 0;
        while last < 30 {
            let answer = index.search_products(&SearchQuery::new(&web(), "")).expect("an answer");
            // Release n has n products.
            assert_eq!(answer.total as u64, answer.release.0);
            assert!(answer.release.0 >= last);
            last = answer.release.0;
        }
    });
    for n in 2..=30 {
        writer.insert_document(&product(n)).expect("put");
        writer.commit_release(ReleaseNumber(u64::from(n))).expect("commit");
    }
    reader.join().expect("the reader found nothing wrong");
}

#[test]
fn what_a_kill_leaves_behind_is_one_release_or_none() {
    let Fixture { mut writer, index: _index, folder } = Fixture::of(&tables(1));
    let source = folder.path().to_owned();
    let commits = std::thread::spawn(move || {
        for n in 2..=60 {
            writer.insert_document(&product(n)).expect("put");
            writer.commit_release(ReleaseNumber(u64::from(n))).expect("commit");
        }
    });
    // Copied file by file while they change, which is worse than any one moment.
    let mut whole = 0;
    while !commits.is_finished() {
        let copy = tempfile::tempdir().expect("a temporary folder");
        for entry in fs::read_dir(&source).expect("listed").flatten() {
            // What is gone since it was listed is gone.
            let _ = fs::copy(entry.path(), copy.path().join(entry.file_name()));
        }
        let OpenedIndex { index, rebuild, .. } = opened(copy.path());
        // Release n has n products.
        assert_eq!(index.release().0, index.product_count(), "{rebuild:?}");
        assert_eq!(rebuild.is_some(), index.release().0 == 0);
        whole += usize::from(rebuild.is_none());
    }
    commits.join().expect("committed");
    assert!(whole > 0, "every copy was damaged");
}

#[test]
fn another_process_may_read_while_releases_are_made() {
    let mut shop = Fixture::of(&tables(1));
    assert!(
        open_index_to_read(tempfile::tempdir().expect("a folder").path(), &super::shop()).is_err()
    );
    let folder = shop.folder.path().to_owned();
    let reader = std::thread::spawn(move || {
        let mut last = 0;
        while last < 30 {
            let index = open_index_to_read(&folder, &super::shop()).expect("an index");
            // Release n has n products.
            assert_eq!(index.product_count(), index.release().0);
            assert!(index.release().0 >= last);
            last = index.release().0;
        }
    });
    for n in 2..=30 {
        shop.writer.insert_document(&product(n)).expect("put");
        shop.writer.commit_release(ReleaseNumber(u64::from(n))).expect("commit");
    }
    reader.join().expect("the reader found nothing wrong");
}

#[test]
fn what_was_committed_is_there_again() {
    let Fixture { mut writer, index, folder } = Fixture::of(&tables(3));
    writer.insert_document(&product(9)).expect("put");
    drop((writer, index));
    let again = opened(folder.path());
    assert_eq!((again.rebuild, again.index.release().0), (None, 1));
    assert_eq!(again.index.read_fingerprints().expect("readable"), fingerprints(&tables(3)));
    assert_eq!(again.index.find_damaged_files().expect("readable"), Vec::<PathBuf>::new());
}

#[test]
fn an_index_has_one_owner() {
    let shop = Fixture::of(&[]);
    let second = open_index(shop.folder.path(), &super::shop(), OPTIONS);
    assert!(
        matches!(second.map(|_| ()), Err(SearchError::Locked { path }) if path == shop.folder.path())
    );
}

#[test]
fn another_configuration_makes_the_index_anew() {
    let Fixture { writer, index, folder } = Fixture::of(&tables(2));
    drop((writer, index));
    let renamed = shop_of(
        "[\"de-DE\", \"fi-FI\", \"en-GB\", \"sv-SE\"]",
        &[("web", "locales = [\"fi-FI\"]"), ("kiosk", "locales = [\"fi-FI\"]")],
    );
    let again = open_index(folder.path(), &renamed, OPTIONS).expect("an index");
    assert_eq!(
        (again.rebuild, again.index.release().0, again.index.product_count()),
        (Some(RebuildReason::Changed), 0, 0)
    );
}

/// The files of an index at release 2.
fn committed() -> Vec<(PathBuf, Vec<u8>)> {
    let Fixture { mut writer, index, folder } = Fixture::of(&tables(20));
    writer.remove_product(3);
    writer.commit_release(ReleaseNumber(2)).expect("commit");
    drop((writer, index));
    let mut files: Vec<_> = fs::read_dir(folder.path())
        .expect("listed")
        .map(|entry| entry.expect("entry").path())
        .map(|path| {
            (PathBuf::from(path.file_name().expect("a name")), fs::read(&path).expect("read"))
        })
        .collect();
    files.sort_unstable();
    files
}

/// Opens an index of these files, uses it, and says how it was found.
fn after(files: &[(PathBuf, Vec<u8>)]) -> (Option<RebuildReason>, u64) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, content) in files {
        fs::write(folder.path().join(name), content).expect("written");
    }
    let OpenedIndex { mut writer, index, rebuild } = opened(folder.path());
    let release = index.release().0;
    index.search_products(&SearchQuery::new(&web(), "pöytä")).expect("an answer");
    writer.insert_document(&product(7)).expect("put");
    writer.commit_release(ReleaseNumber(3)).expect("a commit after the damage");
    (rebuild, release)
}

#[test]
fn a_damaged_file_asks_for_a_rebuild() {
    let files = committed();
    assert_eq!(after(&files), (None, 2));
    for n in 0..files.len() {
        let mut without = files.clone();
        let (name, content) = without.remove(n);
        let mut damaged = vec![("gone", without)];
        for (how, content) in [
            ("empty", Vec::new()),
            ("cut short", content[..content.len() / 2].to_vec()),
            (
                "changed",
                content
                    .iter()
                    .enumerate()
                    .map(|(at, byte)| if at == content.len() / 3 { !byte } else { *byte })
                    .collect(),
            ),
        ] {
            let mut files = files.clone();
            files[n].1 = content;
            damaged.push((how, files));
        }
        for (how, files) in damaged {
            let (rebuild, release) = after(&files);
            // Either it did not matter, or all of it is made anew.
            assert_eq!(
                release,
                if rebuild.is_some() { 0 } else { 2 },
                "{} {how}: {rebuild:?}",
                name.display()
            );
            // The list of files can be made again, and locks hold nothing.
            let matters = !name.to_string_lossy().starts_with('.');
            assert!(rebuild.is_some() || !matters, "{} {how}", name.display());
        }
    }
}

#[test]
fn a_folder_of_other_things_is_emptied() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("meta.json"), "{").expect("written");
    fs::create_dir(folder.path().join("sub")).expect("made");
    fs::write(folder.path().join("sub/file"), "x").expect("written");
    let OpenedIndex { index, rebuild, .. } = opened(folder.path());
    assert!(matches!(rebuild, Some(RebuildReason::Damaged(_))), "{rebuild:?}");
    assert_eq!(index.release().0, 0);
    assert!(!folder.path().join("sub").exists());
}
