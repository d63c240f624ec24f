//! The TOML of a shop as people write it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use smol_str::SmolStr;

use super::channel::LocaleChain;
use super::images::RawImages;
use super::{
    Channel, ChannelAssortment, FullRanges, LocaleLabels, LocationKind, RemotePhotoSettings,
    SearchUse, Shop, ShopError, SourcePriorities, SourcePriority,
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

pub(super) use check::ConfigChecker;
use check::{add_model, build_shop, build_standard_attributes, check_sources, load_channel};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawShop {
    name: String,
    time_zone: String,
    language: Option<Language>,
    locales: Vec<Locale>,
    price_list: PriceListCode,
    price_lists: BTreeMap<PriceListCode, RawPriceList>,
    #[serde(default)]
    locations: toml::Table,
    #[serde(default)]
    import: RawImport,
    #[serde(default)]
    sources: BTreeMap<SourceCode, SourcePriority>,
    #[serde(default)]
    pictures: RemotePhotoSettings,
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
    locales: Vec<Locale>,
    price_list: Option<PriceListCode>,
    locations: Option<Vec<LocationCode>>,
    #[serde(default)]
    required: Vec<SmolStr>,
    #[serde(default)]
    withhold_incomplete: bool,
    attributes: Option<Vec<AttributeCode>>,
    #[serde(default)]
    fallback: BTreeMap<Locale, Vec<Locale>>,
    #[serde(default)]
    assortment: RawAssortment,
    #[serde(default)]
    images: RawImages,
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
    let raw: RawShop = read_toml(&shop_path)?;
    let sources = raw.sources.clone();
    let model_path = folder.join("model.toml");
    let model: RawModel = read_toml(&model_path)?;
    let mut shop = build_shop(&shop_path, raw)?;
    add_model(&model_path, model, &mut shop)?;
    check_sources(&ConfigChecker(&shop_path), &sources, &shop)?;
    let mut channel_files: Vec<PathBuf> = Vec::new();
    let channels = folder.join("channels");
    let listing = std::fs::read_dir(&channels)
        .map_err(|source| ShopError::Read { path: channels.clone(), source })?;
    for entry in listing {
        let path =
            entry.map_err(|source| ShopError::Read { path: channels.clone(), source })?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            channel_files.push(path);
        }
    }
    channel_files.sort();
    for path in channel_files {
        let channel = load_channel(&path, &shop)?;
        shop.channels.push(channel);
    }
    if shop.channels.is_empty() {
        return Err(ConfigChecker(&channels)
            .invalid_key("*.toml", "there is no channel; add one, such as web.toml"));
    }
    Ok(shop)
}

/// Adds what a model file says to a shop.
pub(super) fn add_model_file(path: &Path, shop: &mut Shop) -> Result<(), ShopError> {
    add_model(path, read_toml(path)?, shop)
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
        attributes: build_standard_attributes(),
        families: BTreeMap::new(),
        categories: BTreeMap::new(),
        associations: BTreeMap::new(),
        remote_photos: RemotePhotoSettings::default(),
        keep_releases: default_keep_releases(),
    }
}

fn read_toml<T: DeserializeOwned>(path: &Path) -> Result<T, ShopError> {
    let text = std::fs::read_to_string(path)
        .map_err(|source| ShopError::Read { path: path.to_owned(), source })?;
    toml::from_str(&text)
        .map_err(|source| ShopError::Toml { path: path.to_owned(), source: Box::new(source) })
}
