use expect_test::{Expect, expect};
use rikaste_plugin::image::Tone;

use super::*;

fn rendition(fit: Fit, width: u32, height: u32, enlarge: bool) -> Rendition {
    let side = |side: u32| (side > 0).then_some(side);
    Rendition {
        width: side(width),
        height: side(height),
        fit,
        background: None,
        tone: Tone::Color,
        enlarge,
    }
}

/// In the picture's pixels: what is shown, how large, and where on what.
fn check(size: (usize, usize), wanted: &Rendition, focus: (u16, u16), expected: &Expect) {
    let shown = match RenditionPlan::new(wanted, size, Point { x: focus.0, y: focus.1 }) {
        Err(error) => error.to_string(),
        Ok(plan) => {
            let RelativeArea { left, top, width, height } = plan.area;
            let canvas = plan.canvas.map_or(String::new(), |canvas| {
                format!(" at {},{} of {}×{}", canvas.left, canvas.top, canvas.width, canvas.height)
            });
            format!(
                "{:.1}×{:.1} from {:.1},{:.1} → {}×{}{canvas}",
                width * size.0 as f64,
                height * size.1 as f64,
                left * size.0 as f64,
                top * size.1 as f64,
                plan.width,
                plan.height
            )
        }
    };
    expected.assert_eq(&shown);
}

#[test]
fn inside() {
    let check = |size, across, down, enlarge, expected| {
        check(size, &rendition(Fit::Inside, across, down, enlarge), (500, 500), expected);
    };
    check((3000, 2000), 800, 800, false, &expect!["3000.0×2000.0 from 0.0,0.0 → 800×533"]);
    check((3000, 2000), 0, 500, false, &expect!["3000.0×2000.0 from 0.0,0.0 → 750×500"]);
    check((3000, 2000), 0, 0, true, &expect!["3000.0×2000.0 from 0.0,0.0 → 3000×2000"]);
    check((300, 200), 800, 800, false, &expect!["300.0×200.0 from 0.0,0.0 → 300×200"]);
    check((300, 200), 800, 800, true, &expect!["300.0×200.0 from 0.0,0.0 → 800×533"]);
    check((9000, 1), 90, 90, false, &expect!["9000.0×1.0 from 0.0,0.0 → 90×1"]);
}

/// The host reckons with it.
#[test]
fn halves_are_rounded_up() {
    let check = |size, across, down, expected| {
        check(size, &rendition(Fit::Inside, across, down, true), (500, 500), expected);
    };
    check((200, 25), 100, 0, &expect!["200.0×25.0 from 0.0,0.0 → 100×13"]);
    check((200, 27), 100, 100, &expect!["200.0×27.0 from 0.0,0.0 → 100×14"]);
    check((3000, 7), 300, 300, &expect!["3000.0×7.0 from 0.0,0.0 → 300×1"]);
}

#[test]
fn pad() {
    let check = |size, across, down, enlarge, expected| {
        check(size, &rendition(Fit::Pad, across, down, enlarge), (500, 500), expected);
    };
    check(
        (3000, 2000),
        1500,
        1500,
        false,
        &expect!["3000.0×2000.0 from 0.0,0.0 → 1500×1000 at 0,250 of 1500×1500"],
    );
    check(
        (300, 200),
        1500,
        1500,
        false,
        &expect!["300.0×200.0 from 0.0,0.0 → 300×200 at 600,650 of 1500×1500"],
    );
    check(
        (300, 200),
        1500,
        1500,
        true,
        &expect!["300.0×200.0 from 0.0,0.0 → 1500×1000 at 0,250 of 1500×1500"],
    );
    check((3000, 3000), 1500, 1500, false, &expect!["3000.0×3000.0 from 0.0,0.0 → 1500×1500"]);
    check(
        (300, 200),
        1500,
        0,
        true,
        &expect![
            "A picture that is wanted cannot be: to be padded or cropped, it needs a width and a height; change the rendition"
        ],
    );
}

#[test]
fn crop_keeps_the_focal_point() {
    let check = |size, across, down, enlarge, focus, expected| {
        check(size, &rendition(Fit::Crop, across, down, enlarge), focus, expected);
    };
    let middle = (500, 500);
    check(
        (3000, 2000),
        400,
        400,
        false,
        middle,
        &expect!["2000.0×2000.0 from 500.0,0.0 → 400×400"],
    );
    check(
        (3000, 2000),
        400,
        400,
        false,
        (600, 0),
        &expect!["2000.0×2000.0 from 800.0,0.0 → 400×400"],
    );
    check((3000, 2000), 400, 400, false, (0, 0), &expect!["2000.0×2000.0 from 0.0,0.0 → 400×400"]);
    check(
        (3000, 2000),
        400,
        400,
        false,
        (1000, 0),
        &expect!["2000.0×2000.0 from 1000.0,0.0 → 400×400"],
    );
    check((300, 200), 1080, 1920, false, middle, &expect!["112.5×200.0 from 94.0,0.0 → 113×200"]);
    check((300, 200), 1080, 1920, true, middle, &expect!["112.5×200.0 from 93.8,0.0 → 1080×1920"]);
    check((3000, 300), 500, 500, false, middle, &expect!["300.0×300.0 from 1350.0,0.0 → 300×300"]);
}

#[test]
fn sides_without_pixels_are_refused() {
    check(
        (30, 20),
        &rendition(Fit::Inside, 70_000, 0, true),
        (0, 0),
        &expect![
            "A picture that is wanted cannot be: its sides are to be 1 to 8,192 pixels; change the rendition"
        ],
    );
}
