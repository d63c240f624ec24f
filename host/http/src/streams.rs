//! Long answers: a thread reads and writes while the reader takes, and memory stays bounded.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, Stream, StreamExt};
use rikaste_store::StoreError;
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, mpsc, oneshot};

use super::app::App;
use super::catalogue::Catalogue;
use super::headers::typed;
use super::problem::{Kind, Problem};

/// What is handed on at a time: large enough to compress well, small enough to come at once.
const CHUNK: usize = 64 * 1024;
/// Chunks that wait for a slow reader.
const WAITING: usize = 4;
/// How long a reader may take nothing.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long an answer may take. Until it ends, the store cannot tidy its log.
const LONGEST: Duration = Duration::from_secs(15 * 60);

/// The media type of JSON Lines: a JSON text a line.
pub(super) const JSON_LINES: &str = "application/jsonl";

/// Why a long answer ended early.
#[derive(Debug)]
pub(super) enum Broken {
    /// It could not go on.
    Problem(Problem),
    /// Nobody takes it any more.
    Reader,
}

impl From<Problem> for Broken {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<StoreError> for Broken {
    fn from(error: StoreError) -> Self {
        Self::Problem(error.into())
    }
}

/// Where an answer goes: first its head, then line by line its body.
pub(super) struct Outlet {
    head: Option<oneshot::Sender<Response>>,
    body: Option<mpsc::Sender<Bytes>>,
    /// Whether the body was written to its end. A body that ends otherwise breaks off.
    whole: Arc<AtomicBool>,
    buffer: Vec<u8>,
    until: Instant,
}

impl Outlet {
    /// Begins a body of this type. `complete` has the last word on the head.
    pub(super) fn begin(
        &mut self,
        kind: &'static str,
        complete: impl FnOnce(Response) -> Response,
    ) -> Result<(), Broken> {
        let (body, chunks) = mpsc::channel(WAITING);
        self.body = Some(body);
        self.answer(complete(typed(
            kind,
            Body::from_stream(until_whole(chunks, Arc::clone(&self.whole))),
        )))
    }

    /// Answers with this, whole.
    pub(super) fn answer(&mut self, response: Response) -> Result<(), Broken> {
        let head = self.head.take().expect("an answer is given once");
        head.send(response).map_err(|_| Broken::Reader)
    }

    /// Writes a line.
    pub(super) fn line(&mut self, parts: &[&[u8]]) -> Result<(), Broken> {
        parts.iter().for_each(|part| self.buffer.extend_from_slice(part));
        self.buffer.push(b'\n');
        if self.buffer.len() >= CHUNK { self.flush() } else { Ok(()) }
    }

    /// Writes bytes as they are.
    pub(super) fn bytes(&mut self, bytes: Vec<u8>) -> Result<(), Broken> {
        self.buffer = bytes;
        self.flush()
    }

    fn flush(&mut self) -> Result<(), Broken> {
        let chunk = std::mem::replace(&mut self.buffer, Vec::with_capacity(CHUNK + CHUNK / 4));
        if chunk.is_empty() {
            return Ok(());
        }
        let body = self.body.as_ref().expect("the head comes before the body");
        let patience = PATIENCE.min(self.until.saturating_duration_since(Instant::now()));
        let sent =
            Handle::current().block_on(tokio::time::timeout(patience, body.send(chunk.into())));
        if matches!(sent, Ok(Ok(()))) { Ok(()) } else { Err(Broken::Reader) }
    }

    fn close(mut self, result: Result<(), Broken>) {
        match result.and_then(|()| self.flush()) {
            Ok(()) => self.whole.store(true, Ordering::Release),
            Err(Broken::Reader) => tracing::debug!("nobody took a long answer to its end"),
            Err(Broken::Problem(problem)) => match self.head.take() {
                // The caller may have gone; there is nobody else to tell.
                Some(head) => drop(head.send(problem.into_response())),
                None => tracing::warn!("a long answer broke off: {problem:?}"),
            },
        }
    }
}

/// The chunks as they come; an error when they end before the body is whole, so that the
/// connection breaks off and the reader knows.
fn until_whole(
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

impl App {
    /// Answers at length from one state of the store.
    pub(super) async fn stream(
        self: &Arc<Self>,
        write: impl FnOnce(&Catalogue<'_>, &mut Outlet) -> Result<(), Broken> + Send + 'static,
    ) -> Result<Response, Problem> {
        let app = Arc::clone(self);
        outlet(self.readers.stream().await?, move |outlet| {
            app.readers.with(|reader| {
                let catalogue = Catalogue::current(&app, reader)?;
                write(&catalogue, outlet).map_err(|broken| match broken {
                    Broken::Problem(problem) => {
                        Broken::Problem(problem.at_release(catalogue.number()))
                    }
                    Broken::Reader => Broken::Reader,
                })
            })
        })
        .await
    }
}

/// Has a thread answer at length, and keep its turn until it has.
pub(super) async fn outlet(
    turn: OwnedSemaphorePermit,
    write: impl FnOnce(&mut Outlet) -> Result<(), Broken> + Send + 'static,
) -> Result<Response, Problem> {
    let (head, answer) = oneshot::channel();
    tokio::task::spawn_blocking(move || {
        let _turn = turn;
        let until = Instant::now() + LONGEST;
        let mut outlet = Outlet {
            head: Some(head),
            body: None,
            whole: Arc::default(),
            buffer: Vec::new(),
            until,
        };
        let result = write(&mut outlet);
        outlet.close(result);
    });
    answer.await.map_err(|_| {
        Problem::new(
            Kind::Failed,
            "The answer broke off before it began; the program's log says why.",
        )
    })
}
