//! Outcomes of this run of the program, by key: variants, and products of the same materials, often
//! have the same inputs.
//!
//! Most inputs are never seen again, so an outcome is only kept once its inputs came a second time.
//! One that is asked for lives on; when a generation is full, what was not asked for since the one
//! before goes.
//!
//! `moka` and `quick_cache` take in every value while there is room. Here an outcome that came once
//! never enters the memo, and leaves eight bytes of its key.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rikaste_model::product::ContentHash;
use rikaste_model::value::{AttributeValue, ValueData};

use crate::AcceptedPatch;

/// What became of some inputs in a plugin.
#[derive(Debug, Clone)]
pub enum KnownOutcome {
    /// What stands of its patch.
    Accepted(AcceptedPatch),
    /// Why it failed, and always would.
    Failed(String),
}

/// All that is remembered, in parts that workers seldom need at the same time.
#[derive(Debug)]
pub struct OutcomeMemo {
    shards: [Mutex<MemoShard>; SHARDS],
    /// The key that was last seen of those that share a place, in short.
    seen: Box<[AtomicU64]>,
}

/// A map by keys, which are as good as random already.
pub type KeyMap<T> = HashMap<ContentHash, T, BuildHasherDefault<KeyHasher>>;

const SHARDS: usize = 16;

/// Both generations of all parts together.
const MEMO_BYTES: usize = 32 << 20;

/// Places for keys that were seen once: 1 MiB, enough for the inputs of some ten thousand products
/// to be remembered until the next of their kind comes.
const SEEN_SLOTS: usize = 1 << 17;

#[derive(Debug, Default)]
struct MemoShard {
    young: KeyMap<Arc<KnownOutcome>>,
    old: KeyMap<Arc<KnownOutcome>>,
    young_bytes: usize,
}

impl Default for OutcomeMemo {
    fn default() -> Self {
        Self {
            shards: Default::default(),
            seen: (0..SEEN_SLOTS).map(|_| AtomicU64::new(0)).collect(),
        }
    }
}

impl OutcomeMemo {
    /// Whether these inputs came before, so far as that is remembered; from now on they did.
    pub fn mark_seen(&self, key: &ContentHash) -> bool {
        let (place, short) = (read_key_word(key, 8) as usize % SEEN_SLOTS, read_key_word(key, 16));
        self.seen[place].swap(short, Ordering::Relaxed) == short
    }

    /// What is known of these inputs.
    pub fn get_outcome(&self, key: &ContentHash) -> Option<Arc<KnownOutcome>> {
        let mut part = self.lock_shard(key);
        if let Some(known) = part.young.get(key) {
            return Some(Arc::clone(known));
        }
        let known = part.old.remove(key)?;
        part.insert_outcome(*key, Arc::clone(&known));
        Some(known)
    }

    /// Remembers what became of these inputs.
    pub fn insert_outcome(&self, key: ContentHash, known: Arc<KnownOutcome>) {
        self.lock_shard(&key).insert_outcome(key, known);
    }

    fn lock_shard(&self, key: &ContentHash) -> MutexGuard<'_, MemoShard> {
        // What is remembered is true whatever happened to a thread that was remembering.
        self.shards[usize::from(key.0[0]) % SHARDS].lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn read_key_word(key: &ContentHash, at: usize) -> u64 {
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

impl MemoShard {
    fn insert_outcome(&mut self, key: ContentHash, known: Arc<KnownOutcome>) {
        self.young_bytes += outcome_size(&known);
        self.young.insert(key, known);
        if self.young_bytes > MEMO_BYTES / SHARDS / 2 {
            self.old = std::mem::take(&mut self.young);
            self.young_bytes = 0;
        }
    }
}

/// About as many bytes as it takes.
fn outcome_size(known: &KnownOutcome) -> usize {
    const ENTRY: usize = 150;
    match known {
        KnownOutcome::Failed(text) => ENTRY + text.len(),
        KnownOutcome::Accepted(accepted) => {
            let values: usize = accepted.values.iter().map(value_size).sum();
            let diagnostics: usize =
                accepted.diagnostics.iter().map(|d| size_of_val(d) + d.message.heap_size()).sum();
            ENTRY + values + diagnostics
        }
    }
}

fn value_size(value: &AttributeValue) -> usize {
    let inner = match &value.data {
        ValueData::Text(text) => text.len(),
        ValueData::RichText(text) => text.as_str().len(),
        ValueData::Options(names) | ValueData::Assets(names) => names.len() * 32,
        ValueData::Table(table) => table.rows.iter().flatten().map(|cell| cell.len() + 32).sum(),
        _ => 0,
    };
    size_of::<AttributeValue>() + inner
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(bytes: usize) -> Arc<KnownOutcome> {
        Arc::new(KnownOutcome::Failed("x".repeat(bytes)))
    }

    #[test]
    fn what_is_asked_for_outlives_what_is_not() {
        let memo = OutcomeMemo::default();
        // All in one part: the first byte decides.
        let key = |n: u32| {
            let mut key = [0; 32];
            key[1..5].copy_from_slice(&n.to_le_bytes());
            key[16..20].copy_from_slice(&n.to_le_bytes());
            ContentHash(key)
        };
        let generation = u32::try_from(MEMO_BYTES / SHARDS / 2 / 1_000).expect("small");
        for n in 0..generation * 3 {
            memo.insert_outcome(key(n), known(1_000));
            assert!(memo.get_outcome(&key(0)).is_some());
        }
        assert!(memo.get_outcome(&key(1)).is_none());
        assert!(!memo.mark_seen(&key(7)));
        assert!(memo.mark_seen(&key(7)));
        let part = memo.lock_shard(&key(0));
        assert!(part.young.len() + part.old.len() <= 2 * generation as usize);
    }
}
