//! Variants that are shown by each other's picture: whoever chooses another colour wants to see it, and
//! channels refuse a variant with the picture of another (Google, `image_link`: "the correct variant").
//!
//! Only a variant's own main photo is looked at. Where it has none it is shown by its model's, which a
//! merchandiser chose to do. Variants that differ in size only look alike and may share a photo.

use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::moment::Moment;
use rikaste_model::picture::{Content, Facts};
use rikaste_model::product::ProductId;
use rikaste_model::product::{Photo, Product};
use rikaste_model::resolve::{View, choose};
use rikaste_model::shop::Shop;
use rikaste_model::value::Data;
use rikaste_model::words;
use rikaste_store::{ALIKE, Reader, StoreError};

use super::quality::are_like;

/// Attributes that one sees the difference of.
const SEEN: [&str; 4] = ["color", "colour", "pattern", "print"];
/// The most siblings that a variant is compared with.
const MOST: usize = 200;

/// A variant's sibling that is shown by the same picture, although one would see the difference.
pub struct Sibling {
    /// Which product it is.
    pub id: ProductId,
    /// What there is to say.
    pub told: Diagnostic,
}

impl Sibling {
    /// The first sibling of this product of which that is so.
    pub fn of(
        id: ProductId,
        (reader, release): (&Reader, u64),
        (shop, at): (&Shop, Moment),
    ) -> Result<Option<Self>, StoreError> {
        let Some(model) = reader.model_of(id)? else { return Ok(None) };
        let Some(own) = reader.product_without_reviews(id, release)? else { return Ok(None) };
        let Some((photo, facts)) = main(&own) else { return Ok(None) };
        for other in reader.variants(model)?.into_iter().filter(|other| *other != id).take(MOST) {
            let Some(sibling) = reader.product_without_reviews(other, release)? else { continue };
            let Some((theirs, its_facts)) = main(&sibling) else { continue };
            let is_same = photo.asset == theirs.asset;
            let is_like = are_alike(facts, its_facts);
            if !is_same && !is_like {
                continue;
            }
            let Some(seen) = SEEN.into_iter().find(|seen| differ(shop, at, seen, &own, &sibling))
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
            let told = match is_same {
                true => Diagnostic::warning("photo-sibling", message),
                // They may differ in what a small picture does not show.
                false => Diagnostic::info("photo-sibling", message),
            };
            return Ok(Some(Self { id: other, told: told.at_sku(own.sku) }));
        }
        Ok(None)
    }
}

/// What shows a product, and what is known of it.
fn main(product: &Product) -> Option<(&Photo, &Facts)> {
    let photo = product.content.photos.iter().find(|photo| photo.role == "main")?;
    Some((photo, photo.facts.as_deref()?))
}

/// Whether two photos show the same. Drawings are alike in too little for their hashes to tell.
fn are_alike(one: &Facts, other: &Facts) -> bool {
    [one, other].iter().all(|facts| facts.content == Content::Photo)
        && one.distance(other) <= ALIKE
        && are_like(&one.colors, &other.colors)
}

/// Whether both say what they are in this respect, and say different things.
fn differ(shop: &Shop, at: Moment, attribute: &str, own: &Product, other: &Product) -> bool {
    let [own, other] = [own, other].map(|product| said(shop, at, attribute, product));
    own.is_some() && other.is_some() && own != other
}

fn said(shop: &Shop, at: Moment, attribute: &str, product: &Product) -> Option<Data> {
    let view = View::of(product, None, &shop.standings);
    let said = view.of_attribute(attribute);
    // A colour may be a text of a language; the first that is said is as good as another.
    let chosen = choose(said, &[], None, at).or_else(|| choose(said, &shop.locales, None, at));
    chosen.map(|said| said.value.data.clone())
}
