//! What a merchandiser should know of a photo that is fine in itself: a channel does not take it, or it
//! shows what another photo shows.

use rikaste_catalog::diagnostic::Diagnostic;
use rikaste_catalog::picture::{Content, Facts, Swatch};
use rikaste_catalog::product::Hash;
use rikaste_catalog::store::Asset;
use rikaste_catalog::words;
use smol_str::SmolStr;

use crate::pipeline::LineError;
use crate::pipeline::draft::Draft;

/// Bits of 64 in which pictures of the same differ at most: copies of a photo in another size or
/// quality differ in fewer, photos of different things in more.
const ALIKE: u32 = 4;

/// Endings of names, and what files with them are.
const ENDINGS: [(&str, &str); 11] = [
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("jpe", "image/jpeg"),
    ("jfif", "image/jpeg"),
    ("png", "image/png"),
    ("webp", "image/webp"),
    ("gif", "image/gif"),
    ("bmp", "image/bmp"),
    ("dib", "image/bmp"),
    ("tif", "image/tiff"),
    ("tiff", "image/tiff"),
];

/// How far the main colours of such pictures are apart at most, over all channels: the same coat in
/// another colour differs in nothing else.
const SAME_COLOR: u32 = 36;

/// All photos there are, to compare others with.
pub(super) struct Known(Vec<Look>);

/// How a photo looks.
struct Look {
    name: SmolStr,
    hash: Hash,
    perceptual_hash: u64,
    colors: Vec<Swatch>,
}

impl Look {
    fn of(asset: &Asset, facts: &Facts) -> Self {
        Self {
            name: asset.name.clone(),
            hash: asset.hash,
            perceptual_hash: facts.perceptual_hash,
            colors: facts.colors.clone(),
        }
    }

    fn is_like(&self, facts: &Facts) -> bool {
        let alike = (self.perceptual_hash ^ facts.perceptual_hash).count_ones() <= ALIKE;
        alike
            && self
                .colors
                .iter()
                .take(2)
                .all(|one| facts.colors.iter().any(|other| near(one, other)))
    }
}

fn near(one: &Swatch, other: &Swatch) -> bool {
    let (one, other) = (one.color, other.color);
    let pairs = [(one.red, other.red), (one.green, other.green), (one.blue, other.blue)];
    pairs.iter().map(|(one, other)| u32::from(one.abs_diff(*other))).sum::<u32>() <= SAME_COLOR
}

impl Known {
    pub(super) fn of(draft: &Draft<'_>) -> Result<Self, LineError> {
        let look = |asset: &Asset| {
            let facts = asset.facts.as_ref().filter(|facts| facts.content == Content::Photo)?;
            Some(Look::of(asset, facts))
        };
        Ok(Self(draft.writer.assets()?.iter().filter_map(look).collect()))
    }

    /// What there is to say about a photo; it is known from then on.
    pub(super) fn look(
        &mut self,
        draft: &Draft<'_>,
        asset: &Asset,
        facts: &Facts,
    ) -> Vec<Diagnostic> {
        let name = asset.name.as_str();
        let mut said = Vec::new();
        said.extend(misnamed(name, facts));
        said.extend(too_small(draft, name, facts));
        if facts.content == Content::Blank {
            let message = words!("photo-blank", name = name);
            said.push(Diagnostic::warning("photo-blank", message));
        }
        said.extend(self.alike(asset, facts));
        if facts.content == Content::Photo {
            self.0.retain(|known| known.name != asset.name);
            self.0.push(Look::of(asset, facts));
        }
        said
    }

    /// The photo that it is, or that it looks like.
    fn alike(&self, asset: &Asset, facts: &Facts) -> Option<Diagnostic> {
        let name = asset.name.as_str();
        let others = || self.0.iter().filter(|known| known.name != asset.name);
        if let Some(other) = others().find(|known| known.hash == asset.hash) {
            let message = words!("photo-twice", name = name, other = other.name.as_str());
            return Some(Diagnostic::info("photo-twice", message));
        }
        if facts.content != Content::Photo {
            return None;
        }
        let other = others().find(|known| known.is_like(facts))?;
        let message = words!("photo-alike", name = name, other = other.name.as_str());
        Some(Diagnostic::info("photo-alike", message))
    }
}

fn misnamed(name: &str, facts: &Facts) -> Option<Diagnostic> {
    let (_, ending) = name.rsplit_once('.')?;
    let (_, said) = ENDINGS.iter().find(|(known, _)| known.eq_ignore_ascii_case(ending))?;
    if facts.media_type == *said {
        return None;
    }
    let is = facts.media_type.trim_start_matches("image/");
    let message = words!("photo-misnamed", name = name, is = is);
    Some(Diagnostic::info("photo-misnamed", message))
}

/// One message for all channels that do not take it.
fn too_small(draft: &Draft<'_>, name: &str, facts: &Facts) -> Option<Diagnostic> {
    let channels = draft.shop().channels.iter();
    let strict = channels.filter_map(|channel| Some((channel, channel.images.minimum?)));
    let mut strict: Vec<_> = strict
        .filter(|(_, [width, height])| facts.width < *width || facts.height < *height)
        .collect();
    strict.sort_by_key(|(_, minimum)| *minimum);
    let (_, [width, height]) = *strict.last()?;
    let labels: Vec<&str> = strict.iter().map(|(channel, _)| channel.label.as_str()).collect();
    let message = words!(
        "photo-small",
        name = name,
        size = format!("{}×{}", facts.width, facts.height),
        channels = labels.join(", "),
        least = format!("{width}×{height}")
    );
    Some(Diagnostic::warning("photo-small", message))
}
