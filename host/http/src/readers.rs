//! Readers of the store. They wait for the disk, so they work on threads of their own, and there
//! are only so many: each has a connection and a cache.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::response::Response;
use rikaste_store::{Reader, Store, StoreError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::app::App;
use super::catalogue::Catalogue;
use super::problem::{Kind, Problem};

/// Answers that are streamed at the same time. A reader may be slow to take one, so these do not
/// count among the short reads.
const STREAMS: usize = 16;
/// Photos that are sent at the same time.
const PHOTOS: usize = 64;
/// How long a request waits for its turn.
const PATIENCE: Duration = Duration::from_secs(10);

/// Readers that are at rest, and how many may be at work.
pub(super) struct Readers {
    store: Store,
    /// Taken and put back, never held while reading.
    idle: Mutex<Vec<Reader>>,
    reads: Arc<Semaphore>,
    streams: Arc<Semaphore>,
    photos: Arc<Semaphore>,
}

impl Readers {
    pub(super) fn new(store: Store) -> Self {
        // Twice as many as can compute: some wait for the disk.
        let cores = std::thread::available_parallelism().map_or(4, usize::from);
        let reads = Arc::new(Semaphore::new((cores * 2).max(4)));
        let turns = |count| Arc::new(Semaphore::new(count));
        Self {
            store,
            idle: Mutex::new(Vec::new()),
            reads,
            streams: turns(STREAMS),
            photos: turns(PHOTOS),
        }
    }

    /// A turn among the streams.
    pub(super) async fn stream(&self) -> Result<OwnedSemaphorePermit, Problem> {
        turn(&self.streams).await
    }

    /// A turn among the photos.
    pub(super) async fn photo(&self) -> Result<OwnedSemaphorePermit, Problem> {
        turn(&self.photos).await
    }

    /// Has `read` read from one state of the store.
    pub(super) fn with<T, E: From<StoreError>>(
        &self,
        read: impl FnOnce(&Reader) -> Result<T, E>,
    ) -> Result<T, E> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let reader = match idle {
            Some(reader) => reader,
            None => self.store.reader()?,
        };
        let result = reader.snapshot(read);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(reader);
        result
    }
}

async fn turn(semaphore: &Arc<Semaphore>) -> Result<OwnedSemaphorePermit, Problem> {
    match tokio::time::timeout(PATIENCE, Arc::clone(semaphore).acquire_owned()).await {
        Ok(Ok(permit)) => Ok(permit),
        _ => Err(Problem::new(Kind::Busy, "Too many are reading at once; ask again in a second.")),
    }
}

impl App {
    /// Answers from one state of the store. The answer names the release that it stands on,
    /// whether it is a problem or not; where `read` names none, it is the current one.
    pub(super) async fn read(
        self: &Arc<Self>,
        read: impl FnOnce(&Catalogue<'_>) -> Result<Response, Problem> + Send + 'static,
    ) -> Result<Response, Problem> {
        let permit = turn(&self.readers.reads).await?;
        let app = Arc::clone(self);
        let work = move || {
            let _permit = permit;
            app.readers.with(|reader| {
                let catalogue = Catalogue::current(&app, reader)?;
                match read(&catalogue) {
                    Ok(response) => Ok(catalogue.stamp(response)),
                    Err(problem) => Err(problem.at_release(catalogue.number())),
                }
            })
        };
        tokio::task::spawn_blocking(work).await?
    }
}
