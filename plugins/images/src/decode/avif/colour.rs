//! Converts luma and chroma to red, green and blue (ITU-T H.273).

use moxcms::{
    CicpColorPrimaries, CicpProfile, ColorPrimaries, ColorProfile, LocalizableString,
    MatrixCoefficients, ProfileText, TransferCharacteristics,
};

use super::super::DecodeError;
use super::planes::PlanarImage;
use super::sequence::{ChromaSampling, SequenceHeader};

/// Code points of ITU-T H.273 that define the meaning of samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cicp {
    pub(super) primaries: u16,
    pub(super) transfer: u16,
    pub(super) matrix: u16,
    pub(super) is_full: bool,
}

const UNUSUAL: DecodeError = DecodeError::Unsupported("an AVIF with colours of an unusual kind");

/// How light is encoded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum TransferCurve {
    /// The curve of sRGB. Curves of television count as sRGB too, as in browsers. They define
    /// cameras and not displays.
    Usual,
    /// Another curve that a profile can describe.
    Profile(TransferCharacteristics),
    /// PQ of ITU-R BT.2100, in absolute luminance.
    Pq,
    /// HLG of ITU-R BT.2100, in relative luminance.
    Hlg,
}

impl Cicp {
    pub(super) const UNSPECIFIED: Self =
        Self { primaries: 2, transfer: 2, matrix: 2, is_full: false };

    pub(super) fn transfer_curve(&self) -> Result<TransferCurve, DecodeError> {
        Ok(match self.transfer {
            1 | 2 | 6 | 13 | 14 | 15 => TransferCurve::Usual,
            4 => TransferCurve::Profile(TransferCharacteristics::Bt470M),
            5 => TransferCurve::Profile(TransferCharacteristics::Bt470Bg),
            8 => TransferCurve::Profile(TransferCharacteristics::Linear),
            16 => TransferCurve::Pq,
            18 => TransferCurve::Hlg,
            _ => return Err(UNUSUAL),
        })
    }

    fn color_primaries(&self) -> Result<CicpColorPrimaries, DecodeError> {
        // Unspecified primaries are those of sRGB.
        let number = if self.primaries == 2 { 1 } else { self.primaries };
        match u8::try_from(number).map(CicpColorPrimaries::try_from) {
            Ok(Ok(CicpColorPrimaries::Reserved)) | Err(_) | Ok(Err(_)) => Err(UNUSUAL),
            Ok(Ok(primaries)) => Ok(primaries),
        }
    }

    /// The matrix from linear RGB to CIE XYZ.
    pub(super) fn xyz_matrix(self) -> Result<[[f64; 3]; 3], DecodeError> {
        let profile = self.build_profile(TransferCharacteristics::Linear)?;
        Ok(profile.colorant_matrix().v)
    }

    fn build_profile(self, transfer: TransferCharacteristics) -> Result<ColorProfile, DecodeError> {
        Ok(ColorProfile::new_from_cicp(CicpProfile {
            color_primaries: self.color_primaries()?,
            transfer_characteristics: transfer,
            matrix_coefficients: MatrixCoefficients::Identity,
            full_range: true,
        }))
    }

    /// Encodes an ICC profile. Returns `None` if the colours are in sRGB.
    pub(super) fn encode_profile(self) -> Result<Option<Vec<u8>>, DecodeError> {
        let transfer = match self.transfer_curve()? {
            TransferCurve::Profile(transfer) => transfer,
            _ if matches!(self.primaries, 1 | 2) => return Ok(None),
            _ => TransferCharacteristics::Srgb,
        };
        let mut profile = self.build_profile(transfer)?;
        let name = match (self.primaries, self.transfer_curve()?) {
            (12, TransferCurve::Usual) => "Display P3".to_owned(),
            (9, TransferCurve::Usual) => "BT.2020".to_owned(),
            _ => format!("H.273 colours {}, transfer {}", self.primaries, self.transfer),
        };
        let name = LocalizableString::new("en".to_owned(), "US".to_owned(), name);
        profile.description = Some(ProfileText::Localizable(vec![name]));
        profile.encode().map(Some).map_err(|_| UNUSUAL)
    }
}

/// How red, green and blue follow from the planes.
#[derive(Clone, Copy)]
enum ColorMatrix {
    /// A grey image.
    None,
    /// The planes are green, blue and red.
    Identity,
    /// The weights of red and of blue in luma.
    Luma { red: f32, blue: f32 },
    /// The YCgCo transform.
    Turned,
}

impl ColorMatrix {
    fn from_cicp(cicp: Cicp, chroma: ChromaSampling) -> Result<Self, DecodeError> {
        let luma = |red, blue| Ok(Self::Luma { red, blue });
        match cicp.matrix {
            _ if chroma == ChromaSampling::None => Ok(Self::None),
            0 if chroma == ChromaSampling::All => Ok(Self::Identity),
            1 => luma(0.2126, 0.0722),
            4 => luma(0.30, 0.11),
            // Unspecified coefficients are those of JPEG.
            2 | 5 | 6 => luma(0.299, 0.114),
            7 => luma(0.212, 0.087),
            8 => Ok(Self::Turned),
            9 => luma(0.2627, 0.0593),
            12 => {
                let primaries =
                    ColorPrimaries::try_from(cicp.color_primaries()?).map_err(|_| UNUSUAL)?;
                let [_, brightness, _] = primaries.transform_to_xyz_d(moxcms::white_point_d65()).v;
                luma(brightness[0] as f32, brightness[2] as f32)
            }
            _ => Err(UNUSUAL),
        }
    }
}

/// Converts planes to rows of red, green and blue from 0 to 1, or of grey.
pub(super) struct ColorConverter<'a> {
    planes: &'a PlanarImage,
    matrix: ColorMatrix,
    is_left: bool,
    is_top: bool,
    /// The sample of black, and the distance to white.
    luma: (f32, f32),
    /// The sample of neutral chroma, and the range of samples.
    difference: (f32, f32),
    near: Vec<u16>,
    far: Vec<u16>,
}

impl<'a> ColorConverter<'a> {
    pub(super) fn new(
        planes: &'a PlanarImage,
        sequence: &SequenceHeader,
        cicp: Cicp,
    ) -> Result<Self, DecodeError> {
        Ok(Self::with_matrix(planes, sequence, cicp, ColorMatrix::from_cicp(cicp, planes.chroma)?))
    }

    /// Converts luma only.
    pub(super) fn new_grey(planes: &'a PlanarImage, sequence: &SequenceHeader, cicp: Cicp) -> Self {
        Self::with_matrix(planes, sequence, cicp, ColorMatrix::None)
    }

    fn with_matrix(
        planes: &'a PlanarImage,
        sequence: &SequenceHeader,
        cicp: Cicp,
        matrix: ColorMatrix,
    ) -> Self {
        let most = f32::from((1_u16 << planes.bits) - 1);
        let step = f32::from(1_u16 << (planes.bits - 8));
        let (luma, span) = if cicp.is_full {
            ((0.0, most), most)
        } else {
            ((16.0 * step, 219.0 * step), 224.0 * step)
        };
        Self {
            planes,
            matrix,
            is_left: sequence.is_left,
            is_top: sequence.is_top,
            luma,
            difference: (128.0 * step, span),
            near: vec![0; planes.width],
            far: vec![0; planes.width],
        }
    }

    /// Converts a row. Grey is written to green only, and values out of range are kept.
    pub(super) fn convert_row(&mut self, y: usize, row: &mut [Vec<f32>; 3]) {
        let [red, green, blue] = row;
        let numbers = &mut self.near[..self.planes.width];
        self.planes.read_row(0, y, numbers);
        let scaled = |numbers: &[u16], to: &mut [f32], (least, span): (f32, f32)| {
            let scale = 1.0 / span;
            for (to, number) in to.iter_mut().zip(numbers) {
                *to = (f32::from(*number) - least) * scale;
            }
        };
        scaled(numbers, green, self.luma);
        match self.matrix {
            ColorMatrix::None => return,
            ColorMatrix::Identity => {
                for (plane, to) in [(1, &mut *blue), (2, &mut *red)] {
                    self.planes.read_row(plane, y, numbers);
                    scaled(numbers, to, self.luma);
                }
                return;
            }
            ColorMatrix::Luma { .. } | ColorMatrix::Turned => {}
        }
        self.read_differences(1, y, blue);
        self.read_differences(2, y, red);
        let pixels = red.iter_mut().zip(green).zip(blue);
        match self.matrix {
            ColorMatrix::None | ColorMatrix::Identity => {}
            ColorMatrix::Luma { red: kr, blue: kb } => {
                let (to_red, to_blue) = (2.0 * (1.0 - kr), 2.0 * (1.0 - kb));
                let kg = 1.0 - kr - kb;
                let (green_red, green_blue) = (kr * to_red / kg, kb * to_blue / kg);
                for ((red, green), blue) in pixels {
                    let (y, cb, cr) = (*green, *blue, *red);
                    *red = y + to_red * cr;
                    *green = y - green_blue * cb - green_red * cr;
                    *blue = y + to_blue * cb;
                }
            }
            ColorMatrix::Turned => {
                for ((red, green), blue) in pixels {
                    let (y, cg, co) = (*green, *blue, *red);
                    *red = y - cg + co;
                    *green = y + cg;
                    *blue = y - cg - co;
                }
            }
        }
    }

    /// Reads a row of chroma from −½ to ½, with linear interpolation between stored samples.
    fn read_differences(&mut self, plane: usize, y: usize, row: &mut [f32]) {
        let (is_across, is_down) = self.planes.chroma.halved_sides();
        let (width, height) = self.planes.plane_size(plane);
        let (near, far) = (&mut self.near[..width], &mut self.far[..width]);
        let none = self.difference.0;
        if is_down {
            let (at, beside, weight) = find_neighbours(y, height, self.is_top);
            self.planes.read_row(plane, at, near);
            self.planes.read_row(plane, beside, far);
            for (near, far) in near.iter_mut().zip(far) {
                *near = *near * weight + *far * (4 - weight);
            }
        } else {
            self.planes.read_row(plane, y, near);
            near.iter_mut().for_each(|near| *near *= 4);
        }
        if !is_across {
            let scale = 1.0 / (4.0 * self.difference.1);
            for (to, number) in row.iter_mut().zip(&*near) {
                *to = (f32::from(*number) - 4.0 * none) * scale;
            }
            return;
        }
        let scale = 1.0 / (16.0 * self.difference.1);
        let write = |to: &mut f32, one: u16, other: u16, weight: u16| {
            let number = one * weight + other * (4 - weight);
            *to = (f32::from(number) - 16.0 * none) * scale;
        };
        let (even, odd) = if self.is_left { (4, 2) } else { (3, 3) };
        let mut before = near[0];
        for (at, pair) in row.chunks_mut(2).enumerate() {
            let here = near[at];
            let after = near.get(at + 1).copied().unwrap_or(here);
            write(&mut pair[0], here, before, even);
            if let Some(second) = pair.get_mut(1) {
                write(second, here, after, odd);
            }
            before = here;
        }
    }
}

/// Finds the nearest stored sample, its neighbour, and the weight of the nearest in fourths.
fn find_neighbours(at: usize, count: usize, is_first: bool) -> (usize, usize, u16) {
    let near = at / 2;
    let is_even = at.is_multiple_of(2);
    let beside =
        if is_even && !is_first { near.saturating_sub(1) } else { (near + 1).min(count - 1) };
    let weight = match (is_first, is_even) {
        (false, _) => 3,
        (true, true) => 4,
        (true, false) => 2,
    };
    (near, beside, weight)
}
