//! The code that a statement comes to.

use super::{CareStatement, StatedPermission};
use crate::lexicon::{CareProcess, DryingManner, HeatLevel, MechanicalAction, Solvent};
use crate::treatment::{CareCode, LabelSlot};

/// What a statement comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StatementVerdict {
    Understood(Option<CareCode>),
    /// The mildest degree, because the text does not say which.
    Mildest(CareCode),
    /// A temperature of nothing. It is of washing if the text is about textiles.
    LoneTemperature(CareCode),
    /// Of no use alone, and no loss where the same label says it elsewhere.
    Incomplete(LabelSlot),
    /// A process that is neither allowed nor forbidden.
    Undecided,
    NotUnderstood,
}

impl StatementVerdict {
    pub(crate) fn is_unread(self) -> bool {
        matches!(self, Self::Undecided | Self::NotUnderstood)
    }
}

impl CareStatement {
    pub(crate) fn verdict(&self) -> StatementVerdict {
        if self.unclear || (self.forbidden && !self.codes.is_empty()) {
            return StatementVerdict::NotUnderstood;
        }
        match self.process {
            Some(process) if self.forbidden => self.ban_verdict(process),
            Some(CareProcess::Wash | CareProcess::MachineWash) => self.wash_verdict(),
            Some(CareProcess::HandWash) => self.hand_wash_verdict(),
            Some(CareProcess::Bleach | CareProcess::ChlorineBleach | CareProcess::OxygenBleach) => {
                self.bleach_verdict()
            }
            Some(CareProcess::Tumble) => self.tumble_verdict(),
            Some(CareProcess::Dry) => self.drying_verdict(),
            Some(CareProcess::Iron) => self.iron_verdict(),
            Some(CareProcess::DryClean) => self.dry_clean_verdict(),
            Some(CareProcess::WetClean) => self.wet_clean_verdict(),
            Some(CareProcess::Dishwasher) if self.permission == StatedPermission::Allowed => {
                self.unless_qualified(CareCode::find_by_name("dishwasher"))
            }
            Some(_) => StatementVerdict::Undecided,
            None if self.temperature.is_some_and(|temperature| temperature.has_unit) => {
                self.lone_temperature_verdict()
            }
            None if self.has_qualifier() || self.forbidden || self.codes.is_empty() => {
                StatementVerdict::NotUnderstood
            }
            None => StatementVerdict::Understood(None),
        }
    }

    /// The codes that forbid a process take no degree: "do not tumble dry hot" forbids less. Where
    /// no code forbids a process, the text is left to be read by people.
    fn ban_verdict(&self, process: CareProcess) -> StatementVerdict {
        let code = match process {
            CareProcess::Wash => "W0",
            CareProcess::Bleach => "B0",
            CareProcess::ChlorineBleach => "no-chlorine",
            CareProcess::Tumble => "T0",
            CareProcess::Iron => "I0",
            CareProcess::Steam => "no-steam",
            CareProcess::DryClean => "D0",
            CareProcess::WetClean => "WW0",
            CareProcess::Softener => "no-softener",
            CareProcess::Soak => "no-soak",
            CareProcess::Wring => "no-wring",
            CareProcess::Spin => "no-spin",
            CareProcess::Abrasive => "no-abrasives",
            CareProcess::Immerse => "no-water",
            CareProcess::MachineWash if !self.has_qualifier() => {
                return StatementVerdict::Incomplete(LabelSlot::Wash);
            }
            CareProcess::MachineWash
            | CareProcess::HandWash
            | CareProcess::OxygenBleach
            | CareProcess::Dry
            | CareProcess::Dishwasher => return StatementVerdict::NotUnderstood,
        };
        self.unless_qualified(CareCode::find_by_name(code))
    }

    fn unless_qualified(&self, code: Option<CareCode>) -> StatementVerdict {
        if self.has_qualifier() {
            StatementVerdict::NotUnderstood
        } else {
            StatementVerdict::Understood(code)
        }
    }

    /// "40 °C" alone is the washtub of a label; "kestää 40 °C" is not.
    fn lone_temperature_verdict(&self) -> StatementVerdict {
        if self.permission != StatedPermission::Unsaid
            || self.codes.iter().any(|code| !code.is_textile())
        {
            return StatementVerdict::NotUnderstood;
        }
        match self.wash_verdict() {
            StatementVerdict::Understood(Some(code)) => StatementVerdict::LoneTemperature(code),
            _ => StatementVerdict::NotUnderstood,
        }
    }

    fn wash_verdict(&self) -> StatementVerdict {
        // Water as warm as a hand is for washing by hand, unless a machine is named.
        let unknown_warmth = self.level == Some(HeatLevel::Lukewarm)
            && self.process != Some(CareProcess::MachineWash);
        if unknown_warmth || self.drip || self.shade || self.solvent.is_some() {
            return StatementVerdict::NotUnderstood;
        }
        // Cold, warm and hot are 30, 40 and 50 °C (ASTM D5489).
        let said = self.level.map(|level| match level {
            HeatLevel::Cold | HeatLevel::Lukewarm | HeatLevel::Low => 30,
            HeatLevel::Medium => 40,
            HeatLevel::High => 50,
        });
        let celsius = match (self.temperature, said) {
            (Some(temperature), None | Some(50)) => wash_limit(temperature.celsius),
            (Some(temperature), Some(said)) => {
                wash_limit(temperature.celsius).map(|celsius| celsius.min(said))
            }
            (None, Some(said)) => Some(said),
            // "Wash separately" is about the note.
            (None, None) if !self.codes.is_empty() => return StatementVerdict::Understood(None),
            (None, None) => return StatementVerdict::Incomplete(LabelSlot::Wash),
        };
        let action = self.wash_action();
        celsius.map_or(StatementVerdict::NotUnderstood, |celsius| {
            StatementVerdict::Understood(CareCode::strongest_within(
                LabelSlot::Wash,
                [celsius, action],
            ))
        })
    }

    /// The mechanical action as a label limits it.
    pub(crate) fn wash_action(&self) -> u8 {
        match self.action {
            None | Some(MechanicalAction::Normal) => 3,
            Some(MechanicalAction::Mild) => 2,
            Some(MechanicalAction::VeryMild) => 1,
        }
    }

    fn hand_wash_verdict(&self) -> StatementVerdict {
        if self.has_colon && self.is_bare() && self.permission == StatedPermission::Unsaid {
            return StatementVerdict::Undecided;
        }
        if self.drip || self.shade || self.solvent.is_some() {
            return StatementVerdict::NotUnderstood;
        }
        let said = match self.level {
            None => 40,
            Some(HeatLevel::Low | HeatLevel::Lukewarm) => 30,
            Some(HeatLevel::Cold) => 20,
            Some(HeatLevel::Medium | HeatLevel::High) => return StatementVerdict::NotUnderstood,
        };
        let measured = match self.temperature.map(|temperature| temperature.celsius) {
            Some(40) | None => 40,
            Some(30) => 30,
            Some(20 | 25) => 20,
            Some(_) => return StatementVerdict::NotUnderstood,
        };
        code_verdict(LabelSlot::Wash, [said.min(measured), 0])
    }

    /// Nothing but a word that allows it makes any bleach allowed.
    fn bleach_verdict(&self) -> StatementVerdict {
        if self.has_qualifier() {
            return StatementVerdict::NotUnderstood;
        }
        match self.process {
            Some(CareProcess::OxygenBleach)
                if self.only || self.permission != StatedPermission::Unsaid =>
            {
                code_verdict(LabelSlot::Bleach, [1, 0])
            }
            Some(CareProcess::Bleach | CareProcess::ChlorineBleach)
                if !self.only && self.permission == StatedPermission::Allowed =>
            {
                code_verdict(LabelSlot::Bleach, [2, 0])
            }
            _ => StatementVerdict::Undecided,
        }
    }

    /// The mildest degree of a process of which the text says that it is done and not how much.
    fn mildest_if_said(&self, slot: LabelSlot, degrees: [u8; 2]) -> StatementVerdict {
        if self.only || self.action.is_some() || self.permission != StatedPermission::Unsaid {
            CareCode::find_by_degrees(slot, degrees)
                .map_or(StatementVerdict::NotUnderstood, StatementVerdict::Mildest)
        } else {
            StatementVerdict::Undecided
        }
    }

    fn tumble_verdict(&self) -> StatementVerdict {
        if self.manner.is_some() || self.drip || self.shade || self.solvent.is_some() {
            return StatementVerdict::NotUnderstood;
        }
        let measured = match self.temperature.map(|temperature| temperature.celsius) {
            None => None,
            Some(80) => Some(2),
            Some(60) => Some(1),
            Some(_) => return StatementVerdict::NotUnderstood,
        };
        let said = match self.level {
            None => None,
            Some(HeatLevel::Medium | HeatLevel::High) => Some(2),
            Some(HeatLevel::Low) => Some(1),
            Some(HeatLevel::Cold | HeatLevel::Lukewarm) => return StatementVerdict::NotUnderstood,
        };
        let action = self.action.map(|action| match action {
            MechanicalAction::Normal => 2,
            MechanicalAction::Mild | MechanicalAction::VeryMild => 1,
        });
        match [measured, said, action].into_iter().flatten().min() {
            Some(degree) => code_verdict(LabelSlot::Tumble, [degree, 0]),
            None => self.mildest_if_said(LabelSlot::Tumble, [1, 0]),
        }
    }

    fn drying_verdict(&self) -> StatementVerdict {
        let other = self.level.is_some()
            || self.action.is_some()
            || self.temperature.is_some()
            || self.solvent.is_some();
        if other {
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
        let other = self.action.is_some_and(|action| action != MechanicalAction::Normal)
            || self.manner.is_some()
            || self.drip
            || self.shade
            || self.solvent.is_some();
        if other {
            return StatementVerdict::NotUnderstood;
        }
        let measured = match self.temperature.map(|temperature| temperature.celsius) {
            None => None,
            Some(200..=210) => Some(3),
            Some(150..=160) => Some(2),
            Some(110..=120) => Some(1),
            Some(_) => return StatementVerdict::NotUnderstood,
        };
        let said = self.level.map(|level| match level {
            HeatLevel::High => 3,
            HeatLevel::Medium => 2,
            HeatLevel::Low | HeatLevel::Lukewarm | HeatLevel::Cold => 1,
        });
        match measured.into_iter().chain(said).min() {
            Some(degree) => code_verdict(LabelSlot::Iron, [degree, 0]),
            None if !self.codes.is_empty() => StatementVerdict::Understood(None),
            None => self.mildest_if_said(LabelSlot::Iron, [1, 0]),
        }
    }

    fn dry_clean_verdict(&self) -> StatementVerdict {
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
            Some(Solvent::Water) => StatementVerdict::NotUnderstood,
            _ if other => StatementVerdict::NotUnderstood,
            Some(Solvent::Perchloroethylene) => code_verdict(LabelSlot::DryClean, [2, action]),
            Some(Solvent::Hydrocarbon) => code_verdict(LabelSlot::DryClean, [1, action]),
            None => self.mildest_if_said(LabelSlot::DryClean, [1, action]),
        }
    }

    fn wet_clean_verdict(&self) -> StatementVerdict {
        let other = self.manner.is_some()
            || self.drip
            || self.shade
            || self.level.is_some()
            || self.temperature.is_some()
            || self.solvent.is_some_and(|solvent| solvent != Solvent::Water);
        let is_said = self.only
            || self.action.is_some()
            || self.solvent.is_some()
            || self.permission != StatedPermission::Unsaid;
        match self.action {
            _ if other => StatementVerdict::NotUnderstood,
            _ if !is_said => StatementVerdict::Undecided,
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
