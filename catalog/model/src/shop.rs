//! The shop's configuration: its model and its channels, read from TOML and checked once.
//!
//! `shop.toml` and `model.toml` say what there is; `channels/*.toml` say who sees what of it.
//! The raw forms are private to `raw`; what goes on from here names only things that exist.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use serde::{Serialize, Serializer};
use smol_str::SmolStr;

use crate::code::{
    AssociationCode, AttributeCode, CategoryCode, ChannelCode, FamilyCode, LocationCode,
    PriceListCode,
};
use crate::locale::Locale;
use crate::receipt::Percentage;
use crate::value::{Currency, DataType};
use crate::well_known;
use crate::words::Language;

mod channel;
mod images;
mod mistakes;
mod origins;
mod product_url;
mod raw;
mod remote_photos;
mod sources;
mod web;

pub use channel::{Channel, ChannelAssortment, LocaleChain};
pub use mistakes::{ConfigChecker, ConfigMistake};
pub use origins::AllowedOrigins;
pub use product_url::ProductUrl;
pub use remote_photos::{
    AllowedHost, AllowedHostError, RemotePhotoSettings, is_url, normalize_host,
};
pub use sources::{FullRanges, SourcePriorities, SourcePriority};
pub use web::{OWN_SEGMENTS, WebAddress};

/// Attributes that every shop has.
pub const STANDARD_ATTRIBUTES: [&str; 6] = [
    well_known::FAMILY,
    well_known::CATEGORIES,
    well_known::GTIN,
    well_known::BRAND,
    well_known::IMAGES,
    well_known::STATUS,
];

/// Everything the shop configured. Its serialised form decides whether the catalogue is processed
/// again: see `ConfigurationFingerprint` of the runtime. So what only answers over HTTP have is not
/// serialised, here and in what this holds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Shop {
    /// What it is called. Only answers over HTTP have it.
    #[serde(skip)]
    pub name: String,
    /// In which time zone its days begin.
    #[serde(serialize_with = "write_zone")]
    pub zone: TimeZone,
    /// What its people are spoken to in.
    pub language: Language,
    /// More than this share of bad rows, and nothing of a file is taken; none: every good row is.
    pub reject_file_above: Option<Percentage>,
    /// Which files are the whole range of their source.
    pub full_ranges: FullRanges,
    /// Whose values win.
    pub source_priorities: SourcePriorities,
    /// Its locales; the first is its own.
    pub locales: Vec<Locale>,
    /// Where a price goes that names no list.
    pub price_list: PriceListCode,
    /// Its price lists.
    pub price_lists: BTreeMap<PriceListCode, PriceList>,
    /// Its stock locations, in the order of the file.
    pub locations: Vec<StockLocation>,
    /// Where stock goes that names no location, if the shop says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stock_location: Option<LocationCode>,
    /// Its attributes.
    pub attributes: BTreeMap<AttributeCode, AttributeDefinition>,
    /// Its families.
    pub families: BTreeMap<FamilyCode, ProductFamily>,
    /// Its categories.
    pub categories: BTreeMap<CategoryCode, ProductCategory>,
    /// Its association types.
    pub associations: BTreeMap<AssociationCode, LocaleLabels>,
    /// Its channels.
    pub channels: Vec<Channel>,
    /// Pictures that product files name by URL.
    pub remote_photos: RemotePhotoSettings,
    /// Where people reach the program, when a proxy stands before it.
    pub web: WebAddress,
    /// How many releases back a client may ask for changes.
    pub keep_releases: u32,
}

fn write_zone<S: Serializer>(zone: &TimeZone, serializer: S) -> Result<S::Ok, S::Error> {
    zone.iana_name().serialize(serializer)
}

/// A name in each locale that has one.
pub type LocaleLabels = BTreeMap<Locale, String>;

/// What an attribute is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AttributeDefinition {
    /// What it holds.
    pub data_type: DataType,
    /// Whether it may differ by locale.
    pub localizable: bool,
    /// Whether it may differ by channel.
    pub scopable: bool,
    /// How search sees it.
    pub search: SearchUse,
    /// Whether search counts its options.
    pub facet: bool,
    /// The unit that measurements are in which name none.
    pub unit: Option<SmolStr>,
    /// Its options; none listed: any code is taken.
    pub options: BTreeMap<SmolStr, LocaleLabels>,
    /// What people call it.
    pub label: LocaleLabels,
    /// The plugin that defined it, if none of the shop's files did.
    pub by_plugin: Option<SmolStr>,
}

/// How search sees an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SearchUse {
    /// Not at all.
    #[default]
    None,
    /// As running text.
    Text,
    /// As the name: worth more, and completed while typing.
    Title,
}

/// A kind of product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProductFamily {
    /// What people call it.
    pub label: LocaleLabels,
    /// What its products are described by; empty: anything.
    pub attributes: Vec<AttributeCode>,
    /// What none of its products may lack.
    pub required: Vec<AttributeCode>,
}

/// A place in the range.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProductCategory {
    /// What people call it.
    pub label: LocaleLabels,
    /// The category it is in.
    pub parent: Option<CategoryCode>,
}

/// A price list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PriceList {
    /// In which currency.
    pub currency: Currency,
    /// What people call it.
    pub label: String,
}

/// A place that holds stock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StockLocation {
    /// Its code.
    pub code: LocationCode,
    /// What people call it.
    pub label: String,
    /// What it is.
    pub kind: LocationKind,
}

/// What a location is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum LocationKind {
    /// Customers come here.
    #[default]
    Store,
    /// They do not.
    Warehouse,
}

/// Why the configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ShopError {
    /// Files that cannot be read, or say what cannot be: all of them.
    #[error("{}", list_mistakes(.mistakes))]
    Mistakes {
        /// What is wrong, file by file.
        mistakes: Vec<ConfigMistake>,
        /// The shop without it, if it still has every name: other files can be checked against it.
        partial: Option<Box<Shop>>,
    },
    /// There is no shop here.
    #[error("{} has no shop.toml; `rikaste init {}` makes a shop there", path.display(), path.display())]
    NoShop {
        /// The folder in which a shop was expected.
        path: PathBuf,
    },
}

/// The mistakes as one text: a line for each.
#[must_use]
pub fn list_mistakes(mistakes: &[ConfigMistake]) -> String {
    let lines: Vec<_> = mistakes.iter().map(ToString::to_string).collect();
    match lines.as_slice() {
        [only] => only.clone(),
        _ => format!("the configuration has {} mistakes:\n  {}", lines.len(), lines.join("\n  ")),
    }
}

/// Why a plugin's attribute cannot be added.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the plugin writes {attribute} as {plugin_has}, but {shop_has_it_from} has it as {shop_has}; make them the same"
)]
pub struct AttributeConflict {
    /// The attribute's code.
    pub attribute: AttributeCode,
    /// What the plugin has.
    pub plugin_has: String,
    /// What the shop has.
    pub shop_has: String,
    /// `model.toml` or another plugin.
    pub shop_has_it_from: String,
}

impl Shop {
    /// Reads the configuration in a shop's folder.
    ///
    /// # Errors
    /// When a file is missing, is no TOML, or names what does not exist.
    pub fn load_from_folder(folder: &Path) -> Result<Self, ShopError> {
        raw::load_shop(folder)
    }

    /// A shop of which nothing is known but where it is and what it speaks: all that plugins see of
    /// one.
    #[must_use]
    pub fn new_bare(zone: TimeZone, locales: Vec<Locale>, channels: Vec<ChannelCode>) -> Self {
        raw::build_bare_shop(zone, locales, channels)
    }

    /// Adds what a file like a shop's `model.toml` says.
    ///
    /// # Errors
    /// When it cannot be read, or names what does not exist.
    pub fn add_model_file(&mut self, path: &Path) -> Result<(), ShopError> {
        raw::add_model_file(path, self)
    }

    /// The attribute of this code.
    #[must_use]
    pub fn find_attribute(&self, code: &str) -> Option<&AttributeDefinition> {
        self.attributes.get(code)
    }

    /// The channel of this code.
    #[must_use]
    pub fn find_channel(&self, code: &str) -> Option<&Channel> {
        self.channels.iter().find(|channel| channel.code.as_str() == code)
    }

    /// The location of this code.
    #[must_use]
    pub fn find_location(&self, code: &str) -> Option<&StockLocation> {
        self.locations.iter().find(|location| location.code.as_str() == code)
    }

    /// Where stock goes that names no location: the only one, or the one that the shop names.
    #[must_use]
    pub fn default_location(&self) -> Option<&LocationCode> {
        match &self.locations[..] {
            [only] => Some(&only.code),
            _ => self.stock_location.as_ref(),
        }
    }

    /// The category and those above it, topmost first. A code that is not in the model is its own path.
    #[must_use]
    pub fn category_path<'a>(&'a self, code: &'a CategoryCode) -> Vec<&'a CategoryCode> {
        let mut path = vec![code];
        let mut at = code;
        while let Some(parent) =
            self.categories.get(at).and_then(|category| category.parent.as_ref())
        {
            path.push(parent);
            at = parent;
        }
        path.reverse();
        path
    }

    /// Adds an attribute that a plugin writes.
    ///
    /// # Errors
    /// When the shop has one of this code with another type or other axes.
    pub fn define_attribute(
        &mut self,
        code: AttributeCode,
        attribute: AttributeDefinition,
    ) -> Result<(), AttributeConflict> {
        let Some(known) = self.attributes.get(&code) else {
            self.attributes.insert(code, attribute);
            return Ok(());
        };
        if known.describe_shape() == attribute.describe_shape() {
            return Ok(());
        }
        Err(AttributeConflict {
            attribute: code,
            plugin_has: attribute.describe_shape(),
            shop_has: known.describe_shape(),
            shop_has_it_from: match &known.by_plugin {
                Some(plugin) => format!("the plugin {plugin}"),
                None => "model.toml".to_owned(),
            },
        })
    }
}

impl AttributeDefinition {
    /// An attribute of this type with the defaults for all else.
    #[must_use]
    pub fn from_data_type(data_type: DataType) -> Self {
        Self {
            data_type,
            localizable: false,
            scopable: false,
            search: SearchUse::None,
            facet: false,
            unit: None,
            options: BTreeMap::new(),
            label: LocaleLabels::new(),
            by_plugin: None,
        }
    }

    fn describe_shape(&self) -> String {
        let mut shape = self.data_type.to_string();
        if self.localizable {
            shape.push_str(", localizable");
        }
        if self.scopable {
            shape.push_str(", scopable");
        }
        shape
    }
}

/// The label in the first of the locales that has one; the code itself when none has.
#[must_use]
pub fn find_label<'a>(labels: &'a LocaleLabels, chain: &[Locale], code: &'a str) -> &'a str {
    chain.iter().find_map(|locale| labels.get(locale)).map_or(code, String::as_str)
}

/// The known name that a mistyped one was to be: it has a letter too many or too few, a wrong one, or two that
/// changed places; of eight letters or more, two such mistakes. Names that only sound alike are none.
#[must_use]
pub fn find_misspelt_name<'a>(
    typed: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let most_mistakes = |name: &str| match name.chars().count() {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    };
    known
        .into_iter()
        .filter(|name| name.chars().next() == typed.chars().next())
        .filter(|name| name.len().abs_diff(typed.len()) <= 4)
        .map(|name| (strsim::damerau_levenshtein(typed, name), name))
        .filter(|(mistakes, name)| *mistakes <= most_mistakes(name))
        .min_by_key(|(mistakes, _)| *mistakes)
        .map(|(_, name)| name)
}

/// The known name nearest to a mistyped one, if any is near.
#[must_use]
pub fn find_nearest_name<'a>(
    typed: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    known
        .into_iter()
        .map(|name| (strsim::jaro_winkler(typed, name), name))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}
