//! One phrase about one process.

mod verdict;

use crate::lexicon::{CareProcess, DryingManner, HeatLevel, MechanicalAction, Solvent};
use crate::treatment::CareCode;
pub(crate) use verdict::{StatementVerdict, wash_limit};

/// How a statement is tied to the one before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum StatementJoin {
    /// By nothing: "machine wash 40 do not bleach".
    #[default]
    None,
    Stop,
    Bullet,
    Comma,
    But,
    And,
    Or,
}

impl StatementJoin {
    pub(crate) fn is_conjunction(self) -> bool {
        matches!(self, Self::And | Self::Or)
    }
}

/// Which neighbours a "not" may mean as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BanReach {
    /// "Do not bleach, iron or tumble dry".
    Following,
    /// "Valkaisu, silitys ja rumpukuivaus kielletty".
    Preceding,
    /// It may mean either side.
    Both,
}

/// What a text says for a process. A "not" is in [`CareStatement::forbidden`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum StatedPermission {
    #[default]
    Unsaid,
    /// "Tumble dry", "use".
    Instructed,
    /// "Sallittu", "may be".
    Allowed,
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
    /// Set on the statement that has the "not".
    pub(crate) reach: Option<BanReach>,
    /// The "not" stands over what follows: "Forbidden: bleach, iron".
    pub(crate) is_ban_heading: bool,
    /// The heading has a line of its own.
    pub(crate) is_ban_of_lines: bool,
    /// The "not" goes on with an earlier one: "nor", "eikä".
    pub(crate) continues_ban: bool,
    pub(crate) permission: StatedPermission,
    /// The process is in the Finnish partitive, which alone says nothing: "silitystä".
    pub(crate) is_partitive: bool,
    pub(crate) only: bool,
    /// "With" stands before what is washed with.
    pub(crate) has_with: bool,
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

    /// Whether it names a process and says nothing of it. "Use" and imperatives do not count, since
    /// they stand after a "not", too.
    pub(crate) fn is_bare(&self) -> bool {
        self.process.is_some()
            && !self.unclear
            && !self.forbidden
            && !self.only
            && self.permission < StatedPermission::Allowed
            && !self.has_qualifier()
            && self.codes.is_empty()
    }

    /// Whether it may allow something, by more than a bare name or an imperative.
    pub(crate) fn is_qualified(&self) -> bool {
        if self.is_modifier() {
            return true;
        }
        let is_read = !self.unclear && !self.forbidden && !self.is_bare();
        is_read && (self.process.is_some() || !self.codes.iter().all(|code| code.is_ban()))
    }

    /// Whether another sentence begins with it.
    pub(crate) fn is_apart(&self) -> bool {
        matches!(self.join, StatementJoin::Stop | StatementJoin::Bullet)
    }

    /// Whether nothing but words such as "garment" or "allowed" is in it.
    pub(crate) fn is_empty(&self) -> bool {
        self.process.is_none()
            && !self.unclear
            && !self.only
            && !self.has_qualifier()
            && self.codes.is_empty()
    }

    /// Whether it allows and names nothing: the heading "Allowed".
    pub(crate) fn is_only_allowing(&self) -> bool {
        self.permission == StatedPermission::Allowed && !self.forbidden && self.is_empty()
    }

    pub(crate) fn has_qualifier(&self) -> bool {
        self.manner.is_some()
            || self.drip
            || self.shade
            || self.action.is_some()
            || self.level.is_some()
            || self.temperature.is_some()
            || self.solvent.is_some()
    }

    pub(crate) fn is_natural_drying(&self) -> bool {
        self.process == Some(CareProcess::Dry) && self.manner.is_some()
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
        both.permission = both.permission.max(other.permission);
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
        let fits = fits && !both.forbidden && !both.verdict().is_unread();
        if fits {
            *self = both;
        }
        fits
    }
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
