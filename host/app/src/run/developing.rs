//! Photos are developed beside the line, so that prices and stock do not wait for them: when the line
//! takes them, what channels want of them lies ready.

use std::time::{Duration, Instant};

use crossbeam_channel::{Sender, unbounded};

use super::Wake;
use rikaste_media::studio::Studio;
use rikaste_pipeline::Drop;
use rikaste_store::asset_folder::Kind;

/// How often it is said how far photos are.
const NEWS: Duration = Duration::from_secs(5);

/// The thread that develops photos.
pub(super) struct Developing(Sender<(Studio, Drop)>);

impl Developing {
    /// Starts the thread. It ends with the last handle, or with the program.
    pub(super) fn start(wake: Sender<Wake>) -> std::io::Result<Self> {
        let (send, receive) = unbounded::<(Studio, Drop)>();
        std::thread::Builder::new().name("developing".to_owned()).spawn(move || {
            for (studio, drop) in receive {
                develop(&studio, &drop);
                if wake.send(Wake::Developed(drop)).is_err() {
                    return;
                }
            }
        })?;
        Ok(Self(send))
    }

    /// Has photos developed; [`Wake::Developed`] says when they are.
    pub(super) fn take(&self, studio: Studio, drop: Drop) {
        // The thread ends only when nobody is there to take anything.
        let _ = self.0.send((studio, drop));
    }
}

/// What fails here fails again when the line takes the photos, and is told then.
fn develop(studio: &Studio, drop: &Drop) {
    if studio.maker().is_none() {
        return;
    }
    let photos = drop.photos().filter(|(name, _)| Kind::of_name(name) == Kind::Photo);
    let stored = photos.filter_map(|(_, path)| studio.assets().put(path).ok());
    let hashes: Vec<_> = stored.map(|(hash, _)| hash).collect();
    let mut said = Instant::now();
    let mut tell = |far: rikaste_media::studio::Developing| {
        if said.elapsed() >= NEWS {
            said = Instant::now();
            tracing::info!("{}: {} of {} photos are ready", drop.file, far.done, hashes.len());
        }
    };
    if let Err(error) = studio.develop(&hashes, &mut tell) {
        tracing::debug!("{}: {error}", drop.file);
    }
}
