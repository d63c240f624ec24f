//! The studio: photos go in, and what every channel wants of them comes out.
//!
//! A photo is decoded by a plugin in its sandbox and nowhere else; what comes back are pixels, which
//! are encoded here. What was made is kept under a name that follows from (photo, maker, rendition), the
//! maker being the plugins with their configurations and the encoders: the same photo a second time
//! costs a look into a folder. A photo that cannot be used is remembered in the same way.

use std::io;
use std::sync::Arc;

use rikaste_model::picture::{Facts, Frame, ImageProfile, Rendition};
use rikaste_model::product::Hash;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::encode::ENCODING;
use rikaste_runtime::Plugin;
use rikaste_store::asset_folder::Assets;

mod desk;
mod shelf;
mod sweep;
mod work;

pub use shelf::Shelf;
pub use sweep::{GRACE, SweepError, Swept};

/// Makes renditions, and keeps them.
#[derive(Debug, Clone)]
pub struct Studio {
    shelf: Shelf,
    assets: Assets,
    /// In the order in which they are asked.
    processors: Arc<[Arc<Plugin>]>,
    profiles: Arc<[ImageProfile]>,
    maker: Hash,
}

/// What became of a photo.
pub type Developed = Result<Arc<Facts>, Unusable>;

/// Why a photo cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unusable {
    /// Lower-case and hyphenated.
    pub code: SmolStr,
    /// What is wrong and what to do.
    pub message: String,
}

/// How far the studio is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Developing {
    /// Photos that are done.
    pub done: usize,
    /// Of these, those that were decoded now.
    pub decoded: usize,
}

impl Studio {
    /// A studio that keeps its renditions on this shelf.
    #[must_use]
    pub fn new(
        shelf: Shelf,
        assets: Assets,
        processors: &[Arc<Plugin>],
        profiles: impl IntoIterator<Item = ImageProfile>,
    ) -> Self {
        let maker = maker(processors);
        let processors = processors.into();
        Self { shelf, assets, processors, profiles: profiles.into_iter().collect(), maker }
    }

    /// Another with the same shelf and photos.
    #[must_use]
    pub fn with(
        &self,
        processors: &[Arc<Plugin>],
        profiles: impl IntoIterator<Item = ImageProfile>,
    ) -> Self {
        Self::new(self.shelf.clone(), self.assets.clone(), processors, profiles)
    }

    /// The photos as they were dropped.
    #[must_use]
    pub fn assets(&self) -> &Assets {
        &self.assets
    }

    /// The renditions.
    #[must_use]
    pub fn shelf(&self) -> &Shelf {
        &self.shelf
    }

    /// Who makes its renditions: another studio with the same makes the same of a photo. Nothing
    /// without a plugin that decodes photos: they are published as they are then.
    #[must_use]
    pub fn maker(&self) -> Option<Hash> {
        (!self.processors.is_empty()).then_some(self.maker)
    }

    /// Has everything ready that channels want of these photos: one answer for each, in order.
    /// `tell` hears how far it is.
    ///
    /// # Errors
    /// When a photo cannot be read, or a rendition not be written.
    pub fn develop(
        &self,
        photos: &[Hash],
        tell: &mut (dyn FnMut(Developing) + Send),
    ) -> io::Result<Vec<Developed>> {
        work::develop(self, photos, tell)
    }

    /// Why a photo cannot be used, as was found out when it was developed.
    #[must_use]
    pub fn refusal(&self, photo: &Hash) -> Option<Unusable> {
        self.shelf.facts(photo, &self.maker)?.err()
    }

    /// What is known of a photo, if all that channels want of it is there.
    fn known(&self, photo: &Hash) -> Option<Developed> {
        let developed = self.shelf.facts(photo, &self.maker)?;
        match developed {
            Ok(facts) => self.is_complete(photo, &facts).then(|| Ok(Arc::new(facts))),
            Err(unusable) => Some(Err(unusable)),
        }
    }

    fn is_complete(&self, photo: &Hash, facts: &Facts) -> bool {
        self.wanted(Some(facts.width)).iter().all(|rendition| {
            let name = rendition.name(photo, &self.maker);
            rendition.formats.iter().all(|format| self.shelf.has(name, *format))
        })
    }

    /// What channels want of a photo of this width, or of any: each once.
    fn wanted(&self, width: Option<u32>) -> Vec<Rendition> {
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
                Some(width) => profile.of_photo(width).for_each(&mut add),
                None => profile.all().for_each(&mut add),
            }
        }
        wanted
    }

    /// The frames of all that may be wanted, each once.
    fn frames(&self) -> Vec<Frame> {
        let mut frames: Vec<Frame> = Vec::new();
        for rendition in self.wanted(None) {
            if !frames.contains(&rendition.frame) {
                frames.push(rendition.frame);
            }
        }
        frames
    }
}

/// All that renditions depend on beside the photo and what is wanted of it.
fn maker(processors: &[Arc<Plugin>]) -> Hash {
    let mut recipe = ENCODING.to_le_bytes().to_vec();
    for plugin in processors {
        recipe.extend(plugin.digest().0);
        recipe.extend(Hash::of(plugin.config().as_bytes()).0);
    }
    Hash::of(&recipe)
}

#[cfg(test)]
mod tests;
