//! How sharp the edges of a picture are.
//!
//! Along an edge that is as sharp as pixels can be, the second difference is as large as the edge is
//! high. Blurred with a Gauss function of width s, it is that divided by s² (and 4.13), so the root
//! of this share falls with 1/s. It does not matter how strong the edges are, nor how many there
//! are, nor how large the picture is. The strongest edges count: in the weaker ones is noise.

use super::grains::Square;
use super::{Grains, small};

/// Pixels that are looked at along a row or column.
const WINDOW: usize = 9;

/// An edge is at least this high.
const EDGE: u8 = 24;

/// With fewer there are none.
const FEWEST: u32 = 24;

/// One of so many edges counts.
const SHARE: u32 = 10;

pub(super) fn of(grains: &Grains) -> u16 {
    let mut edges = Edges { counts: [0; 256], sums: [0.0; 256] };
    for square in &grains.squares {
        edges.gather(square);
    }
    edges.sharpness()
}

/// Edges by how high they are.
struct Edges {
    counts: [u32; 256],
    sums: [f64; 256],
}

impl Edges {
    fn gather(&mut self, square: &Square) {
        let luma: Vec<u8> = square.pixels.iter().map(|pixel| small::luma(*pixel)).collect();
        let mut line = Vec::new();
        for row in luma.chunks_exact(square.width) {
            self.along(row);
        }
        for x in 0..square.width {
            line.clear();
            line.extend(luma.iter().skip(x).step_by(square.width).take(square.height));
            self.along(&line);
        }
    }

    fn along(&mut self, line: &[u8]) {
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

    fn sharpness(&self) -> u16 {
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
