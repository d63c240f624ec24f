//! Currencies: the codes of ISO 4217.
//!
//! The list is our own: `iso_currency` would bring names, countries and a build script for one question.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};
use smol_str::SmolStr;

use crate::words;
use crate::words::LocalizedText;

/// What can be paid with, in order. Metals, bonds and test codes are not in it; currencies that were
/// replaced lately are, because old price lists name them.
const ISO_4217: [&str; 170] = [
    "AED", "AFN", "ALL", "AMD", "ANG", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT",
    "BGN", "BHD", "BIF", "BMD", "BND", "BOB", "BOV", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD",
    "CAD", "CDF", "CHE", "CHF", "CHW", "CLF", "CLP", "CNY", "COP", "COU", "CRC", "CUC", "CUP",
    "CVE", "CZK", "DJF", "DKK", "DOP", "DZD", "EGP", "ERN", "ETB", "EUR", "FJD", "FKP", "GBP",
    "GEL", "GHS", "GIP", "GMD", "GNF", "GTQ", "GYD", "HKD", "HNL", "HRK", "HTG", "HUF", "IDR",
    "ILS", "INR", "IQD", "IRR", "ISK", "JMD", "JOD", "JPY", "KES", "KGS", "KHR", "KMF", "KPW",
    "KRW", "KWD", "KYD", "KZT", "LAK", "LBP", "LKR", "LRD", "LSL", "LYD", "MAD", "MDL", "MGA",
    "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR", "MWK", "MXN", "MXV", "MYR", "MZN", "NAD",
    "NGN", "NIO", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN", "PGK", "PHP", "PKR", "PLN", "PYG",
    "QAR", "RON", "RSD", "RUB", "RWF", "SAR", "SBD", "SCR", "SDG", "SEK", "SGD", "SHP", "SLE",
    "SLL", "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL", "THB", "TJS", "TMT", "TND", "TOP",
    "TRY", "TTD", "TWD", "TZS", "UAH", "UGX", "USD", "USN", "UYI", "UYU", "UYW", "UZS", "VED",
    "VES", "VND", "VUV", "WST", "XAF", "XCD", "XCG", "XOF", "XPF", "YER", "ZAR", "ZMW", "ZWG",
    "ZWL",
];

/// A currency of ISO 4217, by its code: three capital letters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(into = "SmolStr")]
pub struct Currency([u8; 3]);

/// A text that is no currency.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.localized_text())]
pub struct CurrencyError(String);

impl CurrencyError {
    /// What a receipt says about it.
    #[must_use]
    pub fn localized_text(&self) -> LocalizedText {
        words!("currency-invalid", text = self.0.as_str())
    }
}

impl Currency {
    /// Reads a currency's code, in capital or small letters.
    ///
    /// # Errors
    /// When ISO 4217 does not have it.
    pub fn new(text: &str) -> Result<Self, CurrencyError> {
        let code = Self::from_letters(text)?;
        if ISO_4217.binary_search(&code.as_str()).is_err() {
            return Err(CurrencyError(text.to_owned()));
        }
        Ok(code)
    }

    fn from_letters(text: &str) -> Result<Self, CurrencyError> {
        match text.trim().as_bytes() {
            [a, b, c] if [a, b, c].iter().all(|l| l.is_ascii_alphabetic()) => {
                Ok(Self([a.to_ascii_uppercase(), b.to_ascii_uppercase(), c.to_ascii_uppercase()]))
            }
            _ => Err(CurrencyError(text.to_owned())),
        }
    }

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("ASCII letters only, by the constructor")
    }
}

/// Binary data is the store's. Programs before this one took any three letters, and what they stored
/// still opens; anything that a person can write has to be a currency.
impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let from_outside = deserializer.is_human_readable();
        let text = SmolStr::deserialize(deserializer)?;
        let read = if from_outside { Self::new(&text) } else { Self::from_letters(&text) };
        read.map_err(serde::de::Error::custom)
    }
}

impl From<Currency> for SmolStr {
    fn from(currency: Currency) -> Self {
        Self::new(currency.as_str())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_currencies_are_read() {
        assert!(ISO_4217.is_sorted());
        for (text, code) in [("EUR", "EUR"), (" sek ", "SEK"), ("XCG", "XCG"), ("HRK", "HRK")] {
            assert_eq!(Currency::new(text).map(|found| found.to_string()), Ok(code.to_owned()));
        }
        for text in ["ABC", "pcs", "XXX", "EURO", "€", ""] {
            let error = Currency::new(text).expect_err(text).to_string();
            assert!(error.starts_with(&format!("\"{text}\" is not a currency")), "{error}");
        }
    }

    #[test]
    fn what_older_programs_stored_still_opens() {
        let stored = postcard::to_allocvec("ABC").expect("written");
        let currency: Currency = postcard::from_bytes(&stored).expect("three letters");
        assert_eq!(postcard::to_allocvec(&currency).expect("written"), stored);
        assert!(serde_json::from_str::<Currency>("\"ABC\"").is_err());
        assert!(
            postcard::from_bytes::<Currency>(&postcard::to_allocvec("A").expect("written"))
                .is_err()
        );
    }
}
