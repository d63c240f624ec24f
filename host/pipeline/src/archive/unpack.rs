//! Unpacking: what is in an archive, on the disk, within limits.
//!
//! No file of an archive is written where the archive says: each gets a place of its own in a
//! temporary folder, and keeps only the end of its name.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use rikaste_model::diagnostic::{Diagnostic, cut_excerpt};
use rikaste_model::record::DropKind;
use rikaste_model::words;
use rikaste_model::words::LocalizedText;
use zip::ZipArchive;
use zip::result::ZipError;

use rikaste_import::is_system_error;

/// The most files in an archive. A catalogue's photos are fewer; what has more is split.
const MAX_ENTRIES: usize = 20_000;
/// Bytes of a file's name: what most file systems have.
const MAX_NAME_BYTES: usize = 255;
/// The most bytes that an archive may come to.
const MAX_TOTAL_BYTES: u64 = 4 << 30;
/// How many times its own size an archive may come to. Tables that repeat themselves come to some
/// fifty times.
const MAX_EXPANSION_RATIO: u64 = 200;
/// What any archive may come to.
const ALWAYS_ALLOWED_BYTES: u64 = 64 << 20;

/// What was in an archive.
pub struct UnpackedArchive {
    /// In the order in which they are to be imported.
    pub tables: Vec<UnpackedTable>,
    /// The photos in it.
    pub photos: Vec<PathBuf>,
    /// About files that were left out.
    pub messages: Vec<Diagnostic>,
}

/// A table that was in an archive.
pub struct UnpackedTable {
    pub kind: DropKind,
    /// Its path inside the archive.
    pub name: String,
    pub path: PathBuf,
}

/// What a file in an archive is, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum EntryKind {
    Table,
    Photo,
    Archive,
    Other,
    /// What programs leave beside files.
    SystemFile,
}

/// Whether a file is a ZIP archive and not a workbook.
pub fn is_archive(path: &Path) -> bool {
    let Ok(mut file) = File::open(path) else { return false };
    let mut start = [0; 4];
    if file.read_exact(&mut start).is_err() || !matches!(&start, b"PK\x03\x04" | b"PK\x05\x06") {
        return false;
    }
    // What is broken is reported as an archive, if it is called one.
    let Ok(archive) = ZipArchive::new(file) else {
        return path.extension().is_some_and(|end| end.eq_ignore_ascii_case("zip"));
    };
    ["[Content_Types].xml", "mimetype"].iter().all(|name| archive.index_for_name(name).is_none())
}

/// Unpacks an archive into a folder. `own` is the kind of tables that do not say it themselves.
pub fn unpack_archive(
    path: &Path,
    folder: &Path,
    own: DropKind,
) -> io::Result<Result<UnpackedArchive, LocalizedText>> {
    let mut archive = match ZipArchive::new(File::open(path)?) {
        Ok(archive) => archive,
        Err(ZipError::Io(error)) if is_system_error(&error) => return Err(error),
        Err(error) => return Ok(Err(words!("archive-broken", reason = error.to_string()))),
    };
    if archive.len() > MAX_ENTRIES {
        let count = archive.len();
        return Ok(Err(words!("archive-entries", count = count, limit = MAX_ENTRIES)));
    }
    let mut unpacking = ArchiveUnpacker {
        folder,
        default_kind: own,
        bytes_left: MAX_TOTAL_BYTES.min(
            ALWAYS_ALLOWED_BYTES
                .max(std::fs::metadata(path)?.len().saturating_mul(MAX_EXPANSION_RATIO)),
        ),
        photo_names: HashSet::new(),
        unpacked: UnpackedArchive { tables: Vec::new(), photos: Vec::new(), messages: Vec::new() },
    };
    for at in 0..archive.len() {
        if let Err(refusal) = unpacking.unpack_entry(&mut archive, at)? {
            return Ok(Err(refusal));
        }
    }
    let mut unpacked = unpacking.unpacked;
    if unpacked.tables.is_empty() && unpacked.photos.is_empty() {
        return Ok(Err(words!("archive-empty")));
    }
    unpacked.tables.sort_by_key(|table| import_order(table.kind, &table.name));
    Ok(Ok(unpacked))
}

struct ArchiveUnpacker<'a> {
    folder: &'a Path,
    default_kind: DropKind,
    /// Bytes that may still come.
    bytes_left: u64,
    /// Names of photos.
    photo_names: HashSet<String>,
    unpacked: UnpackedArchive,
}

impl ArchiveUnpacker<'_> {
    fn unpack_entry(
        &mut self,
        archive: &mut ZipArchive<File>,
        at: usize,
    ) -> io::Result<Result<(), LocalizedText>> {
        let broken = |name: &str, error: &dyn std::fmt::Display| {
            let reason = format!("{name}: {error}");
            Ok(Err(words!("archive-broken", reason = reason)))
        };
        let (name, encrypted) = match archive.by_index_raw(at) {
            Ok(entry) if entry.is_dir() => return Ok(Ok(())),
            Ok(entry) => {
                let name = decode_entry_name(entry.name_raw(), entry.name().ok().as_deref());
                if entry.is_symlink() {
                    // It could lead anywhere.
                    let message = words!("archive-link", name = name);
                    self.unpacked.messages.push(Diagnostic::new_warning("archive-link", message));
                    return Ok(Ok(()));
                }
                (name, entry.encrypted())
            }
            Err(error) => return broken(&format!("{}", at + 1), &error),
        };
        let base = name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        let sort = classify_entry(&name, &base);
        let left_out = match sort {
            EntryKind::SystemFile => return Ok(Ok(())),
            _ if encrypted => return Ok(Err(words!("archive-encrypted", name = name))),
            _ if is_unsafe_path(&name) => {
                Some(("archive-path", words!("archive-path", name = name.as_str())))
            }
            _ if base.len() > MAX_NAME_BYTES => {
                let name = cut_excerpt(&base);
                Some(("archive-name-long", words!("archive-name-long", name = name)))
            }
            EntryKind::Archive => {
                Some(("archive-nested", words!("archive-nested", name = name.as_str())))
            }
            EntryKind::Other => {
                Some(("archive-other", words!("archive-other", name = name.as_str())))
            }
            EntryKind::Table if self.find_table_kind(&name) == DropKind::Images => {
                Some(("archive-table", words!("archive-table", name = name.as_str())))
            }
            EntryKind::Photo if !self.photo_names.insert(base.clone()) => {
                Some(("archive-twice", words!("archive-twice", name = base.as_str())))
            }
            EntryKind::Photo | EntryKind::Table => None,
        };
        if let Some((code, message)) = left_out {
            self.unpacked.messages.push(Diagnostic::new_warning(code, message));
            return Ok(Ok(()));
        }
        let folder = self.folder.join(at.to_string());
        std::fs::create_dir(&folder)?;
        let path = folder.join(&base);
        let mut entry = match archive.by_index(at) {
            Ok(entry) => entry,
            Err(error) => return broken(&name, &error),
        };
        let mut file = File::create(&path)?;
        let mut buffer = vec![0; 64 << 10];
        loop {
            let read = match entry.read(&mut buffer) {
                Ok(0) => break,
                Ok(read) => read,
                Err(error) => return broken(&name, &error),
            };
            let Some(left) = self.bytes_left.checked_sub(read as u64) else {
                return Ok(Err(words!("archive-too-large", name = name)));
            };
            self.bytes_left = left;
            file.write_all(&buffer[..read])?;
        }
        match sort {
            EntryKind::Photo => self.unpacked.photos.push(path),
            _ => {
                let kind = self.find_table_kind(&name);
                self.unpacked.tables.push(UnpackedTable { kind, name, path });
            }
        }
        Ok(Ok(()))
    }
}

impl ArchiveUnpacker<'_> {
    /// What a table is about: [`DropKind::Images`] where nothing but the folder of photos says it.
    fn find_table_kind(&self, name: &str) -> DropKind {
        guess_drop_kind(name).unwrap_or(self.default_kind)
    }
}

/// A name as text: UTF-8 where it is, else as the archive says.
fn decode_entry_name(raw: &[u8], declared: Option<&str>) -> String {
    let name = match (std::str::from_utf8(raw), declared) {
        (Ok(name), _) | (Err(_), Some(name)) => name.to_owned(),
        (Err(_), None) => String::from_utf8_lossy(raw).into_owned(),
    };
    name.chars().map(|c| if c.is_control() { '_' } else { c }).collect()
}

/// Whether a path leads out of the folder that it is in.
fn is_unsafe_path(name: &str) -> bool {
    name.starts_with(['/', '\\'])
        || name.contains(':')
        || name.split(['/', '\\']).any(|part| part == "..")
}

fn classify_entry(name: &str, base: &str) -> EntryKind {
    let lower = base.to_lowercase();
    if base.is_empty()
        || base.starts_with(['.', '~'])
        || name.starts_with("__MACOSX/")
        || matches!(lower.as_str(), "thumbs.db" | "desktop.ini")
    {
        return EntryKind::SystemFile;
    }
    match lower.rsplit_once('.').map_or("", |(_, end)| end) {
        "csv" | "tsv" | "tab" | "txt" | "json" | "jsonl" | "ndjson" | "xml" | "xlsx" | "xlsm"
        | "xls" | "xlsb" | "ods" => EntryKind::Table,
        "jpg" | "jpeg" | "png" | "webp" | "gif" | "avif" | "tif" | "tiff" | "bmp" | "heic"
        | "mp4" | "m4v" | "mov" | "webm" | "pdf" => EntryKind::Photo,
        "zip" | "gz" | "7z" | "rar" | "tar" | "bz2" | "xz" | "zst" => EntryKind::Archive,
        _ => EntryKind::Other,
    }
}

/// What a table is about, by the folder that it is in or by its name.
pub fn guess_drop_kind(name: &str) -> Option<DropKind> {
    const WORDS: [(&str, DropKind); 6] = [
        ("price", DropKind::Prices),
        ("stock", DropKind::Stock),
        ("inventory", DropKind::Stock),
        ("review", DropKind::Reviews),
        ("edit", DropKind::Edits),
        ("product", DropKind::Products),
    ];
    let lower = name.to_lowercase();
    let (folders, base) = lower.rsplit_once(['/', '\\']).unwrap_or(("", &lower));
    let folder = folders.split(['/', '\\']).rev().find_map(DropKind::from_folder);
    // `product_prices.csv` is about prices: what stands last says it.
    let words = WORDS.iter().filter_map(|(word, kind)| Some((base.rfind(word)?, *kind)));
    folder
        .filter(|kind| *kind != DropKind::Images)
        .or(words.max_by_key(|(at, _)| *at).map(|(_, kind)| kind))
}

/// Products before the data about them, models before variants.
fn import_order(kind: DropKind, name: &str) -> (usize, bool, String) {
    let place = DropKind::ALL.iter().position(|known| *known == kind).unwrap_or_default();
    let lower = name.to_lowercase();
    let of_variants = ["variant", "concrete", "child"].iter().any(|word| lower.contains(word));
    (place, of_variants, lower)
}

#[cfg(test)]
mod tests;
