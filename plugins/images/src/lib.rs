//! Photos, decoded in the sandbox and made into what channels show.
//!
//! A photo that came from outside is hostile until its pixels are out of it, and this is the only
//! code that looks into one. The way of a photo:
//!
//! ```text
//! bytes ─ decode ─▶ Raster ─ scale ─▶ Light ─ profile ─▶ Light ─ orient ─▶ base ─▶ renditions
//!                 as stored         linear, as            sRGB           upright ─▶ facts
//!                                   large as wanted
//! ```
//!
//! It is scaled down first, and only as far as the largest wanted picture allows: what follows is
//! done on few pixels. Scaling is done on amounts of light, since the mean of two sRGB numbers is
//! darker than the mean of what they stand for. The smaller renditions are made from larger ones.
//!
//! What is read of a header is held against [`limits`] before anything is allocated for it. A photo
//! of which a part is missing is refused, however much of it could be shown.

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
