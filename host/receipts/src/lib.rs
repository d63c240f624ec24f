//! Receipts for people and programs: what became of a drop, as text for a terminal, as a page,
//! and as JSON. People get them in the shop's language and time; programs get English, the codes
//! and what the messages are about, and the shop's language beside it.
//!
//! [`write_receipt`] puts the page and the JSON where the merchandiser looks for them: in `receipts/`,
//! laid out as the inbox is.

mod document;
mod html;
mod locale;
mod summary;
mod text;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rikaste_model::receipt::{DropOutcome, Receipt};

pub use document::{build_document, build_summary, describe_diagnostic, describe_message};
pub use html::{ReceiptLinks, render_html};
pub use locale::ReceiptLocale;

use rikaste_import::{REJECTED_SUFFIX, RejectsFile};
pub use text::render_text;

/// The receipt as JSON, for programs. What does not apply is absent.
#[must_use]
pub fn render_json(receipt: &Receipt, locale: ReceiptLocale<'_>) -> String {
    let document = build_document(receipt, locale.language);
    serde_json::to_string_pretty(&document).expect("texts and numbers are JSON")
}

/// Writes `<kind>/<file>.html` and `.json` below the folder. Each is whole or the one before it,
/// whatever happens meanwhile.
///
/// # Errors
/// When a folder or file cannot be written.
pub fn write_receipt(
    folder: &Path,
    receipt: &Receipt,
    locale: ReceiptLocale<'_>,
) -> io::Result<()> {
    let base = folder.join(&receipt.file);
    let parent = base.parent().unwrap_or(folder);
    fs::create_dir_all(parent)?;
    // The rows are beside the page, unless they were lost in a crash or have been mended since.
    let rejects = rejects_path(folder, &receipt.file);
    let name = rejects.file_name().and_then(|name| name.to_str());
    let link =
        name.filter(|_| rejects.is_file()).map(|name| format!("./{}", encode_path_segment(name)));
    let links = ReceiptLinks { rejects: link.as_deref(), undo: None };
    write_file(parent, &append_ending(&base, ".html"), &render_html(receipt, locale, links))?;
    write_file(parent, &append_ending(&base, ".json"), &render_json(receipt, locale))
}

/// Puts the rows that were refused beside the receipt. Where none were, the ones of before are
/// mended, and their file goes.
///
/// # Errors
/// When a folder or file cannot be written.
pub fn write_rejects(
    folder: &Path,
    receipt: &Receipt,
    rejects: Option<RejectsFile>,
) -> io::Result<()> {
    let path = rejects_path(folder, &receipt.file);
    let parent = path.parent().unwrap_or(folder);
    match rejects {
        Some(rejects) => {
            fs::create_dir_all(parent)?;
            let mut file = tempfile::NamedTempFile::new_in(parent)?;
            io::copy(&mut fs::File::open(rejects.file.path())?, file.as_file_mut())?;
            readable_by_all(file.as_file())?;
            file.persist(path).map_err(|error| error.error)?;
            Ok(())
        }
        None if receipt.outcome != DropOutcome::Rejected && receipt.rows.rejected == 0 => {
            match fs::remove_file(path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
                _ => Ok(()),
            }
        }
        None => Ok(()),
    }
}

/// Where the rejects of a file of the inbox are.
#[must_use]
pub fn rejects_path(folder: &Path, file: &str) -> PathBuf {
    folder.join(rejects_file_name(file))
}

/// A file's name as a part of an address.
#[must_use]
pub fn encode_path_segment(name: &str) -> String {
    let mut address = String::with_capacity(name.len());
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                address.push(char::from(byte));
            }
            _ => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address
}

/// Whether there is a receipt of this file (its path from the inbox on) below the folder.
#[must_use]
pub fn is_written(folder: &Path, file: &str) -> bool {
    let base = folder.join(file);
    [".html", ".json"].iter().all(|ending| append_ending(&base, ending).is_file())
}

/// The file of rejects that belongs to a file of the inbox, from the folder of receipts on:
/// `products/spring.csv` → `products/spring.csv.rejected.csv`. When that is mended and dropped,
/// its own is the same one.
#[must_use]
pub fn rejects_file_name(file: &str) -> String {
    format!("{}{REJECTED_SUFFIX}", file.strip_suffix(REJECTED_SUFFIX).unwrap_or(file))
}

/// `spring.csv` → `spring.csv.html`: files that differ in their ending have receipts of their own.
fn append_ending(base: &Path, ending: &str) -> PathBuf {
    let mut name = base.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

fn write_file(parent: &Path, path: &Path, text: &str) -> io::Result<()> {
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
