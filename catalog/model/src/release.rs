//! Releases: one number for what every channel shows.

use std::fmt;
use std::num::ParseIntError;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::code::ChannelCode;
use crate::locale::Locale;
use crate::moment::Moment;
use crate::product::{ContentHash, DropId};

/// The number of a release: 1, 2, 3, …
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct ReleaseNumber(pub u64);

impl ReleaseNumber {
    /// Where a catalogue stands that has no release yet.
    pub const BEFORE_FIRST: Self = Self(0);

    /// The number of the release after it.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }

    /// The number of the release so many before it; at the earliest [`Self::BEFORE_FIRST`].
    #[must_use]
    pub fn go_back(self, releases: u32) -> Self {
        Self(self.0.saturating_sub(u64::from(releases)))
    }

    /// How many releases it is behind another; 0 when it is ahead.
    #[must_use]
    pub fn count_behind(self, later: Self) -> u64 {
        later.0.saturating_sub(self.0)
    }
}

impl fmt::Display for ReleaseNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for ReleaseNumber {
    type Err = ParseIntError;
    fn from_str(text: &str) -> Result<Self, ParseIntError> {
        text.parse().map(Self)
    }
}

/// An immutable state of the catalogue, and of every channel, under one number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    /// Its number.
    pub number: ReleaseNumber,
    /// The moment that its projections are taken at: never earlier than an earlier release's.
    pub effective_at: Moment,
    /// Why it was made.
    pub cause: ReleaseCause,
    /// What each channel shows.
    pub channels: Vec<ChannelState>,
}

/// Why a release was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum ReleaseCause {
    /// A file was dropped.
    Drop {
        /// The drop.
        drop: DropId,
        /// Its file, from the inbox on.
        file: String,
    },
    /// A validity window opened or closed.
    Window,
    /// The configuration or the plugins changed.
    Configuration,
    /// An earlier release was brought back.
    Rollback {
        /// The release that it shows again.
        to: ReleaseNumber,
    },
    /// What one drop said was taken back.
    Undo {
        /// The drop.
        drop: DropId,
        /// Its file, from the inbox on.
        file: String,
    },
}

/// What a channel shows in a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChannelState {
    /// The channel's code.
    pub channel: ChannelCode,
    /// How many products.
    pub products: u64,
    /// The sum of its documents' hashes: the same documents give the same sum, whatever came in which order.
    pub sum: DocumentHash,
    /// How complete the products are, locale by locale.
    pub locales: Vec<LocaleState>,
}

/// How complete a channel's products are in a locale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocaleState {
    /// The locale that is counted.
    pub locale: Locale,
    /// Products with every required value in this locale.
    pub complete: u64,
    /// Products for which some required value is shown from a fallback, and none is missing.
    pub fallback: u64,
    /// Products that lack a required value.
    pub incomplete: u64,
}

/// The hash of a channel document, or of nothing when the channel does not show the product:
/// 128 bits of BLAKE3. It tells whether documents differ; it proves nothing against an attacker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(from = "[u8; 16]", into = "[u8; 16]")]
pub struct DocumentHash(pub u128);

impl From<[u8; 16]> for DocumentHash {
    fn from(bytes: [u8; 16]) -> Self {
        Self(u128::from_le_bytes(bytes))
    }
}

impl From<DocumentHash> for [u8; 16] {
    fn from(hash: DocumentHash) -> Self {
        hash.0.to_le_bytes()
    }
}

impl DocumentHash {
    /// The hash of a document's bytes.
    #[must_use]
    pub fn hash_document(document: &[u8]) -> Self {
        let hash = blake3::hash(document);
        let (half, _) = hash.as_bytes().split_first_chunk().expect("32 bytes have a first half");
        Self::from(*half)
    }
}

impl ChannelState {
    /// A channel that shows nothing yet.
    #[must_use]
    pub fn new_empty(channel: ChannelCode) -> Self {
        Self { channel, products: 0, sum: DocumentHash::default(), locales: Vec::new() }
    }

    /// The fingerprint of everything that the channel shows.
    #[must_use]
    pub fn root_hash(&self) -> SmolStr {
        SmolStr::new(format!("{:032x}", self.sum.0))
    }

    /// Puts one document in the place of another; `None` is none.
    pub fn replace_document(&mut self, old: Option<DocumentHash>, new: Option<DocumentHash>) {
        if let Some(old) = old {
            self.products -= 1;
            self.sum.0 = self.sum.0.wrapping_sub(old.0);
        }
        if let Some(new) = new {
            self.products += 1;
            self.sum.0 = self.sum.0.wrapping_add(new.0);
        }
    }

    /// The counts of a locale, made where there are none.
    pub fn locale_state_mut(&mut self, locale: &Locale) -> &mut LocaleState {
        let index =
            self.locales.iter().position(|state| state.locale == *locale).unwrap_or_else(|| {
                self.locales.push(LocaleState {
                    locale: locale.clone(),
                    complete: 0,
                    fallback: 0,
                    incomplete: 0,
                });
                self.locales.len() - 1
            });
        &mut self.locales[index]
    }
}

impl Release {
    /// The fingerprint of everything that every channel shows. Two shops that took in the same
    /// have the same, whatever their release numbers.
    #[must_use]
    pub fn root_hash(&self) -> ContentHash {
        let mut hasher = blake3::Hasher::new();
        for state in &self.channels {
            hasher.update(state.channel.as_str().as_bytes());
            hasher.update(&[0]);
            hasher.update(&state.products.to_le_bytes());
            hasher.update(&state.sum.0.to_le_bytes());
        }
        ContentHash(*hasher.finalize().as_bytes())
    }

    /// What a channel shows.
    #[must_use]
    pub fn find_channel(&self, code: &str) -> Option<&ChannelState> {
        self.channels.iter().find(|state| state.channel.as_str() == code)
    }
}
