//! `rikaste release`, `verify` and `rebuild`.

use std::path::Path;
use std::process::ExitCode;
use std::time::SystemTime;

use rikaste_model::moment::Moment;
use rikaste_model::release::{Cause, Release};
use rikaste_model::shop::Shop;
use rikaste_store::Store;

use super::shop_in;
use crate::open::{OpenShop, ReadShop};
use crate::verify;
use rikaste_import::Mappings;
use rikaste_media::studio::Shelf;
use rikaste_model::shop_folder::ShopFolder;

pub(super) fn list(shop: &Path, limit: u32) -> anyhow::Result<ExitCode> {
    let root = shop_in(shop)?;
    let shop = Shop::load(&root)?;
    let reader = Store::open(&ShopFolder::new(&root).state())?.reader()?;
    let releases = reader.releases(limit)?;
    if releases.is_empty() {
        say!("There is no release yet; drop a file into {}.", root.join("inbox").display());
    }
    for release in releases {
        let products =
            release.channels.iter().map(|state| format!("{} {}", state.channel, state.products));
        say!(
            "{:>6}  {}  {}  {}",
            release.number,
            release.effective_at.to_text(&shop.zone),
            products.collect::<Vec<_>>().join(", "),
            cause(&release)
        );
    }
    Ok(ExitCode::SUCCESS)
}

fn cause(release: &Release) -> String {
    match &release.cause {
        Cause::Drop { drop, file } => format!("drop {drop}: {file}"),
        Cause::Window => "a validity window opened or closed".to_owned(),
        Cause::Configuration => "the configuration or the plugins changed".to_owned(),
        Cause::Rollback { to } => format!("went back to release {to}"),
    }
}

pub(super) fn roll_back(shop: &Path, number: u64) -> anyhow::Result<ExitCode> {
    let mut open = OpenShop::open(&shop_in(shop)?, |_| ())?;
    match open.line.roll_back(number, Moment::now())? {
        Some(release) => say!("Release {} is what release {number} was.", release.number),
        None => say!("Nothing changed since release {number}; no release was made."),
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) fn verify(shop: &Path) -> anyhow::Result<ExitCode> {
    let open = ReadShop::open(&shop_in(shop)?)?;
    let mut verdict = verify::verify(
        &open.shop,
        &open.store.reader()?,
        &open.index,
        &open.assets,
        &Shelf::new(open.folder.renditions()),
    )?;
    let mappings = Mappings::load(open.folder.root(), &open.shop)?;
    verdict.differences.extend(mappings.broken().map(|error| format!("mapping: {error}")));
    say!(
        "Release {}: looked at {} products and {} channel documents.",
        verdict.release,
        verdict.products,
        verdict.documents
    );
    if verdict.differences.is_empty() {
        say!("Store, search index, projections and photos agree.");
        return Ok(ExitCode::SUCCESS);
    }
    verdict.differences.iter().for_each(|difference| say!("differs: {difference}"));
    Ok(ExitCode::FAILURE)
}

pub(super) fn rebuild(shop: &Path) -> anyhow::Result<ExitCode> {
    let root = shop_in(shop)?;
    // What is not there is made anew when the shop is opened.
    let cache = ShopFolder::new(&root).cache();
    if cache.exists() {
        std::fs::remove_dir_all(cache)?;
    }
    let mut open = OpenShop::open(&root, |_| ())?;
    match open.line.rebuild(Moment::now())? {
        Some(release) => say!(
            "Channels showed something else than they should: release {} was made.",
            release.number
        ),
        None => say!(
            "The search index and the projections were made anew; channels show what they showed."
        ),
    }
    let swept = open.line.studio().sweep(open.line.reader(), SystemTime::now())?;
    if swept.removed > 0 {
        say!(
            "Renditions that were not needed for a month are gone: {} files, {} MB.",
            swept.removed,
            swept.bytes / 1_000_000
        );
    }
    Ok(ExitCode::SUCCESS)
}
