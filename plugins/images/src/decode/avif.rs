//! AVIF: stills of AV1 in the container HEIF, and of a sequence the still that stands for it.
//!
//! The container names a picture, says how large it is, and where its pieces lie; a picture can be
//! put together from tiles, and how much can be seen of it is another picture. All that it says is
//! read, and held against the limits, before anything is decoded, and what comes out of the decoder
//! has to be what was said.
//!
//! How a picture is turned is said here, and an orientation in EXIF data beside it is not heeded, as
//! HEIF has it.

mod boxes;
mod bright;
mod colour;
mod file;
mod grid;
mod items;
mod planes;
mod sequence;
mod sheet;
#[cfg(test)]
mod tests;
mod traits;

use bright::Dimmer;
use colour::{Cicp, Converter};
use file::File;
use grid::{Alpha, Source};
use items::Items;
use rikaste_plugin::image::Remark;
use sequence::Chroma;
use sheet::Sheet;
use traits::{Frame, Traits};

use super::{DecodeError, Decoded, first_of, trailing};
use crate::format::Format;
use crate::limits;
use crate::raster::{Model, Raster};

/// What the decoder takes for itself, however small a picture is.
const WORK: u64 = 8 << 20;

pub(super) fn decode(photo: &[u8]) -> Result<Decoded, DecodeError> {
    let file = File::read(photo)?;
    let items = Items::read(photo, file.meta)?;
    let traits = Traits::of(&items, items.item(items.primary)?)?;
    let size = traits.size()?;
    limits::check_size(size.0, size.1)?;
    let shown = traits.shown(size)?;
    let source = Source::of(&items, items.primary, size)?;
    let alpha = source.alpha(&items, items.primary)?;

    // What is not said of the whole is said of its tiles.
    let tile = source.traits.as_ref().unwrap_or(&traits);
    let cicp = traits.cicp.or(tile.cicp).unwrap_or(source.sequence.cicp);
    let embedded = traits.profile.or(tile.profile);
    // A profile says more, and has its own light.
    let dimmer = match embedded {
        Some(_) => None,
        None => Dimmer::of(cicp, traits.brightest.or(tile.brightest))?,
    };
    let profile = match embedded {
        Some(profile) => Some(profile.to_vec()),
        None if dimmer.is_some() => None,
        None => cicp.profile()?,
    };
    let mut remarks = Vec::new();
    if file.frames > 1 {
        remarks.push(first_of(file.frames));
    }
    if dimmer.is_some() {
        remarks.push(Remark::warning(
            "image-hdr",
            "The picture is for very bright screens (HDR), and was made darker for all others. If \
             it looks wrong, save it without HDR",
        ));
    }
    if file.end < photo.len() {
        remarks.push(trailing(photo.len() - file.end));
    }
    let still = Still { source, alpha, cicp, dimmer, shown };
    Ok(Decoded {
        format: Format::Avif,
        raster: still.raster(&items, photo.len())?,
        orientation: traits.orientation(),
        profile,
        frames: file.frames,
        remarks,
    })
}

/// All that has to be known of a picture to decode it.
struct Still<'a> {
    source: Source<'a>,
    alpha: Option<Alpha<'a>>,
    cicp: Cicp,
    dimmer: Option<Dimmer>,
    shown: Frame,
}

impl Still<'_> {
    fn raster(&self, items: &Items, encoded: usize) -> Result<Raster, DecodeError> {
        let is_grey = self.source.sequence.chroma == Chroma::None;
        let model = if is_grey { Model::Grey } else { Model::Rgb };
        let is_deep = self.check_memory(model, encoded as u64)?;

        let alpha = match &self.alpha {
            Some(alpha) => Some((alpha, alpha.source.planes(items)?)),
            None => None,
        };
        let mut seen = match &alpha {
            Some((alpha, planes)) => {
                let sequence = &alpha.source.sequence;
                let cicp = alpha.cicp.unwrap_or(sequence.cicp);
                Some((Converter::brightness(planes, sequence, cicp), alpha.is_multiplied))
            }
            None => None,
        };
        let planes = self.source.planes(items)?;
        let mut colours = Converter::new(&planes, &self.source.sequence, self.cicp)?;
        let mut sheet = Sheet::new(self.shown, model, seen.is_some(), is_deep);
        let mut row = [0; 3].map(|_| vec![0.0; planes.width]);
        let mut seen_row = row.clone();
        let Frame { top, height, .. } = self.shown;
        for y in top as usize..(top + height) as usize {
            colours.row(y, &mut row);
            if let Some((seen, is_multiplied)) = &mut seen {
                seen.row(y, &mut seen_row);
                if *is_multiplied {
                    sheet::divide(&mut row, &seen_row[1]);
                }
            }
            if let Some(dimmer) = &self.dimmer {
                dimmer.apply(&mut row, is_grey);
            }
            sheet.put(&row, seen.is_some().then_some(&seen_row[1]));
        }
        Ok(sheet.raster())
    }

    /// Whether there is room for sixteen bits, where the picture has more than eight.
    fn check_memory(&self, model: Model, encoded: u64) -> Result<bool, DecodeError> {
        let source = &self.source;
        let (needed, kept) = self
            .alpha
            .as_ref()
            .map_or((0, 0), |alpha| (alpha.source.needed(), alpha.source.kept()));
        let channels = model.channels() + usize::from(self.alpha.is_some());
        let numbers = u64::from(self.shown.width) * u64::from(self.shown.height) * channels as u64;
        // How much can be seen is decoded first, and is there when colours are.
        let most =
            |numbers: u64| needed.max(kept + source.needed()).max(kept + source.kept() + numbers);
        limits::check_memory(encoded + most(numbers))?;
        let has_room = limits::check_memory(encoded + most(2 * numbers)).is_ok();
        Ok(source.sequence.bits > 8 && has_room)
    }
}
