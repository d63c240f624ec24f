//! Checking a shop: store, projections, index and photos against each other.

use std::collections::HashMap;

use rikaste_model::photo::ImageFormat;
use rikaste_model::product::Photo;
use rikaste_model::product::ProductId;
use rikaste_model::projection::ProductView;
use rikaste_model::projection::SearchDocument;
use rikaste_model::release::{ChannelState, DocumentHash, ReleaseNumber};
use rikaste_model::shop::Shop;
use rikaste_search::{SearchError, SearchIndex};
use rikaste_store::{StoreError, StoreReader};

use rikaste_media::renditions::RenditionStore;
use rikaste_store::asset_folder::AssetFolder;

/// Why a shop could not be checked.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The index.
    #[error(transparent)]
    Search(#[from] SearchError),
}

/// What was checked, and what differs.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct VerifyReport {
    /// The release that was checked.
    pub release: ReleaseNumber,
    /// How many products were looked at.
    pub products: u64,
    /// How many channel documents were computed.
    pub documents: u64,
    /// What differs, in words.
    pub differences: Vec<String>,
}

/// Computes what every channel should show and what search should know, and compares.
///
/// # Errors
/// When the store or the index cannot be read at all.
pub fn verify_consistency(
    shop: &Shop,
    reader: &StoreReader,
    index: &SearchIndex,
    assets: &AssetFolder,
    renditions: &RenditionStore,
) -> Result<VerifyReport, VerifyError> {
    reader.read_in_snapshot(|reader| {
        let mut verdict = VerifyReport::default();
        verdict.differences.extend(reader.check_integrity()?.into_iter().map(|what| format!("database: {what}")));
        let Some(release) = reader.load_current_release()? else { return Ok(verdict) };
        verdict.release = release.number;
        let search_stands_here = index.release() == release.number;
        if !search_stands_here {
            verdict.add_difference(format!(
                "search: it stands on release {}, the store on {}; `rikaste run` brings it up to date",
                index.release(),
                release.number
            ));
        }
        for path in index.find_damaged_files()? {
            verdict.add_difference(format!("search: {} is damaged; `rikaste rebuild` makes the index anew", path.display()));
        }
        let mut channels: Vec<ChannelState> =
            shop.channels.iter().map(|channel| ChannelState::new_empty(channel.code.clone())).collect();
        // Of another release, every product that changed in between differs: one message says it.
        let mut indexed: HashMap<u32, u64> = match search_stands_here {
            true => index.read_fingerprints()?.into_iter().collect(),
            false => HashMap::new(),
        };
        let at = release.effective_at;
        reader.scan_products(release.number, |id, product| {
            verdict.products += 1;
            let parent = match reader.find_model(id)? {
                Some(model) => reader.load_product_without_reviews(model, release.number)?,
                None => None,
            };
            let view = ProductView::new(shop, &product, parent.as_ref(), at);
            let stored = reader.load_projection_state(id)?;
            let mut shown = Vec::new();
            for (channel, state) in shop.channels.iter().zip(&mut channels) {
                let number = reader.find_channel_id(channel.code.as_str())?;
                let kept = stored.channels.iter().find(|mark| Some(mark.channel) == number).map(|mark| mark.hash);
                let computed = view.project_channel(channel).document.map(|document| DocumentHash::hash_document(&document));
                if kept != computed {
                    verdict.add_difference(format!("{}: what channel {} shows is not what was released", product.sku, channel.code));
                }
                if computed.is_some() {
                    shown.push(channel);
                    verdict.documents += 1;
                }
                state.replace_document(None, computed);
            }
            let computed = view.build_search_document(id, &shown).as_ref().map(SearchDocument::fingerprint);
            let found = indexed.remove(&id.0);
            if search_stands_here && computed != found {
                verdict.add_difference(format!("{}: {}", product.sku, describe_index_difference(computed, found)));
            }
            for photo in &product.content.photos {
                if !assets.asset_path(&photo.asset).is_file() {
                    verdict.add_difference(format!("{}: the photo {} is gone from the asset store; drop it again", product.sku, photo.file_name));
                }
                if let Some(format) = find_missing_rendition(shop, renditions, photo) {
                    verdict.add_difference(format!("{}: a {format} of the photo {} is gone; `rikaste rebuild` makes it again", product.sku, photo.file_name));
                }
            }
            Ok::<_, VerifyError>(())
        })?;
        for id in indexed.into_keys() {
            verdict.add_difference(format!("search: it has product number {}, which the catalogue has not", ProductId(id).0));
        }
        for state in channels {
            let released = release.find_channel(state.channel.as_str()).map(ChannelState::root_hash);
            if released.as_ref() != Some(&state.root_hash()) {
                verdict.add_difference(format!("channel {}: its root is {}, release {} says {}", state.channel, state.root_hash(), release.number, released.as_deref().unwrap_or("nothing")));
            }
        }
        Ok(verdict)
    })
}

impl VerifyReport {
    /// The most that are reported: a shop that is wrong throughout need not fill a terminal.
    const LIMIT: usize = 200;

    fn add_difference(&mut self, what: String) {
        if self.differences.len() < Self::LIMIT {
            self.differences.push(what);
        }
    }
}

/// The ending of a file that a channel links to, and that is not there.
fn find_missing_rendition(
    shop: &Shop,
    renditions: &RenditionStore,
    photo: &Photo,
) -> Option<&'static str> {
    let facts = photo.facts.as_deref()?;
    let mut wanted =
        shop.channels.iter().flat_map(|channel| channel.images.list_renditions(facts.width));
    wanted.find_map(|rendition| {
        let name = rendition.name(&photo.asset, &facts.maker);
        let missing = |format: &&ImageFormat| !renditions.has_rendition(name, **format);
        rendition.formats.iter().find(missing).map(|format| format.extension())
    })
}

fn describe_index_difference(computed: Option<u64>, found: Option<u64>) -> &'static str {
    match (computed, found) {
        (Some(_), None) => "search does not know it; `rikaste rebuild` makes the index anew",
        (None, Some(_)) => {
            "search knows it, though no channel shows it; `rikaste rebuild` makes the index anew"
        }
        _ => "search knows an older state of it; `rikaste rebuild` makes the index anew",
    }
}
