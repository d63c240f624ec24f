//! Receiving a file: into a folder of the program, with bounds on its size and on how long it may stall.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use futures_util::StreamExt;
use rikaste_model::record::DropKind;
use tempfile::NamedTempFile;
use tokio::io::AsyncWriteExt;
use tokio::sync::{Mutex, OwnedMutexGuard, OwnedSemaphorePermit, Semaphore};

use super::UploadedFile;
use crate::problem::{ApiProblem, ProblemKind};
use crate::state::ApiState;

/// The largest file in bytes; larger ones are put into the inbox by other means.
pub(crate) const MAX_FILE_BYTES: u64 = 256 << 20;
/// How many may be sent at once, or wait for their trial.
const MAX_FILES: usize = 4;
/// How long nothing of a file may come.
const MAX_STALL: Duration = Duration::from_secs(30);

/// What bounds the disk and the time that files take.
#[derive(Debug, Clone)]
pub(crate) struct UploadLimits {
    files: Arc<Semaphore>,
    trial: Arc<Mutex<()>>,
}

impl Default for UploadLimits {
    fn default() -> Self {
        Self { files: Arc::new(Semaphore::new(MAX_FILES)), trial: Arc::default() }
    }
}

impl UploadLimits {
    /// Waits until no other trial runs; none does while the guard is held.
    pub(super) async fn wait_for_trial(&self) -> OwnedMutexGuard<()> {
        Arc::clone(&self.trial).lock_owned().await
    }
}

/// A file that was received. It is removed with this.
pub(super) struct ReceivedFile {
    file: NamedTempFile,
    _permit: OwnedSemaphorePermit,
}

impl ReceivedFile {
    /// The file under the name that it came with.
    pub(super) fn describe(&self, kind: DropKind, name: String) -> UploadedFile {
        UploadedFile { kind, name, path: self.file.path().to_owned() }
    }
}

/// Receives the body of a request.
pub(super) async fn receive_file(app: &ApiState, body: Body) -> Result<ReceivedFile, ApiProblem> {
    let permit = Arc::clone(&app.upload_limits.files).try_acquire_owned().map_err(|_| {
        ApiProblem::new(ProblemKind::Busy, "Other files are being sent; try again in a moment.")
    })?;
    let file = std::fs::create_dir_all(&app.uploads)
        .and_then(|()| NamedTempFile::new_in(&app.uploads))
        .map_err(|error| refuse_write(&error))?;
    let copy = file.reopen().map_err(|error| refuse_write(&error))?;
    let mut copy = tokio::fs::File::from_std(copy);
    let (mut chunks, mut size) = (body.into_data_stream(), 0);
    loop {
        let next = tokio::time::timeout(MAX_STALL, chunks.next()).await;
        let chunk = match next {
            Ok(None) => break,
            Ok(Some(Ok(chunk))) => chunk,
            Ok(Some(Err(_))) | Err(_) => {
                let detail = "The file broke off before its end; send it again.";
                return Err(ApiProblem::new(ProblemKind::BadBody, detail));
            }
        };
        size += chunk.len() as u64;
        if size > MAX_FILE_BYTES {
            let detail = format!(
                "At most {} MiB are taken; put a larger file into the inbox.",
                MAX_FILE_BYTES >> 20
            );
            return Err(ApiProblem::new(ProblemKind::TooLarge, detail));
        }
        copy.write_all(&chunk).await.map_err(|error| refuse_write(&error))?;
    }
    copy.flush().await.map_err(|error| refuse_write(&error))?;
    Ok(ReceivedFile { file, _permit: permit })
}

fn refuse_write(error: &io::Error) -> ApiProblem {
    tracing::error!("a file that is sent cannot be written: {error}");
    let detail = match error.kind() {
        io::ErrorKind::StorageFull => "There is no room on the disk for the file.",
        _ => "The file cannot be written; the program's log says why.",
    };
    ApiProblem::new(ProblemKind::Failed, detail)
}
