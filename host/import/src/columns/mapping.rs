//! Mappings: how files that do not follow the convention are read.
//!
//! A file in the shop's `mappings/` names the files it is for and says what their columns mean.
//! What it names is checked when it is loaded, so that a mistake is found before a file comes. One that
//! is wrong costs the files that it is for, and nothing else.
//!
//! ```toml
//! files = ["products_*.csv"]      # names of files; `*` stands for any text
//! kind = "products"               # the folder of the inbox they lie in; this one, if none is named
//! preset = "shopify"              # what it is laid over; else the preset that a file is recognised as, if any;
//!                                 # "none": nothing
//!
//! # All that follows may be left out.
//! source = "erp"                  # on whose behalf they speak; for reviews, where they are from
//! priority = 10                   # a source of higher priority wins; 0 by default
//! reject_file_above = "5 %"       # with more bad rows nothing of the file is taken; else as shop.toml says
//! delimiter = ";"                 # this and the next three are detected where left out
//! quote = "'"                     # the quotation mark of CSV; "" for none
//! encoding = "windows-1252"       # the name of an encoding, such as iso-8859-2, shift_jis or cp850
//! sheet = "Products"              # the sheet of a workbook; else the longest table
//! header_row = 4                  # counted from 1; what stands above is left out; 0: there is none, and
//!                                 # columns are called "1", "2" and so on
//! importer = "pricat"             # the plugin that reads them, whatever they look like
//! decimal = ","                   # the decimal mark; with it no number is ambiguous
//! records = "data.items"          # where the records of a JSON or XML file are; else they are found
//! sku = ["variant", "article"]    # where the SKU is; the first that is not empty
//! id = "number"                   # what a parent written as id:12 is looked up in
//! row_scope = "relation"               # rows about one product are about other parts of it, by this column
//! parent = "article"              # where the model's SKU is
//! is_model = true                 # every row is a model; or { column = "type", equals = "parent" }
//! full = true                     # each file is the whole range: what the newest does not name is gone;
//!                                 # "each": of several files, each is all of its own part
//! most_gone = "5 %"               # ask before more than this share of it goes; see shop.toml
//! unknown = "ignore"              # say nothing about columns that say nothing; or "warn"
//!
//! [where]                         # take only rows with one of these texts in the column
//! store = ["FI", "ALL"]
//!
//! [columns]                       # a column, or the path of a JSON value: what it says
//! title = "name-fi_FI"            # in the words of a header by convention; case does not matter
//! note = "ignore"
//! cents = { to = "price-EUR", divide = 100 }
//! group = { to = "categories", split = "/", slug = true, values = { "Old" = "sale" } }
//! "Text *" = "description-*"      # what the star stands for; a column's own name goes first
//! text = { to = "description-fi_FI", unescape = true }        # a written \n is a line break
//! html = { to = "name", strip_html = true, replace = { "™" = "" }, case = "sentence" }    # in this order
//! shade = { to = "color", lookup = "colors.csv" }             # two columns: what stands there, what is meant
//! grams = { to = "weight", unit = "g", decimal = "," }        # of what is written without
//! cost = { to = "price", currency = "SEK", default = "0" }    # and of what is empty
//! since = { to = "available_from", date = "%d%m%y" }          # as strptime has it
//! ends = { to = "valid_until", inclusive = true }             # a time there is inside; a day always is
//! score = { to = "rating", scale = 10 }                       # of reviews: the best rating there is
//! offer = { to = "sale_price", window = { from = "offer_from", until = "offer_to" } }   # holds for a time
//! media = { to = "images", split = ";", cut_at = "|" }        # of each part, what is before the bar
//! rule = { to = "related", json = "rules[].sku" }              # a list inside JSON in a cell
//! extra = { pairs = { between = ",", within = "=" } }         # a cell such as size=32,color=Black
//! children = { to = "variants", split = "|", key = "sku" }    # SKUs of the model's variants
//!
//! [constants]                     # what every row says
//! family = "jacket"
//!
//! [locale]                        # a column that says which locale all of a row is in
//! column = "store_view_code"
//! values = { default = "", fi = "fi-FI" }     # empty: all locales
//!
//! [group]                         # rows beside each other are one product
//! by = "Handle"                   # what names it; empty: the same as in the row before
//! variants = ["Variant *"]        # columns about a row's variant; the others are about the product
//! axes = ["Option* Value"]        # of these, what tells variants apart
//! no_choice = ["Default Title"]        # what stands there where there is nothing to choose
//! first_row_only = ["Option* Name"]        # columns that are filled in the first row only
//! product = ["name"]              # of columns that `variants` names as well, those about the product
//! joined = true                   # a product is named by all columns of `by` together
//! by_name = true                  # what names it is its name, and no SKU
//!
//! [[pairs]]                       # columns of names beside columns of values
//! key = "attribute_key_*"
//! value = "value_*"
//!
//! [features]                      # objects in JSON and XML with a name and a value in each
//! path = "Features[]"
//! name = "Feature.Name"
//! value = "Presentation"
//!
//! # In JSON and XML, a path may lead through lists:
//! # "images[].url" = "images"                         of every one
//! # "attributes[name=color].value" = "color"          of the one with this name
//!
//! [variants]                      # lists inside an element whose elements are its variants
//! path = ["masterVariant", "variants"]
//! sku = "sku"                     # paths inside a variant; without them by convention
//! columns = { "prices[0].value" = "price-EUR" }
//!
//! [reviews]                       # a list of reviews inside each element of a JSON file
//! path = "reviews"
//! source = "shop"
//! scale = 10                      # the best rating there is; 5 by default
//! columns = { comment = "text" }
//! ```

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rikaste_model::code::{PluginName, SourceCode};
use rikaste_model::product::ContentHash;
use rikaste_model::receipt::Percentage;
use rikaste_model::record::DropKind;
use rikaste_model::shop::{ConfigChecker, ConfigMistake, Shop};

use rikaste_tables::{CharsetOverride, DialectOverride};

use super::reject_columns::original_name;

mod broken_mapping;
mod column_rule;
mod glob;
mod preset_overlay;
mod raw;
mod renamed_keys;

pub(crate) use broken_mapping::BrokenMapping;
pub(crate) use column_rule::{
    ColumnRule, FeatureRule, GroupRule, LetterCase, PairColumns, PairFormat, ReviewPaths,
    SpreadRule, TextStep, WindowColumns,
};
pub(crate) use glob::{Glob, is_same_name};
use preset_overlay::PresetOverlay;
pub(crate) use raw::{parse_bundled, resolve_target};
pub(crate) use renamed_keys::RenamedKey;

/// All mappings of a shop.
#[derive(Debug, Default)]
pub struct MappingSet {
    usable: Vec<Mapping>,
    broken: Vec<BrokenMapping>,
}

/// How the files of one sender are read.
#[derive(Debug, Clone)]
pub(crate) struct Mapping {
    /// Its file's name, for messages.
    pub(crate) name: String,
    pub(crate) files: Vec<Glob>,
    pub(crate) kind: DropKind,
    pub(crate) source: Option<SourceCode>,
    pub(crate) priority: i32,
    /// More than this share of bad rows, and nothing of a file is imported.
    pub(crate) reject_file_above: Option<Percentage>,
    pub(crate) dialect: DialectOverride,
    pub(crate) charset_override: Option<CharsetOverride>,
    /// The sheet of a workbook.
    pub(crate) sheet: Option<String>,
    /// The row that the header is in, from 1.
    pub(crate) header_row: Option<u32>,
    /// The plugin that reads them.
    pub(crate) importer: Option<PluginName>,
    pub(crate) decimal: Option<char>,
    /// Columns that may hold the SKU; the first that is not empty does.
    pub(crate) sku: Vec<String>,
    pub(crate) parent: Option<String>,
    pub(crate) models: ModelRows,
    pub(crate) unknown: UnknownColumnPolicy,
    /// Only rows with one of these texts in the column are imported.
    pub(crate) row_filter: Vec<(String, Vec<String>)>,
    pub(crate) columns: Vec<(String, ColumnRule)>,
    /// How many of these the shop wrote; what follows them is of a preset.
    pub(crate) own_columns: usize,
    /// Whether it is a preset's, or laid over one.
    pub(crate) is_of_preset: bool,
    /// What it says, where it names no preset and is laid over the one that a file is recognised as.
    overlay: Option<PresetOverlay>,
    /// Targets and what every row says about them.
    pub(crate) constants: Vec<(String, String)>,
    pub(crate) pair_columns: Vec<PairColumns>,
    pub(crate) features: Option<FeatureRule>,
    pub(crate) reviews: Option<ReviewPaths>,
    pub(crate) group: Option<GroupRule>,
    pub(crate) locale: Option<LocaleColumn>,
    /// The column that says which part of a product a row is about.
    pub(crate) row_scope: Option<String>,
    /// The column of the number that another program knows a product by.
    pub(crate) id: Option<String>,
    /// Where the records of a tree are.
    pub(crate) records: Option<String>,
    pub(crate) variants: Option<VariantPaths>,
    /// Whether its files are the whole range of their source; nothing: as the shop says.
    pub(crate) full_range: Option<FullRangeMode>,
    /// The most of the range that goes without a question.
    pub(crate) most_gone: Option<Percentage>,
    /// Keys that it writes by their old names.
    pub(crate) renamed_keys: Vec<RenamedKey>,
    /// The hash of all that it says.
    pub(crate) digest: ContentHash,
}

/// Which files of a mapping are one range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FullRangeMode {
    /// None: they are updates.
    Update,
    /// All: the newest is the whole of it.
    Together,
    /// Each is the whole of what it is about.
    Each,
}

/// A column that says which locale all of a row is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LocaleColumn {
    pub(crate) column: String,
    /// Locales by the names that are not their own. An empty one: all locales.
    pub(crate) values: BTreeMap<String, String>,
}

/// Where variants are inside the elements of a file of products.
#[derive(Debug, Clone)]
pub(crate) struct VariantPaths {
    /// The lists of them.
    pub(crate) paths: Vec<String>,
    /// How each is read.
    pub(crate) rows: Box<Mapping>,
}

impl Mapping {
    /// How variants inside an element of this mapping are read: by columns of their own, and by the
    /// mapping's where they have none.
    fn for_variants(&self, sku: Vec<String>, columns: Vec<(String, ColumnRule)>) -> Self {
        let own = |name: &String| columns.iter().any(|(column, _)| column == name);
        let common: Vec<_> = self.columns.iter().filter(|(name, _)| !own(name)).cloned().collect();
        let columns: Vec<_> = columns.into_iter().chain(common).collect();
        Self {
            files: Vec::new(),
            sku,
            parent: None,
            models: ModelRows::ByConvention,
            row_filter: Vec::new(),
            own_columns: columns.len(),
            columns,
            constants: Vec::new(),
            pair_columns: Vec::new(),
            features: None,
            reviews: None,
            group: None,
            locale: None,
            row_scope: None,
            id: None,
            records: None,
            variants: None,
            ..self.clone()
        }
    }

    /// Whether the SKU is in this column.
    pub(crate) fn is_sku_column(&self, column: &str) -> bool {
        self.sku.iter().any(|sku| is_same_name(sku, column))
    }

    /// Whether the model's SKU is in this column.
    pub(crate) fn is_parent_column(&self, column: &str) -> bool {
        self.parent.as_deref().is_some_and(|parent| is_same_name(parent, column))
    }

    /// Whether it says anything about a column.
    pub(crate) fn has_column(&self, column: &str) -> bool {
        self.is_sku_column(column)
            || self.is_parent_column(column)
            || self.find_rule(column).is_some()
            || self.is_auxiliary_column(column)
    }

    /// The rule for a column, and what the star in its pattern stands for. What the shop wrote goes before
    /// the preset. Of each, one that names the column goes before one in another case, that before a
    /// pattern, and a longer pattern before a shorter one.
    pub(crate) fn find_rule<'n>(&self, column: &'n str) -> Option<(&ColumnRule, &'n str)> {
        let (own, of_preset) = self.columns.split_at(self.own_columns);
        find_rule_among(own, column).or_else(|| find_rule_among(of_preset, column))
    }

    /// Whether the shop wrote what a column is.
    pub(crate) fn is_own_column(&self, column: &str) -> bool {
        find_rule_among(&self.columns[..self.own_columns], column).is_some()
    }

    /// Whether it is laid over the preset that a file is recognised as.
    pub(crate) fn takes_preset(&self) -> bool {
        self.overlay.is_some()
    }

    /// The same over a preset.
    pub(crate) fn over_preset(&self, name: &str) -> &Self {
        self.overlay.as_ref().and_then(|overlay| overlay.over_preset(name)).unwrap_or(self)
    }

    /// The pattern that leaves a column out.
    pub(crate) fn find_ignoring_pattern(&self, column: &str) -> Option<&str> {
        let (rule, star) = self.find_rule(column)?;
        let is_ignored = !star.is_empty() && rule.to.as_deref() == Some("ignore");
        let mut names = self.columns.iter().filter(|(_, other)| std::ptr::eq(other, rule));
        names.next().filter(|_| is_ignored).map(|(name, _)| name.as_str())
    }

    /// Whether a column is read for something else than what it says.
    pub(crate) fn is_auxiliary_column(&self, column: &str) -> bool {
        let is = |name: &String| is_same_name(name, column);
        matches!(&self.models, ModelRows::Where { column: name, .. } if is(name))
            || self.locale.as_ref().is_some_and(|locale| is(&locale.column))
            || self.id.as_ref().is_some_and(is)
            || self.row_scope.as_ref().is_some_and(is)
            || self.row_filter.iter().any(|(name, _)| is(name))
            || self.reviews.as_ref().is_some_and(|reviews| is(&reviews.path))
            || self
                .pair_columns
                .iter()
                .any(|pair| pair.key.is_match(column) || pair.value.is_match(column))
    }
}

/// The rule of a list for a column, and what the star in its pattern stands for.
fn find_rule_among<'r, 'n>(
    rules: &'r [(String, ColumnRule)],
    column: &'n str,
) -> Option<(&'r ColumnRule, &'n str)> {
    let exact = rules.iter().find(|(name, _)| name == column);
    let named = || rules.iter().find(|(name, _)| is_same_name(name, column));
    if let Some((_, rule)) = exact.or_else(named) {
        return Some((rule, ""));
    }
    let fits = rules.iter().filter_map(|(name, rule)| {
        let pattern = name.contains('*').then(|| Glob::new(name))?;
        Some((name.len(), rule, pattern.capture_star(column)?))
    });
    fits.max_by_key(|(length, ..)| *length).map(|(_, rule, star)| (rule, star))
}

/// Which rows are product models.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ModelRows {
    /// Those that say so by the convention.
    ByConvention,
    /// All.
    All,
    /// Those with this text in this column.
    Where { column: String, equals: String },
}

/// What becomes of a column that says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum UnknownColumnPolicy {
    #[default]
    Warn,
    Ignore,
}

/// Why a mapping cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum MappingError {
    /// It could not be read.
    #[error("{}: {source}", path.display())]
    Read {
        /// The mapping file, or the folder of mappings.
        path: PathBuf,
        /// The error of the file system.
        source: std::io::Error,
    },
    /// It is not valid TOML, or not of the expected form.
    #[error("{}: {source}", path.display())]
    Toml {
        /// The mapping file.
        path: PathBuf,
        /// Where and why.
        source: Box<toml::de::Error>,
    },
    /// It says something that cannot be.
    #[error("{}: {key}: {message}", path.display())]
    Invalid {
        /// The mapping file.
        path: PathBuf,
        /// The key it says it under.
        key: String,
        /// What is wrong and what to write.
        message: String,
    },
}

impl MappingSet {
    /// Reads the mappings in a shop's folder. A shop need not have any, and one that is no TOML or
    /// names what the shop does not have is kept apart: see [`MappingSet::broken_errors`].
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn load_folder(folder: &Path, shop: &Shop) -> Result<Self, MappingError> {
        let folder = folder.join("mappings");
        let unreadable = |source| MappingError::Read { path: folder.clone(), source };
        if !folder.is_dir() {
            return Ok(Self::default());
        }
        let mut paths = Vec::new();
        for entry in std::fs::read_dir(&folder).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            if path.extension().is_some_and(|extension| extension == "toml") {
                paths.push(path);
            }
        }
        paths.sort();
        let mut mappings = Self::default();
        for path in paths {
            match raw::load_mapping(&path, shop) {
                Ok(mapping) => mappings.usable.push(mapping),
                Err(error) => mappings.broken.push(BrokenMapping::new(&path, error)),
            }
        }
        Ok(mappings)
    }

    /// What is wrong with those that cannot be used.
    pub fn broken_errors(&self) -> impl Iterator<Item = &MappingError> {
        self.broken.iter().map(|broken| &broken.error)
    }

    /// The same with the lines of the files. Of a file whose form is wrong, it has everything that is.
    #[must_use]
    pub fn list_mistakes(&self) -> Vec<ConfigMistake> {
        let of_broken = |error: &MappingError| match error {
            MappingError::Read { path, source } => {
                vec![ConfigMistake { path: path.clone(), line: None, message: source.to_string() }]
            }
            MappingError::Toml { path, .. } => raw::list_form_mistakes(path),
            MappingError::Invalid { path, key, message } => {
                let file = ConfigChecker::read_file(path);
                file.invalid_key(key, message);
                file.into_mistakes()
            }
        };
        self.broken_errors().flat_map(of_broken).collect()
    }

    /// What to say about keys by old names, one line each.
    pub fn renamed_key_warnings(&self) -> impl Iterator<Item = String> {
        let keys = |mapping: &'_ Mapping| {
            let warning = |key: &RenamedKey| key.to_warning(&mapping.name);
            mapping.renamed_keys.iter().map(warning).collect::<Vec<_>>()
        };
        self.usable.iter().flat_map(keys)
    }

    /// Whether a file's mapping is one that cannot be used.
    #[must_use]
    pub fn is_broken_for(&self, kind: DropKind, file_name: &str) -> bool {
        self.find_broken(kind, original_name(file_name)).is_some()
    }

    /// The hash of all that they say.
    #[must_use]
    pub fn digest(&self) -> ContentHash {
        let usable = self.usable.iter().map(|mapping| (&mapping.name, mapping.digest));
        let broken = self.broken.iter().map(|broken| (&broken.name, broken.digest));
        let digests: Vec<_> = usable.chain(broken).collect();
        let json = serde_json::to_vec(&digests).expect("texts and hashes have a JSON form");
        ContentHash::hash_bytes(&json)
    }

    /// The one that cannot be used and would have been for a file.
    pub(crate) fn find_broken(&self, kind: DropKind, file_name: &str) -> Option<&BrokenMapping> {
        self.broken.iter().find(|broken| broken.is_for_file(kind, file_name))
    }

    /// Those that cannot be used and may have been for any file of a kind.
    pub(crate) fn possibly_broken(&self, kind: DropKind) -> impl Iterator<Item = &BrokenMapping> {
        self.broken.iter().filter(move |broken| broken.can_be_for_kind(kind))
    }

    /// The mappings that are for a file.
    pub(crate) fn find_matching(
        &self,
        kind: DropKind,
        file_name: &str,
    ) -> impl Iterator<Item = &Mapping> {
        self.usable.iter().filter(move |mapping| {
            mapping.kind == kind && mapping.files.iter().any(|glob| glob.is_match(file_name))
        })
    }
}
