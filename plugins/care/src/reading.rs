//! What a care text comes to: a label, and what there is to remark.

use crate::clause::{CareComponent, read_components};
use crate::label::CareLabel;
use crate::lexicon::CareLexicon;
use crate::statement::{CareStatement, StatementVerdict};
use crate::token::TokenizedText;
use crate::treatment::{CareCode, LabelSlot};

/// The label of a product, and how sure it is.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct CareReading {
    pub(crate) label: CareLabel,
    pub(crate) diagnostics: Vec<CareDiagnostic>,
    /// Whether an ironing temperature of the editions before 2023 is named.
    pub(crate) before_2023: bool,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum CareDiagnostic {
    NotUnderstood { fragment: String },
    NoTemperature { fragment: String },
    MildestTaken { fragment: String, code: CareCode },
    Contradiction { slot: LabelSlot, codes: [CareCode; 2], chosen: CareCode },
    ComponentsDiffer { slot: LabelSlot, codes: [CareCode; 2], component: String, chosen: CareCode },
}

impl CareReading {
    /// Reads one text, and adds what it says to the label.
    pub(crate) fn add_text(&mut self, lexicon: &CareLexicon, source: &str) {
        let text = TokenizedText::new(source);
        for component in read_components(lexicon, &text) {
            let label = self.read_component(&text, &component);
            for &code in label.codes() {
                if let Some(difference) = self.label.add_code(code) {
                    let (slot, chosen) = (code.slot(), difference.chosen);
                    let codes = [difference.one, difference.other];
                    self.diagnostics.push(if component.name.is_empty() {
                        CareDiagnostic::Contradiction { slot, codes, chosen }
                    } else {
                        let component = component.name.to_owned();
                        CareDiagnostic::ComponentsDiffer { slot, codes, component, chosen }
                    });
                }
            }
        }
    }

    fn read_component(
        &mut self,
        text: &TokenizedText<'_>,
        component: &CareComponent<'_>,
    ) -> CareLabel {
        let mut label = CareLabel::default();
        let fragment = |statement: &CareStatement| {
            text.source_fragment(statement.span.0, statement.span.1).to_owned()
        };
        let mut incomplete = Vec::new();
        for statement in &component.statements {
            let code = match statement.verdict() {
                StatementVerdict::Understood(code) => code,
                StatementVerdict::Mildest(code) => {
                    self.diagnostics
                        .push(CareDiagnostic::MildestTaken { fragment: fragment(statement), code });
                    Some(code)
                }
                StatementVerdict::Incomplete(slot) => {
                    incomplete.push((slot, statement));
                    None
                }
                StatementVerdict::NotUnderstood => {
                    self.diagnostics
                        .push(CareDiagnostic::NotUnderstood { fragment: fragment(statement) });
                    continue;
                }
            };
            self.before_2023 |= has_pre_2023_iron(statement, code);
            for &code in code.iter().chain(&statement.codes) {
                if let Some(difference) = label.add_code(code) {
                    self.diagnostics.push(CareDiagnostic::Contradiction {
                        slot: code.slot(),
                        codes: [difference.one, difference.other],
                        chosen: difference.chosen,
                    });
                }
            }
        }
        for (slot, statement) in incomplete {
            if label.code_for_slot(slot).is_none() {
                let fragment = fragment(statement);
                self.diagnostics.push(match slot {
                    LabelSlot::Wash if !statement.forbidden => {
                        CareDiagnostic::NoTemperature { fragment }
                    }
                    _ => CareDiagnostic::NotUnderstood { fragment },
                });
            }
        }
        forbid_washing_if_dry_clean_only(&component.statements, &mut label);
        label
    }
}

fn has_pre_2023_iron(statement: &CareStatement, code: Option<CareCode>) -> bool {
    code.is_some_and(|code| code.slot() == LabelSlot::Iron)
        && statement.temperature.is_some_and(|t| matches!(t.celsius, 110 | 150 | 200))
}

/// "Dry clean only" says that it is not washed.
fn forbid_washing_if_dry_clean_only(statements: &[CareStatement], label: &mut CareLabel) {
    let only = statements.iter().any(|statement| {
        statement.only
            && !statement.unclear
            && !statement.forbidden
            && statement.process == Some(crate::lexicon::CareProcess::DryClean)
    });
    if only && label.code_for_slot(LabelSlot::Wash).is_none() {
        label.add_code(
            CareCode::find_by_degrees(LabelSlot::Wash, [0, 0])
                .expect("every process can be forbidden"),
        );
    }
}
