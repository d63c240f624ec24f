//! Workbooks: XLSX, XLSB, XLS and ODS.
//!
//! A workbook needs to be read from several places at once, so it is spooled into a temporary file
//! and read in a thread of its own, which owns it. The thread first says what sheets there are and
//! how each begins; the importer chooses one; then rows come through a short channel, a batch at a
//! time. What a hostile file could make a reader allocate is measured before one is let at it
//! ([`package_check`], [`xls_check`]); where a reader panics all the same, the thread ends and the file is
//! damaged.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crossbeam_channel::{Receiver, Sender, bounded};
use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::words;
use smol_str::SmolStr;

use crate::read_error::{ReadError, WORKBOOK_LIMIT};
use crate::table::{NameMeaning, TableDiagnostic, TableRow};

mod cell;
mod ods;
mod package_check;
mod row_assembler;
mod sheet_choice;
mod workbook_file;
mod xls_check;

use row_assembler::WorkbookRow;
use sheet_choice::SheetSummary;
use workbook_file::WorkbookFile;

/// Rows that go through the channel at once, and how many such batches may wait.
const BATCH_ROWS: usize = 256;
const MAX_WAITING_BATCHES: usize = 4;

/// The rows of one sheet.
pub(crate) struct WorkbookStream {
    events: Receiver<WorkbookEvent>,
    batch: std::vec::IntoIter<WorkbookRow>,
    progress: Arc<AtomicU64>,
    finished: bool,
    /// How it is called on a receipt, with the sheet that is read.
    pub(crate) name: String,
}

/// What the thread tells.
enum WorkbookEvent {
    Found { format: &'static str, sheets: Vec<SheetSummary> },
    Rows(Vec<WorkbookRow>),
    Diagnostic(Diagnostic),
    Failed(ReadError),
    Finished,
}

/// A workbook on disk, and how far it is read.
struct SpooledFile {
    file: File,
    progress: Arc<AtomicU64>,
}

impl WorkbookStream {
    /// Whether a file that begins so is one, or at least a package of an office program.
    pub(crate) fn is_workbook(head: &[u8]) -> bool {
        let contains = |part: &[u8]| head.windows(part.len()).any(|window| window == part);
        let package = |part: &[u8]| contains(part);
        head.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
            || head.starts_with(b"PK\x03\x04")
                && (package(b"xl/")
                    || package(b"[Content_Types].xml")
                    || package(b"opendocument.spreadsheet"))
    }

    /// Opens a workbook and chooses its sheet. What there is to say about that is noted.
    pub(crate) fn open_sheet(
        head: &[u8],
        source: impl Read,
        wanted: Option<&str>,
        meaning: &dyn Fn(&str) -> NameMeaning,
        notes: &mut Vec<TableDiagnostic>,
    ) -> Result<Self, ReadError> {
        let spool = SpooledFile::new(head, source)?;
        let progress = Arc::clone(&spool.progress);
        let (sender, events) = bounded(MAX_WAITING_BATCHES);
        let (choose, chosen) = bounded(1);
        std::thread::Builder::new()
            .name("workbook".to_owned())
            .spawn(move || run_reader_thread(spool, &sender, &chosen))
            .map_err(ReadError::Io)?;
        let mut workbook = Self {
            events,
            batch: Vec::new().into_iter(),
            progress,
            finished: false,
            name: String::new(),
        };
        let (format, sheets) = match workbook.events.recv() {
            Ok(WorkbookEvent::Found { format, sheets }) => (format, sheets),
            Ok(WorkbookEvent::Failed(unreadable)) => return Err(unreadable),
            _ => return Err(ReadError::crashed_workbook()),
        };
        let choice = sheet_choice::choose_sheet(&sheets, wanted, meaning)?;
        notes.extend(
            sheet_choice::unread_sheet_diagnostics(&sheets, choice).map(TableDiagnostic::for_file),
        );
        workbook.name = format!("{format}, sheet \"{}\"", sheets[choice].name);
        // A thread that ended reports why when rows are requested.
        let _ = choose.send(choice);
        Ok(workbook)
    }

    /// How much of the file was read.
    pub(crate) fn bytes_consumed(&self) -> u64 {
        self.progress.load(Ordering::Relaxed)
    }

    /// Reads the next row; false when there is none.
    pub(crate) fn read_row(
        &mut self,
        line: &mut TableRow,
        notes: &mut Vec<TableDiagnostic>,
    ) -> Result<bool, ReadError> {
        loop {
            if let Some(row) = self.batch.next() {
                notes.extend(row.errors.iter().map(|error| error.to_diagnostic(row.line.number)));
                *line = row.line;
                return Ok(true);
            }
            if self.finished {
                return Ok(false);
            }
            match self.events.recv() {
                Ok(WorkbookEvent::Rows(rows)) => self.batch = rows.into_iter(),
                Ok(WorkbookEvent::Diagnostic(note)) => notes.push(TableDiagnostic::for_file(note)),
                Ok(WorkbookEvent::Finished) => self.finished = true,
                Ok(WorkbookEvent::Failed(unreadable)) => return Err(unreadable),
                Ok(WorkbookEvent::Found { .. }) | Err(_) => {
                    return Err(ReadError::crashed_workbook());
                }
            }
        }
    }
}

/// The thread's life. It ends early when nobody listens any more.
fn run_reader_thread(spool: SpooledFile, sender: &Sender<WorkbookEvent>, chosen: &Receiver<usize>) {
    let outcome = open_and_read(spool, sender, chosen);
    let _ = sender.send(match outcome {
        Ok(()) => WorkbookEvent::Finished,
        Err(unreadable) => WorkbookEvent::Failed(unreadable),
    });
}

fn open_and_read(
    spool: SpooledFile,
    sender: &Sender<WorkbookEvent>,
    chosen: &Receiver<usize>,
) -> Result<(), ReadError> {
    let progress = Arc::clone(&spool.progress);
    let mut book = WorkbookFile::open_spooled(spool)?;
    let sheets = sheet_choice::summarize_sheets(&mut book)?;
    let _ = sender.send(WorkbookEvent::Found { format: book.format(), sheets });
    let Ok(choice) = chosen.recv() else {
        return Ok(());
    };
    // What was read so far was to find out what there is.
    progress.store(0, Ordering::Relaxed);
    for note in book.sheet_diagnostics(choice) {
        let _ = sender.send(WorkbookEvent::Diagnostic(note));
    }
    let mut batch = Vec::with_capacity(BATCH_ROWS);
    book.read_rows(choice, &mut |row| {
        batch.push(row);
        batch.len() < BATCH_ROWS
            || sender
                .send(WorkbookEvent::Rows(std::mem::replace(
                    &mut batch,
                    Vec::with_capacity(BATCH_ROWS),
                )))
                .is_ok()
    })?;
    let _ = sender.send(WorkbookEvent::Rows(batch));
    Ok(())
}

impl SpooledFile {
    fn new(head: &[u8], source: impl Read) -> Result<Self, ReadError> {
        let mut file = tempfile::tempfile()?;
        file.write_all(head)?;
        let copied = io::copy(&mut source.take(WORKBOOK_LIMIT), &mut file)?;
        if copied == WORKBOOK_LIMIT {
            return Err(ReadError::Oversized {
                problem: words!("workbook-large", limit = "1 GiB"),
            });
        }
        file.seek(SeekFrom::Start(0))?;
        Ok(Self { file, progress: Arc::default() })
    }

    /// Another hand on the same file: where it is read, the first one is not.
    fn reopen_file(&self) -> io::Result<Self> {
        let mut file = self.file.try_clone()?;
        file.seek(SeekFrom::Start(0))?;
        Ok(Self { file, progress: Arc::clone(&self.progress) })
    }
}

impl Read for SpooledFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.progress.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

impl Seek for SpooledFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

/// What a spreadsheet calls a column: `A`, `B`, …, `AA`.
pub(crate) fn column_letters(column: usize) -> SmolStr {
    let (mut letters, mut rest) = (Vec::new(), column + 1);
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    letters.into_iter().rev().collect()
}
