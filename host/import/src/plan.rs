//! Plans: what each column of a file is about, settled before its rows are read.

use std::collections::{BTreeMap, HashMap};

use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::receipt::Messages;
use rikaste_model::words;
use smol_str::SmolStr;

use super::group::Group;
use super::header::{Convention, Meaningless};
use super::mapping::{Mapping, Models, Rule};
use super::paths::Paths;
use super::synonyms::Synonyms;
use super::target::{Field, Target};
use super::unreadable::{COLUMN_LIMIT, Unreadable};

mod lacking;
mod meaning;

use meaning::unit_of;

/// What each column of a file is about.
pub(super) struct Plan<'a> {
    pub(super) convention: Convention<'a>,
    pub(super) mapping: Option<&'a Mapping>,
    columns: Vec<Column<'a>>,
    /// The headers, for the receipt.
    pub(super) names: Vec<SmolStr>,
    /// How many columns the file has; after them come the constants.
    pub(super) width: usize,
    /// What columns mean that are called something else.
    pub(super) synonyms: Synonyms,
    /// Where the SKU may be, best first.
    pub(super) sku: Vec<u16>,
    pub(super) constants: Vec<(u16, String)>,
    /// Why nothing is read from columns, where that should be said.
    unknown: BTreeMap<u16, Meaningless>,
    /// Columns of names and of their values.
    pub(super) pairs: Vec<Pair>,
    /// Columns of measurements and the columns that their units are in: `weight`, `weight-unit`.
    pub(super) units: Vec<(u16, u16)>,
    /// The column that tells product models, and what it says of them.
    pub(super) models: Option<(u16, &'a str)>,
    /// Columns that rows must have one of the texts in.
    pub(super) only: Vec<(u16, &'a [String])>,
    /// The column that says which locale all of a row is in.
    pub(super) locale: Option<u16>,
    /// The column that says which part of a product a row is about.
    pub(super) part: Option<u16>,
    /// The column of the number that another program knows a product by.
    pub(super) id: Option<u16>,
    /// How several rows are one product.
    pub(super) group: Option<Group>,
    pub(super) by_path: Paths,
    /// Columns that names in cells stand for.
    named: Vec<Column<'a>>,
    by_name: HashMap<String, usize>,
}

/// What a column is about.
#[derive(Debug, Clone)]
pub(super) struct Column<'a> {
    pub(super) name: SmolStr,
    pub(super) target: Target<'a>,
    pub(super) rule: Rule,
}

/// A column of names and the column of their values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) key: u16,
    pub(super) value: u16,
    /// What narrows the values: a locale.
    pub(super) suffix: String,
    /// What stands between several names, and between their values.
    pub(super) split: Option<String>,
    /// What ends a name or a value.
    pub(super) until: Option<String>,
}

impl<'a> Plan<'a> {
    pub(super) fn new(convention: Convention<'a>, mapping: Option<&'a Mapping>) -> Self {
        Self {
            convention,
            mapping,
            columns: Vec::new(),
            names: Vec::new(),
            width: 0,
            synonyms: Synonyms::default(),
            sku: Vec::new(),
            constants: Vec::new(),
            unknown: BTreeMap::new(),
            pairs: Vec::new(),
            units: Vec::new(),
            models: None,
            only: Vec::new(),
            locale: None,
            part: None,
            id: None,
            group: None,
            by_path: Paths::default(),
            named: Vec::new(),
            by_name: HashMap::new(),
        }
    }

    /// The plan of a file with these headers.
    pub(super) fn add_headers(&mut self, headers: &[SmolStr], messages: &mut Messages) {
        for (at, header) in headers.iter().enumerate() {
            self.add_header(at, header, messages);
        }
        self.width = headers.len();
        self.find_pairs(headers);
        self.find_units(headers);
        let rule = self.mapping.and_then(|mapping| mapping.group.as_ref());
        self.group = rule.and_then(|rule| Group::of(rule, headers));
        self.add_constants(messages);
    }

    /// Says which columns are read by what they are called elsewhere.
    pub(super) fn tell_synonyms(&self, headers: &[SmolStr], messages: &mut Messages) {
        let read: BTreeMap<_, _> = self.synonyms.read().collect();
        let read = headers.iter().filter_map(|header| Some((header, read.get(header)?)));
        let read: Vec<_> = read.map(|(header, place)| format!("{header} = {place}")).collect();
        if !read.is_empty() {
            let message = words!("columns-by-synonym", columns = read.join(", "));
            messages.push(Diagnostic::info("column-synonym", message));
        }
    }

    pub(super) fn column(&self, column: u16) -> &Column<'a> {
        &self.columns[usize::from(column)]
    }

    /// The columns and their numbers.
    pub(super) fn columns(&self) -> impl Iterator<Item = (u16, &Column<'a>)> {
        (0..).zip(&self.columns)
    }

    /// The first column that is about a part of a review, a price, …
    pub(super) fn field(&self, field: Field) -> Option<u16> {
        let is =
            |column: &Column<'_>| matches!(column.target, Target::Field(found) if found == field);
        self.columns.iter().position(is).map(as_column)
    }

    fn add_header(&mut self, at: usize, header: &SmolStr, messages: &mut Messages) {
        let (mut column, unknown) = match self.stands_again(header) {
            Some(_) => {
                let (target, rule) = (Target::Ignored, Rule::default());
                (Column { name: header.clone(), target, rule }, None)
            }
            None => self.meaning(header, ""),
        };
        if let Some(reason) = unknown.filter(|_| self.says_unknown(header)) {
            self.unknown.insert(as_column(self.columns.len()), reason);
        }
        if header.is_empty() {
            let message = words!("column-blank", number = (at + 1).to_string());
            messages.push(Diagnostic::info("column-blank", message));
        } else if let Some(first) = self.stands_again(header) {
            let number = (at + 1).to_string();
            let message =
                words!("column-again", number = number, name = first, other = header.as_str());
            messages.push(Diagnostic::warning("column-repeated", message));
        } else if let Some(first) = self.same_as(&column.target).filter(|_| !self.adds(&column)) {
            let number = (at + 1).to_string();
            let message = words!("column-repeated", number = number, first = first.as_str());
            let mut diagnostic = Diagnostic::warning("column-repeated", message);
            diagnostic.place.column = Some(header.clone());
            messages.push(diagnostic);
            column.target = Target::Unknown;
        }
        self.push(column);
    }

    /// The header that another column has, too, if this one was numbered for that: `name (2)`. One
    /// that the mapping names is its own.
    fn stands_again<'h>(&self, header: &'h str) -> Option<&'h str> {
        let (name, number) = header.strip_suffix(')')?.rsplit_once(" (")?;
        let numbered = number.parse::<u32>().is_ok_and(|number| number > 1);
        let named = self.mapping.is_some_and(|mapping| mapping.names(header));
        (numbered && !named && self.names.iter().any(|other| other == name)).then_some(name)
    }

    /// Takes a column in and remembers what it is needed for.
    fn push(&mut self, column: Column<'a>) {
        let at = as_column(self.columns.len());
        if matches!(column.target, Target::Sku) {
            self.sku.push(at);
            let wanted = self.mapping.map_or(&[][..], |mapping| &mapping.sku);
            let names = &self.names;
            let rank = |of: u16| {
                let name = if of == at { &column.name } else { &names[usize::from(of)] };
                wanted.iter().position(|want| want == name)
            };
            self.sku.sort_by_key(|of| rank(*of));
        }
        if let Some(mapping) = self.mapping {
            if let Models::Where { column: name, equals } = &mapping.models
                && *name == column.name
            {
                self.models = Some((at, equals));
            }
            if mapping.locale.as_ref().is_some_and(|locale| locale.column == column.name) {
                self.locale = Some(at);
            }
            if mapping.part.as_deref() == Some(column.name.as_str()) {
                self.part = Some(at);
            }
            if mapping.id.as_deref() == Some(column.name.as_str()) {
                self.id = Some(at);
            }
            let only = mapping.only.iter().filter(|(name, _)| *name == column.name);
            self.only.extend(only.map(|(_, texts)| (at, &texts[..])));
        }
        self.names.push(column.name.clone());
        self.columns.push(column);
    }

    /// The header of a column that says the same as this target.
    fn same_as(&self, target: &Target<'_>) -> Option<&SmolStr> {
        // A price that holds for a time stands beside the ordinary one.
        let same = |column: &&Column<'_>| {
            column.rule.window.is_none() && same_place(&column.target, target)
        };
        self.columns.iter().find(same).map(|column| &column.name)
    }

    /// Whether a mapping means a column to add to what another column says: lists of photos lie in
    /// several.
    fn adds(&self, column: &Column<'_>) -> bool {
        column.rule.window.is_some()
            || column.target.is_list()
                && self.mapping.is_some_and(|m| m.rule(&column.name).is_some())
    }

    /// A measurement's unit may be in a column of its own.
    fn find_units(&mut self, headers: &[SmolStr]) {
        for (at, header) in headers.iter().enumerate() {
            let Some(name) = unit_of(header) else { continue };
            let value = headers.iter().position(|header| header == name);
            let value = value.filter(|value| self.columns[*value].target.is_measurement());
            let is_free = matches!(self.columns[at].target, Target::Ignored);
            if let Some(value) = value.filter(|_| is_free) {
                self.units.push((as_column(value), as_column(at)));
            }
        }
    }

    fn find_pairs(&mut self, headers: &[SmolStr]) {
        for pattern in self.mapping.map_or(&[][..], |mapping| &mapping.pair_columns) {
            for (key, name) in headers.iter().enumerate() {
                let Some(captured) = pattern.key.captured(name) else {
                    continue;
                };
                let value = headers
                    .iter()
                    .position(|header| pattern.value.captured(header) == Some(captured));
                if let Some(value) = value {
                    let suffix =
                        captured.split_once('.').map_or("", |(_, suffix)| suffix).to_owned();
                    let (split, until) = (pattern.split.clone(), pattern.until.clone());
                    let (key, value) = (as_column(key), as_column(value));
                    self.pairs.push(Pair { key, value, suffix, split, until });
                }
            }
        }
    }

    pub(super) fn add_constants(&mut self, messages: &mut Messages) {
        let Some(mapping) = self.mapping else {
            return;
        };
        for (target, text) in &mapping.constants {
            let (mut column, unknown) = self.meaning(target, "");
            if let Some(reason) = unknown {
                self.warn_unknown_name(target, &reason, messages);
            }
            column.name = SmolStr::new(format!("{target} ({})", mapping.name));
            self.constants.push((as_column(self.columns.len()), text.clone()));
            self.push(column);
        }
    }

    /// The column of a path in JSON; a new one when it is met for the first time.
    pub(super) fn column_of_path(
        &mut self,
        path: &str,
        messages: &mut Messages,
    ) -> Result<u16, Unreadable> {
        if let Some(column) = self.by_path.get(path) {
            return Ok(column);
        }
        if self.columns.len() >= COLUMN_LIMIT {
            return Err(Unreadable::TooManyColumns);
        }
        let column = as_column(self.columns.len());
        // `images.image` of `<images><image/></images>` is about the images.
        let is_mapped = self.mapping.is_some_and(|mapping| mapping.rule(path).is_some());
        let name = if is_mapped { path } else { without_wrapper(path) };
        self.add_header(self.columns.len(), &SmolStr::new(name), messages);
        self.by_path.insert(path, column);
        Ok(column)
    }

    /// The column of a name that another plan reads; here it says nothing.
    pub(super) fn column_of_another(&mut self, name: &str) -> Result<u16, Unreadable> {
        if let Some(column) = self.by_path.get(name) {
            return Ok(column);
        }
        if self.columns.len() >= COLUMN_LIMIT {
            return Err(Unreadable::TooManyColumns);
        }
        let column = as_column(self.columns.len());
        let name = SmolStr::new(name);
        self.by_path.insert(&name, column);
        self.push(Column { name, target: Target::Ignored, rule: Rule::default() });
        Ok(column)
    }

    /// Says what a path in JSON is about.
    pub(super) fn add_path(&mut self, path: &str, target: &str) {
        let target = self.convention.target(target).unwrap_or(Target::Unknown);
        self.by_path.insert(path, as_column(self.columns.len()));
        self.push(Column { name: SmolStr::new(path), target, rule: Rule::default() });
    }

    /// What a name that stands in a cell says.
    pub(super) fn named(&mut self, name: &str, suffix: &str, messages: &mut Messages) -> usize {
        let key = format!("{name}\0{suffix}");
        if let Some(at) = self.by_name.get(&key) {
            return *at;
        }
        let column = match self.named.len() {
            COLUMN_LIMIT.. => {
                Column { name: SmolStr::new(name), target: Target::Unknown, rule: Rule::default() }
            }
            _ => {
                let (column, unknown) = self.meaning(name, suffix);
                if let Some(reason) = unknown {
                    self.warn_unknown_name(name, &reason, messages);
                }
                column
            }
        };
        if self.named.len() >= COLUMN_LIMIT {
            self.named[COLUMN_LIMIT - 1] = column;
            return COLUMN_LIMIT - 1;
        }
        self.named.push(column);
        self.by_name.insert(key, self.named.len() - 1);
        self.named.len() - 1
    }

    pub(super) fn named_column(&self, at: usize) -> &Column<'a> {
        &self.named[at]
    }
}

/// A path without its end where that is the singular of what stands before it.
fn without_wrapper(path: &str) -> &str {
    let Some((around, name)) = path.rsplit_once('.') else { return path };
    let wrapper = around.rsplit('.').next().unwrap_or(around);
    let plural = wrapper.strip_prefix(name).is_some_and(|rest| matches!(rest, "s" | "es"))
        || name.strip_suffix('y').is_some_and(|stem| wrapper.strip_suffix("ies") == Some(stem));
    if plural { around } else { path }
}

/// A file has at most [`COLUMN_LIMIT`] columns, and a mapping not many more.
fn as_column(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}

fn same_place(a: &Target<'_>, b: &Target<'_>) -> bool {
    match (a, b) {
        (Target::Value(a), Target::Value(b)) => {
            a.code == b.code && a.locale == b.locale && a.channel == b.channel
        }
        (Target::Price(a), Target::Price(b)) => a == b,
        (Target::Stock(a), Target::Stock(b)) => a == b,
        (Target::Links(a), Target::Links(b)) => a == b,
        (Target::Field(a), Target::Field(b)) => a == b,
        (Target::Kind, Target::Kind) | (Target::Parent, Target::Parent) => true,
        _ => false,
    }
}
