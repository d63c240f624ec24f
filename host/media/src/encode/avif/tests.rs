//! What is encoded is looked at box by box, and by libvips where it is.

use std::process::Command;

use super::super::{EncodeQuality, PixelLayout, PixelSlice};
use super::*;

/// A picture of gradients, a weave and a hard edge.
fn drawn(width: u32, height: u32, layout: PixelLayout) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (y, x) in (0..height).flat_map(|y| (0..width).map(move |x| (y, x))) {
        let weave = if (x / 2 + y / 2).is_multiple_of(2) { 6 } else { 0 };
        let label = x > width / 2 && y > height / 2;
        let red = if label { 235 } else { 40 + x * 150 / width + weave } as u8;
        let (green, blue) = ((30 + y * 160 / height + weave) as u8, (200 - x * 90 / width) as u8);
        match layout {
            PixelLayout::Grey => bytes.push(red),
            PixelLayout::Rgb => bytes.extend([red, green, blue]),
            PixelLayout::Rgba => bytes.extend([red, green, blue, if label { 255 } else { 90 }]),
        }
    }
    bytes
}

fn made(width: u32, height: u32, layout: PixelLayout, quality: u8) -> Vec<u8> {
    let bytes = drawn(width, height, layout);
    let pixels = PixelSlice::new(width, height, layout, &bytes).expect("they are as many");
    encode_avif(&pixels, EncodeQuality::new(quality).expect("it is one"))
        .expect("it can be encoded")
}

/// The boxes of a file with what they hold, those in others after them.
fn boxes(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut rest = bytes;
    while let Some((head, after)) = rest.split_first_chunk::<8>() {
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let name = String::from_utf8_lossy(&head[4..]).into_owned();
        let (body, next) = after.split_at(length - 8);
        let inner = match name.as_str() {
            "meta" => &body[4..],
            "iprp" | "ipco" => body,
            _ => &[],
        };
        found.push((name, body.to_vec()));
        found.extend(boxes(inner));
        rest = next;
    }
    found
}

#[test]
fn it_says_its_size_and_colours_and_nothing_else() {
    for (layout, names) in [
        (PixelLayout::Rgb, "ispe av1C colr pixi"),
        (PixelLayout::Grey, "ispe av1C colr pixi"),
        (PixelLayout::Rgba, "ispe av1C colr pixi av1C auxC pixi"),
    ] {
        let file = made(61, 40, layout, 80);
        let boxes = boxes(&file);
        let of = |name: &str| {
            let found = boxes.iter().find(|(known, _)| known == name);
            found.map(|(_, body)| body.clone()).unwrap_or_else(|| panic!("{name} is missing"))
        };
        assert_eq!(&of("ftyp")[..4], b"avif");
        assert_eq!(of("ispe"), [0, 0, 0, 0, 0, 0, 0, 61, 0, 0, 0, 40]);
        // BT.709's primaries, sRGB's curve, BT.709's differences, full range.
        assert_eq!(of("colr"), [b"nclx".as_slice(), &[0, 1, 0, 13, 0, 1, 0x80]].concat());
        let all: Vec<&str> = boxes.iter().map(|(name, _)| name.as_str()).collect();
        let at = all.iter().position(|name| *name == "ipco").expect("it has properties");
        let mut of_items: Vec<&str> = all[at + 1..].to_vec();
        of_items.retain(|name| !["ipma", "mdat", "iref", "idat"].contains(name));
        let mut names: Vec<&str> = names.split(' ').collect();
        of_items.sort_unstable();
        names.sort_unstable();
        assert_eq!(of_items, names, "{layout:?}");
        // Items are AV1 pictures: no EXIF, no XMP.
        let items = String::from_utf8_lossy(&of("iinf")).into_owned();
        assert_eq!(items.matches("infe").count(), items.matches("av01").count());
        assert_eq!(items.matches("infe").count(), if layout == PixelLayout::Rgba { 2 } else { 1 });
    }
}

#[test]
fn any_shape_and_quality_can_be_encoded_and_the_same_gives_the_same() {
    for (width, height) in [(1, 1), (1, 2), (7, 5), (17, 9), (300, 1), (1, 300), (16, 16)] {
        for layout in [PixelLayout::Grey, PixelLayout::Rgb, PixelLayout::Rgba] {
            assert_eq!(made(width, height, layout, 60), made(width, height, layout, 60));
        }
    }
    let lengths =
        [1, 40, 79, 80, 90, 100].map(|quality| made(120, 90, PixelLayout::Rgb, quality).len());
    assert!(lengths.is_sorted(), "{lengths:?}");
}

/// What libvips sees, as RGB or RGBA rows; nothing where there is none.
fn seen(file: &[u8]) -> Option<(u32, u32, usize, Vec<u8>)> {
    let has = Command::new("vips").args(["-l", "foreign"]).output();
    let has = has.is_ok_and(|it| String::from_utf8_lossy(&it.stdout).contains("heifload"));
    if !has {
        assert!(
            std::env::var_os("CI").is_none(),
            "libvips reads no AVIF here; install libvips-tools"
        );
        println!("skipped: libvips is not there or reads no AVIF, so no picture was decoded");
        return None;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("a.avif"), file).expect("written");
    let ran = Command::new("vips").args(["copy", "a.avif", "a.png"]).current_dir(&folder).output();
    let ran = ran.expect("it can be started");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let png = std::fs::File::open(path("a.png")).expect("it was written");
    let mut reader = ::png::Decoder::new(std::io::BufReader::new(png)).read_info().expect("a PNG");
    let mut bytes = vec![0; reader.output_buffer_size().expect("it is small")];
    let info = reader.next_frame(&mut bytes).expect("a PNG");
    Some((info.width, info.height, info.color_type.samples(), bytes))
}

#[test]
fn others_see_the_picture() {
    for (layout, least) in
        [(PixelLayout::Rgb, 30.0), (PixelLayout::Grey, 33.0), (PixelLayout::Rgba, 30.0)]
    {
        let bytes = drawn(151, 100, layout);
        let Some((width, height, channels, seen)) = seen(&made(151, 100, layout, 90)) else {
            return;
        };
        assert_eq!((width, height), (151, 100));
        let size = layout.bytes_per_pixel();
        let given = bytes.chunks_exact(size).zip(seen.chunks_exact(channels));
        // A grey picture may be seen as one of three equal channels.
        let apart = given.flat_map(|(given, seen)| {
            (0..channels).map(|at| f64::from(given[at.min(size - 1)].abs_diff(seen[at])).powi(2))
        });
        let apart: f64 = apart.sum::<f64>() / seen.len() as f64;
        let near = 10.0 * (255.0 * 255.0 / apart).log10();
        assert!(near > least, "{layout:?} of {channels} channels comes back at {near:.1} dB");
    }
}
