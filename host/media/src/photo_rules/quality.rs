//! What a merchandiser should know of a photo that is fine in itself: a channel does not take it, or it
//! shows what another photo shows.

use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::photo::{ColorSwatch, PhotoContent, PhotoMetadata};
use rikaste_model::shop::{Shop, is_url};
use rikaste_model::words;
use rikaste_runtime::find_known_text;
use rikaste_store::{AssetEntry, StoreError, StoreReader};
use smol_str::SmolStr;

/// Endings of names, and what files with them are.
const EXTENSION_MEDIA_TYPES: [(&str, &str); 12] = [
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
const PLACEHOLDER_NAMES: [&str; 24] = [
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
const MAX_COLOR_DISTANCE: u32 = 36;

fn is_near_color(one: &ColorSwatch, other: &ColorSwatch) -> bool {
    let (one, other) = (one.color, other.color);
    let pairs = [(one.red, other.red), (one.green, other.green), (one.blue, other.blue)];
    pairs.iter().map(|(one, other)| u32::from(one.abs_diff(*other))).sum::<u32>()
        <= MAX_COLOR_DISTANCE
}

/// What there is to say about a photo, what its plugin says first.
///
/// # Errors
/// When the store cannot be read.
pub fn photo_warnings(
    (reader, shop): (&StoreReader, &Shop),
    asset: &AssetEntry,
    facts: &PhotoMetadata,
) -> Result<Vec<Diagnostic>, StoreError> {
    let name = asset.name.as_str();
    let remark = |(code, remark): &(SmolStr, String)| {
        let message = words!("photo-remark", name = name, remark = find_known_text(remark));
        Diagnostic { code: code.clone(), ..Diagnostic::new_warning("photo-remark", message) }
    };
    let mut warnings: Vec<_> = facts.remarks.iter().map(remark).collect();
    warnings.extend(check_extension(name, facts));
    warnings.extend(check_minimum_size(shop, name, facts));
    if facts.content == PhotoContent::Blank {
        let message = words!("photo-blank", name = name);
        warnings.push(Diagnostic::new_warning("photo-blank", message));
    }
    warnings.extend(check_placeholder_name(name));
    warnings.extend(find_similar_photo(reader, asset, facts)?);
    Ok(warnings)
}

/// The photo that it is, or that it looks like.
fn find_similar_photo(
    reader: &StoreReader,
    asset: &AssetEntry,
    facts: &PhotoMetadata,
) -> Result<Option<Diagnostic>, StoreError> {
    let name = asset.name.as_str();
    let same = reader.list_assets_by_hash(&asset.hash)?;
    if let Some(other) = same.iter().find(|other| other.name != name) {
        let message = words!("photo-twice", name = name, other = other.name.as_str());
        return Ok(Some(Diagnostic::new_info("photo-twice", message)));
    }
    if facts.content != PhotoContent::Photo {
        return Ok(None);
    }
    let close = reader.list_similar_assets(facts.perceptual_hash)?;
    let other = close.iter().find(|other| {
        let colors = other.facts.as_ref().map(|facts| &facts.colors);
        other.name != name && colors.is_some_and(|colors| has_similar_colors(colors, &facts.colors))
    });
    Ok(other.map(|other| {
        let message = words!("photo-alike", name = name, other = other.name.as_str());
        Diagnostic::new_info("photo-alike", message)
    }))
}

/// Whether the main colours of one are colours of the other.
pub(super) fn has_similar_colors(one: &[ColorSwatch], other: &[ColorSwatch]) -> bool {
    one.iter().take(2).all(|one| other.iter().any(|other| is_near_color(one, other)))
}

/// A file that is called as shops call the picture of a product that has none.
fn check_placeholder_name(name: &str) -> Option<Diagnostic> {
    let (stem, _) = name.rsplit_once('.').unwrap_or((name, ""));
    let letters: String = stem.chars().filter(|c| c.is_alphabetic()).collect();
    PLACEHOLDER_NAMES.contains(&letters.to_lowercase().as_str()).then(|| {
        Diagnostic::new_warning("photo-placeholder", words!("photo-placeholder", name = name))
    })
}

fn check_extension(name: &str, facts: &PhotoMetadata) -> Option<Diagnostic> {
    // What a server sends is its own choice.
    let (_, ending) = name.rsplit_once('.').filter(|_| !is_url(name))?;
    let (_, expected) =
        EXTENSION_MEDIA_TYPES.iter().find(|(known, _)| known.eq_ignore_ascii_case(ending))?;
    if facts.media_type == *expected {
        return None;
    }
    let is = facts.media_type.trim_start_matches("image/");
    let message = words!("photo-misnamed", name = name, is = is);
    Some(Diagnostic::new_info("photo-misnamed", message))
}

/// One message for all channels that do not take it.
fn check_minimum_size(shop: &Shop, name: &str, facts: &PhotoMetadata) -> Option<Diagnostic> {
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
    Some(Diagnostic::new_warning("photo-small", message))
}
