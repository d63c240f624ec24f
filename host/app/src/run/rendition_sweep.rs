//! Renditions that nobody needs any more are let go of beside all else.

use std::time::{Duration, Instant, SystemTime};

use super::ShopLoop;
use rikaste_media::renditions::{SweepError, SweepReport};

/// How often it is looked what nobody needs any more.
const SWEEP_INTERVAL: Duration = Duration::from_secs(24 * 60 * 60);
/// How long after the start first.
pub(super) const FIRST_SWEEP_DELAY: Duration = Duration::from_secs(10 * 60);

impl ShopLoop {
    /// Has renditions let go of that nobody needs any more, once a day, beside all else.
    pub(super) fn sweep_renditions(&mut self) {
        if Instant::now() < self.next_sweep {
            return;
        }
        self.next_sweep = Instant::now() + SWEEP_INTERVAL;
        let (service, reader) =
            (self.pipeline.rendition_service().clone(), self.store.open_reader());
        let sweep = move || {
            let reader = reader.map_err(SweepError::from);
            match reader.and_then(|reader| service.sweep_unneeded(&reader, SystemTime::now())) {
                Ok(SweepReport { removed: 0, .. }) => {}
                Ok(SweepReport { removed, bytes, .. }) => tracing::info!(
                    "{removed} renditions that were not needed for a month are gone: {} MB",
                    bytes / 1_000_000
                ),
                Err(error) => tracing::warn!("renditions that nobody needs stay: {error}"),
            }
        };
        // Another day will do as well.
        let _ = std::thread::Builder::new().name("sweeping".to_owned()).spawn(sweep);
    }
}
