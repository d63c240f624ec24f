//! What a photo's name says after the SKU: which of a product's photos it is, and what it shows.

use std::cmp::Ordering;

use smol_str::SmolStr;

/// Where a photo stands among those of a product, by its name: numbers by their value, the main
/// one before all others, swatches and care labels after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    rank: u8,
    number: u64,
}

/// Words that names of photos end in, what they show, and how far ahead such a photo stands. Finnish,
/// Swedish, English, German.
const WORDS: [(&str, Shows); 34] = [
    ("main", Shows::Main),
    ("primary", Shows::Main),
    ("hero", Shows::Main),
    ("paakuva", Shows::Main),
    ("pääkuva", Shows::Main),
    ("front", Shows::Front),
    ("etu", Shows::Front),
    ("edesta", Shows::Front),
    ("edestä", Shows::Front),
    ("fram", Shows::Front),
    ("framsida", Shows::Front),
    ("vorne", Shows::Front),
    ("back", Shows::Back),
    ("taka", Shows::Back),
    ("takaa", Shows::Back),
    ("bak", Shows::Back),
    ("baksida", Shows::Back),
    ("hinten", Shows::Back),
    ("swatch", Shows::Swatch),
    ("varimalli", Shows::Swatch),
    ("värimalli", Shows::Swatch),
    ("fargprov", Shows::Swatch),
    ("färgprov", Shows::Swatch),
    ("farbmuster", Shows::Swatch),
    ("care", Shows::Care),
    ("carelabel", Shows::Care),
    ("care-label", Shows::Care),
    ("hoito", Shows::Care),
    ("hoito-ohje", Shows::Care),
    ("pesulappu", Shows::Care),
    ("skotsel", Shows::Care),
    ("skötsel", Shows::Care),
    ("pflege", Shows::Care),
    ("pflegeetikett", Shows::Care),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shows {
    Main,
    Front,
    Other,
    Back,
    Swatch,
    Care,
}

impl Shows {
    fn of(part: &str) -> Self {
        let part = part.to_lowercase().replace(['_', ' '], "-");
        WORDS.iter().find(|(word, _)| *word == part).map_or(Self::Other, |(_, shows)| *shows)
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

impl Place {
    /// Of a photo whose name, without ending, goes on so after the SKU: nothing, `_2`, `-front`.
    #[must_use]
    pub fn of(rest: &str) -> Self {
        let rest = rest.trim_start_matches(['_', '-', ' ', '.', '(']).trim_end_matches(')');
        if rest.is_empty() {
            return Self { rank: Shows::Main.rank(), number: 0 };
        }
        let shows =
            Shows::of(rest.trim_end_matches(|c: char| c.is_ascii_digit() || "_- ".contains(c)));
        let digits = rest.trim_start_matches(|c: char| !c.is_ascii_digit());
        let digits = digits.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
        let number = digits.parse().ok();
        match (shows, number) {
            (Shows::Other, Some(number)) if rest.starts_with(|c: char| c.is_ascii_digit()) => {
                Self { rank: 2, number }
            }
            (shows, number) => Self { rank: shows.rank(), number: number.unwrap_or(0) },
        }
    }

    /// What such a photo is for, where its name says so: `swatch`, `care-label`.
    #[must_use]
    pub fn role(self) -> Option<SmolStr> {
        if self.rank == Shows::Swatch.rank() {
            Some(SmolStr::new_static("swatch"))
        } else if self.rank == Shows::Care.rank() {
            Some(SmolStr::new_static("care-label"))
        } else {
            None
        }
    }
}

/// The order of two photos by their places, and by their names where those are alike.
#[must_use]
pub fn in_order((one, name): (Place, &str), (other, other_name): (Place, &str)) -> Ordering {
    one.cmp(&other).then_with(|| name.cmp(other_name))
}
