//! Books: the four formats behind one face. XLSX, XLSB and XLS are read by calamine, the first two
//! as a stream of cells; ODS is read here, because calamine would have all of it in memory.

use std::io;

use calamine::{
    Reader, Sheet, SheetType, SheetVisible, Xls, XlsError, Xlsb, XlsbError, Xlsx, XlsxError,
};
use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::words;

use super::Spool;
use super::cell::Cell;
use super::guard::{Package, PackageKind};
use super::legacy;
use super::ods::Ods;
use super::rows::{Rows, Take};
use crate::unreadable::{Unreadable, is_of_the_machine};

/// A workbook.
pub(super) struct Book {
    format: Format,
    sheets: Vec<SheetName>,
    package: Option<Package>,
}

enum Format {
    Xlsx(Box<Xlsx<Spool>>),
    Xlsb(Box<Xlsb<Spool>>),
    Xls(Box<Xls<Spool>>),
    Ods(Ods),
}

/// A sheet with cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SheetName {
    pub(super) name: String,
    pub(super) hidden: bool,
}

impl Book {
    pub(super) fn open(spool: Spool) -> Result<Self, Unreadable> {
        let mut magic = [0; 4];
        io::Read::read_exact(&mut spool.again()?, &mut magic)?;
        if magic != *b"PK\x03\x04" {
            legacy::check(spool.again()?)?;
            let book = Xls::new(spool.again()?).map_err(xls_error)?;
            let sheets = names(book.sheets_metadata());
            return Ok(Self { format: Format::Xls(Box::new(book)), sheets, package: None });
        }
        let package = Package::check(spool.again()?)?;
        let (format, sheets) = match package.kind {
            PackageKind::Xlsx => {
                let book = Xlsx::new(spool.again()?).map_err(xlsx_error)?;
                let sheets = names(book.sheets_metadata());
                (Format::Xlsx(Box::new(book)), sheets)
            }
            PackageKind::Xlsb => {
                let book = Xlsb::new(spool.again()?).map_err(xlsb_error)?;
                let sheets = names(book.sheets_metadata());
                (Format::Xlsb(Box::new(book)), sheets)
            }
            PackageKind::Ods => {
                let book = Ods::open(spool)?;
                let sheets = book.sheets().to_vec();
                (Format::Ods(book), sheets)
            }
        };
        Ok(Self { format, sheets, package: Some(package) })
    }

    /// How it is called on a receipt.
    pub(super) fn format(&self) -> &'static str {
        match self.format {
            Format::Xlsx(_) => "XLSX",
            Format::Xlsb(_) => "XLSB",
            Format::Xls(_) => "XLS",
            Format::Ods(_) => "ODS",
        }
    }

    pub(super) fn sheets(&self) -> &[SheetName] {
        &self.sheets
    }

    /// What there is to say about a sheet as a whole.
    pub(super) fn notes(&self, sheet: usize) -> Vec<Diagnostic> {
        let name = &self.sheets[sheet].name;
        let found = self.package.as_ref().and_then(|package| package.sheets.get(name));
        let Some(found) = found else {
            return Vec::new();
        };
        let mut notes = Vec::new();
        if found.hidden_rows > 0 {
            let message = words!("rows-hidden", count = found.hidden_rows.to_string());
            notes.push(Diagnostic::info("rows-hidden", message));
        }
        if !found.unsolved.is_empty() {
            let count = found.unsolved.len().to_string();
            let message = words!("formula-without-value", count = count);
            notes.push(Diagnostic::warning("formula-without-value", message));
        }
        notes
    }

    /// Gives the rows of a sheet until no more are wanted.
    pub(super) fn rows(&mut self, sheet: usize, take: Take<'_>) -> Result<(), Unreadable> {
        let name = &self.sheets[sheet].name;
        let seen = self.package.as_ref().and_then(|package| package.sheets.get(name));
        let mut rows = Rows::new(take, seen.map(|seen| &seen.unsolved));
        match &mut self.format {
            Format::Xlsx(book) => {
                let mut cells = book.worksheet_cells_reader(name).map_err(xlsx_error)?;
                while let Some(cell) = cells.next_cell().map_err(xlsx_error)? {
                    let (row, column) = cell.get_position();
                    if !rows.put(row, column, cell.get_value().into())? {
                        return Ok(());
                    }
                }
            }
            Format::Xlsb(book) => {
                let mut cells = book.worksheet_cells_reader(name).map_err(xlsb_error)?;
                while let Some(cell) = cells.next_cell().map_err(xlsb_error)? {
                    let (row, column) = cell.get_position();
                    if !rows.put(row, column, cell.get_value().into())? {
                        return Ok(());
                    }
                }
            }
            Format::Xls(book) => {
                let range = book.worksheet_range(name).map_err(xls_error)?;
                let (top, left) = range.start().unwrap_or_default();
                for (row, column, data) in range.used_cells() {
                    let (row, column) = (top + row as u32, left + column as u32);
                    if !rows.put(row, column, Cell::from(data))? {
                        return Ok(());
                    }
                }
            }
            Format::Ods(book) => return book.rows(sheet, &mut rows),
        }
        rows.finish();
        Ok(())
    }
}

fn names(sheets: &[Sheet]) -> Vec<SheetName> {
    let with_cells = sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    with_cells
        .map(|sheet| SheetName {
            name: sheet.name.clone(),
            hidden: sheet.visible != SheetVisible::Visible,
        })
        .collect()
}

fn xlsx_error(error: XlsxError) -> Unreadable {
    match error {
        XlsxError::Password => Unreadable::locked(),
        XlsxError::Io(error) => read_error(error),
        error => Unreadable::damaged(error),
    }
}

fn xlsb_error(error: XlsbError) -> Unreadable {
    match error {
        XlsbError::Password => Unreadable::locked(),
        XlsbError::Io(error) => read_error(error),
        error => Unreadable::damaged(error),
    }
}

fn xls_error(error: XlsError) -> Unreadable {
    match error {
        XlsError::Password => Unreadable::locked(),
        XlsError::Io(error) => read_error(error),
        error => Unreadable::damaged(error),
    }
}

/// Readers give what is cut off inside of a workbook as a failure to read.
fn read_error(error: io::Error) -> Unreadable {
    match is_of_the_machine(&error) {
        true => error.into(),
        false => Unreadable::damaged(error),
    }
}
