//! Plans: what each column of a file is about, settled before its rows are read.

use std::collections::{BTreeMap, HashMap};

use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::receipt::DiagnosticCollector;
use rikaste_model::words;
use smol_str::SmolStr;

use super::file_error::{COLUMN_LIMIT, FileError};
use super::header::{HeaderConvention, HeaderProblem};
use super::mapping::{ColumnRule, Mapping, ModelRows};
use super::path_columns::PathColumns;
use super::row_groups::GroupPlan;
use super::synonyms::ColumnSynonyms;
use super::target::{ColumnTarget, RecordField};

mod column_resolution;
mod required_columns;

use column_resolution::strip_unit_suffix;

/// What each column of a file is about.
pub(super) struct ColumnPlan<'a> {
    pub(super) convention: HeaderConvention<'a>,
    pub(super) mapping: Option<&'a Mapping>,
    columns: Vec<PlannedColumn<'a>>,
    /// The headers, for the receipt.
    pub(super) names: Vec<SmolStr>,
    /// How many columns the file has; after them come the constants.
    pub(super) width: usize,
    /// What columns mean that are called something else.
    pub(super) synonyms: ColumnSynonyms,
    /// Where the SKU may be, best first.
    pub(super) sku: Vec<u16>,
    pub(super) constants: Vec<(u16, String)>,
    /// Why nothing is read from columns, where that should be said.
    unknown_columns: BTreeMap<u16, HeaderProblem>,
    /// Columns of names and of their values.
    pub(super) pairs: Vec<ColumnPair>,
    /// Columns of measurements and the columns that their units are in: `weight`, `weight-unit`.
    pub(super) units: Vec<(u16, u16)>,
    /// The column that tells product models, and what it says of them.
    pub(super) models: Option<(u16, &'a str)>,
    /// Columns that rows must have one of the texts in.
    pub(super) row_filter: Vec<(u16, &'a [String])>,
    /// The column that says which locale all of a row is in.
    pub(super) locale: Option<u16>,
    /// The column that says which part of a product a row is about.
    pub(super) row_scope: Option<u16>,
    /// The column of the number that another program knows a product by.
    pub(super) id: Option<u16>,
    /// How several rows are one product.
    pub(super) group: Option<GroupPlan>,
    pub(super) path_columns: PathColumns,
    /// Columns that names in cells stand for.
    named: Vec<PlannedColumn<'a>>,
    named_index: HashMap<String, usize>,
}

/// What a column is about.
#[derive(Debug, Clone)]
pub(super) struct PlannedColumn<'a> {
    pub(super) name: SmolStr,
    pub(super) target: ColumnTarget<'a>,
    pub(super) rule: ColumnRule,
}

/// A column of names and the column of their values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ColumnPair {
    pub(super) key: u16,
    pub(super) value: u16,
    /// What narrows the values: a locale.
    pub(super) suffix: String,
    /// What stands between several names, and between their values.
    pub(super) split: Option<String>,
    /// What ends a name or a value.
    pub(super) cut_at: Option<String>,
}

impl<'a> ColumnPlan<'a> {
    pub(super) fn new(convention: HeaderConvention<'a>, mapping: Option<&'a Mapping>) -> Self {
        Self {
            convention,
            mapping,
            columns: Vec::new(),
            names: Vec::new(),
            width: 0,
            synonyms: ColumnSynonyms::default(),
            sku: Vec::new(),
            constants: Vec::new(),
            unknown_columns: BTreeMap::new(),
            pairs: Vec::new(),
            units: Vec::new(),
            models: None,
            row_filter: Vec::new(),
            locale: None,
            row_scope: None,
            id: None,
            group: None,
            path_columns: PathColumns::default(),
            named: Vec::new(),
            named_index: HashMap::new(),
        }
    }

    /// The plan of a file with these headers.
    pub(super) fn add_headers(&mut self, headers: &[SmolStr], messages: &mut DiagnosticCollector) {
        for (at, header) in headers.iter().enumerate() {
            self.add_header(at, header, messages);
        }
        self.width = headers.len();
        self.link_pairs(headers);
        self.link_units(headers);
        let rule = self.mapping.and_then(|mapping| mapping.group.as_ref());
        self.group = rule.and_then(|rule| GroupPlan::from_rule(rule, headers));
        self.add_constants(messages);
    }

    /// Says which columns are read by what they are called elsewhere.
    pub(super) fn report_synonyms(&self, headers: &[SmolStr], messages: &mut DiagnosticCollector) {
        let read: BTreeMap<_, _> = self.synonyms.resolved_columns().collect();
        let read = headers.iter().filter_map(|header| Some((header, read.get(header)?)));
        let read: Vec<_> = read.map(|(header, place)| format!("{header} = {place}")).collect();
        if !read.is_empty() {
            let message = words!("columns-by-synonym", columns = read.join(", "));
            messages.push_diagnostic(Diagnostic::new_info("column-synonym", message));
        }
    }

    pub(super) fn column_at(&self, column: u16) -> &PlannedColumn<'a> {
        &self.columns[usize::from(column)]
    }

    /// The columns and their numbers.
    pub(super) fn columns(&self) -> impl Iterator<Item = (u16, &PlannedColumn<'a>)> {
        (0..).zip(&self.columns)
    }

    /// The first column that is about a part of a review, a price, …
    pub(super) fn column_of_field(&self, field: RecordField) -> Option<u16> {
        let is = |column: &PlannedColumn<'_>| matches!(column.target, ColumnTarget::Field(found) if found == field);
        self.columns.iter().position(is).map(column_number)
    }

    fn add_header(&mut self, at: usize, header: &SmolStr, messages: &mut DiagnosticCollector) {
        let (mut column, unknown) = match self.repeated_name(header) {
            Some(_) => {
                let (target, rule) = (ColumnTarget::Ignored, ColumnRule::default());
                (PlannedColumn { name: header.clone(), target, rule }, None)
            }
            None => self.resolve_column(header, ""),
        };
        if let Some(reason) = unknown.filter(|_| self.is_unknown_reported(header)) {
            self.unknown_columns.insert(column_number(self.columns.len()), reason);
        }
        if header.is_empty() {
            let message = words!("column-blank", number = (at + 1).to_string());
            messages.push_diagnostic(Diagnostic::new_info("column-blank", message));
        } else if let Some(first) = self.repeated_name(header) {
            let number = (at + 1).to_string();
            let message =
                words!("column-again", number = number, name = first, other = header.as_str());
            messages.push_diagnostic(Diagnostic::new_warning("column-repeated", message));
        } else if let Some(first) =
            self.find_same_target(&column.target).filter(|_| !self.is_additional(&column))
        {
            let number = (at + 1).to_string();
            let message = words!("column-repeated", number = number, first = first.as_str());
            let mut diagnostic = Diagnostic::new_warning("column-repeated", message);
            diagnostic.place.column = Some(header.clone());
            messages.push_diagnostic(diagnostic);
            column.target = ColumnTarget::Unknown;
        }
        self.push_column(column);
    }

    /// The header that another column has, too, if this one was numbered for that: `name (2)`. One
    /// that the mapping names is its own.
    fn repeated_name<'h>(&self, header: &'h str) -> Option<&'h str> {
        let (name, number) = header.strip_suffix(')')?.rsplit_once(" (")?;
        let numbered = number.parse::<u32>().is_ok_and(|number| number > 1);
        let named = self.mapping.is_some_and(|mapping| mapping.has_column(header));
        (numbered && !named && self.names.iter().any(|other| other == name)).then_some(name)
    }

    /// Takes a column in and remembers what it is needed for.
    fn push_column(&mut self, column: PlannedColumn<'a>) {
        let at = column_number(self.columns.len());
        if matches!(column.target, ColumnTarget::Sku) {
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
            if let ModelRows::Where { column: name, equals } = &mapping.models
                && *name == column.name
            {
                self.models = Some((at, equals));
            }
            if mapping.locale.as_ref().is_some_and(|locale| locale.column == column.name) {
                self.locale = Some(at);
            }
            if mapping.row_scope.as_deref() == Some(column.name.as_str()) {
                self.row_scope = Some(at);
            }
            if mapping.id.as_deref() == Some(column.name.as_str()) {
                self.id = Some(at);
            }
            let only = mapping.row_filter.iter().filter(|(name, _)| *name == column.name);
            self.row_filter.extend(only.map(|(_, texts)| (at, &texts[..])));
        }
        self.names.push(column.name.clone());
        self.columns.push(column);
    }

    /// The header of a column that says the same as this target.
    fn find_same_target(&self, target: &ColumnTarget<'_>) -> Option<&SmolStr> {
        // A price that holds for a time stands beside the ordinary one.
        let same = |column: &&PlannedColumn<'_>| {
            column.rule.window.is_none() && is_same_place(&column.target, target)
        };
        self.columns.iter().find(same).map(|column| &column.name)
    }

    /// Whether a mapping means a column to add to what another column says: lists of photos lie in
    /// several.
    fn is_additional(&self, column: &PlannedColumn<'_>) -> bool {
        column.rule.window.is_some()
            || column.target.is_list()
                && self.mapping.is_some_and(|m| m.find_rule(&column.name).is_some())
    }

    /// A measurement's unit may be in a column of its own.
    fn link_units(&mut self, headers: &[SmolStr]) {
        for (at, header) in headers.iter().enumerate() {
            let Some(name) = strip_unit_suffix(header) else { continue };
            let value = headers.iter().position(|header| header == name);
            let value = value.filter(|value| self.columns[*value].target.is_measurement());
            let is_free = matches!(self.columns[at].target, ColumnTarget::Ignored);
            if let Some(value) = value.filter(|_| is_free) {
                self.units.push((column_number(value), column_number(at)));
            }
        }
    }

    fn link_pairs(&mut self, headers: &[SmolStr]) {
        for pattern in self.mapping.map_or(&[][..], |mapping| &mapping.pair_columns) {
            for (key, name) in headers.iter().enumerate() {
                let Some(captured) = pattern.key.capture_star(name) else {
                    continue;
                };
                let value = headers
                    .iter()
                    .position(|header| pattern.value.capture_star(header) == Some(captured));
                if let Some(value) = value {
                    let suffix =
                        captured.split_once('.').map_or("", |(_, suffix)| suffix).to_owned();
                    let (split, until) = (pattern.split.clone(), pattern.cut_at.clone());
                    let (key, value) = (column_number(key), column_number(value));
                    self.pairs.push(ColumnPair { key, value, suffix, split, cut_at: until });
                }
            }
        }
    }

    pub(super) fn add_constants(&mut self, messages: &mut DiagnosticCollector) {
        let Some(mapping) = self.mapping else {
            return;
        };
        for (target, text) in &mapping.constants {
            let (mut column, unknown) = self.resolve_column(target, "");
            if let Some(reason) = unknown {
                self.warn_unknown_name(target, &reason, messages);
            }
            column.name = SmolStr::new(format!("{target} ({})", mapping.name));
            self.constants.push((column_number(self.columns.len()), text.clone()));
            self.push_column(column);
        }
    }

    /// The column of a path in JSON; a new one when it is met for the first time.
    pub(super) fn column_of_path(
        &mut self,
        path: &str,
        messages: &mut DiagnosticCollector,
    ) -> Result<u16, FileError> {
        if let Some(column) = self.path_columns.find_column(path) {
            return Ok(column);
        }
        if self.columns.len() >= COLUMN_LIMIT {
            return Err(FileError::TooManyColumns);
        }
        let column = column_number(self.columns.len());
        // `images.image` of `<images><image/></images>` is about the images.
        let is_mapped = self.mapping.is_some_and(|mapping| mapping.find_rule(path).is_some());
        let name = if is_mapped { path } else { strip_wrapper(path) };
        self.add_header(self.columns.len(), &SmolStr::new(name), messages);
        self.path_columns.insert_path(path, column);
        Ok(column)
    }

    /// The column of a name that another plan reads; here it says nothing.
    pub(super) fn ignored_column(&mut self, name: &str) -> Result<u16, FileError> {
        if let Some(column) = self.path_columns.find_column(name) {
            return Ok(column);
        }
        if self.columns.len() >= COLUMN_LIMIT {
            return Err(FileError::TooManyColumns);
        }
        let column = column_number(self.columns.len());
        let name = SmolStr::new(name);
        self.path_columns.insert_path(&name, column);
        self.push_column(PlannedColumn {
            name,
            target: ColumnTarget::Ignored,
            rule: ColumnRule::default(),
        });
        Ok(column)
    }

    /// Says what a path in JSON is about.
    pub(super) fn add_path(&mut self, path: &str, target: &str) {
        let target = self.convention.resolve_header(target).unwrap_or(ColumnTarget::Unknown);
        self.path_columns.insert_path(path, column_number(self.columns.len()));
        self.push_column(PlannedColumn {
            name: SmolStr::new(path),
            target,
            rule: ColumnRule::default(),
        });
    }

    /// What a name that stands in a cell says.
    pub(super) fn resolve_named_column(
        &mut self,
        name: &str,
        suffix: &str,
        messages: &mut DiagnosticCollector,
    ) -> usize {
        let key = format!("{name}\0{suffix}");
        if let Some(at) = self.named_index.get(&key) {
            return *at;
        }
        let column = match self.named.len() {
            COLUMN_LIMIT.. => PlannedColumn {
                name: SmolStr::new(name),
                target: ColumnTarget::Unknown,
                rule: ColumnRule::default(),
            },
            _ => {
                let (column, unknown) = self.resolve_column(name, suffix);
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
        self.named_index.insert(key, self.named.len() - 1);
        self.named.len() - 1
    }

    pub(super) fn named_column(&self, at: usize) -> &PlannedColumn<'a> {
        &self.named[at]
    }
}

/// A path without its end where that is the singular of what stands before it.
fn strip_wrapper(path: &str) -> &str {
    let Some((around, name)) = path.rsplit_once('.') else { return path };
    let wrapper = around.rsplit('.').next().unwrap_or(around);
    let plural = wrapper.strip_prefix(name).is_some_and(|rest| matches!(rest, "s" | "es"))
        || name.strip_suffix('y').is_some_and(|stem| wrapper.strip_suffix("ies") == Some(stem));
    if plural { around } else { path }
}

/// A file has at most [`COLUMN_LIMIT`] columns, and a mapping not many more.
fn column_number(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}

fn is_same_place(a: &ColumnTarget<'_>, b: &ColumnTarget<'_>) -> bool {
    match (a, b) {
        (ColumnTarget::Value(a), ColumnTarget::Value(b)) => {
            a.code == b.code && a.locale == b.locale && a.channel == b.channel
        }
        (ColumnTarget::Price(a), ColumnTarget::Price(b)) => a == b,
        (ColumnTarget::Stock(a), ColumnTarget::Stock(b)) => a == b,
        (ColumnTarget::Links(a), ColumnTarget::Links(b)) => a == b,
        (ColumnTarget::Field(a), ColumnTarget::Field(b)) => a == b,
        (ColumnTarget::Kind, ColumnTarget::Kind) | (ColumnTarget::Parent, ColumnTarget::Parent) => {
            true
        }
        _ => false,
    }
}
