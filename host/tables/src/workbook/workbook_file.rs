//! Books: the four formats behind one face. XLSX, XLSB and XLS are read by calamine, the first two
//! as a stream of cells; ODS is read here, because calamine would have all of it in memory.

use std::io;

use calamine::{
    Reader, Sheet, SheetType, SheetVisible, Xls, XlsError, Xlsb, XlsbError, Xlsx, XlsxError,
};
use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::words;

use super::SpooledFile;
use super::cell::WorkbookCell;
use super::ods::OdsWorkbook;
use super::package_check::{PackageKind, WorkbookPackage};
use super::row_assembler::{RowAssembler, RowConsumer};
use super::xls_check;
use crate::read_error::{ReadError, is_system_error};

/// A workbook.
pub(crate) struct WorkbookFile {
    format: WorkbookReader,
    sheets: Vec<SheetInfo>,
    package: Option<WorkbookPackage>,
}

enum WorkbookReader {
    Xlsx(Box<Xlsx<SpooledFile>>),
    Xlsb(Box<Xlsb<SpooledFile>>),
    Xls(Box<Xls<SpooledFile>>),
    Ods(OdsWorkbook),
}

/// A sheet with cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SheetInfo {
    pub(crate) name: String,
    pub(crate) hidden: bool,
}

impl WorkbookFile {
    pub(crate) fn open_spooled(spool: SpooledFile) -> Result<Self, ReadError> {
        let mut magic = [0; 4];
        io::Read::read_exact(&mut spool.reopen_file()?, &mut magic)?;
        if magic != *b"PK\x03\x04" {
            xls_check::check_xls(spool.reopen_file()?)?;
            let book = Xls::new(spool.reopen_file()?).map_err(xls_error)?;
            let sheets = list_worksheets(book.sheets_metadata());
            return Ok(Self { format: WorkbookReader::Xls(Box::new(book)), sheets, package: None });
        }
        let package = WorkbookPackage::check_package(spool.reopen_file()?)?;
        let (format, sheets) = match package.kind {
            PackageKind::Xlsx => {
                let book = Xlsx::new(spool.reopen_file()?).map_err(xlsx_error)?;
                let sheets = list_worksheets(book.sheets_metadata());
                (WorkbookReader::Xlsx(Box::new(book)), sheets)
            }
            PackageKind::Xlsb => {
                let book = Xlsb::new(spool.reopen_file()?).map_err(xlsb_error)?;
                let sheets = list_worksheets(book.sheets_metadata());
                (WorkbookReader::Xlsb(Box::new(book)), sheets)
            }
            PackageKind::Ods => {
                let book = OdsWorkbook::open_spooled(spool)?;
                let sheets = book.sheets().to_vec();
                (WorkbookReader::Ods(book), sheets)
            }
        };
        Ok(Self { format, sheets, package: Some(package) })
    }

    /// How it is called on a receipt.
    pub(crate) fn format(&self) -> &'static str {
        match self.format {
            WorkbookReader::Xlsx(_) => "XLSX",
            WorkbookReader::Xlsb(_) => "XLSB",
            WorkbookReader::Xls(_) => "XLS",
            WorkbookReader::Ods(_) => "ODS",
        }
    }

    pub(crate) fn sheets(&self) -> &[SheetInfo] {
        &self.sheets
    }

    /// What there is to say about a sheet as a whole.
    pub(crate) fn sheet_diagnostics(&self, sheet: usize) -> Vec<Diagnostic> {
        let name = &self.sheets[sheet].name;
        let found = self.package.as_ref().and_then(|package| package.sheets.get(name));
        let Some(found) = found else {
            return Vec::new();
        };
        let mut notes = Vec::new();
        if found.hidden_rows > 0 {
            let message = words!("rows-hidden", count = found.hidden_rows.to_string());
            notes.push(Diagnostic::new_info("rows-hidden", message));
        }
        if !found.formulas_without_value.is_empty() {
            let count = found.formulas_without_value.len().to_string();
            let message = words!("formula-without-value", count = count);
            notes.push(Diagnostic::new_warning("formula-without-value", message));
        }
        notes
    }

    /// Gives the rows of a sheet until no more are wanted.
    pub(crate) fn read_rows(
        &mut self,
        sheet: usize,
        take: RowConsumer<'_>,
    ) -> Result<(), ReadError> {
        let name = &self.sheets[sheet].name;
        let seen = self.package.as_ref().and_then(|package| package.sheets.get(name));
        let mut rows = RowAssembler::new(take, seen.map(|seen| &seen.formulas_without_value));
        match &mut self.format {
            WorkbookReader::Xlsx(book) => {
                let mut cells = book.worksheet_cells_reader(name).map_err(xlsx_error)?;
                while let Some(cell) = cells.next_cell().map_err(xlsx_error)? {
                    let (row, column) = cell.get_position();
                    if !rows.add_cell(row, column, cell.get_value().into())? {
                        return Ok(());
                    }
                }
            }
            WorkbookReader::Xlsb(book) => {
                let mut cells = book.worksheet_cells_reader(name).map_err(xlsb_error)?;
                while let Some(cell) = cells.next_cell().map_err(xlsb_error)? {
                    let (row, column) = cell.get_position();
                    if !rows.add_cell(row, column, cell.get_value().into())? {
                        return Ok(());
                    }
                }
            }
            WorkbookReader::Xls(book) => {
                let range = book.worksheet_range(name).map_err(xls_error)?;
                let (top, left) = range.start().unwrap_or_default();
                for (row, column, data) in range.used_cells() {
                    let (row, column) = (top + row as u32, left + column as u32);
                    if !rows.add_cell(row, column, WorkbookCell::from(data))? {
                        return Ok(());
                    }
                }
            }
            WorkbookReader::Ods(book) => return book.read_rows(sheet, &mut rows),
        }
        rows.finish_row();
        Ok(())
    }
}

fn list_worksheets(sheets: &[Sheet]) -> Vec<SheetInfo> {
    let with_cells = sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    with_cells
        .map(|sheet| SheetInfo {
            name: sheet.name.clone(),
            hidden: sheet.visible != SheetVisible::Visible,
        })
        .collect()
}

fn xlsx_error(error: XlsxError) -> ReadError {
    match error {
        XlsxError::Password => ReadError::locked_workbook(),
        XlsxError::Io(error) => read_error(error),
        error => ReadError::damaged_workbook(error),
    }
}

fn xlsb_error(error: XlsbError) -> ReadError {
    match error {
        XlsbError::Password => ReadError::locked_workbook(),
        XlsbError::Io(error) => read_error(error),
        error => ReadError::damaged_workbook(error),
    }
}

fn xls_error(error: XlsError) -> ReadError {
    match error {
        XlsError::Password => ReadError::locked_workbook(),
        XlsError::Io(error) => read_error(error),
        error => ReadError::damaged_workbook(error),
    }
}

/// Readers give what is cut off inside of a workbook as a failure to read.
fn read_error(error: io::Error) -> ReadError {
    match is_system_error(&error) {
        true => error.into(),
        false => ReadError::damaged_workbook(error),
    }
}
