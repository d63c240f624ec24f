//! One phrase about one process, and the codes it comes to.

use crate::lexicon::{Action, Level, Manner, Process, Solvent};
use crate::treatment::{Code, Slot};

/// How a statement is tied to the one before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Join {
    /// By nothing: "machine wash 40 do not bleach".
    #[default]
    None,
    Stop,
    Comma,
    And,
    Or,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Temperature {
    pub(crate) celsius: u8,
    /// Whether the text gives the unit; a bare number is a temperature only beside a process.
    pub(crate) unit: bool,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Statement {
    /// Tokens of the text, both included.
    pub(crate) span: (usize, usize),
    pub(crate) join: Join,
    pub(crate) process: Option<Process>,
    pub(crate) forbidden: bool,
    pub(crate) only: bool,
    pub(crate) manner: Option<Manner>,
    pub(crate) drip: bool,
    pub(crate) shade: bool,
    pub(crate) action: Option<Action>,
    pub(crate) level: Option<Level>,
    pub(crate) temperature: Option<Temperature>,
    pub(crate) solvent: Option<Solvent>,
    pub(crate) codes: Vec<Code>,
    /// A colon follows the process: "Wash: 40".
    pub(crate) headed: bool,
    /// A word that is not in the lexicon, or two that contradict.
    pub(crate) unclear: bool,
}

/// What a statement comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Codes(Option<Code>),
    /// The mildest degree, because the text does not say which.
    Mildest(Code),
    /// Of no use alone, and no loss where the same label says it elsewhere.
    Incomplete(Slot),
    NotUnderstood,
}

impl Statement {
    /// Whether it says how and not what.
    pub(crate) fn is_modifier(&self) -> bool {
        self.process.is_none()
            && self.manner.is_none()
            && self.codes.is_empty()
            && !self.unclear
            && !self.forbidden
            && self.says_how()
    }

    /// Whether it names a process and nothing else.
    pub(crate) fn is_bare(&self) -> bool {
        self.process.is_some() && !self.forbidden && !self.says_how() && self.codes.is_empty()
    }

    fn says_how(&self) -> bool {
        self.manner.is_some()
            || self.drip
            || self.shade
            || self.action.is_some()
            || self.level.is_some()
            || self.temperature.is_some()
            || self.solvent.is_some()
    }

    pub(crate) fn is_wash(&self) -> bool {
        matches!(self.process, Some(Process::Wash | Process::MachineWash))
    }

    /// Takes in what another says, if together they still make sense.
    pub(crate) fn absorb(&mut self, other: &Self) -> bool {
        let mut both = self.clone();
        both.span = (self.span.0.min(other.span.0), self.span.1.max(other.span.1));
        both.drip |= other.drip;
        both.shade |= other.shade;
        both.only |= other.only;
        both.codes.extend_from_slice(&other.codes);
        let mut fits = fill(&mut both.action, other.action)
            & fill(&mut both.level, other.level)
            & fill(&mut both.temperature, other.temperature);
        // "Tetrachloroethene or hydrocarbons" is what P allows.
        if other.join == Join::Or && other.solvent.is_some() && both.solvent.is_some() {
            both.solvent = Some(Solvent::Perchloroethylene);
        } else {
            fits &= fill(&mut both.solvent, other.solvent);
        }
        let fits = fits && !both.forbidden && both.verdict() != Verdict::NotUnderstood;
        if fits {
            *self = both;
        }
        fits
    }

    pub(crate) fn verdict(&self) -> Verdict {
        if self.unclear {
            return Verdict::NotUnderstood;
        }
        match self.process {
            Some(Process::Wash | Process::MachineWash) => self.wash(),
            Some(Process::HandWash) => self.hand_wash(),
            Some(Process::Bleach | Process::ChlorineBleach | Process::OxygenBleach) => {
                self.bleach()
            }
            Some(Process::Tumble) => self.tumble(),
            Some(Process::Dry) => self.dry(),
            Some(Process::Iron) => self.iron(),
            Some(Process::Steam) => self.steam(),
            Some(Process::DryClean) => self.dry_clean(),
            Some(Process::WetClean) => self.wet_clean(),
            None if self.temperature.is_some_and(|temperature| temperature.unit) => self.wash(),
            None if self.says_how() || self.forbidden || self.codes.is_empty() => {
                Verdict::NotUnderstood
            }
            None => Verdict::Codes(None),
        }
    }

    /// The codes that forbid a process take no degree: "do not tumble dry hot" forbids less.
    fn forbids(&self, slot: Slot) -> Verdict {
        if self.says_how() { Verdict::NotUnderstood } else { at(slot, [0, 0]) }
    }

    fn wash(&self) -> Verdict {
        if self.drip || self.shade || self.solvent.is_some() {
            return Verdict::NotUnderstood;
        }
        if self.forbidden {
            return match self.process {
                Some(Process::MachineWash) if self.says_how() => Verdict::NotUnderstood,
                Some(Process::MachineWash) => Verdict::Incomplete(Slot::Wash),
                _ => self.forbids(Slot::Wash),
            };
        }
        // Cold, warm and hot are 30, 40 and 50 °C (ASTM D5489).
        let celsius = match (self.temperature, self.level) {
            (Some(temperature), _) => wash_limit(temperature.celsius),
            (None, Some(Level::Cold | Level::Low)) => Some(30),
            (None, Some(Level::Medium)) => Some(40),
            (None, Some(Level::High)) => Some(50),
            // "Wash separately" is about the note.
            (None, None) if !self.codes.is_empty() => return Verdict::Codes(None),
            (None, None) => return Verdict::Incomplete(Slot::Wash),
        };
        let action = match self.action {
            None | Some(Action::Normal) => 3,
            Some(Action::Mild) => 2,
            Some(Action::VeryMild) => 1,
        };
        celsius.map_or(Verdict::NotUnderstood, |celsius| {
            Verdict::Codes(Code::within(Slot::Wash, [celsius, action]))
        })
    }

    fn hand_wash(&self) -> Verdict {
        if self.forbidden || self.drip || self.shade || self.solvent.is_some() {
            return Verdict::NotUnderstood;
        }
        let celsius = match (self.temperature.map(|temperature| temperature.celsius), self.level) {
            (Some(40), _) | (None, None) => 40,
            (Some(30), _) | (None, Some(Level::Low)) => 30,
            (Some(20 | 25), _) | (None, Some(Level::Cold)) => 20,
            _ => return Verdict::NotUnderstood,
        };
        at(Slot::Wash, [celsius, 0])
    }

    fn bleach(&self) -> Verdict {
        if self.says_how() {
            return Verdict::NotUnderstood;
        }
        match (self.process, self.forbidden) {
            (Some(Process::Bleach), true) => at(Slot::Bleach, [0, 0]),
            (Some(Process::ChlorineBleach), true) | (Some(Process::OxygenBleach), false) => {
                at(Slot::Bleach, [1, 0])
            }
            (Some(Process::OxygenBleach), true) => Verdict::NotUnderstood,
            _ => at(Slot::Bleach, [2, 0]),
        }
    }

    fn tumble(&self) -> Verdict {
        if self.forbidden {
            return self.forbids(Slot::Tumble);
        }
        if self.manner.is_some() || self.drip || self.shade || self.solvent.is_some() {
            return Verdict::NotUnderstood;
        }
        let celsius = self.temperature.map(|temperature| temperature.celsius);
        match (celsius, self.level, self.action) {
            (Some(80), ..) | (None, Some(Level::Medium | Level::High), _) => {
                at(Slot::Tumble, [2, 0])
            }
            (None, None, Some(Action::Normal)) => at(Slot::Tumble, [2, 0]),
            (Some(60), ..) | (None, Some(Level::Low), _) => at(Slot::Tumble, [1, 0]),
            (None, None, Some(Action::Mild | Action::VeryMild)) => at(Slot::Tumble, [1, 0]),
            (None, None, None) => mildest(Slot::Tumble, [1, 0]),
            _ => Verdict::NotUnderstood,
        }
    }

    fn dry(&self) -> Verdict {
        let other = self.level.is_some()
            || self.action.is_some()
            || self.temperature.is_some()
            || self.solvent.is_some();
        if self.forbidden || other {
            return Verdict::NotUnderstood;
        }
        let manner = match (self.manner, self.drip) {
            (None, false) if !self.shade => return Verdict::Incomplete(Slot::Natural),
            (None | Some(Manner::Air), false) => 4,
            (Some(Manner::Line), false) => 3,
            (None | Some(Manner::Line), true) => 2,
            (Some(Manner::Flat), false) => 1,
            (Some(Manner::Flat), true) => 0,
            (Some(Manner::Air), true) => return Verdict::NotUnderstood,
        };
        at(Slot::Natural, [manner, u8::from(!self.shade)])
    }

    fn iron(&self) -> Verdict {
        if self.forbidden {
            return self.forbids(Slot::Iron);
        }
        let other = self.action.is_some_and(|action| action != Action::Normal)
            || self.manner.is_some()
            || self.drip
            || self.shade
            || self.solvent.is_some();
        if other {
            return Verdict::NotUnderstood;
        }
        let celsius = self.temperature.map(|temperature| temperature.celsius);
        match (celsius, self.level) {
            (Some(200..=210), _) | (None, Some(Level::High)) => at(Slot::Iron, [3, 0]),
            (Some(150..=160), _) | (None, Some(Level::Medium)) => at(Slot::Iron, [2, 0]),
            (Some(110..=120), _) | (None, Some(Level::Low | Level::Cold)) => at(Slot::Iron, [1, 0]),
            (None, None) if !self.codes.is_empty() => Verdict::Codes(None),
            (None, None) => mildest(Slot::Iron, [1, 0]),
            _ => Verdict::NotUnderstood,
        }
    }

    fn steam(&self) -> Verdict {
        if self.forbidden { self.forbids(Slot::Steam) } else { Verdict::NotUnderstood }
    }

    fn dry_clean(&self) -> Verdict {
        if self.forbidden {
            return self.forbids(Slot::DryClean);
        }
        let other = self.manner.is_some()
            || self.drip
            || self.shade
            || self.level.is_some()
            || self.temperature.is_some();
        let action = match self.action {
            None | Some(Action::Normal) => 1,
            Some(Action::Mild) => 0,
            Some(Action::VeryMild) => return Verdict::NotUnderstood,
        };
        match self.solvent {
            _ if other => Verdict::NotUnderstood,
            Some(Solvent::Perchloroethylene) => at(Slot::DryClean, [2, action]),
            Some(Solvent::Hydrocarbon) => at(Slot::DryClean, [1, action]),
            None => mildest(Slot::DryClean, [1, action]),
        }
    }

    fn wet_clean(&self) -> Verdict {
        if self.forbidden {
            return self.forbids(Slot::WetClean);
        }
        let other = self.manner.is_some()
            || self.drip
            || self.shade
            || self.level.is_some()
            || self.temperature.is_some()
            || self.solvent.is_some();
        match self.action {
            _ if other => Verdict::NotUnderstood,
            None | Some(Action::Normal) => at(Slot::WetClean, [3, 0]),
            Some(Action::Mild) => at(Slot::WetClean, [2, 0]),
            Some(Action::VeryMild) => at(Slot::WetClean, [1, 0]),
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

fn at(slot: Slot, degrees: [u8; 2]) -> Verdict {
    Verdict::Codes(Code::at(slot, degrees))
}

fn mildest(slot: Slot, degrees: [u8; 2]) -> Verdict {
    Code::at(slot, degrees).map_or(Verdict::NotUnderstood, Verdict::Mildest)
}

/// Sets what is not set. Whether the two agree.
fn fill<T: PartialEq + Copy>(own: &mut Option<T>, other: Option<T>) -> bool {
    match (*own, other) {
        (Some(own), Some(other)) => own == other,
        (None, Some(_)) => {
            *own = other;
            true
        }
        (_, None) => true,
    }
}
