//! What a plugin did since it was loaded: counts for the operator, and the end of its log.

use std::collections::VecDeque;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::instance::CallUsage;

/// Lines of log that are kept of each plugin.
const MAX_LOG_LINES: usize = 200;

/// Upper bounds of the buckets of call times, in microseconds.
pub const TIME_BUCKETS: [u64; 12] =
    [100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 1_000_000, 10_000_000];

/// Counts of one loaded plugin, of all its instances together.
#[derive(Debug, Default)]
pub struct PluginMetrics {
    calls: AtomicU64,
    products: AtomicU64,
    memo_hits: AtomicU64,
    steps: AtomicU64,
    instances: AtomicU64,
    /// The most that an instance had.
    memory: AtomicU64,
    time: AtomicU64,
    times: [AtomicU64; TIME_BUCKETS.len() + 1],
    failures: [AtomicU64; FailureKind::ALL.len()],
    log: Mutex<VecDeque<String>>,
}

/// What a plugin did wrong with a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureKind {
    /// It stopped itself, or did what its machine does not allow.
    Trap,
    /// It took too many steps.
    Steps,
    /// It wanted too much memory, or too large a table.
    Memory,
    /// It handed over too much.
    Output,
    /// Its answer does not fit the question.
    Answer,
    /// It reported an error of its own.
    Error,
    /// It took too long by the clock; that may be the machine's fault.
    Time,
    /// It did not start.
    Start,
    /// It makes something else of a product alone than in company.
    Nondeterministic,
}

/// The counts at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PluginCounts {
    /// Calls into the guest.
    pub calls: u64,
    /// Products that it was run on.
    pub products: u64,
    /// Products whose outcome was known.
    pub memo_hits: u64,
    /// Steps of all calls.
    pub steps: u64,
    /// Instances that were made.
    pub instances: u64,
    /// Bytes of the largest instance's memories.
    pub memory: u64,
    /// Microseconds of all calls.
    pub time: u64,
    /// Calls by the bucket of [`TIME_BUCKETS`] that their time falls in, and longer ones.
    pub times: [u64; TIME_BUCKETS.len() + 1],
    /// Products that it failed on, by [`FailureKind::ALL`].
    pub failures: [u64; FailureKind::ALL.len()],
}

impl FailureKind {
    /// All kinds, in the order of [`PluginCounts::failures`].
    pub const ALL: [Self; 9] = [
        Self::Trap,
        Self::Steps,
        Self::Memory,
        Self::Output,
        Self::Answer,
        Self::Error,
        Self::Time,
        Self::Start,
        Self::Nondeterministic,
    ];

    /// Its name in metrics.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Trap => "trap",
            Self::Steps => "steps",
            Self::Memory => "memory",
            Self::Output => "output",
            Self::Answer => "answer",
            Self::Error => "error",
            Self::Time => "time",
            Self::Start => "start",
            Self::Nondeterministic => "unsteady",
        }
    }
}

impl fmt::Display for FailureKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl PluginCounts {
    /// Products that it failed on.
    #[must_use]
    pub fn total_failures(&self) -> u64 {
        self.failures.iter().sum()
    }

    /// Products of which it made something else alone than in company.
    #[must_use]
    pub fn nondeterministic_count(&self) -> u64 {
        self.failures[FailureKind::Nondeterministic as usize]
    }

    /// What came on top of an earlier count.
    #[must_use]
    pub fn difference_since(&self, before: &Self) -> Self {
        let each = |now: u64, before: u64| now.saturating_sub(before);
        Self {
            calls: each(self.calls, before.calls),
            products: each(self.products, before.products),
            memo_hits: each(self.memo_hits, before.memo_hits),
            steps: each(self.steps, before.steps),
            instances: each(self.instances, before.instances),
            memory: self.memory,
            time: each(self.time, before.time),
            times: std::array::from_fn(|at| each(self.times[at], before.times[at])),
            failures: std::array::from_fn(|at| each(self.failures[at], before.failures[at])),
        }
    }
}

impl PluginMetrics {
    /// An instance was made.
    pub(super) fn record_instance(&self) {
        add_count(&self.instances, 1);
    }

    /// A call is over, well or not.
    pub(super) fn record_call(&self, used: &CallUsage) {
        add_count(&self.calls, 1);
        add_count(&self.steps, used.steps);
        let micros = to_micros(used.time);
        add_count(&self.time, micros);
        let bucket =
            TIME_BUCKETS.iter().position(|bound| micros <= *bound).unwrap_or(TIME_BUCKETS.len());
        add_count(&self.times[bucket], 1);
        self.memory.fetch_max(used.memory as u64, Ordering::Relaxed);
    }

    /// Products have their outcomes.
    pub(super) fn record_products(&self, products: usize) {
        add_count(&self.products, products as u64);
    }

    /// Products go without.
    pub(super) fn record_failures(&self, kind: FailureKind, products: usize) {
        add_count(&self.failures[kind as usize], products as u64);
    }

    /// Outcomes that were known.
    pub fn record_memo_hits(&self, products: u64) {
        add_count(&self.memo_hits, products);
    }

    /// Keeps a line of the plugin's log; the oldest goes when there are too many.
    pub(super) fn push_log_line(&self, line: String) {
        let mut log = self.lock_log();
        if log.len() == MAX_LOG_LINES {
            log.pop_front();
        }
        log.push_back(line);
    }

    /// The end of its log.
    #[must_use]
    pub fn log_lines(&self) -> Vec<String> {
        self.lock_log().iter().cloned().collect()
    }

    /// The counts now.
    #[must_use]
    pub fn counts(&self) -> PluginCounts {
        let read = |count: &AtomicU64| count.load(Ordering::Relaxed);
        PluginCounts {
            calls: read(&self.calls),
            products: read(&self.products),
            memo_hits: read(&self.memo_hits),
            steps: read(&self.steps),
            instances: read(&self.instances),
            memory: read(&self.memory),
            time: read(&self.time),
            times: self.times.each_ref().map(read),
            failures: self.failures.each_ref().map(read),
        }
    }

    fn lock_log(&self) -> MutexGuard<'_, VecDeque<String>> {
        // Lines are whole whatever happened to a thread that was writing one.
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn add_count(count: &AtomicU64, more: u64) {
    count.fetch_add(more, Ordering::Relaxed);
}

fn to_micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_counts_once_in_the_bucket_of_its_time() {
        let metrics = PluginMetrics::default();
        for micros in [0, 100, 101, 10_000_001] {
            metrics.record_call(&CallUsage {
                time: Duration::from_micros(micros),
                ..CallUsage::default()
            });
        }
        let counts = metrics.counts();
        assert_eq!((counts.times[0], counts.times[1]), (2, 1));
        assert_eq!(counts.times[TIME_BUCKETS.len()], 1);
        assert_eq!((counts.calls, counts.time), (4, 10_000_202));
    }

    #[test]
    fn the_log_keeps_its_end() {
        let metrics = PluginMetrics::default();
        (0..MAX_LOG_LINES + 5).for_each(|line| metrics.push_log_line(line.to_string()));
        let lines = metrics.log_lines();
        assert_eq!((lines.len(), lines[0].as_str()), (MAX_LOG_LINES, "5"));
    }
}
