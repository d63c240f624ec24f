use rikaste_plugin::image::Content;

use super::*;
use crate::light::{FULL, LightImage, srgb8_curve};
use crate::raster::{ColorModel, Raster, SampleBuffer};

/// A picture by what is at each pixel.
fn raster(width: usize, height: usize, color: impl Fn(usize, usize) -> [u8; 3]) -> Raster {
    let samples = (0..width * height).flat_map(|at| color(at % width, at / width)).collect();
    Raster {
        width,
        height,
        model: ColorModel::Rgb,
        alpha: false,
        samples: SampleBuffer::Eight(samples),
    }
}

fn facts(raster: &Raster) -> Facts {
    let (width, height) = (raster.width, raster.height);
    let mut data = vec![FULL; width * height * 3];
    for y in 0..height {
        for x in 0..width {
            for channel in 0..3 {
                data[(y * 3 + channel) * width + x] =
                    srgb8_curve()[usize::from(raster.read_pixel(x, y)[channel])];
            }
        }
    }
    let small = FactsThumbnail::new(LightImage {
        width,
        height,
        model: ColorModel::Rgb,
        alpha: false,
        data,
    });
    let seen = KnownFacts {
        format: PhotoFormat::Png,
        size: (width, height),
        orientation: Orientation::NoTransforms,
        frames: 1,
        profile: None,
        transparent: false,
        focus: find_focus(&small),
    };
    collect_facts(seen, &small, &SamplePatches::from_raster(raster))
}

const WHITE: [u8; 3] = [255; 3];

fn disc(x: usize, y: usize, middle: (f64, f64), radius: f64) -> bool {
    (x as f64 - middle.0).hypot(y as f64 - middle.1) < radius
}

#[test]
fn one_colour_is_blank() {
    let facts = facts(&raster(200, 100, |_, _| [12, 200, 90]));
    assert_eq!(facts.content, Content::Blank);
    assert_eq!(facts.sharpness, 0);
    assert!(!facts.white_background);
    assert_eq!((facts.focus.x, facts.focus.y), (500, 500));
    assert_eq!(facts.colors.len(), 1);
    let swatch = facts.colors[0];
    assert_eq!(swatch.share, 1000);
    assert!(swatch.color.green.abs_diff(200) <= 1 && swatch.color.red.abs_diff(12) <= 2);
}

#[test]
fn a_sign_is_drawn_and_sharp() {
    let facts = facts(&raster(200, 200, |x, y| {
        if disc(x, y, (100.0, 100.0), 60.0) && (x / 8 + y / 8) % 2 == 0 {
            [200, 10, 10]
        } else {
            WHITE
        }
    }));
    assert_eq!(facts.content, Content::Graphic);
    assert!(facts.white_background);
    assert!(facts.sharpness > 950, "{}", facts.sharpness);
    assert_eq!(facts.colors[0].color.red, 255);
    assert!(facts.colors[1].color.green < 30);
    let shares: u16 = facts.colors.iter().map(|swatch| swatch.share).sum();
    assert!((990..=1000).contains(&shares));
}

/// Sharpness falls with the width of an edge, and not with its height.
#[test]
fn a_blurred_edge_is_less_sharp() {
    let edge = |width: f64, height: f64| {
        facts(&raster(128, 128, |x, _| {
            let level = 1.0 / (1.0 + (-(x as f64 - 64.3) / width).exp());
            [(20.0 + level * height) as u8; 3]
        }))
        .sharpness
    };
    let [sharp, soft, blurred] = [edge(0.2, 200.0), edge(1.0, 200.0), edge(3.0, 200.0)];
    assert!(sharp > 800 && soft < 600 && blurred < 250, "{sharp} {soft} {blurred}");
    assert!(edge(1.0, 120.0).abs_diff(soft) < 60);
}

#[test]
fn a_viewer_looks_at_what_is_there() {
    let facts = facts(&raster(240, 160, |x, y| {
        if disc(x, y, (180.0, 50.0), 25.0) { [190, 130, 100] } else { [235, 235, 230] }
    }));
    assert!(facts.focus.x.abs_diff(752) < 15, "{:?}", facts.focus);
    assert!(facts.focus.y.abs_diff(315) < 15, "{:?}", facts.focus);
}

#[test]
fn a_frame_makes_the_margin_another() {
    let framed =
        raster(200, 200, |x, y| if x < 3 || y < 3 || x > 196 || y > 196 { [0; 3] } else { WHITE });
    assert!(!facts(&framed).white_background);
    assert!(
        facts(&raster(200, 200, |x, y| if disc(x, y, (99.0, 99.0), 80.0) {
            [0; 3]
        } else {
            WHITE
        }))
        .white_background
    );
}

#[test]
fn a_placeholder_is_short() {
    for (width, height) in [(1, 1), (256, 3), (100, 256), (96, 96)] {
        let hash = facts(&raster(width, height, |x, y| [x as u8, y as u8, 77])).thumbhash;
        assert!(!hash.is_empty() && hash.len() <= 25);
    }
}
