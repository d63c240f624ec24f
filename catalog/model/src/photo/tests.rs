use proptest::prelude::*;

use super::*;

fn frame(width: Option<u32>, height: Option<u32>, fit: FitMode, enlarge: bool) -> RenditionFrame {
    RenditionFrame { width, height, fit, enlarge, ..RenditionFrame::with_width(1) }
}

#[test]
fn sizes_of_renditions() {
    let check = |of, width, height, fit, enlarge, expected| {
        assert_eq!(frame(width, height, fit, enlarge).compute_size(of), expected, "{of:?} {fit:?}");
    };
    check((3000, 2000), Some(1600), None, FitMode::Inside, false, (1600, 1067));
    check((2000, 3000), Some(1600), Some(1600), FitMode::Inside, false, (1067, 1600));
    check((800, 600), Some(1600), None, FitMode::Inside, false, (800, 600));
    check((800, 600), Some(1600), None, FitMode::Inside, true, (1600, 1200));
    check((8000, 1), Some(100), None, FitMode::Inside, false, (100, 1));
    check((800, 600), Some(1500), Some(1500), FitMode::Pad, false, (1500, 1500));
    check((3000, 2000), Some(1080), Some(1920), FitMode::Crop, false, (1080, 1920));
    check((800, 600), Some(1080), Some(1920), FitMode::Crop, false, (338, 600));
    check((800, 600), Some(1080), Some(1920), FitMode::Crop, true, (1080, 1920));
}

proptest! {
    #[test]
    fn no_rendition_is_larger_than_its_frame_nor_enlarged_unasked(
        size in (1_u32..70_000, 1_u32..70_000),
        width in 1_u32..=RenditionFrame::MAX_SIDE,
        height in 1_u32..=RenditionFrame::MAX_SIDE,
        fit in prop_oneof![Just(FitMode::Inside), Just(FitMode::Crop)],
    ) {
        let (w, h) = frame(Some(width), Some(height), fit, false).compute_size(size);
        prop_assert!((1..=width).contains(&w) && (1..=height).contains(&h));
        prop_assert!(w <= size.0 && h <= size.1);
    }
}

#[test]
fn a_browser_chooses_among_sizes_that_are_there() {
    let profile = RenditionProfile::default();
    let widths = |width| -> Vec<u32> {
        profile
            .list_srcset(width)
            .map(|rendition| rendition.frame.compute_size((width, width)).0)
            .collect()
    };
    assert_eq!(widths(3000), [320, 640, 960, 1280, 1920]);
    assert_eq!(widths(1920), [320, 640, 960, 1280, 1920]);
    assert_eq!(widths(1000), [320, 640, 960, 1000]);
    assert_eq!(widths(100), [100]);
}

#[test]
fn a_name_is_of_photo_maker_frame_and_quality() {
    let [photo, other] = [b"a", b"b"].map(|bytes| ContentHash::hash_bytes(bytes));
    let rendition = Rendition {
        frame: RenditionFrame::with_width(320),
        formats: vec![ImageFormat::Jpeg],
        quality: None,
    };
    let name = rendition.name(&photo, &other);
    assert_eq!(RenditionName::parse_hex(&name.to_string()), Some(name));
    assert_eq!(Rendition { formats: Vec::new(), ..rendition.clone() }.name(&photo, &other), name);
    let others = [
        rendition.name(&other, &photo),
        Rendition { quality: Some(80), ..rendition.clone() }.name(&photo, &other),
        Rendition { frame: RenditionFrame::with_width(321), ..rendition }.name(&photo, &other),
    ];
    assert!(others.iter().all(|another| *another != name));
    assert_eq!(RenditionName::parse_hex("+0000000000000000000000000000000"), None);
}

#[test]
fn colours_are_written_as_on_the_web() {
    assert_eq!(
        Color::parse_text("#fe8019").map(|color| color.to_string()).as_deref(),
        Some("#fe8019")
    );
    assert_eq!(Color::parse_text("white"), Some(Color::WHITE));
    for wrong in ["", "#fff", "fe8019", "#fe801g", "#+e8019"] {
        assert_eq!(Color::parse_text(wrong), None, "{wrong}");
    }
}

#[test]
fn photos_are_in_the_order_of_their_names() {
    let names = [
        "",
        "_main",
        "-front",
        "_edestä",
        "_1",
        "_2",
        "_10",
        " (11)",
        "-sleeve",
        "_back",
        "-bak",
        "-swatch",
        "_care label",
        "-pesulappu_2",
    ];
    let mut sorted = names;
    sorted.reverse();
    sorted.sort_by(|one, other| {
        compare_positions(
            (PhotoPosition::from_name_rest(one), one),
            (PhotoPosition::from_name_rest(other), other),
        )
    });
    let shown = sorted.map(|name| {
        let role = PhotoPosition::from_name_rest(name).role();
        role.map_or_else(|| name.to_owned(), |role| format!("{name} {role}"))
    });
    assert_eq!(
        shown,
        [
            "",
            "_main",
            "-front",
            "_edestä",
            "_1",
            "_2",
            "_10",
            " (11)",
            "-sleeve",
            "-bak",
            "_back",
            "-swatch swatch",
            "_care label care-label",
            "-pesulappu_2 care-label",
        ]
    );
}

#[test]
fn of_two_profiles_the_same_picture_is_wanted() {
    let square = Rendition {
        frame: RenditionFrame {
            width: Some(1500),
            height: Some(1500),
            fit: FitMode::Pad,
            ..RenditionFrame::with_width(1)
        },
        formats: vec![ImageFormat::Jpeg],
        quality: Some(85),
    };
    let mut profile = RenditionProfile { widths: vec![320, 640], ..RenditionProfile::default() };
    profile.renditions.insert("square".into(), square.clone());
    let widths: Vec<_> = profile.list_renditions(500).map(|wanted| wanted.frame.width).collect();
    assert_eq!(widths, [Some(320), Some(640), Some(1500)]);
    assert_eq!(profile.list_all_renditions().last(), Some(square));
}
