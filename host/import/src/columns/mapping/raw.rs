//! The TOML of a mapping as people write it.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use rikaste_model::code::{PluginName, SourceCode};
use rikaste_model::product::ContentHash;
use rikaste_model::receipt::Percentage;
use rikaste_model::record::DropKind;
use rikaste_model::shop::{ConfigChecker, ConfigMistake, Shop, find_nearest_name};
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, SeqAccess, Unexpected, Visitor};
use smol_str::SmolStr;
use toml::de::{DeTable, Deserializer};

use super::preset_overlay::{NO_PRESET, PresetOverlay, merge_mapping};
use super::renamed_keys::rename_old_keys;
use super::{
    FeatureRule, FullRangeMode, LetterCase, Mapping, MappingError, ModelRows, SpreadRule,
    UnknownColumnPolicy, WindowColumns,
};
use crate::columns::header::HeaderConvention;
use crate::columns::preset_files::PresetFile;

mod validate;

pub(crate) use validate::resolve_target;
use validate::{MappingValidator, validate_mapping};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMapping {
    #[serde(default)]
    files: Vec<String>,
    #[serde(default = "products")]
    kind: DropKind,
    preset: Option<String>,
    source: Option<SourceCode>,
    #[serde(default)]
    priority: i32,
    reject_file_above: Option<Percentage>,
    delimiter: Option<String>,
    quote: Option<String>,
    encoding: Option<String>,
    sheet: Option<String>,
    header_row: Option<u32>,
    importer: Option<PluginName>,
    decimal: Option<char>,
    #[serde(default)]
    sku: NameList,
    parent: Option<String>,
    #[serde(default)]
    is_model: RawModels,
    #[serde(default)]
    unknown: UnknownColumnPolicy,
    #[serde(default, rename = "where")]
    only: BTreeMap<String, NameList>,
    #[serde(default)]
    columns: BTreeMap<String, RawRule>,
    #[serde(default)]
    constants: BTreeMap<String, String>,
    #[serde(default)]
    pairs: Vec<RawPairColumns>,
    features: Option<FeatureRule>,
    reviews: Option<RawReviews>,
    group: Option<RawGroup>,
    locale: Option<RawLocale>,
    row_scope: Option<String>,
    id: Option<String>,
    records: Option<String>,
    variants: Option<RawVariants>,
    #[serde(default)]
    full: RawFull,
    most_gone: Option<Percentage>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawVariants {
    path: NameList,
    #[serde(default)]
    sku: NameList,
    #[serde(default)]
    columns: BTreeMap<String, RawRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGroup {
    #[serde(default)]
    by: NameList,
    starts: Option<RawModelFilter>,
    #[serde(default)]
    variants: NameList,
    #[serde(default)]
    axes: NameList,
    #[serde(default)]
    no_choice: NameList,
    #[serde(default)]
    first_row_only: NameList,
    #[serde(default)]
    product: NameList,
    #[serde(default)]
    joined: bool,
    #[serde(default)]
    by_name: bool,
    spread: Option<SpreadRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLocale {
    /// It may be left to the preset.
    column: Option<String>,
    #[serde(default)]
    values: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPairColumns {
    key: String,
    value: String,
    split: Option<String>,
    list: Option<String>,
    escape: Option<char>,
    cut_at: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawReviews {
    path: String,
    source: String,
    scale: Option<u32>,
    #[serde(default)]
    columns: BTreeMap<String, String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct RawRuleTable {
    to: Option<String>,
    divide: Option<i64>,
    split: Option<String>,
    escape: Option<char>,
    levels: Option<String>,
    cut_at: Option<String>,
    json: Option<String>,
    window: Option<WindowColumns>,
    key: Option<String>,
    #[serde(default)]
    strip_html: bool,
    #[serde(default)]
    unescape: bool,
    #[serde(default)]
    replace: BTreeMap<String, String>,
    case: Option<LetterCase>,
    default: Option<String>,
    decimal: Option<char>,
    date: Option<String>,
    unit: Option<SmolStr>,
    currency: Option<String>,
    lookup: Option<String>,
    #[serde(default)]
    slug: bool,
    #[serde(default)]
    inclusive: bool,
    scale: Option<u32>,
    #[serde(default)]
    values: BTreeMap<String, String>,
    pairs: Option<RawPairCells>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPairCells {
    between: String,
    within: String,
    list: Option<String>,
    cut_at: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawModelFilter {
    column: String,
    equals: String,
}

/// One name or a list of them.
#[derive(Default)]
struct NameList(Vec<String>);

/// `true`, or a column and what stands in it.
#[derive(Default)]
struct RawModels(Option<ModelRows>);

/// `true`, `false` or `"each"`.
#[derive(Default)]
struct RawFull(Option<FullRangeMode>);

/// A target, or a table.
struct RawRule(RawRuleTable);

impl<'de> Deserialize<'de> for NameList {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NamesVisitor;
        impl<'de> Visitor<'de> for NamesVisitor {
            type Value = NameList;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text or a list of texts")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<NameList, E> {
                Ok(NameList(vec![text.to_owned()]))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<NameList, A::Error> {
                let mut names = Vec::new();
                while let Some(name) = seq.next_element()? {
                    names.push(name);
                }
                Ok(NameList(names))
            }
        }
        deserializer.deserialize_any(NamesVisitor)
    }
}

impl<'de> Deserialize<'de> for RawModels {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ModelsVisitor;
        impl<'de> Visitor<'de> for ModelsVisitor {
            type Value = RawModels;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("true, or { column = …, equals = … }")
            }
            fn visit_bool<E: Error>(self, all: bool) -> Result<RawModels, E> {
                Ok(RawModels(all.then_some(ModelRows::All)))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RawModels, A::Error> {
                let RawModelFilter { column, equals } =
                    RawModelFilter::deserialize(MapAccessDeserializer::new(map))?;
                Ok(RawModels(Some(ModelRows::Where { column, equals })))
            }
        }
        deserializer.deserialize_any(ModelsVisitor)
    }
}

impl<'de> Deserialize<'de> for RawFull {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct FullVisitor;
        impl Visitor<'_> for FullVisitor {
            type Value = RawFull;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("true, false or \"each\"")
            }
            fn visit_bool<E: Error>(self, full: bool) -> Result<RawFull, E> {
                Ok(RawFull(Some(if full {
                    FullRangeMode::Together
                } else {
                    FullRangeMode::Update
                })))
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<RawFull, E> {
                match text {
                    "each" => Ok(RawFull(Some(FullRangeMode::Each))),
                    _ => Err(E::invalid_value(Unexpected::Str(text), &self)),
                }
            }
        }
        deserializer.deserialize_any(FullVisitor)
    }
}

impl<'de> Deserialize<'de> for RawRule {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct RuleVisitor;
        impl<'de> Visitor<'de> for RuleVisitor {
            type Value = RawRule;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a target such as \"name-en_US\", or { to = …, … }")
            }
            fn visit_str<E: Error>(self, to: &str) -> Result<RawRule, E> {
                Ok(RawRule(RawRuleTable { to: Some(to.to_owned()), ..RawRuleTable::default() }))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RawRule, A::Error> {
                RawRuleTable::deserialize(MapAccessDeserializer::new(map)).map(RawRule)
            }
        }
        deserializer.deserialize_any(RuleVisitor)
    }
}

fn products() -> DropKind {
    DropKind::Products
}

/// Reads a mapping of a shop.
pub(crate) fn load_mapping(path: &Path, shop: &Shop) -> Result<Mapping, MappingError> {
    let text = std::fs::read_to_string(path)
        .map_err(|source| MappingError::Read { path: path.to_owned(), source })?;
    let wrong = |mut source: toml::de::Error| {
        source.set_input(Some(&text));
        MappingError::Toml { path: path.to_owned(), source: Box::new(source) }
    };
    // The old names are gone before serde looks, so its messages list the present ones only.
    let mut document = DeTable::parse(&text).map_err(wrong)?;
    let renamed_keys = rename_old_keys(document.get_mut(), &text);
    let raw = RawMapping::deserialize(Deserializer::from(document.clone())).map_err(wrong)?;
    let own = toml::Table::deserialize(Deserializer::from(document)).map_err(wrong)?;
    let (mapping, table) = validate_with_preset(path, shop, (raw, own))?;
    let digest = hash_mapping(&table, &mapping);
    Ok(Mapping { renamed_keys, digest, ..mapping })
}

/// Everything that is wrong with the form of a mapping.
pub(crate) fn list_form_mistakes(path: &Path) -> Vec<ConfigMistake> {
    let file = ConfigChecker::read_file(path);
    let _: Option<RawMapping> = file.read_prepared_form(|document, text| {
        rename_old_keys(document, text);
    });
    file.into_mistakes()
}

/// The hash of what a mapping says, and of the tables beside it that it looks values up in.
fn hash_mapping(table: &toml::Table, mapping: &Mapping) -> ContentHash {
    let values: Vec<_> = mapping.columns.iter().map(|(name, rule)| (name, &rule.values)).collect();
    let json = serde_json::to_vec(&(table, values)).expect("tables of TOML have a JSON form");
    ContentHash::hash_bytes(&json)
}

/// Checks a mapping, on top of the preset that it names. Returns all that both say, too.
fn validate_with_preset(
    path: &Path,
    shop: &Shop,
    (raw, own): (RawMapping, toml::Table),
) -> Result<(Mapping, toml::Table), MappingError> {
    let check =
        MappingValidator { path, convention: Some(HeaderConvention { shop, kind: raw.kind }) };
    let preset = raw.preset.clone();
    // What the shop says has to be of the shop; what the preset says need not be.
    let mapping = validate_mapping(&check, raw)?;
    match preset.as_deref() {
        None => {
            let overlay = Some(PresetOverlay::new(path, own.clone()));
            Ok((Mapping { overlay, ..mapping }, own))
        }
        Some(NO_PRESET) => Ok((mapping, own)),
        Some(name) => merge_mapping(path, find_preset(&check, name)?, &own),
    }
}

fn find_preset(
    check: &MappingValidator<'_>,
    name: &str,
) -> Result<&'static PresetFile, MappingError> {
    PresetFile::find_by_name(name).ok_or_else(|| {
        let hint = find_nearest_name(name, PresetFile::all_names())
            .map(|near| format!("; did you mean \"{near}\"?"));
        let message = format!("there is no preset \"{name}\"{}", hint.unwrap_or_default());
        check.invalid_key("preset", message)
    })
}

/// A mapping laid over a preset, whose targets need not be of the shop.
pub(super) fn parse_merged(path: &Path, table: toml::Table) -> Result<Mapping, MappingError> {
    let wrong = |source| MappingError::Toml { path: path.to_owned(), source: Box::new(source) };
    let raw = RawMapping::deserialize(table).map_err(wrong)?;
    validate_mapping(&MappingValidator { path, convention: None }, raw)
}

/// A mapping that comes with the program.
pub(crate) fn parse_bundled(name: &str, table: toml::Table) -> Result<Mapping, MappingError> {
    let mapping = parse_merged(Path::new(name), table)?;
    // Nothing in it is of a shop.
    Ok(Mapping { own_columns: 0, is_of_preset: true, ..mapping })
}
