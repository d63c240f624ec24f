//! Parts of products as bytes: postcard, compressed with LZ4.

use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::StoreError;
use rikaste_model::photo::PhotoMetadata;
use rikaste_model::product::{ProductCommerce, ProductContent, ProductReview};

/// A part's content as it is stored. What is known of its photos follows it, the products that its
/// links do not find, where its links came from, and which row named its model, where anything is: older
/// programs stored none.
#[must_use]
pub fn encode_content(content: &ProductContent) -> Vec<u8> {
    let mut plain = encode_plain(content);
    let has_parent = content.parent_origin.is_some();
    let has_origins = has_parent || !content.link_origins.is_empty();
    let has_missing = has_origins || !content.missing_links.is_empty();
    if has_missing || content.photos.iter().any(|photo| photo.facts.is_some()) {
        let facts = content.photos.iter().map(|photo| photo.facts.as_deref());
        plain.extend(encode_plain(&facts.collect::<Vec<_>>()));
    }
    if has_missing {
        plain.extend(encode_plain(&content.missing_links));
    }
    if has_origins {
        plain.extend(encode_plain(&content.link_origins));
    }
    if has_parent {
        plain.extend(encode_plain(&content.parent_origin));
    }
    lz4_flex::compress_prepend_size(&plain)
}

/// Prices and stock as they are stored.
#[must_use]
pub fn encode_commerce(commerce: &ProductCommerce) -> Vec<u8> {
    encode_compressed(commerce)
}

/// Reviews as they are stored.
#[must_use]
pub fn encode_reviews(reviews: &[ProductReview]) -> Vec<u8> {
    encode_compressed(reviews)
}

/// Reads what [`encode_content`] wrote.
///
/// # Errors
/// When the bytes are not what was written.
pub fn decode_content(bytes: &[u8]) -> Result<ProductContent, StoreError> {
    let damaged = |why: String| StoreError::Damaged { what: "a product's content".to_owned(), why };
    let plain = lz4_flex::decompress_size_prepended(bytes).map_err(|e| damaged(e.to_string()))?;
    let (mut content, rest) =
        postcard::take_from_bytes::<ProductContent>(&plain).map_err(|e| damaged(e.to_string()))?;
    if !rest.is_empty() {
        let (facts, rest) = postcard::take_from_bytes::<Vec<Option<PhotoMetadata>>>(rest)
            .map_err(|e| damaged(e.to_string()))?;
        if !rest.is_empty() {
            let (missing, rest) =
                postcard::take_from_bytes(rest).map_err(|e| damaged(e.to_string()))?;
            content.missing_links = missing;
            if !rest.is_empty() {
                let (origins, rest) =
                    postcard::take_from_bytes(rest).map_err(|e| damaged(e.to_string()))?;
                content.link_origins = origins;
                if !rest.is_empty() {
                    content.parent_origin =
                        postcard::from_bytes(rest).map_err(|e| damaged(e.to_string()))?;
                }
            }
        }
        for (photo, facts) in content.photos.iter_mut().zip(facts) {
            photo.facts = facts.map(Arc::new);
        }
    }
    Ok(content)
}

pub(super) fn encode_compressed<T: Serialize + ?Sized>(value: &T) -> Vec<u8> {
    lz4_flex::compress_prepend_size(&encode_plain(value))
}

pub(super) fn encode_plain<T: Serialize + ?Sized>(value: &T) -> Vec<u8> {
    postcard::to_allocvec(value)
        .expect("memory takes it, and the types have no maps of unknown size")
}

pub(super) fn decode_compressed<T: DeserializeOwned>(
    what: &str,
    bytes: &[u8],
) -> Result<T, StoreError> {
    let damaged = |why: String| StoreError::Damaged { what: what.to_owned(), why };
    let plain = lz4_flex::decompress_size_prepended(bytes).map_err(|e| damaged(e.to_string()))?;
    postcard::from_bytes(&plain).map_err(|e| damaged(e.to_string()))
}
