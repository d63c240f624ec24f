//! What a backup lies in: a folder, or a ZIP file.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::{BackupError, failed};

/// A backup that is written under another name, and gets its own when it is whole.
pub(super) struct BackupWriter {
    partial: PathBuf,
    form: WriterForm,
}

enum WriterForm {
    Folder,
    Zip(Box<ZipWriter<File>>),
}

impl BackupWriter {
    pub(super) fn create(target: &Path) -> Result<Self, BackupError> {
        let mut name = target.file_name().unwrap_or_default().to_owned();
        name.push(".part");
        let partial = target.with_file_name(name);
        let parent = target.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(parent).map_err(|source| failed(parent, source))?;
        // What is left of one that was broken off.
        let _ = std::fs::remove_dir_all(&partial).or_else(|_| std::fs::remove_file(&partial));
        let is_zip = target.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"));
        let form = if is_zip {
            let file = create_private_file(&partial).map_err(|source| failed(&partial, source))?;
            WriterForm::Zip(Box::new(ZipWriter::new(file)))
        } else {
            std::fs::create_dir(&partial).map_err(|source| failed(&partial, source))?;
            super::set_file_mode(&partial, Some(0o700))
                .map_err(|source| failed(&partial, source))?;
            WriterForm::Folder
        };
        Ok(Self { partial, form })
    }

    pub(super) fn partial_path(&self) -> &Path {
        &self.partial
    }

    pub(super) fn add_file(
        &mut self,
        name: &str,
        bytes: &mut impl Read,
        mode: Option<u32>,
    ) -> Result<(), BackupError> {
        let path = self.partial.join(name);
        let written = match &mut self.form {
            WriterForm::Folder => write_to_folder(&path, bytes, mode),
            WriterForm::Zip(zip) => write_to_zip(zip, name, bytes, mode),
        };
        written.map_err(|source| failed(&path, source))
    }

    pub(super) fn finish(&mut self, target: &Path) -> Result<(), BackupError> {
        let form = std::mem::replace(&mut self.form, WriterForm::Folder);
        if let WriterForm::Zip(zip) = form {
            let file = zip.finish().map_err(|error| failed(&self.partial, error.into()))?;
            file.sync_all().map_err(|source| failed(&self.partial, source))?;
        } else if target.is_dir() {
            std::fs::remove_dir(target).map_err(|source| failed(target, source))?;
        }
        std::fs::rename(&self.partial, target).map_err(|source| failed(target, source))
    }
}

fn write_to_folder(path: &Path, bytes: &mut impl Read, mode: Option<u32>) -> io::Result<()> {
    std::fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
    let mut file = File::create(path)?;
    io::copy(bytes, &mut file)?;
    file.sync_all()?;
    super::set_file_mode(path, mode)
}

fn write_to_zip(
    zip: &mut ZipWriter<File>,
    name: &str,
    bytes: &mut impl Read,
    mode: Option<u32>,
) -> io::Result<()> {
    // Photos are compressed already; the database and tables are not.
    let method = match name.starts_with(".rikaste/assets/") {
        true => CompressionMethod::Stored,
        false => CompressionMethod::Deflated,
    };
    let options = SimpleFileOptions::default()
        .compression_method(method)
        .large_file(true)
        .unix_permissions(mode.unwrap_or(0o644));
    zip.start_file(name, options)?;
    io::copy(bytes, zip)?;
    zip.flush()
}

/// A file that only its owner can read: there are tokens in it.
fn create_private_file(path: &Path) -> io::Result<File> {
    let file = File::create_new(path)?;
    super::set_file_mode(path, Some(0o600))?;
    Ok(file)
}

/// A backup that is read.
pub(super) enum BackupReader {
    Folder(PathBuf),
    Zip(Box<ZipArchive<File>>),
}

impl BackupReader {
    pub(super) fn open(backup: &Path) -> Result<Self, BackupError> {
        if backup.is_dir() {
            return Ok(Self::Folder(backup.to_owned()));
        }
        let file = File::open(backup).map_err(|source| failed(backup, source))?;
        let zip = ZipArchive::new(file).map_err(|error| BackupError::Unusable {
            path: backup.to_owned(),
            why: error.to_string(),
        })?;
        Ok(Self::Zip(Box::new(zip)))
    }

    pub(super) fn read_file(
        &mut self,
        name: &str,
        read: impl FnOnce(&mut dyn Read) -> io::Result<()>,
    ) -> io::Result<()> {
        match self {
            Self::Folder(folder) => read(&mut File::open(folder.join(name))?),
            Self::Zip(zip) => read(&mut zip.by_name(name)?),
        }
    }
}
