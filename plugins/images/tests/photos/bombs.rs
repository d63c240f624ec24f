//! Files that claim or hold more than a photo does: each is refused in words, and soon.

use std::io::Write as _;
use std::time::{Duration, Instant};

use rikaste_plugin::image::Rendition;

use crate::support::{process, refusal, sample, whole};

/// Nothing here may take longer; in an optimised build it is far less.
pub const SOON: Duration = Duration::from_secs(20);

pub fn check(name: &str, photo: Vec<u8>, code: &str) {
    let start = Instant::now();
    let refusal = process(photo, &[whole()]).err().map(|refusal| (refusal.code, refusal.message));
    let (found, message) = refusal.unwrap_or_else(|| ("taken".to_owned(), String::new()));
    assert_eq!(found, code, "{name}: {message}");
    assert!(start.elapsed() < SOON, "{name} took {:?}", start.elapsed());
}

/// Chunks of a PNG.
pub fn png(chunks: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut photo = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, data) in chunks {
        photo.extend((data.len() as u32).to_be_bytes());
        photo.extend(*kind);
        photo.extend(data);
        photo.extend(crc(kind, data).to_be_bytes());
    }
    photo
}

fn crc(kind: &[u8; 4], data: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in kind.iter().chain(data) {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
        }
    }
    !crc
}

fn png_header(width: u32, height: u32, depth: u8, color: u8) -> Vec<u8> {
    [&width.to_be_bytes()[..], &height.to_be_bytes(), &[depth, color, 0, 0, 0]].concat()
}

#[test]
fn png_that_claims_too_much() {
    for (width, height) in [
        (65_536, 65_536),
        (17_000, 17_000),
        (u32::MAX, u32::MAX),
        (u32::MAX, 1),
        (70_000, 1),
        (1, 0x7fff_ffff),
    ] {
        let photo = png(&[
            (b"IHDR", png_header(width, height, 8, 2)),
            (b"IDAT", vec![0x78, 0x9c, 3, 0, 0, 0, 0, 1]),
        ]);
        check(&format!("{width}×{height}"), photo, "image-too-large");
    }
    let photo = png(&[(b"IHDR", png_header(0, 5, 8, 2))]);
    check("no width", photo, "image-broken");
    // Within the limits and without its pixels.
    let photo = png(&[
        (b"IHDR", png_header(8000, 8000, 8, 2)),
        (b"IDAT", vec![0x78, 0x9c, 3, 0, 0, 0, 0, 1]),
        (b"IEND", vec![]),
    ]);
    assert_ne!(refusal(photo), "taken");
}

#[test]
fn png_that_takes_too_much_memory() {
    let photo = png(&[(b"IHDR", png_header(8000, 8000, 16, 6)), (b"IEND", vec![])]);
    // 512 MB are within it, if only just; there are none of them.
    assert_ne!(refusal(photo), "taken");
    let mut photo = png(&[(b"IHDR", png_header(60_000, 1066, 16, 6))]);
    photo.resize(64 << 20, 0);
    assert_ne!(refusal(photo), "taken");
}

#[test]
fn png_with_a_palette_that_is_none() {
    let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    zlib.write_all(&[0; 5]).expect("it is memory");
    let pixels = zlib.finish().expect("it is memory");
    for (length, code) in
        [(6, "taken"), (4, "image-broken"), (8, "image-broken"), (771, "image-broken")]
    {
        let photo = png(&[
            (b"IHDR", png_header(4, 1, 8, 3)),
            (b"PLTE", vec![7; length]),
            (b"IDAT", pixels.clone()),
            (b"IEND", vec![]),
        ]);
        check(&format!("{length} bytes"), photo, code);
    }
}

#[test]
fn png_of_millions_of_chunks() {
    let mut photo = png(&[(b"IHDR", png_header(4, 4, 8, 0))]);
    photo.reserve(48 << 20);
    let chunk = png(&[(b"tEXt", b"a\0b".to_vec())]).split_off(8);
    for _ in 0..1_500_000 {
        photo.extend(&chunk);
    }
    check("text", photo.clone(), "image-too-complex");
    let mut photo = png(&[(b"IHDR", png_header(4, 4, 8, 0))]);
    let empty = png(&[(b"IDAT", vec![])]).split_off(8);
    for _ in 0..1_500_000 {
        photo.extend(&empty);
    }
    photo.extend(png(&[(b"IEND", vec![])]).split_off(8));
    assert_ne!(refusal(photo), "taken");
}

/// Some programs write each change of a picture into it.
#[test]
fn png_with_a_long_text() {
    let whole_png = sample("upright.png");
    let text = png(&[(b"iTXt", [&b"XML:com.adobe.xmp\0\0\0\0\0"[..], &[b' '; 20 << 20]].concat())]);
    check("20 MB", [&whole_png[..33], &text[8..], &whole_png[33..]].concat(), "taken");
}

#[test]
fn a_profile_that_unpacks_to_a_lot_is_left_out() {
    let mut zlib =
        flate2::write::ZlibEncoder::new(b"icc\0\0".to_vec(), flate2::Compression::best());
    for _ in 0..64 {
        zlib.write_all(&vec![0; 1 << 20]).expect("it is memory");
    }
    let profile = zlib.finish().expect("it is memory");
    let whole_png = sample("upright.png");
    let mut photo = whole_png[..33].to_vec();
    photo.extend(png(&[(b"iCCP", profile)]).split_off(8));
    photo.extend(&whole_png[33..]);
    let start = Instant::now();
    // Without the profile it is a picture as good as any.
    let code = refusal(photo);
    assert!(["taken", "image-memory"].contains(&code.as_str()), "{code}");
    assert!(start.elapsed() < SOON);
}

#[test]
fn jpeg_that_claims_too_much() {
    let mut photo = sample("baseline.jpg");
    let frame = photo.windows(2).position(|pair| pair == [0xff, 0xc0]).expect("it is baseline");
    photo[frame + 5..frame + 9].copy_from_slice(&[0xff; 4]);
    check("65,535×65,535", photo.clone(), "image-too-large");
    photo[frame + 5..frame + 9].copy_from_slice(&[0x1f, 0x40, 0x1f, 0x40]);
    // 64 megapixels, of which there are 3,072.
    assert_ne!(refusal(photo.clone()), "taken");
    photo[frame + 5..frame + 9].copy_from_slice(&[0, 0, 0, 64]);
    check("no height", photo, "image-broken");
}

#[test]
fn jpeg_of_thousands_of_passes() {
    let photo = sample("progressive.jpg");
    let scan = photo.windows(2).rposition(|pair| pair == [0xff, 0xda]).expect("it has passes");
    let mut many = photo[..scan].to_vec();
    for _ in 0..3000 {
        many.extend(&photo[scan..photo.len() - 2]);
    }
    many.extend([0xff, 0xd9]);
    check("3,000 passes", many, "image-too-complex");
}

#[test]
fn gif_of_ten_thousand_frames() {
    let mut photo = Vec::new();
    {
        let mut encoder =
            gif::Encoder::new(&mut photo, 8, 8, &[0, 0, 0, 255, 255, 255]).expect("it is small");
        for number in 0..10_000_u32 {
            let pixels = (0..64).map(|at| (number >> (at % 14) & 1) as u8).collect::<Vec<_>>();
            let frame = gif::Frame::from_indexed_pixels(8, 8, pixels, None);
            encoder.write_frame(&frame).expect("it is small");
        }
    }
    check("10,000 frames", photo, "image-too-complex");
}

#[test]
fn gif_that_claims_too_much() {
    let mut photo = sample("still.gif");
    photo[6..10].copy_from_slice(&[0xff; 4]);
    check("65,535×65,535", photo, "image-too-large");
}

#[test]
fn bmp_that_claims_too_much() {
    for (width, height) in [(65_535_u32, 65_535_u32), (u32::MAX, u32::MAX), (1 << 30, 1)] {
        let mut photo = sample("still.bmp");
        photo[18..22].copy_from_slice(&width.to_le_bytes());
        photo[22..26].copy_from_slice(&height.to_le_bytes());
        check(&format!("{width}×{height}"), photo, "image-too-large");
    }
    let mut photo = sample("still.bmp");
    photo[18..22].copy_from_slice(&8000_u32.to_le_bytes());
    photo[22..26].copy_from_slice(&8000_u32.to_le_bytes());
    check("64 megapixels of which there are 3,072", photo, "image-truncated");
}

#[test]
fn webp_that_claims_too_much() {
    let mut photo = sample("alpha.webp");
    assert_eq!(&photo[12..16], b"VP8X");
    photo[24..30].copy_from_slice(&[0xff; 6]);
    check("16,777,216×16,777,216", photo, "image-too-large");
}

#[test]
fn tiff_that_claims_too_much() {
    let photo = sample("lzw.tif");
    let directory = u32::from_le_bytes(photo[4..8].try_into().expect("they are four")) as usize;
    let mut claims = photo.clone();
    for entry in 0..2 {
        let at = directory + 2 + entry * 12;
        claims[at + 2] = 4;
        claims[at + 8..at + 12].copy_from_slice(&65_535_u32.to_le_bytes());
    }
    check("65,535×65,535", claims, "image-too-large");
    // Each entry with four billion numbers.
    let count = usize::from(photo[directory]);
    for entry in 0..count {
        let mut claims = photo.clone();
        claims[directory + 2 + entry * 12 + 4..][..4].fill(0xff);
        let start = Instant::now();
        assert_ne!(refusal(claims), "taken", "entry {entry}");
        assert!(start.elapsed() < SOON);
    }
    // A directory that names itself as the next one.
    let mut circle = photo.clone();
    circle[directory + 2 + count * 12..][..4].copy_from_slice(&(directory as u32).to_le_bytes());
    let start = Instant::now();
    refusal(circle);
    assert!(start.elapsed() < SOON);
}

#[test]
fn bytes_without_end() {
    check("65 MB", [sample("baseline.jpg"), vec![0; 65 << 20]].concat(), "image-too-large");
}

#[test]
fn renditions_that_are_too_much() {
    let huge = |side| Rendition { width: Some(side), height: Some(side), enlarge: true, ..whole() };
    let code = |wanted: &[Rendition]| {
        process(sample("upright.png"), wanted).map(|_| ()).map_err(|refusal| refusal.code)
    };
    assert_eq!(code(&[huge(60_000)]), Err("image-rendition-invalid".to_owned()));
    assert_eq!(code(&[huge(8192), huge(8000), huge(7000)]), Err("image-memory".to_owned()));
}
