//! What is encoded is decoded again by other people's decoders and compared.

use proptest::prelude::*;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::*;

const FORMATS: [ImageFormat; 3] = [ImageFormat::Jpeg, ImageFormat::WebP, ImageFormat::Png];
const LAYOUTS: [PixelLayout; 3] = [PixelLayout::Grey, PixelLayout::Rgb, PixelLayout::Rgba];

/// A picture that is in nobody's files: slow gradients as of cloth, a fine weave, and a hard edge as of a label.
fn drawn(width: u32, height: u32, layout: PixelLayout) -> Vec<u8> {
    let mut bytes = Vec::new();
    for y in 0..height {
        for x in 0..width {
            let weave = if (x / 2 + y / 2).is_multiple_of(2) { 6 } else { 0 };
            let label = x > width / 2 && y > height / 2;
            let light = if label { 235 } else { 40 + x * 150 / width + weave };
            let (green, blue) = (30 + y * 160 / height + weave, 200 - x * 90 / width);
            match layout {
                PixelLayout::Grey => bytes.push(light as u8),
                PixelLayout::Rgb => bytes.extend([light as u8, green as u8, blue as u8]),
                PixelLayout::Rgba => {
                    let opaque = if label { 255 } else { 64 + y * 190 / height };
                    bytes.extend([light as u8, green as u8, blue as u8, opaque as u8]);
                }
            }
        }
    }
    bytes
}

/// What a decoder sees.
#[derive(Debug, PartialEq)]
struct Seen {
    width: u32,
    height: u32,
    layout: PixelLayout,
    bytes: Vec<u8>,
}

fn decode(format: ImageFormat, file: &[u8]) -> Seen {
    match format {
        ImageFormat::Jpeg => decode_jpeg(file),
        ImageFormat::WebP => decode_webp(file),
        ImageFormat::Png => decode_png(file),
        #[cfg(feature = "avif")]
        ImageFormat::Avif => unreachable!("its tests are beside it"),
    }
}

fn decode_jpeg(file: &[u8]) -> Seen {
    let large = DecoderOptions::default().set_max_width(65_535).set_max_height(65_535);
    let mut header = JpegDecoder::new_with_options(ZCursor::new(file), large);
    header.decode_headers().expect("its header can be read");
    let grey = header.info().expect("it has one").components == 1;
    let (space, layout) = if grey {
        (ColorSpace::Luma, PixelLayout::Grey)
    } else {
        (ColorSpace::RGB, PixelLayout::Rgb)
    };
    let options = large.jpeg_set_out_colorspace(space);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(file), options);
    let bytes = decoder.decode().expect("it can be decoded");
    let (width, height) = decoder.dimensions().expect("it was decoded");
    Seen { width: width as u32, height: height as u32, layout, bytes }
}

fn decode_webp(file: &[u8]) -> Seen {
    let mut decoder =
        image_webp::WebPDecoder::new(std::io::Cursor::new(file)).expect("its header can be read");
    let (width, height) = decoder.dimensions();
    let layout = if decoder.has_alpha() { PixelLayout::Rgba } else { PixelLayout::Rgb };
    let mut bytes = vec![0; decoder.output_buffer_size().expect("it is no bomb")];
    decoder.read_image(&mut bytes).expect("it can be decoded");
    Seen { width, height, layout, bytes }
}

fn decode_png(file: &[u8]) -> Seen {
    let mut decoder = ::png::Decoder::new(std::io::Cursor::new(file));
    decoder.set_transformations(::png::Transformations::EXPAND);
    let mut reader = decoder.read_info().expect("its header can be read");
    let mut bytes = vec![0; reader.output_buffer_size().expect("it is no bomb")];
    let info = reader.next_frame(&mut bytes).expect("it can be decoded");
    let layout = match info.color_type {
        ::png::ColorType::Grayscale => PixelLayout::Grey,
        ::png::ColorType::Rgb => PixelLayout::Rgb,
        ::png::ColorType::Rgba => PixelLayout::Rgba,
        other => panic!("{other:?} was never asked for"),
    };
    Seen { width: info.width, height: info.height, layout, bytes }
}

/// The peak signal-to-noise ratio in dB: over 30 a difference is hard to see, over 40 nobody sees one.
fn psnr(given: &[u8], seen: &[u8]) -> f64 {
    assert_eq!(given.len(), seen.len());
    let squares: u64 = given.iter().zip(seen).map(|(a, b)| u64::from(a.abs_diff(*b)).pow(2)).sum();
    if squares == 0 {
        f64::INFINITY
    } else {
        10.0 * (255.0 * 255.0 * given.len() as f64 / squares as f64).log10()
    }
}

/// These bytes in another layout, as a file's format makes it of them.
fn as_layout(bytes: &[u8], from: PixelLayout, to: PixelLayout) -> Vec<u8> {
    match (from, to) {
        (PixelLayout::Grey, PixelLayout::Rgb) => {
            bytes.iter().flat_map(|&light| [light; 3]).collect()
        }
        (PixelLayout::Rgba, PixelLayout::Rgb) => {
            bytes.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect()
        }
        _ if from == to => bytes.to_vec(),
        _ => panic!("{from:?} became {to:?}"),
    }
}

/// Encodes and decodes; how near it comes, in dB.
fn round_trip(
    width: u32,
    height: u32,
    layout: PixelLayout,
    bytes: &[u8],
    format: ImageFormat,
    quality: u8,
) -> f64 {
    let pixels =
        PixelSlice::new(width, height, layout, bytes).expect("they are as many as they should be");
    let file = encode_image(&pixels, format, EncodeQuality::new(quality).expect("it is one"))
        .expect("it can be encoded");
    let seen = decode(format, &file);
    assert_eq!((seen.width, seen.height), (width, height), "{format:?} of {layout:?}");
    psnr(&as_layout(bytes, layout, seen.layout), &seen.bytes)
}

#[test]
fn every_layout_comes_back_from_every_format() {
    for format in FORMATS {
        for layout in LAYOUTS {
            if layout == PixelLayout::Rgba && !has_alpha(format) {
                continue;
            }
            let bytes = drawn(200, 150, layout);
            let near = round_trip(200, 150, layout, &bytes, format, 90);
            let wanted = if format == ImageFormat::Png { f64::INFINITY } else { 33.0 };
            assert!(near >= wanted, "{format:?} of {layout:?} comes back at {near:.1} dB");
        }
    }
}

#[test]
fn more_quality_is_nearer_and_longer() {
    let bytes = drawn(300, 200, PixelLayout::Rgb);
    let pixels = PixelSlice::new(300, 200, PixelLayout::Rgb, &bytes).unwrap();
    for format in [ImageFormat::Jpeg, ImageFormat::WebP] {
        let made: Vec<(usize, f64)> = [20, 50, 80, 95]
            .map(|quality| {
                let file =
                    encode_image(&pixels, format, EncodeQuality::new(quality).unwrap()).unwrap();
                (file.len(), psnr(&bytes, &decode(format, &file).bytes))
            })
            .into();
        assert!(made.is_sorted_by(|a, b| a.0 < b.0 && a.1 < b.1), "{format:?}: {made:?}");
    }
}

#[test]
fn a_picture_may_have_any_shape() {
    for (width, height) in
        [(1, 1), (1, 2), (7, 5), (17, 9), (8192, 1), (1, 8192), (16, 16), (15, 4097)]
    {
        for layout in [PixelLayout::Grey, PixelLayout::Rgb] {
            let bytes = drawn(width, height, layout);
            for format in FORMATS {
                let near = round_trip(width, height, layout, &bytes, format, 90);
                // Of two pixels there is one colour in a JPEG or WebP.
                assert!(near > 20.0, "{format:?} of {width}×{height} {layout:?}: {near:.1} dB");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Noise is the worst there is; what comes back has the shape, and PNG has every byte.
    #[test]
    fn whatever_the_pixels_a_file_holds_them(
        (width, height, layout, bytes) in (1u32..70, 1u32..70, 0usize..3).prop_flat_map(|(width, height, nth)| {
            let layout = LAYOUTS[nth];
            let length = (width * height) as usize * layout.bytes_per_pixel();
            (Just(width), Just(height), Just(layout), prop::collection::vec(any::<u8>(), length))
        }),
        quality in 1u8..=100,
    ) {
        for format in FORMATS {
            if layout == PixelLayout::Rgba && !has_alpha(format) {
                continue;
            }
            let near = round_trip(width, height, layout, &bytes, format, quality);
            prop_assert!(format != ImageFormat::Png || near.is_infinite());
        }
    }

    /// Few greys are packed, and unpack to what they were.
    #[test]
    fn packed_greys_stay_what_they_are(
        width in 1u32..40, step in prop::sample::select(vec![255u8, 85, 17, 1]), seed in any::<[u8; 40]>(),
    ) {
        let greys: Vec<u8> = seed.iter().take(width as usize).cycle().take(width as usize * 3)
            .map(|byte| byte / step * step).collect();
        prop_assert!(round_trip(width, 3, PixelLayout::Grey, &greys, ImageFormat::Png, 100).is_infinite());
    }
}

#[test]
fn a_black_and_white_picture_takes_a_bit_for_a_pixel() {
    // Noise, so that nothing but packing makes it small.
    let bytes: Vec<u8> =
        blake3_noise(296 * 128).into_iter().map(|byte| if byte < 128 { 0 } else { 255 }).collect();
    let pixels = PixelSlice::new(296, 128, PixelLayout::Grey, &bytes).unwrap();
    let file =
        encode_image(&pixels, ImageFormat::Png, EncodeQuality::default_for(ImageFormat::Png))
            .unwrap();
    assert_eq!(file[24..26], [1, 0], "the header says one bit, grey");
    assert!(file.len() < 296 * 128 / 8 + 400, "{} bytes", file.len());
}

#[test]
fn grey_stays_grey() {
    let bytes = drawn(64, 48, PixelLayout::Grey);
    let pixels = PixelSlice::new(64, 48, PixelLayout::Grey, &bytes).unwrap();
    let of = |format| {
        decode(format, &encode_image(&pixels, format, EncodeQuality::default_for(format)).unwrap())
    };
    assert_eq!(of(ImageFormat::Jpeg).layout, PixelLayout::Grey);
    assert_eq!(of(ImageFormat::Png).layout, PixelLayout::Grey);
    // A WebP always has colour planes; nothing may be in them.
    let webp = of(ImageFormat::WebP);
    assert!(
        webp.bytes
            .chunks_exact(3)
            .all(|pixel| pixel[0].abs_diff(pixel[1]).max(pixel[1].abs_diff(pixel[2])) <= 1)
    );
}

#[test]
fn how_opaque_a_pixel_is_stays_exact_in_webp() {
    let bytes = drawn(90, 60, PixelLayout::Rgba);
    let pixels = PixelSlice::new(90, 60, PixelLayout::Rgba, &bytes).unwrap();
    let seen = decode(
        ImageFormat::WebP,
        &encode_image(&pixels, ImageFormat::WebP, EncodeQuality::new(40).unwrap()).unwrap(),
    );
    assert_eq!(seen.layout, PixelLayout::Rgba);
    assert!(
        bytes
            .chunks_exact(4)
            .zip(seen.bytes.chunks_exact(4))
            .all(|(given, seen)| given[3] == seen[3])
    );
}

/// The markers of a JPEG up to its first scan, and how many scans it has.
fn markers(jpeg: &[u8]) -> (Vec<u8>, usize) {
    let mut before_scan = Vec::new();
    let mut at = 2;
    while jpeg[at + 1] != 0xDA {
        assert_eq!(jpeg[at], 0xFF, "a marker begins so");
        before_scan.push(jpeg[at + 1]);
        at += 2 + usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
    }
    (before_scan, jpeg.windows(2).filter(|pair| pair == &[0xFF, 0xDA]).count())
}

#[test]
fn a_jpeg_is_progressive_and_says_nothing_but_its_pixels() {
    for layout in [PixelLayout::Grey, PixelLayout::Rgb] {
        let bytes = drawn(120, 80, layout);
        let pixels = PixelSlice::new(120, 80, layout, &bytes).unwrap();
        let file =
            encode_image(&pixels, ImageFormat::Jpeg, EncodeQuality::default_for(ImageFormat::Jpeg))
                .unwrap();
        let (before_scan, scans) = markers(&file);
        assert!(before_scan.contains(&0xC2), "SOF2 is progressive: {before_scan:02X?}");
        assert!(scans > 2, "{scans} scans");
        // APP0 is JFIF, which says how YCbCr is meant. No EXIF (APP1), no profile (APP2), no Adobe, no comment.
        let metadata: Vec<u8> = before_scan
            .into_iter()
            .filter(|marker| (0xE1..=0xEF).contains(marker) || *marker == 0xFE)
            .collect();
        assert_eq!(metadata, Vec::<u8>::new());
    }
}

/// Sampling factors of the components, from the frame's header.
fn sampling(jpeg: &[u8]) -> Vec<u8> {
    let frame = jpeg.windows(2).position(|pair| pair == [0xFF, 0xC2]).expect("it is progressive");
    (0..usize::from(jpeg[frame + 9])).map(|nth| jpeg[frame + 11 + 3 * nth]).collect()
}

#[test]
fn colours_are_sharp_at_high_quality_only() {
    let bytes = drawn(64, 64, PixelLayout::Rgb);
    let pixels = PixelSlice::new(64, 64, PixelLayout::Rgb, &bytes).unwrap();
    let at = |quality| {
        sampling(
            &encode_image(&pixels, ImageFormat::Jpeg, EncodeQuality::new(quality).unwrap())
                .unwrap(),
        )
    };
    assert_eq!(at(89), [0x22, 0x11, 0x11]);
    assert_eq!(at(90), [0x11, 0x11, 0x11]);
}

/// The names of a RIFF or PNG file's chunks.
fn chunks(format: ImageFormat, file: &[u8]) -> Vec<String> {
    let mut names = Vec::new();
    let mut at = if format == ImageFormat::Png { 8 } else { 12 };
    while at < file.len() {
        let quad = |at: usize| [file[at], file[at + 1], file[at + 2], file[at + 3]];
        let (name, next) = if format == ImageFormat::Png {
            (quad(at + 4), at + 12 + u32::from_be_bytes(quad(at)) as usize)
        } else {
            (quad(at), at + 8 + (u32::from_le_bytes(quad(at + 4)) as usize).next_multiple_of(2))
        };
        names.push(String::from_utf8_lossy(&name).into_owned());
        at = next;
    }
    names
}

#[test]
fn webp_and_png_say_nothing_but_their_pixels() {
    let bytes = drawn(60, 40, PixelLayout::Rgba);
    let pixels = PixelSlice::new(60, 40, PixelLayout::Rgba, &bytes).unwrap();
    let of = |format| {
        chunks(format, &encode_image(&pixels, format, EncodeQuality::default_for(format)).unwrap())
    };
    assert_eq!(of(ImageFormat::WebP), ["VP8X", "ALPH", "VP8 "]);
    assert_eq!(of(ImageFormat::Png), ["IHDR", "sRGB", "IDAT", "IEND"]);
}

#[test]
fn what_cannot_be_is_said_before_anything_is_done() {
    let clear = [0; 4];
    let pixels = PixelSlice::new(1, 1, PixelLayout::Rgba, &clear).unwrap();
    let refused =
        encode_image(&pixels, ImageFormat::Jpeg, EncodeQuality::default_for(ImageFormat::Jpeg))
            .unwrap_err();
    assert_eq!(
        refused.to_string(),
        "a JPEG cannot be transparent: lay the picture on a colour first, or make a WebP or PNG of it"
    );
    let long = vec![0; 16_384];
    let pixels = PixelSlice::new(16_384, 1, PixelLayout::Grey, &long).unwrap();
    let refused =
        encode_image(&pixels, ImageFormat::WebP, EncodeQuality::default_for(ImageFormat::WebP))
            .unwrap_err();
    assert_eq!(
        refused.to_string(),
        "a picture of 16384×1 pixels is too large for image/webp: at most 16383 a side; ask for a smaller one"
    );
    let pixels = PixelSlice::new(16_383, 1, PixelLayout::Grey, &long[1..]).unwrap();
    assert!(
        encode_image(&pixels, ImageFormat::WebP, EncodeQuality::default_for(ImageFormat::WebP))
            .is_ok()
    );
}

#[test]
fn a_jpeg_may_be_as_long_as_it_says() {
    let long = vec![128; 65_501];
    let quality = EncodeQuality::default_for(ImageFormat::Jpeg);
    let of = |side: usize| {
        encode_image(
            &PixelSlice::new(1, side as u32, PixelLayout::Grey, &long[..side]).unwrap(),
            ImageFormat::Jpeg,
            quality,
        )
    };
    assert_eq!(decode_jpeg(&of(65_500).unwrap()).height, 65_500);
    assert!(matches!(of(65_501), Err(EncodeError::TooLarge { .. })));
}

#[test]
fn bytes_that_are_no_picture_are_refused() {
    assert_eq!(
        PixelSlice::new(0, 5, PixelLayout::Grey, &[]).unwrap_err(),
        PixelSliceError::Empty { width: 0, height: 5 }
    );
    assert_eq!(
        PixelSlice::new(2, 2, PixelLayout::Rgb, &[0; 11]).unwrap_err().to_string(),
        "a picture of 2×2 pixels (Rgb) needs 12 bytes and came with 11"
    );
    assert!(PixelSlice::new(2, 2, PixelLayout::Rgb, &[0; 13]).is_err());
    // As many as it would be if the product wrapped around.
    assert!(PixelSlice::new(u32::MAX, u32::MAX, PixelLayout::Rgba, &[0; 4]).is_err());
    assert_eq!((EncodeQuality::new(0), EncodeQuality::new(101)), (None, None));
}

fn blake3_noise(length: usize) -> Vec<u8> {
    let mut bytes = vec![0; length];
    blake3::Hasher::new().finalize_xof().fill(&mut bytes);
    bytes
}

/// Files that were made before are served and remembered under [`ENCODING`]: where these hashes change, it is raised.
#[test]
fn the_bytes_of_a_revision_stay() {
    let made: Vec<String> = FORMATS
        .iter()
        .flat_map(|&format| LAYOUTS.map(|layout| (format, layout)))
        .filter(|(format, layout)| *layout != PixelLayout::Rgba || has_alpha(*format))
        .flat_map(|(format, layout)| [80, 92].map(|quality| (format, layout, quality)))
        .map(|(format, layout, quality)| {
            let bytes = drawn(211, 157, layout);
            let pixels = PixelSlice::new(211, 157, layout, &bytes).unwrap();
            let file = encode_image(&pixels, format, EncodeQuality::new(quality).unwrap()).unwrap();
            let hash = blake3::hash(&file).to_hex();
            format!("{format:?} {layout:?} {quality}: {} bytes, {}", file.len(), &hash[..16])
        })
        .collect();
    let known = expect_test::expect![[r#"
        ENCODING 1 — raise it when a line below changes
        Jpeg Grey 80: 1787 bytes, b915c8534d8913a6
        Jpeg Grey 92: 3350 bytes, 1bec99f3224c99e4
        Jpeg Rgb 80: 2946 bytes, dbcdd31663853252
        Jpeg Rgb 92: 8276 bytes, b31b00fc5af70b93
        WebP Grey 80: 712 bytes, f8f9e1cbb9801f77
        WebP Grey 92: 3436 bytes, 2d4cc4c6284e1079
        WebP Rgb 80: 1210 bytes, d4c1e73a2482ba32
        WebP Rgb 92: 4892 bytes, c3c371f5e4a80733
        WebP Rgba 80: 1258 bytes, 009d6a6f1caf7fc4
        WebP Rgba 92: 5014 bytes, be08163f6ee6045a
        Png Grey 80: 434 bytes, caaad7de3ca64d6c
        Png Grey 92: 434 bytes, caaad7de3ca64d6c
        Png Rgb 80: 1175 bytes, 80044c5795069c01
        Png Rgb 92: 1175 bytes, 80044c5795069c01
        Png Rgba 80: 1662 bytes, 6255d21a0ab20dde
        Png Rgba 92: 1662 bytes, 6255d21a0ab20dde
    "#]];
    known.assert_eq(&format!(
        "ENCODING {ENCODER_REVISION} — raise it when a line below changes\n{}\n",
        made.join("\n")
    ));
}
