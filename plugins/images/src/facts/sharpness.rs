//! Measures how sharp the edges of a photo are.
//!
//! At the sharpest possible edge, the second difference equals the height of the edge. A Gaussian
//! blur of width s divides it by about 4.13 s². The root of their ratio therefore falls with 1/s.
//! It depends neither on the contrast of edges nor on their number or on the size of the photo.
//! Only the strongest edges count, because weak ones contain noise.

use super::sample_patches::SamplePatch;
use super::{SamplePatches, thumbnail};

/// The length of the examined window along a row or column.
const WINDOW: usize = 9;

/// The least height of an edge.
const EDGE: u8 = 24;

/// The least number of edges.
const FEWEST: u32 = 24;

/// The strongest edges are this fraction of all.
const SHARE: u32 = 10;

pub(super) fn measure_sharpness(patches: &SamplePatches) -> u16 {
    let mut edges = EdgeHistogram { counts: [0; 256], sums: [0.0; 256] };
    for patch in &patches.patches {
        edges.add_patch(patch);
    }
    edges.mean_sharpness()
}

/// Edges by their height.
struct EdgeHistogram {
    counts: [u32; 256],
    sums: [f64; 256],
}

impl EdgeHistogram {
    fn add_patch(&mut self, patch: &SamplePatch) {
        let luma: Vec<u8> =
            patch.pixels.iter().map(|pixel| thumbnail::color_luma(*pixel)).collect();
        let mut line = Vec::new();
        for row in luma.chunks_exact(patch.width) {
            self.add_line(row);
        }
        for x in 0..patch.width {
            line.clear();
            line.extend(luma.iter().skip(x).step_by(patch.width).take(patch.height));
            self.add_line(&line);
        }
    }

    fn add_line(&mut self, line: &[u8]) {
        for window in line.windows(WINDOW).step_by(2) {
            let (low, high) =
                window.iter().fold((u8::MAX, 0), |(low, high), l| (low.min(*l), high.max(*l)));
            let height = high - low;
            if height < EDGE {
                continue;
            }
            let bend = window
                .windows(3)
                .map(|w| (2 * i32::from(w[1]) - i32::from(w[0]) - i32::from(w[2])).abs())
                .max()
                .unwrap_or(0);
            self.counts[usize::from(height)] += 1;
            self.sums[usize::from(height)] += (f64::from(bend) / f64::from(height)).min(1.0).sqrt();
        }
    }

    fn mean_sharpness(&self) -> u16 {
        let all: u32 = self.counts.iter().sum();
        if all < FEWEST {
            return 0;
        }
        let enough = (all / SHARE).max(FEWEST);
        let (mut count, mut sum) = (0, 0.0);
        for (edges, roots) in self.counts.iter().zip(self.sums).rev() {
            count += edges;
            sum += roots;
            if count >= enough {
                break;
            }
        }
        (sum / f64::from(count) * 1000.0).round() as u16
    }
}
