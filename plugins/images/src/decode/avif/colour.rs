//! From brightness and colour differences to red, green and blue (ITU-T H.273).

use moxcms::{
    CicpColorPrimaries, CicpProfile, ColorPrimaries, ColorProfile, LocalizableString,
    MatrixCoefficients, ProfileText, TransferCharacteristics,
};

use super::super::DecodeError;
use super::planes::Planes;
use super::sequence::{Chroma, Sequence};

/// What numbers stand for, in the numbers of the standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cicp {
    pub(super) primaries: u16,
    pub(super) transfer: u16,
    pub(super) matrix: u16,
    pub(super) is_full: bool,
}

const UNUSUAL: DecodeError = DecodeError::Unsupported("an AVIF with colours of an unusual kind");

/// How light becomes numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Transfer {
    /// As on nearly every screen. Those of television are taken for it as well, as browsers do: what
    /// they say is how cameras make numbers, and not how they are to be shown.
    Usual,
    /// Another that a profile can tell.
    Profile(TransferCharacteristics),
    /// ITU-R BT.2100, in amounts of light.
    Pq,
    /// ITU-R BT.2100, in parts of the brightest.
    Hlg,
}

impl Cicp {
    pub(super) const UNSPECIFIED: Self =
        Self { primaries: 2, transfer: 2, matrix: 2, is_full: false };

    pub(super) fn transfer(&self) -> Result<Transfer, DecodeError> {
        Ok(match self.transfer {
            1 | 2 | 6 | 13 | 14 | 15 => Transfer::Usual,
            4 => Transfer::Profile(TransferCharacteristics::Bt470M),
            5 => Transfer::Profile(TransferCharacteristics::Bt470Bg),
            8 => Transfer::Profile(TransferCharacteristics::Linear),
            16 => Transfer::Pq,
            18 => Transfer::Hlg,
            _ => return Err(UNUSUAL),
        })
    }

    fn named(&self) -> Result<CicpColorPrimaries, DecodeError> {
        // What is not said is as with most.
        let number = if self.primaries == 2 { 1 } else { self.primaries };
        match u8::try_from(number).map(CicpColorPrimaries::try_from) {
            Ok(Ok(CicpColorPrimaries::Reserved)) | Err(_) | Ok(Err(_)) => Err(UNUSUAL),
            Ok(Ok(primaries)) => Ok(primaries),
        }
    }

    /// To amounts of the standard observer's X, Y and Z, row by row.
    pub(super) fn to_xyz(self) -> Result<[[f64; 3]; 3], DecodeError> {
        let profile = self.bare_profile(TransferCharacteristics::Linear)?;
        Ok(profile.colorant_matrix().v)
    }

    fn bare_profile(self, transfer: TransferCharacteristics) -> Result<ColorProfile, DecodeError> {
        Ok(ColorProfile::new_from_cicp(CicpProfile {
            color_primaries: self.named()?,
            transfer_characteristics: transfer,
            matrix_coefficients: MatrixCoefficients::Identity,
            full_range: true,
        }))
    }

    /// The profile of red, green and blue; `None` where they are sRGB's.
    pub(super) fn profile(self) -> Result<Option<Vec<u8>>, DecodeError> {
        let transfer = match self.transfer()? {
            Transfer::Profile(transfer) => transfer,
            _ if matches!(self.primaries, 1 | 2) => return Ok(None),
            _ => TransferCharacteristics::Srgb,
        };
        let mut profile = self.bare_profile(transfer)?;
        let name = match (self.primaries, self.transfer()?) {
            (12, Transfer::Usual) => "Display P3".to_owned(),
            (9, Transfer::Usual) => "BT.2020".to_owned(),
            _ => format!("H.273 colours {}, transfer {}", self.primaries, self.transfer),
        };
        let name = LocalizableString::new("en".to_owned(), "US".to_owned(), name);
        profile.description = Some(ProfileText::Localizable(vec![name]));
        profile.encode().map(Some).map_err(|_| UNUSUAL)
    }
}

/// How red, green and blue are made of three numbers.
#[derive(Clone, Copy)]
enum Matrix {
    /// There are none: what is bright is white.
    None,
    /// They are green, blue and red.
    Identity,
    /// Of these parts of red and of blue brightness consists.
    Luma { red: f32, blue: f32 },
    /// Green and orange against the others.
    Turned,
}

impl Matrix {
    fn of(cicp: Cicp, chroma: Chroma) -> Result<Self, DecodeError> {
        let luma = |red, blue| Ok(Self::Luma { red, blue });
        match cicp.matrix {
            _ if chroma == Chroma::None => Ok(Self::None),
            0 if chroma == Chroma::All => Ok(Self::Identity),
            1 => luma(0.2126, 0.0722),
            4 => luma(0.30, 0.11),
            // What is not said is taken for that of JPEG.
            2 | 5 | 6 => luma(0.299, 0.114),
            7 => luma(0.212, 0.087),
            8 => Ok(Self::Turned),
            9 => luma(0.2627, 0.0593),
            12 => {
                let primaries = ColorPrimaries::try_from(cicp.named()?).map_err(|_| UNUSUAL)?;
                let [_, brightness, _] = primaries.transform_to_xyz_d(moxcms::white_point_d65()).v;
                luma(brightness[0] as f32, brightness[2] as f32)
            }
            _ => Err(UNUSUAL),
        }
    }
}

/// Makes rows of red, green and blue, each from 0 to 1, or of grey.
pub(super) struct Converter<'a> {
    planes: &'a Planes,
    matrix: Matrix,
    is_left: bool,
    is_top: bool,
    /// What black is, and how much there is from there to white.
    luma: (f32, f32),
    /// What no difference is, and how much there is from the least to the most.
    difference: (f32, f32),
    near: Vec<u16>,
    far: Vec<u16>,
}

impl<'a> Converter<'a> {
    pub(super) fn new(
        planes: &'a Planes,
        sequence: &Sequence,
        cicp: Cicp,
    ) -> Result<Self, DecodeError> {
        Ok(Self::with(planes, sequence, cicp, Matrix::of(cicp, planes.chroma)?))
    }

    /// Of brightness alone.
    pub(super) fn brightness(planes: &'a Planes, sequence: &Sequence, cicp: Cicp) -> Self {
        Self::with(planes, sequence, cicp, Matrix::None)
    }

    fn with(planes: &'a Planes, sequence: &Sequence, cicp: Cicp, matrix: Matrix) -> Self {
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

    /// Of what is grey, green alone. What is out of range stays so.
    pub(super) fn row(&mut self, y: usize, row: &mut [Vec<f32>; 3]) {
        let [red, green, blue] = row;
        let numbers = &mut self.near[..self.planes.width];
        self.planes.read(0, y, numbers);
        let scaled = |numbers: &[u16], to: &mut [f32], (least, span): (f32, f32)| {
            let scale = 1.0 / span;
            for (to, number) in to.iter_mut().zip(numbers) {
                *to = (f32::from(*number) - least) * scale;
            }
        };
        scaled(numbers, green, self.luma);
        match self.matrix {
            Matrix::None => return,
            Matrix::Identity => {
                for (plane, to) in [(1, &mut *blue), (2, &mut *red)] {
                    self.planes.read(plane, y, numbers);
                    scaled(numbers, to, self.luma);
                }
                return;
            }
            Matrix::Luma { .. } | Matrix::Turned => {}
        }
        self.differences(1, y, blue);
        self.differences(2, y, red);
        let pixels = red.iter_mut().zip(green).zip(blue);
        match self.matrix {
            Matrix::None | Matrix::Identity => {}
            Matrix::Luma { red: kr, blue: kb } => {
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
            Matrix::Turned => {
                for ((red, green), blue) in pixels {
                    let (y, cg, co) = (*green, *blue, *red);
                    *red = y - cg + co;
                    *green = y + cg;
                    *blue = y - cg - co;
                }
            }
        }
    }

    /// A row of colour differences, each for one pixel, from −½ to ½. Between those that are stored
    /// they are in proportion.
    fn differences(&mut self, plane: usize, y: usize, row: &mut [f32]) {
        let (is_across, is_down) = self.planes.chroma.halved();
        let (width, height) = self.planes.size(plane);
        let (near, far) = (&mut self.near[..width], &mut self.far[..width]);
        let none = self.difference.0;
        if is_down {
            let (at, beside, weight) = between(y, height, self.is_top);
            self.planes.read(plane, at, near);
            self.planes.read(plane, beside, far);
            for (near, far) in near.iter_mut().zip(far) {
                *near = *near * weight + *far * (4 - weight);
            }
        } else {
            self.planes.read(plane, y, near);
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
        let put = |to: &mut f32, one: u16, other: u16, weight: u16| {
            let number = one * weight + other * (4 - weight);
            *to = (f32::from(number) - 16.0 * none) * scale;
        };
        let (even, odd) = if self.is_left { (4, 2) } else { (3, 3) };
        let mut before = near[0];
        for (at, pair) in row.chunks_mut(2).enumerate() {
            let here = near[at];
            let after = near.get(at + 1).copied().unwrap_or(here);
            put(&mut pair[0], here, before, even);
            if let Some(second) = pair.get_mut(1) {
                put(second, here, after, odd);
            }
            before = here;
        }
    }
}

/// Which of so many that are stored for two pixels each is near to one, which is beside that, and
/// how many fourths the first counts.
fn between(at: usize, count: usize, is_first: bool) -> (usize, usize, u16) {
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
