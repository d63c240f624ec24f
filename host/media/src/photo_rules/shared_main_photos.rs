//! Variants that are shown by each other's picture: whoever chooses another colour wants to see it, and
//! channels refuse a variant with the picture of another (Google, `image_link`: "the correct variant").
//!
//! Only a variant's own main photo is looked at. Where it has none it is shown by its model's, which a
//! merchandiser chose to do. Variants that differ in size only look alike and may share a photo.

use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::moment::Moment;
use rikaste_model::photo::{PhotoContent, PhotoMetadata, PhotoRole};
use rikaste_model::product::ProductId;
use rikaste_model::product::{Photo, Product};
use rikaste_model::release::ReleaseNumber;
use rikaste_model::resolve::{ResolvedValues, choose_value};
use rikaste_model::shop::Shop;
use rikaste_model::value::ValueData;
use rikaste_model::words;
use rikaste_store::{MAX_SIMILAR_BITS, StoreError, StoreReader};

use super::quality::has_similar_colors;

/// Attributes that one sees the difference of.
const VISIBLE_ATTRIBUTES: [&str; 4] = ["color", "colour", "pattern", "print"];
/// The most siblings that a variant is compared with.
const MAX_SIBLINGS: usize = 200;

/// A variant's sibling that is shown by the same picture, although one would see the difference.
pub struct SharedMainPhoto {
    /// Which product it is.
    pub id: ProductId,
    /// What there is to say.
    pub diagnostic: Diagnostic,
}

impl SharedMainPhoto {
    /// The first sibling of this product of which that is so.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn find_for_product(
        id: ProductId,
        (reader, release): (&StoreReader, ReleaseNumber),
        (shop, at): (&Shop, Moment),
    ) -> Result<Option<Self>, StoreError> {
        let Some(model) = reader.find_model(id)? else { return Ok(None) };
        let Some(own) = reader.load_product_without_reviews(id, release)? else { return Ok(None) };
        let Some((photo, facts)) = main_photo(&own) else { return Ok(None) };
        for other in
            reader.list_variants(model)?.into_iter().filter(|other| *other != id).take(MAX_SIBLINGS)
        {
            let Some(sibling) = reader.load_product_without_reviews(other, release)? else {
                continue;
            };
            let Some((theirs, its_facts)) = main_photo(&sibling) else { continue };
            let is_same = photo.asset == theirs.asset;
            let is_like = is_similar_photo(facts, its_facts);
            if !is_same && !is_like {
                continue;
            }
            let Some(seen) = VISIBLE_ATTRIBUTES
                .into_iter()
                .find(|seen| has_different_value(shop, at, seen, &own, &sibling))
            else {
                continue;
            };
            let message = words!(
                "photo-sibling",
                name = photo.file_name.as_str(),
                sku = own.sku.as_str(),
                other = sibling.sku.as_str(),
                attribute = seen
            );
            let diagnostic = match is_same {
                true => Diagnostic::new_warning("photo-sibling", message),
                // They may differ in what a small picture does not show.
                false => Diagnostic::new_info("photo-sibling", message),
            };
            return Ok(Some(Self { id: other, diagnostic: diagnostic.at_sku(own.sku) }));
        }
        Ok(None)
    }
}

/// What shows a product, and what is known of it.
fn main_photo(product: &Product) -> Option<(&Photo, &PhotoMetadata)> {
    let photo = product.content.photos.iter().find(|photo| photo.role == PhotoRole::Main)?;
    Some((photo, photo.facts.as_deref()?))
}

/// Whether two photos show the same. Drawings have too little detail for their hashes to decide that.
fn is_similar_photo(one: &PhotoMetadata, other: &PhotoMetadata) -> bool {
    [one, other].iter().all(|facts| facts.content == PhotoContent::Photo)
        && one.hash_distance(other) <= MAX_SIMILAR_BITS
        && has_similar_colors(&one.colors, &other.colors)
}

/// Whether both say what they are in this respect, and say different things.
fn has_different_value(
    shop: &Shop,
    at: Moment,
    attribute: &str,
    own: &Product,
    other: &Product,
) -> bool {
    let [own, other] = [own, other].map(|product| resolve_attribute(shop, at, attribute, product));
    own.is_some() && other.is_some() && own != other
}

fn resolve_attribute(
    shop: &Shop,
    at: Moment,
    attribute: &str,
    product: &Product,
) -> Option<ValueData> {
    let view = ResolvedValues::from_product(product, None, &shop.source_priorities);
    let values = view.find_by_attribute(attribute);
    // A colour may be a text of a language; the first is as good as another.
    let chosen = choose_value(values, &[], None, at)
        .or_else(|| choose_value(values, &shop.locales, None, at));
    chosen.map(|resolved| resolved.value.data.clone())
}
