//! Rows of a file by the product that they are about, wherever they stand in it.
//!
//! The rows are kept in memory up to a limit. Beyond it they go to temporary files, each for a part of the
//! products, which are read one after another: so much memory is needed at a time as one part takes.

use std::collections::HashMap;
use std::fs::File;
use std::hash::{BuildHasher, RandomState};
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};

use rikaste_tables::StringRecord;

/// The most bytes of cells that are kept in memory.
const MEMORY_LIMIT: usize = 64 << 20;
/// Into how many parts a larger file goes.
const PARTS: usize = 64;
/// The most rows of one product. What has more is no product, but a column with the same text in
/// every row.
const MAX_ROWS: usize = 10_000;

/// A row and its number.
pub(crate) type NumberedRow = (u32, StringRecord);

/// Collects rows until the file ends, and gives the rows of one product after another.
pub(crate) struct GroupCollector {
    groups: GroupTable,
    parts: Option<PartFiles>,
    /// What names the product of the row before: a row that names none goes on about it.
    last_key: String,
    limit: usize,
    is_complete: bool,
    /// Rows that were collected and not given out.
    waiting: u64,
}

/// The groups of a file or of a part of it, in the order of their first rows.
#[derive(Default)]
struct GroupTable {
    groups: Vec<(String, Vec<NumberedRow>)>,
    index: HashMap<String, usize>,
    bytes: usize,
    given: usize,
}

/// Rows that memory has no room for.
struct PartFiles {
    hasher: RandomState,
    files: Vec<BufWriter<File>>,
}

impl Default for GroupCollector {
    fn default() -> Self {
        Self::with_limit(MEMORY_LIMIT)
    }
}

impl GroupCollector {
    pub(crate) fn with_limit(limit: usize) -> Self {
        Self {
            groups: GroupTable::default(),
            parts: None,
            last_key: String::new(),
            limit,
            is_complete: false,
            waiting: 0,
        }
    }

    /// Takes a row in. An empty key names the product of the row before.
    pub(crate) fn push_row(&mut self, key: &str, row: NumberedRow) -> io::Result<()> {
        if !key.is_empty() && key != self.last_key {
            key.clone_into(&mut self.last_key);
        }
        self.waiting += 1;
        if let Some(parts) = &mut self.parts {
            return parts.write_row(&self.last_key, &row);
        }
        self.groups.push_row(&self.last_key, row);
        if self.groups.bytes <= self.limit {
            return Ok(());
        }
        let mut parts = PartFiles::new()?;
        for (key, rows) in std::mem::take(&mut self.groups).groups {
            rows.iter().try_for_each(|row| parts.write_row(&key, row))?;
        }
        self.parts = Some(parts);
        Ok(())
    }

    /// There are no more rows.
    pub(crate) fn complete(&mut self) {
        self.is_complete = true;
    }

    pub(crate) fn is_complete(&self) -> bool {
        self.is_complete
    }

    /// Rows that were collected and not given out.
    pub(crate) fn rows_waiting(&self) -> u64 {
        self.waiting
    }

    /// The rows of the next product; `None` when there is none left.
    pub(crate) fn next_group(&mut self) -> io::Result<Option<Vec<NumberedRow>>> {
        loop {
            if let Some(rows) = self.groups.next_group() {
                self.waiting -= rows.len() as u64;
                return Ok(Some(rows));
            }
            let Some(part) = self.parts.as_mut().and_then(|parts| parts.files.pop()) else {
                return Ok(None);
            };
            self.groups = read_part(part)?;
        }
    }
}

impl GroupTable {
    fn push_row(&mut self, key: &str, row: NumberedRow) {
        self.bytes += row.1.as_slice().len() + 24 * row.1.len();
        match self.index.get(key) {
            Some(at) if self.groups[*at].1.len() < MAX_ROWS => self.groups[*at].1.push(row),
            _ => {
                self.index.insert(key.to_owned(), self.groups.len());
                self.groups.push((key.to_owned(), vec![row]));
            }
        }
    }

    fn next_group(&mut self) -> Option<Vec<NumberedRow>> {
        let rows = self.groups.get_mut(self.given).map(|(_, rows)| std::mem::take(rows))?;
        self.given += 1;
        Some(rows)
    }
}

impl PartFiles {
    fn new() -> io::Result<Self> {
        let files = (0..PARTS).map(|_| Ok(BufWriter::new(tempfile::tempfile()?)));
        Ok(Self { hasher: RandomState::new(), files: files.collect::<io::Result<_>>()? })
    }

    fn write_row(&mut self, key: &str, (number, record): &NumberedRow) -> io::Result<()> {
        let part = (self.hasher.hash_one(key) % PARTS as u64) as usize;
        let file = &mut self.files[part];
        write_text(file, key)?;
        file.write_all(&number.to_le_bytes())?;
        file.write_all(&(record.len() as u32).to_le_bytes())?;
        record.iter().try_for_each(|cell| write_text(file, cell))
    }
}

fn write_text(file: &mut impl Write, text: &str) -> io::Result<()> {
    file.write_all(&(text.len() as u32).to_le_bytes())?;
    file.write_all(text.as_bytes())
}

fn read_part(part: BufWriter<File>) -> io::Result<GroupTable> {
    let mut file = part.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.rewind()?;
    let mut file = BufReader::new(file);
    let mut groups = GroupTable::default();
    while let Some(key) = read_text(&mut file)? {
        let ended = || io::Error::from(io::ErrorKind::UnexpectedEof);
        let number = read_number(&mut file)?.ok_or_else(ended)?;
        let cells = read_number(&mut file)?.ok_or_else(ended)?;
        let mut record = StringRecord::new();
        for _ in 0..cells {
            record.push_field(&read_text(&mut file)?.ok_or_else(ended)?);
        }
        groups.push_row(&key, (number, record));
    }
    Ok(groups)
}

fn read_number(file: &mut impl Read) -> io::Result<Option<u32>> {
    let mut bytes = [0; 4];
    match file.read_exact(&mut bytes) {
        Ok(()) => Ok(Some(u32::from_le_bytes(bytes))),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
        Err(error) => Err(error),
    }
}

fn read_text(file: &mut impl Read) -> io::Result<Option<String>> {
    let Some(length) = read_number(file)? else { return Ok(None) };
    let mut bytes = vec![0; length as usize];
    file.read_exact(&mut bytes)?;
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn collect(rows: &[(String, String)], limit: usize) -> Vec<Vec<(u32, String)>> {
        let mut collector = GroupCollector::with_limit(limit);
        for ((key, cell), number) in rows.iter().zip(2..) {
            let record = StringRecord::from(vec![key.as_str(), cell.as_str()]);
            collector.push_row(key, (number, record)).expect("a temporary file");
        }
        collector.complete();
        let mut groups = Vec::new();
        while let Some(rows) = collector.next_group().expect("a temporary file") {
            groups.push(rows.into_iter().map(|(at, row)| (at, row[1].to_owned())).collect());
        }
        assert_eq!(collector.rows_waiting(), 0);
        groups.sort();
        groups
    }

    proptest! {
        #[test]
        fn rows_in_files_are_grouped_as_in_memory(
            rows in proptest::collection::vec(("[a-e]?", "[a-z\u{e4},\"\n]{0,6}"), 0..60),
        ) {
            prop_assert_eq!(collect(&rows, usize::MAX), collect(&rows, 200));
        }
    }
}
