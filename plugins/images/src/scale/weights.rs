//! The weights of source pixels along one side.

use super::kernel;

/// The sum of the weights of a scaled pixel.
pub(crate) const ONE: i32 = 1 << kernel::BITS;

/// Lobes of the kernel on each side.
const LOBES: f64 = 3.0;

/// The weights of source rows for each scaled row.
pub(crate) struct RowWeights(Vec<PixelWeights>);

impl RowWeights {
    /// Scales `size` of `source` rows, from `start` on, to `count` rows.
    pub(crate) fn new(source: usize, start: f64, size: f64, count: usize) -> Self {
        Self(pixel_weights(source, start, size, count))
    }

    /// The most source rows that a scaled row needs.
    pub(crate) fn max_rows(&self) -> usize {
        self.0.iter().map(|row| row.weights.len()).max().unwrap_or(1)
    }

    /// The first source row of a scaled row, and the weights from there on.
    pub(crate) fn line_weights(&self, line: usize) -> (usize, &[i16]) {
        let PixelWeights { start, weights } = &self.0[line];
        (*start, weights)
    }
}

/// The weights along a row, for groups of four scaled pixels.
pub(crate) struct ColumnWeights {
    /// The first source pixels of each group, and the number of scaled pixels in it.
    fours: Vec<([usize; 4], usize)>,
    /// The weights of each group: eight of each pixel, then the next eight.
    weights: Vec<i16>,
    /// Weights of a pixel, padded with zeros to whole vectors.
    padding: usize,
}

impl ColumnWeights {
    /// Scales `size` of `source` pixels, from `start` on, to `count` pixels.
    pub(crate) fn new(source: usize, start: f64, size: f64, count: usize) -> Self {
        let rows = pixel_weights(source, start, size, count);
        let most = rows.iter().map(|row| row.weights.len()).max().unwrap_or(1);
        let padding = most.next_multiple_of(kernel::LANES);
        let mut weights = vec![0; padding * 4 * count.div_ceil(4)];
        let mut fours = Vec::with_capacity(count.div_ceil(4));
        for (four, to) in rows.chunks(4).zip(weights.chunks_exact_mut(padding * 4)) {
            let mut starts = [four[0].start; 4];
            for (pixel, row) in four.iter().enumerate() {
                starts[pixel] = row.start;
                let eights = to.chunks_exact_mut(kernel::LANES).skip(pixel).step_by(4);
                for (to, from) in eights.zip(row.weights.chunks(kernel::LANES)) {
                    to[..from.len()].copy_from_slice(from);
                }
            }
            fours.push((starts, four.len()));
        }
        Self { fours, weights, padding }
    }

    /// Zeros that have to follow a row.
    pub(crate) fn padding(&self) -> usize {
        self.padding
    }

    /// Scales one row.
    pub(crate) fn scale_row(&self, row: &[i16], out: &mut [i16]) {
        let weights = self.weights.chunks_exact(self.padding * 4);
        for (((starts, count), weights), out) in
            self.fours.iter().zip(weights).zip(out.chunks_mut(4))
        {
            let light = starts.map(|start| &row[start..][..self.padding]);
            let sums = kernel::sum_columns(light, weights);
            match out.first_chunk_mut() {
                Some(out) => *out = sums,
                None => out.copy_from_slice(&sums[..*count]),
            }
        }
    }
}

/// The weights of each scaled pixel along a side.
fn pixel_weights(source: usize, start: f64, size: f64, count: usize) -> Vec<PixelWeights> {
    let step = size / count as f64;
    let stretch = step.max(1.0);
    let reach = LOBES * stretch;
    let mut rows: Vec<PixelWeights> = Vec::with_capacity(count);
    for pixel in 0..count {
        let center = start + (pixel as f64 + 0.5) * step;
        let first = ((center - reach).floor().max(0.0) as usize).min(source - 1);
        let last = ((center + reach).ceil().max(1.0) as usize).clamp(first + 1, source);
        rows.push(PixelWeights::new(
            first,
            |at| lanczos_kernel((at as f64 + 0.5 - center) / stretch),
            last,
        ));
    }
    align_weights(&mut rows);
    rows
}

/// The weights of one scaled pixel.
struct PixelWeights {
    start: usize,
    weights: Vec<i16>,
}

impl PixelWeights {
    /// Makes integer weights with the exact sum, without zeros at the ends.
    fn new(first: usize, weight: impl Fn(usize) -> f64, last: usize) -> Self {
        let exact: Vec<f64> = (first..last).map(weight).collect();
        let sum: f64 = exact.iter().sum();
        let mut weights: Vec<i32> =
            exact.iter().map(|weight| (weight / sum * f64::from(ONE)).round() as i32).collect();
        // The heaviest weight takes the rounding error, where it matters least.
        let missing = ONE - weights.iter().sum::<i32>();
        if let Some(heaviest) = weights.iter_mut().max_by_key(|weight| **weight) {
            *heaviest += missing;
        }
        let leading = weights.iter().take_while(|weight| **weight == 0).count();
        let trailing = weights.iter().rev().take_while(|weight| **weight == 0).count();
        let kept = &weights[leading..weights.len() - trailing];
        Self { start: first + leading, weights: kept.iter().map(|weight| *weight as i16).collect() }
    }

    fn end(&self) -> usize {
        self.start + self.weights.len()
    }
}

/// Pads weights with zeros so that first and last rows never go back. Each source row is then read
/// once.
fn align_weights(rows: &mut [PixelWeights]) {
    let mut end = 0;
    for row in &mut *rows {
        end = end.max(row.end());
        row.weights.resize(end - row.start, 0);
    }
    let mut start = usize::MAX;
    for row in rows.iter_mut().rev() {
        start = start.min(row.start);
        row.weights.splice(..0, vec![0; row.start - start]);
        row.start = start;
    }
}

fn lanczos_kernel(x: f64) -> f64 {
    if x.abs() < 1e-9 {
        return 1.0;
    }
    if x.abs() >= LOBES {
        return 0.0;
    }
    let angle = std::f64::consts::PI * x;
    LOBES * angle.sin() * (angle / LOBES).sin() / (angle * angle)
}
