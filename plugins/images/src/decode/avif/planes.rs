//! The numbers of a picture as AV1 has them: brightness, and two colour differences.

use re_rav1d::dav1d::{self, Decoder, Error, PixelLayout, PlanarImageComponent, Settings};

use super::super::{DecodeError, broken};
use super::sequence::{Chroma, Sequence};

/// Rows of one kind of numbers, of one byte or two.
struct Plane {
    bytes: Bytes,
    /// Bytes from one row to the next.
    stride: usize,
}

enum Bytes {
    Decoder(dav1d::Plane),
    Own(Vec<u8>),
}

impl Plane {
    fn row(&self, y: usize) -> &[u8] {
        let bytes: &[u8] = match &self.bytes {
            Bytes::Decoder(plane) => plane,
            Bytes::Own(bytes) => bytes,
        };
        &bytes[y * self.stride..(y + 1) * self.stride]
    }
}

pub(super) struct Planes {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) bits: u8,
    pub(super) chroma: Chroma,
    /// One, or three.
    planes: Vec<Plane>,
}

impl Planes {
    /// The first picture that is shown of what is coded.
    pub(super) fn decode(
        coded: Vec<u8>,
        sequence: &Sequence,
        operating_point: u8,
    ) -> Result<Self, DecodeError> {
        let mut settings = Settings::new();
        settings.set_n_threads(1);
        settings.set_max_frame_delay(1);
        settings.set_all_layers(false);
        settings.set_operating_point(u32::from(operating_point));
        settings.set_frame_size_limit(sequence.width * sequence.height);
        let mut decoder = Decoder::with_settings(&settings).map_err(reason)?;
        let picture = first(&mut decoder, coded, sequence.frames)?;
        let chroma = match picture.pixel_layout() {
            PixelLayout::I400 => Chroma::None,
            PixelLayout::I420 => Chroma::Quarter,
            PixelLayout::I422 => Chroma::Half,
            PixelLayout::I444 => Chroma::All,
        };
        if (picture.bit_depth(), chroma) != (usize::from(sequence.bits), sequence.chroma) {
            return Err(broken("its pixels are of another kind than it says"));
        }
        let components =
            [PlanarImageComponent::Y, PlanarImageComponent::U, PlanarImageComponent::V];
        let count = if chroma == Chroma::None { 1 } else { 3 };
        let planes = components.into_iter().take(count).map(|component| Plane {
            stride: picture.stride(component) as usize,
            bytes: Bytes::Decoder(picture.plane(component)),
        });
        Ok(Self {
            width: picture.width() as usize,
            height: picture.height() as usize,
            bits: sequence.bits,
            chroma,
            planes: planes.collect(),
        })
    }

    /// Room for the tiles of a larger picture.
    pub(super) fn room(width: usize, height: usize, bits: u8, chroma: Chroma) -> Self {
        let mut room = Self { width, height, bits, chroma, planes: Vec::new() };
        for at in 0..if chroma == Chroma::None { 1 } else { 3 } {
            let (across, down) = room.size(at);
            let stride = across * room.each();
            room.planes.push(Plane { bytes: Bytes::Own(vec![0; stride * down]), stride });
        }
        room
    }

    /// Puts a tile where it belongs; what reaches over the edge is left out. Where it begins is even
    /// where colour differences are for two pixels.
    pub(super) fn put(&mut self, tile: &Self, left: usize, top: usize) {
        let each = self.each();
        let (half_across, half_down) = self.chroma.halved();
        for at in 0..self.planes.len() {
            let part =
                |place: usize, is_halved: bool| if at > 0 && is_halved { place / 2 } else { place };
            let (left, top) = (part(left, half_across), part(top, half_down));
            let ((width, height), (tile_width, tile_height)) = (self.size(at), tile.size(at));
            let across = tile_width.min(width.saturating_sub(left)) * each;
            let plane = &mut self.planes[at];
            let stride = plane.stride;
            let Bytes::Own(bytes) = &mut plane.bytes else { continue };
            for y in 0..tile_height.min(height.saturating_sub(top)) {
                let start = (top + y) * stride + left * each;
                bytes[start..start + across].copy_from_slice(&tile.planes[at].row(y)[..across]);
            }
        }
    }

    /// Bytes of a number.
    fn each(&self) -> usize {
        if self.bits > 8 { 2 } else { 1 }
    }

    /// Numbers across and down.
    pub(super) fn size(&self, plane: usize) -> (usize, usize) {
        let (across, down) = if plane == 0 { (false, false) } else { self.chroma.halved() };
        let half = |side: usize, is_halved: bool| if is_halved { side.div_ceil(2) } else { side };
        (half(self.width, across), half(self.height, down))
    }

    /// The numbers of a row.
    pub(super) fn read(&self, plane: usize, y: usize, row: &mut [u16]) {
        let bytes = self.planes[plane].row(y);
        if self.bits > 8 {
            for (to, from) in row.iter_mut().zip(bytes.as_chunks().0) {
                *to = u16::from_ne_bytes(*from);
            }
        } else {
            for (to, from) in row.iter_mut().zip(bytes) {
                *to = u16::from(*from);
            }
        }
    }
}

fn first(
    decoder: &mut Decoder,
    coded: Vec<u8>,
    frames: usize,
) -> Result<dav1d::Picture, DecodeError> {
    let mut sent = decoder.send_data(coded, None, None, None);
    // Each time a frame is decoded, or it is known that no more come.
    for _ in 0..frames + 2 {
        match decoder.get_picture() {
            Ok(picture) => return Ok(picture),
            Err(Error::Again) => {}
            Err(error) => return Err(reason(error)),
        }
        match sent {
            Ok(()) => {}
            Err(Error::Again) => sent = decoder.send_pending_data(),
            Err(error) => return Err(reason(error)),
        }
    }
    Err(broken("it has no frame that is shown"))
}

fn reason(error: Error) -> DecodeError {
    match error {
        Error::UnsupportedBitstream => DecodeError::Unsupported("an AVIF of a kind that is rare"),
        _ => broken("its pixels cannot be decoded"),
    }
}
