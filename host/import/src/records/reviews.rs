//! Rows of review files.

use rikaste_model::code::Sku;
use rikaste_model::locale::{Locale, LocaleError};
use rikaste_model::product::ContentHash;
use rikaste_model::record::ReviewRecord;
use rikaste_model::value::RichText;
use rikaste_model::words;
use rust_decimal::Decimal;
use smol_str::SmolStr;

use crate::columns::{PlannedColumn, RecordField};
use crate::file_error::FileError;
use crate::records::cells::CellReader;
use crate::records::fields::RowFields;
use crate::records::parse::{self, CellProblem};
use crate::records::row_diagnostics::{RowDiagnostics, RowRefusal, refuse_cell};

/// The best rating.
const BEST_RATING: Decimal = Decimal::from_parts(5, 0, 0, false, 0);

/// Words that stand behind a rating or between it and the best one.
const RATING_WORDS: [&str; 9] =
    ["stars", "star", "tähteä", "tähti", "stjärnor", "stjärna", "sterne", "stern", "points"];
const OUT_OF: [&str; 6] = ["/", " out of ", " of ", " von ", " av ", " kautta "];

/// How often a text is unescaped: programs escape what is escaped already.
const UNESCAPE_ROUNDS: usize = 3;

/// The ratings of a file, of which it is not known at the beginning how good the best one is.
#[derive(Debug, Default)]
pub(crate) struct RatingScale {
    /// The best rating, where a mapping says it for reviews inside products.
    stated: Option<Decimal>,
    column: SmolStr,
    count: u64,
    /// Of these, how many are above the best one of five.
    beyond: u64,
    most: Decimal,
}

impl RatingScale {
    pub(crate) fn stated(scale: Option<Decimal>) -> Self {
        Self { stated: scale, ..Self::default() }
    }

    /// Reads a rating; one that names no scale of its own is counted.
    fn read_rating(
        &mut self,
        column: &PlannedColumn<'_>,
        text: &str,
        style: parse::NumberFormat,
    ) -> Result<Decimal, CellProblem> {
        let (rating, own_scale) = parse_rating(text, style)?;
        let scale = own_scale.or(column.rule.scale).or(self.stated);
        if scale.is_none() {
            if self.column.is_empty() {
                self.column = column.name.clone();
            }
            self.count += 1;
            self.beyond += u64::from(rating > BEST_RATING);
            self.most = self.most.max(rating);
        }
        let scale = scale.unwrap_or(BEST_RATING);
        let out_of_range = rating > scale
            || rating <= Decimal::ZERO
            || scale == BEST_RATING && rating < Decimal::ONE;
        if out_of_range {
            return Err(CellProblem::new("rating-range", words!("rating-range")));
        }
        Ok((rating * BEST_RATING / scale).max(Decimal::ONE))
    }

    /// Whether the ratings are on another scale: a single slip among many is none.
    pub(crate) fn check(&self) -> Result<(), FileError> {
        let Self { count, beyond, .. } = *self;
        if !(beyond > 0 && beyond * 3 >= count || beyond > 1 && beyond * 10 >= count) {
            return Ok(());
        }
        let scale = if self.most <= Decimal::TEN { 10 } else { 100 };
        Err(FileError::RatingScale {
            column: self.column.clone(),
            beyond,
            count,
            most: self.most.normalize().to_string(),
            scale,
        })
    }
}

/// A text without the tags and escapes that programs export reviews with.
fn plain_text(text: &str) -> String {
    let mut plain = parse::clean_text(text);
    for _ in 0..UNESCAPE_ROUNDS {
        if !plain.contains('&') && !RichText::is_markup(&plain) {
            break;
        }
        let next = RichText::sanitize(&plain).to_plain_text();
        if next == plain {
            break;
        }
        plain = next;
    }
    plain
}

/// Where reviews are from when neither the file nor a mapping says it.
const DEFAULT_REVIEW_SOURCE: &str = "reviews";

/// Reads the review that a row holds.
pub(crate) fn read_review(
    fields: &RowFields<'_, '_, '_>,
    cells: &CellReader<'_>,
    source: Option<&str>,
    scale: &mut RatingScale,
    notes: &mut RowDiagnostics<'_>,
) -> Result<ReviewRecord, RowRefusal> {
    let Some((column, _, content)) = fields.find_cell(RecordField::Rating) else {
        return Err(fields.missing_field(RecordField::Rating, words!("rating-missing")));
    };
    let text = content.read_text(&column.rule);
    let rating = scale
        .read_rating(column, &text, cells.number_format_for(&column.rule, content))
        .map_err(|problem| refuse_cell(&column.name, &text, &problem))?;
    let text = |field| plain_text(&fields.field_text(field));
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

/// A rating and the best one that it names: `4,5`, `8/10`, `80 %`, `★★★★☆`, `4 stars`.
fn parse_rating(
    text: &str,
    style: parse::NumberFormat,
) -> Result<(Decimal, Option<Decimal>), CellProblem> {
    let is_star = |c: char| matches!(c, '★' | '⭐');
    let is_sign = |c: char| is_star(c) || matches!(c, '☆' | '\u{fe0f}') || c.is_whitespace();
    let stars = text.chars().filter(|c| is_star(*c)).count();
    if stars > 0 && text.chars().all(is_sign) {
        let scale = text.chars().filter(|c| is_star(*c) || *c == '☆').count().max(5);
        return Ok((Decimal::from(stars), Some(Decimal::from(scale))));
    }
    let lower = text.to_lowercase();
    let plain = RATING_WORDS.iter().find_map(|word| lower.strip_suffix(word));
    let plain = plain.unwrap_or(&lower).trim();
    if let Some(percent) = plain.strip_suffix('%') {
        let percent = parse::parse_decimal(percent.trim_end(), style)?;
        return Ok((percent, Some(Decimal::ONE_HUNDRED)));
    }
    let Some((rating, best)) = OUT_OF.iter().find_map(|between| plain.split_once(between)) else {
        return Ok((parse::parse_decimal(plain, style)?, None));
    };
    let best = parse::parse_decimal(best.trim(), style)?;
    match best >= Decimal::ONE {
        true => Ok((parse::parse_decimal(rating.trim(), style)?, Some(best))),
        false => Err(CellProblem::new("rating-range", words!("rating-range"))),
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
