//! Turning pictures upright.

pub(crate) use image::metadata::Orientation;

use crate::light::LightImage;

/// Reads the orientation in EXIF data, which is a TIFF structure. Broken data has none.
///
/// `image` refuses the mark that some programs write before it (test `exif_data_may_begin_with_a_mark`).
pub(crate) fn read_orientation(exif: &[u8]) -> Option<Orientation> {
    Orientation::from_exif_chunk(exif.strip_prefix(b"Exif\0\0").unwrap_or(exif))
}

/// Width and height after the turn. It is its own reverse.
pub(crate) fn turn_size<T>(orientation: Orientation, (width, height): (T, T)) -> (T, T) {
    if orientation.to_exif() >= 5 { (height, width) } else { (width, height) }
}

/// The turn that does the same as two turns one after the other.
pub(crate) fn join_turns(first: Orientation, next: Orientation) -> Orientation {
    let is_same = |turn: &Orientation| {
        // Three corners distinguish all eight.
        [(0, 0), (1, 0), (0, 1)].into_iter().all(|corner| {
            let between = find_origin(next, corner, (1, 1));
            find_origin(*turn, corner, (1, 1)) == find_origin(first, between, (1, 1))
        })
    };
    (1..=8).filter_map(Orientation::from_exif).find(is_same).unwrap_or(Orientation::NoTransforms)
}

/// Turns a picture upright.
pub(crate) fn turn_upright(stored: LightImage, orientation: Orientation) -> LightImage {
    if orientation == Orientation::NoTransforms {
        return stored;
    }
    let (width, height) = turn_size(orientation, (stored.width, stored.height));
    let channels = stored.channels();
    let last = (stored.width - 1, stored.height - 1);
    let mut data = vec![0; stored.data.len()];
    for (y, row) in data.chunks_exact_mut(width * channels).enumerate() {
        for (channel, plane) in row.chunks_exact_mut(width).enumerate() {
            for (x, light) in plane.iter_mut().enumerate() {
                let (column, line) = find_origin(orientation, (x, y), last);
                *light = stored.data[(line * channels + channel) * stored.width + column];
            }
        }
    }
    LightImage { width, height, data, ..stored }
}

/// Where an upright pixel is stored, in a picture whose last pixel is this.
fn find_origin(
    orientation: Orientation,
    (x, y): (usize, usize),
    (right, bottom): (usize, usize),
) -> (usize, usize) {
    match orientation {
        Orientation::NoTransforms => (x, y),
        Orientation::FlipHorizontal => (right - x, y),
        Orientation::Rotate180 => (right - x, bottom - y),
        Orientation::FlipVertical => (x, bottom - y),
        Orientation::Rotate90FlipH => (y, x),
        Orientation::Rotate90 => (y, bottom - x),
        Orientation::Rotate270FlipH => (right - y, bottom - x),
        Orientation::Rotate270 => (right - y, x),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_turn_after_another() {
        for (first, then, both) in [
            (1, 7, 7),
            (6, 6, 3),
            (6, 8, 1),
            (8, 8, 3),
            (2, 4, 3),
            // Stored the other way round and turned is not the same as turned and mirrored.
            (6, 2, 5),
            (2, 6, 7),
            (8, 4, 5),
        ] {
            let turn = |number| Orientation::from_exif(number).expect("it is one of eight");
            let joined = join_turns(turn(first), turn(then)).to_exif();
            assert_eq!(joined, both, "{first} {then}");
        }
    }

    #[test]
    fn exif_data_may_begin_with_a_mark() {
        let little = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0";
        let big = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x08\0\0";
        assert_eq!(read_orientation(little).map(Orientation::to_exif), Some(6));
        assert_eq!(Orientation::from_exif_chunk(little), None);
        assert_eq!(read_orientation(big).map(Orientation::to_exif), Some(8));
    }

    #[test]
    fn a_value_that_does_not_exist_is_none() {
        let big = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x09\0\0";
        assert_eq!(read_orientation(big), None);
    }

    proptest! {
        #[test]
        fn no_bytes_break_it(bytes in proptest::collection::vec(any::<u8>(), 0..64), big: bool) {
            read_orientation(&bytes);
            let mut data = if big { b"MM\0*".to_vec() } else { b"II*\0".to_vec() };
            data.extend(bytes);
            read_orientation(&data);
        }
    }
}
