//! Values as documents and explanations have them.

use std::borrow::Cow;

use rikaste_contract::{AttributeData, MeasurementData};

use crate::value::ValueData;

/// Decimals, dates and amounts become texts: a reader's floating-point number would change them.
impl<'a> From<&'a ValueData> for AttributeData<'a> {
    fn from(data: &'a ValueData) -> Self {
        match data {
            ValueData::Text(text) => Self::Text(Cow::Borrowed(text)),
            ValueData::RichText(text) => Self::Text(Cow::Borrowed(text.as_str())),
            ValueData::Boolean(value) => Self::Boolean(*value),
            ValueData::Integer(value) => Self::Integer(*value),
            ValueData::Decimal(value) => Self::Text(Cow::Owned(value.to_string())),
            ValueData::Date(date) => Self::Text(Cow::Owned(date.to_string())),
            ValueData::Options(names) | ValueData::Assets(names) => {
                Self::Names(Cow::Borrowed(names))
            }
            ValueData::Measurement(measurement) => Self::Measurement(MeasurementData {
                amount: measurement.amount.to_string(),
                unit: Cow::Borrowed(&measurement.unit),
            }),
            ValueData::Money(money) => Self::Text(Cow::Owned(money.to_string())),
            ValueData::Table(table) => {
                let rows = table.rows.iter().map(|row| {
                    let cells = table.columns.iter().zip(row);
                    cells.map(|(column, cell)| (column.as_str(), Cow::Borrowed(cell.as_str())))
                });
                Self::Table(rows.map(Iterator::collect).collect())
            }
        }
    }
}
