use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;

fn describe(bytes: &[u8]) -> String {
    match read(&mut Cursor::new(bytes)) {
        Ok(header) => {
            let (width, height) = header.seen();
            format!("{} {width}x{height} {}", header.format.as_str(), header.orientation.number())
        }
        Err(error) => format!("{error:?}"),
    }
}

/// Files that the project does not own, where they are.
fn found(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(folder);
    let Ok(entries) = fs::read_dir(&folder) else {
        eprintln!("skipped: there is no {}", folder.display());
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    paths
}

fn name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap()
}

#[test]
fn exif_orientation_is_that_of_the_files_name() {
    for path in found("images/exif-orientation") {
        let (shape, number) = name(&path).trim_end_matches(".jpg").split_once('_').unwrap();
        let header = read(&mut Cursor::new(fs::read(&path).unwrap())).unwrap();
        let expected = number.parse::<u8>().unwrap().max(1);
        assert_eq!(header.orientation.number(), expected, "{}", path.display());
        let (width, height) = header.seen();
        assert_eq!(width > height, shape == "Landscape", "{}", path.display());
    }
}

#[test]
fn png_suite_is_read_and_its_corrupt_files_are_not() {
    for path in found("images/pngsuite") {
        let shown = describe(&fs::read(&path).unwrap());
        let name = name(&path);
        // A wrong checksum of the pixels is not in the header.
        let is_broken = name.starts_with('x') && name != "xcsn0g01.png";
        let is_text = !name.ends_with(".png");
        assert_eq!(shown.starts_with("png "), !is_broken && !is_text, "{name}: {shown}");
    }
}

#[test]
fn photos_are_read() {
    for (folder, format) in [("images/product-photos", "jpeg "), ("eshop/pics", "webp ")] {
        for path in found(folder) {
            let shown = describe(&fs::read(&path).unwrap());
            assert!(shown.starts_with(format), "{}: {shown}", path.display());
        }
    }
}

fn check(bytes: &[u8], expected: &Expect) {
    expected.assert_eq(&describe(bytes));
}

/// A JPEG of segments up to the frame header.
fn jpeg(segments: &[(u8, &[u8])]) -> Vec<u8> {
    let mut bytes = vec![0xff, 0xd8];
    for (marker, body) in segments {
        bytes.extend([0xff, *marker]);
        bytes.extend((body.len() as u16 + 2).to_be_bytes());
        bytes.extend(*body);
    }
    bytes
}

const FRAME: (u8, &[u8]) = (0xc2, &[8, 0x02, 0x58, 0x03, 0x20, 1, 1, 0x11, 0]);

/// EXIF data with one entry, the orientation.
fn exif(orientation: u16) -> Vec<u8> {
    let mut bytes = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01".to_vec();
    bytes.extend(orientation.to_be_bytes());
    bytes.extend([0; 6]);
    bytes
}

fn webp(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut body = b"WEBP".to_vec();
    for (kind, data) in chunks {
        body.extend(*kind);
        body.extend((data.len() as u32).to_le_bytes());
        body.extend(*data);
        body.resize(body.len().next_multiple_of(2), 0);
    }
    let mut bytes = b"RIFF".to_vec();
    bytes.extend((body.len() as u32).to_le_bytes());
    bytes.extend(body);
    bytes
}

#[test]
fn jpeg_headers() {
    let turned = [b"Exif\0\0".as_slice(), &exif(6)].concat();
    check(&jpeg(&[FRAME]), &expect!["jpeg 800x600 1"]);
    check(&jpeg(&[(0xe0, b"JFIF\0"), (0xe1, &turned), FRAME]), &expect!["jpeg 600x800 6"]);
    let absurd = [b"Exif\0\0".as_slice(), &exif(77)].concat();
    check(&jpeg(&[(0xe1, &absurd), FRAME]), &expect!["jpeg 800x600 1"]);
    check(&jpeg(&[(0xe1, b"Exif\0\0MM\0\x2a\xff\xff\xff\xff"), FRAME]), &expect!["jpeg 800x600 1"]);
    check(
        &jpeg(&[(0xda, &[])]),
        &expect![[r#"Broken("there is no frame header before the pixels")"#]],
    );
    check(&jpeg(&[(0xe0, b"JFIF\0")]), &expect!["Truncated"]);
    check(&jpeg(&[(0xe2, b"x".as_slice()); 100]), &expect!["TooDeep"]);
    check(
        b"\xff\xd8\xff\xe0\x00\x01",
        &expect![[r#"Broken("a segment is shorter than its length")"#]],
    );
}

#[test]
fn webp_headers() {
    let lossy = [0, 0, 0, 0x9d, 0x01, 0x2a, 0x20, 0x03, 0x58, 0x02];
    let lossless = [0x2f, 0x1f, 0xc3, 0x95, 0x00];
    let canvas = [0x08, 0, 0, 0, 0x1f, 0x03, 0, 0x57, 0x02, 0];
    check(&webp(&[(b"VP8 ", &lossy)]), &expect!["webp 800x600 1"]);
    check(&webp(&[(b"VP8L", &lossless)]), &expect!["webp 800x600 1"]);
    check(
        &webp(&[(b"VP8X", &canvas), (b"VP8 ", &[1, 2, 3]), (b"EXIF", &exif(8))]),
        &expect!["webp 600x800 8"],
    );
    check(&webp(&[(b"VP8X", &canvas), (b"VP8 ", &[1, 2, 3])]), &expect!["webp 800x600 1"]);
    check(&webp(&[(b"VP8 ", &lossy)])[..20], &expect!["Truncated"]);
    check(&webp(&[(b"ALPH", &lossy)]), &expect![[r#"Broken("its first chunk is not of pixels")"#]]);
}

#[test]
fn other_headers() {
    check(b"GIF89a\x20\x03\x58\x02\0\0\0", &expect!["gif 800x600 1"]);
    check(b"GIF89a\0\0\0\0\0\0\0", &expect![[r#"Broken("its width or height is zero")"#]]);
    let bmp = |size: u32, rest: &[u8]| {
        [b"BM\0\0\0\0\0\0\0\0\0\0\0\0", &size.to_le_bytes()[..], rest].concat()
    };
    check(&bmp(40, b"\x20\x03\0\0\xa8\xfd\xff\xff"), &expect!["bmp 800x600 1"]);
    check(&bmp(12, b"\x20\x03\x58\x02"), &expect!["bmp 800x600 1"]);
    check(&bmp(7, b"\x20\x03\x58\x02"), &expect!["NotAnImage"]);
    let tiff = b"II\x2a\0\x08\0\0\0\x03\0\0\x01\x03\0\x01\0\0\0\x20\x03\0\0\x01\x01\x04\0\x01\0\0\0\x58\x02\0\0\x12\x01\x03\0\x01\0\0\0\x03\0\0\0";
    check(tiff, &expect!["tiff 800x600 3"]);
    check(b"<svg xmlns", &expect![[r#"Unsupported("SVG")"#]]);
    check(b"%PDF-1.7", &expect!["NotAnImage"]);
    check(b"", &expect!["Truncated"]);
}

proptest! {
    #[test]
    fn never_panics(
        start in proptest::sample::select(vec![
            &b"\xff\xd8\xff"[..], b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBPVP8X", b"GIF89a", b"BM", b"II\x2a\0", b"MM\0\x2a", b"",
        ]),
        rest in proptest::collection::vec(any::<u8>(), 0..200),
    ) {
        describe(&[start, &rest].concat());
    }

    #[test]
    fn a_damaged_header_never_panics(orientation in 0_u16..10, at in 0_usize..80, byte in any::<u8>(), cut in 0_usize..90) {
        let turned = [b"Exif\0\0".as_slice(), &exif(orientation)].concat();
        let mut bytes = jpeg(&[(0xe1, &turned), FRAME]);
        let at = at % bytes.len();
        bytes[at] = byte;
        bytes.truncate(cut.max(3));
        describe(&bytes);
    }
}
