//! A small shop, its products, and plugins to run them through.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use jiff::tz::TimeZone;
use rikaste_model::code::{AttributeCode, PluginName, PriceListCode, Sku, SourceCode};
use rikaste_model::locale::Locale;
use rikaste_model::photo::PhotoRole;
use rikaste_model::product::{
    CellOrigin, ContentHash, DropId, Photo, PluginEnrichment, Product, ProductReview, SourceLayer,
    SourceValue,
};
use rikaste_model::record::ReviewRecord;
use rikaste_model::shop::{AttributeDefinition, RemotePhotoSettings, Shop, WebAddress};
use rikaste_model::value::{AttributeValue, DataType, ValueData};
use rikaste_model::words::Language;
use rust_decimal::Decimal;

use super::{EnrichWorker, EnricherSet, EnrichmentCandidate};
use crate::{
    AssetReader, EnabledPlugin, LoadedPlugins, PluginLimits, PluginRuntime, PluginSettings,
};
use rikaste_embed::EmbeddedPlugin;
use rikaste_test_guests::TEST_GUEST;

/// One engine for all tests: each would take address space for all its instances.
pub static RUNTIME: LazyLock<PluginRuntime> =
    LazyLock::new(|| PluginRuntime::with_workers(8, None).expect("an engine"));

/// Where imported test values are from.
pub const CELL: CellOrigin = CellOrigin { drop: DropId(1), row: 2, column: 0 };

/// A shop of these locales.
pub fn shop(locales: &[&str]) -> Shop {
    Shop {
        remote_photos: RemotePhotoSettings::default(),
        name: "Havu & Hilla".to_owned(),
        zone: TimeZone::get("Europe/Helsinki").expect("bundled"),
        language: Language::En,
        reject_file_above: None,
        full_ranges: rikaste_model::shop::FullRanges::default(),
        source_priorities: rikaste_model::shop::SourcePriorities::default(),
        locales: locales.iter().map(|locale| Locale::new(locale).expect("valid")).collect(),
        price_list: PriceListCode::new("retail").expect("valid"),
        price_lists: BTreeMap::new(),
        locations: Vec::new(),
        stock_location: None,
        attributes: ["name", "fault"]
            .map(|code| (attribute(code), AttributeDefinition::from_data_type(DataType::Text)))
            .into(),
        families: BTreeMap::new(),
        categories: BTreeMap::new(),
        associations: BTreeMap::new(),
        channels: Vec::new(),
        web: WebAddress::default(),
        keep_releases: 100,
    }
}

/// A valid code.
pub fn attribute(code: &str) -> AttributeCode {
    AttributeCode::new(code).expect("valid")
}

/// A text for every locale.
pub fn text(code: &str, text: &str) -> AttributeValue {
    AttributeValue::new(attribute(code), ValueData::Text(text.to_owned()))
}

/// A product of one source.
pub fn product(sku: &str, values: Vec<AttributeValue>) -> Product {
    let mut product = Product::new(Sku::new(sku).expect("valid"));
    product.content.sources.push(SourceLayer {
        source: SourceCode::new("products").expect("valid"),
        priority: 0,
        values: values.into_iter().map(|value| SourceValue { value, cell: CELL }).collect(),
        associations: Vec::new(),
    });
    product
}

/// A product that needs enriching.
pub fn candidate(product: Product) -> EnrichmentCandidate {
    EnrichmentCandidate { product, parent: None, group_reviews: Arc::from([]), is_changed: false }
}

/// A product that tells the test guest what to do wrong.
pub fn faulty(sku: &str, fault: Option<&str>) -> EnrichmentCandidate {
    let mut values = vec![text("name", &format!("Name of {sku}"))];
    values.extend(fault.map(|fault| text("fault", fault)));
    let mut product = product(sku, values);
    let bytes = photo();
    product.content.photos = vec![Photo {
        file_name: "a.jpg".into(),
        asset: ContentHash::hash_bytes(&bytes),
        size: bytes.len() as u64,
        role: PhotoRole::Main,
        facts: None,
    }];
    candidate(product)
}

/// The bytes of every product's photo.
pub fn photo() -> Vec<u8> {
    (0..100).collect()
}

struct OnePhoto;

impl AssetReader for OnePhoto {
    fn read_range(&self, asset: &ContentHash, offset: u64, length: u32) -> io::Result<Vec<u8>> {
        let bytes = photo();
        if *asset != ContentHash::hash_bytes(&bytes) {
            return Err(io::ErrorKind::NotFound.into());
        }
        let start = bytes.len().min(usize::try_from(offset).unwrap_or(usize::MAX));
        Ok(bytes[start..].iter().copied().take(length as usize).collect())
    }
}

/// Loads plugins without configurations.
pub fn load_bundled(bundled: &[EmbeddedPlugin], shop: &mut Shop) -> LoadedPlugins {
    load_from(bundled, Path::new("/no/such/folder"), shop)
}

/// Loads plugins with the configurations in a folder.
pub fn load_from(bundled: &[EmbeddedPlugin], folder: &Path, shop: &mut Shop) -> LoadedPlugins {
    crate::load_plugins(&RUNTIME, chosen(bundled), folder, &PluginSettings::default(), shop)
}

/// Plugins that are to run.
pub fn chosen(bundled: &[EmbeddedPlugin]) -> Vec<EnabledPlugin> {
    let chosen = |plugin: &EmbeddedPlugin| EnabledPlugin {
        name: plugin.name.to_owned(),
        path: None,
        wasm: plugin.wasm.into(),
    };
    bundled.iter().map(chosen).collect()
}

/// A worker with these plugins.
pub fn worker(loaded: &LoadedPlugins) -> EnrichWorker {
    Arc::new(EnricherSet::new(loaded, Arc::new(OnePhoto))).new_worker()
}

/// A shop in two languages and a worker with the test guest.
pub fn faulty_shop() -> (Shop, EnrichWorker) {
    static LOADED: LazyLock<(Shop, LoadedPlugins)> = LazyLock::new(|| {
        let mut shop = shop(&["fi-FI", "en-GB"]);
        let loaded = load_bundled(&[TEST_GUEST], &mut shop);
        (shop, loaded)
    });
    (LOADED.0.clone(), worker(&LOADED.1))
}

/// A shop and workers whose test guest may use so much.
pub fn limited(limits: PluginLimits) -> (Shop, impl Fn() -> EnrichWorker + Sync + Copy) {
    let mut shop = shop(&["fi-FI", "en-GB"]);
    let settings = PluginSettings::of([(PluginName::new("faulty").expect("valid"), limits)]);
    let nowhere = Path::new("/no/such/folder");
    let loaded =
        crate::load_plugins(&RUNTIME, chosen(&[TEST_GUEST]), nowhere, &settings, &mut shop);
    let loaded: &'static LoadedPlugins = Box::leak(Box::new(loaded));
    (shop, move || worker(loaded))
}

/// What the only plugin made of a product.
pub fn enrichment(candidate: &EnrichmentCandidate) -> &PluginEnrichment {
    match candidate.product.content.enrichments.as_slice() {
        [only] => only,
        others => panic!("{} enrichments", others.len()),
    }
}

/// An enrichment's values, diagnostics and failure, one a line.
pub fn summary(candidate: &EnrichmentCandidate) -> String {
    let enrichment = enrichment(candidate);
    let mut lines = Vec::new();
    for value in &enrichment.values {
        let locale = value.locale.as_ref().map_or(String::new(), |locale| format!(" {locale}"));
        lines.push(format!("{}{locale} = {}", value.attribute, value.data));
    }
    lines.extend(enrichment.diagnostics.iter().map(|d| format!("{} {}: {d}", d.severity, d.code)));
    lines.extend(enrichment.failure.iter().map(|why| format!("failure: {why}")));
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// A review.
pub fn review(id: &str) -> ProductReview {
    ProductReview {
        record: ReviewRecord {
            source: "shop".into(),
            id: id.into(),
            rating: Decimal::from(4),
            locale: Some(Locale::new("fi-FI").expect("valid")),
            title: "Hyvä takki".to_owned(),
            text:
                "Pitää vettä ja on kevyt kantaa mukana. Koko oli juuri sopiva, hihat vähän pitkät."
                    .to_owned(),
            author: "Aino".to_owned(),
            date: Some("2026-05-17".into()),
            verified: true,
            incentivised: false,
        },
        cell: CELL,
    }
}
