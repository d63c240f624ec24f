//! Maps high dynamic range (HDR) to standard displays.
//!
//! Dark tones keep their luminance up to about half of white. Brighter tones are compressed along a
//! curve that keeps the hue (ITU-R BT.2390, 5.4.1). Diffuse white becomes slightly darker than
//! white, so that highlights can be brighter.

use moxcms::ColorProfile;

use super::super::DecodeError;
use super::colour::{Cicp, TransferCurve};
use super::raster_builder::RgbRow;
use crate::light::{FULL, srgb16_codes};

/// The luminance of diffuse white in nits (ITU-R BT.2408).
const PAPER: f64 = 203.0;

/// The highest luminance of PQ in nits.
const MOST: f64 = 10_000.0;

/// The peak luminance in nits if the file names none, and of HLG.
const USUAL: f64 = 1000.0;

const STEPS: usize = 4096;

/// Maps PQ or HLG samples to sRGB.
pub(super) struct ToneMapper {
    is_hlg: bool,
    /// The luminance in nits of each PQ sample, or the scene light of each HLG sample.
    light: Vec<f32>,
    /// Factors of light, by the fourth root of the brightest channel.
    gain: Vec<f32>,
    to_srgb: [[f32; 3]; 3],
    codes: &'static [u16],
}

impl ToneMapper {
    /// Returns `None` for images of standard dynamic range.
    pub(super) fn from_cicp(
        cicp: Cicp,
        brightest: Option<u16>,
    ) -> Result<Option<Self>, DecodeError> {
        let (is_hlg, brightest) = match cicp.transfer_curve()? {
            TransferCurve::Usual | TransferCurve::Profile(_) => return Ok(None),
            TransferCurve::Pq => (false, brightest.map_or(USUAL, f64::from).clamp(PAPER, MOST)),
            TransferCurve::Hlg => (true, USUAL),
        };
        let share = |step: usize| step as f64 / (STEPS - 1) as f64;
        let light = if is_hlg { hlg_to_light } else { pq_to_nits };
        let gain = |step: usize| {
            let nits = MOST * share(step).powi(4);
            (if nits > 0.0 { compress_highlights(nits, brightest) / nits } else { 1.0 } / PAPER)
                as f32
        };
        Ok(Some(Self {
            is_hlg,
            light: (0..STEPS).map(|step| light(share(step)) as f32).collect(),
            gain: (0..STEPS).map(gain).collect(),
            to_srgb: srgb_matrix(cicp)?,
            codes: srgb16_codes(),
        }))
    }

    /// Maps a row of samples from 0 to 1. Grey is in green only.
    pub(super) fn map_row(&self, [red, green, blue]: &mut RgbRow, is_grey: bool) {
        if is_grey {
            red.copy_from_slice(green);
            blue.copy_from_slice(green);
        }
        for ((red, green), blue) in red.iter_mut().zip(green).zip(blue) {
            let mut light = [*red, *green, *blue].map(|number| self.light[table_index(number)]);
            if self.is_hlg {
                // The opto-optical transfer function of HLG depends on the luminance of the pixel.
                let [r, g, b] = light;
                let bright = 0.2627 * r + 0.678 * g + 0.0593 * b;
                light = light.map(|light| light * USUAL as f32 * bright.powf(0.2));
            }
            let most = light.into_iter().fold(0.0, f32::max);
            let gain = self.gain[table_index((most / MOST as f32).sqrt().sqrt())];
            let [r, g, b] = light.map(|light| light * gain);
            let code = |[from_red, from_green, from_blue]: [f32; 3]| {
                let light = (from_red * r + from_green * g + from_blue * b).clamp(0.0, 1.0);
                f32::from(self.codes[(light * f32::from(FULL)) as usize]) / f32::from(u16::MAX)
            };
            let [to_red, to_green, to_blue] = self.to_srgb;
            (*red, *green, *blue) = (code(to_red), code(to_green), code(to_blue));
        }
    }
}

fn table_index(share: f32) -> usize {
    ((share.clamp(0.0, 1.0) * (STEPS - 1) as f32) + 0.5) as usize
}

const M1: f64 = 2610.0 / 16384.0;
const M2: f64 = 2523.0 / 4096.0 * 128.0;
const C1: f64 = 3424.0 / 4096.0;
const C2: f64 = 2413.0 / 4096.0 * 32.0;
const C3: f64 = 2392.0 / 4096.0 * 32.0;

/// The EOTF of PQ (ITU-R BT.2100, table 4).
fn pq_to_nits(number: f64) -> f64 {
    let power = number.powf(1.0 / M2);
    MOST * ((power - C1).max(0.0) / (C2 - C3 * power)).powf(1.0 / M1)
}

/// The inverse EOTF of PQ.
fn nits_to_pq(nits: f64) -> f64 {
    let power = (nits / MOST).powf(M1);
    ((C1 + C2 * power) / (1.0 + C3 * power)).powf(M2)
}

/// The inverse OETF of HLG (ITU-R BT.2100, table 5).
fn hlg_to_light(number: f64) -> f64 {
    const A: f64 = 0.178_832_77;
    const B: f64 = 1.0 - 4.0 * A;
    const C: f64 = 0.559_910_73;
    if number <= 0.5 { number * number / 3.0 } else { (((number - C) / A).exp() + B) / 12.0 }
}

/// Compresses luminance so that the peak becomes diffuse white.
fn compress_highlights(nits: f64, brightest: f64) -> f64 {
    let all = nits_to_pq(brightest);
    let (number, most) = ((nits_to_pq(nits) / all).min(1.0), nits_to_pq(PAPER) / all);
    let knee = 1.5 * most - 0.5;
    if number <= knee {
        return nits;
    }
    let t = (number - knee) / (1.0 - knee).max(f64::EPSILON);
    let (t2, t3) = (t * t, t * t * t);
    let number = (2.0 * t3 - 3.0 * t2 + 1.0) * knee
        + (t3 - 2.0 * t2 + t) * (1.0 - knee)
        + (3.0 * t2 - 2.0 * t3) * most;
    pq_to_nits(number * all)
}

/// The matrix from the image's linear RGB to linear sRGB.
fn srgb_matrix(cicp: Cicp) -> Result<[[f32; 3]; 3], DecodeError> {
    let from = cicp.xyz_matrix()?;
    let back = ColorProfile::new_srgb().colorant_matrix().inverse().v;
    Ok(back.map(|row| {
        [0, 1, 2].map(|column| (0..3).map(|at| row[at] * from[at][column]).sum::<f64>() as f32)
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PQ: Cicp = Cicp { primaries: 9, transfer: 16, matrix: 9, is_full: true };

    /// The eight-bit value of a grey pixel with this luminance.
    fn dimmed_code(nits: f64, brightest: Option<u16>) -> u8 {
        let tone_mapper =
            ToneMapper::from_cicp(PQ, brightest).expect("it is known").expect("it is bright");
        let mut row = [0; 3].map(|_| vec![nits_to_pq(nits) as f32]);
        tone_mapper.map_row(&mut row, false);
        assert!((row[0][0] - row[1][0]).abs() < 0.01 && (row[1][0] - row[2][0]).abs() < 0.01);
        (row[1][0] * 255.0).round() as u8
    }

    #[test]
    fn numbers_of_the_standard() {
        for (number, nits) in [(0.0, 0.0), (0.5, 92.25), (0.58, 201.6), (0.75, 983.4), (1.0, 1e4)] {
            assert!((pq_to_nits(number) - nits).abs() < 0.01 * nits + 1e-6, "{number}");
            assert!((nits_to_pq(nits) - number).abs() < 0.002, "{nits}");
        }
        assert!((hlg_to_light(0.5) - 1.0 / 12.0).abs() < 1e-6);
        assert!((hlg_to_light(1.0) - 1.0).abs() < 1e-6);
        assert!((hlg_to_light(0.75) - 0.265).abs() < 0.001);
    }

    #[test]
    fn paper_stays_bright_and_lamps_are_brighter() {
        assert_eq!(dimmed_code(0.0, None), 0);
        // Unchanged: 50 nits are a quarter of diffuse white.
        assert_eq!(dimmed_code(50.0, None), 136);
        let paper = dimmed_code(203.0, None);
        assert!((220..240).contains(&paper), "{paper}");
        assert!(dimmed_code(500.0, None) > paper);
        assert_eq!(dimmed_code(1000.0, None), 255);
        assert_eq!(dimmed_code(4000.0, None), 255);
        // If nothing is brighter than diffuse white, it becomes white.
        assert_eq!(dimmed_code(203.0, Some(203)), 255);
        assert!(dimmed_code(1000.0, Some(4000)) < 255);
    }

    #[test]
    fn white_of_hlg_is_as_white_as_that_of_pq() {
        let hlg = Cicp { transfer: 18, ..PQ };
        let tone_mapper =
            ToneMapper::from_cicp(hlg, None).expect("it is known").expect("it is bright");
        let mut row = [0; 3].map(|_| vec![0.75]);
        tone_mapper.map_row(&mut row, false);
        let paper = f32::from(dimmed_code(203.0, None)) / 255.0;
        assert!((row[1][0] - paper).abs() < 0.01, "{} {paper}", row[1][0]);
    }

    #[test]
    fn the_red_of_bt2020_is_a_red() {
        let tone_mapper =
            ToneMapper::from_cicp(PQ, None).expect("it is known").expect("it is bright");
        let mut row = [vec![nits_to_pq(100.0) as f32], vec![0.0], vec![0.0]];
        tone_mapper.map_row(&mut row, false);
        assert!(row[0][0] > 0.8 && row[1][0] == 0.0 && row[2][0] == 0.0, "{row:?}");
    }
}
