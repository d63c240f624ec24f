//! Components that misbehave on purpose: what a product, a line of a file or a photo tells them to do.

use rikaste_embed::{EmbeddedPlugin, embed_component};

/// An enricher that does what a product tells it to.
pub const TEST_GUEST: EmbeddedPlugin = embed_component!("test-guest");

/// An importer that does what a line of a file tells it to.
pub const TEST_IMPORTER: EmbeddedPlugin = embed_component!("test-importer");

/// An image processor that does what a photo tells it to.
pub const TEST_PICTURE: EmbeddedPlugin = embed_component!("test-picture");
