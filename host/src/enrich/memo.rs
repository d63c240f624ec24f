//! Outcomes of this run of the program, by key: variants, and products of the same materials, often
//! have the same inputs.
//!
//! An outcome that is asked for lives on; when a generation is full, what was not asked for since
//! the one before goes.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rikaste_catalog::product::Hash;
use rikaste_catalog::value::{Data, Value};

use crate::plugin::Accepted;

/// What became of some inputs in a plugin.
#[derive(Debug)]
pub enum Known {
    /// What stands of its patch.
    Accepted(Accepted),
    /// Why it failed, and always would.
    Failed(String),
}

/// All that is remembered, in parts that workers seldom need at the same time.
#[derive(Debug, Default)]
pub struct Memo {
    parts: [Mutex<Part>; PARTS],
}

const PARTS: usize = 16;

/// Both generations of all parts together.
const BYTES: usize = 32 << 20;

#[derive(Debug, Default)]
struct Part {
    young: HashMap<Hash, Arc<Known>>,
    old: HashMap<Hash, Arc<Known>>,
    young_bytes: usize,
}

impl Memo {
    /// What is known of these inputs.
    pub fn get(&self, key: &Hash) -> Option<Arc<Known>> {
        let mut part = self.part(key);
        if let Some(known) = part.young.get(key) {
            return Some(Arc::clone(known));
        }
        let known = part.old.remove(key)?;
        part.insert(*key, Arc::clone(&known));
        Some(known)
    }

    /// Remembers what became of these inputs.
    pub fn insert(&self, key: Hash, known: Arc<Known>) {
        self.part(&key).insert(key, known);
    }

    fn part(&self, key: &Hash) -> MutexGuard<'_, Part> {
        // What is remembered is true whatever happened to a thread that was remembering.
        self.parts[usize::from(key.0[0]) % PARTS].lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Part {
    fn insert(&mut self, key: Hash, known: Arc<Known>) {
        self.young_bytes += size(&known);
        self.young.insert(key, known);
        if self.young_bytes > BYTES / PARTS / 2 {
            self.old = std::mem::take(&mut self.young);
            self.young_bytes = 0;
        }
    }
}

/// About as many bytes as it takes.
fn size(known: &Known) -> usize {
    const ENTRY: usize = 150;
    match known {
        Known::Failed(text) => ENTRY + text.len(),
        Known::Accepted(accepted) => {
            let values: usize = accepted.values.iter().map(value_size).sum();
            let diagnostics: usize =
                accepted.diagnostics.iter().map(|d| size_of_val(d) + d.message.len()).sum();
            ENTRY + values + diagnostics
        }
    }
}

fn value_size(value: &Value) -> usize {
    let inner = match &value.data {
        Data::Text(text) | Data::RichText(text) => text.len(),
        Data::Options(names) | Data::Assets(names) => names.len() * 32,
        Data::Table(table) => table.rows.iter().flatten().map(|cell| cell.len() + 32).sum(),
        _ => 0,
    };
    size_of::<Value>() + inner
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(bytes: usize) -> Arc<Known> {
        Arc::new(Known::Failed("x".repeat(bytes)))
    }

    #[test]
    fn what_is_asked_for_outlives_what_is_not() {
        let memo = Memo::default();
        // All in one part: the first byte decides.
        let key = |n: u32| {
            let mut key = [0; 32];
            key[1..5].copy_from_slice(&n.to_le_bytes());
            Hash(key)
        };
        let generation = u32::try_from(BYTES / PARTS / 2 / 1_000).expect("small");
        for n in 0..generation * 3 {
            memo.insert(key(n), known(1_000));
            assert!(memo.get(&key(0)).is_some());
        }
        assert!(memo.get(&key(1)).is_none());
        let part = memo.part(&key(0));
        assert!(part.young.len() + part.old.len() <= 2 * generation as usize);
    }
}
