//! What a care text comes to: a label, and what there is to remark.

use crate::clause::{CareComponent, read_components};
use crate::label::CareLabel;
use crate::lexicon::{CareLexicon, CareProcess};
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
    /// Whether a temperature of nothing cannot be of washing, because the product is no textile.
    pub(crate) is_not_textile: bool,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum CareDiagnostic {
    NotUnderstood {
        fragment: String,
    },
    /// A process is named, and neither allowed nor forbidden.
    Undecided {
        fragment: String,
    },
    NoTemperature {
        fragment: String,
    },
    MildestTaken {
        fragment: String,
        code: CareCode,
    },
    Contradiction {
        slot: LabelSlot,
        codes: [CareCode; 2],
        chosen: CareCode,
    },
    ComponentsDiffer {
        slot: LabelSlot,
        codes: [CareCode; 2],
        component: String,
        chosen: CareCode,
    },
}

impl CareReading {
    /// Whether something in the text is in none of the codes.
    pub(crate) fn is_partial(&self) -> bool {
        self.diagnostics.iter().any(CareDiagnostic::is_of_unread_text)
    }

    /// Reads one text, and adds what it says to the label.
    pub(crate) fn add_text(&mut self, lexicon: &CareLexicon, source: &str) {
        let text = TokenizedText::new(source);
        for component in &read_components(lexicon, &text) {
            let label = self.read_component(&text, component);
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
        for (at, statement) in component.statements.iter().enumerate() {
            let code = match statement.verdict() {
                StatementVerdict::Understood(code) => code,
                StatementVerdict::Mildest(code) => {
                    self.diagnostics
                        .push(CareDiagnostic::MildestTaken { fragment: fragment(statement), code });
                    Some(code)
                }
                StatementVerdict::LoneTemperature(code)
                    if !self.is_not_textile
                        && is_about_textiles(&component.statements)
                        && stands_alone(&component.statements, at) =>
                {
                    Some(code)
                }
                StatementVerdict::Incomplete(slot) => {
                    incomplete.push((slot, statement));
                    None
                }
                StatementVerdict::Undecided => {
                    self.diagnostics
                        .push(CareDiagnostic::Undecided { fragment: fragment(statement) });
                    continue;
                }
                StatementVerdict::LoneTemperature(_) | StatementVerdict::NotUnderstood => {
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
            if !complete_by_label(&mut label, slot, statement) {
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

impl CareDiagnostic {
    fn is_of_unread_text(&self) -> bool {
        matches!(
            self,
            Self::NotUnderstood { .. } | Self::Undecided { .. } | Self::NoTemperature { .. }
        )
    }
}

/// Whether the label says already what a statement says that is of no use alone. "Hienopesu" makes
/// a wash at 40 °C one on a very mild programme.
fn complete_by_label(label: &mut CareLabel, slot: LabelSlot, statement: &CareStatement) -> bool {
    let Some(code) = label.code_for_slot(slot) else {
        return false;
    };
    if slot != LabelSlot::Wash {
        return true;
    }
    let [celsius, action] = code.treatment().degrees;
    match statement.process {
        Some(CareProcess::MachineWash) if statement.forbidden => action == 0,
        Some(CareProcess::MachineWash) if action == 0 => false,
        _ if code.is_ban() => false,
        _ => {
            let action = action.min(statement.wash_action());
            if let Some(milder) = CareCode::strongest_within(slot, [celsius, action]) {
                label.add_code(milder);
            }
            true
        }
    }
}

/// A temperature of nothing is of washing where the rest of the text is about textiles, or where
/// there is no other text.
fn is_about_textiles(statements: &[CareStatement]) -> bool {
    let (mut is_textile, mut is_other, mut is_unread) = (false, false, false);
    for statement in statements {
        let verdict = statement.verdict();
        is_unread |= verdict.is_unread();
        is_textile |= match verdict {
            StatementVerdict::Understood(Some(code)) | StatementVerdict::Mildest(code) => {
                code.slot() != LabelSlot::Note
            }
            StatementVerdict::Understood(None) => {
                statement.codes.iter().any(|code| code.slot() != LabelSlot::Note)
            }
            _ => false,
        };
        is_other |= statement.codes.iter().any(|code| !code.is_textile());
    }
    !is_other && (is_textile || !is_unread)
}

/// Whether a temperature does not go on with a phrase that it does not fit.
fn stands_alone(statements: &[CareStatement], at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| &statements[before]);
    statements[at].is_apart()
        || before.is_none_or(|before| {
            !before.verdict().is_unread()
                && !matches!(before.process, Some(process) if process.is_wash())
        })
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
            && statement.process == Some(CareProcess::DryClean)
    });
    if only && label.code_for_slot(LabelSlot::Wash).is_none() {
        label.add_code(
            CareCode::find_by_degrees(LabelSlot::Wash, [0, 0])
                .expect("every process can be forbidden"),
        );
    }
}
