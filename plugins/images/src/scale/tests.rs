use proptest::prelude::*;

use super::kernel::{BLOCK, LANES, mix_rows, sum_columns};
use super::*;
use crate::light::FULL;

fn grey(width: usize, height: usize, light: impl Fn(usize, usize) -> i16) -> LightImage {
    let data = (0..width * height).map(|at| light(at % width, at / width)).collect();
    LightImage { width, height, model: ColorModel::Grey, alpha: false, data }
}

fn scaled(source: &LightImage, width: usize, height: usize) -> LightImage {
    let all = SourceRegion {
        left: 0.0,
        top: 0.0,
        width: source.width as f64,
        height: source.height as f64,
    };
    scale_region(
        source,
        all,
        ChannelLayout { model: source.model, alpha: source.alpha },
        width,
        height,
    )
}

#[test]
fn the_same_size_is_the_same_picture() {
    let source = grey(37, 23, |x, y| (x * 811 + y * 97) as i16 % FULL);
    assert_eq!(scaled(&source, 37, 23).data, source.data);
}

#[test]
fn one_colour_stays_as_it_is() {
    for (width, height) in [(1, 1), (7, 90), (200, 3), (64, 48)] {
        let source = grey(64, 48, |_, _| 12_345);
        assert!(scaled(&source, width, height).data.iter().all(|light| *light == 12_345));
    }
}

/// Black and white lines at the limit of the pixels become the mean of their light, not of their
/// numbers.
#[test]
fn light_is_what_is_averaged() {
    let source = grey(256, 256, |x, _| if x % 2 == 0 { FULL } else { 0 });
    let middle = scaled(&source, 32, 32).data[16 * 32 + 16];
    assert!(middle.abs_diff(FULL / 2) < 40, "{middle}");
    let code = crate::light::srgb8_codes()[middle as usize];
    assert_eq!(code, 188);
}

/// A slope is scaled to the same slope.
#[test]
fn nothing_moves() {
    let source = grey(300, 10, |x, _| (x * 100) as i16);
    for width in [450, 150, 100, 37] {
        let scaled = scaled(&source, width, 10);
        let step = 300.0 / width as f64;
        for x in width / 5..width * 4 / 5 {
            let expected = ((x as f64 + 0.5) * step - 0.5) * 100.0;
            let light = f64::from(scaled.data[5 * width + x]);
            assert!((light - expected).abs() < 6.0, "{x} of {width}: {light}, not {expected}");
        }
    }
}

#[test]
fn a_part_is_what_is_in_it() {
    let source = grey(100, 100, |x, y| if x >= 50 && y >= 50 { 20_000 } else { 100 });
    let part = SourceRegion { left: 60.0, top: 60.0, width: 30.0, height: 30.0 };
    let made = scale_region(
        &source,
        part,
        ChannelLayout { model: ColorModel::Grey, alpha: false },
        15,
        15,
    );
    assert!(made.data.iter().all(|light| *light == 20_000));
}

proptest! {
    /// Any size from any size, as a plain calculation in floating point has it.
    #[test]
    fn it_is_what_the_formula_says(
        (width, height) in (1_usize..40, 1_usize..40),
        (across, down) in (1_usize..60, 1_usize..60),
        seed in 0_usize..1000,
    ) {
        let source = grey(width, height, |x, y| ((x * 7919 + y * 104_729 + seed * 31) % 20_000) as i16 + 5_000);
        let made = scaled(&source, across, down);
        let line = |y: usize, x: usize| f64::from(source.data[y * width + x]);
        for y in 0..down {
            for x in 0..across {
                let columns = exact(width, across, x);
                let lines = exact(height, down, y);
                let mut sum = 0.0;
                for (row, down) in &lines {
                    sum += down * columns.iter().map(|(at, across)| across * line(*row, *at)).sum::<f64>();
                }
                let light = f64::from(made.data[y * across + x]);
                let expected = sum.clamp(0.0, f64::from(FULL));
                prop_assert!((light - expected).abs() < 24.0, "{x},{y}: {light}, not {expected}");
            }
        }
    }

    #[test]
    fn the_loops_do_what_they_say(
        rows in proptest::collection::vec(proptest::collection::vec(0_i16..=FULL, BLOCK * 3), 1..9),
        weights in proptest::collection::vec(-3000_i16..=6000, 9),
    ) {
        let weights = &weights[..rows.len()];
        let mut out = vec![0; BLOCK * 3];
        mix_rows(&rows.iter().map(Vec::as_slice).collect::<Vec<_>>(), weights, &mut out);
        let rounded = |sum: i64| ((sum + (1 << 13)) >> 14).clamp(0, i64::from(FULL)) as i16;
        for (column, made) in out.iter().enumerate() {
            let sum = rows.iter().zip(weights).map(|(r, w)| i64::from(r[column]) * i64::from(*w)).sum();
            prop_assert_eq!(*made, rounded(sum));
        }
        let light = &rows[0][..LANES];
        let few: Vec<i16> = weights.iter().copied().chain([0; LANES]).take(LANES).collect();
        let sum = light.iter().zip(&few).map(|(l, w)| i64::from(*l) * i64::from(*w)).sum();
        let none = [0; LANES];
        let made = sum_columns([light, light, &none, light], &[few.as_slice(), &none, &few, &few].concat());
        prop_assert_eq!(made, [rounded(sum), 0, 0, rounded(sum)]);
    }
}

/// Lanczos' kernel once more, without integers.
fn exact(source: usize, count: usize, pixel: usize) -> Vec<(usize, f64)> {
    let step = source as f64 / count as f64;
    let stretch = step.max(1.0);
    let center = (pixel as f64 + 0.5) * step;
    let sinc = |x: f64| {
        let x = x * std::f64::consts::PI;
        if x.abs() < 1e-9 { 1.0 } else { x.sin() / x }
    };
    let all: Vec<(usize, f64)> = (0..source)
        .map(|at| (at, (at as f64 + 0.5 - center) / stretch))
        .filter(|(_, x)| x.abs() < 3.0)
        .map(|(at, x)| (at, sinc(x) * sinc(x / 3.0)))
        .collect();
    let sum: f64 = all.iter().map(|(_, weight)| weight).sum();
    all.into_iter().map(|(at, weight)| (at, weight / sum)).collect()
}
