//! Photos, whole: the plugin in its sandbox as the host asks it, and beside it the same code natively,
//! which is what counts branches. The plugin answers whatever it is given: that it stops in either, or
//! takes more than it may, is a finding, and so is a rendition of another size.
#![no_main]

use std::cell::RefCell;
use std::sync::{Arc, LazyLock};

use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use rikaste_fuzz::folder;
use rikaste_images::Images;
use rikaste_model::photo::{Color, ColorMode, FitMode, RenditionFrame};
use rikaste_plugin::NoConfig;
use rikaste_plugin::image::{self, ImageProcessor, Rendition};
use rikaste_runtime::{
    ImageError, ImageInstance, Plugin, PluginComponent, PluginLimits, PluginPolicy, PluginRuntime,
};

static RUNTIME: LazyLock<PluginRuntime> = LazyLock::new(|| {
    PluginRuntime::new(&folder().join("machine-code")).expect("the machine runs plugins")
});

static IMAGES: LazyLock<Arc<Plugin>> = LazyLock::new(|| {
    let images = rikaste_bundled::PLUGINS.iter().find(|plugin| plugin.name == "images");
    let images = images.expect("it is bundled");
    let described =
        PluginComponent::load_bundled(&RUNTIME, images.name, images.wasm).expect("a plugin");
    let terms = PluginPolicy { limits: PluginLimits::IMAGES, ceded_attributes: Vec::new() };
    Arc::new(described.into_plugin("{}".to_owned(), terms).expect("it takes nothing"))
});

thread_local! {
    static PROCESSOR: RefCell<ImageInstance> = RefCell::new(ImageInstance::new(&IMAGES));
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// One of each fit, and of each tone.
fn frames() -> [RenditionFrame; 4] {
    let square = RenditionFrame { height: Some(40), ..RenditionFrame::with_width(40) };
    [
        RenditionFrame::with_width(64),
        RenditionFrame { fit: FitMode::Pad, background: Some(Color::WHITE), ..square },
        RenditionFrame { fit: FitMode::Crop, tone: ColorMode::Grey, enlarge: true, ..square },
        RenditionFrame { tone: ColorMode::BlackAndWhite, ..RenditionFrame::with_width(100) },
    ]
}

fn rendition(frame: &RenditionFrame) -> Rendition {
    let fit = match frame.fit {
        FitMode::Inside => image::Fit::Inside,
        FitMode::Pad => image::Fit::Pad,
        FitMode::Crop => image::Fit::Crop,
    };
    let tone = match frame.tone {
        ColorMode::Color => image::Tone::Color,
        ColorMode::Grey => image::Tone::Grey,
        ColorMode::BlackAndWhite => image::Tone::BlackAndWhite,
    };
    let background = frame.background;
    let background = background.map(|Color { red, green, blue }| image::Color { red, green, blue });
    let RenditionFrame { width, height, enlarge, .. } = *frame;
    Rendition { width, height, fit, background, tone, enlarge }
}

fuzz_target!(|photo: &[u8]| {
    let frames = frames();
    let wanted = frames.each_ref().map(rendition);
    let plugin = Images::new(NoConfig {}).expect("there is nothing to configure");
    // What it makes is not compared: the decoders look at no checksums where branches are counted, and
    // other crates unpack for them.
    let _ = plugin.process(photo.to_vec(), None, &wanted);
    let sandboxed = PROCESSOR.with_borrow_mut(|processor| processor.process_photo(photo, &frames));
    match sandboxed {
        Err(ImageError::Failed(error)) => panic!("{error}"),
        Err(ImageError::Refused { code, message }) => {
            assert!(code.starts_with("image-") && !message.is_empty());
        }
        Ok(processed) => {
            let size = (processed.facts.width, processed.facts.height);
            assert_eq!(processed.pixels.len(), frames.len());
            for (pixels, frame) in processed.pixels.iter().zip(&frames) {
                assert_eq!((pixels.width, pixels.height), frame.compute_size(size));
                let count = pixels.width as usize * pixels.height as usize;
                assert_eq!(pixels.bytes.len(), count * pixels.layout.bytes_per_pixel());
            }
        }
    }
});

// A PNG with a wrong checksum is refused before anything else is looked at.
fuzz_mutator!(|data: &mut [u8], size: usize, most: usize, seed: u32| {
    let size = fuzzer_mutate(data, size, most);
    if !seed.is_multiple_of(8) {
        mend(&mut data[..size]);
    }
    size
});

/// Makes the checksums of a PNG's chunks, and the length of a WebP, those that they should be.
fn mend(photo: &mut [u8]) {
    if photo.starts_with(b"RIFF") && photo.len() > 12 {
        let length = (photo.len() - 8) as u32 & !1;
        photo[4..8].copy_from_slice(&length.to_le_bytes());
    }
    if !photo.starts_with(PNG) {
        return;
    }
    let mut at = 8;
    while let Some(length) = photo.get(at..at + 4).and_then(|length| length.first_chunk()) {
        let end = at + 8 + u32::from_be_bytes(*length) as usize;
        let Some(chunk) = photo.get(at + 4..end) else { return };
        let sum = crc(chunk).to_be_bytes();
        let Some(place) = photo.get_mut(end..end + 4) else { return };
        place.copy_from_slice(&sum);
        at = end + 4;
    }
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 }
        })
    })
}
