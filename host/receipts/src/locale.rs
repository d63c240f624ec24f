//! How the people of a shop are spoken to.

use jiff::tz::TimeZone;
use rikaste_model::shop::Shop;
use rikaste_model::words::Language;

/// The language and the time of a shop's people.
#[derive(Debug, Clone, Copy)]
pub struct ReceiptLocale<'s> {
    /// Their language.
    pub language: Language,
    /// Where their clocks are.
    pub zone: &'s TimeZone,
}

impl<'s> ReceiptLocale<'s> {
    /// A shop's.
    #[must_use]
    pub fn from_shop(shop: &'s Shop) -> Self {
        Self { language: shop.language, zone: &shop.zone }
    }
}
