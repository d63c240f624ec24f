//! What `image` alone makes of files, beside what the plugin makes of them.
//!
//! Each test shows why the plugin does not leave something to `image`. If one fails after an update
//! of `image`, code of the plugin can perhaps go.

use std::io::Cursor;

use image::{ColorType, DynamicImage, ImageDecoder, ImageFormat, ImageReader};

use crate::support::{decoded, process, refusal, rgba, sample, whole};

fn decoder(photo: &[u8], format: ImageFormat) -> impl ImageDecoder {
    let reader = ImageReader::with_format(Cursor::new(photo), format);
    reader.into_decoder().expect("its header is whole")
}

/// `image` shows a JPEG of which a third is missing, with a grey end.
#[test]
fn image_shows_a_torn_jpeg() {
    for name in ["baseline.jpg", "restarts.jpg"] {
        let photo = sample(name);
        let torn = [&photo[..photo.len() * 2 / 3], &[0xff, 0xd9]].concat();
        let decoder = decoder(&torn, ImageFormat::Jpeg);
        assert!(DynamicImage::from_decoder(decoder).is_ok(), "{name}");
        assert_ne!(refusal(torn), "taken", "{name}");
    }
}

/// `image` converts inks to RGB without the embedded profile.
#[test]
fn image_flattens_inks() {
    for (name, format) in [("cmyk.jpg", ImageFormat::Jpeg), ("cmyk.tif", ImageFormat::Tiff)] {
        assert_eq!(decoder(&sample(name), format).color_type(), ColorType::Rgb8, "{name}");
    }
}

/// `image` drops a profile of which a piece is missing. The plugin warns of it.
#[test]
fn image_drops_a_torn_profile() {
    let photo = sample("baseline.jpg");
    let part = b"\xff\xe2\0\x14ICC_PROFILE\0\x01\x02none";
    let photo = [&photo[..2], part, &photo[2..]].concat();
    let profile = decoder(&photo, ImageFormat::Jpeg).icc_profile();
    assert_eq!(profile.expect("the header is whole"), None);
    let picture = process(photo, &[whole()]).expect("it is whole");
    assert_eq!(picture.remarks[0].code, "image-profile-broken");
}

/// `image` decodes AVIF only with the feature `avif-native`, which links a C library.
#[test]
fn image_decodes_no_avif() {
    let photo = sample("still.avif");
    let reader = ImageReader::with_format(Cursor::new(&photo), ImageFormat::Avif);
    assert!(reader.into_decoder().is_err());
    assert_eq!(refusal(photo), "taken");
}

/// A TIFF with these entries, each of tag, type, count and value.
fn tiff(entries: &[(u16, u16, u32, u32)], rest: &[u8]) -> Vec<u8> {
    let mut photo = [&b"II*\0\x08\0\0\0"[..], &(entries.len() as u16).to_le_bytes()].concat();
    for (tag, kind, count, value) in entries {
        photo.extend(tag.to_le_bytes());
        photo.extend(kind.to_le_bytes());
        photo.extend(count.to_le_bytes());
        photo.extend(value.to_le_bytes());
    }
    photo.extend([0; 4]);
    photo.extend(rest);
    photo
}

/// Two grey pixels, or two grey pixels with premultiplied alpha.
fn grey_tiff(bits: u32, samples: u32, pixels: &[u8]) -> Vec<u8> {
    let count = 8 + samples.min(2);
    let start = 8 + 2 + count * 12 + 4;
    let entries = [
        (256, 3, 1, 2),
        (257, 3, 1, 1),
        (258, 3, samples, bits | bits << 16),
        (259, 3, 1, 1),
        (262, 3, 1, 1),
        (273, 4, 1, start),
        (277, 3, 1, samples),
        (278, 3, 1, 1),
        (279, 4, 1, pixels.len() as u32),
        (338, 3, samples - 1, 1),
    ];
    tiff(&entries[..count as usize], pixels)
}

/// `image` refuses grey of four bits, grey with alpha, and YCbCr.
#[test]
fn image_refuses_kinds_of_tiff() {
    let four_bits = grey_tiff(4, 1, &[0x0f]);
    let multiplied = grey_tiff(8, 2, &[20, 128, 128, 128]);
    for (name, photo) in [
        ("4 bits", four_bits.clone()),
        ("grey with alpha", multiplied.clone()),
        ("luma and differences", sample("jpeg.tif")),
    ] {
        let reader = ImageReader::with_format(Cursor::new(&photo), ImageFormat::Tiff);
        assert!(reader.into_decoder().is_err(), "{name}");
        let refusal = process(photo, &[whole()]).err();
        assert!(refusal.is_none(), "{name}: {refusal:?}");
    }
    assert_eq!(decoded(four_bits).bytes, [0, 255]);
    assert_eq!(rgba(&decoded(multiplied)), [[40, 40, 40, 128], [255, 255, 255, 128]]);
}

/// A chunk of a RIFF file.
fn riff(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    [name, &(body.len() as u32).to_le_bytes()[..], body, &[0][..body.len() % 2]].concat()
}

fn animated_webp() -> Vec<u8> {
    let still = sample("lossy.webp");
    let at = still.windows(4).position(|name| name == b"VP8 ").expect("it is lossy");
    let size = [63, 0, 0, 47, 0, 0];
    let frame = [&[0; 6][..], &size, &[0; 4], &still[at..]].concat();
    let chunks = [
        riff(b"VP8X", &[&[2, 0, 0, 0][..], &size].concat()),
        riff(b"ANIM", &[0; 6]),
        riff(b"ANMF", &frame),
        riff(b"ANMF", &frame),
        riff(b"ANMF", &frame),
    ];
    riff(b"RIFF", &[&b"WEBP"[..], &chunks.concat()].concat())
}

fn animated_png() -> Vec<u8> {
    let still = sample("upright.png");
    let control = crate::bombs::png(&[(b"acTL", vec![0, 0, 0, 3, 0, 0, 0, 0])]);
    [&still[..33], &control[8..], &still[33..]].concat()
}

fn animated_gif() -> Vec<u8> {
    let mut photo = Vec::new();
    let encoder = gif::Encoder::new(&mut photo, 8, 8, &[0, 0, 0, 255, 255, 255]);
    let mut encoder = encoder.expect("it is small");
    for level in 0..3 {
        let frame = gif::Frame::from_indexed_pixels(8, 8, vec![level % 2; 64], None);
        encoder.write_frame(&frame).expect("it is small");
    }
    drop(encoder);
    photo
}

/// `image` has to decode all frames to count them.
#[test]
fn frames_are_counted() {
    let photos = [("GIF", animated_gif()), ("PNG", animated_png()), ("WebP", animated_webp())];
    for (name, photo) in photos {
        let picture = process(photo, &[whole()]).unwrap_or_else(|e| panic!("{name}: {e:?}"));
        assert_eq!(picture.facts.frames, 3, "{name}");
        assert_eq!(picture.remarks[0].code, "image-animated", "{name}");
    }
}
