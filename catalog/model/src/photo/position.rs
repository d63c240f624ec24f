//! What a photo's name says after the SKU: which of a product's photos it is, and what it shows.

use std::cmp::Ordering;

use super::PhotoRole;

/// Where a photo stands among those of a product, by its name: numbers by their value, the main
/// one before all others, swatches and care labels after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PhotoPosition {
    rank: u8,
    number: u64,
}

/// Words that names of photos end in, what they show, and how far ahead such a photo stands. Finnish,
/// Swedish, English, German.
const SUBJECT_WORDS: [(&str, PhotoSubject); 34] = [
    ("main", PhotoSubject::Main),
    ("primary", PhotoSubject::Main),
    ("hero", PhotoSubject::Main),
    ("paakuva", PhotoSubject::Main),
    ("pääkuva", PhotoSubject::Main),
    ("front", PhotoSubject::Front),
    ("etu", PhotoSubject::Front),
    ("edesta", PhotoSubject::Front),
    ("edestä", PhotoSubject::Front),
    ("fram", PhotoSubject::Front),
    ("framsida", PhotoSubject::Front),
    ("vorne", PhotoSubject::Front),
    ("back", PhotoSubject::Back),
    ("taka", PhotoSubject::Back),
    ("takaa", PhotoSubject::Back),
    ("bak", PhotoSubject::Back),
    ("baksida", PhotoSubject::Back),
    ("hinten", PhotoSubject::Back),
    ("swatch", PhotoSubject::Swatch),
    ("varimalli", PhotoSubject::Swatch),
    ("värimalli", PhotoSubject::Swatch),
    ("fargprov", PhotoSubject::Swatch),
    ("färgprov", PhotoSubject::Swatch),
    ("farbmuster", PhotoSubject::Swatch),
    ("care", PhotoSubject::Care),
    ("carelabel", PhotoSubject::Care),
    ("care-label", PhotoSubject::Care),
    ("hoito", PhotoSubject::Care),
    ("hoito-ohje", PhotoSubject::Care),
    ("pesulappu", PhotoSubject::Care),
    ("skotsel", PhotoSubject::Care),
    ("skötsel", PhotoSubject::Care),
    ("pflege", PhotoSubject::Care),
    ("pflegeetikett", PhotoSubject::Care),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PhotoSubject {
    Main,
    Front,
    Other,
    Back,
    Swatch,
    Care,
}

impl PhotoSubject {
    fn from_name_part(part: &str) -> Self {
        let part = part.to_lowercase().replace(['_', ' '], "-");
        SUBJECT_WORDS
            .iter()
            .find(|(word, _)| *word == part)
            .map_or(Self::Other, |(_, shows)| *shows)
    }

    /// Numbers come between those that are seen from the front and those from the back.
    fn rank(self) -> u8 {
        match self {
            Self::Main => 0,
            Self::Front => 1,
            Self::Other => 3,
            Self::Back => 4,
            Self::Swatch => 5,
            Self::Care => 6,
        }
    }
}

impl PhotoPosition {
    /// Of a photo whose name, without ending, goes on so after the SKU: nothing, `_2`, `-front`.
    #[must_use]
    pub fn from_name_rest(rest: &str) -> Self {
        let rest = rest.trim_start_matches(['_', '-', ' ', '.', '(']).trim_end_matches(')');
        if rest.is_empty() {
            return Self { rank: PhotoSubject::Main.rank(), number: 0 };
        }
        let shows = PhotoSubject::from_name_part(
            rest.trim_end_matches(|c: char| c.is_ascii_digit() || "_- ".contains(c)),
        );
        let digits = rest.trim_start_matches(|c: char| !c.is_ascii_digit());
        let digits = digits.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
        let number = digits.parse().ok();
        match (shows, number) {
            (PhotoSubject::Other, Some(number))
                if rest.starts_with(|c: char| c.is_ascii_digit()) =>
            {
                Self { rank: 2, number }
            }
            (shows, number) => Self { rank: shows.rank(), number: number.unwrap_or(0) },
        }
    }

    /// What such a photo is for, where its name says so: a swatch or a care label.
    #[must_use]
    pub fn role(self) -> Option<PhotoRole> {
        if self.rank == PhotoSubject::Swatch.rank() {
            Some(PhotoRole::Swatch)
        } else if self.rank == PhotoSubject::Care.rank() {
            Some(PhotoRole::CareLabel)
        } else {
            None
        }
    }
}

/// The order of two photos by their places, and by their names where those are alike.
#[must_use]
pub fn compare_positions(
    (one, name): (PhotoPosition, &str),
    (other, other_name): (PhotoPosition, &str),
) -> Ordering {
    one.cmp(&other).then_with(|| name.cmp(other_name))
}
