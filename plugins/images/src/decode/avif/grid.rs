//! The coded images of an image: a single one, or tiles (ISO/IEC 23008-12, 6.6.2.3).

use super::super::{DecodeError, broken_photo};
use super::WORK;
use super::boxes::ByteReader;
use super::colour::Cicp;
use super::items::ItemTable;
use super::planes::PlanarImage;
use super::properties::ItemProperties;
use super::sequence::SequenceHeader;
use crate::limits;

/// The most tiles. A photo of 64 megapixels has as many of 256 pixels square.
const MOST_TILES: usize = 1024;

/// The coded images that make up an image.
pub(super) struct TileSource<'a> {
    size: (u32, u32),
    /// Tiles from left to right, row by row.
    tiles: Vec<CodedTile>,
    columns: usize,
    tile_size: (u32, u32),
    pub(super) sequence: SequenceHeader,
    /// The properties of the first tile, if the image is a grid.
    pub(super) tile_properties: Option<ItemProperties<'a>>,
}

struct CodedTile {
    id: u32,
    operating_point: u8,
    bytes: usize,
}

/// The alpha of an image.
pub(super) struct AlphaSource<'a> {
    pub(super) source: TileSource<'a>,
    pub(super) cicp: Option<Cicp>,
    /// Whether colours are premultiplied.
    pub(super) is_multiplied: bool,
}

impl<'a> TileSource<'a> {
    /// Reads an item of this size.
    pub(super) fn from_item(
        items: &ItemTable<'a>,
        id: u32,
        size: (u32, u32),
    ) -> Result<Self, DecodeError> {
        let item = items.find_item(id)?;
        if item.item_type.as_ref() != Some(b"grid") {
            return Self::from_coded_item(items, id, size);
        }
        let layout = GridLayout::read_layout(&items.item_bytes(item)?)?;
        let tiles = items.references_from(item, b"dimg");
        if tiles.len() != layout.rows * layout.columns {
            return Err(broken_photo("it has more or fewer tiles than it says"));
        }
        if layout.size != size {
            return Err(broken_photo("it says two things of how large it is"));
        }
        Self::from_tiles(items, &tiles, layout.columns, size)
    }

    fn from_tiles(
        items: &ItemTable<'a>,
        ids: &[u32],
        columns: usize,
        size: (u32, u32),
    ) -> Result<Self, DecodeError> {
        let mut source: Option<Self> = None;
        for id in ids {
            let properties = ItemProperties::read_item(items, items.find_item(*id)?)?;
            if properties.is_transformed() {
                return Err(DecodeError::Unsupported(
                    "an AVIF of which each tile is turned or cut",
                ));
            }
            let tile_size = properties.size()?;
            limits::check_size(tile_size.0, tile_size.1)?;
            let tile = Self::from_coded_item(items, *id, tile_size)?;
            match &mut source {
                Some(source) => {
                    let alike = SequenceHeader { frames: source.sequence.frames, ..tile.sequence };
                    if alike != source.sequence || tile_size != source.tile_size {
                        return Err(broken_photo("its tiles are not of one kind"));
                    }
                    source.sequence.frames = source.sequence.frames.max(tile.sequence.frames);
                    source.tiles.extend(tile.tiles);
                }
                None => {
                    source = Some(Self { size, columns, tile_properties: Some(properties), ..tile })
                }
            }
        }
        let source = source.ok_or_else(|| broken_photo("it has no tiles"))?;
        source.check_tiling()?;
        Ok(source)
    }

    /// Checks that the tiles cover the image without excess. With subsampled chroma, each tile has
    /// to begin at an even place.
    fn check_tiling(&self) -> Result<(), DecodeError> {
        let rows = self.tiles.len() / self.columns;
        let (across, down) = self.sequence.chroma.halved_sides();
        for (count, tile, side, is_halved) in [
            (self.columns, self.tile_size.0, self.size.0, across),
            (rows, self.tile_size.1, self.size.1, down),
        ] {
            let (count, tile, side) = (count as u64, u64::from(tile), u64::from(side));
            if count * tile < side || (count - 1) * tile >= side {
                return Err(broken_photo("its tiles are not as large as it is"));
            }
            if is_halved && count > 1 && tile % 2 == 1 {
                return Err(broken_photo("its tiles are of an odd size"));
            }
        }
        Ok(())
    }

    fn from_coded_item(
        items: &ItemTable<'a>,
        id: u32,
        size: (u32, u32),
    ) -> Result<Self, DecodeError> {
        let item = items.find_item(id)?;
        match item.item_type.as_ref() {
            Some(b"av01") => {}
            Some(b"hvc1" | b"hev1") => return Err(DecodeError::Unsupported("HEIC")),
            Some(_) => return Err(DecodeError::Unsupported("an AVIF of a kind that is rare")),
            None => return Err(broken_photo("it refers to an item that is not there")),
        }
        let operating_point = ItemProperties::read_item(items, item)?.operating_point;
        let coded = items.item_bytes(item)?;
        let sequence = SequenceHeader::read_header(&coded)?;
        limits::check_size(sequence.width, sequence.height)?;
        let tile = CodedTile { id, operating_point, bytes: coded.len() };
        Ok(Self {
            size,
            tiles: vec![tile],
            columns: 1,
            tile_size: size,
            sequence,
            tile_properties: None,
        })
    }

    /// Finds the alpha of the image, or of each of its tiles.
    pub(super) fn find_alpha(
        &self,
        items: &ItemTable<'a>,
        id: u32,
    ) -> Result<Option<AlphaSource<'a>>, DecodeError> {
        if let Some((alpha, properties)) = find_alpha_item(items, id)? {
            if properties.size()? != self.size {
                return Err(DecodeError::Unsupported(
                    "an AVIF whose transparency is of another size",
                ));
            }
            let is_multiplied =
                items.references_from(items.find_item(id)?, b"prem").contains(&alpha);
            let source = Self::from_item(items, alpha, self.size)?;
            return Ok(Some(AlphaSource { source, cicp: properties.cicp, is_multiplied }));
        }
        if self.tile_properties.is_none() {
            return Ok(None);
        }
        let mut ids = Vec::new();
        for tile in &self.tiles {
            ids.extend(find_alpha_item(items, tile.id)?.map(|(alpha, _)| alpha));
        }
        if ids.is_empty() {
            return Ok(None);
        }
        if ids.len() != self.tiles.len() {
            return Err(DecodeError::Unsupported("an AVIF of which some tiles are transparent"));
        }
        let source = Self::from_tiles(items, &ids, self.columns, self.size)?;
        let cicp = source.tile_properties.as_ref().and_then(|properties| properties.cicp);
        let first = items.find_item(self.tiles[0].id)?;
        let is_multiplied = items.references_from(first, b"prem").contains(&ids[0]);
        Ok(Some(AlphaSource { source, cicp, is_multiplied }))
    }

    /// The memory of the decoded planes, in bytes.
    pub(super) fn kept_bytes(&self) -> u64 {
        let (width, height) = self.size;
        if self.tile_properties.is_none() {
            self.sequence.frame_bytes()
        } else {
            SequenceHeader { width, height, ..self.sequence }.frame_bytes()
        }
    }

    /// The memory that decoding needs, in bytes.
    pub(super) fn needed_bytes(&self) -> u64 {
        let sequence = &self.sequence;
        let pixels = u64::from(sequence.width) * u64::from(sequence.height);
        // The decoder keeps eight reference frames, and film grain needs another copy.
        let frames = sequence.frames.min(9) as u64 + u64::from(sequence.has_grain);
        let coded = self.tiles.iter().map(|tile| tile.bytes).max().unwrap_or(0) as u64;
        let tiles = if self.tile_properties.is_none() { 0 } else { self.kept_bytes() };
        tiles + coded + frames * (sequence.frame_bytes() + pixels / 4) + WORK
    }

    /// Decodes all tiles to one image.
    pub(super) fn decode_planes(&self, items: &ItemTable) -> Result<PlanarImage, DecodeError> {
        let mut tiles = self.tiles.iter().map(|tile| {
            let coded = items.item_bytes(items.find_item(tile.id)?)?.into_owned();
            let planes = PlanarImage::decode_first(coded, &self.sequence, tile.operating_point)?;
            let (width, height) = self.tile_size;
            if (planes.width, planes.height) != (width as usize, height as usize) {
                return Err(broken_photo("its pixels are more or fewer than it says"));
            }
            Ok(planes)
        });
        if self.tile_properties.is_none() {
            return tiles.next().unwrap_or_else(|| Err(broken_photo("it has no pixels")));
        }
        let (width, height) = (self.size.0 as usize, self.size.1 as usize);
        let mut room =
            PlanarImage::new_empty(width, height, self.sequence.bits, self.sequence.chroma);
        for (at, tile) in tiles.enumerate() {
            let (across, down) = (self.tile_size.0 as usize, self.tile_size.1 as usize);
            room.insert_tile(&tile?, at % self.columns * across, at / self.columns * down);
        }
        Ok(room)
    }
}

/// Finds the item that is the alpha of another.
fn find_alpha_item<'a>(
    items: &ItemTable<'a>,
    id: u32,
) -> Result<Option<(u32, ItemProperties<'a>)>, DecodeError> {
    for (alpha, item) in items.items_referring_to(id, b"auxl") {
        let properties = ItemProperties::read_item(items, item)?;
        if properties.is_alpha {
            return Ok(Some((alpha, properties)));
        }
    }
    Ok(None)
}

/// The layout of a grid.
struct GridLayout {
    rows: usize,
    columns: usize,
    size: (u32, u32),
}

impl GridLayout {
    fn read_layout(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut reader = ByteReader(bytes);
        if reader.read_byte()? != 0 {
            return Err(DecodeError::Unsupported("an AVIF with tiles of an unknown kind"));
        }
        let width = if reader.read_byte()? & 1 == 1 { 4 } else { 2 };
        let (rows, columns) =
            (usize::from(reader.read_byte()?) + 1, usize::from(reader.read_byte()?) + 1);
        if rows * columns > MOST_TILES {
            return Err(DecodeError::TooManyParts);
        }
        let size = (reader.read_sized(width)? as u32, reader.read_sized(width)? as u32);
        Ok(Self { rows, columns, size })
    }
}
