use std::path::Path;
use std::sync::LazyLock;
use std::time::{Duration, SystemTime};

use expect_test::expect;
use rikaste_model::photo::{FitMode, ImageFormat};
use rikaste_store::{AssetEntry, ReleaseCommit, Store};
use tempfile::TempDir;

use super::*;

mod hostile;

use rikaste_runtime::{PluginComponent, PluginLimits, PluginPolicy, PluginRuntime};

static RUNTIME: LazyLock<PluginRuntime> =
    LazyLock::new(|| PluginRuntime::with_workers(2, None).expect("the machine runs plugins"));

static IMAGES: LazyLock<Arc<Plugin>> = LazyLock::new(|| {
    let images = rikaste_bundled::PLUGINS.iter().find(|plugin| plugin.name == "images");
    let images = images.expect("it is bundled");
    let described =
        PluginComponent::load_bundled(&RUNTIME, images.name, images.wasm).expect("a plugin");
    let terms = PluginPolicy { limits: PluginLimits::IMAGES, ceded_attributes: Vec::new() };
    Arc::new(described.into_plugin("{}".to_owned(), terms).expect("it takes nothing"))
});

/// A service in a folder of its own.
struct Yard {
    folder: TempDir,
    service: RenditionService,
}

impl Yard {
    fn new(profile: RenditionProfile) -> Self {
        Self::with(&[Arc::clone(&IMAGES)], profile)
    }

    fn with(processors: &[Arc<Plugin>], profile: RenditionProfile) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let store = RenditionStore::new(folder.path().join("renditions"));
        let assets = AssetFolder::new(folder.path().join("assets"));
        let service = RenditionService::new(store, assets, processors, [profile]);
        Self { folder, service }
    }

    fn put(&self, bytes: &[u8]) -> ContentHash {
        let path = self.folder.path().join("dropped");
        std::fs::write(&path, bytes).expect("written");
        self.service.assets.store_file(&path).expect("stored").0
    }

    /// What becomes of them, and how many were decoded for it.
    fn develop(&self, photos: &[ContentHash]) -> (Vec<PhotoResult>, usize) {
        let mut last = RenditionProgress::default();
        let developed =
            self.service.prepare_renditions(photos, &mut |far| last = far).expect("a disk");
        (developed, last.decoded)
    }

    /// The files of renditions of a photo: format, size, and the pixels that the header says.
    fn shown(&self, photo: &ContentHash, facts: &PhotoMetadata) -> String {
        let mut shown = String::new();
        for rendition in self.service.list_wanted_renditions(Some(facts.width)) {
            let (width, height) = rendition.frame.compute_size((facts.width, facts.height));
            for format in &rendition.formats {
                let path =
                    self.service.store.rendition_path(rendition.name(photo, &facts.maker), *format);
                let bytes = std::fs::read(path).expect("it is there");
                let (w, h) = header(*format, &bytes);
                assert_eq!((w, h), (width, height));
                shown += &format!("{} {w}×{h}\n", format.extension());
            }
        }
        shown
    }
}

/// The size that a file says it has.
fn header(format: ImageFormat, bytes: &[u8]) -> (u32, u32) {
    let be = |at: usize| u32::from(u16::from_be_bytes([bytes[at], bytes[at + 1]]));
    match format {
        ImageFormat::Jpeg => {
            let sof = bytes.windows(2).position(|pair| pair == [0xff, 0xc2]).expect("progressive");
            (be(sof + 7), be(sof + 5))
        }
        ImageFormat::Png => (be(18), be(22)),
        #[cfg(feature = "avif")]
        ImageFormat::Avif => {
            let size = bytes.windows(4).position(|name| name == b"ispe").expect("it has a size");
            (be(size + 10), be(size + 14))
        }
        ImageFormat::WebP => {
            let decoder = image_webp::WebPDecoder::new(io::Cursor::new(bytes));
            decoder.expect("a WebP").dimensions()
        }
    }
}

/// A picture with a gradient; every number gives another.
fn png(width: u32, height: u32, number: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgb);
    let pixel = |at: u32| {
        let (x, y) = (at % width, at / width);
        [(x * 255 / width) as u8, (y * 255 / height) as u8, number]
    };
    let pixels: Vec<u8> = (0..width * height).flat_map(pixel).collect();
    encoder.write_header().and_then(|mut w| w.write_image_data(&pixels)).expect("a PNG");
    bytes
}

fn square() -> RenditionProfile {
    let mut profile =
        RenditionProfile { widths: vec![100, 200, 400], ..RenditionProfile::default() };
    let frame = RenditionFrame {
        height: Some(300),
        fit: FitMode::Pad,
        background: Some(rikaste_model::photo::Color::WHITE),
        ..RenditionFrame::with_width(300)
    };
    let rendition = Rendition { frame, formats: vec![ImageFormat::Jpeg], quality: None };
    profile.renditions.insert("square".into(), rendition);
    profile
}

#[test]
fn what_nobody_needs_goes_after_a_while() {
    let yard = Yard::new(square());
    let store = Store::open_or_create(yard.folder.path()).expect("a store");
    let mut writer = store.open_writer().expect("a writer");
    let photos = [yard.put(&png(250, 120, 0)), yard.put(&png(90, 400, 9)), yard.put(b"none")];
    let (developed, _) = yard.develop(&photos);
    writer.begin_transaction().expect("begun");
    for (name, at) in [("kept.png", 0), ("none.png", 2)] {
        let facts = developed[at].clone().ok();
        let asset = AssetEntry { name: name.into(), hash: photos[at], size: 1, modified: 1, facts };
        writer.store_asset(&asset, &[]).expect("put");
    }
    writer.commit_transaction(&ReleaseCommit::default()).expect("committed");

    let now = SystemTime::now();
    let sweep = |after| yard.service.sweep_unneeded(&writer, now + after).expect("swept");
    let all = sweep(Duration::ZERO);
    let soon = GRACE_PERIOD - Duration::from_secs(60);
    assert_eq!((all.removed, sweep(soon).removed), (0, 0), "so long nothing goes");
    let swept = sweep(GRACE_PERIOD + Duration::from_secs(60));
    // Of the photo that nobody has: its one width twice, the square, and its facts.
    assert_eq!((swept.kept, swept.removed), (all.kept - 4, 4));
    assert!(yard.service.find_known_result(&photos[0]).is_some_and(|known| known.is_ok()));
    assert!(yard.service.find_known_result(&photos[1]).is_none());
    assert!(yard.service.find_known_result(&photos[2]).is_some_and(|known| known.is_err()));
    // What was needed a moment ago has all of its time before it.
    writer.begin_transaction().expect("begun");
    let other = AssetEntry {
        hash: photos[1],
        ..writer.load_asset("kept.png").expect("read").expect("kept")
    };
    writer.store_asset(&other, &[]).expect("put");
    assert_eq!(
        yard.service.sweep_unneeded(&writer, now + GRACE_PERIOD * 2).expect("swept").removed,
        0
    );
}

#[test]
fn what_channels_want_is_made_once() {
    let yard = Yard::new(square());
    let photos = [yard.put(&png(250, 120, 0)), yard.put(&png(90, 400, 9))];
    let requested = [photos[0], photos[1], photos[0]];
    let (developed, decoded) = yard.develop(&requested);
    assert_eq!(decoded, 2);
    let facts: Vec<_> = developed.into_iter().map(|one| one.expect("a picture")).collect();
    assert_eq!(facts[0], facts[2]);
    assert_eq!(facts[0].maker, yard.service.toolchain_hash().expect("there is a plugin"));
    expect![[r#"
        webp 100×48
        jpg 100×48
        webp 200×96
        jpg 200×96
        webp 250×120
        jpg 250×120
        jpg 300×300
    "#]]
    .assert_eq(&yard.shown(&photos[0], &facts[0]));
    expect![[r#"
        webp 90×400
        jpg 90×400
        jpg 300×300
    "#]]
    .assert_eq(&yard.shown(&photos[1], &facts[1]));

    let (again, decoded) = yard.develop(&requested);
    assert_eq!(decoded, 0);
    assert_eq!(again.into_iter().map(|one| one.expect("a picture")).collect::<Vec<_>>(), facts);
}

#[cfg(feature = "avif")]
#[test]
fn avif_is_made_where_a_profile_asks_for_it() {
    let formats = vec![ImageFormat::Avif, ImageFormat::Jpeg];
    let yard =
        Yard::new(RenditionProfile { widths: vec![60], formats, ..RenditionProfile::default() });
    let photo = yard.put(&png(90, 61, 0));
    let (developed, _) = yard.develop(&[photo]);
    let facts = developed[0].clone().expect("a picture");
    expect![[r#"
        avif 60×41
        jpg 60×41
    "#]]
    .assert_eq(&yard.shown(&photo, &facts));
    assert!(!RenditionProfile::default().formats.contains(&ImageFormat::Avif));
}

#[test]
fn what_is_gone_or_wanted_anew_is_made_again() {
    let yard = Yard::new(square());
    let photo = yard.put(&png(250, 120, 0));
    let (developed, _) = yard.develop(&[photo]);
    let facts = developed[0].clone().expect("a picture");
    let rendition = yard.service.list_wanted_renditions(Some(facts.width)).remove(0);
    let path =
        yard.service.store.rendition_path(rendition.name(&photo, &facts.maker), ImageFormat::WebP);
    std::fs::remove_file(&path).expect("removed");
    assert_eq!(yard.develop(&[photo]).1, 1);
    assert!(path.exists());

    let wider = RenditionProfile { widths: vec![150], ..square() };
    let service = yard.service.with_processors(&[Arc::clone(&IMAGES)], [square(), wider]);
    let mut decoded = 0;
    service.prepare_renditions(&[photo], &mut |far| decoded = far.decoded).expect("a disk");
    assert_eq!(decoded, 1);
}

#[test]
fn a_photo_that_is_none_costs_itself_and_is_remembered() {
    let yard = Yard::new(square());
    let mut cut = png(250, 120, 3);
    cut.truncate(cut.len() / 2);
    let photos = [
        yard.put(b"Dear photographer, "),
        yard.put(&png(250, 120, 0)),
        yard.put(&cut),
        yard.put(b"\0\0\0\x1cftypheic\0\0\0\0heicmif1miaf"),
    ];
    let (developed, decoded) = yard.develop(&photos);
    assert_eq!(decoded, 4);
    let errors: Vec<String> = developed
        .iter()
        .map(|one| match one {
            Ok(facts) => format!("{}×{}", facts.width, facts.height),
            Err(UnusablePhoto { code, message }) => format!("{code}: {message}"),
        })
        .collect();
    expect![[r#"
        image-not-an-image: The file is not an image; give a JPEG, PNG, WebP, AVIF, GIF, BMP or TIFF file
        250×120
        image-truncated: The picture ends too early; the file was perhaps not copied whole, give it again
        image-format-unsupported: The file is HEIC, which is not taken; save the picture as JPEG, PNG or WebP"#]].assert_eq(&errors.join("\n"));
    assert_eq!(yard.develop(&photos).1, 0);
}

/// The plugin's own tests decode natively; this is the component that ships.
#[test]
fn avif_is_decoded_in_the_sandbox() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../plugins/images/tests/samples");
    let yard = Yard::new(square());
    let names = ["upright.png", "still.avif", "ten.avif", "half.avif", "alpha.avif"];
    let photos = names.map(|name| yard.put(&std::fs::read(samples.join(name)).expect("a sample")));
    let (developed, decoded) = yard.develop(&photos);
    assert_eq!(decoded, names.len());
    let facts = developed.iter().map(|one| one.as_ref().expect("it can be used"));
    let facts: Vec<_> = facts.collect();
    for (name, one) in names.iter().zip(&facts).skip(1) {
        assert_eq!(one.media_type, "image/avif", "{name}");
        assert_eq!((one.width, one.height), (64, 48), "{name}");
        assert_eq!(one.transparent, *name == "alpha.avif", "{name}");
        if !one.transparent {
            let apart = (one.perceptual_hash ^ facts[0].perceptual_hash).count_ones();
            assert!(apart <= 4, "{name}: {apart} of 64 bits are others");
        }
    }
}

#[test]
fn a_photo_that_is_gone_is_the_machines_fault() {
    let yard = Yard::new(square());
    let error = yard
        .service
        .prepare_renditions(&[ContentHash::hash_bytes(b"nowhere")], &mut |_| ())
        .expect_err("gone");
    assert_eq!(error.kind(), io::ErrorKind::NotFound);
    assert!(!Path::new(&yard.folder.path().join("renditions")).join("0").exists());
}
