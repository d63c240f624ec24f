//! The box `meta`: the items, their locations, properties and references (ISO/IEC 14496-12, 8.11,
//! and ISO/IEC 23008-12).
//!
//! Every count is checked against a limit before memory is allocated for it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use super::super::{DecodeError, broken_photo};
use super::boxes::{BoxIterator, BoxType, ByteReader, ContainerBox};
use crate::limits;

/// The most items, properties and references. Phones write about fifty.
const MOST: usize = 4096;

/// The most extents of all items.
const MOST_EXTENTS: usize = 8192;

/// The extents of an item's data.
#[derive(Default)]
struct ItemLocation {
    /// Whether the data is in the box `idat` and not in the file.
    is_in_idat: bool,
    extents: Vec<(u64, u64)>,
}

#[derive(Default)]
pub(super) struct ImageItem {
    pub(super) item_type: Option<BoxType>,
    location: Option<ItemLocation>,
    /// The number of each property, from 1, and whether it is essential.
    pub(super) associations: Vec<(usize, bool)>,
    /// References to other items by their type.
    references: Vec<(BoxType, Vec<u32>)>,
}

/// All items of a file.
pub(super) struct ItemTable<'a> {
    photo: &'a [u8],
    idat: &'a [u8],
    pub(super) primary: u32,
    items: BTreeMap<u32, ImageItem>,
    properties: Vec<ContainerBox<'a>>,
}

impl<'a> ItemTable<'a> {
    /// Reads the body of `meta`.
    pub(super) fn read_meta(photo: &'a [u8], meta: &'a [u8]) -> Result<Self, DecodeError> {
        let mut reader = ByteReader(meta);
        reader.read_version()?;
        let mut parts: BTreeMap<BoxType, &[u8]> = BTreeMap::new();
        for part in BoxIterator(reader.0) {
            let ContainerBox { box_type: name, body } = part?;
            let is_known = matches!(
                &name,
                b"hdlr" | b"pitm" | b"iloc" | b"iinf" | b"iref" | b"iprp" | b"idat"
            );
            if is_known && parts.insert(name, body).is_some() {
                return Err(broken_photo("one of its boxes is there twice"));
            }
        }
        let part = |name: &BoxType| {
            parts.get(name).copied().ok_or_else(|| broken_photo("one of its boxes is missing"))
        };
        if part(b"hdlr")?.get(8..12) != Some(b"pict") {
            return Err(broken_photo("it says that it holds no picture"));
        }
        let mut items = Self {
            photo,
            idat: parts.get(b"idat").copied().unwrap_or_default(),
            primary: read_primary_id(part(b"pitm")?)?,
            items: BTreeMap::new(),
            properties: Vec::new(),
        };
        items.read_item_types(part(b"iinf")?)?;
        items.read_locations(part(b"iloc")?)?;
        items.read_properties(part(b"iprp")?)?;
        if let Some(body) = parts.get(b"iref") {
            items.read_references(body)?;
        }
        Ok(items)
    }

    pub(super) fn find_item(&self, id: u32) -> Result<&ImageItem, DecodeError> {
        self.items.get(&id).ok_or_else(|| broken_photo("it refers to an item that is not there"))
    }

    /// The properties of an item, and whether each is essential.
    pub(super) fn item_properties(
        &self,
        item: &ImageItem,
    ) -> impl Iterator<Item = Result<(ContainerBox<'a>, bool), DecodeError>> {
        // Number 0 stands for no property.
        item.associations.iter().filter(|(number, _)| *number > 0).map(|(number, must)| {
            let part = self.properties.get(number - 1);
            part.map(|part| (*part, *must))
                .ok_or_else(|| broken_photo("a property of it is not there"))
        })
    }

    /// The items that an item refers to with this type.
    pub(super) fn references_from(&self, item: &ImageItem, kind: &BoxType) -> Vec<u32> {
        let references = item.references.iter().filter(|(name, _)| name == kind);
        references.flat_map(|(_, to)| to).copied().collect()
    }

    /// The items that refer to an item with this type.
    pub(super) fn items_referring_to(
        &self,
        id: u32,
        kind: &BoxType,
    ) -> impl Iterator<Item = (u32, &ImageItem)> {
        let refers = move |item: &ImageItem| {
            item.references.iter().any(|(name, to)| name == kind && to.contains(&id))
        };
        self.items.iter().filter(move |(_, item)| refers(item)).map(|(id, item)| (*id, item))
    }

    /// The data of an item, joined from its extents.
    pub(super) fn item_bytes(&self, item: &ImageItem) -> Result<Cow<'a, [u8]>, DecodeError> {
        let location = item
            .location
            .as_ref()
            .ok_or_else(|| broken_photo("it does not say where an item lies"))?;
        let source = if location.is_in_idat { self.idat } else { self.photo };
        let ends = || {
            if location.is_in_idat {
                broken_photo("an item of it is not there")
            } else {
                DecodeError::Truncated
            }
        };
        let range = |(offset, length): (u64, u64)| -> Option<Range<usize>> {
            let start = usize::try_from(offset).ok()?;
            let end = match length {
                // A length of zero extends to the end.
                0 => source.len(),
                length => start.checked_add(usize::try_from(length).ok()?)?,
            };
            (start < end && end <= source.len()).then_some(start..end)
        };
        let mut ranges = Vec::with_capacity(location.extents.len());
        let mut sum = 0_usize;
        for extent in &location.extents {
            let range = range(*extent).ok_or_else(ends)?;
            // Extents may overlap, so their sum needs a limit.
            sum += range.len();
            if sum > limits::MOST_BYTES {
                return Err(DecodeError::TooManyBytes(sum));
            }
            ranges.push(range);
        }
        match ranges.as_slice() {
            [] => Err(broken_photo("an item of it has no bytes")),
            [range] => Ok(Cow::Borrowed(&source[range.clone()])),
            _ => Ok(Cow::Owned(
                ranges.into_iter().flat_map(|range| &source[range]).copied().collect(),
            )),
        }
    }

    /// Reads `iinf`, the types of items.
    fn read_item_types(&mut self, body: &[u8]) -> Result<(), DecodeError> {
        let mut reader = ByteReader(body);
        let (version, _) = reader.read_version()?;
        reader.read_sized(if version == 0 { 2 } else { 4 })?;
        for entry in BoxIterator(reader.0) {
            let ContainerBox { box_type: name, body } = entry?;
            if &name != b"infe" {
                continue;
            }
            let mut reader = ByteReader(body);
            let id = match reader.read_version()?.0 {
                2 => u32::from(reader.read_short()?),
                3 => reader.read_long()?,
                _ => return Err(broken_photo("an item of it does not say what it is")),
            };
            if reader.read_short()? != 0 {
                return Err(DecodeError::Unsupported("an encrypted AVIF"));
            }
            let kind = reader.read_box_type()?;
            if self.get_or_add_item(id)?.item_type.replace(kind).is_some() {
                return Err(broken_photo("an item of it is there twice"));
            }
        }
        Ok(())
    }

    /// Reads `iloc`, the locations of items.
    fn read_locations(&mut self, body: &[u8]) -> Result<(), DecodeError> {
        let mut reader = ByteReader(body);
        let (version, _) = reader.read_version()?;
        let sizes = reader.read_short()?;
        let [offset_size, length_size, base_size, index_size] =
            [12, 8, 4, 0].map(|shift| usize::from(sizes >> shift & 15));
        let index_size = if version == 0 { 0 } else { index_size };
        if version > 2
            || [offset_size, length_size, base_size, index_size]
                .iter()
                .any(|s| ![0, 4, 8].contains(s))
        {
            return Err(broken_photo("it says in an unknown way where its items lie"));
        }
        let count = reader.read_sized(if version < 2 { 2 } else { 4 })?;
        let mut all = 0;
        for _ in 0..count {
            let id = reader.read_sized(if version < 2 { 2 } else { 4 })? as u32;
            let method = if version == 0 { 0 } else { reader.read_short()? & 15 };
            let is_elsewhere = reader.read_short()? != 0;
            let base = reader.read_sized(base_size)?;
            let extents = usize::from(reader.read_short()?);
            all += extents;
            if all > MOST_EXTENTS {
                return Err(DecodeError::TooManyParts);
            }
            let mut location = ItemLocation { is_in_idat: method == 1, extents: Vec::new() };
            for _ in 0..extents {
                reader.read_sized(index_size)?;
                let offset = base.saturating_add(reader.read_sized(offset_size)?);
                location.extents.push((offset, reader.read_sized(length_size)?));
            }
            let item = self.get_or_add_item(id)?;
            // Data in other files or in other items is not supported. The item may not be needed.
            let is_here = method < 2 && !is_elsewhere;
            if item
                .location
                .replace(if is_here { location } else { ItemLocation::default() })
                .is_some()
            {
                return Err(broken_photo("an item of it is there twice"));
            }
        }
        Ok(())
    }

    /// Reads `iprp`, the properties and their associations.
    fn read_properties(&mut self, body: &'a [u8]) -> Result<(), DecodeError> {
        for part in BoxIterator(body) {
            let ContainerBox { box_type: name, body } = part?;
            match &name {
                b"ipco" => {
                    for property in BoxIterator(body) {
                        if self.properties.len() == MOST {
                            return Err(DecodeError::TooManyParts);
                        }
                        self.properties.push(property?);
                    }
                }
                b"ipma" => self.read_associations(body)?,
                _ => {}
            }
        }
        Ok(())
    }

    /// Reads `ipma`, the associations of properties.
    fn read_associations(&mut self, body: &[u8]) -> Result<(), DecodeError> {
        let mut reader = ByteReader(body);
        let (version, flags) = reader.read_version()?;
        let width = if flags & 1 == 1 { 2 } else { 1 };
        for _ in 0..reader.read_long()? {
            let id = reader.read_sized(if version == 0 { 2 } else { 4 })? as u32;
            let count = usize::from(reader.read_byte()?);
            let mut associations = Vec::with_capacity(count);
            for _ in 0..count {
                let number = reader.read_sized(width)? as usize;
                let must = 1 << (8 * width - 1);
                associations.push((number & (must - 1), number & must != 0));
            }
            let item = self.get_or_add_item(id)?;
            if !item.associations.is_empty() {
                return Err(broken_photo("what it says of an item is there twice"));
            }
            item.associations = associations;
        }
        Ok(())
    }

    /// Reads `iref`, the references between items.
    fn read_references(&mut self, body: &[u8]) -> Result<(), DecodeError> {
        let mut reader = ByteReader(body);
        let (version, _) = reader.read_version()?;
        let width = if version == 0 { 2 } else { 4 };
        let mut all = 0;
        for part in BoxIterator(reader.0) {
            let ContainerBox { box_type: name, body } = part?;
            if !matches!(&name, b"auxl" | b"dimg" | b"prem") {
                continue;
            }
            let mut reader = ByteReader(body);
            let from = reader.read_sized(width)? as u32;
            let count = reader.read_short()?;
            all += usize::from(count) + 1;
            if all > MOST {
                return Err(DecodeError::TooManyParts);
            }
            let to = (0..count).map(|_| Ok(reader.read_sized(width)? as u32));
            let to = to.collect::<Result<Vec<_>, DecodeError>>()?;
            self.get_or_add_item(from)?.references.push((name, to));
        }
        Ok(())
    }

    /// Finds an item or adds it, within the limit.
    fn get_or_add_item(&mut self, id: u32) -> Result<&mut ImageItem, DecodeError> {
        if self.items.len() >= MOST && !self.items.contains_key(&id) {
            return Err(DecodeError::TooManyParts);
        }
        Ok(self.items.entry(id).or_default())
    }
}

/// Reads `pitm`, the number of the primary item.
fn read_primary_id(body: &[u8]) -> Result<u32, DecodeError> {
    let mut reader = ByteReader(body);
    let (version, _) = reader.read_version()?;
    Ok(reader.read_sized(if version == 0 { 2 } else { 4 })? as u32)
}
