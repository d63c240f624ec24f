//! AVIF: a still image of AV1 in a HEIF container. Of a sequence, its still is decoded.
//!
//! The container describes an image, its size and the place of its data. An image may consist of
//! tiles, and its alpha is another image. All descriptions are checked against the limits before
//! anything is decoded, and the decoder's output has to match them.
//!
//! The container also defines the orientation. HEIF ignores an orientation in EXIF data.
//!
//! `image` decodes AVIF only through the C library `dav1d`, which the plugin cannot contain (test
//! `image_decodes_no_avif`). The container parsers `mp4parse`, `avif-parse` and `zenavif-parse` are
//! under MPL-2.0, which `.deny.toml` does not allow.

mod boxes;
mod colour;
mod file;
mod grid;
mod items;
mod planes;
mod properties;
mod raster_builder;
mod sequence;
#[cfg(test)]
mod tests;
mod tone_mapping;

use colour::{Cicp, ColorConverter};
use file::AvifFile;
use grid::{AlphaSource, TileSource};
use items::ItemTable;
use properties::{ItemProperties, PixelArea};
use raster_builder::RasterBuilder;
use rikaste_plugin::image::Remark;
use sequence::ChromaSampling;
use tone_mapping::ToneMapper;

use super::{DecodeError, DecodedPhoto, warn_first_frame, warn_trailing_bytes};
use crate::format::PhotoFormat;
use crate::limits;
use crate::raster::{ColorModel, Raster};

/// Memory that the decoder needs for an image of any size.
const WORK: u64 = 8 << 20;

pub(super) fn decode_avif(photo: &[u8]) -> Result<DecodedPhoto, DecodeError> {
    let file = AvifFile::read_boxes(photo)?;
    let items = ItemTable::read_meta(photo, file.meta)?;
    let properties = ItemProperties::read_item(&items, items.find_item(items.primary)?)?;
    let size = properties.size()?;
    limits::check_size(size.0, size.1)?;
    let visible_area = properties.visible_area(size)?;
    let source = TileSource::from_item(&items, items.primary, size)?;
    let alpha = source.find_alpha(&items, items.primary)?;

    // Tiles describe what the whole image does not.
    let tile = source.tile_properties.as_ref().unwrap_or(&properties);
    let cicp = properties.cicp.or(tile.cicp).unwrap_or(source.sequence.cicp);
    let embedded = properties.profile.or(tile.profile);
    // A profile has precedence and defines its own transfer curve.
    let tone_mapper = match embedded {
        Some(_) => None,
        None => ToneMapper::from_cicp(cicp, properties.peak_nits.or(tile.peak_nits))?,
    };
    let profile = match embedded {
        Some(profile) => Some(profile.to_vec()),
        None if tone_mapper.is_some() => None,
        None => cicp.encode_profile()?,
    };
    let mut remarks = Vec::new();
    if file.frames > 1 {
        remarks.push(warn_first_frame(file.frames));
    }
    if tone_mapper.is_some() {
        remarks.push(Remark::warning(
            "image-hdr",
            "The picture is for very bright screens (HDR), and was made darker for all others. If \
             it looks wrong, save it without HDR",
        ));
    }
    if file.end < photo.len() {
        remarks.push(warn_trailing_bytes(photo.len() - file.end));
    }
    let still = StillImage { source, alpha, cicp, tone_mapper, visible_area };
    Ok(DecodedPhoto {
        format: PhotoFormat::Avif,
        raster: still.decode_raster(&items, photo.len())?,
        orientation: properties.orientation(),
        profile,
        frames: file.frames,
        remarks,
    })
}

/// An image that is ready to be decoded.
struct StillImage<'a> {
    source: TileSource<'a>,
    alpha: Option<AlphaSource<'a>>,
    cicp: Cicp,
    tone_mapper: Option<ToneMapper>,
    visible_area: PixelArea,
}

impl StillImage<'_> {
    fn decode_raster(&self, items: &ItemTable, encoded: usize) -> Result<Raster, DecodeError> {
        let is_grey = self.source.sequence.chroma == ChromaSampling::None;
        let model = if is_grey { ColorModel::Grey } else { ColorModel::Rgb };
        let is_deep = self.choose_depth(model, encoded as u64)?;

        let alpha = match &self.alpha {
            Some(alpha) => Some((alpha, alpha.source.decode_planes(items)?)),
            None => None,
        };
        let mut alpha_converter = match &alpha {
            Some((alpha, planes)) => {
                let sequence = &alpha.source.sequence;
                let cicp = alpha.cicp.unwrap_or(sequence.cicp);
                Some((ColorConverter::new_grey(planes, sequence, cicp), alpha.is_multiplied))
            }
            None => None,
        };
        let planes = self.source.decode_planes(items)?;
        let mut color_converter = ColorConverter::new(&planes, &self.source.sequence, self.cicp)?;
        let mut builder =
            RasterBuilder::new(self.visible_area, model, alpha_converter.is_some(), is_deep);
        let mut row = [0; 3].map(|_| vec![0.0; planes.width]);
        let mut alpha_row = row.clone();
        let PixelArea { top, height, .. } = self.visible_area;
        for y in top as usize..(top + height) as usize {
            color_converter.convert_row(y, &mut row);
            if let Some((alpha_converter, is_multiplied)) = &mut alpha_converter {
                alpha_converter.convert_row(y, &mut alpha_row);
                if *is_multiplied {
                    raster_builder::divide_by_alpha(&mut row, &alpha_row[1]);
                }
            }
            if let Some(tone_mapper) = &self.tone_mapper {
                tone_mapper.map_row(&mut row, is_grey);
            }
            builder.append_row(&row, alpha_converter.is_some().then_some(&alpha_row[1]));
        }
        Ok(builder.into_raster())
    }

    /// Checks the memory, and returns whether an image of more than eight bits keeps sixteen.
    fn choose_depth(&self, model: ColorModel, encoded: u64) -> Result<bool, DecodeError> {
        let source = &self.source;
        let (needed, kept) = self
            .alpha
            .as_ref()
            .map_or((0, 0), |alpha| (alpha.source.needed_bytes(), alpha.source.kept_bytes()));
        let channels = model.channels() + usize::from(self.alpha.is_some());
        let samples = u64::from(self.visible_area.width)
            * u64::from(self.visible_area.height)
            * channels as u64;
        // Alpha is decoded first and stays in memory while colours are decoded.
        let most = |samples: u64| {
            needed.max(kept + source.needed_bytes()).max(kept + source.kept_bytes() + samples)
        };
        limits::check_memory(encoded + most(samples))?;
        let has_room = limits::check_memory(encoded + most(2 * samples)).is_ok();
        Ok(source.sequence.bits > 8 && has_room)
    }
}
