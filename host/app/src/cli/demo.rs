//! `rikaste demo`: the demo shop.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use include_dir::{Dir, include_dir};

use super::{DemoArgs, absolute_shop_folder, serve};
use rikaste_http::AccessTokens;

static DEMO_SHOP: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/demo");

pub(super) fn run_demo(args: &DemoArgs) -> anyhow::Result<ExitCode> {
    let root = absolute_shop_folder(&args.data)?;
    if root.join("shop.toml").is_file() {
        say!("The demo shop in {} goes on.", root.display());
    } else {
        write_demo_shop(&root)?;
        say!("Made the demo shop in {}.", root.display());
    }
    // Whoever reaches loopback may see everything: it is a demo.
    serve::serve_shop(&root, &args.serve, AccessTokens::allow_everyone())
}

/// Writes the demo shop's files, its own name last: a demo that was interrupted starts over.
fn write_demo_shop(root: &Path) -> anyhow::Result<()> {
    let failed = || {
        format!(
            "the demo shop cannot be written to {}; choose another folder with --data",
            root.display()
        )
    };
    std::fs::create_dir_all(root).with_context(failed)?;
    let mut folders = vec![&DEMO_SHOP];
    while let Some(folder) = folders.pop() {
        for file in folder.files().filter(|file| file.path() != Path::new("shop.toml")) {
            let path = root.join(file.path());
            std::fs::create_dir_all(path.parent().unwrap_or(root)).with_context(failed)?;
            std::fs::write(path, file.contents()).with_context(failed)?;
        }
        folders.extend(folder.dirs());
    }
    let shop =
        DEMO_SHOP.get_file("shop.toml").context("the program was built without its demo shop")?;
    std::fs::write(root.join("shop.toml"), shop.contents()).with_context(failed)
}
