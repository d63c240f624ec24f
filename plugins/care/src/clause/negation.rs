//! Reading a "not": which process of its phrase it forbids.

use super::ClauseReader;
use crate::lexicon::{CareProcess, PhraseMeaning};
use crate::statement::{BanReach, CareStatement, StatementJoin};

impl ClauseReader<'_, '_> {
    /// "Do not": what follows is another statement.
    pub(super) fn forbid_following(&mut self, token: usize) {
        let is_full =
            |current: &CareStatement| current.process.is_some() || !current.codes.is_empty();
        if self.current.as_ref().is_some_and(is_full) {
            self.close_statement();
        }
        let statement = self.extend_statement(token);
        statement.unclear |= statement.forbidden;
        statement.forbidden = true;
        statement.reach = Some(BanReach::Following);
    }

    /// "Do not iron without a cloth" allows it with one, so it is not read.
    pub(super) fn forbid_without(&mut self, token: usize) {
        if self.current.as_ref().is_some_and(|current| current.forbidden) {
            self.extend_statement(token).unclear = true;
        } else {
            self.forbid_following(token);
        }
    }

    /// "Silitys kielletty", "silitys, kielletty", and as a heading "kielletty: silitys".
    pub(super) fn forbid_preceding(&mut self, first: usize, last: usize) {
        if self.has_process() {
            self.forbid_current(first);
        } else if self.has_colon_at(last + 1) {
            self.end_phrase(StatementJoin::Comma);
            self.forbid_following(first);
        } else if let Some(bare) = self.bare_process_before() {
            bare.forbidden = true;
            bare.reach = Some(BanReach::Preceding);
            bare.span.1 = last;
        } else if self.join == StatementJoin::Stop || self.is_process_next(last + 1) {
            self.forbid_following(first);
        } else {
            let statement = self.extend_statement(first);
            statement.unclear = true;
            statement.reach = Some(BanReach::Both);
        }
    }

    /// What stands before the mark at which the text is, in the same sentence.
    fn bare_process_before(&mut self) -> Option<&mut CareStatement> {
        let is_apart = matches!(self.join, StatementJoin::Stop | StatementJoin::Bullet);
        if self.current.is_some() || is_apart {
            return None;
        }
        let last = self.components.last_mut()?.statements.last_mut()?;
        (last.is_bare() && last.reach.is_none()).then_some(last)
    }

    pub(super) fn forbid_either_side(&mut self, first: usize, last: usize) {
        if self.is_process_next(last + 1) || !self.has_process() {
            self.forbid_following(first);
        } else {
            self.forbid_current(first);
        }
    }

    /// "Torktumlas ej stryks ej" without a comma may be read both ways, so it is not read.
    pub(super) fn forbid_near(&mut self, first: usize, last: usize) {
        let bare = self.current.as_ref().is_some_and(CareStatement::is_bare);
        if !self.has_process() {
            self.forbid_following(first);
        } else if !self.is_process_next(last + 1) {
            self.forbid_current(first);
        } else if bare {
            let statement = self.extend_statement(first);
            statement.unclear = true;
            statement.reach = Some(BanReach::Both);
        } else {
            self.forbid_following(first);
        }
    }

    fn forbid_current(&mut self, token: usize) {
        let statement = self.extend_statement(token);
        statement.unclear |= statement.forbidden || statement.process.is_none();
        statement.forbidden = true;
        statement.reach = Some(BanReach::Preceding);
    }

    /// Whether a process comes next, but for words that add nothing.
    fn is_process_next(&self, mut token: usize) -> bool {
        while let Some((meaning, length)) = self.lexicon.find_longest_phrase(self.text, token) {
            match meaning {
                PhraseMeaning::Filler
                | PhraseMeaning::Context
                | PhraseMeaning::Allow
                | PhraseMeaning::May
                | PhraseMeaning::Use
                | PhraseMeaning::Only => token += length,
                PhraseMeaning::Process(_)
                | PhraseMeaning::Instruct(_)
                | PhraseMeaning::Dry(_)
                | PhraseMeaning::DripDry
                | PhraseMeaning::IronAt(_)
                | PhraseMeaning::WashAt(_) => return true,
                _ => return false,
            }
        }
        false
    }

    /// "Do not wash with bleach" forbids the bleach.
    pub(super) fn is_washing_agent(&self, process: CareProcess) -> bool {
        is_agent(process)
            && self.current.as_ref().is_some_and(|current| {
                current.forbidden
                    && current.has_with
                    && current.process.is_some_and(CareProcess::is_wash)
            })
    }

    /// "Nicht mit Bleichmittel waschen": the washing stands behind.
    pub(super) fn has_agent_of(&self, process: CareProcess) -> bool {
        process.is_wash()
            && self.current.as_ref().is_some_and(|current| {
                current.forbidden && current.has_with && current.process.is_some_and(is_agent)
            })
    }
}

fn is_agent(process: CareProcess) -> bool {
    matches!(
        process,
        CareProcess::Bleach
            | CareProcess::ChlorineBleach
            | CareProcess::OxygenBleach
            | CareProcess::Softener
            | CareProcess::Abrasive
    )
}
