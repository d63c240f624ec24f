//! Columns that the shop has no attribute for: what they seem to hold, learnt from what stands in
//! them, so that a merchandiser can have them taken in without reading the file.
//!
//! The first thousand cells of a column decide; of all rows it is only counted in how many it is
//! filled.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use rikaste_model::diagnostic::excerpt;
use rikaste_model::value::DataType;
use smol_str::SmolStr;

use super::parse::{self, Style};
use super::plan::Plan;
use super::row::{Content, Row};

/// Cells of a column that are looked into.
const LOOKED_AT: u64 = 1_000;
/// Different texts that are remembered; a column with more is no list of options.
const OPTIONS: usize = 60;
/// The longest name of an option, in characters.
const OPTION_LENGTH: usize = 40;
/// Examples that are shown.
const EXAMPLES: usize = 3;

/// An attribute that a file seems to have and the shop does not.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Proposal {
    /// What it would be called in the shop.
    pub code: String,
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
pub(super) struct Learner {
    rows: u64,
    /// Whether columns that are read are looked at, too.
    all: bool,
    columns: BTreeMap<u16, Seen>,
}

/// What stood in a column.
#[derive(Debug)]
struct Seen {
    filled: u64,
    /// What every cell so far can be read as.
    fits: Vec<DataType>,
    units: BTreeMap<SmolStr, u64>,
    texts: BTreeSet<String>,
    examples: Vec<String>,
    longest: usize,
    /// Hashes of the texts, where it is asked whether one stands there twice.
    different: HashSet<u64>,
    again: bool,
}

/// What stood in a column, for whoever looks for the SKU.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stood<'l> {
    pub(super) filled: u64,
    /// The first of the texts.
    pub(super) texts: &'l BTreeSet<String>,
    /// Whether one of them stands there again.
    pub(super) again: bool,
}

impl Default for Seen {
    fn default() -> Self {
        use DataType::{Assets, Boolean, Date, Decimal, Integer, Measurement, RichText};
        Self {
            filled: 0,
            fits: vec![Boolean, Integer, Decimal, Date, Measurement, Assets, RichText],
            units: BTreeMap::new(),
            texts: BTreeSet::new(),
            examples: Vec::new(),
            longest: 0,
            different: HashSet::new(),
            again: false,
        }
    }
}

impl Learner {
    /// Looks at the cells of a row that nothing is read from.
    pub(super) fn look(&mut self, plan: &Plan<'_>, row: &Row<'_>, style: Style) {
        self.rows += 1;
        if !self.all && plan.unheard().next().is_none() {
            return;
        }
        row.each(|column, content| {
            if (self.all || plan.is_unheard(column)) && !content.is_empty() {
                let seen = self.columns.entry(column).or_default();
                if self.all {
                    seen.compare(content);
                }
                seen.look(content, style);
            }
        });
    }

    /// Looks at all columns.
    pub(super) fn watch_all(&mut self) {
        self.all = true;
    }

    /// Rows in which a column was filled.
    pub(super) fn filled(&self, column: u16) -> u64 {
        self.columns.get(&column).map_or(0, |seen| seen.filled)
    }

    /// What stood in a column first.
    pub(super) fn example(&self, column: u16) -> Option<String> {
        self.columns.get(&column)?.examples.first().cloned()
    }

    /// What stood in a column, if anything did.
    pub(super) fn stood(&self, column: u16) -> Option<Stood<'_>> {
        let Seen { filled, texts, again, .. } = self.columns.get(&column)?;
        Some(Stood { filled: *filled, texts, again: *again })
    }

    /// What is proposed for a column that nothing is read from.
    pub(super) fn proposal(&self, plan: &Plan<'_>, column: u16) -> Option<Proposal> {
        let seen = self.columns.get(&column)?;
        let wanted = plan.column(column);
        let name = wanted.rule.to.as_deref().unwrap_or(&wanted.name);
        let (name, localizable, scopable) = plan.convention.split(name);
        let code = parse::slug(name).replace('-', "_");
        if code.is_empty() {
            return None;
        }
        let data_type = seen.data_type();
        let unit = seen.units.iter().max_by_key(|(_, count)| **count).map(|(unit, _)| unit.clone());
        Some(Proposal {
            code,
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
    pub(super) fn proposals(&self, plan: &Plan<'_>) -> Vec<Proposal> {
        let mut all: BTreeMap<String, Proposal> = BTreeMap::new();
        for proposal in plan.unheard().filter_map(|column| self.proposal(plan, column)) {
            match all.get_mut(&proposal.code) {
                None => drop(all.insert(proposal.code.clone(), proposal)),
                Some(known) => known.join(proposal),
            }
        }
        all.into_values().collect()
    }
}

impl Seen {
    /// Whether a text stands there again: of all rows, up to so many that nothing is to be learnt.
    fn compare(&mut self, content: Content<'_>) {
        const ENOUGH: usize = 100_000;
        if !self.again && self.different.len() < ENOUGH {
            let mut hasher = DefaultHasher::new();
            content.text().hash(&mut hasher);
            self.again = !self.different.insert(hasher.finish());
        }
    }

    fn look(&mut self, content: Content<'_>, style: Style) {
        self.filled += 1;
        if self.filled > LOOKED_AT {
            return;
        }
        let text = content.text();
        let style = match content {
            Content::Number(_) => Style { mark: Some('.'), thousands: None },
            _ => style,
        };
        self.fits.retain(|data_type| fits(*data_type, &text, style));
        if self.fits.contains(&DataType::Measurement)
            && let Ok(measurement) = parse::measurement(&text, None, None, style)
        {
            *self.units.entry(measurement.unit).or_default() += 1;
        }
        self.longest = self.longest.max(text.chars().count());
        if self.texts.len() <= OPTIONS && !self.texts.contains(text.as_ref()) {
            if self.examples.len() < EXAMPLES {
                self.examples.push(excerpt(&text));
            }
            self.texts.insert(excerpt(&text));
        }
    }

    fn data_type(&self) -> DataType {
        let looked_at = self.filled.min(LOOKED_AT);
        // `1` and `0` alone may be anything; that they are yes and no takes two of them.
        let is_boolean = self.fits.contains(&DataType::Boolean) && self.texts.len() == 2;
        let first = self.fits.iter().find(|fit| **fit != DataType::Boolean || is_boolean);
        if let Some(data_type) = first {
            return *data_type;
        }
        let comes_again = self.texts.len() <= OPTIONS
            && self.longest <= OPTION_LENGTH
            && looked_at >= 2 * self.texts.len() as u64;
        if comes_again { DataType::Options } else { DataType::Text }
    }
}

/// Whether a text can be read so. What begins with a zero or is as long as an article number is
/// no number, whatever it is made of.
fn fits(data_type: DataType, text: &str, style: Style) -> bool {
    let is_code = || {
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        digits > 9 || text.len() > 1 && text.starts_with('0') && !text.contains(['.', ','])
    };
    match data_type {
        DataType::Boolean => parse::boolean(text).is_ok(),
        DataType::Integer => !is_code() && parse::integer(text, style).is_ok(),
        DataType::Decimal => !is_code() && parse::decimal(text, style).is_ok(),
        DataType::Date => parse::date(text, None).is_ok(),
        DataType::Measurement => {
            let measured = parse::measurement(text, None, None, style);
            measured.is_ok_and(|measured| parse::is_unit(&measured.unit))
        }
        DataType::Assets => {
            let lower = text.to_lowercase();
            [".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"]
                .iter()
                .any(|end| lower.ends_with(end))
        }
        DataType::RichText => parse::holds_markup(text),
        _ => false,
    }
}

impl Proposal {
    /// What belongs in `model.toml`.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let mut toml = format!("[attributes.{}]\ntype = \"{}\"\n", self.code, self.data_type);
        let flags = [("localizable", self.localizable), ("scopable", self.scopable)];
        for (flag, _) in flags.iter().filter(|(_, is)| *is) {
            toml.push_str(&format!("{flag} = true\n"));
        }
        if let Some(unit) = &self.unit {
            toml.push_str(&format!("unit = {}\n", toml::Value::String(unit.to_string())));
        }
        if self.data_type == DataType::Options {
            toml.push_str("facet = true\n");
        }
        toml
    }

    /// Takes in what another column, or another file, says about the same attribute.
    pub fn join(&mut self, other: Self) {
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
