//! `rikaste backup` and `rikaste restore`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::absolute_shop_folder;
use crate::backup;

#[derive(Args)]
pub(super) struct BackupArgs {
    /// A new folder, or a new file that ends in .zip
    target: PathBuf,
    /// The shop's folder; the shop may be running
    #[arg(long, default_value = ".")]
    shop: PathBuf,
}

#[derive(Args)]
pub(super) struct RestoreArgs {
    /// The folder or file that `rikaste backup` wrote
    backup: PathBuf,
    /// The shop's new folder; it must be empty, or not exist
    shop: PathBuf,
}

pub(super) fn back_up_shop(args: &BackupArgs) -> anyhow::Result<ExitCode> {
    let counts = backup::back_up(&absolute_shop_folder(&args.shop)?, &absolute(&args.target)?)?;
    say!("{}: {} files, {} MB.", args.target.display(), counts.files, counts.bytes / 1_000_000);
    say!("It has tokens in it, so keep it as safe as the shop.");
    Ok(ExitCode::SUCCESS)
}

pub(super) fn restore_shop(args: &RestoreArgs) -> anyhow::Result<ExitCode> {
    let counts = backup::restore(&absolute(&args.backup)?, &absolute(&args.shop)?)?;
    let shop = args.shop.display();
    say!("{shop}: {} files, {} MB.", counts.files, counts.bytes / 1_000_000);
    say!(
        "The search index and the renditions are made anew at the first start: rikaste run {shop}"
    );
    Ok(ExitCode::SUCCESS)
}

fn absolute(path: &Path) -> anyhow::Result<PathBuf> {
    Ok(std::path::absolute(path)?)
}
