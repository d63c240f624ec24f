//! The catalogue: what a shop's products are, how they are kept, and what each channel sees of
//! them.
//!
//! Everything here is synchronous and pure or talks to the store; nothing here knows of plugins,
//! files in an inbox, or HTTP. The line that leads through it is drawn in ARCHITECTURE.md.

pub mod code;
pub mod diagnostic;
pub mod locale;
pub mod merge;
pub mod moment;
pub mod picture;
pub mod price;
pub mod product;
pub mod projection;
pub mod receipt;
pub mod record;
pub mod release;
pub mod resolve;
pub mod search;
pub mod shop;
pub mod store;
pub mod value;
pub mod words;
