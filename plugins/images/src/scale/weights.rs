//! How much each source pixel adds to a scaled one, along one side.

use super::kernel;

/// The weights of a scaled pixel add up to this.
pub(crate) const ONE: i32 = 1 << kernel::BITS;

/// Lobes of the kernel on each side.
const LOBES: f64 = 3.0;

/// The weights of rows that are combined, row by row.
pub(crate) struct Lines(Vec<Row>);

impl Lines {
    /// From the `size` source rows beginning at `start` to `count`, out of `source` that there are.
    pub(crate) fn new(source: usize, start: f64, size: f64, count: usize) -> Self {
        Self(rows(source, start, size, count))
    }

    /// The most source rows of a scaled one.
    pub(crate) fn most(&self) -> usize {
        self.0.iter().map(|row| row.weights.len()).max().unwrap_or(1)
    }

    /// Where the source of a scaled row begins, and its weights.
    pub(crate) fn of(&self, line: usize) -> (usize, &[i16]) {
        let Row { start, weights } = &self.0[line];
        (*start, weights)
    }
}

/// The weights along a row, of four scaled pixels at once.
pub(crate) struct Columns {
    /// Where the sources of the four begin, and how many of them there are.
    fours: Vec<([usize; 4], usize)>,
    /// Of one four after the other: eight weights of each pixel, then the next eight.
    weights: Vec<i16>,
    /// Weights of each pixel, filled up with zeros to whole vectors.
    padded: usize,
}

impl Columns {
    /// From the `size` source pixels beginning at `start` to `count`, out of `source` that there are.
    pub(crate) fn new(source: usize, start: f64, size: f64, count: usize) -> Self {
        let rows = rows(source, start, size, count);
        let most = rows.iter().map(|row| row.weights.len()).max().unwrap_or(1);
        let padded = most.next_multiple_of(kernel::LANES);
        let mut weights = vec![0; padded * 4 * count.div_ceil(4)];
        let mut fours = Vec::with_capacity(count.div_ceil(4));
        for (four, to) in rows.chunks(4).zip(weights.chunks_exact_mut(padded * 4)) {
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
        Self { fours, weights, padded }
    }

    /// As many zeros are to follow a row.
    pub(crate) fn padded(&self) -> usize {
        self.padded
    }

    /// Scales a row.
    pub(crate) fn apply(&self, row: &[i16], out: &mut [i16]) {
        let weights = self.weights.chunks_exact(self.padded * 4);
        for (((starts, count), weights), out) in
            self.fours.iter().zip(weights).zip(out.chunks_mut(4))
        {
            let light = starts.map(|start| &row[start..][..self.padded]);
            let sums = kernel::add(light, weights);
            match out.first_chunk_mut() {
                Some(out) => *out = sums,
                None => out.copy_from_slice(&sums[..*count]),
            }
        }
    }
}

/// For each scaled pixel the weights of its source.
fn rows(source: usize, start: f64, size: f64, count: usize) -> Vec<Row> {
    let step = size / count as f64;
    let stretch = step.max(1.0);
    let reach = LOBES * stretch;
    let mut rows: Vec<Row> = Vec::with_capacity(count);
    for pixel in 0..count {
        let center = start + (pixel as f64 + 0.5) * step;
        let first = ((center - reach).floor().max(0.0) as usize).min(source - 1);
        let last = ((center + reach).ceil().max(1.0) as usize).clamp(first + 1, source);
        rows.push(Row::new(first, |at| lanczos((at as f64 + 0.5 - center) / stretch), last));
    }
    put_in_order(&mut rows);
    rows
}

/// The weights of one scaled pixel.
struct Row {
    start: usize,
    weights: Vec<i16>,
}

impl Row {
    /// Integer weights that add up to one, without zeros at the ends.
    fn new(first: usize, weight: impl Fn(usize) -> f64, last: usize) -> Self {
        let exact: Vec<f64> = (first..last).map(weight).collect();
        let sum: f64 = exact.iter().sum();
        let mut weights: Vec<i32> =
            exact.iter().map(|weight| (weight / sum * f64::from(ONE)).round() as i32).collect();
        // Rounding leaves a few units; in the heaviest they are least seen.
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

/// Fills rows up with zeros so that neither begins nor ends ever go back: rows of a picture are
/// read once and let go.
fn put_in_order(rows: &mut [Row]) {
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

fn lanczos(x: f64) -> f64 {
    if x.abs() < 1e-9 {
        return 1.0;
    }
    if x.abs() >= LOBES {
        return 0.0;
    }
    let angle = std::f64::consts::PI * x;
    LOBES * angle.sin() * (angle / LOBES).sin() / (angle * angle)
}
