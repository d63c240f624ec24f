//! Colours of inks without a profile.
//!
//! Every mixture of four inks is interpolated between the sixteen full overprints (Neugebauer,
//! 1937). Their colours are those of offset print on coated paper. Interpolation of sRGB values is
//! close enough, because dots grow in print.

/// sRGB of no ink, C, M, CM, Y, CY, MY and CMY, and then the same with K.
#[rustfmt::skip]
const CORNERS: [[u8; 3]; 16] = [
    [255, 255, 255], [0, 158, 224], [228, 0, 124], [44, 44, 130],
    [255, 237, 0], [0, 149, 66], [225, 10, 30], [56, 48, 46],
    [32, 30, 30], [0, 22, 34], [30, 2, 12], [6, 4, 12],
    [30, 26, 4], [0, 18, 8], [26, 4, 4], [0, 0, 0],
];

const FULL: u64 = u16::MAX as u64;

/// Converts the light that each ink lets through to sRGB.
pub(super) fn convert_inks(from: &mut [u16], to: &mut [u16]) {
    let (inks, _) = from.as_chunks::<4>();
    let (colors, _) = to.as_chunks_mut::<3>();
    for (light, color) in inks.iter().zip(colors) {
        *color = mix_inks(*light);
    }
}

fn mix_inks(light: [u16; 4]) -> [u16; 3] {
    let mut sums = [0_u64; 3];
    for (corner, color) in CORNERS.iter().enumerate() {
        let mut share = FULL;
        for (ink, light) in light.iter().enumerate() {
            let light = u64::from(*light);
            let part = if corner >> ink & 1 == 1 { FULL - light } else { light };
            share = (share * part + FULL / 2) / FULL;
        }
        for (sum, level) in sums.iter_mut().zip(color) {
            *sum += share * u64::from(*level);
        }
    }
    sums.map(|sum| ((sum * 257 + FULL / 2) / FULL).min(FULL) as u16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paper_is_white_and_inks_have_their_colours() {
        let eight = |light| mix_inks(light).map(|level| (level / 257) as u8);
        assert_eq!(eight([u16::MAX; 4]), [255, 255, 255]);
        assert_eq!(eight([0; 4]), [0, 0, 0]);
        assert_eq!(eight([0, u16::MAX, u16::MAX, u16::MAX]), CORNERS[1]);
        assert_eq!(eight([u16::MAX, u16::MAX, u16::MAX, 0]), CORNERS[8]);
        let half = eight([u16::MAX, u16::MAX, u16::MAX, 0x8000]);
        assert!((140..150).contains(&half[0]), "{half:?}");
    }
}
