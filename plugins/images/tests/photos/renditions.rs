//! What is wanted of a picture is what comes out.

use crate::support::{beside, decoded, difference, process, rgba, sample, whole};
use rikaste_plugin::image::{Color, Fit, Layout, Rendition, Tone};

fn frame(fit: Fit, width: u32, height: u32) -> Rendition {
    Rendition { width: Some(width), height: Some(height), fit, ..whole() }
}

const WHITE: Option<Color> = Some(Color { red: 255, green: 255, blue: 255 });

/// A PNG of these pixels.
fn png(width: u32, height: u32, color: png::ColorType, bytes: &[u8]) -> Vec<u8> {
    let mut photo = Vec::new();
    let mut encoder = png::Encoder::new(&mut photo, width, height);
    encoder.set_color(color);
    let mut writer = encoder.write_header().expect("it is memory");
    writer.write_image_data(bytes).expect("it is memory");
    drop(writer);
    photo
}

/// A JPEG with another orientation.
pub fn oriented(photo: &[u8], orientation: u8) -> Vec<u8> {
    let exif = [
        b"\xff\xe1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0",
        &[orientation, 0, 0, 0, 0, 0, 0][..],
    ]
    .concat();
    [&photo[..2], &exif, &photo[2..]].concat()
}

#[test]
fn every_orientation_is_upright_where_they_are_known() {
    for shape in ["Landscape", "Portrait"] {
        let Some(files) = beside("exif-orientation") else { return };
        let wanted = [frame(Fit::Inside, 200, 200)];
        let mut upright = None;
        let mut turned = 0;
        for (name, photo) in files.into_iter().filter(|(name, _)| name.starts_with(shape)) {
            let picture = process(photo, &wanted).expect("it is a photo");
            let number: u8 = name[shape.len() + 1..shape.len() + 2].parse().expect("it is a digit");
            assert_eq!(picture.facts.orientation, number.max(1), "{name}");
            let pixels = &picture.renditions[0];
            let first = upright.get_or_insert_with(|| pixels.clone());
            let apart = difference(first, pixels);
            assert!(apart < 4.0, "{name} is {apart} apart");
            turned += 1;
        }
        assert_eq!(turned, 9);
    }
}

/// All eight are different pictures, each the one that its number says.
#[test]
fn every_orientation_turns_as_it_says() {
    let photo = sample("full.jpg");
    let stored = decoded(photo.clone());
    let pixels = rgba(&stored);
    let (width, height) = (stored.width as usize, stored.height as usize);
    for orientation in 1..=8_u8 {
        let picture = process(oriented(&photo, orientation), &[whole()]).expect("it is a photo");
        let made = &picture.renditions[0];
        assert_eq!(picture.facts.orientation, orientation);
        assert_eq!((picture.facts.width, picture.facts.height), (made.width, made.height));
        let made_pixels = rgba(made);
        // Where the stored pixel of row y and column x is seen, by the words of EXIF's standard.
        for (y, x) in (0..height).flat_map(|y| (0..width).map(move |x| (y, x))) {
            let (right, below) = (width - 1 - x, height - 1 - y);
            let (column, row) = match orientation {
                1 => (x, y),
                2 => (right, y),
                3 => (right, below),
                4 => (x, below),
                5 => (y, x),
                6 => (below, x),
                7 => (below, right),
                _ => (y, right),
            };
            let at = row * made.width as usize + column;
            assert_eq!(made_pixels[at], pixels[y * width + x], "{orientation} at {x},{y}");
        }
    }
}

#[test]
fn nothing_is_enlarged_unasked() {
    let photo = sample("upright.png");
    let sizes = |wanted: Rendition| {
        let picture = process(photo.clone(), &[wanted]).expect("it is a photo");
        (picture.renditions[0].width, picture.renditions[0].height)
    };
    assert_eq!(sizes(frame(Fit::Inside, 640, 640)), (64, 48));
    assert_eq!(sizes(frame(Fit::Pad, 640, 640)), (640, 640));
    assert_eq!(sizes(frame(Fit::Crop, 640, 640)), (48, 48));
    let enlarged = |fit| Rendition { enlarge: true, ..frame(fit, 640, 640) };
    assert_eq!(sizes(enlarged(Fit::Inside)), (640, 480));
    assert_eq!(sizes(enlarged(Fit::Crop)), (640, 640));
}

#[test]
fn what_would_be_the_same_again_is_made_once() {
    let wide = |width| Rendition { width: Some(width), ..whole() };
    let wanted = [
        wide(30),
        wide(100),
        wide(200),
        Rendition { tone: Tone::Grey, ..wide(300) },
        Rendition { enlarge: true, ..wide(100) },
        frame(Fit::Pad, 64, 48),
    ];
    let picture = process(sample("upright.png"), &wanted).expect("it is a photo");
    let made = picture.renditions.iter();
    let made: Vec<_> = made.map(|p| (p.width, p.height, p.layout, p.bytes.len())).collect();
    assert_eq!(
        made,
        [
            (30, 23, Layout::Rgb, 2_070),
            (64, 48, Layout::Rgb, 9_216),
            (64, 48, Layout::Rgb, 0),
            (64, 48, Layout::Grey, 3_072),
            (100, 75, Layout::Rgb, 22_500),
            (64, 48, Layout::Rgb, 9_216),
        ]
    );
}

#[test]
fn what_is_beside_a_picture_is_its_background() {
    let photo = sample("upright.png");
    let wanted =
        [Rendition { background: WHITE, ..frame(Fit::Pad, 100, 100) }, frame(Fit::Pad, 100, 100)];
    let picture = process(photo.clone(), &wanted).expect("it is a photo");
    let [white, clear] = picture.renditions.as_slice() else { panic!("there are two") };
    assert_eq!((white.layout, clear.layout), (Layout::Rgb, Layout::Rgba));
    let (white, clear, original) = (rgba(white), rgba(clear), rgba(&decoded(photo)));
    assert_eq!((white[0], clear[0]), ([255; 4], [0; 4]));
    for (y, x) in (0..48).flat_map(|y| (0..64).map(move |x| (y, x))) {
        let at = (y + 26) * 100 + x + 18;
        assert_eq!(white[at], original[y * 64 + x]);
        assert_eq!(clear[at], original[y * 64 + x]);
    }
}

#[test]
fn what_is_seen_through_is_put_on_the_background() {
    let bytes: Vec<u8> = (0..64).flat_map(|at| [200, 100, 0, (at * 4) as u8]).collect();
    let photo = png(64, 1, png::ColorType::Rgba, &bytes);
    let wanted = [whole(), Rendition { background: WHITE, ..whole() }];
    let picture = process(photo, &wanted).expect("it is a photo");
    assert!(picture.facts.transparent);
    let [clear, white] = picture.renditions.as_slice() else { panic!("there are two") };
    assert_eq!((clear.layout, white.layout), (Layout::Rgba, Layout::Rgb));
    for (at, (clear, white)) in rgba(clear).iter().zip(rgba(white)).enumerate() {
        let alpha = at as u32 * 4;
        assert_eq!(u32::from(clear[3]), alpha);
        // As browsers put it: the numbers are mixed.
        let mixed = |level: u32| ((level * alpha + 255 * (255 - alpha)) as f64 / 255.0).round();
        for (channel, level) in [200, 100, 0].into_iter().enumerate() {
            assert!((f64::from(white[channel]) - mixed(level)).abs() <= 1.5, "{at}: {white:?}");
            assert!(alpha < 8 || u32::from(clear[channel]).abs_diff(level) <= 2, "{at}: {clear:?}");
        }
    }
}

/// A colour that is hidden behind transparency must not come out at the edge.
#[test]
fn hidden_colours_stay_hidden() {
    let bytes: Vec<u8> = (0..64 * 64)
        .flat_map(|at| if at % 64 < 31 { [0, 0, 255, 0] } else { [255, 0, 0, 255] })
        .collect();
    let photo = png(64, 64, png::ColorType::Rgba, &bytes);
    let picture = process(photo, &[frame(Fit::Inside, 20, 20)]).expect("it is a photo");
    for pixel in rgba(&picture.renditions[0]) {
        assert!(pixel[2] == 0 && (pixel[3] == 0 || pixel[0] > 250), "{pixel:?}");
    }
}

#[test]
fn an_alpha_channel_that_hides_nothing_is_left_out() {
    let photo = png(8, 8, png::ColorType::Rgba, &[[9, 99, 199, 255]; 64].concat());
    let picture = process(photo, &[whole()]).expect("it is a photo");
    assert!(!picture.facts.transparent);
    assert_eq!(picture.renditions[0].layout, Layout::Rgb);
}

#[test]
fn tones() {
    let tone = |tone| Rendition { tone, ..whole() };
    let wanted = [tone(Tone::Color), tone(Tone::Grey), tone(Tone::BlackAndWhite)];
    let picture = process(sample("upright.png"), &wanted).expect("it is a photo");
    let [color, grey, black] = picture.renditions.as_slice() else { panic!("there are three") };
    assert_eq!(
        [color.layout, grey.layout, black.layout],
        [Layout::Rgb, Layout::Grey, Layout::Grey]
    );
    assert!(black.bytes.iter().all(|byte| *byte == 0 || *byte == 255));
    let light = |code: u8| (f64::from(code) / 255.0).powf(2.2);
    let sum =
        |bytes: &[u8]| bytes.iter().map(|code| light(*code)).sum::<f64>() / bytes.len() as f64;
    let (grey, black) = (sum(&grey.bytes), sum(&black.bytes));
    assert!((grey - black).abs() < 0.01, "{grey} {black}");
}

#[test]
fn a_focal_point_is_in_what_is_cut() {
    // A red dot in a grey picture, at 80 % and 20 %.
    let bytes: Vec<u8> = (0..300 * 200)
        .flat_map(|at| {
            let (x, y) = (at % 300, at / 300);
            if (235..245).contains(&x) && (35..45).contains(&y) { [255, 0, 0] } else { [128; 3] }
        })
        .collect();
    let photo = png(300, 200, png::ColorType::Rgb, &bytes);
    let wanted = [frame(Fit::Crop, 60, 60), frame(Fit::Crop, 30, 100)];
    let found = process(photo.clone(), &wanted).expect("it is a photo");
    assert!(found.facts.focus.x.abs_diff(800) < 10 && found.facts.focus.y.abs_diff(200) < 10);
    for pixels in &found.renditions {
        assert!(rgba(pixels).iter().any(|[r, g, ..]| *r > 200 && *g < 60), "the dot is in it");
    }
    let images = rikaste_plugin::image::ImageProcessor::new(rikaste_plugin::NoConfig {});
    let images: rikaste_images::Images = images.expect("there is nothing to configure");
    let put = Some(rikaste_plugin::image::Point { x: 100, y: 900 });
    let cut = rikaste_plugin::image::ImageProcessor::process(&images, photo, put, &wanted)
        .expect("it is a photo");
    assert!(cut.renditions.iter().flat_map(rgba).all(|[r, g, ..]| r.abs_diff(g) < 20));
}

/// Smaller pictures are made from larger ones, and it is not to be seen.
#[test]
fn steps_lose_nothing_to_speak_of() {
    let Some(files) = beside("product-photos") else { return };
    for (name, photo) in files.into_iter().skip(3).step_by(4).take(4) {
        let sides = [800, 640, 500, 400, 160];
        let wanted: Vec<Rendition> = sides.map(|side| frame(Fit::Inside, side, side)).to_vec();
        let steps = process(photo.clone(), &wanted).expect("it is a photo").renditions;
        for (wanted, stepped) in wanted.iter().zip(&steps) {
            let direct =
                process(photo.clone(), std::slice::from_ref(wanted)).expect("it is a photo");
            let ratio = psnr(&rgba(&direct.renditions[0]), &rgba(stepped));
            println!("{name} {}: {ratio:.1} dB", stepped.height);
            assert!(ratio > 40.0, "{name} {}: {ratio:.1} dB", stepped.height);
        }
    }
}

fn psnr(a: &[[u8; 4]], b: &[[u8; 4]]) -> f64 {
    let squares: f64 = a
        .iter()
        .flatten()
        .zip(b.iter().flatten())
        .map(|(a, b)| f64::from(a.abs_diff(*b)).powi(2))
        .sum();
    10.0 * (255.0 * 255.0 / (squares / (a.len() * 3) as f64)).log10()
}

/// Photos scaled and compressed again are near, others far.
#[test]
fn alike_photos_have_alike_hashes() {
    let Some(files) = beside("product-photos") else { return };
    let mut hashes: Vec<(String, u64)> = Vec::new();
    let (mut farthest, mut nearest) = (0, 64);
    for (name, photo) in files {
        let picture = process(photo, &[frame(Fit::Inside, 300, 300)]).expect("it is a photo");
        let hash = picture.facts.perceptual_hash;
        let small = &picture.renditions[0];
        let copy = match small.layout {
            Layout::Grey => png(small.width, small.height, png::ColorType::Grayscale, &small.bytes),
            _ => png(small.width, small.height, png::ColorType::Rgb, &small.bytes),
        };
        let copy = process(copy, &[]).expect("it is a photo").facts.perceptual_hash;
        farthest = farthest.max((hash ^ copy).count_ones());
        for (other, theirs) in &hashes {
            let bits = (hash ^ theirs).count_ones();
            assert!(bits > 8, "{name} and {other} differ in {bits} bits");
            nearest = nearest.min(bits);
        }
        hashes.push((name, hash));
    }
    println!("copies differ in at most {farthest} bits, photos in at least {nearest}");
    assert!(farthest <= 4, "a copy differs in {farthest} bits");
}
