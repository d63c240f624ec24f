//! Keys that a file has already spoken about.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{BuildHasher, BuildHasherDefault, Hash, Hasher};

use foldhash::quality::RandomState;

/// Keys and the row of each. Only their hashes are kept: some twenty bytes a key, whatever its
/// length. Among ten million keys the chance that two hashes are the same is one in 370,000.
#[derive(Debug, Default)]
pub(crate) struct SeenKeys {
    hasher: RandomState,
    rows: HashMap<u64, u32, BuildHasherDefault<IdentityHasher>>,
}

/// A key's hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RowKey(u64);

/// Hashes what is a hash already.
#[derive(Debug, Default)]
pub(crate) struct IdentityHasher(u64);

impl SeenKeys {
    pub(crate) fn hash_key(&self, key: impl Hash) -> RowKey {
        RowKey(self.hasher.hash_one(key))
    }

    /// The row that spoke about it first.
    pub(crate) fn find_row(&self, key: RowKey) -> Option<u32> {
        self.rows.get(&key.0).copied()
    }

    /// Keeps the row that speaks about it, unless one did before: then that is the answer.
    pub(crate) fn insert_key(&mut self, key: RowKey, row: u32) -> Option<u32> {
        match self.rows.entry(key.0) {
            Entry::Occupied(before) => Some(*before.get()),
            Entry::Vacant(free) => {
                free.insert(row);
                None
            }
        }
    }
}

impl Hasher for IdentityHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, _: &[u8]) {
        unreachable!("only hashes are keys");
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}
