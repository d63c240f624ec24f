//! The rules about stored photos that need no pixels: whose they are, which of them show a product, and what a
//! merchandiser should know of them.

mod photo_owners;
mod quality;
mod shared_main_photos;

pub use photo_owners::{
    attachment_role, find_photo_owners, find_sku_owner, owner_candidates, photo_place,
};
pub use quality::photo_warnings;
pub use shared_main_photos::SharedMainPhoto;
