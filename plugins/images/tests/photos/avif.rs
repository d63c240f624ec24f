//! AVIF: what the container says is what is shown, or is refused in words.

use rikaste_plugin::image::{Pixels, Rendition};

use crate::bombs::check;
use crate::container::{Maker, boxed, property};
use crate::support::{decoded, difference, plain_png, process, refusal, rgba, sample, whole};

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
