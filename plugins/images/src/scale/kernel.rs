//! The two inner loops of scaling.
//!
//! In WebAssembly they use `i32x4.dot_i16x8_s`, which compilers do not select themselves. On other
//! targets they are plain loops. Sums do not overflow: absolute weights sum to less than two, and
//! values and weights have 15 and 14 bits.

/// Fraction bits of a weight.
pub(crate) const BITS: u32 = 14;

/// Weights are stored in groups of this size.
pub(crate) const LANES: usize = 8;

/// The length of a row is a multiple of this.
pub(crate) const BLOCK: usize = 16;

const HALF: i32 = 1 << (BITS - 1);

#[cfg(not(all(target_family = "wasm", target_feature = "simd128")))]
pub(crate) use plain::{mix_rows, sum_columns};

#[cfg(all(target_family = "wasm", target_feature = "simd128"))]
pub(crate) use simd::{mix_rows, sum_columns};

#[cfg(not(all(target_family = "wasm", target_feature = "simd128")))]
mod plain {
    use super::{BITS, BLOCK, HALF, LANES};

    fn round_sum(sum: i32) -> i16 {
        (sum.wrapping_add(HALF) >> BITS).clamp(0, i32::from(i16::MAX)) as i16
    }

    /// Sums rows by their weights, column by column.
    pub(crate) fn mix_rows(rows: &[&[i16]], weights: &[i16], out: &mut [i16]) {
        for (block, out) in out.as_chunks_mut::<BLOCK>().0.iter_mut().enumerate() {
            let mut sums = [0_i32; BLOCK];
            for (row, weight) in rows.iter().zip(weights) {
                let weight = i32::from(*weight);
                let light = &row.as_chunks::<BLOCK>().0[block];
                for (sum, light) in sums.iter_mut().zip(light) {
                    *sum = sum.wrapping_add(i32::from(*light).wrapping_mul(weight));
                }
            }
            *out = sums.map(round_sum);
        }
    }

    /// Sums the columns of four pixels by their weights. Weights alternate between the pixels in
    /// groups of eight.
    pub(crate) fn sum_columns(light: [&[i16]; 4], weights: &[i16]) -> [i16; 4] {
        let weights = weights.as_chunks::<LANES>().0;
        std::array::from_fn(|pixel| {
            let light = light[pixel].as_chunks::<LANES>().0;
            let mut sums = [0_i32; LANES];
            for (light, weights) in light.iter().zip(weights.iter().skip(pixel).step_by(4)) {
                for ((sum, light), weight) in sums.iter_mut().zip(light).zip(weights) {
                    *sum = sum.wrapping_add(i32::from(*light).wrapping_mul(i32::from(*weight)));
                }
            }
            round_sum(sums.iter().fold(0, |all, sum| all.wrapping_add(*sum)))
        })
    }
}

#[cfg(all(target_family = "wasm", target_feature = "simd128"))]
mod simd {
    use std::arch::wasm32::{
        i16x8, i16x8_extract_lane as lane, i16x8_max, i16x8_narrow_i32x4, i16x8_shuffle,
        i16x8_splat, i32x4_add, i32x4_dot_i16x8, i32x4_shr, i32x4_shuffle, i32x4_splat, v128,
    };

    use super::{BITS, BLOCK, HALF, LANES};

    /// Loads eight values. The compiler makes one instruction of it.
    #[inline(always)]
    fn load_lanes(from: &[i16; LANES]) -> v128 {
        i16x8(from[0], from[1], from[2], from[3], from[4], from[5], from[6], from[7])
    }

    /// Stores eight values. The compiler makes one instruction of it.
    #[inline(always)]
    fn store_lanes(low: v128, high: v128, to: &mut [i16; LANES]) {
        let sums = i16x8_narrow_i32x4(i32x4_shr(low, BITS), i32x4_shr(high, BITS));
        let sums = i16x8_max(sums, i16x8_splat(0));
        *to = [
            lane::<0>(sums),
            lane::<1>(sums),
            lane::<2>(sums),
            lane::<3>(sums),
            lane::<4>(sums),
            lane::<5>(sums),
            lane::<6>(sums),
            lane::<7>(sums),
        ];
    }

    #[inline(always)]
    fn load_block(row: &[i16], at: usize) -> (v128, v128) {
        let block = &row.as_chunks::<BLOCK>().0[at];
        let (halves, _) = block.as_chunks::<LANES>();
        (load_lanes(&halves[0]), load_lanes(&halves[1]))
    }

    /// Adds the weighted columns of two rows to their sums.
    #[inline(always)]
    fn add_pair(sums: &mut [v128; 2], first: v128, second: v128, weights: v128) {
        let low = i16x8_shuffle::<0, 8, 1, 9, 2, 10, 3, 11>(first, second);
        let high = i16x8_shuffle::<4, 12, 5, 13, 6, 14, 7, 15>(first, second);
        sums[0] = i32x4_add(sums[0], i32x4_dot_i16x8(low, weights));
        sums[1] = i32x4_add(sums[1], i32x4_dot_i16x8(high, weights));
    }

    fn splat_pair(first: i16, second: i16) -> v128 {
        i32x4_splat(i32::from(second) << 16 | i32::from(first as u16))
    }

    /// Sums rows by their weights, column by column.
    pub(crate) fn mix_rows(rows: &[&[i16]], weights: &[i16], out: &mut [i16]) {
        let (row_pairs, last_row) = rows.as_chunks::<2>();
        let (weight_pairs, last_weight) = weights.as_chunks::<2>();
        let zero = i16x8_splat(0);
        for (at, out) in out.as_chunks_mut::<BLOCK>().0.iter_mut().enumerate() {
            let (mut left, mut right) = ([i32x4_splat(HALF); 2], [i32x4_splat(HALF); 2]);
            for (rows, weights) in row_pairs.iter().zip(weight_pairs) {
                let weights = splat_pair(weights[0], weights[1]);
                let (a, b) = (load_block(rows[0], at), load_block(rows[1], at));
                add_pair(&mut left, a.0, b.0, weights);
                add_pair(&mut right, a.1, b.1, weights);
            }
            if let ([row], [weight]) = (last_row, last_weight) {
                let weights = splat_pair(*weight, 0);
                let a = load_block(row, at);
                add_pair(&mut left, a.0, zero, weights);
                add_pair(&mut right, a.1, zero, weights);
            }
            let (halves, _) = out.as_chunks_mut::<LANES>();
            store_lanes(left[0], left[1], &mut halves[0]);
            store_lanes(right[0], right[1], &mut halves[1]);
        }
    }

    /// Sums the columns of four pixels by their weights. Weights alternate between the pixels in
    /// groups of eight.
    #[inline(always)]
    pub(crate) fn sum_columns(light: [&[i16]; 4], weights: &[i16]) -> [i16; 4] {
        let [a, b, c, d] = light.map(|light| light.as_chunks::<LANES>().0);
        let (weights, _) = weights.as_chunks::<LANES>().0.as_chunks::<4>();
        let mut sums = [i32x4_splat(0); 4];
        for ((((a, b), c), d), weights) in a.iter().zip(b).zip(c).zip(d).zip(weights) {
            sums[0] = i32x4_add(sums[0], i32x4_dot_i16x8(load_lanes(a), load_lanes(&weights[0])));
            sums[1] = i32x4_add(sums[1], i32x4_dot_i16x8(load_lanes(b), load_lanes(&weights[1])));
            sums[2] = i32x4_add(sums[2], i32x4_dot_i16x8(load_lanes(c), load_lanes(&weights[2])));
            sums[3] = i32x4_add(sums[3], i32x4_dot_i16x8(load_lanes(d), load_lanes(&weights[3])));
        }
        let sums = halve_sums(halve_sums(sums[0], sums[1]), halve_sums(sums[2], sums[3]));
        let sums = i32x4_shr(i32x4_add(sums, i32x4_splat(HALF)), BITS);
        let sums = i16x8_max(i16x8_narrow_i32x4(sums, sums), i16x8_splat(0));
        [lane::<0>(sums), lane::<1>(sums), lane::<2>(sums), lane::<3>(sums)]
    }

    /// Adds neighbouring sums of two vectors.
    #[inline(always)]
    fn halve_sums(first: v128, second: v128) -> v128 {
        i32x4_add(
            i32x4_shuffle::<0, 2, 4, 6>(first, second),
            i32x4_shuffle::<1, 3, 5, 7>(first, second),
        )
    }
}
