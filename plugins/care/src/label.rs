//! The codes of one component or of a whole product, at most one for each process.

use crate::treatment::{CareCode, LabelSlot};

/// Codes in the order of a care label.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CareLabel(Vec<CareCode>);

/// Two codes for one process, and the one that respects both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CodeConflict {
    pub(crate) one: CareCode,
    pub(crate) other: CareCode,
    pub(crate) chosen: CareCode,
}

impl CareLabel {
    pub(crate) fn codes(&self) -> &[CareCode] {
        &self.0
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn code_for_slot(&self, slot: LabelSlot) -> Option<CareCode> {
        self.0.iter().copied().find(|code| code.slot() == slot)
    }

    /// Adds a code, or takes the milder of it and the one that is there.
    pub(crate) fn add_code(&mut self, code: CareCode) -> Option<CodeConflict> {
        let same = |own: &CareCode| {
            *own == code || (own.slot() == code.slot() && code.slot() != LabelSlot::Note)
        };
        match self.0.iter_mut().find(|own| same(own)) {
            None => {
                let at = self.0.partition_point(|own| *own < code);
                self.0.insert(at, code);
                None
            }
            Some(own) if *own == code => None,
            Some(own) => {
                let difference =
                    CodeConflict { one: *own, other: code, chosen: own.mildest_common(code) };
                *own = difference.chosen;
                Some(difference)
            }
        }
    }
}
