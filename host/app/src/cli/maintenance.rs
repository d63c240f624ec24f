//! `rikaste release`, `verify` and `rebuild`.

use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, SystemTime};

use rikaste_model::moment::Moment;
use rikaste_model::release::{Release, ReleaseCause};
use rikaste_model::shop::Shop;
use rikaste_store::Store;

use super::absolute_shop_folder;
use crate::open::{OpenShop, ReadOnlyShop};
use crate::verify;
use rikaste_import::MappingSet;
use rikaste_media::renditions::RenditionStore;
use rikaste_model::shop_folder::ShopFolder;

/// How long `verify` waits for the search of a running shop to reach the release of the store.
const SEARCH_PATIENCE: Duration = Duration::from_secs(20);

pub(super) fn list_releases(shop: &Path, limit: u32) -> anyhow::Result<ExitCode> {
    let root = absolute_shop_folder(shop)?;
    let shop = Shop::load_from_folder(&root)?;
    let reader = Store::open_or_create(&ShopFolder::new(&root).state_folder())?.open_reader()?;
    let releases = reader.list_releases(limit)?;
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
            describe_cause(&release)
        );
    }
    Ok(ExitCode::SUCCESS)
}

fn describe_cause(release: &Release) -> String {
    match &release.cause {
        ReleaseCause::Drop { drop, file } => format!("drop {drop}: {file}"),
        ReleaseCause::Window => "a validity window opened or closed".to_owned(),
        ReleaseCause::Configuration => "the configuration or the plugins changed".to_owned(),
        ReleaseCause::Rollback { to } => format!("went back to release {to}"),
        ReleaseCause::Undo { drop, file } => format!("took back drop {drop}: {file}"),
    }
}

pub(super) fn verify_shop(shop: &Path) -> anyhow::Result<ExitCode> {
    let mut open = ReadOnlyShop::open_folder(&absolute_shop_folder(shop)?)?;
    open.wait_for_search(SEARCH_PATIENCE)?;
    let mut verdict = verify::verify_consistency(
        &open.configuration.shop,
        &open.store.open_reader()?,
        &open.index,
        &open.assets,
        &RenditionStore::new(open.folder.renditions_folder()),
    )?;
    let mappings = MappingSet::load_folder(open.folder.root(), &open.configuration.shop)?;
    verdict.differences.extend(mappings.broken_errors().map(|error| format!("mapping: {error}")));
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

pub(super) fn rebuild_shop(shop: &Path) -> anyhow::Result<ExitCode> {
    let root = absolute_shop_folder(shop)?;
    // What is not there is made anew when the shop is opened.
    let cache = ShopFolder::new(&root).code_cache_folder();
    if cache.exists() {
        std::fs::remove_dir_all(cache)?;
    }
    let mut open = OpenShop::open_folder(&root, |_| ())?;
    match open.pipeline.rebuild_derived(Moment::now())? {
        Some(release) => say!(
            "Channels showed something else than they should: release {} was made.",
            release.number
        ),
        None => say!(
            "The search index and the projections were made anew; channels show what they showed."
        ),
    }
    let swept = open
        .pipeline
        .rendition_service()
        .sweep_unneeded(open.pipeline.reader(), SystemTime::now())?;
    if swept.removed > 0 {
        say!(
            "Renditions that were not needed for a month are gone: {} files, {} MB.",
            swept.removed,
            swept.bytes / 1_000_000
        );
    }
    Ok(ExitCode::SUCCESS)
}
