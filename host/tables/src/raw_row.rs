//! Raw rows: what a file says, before anybody knows what its columns mean.

use std::borrow::Cow;

use rikaste_model::diagnostic::Diagnostic;

use crate::cell_problem::CellProblem;
use crate::document_value::DocumentObject;
use crate::table::TableRow;

/// What comes next in a file. It may borrow from the reader's buffer.
#[derive(Debug)]
pub enum RawRow<'r> {
    /// A row of a table, below its header. It may be blank.
    Table(&'r TableRow),
    /// An element whose cells are known already: a flat element like the one before it.
    Cells {
        /// The element's number.
        number: u32,
        /// Its cells, by the columns of the paths that were passed in.
        cells: Vec<LeafCell<'r>>,
    },
    /// An element of a document.
    Element {
        /// The element's number.
        number: u32,
        /// The element, or why it is none.
        element: ElementResult<'r>,
        /// Whether it goes on about a product that an earlier element is about.
        continues_product: bool,
    },
    /// An element that the caller's decoder read.
    Decoded {
        /// The number by which a person finds it.
        number: u32,
        /// Its contents by path.
        leaves: Vec<(String, LeafContent<'static>)>,
    },
    /// An element that the caller's decoder refused.
    Refused(Diagnostic),
    /// A message of the caller's decoder; no row.
    Diagnostic(Diagnostic),
}

/// An element, or why it is none.
pub type ElementResult<'t> = Result<DocumentObject<'t>, CellProblem>;

/// A value inside an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeafCell<'t> {
    /// The number of its column.
    pub column: u16,
    /// What stands there.
    pub content: LeafContent<'t>,
}

/// What a value inside an element says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LeafContent<'t> {
    /// A text.
    Text(Cow<'t, str>),
    /// A number; its decimal mark is a point.
    Number(String),
    /// Several texts.
    List(Vec<String>),
}
