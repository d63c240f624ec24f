//! Columns: what each column of a file is about.
//!
//! A [`Mapping`] says it, of the shop or of a [`Preset`]; else the [`HeaderConvention`] and the synonyms do.
//! The result is one [`ColumnPlan`] a file.

mod column_plan;
mod column_synonyms;
mod header;
mod header_unit;
mod mapping;
mod name_classifier;
mod preset;
mod preset_files;
mod price_words;
mod reject_columns;
mod row_group_plan;
mod sales_columns;
mod shop_labels;
mod sku_names;
mod synonyms;
mod target;

pub(crate) use column_plan::{ColumnPlan, PathUse, PlannedColumn};
pub(crate) use header::{HeaderConvention, HeaderProblem, fold_name, quote_key};
pub(crate) use mapping::{
    BrokenMapping, ColumnRule, FeatureRule, FullRangeMode, Glob, LetterCase, Mapping, ModelRows,
    PairFormat, RenamedKey, ReviewPaths, TextStep, VariantPaths, WindowColumns, is_same_name,
};
pub use mapping::{MappingError, MappingSet};
pub(crate) use name_classifier::NameClassifier;
pub(crate) use preset::Preset;
pub(crate) use preset_files::digest_presets;
pub(crate) use price_words::parse_pieces;
pub use reject_columns::REJECTED_SUFFIX;
pub(crate) use reject_columns::{REJECT_COLUMNS, original_name};
pub(crate) use row_group_plan::{ColumnRole, GroupPlan, SpreadPlan};
pub(crate) use sales_columns::{SalesCellCondition, SalesColumnName, is_harmless_date};
pub(crate) use shop_labels::ShopLabels;
pub(crate) use sku_names::SkuLikeness;
pub(crate) use synonyms::{digest_synonyms, find_synonym_target, normalize_name};
pub(crate) use target::{
    AttributeRule, AttributeTarget, ColumnTarget, PricePart, PriceTarget, PriceTerm, RecordField,
    StatusBound,
};
