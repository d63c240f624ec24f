//! What nobody needs any more is let go of.
//!
//! A rendition is needed while there is its photo, its maker is the one whose work is shown, and a channel
//! wants it. Whoever has its address may come for it later, and a release may go back: so what is not
//! needed stays for a while. How long it was not needed is read from the file's time, which is set anew whenever it
//! is found needed.

use std::collections::HashSet;
use std::fs::{self, FileTimes};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use rikaste_store::{AssetEntry, StoreError, StoreReader};
use smol_str::SmolStr;

use super::RenditionService;
use super::rendition_store::metadata_file_stem;

/// For how long something is kept that is not needed.
pub const GRACE_PERIOD: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// Photos that are looked up at a time.
const PAGE_SIZE: u32 = 1_000;

/// The names of all needed files are not held at once, only those that begin with one of these.
const BEGINNINGS: &str = "0123456789abcdef";

/// What was let go of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SweepReport {
    /// Files that stay.
    pub kept: u64,
    /// Files that went.
    pub removed: u64,
    /// How large these were.
    pub bytes: u64,
}

/// Why that failed.
#[derive(Debug, thiserror::Error)]
pub enum SweepError {
    /// What is needed is not known.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file could not be looked at, or removed.
    #[error("{}: {source}", path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// The error of the file system.
        source: io::Error,
    },
}

impl RenditionService {
    /// Removes renditions that were not needed for [`GRACE_PERIOD`].
    ///
    /// # Errors
    /// When the store cannot be read, or the renditions not be written. What was not looked at stays.
    pub fn sweep_unneeded(
        &self,
        reader: &StoreReader,
        now: SystemTime,
    ) -> Result<SweepReport, SweepError> {
        let mut swept = SweepReport::default();
        for beginning in BEGINNINGS.chars() {
            let needed = self.list_needed_names(reader, beginning)?;
            let folders = list_files(self.store.folder(), |name| name.starts_with(beginning))?;
            for folder in folders {
                for file in list_files(&folder, |_| true)? {
                    let failed = |source| SweepError::File { path: file.clone(), source };
                    sweep_file(&file, &needed, now, &mut swept).map_err(failed)?;
                }
            }
        }
        Ok(swept)
    }

    /// The names of what is needed, without endings, that begin so.
    fn list_needed_names(
        &self,
        reader: &StoreReader,
        beginning: char,
    ) -> Result<HashSet<String>, StoreError> {
        let mut needed = HashSet::new();
        let mut after: Option<SmolStr> = None;
        loop {
            let page = reader.list_assets_after(after.as_deref(), PAGE_SIZE)?;
            let Some(last) = page.last() else { return Ok(needed) };
            after = Some(last.name.clone());
            let names = page.iter().flat_map(|asset| self.list_file_names(asset));
            needed.extend(names.filter(|name| name.starts_with(beginning)));
        }
    }

    fn list_file_names(&self, asset: &AssetEntry) -> Vec<String> {
        // Of one that cannot be used there is only this.
        let mut names = vec![metadata_file_stem(&asset.hash, &self.toolchain_hash)];
        if let Some(facts) = &asset.facts {
            let wanted = self.list_wanted_renditions(Some(facts.width));
            names.extend(wanted.iter().map(|one| one.name(&asset.hash, &facts.maker).to_string()));
        }
        names
    }
}

fn sweep_file(
    file: &Path,
    needed: &HashSet<String>,
    now: SystemTime,
    swept: &mut SweepReport,
) -> io::Result<()> {
    let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let stem = name.split('.').next().unwrap_or_default();
    let about = fs::metadata(file)?;
    if needed.contains(stem) {
        swept.kept += 1;
        return fs::File::options()
            .append(true)
            .open(file)?
            .set_times(FileTimes::new().set_modified(now));
    }
    let age = now.duration_since(about.modified()?).unwrap_or_default();
    if age <= GRACE_PERIOD {
        swept.kept += 1;
        return Ok(());
    }
    fs::remove_file(file)?;
    swept.removed += 1;
    swept.bytes += about.len();
    Ok(())
}

/// What is in a folder; nothing where there is none.
fn list_files(folder: &Path, is_one: impl Fn(&str) -> bool) -> Result<Vec<PathBuf>, SweepError> {
    let failed = |source| SweepError::File { path: folder.to_owned(), source };
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(failed)?,
    };
    let mut files = Vec::new();
    for entry in entries {
        let entry = entry.map_err(failed)?;
        if entry.file_name().to_str().is_some_and(&is_one) {
            files.push(entry.path());
        }
    }
    Ok(files)
}
