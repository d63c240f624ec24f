//! What the columns of one file mean that the convention does not know: by the shop's labels, by units
//! behind a name, and by synonyms.
//!
//! The convention's own words and a mapping go before them, labels before synonyms, and a file of a preset
//! is read without synonyms. A name counts where it is clear: of two columns that would say the same, the one
//! in the nearer word is read, and where neither is nearer, none. The other is named with what it may be.
//! Where a label says one thing and a synonym another that a sale hangs on, neither is taken.

use std::collections::{BTreeMap, HashMap};

use rikaste_model::record::DropKind;
use smol_str::SmolStr;

use super::header::{HeaderConvention, HeaderProblem};
use super::shop_labels::ShopLabels;
use super::sku_names::SkuLikeness;
use super::synonyms::{NameDistance, is_status_place, resolve_synonym};
use super::target::ColumnTarget;

/// The columns of one file that are called something else.
#[derive(Debug, Default)]
pub(crate) struct ColumnSynonyms {
    known: HashMap<SmolStr, Result<String, HeaderProblem>>,
    labels: ShopLabels,
}

/// What a mapping reads, whatever the words of the headers mean.
#[derive(Debug, Default)]
pub(super) struct MappedPlaces<'a> {
    /// Headers that it names, and what they are; nothing: left out, or read for something else.
    pub(super) headers: HashMap<SmolStr, Option<ColumnTarget<'a>>>,
    /// What it takes from elsewhere, such as its constants, and from where.
    pub(super) elsewhere: Vec<(String, SmolStr)>,
    /// Whether headers are in the words of a preset, and no others are looked up.
    pub(super) is_of_preset: bool,
}

/// What the headers of a file may mean, before it is decided which of them are read.
struct HeaderCandidates<'h> {
    convention: &'h HeaderConvention<'h>,
    labels: ShopLabels,
    /// The columns that may say the same, by what they say.
    places: BTreeMap<String, Vec<(NameDistance, &'h SmolStr)>>,
    /// The convention's words by what they are about, in whatever locale, channel or list.
    own: BTreeMap<String, &'h SmolStr>,
    /// Headers, what they say by their label, and what else they may say.
    contested: Vec<(&'h SmolStr, String, String)>,
    known: HashMap<SmolStr, Result<String, HeaderProblem>>,
}

impl ColumnSynonyms {
    /// The labels of a shop alone, for a file whose headers are not known yet.
    pub(super) fn from_labels(convention: &HeaderConvention<'_>) -> Self {
        Self { known: HashMap::new(), labels: ShopLabels::from_convention(convention) }
    }

    /// What the columns of a file mean that the convention does not know.
    pub(super) fn resolve_headers(
        convention: &HeaderConvention<'_>,
        mapped: &MappedPlaces<'_>,
        headers: &[SmolStr],
    ) -> Self {
        let elsewhere = mapped.elsewhere.iter().map(|(place, from)| (place.clone(), from));
        let mut candidates = HeaderCandidates {
            convention,
            labels: ShopLabels::from_convention(convention),
            places: BTreeMap::new(),
            own: elsewhere.collect(),
            contested: Vec::new(),
            known: HashMap::new(),
        };
        for header in headers {
            match mapped.headers.get(header) {
                Some(Some(target)) => candidates.add_mapped(header, target),
                Some(None) => {}
                None => candidates.add_header(header, mapped.is_of_preset),
            }
        }
        candidates.settle_contested();
        candidates.decide(headers)
    }

    /// What a column means, in the convention's words, or why that is not clear. A name that was not among
    /// the headers, such as one in a cell, counts by its label.
    pub(super) fn find_meaning(
        &self,
        convention: &HeaderConvention<'_>,
        header: &str,
    ) -> Option<Result<String, HeaderProblem>> {
        if let Some(known) = self.known.get(header) {
            return Some(known.clone());
        }
        match convention.find_target(header) {
            Some(Ok(_)) => None,
            Some(Err(_)) => self.labels.resolve_whole(convention, header),
            None => self.labels.resolve_header(convention, header),
        }
    }

    /// Finds what a member of a document means by its synonym that the records before did not have. `taken`
    /// gives the column that says a place already. The answer is what it is read as.
    pub(super) fn add_late_header(
        &mut self,
        convention: &HeaderConvention<'_>,
        header: &SmolStr,
        taken: impl Fn(&ColumnTarget<'_>) -> Option<SmolStr>,
    ) -> Option<String> {
        if self.known.contains_key(header) || convention.find_target(header).is_some() {
            return None;
        }
        let label = self.labels.resolve_header(convention, header);
        let (place, _) = resolve_synonym(convention, header)?;
        let name = header.to_string();
        let meaning = match (label, place) {
            (Some(Ok(attribute)), Ok(place))
                if attribute != place && decides_about_sale(convention, &place) =>
            {
                Err(HeaderProblem::Contested { name, attribute, place })
            }
            (Some(_), _) => return None,
            (None, Ok(place)) => {
                let target = convention.find_target(&place).and_then(Result::ok)?;
                match taken(&target).filter(|_| !is_status_place(&place)) {
                    Some(by) => Err(HeaderProblem::AlreadyRead { name, place, by: by.to_string() }),
                    None => Ok(place),
                }
            }
            (None, Err(reason)) => Err(reason),
        };
        self.known.insert(header.clone(), meaning.clone());
        meaning.ok()
    }

    /// The columns that are read, and as what.
    pub(crate) fn resolved_columns(&self) -> impl Iterator<Item = (&SmolStr, &str)> {
        self.known.iter().filter_map(|(header, place)| Some((header, place.as_deref().ok()?)))
    }
}

impl<'h> HeaderCandidates<'h> {
    fn add_place(&mut self, place: String, distance: NameDistance, header: &'h SmolStr) {
        self.places.entry(place).or_default().push((distance, header));
    }

    /// Takes a column in that the mapping reads.
    fn add_mapped(&mut self, header: &'h SmolStr, target: &ColumnTarget<'_>) {
        let kind = self.convention.kind;
        let Some(place) = target.mapping_name(kind) else { return };
        // A mapping that says what one locale is in leaves the word for all of them.
        if !matches!(target, ColumnTarget::Value(_)) {
            self.own.entry(target_subject(target, kind)).or_insert(header);
        }
        self.add_place(place, NameDistance::Own, header);
    }

    /// Takes a column in by its own words.
    fn add_header(&mut self, header: &'h SmolStr, is_of_preset: bool) {
        let kind = self.convention.kind;
        match self.convention.find_target(header) {
            Some(Ok(target)) => {
                self.own.entry(target_subject(&target, kind)).or_insert(header);
                if let Some(place) = target.mapping_name(kind) {
                    self.add_place(place, NameDistance::Own, header);
                }
            }
            // It is known, and what is wrong with it is reported, unless it is a label or a unit.
            Some(Err(_)) => match self.labels.resolve_whole(self.convention, header) {
                Some(Ok(place)) => self.add_place(place, NameDistance::Label, header),
                Some(Err(reason)) => drop(self.known.insert(header.clone(), Err(reason))),
                None => {}
            },
            None => self.add_other_words(header, is_of_preset),
        }
    }

    /// Takes a column in by its label or, where no preset has words of its own, its synonym.
    fn add_other_words(&mut self, header: &'h SmolStr, is_of_preset: bool) {
        let label = self.labels.resolve_header(self.convention, header);
        let synonym = if is_of_preset { None } else { resolve_synonym(self.convention, header) };
        match (label, synonym) {
            (Some(Ok(label)), Some((Ok(place), _)))
                if label != place && decides_about_sale(self.convention, &place) =>
            {
                self.contested.push((header, label, place));
            }
            (Some(Ok(label)), _) => self.add_place(label, NameDistance::Label, header),
            (Some(Err(reason)), _) | (None, Some((Err(reason), _))) => {
                self.known.insert(header.clone(), Err(reason));
            }
            (None, Some((Ok(place), distance))) => self.add_place(place, distance, header),
            (None, None) => {}
        }
    }

    /// A label whose word may mean what decides about a sale is one where another column says that.
    fn settle_contested(&mut self) {
        for (header, label, place) in std::mem::take(&mut self.contested) {
            let target = self.convention.find_target(&place).and_then(Result::ok);
            let subject = target.map(|target| target_subject(&target, self.convention.kind));
            if subject.is_some_and(|subject| self.own.contains_key(&subject)) {
                self.add_place(label, NameDistance::Label, header);
                continue;
            }
            let (name, attribute) = (header.to_string(), label);
            let problem = HeaderProblem::Contested { name, attribute, place };
            self.known.insert(header.clone(), Err(problem));
        }
    }

    /// Decides which columns are read.
    fn decide(mut self, headers: &[SmolStr]) -> ColumnSynonyms {
        for (place, columns) in std::mem::take(&mut self.places) {
            // Of several states in a row the most restrictive counts: each column is read.
            if is_status_place(&place) {
                let read = columns.iter().filter(|(distance, _)| *distance != NameDistance::Own);
                self.known.extend(read.map(|(_, header)| ((*header).clone(), Ok(place.clone()))));
                continue;
            }
            self.decide_place(&place, &columns, headers);
        }
        ColumnSynonyms { known: self.known, labels: self.labels }
    }

    /// Decides which of the columns is read that may say the same.
    fn decide_place(
        &mut self,
        place: &str,
        columns: &[(NameDistance, &'h SmolStr)],
        headers: &[SmolStr],
    ) {
        let nearest = columns.iter().map(|(distance, _)| *distance).min();
        let mut nearest = columns.iter().filter(|(distance, _)| Some(*distance) == nearest);
        let Some((distance, first)) = nearest.next() else { return };
        let rival = nearest.next().filter(|_| *distance != NameDistance::Own);
        // A number of a database is no SKU where another column sounds more like one.
        let better = (place == "sku" && *distance == NameDistance::Far)
            .then(|| find_likelier_sku(headers, first))
            .flatten();
        for (_, header) in columns.iter().filter(|(distance, _)| *distance != NameDistance::Own) {
            let (name, place) = (header.to_string(), place.to_owned());
            let taken = |by: &SmolStr| {
                let (name, place) = (name.clone(), place.clone());
                Err(HeaderProblem::AlreadyRead { name, place, by: by.to_string() })
            };
            let meaning = match (better, rival) {
                (Some(other), _) => {
                    let other = other.to_string();
                    Err(HeaderProblem::Ambiguous { name, place, other })
                }
                // Who writes `name-fi_FI` means something else by `Tuotenimi`.
                (None, None) if header == first => match self.own.get(&place) {
                    None => Ok(place),
                    Some(by) => taken(by),
                },
                (None, None) => taken(first),
                (None, Some((_, second))) => {
                    let other = if header == first { second } else { first };
                    Err(HeaderProblem::Ambiguous { name, place, other: other.to_string() })
                }
            };
            self.known.insert((*header).clone(), meaning);
        }
    }
}

/// The column that sounds most like the SKU, if it does so more than this one.
fn find_likelier_sku<'h>(headers: &'h [SmolStr], than: &str) -> Option<&'h SmolStr> {
    let likeness = |name: &&SmolStr| SkuLikeness::of_name(name);
    let best = headers.iter().rev().max_by_key(likeness)?;
    let is_likelier = likeness(&best) >= SkuLikeness::ArticleNumber.max(SkuLikeness::of_name(than));
    (is_likelier && best != than).then_some(best)
}

/// What a target is about, without what narrows it.
pub(super) fn target_subject(target: &ColumnTarget<'_>, kind: DropKind) -> String {
    match target {
        ColumnTarget::Value(slot) => slot.code.to_string(),
        ColumnTarget::Price(slot) => slot.part.word().to_owned(),
        ColumnTarget::Stock(_) => "stock".to_owned(),
        target => target.mapping_name(kind).unwrap_or_default(),
    }
}

/// Whether what a word means decides whether, for how much or as what a product sells.
fn decides_about_sale(convention: &HeaderConvention<'_>, place: &str) -> bool {
    let target = convention.find_target(place).and_then(Result::ok);
    target.is_some_and(|target| match target {
        ColumnTarget::Value(_) => target.is_status(),
        ColumnTarget::Links(_) | ColumnTarget::Ignored | ColumnTarget::Unknown => false,
        _ => true,
    })
}
