//! The two loops in which nearly all the time of scaling goes.
//!
//! In WebAssembly they use the instruction that multiplies eight pairs of sixteen bits and adds
//! neighbours; compilers do not find it by themselves. Elsewhere they are plain loops. Sums never
//! wrap: the weights' amounts add up to less than twice their one, and twice 15 and 14 bits are 30.

/// Of a weight's fraction.
pub(crate) const BITS: u32 = 14;

/// Weights are stored in groups of this many.
pub(crate) const LANES: usize = 8;

/// Rows are as long as a multiple of this.
pub(crate) const BLOCK: usize = 16;

const HALF: i32 = 1 << (BITS - 1);

#[cfg(not(all(target_family = "wasm", target_feature = "simd128")))]
pub(crate) use plain::{add, mix};

#[cfg(all(target_family = "wasm", target_feature = "simd128"))]
pub(crate) use simd::{add, mix};

#[cfg(not(all(target_family = "wasm", target_feature = "simd128")))]
mod plain {
    use super::{BITS, BLOCK, HALF, LANES};

    fn rounded(sum: i32) -> i16 {
        (sum.wrapping_add(HALF) >> BITS).clamp(0, i32::from(i16::MAX)) as i16
    }

    /// Adds up rows by their weights, column by column.
    pub(crate) fn mix(rows: &[&[i16]], weights: &[i16], out: &mut [i16]) {
        for (block, out) in out.as_chunks_mut::<BLOCK>().0.iter_mut().enumerate() {
            let mut sums = [0_i32; BLOCK];
            for (row, weight) in rows.iter().zip(weights) {
                let weight = i32::from(*weight);
                let light = &row.as_chunks::<BLOCK>().0[block];
                for (sum, light) in sums.iter_mut().zip(light) {
                    *sum = sum.wrapping_add(i32::from(*light).wrapping_mul(weight));
                }
            }
            *out = sums.map(rounded);
        }
    }

    /// Adds up neighbours by their weights, for four pixels at once; of weights come eight of
    /// each, and the next eight.
    pub(crate) fn add(light: [&[i16]; 4], weights: &[i16]) -> [i16; 4] {
        let weights = weights.as_chunks::<LANES>().0;
        std::array::from_fn(|pixel| {
            let light = light[pixel].as_chunks::<LANES>().0;
            let mut sums = [0_i32; LANES];
            for (light, weights) in light.iter().zip(weights.iter().skip(pixel).step_by(4)) {
                for ((sum, light), weight) in sums.iter_mut().zip(light).zip(weights) {
                    *sum = sum.wrapping_add(i32::from(*light).wrapping_mul(i32::from(*weight)));
                }
            }
            rounded(sums.iter().fold(0, |all, sum| all.wrapping_add(*sum)))
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

    /// The compiler makes one load of this.
    #[inline(always)]
    fn load(from: &[i16; LANES]) -> v128 {
        i16x8(from[0], from[1], from[2], from[3], from[4], from[5], from[6], from[7])
    }

    /// And one store of this.
    #[inline(always)]
    fn store(low: v128, high: v128, to: &mut [i16; LANES]) {
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
    fn block(row: &[i16], at: usize) -> (v128, v128) {
        let block = &row.as_chunks::<BLOCK>().0[at];
        let (halves, _) = block.as_chunks::<LANES>();
        (load(&halves[0]), load(&halves[1]))
    }

    /// Adds products of one row's eight columns and of another's to their sums.
    #[inline(always)]
    fn pair(sums: &mut [v128; 2], first: v128, second: v128, weights: v128) {
        let low = i16x8_shuffle::<0, 8, 1, 9, 2, 10, 3, 11>(first, second);
        let high = i16x8_shuffle::<4, 12, 5, 13, 6, 14, 7, 15>(first, second);
        sums[0] = i32x4_add(sums[0], i32x4_dot_i16x8(low, weights));
        sums[1] = i32x4_add(sums[1], i32x4_dot_i16x8(high, weights));
    }

    fn both(first: i16, second: i16) -> v128 {
        i32x4_splat(i32::from(second) << 16 | i32::from(first as u16))
    }

    /// Adds up rows by their weights, column by column.
    pub(crate) fn mix(rows: &[&[i16]], weights: &[i16], out: &mut [i16]) {
        let (row_pairs, last_row) = rows.as_chunks::<2>();
        let (weight_pairs, last_weight) = weights.as_chunks::<2>();
        let zero = i16x8_splat(0);
        for (at, out) in out.as_chunks_mut::<BLOCK>().0.iter_mut().enumerate() {
            let (mut left, mut right) = ([i32x4_splat(HALF); 2], [i32x4_splat(HALF); 2]);
            for (rows, weights) in row_pairs.iter().zip(weight_pairs) {
                let weights = both(weights[0], weights[1]);
                let (a, b) = (block(rows[0], at), block(rows[1], at));
                pair(&mut left, a.0, b.0, weights);
                pair(&mut right, a.1, b.1, weights);
            }
            if let ([row], [weight]) = (last_row, last_weight) {
                let weights = both(*weight, 0);
                let a = block(row, at);
                pair(&mut left, a.0, zero, weights);
                pair(&mut right, a.1, zero, weights);
            }
            let (halves, _) = out.as_chunks_mut::<LANES>();
            store(left[0], left[1], &mut halves[0]);
            store(right[0], right[1], &mut halves[1]);
        }
    }

    /// Adds up neighbours by their weights, for four pixels at once; of weights come eight of
    /// each, and the next eight.
    #[inline(always)]
    pub(crate) fn add(light: [&[i16]; 4], weights: &[i16]) -> [i16; 4] {
        let [a, b, c, d] = light.map(|light| light.as_chunks::<LANES>().0);
        let (weights, _) = weights.as_chunks::<LANES>().0.as_chunks::<4>();
        let mut sums = [i32x4_splat(0); 4];
        for ((((a, b), c), d), weights) in a.iter().zip(b).zip(c).zip(d).zip(weights) {
            sums[0] = i32x4_add(sums[0], i32x4_dot_i16x8(load(a), load(&weights[0])));
            sums[1] = i32x4_add(sums[1], i32x4_dot_i16x8(load(b), load(&weights[1])));
            sums[2] = i32x4_add(sums[2], i32x4_dot_i16x8(load(c), load(&weights[2])));
            sums[3] = i32x4_add(sums[3], i32x4_dot_i16x8(load(d), load(&weights[3])));
        }
        let sums = halved(halved(sums[0], sums[1]), halved(sums[2], sums[3]));
        let sums = i32x4_shr(i32x4_add(sums, i32x4_splat(HALF)), BITS);
        let sums = i16x8_max(i16x8_narrow_i32x4(sums, sums), i16x8_splat(0));
        [lane::<0>(sums), lane::<1>(sums), lane::<2>(sums), lane::<3>(sums)]
    }

    /// Adds up neighbouring sums of two fours: two sums of each.
    #[inline(always)]
    fn halved(first: v128, second: v128) -> v128 {
        i32x4_add(
            i32x4_shuffle::<0, 2, 4, 6>(first, second),
            i32x4_shuffle::<1, 3, 5, 7>(first, second),
        )
    }
}
