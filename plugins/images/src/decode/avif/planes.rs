//! The planes of an AV1 image: luma and two of chroma.

use re_rav1d::dav1d::{self, Decoder, Error, PixelLayout, PlanarImageComponent, Settings};

use super::super::{DecodeError, broken_photo};
use super::sequence::{ChromaSampling, SequenceHeader};

/// Rows of samples of one byte or two.
struct SamplePlane {
    bytes: PlaneBytes,
    /// The distance between rows in bytes.
    stride: usize,
}

enum PlaneBytes {
    Decoder(dav1d::Plane),
    Own(Vec<u8>),
}

impl SamplePlane {
    fn row_bytes(&self, y: usize) -> &[u8] {
        let bytes: &[u8] = match &self.bytes {
            PlaneBytes::Decoder(plane) => plane,
            PlaneBytes::Own(bytes) => bytes,
        };
        &bytes[y * self.stride..(y + 1) * self.stride]
    }
}

pub(super) struct PlanarImage {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) bits: u8,
    pub(super) chroma: ChromaSampling,
    /// One plane, or three.
    planes: Vec<SamplePlane>,
}

impl PlanarImage {
    /// Decodes the first visible frame.
    pub(super) fn decode_first(
        coded: Vec<u8>,
        sequence: &SequenceHeader,
        operating_point: u8,
    ) -> Result<Self, DecodeError> {
        let mut settings = Settings::new();
        settings.set_n_threads(1);
        settings.set_max_frame_delay(1);
        settings.set_all_layers(false);
        settings.set_operating_point(u32::from(operating_point));
        settings.set_frame_size_limit(sequence.width * sequence.height);
        let mut decoder = Decoder::with_settings(&settings).map_err(convert_error)?;
        let picture = receive_picture(&mut decoder, coded, sequence.frames)?;
        let chroma = match picture.pixel_layout() {
            PixelLayout::I400 => ChromaSampling::None,
            PixelLayout::I420 => ChromaSampling::Quarter,
            PixelLayout::I422 => ChromaSampling::Half,
            PixelLayout::I444 => ChromaSampling::All,
        };
        if (picture.bit_depth(), chroma) != (usize::from(sequence.bits), sequence.chroma) {
            return Err(broken_photo("its pixels are of another kind than it says"));
        }
        let components =
            [PlanarImageComponent::Y, PlanarImageComponent::U, PlanarImageComponent::V];
        let count = if chroma == ChromaSampling::None { 1 } else { 3 };
        let planes = components.into_iter().take(count).map(|component| SamplePlane {
            stride: picture.stride(component) as usize,
            bytes: PlaneBytes::Decoder(picture.plane(component)),
        });
        Ok(Self {
            width: picture.width() as usize,
            height: picture.height() as usize,
            bits: sequence.bits,
            chroma,
            planes: planes.collect(),
        })
    }

    /// Allocates the planes of a grid.
    pub(super) fn new_empty(width: usize, height: usize, bits: u8, chroma: ChromaSampling) -> Self {
        let mut room = Self { width, height, bits, chroma, planes: Vec::new() };
        for at in 0..if chroma == ChromaSampling::None { 1 } else { 3 } {
            let (across, down) = room.plane_size(at);
            let stride = across * room.sample_bytes();
            room.planes
                .push(SamplePlane { bytes: PlaneBytes::Own(vec![0; stride * down]), stride });
        }
        room
    }

    /// Copies a tile to its place and clips it at the edge. With subsampled chroma, the place has
    /// to be even.
    pub(super) fn insert_tile(&mut self, tile: &Self, left: usize, top: usize) {
        let each = self.sample_bytes();
        let (half_across, half_down) = self.chroma.halved_sides();
        for at in 0..self.planes.len() {
            let part =
                |place: usize, is_halved: bool| if at > 0 && is_halved { place / 2 } else { place };
            let (left, top) = (part(left, half_across), part(top, half_down));
            let ((width, height), (tile_width, tile_height)) =
                (self.plane_size(at), tile.plane_size(at));
            let across = tile_width.min(width.saturating_sub(left)) * each;
            let plane = &mut self.planes[at];
            let stride = plane.stride;
            let PlaneBytes::Own(bytes) = &mut plane.bytes else { continue };
            for y in 0..tile_height.min(height.saturating_sub(top)) {
                let start = (top + y) * stride + left * each;
                bytes[start..start + across]
                    .copy_from_slice(&tile.planes[at].row_bytes(y)[..across]);
            }
        }
    }

    /// The size of a sample in bytes.
    fn sample_bytes(&self) -> usize {
        if self.bits > 8 { 2 } else { 1 }
    }

    /// The width and the height of a plane in samples.
    pub(super) fn plane_size(&self, plane: usize) -> (usize, usize) {
        let (across, down) = if plane == 0 { (false, false) } else { self.chroma.halved_sides() };
        let half = |side: usize, is_halved: bool| if is_halved { side.div_ceil(2) } else { side };
        (half(self.width, across), half(self.height, down))
    }

    /// Reads a row of samples.
    pub(super) fn read_row(&self, plane: usize, y: usize, row: &mut [u16]) {
        let bytes = self.planes[plane].row_bytes(y);
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

fn receive_picture(
    decoder: &mut Decoder,
    coded: Vec<u8>,
    frames: usize,
) -> Result<dav1d::Picture, DecodeError> {
    let mut sent = decoder.send_data(coded, None, None, None);
    // The decoder answers after each frame and at the end of the data.
    for _ in 0..frames + 2 {
        match decoder.get_picture() {
            Ok(picture) => return Ok(picture),
            Err(Error::Again) => {}
            Err(error) => return Err(convert_error(error)),
        }
        match sent {
            Ok(()) => {}
            Err(Error::Again) => sent = decoder.send_pending_data(),
            Err(error) => return Err(convert_error(error)),
        }
    }
    Err(broken_photo("it has no frame that is shown"))
}

fn convert_error(error: Error) -> DecodeError {
    match error {
        Error::UnsupportedBitstream => DecodeError::Unsupported("an AVIF of a kind that is rare"),
        _ => broken_photo("its pixels cannot be decoded"),
    }
}
