//! Rows of review files.

use rikaste_model::code::Sku;
use rikaste_model::locale::{Locale, LocaleError};
use rikaste_model::product::Hash;
use rikaste_model::record::ReviewRecord;
use rikaste_model::words;
use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::cells::CellReader;
use super::fields::Fields;
use super::notes::{Notes, Refusal};
use super::parse::{self, Problem};
use super::target::Field;

/// Where reviews are from when neither the file nor a mapping says it.
const SOURCE: &str = "reviews";

/// Reads the review that a row holds.
pub(super) fn review(
    fields: &Fields<'_, '_, '_>,
    cells: &CellReader<'_>,
    source: Option<&str>,
    notes: &mut Notes<'_>,
) -> Result<ReviewRecord, Refusal> {
    let rating = fields
        .get(Field::Rating)
        .map(|(column, _, content)| cells.style(&column.rule, content))
        .unwrap_or_default();
    let rating = fields.read(Field::Rating, |text| in_range(text, rating))?;
    let rating = rating.ok_or_else(|| fields.missing(Field::Rating, words!("rating-missing")))?;
    let text = |field| parse::plain(&fields.text(field));
    let format = fields.get(Field::Date).and_then(|(column, ..)| column.rule.date.as_deref());
    let mut review = ReviewRecord {
        source: first_of([&fields.text(Field::Source), source.unwrap_or_default(), SOURCE]),
        id: SmolStr::new(fields.text(Field::Id)),
        rating: rating.normalize(),
        locale: locale(fields, cells, notes),
        title: text(Field::Title),
        text: text(Field::Text),
        author: text(Field::Author),
        date: lenient(fields, Field::Date, notes, |text| {
            parse::date(text, format).map(|date| SmolStr::new(date.to_string()))
        }),
        verified: lenient(fields, Field::Verified, notes, parse::boolean).unwrap_or(false),
        incentivised: lenient(fields, Field::Incentivised, notes, parse::boolean).unwrap_or(false),
    };
    if review.id.is_empty() {
        review.id = own_id(&review, notes);
    }
    Ok(review)
}

fn first_of(texts: [&str; 3]) -> SmolStr {
    texts.into_iter().find(|text| !text.is_empty()).map(SmolStr::new).unwrap_or_default()
}

fn in_range(text: &str, style: parse::Style) -> Result<Decimal, Problem> {
    let stars = text.strip_suffix("/5").unwrap_or(text).trim_end();
    let rating = parse::decimal(stars, style)?;
    if (Decimal::ONE..=Decimal::from(5)).contains(&rating) {
        Ok(rating)
    } else {
        Err(Problem::new("rating-range", words!("rating-range")))
    }
}

/// The shop's locale where it has it, else the language as it is given: reviews in other
/// languages are reviews as well.
fn locale(
    fields: &Fields<'_, '_, '_>,
    cells: &CellReader<'_>,
    notes: &mut Notes<'_>,
) -> Option<Locale> {
    lenient(fields, Field::Locale, notes, |text| match cells.convention.locale(text) {
        Some(locale) => Ok(locale),
        None => {
            text.parse().map_err(|error: LocaleError| Problem::new("locale-unknown", error.words()))
        }
    })
}

/// Reads a field that a review can do without.
fn lenient<T>(
    fields: &Fields<'_, '_, '_>,
    field: Field,
    notes: &mut Notes<'_>,
    read: impl Fn(&str) -> Result<T, Problem>,
) -> Option<T> {
    let (column, _, content) = fields.get(field)?;
    let text = content.read(&column.rule);
    match read(&text) {
        Ok(value) => Some(value),
        Err(problem) => {
            notes.left_out(&column.name, &text, &problem);
            None
        }
    }
}

/// An id made of what the review says, so that the same review is known again.
fn own_id(review: &ReviewRecord, notes: &Notes<'_>) -> SmolStr {
    let sku = notes.sku.as_ref().map(Sku::as_str).unwrap_or_default();
    let date = review.date.as_deref().unwrap_or_default();
    let rating = review.rating.to_string();
    let parts = [sku, &rating, &review.title, &review.text, &review.author, date];
    let mut hash = Hash::of(parts.join("\0").as_bytes()).to_string();
    hash.truncate(32);
    SmolStr::new(hash)
}
