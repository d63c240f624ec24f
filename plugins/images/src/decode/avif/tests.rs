//! What is read of a picture before it is decoded.

use super::boxes::{BoxIterator, ByteReader};
use super::items::ItemTable;
use super::properties::ItemProperties;
use super::sequence::{ChromaSampling, SequenceHeader};
use super::{AvifFile, DecodeError};

fn sample(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/samples/");
    std::fs::read(format!("{folder}{name}")).expect("it is there")
}

fn sequence(name: &str) -> SequenceHeader {
    let photo = sample(name);
    let file = AvifFile::read_boxes(&photo).expect("it is whole");
    let items = ItemTable::read_meta(&photo, file.meta).expect("it is whole");
    let item = items.find_item(items.primary).expect("it is there");
    assert_eq!(
        ItemProperties::read_item(&items, item).expect("they are known").size,
        Some((64, 48))
    );
    SequenceHeader::read_header(&items.item_bytes(item).expect("they are there"))
        .expect("it is whole")
}

#[test]
fn what_samples_say_of_themselves() {
    for (name, bits, chroma, cicp) in [
        ("still.avif", 8, ChromaSampling::Quarter, (1, 13, 6, true)),
        ("half.avif", 8, ChromaSampling::Half, (1, 13, 6, true)),
        ("limited.avif", 8, ChromaSampling::All, (1, 13, 6, false)),
        ("lossless.avif", 8, ChromaSampling::All, (1, 13, 0, true)),
        ("grey.avif", 8, ChromaSampling::None, (1, 13, 6, true)),
        ("ten.avif", 10, ChromaSampling::Quarter, (1, 13, 6, true)),
        ("twelve.avif", 12, ChromaSampling::All, (1, 13, 6, true)),
        ("pq.avif", 10, ChromaSampling::All, (9, 16, 9, true)),
        // Not a still to AV1, so its header is a long one.
        ("animated.avif", 8, ChromaSampling::Quarter, (1, 13, 6, true)),
    ] {
        let found = sequence(name);
        let numbers = found.cicp;
        let numbers = (numbers.primaries, numbers.transfer, numbers.matrix, numbers.is_full);
        assert_eq!((found.width, found.height), (64, 48), "{name}");
        assert_eq!((found.bits, found.chroma, numbers), (bits, chroma, cicp), "{name}");
        assert_eq!(found.frames, 1, "{name}");
    }
}

#[test]
fn a_sequence_that_ends_too_early() {
    let photo = sample("animated.avif");
    let file = AvifFile::read_boxes(&photo).expect("it is whole");
    let items = ItemTable::read_meta(&photo, file.meta).expect("it is whole");
    let bytes = items.item_bytes(items.find_item(items.primary).expect("it is there"));
    let bytes = bytes.expect("they are there");
    for length in 0..bytes.len() {
        assert!(SequenceHeader::read_header(&bytes[..length]).is_err(), "{length}");
    }
}

#[test]
fn boxes_end_within_what_they_are_in() {
    let names = |bytes: &[u8]| -> Result<Vec<[u8; 4]>, DecodeError> {
        BoxIterator(bytes).map(|part| part.map(|part| part.box_type)).collect()
    };
    assert_eq!(names(b""), Ok(Vec::new()));
    assert_eq!(names(b"\0\0\0\x08free\0\0\0\x09skip!"), Ok(vec![*b"free", *b"skip"]));
    assert_eq!(names(b"\0\0\0\x01free\0\0\0\0\0\0\0\x10"), Ok(vec![*b"free"]));
    assert_eq!(names(b"\0\0\0\0free, to the end"), Ok(vec![*b"free"]));
    for bytes in [
        &b"\0\0\0\x09free"[..],
        b"\0\0\0\x07free",
        b"\0\0\0\x08fre",
        b"\0\0\0\x01free\0\0\0\0\0\0\0",
        b"\0\0\0\x01free\0\0\0\0\0\0\0\x0f",
        b"\0\0\0\x01free\xff\xff\xff\xff\xff\xff\xff\xff",
    ] {
        assert!(names(bytes).is_err(), "{bytes:?}");
    }
}

#[test]
fn numbers_are_of_any_size() {
    let mut numbers = ByteReader(&[1, 2, 3, 4, 5, 6, 7, 8, 9]);
    assert_eq!(numbers.read_sized(0), Ok(0));
    assert_eq!(numbers.read_sized(8), Ok(0x0102_0304_0506_0708));
    assert!(numbers.read_short().is_err());
    assert_eq!(numbers.read_byte(), Ok(9));
    assert!(numbers.read_byte().is_err());
}
