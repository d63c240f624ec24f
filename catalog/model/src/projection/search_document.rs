//! What the index stores of a product.

use smol_str::SmolStr;

use crate::code::{AttributeCode, ChannelCode, FamilyCode, Gtin, Sku};
use crate::locale::Locale;

/// Everything search knows of one product. It holds nothing that search does not use, so an equal
/// [`fingerprint`](Self::fingerprint) means that the product need not be indexed again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchDocument {
    /// The product's number in the store; search results name it by this.
    pub product: u32,
    /// Found exactly in any case, and by its beginning.
    pub sku: Sku,
    /// Found by scanning.
    pub gtin: Option<Gtin>,
    /// A facet; to be found by its name it has to be in the texts as well.
    pub brand: Option<SmolStr>,
    /// A facet.
    pub family: Option<FamilyCode>,
    /// The path of each category it is in, topmost first. It is counted in each of them once.
    pub categories: Vec<Vec<SmolStr>>,
    /// Options of attributes that are facets.
    pub facets: Vec<(AttributeCode, SmolStr)>,
    /// Its own texts in each locale. Fallbacks are followed by the query, not copied here.
    pub texts: Vec<LocaleText>,
    /// The channels that show it.
    pub channels: Vec<ChannelEntry>,
}

/// A product's texts in one locale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocaleText {
    /// The locale of the texts.
    pub locale: Locale,
    /// Its name: worth more, and completed while typing.
    pub title: String,
    /// All other text, parts on lines of their own.
    pub text: String,
}

/// How a channel shows a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelEntry {
    /// The channel's code.
    pub channel: ChannelCode,
    /// What it costs there now, in the currency's smallest unit.
    pub price: Option<i64>,
    /// Whether the channel's locations have any. The number is left out on purpose: a sale that
    /// leaves some in stock changes nothing here.
    pub in_stock: bool,
}

impl SearchDocument {
    /// A hash of everything above; equal on every machine.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        let mut hash = FieldHasher(blake3::Hasher::new());
        hash.hash_number(u64::from(self.product));
        hash.hash_text(self.sku.as_str());
        hash.hash_option(self.gtin.map(Gtin::number));
        hash.hash_text(self.brand.as_deref().unwrap_or_default());
        hash.hash_text(self.family.as_ref().map_or("", FamilyCode::as_str));
        hash.hash_number(self.categories.len() as u64);
        for path in &self.categories {
            hash.hash_number(path.len() as u64);
            path.iter().for_each(|code| hash.hash_text(code));
        }
        hash.hash_number(self.facets.len() as u64);
        for (attribute, option) in &self.facets {
            hash.hash_text(attribute.as_str());
            hash.hash_text(option);
        }
        hash.hash_number(self.texts.len() as u64);
        for text in &self.texts {
            hash.hash_text(text.locale.as_str());
            hash.hash_text(&text.title);
            hash.hash_text(&text.text);
        }
        for entry in &self.channels {
            hash.hash_text(entry.channel.as_str());
            hash.hash_option(entry.price.map(i64::cast_unsigned));
            hash.hash_number(u64::from(entry.in_stock));
        }
        hash.finish_hash()
    }
}

/// Hashes a row of fields, each separated from the next.
struct FieldHasher(blake3::Hasher);

impl FieldHasher {
    fn hash_number(&mut self, number: u64) {
        self.0.update(&number.to_le_bytes());
    }

    fn hash_option(&mut self, number: Option<u64>) {
        self.hash_number(u64::from(number.is_some()));
        self.hash_number(number.unwrap_or_default());
    }

    fn hash_text(&mut self, text: &str) {
        self.hash_number(text.len() as u64);
        self.0.update(text.as_bytes());
    }

    fn finish_hash(&self) -> u64 {
        let hash = self.0.finalize();
        let (first, _) = hash.as_bytes().split_first_chunk().expect("a hash has 32 bytes");
        u64::from_le_bytes(*first)
    }
}
