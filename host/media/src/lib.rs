//! Photos to renditions: plugins decode dropped photos in their sandbox, and the host encodes the pixels that
//! they answer with.
//!
//! [`renditions`] makes and remembers renditions; [`encode`] turns pixels into JPEG, WebP, PNG and AVIF;
//! [`photo_rules`] says whose stored photos are, and what to know of them.

pub mod encode;
pub mod photo_rules;
pub mod renditions;
