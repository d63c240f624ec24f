//! What a care text comes to: a label, and what there is to remark.

use crate::clause::{Component, components};
use crate::label::Label;
use crate::lexicon::Lexicon;
use crate::statement::{Statement, Verdict};
use crate::token::Text;
use crate::treatment::{Code, Slot};

/// The label of a product, and how sure it is.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Reading {
    pub(crate) label: Label,
    pub(crate) remarks: Vec<Remark>,
    /// Whether an ironing temperature of the editions before 2023 is named.
    pub(crate) before_2023: bool,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Remark {
    NotUnderstood { fragment: String },
    NoTemperature { fragment: String },
    MildestTaken { fragment: String, code: Code },
    Contradiction { slot: Slot, codes: [Code; 2], taken: Code },
    ComponentsDiffer { slot: Slot, codes: [Code; 2], component: String, taken: Code },
}

impl Reading {
    /// Reads one text, and adds what it says to the label.
    pub(crate) fn add(&mut self, lexicon: &Lexicon, source: &str) {
        let text = Text::new(source);
        for component in components(lexicon, &text) {
            let label = self.component(&text, &component);
            for &code in label.codes() {
                if let Some(difference) = self.label.add(code) {
                    let (slot, taken) = (code.slot(), difference.taken);
                    let codes = [difference.one, difference.other];
                    self.remarks.push(if component.name.is_empty() {
                        Remark::Contradiction { slot, codes, taken }
                    } else {
                        let component = component.name.to_owned();
                        Remark::ComponentsDiffer { slot, codes, component, taken }
                    });
                }
            }
        }
    }

    fn component(&mut self, text: &Text<'_>, component: &Component<'_>) -> Label {
        let mut label = Label::default();
        let fragment =
            |statement: &Statement| text.fragment(statement.span.0, statement.span.1).to_owned();
        let mut incomplete = Vec::new();
        for statement in &component.statements {
            let code = match statement.verdict() {
                Verdict::Codes(code) => code,
                Verdict::Mildest(code) => {
                    self.remarks.push(Remark::MildestTaken { fragment: fragment(statement), code });
                    Some(code)
                }
                Verdict::Incomplete(slot) => {
                    incomplete.push((slot, statement));
                    None
                }
                Verdict::NotUnderstood => {
                    self.remarks.push(Remark::NotUnderstood { fragment: fragment(statement) });
                    continue;
                }
            };
            self.before_2023 |= names_older_iron(statement, code);
            for &code in code.iter().chain(&statement.codes) {
                if let Some(difference) = label.add(code) {
                    self.remarks.push(Remark::Contradiction {
                        slot: code.slot(),
                        codes: [difference.one, difference.other],
                        taken: difference.taken,
                    });
                }
            }
        }
        for (slot, statement) in incomplete {
            if label.of(slot).is_none() {
                let fragment = fragment(statement);
                self.remarks.push(match slot {
                    Slot::Wash if !statement.forbidden => Remark::NoTemperature { fragment },
                    _ => Remark::NotUnderstood { fragment },
                });
            }
        }
        forbid_washing_by_only(&component.statements, &mut label);
        label
    }
}

fn names_older_iron(statement: &Statement, code: Option<Code>) -> bool {
    code.is_some_and(|code| code.slot() == Slot::Iron)
        && statement.temperature.is_some_and(|t| matches!(t.celsius, 110 | 150 | 200))
}

/// "Dry clean only" says that it is not washed.
fn forbid_washing_by_only(statements: &[Statement], label: &mut Label) {
    let only = statements.iter().any(|statement| {
        statement.only
            && !statement.unclear
            && !statement.forbidden
            && statement.process == Some(crate::lexicon::Process::DryClean)
    });
    if only && label.of(Slot::Wash).is_none() {
        label.add(Code::at(Slot::Wash, [0, 0]).expect("every process can be forbidden"));
    }
}
