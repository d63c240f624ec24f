//! The start of a file: what it is, detected from its first bytes, and opening it.

use std::io::{self, Read};

use crate::byte_reader::{ByteReader, CHUNK_SIZE};
use crate::charset_override::CharsetOverride;
use crate::decoded_elements::{ChunkDecoder, DecodedElements};
use crate::document::{DocumentHints, DocumentOpener};
use crate::format::{FileFormat, TextEncoding, refuse_foreign};
use crate::read_error::ReadError;
use crate::row_source::RowSource;
use crate::table::{
    CsvDialect, DialectOverride, FileSample, HeaderSearch, NameMeaning, TableReader,
};
use crate::workbook::WorkbookStream;

/// A file whose first bytes were read.
pub struct FileStart<'a> {
    source: Box<dyn Read + 'a>,
    head: Vec<u8>,
}

/// A text file whose first characters were decoded.
pub struct TextStart<'a> {
    file: FileStart<'a>,
    encoding: TextEncoding,
    charset: Option<CharsetOverride>,
    /// The first characters, or bytes of which all that matters is ASCII; without the byte order mark.
    text: Vec<u8>,
    format: FileFormat,
}

impl<'a> FileStart<'a> {
    /// Reads the first bytes.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn read_from(mut source: impl Read + 'a) -> io::Result<Self> {
        let mut head = Vec::with_capacity(CHUNK_SIZE);
        source.by_ref().take(CHUNK_SIZE as u64).read_to_end(&mut head)?;
        Ok(Self { source: Box::new(source), head })
    }

    /// The first bytes.
    #[must_use]
    pub fn head(&self) -> &[u8] {
        &self.head
    }

    /// Whether they are all there is.
    fn is_whole(&self) -> bool {
        self.head.len() < CHUNK_SIZE
    }

    /// Whether the file has no bytes, or white space only.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.is_whole() && self.head.trim_ascii().is_empty()
    }

    /// Whether it is a workbook.
    #[must_use]
    pub fn is_workbook(&self) -> bool {
        WorkbookStream::is_workbook(&self.head)
    }

    /// Opens a workbook's sheet of this name; without one, the longest table.
    ///
    /// # Errors
    /// When it cannot be read, or has no such sheet.
    pub fn open_workbook(
        self,
        sheet: Option<&str>,
        search: HeaderSearch<'_>,
    ) -> Result<RowSource<'a>, ReadError> {
        let table = TableReader::open_workbook(&self.head, self.source, sheet, search)?;
        let format = table.workbook_name().unwrap_or_default().to_owned();
        Ok(RowSource::from_table(table, format, None))
    }

    /// Opens a file that the caller decodes. `format` is what it is, in words.
    ///
    /// # Errors
    /// When it is empty.
    pub fn open_decoded(
        self,
        format: String,
        decoder: ChunkDecoder<'a>,
    ) -> Result<RowSource<'a>, ReadError> {
        if self.is_blank() {
            return Err(ReadError::Empty);
        }
        let elements = DecodedElements::new(self.source, self.head, decoder);
        Ok(RowSource::from_decoded(elements, format))
    }

    /// Takes the file for text and tells its format.
    ///
    /// # Errors
    /// When it is of a format that is not read.
    pub fn into_text(
        self,
        charset: Option<CharsetOverride>,
        file_name: &str,
    ) -> Result<TextStart<'a>, ReadError> {
        refuse_foreign(&self.head)?;
        let encoding =
            charset.map_or_else(|| TextEncoding::detect_in(&self.head), CharsetOverride::encoding);
        let text = encoding.decode_head(&self.head).into_owned();
        let format = FileFormat::detect_in(&text, file_name)?;
        Ok(TextStart { file: self, encoding, charset, text, format })
    }
}

impl<'a> TextStart<'a> {
    /// Whether it is CSV, and no document.
    #[must_use]
    pub fn is_csv(&self) -> bool {
        self.format == FileFormat::Csv
    }

    /// The first characters.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.text).into_owned()
    }

    /// Opens CSV and finds its dialect and header.
    ///
    /// # Errors
    /// When its first rows cannot be read.
    pub fn open_csv(
        self,
        dialect: DialectOverride,
        search: HeaderSearch<'_>,
    ) -> Result<RowSource<'a>, ReadError> {
        let sample = FileSample { text: &self.text, whole: self.file.is_whole() };
        let is_known = |name: &str| (search.meaning)(name) != NameMeaning::Unknown;
        let dialect = CsvDialect::detect_in(sample, dialect, &is_known);
        let bytes = ByteReader::new(self.file.source, self.file.head, self.encoding)
            .with_charset_detection(self.charset.map(CharsetOverride::charset));
        let table = TableReader::open_csv(bytes, dialect, search)?;
        Ok(RowSource::from_table(table, dialect.name(), Some(dialect.delimiter)))
    }

    /// Opens JSON or XML.
    #[must_use]
    pub fn open_document(self, file_name: &str, hints: DocumentHints<'_>) -> RowSource<'a> {
        let start = self.text();
        let opener = DocumentOpener::new(&start, self.format, file_name, hints);
        opener.open_document(self.file.source, self.file.head, self.encoding)
    }
}
