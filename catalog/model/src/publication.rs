//! Publication: whether a product is offered.
//!
//! The attribute [`status`](crate::well_known::STATUS) says it, so that sources, priorities, edits and
//! windows work as for any other value. A product without one is offered.

use crate::shop::Shop;
use crate::value::ValueData;
use crate::well_known;

/// Whether a product is offered, the least restrictive first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PublicationState {
    /// It is offered.
    Active,
    /// It is not offered yet, or not to everybody.
    Draft,
    /// It is not offered any more.
    Archived,
}

/// Words for states in English, Finnish, Swedish, German, Danish, Norwegian and French, and those of
/// shop systems; without case, spaces and punctuation.
const ACTIVE_WORDS: [&str; 75] = [
    "active",
    "activated",
    "published",
    "publish",
    "enabled",
    "enable",
    "live",
    "online",
    "visible",
    "available",
    "onsale",
    "forsale",
    "insale",
    "released",
    "approved",
    "normal",
    "current",
    "true",
    "yes",
    "y",
    "on",
    "1",
    "x",
    "aktiivinen",
    "aktiivi",
    "julkaistu",
    "käytössä",
    "myynnissä",
    "valikoimassa",
    "näkyvissä",
    "saatavilla",
    "hyväksytty",
    "voimassa",
    "kyllä",
    "poistuva",
    "aktiv",
    "aktivt",
    "publicerad",
    "publicerat",
    "tillsalu",
    "isortiment",
    "synlig",
    "godkänd",
    "ja",
    "utgående",
    "veröffentlicht",
    "aktiviert",
    "imsortiment",
    "sichtbar",
    "freigegeben",
    "verfügbar",
    "auslaufend",
    "aktivert",
    "tilsalg",
    "publiceret",
    "actif",
    "publié",
    "instock",
    "outofstock",
    "soldout",
    "preorder",
    "presale",
    "backorder",
    "backordered",
    "limitedavailability",
    "onlineonly",
    "instoreonly",
    "madetoorder",
    "both",
    "catalog",
    "search",
    "catalogsearch",
    "notvisibleindividually",
    "lowstock",
    "limitedstock",
];

const DRAFT_WORDS: [&str; 73] = [
    "draft",
    "autodraft",
    "pending",
    "pendingreview",
    "inreview",
    "private",
    "hidden",
    "unpublished",
    "notpublished",
    "inactive",
    "notactive",
    "disabled",
    "disable",
    "deactivated",
    "passive",
    "offline",
    "off",
    "unlisted",
    "invisible",
    "blocked",
    "suspended",
    "onhold",
    "notforsale",
    "unavailable",
    "false",
    "no",
    "n",
    "0",
    "excluded",
    "luonnos",
    "keskeneräinen",
    "odottaa",
    "piilotettu",
    "julkaisematon",
    "eijulkaistu",
    "eiaktiivinen",
    "epäaktiivinen",
    "inaktiivinen",
    "passiivinen",
    "poiskäytöstä",
    "eikäytössä",
    "eimyynnissä",
    "estetty",
    "ei",
    "utkast",
    "dold",
    "avpublicerad",
    "ejpublicerad",
    "opublicerad",
    "inaktiv",
    "inaktivt",
    "ejaktiv",
    "spärrad",
    "avaktiverad",
    "nej",
    "entwurf",
    "versteckt",
    "ausgeblendet",
    "unveröffentlicht",
    "nichtaktiv",
    "gesperrt",
    "deaktiviert",
    "nein",
    "kladde",
    "skjult",
    "brouillon",
    "none",
    "nowhere",
    "proposed",
    "rejected",
    "incomplete",
    "estossa",
    "myyntikielto",
];

const ARCHIVED_WORDS: [&str; 45] = [
    "archived",
    "archive",
    "deleted",
    "removed",
    "discontinued",
    "expired",
    "ended",
    "obsolete",
    "withdrawn",
    "retired",
    "trash",
    "trashed",
    "endoflife",
    "eol",
    "phasedout",
    "nolongeravailable",
    "gone",
    "arkistoitu",
    "poistettu",
    "poistunut",
    "poistunutvalikoimasta",
    "lopetettu",
    "lopetettutuote",
    "lakkautettu",
    "vanhentunut",
    "päättynyt",
    "arkiverad",
    "borttagen",
    "raderad",
    "utgått",
    "utgången",
    "utgåttursortiment",
    "avslutad",
    "avvecklad",
    "archiviert",
    "gelöscht",
    "entfernt",
    "ausgelaufen",
    "eingestellt",
    "nichtmehrlieferbar",
    "abgekündigt",
    "udgået",
    "slettet",
    "archivé",
    "supprimé",
];

impl PublicationState {
    /// All, the least restrictive first.
    pub const ALL: [Self; 3] = [Self::Active, Self::Draft, Self::Archived];

    /// The option of the attribute.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Draft => "draft",
            Self::Archived => "archived",
        }
    }

    /// The state that a word stands for; `None` where the word is none that is known.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        // Some systems write -1 for a draft; it is not the 1 of what is published.
        if word.trim_start().starts_with('-') {
            return (word.trim() == "-1").then_some(Self::Draft);
        }
        let word: String =
            word.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect();
        let lists: [(Self, &[&str]); 3] = [
            (Self::Active, &ACTIVE_WORDS),
            (Self::Draft, &DRAFT_WORDS),
            (Self::Archived, &ARCHIVED_WORDS),
        ];
        let found = lists.into_iter().find(|(_, words)| words.contains(&word.as_str()));
        found.map(|(state, _)| state)
    }

    /// The state that a code is.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// The most restrictive state that a value of the shop's `status` names. Options that a shop
    /// lists itself mean what the shop says, and keep nothing from sale unless they are these.
    #[must_use]
    pub fn of_data(data: &ValueData, shop: &Shop) -> Self {
        let own = shop.find_attribute(well_known::STATUS).map(|status| &status.options);
        let state = |word: &str| match own {
            Some(own) if own.contains_key(word) => Self::from_code(word),
            _ => Self::from_word(word),
        };
        let states = match data {
            ValueData::Options(codes) => codes.iter().filter_map(|code| state(code)).max(),
            other => state(&other.to_string()),
        };
        states.unwrap_or(Self::Active)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_stands_for_one_state_and_is_found() {
        let mut seen = std::collections::BTreeSet::new();
        for (state, words) in [
            (PublicationState::Active, &ACTIVE_WORDS[..]),
            (PublicationState::Draft, &DRAFT_WORDS[..]),
            (PublicationState::Archived, &ARCHIVED_WORDS[..]),
        ] {
            for word in words {
                assert!(seen.insert(*word), "{word} is there twice");
                assert_eq!(PublicationState::from_word(word), Some(state), "{word}");
            }
            assert_eq!(PublicationState::from_word(state.code()), Some(state));
        }
        assert_eq!(PublicationState::from_word("Ei myynnissä"), Some(PublicationState::Draft));
        assert_eq!(PublicationState::from_word("-1"), Some(PublicationState::Draft));
        assert_eq!(PublicationState::from_word("2"), None);
        assert_eq!(PublicationState::from_word(""), None);
    }
}
