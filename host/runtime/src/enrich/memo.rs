//! Outcomes of this run of the program, by key: variants, and products of the same materials, often
//! have the same inputs.
//!
//! Most inputs are never seen again, so an outcome is only kept once its inputs came a second time.
//! One that is asked for lives on; when a generation is full, what was not asked for since the one
//! before goes.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rikaste_model::product::Hash;
use rikaste_model::value::{Data, Value};

use crate::Accepted;

/// What became of some inputs in a plugin.
#[derive(Debug, Clone)]
pub enum Known {
    /// What stands of its patch.
    Accepted(Accepted),
    /// Why it failed, and always would.
    Failed(String),
}

/// All that is remembered, in parts that workers seldom need at the same time.
#[derive(Debug)]
pub struct Memo {
    parts: [Mutex<Part>; PARTS],
    /// The key that was last seen of those that share a place, in short.
    seen: Box<[AtomicU64]>,
}

/// A map by keys, which are as good as random already.
pub type ByKey<T> = HashMap<Hash, T, BuildHasherDefault<KeyHasher>>;

const PARTS: usize = 16;

/// Both generations of all parts together.
const BYTES: usize = 32 << 20;

/// Places for keys that were seen once: 1 MiB, enough for the inputs of some ten thousand products
/// to be remembered until the next of their kind comes.
const SEEN: usize = 1 << 17;

#[derive(Debug, Default)]
struct Part {
    young: ByKey<Arc<Known>>,
    old: ByKey<Arc<Known>>,
    young_bytes: usize,
}

impl Default for Memo {
    fn default() -> Self {
        Self { parts: Default::default(), seen: (0..SEEN).map(|_| AtomicU64::new(0)).collect() }
    }
}

impl Memo {
    /// Whether these inputs came before, so far as that is remembered; from now on they did.
    pub fn saw(&self, key: &Hash) -> bool {
        let (place, short) = (word(key, 8) as usize % SEEN, word(key, 16));
        self.seen[place].swap(short, Ordering::Relaxed) == short
    }

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

fn word(key: &Hash, at: usize) -> u64 {
    u64::from_le_bytes(*key.0[at..].first_chunk().expect("a hash has 32 bytes"))
}

/// Takes the first eight bytes of a key for its hash.
#[derive(Debug, Default)]
pub struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.first_chunk().map_or(self.0, |bytes| u64::from_le_bytes(*bytes));
    }

    /// The length that comes before the bytes, the same for all.
    fn write_usize(&mut self, _: usize) {}

    fn finish(&self) -> u64 {
        self.0
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
                accepted.diagnostics.iter().map(|d| size_of_val(d) + d.message.bytes()).sum();
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
            key[16..20].copy_from_slice(&n.to_le_bytes());
            Hash(key)
        };
        let generation = u32::try_from(BYTES / PARTS / 2 / 1_000).expect("small");
        for n in 0..generation * 3 {
            memo.insert(key(n), known(1_000));
            assert!(memo.get(&key(0)).is_some());
        }
        assert!(memo.get(&key(1)).is_none());
        assert!(!memo.saw(&key(7)));
        assert!(memo.saw(&key(7)));
        let part = memo.part(&key(0));
        assert!(part.young.len() + part.old.len() <= 2 * generation as usize);
    }
}
