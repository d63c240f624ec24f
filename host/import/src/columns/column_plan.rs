//! The column plan: what each column of a file is about, settled before its rows are read.

use std::collections::BTreeMap;

use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::receipt::DiagnosticCollector;
use rikaste_model::words;
use rikaste_tables::{COLUMN_LIMIT, PathColumns, ReadError};
use smol_str::SmolStr;

use super::column_synonyms::ColumnSynonyms;
use super::header::{HeaderConvention, HeaderProblem};
use super::mapping::{ColumnRule, Mapping, ModelRows, is_same_name};
use super::row_group_plan::GroupPlan;
use super::sales_columns::SalesColumnName;
use super::target::{ColumnTarget, PriceTerm, RecordField};

mod column_resolution;
mod other_words;
mod price_columns;
mod required_columns;
mod spread_columns;
mod stock_places;
mod wide_edits;

use column_resolution::strip_unit_suffix;
use price_columns::PriceColumns;

/// The most different paths of a document, those included that have no column of their own.
const PATH_LIMIT: usize = 200_000;

/// What the column of the paths is called that there is no room for.
const FURTHER_NAMES: &str = "…";

/// What each column of a file is about. It is built once; only paths of elements that are met for
/// the first time add columns, through [`ColumnPlan::column_of_path`].
pub(crate) struct ColumnPlan<'a> {
    convention: HeaderConvention<'a>,
    /// The same for the words that the headers are in: those of product files in a wide file of edits.
    words: HeaderConvention<'a>,
    mapping: Option<&'a Mapping>,
    columns: Vec<PlannedColumn<'a>>,
    /// The headers, for the receipt.
    names: Vec<SmolStr>,
    /// How many columns the file has; after them come the constants.
    width: usize,
    /// What columns mean that are called something else.
    synonyms: ColumnSynonyms,
    /// What the shop's own mapping reads from columns of the file: no other column says it, too.
    claims: Vec<(SmolStr, ColumnTarget<'a>)>,
    /// Where the SKU may be, best first.
    sku: Vec<u16>,
    constants: Vec<(u16, String)>,
    /// Why nothing is read from columns, where that should be reported.
    unknown_columns: BTreeMap<u16, HeaderProblem>,
    pairs: Vec<ColumnPair>,
    units: Vec<(u16, u16)>,
    prices: PriceColumns,
    models: Option<(u16, &'a str)>,
    row_filter: Vec<(u16, &'a [String])>,
    locale: Option<u16>,
    row_scope: Option<u16>,
    id: Option<u16>,
    group: Option<GroupPlan>,
    path_columns: PathColumns,
    /// The columns of the paths that a pattern leaves out, by the pattern, and of those that there is no
    /// room for.
    shared_columns: Vec<(SmolStr, u16)>,
}

/// What a column is about.
#[derive(Debug, Clone)]
pub(crate) struct PlannedColumn<'a> {
    pub(crate) name: SmolStr,
    pub(crate) target: ColumnTarget<'a>,
    pub(crate) rule: ColumnRule,
}

/// A column of names and the column of their values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ColumnPair {
    pub(crate) key: u16,
    pub(crate) value: u16,
    /// What narrows the values: a locale.
    pub(crate) suffix: String,
    /// What stands between several names, and between their values.
    pub(crate) split: Option<String>,
    /// What stands between the parts of a value.
    pub(crate) list: Option<String>,
    /// What makes a separator of `list` behind it part of a name.
    pub(crate) escape: Option<char>,
    /// What ends a name or a value.
    pub(crate) cut_at: Option<String>,
}

/// Whether a path that is met for the first time is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PathUse {
    /// By its name, as a header is.
    Read,
    /// Another plan reads it; here it says nothing.
    Ignored,
}

impl<'a> PlannedColumn<'a> {
    fn without_rule(name: &str, target: ColumnTarget<'a>) -> Self {
        Self { name: SmolStr::new(name), target, rule: ColumnRule::default() }
    }

    /// A column that says nothing known.
    pub(crate) fn unknown(name: &str) -> Self {
        Self::without_rule(name, ColumnTarget::Unknown)
    }

    /// A column that is left out.
    fn ignored(name: &str) -> Self {
        Self::without_rule(name, ColumnTarget::Ignored)
    }
}

/// Building a plan.
impl<'a> ColumnPlan<'a> {
    /// The plan of a table with these headers. It says which columns it reads by their synonyms.
    pub(crate) fn for_table(
        convention: HeaderConvention<'a>,
        mapping: Option<&'a Mapping>,
        headers: &[SmolStr],
        messages: &mut DiagnosticCollector,
    ) -> Self {
        let mut plan = Self::for_nested(convention, mapping);
        plan.detect_wide_edits(headers);
        plan.find_synonyms(headers, messages);
        for (at, header) in headers.iter().enumerate() {
            plan.add_header(at, header, messages);
        }
        plan.width = headers.len();
        plan.link_pairs(headers);
        plan.link_units(headers);
        let rule = mapping.and_then(|mapping| mapping.group.as_ref());
        plan.group = rule.and_then(|rule| GroupPlan::from_rule(rule, headers));
        if let Some(spread) = rule.and_then(|rule| rule.spread.as_ref()) {
            let spread = plan.add_spread_columns(spread, headers);
            plan.group = plan.group.take().zip(spread).map(|(group, it)| group.with_spread(it));
        }
        plan.add_constants(messages);
        plan
    }

    /// The plan of a document, of whose first record these columns are seen.
    pub(crate) fn for_document(
        convention: HeaderConvention<'a>,
        mapping: Option<&'a Mapping>,
        first_columns: &[SmolStr],
        messages: &mut DiagnosticCollector,
    ) -> Self {
        let mut plan = Self::for_nested(convention, mapping);
        plan.find_synonyms(first_columns, messages);
        plan.add_constants(messages);
        plan
    }

    /// The plan of elements inside the elements of a document.
    pub(crate) fn for_nested(
        convention: HeaderConvention<'a>,
        mapping: Option<&'a Mapping>,
    ) -> Self {
        Self {
            convention,
            words: convention,
            mapping,
            columns: Vec::new(),
            names: Vec::new(),
            width: 0,
            synonyms: ColumnSynonyms::from_labels(&convention),
            claims: Vec::new(),
            sku: Vec::new(),
            constants: Vec::new(),
            unknown_columns: BTreeMap::new(),
            pairs: Vec::new(),
            units: Vec::new(),
            prices: PriceColumns::default(),
            models: None,
            row_filter: Vec::new(),
            locale: None,
            row_scope: None,
            id: None,
            group: None,
            path_columns: PathColumns::default(),
            shared_columns: Vec::new(),
        }
    }

    /// The plan of elements whose paths are known, each with its target.
    pub(crate) fn from_paths(convention: HeaderConvention<'a>, paths: &[(String, String)]) -> Self {
        let mut plan = Self::for_nested(convention, None);
        for (path, target) in paths {
            let target = convention.resolve_header(target).unwrap_or(ColumnTarget::Unknown);
            plan.path_columns.insert_path(path, column_number(plan.columns.len()));
            plan.push_column(PlannedColumn::without_rule(path, target));
        }
        plan
    }

    fn add_header(&mut self, at: usize, header: &SmolStr, messages: &mut DiagnosticCollector) {
        let (mut column, unknown) = match self.repeated_name(header) {
            // A second price or state says something else than the first.
            Some(name) if self.decides_about_sale(name) => (PlannedColumn::unknown(header), None),
            Some(_) => (PlannedColumn::ignored(header), None),
            None => self.resolve_column(header, ""),
        };
        if matches!(unknown, Some(HeaderProblem::NetPrice { .. })) {
            self.prices.add_net_price();
        }
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
        } else if let Some(claim) = self.find_claim(header, &column.target) {
            if self.is_unknown_reported(header) {
                self.unknown_columns.insert(column_number(self.columns.len()), claim);
            }
            column.target = ColumnTarget::Unknown;
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
        self.note_shop_location(&column, messages);
        self.push_column(column);
    }

    /// The column of a path that has none of its own: nothing is read from it, because a pattern of the
    /// mapping says so, or because there are too many of which nothing is known.
    fn shared_column(
        &mut self,
        path: &str,
        path_use: PathUse,
        messages: &mut DiagnosticCollector,
    ) -> Result<Option<u16>, ReadError> {
        if self.path_columns.len() >= PATH_LIMIT || self.columns.len() >= 2 * COLUMN_LIMIT {
            return Err(ReadError::TooManyColumns);
        }
        let left_out = self.mapping.and_then(|mapping| mapping.find_ignoring_pattern(path));
        let name = match left_out {
            Some(pattern) => SmolStr::new(pattern),
            None if self.columns.len() < COLUMN_LIMIT => return Ok(None),
            None => {
                let column = self.resolve_column(strip_wrapper(path), "").0;
                let is_read =
                    !matches!(column.target, ColumnTarget::Unknown | ColumnTarget::Ignored);
                if path_use == PathUse::Read && is_read
                    || SalesColumnName::classify(self.convention.kind, path).is_some()
                {
                    return Ok(None);
                }
                SmolStr::new_static(FURTHER_NAMES)
            }
        };
        if let Some((_, column)) = self.shared_columns.iter().find(|(known, _)| *known == name) {
            return Ok(Some(*column));
        }
        if left_out.is_none() {
            let limit = COLUMN_LIMIT.to_string();
            let message = words!("names-too-many", limit = limit, name = path);
            messages.push_diagnostic(Diagnostic::new_warning("names-too-many", message));
        }
        let column = column_number(self.columns.len());
        self.push_column(PlannedColumn::ignored(&name));
        self.shared_columns.push((name, column));
        Ok(Some(column))
    }

    /// The header that another column has, too, if this one was numbered for that: `name (2)`. One
    /// that the mapping names is its own.
    fn repeated_name<'h>(&self, header: &'h str) -> Option<&'h str> {
        let (name, number) = header.strip_suffix(')')?.rsplit_once(" (")?;
        let numbered = number.parse::<u32>().is_ok_and(|number| number > 1);
        let named = self.mapping.is_some_and(|mapping| mapping.has_column(header));
        (numbered && !named && self.names.iter().any(|other| other == name)).then_some(name)
    }

    /// Whether a column says whether or for how much its product sells.
    fn decides_about_sale(&self, name: &str) -> bool {
        let mut named = self.columns.iter().filter(|column| column.name == name);
        let is_price = |target: &ColumnTarget<'_>| {
            let field = ColumnTarget::Field(RecordField::Price);
            matches!(target, ColumnTarget::Price(_)) || is_same_place(target, &field)
        };
        named.any(|column| column.target.is_status() || is_price(&column.target))
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
                let at = wanted.iter().position(|want| is_same_name(want, name));
                (at, !wanted.iter().any(|want| want == name))
            };
            self.sku.sort_by_key(|of| rank(*of));
        }
        self.prices.add_column(at, &column);
        if let Some(mapping) = self.mapping {
            if let ModelRows::Where { column: name, equals } = &mapping.models
                && is_same_name(name, &column.name)
            {
                self.models = Some((at, equals));
            }
            let is = |name: &String| is_same_name(name, &column.name);
            if mapping.locale.as_ref().is_some_and(|locale| is(&locale.column)) {
                self.locale = Some(at);
            }
            if mapping.row_scope.as_ref().is_some_and(is) {
                self.row_scope = Some(at);
            }
            if mapping.id.as_ref().is_some_and(is) {
                self.id = Some(at);
            }
            let only = mapping.row_filter.iter().filter(|(name, _)| is(name));
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
            // Of several states the most restrictive counts.
            || column.target.is_status()
            || column.target.is_list()
                && self.mapping.is_some_and(|m| m.find_rule(&column.name).is_some())
    }

    /// A measurement's unit may be in a column of its own.
    fn link_units(&mut self, headers: &[SmolStr]) {
        for (at, header) in headers.iter().enumerate() {
            let Some(name) = strip_unit_suffix(header) else { continue };
            let value = headers.iter().position(|header| is_same_name(header, name));
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
                let is_value = |header: &SmolStr| {
                    let star = pattern.value.capture_star(header);
                    star.is_some_and(|star| is_same_name(star, captured))
                };
                let value = headers.iter().position(is_value);
                if let Some(value) = value {
                    let suffix =
                        captured.split_once('.').map_or("", |(_, suffix)| suffix).to_owned();
                    let (split, cut_at) = (pattern.split.clone(), pattern.cut_at.clone());
                    let (key, value) = (column_number(key), column_number(value));
                    let (list, escape) = (pattern.list.clone(), pattern.escape);
                    self.pairs.push(ColumnPair { key, value, suffix, split, list, escape, cut_at });
                }
            }
        }
    }

    fn add_constants(&mut self, messages: &mut DiagnosticCollector) {
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
}

/// Growing by paths.
impl ColumnPlan<'_> {
    /// The column of a path in a document; a new one when it is met for the first time.
    ///
    /// # Errors
    /// When there are too many columns.
    pub(crate) fn column_of_path(
        &mut self,
        path: &str,
        path_use: PathUse,
        messages: &mut DiagnosticCollector,
    ) -> Result<u16, ReadError> {
        if let Some(column) = self.path_columns.find_column(path) {
            return Ok(column);
        }
        if let Some(shared) = self.shared_column(path, path_use, messages)? {
            self.path_columns.insert_path(path, shared);
            return Ok(shared);
        }
        let column = column_number(self.columns.len());
        match path_use {
            PathUse::Read => {
                // `images.image` of `<images><image/></images>` is about the images.
                let is_mapped = self.mapping.is_some_and(|m| m.find_rule(path).is_some());
                let name = SmolStr::new(if is_mapped { path } else { strip_wrapper(path) });
                self.find_late_synonym(&name, messages);
                self.add_header(self.columns.len(), &name, messages);
            }
            PathUse::Ignored => self.push_column(PlannedColumn::ignored(path)),
        }
        self.path_columns.insert_path(path, column);
        Ok(column)
    }
}

/// Reading a plan.
impl<'a> ColumnPlan<'a> {
    pub(crate) fn convention(&self) -> HeaderConvention<'a> {
        self.convention
    }

    pub(crate) fn mapping(&self) -> Option<&'a Mapping> {
        self.mapping
    }

    /// The names of all columns, those of constants included.
    pub(crate) fn names(&self) -> &[SmolStr] {
        &self.names
    }

    /// How many columns the table has; after them come the constants.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// The columns that the SKU may be in, best first.
    pub(crate) fn sku_columns(&self) -> &[u16] {
        &self.sku
    }

    /// What every row says, by the mapping.
    pub(crate) fn constants(&self) -> &[(u16, String)] {
        &self.constants
    }

    /// Columns of names and of their values.
    pub(crate) fn pairs(&self) -> &[ColumnPair] {
        &self.pairs
    }

    /// The column that the unit of a measurement is in: `weight-unit` of `weight`.
    pub(crate) fn unit_column(&self, column: u16) -> Option<u16> {
        self.units.iter().find(|(of, _)| *of == column).map(|(_, unit)| *unit)
    }

    /// Whether a column holds the units of another.
    pub(crate) fn is_unit_column(&self, column: u16) -> bool {
        self.units.iter().any(|(_, unit)| *unit == column)
    }

    /// What rows say about prices beside the prices themselves.
    pub(crate) fn price_columns(&self) -> &PriceColumns {
        &self.prices
    }

    /// The column that tells product models, and what it says of them.
    pub(crate) fn model_column(&self) -> Option<(u16, &'a str)> {
        self.models
    }

    /// Columns that rows must have one of the texts in.
    pub(crate) fn row_filter(&self) -> &[(u16, &'a [String])] {
        &self.row_filter
    }

    /// The column that says which locale all of a row is in.
    pub(crate) fn locale_column(&self) -> Option<u16> {
        self.locale
    }

    /// The column that says which part of a product a row is about.
    pub(crate) fn row_scope_column(&self) -> Option<u16> {
        self.row_scope
    }

    /// The column of the number that another program knows a product by.
    pub(crate) fn id_column(&self) -> Option<u16> {
        self.id
    }

    /// How several rows are one product.
    pub(crate) fn group(&self) -> Option<&GroupPlan> {
        self.group.as_ref()
    }

    /// The columns of the paths that were met.
    pub(crate) fn path_columns(&self) -> &PathColumns {
        &self.path_columns
    }

    pub(crate) fn column_at(&self, column: u16) -> &PlannedColumn<'a> {
        &self.columns[usize::from(column)]
    }

    /// The columns and their numbers.
    pub(crate) fn columns(&self) -> impl Iterator<Item = (u16, &PlannedColumn<'a>)> {
        (0..).zip(&self.columns)
    }

    /// Whether a column is a price, or the part of a row that is one.
    pub(crate) fn has_price(&self) -> bool {
        self.columns.iter().any(|column| {
            let field = ColumnTarget::Field(RecordField::Price);
            matches!(column.target, ColumnTarget::Price(_)) || is_same_place(&column.target, &field)
        })
    }

    /// Whether columns say from when and until when the sales of the file are on.
    pub(crate) fn has_sale_dates(&self) -> bool {
        let has_term = |term: PriceTerm| {
            self.columns.iter().any(
                |column| matches!(&column.target, ColumnTarget::PriceTerm(found) if *found == term),
            )
        };
        has_term(PriceTerm::SaleDates)
            || has_term(PriceTerm::SaleFrom) && has_term(PriceTerm::SaleUntil)
    }

    /// Whether a column is known as a price that is not for this shop: without tax, or of a list,
    /// currency or channel that the shop does not have.
    pub(crate) fn is_for_others(&self, column: u16) -> bool {
        matches!(
            self.unknown_columns.get(&column),
            Some(
                HeaderProblem::NetPrice { .. }
                    | HeaderProblem::Channel { .. }
                    | HeaderProblem::PriceList { near: None, .. }
            )
        )
    }

    /// The first column that is about a part of a review, a price, …
    pub(crate) fn column_of_field(&self, field: RecordField) -> Option<u16> {
        let is = |column: &PlannedColumn<'_>| matches!(column.target, ColumnTarget::Field(found) if found == field);
        self.columns.iter().position(is).map(column_number)
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
        (ColumnTarget::Price(a), ColumnTarget::Price(b)) => a.is_same_place(b),
        (ColumnTarget::PriceTerm(a), ColumnTarget::PriceTerm(b)) => a == b,
        (ColumnTarget::Stock(a), ColumnTarget::Stock(b)) => a == b,
        (ColumnTarget::Links(a), ColumnTarget::Links(b)) => a == b,
        (ColumnTarget::Field(a), ColumnTarget::Field(b)) => a == b,
        (ColumnTarget::StatusBound(a), ColumnTarget::StatusBound(b)) => a == b,
        (ColumnTarget::Kind, ColumnTarget::Kind) | (ColumnTarget::Parent, ColumnTarget::Parent) => {
            true
        }
        _ => false,
    }
}
