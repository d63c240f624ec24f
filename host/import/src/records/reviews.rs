//! Rows of review files.

use rikaste_model::code::Sku;
use rikaste_model::locale::{Locale, LocaleError};
use rikaste_model::product::ContentHash;
use rikaste_model::record::ReviewRecord;
use rikaste_model::words;
use rust_decimal::Decimal;
use smol_str::SmolStr;

use crate::columns::RecordField;
use crate::records::cells::CellReader;
use crate::records::fields::RowFields;
use crate::records::parse::{self, CellProblem};
use crate::records::row_diagnostics::{RowDiagnostics, RowRefusal};

/// Where reviews are from when neither the file nor a mapping says it.
const DEFAULT_REVIEW_SOURCE: &str = "reviews";

/// Reads the review that a row holds.
pub(crate) fn read_review(
    fields: &RowFields<'_, '_, '_>,
    cells: &CellReader<'_>,
    source: Option<&str>,
    notes: &mut RowDiagnostics<'_>,
) -> Result<ReviewRecord, RowRefusal> {
    let rating = fields
        .find_cell(RecordField::Rating)
        .map(|(column, _, content)| cells.number_format_for(&column.rule, content))
        .unwrap_or_default();
    let rating = fields.read_field(RecordField::Rating, |text| parse_rating(text, rating))?;
    let rating = rating
        .ok_or_else(|| fields.missing_field(RecordField::Rating, words!("rating-missing")))?;
    let text = |field| parse::clean_text(&fields.field_text(field));
    let format =
        fields.find_cell(RecordField::Date).and_then(|(column, ..)| column.rule.date.as_deref());
    let mut review = ReviewRecord {
        source: first_non_empty([
            &fields.field_text(RecordField::Source),
            source.unwrap_or_default(),
            DEFAULT_REVIEW_SOURCE,
        ]),
        id: SmolStr::new(fields.field_text(RecordField::Id)),
        rating: rating.normalize(),
        locale: read_review_locale(fields, cells, notes),
        title: text(RecordField::Title),
        text: text(RecordField::Text),
        author: text(RecordField::Author),
        date: read_optional_field(fields, RecordField::Date, notes, |text| {
            parse::parse_date(text, format).map(|date| SmolStr::new(date.to_string()))
        }),
        verified: read_optional_field(fields, RecordField::Verified, notes, parse::parse_boolean)
            .unwrap_or(false),
        incentivised: read_optional_field(
            fields,
            RecordField::Incentivised,
            notes,
            parse::parse_boolean,
        )
        .unwrap_or(false),
    };
    if review.id.is_empty() {
        review.id = derive_review_id(&review, notes);
    }
    Ok(review)
}

fn first_non_empty(texts: [&str; 3]) -> SmolStr {
    texts.into_iter().find(|text| !text.is_empty()).map(SmolStr::new).unwrap_or_default()
}

fn parse_rating(text: &str, style: parse::NumberFormat) -> Result<Decimal, CellProblem> {
    let stars = text.strip_suffix("/5").unwrap_or(text).trim_end();
    let rating = parse::parse_decimal(stars, style)?;
    if (Decimal::ONE..=Decimal::from(5)).contains(&rating) {
        Ok(rating)
    } else {
        Err(CellProblem::new("rating-range", words!("rating-range")))
    }
}

/// The shop's locale where it has it, else the language as it is given: reviews in other
/// languages are reviews as well.
fn read_review_locale(
    fields: &RowFields<'_, '_, '_>,
    cells: &CellReader<'_>,
    notes: &mut RowDiagnostics<'_>,
) -> Option<Locale> {
    read_optional_field(fields, RecordField::Locale, notes, |text| {
        match cells.convention().find_locale(text) {
            Some(locale) => Ok(locale),
            None => text.parse().map_err(|error: LocaleError| {
                CellProblem::new("locale-unknown", error.localized_text())
            }),
        }
    })
}

/// Reads a field that a review can do without.
fn read_optional_field<T>(
    fields: &RowFields<'_, '_, '_>,
    field: RecordField,
    notes: &mut RowDiagnostics<'_>,
    read: impl Fn(&str) -> Result<T, CellProblem>,
) -> Option<T> {
    let (column, _, content) = fields.find_cell(field)?;
    let text = content.read_text(&column.rule);
    match read(&text) {
        Ok(value) => Some(value),
        Err(problem) => {
            notes.warn_left_out(&column.name, &text, &problem);
            None
        }
    }
}

/// An id made of what the review says, so that the same review is known again.
fn derive_review_id(review: &ReviewRecord, notes: &RowDiagnostics<'_>) -> SmolStr {
    let sku = notes.sku.as_ref().map(Sku::as_str).unwrap_or_default();
    let date = review.date.as_deref().unwrap_or_default();
    let rating = review.rating.to_string();
    let parts = [sku, &rating, &review.title, &review.text, &review.author, date];
    let mut hash = ContentHash::hash_bytes(parts.join("\0").as_bytes()).to_string();
    hash.truncate(32);
    SmolStr::new(hash)
}
