//! Synonyms: what columns are called in the languages of those who export them. `Tuotenro`, `Art.-Nr.` and
//! `Item no.` are the SKU, `Nimi`, `Benämning` and `Bezeichnung` the name. The words are in
//! `synonyms.toml`.
//!
//! The convention's own words, a preset and a mapping go before them; a file that has one of those
//! two is read without. A synonym counts where it is clear: of two columns that would say the same,
//! the one in the convention's word is read, and where neither is, none. The other is named with what it
//! may be.
//!
//! **A word's language says nothing about the locale.** A Finnish ERP writes `Nimi` over Swedish
//! names just as well, so `Nimi` is what `name` is: what holds for all locales. What is in one
//! locale says so, as in `Nimi (fi)` or `Benämning_sv`. Files with `Nimi` beside `Benämning` are most
//! likely in two languages; which is in which locale a mapping has to say.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use rikaste_model::product::ContentHash;
use rikaste_model::record::DropKind;
use rikaste_model::well_known;
use smol_str::SmolStr;

use crate::columns::header::{HeaderConvention, HeaderProblem, NAME_SEPARATORS};
use crate::columns::price_words::split_per;
use crate::columns::sku_names::SkuLikeness;
use crate::columns::target::{ColumnTarget, STATUS_OFF};

const SYNONYM_TABLE: &str = include_str!("synonyms.toml");

static SYNONYM_ENTRIES: LazyLock<Vec<(Option<DropKind>, SynonymEntry)>> = LazyLock::new(|| {
    let table: BTreeMap<String, Vec<SynonymEntry>> =
        toml::from_str(SYNONYM_TABLE).expect("synonyms.toml is right");
    let of_kind = |(kind, words): (String, Vec<SynonymEntry>)| {
        words.into_iter().map(move |word| (DropKind::from_folder(&kind), word))
    };
    table.into_iter().flat_map(of_kind).collect()
});

/// What is meant, and how it is called.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct SynonymEntry {
    to: Vec<String>,
    names: Vec<String>,
    #[serde(default, rename = "else")]
    otherwise: Vec<String>,
}

/// How far a name is from the convention's own; a nearer one is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum NameDistance {
    Own,
    Near,
    Far,
}

/// The columns of one file that are called something else.
#[derive(Debug, Default)]
pub(crate) struct ColumnSynonyms(HashMap<SmolStr, Result<String, HeaderProblem>>);

impl ColumnSynonyms {
    /// What the columns of a file mean that the convention does not know.
    pub(crate) fn resolve_headers(convention: &HeaderConvention<'_>, headers: &[SmolStr]) -> Self {
        let mut places: BTreeMap<String, Vec<(NameDistance, &SmolStr)>> = BTreeMap::new();
        // The convention's words by what they are about, in whatever locale, channel or list.
        let mut own: BTreeMap<String, &SmolStr> = BTreeMap::new();
        let mut known = HashMap::new();
        for header in headers {
            match convention.find_target(header) {
                Some(Ok(target)) => {
                    own.entry(target_subject(&target, convention.kind)).or_insert(header);
                    if let Some(place) = target.mapping_name(convention.kind) {
                        places.entry(place).or_default().push((NameDistance::Own, header));
                    }
                }
                // It is known, and what is wrong with it is reported.
                Some(Err(_)) => {}
                None => match resolve_synonym(convention, header) {
                    Some((Ok(place), distance)) => {
                        places.entry(place).or_default().push((distance, header));
                    }
                    Some((Err(reason), _)) => drop(known.insert(header.clone(), Err(reason))),
                    None => {}
                },
            }
        }
        for (place, columns) in places {
            // Of several states in a row the most restrictive counts: each column is read.
            if is_status_place(&place) {
                let read = columns.iter().filter(|(distance, _)| *distance != NameDistance::Own);
                known.extend(read.map(|(_, header)| ((*header).clone(), Ok(place.clone()))));
                continue;
            }
            let nearest = columns.iter().map(|(distance, _)| *distance).min();
            let mut nearest = columns.iter().filter(|(distance, _)| Some(*distance) == nearest);
            let Some((distance, first)) = nearest.next() else { continue };
            let rival = nearest.next().filter(|_| *distance != NameDistance::Own);
            // A number of a database is no SKU where another column sounds more like one.
            let better = (place == "sku" && *distance == NameDistance::Far)
                .then(|| find_likelier_sku(headers, first))
                .flatten();
            for (_, header) in columns.iter().filter(|(distance, _)| *distance != NameDistance::Own)
            {
                let (name, place) = (header.to_string(), place.clone());
                let meaning = match rival {
                    _ if better.is_some() => {
                        let other = better.map(SmolStr::to_string).unwrap_or_default();
                        Err(HeaderProblem::Ambiguous { name, place, other })
                    }
                    // Who writes `name-fi_FI` means something else by `Tuotenimi`.
                    None if header == first => match own.get(&place) {
                        None => Ok(place),
                        Some(by) => {
                            Err(HeaderProblem::AlreadyRead { name, place, by: by.to_string() })
                        }
                    },
                    None => Err(HeaderProblem::AlreadyRead { name, place, by: first.to_string() }),
                    Some((_, second)) => {
                        let other = if header == first { second } else { first };
                        Err(HeaderProblem::Ambiguous { name, place, other: other.to_string() })
                    }
                };
                known.insert((*header).clone(), meaning);
            }
        }
        Self(known)
    }

    /// What a column means, in the convention's words, or why that is not clear.
    pub(crate) fn find_meaning(&self, header: &str) -> Option<&Result<String, HeaderProblem>> {
        self.0.get(header)
    }

    /// The columns that are read, and as what.
    pub(crate) fn resolved_columns(&self) -> impl Iterator<Item = (&SmolStr, &str)> {
        self.0.iter().filter_map(|(header, place)| Some((header, place.as_deref().ok()?)))
    }

    /// The hash of the table.
    pub(crate) fn table_digest() -> ContentHash {
        ContentHash::hash_bytes(SYNONYM_TABLE.as_bytes())
    }
}

/// The column that sounds most like the SKU, if it does so more than this one.
fn find_likelier_sku<'h>(headers: &'h [SmolStr], than: &str) -> Option<&'h SmolStr> {
    let likeness = |name: &&SmolStr| SkuLikeness::of_name(name);
    let best = headers.iter().rev().max_by_key(likeness)?;
    let is_likelier = likeness(&best) >= SkuLikeness::ArticleNumber.max(SkuLikeness::of_name(than));
    (is_likelier && best != than).then_some(best)
}

/// What a header means by its synonym, with what narrows it; nothing when it is none.
fn resolve_synonym(
    convention: &HeaderConvention<'_>,
    header: &str,
) -> Option<(Result<String, HeaderProblem>, NameDistance)> {
    let header = strip_value_hint(header.trim());
    if let Some((word, distance)) = find_word(convention, header) {
        let target = convention.find_target(word)?;
        let place = target.map(|it| it.mapping_name(convention.kind).unwrap_or_default());
        return Some((place.map_err(|problem| problem.of_column(header)), distance));
    }
    if let Some((name, pieces)) = split_per(header)
        && let Some((word, distance)) = find_word(convention, name)
        && let Some(Ok(target)) = convention.find_target(&format!("{word}-per-{pieces}"))
    {
        return Some((Ok(target.mapping_name(convention.kind)?), distance));
    }
    let narrowed = header.strip_suffix(')').unwrap_or(header);
    let splits = narrowed.char_indices().filter(|(_, c)| NAME_SEPARATORS.contains(c));
    splits.rev().find_map(|(at, separator)| {
        let suffix = narrowed[at + separator.len_utf8()..].trim();
        let (word, distance) = find_word(convention, &narrowed[..at])?;
        // What is behind it may belong to the name: `Hinta alv 0 %` is not `Hinta`.
        let target = convention.find_target(&format!("{word}-{suffix}"))?.ok()?;
        Some((Ok(target.mapping_name(convention.kind)?), distance))
    })
}

/// A name without the values that it says to write: `Aktiv (0/1)`, `Visible [yes=1]`.
fn strip_value_hint(name: &str) -> &str {
    let hinted = name.strip_suffix(')').and_then(|name| name.rsplit_once('('));
    let hinted = hinted.or_else(|| name.strip_suffix(']').and_then(|name| name.rsplit_once('[')));
    match hinted {
        Some((plain, hint)) if hint.contains(['/', '=']) || hint.parse::<u16>().is_ok() => {
            plain.trim_end()
        }
        _ => name,
    }
}

/// What a target is about, without what narrows it.
fn target_subject(target: &ColumnTarget<'_>, kind: DropKind) -> String {
    match target {
        ColumnTarget::Value(slot) => slot.code.to_string(),
        ColumnTarget::Price(slot) => slot.part.word().to_owned(),
        ColumnTarget::Stock(_) => "stock".to_owned(),
        target => target.mapping_name(kind).unwrap_or_default(),
    }
}

/// The convention's word for a name.
fn find_word(
    convention: &HeaderConvention<'_>,
    name: &str,
) -> Option<(&'static str, NameDistance)> {
    let plain = normalize_name(name);
    let of_kind =
        SYNONYM_ENTRIES.iter().filter(|(kind, _)| kind.is_none_or(|kind| kind == convention.kind));
    of_kind.map(|(_, word)| word).find_map(|word| {
        let distance = match () {
            () if word.names.contains(&plain) => NameDistance::Near,
            () if word.otherwise.contains(&plain) => NameDistance::Far,
            () => return None,
        };
        let to = word.to.iter().find(|to| can_read(convention, to))?;
        Some((to.as_str(), distance))
    })
}

/// Whether the shop has what a word stands for. A status of its own has words of its own.
fn can_read(convention: &HeaderConvention<'_>, to: &str) -> bool {
    match convention.find_target(to) {
        Some(Ok(ColumnTarget::Value(slot))) if slot.code.as_str() == well_known::STATUS => {
            slot.check.is_status()
        }
        target => target.is_some(),
    }
}

/// A name without a locale behind it: `is_active.en_US`, `Aktiv (de)`.
fn strip_locale(name: &str) -> &str {
    let narrowed = name.strip_suffix(')').unwrap_or(name);
    let is_letters = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_alphabetic());
    let is_locale = |suffix: &str| suffix.split(['-', '_']).take(3).all(is_letters);
    let splits = narrowed.char_indices().filter(|(_, c)| NAME_SEPARATORS.contains(c));
    let mut plain = splits.filter(|(at, _)| is_locale(&narrowed[at + 1..])).map(|(at, _)| at);
    plain.next().map_or(name, |at| narrowed[..at].trim_end())
}

fn is_status_place(place: &str) -> bool {
    matches!(place, well_known::STATUS | STATUS_OFF)
}

/// Whether a name is one of those of columns that say whether a product is offered.
pub(super) fn is_status_name(name: &str) -> bool {
    let plain = normalize_name(strip_locale(strip_value_hint(name.trim())));
    let of_status = SYNONYM_ENTRIES
        .iter()
        .map(|(_, word)| word)
        .filter(|word| word.to.iter().any(|to| is_status_place(to)));
    plain == well_known::STATUS || of_status.into_iter().any(|word| word.names.contains(&plain))
}

/// What a name means, as far as its own words say.
pub(crate) fn find_synonym_target<'a>(
    convention: &HeaderConvention<'a>,
    name: &str,
) -> Option<ColumnTarget<'a>> {
    let (place, _) = resolve_synonym(convention, name)?;
    convention.find_target(&place.ok()?)?.ok()
}

/// A name without case, diacritics, spaces and punctuation; `%` is `pct`.
pub(super) fn normalize_name(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    // Percent is a word: `Alennus` may be euros, and `Alennus-%` is not.
    let is_told = |c: &char| c.is_alphanumeric() || *c == '%';
    for c in name.chars().flat_map(char::to_lowercase).filter(is_told) {
        match c {
            '%' => plain.push_str("pct"),
            'à'..='å' => plain.push('a'),
            'æ' => plain.push_str("ae"),
            'ç' => plain.push('c'),
            'è'..='ë' => plain.push('e'),
            'ì'..='ï' => plain.push('i'),
            'ñ' => plain.push('n'),
            'ò'..='ö' | 'ø' => plain.push('o'),
            'ù'..='ü' => plain.push('u'),
            'ý' | 'ÿ' => plain.push('y'),
            'š' => plain.push('s'),
            'ž' => plain.push('z'),
            'ß' => plain.push_str("ss"),
            c => plain.push(c),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_table_is_written_as_names_are_compared_and_means_one_thing() {
        let mut seen = std::collections::BTreeSet::new();
        for (kind, word) in SYNONYM_ENTRIES.iter() {
            for name in word.names.iter().chain(&word.otherwise) {
                assert_eq!(normalize_name(name), *name, "it is never found");
                assert!(
                    seen.insert((kind.map(DropKind::folder), name)),
                    "{name} stands there twice"
                );
                assert!(kind.is_none() || !seen.contains(&(None, name)), "{name} is the SKU");
            }
        }
        assert!(seen.len() > 200, "{}", seen.len());
    }
}
