//! What a receipt says of a photo on which an image processor fails.

use std::path::Path;
use std::sync::Arc;

use expect_test::expect;
use rikaste_import::Mappings;
use rikaste_media::encode::{Pixels, Quality, encode};
use rikaste_media::studio::{Shelf, Studio};
use rikaste_model::moment::Moment;
use rikaste_model::picture::{Format, Layout};
use rikaste_model::shop::Shop;
use rikaste_pipeline::{Drop, Line};
use rikaste_runtime::enrich::Enrichers;
use rikaste_runtime::{Described, Limits, Loaded, NoAssets, Plugin, Runtime, Terms};
use rikaste_search::SearchOptions;
use rikaste_store::Store;
use rikaste_store::asset_folder::Assets;
use rikaste_test_guests::TEST_PICTURE;

const SHOP: &str = "name = \"T\"\ntime_zone = \"UTC\"\nlocales = [\"en-GB\"]\nprice_list = \"r\"\n\
    [price_lists.r]\ncurrency = \"EUR\"\n";

fn load(runtime: &Runtime, name: &str, wasm: &'static [u8]) -> Arc<Plugin> {
    let described = Described::load_bundled(runtime, name, wasm).expect("a plugin");
    let terms = Terms { limits: Limits::IMAGES, yields: Vec::new() };
    Arc::new(described.configure("{}".to_owned(), terms).expect("it takes nothing"))
}

fn write(folder: &Path, name: &str, bytes: &[u8]) {
    std::fs::write(folder.join(name), bytes).expect("written");
}

/// A picture of one colour.
fn png(shade: u8) -> Vec<u8> {
    let bytes = vec![shade; 250 * 120 * 3];
    let pixels = Pixels::new(250, 120, Layout::Rgb, &bytes).expect("pixels");
    encode(&pixels, Format::Png, Quality::usual(Format::Png)).expect("a PNG")
}

#[test]
fn a_receipt_names_the_file_and_the_plugin() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    std::fs::create_dir(path.join("channels")).expect("a folder");
    write(path, "shop.toml", SHOP.as_bytes());
    write(path, "model.toml", b"");
    write(path, "channels/web.toml", b"locales = [\"en-GB\"]\n[images]\nwidths = [100]\n");
    let shop = Arc::new(Shop::load(path).expect("a shop"));
    let store = Store::open(&path.join("store")).expect("a store");
    let options = SearchOptions { threads: 1, memory_per_thread: 15_000_000 };
    let index = rikaste_search::open(&path.join("index"), &shop, options).expect("an index");
    let runtime = Runtime::start(2, None).expect("the machine runs plugins");
    let images = rikaste_bundled::PLUGINS.iter().find(|plugin| plugin.name == "images");
    let images = images.expect("it is bundled");
    let processors = vec![
        load(&runtime, TEST_PICTURE.name, TEST_PICTURE.wasm),
        load(&runtime, images.name, images.wasm),
    ];
    let profiles = shop.channels.iter().map(|channel| channel.images.clone());
    let studio = Studio::new(
        Shelf::new(path.join("renditions")),
        Assets::new(path.join("assets")),
        &processors,
        profiles,
    );
    let loaded = Loaded { processors, ..Loaded::default() };
    let enrichers = Arc::new(Enrichers::new(&loaded, Arc::new(NoAssets)));
    let mappings = Mappings::default();
    let mut line =
        Line::new(&store, index.writer, Arc::clone(&shop), mappings, studio, &enrichers, |_| ())
            .expect("a line");
    let hostile = b"%PICTURE 250 120 short".to_vec();
    let photos = [("A.png", png(0)), ("A-hostile.jpg", hostile), ("A_2.png", png(90))];
    for (name, bytes) in &photos {
        write(path, name, bytes);
    }
    let drop = Drop::of_photos(photos.iter().map(|(name, _)| path.join(name)).collect());
    let receipt = line.take(&drop, Moment(1_795_255_200), false).expect("the machine is well");
    assert_eq!((receipt.rows.new, receipt.rows.rejected), (2, 1), "{receipt:?}");
    let errors = receipt.messages.iter().filter(|said| said.code == "image-plugin-failed");
    let errors: Vec<_> = errors.map(|said| format!("{} {said}", said.severity)).collect();
    expect![[r#"error row 1, file "A-hostile.jpg": A-hostile.jpg cannot be used: the plugin told 0.1.0 fails on it: picture 1 has 14399 bytes; 100×48 pixels of 3 channels have 14400"#]].assert_eq(&errors.join("\n"));
}
