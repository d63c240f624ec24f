//! Pictures that products name by URL are fetched beside the pipeline, while the shop runs.
//!
//! One thread sees which are due and hands them to a few that fetch. What came goes to the pipeline in batches,
//! which keeps when to ask again; until it has, a URL is under way and nobody asks for it.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use crossbeam_channel::{Receiver, Sender, unbounded};
use rikaste_model::moment::Moment;
use rikaste_model::shop::RemotePhotoSettings;
use rikaste_model::words::DiagnosticMessage;
use rikaste_store::{RemotePhoto, Store, StoreError, StoreReader};

use super::{LoopEvent, RETRY_DELAY, ShopLoop};
use rikaste_fetch::{FetchError, FetchOutcome, FetchPolicy, PhotoFetcher};
use rikaste_pipeline::{InboxDrop, PhotoFetchResult};

/// How many pictures are fetched at the same time, of all hosts together.
const FETCH_THREADS: usize = 8;
/// How many are under way: what came lies on the disk until the pipeline has it.
const MAX_IN_FLIGHT: usize = 128;
/// How many go to the pipeline together.
const BATCH_SIZE: usize = 32;
/// How long the first of a batch waits for others.
const BATCH_DELAY: Duration = Duration::from_secs(2);
/// The longest sleep.
const MAX_SLEEP: Duration = Duration::from_secs(60);
/// What lies unfinished for longer is not gone on with.
const MAX_LEFTOVER_AGE: Duration = Duration::from_secs(7 * DAY.unsigned_abs());

const MINUTE: i64 = 60;
const DAY: i64 = 24 * 60 * MINUTE;

/// The threads that fetch pictures. They end with the last handle, or with the program.
pub(super) struct RemotePhotoFetcher(Sender<Vec<String>>);

/// What came of asking for some pictures.
pub(super) struct FetchedBatch {
    /// What the pipeline is to import, if there is anything to show or report.
    pub(super) drop: Option<InboxDrop>,
    /// What is known of the others now.
    pub(super) remote_photos: Vec<RemotePhoto>,
    /// URLs that no product names any more.
    pub(super) unused_urls: Vec<String>,
}

/// What came of one picture.
enum PhotoFetchOutcome {
    Requested { picture: RemotePhoto, attempt: Option<Result<PathBuf, DiagnosticMessage>> },
    Unused(String),
}

/// A picture that is to be requested.
struct PhotoFetchJob {
    photo: RemotePhoto,
    /// Whether the version that is known is still there.
    is_stored: bool,
}

impl RemotePhotoFetcher {
    /// Starts the threads, if pictures may be fetched from anywhere.
    pub(super) fn start_threads(
        pictures: &RemotePhotoSettings,
        store: &Store,
        folder: &Path,
        wake: Sender<LoopEvent>,
    ) -> std::io::Result<Option<Self>> {
        if pictures.hosts.is_empty() {
            return Ok(None);
        }
        let reader = store.open_reader().map_err(std::io::Error::other)?;
        let (kept, keeps) = unbounded();
        let (jobs, to_do) = unbounded::<PhotoFetchJob>();
        let (sender, done) = unbounded();
        let fetcher = Arc::new(PhotoFetcher::new(FetchPolicy::from_settings(pictures)));
        let again = i64::from(pictures.days.max(1)) * DAY;
        remove_leftovers(folder);
        for _ in 0..FETCH_THREADS {
            let (fetcher, folder) = (Arc::clone(&fetcher), folder.to_owned());
            let (to_do, sender) = (to_do.clone(), sender.clone());
            std::thread::Builder::new().name("fetching".to_owned()).spawn(move || {
                for job in to_do {
                    if sender.send(job.fetch_photo(&fetcher, &folder, again)).is_err() {
                        return;
                    }
                }
            })?;
        }
        let scheduler = FetchScheduler {
            reader,
            jobs,
            outcomes: done,
            stored_urls: keeps,
            loop_events: wake,
            in_flight: HashSet::new(),
            ready_outcomes: Vec::new(),
            first_ready_at: Instant::now(),
        };
        std::thread::Builder::new()
            .name("pictures".to_owned())
            .spawn(move || scheduler.run_loop())?;
        Ok(Some(Self(kept)))
    }

    /// What is known of these is in the store; and there may be others to fetch now.
    pub(super) fn confirm_stored(&self, urls: Vec<String>) {
        // The thread ends only when all senders are gone.
        let _ = self.0.send(urls);
    }
}

impl ShopLoop {
    /// Has the fetcher look for URLs that are new.
    pub(super) fn wake_photo_fetcher(&self) {
        if let Some(fetcher) = &self.photo_fetcher {
            fetcher.confirm_stored(Vec::new());
        }
    }

    /// Keeps what is known of pictures, and has those developed that came.
    pub(super) fn store_fetched_batch(&mut self, batch: FetchedBatch) {
        let nothing = batch.remote_photos.is_empty() && batch.unused_urls.is_empty();
        if !nothing
            && let Err(error) =
                self.pipeline.store_remote_photos(&batch.remote_photos, &batch.unused_urls)
        {
            // Until it is known when to ask again, nothing is requested.
            tracing::error!("pictures wait: {error}; tried again in {} s", RETRY_DELAY.as_secs());
            self.unstored_batches.push((Instant::now() + RETRY_DELAY, batch));
            return;
        }
        if let Some(fetching) = &self.photo_fetcher {
            fetching.confirm_stored(batch.urls());
        }
        if let Some(drop) = batch.drop {
            self.process_drop(drop);
        }
    }
}

impl FetchedBatch {
    /// Whose they are.
    pub(super) fn urls(&self) -> Vec<String> {
        let requested = self.remote_photos.iter().map(|picture| picture.url.clone());
        requested.chain(self.unused_urls.iter().cloned()).collect()
    }
}

/// The thread that sees what is due.
struct FetchScheduler {
    reader: StoreReader,
    jobs: Sender<PhotoFetchJob>,
    outcomes: Receiver<PhotoFetchOutcome>,
    stored_urls: Receiver<Vec<String>>,
    loop_events: Sender<LoopEvent>,
    in_flight: HashSet<String>,
    ready_outcomes: Vec<PhotoFetchOutcome>,
    /// When the first of those that are ready came.
    first_ready_at: Instant,
}

impl FetchScheduler {
    fn run_loop(mut self) {
        loop {
            if let Err(error) = self.dispatch_due_jobs() {
                tracing::error!("pictures wait: {error}");
            }
            crossbeam_channel::select! {
                recv(self.outcomes) -> done => self.add_outcome(done),
                recv(self.stored_urls) -> kept => match kept {
                    Ok(urls) => urls.iter().for_each(|url| { self.in_flight.remove(url); }),
                    Err(_) => return,
                },
                default(self.next_timeout()) => {}
            }
            while let Ok(done) = self.outcomes.try_recv() {
                self.add_outcome(Ok(done));
            }
            let is_time = self.first_ready_at.elapsed() >= BATCH_DELAY
                || self.ready_outcomes.len() >= BATCH_SIZE;
            let is_all = self.ready_outcomes.len() == self.in_flight.len();
            if !self.ready_outcomes.is_empty()
                && (is_time || is_all)
                && self
                    .loop_events
                    .send(LoopEvent::PhotosFetched(build_batch(std::mem::take(
                        &mut self.ready_outcomes,
                    ))))
                    .is_err()
            {
                return;
            }
        }
    }

    fn add_outcome(&mut self, done: Result<PhotoFetchOutcome, crossbeam_channel::RecvError>) {
        let Ok(done) = done else { return };
        if self.ready_outcomes.is_empty() {
            self.first_ready_at = Instant::now();
        }
        self.ready_outcomes.push(done);
    }

    /// Until something is to be done although nothing came.
    fn next_timeout(&self) -> Duration {
        if !self.ready_outcomes.is_empty() {
            return BATCH_DELAY.saturating_sub(self.first_ready_at.elapsed());
        }
        if !self.in_flight.is_empty() {
            return MAX_SLEEP;
        }
        let next = self.reader.find_next_fetch_time().ok().flatten();
        let seconds = next.map_or(i64::MAX, |next| next.0 - Moment::now().0);
        Duration::from_secs(seconds.max(1).unsigned_abs()).min(MAX_SLEEP)
    }

    fn dispatch_due_jobs(&mut self) -> Result<(), StoreError> {
        // Some of those that are due are under way already.
        let limit = if self.in_flight.len() < MAX_IN_FLIGHT { MAX_IN_FLIGHT * 2 } else { 0 };
        for picture in self.reader.list_due_remote_photos(Moment::now(), limit as u32)? {
            if self.in_flight.len() >= MAX_IN_FLIGHT {
                break;
            }
            if !self.in_flight.insert(picture.url.clone()) {
                continue;
            }
            if self.reader.list_asset_users(&picture.url)?.is_empty() {
                self.add_outcome(Ok(PhotoFetchOutcome::Unused(picture.url)));
                continue;
            }
            let is_there = self.reader.load_asset(&picture.url)?.is_some();
            // The threads end with this one.
            let _ = self.jobs.send(PhotoFetchJob { photo: picture, is_stored: is_there });
        }
        Ok(())
    }
}

fn build_batch(ready: Vec<PhotoFetchOutcome>) -> FetchedBatch {
    let (mut pictures, mut unused, mut attempts) = (Vec::new(), Vec::new(), Vec::new());
    for done in ready {
        match done {
            PhotoFetchOutcome::Requested { picture, attempt } => {
                // What came has to be seen first: it would not be requested again for days.
                match attempt {
                    Some(file) => attempts.push(PhotoFetchResult { photo: picture, file }),
                    None => pictures.push(picture),
                }
            }
            PhotoFetchOutcome::Unused(url) => unused.push(url),
        }
    }
    let drop = (!attempts.is_empty()).then_some(InboxDrop::RemotePhotos(attempts));
    FetchedBatch { drop, remote_photos: pictures, unused_urls: unused }
}

impl PhotoFetchJob {
    fn fetch_photo(self, fetcher: &PhotoFetcher, folder: &Path, again: i64) -> PhotoFetchOutcome {
        let Self { photo: known, is_stored: is_there } = self;
        let version = known.version.as_ref().filter(|_| is_there);
        let answer = fetcher.fetch_photo(&known.url, version, folder);
        let url = || known.url.clone();
        let now = Moment::now();
        let had =
            |version| RemotePhoto { version, ..RemotePhoto::new(url(), Moment(now.0 + again)) };
        let (picture, file) = match answer {
            Ok(FetchOutcome::Unchanged) => (had(known.version.clone()), None),
            Ok(FetchOutcome::New(new)) => (had(Some(new.version)), Some(Ok(new.file))),
            Err(error) => {
                let why = DiagnosticMessage::from(error.localized_text());
                let report = needs_reporting(&known, &error, &why).then(|| Err(why.clone()));
                let picture = RemotePhoto {
                    fetch_at: Moment(now.0 + retry_delay_seconds(&error, known.failures)),
                    failures: known.failures.saturating_add(1),
                    failure_reason: Some(why),
                    ..known.clone()
                };
                (picture, report)
            }
        };
        PhotoFetchOutcome::Requested { picture, attempt: file }
    }
}

/// Whether anybody should hear of it: not of what passes by itself in a minute, and of nothing twice.
fn needs_reporting(known: &RemotePhoto, error: &FetchError, why: &DiagnosticMessage) -> bool {
    match error.is_transient() {
        true => known.failures == 1,
        // What an older program wrote down is only the text.
        false => known.failure_reason.as_ref().map(ToString::to_string) != Some(why.to_string()),
    }
}

/// After how many seconds it is tried again: soon at first if it may pass by itself, else once a day.
fn retry_delay_seconds(error: &FetchError, failures: u32) -> i64 {
    let soon = if error.is_transient() { MINUTE } else { DAY };
    let asked_for = match error {
        FetchError::Busy { wait, .. } => i64::try_from(wait.as_secs()).unwrap_or(DAY),
        _ => 0,
    };
    soon.saturating_mul(5_i64.saturating_pow(failures)).max(asked_for).min(DAY)
}

/// Removes what an earlier run fetched and the pipeline did not import, and what nobody went on with.
fn remove_leftovers(folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let is_whole = entry.path().extension().is_some_and(|end| end == "whole");
        let modified = entry.metadata().and_then(|metadata| metadata.modified());
        let age = modified.map(|at| SystemTime::now().duration_since(at).unwrap_or_default());
        if is_whole || age.is_ok_and(|age| age > MAX_LEFTOVER_AGE) {
            // What stays is written over.
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_is_noted_only_when_it_was_taken() {
        let requested = |url: &str, attempt| PhotoFetchOutcome::Requested {
            picture: RemotePhoto::new(url, Moment(7)),
            attempt,
        };
        let ready = vec![
            requested("https://a.test/new", Some(Ok(PathBuf::from("new")))),
            requested("https://a.test/same", None),
            requested("https://a.test/gone", Some(Err("gone".into()))),
            PhotoFetchOutcome::Unused("https://a.test/unused".to_owned()),
        ];
        let FetchedBatch { drop, remote_photos: pictures, unused_urls: unused } =
            build_batch(ready);
        assert_eq!(pictures, [RemotePhoto::new("https://a.test/same", Moment(7))]);
        assert_eq!(unused, ["https://a.test/unused"]);
        let Some(InboxDrop::RemotePhotos(waiting)) = drop else {
            panic!("there is something to import: {drop:?}");
        };
        let urls: Vec<_> = waiting.iter().map(|one| one.photo.url.as_str()).collect();
        assert_eq!(urls, ["https://a.test/new", "https://a.test/gone"]);
    }

    #[test]
    fn what_may_pass_is_tried_soon_and_told_when_it_does_not() {
        let away = FetchError::Unreachable { host: "a.test".into(), reason: "no".into() };
        let gone = FetchError::NotFound { url: "https://a.test/x".into(), status: 404 };
        let busy = FetchError::Busy { host: "a.test".into(), wait: Duration::from_secs(600) };
        assert_eq!(
            [0, 1, 2, 3, 9].map(|times| retry_delay_seconds(&away, times)),
            [60, 300, 1500, 7500, DAY]
        );
        assert_eq!([0, 1].map(|times| retry_delay_seconds(&gone, times)), [DAY, DAY]);
        assert_eq!([0, 3].map(|times| retry_delay_seconds(&busy, times)), [600, 7500]);

        let known = |failures, why: &str| RemotePhoto {
            failures,
            failure_reason: Some(why.into()),
            ..RemotePhoto::new("https://a.test/x", Moment(0))
        };
        let new = RemotePhoto::new("https://a.test/x", Moment(0));
        assert!(!needs_reporting(&new, &away, &"away".into()));
        assert!(needs_reporting(&known(1, "away"), &away, &"away".into()));
        assert!(!needs_reporting(&known(2, "away"), &away, &"away for longer".into()));
        assert!(needs_reporting(&new, &gone, &"gone".into()));
        assert!(needs_reporting(&known(3, "away"), &gone, &"gone".into()));
        assert!(!needs_reporting(&known(1, "gone"), &gone, &"gone".into()));
    }
}
