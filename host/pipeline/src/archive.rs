//! Archives: a ZIP with tables and photos in it is one drop, and ends in one release or none.
//!
//! It is unpacked beside the asset store, and then each file in it is imported as if it had been
//! dropped: photos first, then products, variants, prices, stock, reviews, edits. What kind a table
//! is of, its folder says or its name, `prices.csv`; else it is of the kind of the archive. Because
//! files that come together belong together, one that cannot be read refuses all.

use std::path::Path;

use super::photo_import::{PhotoImport, render_progress};
use super::photo_preparation::PreparedPhotos;
use super::release_builder::ReleaseBuilder;
use super::table_import::{ImportOutcome, TableImport};
use super::{ImportProgress, PipelineError, TableFile};

mod unpack;

pub(super) use unpack::guess_drop_kind;
pub use unpack::{UnpackedArchive, UnpackedTable, is_archive, unpack_archive};

/// An archive on its way into a release.
pub(super) struct ArchiveImport<'a> {
    pub(super) table: &'a TableFile,
    pub(super) photo_import: PhotoImport<'a>,
}

impl ArchiveImport<'_> {
    /// Whether the file is an archive, and not a workbook, which is one as well.
    pub(super) fn can_import(path: &Path) -> bool {
        is_archive(path)
    }

    /// Takes what is in the archive.
    pub(super) fn import_contents(
        &self,
        import: &TableImport<'_>,
        builder: &mut ReleaseBuilder<'_>,
        outcome: &mut ImportOutcome,
        on_progress: &mut (dyn FnMut(ImportProgress) + Send),
    ) -> Result<(), PipelineError> {
        let TableFile { kind, path, .. } = self.table;
        let failed = |source| PipelineError::File { path: path.clone(), source };
        let folder = self.photo_import.0.assets().create_scratch_folder().map_err(failed)?;
        let unpacked = match unpack_archive(path, folder.path(), *kind).map_err(failed)? {
            Ok(unpacked) => unpacked,
            Err(refusal) => {
                outcome.read_as = "ZIP".to_owned();
                outcome.reject_archive(refusal);
                return Ok(());
            }
        };
        let UnpackedArchive { tables, photos, messages } = unpacked;
        messages.into_iter().for_each(|message| outcome.messages.push_diagnostic(message));
        let mut read_as = Vec::new();
        if !photos.is_empty() {
            read_as.push(match photos.len() {
                1 => "1 photo".to_owned(),
                count => format!("{count} photos"),
            });
            let service = self.photo_import.0;
            let count = photos.len() as u64;
            let mut report = |progress| on_progress(render_progress(progress, count));
            let photos = PreparedPhotos::from_files(service, photos, &mut report)?;
            let mut part = ImportOutcome::default();
            self.photo_import.import_photos(builder, photos, &mut part)?;
            outcome.merge_part(part, None);
        }
        for table in tables {
            let name = table.name.clone();
            let part = self.import_table(table, import, builder, outcome, on_progress)?;
            read_as.push(format!("{name} ({})", part.read_as));
            outcome.merge_part(part, Some(&name));
        }
        outcome.read_as = format!("ZIP: {}", read_as.join(", "));
        Ok(())
    }

    fn import_table(
        &self,
        table: UnpackedTable,
        import: &TableImport<'_>,
        builder: &mut ReleaseBuilder<'_>,
        outcome: &mut ImportOutcome,
        on_progress: &mut (dyn FnMut(ImportProgress) + Send),
    ) -> Result<ImportOutcome, PipelineError> {
        let UnpackedTable { kind, name, path } = table;
        let failed = |source| PipelineError::File { path: path.clone(), source };
        let file_size = std::fs::metadata(&path).map_err(failed)?.len();
        let table = TableFile { kind, file: format!("{}/{name}", self.table.file), path };
        let import = TableImport {
            importer: import.importer,
            table: &table,
            file_size,
            import_age: import.import_age.clone(),
            first_column: u16::try_from(outcome.columns.len()).unwrap_or(u16::MAX),
        };
        let mut part = ImportOutcome::default();
        part.range_tracker = outcome.range_tracker.take();
        part.price_checks = outcome.price_checks.take();
        part.price_withdrawal = outcome.price_withdrawal.take();
        part.content_withdrawal = outcome.content_withdrawal.take();
        import.import_rows(builder, &mut part, on_progress)?;
        outcome.range_tracker = part.range_tracker.take();
        outcome.price_checks = part.price_checks.take();
        outcome.price_withdrawal = part.price_withdrawal.take();
        outcome.content_withdrawal = part.content_withdrawal.take();
        outcome.missing_skus.append(&mut part.missing_skus);
        Ok(part)
    }
}
