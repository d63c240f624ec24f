//! What a picture is coloured in.
//!
//! Pixels are gathered around means (k-means) in Oklab (Ottosson, 2020), where colours that look
//! alike are near each other. The first means are pixels far from each other, so there is no chance
//! in it; means that end up near each other are one colour.

use rikaste_plugin::image::{Color, Swatch};

use super::Small;
use crate::light::{FULL, codes8, curve8};

/// Means to begin with.
const MEANS: usize = 8;

const ROUNDS: usize = 12;

/// Colours that are named.
const MOST: usize = 5;

/// Colours this near are one.
const NEAR: f32 = 0.09;

/// In thousandths; a smaller share is an edge or a speck.
const SMALLEST: u16 = 10;

/// About so many pixels are looked at.
const PIXELS: usize = 4096;

type Lab = [f32; 3];

struct Cluster {
    mean: Lab,
    count: u32,
}

pub(super) fn of(small: &Small) -> Vec<Swatch> {
    let step = (small.pixels.len() / PIXELS).max(1);
    let looked = small.pixels.iter().step_by(step);
    let all = looked.clone().count() as f32;
    // What is seen through has no colour.
    let labs: Vec<Lab> =
        looked.filter(|pixel| pixel[3] >= 128).map(|[r, g, b, _]| lab([*r, *g, *b])).collect();
    let mut clusters = merged(gathered(&labs));
    clusters.sort_by_key(|cluster| std::cmp::Reverse(cluster.count));
    clusters
        .iter()
        .map(|cluster| Swatch {
            color: color(cluster.mean),
            share: (cluster.count as f32 / all * 1000.0).round() as u16,
        })
        .filter(|swatch| swatch.share >= SMALLEST)
        .take(MOST)
        .collect()
}

/// k-means.
fn gathered(labs: &[Lab]) -> Vec<Cluster> {
    let mut means = first_means(labs);
    let mut clusters = Vec::new();
    for _ in 0..ROUNDS {
        let mut sums = vec![([0.0_f32; 3], 0_u32); means.len()];
        for lab in labs {
            let (sum, count) = &mut sums[nearest(&means, lab)];
            sum.iter_mut().zip(lab).for_each(|(sum, value)| *sum += value);
            *count += 1;
        }
        clusters = sums
            .into_iter()
            .filter(|(_, count)| *count > 0)
            .map(|(sum, count)| Cluster { mean: sum.map(|sum| sum / count as f32), count })
            .collect();
        let moved: Vec<Lab> = clusters.iter().map(|cluster: &Cluster| cluster.mean).collect();
        if moved == means {
            break;
        }
        means = moved;
    }
    clusters
}

/// The first pixel, and again and again the one that is farthest from all that are chosen.
fn first_means(labs: &[Lab]) -> Vec<Lab> {
    let mut means: Vec<Lab> = labs.first().copied().into_iter().collect();
    let mut far: Vec<f32> = vec![f32::INFINITY; labs.len()];
    while let (Some(last), true) = (means.last().copied(), means.len() < MEANS) {
        let mut farthest = (0, 0.0);
        for (index, (lab, far)) in labs.iter().zip(&mut far).enumerate() {
            *far = far.min(distance(&last, lab));
            if *far > farthest.1 {
                farthest = (index, *far);
            }
        }
        if farthest.1 <= 0.0 {
            break;
        }
        means.push(labs[farthest.0]);
    }
    means
}

fn nearest(means: &[Lab], lab: &Lab) -> usize {
    let mut best = (0, f32::INFINITY);
    for (index, mean) in means.iter().enumerate() {
        let distance = distance(mean, lab);
        if distance < best.1 {
            best = (index, distance);
        }
    }
    best.0
}

/// Squared.
fn distance(a: &Lab, b: &Lab) -> f32 {
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum()
}

/// Puts clusters that are near each other together, the nearest first.
fn merged(mut clusters: Vec<Cluster>) -> Vec<Cluster> {
    loop {
        let mut pair = (0, 0, NEAR * NEAR);
        for (a, one) in clusters.iter().enumerate() {
            for (b, other) in clusters.iter().enumerate().skip(a + 1) {
                let distance = distance(&one.mean, &other.mean);
                if distance < pair.2 {
                    pair = (a, b, distance);
                }
            }
        }
        if pair.1 == 0 {
            return clusters;
        }
        let other = clusters.swap_remove(pair.1);
        let one = &mut clusters[pair.0];
        let (m, n) = (one.count as f32, other.count as f32);
        one.mean.iter_mut().zip(other.mean).for_each(|(a, b)| *a = (*a * m + b * n) / (m + n));
        one.count += other.count;
    }
}

fn lab(color: [u8; 3]) -> Lab {
    let [r, g, b] = color.map(|code| f32::from(curve8()[usize::from(code)]) / f32::from(FULL));
    let l = (0.412_221_47 * r + 0.536_332_54 * g + 0.051_445_99 * b).cbrt();
    let m = (0.211_903_5 * r + 0.680_699_5 * g + 0.107_396_96 * b).cbrt();
    let s = (0.088_302_46 * r + 0.281_718_84 * g + 0.629_978_7 * b).cbrt();
    [
        0.210_454_26 * l + 0.793_617_8 * m - 0.004_072_047 * s,
        1.977_998_5 * l - 2.428_592_2 * m + 0.450_593_7 * s,
        0.025_904_037 * l + 0.782_771_77 * m - 0.808_675_77 * s,
    ]
}

fn color([lightness, a, b]: Lab) -> Color {
    let l = lightness + 0.396_337_78 * a + 0.215_803_76 * b;
    let m = lightness - 0.105_561_346 * a - 0.063_854_17 * b;
    let s = lightness - 0.089_484_18 * a - 1.291_485_5 * b;
    let (l, m, s) = (l * l * l, m * m * m, s * s * s);
    let code = |light: f32| codes8()[(light.clamp(0.0, 1.0) * f32::from(FULL)).round() as usize];
    Color {
        red: code(4.076_741_7 * l - 3.307_711_6 * m + 0.230_969_94 * s),
        green: code(-1.268_438 * l + 2.609_757_4 * m - 0.341_319_38 * s),
        blue: code(-0.004_196_086_3 * l - 0.703_418_6 * m + 1.707_614_7 * s),
    }
}
