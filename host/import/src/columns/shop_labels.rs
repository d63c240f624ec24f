//! What the shop itself calls its attributes and association types: their labels in `model.toml`, in every
//! locale. A header in these words is read as one in the convention's.
//!
//! They are collected once for a file, and compared as synonyms are: without case, diacritics, spaces and
//! punctuation. A label's language says nothing about the locale of what stands below it.

use std::collections::HashMap;

use rikaste_model::record::DropKind;
use rikaste_model::shop::LocaleLabels;
use smol_str::SmolStr;

use super::header::{HeaderConvention, HeaderProblem, NAME_SEPARATORS};
use super::header_unit::{check_unit, split_unit};
use super::synonyms::{find_word_target, normalize_name};
use super::target::ColumnTarget;

/// The codes of attributes and association types by their labels.
#[derive(Debug, Default)]
pub(crate) struct ShopLabels(HashMap<String, LabelledCode>);

/// What has a label.
#[derive(Debug, PartialEq, Eq)]
enum LabelledCode {
    One(SmolStr),
    /// Several: the label alone does not say which.
    Several(SmolStr, SmolStr),
}

impl ShopLabels {
    /// The labels that headers of product files may say; files of other kinds have none.
    pub(crate) fn from_convention(convention: &HeaderConvention<'_>) -> Self {
        let mut labels = Self::default();
        if convention.kind != DropKind::Products {
            return labels;
        }
        let attributes = convention.shop.attributes.iter();
        let attributes = attributes.map(|(code, it)| (code.as_str(), &it.label));
        let types = convention.shop.associations.iter();
        let types = types.map(|(code, label)| (code.as_str(), label));
        for (code, label) in attributes.chain(types).filter(|(_, label)| !label.is_empty()) {
            // A shop may have called an attribute by a word that means something else in headers.
            let is_own = match convention.find_target(code) {
                Some(Ok(ColumnTarget::Value(slot))) => slot.code.as_str() == code,
                Some(Ok(ColumnTarget::Links(kind))) => kind.as_str() == code,
                _ => false,
            };
            if is_own {
                labels.add_labels(code, label);
            }
        }
        labels
    }

    fn add_labels(&mut self, code: &str, labels: &LocaleLabels) {
        for label in labels.values().map(|label| normalize_name(label)).filter(|it| !it.is_empty())
        {
            let known = self.0.entry(label).or_insert_with(|| LabelledCode::One(code.into()));
            if let LabelledCode::One(first) = known
                && first != code
            {
                *known = LabelledCode::Several(first.clone(), code.into());
            }
        }
    }

    /// The code that is called so, in the case of its name.
    pub(crate) fn find_code(&self, name: &str) -> Option<Result<&str, HeaderProblem>> {
        Some(match self.0.get(&normalize_name(name))? {
            LabelledCode::One(code) => Ok(code.as_str()),
            LabelledCode::Several(first, second) => Err(HeaderProblem::SharedLabel {
                name: name.to_owned(),
                first: first.to_string(),
                second: second.to_string(),
            }),
        })
    }

    /// What a header means by its label, perhaps with a locale, a channel or a unit behind it: in the
    /// convention's words. A header that the convention knows as it stands is not asked about.
    pub(crate) fn resolve_header(
        &self,
        convention: &HeaderConvention<'_>,
        header: &str,
    ) -> Option<Result<String, HeaderProblem>> {
        let header = header.trim();
        if let Some(known) = self.resolve_whole(convention, header) {
            return Some(known);
        }
        let narrowed = header.strip_suffix(')').unwrap_or(header);
        let splits = narrowed.char_indices().filter(|(_, c)| NAME_SEPARATORS.contains(c));
        splits.rev().find_map(|(at, separator)| {
            let suffix = narrowed[at + separator.len_utf8()..].trim();
            let code = match self.find_code(&narrowed[..at])? {
                Ok(code) => code,
                Err(problem) => return Some(Err(problem)),
            };
            let target = convention.find_target(&format!("{code}-{suffix}"))?;
            // What is no locale and no channel may belong to another name.
            Some(Ok(target.ok()?.mapping_name(convention.kind)?))
        })
    }

    /// The same of a header that is a label as it stands, or has a unit behind its name.
    pub(crate) fn resolve_whole(
        &self,
        convention: &HeaderConvention<'_>,
        header: &str,
    ) -> Option<Result<String, HeaderProblem>> {
        match self.find_code(header) {
            Some(code) => Some(code.map(str::to_owned)),
            None => self.resolve_measured(convention, header),
        }
    }

    fn resolve_measured(
        &self,
        convention: &HeaderConvention<'_>,
        header: &str,
    ) -> Option<Result<String, HeaderProblem>> {
        let written = split_unit(header)?;
        let target = match convention.find_target(written.name) {
            Some(target) => target.ok(),
            None => match self.find_code(written.name) {
                Some(code) => convention.find_target(code.ok()?).and_then(Result::ok),
                None => find_word_target(convention, written.name),
            },
        };
        let Some(ColumnTarget::Value(slot)) = &target else { return None };
        let place = target.as_ref().and_then(|target| target.mapping_name(convention.kind))?;
        check_unit(slot, &written, header).map(|checked| checked.map(|()| place))
    }
}
