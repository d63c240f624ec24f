//! Where the time of a drop goes.

use std::time::Duration;

/// Where the time of a drop went. Stages run beside each other on all cores, so the sum is
/// more than the drop took.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StageTimings {
    /// Reading rows.
    pub import: Duration,
    /// Merging rows into products, waiting for workers included.
    pub merge: Duration,
    /// Plugins, summed over threads.
    pub enrich: Duration,
    /// Assessing, projecting and encoding, summed over threads.
    pub project: Duration,
    /// Writing into the store, and handing over to the index.
    pub store: Duration,
    /// Making the release durable.
    pub commit: Duration,
    /// Making the index durable.
    pub index: Duration,
}

impl StageTimings {
    /// Each stage's name and time, in the order of the pipeline.
    #[must_use]
    pub fn named_times(&self) -> [(&'static str, Duration); 7] {
        [
            ("import", self.import),
            ("merge", self.merge),
            ("enrich", self.enrich),
            ("project", self.project),
            ("store", self.store),
            ("commit", self.commit),
            ("index", self.index),
        ]
    }
}
