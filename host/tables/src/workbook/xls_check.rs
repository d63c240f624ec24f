//! XLS, measured before a reader is let at it: two cells in opposite corners of a sheet make a
//! reader of whole ranges allocate all between them.
//!
//! The file is a small file system, in it a stream of records ([MS-XLS] 2.1.4). The records of
//! cells begin with row and column.

use std::io::{BufReader, ErrorKind, Read};

use cfb::CompoundFile;
use rikaste_model::words;

use super::SpooledFile;
use crate::read_error::ReadError;

/// The most cells between the outermost of all sheets together.
const MAX_CELLS: u64 = 40_000_000;

/// The most bytes of a file, which is in memory as a whole.
const MAX_BYTES: u64 = 256 << 20;

const BOF_RECORD: u16 = 0x0809;
const SST_RECORD: u16 = 0x00fc;
const DIMENSIONS_RECORD: u16 = 0x0200;

/// Blank, number, label, boolean or error, RK, formula, label of the table, a row of RKs, of blanks,
/// rich label.
const CELL_RECORDS: [u16; 10] =
    [0x0201, 0x0203, 0x0204, 0x0205, 0x027e, 0x0006, 0x00fd, 0x00bd, 0x00be, 0x00d6];

pub(crate) fn check_xls(spool: SpooledFile) -> Result<(), ReadError> {
    let size = spool.file.metadata()?.len();
    if size > MAX_BYTES {
        return Err(ReadError::Oversized { problem: words!("workbook-large", limit = "256 MiB") });
    }
    let mut file = CompoundFile::open(spool).map_err(ReadError::damaged_workbook)?;
    if file.exists("/EncryptedPackage") {
        return Err(ReadError::locked_workbook());
    }
    let stream = file.open_stream("/Workbook").or_else(|_| file.open_stream("/Book"));
    let Ok(stream) = stream else {
        return Err(ReadError::Foreign {
            what: words!("foreign-document"),
            advice: words!("advice-workbook"),
        });
    };
    match count_spanned_cells(BufReader::with_capacity(64 << 10, stream), size)? {
        MAX_CELLS.. => {
            Err(ReadError::Oversized { problem: words!("workbook-spans", limit = "40 000 000") })
        }
        _ => Ok(()),
    }
}

/// How many cells there are between the outermost, of all sheets together.
fn count_spanned_cells(mut stream: impl Read, size: u64) -> Result<u64, ReadError> {
    let (mut total, mut sheet) = (0_u64, CellBounds::default());
    let mut head = [0; 4];
    loop {
        match stream.read_exact(&mut head) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => break,
            Err(error) => return Err(ReadError::damaged_workbook(error)),
        }
        let kind = u16::from_le_bytes([head[0], head[1]]);
        let length = u64::from(u16::from_le_bytes([head[2], head[3]]));
        let mut start = [0; 12];
        let known = length.min(12) as usize;
        if stream.read_exact(&mut start[..known]).is_err() {
            break;
        }
        let rest = length - known as u64;
        if std::io::copy(&mut (&mut stream).take(rest), &mut std::io::sink()).is_err() {
            break;
        }
        match kind {
            BOF_RECORD => total = total.saturating_add(std::mem::take(&mut sheet).cell_count()),
            // A text has three bytes at least; a table that claims more texts than that is a trap.
            SST_RECORD => {
                let texts = u32::from_le_bytes([start[4], start[5], start[6], start[7]]);
                if u64::from(texts) * 3 > size {
                    return Err(ReadError::crashed_workbook());
                }
            }
            // Room is made for as much as a sheet claims to have, before there is a cell.
            DIMENSIONS_RECORD if claimed_cells(length, &start) >= MAX_CELLS => {
                return Ok(MAX_CELLS);
            }
            _ if CELL_RECORDS.contains(&kind) && known >= 4 => {
                let at = |n: usize| u64::from(u16::from_le_bytes([start[n], start[n + 1]]));
                // What is read of a row of numbers or blanks is two bytes a cell at least.
                let more = if matches!(kind, 0x00bd | 0x00be) { length / 2 } else { 0 };
                sheet.include_cell(at(0), at(2) + more);
            }
            _ => {}
        }
    }
    Ok(total.saturating_add(sheet.cell_count()))
}

/// How many cells a sheet says it has: rows in 32 bits each, or 16 in older files ([MS-XLS] 2.4.90).
fn claimed_cells(length: u64, start: &[u8; 12]) -> u64 {
    let short = |at: usize| u64::from(u16::from_le_bytes([start[at], start[at + 1]]));
    let long = |at: usize| short(at) | short(at + 2) << 16;
    let (rows, columns) = match length {
        10 => (short(2), short(6)),
        _ => (long(4), short(10)),
    };
    rows * columns
}

#[derive(Default)]
struct CellBounds {
    rows: u64,
    columns: u64,
}

impl CellBounds {
    fn include_cell(&mut self, row: u64, column: u64) {
        self.rows = self.rows.max(row + 1);
        self.columns = self.columns.max(column + 1);
    }

    fn cell_count(self) -> u64 {
        self.rows * self.columns
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len()).expect("short");
        [&kind.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
    }

    #[test]
    fn a_sheet_that_claims_more_than_there_can_be_is_not_read() {
        let size = |rows: u32, columns: u16| {
            let data = [&[0; 4][..], &rows.to_le_bytes(), &[0; 2], &columns.to_le_bytes(), &[0; 2]];
            let stream =
                [record(BOF_RECORD, &[0; 16]), record(DIMENSIONS_RECORD, &data.concat())].concat();
            count_spanned_cells(stream.as_slice(), 1 << 20).expect("it is read")
        };
        assert_eq!(size(u32::MAX, u16::MAX), MAX_CELLS);
        assert_eq!(size(200_000, 256), MAX_CELLS);
        assert_eq!(size(65_536, 256), 0);
        assert_eq!(size(0, 0), 0);
    }
}
