//! What the box `meta` says: which items there are, where their bytes lie, what is said of them, and
//! how they belong together (ISO/IEC 14496-12, 8.11, and ISO/IEC 23008-12).
//!
//! Every count is held against a limit before something is kept for it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use super::super::{DecodeError, broken};
use super::boxes::{Boxes, Name, Numbers, Part};
use crate::limits;

/// Items, properties, and references in all; phones write about fifty.
const MOST: usize = 4096;

/// Pieces in which the bytes of all items lie.
const MOST_EXTENTS: usize = 8192;

/// The bytes of an item, piece by piece.
#[derive(Default)]
struct Place {
    /// In the box `idat`, and not in the file.
    is_inside: bool,
    extents: Vec<(u64, u64)>,
}

#[derive(Default)]
pub(super) struct Item {
    pub(super) kind: Option<Name>,
    place: Option<Place>,
    /// Of what is said of it the number, from 1, and whether it has to be heeded.
    pub(super) said: Vec<(usize, bool)>,
    /// What it is to others.
    references: Vec<(Name, Vec<u32>)>,
}

/// The items of a file.
pub(super) struct Items<'a> {
    photo: &'a [u8],
    inside: &'a [u8],
    pub(super) primary: u32,
    items: BTreeMap<u32, Item>,
    properties: Vec<Part<'a>>,
}

impl<'a> Items<'a> {
    /// From the body of `meta`.
    pub(super) fn read(photo: &'a [u8], meta: &'a [u8]) -> Result<Self, DecodeError> {
        let mut numbers = Numbers(meta);
        numbers.version()?;
        let mut parts: BTreeMap<Name, &[u8]> = BTreeMap::new();
        for part in Boxes(numbers.0) {
            let Part { name, body } = part?;
            let is_known = matches!(
                &name,
                b"hdlr" | b"pitm" | b"iloc" | b"iinf" | b"iref" | b"iprp" | b"idat"
            );
            if is_known && parts.insert(name, body).is_some() {
                return Err(broken("one of its boxes is there twice"));
            }
        }
        let part = |name: &Name| {
            parts.get(name).copied().ok_or_else(|| broken("one of its boxes is missing"))
        };
        if part(b"hdlr")?.get(8..12) != Some(b"pict") {
            return Err(broken("it says that it holds no picture"));
        }
        let mut items = Self {
            photo,
            inside: parts.get(b"idat").copied().unwrap_or_default(),
            primary: primary(part(b"pitm")?)?,
            items: BTreeMap::new(),
            properties: Vec::new(),
        };
        items.kinds(part(b"iinf")?)?;
        items.places(part(b"iloc")?)?;
        items.said(part(b"iprp")?)?;
        if let Some(body) = parts.get(b"iref") {
            items.references(body)?;
        }
        Ok(items)
    }

    pub(super) fn item(&self, id: u32) -> Result<&Item, DecodeError> {
        self.items.get(&id).ok_or_else(|| broken("it refers to an item that is not there"))
    }

    /// What is said of an item, and whether it has to be heeded.
    pub(super) fn properties(
        &self,
        item: &Item,
    ) -> impl Iterator<Item = Result<(Part<'a>, bool), DecodeError>> {
        // Number 0 says nothing.
        item.said.iter().filter(|(number, _)| *number > 0).map(|(number, must)| {
            let part = self.properties.get(number - 1);
            part.map(|part| (*part, *must)).ok_or_else(|| broken("a property of it is not there"))
        })
    }

    /// What an item refers to as this.
    pub(super) fn of(&self, item: &Item, kind: &Name) -> Vec<u32> {
        let references = item.references.iter().filter(|(name, _)| name == kind);
        references.flat_map(|(_, to)| to).copied().collect()
    }

    /// The items that refer to one as this.
    pub(super) fn to(&self, id: u32, kind: &Name) -> impl Iterator<Item = (u32, &Item)> {
        let refers = move |item: &Item| {
            item.references.iter().any(|(name, to)| name == kind && to.contains(&id))
        };
        self.items.iter().filter(move |(_, item)| refers(item)).map(|(id, item)| (*id, item))
    }

    /// The bytes of an item, which may lie in pieces.
    pub(super) fn bytes(&self, item: &Item) -> Result<Cow<'a, [u8]>, DecodeError> {
        let place =
            item.place.as_ref().ok_or_else(|| broken("it does not say where an item lies"))?;
        let source = if place.is_inside { self.inside } else { self.photo };
        let ends = || {
            if place.is_inside {
                broken("an item of it is not there")
            } else {
                DecodeError::Truncated
            }
        };
        let range = |(offset, length): (u64, u64)| -> Option<Range<usize>> {
            let start = usize::try_from(offset).ok()?;
            let end = match length {
                // All that follows.
                0 => source.len(),
                length => start.checked_add(usize::try_from(length).ok()?)?,
            };
            (start < end && end <= source.len()).then_some(start..end)
        };
        let mut ranges = Vec::with_capacity(place.extents.len());
        let mut sum = 0_usize;
        for extent in &place.extents {
            let range = range(*extent).ok_or_else(ends)?;
            // They may lie over each other.
            sum += range.len();
            if sum > limits::MOST_BYTES {
                return Err(DecodeError::TooManyBytes(sum));
            }
            ranges.push(range);
        }
        match ranges.as_slice() {
            [] => Err(broken("an item of it has no bytes")),
            [range] => Ok(Cow::Borrowed(&source[range.clone()])),
            _ => Ok(Cow::Owned(
                ranges.into_iter().flat_map(|range| &source[range]).copied().collect(),
            )),
        }
    }

    /// `iinf`
    fn kinds(&mut self, body: &[u8]) -> Result<(), DecodeError> {
        let mut numbers = Numbers(body);
        let (version, _) = numbers.version()?;
        numbers.sized(if version == 0 { 2 } else { 4 })?;
        for entry in Boxes(numbers.0) {
            let Part { name, body } = entry?;
            if &name != b"infe" {
                continue;
            }
            let mut numbers = Numbers(body);
            let id = match numbers.version()?.0 {
                2 => u32::from(numbers.short()?),
                3 => numbers.long()?,
                _ => return Err(broken("an item of it does not say what it is")),
            };
            if numbers.short()? != 0 {
                return Err(DecodeError::Unsupported("an encrypted AVIF"));
            }
            let kind = numbers.name()?;
            if self.grown(id)?.kind.replace(kind).is_some() {
                return Err(broken("an item of it is there twice"));
            }
        }
        Ok(())
    }

    /// `iloc`
    fn places(&mut self, body: &[u8]) -> Result<(), DecodeError> {
        let mut numbers = Numbers(body);
        let (version, _) = numbers.version()?;
        let sizes = numbers.short()?;
        let [offset_size, length_size, base_size, index_size] =
            [12, 8, 4, 0].map(|shift| usize::from(sizes >> shift & 15));
        let index_size = if version == 0 { 0 } else { index_size };
        if version > 2
            || [offset_size, length_size, base_size, index_size]
                .iter()
                .any(|s| ![0, 4, 8].contains(s))
        {
            return Err(broken("it says in an unknown way where its items lie"));
        }
        let count = numbers.sized(if version < 2 { 2 } else { 4 })?;
        let mut all = 0;
        for _ in 0..count {
            let id = numbers.sized(if version < 2 { 2 } else { 4 })? as u32;
            let method = if version == 0 { 0 } else { numbers.short()? & 15 };
            let is_elsewhere = numbers.short()? != 0;
            let base = numbers.sized(base_size)?;
            let extents = usize::from(numbers.short()?);
            all += extents;
            if all > MOST_EXTENTS {
                return Err(DecodeError::TooManyParts);
            }
            let mut place = Place { is_inside: method == 1, extents: Vec::new() };
            for _ in 0..extents {
                numbers.sized(index_size)?;
                let offset = base.saturating_add(numbers.sized(offset_size)?);
                place.extents.push((offset, numbers.sized(length_size)?));
            }
            let item = self.grown(id)?;
            // What lies in other files or in other items is not read; it may be nothing that is shown.
            let is_here = method < 2 && !is_elsewhere;
            if item.place.replace(if is_here { place } else { Place::default() }).is_some() {
                return Err(broken("an item of it is there twice"));
            }
        }
        Ok(())
    }

    /// `iprp`: the properties, and whose they are.
    fn said(&mut self, body: &'a [u8]) -> Result<(), DecodeError> {
        for part in Boxes(body) {
            let Part { name, body } = part?;
            match &name {
                b"ipco" => {
                    for property in Boxes(body) {
                        if self.properties.len() == MOST {
                            return Err(DecodeError::TooManyParts);
                        }
                        self.properties.push(property?);
                    }
                }
                b"ipma" => self.associations(body)?,
                _ => {}
            }
        }
        Ok(())
    }

    /// `ipma`
    fn associations(&mut self, body: &[u8]) -> Result<(), DecodeError> {
        let mut numbers = Numbers(body);
        let (version, flags) = numbers.version()?;
        let width = if flags & 1 == 1 { 2 } else { 1 };
        for _ in 0..numbers.long()? {
            let id = numbers.sized(if version == 0 { 2 } else { 4 })? as u32;
            let count = usize::from(numbers.byte()?);
            let mut said = Vec::with_capacity(count);
            for _ in 0..count {
                let number = numbers.sized(width)? as usize;
                let must = 1 << (8 * width - 1);
                said.push((number & (must - 1), number & must != 0));
            }
            let item = self.grown(id)?;
            if !item.said.is_empty() {
                return Err(broken("what it says of an item is there twice"));
            }
            item.said = said;
        }
        Ok(())
    }

    /// `iref`
    fn references(&mut self, body: &[u8]) -> Result<(), DecodeError> {
        let mut numbers = Numbers(body);
        let (version, _) = numbers.version()?;
        let width = if version == 0 { 2 } else { 4 };
        let mut all = 0;
        for part in Boxes(numbers.0) {
            let Part { name, body } = part?;
            if !matches!(&name, b"auxl" | b"dimg" | b"prem") {
                continue;
            }
            let mut numbers = Numbers(body);
            let from = numbers.sized(width)? as u32;
            let count = numbers.short()?;
            all += usize::from(count) + 1;
            if all > MOST {
                return Err(DecodeError::TooManyParts);
            }
            let to = (0..count).map(|_| Ok(numbers.sized(width)? as u32));
            let to = to.collect::<Result<Vec<_>, DecodeError>>()?;
            self.grown(from)?.references.push((name, to));
        }
        Ok(())
    }

    /// An item, of which there may be no more than a few.
    fn grown(&mut self, id: u32) -> Result<&mut Item, DecodeError> {
        if self.items.len() >= MOST && !self.items.contains_key(&id) {
            return Err(DecodeError::TooManyParts);
        }
        Ok(self.items.entry(id).or_default())
    }
}

/// `pitm`
fn primary(body: &[u8]) -> Result<u32, DecodeError> {
    let mut numbers = Numbers(body);
    let (version, _) = numbers.version()?;
    Ok(numbers.sized(if version == 0 { 2 } else { 4 })? as u32)
}
