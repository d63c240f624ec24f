//! A file being read: rows in, records and messages out, a batch at a time.

use std::borrow::Cow;
use std::io;

use rikaste_catalog::code::Sku;
use rikaste_catalog::diagnostic::Diagnostic;
use rikaste_catalog::receipt::{Messages, Share};
use rikaste_catalog::record::{Record, RecordBody};
use rikaste_catalog::words;
use rikaste_catalog::words::Argument;
use serde_json::Value;
use smol_str::SmolStr;

use super::charset::Charset;
use super::elements::{Element, Elements};
use super::group::{Group, Pending};
use super::importers::{Portioned, Portions};
use super::learn::Proposal;
use super::notes::{Notes, Refusal};
use super::plan::Plan;
use super::rejects::{Rejects, RejectsFile};
use super::row::{Cells, Leaf, Row};
use super::sheet::{Sheet, is_total};
use super::taker::{Fate, Taker};
use super::unreadable::Unreadable;
use super::variants::{ListPaths, Variants};
use super::xml::{XmlElements, XmlRecord};

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
        for _ in 0..limit {
            let fate = match &mut self.rows {
                Rows::Sheet(sheet) if self.plan.group.is_some() => {
                    let group = self.plan.group.clone().expect("there is one");
                    if group.read(sheet, &mut self.pending)? {
                        self.take_group(&group, records, messages);
                        continue;
                    }
                    None
                }
                Rows::Sheet(sheet) => next_row(
                    sheet,
                    &mut self.plan,
                    &self.constants,
                    &mut self.taker,
                    records,
                    messages,
                    &mut self.rejects,
                )?,
                Rows::Portions(portions) => match portions.next()? {
                    Some(Portioned::Element(element)) => {
                        Some(self.take_portion(element, records, messages)?)
                    }
                    Some(Portioned::Refused(remark)) => {
                        messages.push(remark.clone());
                        Some(Fate::Refused(Box::new(remark)))
                    }
                    Some(Portioned::Said(remark)) => {
                        messages.push(remark);
                        continue;
                    }
                    None => None,
                },
                Rows::Elements(elements) => match elements.next()? {
                    Some((number, element)) => {
                        Some(self.take_element(number, element, records, messages)?)
                    }
                    None => None,
                },
                Rows::Xml(elements) => match elements.next()? {
                    Some(XmlRecord { number, element, goes_on }) => {
                        self.taker.goes_on = goes_on;
                        Some(self.take_element(number, element, records, messages)?)
                    }
                    None => None,
                },
            };
            match fate {
                Some(fate) => self.progress.count(&fate),
                None => {
                    if !self.progress.finished {
                        self.plan.warn_unknown(&self.taker.learner, messages);
                        if let Some(variants) = &self.variants {
                            variants.warn_unknown(messages);
                        }
                    }
                    self.progress.finished = true;
                    break;
                }
            }
        }
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

    /// Takes the rows that lie ready, of one product.
    fn take_group(&mut self, group: &Group, records: &mut Vec<Record>, messages: &mut Messages) {
        self.progress.rows += self.pending.len() as u64;
        let mut refused: Option<Refusal> = None;
        for made in group.made(&self.plan, &self.pending) {
            let row = Row {
                number: made.row,
                cells: Cells::Leaves(&made.leaves),
                constants: &self.constants,
                kin: Some(&made.kin),
            };
            // A model's row is counted as its variant's.
            let rows = u64::from(made.kin.more) + u64::from(!made.kin.is_model);
            match self.taker.take(&mut self.plan, &row, records, messages) {
                Fate::Taken(_) => {}
                Fate::Skipped => self.progress.skipped += rows,
                Fate::Refused(why) => {
                    self.progress.rejected += rows;
                    refused.get_or_insert(why);
                }
            }
        }
        // A row of a product says little without the others: all of them go to the rejects.
        if let Some(why) = refused {
            for (number, record) in self.pending.rows() {
                self.rejects.put(*number, record, &why);
            }
        }
    }

    fn take_element(
        &mut self,
        number: u32,
        element: Element,
        records: &mut Vec<Record>,
        messages: &mut Messages,
    ) -> Result<Fate, Unreadable> {
        let mut notes = Notes { messages, row: number, sku: None };
        let element = match element {
            Ok(element) => element,
            Err(problem) => {
                let refusal = Box::new(Diagnostic::error(problem.code, problem.message));
                return Ok(Fate::Refused(notes.refuse(refusal)));
            }
        };
        let whole = Value::Object(element);
        let Value::Object(element) = &whole else { unreachable!("it was made of an object") };
        let claims = |path: &str, value: &Value| {
            self.taker.has_reviews_at(path)
                || self.variants.as_ref().is_some_and(|variants| variants.are_at(path, value))
        };
        let (leaves, lists) =
            self.paths.cells(&mut self.plan, &whole, element, &claims, notes.messages)?;
        if self.plan.sku.is_empty() && self.lacking.is_none() {
            match self.plan.check(&self.file_name) {
                Err(reason) if self.looks => {
                    self.taker.only_looks = true;
                    self.lacking = Some(reason);
                }
                checked => checked?,
            }
        }
        let row =
            Row { number, cells: Cells::Leaves(&leaves), constants: &self.constants, kin: None };
        let before = records.len();
        let fate = self.taker.take(&mut self.plan, &row, records, messages);
        if let Fate::Taken(sku) = &fate {
            self.take_lists(sku, number, before, &lists, records, messages)?;
        }
        if let Fate::Refused(why) = &fate {
            self.rejects.put_leaves(number, &leaves, &self.constants, why);
        }
        Ok(fate)
    }

    /// Makes records of the lists of objects in an element whose own record is at `at`.
    fn take_lists(
        &mut self,
        sku: &Sku,
        number: u32,
        at: usize,
        lists: &[(String, &[Value])],
        records: &mut Vec<Record>,
        messages: &mut Messages,
    ) -> Result<(), Unreadable> {
        for (path, list) in lists {
            if self.taker.has_reviews_at(path) {
                self.taker.take_reviews(sku, number, list, records, messages)?;
            } else if let Some(variants) = &mut self.variants
                && list.iter().any(|value| variants.are_at(path, value))
            {
                if let RecordBody::Product(product) = &mut records[at].body {
                    product.is_model = true;
                }
                let (plan, taker) = (&mut self.plan, &mut self.taker);
                variants.read((path, list), sku, number, plan, taker, records, messages)?;
            } else if !self.paths.lead_through(path) {
                self.plan.column_of_path(path, messages)?;
            }
        }
        Ok(())
    }
}

impl Reading<'_> {
    /// Takes an element that a plugin read.
    fn take_portion(
        &mut self,
        element: crate::plugin::Element,
        records: &mut Vec<Record>,
        messages: &mut Messages,
    ) -> Result<Fate, Unreadable> {
        let mut leaves = Vec::with_capacity(element.leaves.len());
        for (path, content) in element.leaves {
            let column = self.plan.column_of_path(&path, messages)?;
            leaves.push(Leaf { column, content: content.into() });
        }
        if self.plan.sku.is_empty() {
            self.plan.check(&self.file_name)?;
        }
        let cells = Cells::Leaves(&leaves);
        let row = Row { number: element.row, cells, constants: &self.constants, kin: None };
        let fate = self.taker.take(&mut self.plan, &row, records, messages);
        if let Fate::Refused(why) = &fate {
            self.rejects.put_leaves(element.row, &leaves, &self.constants, why);
        }
        Ok(fate)
    }
}

/// Reads the next row of a sheet that is not blank.
fn next_row<'a>(
    sheet: &mut Sheet<'a>,
    plan: &mut Plan<'a>,
    constants: &[(u16, String)],
    taker: &mut Taker<'a>,
    records: &mut Vec<Record>,
    messages: &mut Messages,
    rejects: &mut Rejects,
) -> Result<Option<Fate>, Unreadable> {
    while let Some(line) = sheet.next()? {
        let cells = Cells::Sheet(line, plan.width);
        let row = Row { number: line.number, cells, constants, kin: None };
        if row.is_blank() {
            continue;
        }
        taker.is_short = line.record.len() < plan.width;
        let mut notes = Notes { messages, row: row.number, sku: None };
        if let Some(word) = is_total(&sku_text(plan, &row), line.record.iter().map(str::trim)) {
            notes.push(Diagnostic::info("row-total", words!("row-total", word = word)));
            continue;
        }
        if let Err(refusal) = check_length(plan, &line.record, &mut notes) {
            let refusal = notes.refuse(refusal);
            rejects.put(row.number, &line.record, &refusal);
            return Ok(Some(Fate::Refused(refusal)));
        }
        let fate = taker.take(plan, &row, records, messages);
        match &fate {
            Fate::Refused(why) => rejects.put(row.number, &line.record, why),
            Fate::Taken(_) => rejects.taken(row.number, &line.record),
            Fate::Skipped => {}
        }
        return Ok(Some(fate));
    }
    Ok(None)
}

/// What stands where the SKU should.
fn sku_text<'r>(plan: &Plan<'_>, row: &Row<'r>) -> Cow<'r, str> {
    let texts = plan.sku.iter().map(|column| row.text(*column));
    texts.into_iter().find(|text| !text.is_empty()).unwrap_or_default()
}

/// Refuses a row with more cells than the header has: one of them is in the wrong place, and
/// nobody can tell which. Of a row with fewer, the missing ones say nothing.
fn check_length(
    plan: &Plan<'_>,
    record: &csv::StringRecord,
    notes: &mut Notes<'_>,
) -> Result<(), Refusal> {
    let (cells, width) = (record.len(), plan.width);
    let beyond = |cell: usize| record.get(cell).is_some_and(|cell| !cell.trim().is_empty());
    if (width..cells).any(beyond) {
        let message = words!("row-too-long", cells = cells, width = width);
        return Err(Box::new(Diagnostic::error("row-length", message)));
    }
    if cells < width {
        let missing = &plan.names[cells..width];
        let names = Argument::names(missing.iter().take(5));
        let more = if missing.len() > 5 { ", …" } else { "" };
        let message = words!("row-too-short", names = names, more = more);
        notes.push(Diagnostic::warning("row-length", message));
    }
    Ok(())
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
