//! Every format, against the same picture in another; and what is cut off, of each byte.

use crate::support::{
    beside, decoded, difference, plain_png, process, refusal, rgba, sample, whole,
};
use proptest::prelude::*;

const SAMPLES: [&str; 35] = [
    "alpha.avif",
    "animated.avif",
    "cut.avif",
    "grey.avif",
    "grid.avif",
    "half.avif",
    "hlg.avif",
    "icc.avif",
    "limited.avif",
    "lossless.avif",
    "multiplied.avif",
    "p3.avif",
    "pq.avif",
    "still.avif",
    "ten.avif",
    "turned.avif",
    "twelve.avif",
    "alpha.webp",
    "baseline.jpg",
    "bits.tif",
    "cmyk.jpg",
    "cmyk.tif",
    "full.jpg",
    "grey.jpg",
    "jpeg.tif",
    "lossless.webp",
    "lossy.webp",
    "lzw.tif",
    "progressive.jpg",
    "restarts-progressive.jpg",
    "restarts.jpg",
    "still.bmp",
    "still.gif",
    "tiled.tif",
    "upright.png",
];

#[test]
fn every_format_shows_the_same_picture() {
    let original = decoded(sample("upright.png"));
    // Lossless ones exactly, lossy ones nearly, and those of other colours roughly.
    for (name, most) in [
        ("lzw.tif", 0.0),
        ("still.bmp", 0.0),
        ("baseline.jpg", 6.0),
        ("progressive.jpg", 6.0),
        ("restarts.jpg", 6.0),
        ("restarts-progressive.jpg", 6.0),
        ("full.jpg", 3.5),
        ("lossy.webp", 6.0),
        ("jpeg.tif", 6.0),
        ("still.gif", 4.0),
        ("lossless.avif", 0.0),
        ("still.avif", 4.0),
        ("half.avif", 4.0),
        ("limited.avif", 4.0),
        ("ten.avif", 4.0),
        ("twelve.avif", 4.0),
        ("animated.avif", 4.0),
        ("icc.avif", 4.0),
    ] {
        let apart = difference(&original, &decoded(sample(name)));
        assert!(apart <= most, "{name} is {apart} apart");
    }
    assert_eq!(decoded(sample("baseline.jpg")), decoded(sample("progressive.jpg")));
}

#[test]
fn transparency_comes_through() {
    let original = rgba(&decoded(sample("upright.png")));
    for name in ["lossless.webp", "tiled.tif", "alpha.avif"] {
        let near = if name.ends_with(".avif") { 20 } else { 2 };
        // Its alpha is the green of its colours.
        for (pixel, [red, green, blue, _]) in rgba(&decoded(sample(name))).iter().zip(&original) {
            assert!(pixel[3].abs_diff(*green) <= 1, "{name}: {pixel:?} of {green}");
            let seen = [red, green, blue].iter().zip(pixel).all(|(a, b)| a.abs_diff(*b) <= near);
            assert!(seen || pixel[3] < 64, "{name}: {pixel:?}");
        }
    }
}

#[test]
fn print_is_estimated_where_its_profile_is_missing() {
    let original = decoded(sample("upright.png"));
    for name in ["cmyk.jpg", "cmyk.tif"] {
        let picture = process(sample(name), &[whole()]).expect("it is whole");
        assert_eq!(picture.remarks[0].code, "image-cmyk-without-profile");
        let apart = difference(&original, &picture.renditions[0]);
        assert!(apart < 14.0, "{name} is {apart} apart");
    }
}

/// Adobe's programs store the same pixels in another way, and say so in one byte.
#[test]
fn print_as_luma_and_differences() {
    let plain = sample("cmyk.jpg");
    let mark = plain.windows(5).position(|window| window == b"Adobe").expect("it has Adobe's mark");
    let mut marked = plain.clone();
    assert_eq!(marked[mark + 11], 0);
    marked[mark + 11] = 2;
    let (plain, marked) = (decoded(plain), decoded(marked));
    assert!(difference(&plain, &marked) > 20.0, "the mark is heeded");
}

#[test]
fn what_ends_too_early_is_refused_at_every_byte() {
    for name in SAMPLES {
        let photo = sample(name);
        for length in 0..photo.len() {
            // A TIFF's directory can stand anywhere, and padding may follow it.
            let code = refusal(photo[..length].to_vec());
            let is_padding =
                code == "taken" && name.ends_with(".tif") && photo.len() - length <= 16;
            assert!(code != "taken" || is_padding, "{name} at {length} of {}", photo.len());
        }
    }
}

/// Where the bits of a JPEG's passes are, restart by restart.
fn stretches(photo: &[u8]) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    let mut at = 2;
    while photo[at + 1] != 0xd9 {
        let marker = photo[at + 1];
        let is_restart = (0xd0..=0xd7).contains(&marker);
        let length = u16::from_be_bytes([photo[at + 2], photo[at + 3]]);
        at += if is_restart { 2 } else { 2 + usize::from(length) };
        if is_restart || marker == 0xda {
            let ends = |pair: &[u8]| pair[0] == 0xff && pair[1] != 0;
            let end = at + photo[at..].windows(2).position(ends).expect("it has an end");
            found.push(at..end);
            at = end;
        }
    }
    found
}

/// Three channels one after another, which share their bits.
fn apart() -> Vec<u8> {
    let grey = sample("grey.jpg");
    let at = |marker| grey.windows(2).position(|pair| pair == [0xff, marker]).expect("it is there");
    let (frame, scan) = (at(0xc0), at(0xda));
    let mut photo = grey[..frame].to_vec();
    photo.extend([0xff, 0xc0, 0, 17]);
    photo.extend(&grey[frame + 4..frame + 9]);
    photo.extend([3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0]);
    photo.extend(&grey[frame + 13..scan]);
    for channel in 1..=3 {
        photo.extend([0xff, 0xda, 0, 8, 1, channel]);
        photo.extend(&grey[scan + 6..grey.len() - 2]);
    }
    photo.extend([0xff, 0xd9]);
    photo
}

/// In every pass and between all restarts, from every byte on.
#[test]
fn a_hole_in_a_jpeg_is_no_picture() {
    let names = [
        "baseline.jpg",
        "cmyk.jpg",
        "full.jpg",
        "grey.jpg",
        "progressive.jpg",
        "restarts-progressive.jpg",
        "restarts.jpg",
    ];
    let samples = names.map(|name| (name, sample(name)));
    for (name, photo) in samples.into_iter().chain([("apart", apart())]) {
        let whole_one = decoded(photo.clone());
        let (mut torn_ones, mut unseen) = (0, 0);
        for stretch in stretches(&photo) {
            for from in stretch.clone() {
                // A byte that is stuffed is one with what comes before it.
                if from > stretch.start && photo[from - 1] == 0xff {
                    continue;
                }
                let torn = [&photo[..from], &photo[stretch.end..]].concat();
                torn_ones += 1;
                if let Ok(picture) = process(torn, &[whole()]) {
                    // The last bits of passes that only refine, or of the last number of a stretch: what was to
                    // be a few bits of it are ones.
                    unseen += 1;
                    let apart = difference(&whole_one, &picture.renditions[0]);
                    let most = if name.contains("progressive") { 1.0 } else { 0.0 };
                    assert!(apart <= most, "{name}, {from} to {}: {apart} apart", stretch.end);
                }
            }
            let torn = [&photo[..stretch.start - 2], &photo[stretch.end..]].concat();
            if photo[stretch.start - 2] == 0xff {
                assert_ne!(refusal(torn), "taken", "{name} without {stretch:?}");
            }
        }
        println!("{name}: {unseen} of {torn_ones} are not seen");
        assert!(unseen * 4 < torn_ones, "{name}: {unseen} of {torn_ones} are not seen");
    }
}

#[test]
fn bytes_behind_a_picture_are_told() {
    for name in
        ["baseline.jpg", "upright.png", "still.gif", "lossy.webp", "still.avif", "grid.avif"]
    {
        let mut photo = sample(name);
        photo.extend([b"PK\x03\x04 a ZIP archive that no one asked for ".as_slice(); 4].concat());
        let picture = process(photo, &[whole()]).expect("it is whole");
        assert_eq!(picture.remarks.len(), 1, "{name}");
        assert_eq!(picture.remarks[0].code, "image-trailing-bytes", "{name}");
    }
}

#[test]
fn what_is_not_taken_is_named() {
    for (bytes, named) in [
        (&b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"[..], "HEIC"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "HEIC"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0isommp42", "a video"),
        (b"\xff\x0a\xfa\x1f", "JPEG XL"),
        (b"<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "SVG"),
        (b"%PDF-1.7\n", "PDF"),
    ] {
        let refusal = process(bytes.to_vec(), &[]).expect_err("it is not decoded");
        assert_eq!(refusal.code, "image-format-unsupported");
        assert!(refusal.message.contains(named), "{}", refusal.message);
    }
    assert_eq!(refusal(b"Dear photographer, ".to_vec()), "image-not-an-image");
    assert_eq!(refusal(Vec::new()), "image-truncated");
}

/// Each file beside the `png` crate's own reading of it.
#[test]
fn all_of_pngsuite() {
    let Some(files) = beside("pngsuite") else { return };
    assert!(files.len() > 160);
    for (name, photo) in files {
        if name.starts_with('x') {
            assert_ne!(refusal(photo), "taken", "{name}");
            continue;
        }
        let made = decoded(photo.clone());
        let expected = plain_png(&photo);
        assert_eq!((made.width * made.height) as usize, expected.len(), "{name}");
        for (index, (made, expected)) in rgba(&made).iter().zip(&expected).enumerate() {
            // Fifteen bits of light and alpha are multiplied in and out again.
            let alike = made[3].abs_diff(expected[3]) <= 1
                && (0..3).all(|c| {
                    u32::from(made[c].abs_diff(expected[c])) * u32::from(expected[3]) <= 2 * 255
                });
            assert!(alike || expected[3] < 8, "{name} at {index}: {made:?}, not {expected:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Samples with bytes changed, which get further than bytes of chance.
    #[test]
    fn no_bytes_break_it(
        index in 0..SAMPLES.len(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let mut photo = sample(SAMPLES[index]);
        for (at, byte) in changes {
            let at = at.index(photo.len());
            photo[at] = byte;
        }
        let _ = process(photo, &[whole()]);
    }

    #[test]
    fn no_chance_bytes_break_it(
        start in 0..SAMPLES.len(),
        bytes in proptest::collection::vec(any::<u8>(), 0..400),
    ) {
        let mut photo = sample(SAMPLES[start])[..12].to_vec();
        photo.extend(bytes);
        let _ = process(photo, &[whole()]);
    }
}
