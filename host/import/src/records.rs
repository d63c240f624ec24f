//! Records: what each row says.
//!
//! [`RecordBuilder`] takes one raw row after another. [`RowReader`] finds out whom a row is about and makes
//! records by the kind of file; `parse` reads what stands in a cell.

mod cells;
mod column_profiler;
mod comma_evidence;
mod edit_attributes;
mod edits;
mod fields;
mod list_paths;
mod named_columns;
mod nested_reviews;
mod nested_variants;
mod parse;
mod products;
mod record_builder;
mod reviews;
mod row;
mod row_diagnostics;
mod row_groups;
mod row_prices;
mod row_reader;
mod sales_column_observer;
mod seen_keys;
mod sku_candidates;
mod stock_and_prices;
mod text_steps;

pub use column_profiler::AttributeProposal;
pub(crate) use parse::{can_convert_unit, is_known_unit, is_unit_symbol};
pub use record_builder::describe_conflict;
pub(crate) use record_builder::{GroupOutcome, RawOutcome, ReadMode, RecordBuilder, RecordOutput};
pub(crate) use row_reader::RowOutcome;
pub(crate) use sku_candidates::find_sku_candidates;
pub use sku_candidates::{CandidateKind, SkuCandidate};
