//! Synonyms: what columns are called in the languages of those who export them. `Tuotenro`, `Art.-Nr.` and
//! `Item no.` are the SKU, `Nimi`, `Benämning` and `Bezeichnung` the name. The words are in
//! `synonyms.toml`.
//!
//! The convention's own words, a mapping and the shop's labels go before them:
//! see [`ColumnSynonyms`](super::column_synonyms::ColumnSynonyms).
//!
//! **A word's language says nothing about the locale.** A Finnish ERP writes `Nimi` over Swedish
//! names just as well, so `Nimi` is what `name` is: what holds for all locales. What is in one
//! locale says so, as in `Nimi (fi)` or `Benämning_sv`. Files with `Nimi` beside `Benämning` are most
//! likely in two languages; which is in which locale a mapping has to say.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rikaste_model::product::ContentHash;
use rikaste_model::record::DropKind;
use rikaste_model::value::Currency;
use rikaste_model::well_known;

use crate::columns::header::{HeaderConvention, HeaderProblem, NAME_SEPARATORS};
use crate::columns::price_words::split_per;
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

/// The hash of the table.
pub(crate) fn digest_synonyms() -> ContentHash {
    ContentHash::hash_bytes(SYNONYM_TABLE.as_bytes())
}

/// How far a name is from the convention's own; a nearer one is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum NameDistance {
    Own,
    Label,
    Near,
    Far,
}

/// What a header means by its synonym, with what narrows it; nothing when it is none.
pub(super) fn resolve_synonym(
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
        match convention.find_target(&format!("{word}-{suffix}"))? {
            Ok(target) => Some((Ok(target.mapping_name(convention.kind)?), distance)),
            // A price in a currency that the shop does not have is no other thing.
            Err(problem @ HeaderProblem::PriceList { .. }) => {
                let is_code = suffix.bytes().all(|byte| byte.is_ascii_uppercase());
                let is_currency = is_code && Currency::new(suffix).is_ok();
                is_currency.then_some((Err(problem), distance))
            }
            Err(_) => None,
        }
    })
}

/// What a word means, with nothing behind it.
pub(super) fn find_word_target<'a>(
    convention: &HeaderConvention<'a>,
    name: &str,
) -> Option<ColumnTarget<'a>> {
    let (word, _) = find_word(convention, name)?;
    convention.find_target(word)?.ok()
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

pub(super) fn is_status_place(place: &str) -> bool {
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
pub(crate) fn normalize_name(name: &str) -> String {
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
