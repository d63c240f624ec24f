//! A shop with the whole pipeline and no plugins.

use std::sync::Arc;

use rikaste_http::{AccessTokens, ApiConfig, InProcessApi, UploadError};
use rikaste_import::MappingSet;
use rikaste_media::encode::ENCODER_REVISION;
use rikaste_media::renditions::{RenditionService, RenditionStore};
use rikaste_model::moment::Moment;
use rikaste_model::receipt::Receipt;
use rikaste_model::record::DropKind;
use rikaste_model::shop::Shop;
use rikaste_pipeline::{InboxDrop, Pipeline};
use rikaste_runtime::enrich::EnricherSet;
use rikaste_runtime::{
    Configuration, ConfigurationFingerprint, LoadedPlugins, NoAssets, PluginSettings};
use rikaste_search::SearchOptions;
use rikaste_store::Store;
use rikaste_store::asset_folder::AssetFolder;

use crate::folder;

/// 2026-11-21 12:00 in the shop.
const NOON: Moment = Moment(1_795_255_200);

/// What is in the shop.
const PRODUCTS: &str = "sku;name-fi_FI;name-en_GB;description-en_GB;color;size;price;gtin;categories\n\
    HH-1;Takki;Rain jacket;<p>Keeps 2-in-1 dry</p>;moss;M;89,90;4006381333931;outerwear\n\
    HH-2;Lamppu;Lamp;Shines;night;L;20;;sale\n\
    HH-2-X;Päällystakki;Överdrag;x;;;;;\n";

/// A shop with the whole pipeline and no plugins.
pub struct PipelineShop {
    pipeline: Pipeline,
    store: Store,
    index: rikaste_search::SearchIndex,
    assets: AssetFolder,
}

impl PipelineShop {
    /// Creates the shop and drops some products.
    pub fn filled() -> Self {
        let shop = Arc::new(Shop::load_from_folder(folder()).expect("a valid shop"));
        let store = Store::open_or_create(&folder().join(".rikaste")).expect("a store");
        let options = SearchOptions { threads: 1, memory_per_thread: 15_000_000 };
        let opened =
            rikaste_search::open_index(&folder().join("index"), &shop, options).expect("an index");
        let loaded = LoadedPlugins::default();
        let fingerprint = ConfigurationFingerprint::new(&shop, &loaded, ENCODER_REVISION).to_hash();
        let plugins = Arc::new(EnricherSet::new(&loaded, Arc::new(NoAssets)));
        let configuration =
            Configuration::new(shop, plugins, PluginSettings::default(), fingerprint);
        let assets = AssetFolder::new(folder().join("assets"));
        let renditions = RenditionStore::new(folder().join("renditions"));
        let pipeline = Pipeline::new(
            &store,
            opened.writer,
            configuration,
            MappingSet::default(),
            &RenditionService::new(renditions, assets.clone(), &[], []),
            |_| (),
        )
        .expect("a pipeline");
        let mut this = Self { pipeline, store, index: opened.index, assets };
        let receipt =
            this.import_drop(DropKind::Products, "products.csv", PRODUCTS.as_bytes(), false);
        assert_eq!(receipt.rows.rejected, 0, "{receipt:?}");
        this
    }

    /// Imports a drop as `rikaste import --dry-run` does, or for good.
    pub fn import_drop(
        &mut self,
        kind: DropKind,
        name: &str,
        bytes: &[u8],
        dry_run: bool,
    ) -> Receipt {
        let path = crate::write(name, bytes);
        let drop = InboxDrop::from_file(kind, path).expect("a name that is text");
        self.pipeline
            .import_drop(&drop, NOON, dry_run)
            .expect("only the machine fails, never the input")
    }

    /// The API that serves it.
    pub fn api(&self) -> InProcessApi {
        let current = self
            .store
            .open_reader()
            .and_then(|reader| reader.load_current_release())
            .expect("a release");
        InProcessApi::new(ApiConfig {
            configurations: self.pipeline.subscribe_configuration(),
            store: self.store.clone(),
            index: self.index.clone(),
            assets: self.assets.clone(),
            renditions: RenditionStore::new(folder().join("renditions")),
            receipts: folder().join("receipts"),
            releases: tokio::sync::watch::channel(current).1,
            tokens: AccessTokens::allow_everyone(),
            activity: Arc::default(),
            on_request: Box::new(|_| Ok(())),
            preview_undo: Box::new(|_, _, _| Err("nothing is undone here".into())),
            uploads: folder().join("trials"),
            try_drop: Box::new(|_, _| Err(UploadError::Name)),
            place_drop: Box::new(|_, _| Err(UploadError::Name)),
            on_ack: Box::new(|_| ()),
        })
    }
}
