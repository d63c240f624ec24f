//! Codes of the attributes that the program itself reads and writes.

/// What the product is called: the document's title.
pub const NAME: &str = "name";
/// The text about it.
pub const DESCRIPTION: &str = "description";
/// The code of its family.
pub const FAMILY: &str = "family";
/// The codes of its categories.
pub const CATEGORIES: &str = "categories";
/// Its GTIN, by which it is found, too.
pub const GTIN: &str = "gtin";
/// Its brand.
pub const BRAND: &str = "brand";
/// The names of its photos, in order.
pub const IMAGES: &str = "images";
/// The alternative texts of its photos: a table.
pub const IMAGE_ALT: &str = "image_alt";
/// Whether it is offered: see [`PublicationState`](crate::publication::PublicationState).
pub const STATUS: &str = "status";
/// No attribute, but a channel or family can require it like one.
pub const PRICE: &str = "price";
