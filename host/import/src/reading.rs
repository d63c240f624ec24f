//! A file being read: rows in, records and messages out, a batch at a time.

use std::io;

use rikaste_model::code::Sku;
use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::receipt::{Messages, Share};
use rikaste_model::record::Record;
use smol_str::SmolStr;

use super::charset::Charset;
use super::elements::{Elements, Parsed};
use super::group::Pending;
use super::importers::{Portioned, Portions};
use super::learn::Proposal;
use super::plan::Plan;
use super::rejects::{Rejects, RejectsFile};
use super::sheet::Sheet;
use super::taker::{Fate, Taker};
use super::unreadable::Unreadable;
use super::variants::{ListPaths, Variants};
use super::xml::{XmlElements, XmlRecord};

mod desk;

use desk::Desk;

/// How far a reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Rows that were read so far, the refused and skipped ones included; the header and empty
    /// rows are none.
    pub rows: u64,
    /// Of these, how many were refused.
    pub rejected: u64,
    /// Of these, how many were left out because a mapping says so.
    pub skipped: u64,
    /// Whether there are no more.
    pub finished: bool,
    /// Bytes of the file that were taken so far.
    pub bytes: u64,
}

/// A file being read.
pub struct Reading<'a> {
    pub(super) rows: Rows<'a>,
    pub(super) plan: Plan<'a>,
    pub(super) constants: Vec<(u16, String)>,
    pub(super) taker: Taker<'a>,
    pub(super) pending: Pending,
    pub(super) rejects: Rejects,
    /// More than this share of bad rows, and nothing of the file is to be taken.
    pub(super) reject_above: Option<Share>,
    pub(super) paths: ListPaths<'a>,
    pub(super) variants: Option<Variants<'a>>,
    pub(super) read_as: ReadAs,
    /// The preset that is taken, as mappings name it.
    pub(super) preset: Option<&'static str>,
    pub(super) file_name: String,
    /// Whether the file is only looked at, and what it cannot be taken for.
    pub(super) looks: bool,
    pub(super) lacking: Option<Unreadable>,
    pub(super) progress: Progress,
    /// Messages about the headers, until somebody takes them.
    pub(super) about_headers: Vec<Diagnostic>,
}

/// How a file is read, in words.
pub(super) struct ReadAs {
    /// What it is, and what its letters are; these may be told only later.
    pub(super) format: String,
    pub(super) encoding: Option<&'static str>,
    pub(super) rest: String,
    pub(super) words: String,
}

/// Where the rows come from.
pub(super) enum Rows<'a> {
    Sheet(Box<Sheet<'a>>),
    Elements(Box<Elements<'a>>),
    Xml(Box<XmlElements<'a>>),
    Portions(Box<Portions<'a>>),
}

impl Reading<'_> {
    /// How the file is read, in words: `CSV, semicolon, UTF-8`.
    #[must_use]
    pub fn read_as(&self) -> &str {
        &self.read_as.words
    }

    /// Attributes that the file seems to have and the shop does not, as far as it was read.
    #[must_use]
    pub fn proposals(&self) -> Vec<Proposal> {
        let mut proposals = self.taker.learner.proposals(&self.plan);
        let of_variants = self.variants.as_ref().map(Variants::proposals).unwrap_or_default();
        for proposal in of_variants {
            if !proposals.iter().any(|known| known.code == proposal.code) {
                proposals.push(proposal);
            }
        }
        proposals
    }

    /// The headers: what the column numbers in records refer to. Of a JSON file they are the
    /// paths that were met so far. What a mapping says of every row is a column of its own.
    #[must_use]
    pub fn columns(&self) -> &[SmolStr] {
        &self.plan.names
    }

    /// Has rows kept for a while, because whoever takes the records may [`Reading::refuse`] one.
    pub fn may_refuse(&mut self) {
        self.rejects.keep_recent();
    }

    /// A row of the last batch is refused by whoever took its record.
    pub fn refuse(&mut self, why: &Diagnostic) {
        self.rejects.put_late(why);
    }

    /// The rows that were refused, as a file; nothing when none was.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn rejects(&mut self) -> io::Result<Option<RejectsFile>> {
        let headers = self.plan.own_names();
        self.rejects.finish(&headers)
    }

    /// More than this share of bad rows, and nothing of the file is to be taken.
    #[must_use]
    pub fn reject_above(&self) -> Option<Share> {
        self.reject_above
    }

    /// The most rows that may follow in a file of so many bytes.
    #[must_use]
    pub fn most_rows_left(&self, size: u64) -> u64 {
        // The shortest row is a character and a line feed.
        size.saturating_sub(self.progress.bytes) / 2
    }

    /// Whom the refused rows are about, as far as they say so.
    #[must_use]
    pub fn refused(&self) -> &[Sku] {
        &self.taker.refused
    }

    /// Whether the row of a sheet that was read last ends before the header does.
    #[must_use]
    pub fn ends_short(&self) -> bool {
        self.taker.is_short
    }

    /// Reads at most `limit` more rows. Records are added to what is there already; a row makes
    /// one, and further ones where it names variants or holds reviews.
    ///
    /// # Errors
    /// When the rest of the file cannot be read; then nothing of the file is to be taken, what
    /// earlier calls gave included.
    pub fn next(
        &mut self,
        limit: usize,
        records: &mut Vec<Record>,
        messages: &mut Messages,
    ) -> Result<Progress, Unreadable> {
        for message in self.about_headers.drain(..) {
            messages.push(message);
        }
        self.rejects.begin_batch();
        self.take_batch(limit, records, messages)?;
        self.progress.bytes = match &self.rows {
            Rows::Sheet(sheet) => {
                self.read_as.tell_encoding(sheet.charset().map(Charset::name));
                sheet.consumed()
            }
            Rows::Elements(elements) => elements.consumed(),
            Rows::Xml(elements) => elements.consumed(),
            Rows::Portions(portions) => portions.consumed(),
        };
        if let Rows::Sheet(sheet) = &mut self.rows {
            sheet.notes().for_each(|note| messages.push(note));
        }
        if self.progress.finished && self.progress.rows == 0 {
            return Err(Unreadable::HeaderOnly);
        }
        Ok(self.progress)
    }

    fn take_batch(
        &mut self,
        limit: usize,
        records: &mut Vec<Record>,
        messages: &mut Messages,
    ) -> Result<(), Unreadable> {
        let mut desk = Desk {
            plan: &mut self.plan,
            constants: &self.constants,
            taker: &mut self.taker,
            pending: &mut self.pending,
            rejects: &mut self.rejects,
            paths: &self.paths,
            variants: &mut self.variants,
            file_name: &self.file_name,
            looks: self.looks,
            lacking: &mut self.lacking,
            progress: &mut self.progress,
            records,
            messages,
        };
        for _ in 0..limit {
            let fate = match &mut self.rows {
                Rows::Sheet(sheet) => match desk.plan.group.clone() {
                    Some(group) if group.read(sheet, desk.pending)? => {
                        desk.take_group(&group);
                        continue;
                    }
                    Some(_) => None,
                    None => desk.take_row(sheet)?,
                },
                Rows::Portions(portions) => match portions.next()? {
                    Some(Portioned::Element(element)) => Some(desk.take_portion(element)?),
                    Some(Portioned::Refused(remark)) => {
                        desk.messages.push(remark.clone());
                        Some(Fate::Refused(Box::new(remark)))
                    }
                    Some(Portioned::Said(remark)) => {
                        desk.messages.push(remark);
                        continue;
                    }
                    None => None,
                },
                Rows::Elements(elements) => match elements.next(desk.known_paths())? {
                    Some((number, Parsed::Cells(leaves))) => {
                        Some(desk.take_cells(number, &leaves)?)
                    }
                    Some((number, Parsed::Tree(element))) => {
                        Some(desk.take_element(number, element)?)
                    }
                    None => None,
                },
                Rows::Xml(elements) => match elements.next()? {
                    Some(XmlRecord { number, element, goes_on }) => {
                        desk.taker.goes_on = goes_on;
                        Some(desk.take_element(number, element)?)
                    }
                    None => None,
                },
            };
            match fate {
                Some(fate) => desk.progress.count(&fate),
                None => {
                    if !desk.progress.finished {
                        desk.plan.warn_unknown(&desk.taker.learner, desk.messages);
                        if let Some(variants) = desk.variants {
                            variants.warn_unknown(desk.messages);
                        }
                    }
                    desk.progress.finished = true;
                    break;
                }
            }
        }
        Ok(())
    }
}

impl ReadAs {
    pub(super) fn new(format: String, encoding: Option<&'static str>, rest: String) -> Self {
        let words = match encoding {
            Some(encoding) => format!("{format}, {encoding}{rest}"),
            None => format!("{format}{rest}"),
        };
        Self { format, encoding, rest, words }
    }

    fn tell_encoding(&mut self, encoding: Option<&'static str>) {
        if self.encoding != encoding {
            *self = Self::new(
                std::mem::take(&mut self.format),
                encoding,
                std::mem::take(&mut self.rest),
            );
        }
    }
}

impl Progress {
    fn count(&mut self, fate: &Fate) {
        self.rows += 1;
        match fate {
            Fate::Taken(_) => {}
            Fate::Skipped => self.skipped += 1,
            Fate::Refused(_) => self.rejected += 1,
        }
    }
}
