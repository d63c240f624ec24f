//! Plans: what each column of a file is about, settled before its rows are read.

use std::collections::{BTreeMap, HashMap};

use rikaste_catalog::diagnostic::Diagnostic;
use rikaste_catalog::receipt::Messages;
use rikaste_catalog::record::DropKind;
use rikaste_catalog::words;
use smol_str::SmolStr;

use super::group::Group;
use super::header::{Convention, Meaningless};
use super::learn::{Learner, Proposal};
use super::mapping::{Mapping, Models, Rule, Unknown, target_of};
use super::paths::Paths;
use super::rejects::COLUMNS;
use super::synonyms::Synonyms;
use super::target::{Field, Target};
use super::unreadable::{COLUMN_LIMIT, Unreadable};

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

    /// The columns that the shop has no attribute for.
    pub(super) fn unheard(&self) -> impl Iterator<Item = u16> {
        let products = self.convention.kind == DropKind::Products;
        self.unknown
            .iter()
            .filter(move |(_, reason)| products && reason.is_unheard())
            .map(|(column, _)| *column)
    }

    /// Why nothing is read from a column.
    pub(super) fn reason(&self, column: u16) -> Option<String> {
        self.unknown.get(&column).map(ToString::to_string)
    }

    /// Whether this is one of them.
    pub(super) fn is_unheard(&self, column: u16) -> bool {
        self.unknown.get(&column).is_some_and(Meaningless::is_unheard)
    }

    /// Says why nothing was read from columns, and what they seem to hold.
    pub(super) fn warn_unknown(&self, learner: &Learner, messages: &mut Messages) {
        for (column, reason) in &self.unknown {
            let reason_words = reason.words();
            let is_typo = matches!(reason, Meaningless::Unknown { near: Some(_), .. });
            let proposal = learner.proposal(self, *column).filter(|_| !is_typo);
            let message = match proposal {
                None => words!("column-unknown", reason = reason_words),
                Some(Proposal { code, data_type, filled, rows, examples, .. }) => words!(
                    "column-proposed",
                    reason = reason_words,
                    filled = filled,
                    rows = rows,
                    example = examples.first().map_or("", String::as_str),
                    type = data_type.to_string(),
                    code = code
                ),
            };
            let mut diagnostic = Diagnostic::warning("column-unknown", message);
            diagnostic.place.column = Some(self.names[usize::from(*column)].clone());
            messages.push(diagnostic);
        }
    }

    /// What a name says: by the mapping, else by the convention; and why it says nothing. The
    /// suffix narrows it.
    fn meaning(&self, name: &str, suffix: &str) -> (Column<'a>, Option<Meaningless>) {
        let full = match suffix {
            "" => name.to_owned(),
            suffix => format!("{name}-{suffix}"),
        };
        if COLUMNS.contains(&name) {
            let name = SmolStr::new(name);
            return (Column { name, target: Target::Ignored, rule: Rule::default() }, None);
        }
        let (target, rule) = match self.by_mapping(name, suffix) {
            Some((Ok(target), rule)) => (Ok(target), rule),
            Some((Err(reason), rule)) => (Err(reason), rule),
            None => match self.synonyms.get(&full) {
                Some(Ok(place)) => (self.convention.target(place), Rule::default()),
                Some(Err(reason)) => (Err(reason.clone()), Rule::default()),
                None => (self.convention.target(&full), Rule::default()),
            },
        };
        let (target, reason) = match target {
            Ok(target) => (target, None),
            Err(_) if self.is_unit(name) => (Target::Ignored, None),
            Err(reason) => (Target::Unknown, Some(reason)),
        };
        (Column { name: SmolStr::new(name), target, rule }, reason)
    }

    fn by_mapping(
        &self,
        name: &str,
        suffix: &str,
    ) -> Option<(Result<Target<'a>, Meaningless>, Rule)> {
        let mapping = self.mapping?;
        if suffix.is_empty() {
            if mapping.sku.iter().any(|sku| sku == name) {
                return Some((Ok(Target::Sku), Rule::default()));
            }
            if mapping.parent.as_deref() == Some(name) {
                return Some((Ok(Target::Parent), Rule::default()));
            }
        }
        if let Some((rule, star)) = mapping.rule(name) {
            if rule.pairs.is_some() {
                return Some((Ok(Target::Ignored), rule.clone()));
            }
            let to = rule.to.as_deref().unwrap_or(name).replace('*', star);
            let to = if suffix.is_empty() { to.to_owned() } else { format!("{to}-{suffix}") };
            return Some((target_of(&self.convention, &to), rule.clone()));
        }
        let read_otherwise = mapping.reads(name);
        match self.convention.target(name) {
            // A mapping that says where the SKU is leaves no other place for it.
            Ok(Target::Sku) if !mapping.sku.is_empty() => {
                Some((Ok(Target::Ignored), Rule::default()))
            }
            Err(_) if suffix.is_empty() && read_otherwise => {
                Some((Ok(Target::Ignored), Rule::default()))
            }
            _ => None,
        }
    }

    /// Whether it is to be said that a column of this name says nothing.
    fn says_unknown(&self, name: &str) -> bool {
        !name.is_empty() && self.mapping.is_none_or(|mapping| mapping.unknown == Unknown::Warn)
    }

    /// Says at once why nothing was read under a name in a cell.
    fn warn_unknown_name(&self, name: &str, reason: &Meaningless, messages: &mut Messages) {
        if !self.says_unknown(name) {
            return;
        }
        let message = words!("column-unknown", reason = reason.words());
        let mut diagnostic = Diagnostic::warning("column-unknown", message);
        diagnostic.place.column = Some(SmolStr::new(name));
        messages.push(diagnostic);
    }

    /// Whether a column is the unit of the one that is called the same without the ending.
    fn is_unit(&self, name: &str) -> bool {
        let measured = |name| match self.by_mapping(name, "") {
            Some((target, _)) => target,
            None => self.convention.target(name),
        };
        unit_of(name).is_some_and(|name| measured(name).is_ok_and(|target| target.is_measurement()))
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

    /// That the columns are there without which no row can be read.
    pub(super) fn check(&self, file_name: &str) -> Result<(), Unreadable> {
        let headers = || self.own_names();
        if self.sku.is_empty() {
            return Err(self.no_sku(file_name));
        }
        let lacking = |what, advice| Err(Unreadable::NoColumn { what, headers: headers(), advice });
        let has = |field| self.field(field).is_some();
        let wide =
            |is: fn(&Target<'_>) -> bool| self.columns.iter().any(|column| is(&column.target));
        let rated = has(Field::Rating);
        let stocked = has(Field::Location) && has(Field::Quantity)
            || wide(|target| matches!(target, Target::Stock(_)));
        let priced = has(Field::Price) || wide(|target| matches!(target, Target::Price(_)));
        let edited = has(Field::Attribute) && has(Field::Value);
        match self.convention.kind {
            DropKind::Reviews if !rated => {
                lacking(words!("column-rating"), words!("advice-rating"))
            }
            DropKind::Stock if !stocked => lacking(words!("column-stock"), words!("advice-stock")),
            DropKind::Prices if !priced => lacking(words!("column-price"), words!("advice-price")),
            DropKind::Edits if !edited => lacking(words!("column-edit"), words!("advice-edit")),
            _ => Ok(()),
        }
    }
}

impl Plan<'_> {
    /// The headers without the constants.
    pub(super) fn own_names(&self) -> Vec<SmolStr> {
        let of_sheet = self.names.iter().take(self.width);
        let of_elements = self.names.iter().filter(|name| self.by_path.contains(name));
        of_sheet.chain(of_elements).cloned().collect()
    }

    fn no_sku(&self, file_name: &str) -> Unreadable {
        let headers = self.own_names();
        match self.mapping {
            Some(mapping) if !mapping.sku.is_empty() => Unreadable::NoMappedSku {
                mapping: mapping.name.clone(),
                wanted: mapping.sku.iter().map(SmolStr::new).collect(),
                headers,
            },
            _ => {
                let first =
                    headers.iter().find(|name| !name.is_empty()).cloned().unwrap_or_default();
                Unreadable::NoSku { headers, first, file: file_name.to_owned() }
            }
        }
    }
}

/// The name of the column that a column of units goes with.
fn unit_of(header: &str) -> Option<&str> {
    ["-unit", "_unit", " unit", ".unit"].iter().find_map(|end| header.strip_suffix(end))
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
