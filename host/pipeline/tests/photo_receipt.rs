//! What a receipt says of a photo on which an image processor fails.

use std::path::Path;
use std::sync::Arc;

use expect_test::expect;
use rikaste_import::MappingSet;
use rikaste_media::encode::{EncodeQuality, PixelSlice, encode_image};
use rikaste_media::renditions::{RenditionService, RenditionStore};
use rikaste_model::moment::Moment;
use rikaste_model::photo::{ImageFormat, PixelLayout};
use rikaste_model::shop::Shop;
use rikaste_pipeline::{InboxDrop, Pipeline};
use rikaste_runtime::enrich::EnricherSet;
use rikaste_runtime::{
    LoadedPlugins, NoAssets, Plugin, PluginComponent, PluginLimits, PluginPolicy, PluginRuntime,
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

#[test]
fn a_receipt_names_the_file_and_the_plugin() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    std::fs::create_dir(path.join("channels")).expect("a folder");
    write(path, "shop.toml", SHOP.as_bytes());
    write(path, "model.toml", b"");
    write(path, "channels/web.toml", b"locales = [\"en-GB\"]\n[images]\nwidths = [100]\n");
    let shop = Arc::new(Shop::load_from_folder(path).expect("a shop"));
    let store = Store::open_or_create(&path.join("store")).expect("a store");
    let options = SearchOptions { threads: 1, memory_per_thread: 15_000_000 };
    let index = rikaste_search::open_index(&path.join("index"), &shop, options).expect("an index");
    let runtime = PluginRuntime::with_workers(2, None).expect("the machine runs plugins");
    let images = rikaste_bundled::PLUGINS.iter().find(|plugin| plugin.name == "images");
    let images = images.expect("it is bundled");
    let processors = vec![
        load(&runtime, TEST_PICTURE.name, TEST_PICTURE.wasm),
        load(&runtime, images.name, images.wasm),
    ];
    let profiles = shop.channels.iter().map(|channel| channel.images.clone());
    let studio = RenditionService::new(
        RenditionStore::new(path.join("renditions")),
        AssetFolder::new(path.join("assets")),
        &processors,
        profiles,
    );
    let loaded = LoadedPlugins { image_processors: processors, ..LoadedPlugins::default() };
    let enrichers = Arc::new(EnricherSet::new(&loaded, Arc::new(NoAssets)));
    let mappings = MappingSet::default();
    let mut line = Pipeline::new(
        &store,
        index.writer,
        Arc::clone(&shop),
        mappings,
        studio,
        &enrichers,
        |_| (),
    )
    .expect("a line");
    let hostile = b"%PICTURE 250 120 short".to_vec();
    let photos = [("A.png", png(0)), ("A-hostile.jpg", hostile), ("A_2.png", png(90))];
    for (name, bytes) in &photos {
        write(path, name, bytes);
    }
    let drop = InboxDrop::from_photos(photos.iter().map(|(name, _)| path.join(name)).collect());
    let receipt =
        line.import_drop(&drop, Moment(1_795_255_200), false).expect("the machine is well");
    assert_eq!((receipt.rows.new, receipt.rows.rejected), (2, 1), "{receipt:?}");
    let errors = receipt.messages.iter().filter(|said| said.code == "image-plugin-failed");
    let errors: Vec<_> = errors.map(|said| format!("{} {said}", said.severity)).collect();
    expect![[r#"error row 1, file "A-hostile.jpg": A-hostile.jpg cannot be used: the plugin told 0.1.0 fails on it: picture 1 has 14399 bytes; 100×48 pixels of 3 channels have 14400"#]].assert_eq(&errors.join("\n"));
}
