//! Which products a photo belongs to, and in which place, by the name of its file.

use rikaste_model::code::{Gtin, Sku};
use rikaste_model::photo::{PhotoPosition, PhotoRole};
use rikaste_model::product::ProductId;
use rikaste_model::shop::is_url;
use rikaste_store::asset_folder::AssetKind;
use rikaste_store::{StoreError, StoreReader};

/// Whose photo this is by its name: of the product whose SKU it begins with, or of those with its GTIN.
///
/// # Errors
/// When the store cannot be read.
pub fn find_photo_owners(reader: &StoreReader, name: &str) -> Result<Vec<ProductId>, StoreError> {
    if let Some(owner) = find_sku_owner(reader, name)? {
        return Ok(vec![owner]);
    }
    match parse_leading_gtin(file_stem(name)) {
        Some(gtin) => reader.find_products_by_gtin(gtin),
        None => Ok(Vec::new()),
    }
}

/// The product with the longest SKU that a photo's name begins with, up to a `_`, `-` or space
/// (`1001.jpg`, `1001_2.jpg`, `1001-front.webp`).
///
/// # Errors
/// When the store cannot be read.
pub fn find_sku_owner(reader: &StoreReader, name: &str) -> Result<Option<ProductId>, StoreError> {
    for beginning in owner_candidates(name) {
        if let Ok(sku) = Sku::new(&beginning)
            && let Some(id) = reader.find_product_id(&sku)?
        {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

/// What a name begins with that may be a SKU or GTIN, the longest first.
#[must_use]
pub fn owner_candidates(name: &str) -> Vec<String> {
    /// A name with more signs is no SKU with a word behind it.
    const MOST: usize = 16;
    if is_url(name) {
        return Vec::new();
    }
    let stem = file_stem(name);
    let ends = stem.char_indices().filter(|(_, c)| matches!(c, '_' | '-' | ' ')).map(|(at, _)| at);
    let mut ends: Vec<usize> = ends.take(MOST).filter(|end| *end > 0).collect();
    ends.push(stem.len());
    let beginnings = ends.into_iter().rev().map(|end| stem[..end].trim_end().to_owned());
    beginnings.chain(parse_leading_gtin(stem).map(|gtin| gtin.to_string())).collect()
}

/// A name without its ending.
fn file_stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn parse_leading_gtin(stem: &str) -> Option<Gtin> {
    Gtin::new(leading_digits(stem)?).ok()
}

/// Which of the photos of its SKU or GTIN this is.
#[must_use]
pub fn photo_place(name: &str, owner: &str) -> PhotoPosition {
    let stem = file_stem(name);
    let rest = stem.strip_prefix(owner);
    PhotoPosition::from_name_rest(
        rest.or_else(|| stem.strip_prefix(leading_digits(stem)?)).unwrap_or(stem),
    )
}

/// The digits that a name begins with, if no letter follows.
fn leading_digits(stem: &str) -> Option<&str> {
    let end = stem.find(|c: char| !c.is_ascii_digit()).unwrap_or(stem.len());
    let (digits, rest) = stem.split_at(end);
    let is_apart = rest.chars().next().is_none_or(|c| matches!(c, '_' | '-' | ' ' | '('));
    (is_apart && digits.len() >= 8).then_some(digits)
}

/// The role of a file that is no picture, by its name.
#[must_use]
pub fn attachment_role(name: &str) -> Option<PhotoRole> {
    match AssetKind::from_file_name(name) {
        AssetKind::Photo => None,
        AssetKind::Video => Some(PhotoRole::Video),
        AssetKind::Document => Some(PhotoRole::Document),
    }
}
