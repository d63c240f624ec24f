//! Parts of products as bytes: postcard, compressed with LZ4.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::StoreError;
use crate::product::{Commerce, Content, Review};

/// A part's content as it is stored.
#[must_use]
pub fn encode_content(content: &Content) -> Vec<u8> {
    encode(content)
}

/// Prices and stock as they are stored.
#[must_use]
pub fn encode_commerce(commerce: &Commerce) -> Vec<u8> {
    encode(commerce)
}

/// Reviews as they are stored.
#[must_use]
pub fn encode_reviews(reviews: &[Review]) -> Vec<u8> {
    encode(reviews)
}

/// Reads what [`encode_content`] wrote.
///
/// # Errors
/// When the bytes are not what was written.
pub fn decode_content(bytes: &[u8]) -> Result<Content, StoreError> {
    decode("a product's content", bytes)
}

pub(super) fn encode<T: Serialize + ?Sized>(value: &T) -> Vec<u8> {
    let plain = postcard::to_allocvec(value)
        .expect("memory takes it, and the types have no maps of unknown size");
    lz4_flex::compress_prepend_size(&plain)
}

pub(super) fn decode<T: DeserializeOwned>(what: &str, bytes: &[u8]) -> Result<T, StoreError> {
    let damaged = |why: String| StoreError::Damaged { what: what.to_owned(), why };
    let plain = lz4_flex::decompress_size_prepended(bytes).map_err(|e| damaged(e.to_string()))?;
    postcard::from_bytes(&plain).map_err(|e| damaged(e.to_string()))
}
