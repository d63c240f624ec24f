//! A product as it is kept: its layers, prices, stock and reviews.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::code::{AssociationCode, LocationCode, PluginName, PriceListCode, Sku, SourceCode};
use crate::diagnostic::Diagnostic;
use crate::moment::{Moment, Window};
use crate::photo::{PhotoMetadata, PhotoRole};
use crate::record::ReviewRecord;
use crate::value::{AttributeValue, Money};

/// A product's number in the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProductId(pub u32);

/// The hash of some bytes (BLAKE3, 256 bits).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ContentHash(pub [u8; 32]);

/// A drop's number in the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DropId(pub u32);

impl fmt::Display for DropId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The cell a value came from: the origin of everything that was imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CellOrigin {
    /// In which drop.
    pub drop: DropId,
    /// In which row, as an editor or spreadsheet counts it; the header is row 1.
    pub row: u32,
    /// In which column, counted from 0; the drop's receipt has the headers.
    pub column: u16,
}

/// A product, product model or variant with all its layers.
///
/// It is stored in three parts that change at different speeds: content, commerce, reviews.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// Its name in the shop.
    pub sku: Sku,
    /// Its values, by where they came from.
    pub content: ProductContent,
    /// What it costs and where it is.
    pub commerce: ProductCommerce,
    /// What customers say.
    pub reviews: Vec<ProductReview>,
}

/// The values of a product, layer by layer.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ProductContent {
    /// Whether it is a product model: the shared parent of variants, not for sale itself.
    pub is_model: bool,
    /// The model it is a variant of.
    pub parent: Option<Sku>,
    /// What sources say, weakest first (by priority, then by code).
    pub sources: Vec<SourceLayer>,
    /// What plugins made of it, in their order.
    pub enrichments: Vec<PluginEnrichment>,
    /// What people set by hand.
    pub edits: Vec<ManualEdit>,
    /// Photos that were found for it, in order.
    pub photos: Vec<Photo>,
    /// Products that it is linked to and the catalogue does not have: their links are not shown.
    #[serde(skip)]
    pub missing_links: Vec<Sku>,
    /// Which drops its links came from; nothing is known of links of older stores. Kept beside the content
    /// (`store/codec.rs`): it came later.
    #[serde(skip)]
    pub link_origins: Vec<LinkOrigin>,
    /// In which row the model was named; nothing is known of older stores. Kept beside the content, too.
    #[serde(skip)]
    pub parent_origin: Option<RowOrigin>,
}

/// A row of a drop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowOrigin {
    /// In which drop.
    pub drop: DropId,
    /// In which row, as an editor or spreadsheet counts it.
    pub row: u32,
}

/// Which drop the links of one kind came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkOrigin {
    /// The source that states them.
    pub source: SourceCode,
    /// The kind of link.
    pub kind: AssociationCode,
    /// In which drop.
    pub drop: DropId,
}

/// What one source says about a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceLayer {
    /// The code of the source.
    pub source: SourceCode,
    /// A source of higher priority wins.
    pub priority: i32,
    /// Its values.
    pub values: Vec<SourceValue>,
    /// Its links to other products.
    pub associations: Vec<ProductAssociation>,
}

/// A value and the cell it came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceValue {
    /// The value as the source states it.
    pub value: AttributeValue,
    /// The cell that it came from.
    pub cell: CellOrigin,
}

/// A value that a person set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManualEdit {
    /// The value as it was edited.
    pub value: AttributeValue,
    /// In which drop of edits.
    pub cell: CellOrigin,
    /// Who, as the edit says.
    pub by: SmolStr,
    /// When the edit was imported.
    pub at: Moment,
}

/// What one plugin made of a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PluginEnrichment {
    /// The plugin's name.
    pub plugin: PluginName,
    /// Its version.
    pub version: SmolStr,
    /// The hash of its file.
    pub digest: ContentHash,
    /// The hash of (file, configuration, declared inputs): the same key, the same outcome.
    pub memo: ContentHash,
    /// What it proposes.
    pub values: Vec<AttributeValue>,
    /// What it has to say.
    pub diagnostics: Vec<Diagnostic>,
    /// Set when the plugin failed on the inputs at hand: why. The values are then those of its
    /// last success, and `memo` is the key that failed.
    pub failure: Option<String>,
}

/// A link to another product.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ProductAssociation {
    /// What kind of link.
    pub kind: AssociationCode,
    /// To which product.
    pub sku: Sku,
    /// How many of it go with one of this.
    pub quantity: u32,
}

/// A photo in the asset store.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Photo {
    /// The name it was dropped under.
    pub file_name: SmolStr,
    /// The hash of its bytes: its name in the asset store.
    pub asset: ContentHash,
    /// In bytes.
    pub size: u64,
    /// What it is for: the first is the main one, unless its name says another role.
    pub role: PhotoRole,
    /// What is known of it; nothing of a film or document, and of a photo that nobody developed, which no
    /// channel shows. Kept beside the content (`store/codec.rs`): it came later.
    #[serde(skip)]
    pub facts: Option<Arc<PhotoMetadata>>,
}

/// Prices and stock.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ProductCommerce {
    /// Prices by list and window.
    pub prices: Vec<Price>,
    /// Pieces by location.
    pub stock: Vec<StockLevel>,
    /// What was charged when: one point each time a list's price changed.
    pub history: Vec<PricePoint>,
}

/// A price in a list, while its window is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Price {
    /// In which list.
    pub list: PriceListCode,
    /// When the price applies.
    pub window: Window,
    /// The amount and its currency.
    pub money: Money,
    /// The cell that it came from.
    pub cell: CellOrigin,
}

/// From this moment on the list's price was this.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PricePoint {
    /// In which list.
    pub list: PriceListCode,
    /// The moment from which it applies.
    pub at: Moment,
    /// How much; nothing when it had no price any more.
    pub money: Option<Money>,
}

/// Pieces at a location.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockLevel {
    /// The code of the warehouse or store.
    pub location: LocationCode,
    /// The number of pieces.
    pub quantity: i64,
    /// From where we know.
    pub cell: CellOrigin,
}

/// A customer's review and the cell it came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductReview {
    /// The review as the source has it.
    pub record: ReviewRecord,
    /// From which cell (its first column).
    pub cell: CellOrigin,
}

impl Product {
    /// A product of which nothing is known yet.
    #[must_use]
    pub fn new(sku: Sku) -> Self {
        Self {
            sku,
            content: ProductContent::default(),
            commerce: ProductCommerce::default(),
            reviews: Vec::new(),
        }
    }
}

impl ProductContent {
    /// Whether no source says anything about it: it was taken out of the range, or was only ever
    /// named as a parent.
    #[must_use]
    pub fn has_no_source(&self) -> bool {
        self.sources.is_empty()
    }

    /// Whether stock, prices, reviews and edits may be about it.
    #[must_use]
    pub fn is_in_catalogue(&self) -> bool {
        self.is_model || !self.has_no_source()
    }
}

impl ContentHash {
    /// The hash of the bytes.
    #[must_use]
    pub fn hash_bytes(bytes: &[u8]) -> Self {
        Self(*blake3::hash(bytes).as_bytes())
    }

    /// Reads 64 hexadecimal digits.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        blake3::Hash::from_hex(text).ok().map(|hash| Self(*hash.as_bytes()))
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(blake3::Hash::from_bytes(self.0).to_hex().as_str())
    }
}

impl fmt::Debug for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}
