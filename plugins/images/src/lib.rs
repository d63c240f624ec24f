//! Decodes photos in the sandbox and makes renditions of them.
//!
//! A photo from outside is untrusted input, and no other crate parses one. The stages:
//!
//! ```text
//! bytes ─ decode ─▶ Raster ─ scale ─▶ LightImage ─ convert ─▶ LightImage ─ turn ─▶ renditions
//!                as stored             linear                  sRGB        upright    and facts
//! ```
//!
//! A photo is first reduced to the size that the largest rendition needs. Later stages then process
//! few pixels. Scaling works on linear light, because the mean of two sRGB values is too dark.
//! Smaller renditions are made from larger ones.
//!
//! Sizes in headers are checked against `limits` before memory is allocated for them. An
//! incomplete photo is refused even if most of it could be shown.

mod decode;
mod facts;
mod format;
mod frame;
mod light;
mod limits;
mod orient;
mod picture;
mod plugin;
mod profile;
mod raster;
mod rendition;
mod scale;
mod tone;

pub use plugin::Images;

rikaste_plugin::export_image_processor!(Images);
