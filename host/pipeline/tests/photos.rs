//! Photos on their way through the pipeline: how often they are read, and what receipts say of them.

use std::path::Path;
use std::sync::Arc;

use expect_test::expect;
use rikaste_import::MappingSet;
use rikaste_media::encode::{ENCODER_REVISION, EncodeQuality, PixelSlice, encode_image};
use rikaste_media::renditions::{RenditionService, RenditionStore};
use rikaste_model::moment::Moment;
use rikaste_model::photo::{ImageFormat, PixelLayout};
use rikaste_model::product::ContentHash;
use rikaste_model::receipt::Receipt;
use rikaste_model::shop::Shop;
use rikaste_pipeline::{InboxDrop, PhotoFile, Pipeline, PreparedPhotos};
use rikaste_runtime::enrich::EnricherSet;
use rikaste_runtime::{
    Configuration, ConfigurationFingerprint, LoadedPlugins, NoAssets, Plugin, PluginComponent,
    PluginLimits, PluginPolicy, PluginRuntime, PluginSettings,
};
use rikaste_search::SearchOptions;
use rikaste_store::Store;
use rikaste_store::asset_folder::AssetFolder;
use rikaste_test_guests::TEST_PICTURE;

const SHOP: &str = "name = \"T\"\ntime_zone = \"UTC\"\nlocales = [\"en-GB\"]\nprice_list = \"r\"\n\
    [price_lists.r]\ncurrency = \"EUR\"\n";

fn load(runtime: &PluginRuntime, name: &str, wasm: &'static [u8]) -> Arc<Plugin> {
    let described = PluginComponent::load_bundled(runtime, name, wasm).expect("a plugin");
    let terms = PluginPolicy { limits: PluginLimits::IMAGES, ceded_attributes: Vec::new() };
    Arc::new(described.into_plugin("{}".to_owned(), terms).expect("it takes nothing"))
}

fn write(folder: &Path, name: &str, bytes: &[u8]) {
    std::fs::write(folder.join(name), bytes).expect("written");
}

/// A picture of one colour.
fn png(shade: u8) -> Vec<u8> {
    let bytes = vec![shade; 250 * 120 * 3];
    let pixels = PixelSlice::new(250, 120, PixelLayout::Rgb, &bytes).expect("pixels");
    encode_image(&pixels, ImageFormat::Png, EncodeQuality::default_for(ImageFormat::Png))
        .expect("a PNG")
}

const NOON: Moment = Moment(1_795_255_200);

/// A shop whose photos two plugins decode.
struct PhotoShop {
    folder: tempfile::TempDir,
    pipeline: Pipeline,
}

impl PhotoShop {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path();
        std::fs::create_dir(path.join("channels")).expect("a folder");
        write(path, "shop.toml", SHOP.as_bytes());
        write(path, "model.toml", b"");
        write(path, "channels/web.toml", b"locales = [\"en-GB\"]\n[images]\nwidths = [100]\n");
        let shop = Arc::new(Shop::load_from_folder(path).expect("a shop"));
        let store = Store::open_or_create(&path.join("store")).expect("a store");
        let options = SearchOptions { threads: 1, memory_per_thread: 15_000_000 };
        let index =
            rikaste_search::open_index(&path.join("index"), &shop, options).expect("an index");
        let runtime = PluginRuntime::with_workers(2, None).expect("the machine runs plugins");
        let images = rikaste_bundled::PLUGINS.iter().find(|plugin| plugin.name == "images");
        let images = images.expect("it is bundled");
        let processors = vec![
            load(&runtime, TEST_PICTURE.name, TEST_PICTURE.wasm),
            load(&runtime, images.name, images.wasm),
        ];
        let service = RenditionService::new(
            RenditionStore::new(path.join("renditions")),
            AssetFolder::new(path.join("assets")),
            &[],
            [],
        );
        let loaded = LoadedPlugins { image_processors: processors, ..LoadedPlugins::default() };
        let fingerprint = ConfigurationFingerprint::new(&shop, &loaded, ENCODER_REVISION).to_hash();
        let plugins = Arc::new(EnricherSet::new(&loaded, Arc::new(NoAssets)));
        let settings = PluginSettings::default();
        let configuration = Configuration::new(shop, plugins, settings, fingerprint);
        let mappings = MappingSet::default();
        let pipeline =
            Pipeline::new(&store, index.writer, configuration, mappings, &service, |_| ())
                .expect("a pipeline");
        Self { folder, pipeline }
    }

    fn drop_photos(&self, photos: &[(&str, Vec<u8>)]) -> InboxDrop {
        photos.iter().for_each(|(name, bytes)| write(self.folder.path(), name, bytes));
        let paths = photos.iter().map(|(name, _)| self.folder.path().join(name));
        InboxDrop::from_photos(paths.filter_map(PhotoFile::from_path).collect())
    }

    fn prepare(&self, drop: &InboxDrop) -> PreparedPhotos {
        PreparedPhotos::from_drop(self.pipeline.rendition_service(), drop, &mut |_| ())
            .expect("the photos can be read")
    }

    fn import(&mut self, drop: &InboxDrop, photos: PreparedPhotos) -> Receipt {
        self.pipeline.import_prepared_photos(drop, photos, NOON).expect("the machine is well")
    }

    fn stored_hash(&self, name: &str) -> ContentHash {
        self.pipeline.reader().load_asset(name).expect("the store").expect("it is there").hash
    }
}

#[test]
fn a_receipt_names_the_file_and_the_plugin() {
    let mut shop = PhotoShop::new();
    let hostile = b"%PICTURE 250 120 short".to_vec();
    let photos = [("A.png", png(0)), ("A-hostile.jpg", hostile), ("A_2.png", png(90))];
    let drop = shop.drop_photos(&photos);
    let receipt = shop.pipeline.import_drop(&drop, NOON, false).expect("the machine is well");
    assert_eq!((receipt.rows.new, receipt.rows.rejected), (2, 1), "{receipt:?}");
    assert_eq!(receipt.hash, None);
    let errors = receipt.messages.iter().filter(|message| message.code == "image-plugin-failed");
    let errors: Vec<_> = errors.map(|message| format!("{} {message}", message.severity)).collect();
    expect![[r#"error row 1, file "A-hostile.jpg": A-hostile.jpg cannot be used: the plugin told 0.1.0 fails on it: picture 1 has 14399 bytes; 100×48 pixels of 3 channels have 14400"#]].assert_eq(&errors.join("\n"));
}

#[test]
fn prepared_photos_are_not_read_again() {
    let mut shop = PhotoShop::new();
    let drop = shop.drop_photos(&[("A.png", png(0)), ("A_2.png", png(90)), ("empty.jpg", vec![])]);
    let prepared = shop.prepare(&drop);
    // Whoever read or copied a photo again would fail.
    drop.paths().for_each(|path| std::fs::remove_file(path).expect("removed"));
    let assets = std::fs::read_dir(shop.folder.path().join("assets")).expect("assets").count();
    let receipt = shop.import(&drop, prepared);
    assert_eq!((receipt.rows.new, receipt.rows.rejected), (2, 1), "{receipt:?}");
    assert_eq!(shop.stored_hash("A.png"), ContentHash::hash_bytes(&png(0)));
    let reader = shop.pipeline.reader();
    let asset = reader.load_asset("A_2.png").expect("the store").expect("it is there");
    assert_eq!(asset.facts.as_ref().map(|facts| facts.width), Some(250));
    let left = std::fs::read_dir(shop.folder.path().join("assets")).expect("assets").count();
    assert_eq!(left, assets);
}

#[test]
fn a_photo_that_changed_after_it_was_prepared_is_read_again() {
    let mut shop = PhotoShop::new();
    let drop = shop.drop_photos(&[("A.png", png(0)), ("A_2.png", png(90))]);
    let prepared = shop.prepare(&drop);
    let mut later = png(200);
    later.push(0);
    write(shop.folder.path(), "A.png", &later);
    let receipt = shop.import(&drop, prepared);
    assert_eq!(receipt.rows.new, 2, "{receipt:?}");
    assert_eq!(shop.stored_hash("A.png"), ContentHash::hash_bytes(&later));
    assert_eq!(shop.stored_hash("A_2.png"), ContentHash::hash_bytes(&png(90)));
}

#[test]
fn the_receipt_of_one_photo_has_its_hash() {
    let mut shop = PhotoShop::new();
    let drop = shop.drop_photos(&[("A.png", png(0))]);
    let prepared = shop.prepare(&drop);
    let receipt = shop.import(&drop, prepared);
    assert_eq!(receipt.hash, Some(ContentHash::hash_bytes(&png(0))));
    assert_eq!(receipt.size, png(0).len() as u64);
}
