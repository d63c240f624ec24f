//! What the tests share.

use std::fs;
use std::path::{Path, PathBuf};

use rikaste_images::Images;
use rikaste_plugin::NoConfig;
use rikaste_plugin::image::{
    Fit, ImageProcessor, Layout, Picture, Pixels, Refusal, Rendition, Tone,
};

/// All of the picture, not smaller than it is.
pub fn whole() -> Rendition {
    Rendition {
        width: None,
        height: None,
        fit: Fit::Inside,
        background: None,
        tone: Tone::Color,
        enlarge: false,
    }
}

/// What the plugin makes of a photo.
pub fn process(photo: Vec<u8>, wanted: &[Rendition]) -> Result<Picture, Refusal> {
    Images::new(NoConfig {}).expect("there is nothing to configure").process(photo, None, wanted)
}

/// All of a photo that is to be taken.
pub fn decoded(photo: Vec<u8>) -> Pixels {
    let mut picture = process(photo, &[whole()]).unwrap_or_else(|refusal| panic!("{refusal:?}"));
    picture.renditions.remove(0)
}

/// The code of a photo's refusal.
pub fn refusal(photo: Vec<u8>) -> String {
    match process(photo, &[whole()]) {
        Ok(_) => "taken".to_owned(),
        Err(refusal) => refusal.code,
    }
}

/// A file of the crate's own samples.
pub fn sample(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples").join(name);
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Photos that lie beside the repository, where they do; without them the test says so.
pub fn beside(folder: &str) -> Option<Vec<(String, Vec<u8>)>> {
    let path: PathBuf =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/images").join(folder);
    let Ok(entries) = fs::read_dir(&path) else {
        println!("skipped: ../shared/data/images/{folder} is not beside the repository");
        return None;
    };
    let mut files: Vec<_> = entries
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "png" || ending == "jpg"))
        .map(|path| {
            let name = path.file_name().expect("it is a file").to_string_lossy().into_owned();
            (name, fs::read(&path).expect("the file can be read"))
        })
        .collect();
    files.sort();
    Some(files)
}

/// Pixels as RGBA.
pub fn rgba(pixels: &Pixels) -> Vec<[u8; 4]> {
    match pixels.layout {
        Layout::Grey => pixels.bytes.iter().map(|l| [*l, *l, *l, 255]).collect(),
        Layout::Rgb => {
            pixels.bytes.as_chunks::<3>().0.iter().map(|[r, g, b]| [*r, *g, *b, 255]).collect()
        }
        Layout::Rgba => pixels.bytes.as_chunks::<4>().0.to_vec(),
    }
}

/// How far two pictures of one size are apart: the mean over all channels.
pub fn difference(a: &Pixels, b: &Pixels) -> f64 {
    assert_eq!((a.width, a.height), (b.width, b.height), "pictures are of one size");
    let (a, b) = (rgba(a), rgba(b));
    let sum: u64 =
        a.as_flattened().iter().zip(b.as_flattened()).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    sum as f64 / (a.len() * 4) as f64
}

/// A PNG as RGBA of eight bits, by the `png` crate alone.
pub fn plain_png(photo: &[u8]) -> Vec<[u8; 4]> {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(photo));
    decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::STRIP_16);
    let mut reader = decoder.read_info().expect("it is valid");
    let mut bytes = vec![0; reader.output_buffer_size().expect("it is small")];
    reader.next_frame(&mut bytes).expect("it is valid");
    match reader.output_color_type().0 {
        png::ColorType::Grayscale => bytes.iter().map(|l| [*l, *l, *l, 255]).collect(),
        png::ColorType::GrayscaleAlpha => {
            bytes.as_chunks::<2>().0.iter().map(|[l, a]| [*l, *l, *l, *a]).collect()
        }
        png::ColorType::Rgba => bytes.as_chunks::<4>().0.to_vec(),
        _ => bytes.as_chunks::<3>().0.iter().map(|[r, g, b]| [*r, *g, *b, 255]).collect(),
    }
}
