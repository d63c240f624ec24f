//! The TOML of a shop as people write it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use serde::Deserialize;
use smol_str::SmolStr;

use super::channel::LocaleChain;
use super::images::RawImages;
use super::mistakes::{ConfigChecker, UnreadParts};
use super::origins::{AllowedOrigins, RawOrigins};
use super::web::{RawWeb, WebAddress};
use super::{
    Channel, ChannelAssortment, ConfigMistake, FullRanges, LocaleLabels, LocationKind,
    RemotePhotoSettings, SearchUse, Shop, ShopError, SourcePriorities, SourcePriority,
};
use crate::code::{
    AssociationCode, AttributeCode, CategoryCode, ChannelCode, FamilyCode, LocationCode,
    PriceListCode, SourceCode,
};
use crate::locale::Locale;
use crate::photo::RenditionProfile;
use crate::receipt::Percentage;
use crate::value::{Currency, DataType};
use crate::words::Language;

mod check;

use check::{add_model, build_channel, build_shop, build_standard_attributes, check_sources};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawShop {
    name: Option<String>,
    time_zone: Option<String>,
    language: Option<Language>,
    #[serde(default)]
    locales: Vec<Locale>,
    #[serde(default)]
    fallback: DefaultFallback,
    price_list: Option<PriceListCode>,
    #[serde(default)]
    price_lists: BTreeMap<PriceListCode, RawPriceList>,
    #[serde(default)]
    locations: toml::Table,
    stock_location: Option<LocationCode>,
    #[serde(default)]
    import: RawImport,
    #[serde(default)]
    sources: BTreeMap<SourceCode, SourcePriority>,
    #[serde(default)]
    pictures: RemotePhotoSettings,
    #[serde(default)]
    web: RawWeb,
    #[serde(default = "default_keep_releases")]
    keep_releases: u32,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct RawImport {
    reject_file_above: Option<Percentage>,
    #[serde(default)]
    full: Vec<String>,
    most_gone: Option<Percentage>,
}

/// A shop that drops stock every minute makes 130,000 releases in 90 days.
fn default_keep_releases() -> u32 {
    200_000
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPriceList {
    currency: Currency,
    label: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLocation {
    label: Option<String>,
    #[serde(default)]
    kind: LocationKind,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawModel {
    #[serde(default)]
    attributes: BTreeMap<AttributeCode, RawAttribute>,
    #[serde(default)]
    families: BTreeMap<FamilyCode, RawFamily>,
    #[serde(default)]
    categories: BTreeMap<CategoryCode, RawCategory>,
    #[serde(default)]
    associations: BTreeMap<AssociationCode, RawAssociation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAttribute {
    r#type: DataType,
    #[serde(default)]
    localizable: bool,
    #[serde(default)]
    scopable: bool,
    #[serde(default)]
    search: SearchUse,
    #[serde(default)]
    facet: bool,
    unit: Option<SmolStr>,
    #[serde(default)]
    options: BTreeMap<SmolStr, LocaleLabels>,
    #[serde(default)]
    label: LocaleLabels,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFamily {
    #[serde(default)]
    label: LocaleLabels,
    #[serde(default)]
    attributes: Vec<AttributeCode>,
    #[serde(default)]
    required: Vec<AttributeCode>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCategory {
    #[serde(default)]
    label: LocaleLabels,
    parent: Option<CategoryCode>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAssociation {
    #[serde(default)]
    label: LocaleLabels,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawChannel {
    label: Option<String>,
    #[serde(default)]
    public: bool,
    locales: Option<Vec<Locale>>,
    price_list: Option<PriceListCode>,
    locations: Option<RawLocations>,
    #[serde(default)]
    required: Vec<SmolStr>,
    #[serde(default)]
    withhold_incomplete: bool,
    attributes: Option<Vec<AttributeCode>>,
    #[serde(default)]
    fallback: Option<BTreeMap<Locale, Vec<Locale>>>,
    #[serde(default)]
    assortment: RawAssortment,
    #[serde(default)]
    images: RawImages,
    origins: Option<RawOrigins>,
    product_url: Option<String>,
}

/// The locations of a channel: by their codes, or all of a kind.
#[derive(Deserialize)]
#[serde(untagged, expecting = "locations are a list of codes, or \"store\" or \"warehouse\"")]
enum RawLocations {
    Kind(LocationKind),
    Codes(Vec<LocationCode>),
}

/// What a locale asks next in channels that have no `[fallback]`.
#[derive(Deserialize, Default, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum DefaultFallback {
    /// Nothing.
    #[default]
    None,
    /// The shop's first locale.
    First,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct RawAssortment {
    #[serde(default)]
    categories: Vec<CategoryCode>,
    #[serde(default)]
    families: Vec<FamilyCode>,
    #[serde(default, rename = "where")]
    conditions: BTreeMap<AttributeCode, Vec<String>>,
}

pub(super) fn load_shop(folder: &Path) -> Result<Shop, ShopError> {
    let shop_path = folder.join("shop.toml");
    if !shop_path.is_file() {
        return Err(ShopError::NoShop { path: folder.to_owned() });
    }
    let shop_file = ConfigChecker::read_file(&shop_path);
    let model_file = ConfigChecker::read_file(&folder.join("model.toml"));
    let (paths, folder_mistake) = list_channel_files(&folder.join("channels"));
    let channel_files: Vec<_> = paths.iter().map(|path| ConfigChecker::read_file(path)).collect();
    let raw: Option<RawShop> = shop_file.read_form();
    let model: Option<RawModel> = model_file.read_form();
    let keys = [shop_file.removed_keys(), model_file.removed_keys()].concat();
    let unread = UnreadParts { shop: raw.is_none(), model: model.is_none(), keys };
    shop_file.set_unread(unread.clone());
    model_file.set_unread(unread.clone());
    let fallback = raw.as_ref().map(|raw| raw.fallback).unwrap_or_default();
    let sources = raw.as_ref().map(|raw| raw.sources.clone()).unwrap_or_default();
    let mut shop = match raw {
        Some(raw) => build_shop(&shop_file, raw),
        None => build_bare_shop(TimeZone::UTC, Vec::new(), Vec::new()),
    };
    if let Some(model) = model {
        add_model(&model_file, model, &mut shop);
    }
    check_sources(&shop_file, &sources, &shop);
    for file in &channel_files {
        file.set_unread(unread.clone());
        if let Some(raw) = file.read_form() {
            shop.channels.extend(build_channel(file, raw, &shop, fallback));
        }
    }
    let files = [shop_file, model_file].into_iter().chain(channel_files);
    let mut mistakes: Vec<_> = files.flat_map(ConfigChecker::into_mistakes).collect();
    mistakes.extend(folder_mistake);
    if mistakes.is_empty() {
        return Ok(shop);
    }
    let is_whole = !unread.shop && !unread.model && unread.keys.is_empty();
    Err(ShopError::Mistakes { mistakes, partial: is_whole.then(|| Box::new(shop)) })
}

/// The files of the channels, and what is wrong with their folder.
fn list_channel_files(folder: &Path) -> (Vec<PathBuf>, Option<ConfigMistake>) {
    let mistake =
        |message: String| Some(ConfigMistake { path: folder.to_owned(), line: None, message });
    let entries = match std::fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>) {
        Ok(entries) => entries,
        Err(error) => return (Vec::new(), mistake(error.to_string())),
    };
    let mut files: Vec<_> = entries.iter().map(std::fs::DirEntry::path).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    let none = files.is_empty();
    (files, mistake("there is no channel; add one, such as web.toml".to_owned()).filter(|_| none))
}

/// Adds what a model file says to a shop.
pub(super) fn add_model_file(path: &Path, shop: &mut Shop) -> Result<(), ShopError> {
    let file = ConfigChecker::read_file(path);
    if let Some(model) = file.read_form() {
        add_model(&file, model, shop);
    }
    let mistakes = file.into_mistakes();
    if mistakes.is_empty() { Ok(()) } else { Err(ShopError::Mistakes { mistakes, partial: None }) }
}

/// What a shop has of which nothing is known but where it is and what it speaks.
pub(super) fn build_bare_shop(
    zone: TimeZone,
    locales: Vec<Locale>,
    channels: Vec<ChannelCode>,
) -> Shop {
    let price_list = PriceListCode::new("retail").expect("a valid code");
    let chains: Vec<LocaleChain> = locales
        .iter()
        .map(|locale| LocaleChain { locale: locale.clone(), chain: vec![locale.clone()] })
        .collect();
    let channel = |code: ChannelCode| Channel {
        label: code.to_string(),
        code,
        public: false,
        locales: chains.clone(),
        price_list: price_list.clone(),
        locations: Vec::new(),
        required: Vec::new(),
        withhold_incomplete: false,
        attributes: None,
        assortment: ChannelAssortment::default(),
        images: RenditionProfile::default(),
        origins: AllowedOrigins::default(),
        product_url: None,
    };
    Shop {
        name: String::new(),
        zone,
        language: locales.first().map(Language::from_locale).unwrap_or_default(),
        reject_file_above: None,
        full_ranges: FullRanges::default(),
        source_priorities: SourcePriorities::default(),
        channels: channels.into_iter().map(channel).collect(),
        locales,
        price_list: price_list.clone(),
        price_lists: BTreeMap::new(),
        locations: Vec::new(),
        stock_location: None,
        attributes: build_standard_attributes(),
        families: BTreeMap::new(),
        categories: BTreeMap::new(),
        associations: BTreeMap::new(),
        remote_photos: RemotePhotoSettings::default(),
        web: WebAddress::default(),
        keep_releases: default_keep_releases(),
    }
}
