use super::*;

/// A shop with a database, an asset, a token and what is derived.
fn make_shop(root: &Path) {
    let write = |name: &str, text: &str| {
        let path = root.join(name);
        std::fs::create_dir_all(path.parent().expect("inside")).expect("a folder");
        std::fs::write(path, text).expect("written");
    };
    write("shop.toml", "name = \"T\"\n");
    write("channels/web.toml", "");
    write("inbox/products/a.csv", "sku\nA\n");
    write(".rikaste/assets/ab/abcd", "photo");
    write(".rikaste/tokens", "secret\n");
    write(".rikaste/index/meta.json", "{}");
    write(".rikaste/lock", "");
    set_file_mode(&root.join(".rikaste/tokens"), Some(0o600)).expect("set");
    Store::open_or_create(&root.join(".rikaste")).expect("a store");
}

fn list_names(root: &Path) -> Vec<String> {
    let mut names = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for path in list_folder(&folder).expect("readable") {
            match path.is_dir() {
                true => folders.push(path),
                false => names.push(path.strip_prefix(root).expect("inside").display().to_string()),
            }
        }
    }
    names.sort();
    names
}

#[test]
fn a_backup_of_a_running_shop_becomes_the_same_shop() {
    for name in ["backup", "backup.zip"] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let shop = folder.path().join("shop");
        make_shop(&shop);
        // A writer that is at work, as in a shop that runs.
        let store = Store::open_or_create(&shop.join(".rikaste")).expect("a store");
        let _writer = store.open_writer().expect("a writer");
        let target = folder.path().join(name);
        let counts = back_up(&shop, &target).expect("backed up");
        assert_eq!(counts.files, 6);
        let restored = folder.path().join("restored");
        assert_eq!(restore(&target, &restored).expect("restored"), counts);
        let expected = [
            ".rikaste/assets/ab/abcd",
            ".rikaste/catalogue.db",
            ".rikaste/tokens",
            "channels/web.toml",
            "inbox/products/a.csv",
            "shop.toml",
        ];
        assert_eq!(list_names(&restored), expected, "{name}");
        let tokens = restored.join(".rikaste/tokens");
        let mode = file_mode(&std::fs::metadata(&tokens).expect("there"));
        assert!(mode.is_none_or(|mode| mode == 0o600), "{mode:?}");
        let store = Store::open_or_create(&restored.join(".rikaste")).expect("a store");
        assert!(store.open_reader().expect("a reader").load_current_release().is_ok());
    }
}

#[test]
fn nothing_is_written_over() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let shop = folder.path().join("shop");
    make_shop(&shop);
    let backup = folder.path().join("b.zip");
    back_up(&shop, &backup).expect("backed up");
    assert!(matches!(back_up(&shop, &backup), Err(BackupError::NotEmpty { .. })));
    assert!(matches!(restore(&backup, &shop), Err(BackupError::NotEmpty { .. })));
    let empty = folder.path().join("empty");
    assert!(matches!(back_up(&empty, &folder.path().join("c")), Err(BackupError::NoShop { .. })));
    std::fs::create_dir(&empty).expect("a folder");
    restore(&backup, &empty).expect("an empty folder will do");
}

#[test]
fn a_damaged_backup_makes_no_shop() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let shop = folder.path().join("shop");
    make_shop(&shop);
    let backup = folder.path().join("b");
    back_up(&shop, &backup).expect("backed up");
    std::fs::write(backup.join(".rikaste/assets/ab/abcd"), "other").expect("written");
    let target = folder.path().join("restored");
    let error = restore(&backup, &target).expect_err("refused").to_string();
    assert!(error.ends_with("assets/ab/abcd is not what was backed up"), "{error}");
    std::fs::remove_file(backup.join("shop.toml")).expect("removed");
    std::fs::remove_file(backup.join(".rikaste/tokens")).expect("removed");
    assert!(matches!(restore(&backup, &target), Err(BackupError::Unusable { .. })));
    assert!(!target.exists());
    let left: Vec<_> = list_folder(folder.path()).expect("readable");
    assert_eq!(left.len(), 2, "{left:?}");
}

#[test]
fn a_backup_inside_the_shop_does_not_hold_itself() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    make_shop(folder.path());
    let counts = back_up(folder.path(), &folder.path().join("b.zip")).expect("backed up");
    assert_eq!(counts.files, 6);
}
