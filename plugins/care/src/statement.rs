//! One phrase about one process, and the codes it comes to.

use crate::lexicon::{CareProcess, DryingManner, HeatLevel, MechanicalAction, Solvent};
use crate::treatment::{CareCode, LabelSlot};

/// How a statement is tied to the one before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum StatementJoin {
    /// By nothing: "machine wash 40 do not bleach".
    #[default]
    None,
    Stop,
    Comma,
    And,
    Or,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct StatedTemperature {
    pub(crate) celsius: u8,
    /// Whether the text gives the unit; a bare number is a temperature only beside a process.
    pub(crate) has_unit: bool,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct CareStatement {
    /// Tokens of the text, both included.
    pub(crate) span: (usize, usize),
    pub(crate) join: StatementJoin,
    pub(crate) process: Option<CareProcess>,
    pub(crate) forbidden: bool,
    pub(crate) only: bool,
    pub(crate) manner: Option<DryingManner>,
    pub(crate) drip: bool,
    pub(crate) shade: bool,
    pub(crate) action: Option<MechanicalAction>,
    pub(crate) level: Option<HeatLevel>,
    pub(crate) temperature: Option<StatedTemperature>,
    pub(crate) solvent: Option<Solvent>,
    pub(crate) codes: Vec<CareCode>,
    /// A colon follows the process: "Wash: 40".
    pub(crate) has_colon: bool,
    /// A word that is not in the lexicon, or two that contradict.
    pub(crate) unclear: bool,
}

/// What a statement comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StatementVerdict {
    Understood(Option<CareCode>),
    /// The mildest degree, because the text does not say which.
    Mildest(CareCode),
    /// Of no use alone, and no loss where the same label says it elsewhere.
    Incomplete(LabelSlot),
    NotUnderstood,
}

impl CareStatement {
    /// Whether it says how and not what.
    pub(crate) fn is_modifier(&self) -> bool {
        self.process.is_none()
            && self.manner.is_none()
            && self.codes.is_empty()
            && !self.unclear
            && !self.forbidden
            && self.has_qualifier()
    }

    /// Whether it names a process and nothing else.
    pub(crate) fn is_bare(&self) -> bool {
        self.process.is_some() && !self.forbidden && !self.has_qualifier() && self.codes.is_empty()
    }

    fn has_qualifier(&self) -> bool {
        self.manner.is_some()
            || self.drip
            || self.shade
            || self.action.is_some()
            || self.level.is_some()
            || self.temperature.is_some()
            || self.solvent.is_some()
    }

    pub(crate) fn is_wash(&self) -> bool {
        matches!(self.process, Some(CareProcess::Wash | CareProcess::MachineWash))
    }

    /// Takes in what another says, if together they still make sense.
    pub(crate) fn try_merge(&mut self, other: &Self) -> bool {
        let mut both = self.clone();
        both.span = (self.span.0.min(other.span.0), self.span.1.max(other.span.1));
        both.drip |= other.drip;
        both.shade |= other.shade;
        both.only |= other.only;
        both.codes.extend_from_slice(&other.codes);
        let mut fits = merge_option(&mut both.action, other.action)
            & merge_option(&mut both.level, other.level)
            & merge_option(&mut both.temperature, other.temperature);
        // "Tetrachloroethene or hydrocarbons" is what P allows.
        if other.join == StatementJoin::Or && other.solvent.is_some() && both.solvent.is_some() {
            both.solvent = Some(Solvent::Perchloroethylene);
        } else {
            fits &= merge_option(&mut both.solvent, other.solvent);
        }
        let fits = fits && !both.forbidden && both.verdict() != StatementVerdict::NotUnderstood;
        if fits {
            *self = both;
        }
        fits
    }

    pub(crate) fn verdict(&self) -> StatementVerdict {
        if self.unclear {
            return StatementVerdict::NotUnderstood;
        }
        match self.process {
            Some(CareProcess::Wash | CareProcess::MachineWash) => self.wash_verdict(),
            Some(CareProcess::HandWash) => self.hand_wash_verdict(),
            Some(CareProcess::Bleach | CareProcess::ChlorineBleach | CareProcess::OxygenBleach) => {
                self.bleach_verdict()
            }
            Some(CareProcess::Tumble) => self.tumble_verdict(),
            Some(CareProcess::Dry) => self.drying_verdict(),
            Some(CareProcess::Iron) => self.iron_verdict(),
            Some(CareProcess::Steam) => self.steam_verdict(),
            Some(CareProcess::DryClean) => self.dry_clean_verdict(),
            Some(CareProcess::WetClean) => self.wet_clean_verdict(),
            None if self.temperature.is_some_and(|temperature| temperature.has_unit) => {
                self.wash_verdict()
            }
            None if self.has_qualifier() || self.forbidden || self.codes.is_empty() => {
                StatementVerdict::NotUnderstood
            }
            None => StatementVerdict::Understood(None),
        }
    }

    /// The codes that forbid a process take no degree: "do not tumble dry hot" forbids less.
    fn forbid_slot(&self, slot: LabelSlot) -> StatementVerdict {
        if self.has_qualifier() {
            StatementVerdict::NotUnderstood
        } else {
            code_verdict(slot, [0, 0])
        }
    }

    fn wash_verdict(&self) -> StatementVerdict {
        if self.drip || self.shade || self.solvent.is_some() {
            return StatementVerdict::NotUnderstood;
        }
        if self.forbidden {
            return match self.process {
                Some(CareProcess::MachineWash) if self.has_qualifier() => {
                    StatementVerdict::NotUnderstood
                }
                Some(CareProcess::MachineWash) => StatementVerdict::Incomplete(LabelSlot::Wash),
                _ => self.forbid_slot(LabelSlot::Wash),
            };
        }
        // Cold, warm and hot are 30, 40 and 50 °C (ASTM D5489).
        let celsius = match (self.temperature, self.level) {
            (Some(temperature), _) => wash_limit(temperature.celsius),
            (None, Some(HeatLevel::Cold | HeatLevel::Low)) => Some(30),
            (None, Some(HeatLevel::Medium)) => Some(40),
            (None, Some(HeatLevel::High)) => Some(50),
            // "Wash separately" is about the note.
            (None, None) if !self.codes.is_empty() => return StatementVerdict::Understood(None),
            (None, None) => return StatementVerdict::Incomplete(LabelSlot::Wash),
        };
        let action = match self.action {
            None | Some(MechanicalAction::Normal) => 3,
            Some(MechanicalAction::Mild) => 2,
            Some(MechanicalAction::VeryMild) => 1,
        };
        celsius.map_or(StatementVerdict::NotUnderstood, |celsius| {
            StatementVerdict::Understood(CareCode::strongest_within(
                LabelSlot::Wash,
                [celsius, action],
            ))
        })
    }

    fn hand_wash_verdict(&self) -> StatementVerdict {
        if self.forbidden || self.drip || self.shade || self.solvent.is_some() {
            return StatementVerdict::NotUnderstood;
        }
        let celsius = match (self.temperature.map(|temperature| temperature.celsius), self.level) {
            (Some(40), _) | (None, None) => 40,
            (Some(30), _) | (None, Some(HeatLevel::Low)) => 30,
            (Some(20 | 25), _) | (None, Some(HeatLevel::Cold)) => 20,
            _ => return StatementVerdict::NotUnderstood,
        };
        code_verdict(LabelSlot::Wash, [celsius, 0])
    }

    fn bleach_verdict(&self) -> StatementVerdict {
        if self.has_qualifier() {
            return StatementVerdict::NotUnderstood;
        }
        match (self.process, self.forbidden) {
            (Some(CareProcess::Bleach), true) => code_verdict(LabelSlot::Bleach, [0, 0]),
            (Some(CareProcess::ChlorineBleach), true)
            | (Some(CareProcess::OxygenBleach), false) => code_verdict(LabelSlot::Bleach, [1, 0]),
            (Some(CareProcess::OxygenBleach), true) => StatementVerdict::NotUnderstood,
            _ => code_verdict(LabelSlot::Bleach, [2, 0]),
        }
    }

    fn tumble_verdict(&self) -> StatementVerdict {
        if self.forbidden {
            return self.forbid_slot(LabelSlot::Tumble);
        }
        if self.manner.is_some() || self.drip || self.shade || self.solvent.is_some() {
            return StatementVerdict::NotUnderstood;
        }
        let celsius = self.temperature.map(|temperature| temperature.celsius);
        match (celsius, self.level, self.action) {
            (Some(80), ..) | (None, Some(HeatLevel::Medium | HeatLevel::High), _) => {
                code_verdict(LabelSlot::Tumble, [2, 0])
            }
            (None, None, Some(MechanicalAction::Normal)) => code_verdict(LabelSlot::Tumble, [2, 0]),
            (Some(60), ..) | (None, Some(HeatLevel::Low), _) => {
                code_verdict(LabelSlot::Tumble, [1, 0])
            }
            (None, None, Some(MechanicalAction::Mild | MechanicalAction::VeryMild)) => {
                code_verdict(LabelSlot::Tumble, [1, 0])
            }
            (None, None, None) => mildest_verdict(LabelSlot::Tumble, [1, 0]),
            _ => StatementVerdict::NotUnderstood,
        }
    }

    fn drying_verdict(&self) -> StatementVerdict {
        let other = self.level.is_some()
            || self.action.is_some()
            || self.temperature.is_some()
            || self.solvent.is_some();
        if self.forbidden || other {
            return StatementVerdict::NotUnderstood;
        }
        let manner = match (self.manner, self.drip) {
            (None, false) if !self.shade => {
                return StatementVerdict::Incomplete(LabelSlot::Natural);
            }
            (None | Some(DryingManner::Air), false) => 4,
            (Some(DryingManner::Line), false) => 3,
            (None | Some(DryingManner::Line), true) => 2,
            (Some(DryingManner::Flat), false) => 1,
            (Some(DryingManner::Flat), true) => 0,
            (Some(DryingManner::Air), true) => return StatementVerdict::NotUnderstood,
        };
        code_verdict(LabelSlot::Natural, [manner, u8::from(!self.shade)])
    }

    fn iron_verdict(&self) -> StatementVerdict {
        if self.forbidden {
            return self.forbid_slot(LabelSlot::Iron);
        }
        let other = self.action.is_some_and(|action| action != MechanicalAction::Normal)
            || self.manner.is_some()
            || self.drip
            || self.shade
            || self.solvent.is_some();
        if other {
            return StatementVerdict::NotUnderstood;
        }
        let celsius = self.temperature.map(|temperature| temperature.celsius);
        match (celsius, self.level) {
            (Some(200..=210), _) | (None, Some(HeatLevel::High)) => {
                code_verdict(LabelSlot::Iron, [3, 0])
            }
            (Some(150..=160), _) | (None, Some(HeatLevel::Medium)) => {
                code_verdict(LabelSlot::Iron, [2, 0])
            }
            (Some(110..=120), _) | (None, Some(HeatLevel::Low | HeatLevel::Cold)) => {
                code_verdict(LabelSlot::Iron, [1, 0])
            }
            (None, None) if !self.codes.is_empty() => StatementVerdict::Understood(None),
            (None, None) => mildest_verdict(LabelSlot::Iron, [1, 0]),
            _ => StatementVerdict::NotUnderstood,
        }
    }

    fn steam_verdict(&self) -> StatementVerdict {
        if self.forbidden {
            self.forbid_slot(LabelSlot::Steam)
        } else {
            StatementVerdict::NotUnderstood
        }
    }

    fn dry_clean_verdict(&self) -> StatementVerdict {
        if self.forbidden {
            return self.forbid_slot(LabelSlot::DryClean);
        }
        let other = self.manner.is_some()
            || self.drip
            || self.shade
            || self.level.is_some()
            || self.temperature.is_some();
        let action = match self.action {
            None | Some(MechanicalAction::Normal) => 1,
            Some(MechanicalAction::Mild) => 0,
            Some(MechanicalAction::VeryMild) => return StatementVerdict::NotUnderstood,
        };
        match self.solvent {
            _ if other => StatementVerdict::NotUnderstood,
            Some(Solvent::Perchloroethylene) => code_verdict(LabelSlot::DryClean, [2, action]),
            Some(Solvent::Hydrocarbon) => code_verdict(LabelSlot::DryClean, [1, action]),
            None => mildest_verdict(LabelSlot::DryClean, [1, action]),
        }
    }

    fn wet_clean_verdict(&self) -> StatementVerdict {
        if self.forbidden {
            return self.forbid_slot(LabelSlot::WetClean);
        }
        let other = self.manner.is_some()
            || self.drip
            || self.shade
            || self.level.is_some()
            || self.temperature.is_some()
            || self.solvent.is_some();
        match self.action {
            _ if other => StatementVerdict::NotUnderstood,
            None | Some(MechanicalAction::Normal) => code_verdict(LabelSlot::WetClean, [3, 0]),
            Some(MechanicalAction::Mild) => code_verdict(LabelSlot::WetClean, [2, 0]),
            Some(MechanicalAction::VeryMild) => code_verdict(LabelSlot::WetClean, [1, 0]),
        }
    }
}

/// The washing temperature of a label that is within this one. 90 °C, which older labels have, is
/// none: 70 is the next below.
pub(crate) fn wash_limit(celsius: u8) -> Option<u8> {
    match celsius {
        95 => Some(95),
        80..95 => Some(70),
        30 | 40 | 50 | 60 | 70 => Some(celsius),
        _ => None,
    }
}

fn code_verdict(slot: LabelSlot, degrees: [u8; 2]) -> StatementVerdict {
    StatementVerdict::Understood(CareCode::find_by_degrees(slot, degrees))
}

fn mildest_verdict(slot: LabelSlot, degrees: [u8; 2]) -> StatementVerdict {
    CareCode::find_by_degrees(slot, degrees)
        .map_or(StatementVerdict::NotUnderstood, StatementVerdict::Mildest)
}

/// Sets what is not set. Whether the two agree.
fn merge_option<T: PartialEq + Copy>(own: &mut Option<T>, other: Option<T>) -> bool {
    match (*own, other) {
        (Some(own), Some(other)) => own == other,
        (None, Some(_)) => {
            *own = other;
            true
        }
        (_, None) => true,
    }
}
