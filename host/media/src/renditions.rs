//! The rendition service: makes what every channel wants of the photos.
//!
//! A photo is decoded by a plugin in its sandbox and nowhere else; what comes back are pixels, which
//! are encoded here. What was made is kept under a name that follows from (photo, maker, rendition), the
//! maker being the plugins with their configurations and the encoders: the same photo a second time
//! costs a look into a folder. A photo that cannot be used is remembered in the same way.

use std::io;
use std::sync::Arc;

use rikaste_model::photo::{PhotoMetadata, Rendition, RenditionFrame, RenditionProfile};
use rikaste_model::product::ContentHash;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::encode::ENCODER_REVISION;
use rikaste_runtime::Plugin;
use rikaste_store::asset_folder::AssetFolder;

mod decode_scheduler;
mod photo_decoder;
mod rendition_store;
mod sweep;

pub use rendition_store::RenditionStore;
pub use sweep::{GRACE_PERIOD, SweepError, SweepReport};

/// Makes renditions, and keeps them.
#[derive(Debug, Clone)]
pub struct RenditionService {
    store: RenditionStore,
    assets: AssetFolder,
    /// In the order in which they are tried.
    processors: Arc<[Arc<Plugin>]>,
    profiles: Arc<[RenditionProfile]>,
    toolchain_hash: ContentHash,
}

/// What became of a photo.
pub type PhotoResult = Result<Arc<PhotoMetadata>, UnusablePhoto>;

/// Why a photo cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnusablePhoto {
    /// Lower-case and hyphenated.
    pub code: SmolStr,
    /// What is wrong and what to do.
    pub message: String,
}

/// How far the making of renditions is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RenditionProgress {
    /// Photos that are done.
    pub done: usize,
    /// Of these, those that were decoded now.
    pub decoded: usize,
}

impl RenditionService {
    /// A service that keeps its renditions in this store.
    #[must_use]
    pub fn new(
        store: RenditionStore,
        assets: AssetFolder,
        processors: &[Arc<Plugin>],
        profiles: impl IntoIterator<Item = RenditionProfile>,
    ) -> Self {
        Self {
            store,
            assets,
            processors: processors.into(),
            profiles: profiles.into_iter().collect(),
            toolchain_hash: compute_toolchain_hash(processors),
        }
    }

    /// Another with the same store and photos.
    #[must_use]
    pub fn with_processors(
        &self,
        processors: &[Arc<Plugin>],
        profiles: impl IntoIterator<Item = RenditionProfile>,
    ) -> Self {
        Self::new(self.store.clone(), self.assets.clone(), processors, profiles)
    }

    /// The photos as they were dropped.
    #[must_use]
    pub fn assets(&self) -> &AssetFolder {
        &self.assets
    }

    /// The renditions.
    #[must_use]
    pub fn store(&self) -> &RenditionStore {
        &self.store
    }

    /// The hash of what makes its renditions: a service with the same hash makes the same of a photo. `None`
    /// without a plugin that decodes photos: they are published as they are then.
    #[must_use]
    pub fn toolchain_hash(&self) -> Option<ContentHash> {
        (!self.processors.is_empty()).then_some(self.toolchain_hash)
    }

    /// Whether it makes the same renditions of a photo, by the same plugins, as another service.
    #[must_use]
    pub fn makes_same_as(&self, other: &Self) -> bool {
        self.toolchain_hash() == other.toolchain_hash() && self.profiles == other.profiles
    }

    /// Has everything ready that channels want of these photos: one answer for each, in order.
    /// `on_progress` is called with how far it is.
    ///
    /// # Errors
    /// When a photo cannot be read, or a rendition not be written.
    pub fn prepare_renditions(
        &self,
        photos: &[ContentHash],
        on_progress: &mut (dyn FnMut(RenditionProgress) + Send),
    ) -> io::Result<Vec<PhotoResult>> {
        decode_scheduler::prepare_renditions(self, photos, on_progress)
    }

    /// What is known of a photo, if all that channels want of it is there.
    fn find_known_result(&self, photo: &ContentHash) -> Option<PhotoResult> {
        let developed = self.store.load_result(photo, &self.toolchain_hash)?;
        match developed {
            Ok(facts) => self.has_all_renditions(photo, &facts).then(|| Ok(Arc::new(facts))),
            Err(unusable) => Some(Err(unusable)),
        }
    }

    fn has_all_renditions(&self, photo: &ContentHash, facts: &PhotoMetadata) -> bool {
        self.list_wanted_renditions(Some(facts.width)).iter().all(|rendition| {
            let name = rendition.name(photo, &self.toolchain_hash);
            rendition.formats.iter().all(|format| self.store.has_rendition(name, *format))
        })
    }

    /// What channels want of a photo of this width, or of any: each once.
    fn list_wanted_renditions(&self, width: Option<u32>) -> Vec<Rendition> {
        let mut wanted: Vec<Rendition> = Vec::new();
        let mut add = |rendition: Rendition| {
            let same = |known: &&mut Rendition| {
                known.frame == rendition.frame && known.quality == rendition.quality
            };
            match wanted.iter_mut().find(same) {
                Some(known) => {
                    let more = rendition.formats.iter().filter(|f| !known.formats.contains(f));
                    let more: Vec<_> = more.copied().collect();
                    known.formats.extend(more);
                }
                None => wanted.push(rendition),
            }
        };
        for profile in self.profiles.iter() {
            match width {
                Some(width) => profile.list_renditions(width).for_each(&mut add),
                None => profile.list_all_renditions().for_each(&mut add),
            }
        }
        wanted
    }

    /// The frames of all that may be wanted, each once.
    fn list_wanted_frames(&self) -> Vec<RenditionFrame> {
        let mut frames: Vec<RenditionFrame> = Vec::new();
        for rendition in self.list_wanted_renditions(None) {
            if !frames.contains(&rendition.frame) {
                frames.push(rendition.frame);
            }
        }
        frames
    }
}

/// The [toolchain hash](RenditionService::toolchain_hash) of a service with these plugins.
#[must_use]
pub fn hash_toolchain(processors: &[Arc<Plugin>]) -> Option<ContentHash> {
    (!processors.is_empty()).then(|| compute_toolchain_hash(processors))
}

/// All that renditions depend on beside the photo and what is wanted of it.
fn compute_toolchain_hash(processors: &[Arc<Plugin>]) -> ContentHash {
    let mut recipe = ENCODER_REVISION.to_le_bytes().to_vec();
    for plugin in processors {
        recipe.extend(plugin.digest().0);
        recipe.extend(ContentHash::hash_bytes(plugin.config().as_bytes()).0);
    }
    ContentHash::hash_bytes(&recipe)
}

#[cfg(test)]
mod tests;
