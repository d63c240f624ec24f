//! Readers of the store. They wait for the disk, so they work on threads of their own, and there
//! are only so many: each has a connection and a cache.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::response::Response;
use rikaste_store::{Store, StoreError, StoreReader};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::catalogue_view::CatalogueView;
use super::problem::{ApiProblem, ProblemKind};
use super::state::ApiState;

/// Answers that are streamed at the same time. A reader may be slow to take one, so these do not
/// count among the short reads.
const MAX_STREAMS: usize = 16;
/// Photos that are sent at the same time.
const MAX_PHOTOS: usize = 64;
/// How long a request waits for its turn.
const QUEUE_TIMEOUT: Duration = Duration::from_secs(10);

/// Readers that are at rest, and how many may be at work.
pub(super) struct ReaderPool {
    store: Store,
    /// Taken and put back, never held while reading.
    idle_readers: Mutex<Vec<StoreReader>>,
    reads: Arc<Semaphore>,
    streams: Arc<Semaphore>,
    photos: Arc<Semaphore>,
}

impl ReaderPool {
    pub(super) fn new(store: Store) -> Self {
        // Twice as many as can compute: some wait for the disk.
        let cores = std::thread::available_parallelism().map_or(4, usize::from);
        let reads = Arc::new(Semaphore::new((cores * 2).max(4)));
        let turns = |count| Arc::new(Semaphore::new(count));
        Self {
            store,
            idle_readers: Mutex::new(Vec::new()),
            reads,
            streams: turns(MAX_STREAMS),
            photos: turns(MAX_PHOTOS),
        }
    }

    /// A turn among the streams.
    pub(super) async fn acquire_stream_permit(&self) -> Result<OwnedSemaphorePermit, ApiProblem> {
        acquire_permit(&self.streams).await
    }

    /// A turn among the photos.
    pub(super) async fn acquire_photo_permit(&self) -> Result<OwnedSemaphorePermit, ApiProblem> {
        acquire_permit(&self.photos).await
    }

    /// Has `read` read from one state of the store.
    pub(super) fn with_snapshot<T, E: From<StoreError>>(
        &self,
        read: impl FnOnce(&StoreReader) -> Result<T, E>,
    ) -> Result<T, E> {
        let idle = self.idle_readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let reader = match idle {
            Some(reader) => reader,
            None => self.store.open_reader()?,
        };
        let result = reader.read_in_snapshot(read);
        self.idle_readers.lock().unwrap_or_else(PoisonError::into_inner).push(reader);
        result
    }
}

async fn acquire_permit(semaphore: &Arc<Semaphore>) -> Result<OwnedSemaphorePermit, ApiProblem> {
    match tokio::time::timeout(QUEUE_TIMEOUT, Arc::clone(semaphore).acquire_owned()).await {
        Ok(Ok(permit)) => Ok(permit),
        _ => Err(ApiProblem::new(
            ProblemKind::Busy,
            "Too many are reading at once; ask again in a second.",
        )),
    }
}

impl ApiState {
    /// Answers from one state of the store. The answer names the release that it stands on,
    /// whether it is a problem or not; where `read` names none, it is the current one.
    pub(super) async fn read_catalogue(
        self: &Arc<Self>,
        read: impl FnOnce(&CatalogueView<'_>) -> Result<Response, ApiProblem> + Send + 'static,
    ) -> Result<Response, ApiProblem> {
        let permit = acquire_permit(&self.reader_pool.reads).await?;
        let app = Arc::clone(self);
        let work = move || {
            let _permit = permit;
            app.reader_pool.with_snapshot(|reader| {
                let catalogue = CatalogueView::open_current(&app, reader)?;
                match read(&catalogue) {
                    Ok(response) => Ok(catalogue.add_release_header(response)),
                    Err(problem) => Err(problem.at_release(catalogue.release_number())),
                }
            })
        };
        tokio::task::spawn_blocking(work).await?
    }
}
