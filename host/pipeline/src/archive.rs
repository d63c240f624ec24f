//! Archives: a ZIP with tables and photos in it is one drop, and ends in one release or none.
//!
//! It is unpacked beside the asset store, and then each file in it is taken as if it had been
//! dropped: photos first, then products, variants, prices, stock, reviews, edits. What kind a table
//! is of, its folder says or its name, `prices.csv`; else it is of the kind of the archive. Because
//! files that come together belong together, one that cannot be read refuses all.

use std::path::Path;

use rikaste_model::record::DropKind;

use super::draft::Draft;
use super::landed::Landed;
use super::photos::Darkroom;
use super::rows::{Intake, Taken};
use super::{Drop, LineError, Progress};
use rikaste_import::Importer;

mod unpack;

pub use unpack::{Table, Unpacked, is_archive, unpack};

/// An archive on its way into a draft.
pub(super) struct Archive<'a> {
    pub(super) drop: &'a Drop,
    pub(super) darkroom: Darkroom<'a>,
}

impl Archive<'_> {
    /// Whether the file is an archive, and not a workbook, which is one as well.
    pub(super) fn is_one(path: &Path) -> bool {
        is_archive(path)
    }

    /// Takes what is in the archive.
    pub(super) fn take(
        &self,
        intake: &Intake<'_>,
        draft: &mut Draft<'_>,
        taken: &mut Taken,
        tell: &mut (dyn FnMut(Progress) + Send),
    ) -> Result<(), LineError> {
        let path = &self.drop.paths[0];
        let failed = |source| LineError::File { path: path.clone(), source };
        let folder = self.darkroom.0.assets().scratch().map_err(failed)?;
        let unpacked = match unpack(path, folder.path(), self.drop.kind).map_err(failed)? {
            Ok(unpacked) => unpacked,
            Err(refusal) => {
                taken.read_as = "ZIP".to_owned();
                taken.refuse_archive(refusal);
                return Ok(());
            }
        };
        let Unpacked { tables, photos, messages } = unpacked;
        messages.into_iter().for_each(|message| taken.messages.push(message));
        let mut read_as = Vec::new();
        if !photos.is_empty() {
            read_as.push(match photos.len() {
                1 => "1 photo".to_owned(),
                count => format!("{count} photos"),
            });
            let file = format!("{}/photos", self.drop.file);
            let photos = Drop { kind: DropKind::Images, file, paths: photos, pictures: Vec::new() };
            let mut part = Taken::default();
            self.darkroom.take(draft, &photos, &mut part, tell)?;
            taken.add(part, None);
        }
        for table in tables {
            let name = table.name.clone();
            let part = self.take_table(table, intake, draft, taken, tell)?;
            read_as.push(format!("{name} ({})", part.read_as));
            taken.add(part, Some(&name));
        }
        taken.read_as = format!("ZIP: {}", read_as.join(", "));
        Ok(())
    }

    fn take_table(
        &self,
        table: Table,
        intake: &Intake<'_>,
        draft: &mut Draft<'_>,
        taken: &mut Taken,
        tell: &mut (dyn FnMut(Progress) + Send),
    ) -> Result<Taken, LineError> {
        let file = format!("{}/{}", self.drop.file, table.name);
        let drop = Drop { kind: table.kind, file, paths: vec![table.path], pictures: Vec::new() };
        let landed = Landed::look(&drop)?;
        let importer: &Importer<'_> = intake.importer;
        let voice = intake.voice.clone();
        let first_column = u16::try_from(taken.columns.len()).unwrap_or(u16::MAX);
        let intake = Intake { importer, drop: &drop, file: &landed, voice, first_column };
        let mut part = Taken::default();
        part.roll = taken.roll.take();
        intake.take_rows(draft, &mut part, tell)?;
        taken.roll = part.roll.take();
        taken.missing.append(&mut part.missing);
        Ok(part)
    }
}
