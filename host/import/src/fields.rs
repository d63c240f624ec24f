//! Fields of a row that is about one review, price, stock level or edit.

use std::borrow::Cow;

use rikaste_model::moment::Window;
use rikaste_model::words;
use rikaste_model::words::Words;

use super::notes::{Refusal, refused, refused_row};
use super::parse::{self, Problem};
use super::plan::{Column, Plan};
use super::row::{Content, Row};
use super::target::Field;

/// The fields of one row.
pub(super) struct Fields<'p, 'a, 'r> {
    pub(super) plan: &'p Plan<'a>,
    pub(super) row: &'p Row<'r>,
}

impl<'p, 'a, 'r> Fields<'p, 'a, 'r> {
    /// The cell of a field, if the row has one that is not empty.
    pub(super) fn get(&self, field: Field) -> Option<(&'p Column<'a>, u16, Content<'r>)> {
        let at = self.plan.field(field)?;
        let content = self.row.get(at)?;
        let empty = content.is_empty() && !self.plan.column(at).rule.fills_empty();
        (!empty).then(|| (self.plan.column(at), at, content))
    }

    /// The text of a field; empty when it has none.
    pub(super) fn text(&self, field: Field) -> Cow<'r, str> {
        match self.get(field) {
            Some((column, _, content)) => content.read(&column.rule),
            None => Cow::Borrowed(""),
        }
    }

    /// Reads a field; a text that cannot be read refuses the row.
    pub(super) fn read<T>(
        &self,
        field: Field,
        read: impl Fn(&str) -> Result<T, Problem>,
    ) -> Result<Option<T>, Refusal> {
        let Some((column, _, content)) = self.get(field) else {
            return Ok(None);
        };
        let text = content.read(&column.rule);
        read(&text).map(Some).map_err(|problem| refused(&column.name, &text, &problem))
    }

    /// The window that the row names.
    pub(super) fn window(&self) -> Result<Window, Refusal> {
        let zone = &self.plan.convention.shop.zone;
        let inclusive =
            self.get(Field::ValidUntil).is_some_and(|(column, ..)| column.rule.inclusive);
        let format = |field| self.get(field).and_then(|(column, ..)| column.rule.date.as_deref());
        let (from, until) = (format(Field::ValidFrom), format(Field::ValidUntil));
        let start = self.read(Field::ValidFrom, |text| parse::moment(text, from, zone))?;
        let end = self.read(Field::ValidUntil, |text| match inclusive {
            true => parse::moment_after(text, until, zone),
            false => parse::moment(text, until, zone),
        })?;
        let window = Window { start, end };
        if let Some((column, _, content)) = self.get(Field::ValidUntil)
            && window.is_empty()
        {
            let problem = Problem::new("window-empty", words!("window-empty"));
            return Err(refused(&column.name, &content.text(), &problem));
        }
        Ok(window)
    }

    /// Refuses the row because a field is missing.
    pub(super) fn missing(&self, field: Field, message: Words) -> Refusal {
        let problem = Problem::new("value-missing", message);
        match self.plan.field(field) {
            Some(at) => refused(&self.plan.column(at).name, "", &problem),
            None => refused_row(&problem),
        }
    }
}
