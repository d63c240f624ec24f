//! Columns that the shop has no attribute for: what they seem to hold, learnt from what stands in
//! them, so that a merchandiser can have them taken in without reading the file.
//!
//! The first thousand cells of a column decide; of all rows it is only counted in how many it is
//! filled.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use rikaste_model::diagnostic::{Diagnostic, cut_excerpt};
use rikaste_model::locale::Locale;
use rikaste_model::receipt::{ColumnQuestion, DiagnosticCollector};
use rikaste_model::value::{DataType, RichText};
use rikaste_model::words;
use rikaste_model::words::TextArgument;
use smol_str::SmolStr;

use super::parse::{self, NumberFormat};
use super::row::{CellContent, RowView};
use crate::columns::{ColumnPlan, HeaderProblem, fold_name, normalize_name};

/// Cells of a column that are looked into.
const PROFILED_CELLS: u64 = 1_000;
/// Columns that nothing is read from of which each gets a message of its own: more would hide the other messages.
const MAX_DESCRIBED_COLUMNS: usize = 40;
/// Of the others, how many are named.
const MAX_LISTED_COLUMNS: usize = 20;
/// Different texts that are remembered; a column with more is no list of options.
const MAX_OPTIONS: usize = 60;
/// The longest name of an option, in characters.
const MAX_OPTION_LENGTH: usize = 40;
/// Examples that are shown.
const MAX_EXAMPLES: usize = 3;

/// An attribute that a file seems to have and the shop does not.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct AttributeProposal {
    /// What it would be called in the shop.
    pub code: String,
    /// What people call it: the header, in the shop's own locale. Nothing where the code says the same.
    pub label: Option<(Locale, String)>,
    /// The columns it would be read from.
    pub columns: Vec<SmolStr>,
    /// What it seems to hold.
    pub data_type: DataType,
    /// Whether its columns are in languages.
    pub localizable: bool,
    /// Whether its columns are for channels.
    pub scopable: bool,
    /// The unit of most of its measurements.
    pub unit: Option<SmolStr>,
    /// Rows in which it is filled.
    pub filled: u64,
    /// Rows that were read.
    pub rows: u64,
    /// Different texts among those that were looked into, up to a limit.
    pub distinct: usize,
    /// The first of them.
    pub examples: Vec<String>,
}

/// Watches the columns of one file.
#[derive(Debug, Default)]
pub(crate) struct ColumnProfiler {
    rows: u64,
    /// Whether columns that are read are looked at, too.
    watches_all: bool,
    columns: BTreeMap<u16, ColumnProfile>,
}

/// What stood in a column.
#[derive(Debug)]
struct ColumnProfile {
    filled: u64,
    /// What every cell so far can be read as.
    possible_types: Vec<DataType>,
    units: BTreeMap<SmolStr, u64>,
    texts: BTreeSet<String>,
    examples: Vec<String>,
    longest: usize,
    /// Hashes of the texts, where it is asked whether one stands there twice.
    text_hashes: HashSet<u64>,
    has_duplicates: bool,
}

/// What stood in a column, for whoever looks for the SKU.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ColumnSummary<'l> {
    pub(crate) filled: u64,
    /// The first of the texts.
    pub(crate) texts: &'l BTreeSet<String>,
    /// Whether one of them stands there again.
    pub(crate) has_duplicates: bool,
}

impl Default for ColumnProfile {
    fn default() -> Self {
        use DataType::{Assets, Boolean, Date, Decimal, Integer, Measurement, RichText};
        Self {
            filled: 0,
            possible_types: vec![Boolean, Integer, Decimal, Date, Measurement, Assets, RichText],
            units: BTreeMap::new(),
            texts: BTreeSet::new(),
            examples: Vec::new(),
            longest: 0,
            text_hashes: HashSet::new(),
            has_duplicates: false,
        }
    }
}

impl ColumnProfiler {
    /// Looks at the cells of a row that nothing is read from.
    pub(super) fn observe_row(
        &mut self,
        plan: &ColumnPlan<'_>,
        row: &RowView<'_>,
        style: NumberFormat,
    ) {
        self.rows += 1;
        if !self.watches_all && plan.unknown_attribute_columns().next().is_none() {
            return;
        }
        row.visit_cells(|column, content| {
            if (self.watches_all || plan.is_unknown_attribute(column)) && !content.is_empty() {
                let seen = self.columns.entry(column).or_default();
                if self.watches_all {
                    seen.track_duplicates(content);
                }
                seen.observe_cell(content, style);
            }
        });
    }

    /// Looks at all columns.
    pub(crate) fn watch_all(&mut self) {
        self.watches_all = true;
    }

    /// Rows in which a column was filled.
    pub(crate) fn filled_rows(&self, column: u16) -> u64 {
        self.columns.get(&column).map_or(0, |seen| seen.filled)
    }

    /// What stood in a column first.
    pub(crate) fn first_example(&self, column: u16) -> Option<String> {
        self.columns.get(&column)?.examples.first().cloned()
    }

    /// What stood in a column, if anything did.
    pub(crate) fn summarize_column(&self, column: u16) -> Option<ColumnSummary<'_>> {
        let ColumnProfile { filled, texts, has_duplicates: again, .. } =
            self.columns.get(&column)?;
        Some(ColumnSummary { filled: *filled, texts, has_duplicates: *again })
    }

    /// Says why nothing was read from columns, and what they seem to hold. Those that are `asked`
    /// about are no attributes.
    pub(super) fn warn_unknown_columns(
        &self,
        plan: &ColumnPlan<'_>,
        asked: &[ColumnQuestion],
        messages: &mut DiagnosticCollector,
    ) {
        let mut described = 0;
        let mut others = Vec::new();
        for (column, reason) in plan.unknown_columns() {
            let reason_words = reason.to_localized_text();
            let name = &plan.names()[usize::from(column)];
            if reason.is_new_name() && asked.iter().any(|question| question.column == *name) {
                continue;
            }
            if described == MAX_DESCRIBED_COLUMNS {
                others.push(name);
                continue;
            }
            described += 1;
            let is_typo = matches!(reason, HeaderProblem::Unknown { near: Some(_), .. });
            let is_one_of_two = matches!(reason, HeaderProblem::Ambiguous { .. });
            let proposal = self.propose_attribute(plan, column);
            let proposal = proposal.filter(|_| !is_typo && !is_one_of_two);
            let message = match proposal {
                None => words!("column-unknown", reason = reason_words),
                Some(AttributeProposal { code, data_type, filled, rows, examples, .. }) => words!(
                    "column-proposed",
                    reason = reason_words,
                    filled = filled,
                    rows = rows,
                    example = examples.first().map_or("", String::as_str),
                    type = data_type.to_string(),
                    code = code
                ),
            };
            let mut diagnostic = Diagnostic::new_warning("column-unknown", message);
            diagnostic.place.column = Some(name.clone());
            messages.push_diagnostic(diagnostic);
        }
        if !others.is_empty() {
            let names = TextArgument::from_names(others.iter().take(MAX_LISTED_COLUMNS));
            let message = words!("columns-unknown-more", count = others.len(), names = names);
            messages.push_diagnostic(Diagnostic::new_warning("column-unknown", message));
        }
    }

    /// What is proposed for a column that nothing is read from.
    pub(crate) fn propose_attribute(
        &self,
        plan: &ColumnPlan<'_>,
        column: u16,
    ) -> Option<AttributeProposal> {
        let seen = self.columns.get(&column)?;
        let wanted = plan.column_at(column);
        let name = wanted.rule.to.as_deref().unwrap_or(&wanted.name);
        let (name, localizable, scopable) = plan.convention().split_suffix(name);
        let mut code = to_attribute_code(name);
        if code.is_empty() {
            return None;
        }
        if plan.convention().find_target(&code).is_some() {
            // The code means something else already.
            code.push_str("_2");
        }
        // A path or a code of another system is no name for people; it is read by the code alone.
        let is_name = !name.contains(['.', '[', '_']) && name != code || fold_name(name) != code;
        let locale = plan.convention().shop.locales.first().filter(|_| is_name);
        let label = locale.map(|locale| (locale.clone(), name.to_owned()));
        let data_type = seen.infer_data_type();
        let unit = seen.units.iter().max_by_key(|(_, count)| **count).map(|(unit, _)| unit.clone());
        Some(AttributeProposal {
            code,
            label,
            columns: vec![wanted.name.clone()],
            data_type,
            localizable,
            scopable,
            unit: unit.filter(|_| data_type == DataType::Measurement),
            filled: seen.filled,
            rows: self.rows,
            distinct: seen.texts.len(),
            examples: seen.examples.clone(),
        })
    }

    /// All proposals, those for one attribute together.
    pub(crate) fn propose_attributes(&self, plan: &ColumnPlan<'_>) -> Vec<AttributeProposal> {
        let mut all: BTreeMap<String, AttributeProposal> = BTreeMap::new();
        for proposal in plan
            .unknown_attribute_columns()
            .filter_map(|column| self.propose_attribute(plan, column))
        {
            match all.get_mut(&proposal.code) {
                None => drop(all.insert(proposal.code.clone(), proposal)),
                Some(known) => known.merge_with(proposal),
            }
        }
        all.into_values().collect()
    }
}

impl ColumnProfile {
    /// Whether a text stands there again: of all rows, up to so many that nothing is to be learnt.
    fn track_duplicates(&mut self, content: CellContent<'_>) {
        const ENOUGH: usize = 100_000;
        if !self.has_duplicates && self.text_hashes.len() < ENOUGH {
            let mut hasher = DefaultHasher::new();
            content.text().hash(&mut hasher);
            self.has_duplicates = !self.text_hashes.insert(hasher.finish());
        }
    }

    fn observe_cell(&mut self, content: CellContent<'_>, style: NumberFormat) {
        self.filled += 1;
        if self.filled > PROFILED_CELLS {
            return;
        }
        let text = content.text();
        let style = match content {
            CellContent::Number(_) => NumberFormat { decimal_mark: Some('.'), thousands: None },
            _ => style,
        };
        self.possible_types.retain(|data_type| can_read_as(*data_type, &text, style));
        if self.possible_types.contains(&DataType::Measurement)
            && let Ok(measurement) = parse::parse_measurement(&text, None, None, style)
        {
            *self.units.entry(measurement.unit).or_default() += 1;
        }
        self.longest = self.longest.max(text.chars().count());
        if self.texts.len() <= MAX_OPTIONS && !self.texts.contains(text.as_ref()) {
            if self.examples.len() < MAX_EXAMPLES {
                self.examples.push(cut_excerpt(&text));
            }
            self.texts.insert(cut_excerpt(&text));
        }
    }

    fn infer_data_type(&self) -> DataType {
        let looked_at = self.filled.min(PROFILED_CELLS);
        // `1` and `0` alone may be anything; that they are yes and no takes two of them.
        let is_boolean = self.possible_types.contains(&DataType::Boolean) && self.texts.len() == 2;
        let first = self.possible_types.iter().find(|fit| **fit != DataType::Boolean || is_boolean);
        if let Some(data_type) = first {
            return *data_type;
        }
        let comes_again = self.texts.len() <= MAX_OPTIONS
            && self.longest <= MAX_OPTION_LENGTH
            && looked_at >= 2 * self.texts.len() as u64;
        if comes_again { DataType::Options } else { DataType::Text }
    }
}

/// The code of an attribute that is called so: `Hapot g/l` is `hapot_g_l`, and `Päätuote` is `paatuote`.
fn to_attribute_code(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).map(normalize_name);
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("_")
}

/// Whether a text can be read so. What begins with a zero or is as long as an article number is
/// no number, whatever it is made of.
fn can_read_as(data_type: DataType, text: &str, style: NumberFormat) -> bool {
    let is_code = || {
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        digits > 9 || text.len() > 1 && text.starts_with('0') && !text.contains(['.', ','])
    };
    match data_type {
        DataType::Boolean => parse::parse_boolean(text).is_ok(),
        DataType::Integer => !is_code() && parse::parse_integer(text, style).is_ok(),
        DataType::Decimal => !is_code() && parse::parse_decimal(text, style).is_ok(),
        DataType::Date => parse::parse_date(text, None).is_ok(),
        DataType::Measurement => {
            let measured = parse::parse_measurement(text, None, None, style);
            measured.is_ok_and(|measured| parse::is_known_unit(&measured.unit))
        }
        DataType::Assets => {
            let lower = text.to_lowercase();
            [".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"]
                .iter()
                .any(|end| lower.ends_with(end))
        }
        DataType::RichText => RichText::is_markup(text),
        _ => false,
    }
}

impl AttributeProposal {
    /// What belongs in `model.toml`.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
        // TOML has letters of ASCII only in a key without quotation marks.
        let key = match self.code.is_ascii() {
            true => self.code.clone(),
            false => quoted(&self.code),
        };
        let mut toml = format!("[attributes.{key}]\ntype = \"{}\"\n", self.data_type);
        if let Some((locale, label)) = &self.label {
            toml.push_str(&format!("label = {{ {locale} = {} }}\n", quoted(label)));
        }
        let flags = [("localizable", self.localizable), ("scopable", self.scopable)];
        for (flag, _) in flags.iter().filter(|(_, is)| *is) {
            toml.push_str(&format!("{flag} = true\n"));
        }
        if let Some(unit) = &self.unit {
            toml.push_str(&format!("unit = {}\n", quoted(unit)));
        }
        if self.data_type == DataType::Options {
            toml.push_str("facet = true\n");
        }
        toml
    }

    /// Takes in what another column, or another file, says about the same attribute.
    pub fn merge_with(&mut self, other: Self) {
        if self.data_type != other.data_type {
            self.data_type = match (self.data_type, other.data_type) {
                (DataType::Integer, DataType::Decimal) | (DataType::Decimal, DataType::Integer) => {
                    DataType::Decimal
                }
                (DataType::RichText, DataType::Text) | (DataType::Text, DataType::RichText) => {
                    DataType::RichText
                }
                _ => DataType::Text,
            };
            self.unit = None;
        }
        self.localizable |= other.localizable;
        self.scopable |= other.scopable;
        self.filled = self.filled.max(other.filled);
        self.rows = self.rows.max(other.rows);
        self.distinct = self.distinct.max(other.distinct);
        let new = other.columns.into_iter().filter(|column| !self.columns.contains(column));
        let new: Vec<_> = new.collect();
        self.columns.extend(new);
    }
}
