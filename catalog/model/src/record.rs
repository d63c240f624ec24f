//! Records: what an importer makes of one row or element.
//!
//! A record is typed and checked against the shop's model already: its attributes exist, its
//! data is of their type. Merging it into a product cannot fail.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::code::{
    AssociationCode, AttributeCode, ChannelCode, LocationCode, PriceListCode, Sku, SourceCode,
};
use crate::locale::Locale;
use crate::moment::Window;
use crate::product::ProductAssociation;
use crate::value::{AttributeValue, Money};
use crate::well_known;

mod join;

pub use join::JoinConflict;

/// What a file in the inbox is about: the folder it lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DropKind {
    /// `inbox/products`
    Products,
    /// `inbox/reviews`
    Reviews,
    /// `inbox/stock`
    Stock,
    /// `inbox/prices`
    Prices,
    /// `inbox/images`
    Images,
    /// `inbox/edits`
    Edits,
}

/// One imported row or element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRecord {
    /// Where it stood: its row as an editor or spreadsheet counts it; the header is row 1. In
    /// JSON, the element's number counted from 1 (JSON Lines: the line).
    pub row: u32,
    /// Further rows that it speaks for: those that only add a picture to a product.
    pub extra_rows: u32,
    /// Whom it is about.
    pub sku: Sku,
    /// What it says.
    pub body: RecordBody,
}

/// What a record says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordBody {
    /// About a product's content (and its prices and stock, where the file has them).
    Product(ProductRecord),
    /// A review of the product.
    Review(ReviewRecord),
    /// How many pieces are where.
    Stock(Vec<StockRecord>),
    /// What it costs.
    Prices(Vec<PriceRecord>),
    /// What a person set.
    Edit(EditRecord),
}

/// A row of a product file. A row changes only the cells that it has: what other files state about
/// other attributes stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductRecord {
    /// On whose behalf the file speaks.
    pub source: SourceCode,
    /// The source's priority; higher wins.
    pub priority: i32,
    /// Whether it says that this is a product model.
    pub is_model: bool,
    /// The model it is a variant of: `None` says nothing, `Some(None)` says it has none.
    pub parent: Option<Option<Sku>>,
    /// Its cells.
    pub cells: Vec<CellRecord>,
    /// Links by kind: a kind that is named here replaces the earlier links of the source.
    pub associations: Vec<(AssociationCode, Vec<ProductAssociation>)>,
    /// Prices in the same row.
    pub prices: Vec<PriceRecord>,
    /// Stock in the same row.
    pub stock: Vec<StockRecord>,
    /// What it has to do with earlier rows of the file about the product.
    pub join: RecordJoin,
    /// Whether cells of it could not be read: what it says nothing of may stand in them.
    pub has_unread_cells: bool,
}

/// What a row has to do with earlier rows of its file about the same product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RecordJoin {
    /// Nothing: it is the first.
    #[default]
    Replaces,
    /// It adds to them.
    Adds {
        /// The first row of the product.
        first: u32,
    },
    /// It is the only variant of the model that they are about, and has the model's SKU: they say
    /// what it leaves out, and go before it.
    Completes,
    /// It is the model, and they are its variant of the same SKU: it goes before them.
    Overrules,
}

/// A cell of a product file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellRecord {
    /// In which column, counted from 0.
    pub column: u16,
    /// What it says.
    pub change: CellChange,
}

/// What a cell says about an attribute in its place (locale, channel, window).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CellChange {
    /// This is the value.
    Set(AttributeValue),
    /// There is none (the cell is empty).
    Clear {
        /// Of which attribute.
        attribute: AttributeCode,
        /// For which locale.
        locale: Option<Locale>,
        /// For which channel.
        channel: Option<ChannelCode>,
        /// When the value that is cleared applies.
        window: Window,
    },
}

/// A price of a product: replaces the one in the same list and window. Unlike a stored
/// [`Price`](crate::product::Price) it may take one away, and it knows its column but no drop yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceRecord {
    /// In which column, counted from 0.
    pub column: u16,
    /// In which list.
    pub list: PriceListCode,
    /// When the price applies.
    pub window: Window,
    /// How much; nothing takes the price away.
    pub money: Option<Money>,
}

/// Pieces of a product at a location. The [`StockLevel`](crate::product::StockLevel) that is stored knows the
/// drop and the row as well, which an importer does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StockRecord {
    /// In which column, counted from 0.
    pub column: u16,
    /// The code of the warehouse or store.
    pub location: LocationCode,
    /// The number of pieces.
    pub quantity: i64,
}

/// A customer's review. One with the same source and id replaces the earlier one. The store keeps its fields
/// in this order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewRecord {
    /// Where it was collected.
    pub source: SmolStr,
    /// Its name there; when the source gives none, a hash of what it says.
    pub id: SmolStr,
    /// Out of 5.
    pub rating: Decimal,
    /// In which language it is, where known.
    pub locale: Option<Locale>,
    /// Its headline; may be empty.
    pub title: String,
    /// Its text; may be empty.
    pub text: String,
    /// Who wrote it; may be empty.
    pub author: String,
    /// When, as an ISO 8601 date.
    pub date: Option<SmolStr>,
    /// Whether the source checked that the writer bought the product.
    pub verified: bool,
    /// Whether the writer got something for it.
    pub incentivised: bool,
}

/// A value set by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditRecord {
    /// In which column the value is, counted from 0.
    pub column: u16,
    /// What; [`CellChange::Clear`] takes an edit back.
    pub change: CellChange,
    /// Who.
    pub by: SmolStr,
}

impl ProductRecord {
    /// Whether it says nothing of which a product could be made: pieces and links are about one.
    #[must_use]
    pub fn says_nothing(&self) -> bool {
        let has_value = self.cells.iter().any(|cell| matches!(cell.change, CellChange::Set(_)));
        let has_price = self.prices.iter().any(|price| price.money.is_some());
        !(has_value || has_price || self.is_model || matches!(self.parent, Some(Some(_))))
    }
}

impl CellChange {
    /// When the value that is set or cleared applies.
    #[must_use]
    pub fn window(&self) -> Window {
        match self {
            Self::Set(value) => value.window,
            Self::Clear { window, .. } => *window,
        }
    }

    /// The window and channel of a cell that says from when or until when a product is offered.
    pub(crate) fn status_bound(&self) -> Option<(Window, Option<&ChannelCode>)> {
        let (attribute, channel) = match self {
            Self::Set(value) => (&value.attribute, &value.channel),
            Self::Clear { attribute, channel, .. } => (attribute, channel),
        };
        let window = self.window();
        let is_bound = attribute.as_str() == well_known::STATUS && !window.is_always();
        is_bound.then_some((window, channel.as_ref()))
    }
}

impl RecordBody {
    /// The columns of its cells.
    pub fn for_each_column(&mut self, mut visit: impl FnMut(&mut u16)) {
        match self {
            Self::Product(product) => {
                product.cells.iter_mut().for_each(|cell| visit(&mut cell.column));
                product.prices.iter_mut().for_each(|price| visit(&mut price.column));
                product.stock.iter_mut().for_each(|level| visit(&mut level.column));
            }
            Self::Review(_) => {}
            Self::Stock(levels) => levels.iter_mut().for_each(|level| visit(&mut level.column)),
            Self::Prices(prices) => prices.iter_mut().for_each(|price| visit(&mut price.column)),
            Self::Edit(edit) => visit(&mut edit.column),
        }
    }
}

impl DropKind {
    /// Every kind, in the order in which a shop that starts takes its inbox.
    pub const ALL: [Self; 6] =
        [Self::Images, Self::Products, Self::Prices, Self::Stock, Self::Reviews, Self::Edits];

    /// The folder's name.
    #[must_use]
    pub fn folder(self) -> &'static str {
        match self {
            Self::Products => "products",
            Self::Reviews => "reviews",
            Self::Stock => "stock",
            Self::Prices => "prices",
            Self::Images => "images",
            Self::Edits => "edits",
        }
    }

    /// The kind of a folder.
    #[must_use]
    pub fn from_folder(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.folder() == name)
    }
}
