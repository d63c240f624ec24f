//! Alternative texts: words side by side, in the nominative.

use rikaste_plugin::{Image, Product, locale};

/// What one language says of photos.
struct PhotoVocabulary {
    language: &'static str,
    image: &'static str,
    /// By role.
    roles: &'static [(&'static str, &'static str)],
}

#[rustfmt::skip]
static VOCABULARIES: [PhotoVocabulary; 4] = [
    PhotoVocabulary { language: "fi", image: "kuva", roles: &[("detail", "yksityiskohta"), ("back", "takaa"), ("front", "edestä"), ("side", "sivulta"), ("packaging", "pakkaus"), ("lifestyle", "käytössä")] },
    PhotoVocabulary { language: "sv", image: "bild", roles: &[("detail", "detalj"), ("back", "bakifrån"), ("front", "framifrån"), ("side", "från sidan"), ("packaging", "förpackning"), ("lifestyle", "i användning")] },
    PhotoVocabulary { language: "en", image: "image", roles: &[("detail", "detail"), ("back", "back view"), ("front", "front view"), ("side", "side view"), ("packaging", "packaging"), ("lifestyle", "in use")] },
    PhotoVocabulary { language: "de", image: "Bild", roles: &[("detail", "Detail"), ("back", "Rückansicht"), ("front", "Vorderansicht"), ("side", "Seitenansicht"), ("packaging", "Verpackung"), ("lifestyle", "im Gebrauch")] },
];

/// What the photos of a product have in common in one locale.
pub(crate) struct AltText<'a> {
    name: &'a str,
    color: Option<&'a str>,
    vocabulary: Option<&'static PhotoVocabulary>,
}

impl<'a> AltText<'a> {
    /// `None` where the product has no name in the locale.
    pub(crate) fn new(product: &'a Product, tag: &str) -> Option<Self> {
        let name = product.text_for("name", tag).map(str::trim).filter(|name| !name.is_empty())?;
        let color = product.text_for("color", tag).map(str::trim).filter(|color| {
            !color.is_empty() && !name.to_lowercase().contains(&color.to_lowercase())
        });
        let words = VOCABULARIES.iter().find(|words| locale::same_language(words.language, tag));
        Some(Self { name, color, vocabulary: words })
    }

    /// The text of the photo at this place. The first is of the product itself; of the others it
    /// says what they show, and which they are, so that no two are alike.
    pub(crate) fn text_for_photo(&self, image: &Image, index: usize) -> String {
        let mut text = self.name.to_owned();
        if let Some(color) = self.color {
            text.push_str(", ");
            text.push_str(color);
        }
        if index == 0 {
            return text;
        }
        if let Some(role) = self.vocabulary.and_then(|words| words.role_word(&image.role)) {
            text.push_str(", ");
            text.push_str(role);
        }
        text.push_str(", ");
        if let Some(words) = self.vocabulary {
            text.push_str(words.image);
            text.push(' ');
        }
        text.push_str(&(index + 1).to_string());
        text
    }
}

impl PhotoVocabulary {
    fn role_word(&self, role: &str) -> Option<&'static str> {
        self.roles.iter().find(|(code, _)| *code == role).map(|(_, word)| *word)
    }
}
