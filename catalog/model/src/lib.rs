//! The product model: values, products, a shop's configuration, and what each channel sees of a product.
//!
//! Everything here is synchronous and pure. Nothing here knows of storage, plugins, files in an inbox, or HTTP.

pub mod category;
pub mod code;
pub mod diagnostic;
pub mod locale;
pub mod merge;
pub mod moment;
pub mod photo;
pub mod price;
pub mod product;
pub mod projection;
pub mod publication;
pub mod receipt;
pub mod record;
pub mod release;
pub mod resolve;
pub mod shop;
pub mod shop_folder;
pub mod shop_request;
pub mod undo;
pub mod value;
pub mod well_known;
pub mod words;
