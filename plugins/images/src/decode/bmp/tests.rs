use image::ImageDecoder as _;
use image::codecs::bmp::BmpDecoder;

use super::*;
use crate::raster::SampleBuffer;

/// A BMP with a header of so many bytes and what follows it. The header is at least that of
/// Windows 3; `masks` are the last part of a longer one.
fn bmp(
    (width, height): (u32, i32),
    (bits, packing): (u16, u32),
    colors: &[u8],
    masks: &[u8],
    pixels: &[u8],
) -> Vec<u8> {
    let header = 40 + masks.len() as u32;
    let start = 14 + header + colors.len() as u32;
    [
        b"BM",
        &(start + pixels.len() as u32).to_le_bytes()[..],
        &[0; 4],
        &start.to_le_bytes(),
        &header.to_le_bytes(),
        &width.to_le_bytes(),
        &height.to_le_bytes(),
        &[1, 0],
        &bits.to_le_bytes(),
        &packing.to_le_bytes(),
        &[0; 12],
        &(colors.len() as u32 / 4).to_le_bytes(),
        &[0; 4],
        masks,
        colors,
        pixels,
    ]
    .concat()
}

/// With a palette.
fn indexed(size: (u32, i32), bits: u16, packing: u32, colors: &[u8], pixels: &[u8]) -> Vec<u8> {
    bmp(size, (bits, packing), colors, &[], pixels)
}

fn samples(photo: &[u8]) -> Vec<u8> {
    match decode_bmp(photo).expect("it is whole").raster.samples {
        SampleBuffer::Eight(samples) => samples,
        SampleBuffer::Sixteen(_) => panic!("they have eight bits"),
    }
}

/// Black, red, green, blue as palettes have them: blue first.
const PALETTE: [u8; 16] = [0, 0, 0, 0, 0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0, 0];
const BLACK: [u8; 3] = [0, 0, 0];
const RED: [u8; 3] = [255, 0, 0];
const GREEN: [u8; 3] = [0, 255, 0];
const BLUE: [u8; 3] = [0, 0, 255];

#[test]
fn palettes_of_few_bits() {
    let four = indexed((3, 1), 4, 0, &PALETTE, &[0x12, 0x30, 0, 0]);
    assert_eq!(samples(&four), [RED, GREEN, BLUE].concat());
    let one = indexed((9, 1), 1, 0, &PALETTE[..8], &[0b1010_0000, 0b1000_0000, 0, 0]);
    let expected = [RED, BLACK, RED, BLACK, BLACK, BLACK, BLACK, BLACK, RED];
    assert_eq!(samples(&one), expected.concat());
    // A number that the palette does not have is black.
    assert_eq!(samples(&indexed((1, 1), 8, 0, &PALETTE, &[200, 0, 0, 0])), BLACK);
}

#[test]
fn rows_go_up_or_down() {
    let rows = [1, 0, 0, 0, 2, 0, 0, 0];
    assert_eq!(samples(&indexed((1, 2), 8, 0, &PALETTE, &rows)), [GREEN, RED].concat());
    assert_eq!(samples(&indexed((1, -2), 8, 0, &PALETTE, &rows)), [RED, GREEN].concat());
}

#[test]
fn runs() {
    // Two reds; then as they are green, blue, black; the next row; one place on, a green; the end.
    let eight = [2, 1, 0, 3, 2, 3, 0, 0, 0, 0, 0, 2, 1, 0, 1, 2, 0, 1];
    let lower = [RED, RED, GREEN, BLUE, BLACK].concat();
    let upper = [BLACK, GREEN, BLACK, BLACK, BLACK].concat();
    assert_eq!(samples(&indexed((5, 2), 8, 1, &PALETTE, &eight)), [upper, lower].concat());
    let four = [3, 0x12, 0, 3, 0x31, 0x20, 0, 1];
    let expected = [RED, GREEN, RED, BLUE, RED, GREEN].concat();
    assert_eq!(samples(&indexed((6, 1), 4, 2, &PALETTE, &four)), expected);
    let endless = indexed((5, 2), 8, 1, &PALETTE, &eight[..16]);
    assert_eq!(decode_bmp(&endless).map(|_| ()), Err(DecodeError::Truncated));
    let beyond = indexed((1, 1), 8, 1, &PALETTE, &[0, 2, 0, 2, 0, 1]);
    assert!(matches!(decode_bmp(&beyond), Err(DecodeError::Broken(_))));
}

#[test]
fn masks() {
    let plain = bmp((2, 1), (16, 0), &[], &[], &[0x00, 0x7c, 0xe0, 0x03]);
    assert_eq!(samples(&plain), [RED, GREEN].concat());
    let masks = [0xf800_u32, 0x07e0, 0x001f].map(u32::to_le_bytes).concat();
    let masked = bmp((2, 1), (16, 3), &[], &masks, &[0xe0, 0x07, 0x1f, 0x00]);
    assert_eq!(samples(&masked), [GREEN, BLUE].concat());
    // The fourth byte of four is nothing, unless a mask says so.
    assert_eq!(samples(&bmp((1, 1), (32, 0), &[], &[], &[0, 0, 255, 9])), RED);
    let masks = [0x00ff_0000_u32, 0xff00, 0xff, 0xff00_0000].map(u32::to_le_bytes).concat();
    let transparent = bmp((1, 1), (32, 3), &[], &masks, &[0, 0, 255, 9]);
    let transparent = decode_bmp(&transparent).expect("it is whole");
    assert!(transparent.raster.alpha);
    assert_eq!(transparent.raster.read_pixel(0, 0), [255, 0, 0, 9, 0]);
}

#[test]
fn the_profile_is_found() {
    let profile = b"a profile";
    let mut rest = vec![0; 84];
    rest[16..20].copy_from_slice(b"DEBM");
    rest[72..76].copy_from_slice(&128_u32.to_le_bytes());
    rest[76..80].copy_from_slice(&(profile.len() as u32).to_le_bytes());
    let photo = bmp((1, 1), (24, 0), &[], &rest, &[0, 0, 255, 0]);
    let photo = [&photo[..], profile].concat();
    let decoded = decode_bmp(&photo).expect("it is whole");
    assert_eq!(decoded.profile.as_deref(), Some(&profile[..]));
    let mut decoder = BmpDecoder::new(std::io::Cursor::new(&photo)).expect("it is whole");
    assert_eq!(decoder.icc_profile().expect("it can be asked"), None);
    // Beyond the file it is broken, which is not the same as none.
    let cut = decode_bmp(&photo[..photo.len() - 1]).expect("its pixels are whole");
    assert_eq!(cut.profile.as_deref(), Some(&[][..]));
}
