//! Receipts for people and programs: what became of a drop, as text for a terminal, as a page,
//! and as JSON. People get them in the shop's language and time; programs get English, the codes
//! and what the messages are about, and the shop's language beside it.
//!
//! [`write()`] puts the page and the JSON where the merchandiser looks for them: in `receipts/`,
//! laid out as the inbox is.

mod html;
mod manner;
mod summary;
mod text;
mod view;

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use rikaste_catalog::receipt::Receipt;

pub use html::html;
pub use manner::Manner;

use crate::import::REJECTED;
pub use text::text;

/// The receipt as JSON, for programs. What does not apply is absent.
#[must_use]
pub fn json(receipt: &Receipt, manner: Manner<'_>) -> String {
    let view = view::View::of(receipt, manner.language);
    serde_json::to_string_pretty(&view).expect("texts and numbers are JSON")
}

/// Writes `<kind>/<file>.html` and `.json` below the folder. Each is whole or the one before it,
/// whatever happens meanwhile.
///
/// # Errors
/// When a folder or file cannot be written.
pub fn write(folder: &Path, receipt: &Receipt, manner: Manner<'_>) -> io::Result<()> {
    let base = folder.join(&receipt.file);
    let parent = base.parent().unwrap_or(folder);
    fs::create_dir_all(parent)?;
    put(parent, &with_ending(&base, ".html"), &html(receipt, manner))?;
    put(parent, &with_ending(&base, ".json"), &json(receipt, manner))
}

/// Whether there is a receipt of this file (its path from the inbox on) below the folder.
#[must_use]
pub fn is_written(folder: &Path, file: &str) -> bool {
    let base = folder.join(file);
    [".html", ".json"].iter().all(|ending| with_ending(&base, ending).is_file())
}

/// The file of rejects that belongs to a file of the inbox, from the folder of receipts on:
/// `products/spring.csv` → `products/spring.csv.rejected.csv`. When that is mended and dropped,
/// its own is the same one.
#[must_use]
pub fn rejects_file(file: &str) -> String {
    format!("{}{REJECTED}", file.strip_suffix(REJECTED).unwrap_or(file))
}

/// `spring.csv` → `spring.csv.html`: files that differ in their ending have receipts of their own.
fn with_ending(base: &Path, ending: &str) -> std::path::PathBuf {
    let mut name = base.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

fn put(parent: &Path, path: &Path, text: &str) -> io::Result<()> {
    let mut file = tempfile::NamedTempFile::new_in(parent)?;
    file.write_all(text.as_bytes())?;
    readable_by_all(file.as_file())?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// Temporary files are their owner's alone; a receipt is for whoever looks into the folder.
#[cfg(unix)]
fn readable_by_all(file: &fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable_by_all(_: &fs::File) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests;
