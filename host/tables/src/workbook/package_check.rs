//! What is in the package of a workbook, measured before a reader is let at it.
//!
//! A ZIP of some kilobytes can unpack to terabytes. So every part that will be read is unpacked
//! once, counted, and thrown away; the sizes that the package claims are not believed. On the way
//! through the sheets of an XLSX it is counted what calamine does not report: hidden rows, and
//! formulas whose value nobody has saved.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::io::{BufRead, BufReader, Read};

use quick_xml::Reader;
use quick_xml::events::Event;
use rikaste_model::words;
use zip::ZipArchive;

use super::SpooledFile;
use crate::read_error::ReadError;

/// The most that all parts together may unpack to.
const MAX_TOTAL_BYTES: u64 = 4 << 30;

/// The most that a part may that is in memory as a whole: the texts of all cells, styles.
const MAX_PART_BYTES: u64 = 256 << 20;

/// The most texts that a workbook may have.
const MAX_TEXTS: u64 = 4_000_000;

/// The longest piece between two tags, the latter included. A cell has at most 32,767 characters.
const MAX_PIECE_BYTES: u64 = 4 << 20;

/// The most formulas without values that are remembered.
const MAX_FORMULAS: usize = 1_000_000;

/// The most parts of a package.
const MAX_PARTS: usize = 20_000;

/// Which workbook a package is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PackageKind {
    Xlsx,
    Xlsb,
    Ods,
}

/// A package that may be read.
#[derive(Debug)]
pub(crate) struct WorkbookPackage {
    pub(crate) kind: PackageKind,
    /// What was seen in the sheets, by their names.
    pub(crate) sheets: HashMap<String, PartSummary>,
}

/// What was seen in a part.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct PartSummary {
    pub(crate) hidden_rows: u64,
    /// Formulas without a value: their rows and columns, from 0.
    pub(crate) formulas_without_value: HashSet<(u32, u32)>,
    texts: u64,
    bytes: u64,
}

impl WorkbookPackage {
    pub(crate) fn check_package(spool: SpooledFile) -> Result<Self, ReadError> {
        let mut archive = ZipArchive::new(spool).map_err(ReadError::damaged_workbook)?;
        if archive.len() > MAX_PARTS {
            return Err(ReadError::Oversized {
                problem: words!("workbook-parts", limit = MAX_PARTS.to_string()),
            });
        }
        let kind = detect_package_kind(&mut archive)?;
        let mut seen = HashMap::new();
        let mut total = 0;
        for at in 0..archive.len() {
            let part = archive.by_index(at).map_err(ReadError::damaged_workbook)?;
            if part.encrypted() {
                return Err(ReadError::locked_workbook());
            }
            let name = String::from_utf8_lossy(part.name_raw()).to_lowercase();
            if !is_part_read(&name) {
                continue;
            }
            let is_sheet = name.contains("worksheets/") || name == "content.xml";
            let limit = if is_sheet {
                MAX_TOTAL_BYTES - total
            } else {
                MAX_PART_BYTES.min(MAX_TOTAL_BYTES - total)
            };
            let found = match name.ends_with(".bin") {
                true => PartSummary {
                    bytes: count_unpacked_bytes(part, limit)?,
                    ..PartSummary::default()
                },
                false => scan_part(part, limit)?,
            };
            if found.texts > MAX_TEXTS {
                return Err(ReadError::Oversized {
                    problem: words!("workbook-texts", limit = "4 000 000"),
                });
            }
            total += found.bytes;
            seen.insert(name, found);
        }
        let sheets = match kind {
            PackageKind::Xlsx => summaries_by_sheet(&mut archive, &seen).unwrap_or_default(),
            PackageKind::Xlsb | PackageKind::Ods => HashMap::new(),
        };
        Ok(Self { kind, sheets })
    }
}

/// Whether any reader of workbooks unpacks a part: pictures, macros and the like lie untouched.
fn is_part_read(name: &str) -> bool {
    let media = ["/media/", "/embeddings/", "thumbnails/", "pictures/", "vbaproject"];
    [".xml", ".rels", ".bin"].iter().any(|end| name.ends_with(end))
        && !media.iter().any(|part| name.contains(part))
}

fn detect_package_kind(archive: &mut ZipArchive<SpooledFile>) -> Result<PackageKind, ReadError> {
    let has = |end: &str| {
        archive.file_names_raw().any(|name| {
            String::from_utf8_lossy(name).trim_start_matches('/').eq_ignore_ascii_case(end)
        })
    };
    if has("xl/workbook.xml") {
        return Ok(PackageKind::Xlsx);
    }
    if has("xl/workbook.bin") {
        return Ok(PackageKind::Xlsb);
    }
    let is_calc =
        read_small_part(archive, "mimetype").is_ok_and(|text| text.contains("spreadsheet"));
    if is_calc && archive.file_names_raw().any(|name| name == b"content.xml") {
        let manifest = read_small_part(archive, "META-INF/manifest.xml").unwrap_or_default();
        return match manifest.contains("encryption-data") {
            true => Err(ReadError::locked_workbook()),
            false => Ok(PackageKind::Ods),
        };
    }
    Err(ReadError::Foreign { what: words!("foreign-document"), advice: words!("advice-workbook") })
}

/// A small part.
fn read_small_part(archive: &mut ZipArchive<SpooledFile>, name: &str) -> Result<String, ReadError> {
    const SMALL: u64 = 4 << 20;
    let part = archive.by_name(name).map_err(ReadError::damaged_workbook)?;
    let mut bytes = Vec::new();
    part.take(SMALL).read_to_end(&mut bytes).map_err(ReadError::damaged_workbook)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn too_big_error() -> ReadError {
    ReadError::Oversized { problem: words!("workbook-unpacks", limit = "4 GiB", other = "256 MiB") }
}

fn count_unpacked_bytes(part: impl Read, limit: u64) -> Result<u64, ReadError> {
    let bytes = std::io::copy(&mut part.take(limit), &mut std::io::sink());
    match bytes.map_err(ReadError::damaged_workbook)? {
        bytes if bytes == limit => Err(too_big_error()),
        bytes => Ok(bytes),
    }
}

/// Goes through the tags of a part.
fn scan_part(part: impl Read, limit: u64) -> Result<PartSummary, ReadError> {
    let mut input = BufReader::with_capacity(64 << 10, part.take(limit));
    let mut seen = PartSummary::default();
    let (mut piece, mut cell) = (Vec::new(), Vec::new());
    let mut after_formula = false;
    loop {
        piece.clear();
        let read = (&mut input).take(MAX_PIECE_BYTES).read_until(b'>', &mut piece);
        let read = read.map_err(ReadError::damaged_workbook)? as u64;
        if read == MAX_PIECE_BYTES {
            return Err(ReadError::Oversized { problem: words!("workbook-cell", limit = "4 MiB") });
        }
        seen.bytes += read;
        if seen.formulas_without_value.len() > MAX_FORMULAS {
            return Err(ReadError::Oversized {
                problem: words!("workbook-formulas", limit = "1 000 000"),
            });
        }
        if seen.bytes == limit {
            return Err(too_big_error());
        }
        if read == 0 {
            return Ok(seen);
        }
        let at = piece.iter().rposition(|byte| *byte == b'<').unwrap_or(0);
        let (text, tag) = piece.split_at(at);
        match tag {
            b"</f>" => after_formula = true,
            b"<v>" => {}
            b"</v>" => {
                if after_formula && text.is_empty() {
                    seen.formulas_without_value.extend(parse_cell_position(&cell));
                }
                after_formula = false;
            }
            b"</c>" | b"<v/>" | b"<v />" => {
                if after_formula {
                    seen.formulas_without_value.extend(parse_cell_position(&cell));
                }
                after_formula = false;
            }
            _ if tag.starts_with(b"<c ") => {
                cell.clear();
                cell.extend_from_slice(tag);
            }
            b"<si>" => seen.texts += 1,
            _ if tag.starts_with(b"<row ") => {
                let is = |part: &[u8]| tag.windows(part.len()).any(|window| window == part);
                seen.hidden_rows += u64::from(is(b" hidden=\"1\"") || is(b" hidden=\"true\""));
            }
            _ if tag.starts_with(b"<si ") => seen.texts += 1,
            _ => {}
        }
    }
}

/// Where a cell is, by its tag: `<c r="B17" …>`.
fn parse_cell_position(tag: &[u8]) -> Option<(u32, u32)> {
    let tag = std::str::from_utf8(tag).ok()?;
    let (_, rest) = tag.split_once(" r=\"")?;
    let (name, _) = rest.split_once('"')?;
    let digits = name.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = name.split_at(digits);
    let column = letters.bytes().try_fold(0_u32, |column, letter| {
        let letter = u32::from(letter.to_ascii_uppercase().checked_sub(b'A')?) + 1;
        column.checked_mul(26)?.checked_add(letter)
    })?;
    Some((row.parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}

/// What was seen in each sheet, by the names that the workbook gives to its parts.
fn summaries_by_sheet(
    archive: &mut ZipArchive<SpooledFile>,
    seen: &HashMap<String, PartSummary>,
) -> Result<HashMap<String, PartSummary>, ReadError> {
    let relations = read_small_part(archive, "xl/_rels/workbook.xml.rels")?;
    let workbook = read_small_part(archive, "xl/workbook.xml")?;
    let targets: HashMap<String, String> =
        read_attribute_pairs(&relations, "Relationship", ["Id", "Target"]).into_iter().collect();
    let sheets = read_attribute_pairs(&workbook, "sheet", ["name", "id"]).into_iter();
    let part = |id: String| {
        let target = targets.get(&id)?.to_lowercase();
        let path = match target.strip_prefix('/') {
            Some(path) => path.to_owned(),
            None => format!("xl/{target}"),
        };
        seen.get(&path).cloned()
    };
    Ok(sheets.filter_map(|(name, id)| Some((name, part(id)?))).collect())
}

/// Two attributes of all elements of a name, whatever their prefixes.
fn read_attribute_pairs(xml: &str, element: &str, wanted: [&str; 2]) -> Vec<(String, String)> {
    let mut reader = Reader::from_str(xml);
    let mut found = Vec::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(start) | Event::Empty(start))
                if start.local_name().as_ref() == element =>
            {
                let mut values = [String::new(), String::new()];
                for attribute in start.attributes().flatten() {
                    let name = attribute.key.local_name();
                    if let Some(at) = wanted.iter().position(|wanted| *wanted == name.as_ref()) {
                        let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0);
                        values[at] = value.map(Cow::into_owned).unwrap_or_default();
                    }
                }
                let [first, second] = values;
                found.push((first, second));
            }
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}
