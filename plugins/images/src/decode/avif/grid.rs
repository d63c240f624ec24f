//! Of which coded pictures a picture consists: of one, or of tiles (ISO/IEC 23008-12, 6.6.2.3).

use super::super::{DecodeError, broken};
use super::WORK;
use super::boxes::Numbers;
use super::colour::Cicp;
use super::items::Items;
use super::planes::Planes;
use super::sequence::Sequence;
use super::traits::Traits;
use crate::limits;

/// Tiles of a picture; 64 megapixels in squares of 256 pixels are as many.
const MOST_TILES: usize = 1024;

/// What a picture is made of.
pub(super) struct Source<'a> {
    size: (u32, u32),
    /// From the left, row by row.
    tiles: Vec<Tile>,
    columns: usize,
    tile_size: (u32, u32),
    pub(super) sequence: Sequence,
    /// What is said of the first tile, where there are any.
    pub(super) traits: Option<Traits<'a>>,
}

struct Tile {
    id: u32,
    operating_point: u8,
    bytes: usize,
}

/// How much can be seen of a picture.
pub(super) struct Alpha<'a> {
    pub(super) source: Source<'a>,
    pub(super) cicp: Option<Cicp>,
    /// Whether it is multiplied into the colours already.
    pub(super) is_multiplied: bool,
}

impl<'a> Source<'a> {
    /// Of an item of this size.
    pub(super) fn of(items: &Items<'a>, id: u32, size: (u32, u32)) -> Result<Self, DecodeError> {
        let item = items.item(id)?;
        if item.kind.as_ref() != Some(b"grid") {
            return Self::one(items, id, size);
        }
        let layout = Layout::read(&items.bytes(item)?)?;
        let tiles = items.of(item, b"dimg");
        if tiles.len() != layout.rows * layout.columns {
            return Err(broken("it has more or fewer tiles than it says"));
        }
        if layout.size != size {
            return Err(broken("it says two things of how large it is"));
        }
        Self::tiled(items, &tiles, layout.columns, size)
    }

    fn tiled(
        items: &Items<'a>,
        ids: &[u32],
        columns: usize,
        size: (u32, u32),
    ) -> Result<Self, DecodeError> {
        let mut source: Option<Self> = None;
        for id in ids {
            let traits = Traits::of(items, items.item(*id)?)?;
            if traits.is_changed() {
                return Err(DecodeError::Unsupported(
                    "an AVIF of which each tile is turned or cut",
                ));
            }
            let tile_size = traits.size()?;
            limits::check_size(tile_size.0, tile_size.1)?;
            let tile = Self::one(items, *id, tile_size)?;
            match &mut source {
                Some(source) => {
                    let alike = Sequence { frames: source.sequence.frames, ..tile.sequence };
                    if alike != source.sequence || tile_size != source.tile_size {
                        return Err(broken("its tiles are not of one kind"));
                    }
                    source.sequence.frames = source.sequence.frames.max(tile.sequence.frames);
                    source.tiles.extend(tile.tiles);
                }
                None => source = Some(Self { size, columns, traits: Some(traits), ..tile }),
            }
        }
        let source = source.ok_or_else(|| broken("it has no tiles"))?;
        source.check()?;
        Ok(source)
    }

    /// That tiles cover the picture, none lies beside it, and each begins at an even place where two
    /// pixels share something.
    fn check(&self) -> Result<(), DecodeError> {
        let rows = self.tiles.len() / self.columns;
        let (across, down) = self.sequence.chroma.halved();
        for (count, tile, side, is_halved) in [
            (self.columns, self.tile_size.0, self.size.0, across),
            (rows, self.tile_size.1, self.size.1, down),
        ] {
            let (count, tile, side) = (count as u64, u64::from(tile), u64::from(side));
            if count * tile < side || (count - 1) * tile >= side {
                return Err(broken("its tiles are not as large as it is"));
            }
            if is_halved && count > 1 && tile % 2 == 1 {
                return Err(broken("its tiles are of an odd size"));
            }
        }
        Ok(())
    }

    fn one(items: &Items<'a>, id: u32, size: (u32, u32)) -> Result<Self, DecodeError> {
        let item = items.item(id)?;
        match item.kind.as_ref() {
            Some(b"av01") => {}
            Some(b"hvc1" | b"hev1") => return Err(DecodeError::Unsupported("HEIC")),
            Some(_) => return Err(DecodeError::Unsupported("an AVIF of a kind that is rare")),
            None => return Err(broken("it refers to an item that is not there")),
        }
        let operating_point = Traits::of(items, item)?.operating_point;
        let coded = items.bytes(item)?;
        let sequence = Sequence::read(&coded)?;
        limits::check_size(sequence.width, sequence.height)?;
        let tile = Tile { id, operating_point, bytes: coded.len() };
        Ok(Self { size, tiles: vec![tile], columns: 1, tile_size: size, sequence, traits: None })
    }

    /// How much can be seen of it, where that is said: of the picture, or of each of its tiles.
    pub(super) fn alpha(
        &self,
        items: &Items<'a>,
        id: u32,
    ) -> Result<Option<Alpha<'a>>, DecodeError> {
        if let Some((alpha, traits)) = alpha_of(items, id)? {
            if traits.size()? != self.size {
                return Err(DecodeError::Unsupported(
                    "an AVIF whose transparency is of another size",
                ));
            }
            let is_multiplied = items.of(items.item(id)?, b"prem").contains(&alpha);
            let source = Self::of(items, alpha, self.size)?;
            return Ok(Some(Alpha { source, cicp: traits.cicp, is_multiplied }));
        }
        if self.traits.is_none() {
            return Ok(None);
        }
        let mut ids = Vec::new();
        for tile in &self.tiles {
            ids.extend(alpha_of(items, tile.id)?.map(|(alpha, _)| alpha));
        }
        if ids.is_empty() {
            return Ok(None);
        }
        if ids.len() != self.tiles.len() {
            return Err(DecodeError::Unsupported("an AVIF of which some tiles are transparent"));
        }
        let source = Self::tiled(items, &ids, self.columns, self.size)?;
        let cicp = source.traits.as_ref().and_then(|traits| traits.cicp);
        let first = items.item(self.tiles[0].id)?;
        let is_multiplied = items.of(first, b"prem").contains(&ids[0]);
        Ok(Some(Alpha { source, cicp, is_multiplied }))
    }

    /// What its planes take when they are there.
    pub(super) fn kept(&self) -> u64 {
        let (width, height) = self.size;
        if self.traits.is_none() {
            self.sequence.bytes()
        } else {
            Sequence { width, height, ..self.sequence }.bytes()
        }
    }

    /// What making them takes.
    pub(super) fn needed(&self) -> u64 {
        let sequence = &self.sequence;
        let pixels = u64::from(sequence.width) * u64::from(sequence.height);
        // Eight frames are kept that others may refer to, and grain is put on another copy.
        let frames = sequence.frames.min(9) as u64 + u64::from(sequence.has_grain);
        let coded = self.tiles.iter().map(|tile| tile.bytes).max().unwrap_or(0) as u64;
        let tiles = if self.traits.is_none() { 0 } else { self.kept() };
        tiles + coded + frames * (sequence.bytes() + pixels / 4) + WORK
    }

    /// Decodes it.
    pub(super) fn planes(&self, items: &Items) -> Result<Planes, DecodeError> {
        let mut tiles = self.tiles.iter().map(|tile| {
            let coded = items.bytes(items.item(tile.id)?)?.into_owned();
            let planes = Planes::decode(coded, &self.sequence, tile.operating_point)?;
            let (width, height) = self.tile_size;
            if (planes.width, planes.height) != (width as usize, height as usize) {
                return Err(broken("its pixels are more or fewer than it says"));
            }
            Ok(planes)
        });
        if self.traits.is_none() {
            return tiles.next().unwrap_or_else(|| Err(broken("it has no pixels")));
        }
        let (width, height) = (self.size.0 as usize, self.size.1 as usize);
        let mut room = Planes::room(width, height, self.sequence.bits, self.sequence.chroma);
        for (at, tile) in tiles.enumerate() {
            let (across, down) = (self.tile_size.0 as usize, self.tile_size.1 as usize);
            room.put(&tile?, at % self.columns * across, at / self.columns * down);
        }
        Ok(room)
    }
}

/// The item that is how much can be seen of another.
fn alpha_of<'a>(items: &Items<'a>, id: u32) -> Result<Option<(u32, Traits<'a>)>, DecodeError> {
    for (alpha, item) in items.to(id, b"auxl") {
        let traits = Traits::of(items, item)?;
        if traits.is_alpha {
            return Ok(Some((alpha, traits)));
        }
    }
    Ok(None)
}

/// What the bytes of a grid say.
struct Layout {
    rows: usize,
    columns: usize,
    size: (u32, u32),
}

impl Layout {
    fn read(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut numbers = Numbers(bytes);
        if numbers.byte()? != 0 {
            return Err(DecodeError::Unsupported("an AVIF with tiles of an unknown kind"));
        }
        let width = if numbers.byte()? & 1 == 1 { 4 } else { 2 };
        let (rows, columns) = (usize::from(numbers.byte()?) + 1, usize::from(numbers.byte()?) + 1);
        if rows * columns > MOST_TILES {
            return Err(DecodeError::TooManyParts);
        }
        let size = (numbers.sized(width)? as u32, numbers.sized(width)? as u32);
        Ok(Self { rows, columns, size })
    }
}
