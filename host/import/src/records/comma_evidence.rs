//! Commas in lists that name no separator: whether they divide, by what the rows of the file have.
//!
//! A name may have a comma: `Gifts, wrapping and cards`. Where the shop lists no names, a comma and a space
//! divide a cell only if each of its parts stands somewhere else in the file, alone or in another cell. That
//! is known at the end of the file, so rows with such cells wait for it, and the order of rows plays no part.

use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, BuildHasherDefault};

use foldhash::quality::RandomState;
use rikaste_model::code::AttributeCode;
use smol_str::SmolStr;

use super::parse::split_at_commas;
use super::seen_keys::IdentityHasher;

/// Names that are remembered; a file with more has no lists in these columns, but texts.
const MAX_NAMES: usize = 1_000_000;

type HashMapOfHashes<V> = HashMap<u64, V, BuildHasherDefault<IdentityHasher>>;

/// The names that stand in lists of one file.
#[derive(Debug, Default)]
pub(crate) struct CommaEvidence {
    hasher: RandomState,
    /// The parts of cells, and whether a part has another place than this one undecided cell.
    parts: HashMapOfHashes<PartPlace>,
    undecided: HashSet<u64, BuildHasherDefault<IdentityHasher>>,
    has_new: bool,
}

/// Where a part was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PartPlace {
    /// In this undecided text only.
    Within(u64),
    /// As a name of its own, or in several texts.
    Elsewhere,
}

impl CommaEvidence {
    /// Notes a name that stands for itself.
    pub(crate) fn observe_name(&mut self, attribute: &AttributeCode, name: &str) {
        let key = self.hash_name(attribute, name);
        self.insert_part(key, PartPlace::Elsewhere);
    }

    /// Notes a text whose commas may divide it.
    pub(crate) fn observe_undecided(&mut self, attribute: &AttributeCode, text: &str) {
        let whole = self.hash_name(attribute, text);
        self.has_new = true;
        if self.undecided.len() >= MAX_NAMES || !self.undecided.insert(whole) {
            return;
        }
        // As a part of another text it is a name.
        self.insert_part(whole, PartPlace::Within(whole));
        for part in split_at_commas(text) {
            let key = self.hash_name(attribute, part);
            self.insert_part(key, PartPlace::Within(whole));
        }
    }

    /// Whether an undecided text was noted since this was asked last.
    pub(crate) fn take_new(&mut self) -> bool {
        std::mem::take(&mut self.has_new)
    }

    /// The parts of a text if its commas divide it, else itself; and whether it was undecided.
    pub(crate) fn decide(&self, attribute: &AttributeCode, text: &SmolStr) -> (Vec<SmolStr>, bool) {
        if !self.undecided.contains(&self.hash_name(attribute, text)) {
            return (vec![text.clone()], false);
        }
        let stands_elsewhere = |part: &str| {
            let place = self.parts.get(&self.hash_name(attribute, part));
            !part.is_empty() && place == Some(&PartPlace::Elsewhere)
        };
        match split_at_commas(text).all(stands_elsewhere) {
            true => (split_at_commas(text).map(SmolStr::new).collect(), true),
            false => (vec![text.clone()], true),
        }
    }

    fn insert_part(&mut self, key: u64, place: PartPlace) {
        let has_room = self.parts.len() < MAX_NAMES;
        match self.parts.entry(key) {
            Entry::Occupied(mut known) if *known.get() != place => {
                known.insert(PartPlace::Elsewhere);
            }
            Entry::Occupied(_) => {}
            Entry::Vacant(free) if has_room => drop(free.insert(place)),
            Entry::Vacant(_) => {}
        }
    }

    fn hash_name(&self, attribute: &AttributeCode, name: &str) -> u64 {
        let is_lower = name.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
        let name = if is_lower { Cow::Borrowed(name) } else { Cow::Owned(name.to_lowercase()) };
        self.hasher.hash_one((attribute, name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decide(cells: &[&str]) -> Vec<Vec<SmolStr>> {
        let attribute = AttributeCode::new("color").expect("a code");
        let mut evidence = CommaEvidence::default();
        for cell in cells {
            match cell.contains(',') {
                true => evidence.observe_undecided(&attribute, cell),
                false => evidence.observe_name(&attribute, cell),
            }
        }
        cells.iter().map(|cell| evidence.decide(&attribute, &SmolStr::new(cell)).0).collect()
    }

    #[test]
    fn a_comma_divides_where_all_parts_stand_elsewhere() {
        assert_eq!(decide(&["red, blue", "red", "Blue"])[0], ["red", "blue"]);
        assert_eq!(decide(&["red, blue", "blue, green", "green, red"])[2], ["green", "red"]);
        assert_eq!(decide(&["1,5 m, 3 m", "3 m", "1,5 m"])[0], ["1,5 m", "3 m"]);
        assert_eq!(decide(&["1,5 m, 3 m", "3 m", "1,5 m"])[2], ["1,5 m"]);
        assert_eq!(
            decide(&["Gifts, wrapping and cards", "Gifts"])[0],
            ["Gifts, wrapping and cards"]
        );
        // The same cell in other rows says nothing more.
        assert_eq!(decide(&["White, Cream", "White, Cream"])[1], ["White, Cream"]);
    }
}
