//! The cases of a project: each a folder with products, and what is expected of them.
//!
//! ```text
//! cases/winter/
//!     products.json     products, as `value` reads them
//!     expected.json     what the plugin makes of each; `plugin test --update` writes it
//!     config.toml       the plugin's configuration (optional)
//!     shop.toml         time_zone, locales, channels (optional)
//!     model.toml        attributes, as a shop's (optional)
//! ```

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use rikaste_model::code::{ChannelCode, Sku, SourceCode};
use rikaste_model::locale::Locale;
use rikaste_model::photo::PhotoRole;
use rikaste_model::product::{
    CellOrigin, ContentHash, DropId, Photo, Product, SourceLayer, SourceValue,
};
use rikaste_model::shop::{Shop, ShopError};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value as Json};
use smol_str::SmolStr;

use super::value;
use rikaste_runtime::{AssetReader, PluginProblem, read_config};

mod facets;

use facets::{RawAssociation, RawImage, RawPrice, RawReview, RawStock};

/// A case that was read.
#[derive(Debug)]
pub struct PluginCase {
    /// The folder's name.
    pub name: String,
    /// The plugin's configuration, JSON.
    pub config: String,
    /// The shop that the plugin is to believe in.
    pub shop: Shop,
    /// Its products, in the order of the file.
    pub products: Vec<Product>,
    /// What is expected of each, by SKU; `None` where the case has none.
    pub expected: Option<Map<String, Json>>,
    /// The products' photos.
    pub photos: CasePhotos,
    folder: PathBuf,
}

/// Bytes of photos, by their hash.
#[derive(Debug, Clone, Default)]
pub struct CasePhotos(HashMap<ContentHash, Vec<u8>>);

/// Why a case cannot be tried.
#[derive(Debug, thiserror::Error)]
pub enum CaseError {
    /// A file or folder cannot be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// The error of the file system.
        source: io::Error,
    },
    /// A file is not what it should be.
    #[error("{}: {reason}", path.display())]
    Invalid {
        /// The file of the case.
        path: PathBuf,
        /// Where in it and why.
        reason: String,
    },
    /// The configuration.
    #[error(transparent)]
    Config(#[from] PluginProblem),
    /// The model.
    #[error(transparent)]
    Model(#[from] ShopError),
    /// There is no case.
    #[error(
        "{} has no cases; make a folder in it with a products.json, such as cases/first/products.json",
        .0.display()
    )]
    NoCases(PathBuf),
    /// There is no such case.
    #[error("there is no case {name}; there are: {known}")]
    UnknownCase {
        /// The name of the case that was asked for.
        name: String,
        /// The names that there are.
        known: String,
    },
}

/// The names of the cases in a folder.
///
/// # Errors
/// When the folder cannot be read, or has none, or not the one asked for.
pub fn list_cases(cases: &Path, only: Option<&str>) -> Result<Vec<String>, CaseError> {
    let failed = |source| CaseError::File { path: cases.to_owned(), source };
    let entries = match fs::read_dir(cases) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(CaseError::NoCases(cases.to_owned()));
        }
        Err(error) => return Err(failed(error)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() && !name.starts_with('.') {
            names.push(name);
        }
    }
    names.sort();
    match only {
        _ if names.is_empty() => Err(CaseError::NoCases(cases.to_owned())),
        None => Ok(names),
        Some(name) if names.iter().any(|known| known == name) => Ok(vec![name.to_owned()]),
        Some(name) => {
            Err(CaseError::UnknownCase { name: name.to_owned(), known: names.join(", ") })
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawProduct {
    sku: Sku,
    #[serde(default)]
    attributes: Map<String, Json>,
    #[serde(default)]
    reviews: Vec<RawReview>,
    #[serde(default)]
    stock: RawStock,
    #[serde(default)]
    prices: Vec<RawPrice>,
    #[serde(default)]
    associations: Vec<RawAssociation>,
    #[serde(default)]
    images: Vec<RawImage>,
}

/// A real shop's `shop.toml` will do: what plugins do not see of it is passed over.
#[derive(Deserialize)]
struct RawShop {
    #[serde(default = "default_time_zone")]
    time_zone: String,
    #[serde(default = "default_locales")]
    locales: Vec<Locale>,
    #[serde(default = "default_channels")]
    channels: Vec<ChannelCode>,
}

fn default_time_zone() -> String {
    "Europe/Helsinki".to_owned()
}

fn default_locales() -> Vec<Locale> {
    ["fi-FI", "sv-SE", "en-GB", "de-DE"].map(|tag| Locale::new(tag).expect("valid")).into()
}

fn default_channels() -> Vec<ChannelCode> {
    vec![ChannelCode::new("web").expect("valid")]
}

impl PluginCase {
    /// Reads the case in a folder.
    ///
    /// # Errors
    /// The first thing that is wrong, and where.
    pub fn read_folder(folder: &Path) -> Result<Self, CaseError> {
        let shop = read_shop(folder)?;
        let config = folder.join("config.toml");
        let config = if config.exists() { read_config(&config)? } else { "{}".to_owned() };
        let path = folder.join("products.json");
        let raw: Vec<RawProduct> = read_json(&path)?;
        let mut photos = CasePhotos::default();
        let mut products: Vec<Product> = Vec::with_capacity(raw.len());
        for raw in raw {
            let sku = raw.sku.clone();
            let wrong = |reason| CaseError::Invalid {
                path: path.clone(),
                reason: format!("product {sku}: {reason}"),
            };
            if products.iter().any(|known| known.sku == raw.sku) {
                return Err(wrong("there is another product of this SKU above".to_owned()));
            }
            products.push(build_product(raw, &shop, folder, &mut photos).map_err(wrong)?);
        }
        let expected = folder.join("expected.json");
        Ok(Self {
            name: folder.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            config,
            products,
            expected: if expected.exists() { Some(read_json(&expected)?) } else { None },
            photos,
            folder: folder.to_owned(),
            shop,
        })
    }

    /// Writes what is expected from now on; the answer is whether that is something else.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write_expected(&mut self, outcomes: Map<String, Json>) -> Result<bool, CaseError> {
        if self.expected.as_ref() == Some(&outcomes) {
            return Ok(false);
        }
        let path = self.folder.join("expected.json");
        let text = serde_json::to_string_pretty(&outcomes).expect("keys are texts");
        fs::write(&path, text + "\n").map_err(|source| CaseError::File { path, source })?;
        self.expected = Some(outcomes);
        Ok(true)
    }
}

fn read_shop(folder: &Path) -> Result<Shop, CaseError> {
    let path = folder.join("shop.toml");
    let text = if path.exists() { read_text(&path)? } else { String::new() };
    let wrong = |reason: String| CaseError::Invalid { path: path.clone(), reason };
    let raw: RawShop = toml::from_str(&text).map_err(|error| wrong(error.to_string()))?;
    let zone = TimeZone::get(&raw.time_zone).map_err(|_| {
        let name = &raw.time_zone;
        wrong(format!(
            "time_zone: \"{name}\" is not a time zone; write one such as Europe/Helsinki"
        ))
    })?;
    let mut shop = Shop::new_bare(zone, raw.locales, raw.channels);
    let model = folder.join("model.toml");
    if model.exists() {
        shop.add_model_file(&model)?;
    }
    Ok(shop)
}

fn read_text(path: &Path) -> Result<String, CaseError> {
    fs::read_to_string(path).map_err(|source| CaseError::File { path: path.to_owned(), source })
}

fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T, CaseError> {
    let text = read_text(path)?;
    let mut json = serde_json::Deserializer::from_str(&text);
    let read = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let key = error.path().to_string();
        let key = if key == "." { String::new() } else { format!("{key}: ") };
        format!("{key}{}", error.into_inner())
    });
    let whole = read.and_then(|read| json.end().map(|()| read).map_err(|error| error.to_string()));
    whole.map_err(|reason| CaseError::Invalid { path: path.to_owned(), reason })
}

/// Nothing here was imported; values have to be from some cell.
const CASE_CELL: CellOrigin = CellOrigin { drop: DropId(0), row: 0, column: 0 };

fn build_product(
    raw: RawProduct,
    shop: &Shop,
    folder: &Path,
    photos: &mut CasePhotos,
) -> Result<Product, String> {
    let mut layer = SourceLayer {
        source: SourceCode::new("case").expect("valid"),
        priority: 0,
        values: Vec::new(),
        associations: raw.associations.into_iter().map(RawAssociation::into_association).collect(),
    };
    for (attribute, json) in &raw.attributes {
        let code = attribute.parse().map_err(|error| format!("attributes: {error}"))?;
        let values = value::parse_values(&code, json, shop)
            .map_err(|error| format!("attributes.{attribute}: {error}"))?;
        layer.values.extend(values.into_iter().map(|value| SourceValue { value, cell: CASE_CELL }));
    }
    let mut product = Product::new(raw.sku);
    product.content.sources.push(layer);
    for (at, image) in raw.images.into_iter().enumerate() {
        let photo = image.into_photo(folder, at, photos);
        product.content.photos.push(photo.map_err(|error| format!("images[{at}]: {error}"))?);
    }
    for (at, price) in raw.prices.into_iter().enumerate() {
        let price = price.into_price(&shop.zone);
        product.commerce.prices.push(price.map_err(|error| format!("prices[{at}]: {error}"))?);
    }
    product.commerce.stock = raw.stock.into_stock_levels();
    for (at, review) in raw.reviews.into_iter().enumerate() {
        let review = review.into_review(at);
        product.reviews.push(review.map_err(|error| format!("reviews[{at}]: {error}"))?);
    }
    Ok(product)
}

impl CasePhotos {
    /// Keeps a photo; the answer is how the product names it.
    fn insert_photo(&mut self, file_name: SmolStr, role: PhotoRole, bytes: Vec<u8>) -> Photo {
        let (asset, size) = (ContentHash::hash_bytes(&bytes), bytes.len() as u64);
        let photo = Photo { file_name, asset, size, role, facts: None };
        self.0.insert(photo.asset, bytes);
        photo
    }
}

impl AssetReader for CasePhotos {
    fn read_range(&self, asset: &ContentHash, offset: u64, length: u32) -> io::Result<Vec<u8>> {
        let bytes = self.0.get(asset).ok_or(io::ErrorKind::NotFound)?;
        let start = usize::try_from(offset).unwrap_or(usize::MAX).min(bytes.len());
        Ok(bytes[start..].iter().copied().take(length as usize).collect())
    }
}

#[cfg(test)]
mod tests;
