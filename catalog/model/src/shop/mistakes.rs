//! What is wrong in configuration files: every mistake is collected, with its file and line.

use std::cell::RefCell;
use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::find_nearest_name;

/// The most mistakes of form that are looked for in one file.
const MAX_MISTAKES: usize = 100;

/// One mistake in a configuration file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigMistake {
    /// The file.
    pub path: PathBuf,
    /// The line, from 1, where it is known.
    pub line: Option<usize>,
    /// What is wrong and what to write.
    pub message: String,
}

impl fmt::Display for ConfigMistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.path.display())?;
        if let Some(line) = self.line {
            write!(f, "{line}:")?;
        }
        write!(f, " {}", self.message)
    }
}

/// What a name in a configuration file may stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NameKind {
    Attribute,
    Category,
    Family,
    Locale,
    Location,
    PriceList,
    Rendition,
}

impl fmt::Display for NameKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Attribute => "attribute",
            Self::Category => "category",
            Self::Family => "family",
            Self::Locale => "locale",
            Self::Location => "location",
            Self::PriceList => "price list",
            Self::Rendition => "rendition",
        })
    }
}

/// What could not be read, and may define a name that seems unknown.
#[derive(Debug, Clone, Default)]
pub(super) struct UnreadParts {
    /// Whether nothing of `shop.toml` was read.
    pub(super) shop: bool,
    /// Whether nothing of `model.toml` was read.
    pub(super) model: bool,
    /// Keys that were left out of either.
    pub(super) keys: Vec<String>,
}

impl UnreadParts {
    fn may_define(&self, kind: NameKind, name: &str) -> bool {
        let (section, whole_file) = match kind {
            NameKind::Attribute => ("attributes", self.model),
            NameKind::Category => ("categories", self.model),
            NameKind::Family => ("families", self.model),
            NameKind::Locale => ("locales", self.shop),
            NameKind::Location => ("locations", self.shop),
            NameKind::PriceList => ("price_lists", self.shop),
            NameKind::Rendition => ("images.renditions", false),
        };
        let is_it = |key: &String| *key == section || *key == format!("{section}.{name}");
        whole_file || self.keys.iter().any(is_it)
    }
}

/// A configuration file, and what is wrong in it.
pub struct ConfigChecker {
    path: PathBuf,
    text: String,
    mistakes: RefCell<Vec<ConfigMistake>>,
    removed_keys: RefCell<Vec<String>>,
    unread: RefCell<UnreadParts>,
}

impl ConfigChecker {
    /// Reads a file. That it cannot be read is a mistake, too.
    #[must_use]
    pub fn read_file(path: &Path) -> Self {
        let read = std::fs::read_to_string(path);
        let file = Self::with_text(path, String::new());
        match read {
            Ok(text) => Self { text, ..file },
            Err(error) => {
                file.report_at(None, error.to_string());
                file
            }
        }
    }

    fn with_text(path: &Path, text: String) -> Self {
        Self {
            path: path.to_owned(),
            text,
            mistakes: RefCell::default(),
            removed_keys: RefCell::default(),
            unread: RefCell::default(),
        }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn has_mistakes(&self) -> bool {
        !self.mistakes.borrow().is_empty()
    }

    /// What is wrong, in the order of the lines.
    #[must_use]
    pub fn into_mistakes(self) -> Vec<ConfigMistake> {
        let mut mistakes = self.mistakes.into_inner();
        mistakes.sort_by_key(|mistake| mistake.line);
        mistakes
    }

    /// Keys that have another form than they should, and were left out.
    pub(super) fn removed_keys(&self) -> Vec<String> {
        self.removed_keys.borrow().clone()
    }

    pub(super) fn set_unread(&self, unread: UnreadParts) {
        self.unread.replace(unread);
    }

    /// Reports a key that has to be there, unless what was there is reported already.
    pub(super) fn check_present(&self, key: &str, is_present: bool) {
        if !is_present && !self.removed_keys.borrow().iter().any(|removed| removed == key) {
            self.report_at(None, format!("missing field `{key}`; add it"));
        }
    }

    /// Reports what is wrong under a key.
    pub fn invalid_key(&self, key: &str, message: impl fmt::Display) {
        let (tree, _) = DeTable::parse_recoverable(&self.text);
        let line = find_key(tree.get_ref(), key).map(|span| self.line_of(&span));
        self.report_at(line, format!("{key}: {message}"));
    }

    /// Reports a name that is not among the known ones.
    pub(super) fn check_known<'k>(
        &self,
        key: &str,
        kind: NameKind,
        name: &str,
        known: impl IntoIterator<Item = &'k str> + Clone,
    ) {
        if known.clone().into_iter().any(|k| k == name)
            || self.unread.borrow().may_define(kind, name)
        {
            return;
        }
        let hint = match find_nearest_name(name, known) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => "define it or leave it out".to_owned(),
        };
        self.invalid_key(key, format!("there is no {kind} \"{name}\"; {hint}"));
    }

    /// The file in its form. What has another form is reported and left out, and the rest is read;
    /// `None` when too little is left.
    pub fn read_form<T: for<'de> Deserialize<'de>>(&self) -> Option<T> {
        self.read_prepared_form(|_, _| ())
    }

    /// The same of a document that something is changed in first; that gets the text, too.
    pub fn read_prepared_form<T: for<'de> Deserialize<'de>>(
        &self,
        prepare: impl FnOnce(&mut DeTable<'_>, &str),
    ) -> Option<T> {
        if self.has_mistakes() {
            return None;
        }
        let (mut tree, errors) = DeTable::parse_recoverable(&self.text);
        let mut last_line = None;
        for error in &errors {
            let line = error.span().map(|span| self.line_of(&span));
            // What follows on the line follows from the first.
            if line.is_none() || line != last_line {
                self.report_at(line, error.message().to_owned());
            }
            last_line = line;
        }
        if !errors.is_empty() {
            return None;
        }
        prepare(tree.get_mut(), &self.text);
        for _ in 0..MAX_MISTAKES {
            let error = match T::deserialize(toml::Deserializer::from(tree.clone())) {
                Ok(form) => return Some(form),
                Err(error) => error,
            };
            let span = error.span().filter(|span| *span != tree.span());
            let removed = span.and_then(|span| remove_at(tree.get_mut(), &span, ""));
            if !self.follows_from_removed(&error, removed.as_deref()) {
                self.report_form(&error, removed.as_deref());
            }
            self.removed_keys.borrow_mut().push(removed?);
        }
        None
    }

    /// Whether a key is missing only because what it said was left out.
    fn follows_from_removed(&self, error: &toml::de::Error, table: Option<&str>) -> bool {
        let field = error.message().strip_prefix("missing field `");
        let (Some(field), Some(table)) = (field.and_then(|f| f.split('`').next()), table) else {
            return false;
        };
        let missing = format!("{table}.{field}");
        self.removed_keys.borrow().contains(&missing)
    }

    fn report_form(&self, error: &toml::de::Error, key: Option<&str>) {
        let line = error.span().map(|span| self.line_of(&span));
        let mut message = error.message().trim_end().replace('\n', " ");
        if message.starts_with("missing field") {
            message.push_str("; add it");
        } else if let Some(near) = find_meant_key(&message) {
            message.push_str(&format!("; did you mean \"{near}\"?"));
        }
        match key {
            Some(key) => self.report_at(line, format!("{key}: {message}")),
            None => self.report_at(line, message),
        }
    }

    fn report_at(&self, line: Option<usize>, message: String) {
        let mistake = ConfigMistake { path: self.path.clone(), line, message };
        self.mistakes.borrow_mut().push(mistake);
    }

    fn line_of(&self, span: &Range<usize>) -> usize {
        let before = &self.text.as_bytes()[..span.start.min(self.text.len())];
        before.iter().filter(|byte| **byte == b'\n').count() + 1
    }
}

/// Of "unknown field `a`, expected `b` or `c`": the known one that is nearest to the unknown.
fn find_meant_key(message: &str) -> Option<&str> {
    let mut quoted = message.strip_prefix("unknown ")?.split('`').skip(1).step_by(2);
    let unknown = quoted.next()?;
    find_nearest_name(unknown, quoted)
}

/// Where a key is, or the last of the tables that it lies in. A code may have a point in it.
fn find_key(table: &DeTable<'_>, path: &str) -> Option<Range<usize>> {
    let is_begin = |key: &str| {
        path.strip_prefix(key).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    let (key, value) = table
        .iter()
        .filter(|(key, _)| is_begin(key.get_ref()))
        .max_by_key(|(key, _)| key.get_ref().len())?;
    let rest = path[key.get_ref().len()..].trim_start_matches('.');
    let inner = match value.get_ref() {
        DeValue::Table(inner) if !rest.is_empty() => find_key(inner, rest),
        _ => None,
    };
    Some(inner.unwrap_or_else(|| key.span()))
}

/// Removes what is at a place, or the entry around it; gives its key.
fn remove_at(table: &mut DeTable<'_>, span: &Range<usize>, above: &str) -> Option<String> {
    let mut found = None;
    for (key, value) in table.iter_mut() {
        let path = match above {
            "" => key.get_ref().to_string(),
            above => format!("{above}.{}", key.get_ref()),
        };
        // A table's own span may not cover what stands under its header.
        if let Some(removed) = remove_inside(value.get_mut(), span, &path) {
            return Some(removed);
        }
        let is_here = |at: Range<usize>| at.start <= span.start && span.end <= at.end;
        if is_here(key.span()) || is_here(value.span()) {
            found = Some((key.get_ref().to_string(), path));
        }
    }
    let (key, path) = found?;
    table.remove(key.as_str());
    Some(path)
}

fn remove_inside(value: &mut DeValue<'_>, span: &Range<usize>, path: &str) -> Option<String> {
    match value {
        DeValue::Table(table) => remove_at(table, span, path),
        DeValue::Array(items) => remove_item(items, span, path),
        _ => None,
    }
}

fn remove_item(items: &mut DeArray<'_>, span: &Range<usize>, path: &str) -> Option<String> {
    for item in items.iter_mut() {
        if let Some(removed) = remove_inside(item.get_mut(), span, path) {
            return Some(removed);
        }
    }
    let is_here = |item: &Spanned<DeValue<'_>>| item.span() == *span;
    if !items.iter().any(is_here) {
        return None;
    }
    let all = std::mem::replace(items, DeArray::new());
    *items = all.into_iter().filter(|item| !is_here(item)).collect();
    Some(path.to_owned())
}
