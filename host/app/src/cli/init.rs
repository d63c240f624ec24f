//! `rikaste init`: an empty shop.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, bail};
use rikaste_model::record::DropKind;
use rikaste_model::shop::Shop;

use rikaste_model::shop_folder::ShopFolder;

/// What a new shop is made of; `init` writes these as they are.
const TEMPLATE_FILES: [(&str, &str); 5] = [
    ("shop.toml", include_str!("../../template/shop.toml")),
    ("model.toml", include_str!("../../template/model.toml")),
    ("channels/web.toml", include_str!("../../template/channels/web.toml")),
    ("channels/screen.toml", include_str!("../../template/channels/screen.toml")),
    ("channels/seller.toml", include_str!("../../template/channels/seller.toml")),
];

pub(super) fn create_shop(folder: &Path) -> anyhow::Result<ExitCode> {
    if folder.join("shop.toml").exists() {
        bail!("{} is a shop already; `rikaste run {}` runs it", folder.display(), folder.display());
    }
    for (name, text) in TEMPLATE_FILES {
        let path = folder.join(name);
        let failed = || format!("{} cannot be written", path.display());
        std::fs::create_dir_all(path.parent().unwrap_or(folder)).with_context(failed)?;
        if path.exists() {
            bail!("{} is there already; move it away, or choose another folder", path.display());
        }
        std::fs::write(&path, text).with_context(failed)?;
    }
    let shop = ShopFolder::new(folder);
    for kind in DropKind::ALL {
        let inbox = shop.inbox_folder_for(kind);
        std::fs::create_dir_all(&inbox)
            .with_context(|| format!("{} cannot be made", inbox.display()))?;
    }
    Shop::load_from_folder(folder)?;
    say!("Made a shop in {}.", folder.display());
    say!("Its name, locales and price lists are in shop.toml, its attributes in model.toml.");
    say!("Run it with: rikaste run {}", folder.display());
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_shop_is_one_that_loads_and_is_never_made_over_another() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        create_shop(folder.path()).expect("made");
        let shop = Shop::load_from_folder(folder.path()).expect("loads");
        assert_eq!(shop.channels.len(), 3);
        assert!(
            create_shop(folder.path())
                .expect_err("refused")
                .to_string()
                .contains("is a shop already")
        );
    }
}
