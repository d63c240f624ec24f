//! The dominant colours of a photo.
//!
//! Pixels are clustered by k-means in Oklab (Ottosson, 2020), where the distance of colours follows
//! perception. The first means are chosen far from each other, so the result does not depend on
//! chance. Clusters whose means end near each other are merged.

use rikaste_plugin::image::{Color, Swatch};

use super::FactsThumbnail;
use crate::light::{FULL, srgb8_codes, srgb8_curve};

/// The number of initial means.
const MEANS: usize = 8;

const ROUNDS: usize = 12;

/// The most colours in the result.
const MOST: usize = 5;

/// The distance below which two colours are one.
const NEAR: f32 = 0.09;

/// The smallest share of a colour in thousandths. Less is an edge or a speck.
const SMALLEST: u16 = 10;

/// About how many pixels are examined.
const PIXELS: usize = 4096;

type OklabColor = [f32; 3];

struct ColorCluster {
    mean: OklabColor,
    count: u32,
}

pub(super) fn find_colors(thumbnail: &FactsThumbnail) -> Vec<Swatch> {
    let step = (thumbnail.pixels.len() / PIXELS).max(1);
    let looked = thumbnail.pixels.iter().step_by(step);
    let all = looked.clone().count() as f32;
    // Transparent pixels have no colour.
    let labs: Vec<OklabColor> = looked
        .filter(|pixel| pixel[3] >= 128)
        .map(|[r, g, b, _]| convert_to_oklab([*r, *g, *b]))
        .collect();
    let mut clusters = merge_clusters(cluster_colors(&labs));
    clusters.sort_by_key(|cluster| std::cmp::Reverse(cluster.count));
    clusters
        .iter()
        .map(|cluster| Swatch {
            color: convert_to_srgb(cluster.mean),
            share: (cluster.count as f32 / all * 1000.0).round() as u16,
        })
        .filter(|swatch| swatch.share >= SMALLEST)
        .take(MOST)
        .collect()
}

/// Clusters colours by k-means.
fn cluster_colors(labs: &[OklabColor]) -> Vec<ColorCluster> {
    let mut means = choose_first_means(labs);
    let mut clusters = Vec::new();
    for _ in 0..ROUNDS {
        let mut sums = vec![([0.0_f32; 3], 0_u32); means.len()];
        for lab in labs {
            let (sum, count) = &mut sums[find_nearest(&means, lab)];
            sum.iter_mut().zip(lab).for_each(|(sum, value)| *sum += value);
            *count += 1;
        }
        clusters = sums
            .into_iter()
            .filter(|(_, count)| *count > 0)
            .map(|(sum, count)| ColorCluster { mean: sum.map(|sum| sum / count as f32), count })
            .collect();
        let moved: Vec<OklabColor> =
            clusters.iter().map(|cluster: &ColorCluster| cluster.mean).collect();
        if moved == means {
            break;
        }
        means = moved;
    }
    clusters
}

/// Chooses the first colour, and then always the one farthest from all chosen means.
fn choose_first_means(labs: &[OklabColor]) -> Vec<OklabColor> {
    let mut means: Vec<OklabColor> = labs.first().copied().into_iter().collect();
    let mut far: Vec<f32> = vec![f32::INFINITY; labs.len()];
    while let (Some(last), true) = (means.last().copied(), means.len() < MEANS) {
        let mut farthest = (0, 0.0);
        for (index, (lab, far)) in labs.iter().zip(&mut far).enumerate() {
            *far = far.min(squared_distance(&last, lab));
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

fn find_nearest(means: &[OklabColor], lab: &OklabColor) -> usize {
    let mut best = (0, f32::INFINITY);
    for (index, mean) in means.iter().enumerate() {
        let distance = squared_distance(mean, lab);
        if distance < best.1 {
            best = (index, distance);
        }
    }
    best.0
}

/// The squared Euclidean distance.
fn squared_distance(a: &OklabColor, b: &OklabColor) -> f32 {
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum()
}

/// Merges clusters that are near each other, nearest pairs first.
fn merge_clusters(mut clusters: Vec<ColorCluster>) -> Vec<ColorCluster> {
    loop {
        let mut pair = (0, 0, NEAR * NEAR);
        for (a, one) in clusters.iter().enumerate() {
            for (b, other) in clusters.iter().enumerate().skip(a + 1) {
                let distance = squared_distance(&one.mean, &other.mean);
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

fn convert_to_oklab(color: [u8; 3]) -> OklabColor {
    let [r, g, b] = color.map(|code| f32::from(srgb8_curve()[usize::from(code)]) / f32::from(FULL));
    let l = (0.412_221_47 * r + 0.536_332_54 * g + 0.051_445_99 * b).cbrt();
    let m = (0.211_903_5 * r + 0.680_699_5 * g + 0.107_396_96 * b).cbrt();
    let s = (0.088_302_46 * r + 0.281_718_84 * g + 0.629_978_7 * b).cbrt();
    [
        0.210_454_26 * l + 0.793_617_8 * m - 0.004_072_047 * s,
        1.977_998_5 * l - 2.428_592_2 * m + 0.450_593_7 * s,
        0.025_904_037 * l + 0.782_771_77 * m - 0.808_675_77 * s,
    ]
}

fn convert_to_srgb([lightness, a, b]: OklabColor) -> Color {
    let l = lightness + 0.396_337_78 * a + 0.215_803_76 * b;
    let m = lightness - 0.105_561_346 * a - 0.063_854_17 * b;
    let s = lightness - 0.089_484_18 * a - 1.291_485_5 * b;
    let (l, m, s) = (l * l * l, m * m * m, s * s * s);
    let code =
        |light: f32| srgb8_codes()[(light.clamp(0.0, 1.0) * f32::from(FULL)).round() as usize];
    Color {
        red: code(4.076_741_7 * l - 3.307_711_6 * m + 0.230_969_94 * s),
        green: code(-1.268_438 * l + 2.609_757_4 * m - 0.341_319_38 * s),
        blue: code(-0.004_196_086_3 * l - 0.703_418_6 * m + 1.707_614_7 * s),
    }
}
