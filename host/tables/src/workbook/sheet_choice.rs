//! Which sheet of a workbook is read: the one a mapping names, else the longest table among those
//! that can be seen, one with a SKU before one without.

use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::words;
use rikaste_model::words::TextArgument;
use smol_str::SmolStr;

use super::workbook_file::WorkbookFile;
use crate::read_error::ReadError;
use crate::table::{NameMeaning, TableRow};

/// Rows that are kept to look for names in, and rows that are counted: a longer sheet is long.
const KEPT_ROWS: usize = 40;
const COUNTED_ROWS: usize = 5_000;

/// The most text that is kept of all sheets.
const KEPT_BYTES: usize = 4 << 20;

/// What is known of a sheet.
#[derive(Debug)]
pub(crate) struct SheetSummary {
    pub(crate) name: String,
    pub(crate) hidden: bool,
    /// Rows with several cells, counted up to some.
    rows: usize,
    lead: Vec<TableRow>,
}

/// Looks at all sheets.
pub(crate) fn summarize_sheets(book: &mut WorkbookFile) -> Result<Vec<SheetSummary>, ReadError> {
    let sheets = book.sheets().to_vec();
    let alone = sheets.len() == 1;
    let mut kept = 0;
    let mut facts = Vec::with_capacity(sheets.len());
    for (at, sheet) in sheets.into_iter().enumerate() {
        let mut found =
            SheetSummary { name: sheet.name, hidden: sheet.hidden, rows: 0, lead: Vec::new() };
        if !alone && !sheet.hidden {
            let mut seen = 0;
            book.read_rows(at, &mut |row| {
                seen += 1;
                found.rows += usize::from(count_filled_cells(&row.line) > 1);
                kept += row.line.record.as_slice().len();
                if found.lead.len() < KEPT_ROWS && kept < KEPT_BYTES {
                    found.lead.push(row.line);
                }
                seen < COUNTED_ROWS
            })?;
        }
        facts.push(found);
    }
    Ok(facts)
}

fn count_filled_cells(line: &TableRow) -> usize {
    line.record.iter().filter(|cell| !cell.trim().is_empty()).count()
}

/// The sheet to read.
pub(crate) fn choose_sheet(
    sheets: &[SheetSummary],
    wanted: Option<&str>,
    meaning: &dyn Fn(&str) -> NameMeaning,
) -> Result<usize, ReadError> {
    let names = || sheets.iter().map(|sheet| sheet.name.clone().into()).collect();
    if let Some(wanted) = wanted {
        let named =
            |sheet: &SheetSummary| sheet.name.trim().to_lowercase() == wanted.trim().to_lowercase();
        let found = sheets.iter().position(named);
        return found
            .ok_or_else(|| ReadError::NoSheet { wanted: wanted.to_owned(), sheets: names() });
    }
    let has_sku = |sheet: &SheetSummary| {
        let is_sku = |cell: &str| meaning(cell.trim()) == NameMeaning::Sku;
        sheet.lead.iter().any(|line| line.record.iter().any(is_sku))
    };
    let visible = sheets.iter().enumerate().filter(|(_, sheet)| !sheet.hidden);
    // The first of equals.
    let best = visible.rev().max_by_key(|(_, sheet)| (has_sku(sheet), sheet.rows));
    best.map(|(at, _)| at)
        .ok_or_else(|| ReadError::NoSheet { wanted: String::new(), sheets: names() })
}

/// The diagnostics about sheets that are not read.
pub(crate) fn unread_sheet_diagnostics(
    sheets: &[SheetSummary],
    chosen: usize,
) -> impl Iterator<Item = Diagnostic> {
    let others = sheets.iter().enumerate().filter(|(at, _)| *at != chosen).map(|(_, sheet)| sheet);
    let (hidden, seen): (Vec<&SheetSummary>, Vec<&SheetSummary>) =
        others.partition(|sheet| sheet.hidden);
    let names = |sheets: &[&SheetSummary]| -> Vec<SmolStr> {
        sheets.iter().map(|sheet| SmolStr::new(&sheet.name)).collect()
    };
    let name = sheets[chosen].name.as_str();
    let left = (!seen.is_empty()).then(|| {
        let others = TextArgument::from_names(names(&seen));
        let message = words!("sheets-left-out", name = name, others = others);
        Diagnostic::new_info("sheets-left-out", message)
    });
    let unseen = (!hidden.is_empty()).then(|| {
        let message = words!("sheets-hidden", others = TextArgument::from_names(names(&hidden)));
        Diagnostic::new_info("sheets-hidden", message)
    });
    left.into_iter().chain(unseen)
}
