//! AVIF: what the container says is what is shown, or is refused in words.

use std::time::{Duration, Instant};

use rikaste_plugin::image::{Pixels, Rendition};

use crate::container::{Maker, association, boxed, full, property};
use crate::support::{decoded, difference, plain_png, process, refusal, rgba, sample, whole};

/// Nothing here may take longer; in an optimised build it is far less.
const SOON: Duration = Duration::from_secs(20);

fn check(name: &str, photo: Vec<u8>, code: &str) {
    let start = Instant::now();
    let refusal = process(photo, &[whole()]).err().map(|refusal| (refusal.code, refusal.message));
    let (found, message) = refusal.unwrap_or_else(|| ("taken".to_owned(), String::new()));
    assert_eq!(found, code, "{name}: {message}");
    assert!(start.elapsed() < SOON, "{name} took {:?}", start.elapsed());
}

fn message(photo: Vec<u8>) -> String {
    process(photo, &[whole()]).expect_err("it is refused").message
}

fn still() -> Pixels {
    decoded(sample("still.avif"))
}

#[test]
fn every_way_to_say_where_the_bytes_are() {
    let expected = still();
    let maker = Maker::still();
    assert_eq!(decoded(maker.file()), expected);
    let all = maker.items[0].extents[0];
    let third = all.1 / 3;
    let pieces =
        vec![(all.0, third), (all.0 + third, third), (all.0 + 2 * third, all.1 - 2 * third)];
    let mut split = maker.clone();
    split.items[0].extents = pieces.clone();
    assert_eq!(decoded(split.file()), expected, "in pieces");
    split.items[0].extents.swap(0, 1);
    assert_ne!(refusal(split.file()), "taken", "in pieces of another order");

    let mut inside = maker.clone();
    inside.inside = std::mem::take(&mut inside.data);
    inside.items[0] = inside.items[0].clone().inside();
    inside.items[0].extents = vec![(0, third), (third, all.1 - third)];
    assert_eq!(decoded(inside.file()), expected, "in idat");
    inside.items[0].extents = vec![(0, 0)];
    assert_eq!(decoded(inside.file()), expected, "all of idat");
    inside.items[0].extents = vec![(1, all.1)];
    check("beyond idat", inside.file(), "image-broken");

    for (version, is_wide) in [(0, false), (1, false), (1, true), (2, false), (2, true)] {
        let other = Maker { version, is_wide, ..maker.clone() };
        assert_eq!(decoded(other.file()), expected, "version {version}, {is_wide}");
    }
    let huge = Maker { brands: b"mif1\0\0\0\0mif1miafavif".to_vec(), ..maker.clone() };
    assert_eq!(decoded(huge.file()), expected, "of another brand");
    let other = Maker { brands: b"mif1\0\0\0\0mif1miafheic".to_vec(), ..maker };
    assert!(message(other.file()).contains("HEIC"));
}

#[test]
fn a_box_may_have_a_long_size_or_none() {
    let photo = sample("still.avif");
    let at = photo.windows(4).position(|name| name == b"mdat").expect("it has one") - 4;
    let mut endless = photo.clone();
    endless[at..at + 4].fill(0);
    assert_eq!(decoded(endless), still());
    let mut long = Maker::still().file();
    let at = long.windows(4).position(|name| name == b"meta").expect("it has one") - 4;
    let size = u64::from(u32::from_be_bytes(long[at..at + 4].try_into().expect("they are four")));
    long[at..at + 4].copy_from_slice(&1_u32.to_be_bytes());
    long.splice(at + 8..at + 8, (size + 8).to_be_bytes());
    assert_eq!(decoded(long.clone()), still());
    long[at + 8..at + 16].fill(0xff);
    check("a box that is too long", long.clone(), "image-truncated");
    long[at + 8..at + 16].copy_from_slice(&15_u64.to_be_bytes());
    check("a box that is too short", long, "image-truncated");
}

/// Of all pairs of turns, what comes out is what turning the pixels twice makes.
#[test]
fn turns_are_done_one_after_another() {
    let turn = |kind: &[u8; 4], value: u8, pixels: &Pixels| {
        let maker = Maker::still().with(property(kind, &[value]), true);
        let made = process(maker.file(), &[whole()]).expect("it is whole");
        assert_eq!(made.facts.orientation == 1, kind == b"irot" && value == 0);
        turned(pixels, kind, value)
    };
    let turns: Vec<(&[u8; 4], u8)> =
        (0..4).map(|n| (b"irot", n)).chain((0..2).map(|n| (b"imir", n))).collect();
    for (first, one) in &turns {
        for (second, other) in &turns {
            let maker = Maker::still()
                .with(property(first, &[*one]), true)
                .with(property(second, &[*other]), true);
            let made = decoded(maker.file());
            let expected = turned(&turn(first, *one, &still()), second, *other);
            assert_eq!(made, expected, "{one} then {other}");
        }
    }
    let turned = decoded(sample("turned.avif"));
    let expected = self::turned(&self::turned(&still(), b"irot", 1), b"imir", 0);
    assert_eq!(turned, expected);
}

/// Quarters against the clock, or mirrored: top and bottom, or left and right.
fn turned(pixels: &Pixels, kind: &[u8; 4], value: u8) -> Pixels {
    let (width, height) = (pixels.width as usize, pixels.height as usize);
    let size = if kind == b"irot" && value % 2 == 1 { (height, width) } else { (width, height) };
    let mut bytes = Vec::new();
    for (y, x) in (0..size.1).flat_map(|y| (0..size.0).map(move |x| (y, x))) {
        let (from_x, from_y) = match (kind, value) {
            (b"irot", 0) => (x, y),
            (b"irot", 1) => (width - 1 - y, x),
            (b"irot", 2) => (width - 1 - x, height - 1 - y),
            (b"irot", _) => (y, height - 1 - x),
            (_, 0) => (x, height - 1 - y),
            _ => (width - 1 - x, y),
        };
        bytes.extend(&pixels.bytes[(from_y * width + from_x) * 3..][..3]);
    }
    Pixels { width: size.0 as u32, height: size.1 as u32, bytes, ..pixels.clone() }
}

fn clap(numbers: [i32; 8]) -> Vec<u8> {
    property(b"clap", &numbers.map(i32::to_be_bytes).concat())
}

#[test]
fn what_is_cut_out_is_cut_out() {
    let all = decoded(Maker::of("lossless.avif").file());
    let part = |pixels: &Pixels, left: usize, top: usize, width: usize, height: usize| {
        let row = |y: usize| &pixels.bytes[((top + y) * 64 + left) * 3..][..width * 3];
        (0..height).flat_map(row).copied().collect::<Vec<_>>()
    };
    // From 6, 5: the middle is 31 and 23½ pixels right and down, of 32 and 24.
    let cut = Maker::of("lossless.avif").with(clap([50, 1, 37, 1, -1, 1, -1, 2]), true);
    let made = decoded(cut.file());
    assert_eq!((made.width, made.height), (50, 37));
    assert_eq!(made.bytes, part(&all, 6, 5, 50, 37));
    // Before it is turned.
    let made = decoded(cut.clone().with(property(b"irot", &[1]), true).file());
    assert_eq!((made.width, made.height), (37, 50));
    let turned = Maker::of("lossless.avif").with(property(b"irot", &[1]), true);
    check(
        "after",
        turned.with(clap([50, 1, 37, 1, -1, 1, -1, 2]), true).file(),
        "image-format-unsupported",
    );
    let made = decoded(sample("cut.avif"));
    assert_eq!((made.width, made.height), (40, 30));
    let original = decoded(sample("upright.png"));
    let original = Pixels { bytes: part(&original, 6, 4, 40, 30), ..made.clone() };
    assert!(difference(&original, &made) < 3.0);
    for numbers in [
        [50, 1, 37, 1, 0, 1, 0, 1],
        [65, 1, 48, 1, 0, 1, 0, 1],
        [0, 1, 48, 1, 0, 1, 0, 1],
        [-4, 1, 48, 1, 0, 1, 0, 1],
        [64, 0, 48, 1, 0, 1, 0, 1],
        [64, 1, 48, 1, 1, 1, 0, 1],
        [64, 1, 48, 1, i32::MAX, 1, 0, 1],
        [i32::MIN, 1, 48, 1, i32::MIN, i32::MAX, 0, 1],
    ] {
        let cut = Maker::of("lossless.avif").with(clap(numbers), true);
        check(&format!("{numbers:?}"), cut.file(), "image-broken");
    }
}

#[test]
fn what_has_to_be_heeded_and_is_not_known_is_refused() {
    let strange = property(b"odd!", &[1, 2, 3]);
    assert_eq!(decoded(Maker::still().with(strange.clone(), false).file()), still());
    check("a property", Maker::still().with(strange, true).file(), "image-format-unsupported");
    let layer = Maker::still().with(property(b"lsel", &[0, 1]), true);
    check("one layer", layer.file(), "image-format-unsupported");
    let layers = Maker::still().with(property(b"lsel", &[0xff, 0xff]), true);
    assert_eq!(decoded(layers.file()), still());
    let mut hevc = Maker::still();
    hevc.items[0].kind = *b"hvc1";
    assert!(message(hevc.file()).contains("HEIC"));
    let film = [boxed(b"ftyp", b"avis\0\0\0\0avisavif"), boxed(b"moov", &[])].concat();
    assert!(message(film).contains("without a still"));
}

#[test]
fn of_a_sequence_its_still_is_shown() {
    let picture = process(sample("animated.avif"), &[whole()]).expect("it is whole");
    assert_eq!(picture.remarks.len(), 1);
    assert_eq!(picture.remarks[0].code, "image-animated");
    assert_eq!(picture.facts.frames, 3);
}

/// Colours of two or four pixels are spread over them as libavif does it, which made these PNGs.
#[test]
fn colours_are_spread_as_by_libavif() {
    for (name, png) in [("still.avif", "still-avif.png"), ("half.avif", "half-avif.png")] {
        let (made, expected) = (rgba(&decoded(sample(name))), plain_png(&sample(png)));
        for (at, (made, expected)) in made.iter().zip(&expected).enumerate() {
            let most = (0..3).map(|c| made[c].abs_diff(expected[c])).max();
            assert!(most <= Some(2), "{name} at {at}: {made:?}, not {expected:?}");
        }
    }
}

/// What the container says of colours wins over what the picture says.
#[test]
fn colours_are_what_the_container_says() {
    let nclx = |primaries: u8, transfer: u8, matrix: u8, full: u8| {
        let numbers = [0, primaries, 0, transfer, 0, matrix, full << 7];
        property(b"colr", &[&b"nclx"[..], &numbers].concat())
    };
    let plain = Maker::still();
    let grey = |pixels: &Pixels| pixels.bytes.iter().map(|byte| u64::from(*byte)).sum::<u64>();
    let limited = decoded(plain.clone().with(nclx(1, 13, 6, 0), false).file());
    let full = decoded(plain.clone().with(nclx(1, 13, 6, 1), false).file());
    assert_eq!(full, still());
    assert!(difference(&full, &limited) > 4.0, "{} {}", grey(&full), grey(&limited));
    let other = decoded(plain.clone().with(nclx(1, 13, 1, 1), false).file());
    assert!(difference(&full, &other) > 1.0);
    let name = |file: Vec<u8>| process(file, &[whole()]).expect("it is whole").facts.profile;
    assert_eq!(name(plain.clone().with(nclx(1, 1, 6, 1), false).file()), None);
    assert_eq!(
        name(plain.clone().with(nclx(12, 13, 6, 1), false).file()),
        Some("Display P3".into())
    );
    assert_eq!(name(plain.clone().with(nclx(9, 14, 6, 1), false).file()), Some("BT.2020".into()));
    for (primaries, transfer, matrix) in [
        (3, 13, 6),
        (40, 13, 6),
        (1, 0, 6),
        (1, 17, 6),
        (1, 13, 0),
        (1, 13, 3),
        (1, 13, 14),
        (1, 13, 99),
    ] {
        let file = plain.clone().with(nclx(primaries, transfer, matrix, 1), false).file();
        check(&format!("{primaries}, {transfer}, {matrix}"), file, "image-format-unsupported");
    }
}

/// Colours of Display P3 are stronger than those of sRGB with the same numbers.
#[test]
fn display_p3_is_heeded() {
    let picture = process(sample("p3.avif"), &[whole()]).expect("it is whole");
    assert_eq!(picture.facts.profile.as_deref(), Some("Display P3"));
    let strength = |pixels: &Pixels| -> u32 {
        let spread = |[r, g, b, _]: &[u8; 4]| u32::from(*r.max(g).max(b) - *r.min(g).min(b));
        rgba(pixels).iter().map(spread).sum()
    };
    let original = decoded(sample("upright.png"));
    assert!(strength(&picture.renditions[0]) > strength(&original) * 21 / 20);
}

/// What is not bright is as it was; what is bright is still in order.
#[test]
fn light_for_bright_screens_is_brought_down() {
    let original = rgba(&decoded(sample("upright.png")));
    for name in ["pq.avif", "hlg.avif"] {
        let picture = process(sample(name), &[whole()]).expect("it is whole");
        assert_eq!(picture.remarks.len(), 1);
        assert_eq!(picture.remarks[0].code, "image-hdr");
        let made = rgba(&picture.renditions[0]);
        let dark: Vec<_> =
            original.iter().zip(&made).filter(|(o, _)| o[..3].iter().all(|c| *c < 170)).collect();
        assert!(dark.len() > 1000);
        let apart: u32 =
            dark.iter().flat_map(|(o, m)| (0..3).map(|c| u32::from(o[c].abs_diff(m[c])))).sum();
        let mean = f64::from(apart) / (3 * dark.len()) as f64;
        assert!(mean < 2.5, "{name}: {mean}");
        let brightest = made.iter().map(|pixel| pixel[1]).max().expect("there are pixels");
        assert!(brightest > 195, "{name}: {brightest}");
    }
}

#[test]
fn grey_stays_grey() {
    let picture = process(sample("grey.avif"), &[Rendition { ..whole() }]).expect("it is whole");
    let made = &picture.renditions[0];
    assert_eq!(made.layout, rikaste_plugin::image::Layout::Grey);
    let original = rgba(&decoded(sample("upright.png")));
    for (made, [r, g, b, _]) in made.bytes.iter().zip(&original) {
        let luma = 0.299 * f64::from(*r) + 0.587 * f64::from(*g) + 0.114 * f64::from(*b);
        assert!((f64::from(*made) - luma).abs() < 12.0, "{made} {luma}");
    }
}

/// Six tiles, beside the same picture that is not in tiles.
#[test]
fn tiles_are_put_together() {
    let made = process(sample("grid.avif"), &[whole(), Rendition { width: Some(64), ..whole() }])
        .expect("it is whole");
    let [all, small] = made.renditions.as_slice() else { panic!("there are two") };
    assert_eq!((all.width, all.height), (192, 128));
    // Its lowest rows are left out.
    let original = decoded(sample("upright.png"));
    let original = Pixels {
        height: small.height,
        bytes: original.bytes[..64 * 3 * small.height as usize].to_vec(),
        ..original
    };
    let apart = difference(&original, small);
    assert!(apart < 4.0, "{apart}");
}

#[test]
fn tiles_may_be_transparent_each_for_itself() {
    let expected = decoded(sample("alpha.avif"));
    let (color, alpha) = (Maker::parts("alpha.avif"), 48);
    let mut maker = Maker::empty();
    let (first, second) = (maker.item(b"av01", &color[0]), maker.item(b"av01", &color[1]));
    let grid = maker.item(b"grid", &[0, 0, 0, 0, 0, 64, 0, alpha]);
    for item in [first, second, grid] {
        maker = maker.to(item, property(b"ispe", &[0, 0, 0, 0, 0, 0, 0, 64, 0, 0, 0, 48]), false);
    }
    let kind = b"\0\0\0\0urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\0";
    maker = maker.to(second, property(b"auxC", kind), true);
    maker.references = vec![(*b"dimg", grid, vec![first]), (*b"auxl", second, vec![first])];
    maker.primary = grid;
    assert_eq!(decoded(maker.file()), expected);
    // And of the whole.
    maker.references[1].2 = vec![grid];
    assert_eq!(decoded(maker.file()), expected);
    // Of another size.
    let wide = property(b"ispe", &[0, 0, 0, 0, 0, 0, 0, 32, 0, 0, 0, 48]);
    maker.properties[1] = wide;
    check("of another size", maker.file(), "image-format-unsupported");
}

#[test]
fn a_grid_that_does_not_fit_is_refused() {
    let coded = &Maker::parts("still.avif")[0];
    let grid = |bytes: &[u8], size: [u8; 2], tiles: &[u32]| {
        let mut maker = Maker::empty();
        let tile = maker.item(b"av01", coded);
        let whole = maker.item(b"grid", bytes);
        maker = maker.to(tile, property(b"ispe", &[0, 0, 0, 0, 0, 0, 0, 64, 0, 0, 0, 48]), false);
        maker = maker.to(
            whole,
            property(b"ispe", &[0, 0, 0, 0, 0, 0, 0, size[0], 0, 0, 0, size[1]]),
            false,
        );
        maker.references = vec![(*b"dimg", whole, tiles.to_vec())];
        maker.primary = whole;
        maker.file()
    };
    let made = decoded(grid(&[0, 0, 1, 1, 0, 128, 0, 96], [128, 96], &[1; 4]));
    assert_eq!((made.width, made.height), (128, 96));
    let made = decoded(grid(&[0, 0, 1, 1, 0, 101, 0, 49], [101, 49], &[1; 4]));
    assert_eq!((made.width, made.height), (101, 49));
    for (name, bytes, size, tiles, code) in [
        ("too few tiles", &[0, 0, 1, 1, 0, 128, 0, 96][..], [128, 96], &[1; 3][..], "image-broken"),
        ("too many tiles", &[0, 0, 1, 1, 0, 128, 0, 96], [128, 96], &[1; 5], "image-broken"),
        ("another size", &[0, 0, 1, 1, 0, 128, 0, 95], [128, 96], &[1; 4], "image-broken"),
        ("not covered", &[0, 0, 1, 1, 0, 129, 0, 96], [129, 96], &[1; 4], "image-broken"),
        ("tiles beside it", &[0, 0, 1, 1, 0, 64, 0, 96], [64, 96], &[1; 4], "image-broken"),
        (
            "a tile that is not there",
            &[0, 0, 1, 1, 0, 128, 0, 96],
            [128, 96],
            &[1, 1, 1, 9],
            "image-broken",
        ),
        ("itself", &[0, 0, 0, 0, 0, 64, 0, 48], [64, 48], &[2], "image-format-unsupported"),
        (
            "itself as one of many",
            &[0, 0, 1, 1, 0, 128, 0, 96],
            [128, 96],
            &[1, 2, 2, 2],
            "image-format-unsupported",
        ),
        ("255×255", &[0, 0, 254, 254, 0, 255, 0, 255], [255, 255], &[1; 3], "image-too-complex"),
        ("short", &[0, 0, 1, 1, 0, 128, 0], [128, 96], &[1; 4], "image-broken"),
        ("no picture", &[0, 0, 0, 0, 0, 0, 0, 0], [0, 0], &[1], "image-broken"),
    ] {
        check(name, grid(bytes, size, tiles), code);
    }
}

#[test]
fn what_claims_too_much() {
    let size = |width: u32, height: u32| {
        let mut maker = Maker::still();
        maker.properties[0] =
            property(b"ispe", &[[0; 4], width.to_be_bytes(), height.to_be_bytes()].concat());
        maker.file()
    };
    for (width, height) in
        [(65_536, 65_536), (17_000, 17_000), (u32::MAX, u32::MAX), (u32::MAX, 1), (65_535, 65_535)]
    {
        check(&format!("{width}×{height}"), size(width, height), "image-too-large");
    }
    check("0×48", size(0, 48), "image-broken");
    check("8000×8000", size(8000, 8000), "image-broken");
    check("63×48", size(63, 48), "image-broken");

    // A sequence header that says 17,000×17,000, and a frame that is none.
    let coded = |side: u32| {
        let header = crate::container::sequence_header(side, side);
        [&[0x0a, header.len() as u8][..], &header, &[0x32, 3, 0x10, 0, 0]].concat()
    };
    let claim = |side: u32, said: u32| {
        let mut maker = Maker::empty();
        let item = maker.item(b"av01", &coded(side));
        let size = [[0; 4], said.to_be_bytes(), said.to_be_bytes()].concat();
        maker.to(item, property(b"ispe", &size), false).file()
    };
    check("17,000×17,000", claim(17_000, 64), "image-too-large");
    check("17,000×17,000, as said", claim(17_000, 17_000), "image-too-large");
    check("8000×8000 and no pixels", claim(8000, 8000), "image-broken");
    check("64×64 and no pixels", claim(64, 64), "image-broken");
}

#[test]
fn what_is_said_too_often() {
    let maker = Maker::still();
    // More of everything than there are bytes.
    let photo = maker.file();
    for name in [b"iloc", b"iinf", b"ipma", b"pitm", b"iref"] {
        let Some(at) = photo.windows(4).position(|found| found == name) else { continue };
        for from in at + 4..(at + 24).min(photo.len()) {
            let mut claims = photo.clone();
            claims[from..photo.len().min(from + 4)].fill(0xff);
            let start = Instant::now();
            refusal(claims);
            assert!(start.elapsed() < SOON, "{from}");
        }
    }
    // One piece over and over: more than a photo may have.
    let mut over = Maker::still();
    over.data.resize(1 << 20, 0);
    over.items[0].extents = vec![(32, 1 << 20); 100];
    check("100 MB of one", over.file(), "image-too-large");
    over.items[0].extents = vec![(32, 1); 9000];
    check("9,000 pieces", over.file(), "image-too-complex");
    let mut many = Maker::still();
    for _ in 0..5000 {
        many.item(b"mime", b"");
    }
    check("5,000 items", many.file(), "image-too-complex");
    let mut many = Maker::still();
    many.properties.resize(5000, property(b"free", &[]));
    check("5,000 properties", many.file(), "image-too-complex");
    let mut many = Maker::still();
    many.references = vec![(*b"dimg", 1, vec![1; 5000])];
    check("5,000 references", many.file(), "image-too-complex");
    // Each refers to itself, and to what is not there.
    let mut circle = Maker::still();
    circle.references =
        vec![(*b"auxl", 1, vec![1]), (*b"dimg", 1, vec![1, 7]), (*b"prem", 1, vec![1])];
    assert_eq!(decoded(circle.file()), still());
    let kind = b"\0\0\0\0urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\0";
    let circle = circle.with(property(b"auxC", kind), true);
    assert!(process(circle.file(), &[whole()]).is_ok_and(|picture| picture.facts.transparent));
    let twice = Maker::still().with(Maker::still().properties[0].clone(), false);
    check("two sizes", twice.file(), "image-broken");
    let mut beyond = Maker::still();
    beyond.items[0].said.push(association(9, false));
    check("a property that is not there", beyond.file(), "image-broken");
    let mut beyond = Maker::still();
    beyond.items[0].extents = vec![(u64::from(u32::MAX) - 5, 10)];
    check("beyond the file", beyond.file(), "image-truncated");
    let mut missing = Maker::still();
    missing.primary = 7;
    check("no such item", missing.file(), "image-broken");
}

#[test]
fn two_of_what_there_is_one_of() {
    let photo = Maker::still().file();
    let at = photo.windows(4).position(|name| name == b"meta").expect("it has one") - 4;
    let twice = [&photo[..], &photo[at..]].concat();
    check("meta", twice, "image-broken");
    let unknown = [&photo[..], &full(b"wide", 0, b"new")].concat();
    assert_eq!(decoded(unknown), still());
}

/// What can be seen of colours is taken out of them again.
#[test]
fn colours_that_are_multiplied_are_as_those_that_are_not() {
    let (plain, multiplied) = (decoded(sample("alpha.avif")), decoded(sample("multiplied.avif")));
    let (mut sum, mut count) = (0.0, 0);
    for (one, other) in rgba(&plain).iter().zip(rgba(&multiplied)) {
        assert_eq!(one[3], other[3]);
        for channel in 0..3 {
            // Of what can hardly be seen little is left to tell.
            let apart = f64::from(one[channel].abs_diff(other[channel]));
            sum += apart * f64::from(one[3]) / 255.0;
            count += 1;
        }
    }
    let mean = sum / f64::from(count);
    assert!(mean < 4.0, "{mean}");
}

/// Each byte of what is not pixels, in several ways.
#[test]
fn no_changed_byte_of_the_container_breaks_it() {
    let all = &[0x01, 0x80, 0xff][..];
    for (name, changes) in
        [("still.avif", all), ("alpha.avif", all), ("cut.avif", all), ("animated.avif", &[0xff])]
    {
        let photo = sample(name);
        let pixels = photo.windows(4).rposition(|found| found == b"mdat").expect("it has one");
        let mut taken = 0;
        for at in 0..pixels + 4 {
            for change in changes {
                let mut changed = photo.clone();
                changed[at] ^= change;
                taken += usize::from(process(changed, &[whole()]).is_ok());
            }
        }
        println!("{name}: {taken} of {} are taken", changes.len() * (pixels + 4));
    }
}
