//! What a product's photo, film or document is for.

use std::fmt;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// What one of a product's files is for. Documents, plugins and the store have it as a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "SmolStr", into = "SmolStr")]
pub enum PhotoRole {
    /// The photo that stands for the product.
    Main,
    /// Any other photo.
    Detail,
    /// A sample of the material or colour.
    Swatch,
    /// The label with washing and care instructions.
    CareLabel,
    /// A film.
    Video,
    /// A document.
    Document,
}

/// A word that is no role.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no role; roles are {roles}", roles = PhotoRole::ALL.map(PhotoRole::as_str).join(", "))]
pub struct PhotoRoleError(SmolStr);

impl PhotoRole {
    const ALL: [Self; 6] =
        [Self::Main, Self::Detail, Self::Swatch, Self::CareLabel, Self::Video, Self::Document];

    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Main => "main",
            Self::Detail => "detail",
            Self::Swatch => "swatch",
            Self::CareLabel => "care-label",
            Self::Video => "video",
            Self::Document => "document",
        }
    }

    /// Whether it is published as it was dropped: a film or document.
    #[must_use]
    pub fn is_attachment(self) -> bool {
        matches!(self, Self::Video | Self::Document)
    }
}

impl TryFrom<SmolStr> for PhotoRole {
    type Error = PhotoRoleError;
    fn try_from(word: SmolStr) -> Result<Self, PhotoRoleError> {
        Self::ALL.into_iter().find(|role| role.as_str() == word).ok_or(PhotoRoleError(word))
    }
}

impl From<PhotoRole> for SmolStr {
    fn from(role: PhotoRole) -> Self {
        Self::new_static(role.as_str())
    }
}

impl fmt::Display for PhotoRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_stored_as_its_word() {
        for role in PhotoRole::ALL {
            let stored = postcard::to_allocvec(role.as_str()).expect("written");
            assert_eq!(postcard::to_allocvec(&role).expect("written"), stored);
            assert_eq!(postcard::from_bytes::<PhotoRole>(&stored), Ok(role));
        }
        let error = PhotoRole::try_from(SmolStr::new("cover")).expect_err("no role").to_string();
        assert_eq!(
            error,
            "\"cover\" is no role; roles are main, detail, swatch, care-label, video, document"
        );
    }
}
