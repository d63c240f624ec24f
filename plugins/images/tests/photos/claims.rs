//! AVIF that claims what is not so, or more than a photo is: a picture, or a refusal in words, and soon.

use std::time::Instant;

use crate::bombs::{SOON, check};
use crate::container::{Maker, association, full, property};
use crate::support::{decoded, process, refusal, sample, whole};

fn still() -> rikaste_plugin::image::Pixels {
    decoded(sample("still.avif"))
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
fn tiles_that_are_turned_are_refused() {
    let mut maker = Maker::empty();
    let tile = maker.item(b"av01", &Maker::parts("still.avif")[0]);
    let grid = maker.item(b"grid", &[0, 0, 0, 0, 0, 64, 0, 48]);
    for item in [tile, grid] {
        maker = maker.to(item, property(b"ispe", &[0, 0, 0, 0, 0, 0, 0, 64, 0, 0, 0, 48]), false);
    }
    maker.references = vec![(*b"dimg", grid, vec![tile])];
    maker.primary = grid;
    assert_eq!(decoded(maker.file()), still());
    let turned = maker.to(tile, property(b"irot", &[2]), true);
    check("a tile upside down", turned.file(), "image-format-unsupported");
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
    let claim = |side: u32, declared: u32| {
        let mut maker = Maker::empty();
        let item = maker.item(b"av01", &coded(side));
        let size = [[0; 4], declared.to_be_bytes(), declared.to_be_bytes()].concat();
        maker.to(item, property(b"ispe", &size), false).file()
    };
    check("17,000×17,000", claim(17_000, 64), "image-too-large");
    check("17,000×17,000, as said", claim(17_000, 17_000), "image-too-large");
    check("8000×8000 and no pixels", claim(8000, 8000), "image-broken");
    check("64×64 and no pixels", claim(64, 64), "image-broken");
    // A header, and frames one after another.
    let mut maker = Maker::empty();
    let frames = [&coded(64)[..], &[0x32, 3, 0x10, 0, 0].repeat(1000)].concat();
    let item = maker.item(b"av01", &frames);
    let maker = maker.to(item, property(b"ispe", &[0, 0, 0, 0, 0, 0, 0, 64, 0, 0, 0, 64]), false);
    check("a thousand frames", maker.file(), "image-too-complex");
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
    beyond.items[0].associations.push(association(9, false));
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

/// Each byte of what is not pixels, in several ways.
#[test]
fn no_changed_byte_of_the_container_breaks_it() {
    let all = &[0x01, 0x80, 0xff][..];
    for (name, changes) in
        [("still.avif", all), ("alpha.avif", all), ("cut.avif", all), ("animated.avif", &[0xff])]
    {
        let photo = sample(name);
        let pixels = photo.windows(4).rposition(|found| found == b"mdat").expect("it has one");
        let mut accepted = 0;
        for at in 0..pixels + 4 {
            for change in changes {
                let mut changed = photo.clone();
                changed[at] ^= change;
                accepted += usize::from(process(changed, &[whole()]).is_ok());
            }
        }
        println!("{name}: {accepted} of {} are taken", changes.len() * (pixels + 4));
    }
}
