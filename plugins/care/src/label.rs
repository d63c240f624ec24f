//! The codes of one component or of a whole product, at most one for each process.

use crate::treatment::{Code, Slot};

/// Codes in the order of a care label.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Label(Vec<Code>);

/// Two codes for one process, and the one that respects both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Difference {
    pub(crate) one: Code,
    pub(crate) other: Code,
    pub(crate) taken: Code,
}

impl Label {
    pub(crate) fn codes(&self) -> &[Code] {
        &self.0
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn of(&self, slot: Slot) -> Option<Code> {
        self.0.iter().copied().find(|code| code.slot() == slot)
    }

    /// Adds a code, or takes the milder of it and the one that is there.
    pub(crate) fn add(&mut self, code: Code) -> Option<Difference> {
        let same =
            |own: &Code| *own == code || (own.slot() == code.slot() && code.slot() != Slot::Note);
        match self.0.iter_mut().find(|own| same(own)) {
            None => {
                let at = self.0.partition_point(|own| *own < code);
                self.0.insert(at, code);
                None
            }
            Some(own) if *own == code => None,
            Some(own) => {
                let difference = Difference { one: *own, other: code, taken: own.milder(code) };
                *own = difference.taken;
                Some(difference)
            }
        }
    }
}
