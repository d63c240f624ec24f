//! What a merchandiser should know of a photo that is fine in itself: a channel does not take it, or it
//! shows what another photo shows.

use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::picture::{Content, Facts, Swatch};
use rikaste_model::shop::{Shop, is_url};
use rikaste_model::words;
use rikaste_store::{Asset, Reader, StoreError};
use smol_str::SmolStr;

/// Endings of names, and what files with them are.
const ENDINGS: [(&str, &str); 12] = [
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("jpe", "image/jpeg"),
    ("jfif", "image/jpeg"),
    ("png", "image/png"),
    ("webp", "image/webp"),
    ("avif", "image/avif"),
    ("gif", "image/gif"),
    ("bmp", "image/bmp"),
    ("dib", "image/bmp"),
    ("tif", "image/tiff"),
    ("tiff", "image/tiff"),
];

/// What shops call the picture of a product that has none: the whole name, digits and signs left out.
const STAND_INS: [&str; 24] = [
    "placeholder",
    "imageplaceholder",
    "productplaceholder",
    "defaultimage",
    "noimage",
    "noimageavailable",
    "nophoto",
    "nophotoavailable",
    "nopicture",
    "nopictureavailable",
    "imagecomingsoon",
    "photocomingsoon",
    "picturecomingsoon",
    "imagenotavailable",
    "imagemissing",
    "eikuvaa",
    "kuvatulossa",
    "kuvapuuttuu",
    "ingenbild",
    "bildsaknas",
    "bildkommer",
    "keinbild",
    "keinbildvorhanden",
    "bildfolgt",
];

/// How far the main colours of such pictures are apart at most, over all channels: the same coat in
/// another colour differs in nothing else.
const SAME_COLOR: u32 = 36;

fn near(one: &Swatch, other: &Swatch) -> bool {
    let (one, other) = (one.color, other.color);
    let pairs = [(one.red, other.red), (one.green, other.green), (one.blue, other.blue)];
    pairs.iter().map(|(one, other)| u32::from(one.abs_diff(*other))).sum::<u32>() <= SAME_COLOR
}

/// What there is to say about a photo, what its plugin says first.
pub fn look(
    (reader, shop): (&Reader, &Shop),
    asset: &Asset,
    facts: &Facts,
) -> Result<Vec<Diagnostic>, StoreError> {
    let name = asset.name.as_str();
    let remark = |(code, remark): &(SmolStr, String)| {
        let message = words!("photo-remark", name = name, remark = remark.as_str());
        Diagnostic { code: code.clone(), ..Diagnostic::warning("photo-remark", message) }
    };
    let mut said: Vec<_> = facts.remarks.iter().map(remark).collect();
    said.extend(misnamed(name, facts));
    said.extend(too_small(shop, name, facts));
    if facts.content == Content::Blank {
        let message = words!("photo-blank", name = name);
        said.push(Diagnostic::warning("photo-blank", message));
    }
    said.extend(stands_in(name));
    said.extend(alike(reader, asset, facts)?);
    Ok(said)
}

/// The photo that it is, or that it looks like.
fn alike(reader: &Reader, asset: &Asset, facts: &Facts) -> Result<Option<Diagnostic>, StoreError> {
    let name = asset.name.as_str();
    let same = reader.assets_of_hash(&asset.hash)?;
    if let Some(other) = same.iter().find(|other| other.name != name) {
        let message = words!("photo-twice", name = name, other = other.name.as_str());
        return Ok(Some(Diagnostic::info("photo-twice", message)));
    }
    if facts.content != Content::Photo {
        return Ok(None);
    }
    let close = reader.assets_alike(facts.perceptual_hash)?;
    let other = close.iter().find(|other| {
        let colors = other.facts.as_ref().map(|facts| &facts.colors);
        other.name != name && colors.is_some_and(|colors| are_like(colors, &facts.colors))
    });
    Ok(other.map(|other| {
        let message = words!("photo-alike", name = name, other = other.name.as_str());
        Diagnostic::info("photo-alike", message)
    }))
}

/// Whether the main colours of one are colours of the other.
pub(super) fn are_like(one: &[Swatch], other: &[Swatch]) -> bool {
    one.iter().take(2).all(|one| other.iter().any(|other| near(one, other)))
}

/// A file that is called as shops call the picture of a product that has none.
fn stands_in(name: &str) -> Option<Diagnostic> {
    let (stem, _) = name.rsplit_once('.').unwrap_or((name, ""));
    let letters: String = stem.chars().filter(|c| c.is_alphabetic()).collect();
    STAND_INS
        .contains(&letters.to_lowercase().as_str())
        .then(|| Diagnostic::warning("photo-placeholder", words!("photo-placeholder", name = name)))
}

fn misnamed(name: &str, facts: &Facts) -> Option<Diagnostic> {
    // What a server sends is its own choice.
    let (_, ending) = name.rsplit_once('.').filter(|_| !is_url(name))?;
    let (_, said) = ENDINGS.iter().find(|(known, _)| known.eq_ignore_ascii_case(ending))?;
    if facts.media_type == *said {
        return None;
    }
    let is = facts.media_type.trim_start_matches("image/");
    let message = words!("photo-misnamed", name = name, is = is);
    Some(Diagnostic::info("photo-misnamed", message))
}

/// One message for all channels that do not take it.
fn too_small(shop: &Shop, name: &str, facts: &Facts) -> Option<Diagnostic> {
    let channels = shop.channels.iter();
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
