//! Collecting the messages of a drop: all are counted, and those of one kind become one line.

use std::collections::{BTreeMap, HashMap};

use smol_str::SmolStr;

use super::{CODE_LIMIT, MESSAGE_LIMIT, OTHER_CODES};
use crate::code::AttributeCode;
use crate::diagnostic::{Diagnostic, DiagnosticPlace, Severity};
use crate::words;
use crate::words::{DiagnosticMessage, LocalizedText, TextArgument};

/// So many messages of a kind are lines of their own; more become one line.
const LINES_PER_KIND: u64 = 3;
/// Places that the line of a kind names.
const PLACES_PER_KIND: usize = 8;
/// Kinds that messages of one code may be of: beyond it, all others of the code are one kind.
const KINDS_PER_CODE: usize = 40;
/// Characters of a value beside its row, in the line of a kind.
const VALUE_LENGTH: usize = 24;

/// Collects the messages of one drop: counts all, and keeps the first of each kind.
#[derive(Debug, Default)]
pub struct DiagnosticCollector {
    kinds: HashMap<DiagnosticKind, RepeatedDiagnostic>,
    kinds_per_code: HashMap<SmolStr, usize>,
    arrived: u64,
    counts: BTreeMap<SmolStr, u64>,
    left_out: u64,
    warnings: u64,
}

/// What messages have in common that say the same of different places.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct DiagnosticKind {
    severity: Severity,
    code: SmolStr,
    /// `None` of the kinds of a code that there was no room for.
    about: Option<(Option<SmolStr>, Option<AttributeCode>, String)>,
}

/// Messages of one kind: how many there are, and the first.
#[derive(Debug, Default)]
struct RepeatedDiagnostic {
    count: u64,
    /// Each with how many arrived before.
    first: Vec<(u64, Diagnostic)>,
}

impl DiagnosticCollector {
    /// Takes one in.
    pub fn push_diagnostic(&mut self, diagnostic: Diagnostic) {
        self.count_code(diagnostic.code.clone(), 1);
        self.warnings += u64::from(diagnostic.severity == Severity::Warning);
        self.arrived += 1;
        let one = RepeatedDiagnostic { count: 1, first: vec![(self.arrived, diagnostic)] };
        self.add_repeated(one);
    }

    /// Has every message changed that is kept.
    pub fn update_each(&mut self, mut change: impl FnMut(&mut Diagnostic)) {
        let kept = self.kinds.values_mut().flat_map(|kind| &mut kind.first);
        kept.for_each(|(_, diagnostic)| change(diagnostic));
    }

    /// Counts a cell that was left out.
    pub fn count_left_out(&mut self) {
        self.left_out += 1;
    }

    /// How many cells were left out.
    #[must_use]
    pub fn left_out(&self) -> u64 {
        self.left_out
    }

    /// How many warnings there were.
    #[must_use]
    pub fn warning_count(&self) -> u64 {
        self.warnings
    }

    /// Takes in what was collected elsewhere.
    pub fn append_collected(&mut self, other: Self) {
        self.left_out += other.left_out;
        self.warnings += other.warnings;
        for (code, count) in other.counts {
            self.count_code(code, count);
        }
        let mut kinds: Vec<_> = other.kinds.into_values().collect();
        kinds.sort_by_key(|kind| kind.first.first().map(|(at, _)| *at));
        for mut kind in kinds {
            kind.first.iter_mut().for_each(|(at, _)| *at += self.arrived);
            self.add_repeated(kind);
        }
        self.arrived += other.arrived;
    }

    fn add_repeated(&mut self, more: RepeatedDiagnostic) {
        let Some((_, first)) = more.first.first() else { return };
        let mut kind = DiagnosticKind::of_diagnostic(first);
        if !self.kinds.contains_key(&kind) {
            let known = self.kinds_per_code.entry(kind.code.clone()).or_default();
            match *known < KINDS_PER_CODE {
                true => *known += 1,
                false => kind.about = None,
            }
            if !self.kinds.contains_key(&kind) && self.kinds.len() >= MESSAGE_LIMIT {
                return;
            }
        }
        let known = self.kinds.entry(kind).or_default();
        known.count += more.count;
        let room = PLACES_PER_KIND.saturating_sub(known.first.len());
        known.first.extend(more.first.into_iter().take(room));
    }

    fn count_code(&mut self, code: SmolStr, count: u64) {
        let has_room = self.counts.len() < CODE_LIMIT || self.counts.contains_key(&code);
        let code = if has_room { code } else { SmolStr::new_static(OTHER_CODES) };
        *self.counts.entry(code).or_default() += count;
    }

    /// The lines of a receipt, in the order of the rows, and the counts of all messages.
    #[must_use]
    pub fn into_diagnostics(self) -> (Vec<Diagnostic>, BTreeMap<SmolStr, u64>) {
        let lines = self.kinds.into_values().flat_map(RepeatedDiagnostic::into_lines);
        let mut lines: Vec<_> = lines.collect();
        // What is about the file comes first, what is about a product as a whole last.
        lines.sort_by_key(|(at, message)| {
            let row = match (message.place.row, &message.place.sku) {
                (Some(row), _) => row,
                (None, None) => 0,
                (None, Some(_)) => u32::MAX,
            };
            (row, *at)
        });
        lines.truncate(MESSAGE_LIMIT);
        (lines.into_iter().map(|(_, message)| message).collect(), self.counts)
    }
}

impl DiagnosticKind {
    fn of_diagnostic(diagnostic: &Diagnostic) -> Self {
        let DiagnosticPlace { column, attribute, .. } = &diagnostic.place;
        let mut text = String::new();
        match &diagnostic.message {
            DiagnosticMessage::Plain(plain) => push_constant_part(&mut text, plain),
            DiagnosticMessage::Localized(words) => push_names(&mut text, words),
        }
        Self {
            severity: diagnostic.severity,
            code: diagnostic.code.clone(),
            about: Some((column.clone(), attribute.clone(), text)),
        }
    }
}

/// The names of a text and of its parts; and in which file of an archive it is.
fn push_names(text: &mut String, words: &LocalizedText) {
    text.push_str(words.name());
    for (name, argument) in words.arguments() {
        match argument {
            TextArgument::Words(part) => {
                text.push('(');
                push_names(text, part);
            }
            TextArgument::Text(file) if words.name() == "archive-in" && name == "name" => {
                text.push_str(file);
            }
            TextArgument::Text(said) if words.name() == "plugin-said" => {
                push_constant_part(text, said);
            }
            _ => {}
        }
    }
}

/// A sentence without numbers and what stands in quotation marks: what it has in common with others.
fn push_constant_part(text: &mut String, sentence: &str) {
    let mut is_quoted = false;
    for c in sentence.chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            '“' | '„' | '«' => is_quoted = true,
            '”' | '»' => is_quoted = !is_quoted,
            _ if is_quoted || c.is_numeric() => {}
            _ => text.push(c),
        }
    }
}

impl RepeatedDiagnostic {
    fn into_lines(self) -> Vec<(u64, Diagnostic)> {
        if self.count <= LINES_PER_KIND {
            return self.first;
        }
        let (count, places) = (self.count, self.list_places());
        let mut first = self.first;
        first.truncate(1);
        for (_, diagnostic) in &mut first {
            let message = diagnostic.message.clone();
            diagnostic.message = words!(
                "message-repeated",
                message = message,
                count = count,
                places = places.clone()
            )
            .into();
        }
        first
    }

    /// Where the first of them are: rows, or else products, with their values where these differ.
    fn list_places(&self) -> Option<LocalizedText> {
        let places: Vec<_> = self.first.iter().map(|(_, diagnostic)| &diagnostic.place).collect();
        let values_differ = places.windows(2).any(|pair| pair[0].value != pair[1].value);
        let with_value = |place: &DiagnosticPlace, name: String| match &place.value {
            Some(value) if values_differ && !value.is_empty() => {
                let shown: String = value.chars().take(VALUE_LENGTH).collect();
                format!("{name} ({shown})")
            }
            _ => name,
        };
        let mut rows: Vec<_> = places
            .iter()
            .filter_map(|place| Some((place.row?, with_value(place, place.row?.to_string()))))
            .collect();
        rows.sort();
        rows.dedup();
        if rows.len() > 1 {
            let rows: Vec<_> = rows.into_iter().map(|(_, row)| row).collect();
            return Some(words!("repeated-rows", rows = rows.join(", ")));
        }
        let mut skus: Vec<_> = places.iter().filter_map(|place| place.sku.as_ref()).collect();
        skus.sort();
        skus.dedup();
        let skus: Vec<_> = skus.into_iter().map(ToString::to_string).collect();
        (skus.len() > 1).then(|| words!("repeated-products", skus = skus.join(", ")))
    }
}

/// How many messages a line of a receipt stands for.
pub(super) fn count_messages(diagnostic: &Diagnostic) -> u64 {
    let words = diagnostic.message.localized_text();
    let words = words.filter(|words| words.name() == "message-repeated");
    let count = words.and_then(|words| {
        words.arguments().find_map(|(name, argument)| match argument {
            TextArgument::Count(count) if name == "count" => Some(*count),
            _ => None,
        })
    });
    count.unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::code::Sku;

    #[test]
    fn codes_that_are_made_up_do_not_fill_the_receipt() {
        let made_up = |at: usize| Diagnostic {
            code: SmolStr::new(format!("code-{at}")),
            ..Diagnostic::new_info("code", "made up")
        };
        let mut messages = DiagnosticCollector::default();
        (0..CODE_LIMIT).for_each(|at| messages.push_diagnostic(made_up(at)));
        let mut more = DiagnosticCollector::default();
        (0..CODE_LIMIT + 2).for_each(|at| more.push_diagnostic(made_up(at + 1)));
        messages.append_collected(more);
        let (_, counts) = messages.into_diagnostics();
        assert_eq!((counts["code-0"], counts["code-1"], counts[OTHER_CODES]), (1, 2, 3));
        assert_eq!(counts.len(), CODE_LIMIT + 1);
        assert_eq!(counts.values().sum::<u64>(), 2 * CODE_LIMIT as u64 + 2);
    }

    fn unknown_option(row: u32, value: &str) -> Diagnostic {
        let problem = words!("option-unknown", attribute = "color", hint = "");
        let message = words!("value-left-out", problem = problem);
        Diagnostic::new_warning("option-unknown", message).at_row(row).at_cell("color", value)
    }

    fn lines(messages: DiagnosticCollector) -> String {
        let lines = messages.into_diagnostics().0;
        lines.iter().map(|line| format!("{} {line}\n", count_messages(line))).collect()
    }

    #[test]
    fn messages_of_one_kind_are_one_line() {
        let mut messages = DiagnosticCollector::default();
        for row in 2..5_000 {
            messages.push_diagnostic(unknown_option(row, "mos"));
            let value = format!("shade {row}");
            messages.push_diagnostic(unknown_option(row, &value).at_cell("second_color", &value));
        }
        // What comes late is not lost among what came often.
        let sku = words!("sku-missing");
        messages.push_diagnostic(Diagnostic::new_error("sku-missing", sku).at_row(4_321));
        for product in 0..10 {
            let message =
                words!("plugin-said", message = format!("fibre {product}"), plugin = "care");
            let sku = Sku::new(&format!("A-{product}")).expect("valid");
            messages.push_diagnostic(Diagnostic::new_warning("care", message).at_sku(sku));
        }
        assert_eq!(messages.warning_count(), 2 * 4_998 + 10);
        expect![[r#"
            4998 row 2, color "mos": this is none of the options of color; ; the value was left out (4 998 times, first in rows 2, 3, 4, 5, 6, 7, 8, 9)
            4998 row 2, second_color "shade 2": this is none of the options of color; ; the value was left out (4 998 times, first in rows 2 (shade 2), 3 (shade 3), 4 (shade 4), 5 (shade 5), 6 (shade 6), 7 (shade 7), 8 (shade 8), 9 (shade 9))
            1 row 4321: the row has no SKU
            10 A-0: fibre 0 (plugin care) (10 times, first with A-0, A-1, A-2, A-3, A-4, A-5, A-6, A-7)
        "#]].assert_eq(&lines(messages));
    }

    #[test]
    fn kinds_of_one_code_are_bounded() {
        let mut messages = DiagnosticCollector::default();
        for column in 0..3_000 {
            let one = unknown_option(2, "x").at_cell(&format!("column {column}"), "x");
            messages.push_diagnostic(one);
        }
        let (lines, counts) = messages.into_diagnostics();
        assert_eq!(lines.len(), KINDS_PER_CODE + 1);
        assert_eq!(lines.iter().map(count_messages).sum::<u64>(), counts["option-unknown"]);
    }

    #[test]
    fn files_of_an_archive_stay_apart_and_parts_of_one_file_do_not() {
        let part = |name: Option<&str>| {
            let mut part = DiagnosticCollector::default();
            (2..12).for_each(|row| part.push_diagnostic(unknown_option(row, "mos")));
            if let Some(name) = name {
                part.update_each(|one| {
                    let message = one.message.clone();
                    one.message = words!("archive-in", name = name, message = message).into();
                });
            }
            part
        };
        let mut messages = DiagnosticCollector::default();
        for name in [Some("a.csv"), Some("b.csv"), None, None] {
            messages.append_collected(part(name));
        }
        expect![[r#"
            10 row 2, color "mos": a.csv: this is none of the options of color; ; the value was left out (10 times, first in rows 2, 3, 4, 5, 6, 7, 8, 9)
            10 row 2, color "mos": b.csv: this is none of the options of color; ; the value was left out (10 times, first in rows 2, 3, 4, 5, 6, 7, 8, 9)
            20 row 2, color "mos": this is none of the options of color; ; the value was left out (20 times, first in rows 2, 3, 4, 5, 6, 7, 8, 9)
        "#]].assert_eq(&lines(messages));
    }
}
