//! Long answers: a thread reads and writes while the reader takes, and memory stays bounded.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, Stream, StreamExt};
use rikaste_store::StoreError;
use serde::Serialize;
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, mpsc, oneshot};

use super::catalogue_view::CatalogueView;
use super::headers::typed_response;
use super::problem::{ApiProblem, ProblemKind};
use super::state::ApiState;

/// What is handed on at a time: large enough to compress well, small enough to come at once.
const CHUNK: usize = 64 * 1024;
/// Chunks that wait for a slow reader.
const MAX_WAITING_CHUNKS: usize = 4;
/// How long a reader may take nothing.
const WRITE_TIMEOUT: Duration = Duration::from_secs(30);
/// How long an answer may take. Until it ends, the store cannot tidy its log.
const MAX_ANSWER_TIME: Duration = Duration::from_secs(15 * 60);

/// The media type of JSON Lines: a JSON text a line.
pub(super) const JSON_LINES: &str = "application/jsonl";

/// Why a long answer ended early.
#[derive(Debug)]
pub(super) enum StreamError {
    /// It could not go on.
    Problem(ApiProblem),
    /// Nobody takes it any more.
    ReaderGone,
}

impl From<ApiProblem> for StreamError {
    fn from(problem: ApiProblem) -> Self {
        Self::Problem(problem)
    }
}

impl From<StoreError> for StreamError {
    fn from(error: StoreError) -> Self {
        Self::Problem(error.into())
    }
}

/// Where an answer goes: first its head, then line by line its body.
pub(super) struct BodyWriter {
    head: Option<oneshot::Sender<Response>>,
    body: Option<mpsc::Sender<Bytes>>,
    /// Whether the body was written to its end. A body that ends otherwise breaks off.
    is_complete: Arc<AtomicBool>,
    buffer: Vec<u8>,
    deadline: Instant,
}

impl BodyWriter {
    /// Begins a body of this type. `complete` has the last word on the head.
    pub(super) fn begin_body(
        &mut self,
        kind: &'static str,
        complete: impl FnOnce(Response) -> Response,
    ) -> Result<(), StreamError> {
        let (body, chunks) = mpsc::channel(MAX_WAITING_CHUNKS);
        self.body = Some(body);
        self.send_response(complete(typed_response(
            kind,
            Body::from_stream(fail_unless_complete(chunks, Arc::clone(&self.is_complete))),
        )))
    }

    /// Answers with this, whole.
    pub(super) fn send_response(&mut self, response: Response) -> Result<(), StreamError> {
        let head = self.head.take().expect("an answer is given once");
        head.send(response).map_err(|_| StreamError::ReaderGone)
    }

    /// Writes a line.
    pub(super) fn write_line(&mut self, line: &[u8]) -> Result<(), StreamError> {
        self.buffer.extend_from_slice(line);
        self.end_line()
    }

    /// Writes a value as a line of JSON.
    pub(super) fn write_json(&mut self, value: &impl Serialize) -> Result<(), StreamError> {
        serde_json::to_writer(&mut self.buffer, value)
            .expect("answers are made of texts, numbers and lists");
        self.end_line()
    }

    fn end_line(&mut self) -> Result<(), StreamError> {
        self.buffer.push(b'\n');
        if self.buffer.len() >= CHUNK { self.flush_buffer() } else { Ok(()) }
    }

    /// Writes bytes as they are.
    pub(super) fn write_bytes(&mut self, bytes: Vec<u8>) -> Result<(), StreamError> {
        self.buffer = bytes;
        self.flush_buffer()
    }

    fn flush_buffer(&mut self) -> Result<(), StreamError> {
        let chunk = std::mem::replace(&mut self.buffer, Vec::with_capacity(CHUNK + CHUNK / 4));
        if chunk.is_empty() {
            return Ok(());
        }
        let body = self.body.as_ref().expect("the head comes before the body");
        let patience = WRITE_TIMEOUT.min(self.deadline.saturating_duration_since(Instant::now()));
        let sent =
            Handle::current().block_on(tokio::time::timeout(patience, body.send(chunk.into())));
        if matches!(sent, Ok(Ok(()))) { Ok(()) } else { Err(StreamError::ReaderGone) }
    }

    fn finish_body(mut self, result: Result<(), StreamError>) {
        match result.and_then(|()| self.flush_buffer()) {
            Ok(()) => self.is_complete.store(true, Ordering::Release),
            Err(StreamError::ReaderGone) => tracing::debug!("nobody took a long answer to its end"),
            Err(StreamError::Problem(problem)) => match self.head.take() {
                // The caller may have gone; there is nobody else to report it to.
                Some(head) => drop(head.send(problem.into_response())),
                None => tracing::warn!("a long answer broke off: {problem:?}"),
            },
        }
    }
}

/// The chunks as they come; an error when they end before the body is whole, so that the
/// connection breaks off and the reader knows.
fn fail_unless_complete(
    chunks: mpsc::Receiver<Bytes>,
    whole: Arc<AtomicBool>,
) -> impl Stream<Item = io::Result<Bytes>> {
    stream::unfold(Some((chunks, whole)), |state| async move {
        let (mut chunks, whole) = state?;
        match chunks.recv().await {
            Some(chunk) => Some((Ok(chunk), Some((chunks, whole)))),
            None if whole.load(Ordering::Acquire) => None,
            None => Some((Err(io::Error::other("the answer could not be finished")), None)),
        }
    })
    .fuse()
}

impl ApiState {
    /// Answers at length from one state of the store.
    pub(super) async fn stream_catalogue(
        self: &Arc<Self>,
        write: impl FnOnce(&CatalogueView<'_>, &mut BodyWriter) -> Result<(), StreamError>
        + Send
        + 'static,
    ) -> Result<Response, ApiProblem> {
        let app = Arc::clone(self);
        stream_body(self.reader_pool.acquire_stream_permit().await?, move |outlet| {
            app.reader_pool.with_snapshot(|reader| {
                let catalogue = CatalogueView::open_current(&app, reader)?;
                write(&catalogue, outlet).map_err(|broken| match broken {
                    StreamError::Problem(problem) => {
                        StreamError::Problem(problem.at_release(catalogue.release_number()))
                    }
                    StreamError::ReaderGone => StreamError::ReaderGone,
                })
            })
        })
        .await
    }
}

/// Has a thread answer at length, and keep its turn until it has.
pub(super) async fn stream_body(
    turn: OwnedSemaphorePermit,
    write: impl FnOnce(&mut BodyWriter) -> Result<(), StreamError> + Send + 'static,
) -> Result<Response, ApiProblem> {
    let (head, answer) = oneshot::channel();
    tokio::task::spawn_blocking(move || {
        let _turn = turn;
        let until = Instant::now() + MAX_ANSWER_TIME;
        let mut outlet = BodyWriter {
            head: Some(head),
            body: None,
            is_complete: Arc::default(),
            buffer: Vec::new(),
            deadline: until,
        };
        let result = write(&mut outlet);
        outlet.finish_body(result);
    });
    answer.await.map_err(|_| {
        ApiProblem::new(
            ProblemKind::Failed,
            "The answer broke off before it began; the program's log says why.",
        )
    })
}
