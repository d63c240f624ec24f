//! Proposing values and remarks.
//!
//! A value is pushed whole and then narrowed:
//!
//! ```
//! # let mut patch = rikaste_plugin::Patch::new();
//! patch.text("badge", "Talven suosikki").locale("fi-FI").window("2026-11-15", "2027-01-07");
//! patch.warning("size-unknown", "\"XXM\" is not a size; use S, M, L or XL").attribute("size");
//! ```

use crate::{Data, Diagnostic, Measurement, Money, Patch, Severity, Table, Value, Window};

impl Default for Patch {
    fn default() -> Self {
        Self::new()
    }
}

impl Patch {
    /// Nothing proposed and nothing to remark.
    #[must_use]
    pub const fn new() -> Self {
        Self { values: Vec::new(), diagnostics: Vec::new() }
    }

    /// Whether there is neither a value nor a diagnostic.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty() && self.diagnostics.is_empty()
    }

    /// A value of any type, for all locales, channels and times until narrowed.
    pub fn set(&mut self, attribute: &str, data: Data) -> Proposal<'_> {
        Proposal(self.values.push_mut(Value {
            attribute: attribute.to_owned(),
            locale: None,
            channel: None,
            window: None,
            data,
        }))
    }

    /// Text.
    pub fn text(&mut self, attribute: &str, text: impl Into<String>) -> Proposal<'_> {
        self.set(attribute, Data::Text(text.into()))
    }

    /// HTML with the tags `p`, `br`, `ul`, `ol`, `li`, `strong`, `em`, `b`, `i`, `h3` and `h4`, without attributes.
    pub fn rich_text(&mut self, attribute: &str, html: impl Into<String>) -> Proposal<'_> {
        self.set(attribute, Data::RichText(html.into()))
    }

    /// Yes or no.
    pub fn boolean(&mut self, attribute: &str, boolean: bool) -> Proposal<'_> {
        self.set(attribute, Data::Boolean(boolean))
    }

    /// A whole number.
    pub fn integer(&mut self, attribute: &str, integer: i64) -> Proposal<'_> {
        self.set(attribute, Data::Integer(integer))
    }

    /// A decimal in text, `4.33`. [`crate::decimal`] writes them.
    pub fn decimal(&mut self, attribute: &str, decimal: impl Into<String>) -> Proposal<'_> {
        self.set(attribute, Data::Decimal(decimal.into()))
    }

    /// An ISO 8601 date, `2026-12-24`.
    pub fn date(&mut self, attribute: &str, date: impl Into<String>) -> Proposal<'_> {
        self.set(attribute, Data::Date(date.into()))
    }

    /// Option codes, in order.
    pub fn options<I>(&mut self, attribute: &str, codes: I) -> Proposal<'_>
    where
        I: IntoIterator<Item: Into<String>>,
    {
        self.set(attribute, Data::Options(codes.into_iter().map(Into::into).collect()))
    }

    /// An amount, a decimal in text, of a unit.
    pub fn measurement(
        &mut self,
        attribute: &str,
        amount: impl Into<String>,
        unit: impl Into<String>,
    ) -> Proposal<'_> {
        let measurement = Measurement { amount: amount.into(), unit: unit.into() };
        self.set(attribute, Data::Measurement(measurement))
    }

    /// An amount, a decimal in text, of a currency (ISO 4217).
    pub fn money(
        &mut self,
        attribute: &str,
        amount: impl Into<String>,
        currency: impl Into<String>,
    ) -> Proposal<'_> {
        let money = Money { amount: amount.into(), currency: currency.into() };
        self.set(attribute, Data::Money(money))
    }

    /// Rows of text under named columns.
    pub fn table(&mut self, attribute: &str, table: Table) -> Proposal<'_> {
        self.set(attribute, Data::Table(table))
    }

    /// Something good to know about the product.
    pub fn info(&mut self, code: &str, message: impl Into<String>) -> Remark<'_> {
        self.push_diagnostic(Severity::Info, code, message.into())
    }

    /// Something a person should look at.
    pub fn warning(&mut self, code: &str, message: impl Into<String>) -> Remark<'_> {
        self.push_diagnostic(Severity::Warning, code, message.into())
    }

    /// Something wrong that a person has to put right.
    pub fn error(&mut self, code: &str, message: impl Into<String>) -> Remark<'_> {
        self.push_diagnostic(Severity::Error, code, message.into())
    }

    fn push_diagnostic(&mut self, severity: Severity, code: &str, message: String) -> Remark<'_> {
        Remark(self.diagnostics.push_mut(Diagnostic {
            severity,
            code: code.to_owned(),
            message,
            attribute: None,
            locale: None,
        }))
    }
}

/// A value just proposed, to be narrowed.
#[derive(Debug)]
pub struct Proposal<'a>(&'a mut Value);

impl Proposal<'_> {
    /// Holds for this locale only.
    pub fn locale(self, locale: impl Into<String>) -> Self {
        self.0.locale = Some(locale.into());
        self
    }

    /// Holds for this channel only.
    pub fn channel(self, channel: impl Into<String>) -> Self {
        self.0.channel = Some(channel.into());
        self
    }

    /// Holds from `start` (included) to `end` (excluded), local dates or dates and minutes.
    pub fn window(self, start: impl Into<String>, end: impl Into<String>) -> Self {
        self.0.window = Some(Window { start: Some(start.into()), end: Some(end.into()) });
        self
    }

    /// Holds from `start` on.
    pub fn from(self, start: impl Into<String>) -> Self {
        self.0.window.get_or_insert(Window { start: None, end: None }).start = Some(start.into());
        self
    }

    /// Holds until `end`, excluded.
    pub fn until(self, end: impl Into<String>) -> Self {
        self.0.window.get_or_insert(Window { start: None, end: None }).end = Some(end.into());
        self
    }
}

/// A diagnostic just made, to be placed.
#[derive(Debug)]
pub struct Remark<'a>(&'a mut Diagnostic);

impl Remark<'_> {
    /// Concerns this attribute.
    pub fn attribute(self, attribute: impl Into<String>) -> Self {
        self.0.attribute = Some(attribute.into());
        self
    }

    /// Concerns this locale.
    pub fn locale(self, locale: impl Into<String>) -> Self {
        self.0.locale = Some(locale.into());
        self
    }
}

impl Table {
    /// An empty table of these columns.
    pub fn new<I>(columns: I) -> Self
    where
        I: IntoIterator<Item: Into<String>>,
    {
        Self { columns: columns.into_iter().map(Into::into).collect(), rows: Vec::new() }
    }

    /// Adds a row.
    ///
    /// # Panics
    /// Where the row has not one cell for each column: the host would refuse the table.
    pub fn push<I>(&mut self, cells: I)
    where
        I: IntoIterator<Item: Into<String>>,
    {
        let cells: Vec<String> = cells.into_iter().map(Into::into).collect();
        assert_eq!(cells.len(), self.columns.len(), "a row has one cell for each column");
        self.rows.push(cells);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proposal_is_narrowed_in_place() {
        let mut patch = Patch::new();
        patch.text("badge", "Jul").locale("sv-SE").channel("web").from("2026-12-01");
        patch.integer("review_count", 3).until("2027-01-01");
        assert_eq!(
            patch.values,
            [
                Value {
                    attribute: "badge".into(),
                    locale: Some("sv-SE".into()),
                    channel: Some("web".into()),
                    window: Some(Window { start: Some("2026-12-01".into()), end: None }),
                    data: Data::Text("Jul".into()),
                },
                Value {
                    attribute: "review_count".into(),
                    locale: None,
                    channel: None,
                    window: Some(Window { start: None, end: Some("2027-01-01".into()) }),
                    data: Data::Integer(3),
                },
            ]
        );
    }

    #[test]
    #[should_panic(expected = "one cell for each column")]
    fn a_short_row_is_a_bug() {
        Table::new(["a", "b"]).push(["1"]);
    }
}
