//! Photos are read and rendered beside the pipeline, so that prices and stock do not wait for them:
//! the pipeline gets what became of each, and reads none of them.

use std::time::{Duration, Instant};

use crossbeam_channel::{Sender, unbounded};

use super::LoopEvent;
use rikaste_media::renditions::{RenditionProgress, RenditionService};
use rikaste_pipeline::{InboxDrop, PipelineError, PreparedPhotos};

/// How often the log says how many photos are ready.
const LOG_INTERVAL: Duration = Duration::from_secs(5);

/// The thread that reads and renders photos.
pub(super) struct PhotoRenderer(Sender<(RenditionService, InboxDrop)>);

impl PhotoRenderer {
    /// Starts the thread. It ends with the last handle, or with the program.
    pub(super) fn start_thread(events: Sender<LoopEvent>) -> std::io::Result<Self> {
        let (send, receive) = unbounded::<(RenditionService, InboxDrop)>();
        std::thread::Builder::new().name("renditions".to_owned()).spawn(move || {
            for (service, drop) in receive {
                let prepared = prepare_photos(&service, &drop);
                if events.send(LoopEvent::RenditionsReady(drop, prepared)).is_err() {
                    return;
                }
            }
        })?;
        Ok(Self(send))
    }

    /// How many drops wait.
    pub(super) fn queue_length(&self) -> usize {
        self.0.len()
    }

    /// Has photos read and rendered; [`LoopEvent::RenditionsReady`] brings them back.
    pub(super) fn queue_drop(&self, service: RenditionService, drop: InboxDrop) {
        // The thread ends only when nobody is there to import anything.
        let _ = self.0.send((service, drop));
    }
}

fn prepare_photos(
    service: &RenditionService,
    drop: &InboxDrop,
) -> Result<PreparedPhotos, PipelineError> {
    let (name, count) = (drop.receipt_name(), drop.photos().count());
    let mut last_report = Instant::now();
    let mut report = |progress: RenditionProgress| {
        if last_report.elapsed() >= LOG_INTERVAL {
            last_report = Instant::now();
            tracing::info!("{name}: {} of {count} photos are ready", progress.done);
        }
    };
    PreparedPhotos::from_drop(service, drop, &mut report)
}
