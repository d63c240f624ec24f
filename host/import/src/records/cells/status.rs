//! Whether and when a product is offered.

use rikaste_model::moment::{Moment, Window};
use rikaste_model::publication::PublicationState;
use rikaste_model::value::ValueData;
use smol_str::SmolStr;

use super::CellReader;
use crate::columns::{AttributeRule, AttributeTarget, PlannedColumn, StatusBound};
use crate::records::parse::{self, CellProblem, EndTime};
use crate::records::row::CellContent;

/// The state that a cell names, of several the most restrictive; `None` where a word is not known.
pub(crate) fn read_state(
    slot: &AttributeTarget<'_>,
    column: &PlannedColumn<'_>,
    content: CellContent<'_>,
) -> Option<PublicationState> {
    let read = |word: &str| match (slot.check, parse::parse_boolean(word)) {
        (AttributeRule::StatusOff, Ok(true)) => Some(PublicationState::Archived),
        (AttributeRule::StatusOff, Ok(false)) => Some(PublicationState::Active),
        _ => PublicationState::from_word(word),
    };
    if let Some(state) = read(&content.read_text(&column.rule)) {
        return Some(state);
    }
    let parts = content.split_parts(&column.rule);
    parts.iter().map(|part| read(part)).collect::<Option<Vec<_>>>()?.into_iter().max()
}

/// A state as data of the attribute.
pub(crate) fn state_data(state: PublicationState) -> ValueData {
    ValueData::Options(vec![SmolStr::new_static(state.code())])
}

impl CellReader<'_> {
    /// When a product is not offered, and in what state it is then; the window is that of no time
    /// where the cell is empty.
    pub(crate) fn read_status_bound(
        &self,
        bound: StatusBound,
        column: &PlannedColumn<'_>,
        content: CellContent<'_>,
    ) -> Result<(Window, Option<PublicationState>), CellProblem> {
        let (text, format) = (content.read_text(&column.rule), column.rule.date.as_deref());
        let zone = &self.shop().zone;
        let is_empty = text.is_empty() || text.starts_with("0000-00-00");
        Ok(match bound {
            StatusBound::From if is_empty => (Window { start: None, end: Some(Moment(0)) }, None),
            StatusBound::From => {
                let end = parse::parse_moment(&text, format, zone)?;
                (Window { start: None, end: Some(end) }, Some(PublicationState::Draft))
            }
            StatusBound::Until if is_empty => {
                (Window { start: Some(Moment(i64::MAX)), end: None }, None)
            }
            // The day itself is the last on which it is offered.
            StatusBound::Until => {
                let start = parse::parse_window_end(&text, format, zone, EndTime::Exact)?;
                (Window { start: Some(start), end: None }, Some(PublicationState::Archived))
            }
        })
    }
}
