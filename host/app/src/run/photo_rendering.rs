//! Photos are developed beside the line, so that prices and stock do not wait for them: when the line
//! takes them, what channels want of them lies ready.

use std::time::{Duration, Instant};

use crossbeam_channel::{Sender, unbounded};

use super::LoopEvent;
use rikaste_media::renditions::RenditionService;
use rikaste_pipeline::InboxDrop;
use rikaste_store::asset_folder::AssetKind;

/// How often it is said how far photos are.
const LOG_INTERVAL: Duration = Duration::from_secs(5);

/// The thread that develops photos.
pub(super) struct PhotoRenderer(Sender<(RenditionService, InboxDrop)>);

impl PhotoRenderer {
    /// Starts the thread. It ends with the last handle, or with the program.
    pub(super) fn start_thread(wake: Sender<LoopEvent>) -> std::io::Result<Self> {
        let (send, receive) = unbounded::<(RenditionService, InboxDrop)>();
        std::thread::Builder::new().name("developing".to_owned()).spawn(move || {
            for (studio, drop) in receive {
                render_photos(&studio, &drop);
                if wake.send(LoopEvent::PhotosRendered(drop)).is_err() {
                    return;
                }
            }
        })?;
        Ok(Self(send))
    }

    /// Has photos developed; [`LoopEvent::RenditionsReady`] says when they are.
    pub(super) fn queue_drop(&self, studio: RenditionService, drop: InboxDrop) {
        // The thread ends only when nobody is there to take anything.
        let _ = self.0.send((studio, drop));
    }
}

/// What fails here fails again when the line takes the photos, and is told then.
fn render_photos(studio: &RenditionService, drop: &InboxDrop) {
    if studio.toolchain_hash().is_none() {
        return;
    }
    let photos =
        drop.photos().filter(|(name, _)| AssetKind::from_file_name(name) == AssetKind::Photo);
    let stored = photos.filter_map(|(_, path)| studio.assets().store_file(path).ok());
    let hashes: Vec<_> = stored.map(|(hash, _)| hash).collect();
    let mut said = Instant::now();
    let mut tell = |far: rikaste_media::renditions::RenditionProgress| {
        if said.elapsed() >= LOG_INTERVAL {
            said = Instant::now();
            tracing::info!("{}: {} of {} photos are ready", drop.file, far.done, hashes.len());
        }
    };
    if let Err(error) = studio.prepare_renditions(&hashes, &mut tell) {
        tracing::debug!("{}: {error}", drop.file);
    }
}
