//! Desk: where rows and elements become records, wherever they come from.

use std::borrow::Cow;

use rikaste_model::code::Sku;
use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::receipt::Messages;
use rikaste_model::record::{Record, RecordBody};
use rikaste_model::words;
use rikaste_model::words::Argument;

use super::Progress;
use crate::elements::Element;
use crate::group::{Group, Pending};
use crate::notes::{Notes, Refusal};
use crate::paths::Paths;
use crate::plan::Plan;
use crate::rejects::Rejects;
use crate::row::{Cells, Leaf, Row};
use crate::sheet::{Sheet, is_total};
use crate::taker::{Fate, Taker};
use crate::unreadable::Unreadable;
use crate::value::Value;
use crate::variants::{ListPaths, Lists, Variants};

/// All of a reading but the file itself, so that an element may lie in the file's buffer while it is taken.
pub(super) struct Desk<'r, 'a> {
    pub(super) plan: &'r mut Plan<'a>,
    pub(super) constants: &'r [(u16, String)],
    pub(super) taker: &'r mut Taker<'a>,
    pub(super) pending: &'r mut Pending,
    pub(super) rejects: &'r mut Rejects,
    pub(super) paths: &'r ListPaths<'a>,
    pub(super) variants: &'r mut Option<Variants<'a>>,
    pub(super) file_name: &'r str,
    pub(super) looks: bool,
    pub(super) lacking: &'r mut Option<Unreadable>,
    pub(super) progress: &'r mut Progress,
    pub(super) records: &'r mut Vec<Record>,
    pub(super) messages: &'r mut Messages,
}

impl<'a> Desk<'_, 'a> {
    /// Takes the rows that lie ready, of one product.
    pub(super) fn take_group(&mut self, group: &Group) {
        self.progress.rows += self.pending.len() as u64;
        let mut refused: Option<Refusal> = None;
        for made in group.made(self.plan, self.pending) {
            let row = Row {
                number: made.row,
                cells: Cells::Leaves(&made.leaves),
                constants: self.constants,
                kin: Some(&made.kin),
            };
            // A model's row is counted as its variant's.
            let rows = u64::from(made.kin.more) + u64::from(!made.kin.is_model);
            match self.taker.take(self.plan, &row, self.records, self.messages) {
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

    /// Takes an element of a document.
    pub(super) fn take_element(
        &mut self,
        number: u32,
        element: Element<'_>,
    ) -> Result<Fate, Unreadable> {
        let element = match element {
            Ok(element) => Value::Object(element),
            Err(problem) => {
                let mut notes = Notes { messages: self.messages, row: number, sku: None };
                let refusal = Box::new(Diagnostic::error(problem.code, problem.message));
                return Ok(Fate::Refused(notes.refuse(refusal)));
            }
        };
        let claims = |path: &str, value: &Value<'_>| {
            self.taker.has_reviews_at(path)
                || self.variants.as_ref().is_some_and(|variants| variants.are_at(path, value))
        };
        let (leaves, lists) = self.paths.cells(self.plan, &element, &claims, self.messages)?;
        self.check_columns()?;
        let before = self.records.len();
        let fate = self.take_leaves(number, &leaves);
        if let Fate::Taken(sku) = &fate {
            self.take_lists(sku, number, before, &lists)?;
        }
        Ok(fate)
    }

    /// Makes records of the lists of objects in an element whose own record is at `at`.
    fn take_lists(
        &mut self,
        sku: &Sku,
        number: u32,
        at: usize,
        lists: &Lists<'_>,
    ) -> Result<(), Unreadable> {
        for (path, list) in lists {
            if self.taker.has_reviews_at(path) {
                self.taker.take_reviews(sku, number, list, self.records, self.messages)?;
            } else if let Some(variants) = self.variants
                && list.iter().any(|value| variants.are_at(path, value))
            {
                if let RecordBody::Product(product) = &mut self.records[at].body {
                    product.is_model = true;
                }
                let (plan, taker) = (&mut *self.plan, &mut *self.taker);
                let (records, messages) = (&mut *self.records, &mut *self.messages);
                variants.read((path, list), sku, number, plan, taker, records, messages)?;
            } else if !self.paths.lead_through(path) {
                self.plan.column_of_path(path, self.messages)?;
            }
        }
        Ok(())
    }

    /// Takes an element that a plugin read.
    pub(super) fn take_portion(
        &mut self,
        element: rikaste_runtime::Element,
    ) -> Result<Fate, Unreadable> {
        let mut leaves = Vec::with_capacity(element.leaves.len());
        for (path, content) in element.leaves {
            let column = self.plan.column_of_path(&path, self.messages)?;
            leaves.push(Leaf { column, content: content.into() });
        }
        self.take_cells(element.row, &leaves)
    }

    /// The columns of cells, where an element's members are all that is asked of it.
    pub(super) fn known_paths(&self) -> Option<&Paths> {
        self.paths.is_empty().then_some(&self.plan.by_path)
    }

    /// Takes an element of which there are cells already.
    pub(super) fn take_cells(
        &mut self,
        number: u32,
        leaves: &[Leaf<'_>],
    ) -> Result<Fate, Unreadable> {
        self.check_columns()?;
        Ok(self.take_leaves(number, leaves))
    }

    /// Whether there are the columns that rows cannot do without, as far as elements have shown any.
    fn check_columns(&mut self) -> Result<(), Unreadable> {
        if !self.plan.sku.is_empty() || self.lacking.is_some() {
            return Ok(());
        }
        match self.plan.check(self.file_name) {
            Err(reason) if self.looks => {
                self.taker.only_looks = true;
                *self.lacking = Some(reason);
                Ok(())
            }
            checked => checked,
        }
    }

    fn take_leaves(&mut self, number: u32, leaves: &[Leaf<'_>]) -> Fate {
        let (cells, constants) = (Cells::Leaves(leaves), self.constants);
        let row = Row { number, cells, constants, kin: None };
        let fate = self.taker.take(self.plan, &row, self.records, self.messages);
        if let Fate::Refused(why) = &fate {
            self.rejects.put_leaves(number, leaves, constants, why);
        }
        fate
    }

    /// Takes the next row of a sheet that is not blank; nothing when there is none.
    pub(super) fn take_row(&mut self, sheet: &mut Sheet<'a>) -> Result<Option<Fate>, Unreadable> {
        let (plan, taker) = (&mut *self.plan, &mut *self.taker);
        while let Some(line) = sheet.next()? {
            let cells = Cells::Sheet(line, plan.width);
            let row = Row { number: line.number, cells, constants: self.constants, kin: None };
            if row.is_blank() {
                continue;
            }
            taker.is_short = line.record.len() < plan.width;
            let mut notes = Notes { messages: self.messages, row: row.number, sku: None };
            if let Some(word) = is_total(&sku_text(plan, &row), line.record.iter().map(str::trim)) {
                notes.push(Diagnostic::info("row-total", words!("row-total", word = word)));
                continue;
            }
            if let Err(refusal) = check_length(plan, &line.record, &mut notes) {
                let refusal = notes.refuse(refusal);
                self.rejects.put(row.number, &line.record, &refusal);
                return Ok(Some(Fate::Refused(refusal)));
            }
            let fate = taker.take(plan, &row, self.records, self.messages);
            match &fate {
                Fate::Refused(why) => self.rejects.put(row.number, &line.record, why),
                Fate::Taken(_) => self.rejects.taken(row.number, &line.record),
                Fate::Skipped => {}
            }
            return Ok(Some(fate));
        }
        Ok(None)
    }
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
