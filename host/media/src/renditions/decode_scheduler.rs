//! Photos on all cores: whoever is free encodes what was decoded, and decodes when nothing is left to
//! encode. So as many photos lie decoded as there are threads, and no core waits for the last one.
//!
//! `rayon` promises no order of tasks, and here encoding goes first, since a decoded photo takes much
//! memory. A channel of `crossbeam` cannot take out the jobs of a photo that failed.

use std::collections::{HashMap, VecDeque};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use rikaste_model::photo::PhotoMetadata;
use rikaste_model::product::ContentHash;

use super::photo_decoder::{DecodedPhoto, EncodeJob, PhotoDecoder};
use super::{PhotoResult, RenditionProgress, RenditionService, UnusablePhoto};

/// Photos that are done before the disk is asked to have them.
const CHUNK: usize = 64;

/// Threads, however many cores there are: each may hold a decoded photo of some hundred megabytes.
const THREADS: usize = 8;

pub(super) fn prepare_renditions(
    service: &RenditionService,
    photos: &[ContentHash],
    on_progress: &mut (dyn FnMut(RenditionProgress) + Send),
) -> io::Result<Vec<PhotoResult>> {
    // The same bytes may come under several names.
    let mut distinct: Vec<ContentHash> = Vec::with_capacity(photos.len());
    let mut places: HashMap<ContentHash, usize> = HashMap::with_capacity(photos.len());
    for photo in photos {
        places.entry(*photo).or_insert_with(|| {
            distinct.push(*photo);
            distinct.len() - 1
        });
    }
    let mut developed: Vec<Option<PhotoResult>> =
        distinct.iter().map(|photo| service.find_known_result(photo)).collect();
    let mut far = RenditionProgress { done: developed.iter().flatten().count(), decoded: 0 };
    on_progress(far);
    let unknown: Vec<usize> = (0..distinct.len()).filter(|at| developed[*at].is_none()).collect();
    for chunk in unknown.chunks(CHUNK) {
        let hashes: Vec<ContentHash> = chunk.iter().map(|at| distinct[*at]).collect();
        let outcomes =
            DecodeScheduler::new_batch(service, &hashes, far, on_progress).run_workers()?;
        service.store.sync_to_disk()?;
        for (photo, (outcome, is_lasting)) in hashes.iter().zip(&outcomes) {
            if *is_lasting {
                let kept =
                    outcome.as_ref().map(|facts| PhotoMetadata::clone(facts)).map_err(Clone::clone);
                service.store.store_result(photo, &service.toolchain_hash, &kept)?;
            }
        }
        for (at, (outcome, _)) in chunk.iter().zip(outcomes) {
            developed[*at] = Some(outcome);
        }
        far.done += chunk.len();
        far.decoded += chunk.len();
    }
    let outcome = |photo| developed[places[photo]].clone();
    Ok(photos.iter().map(|photo| outcome(photo).expect("it was known or developed")).collect())
}

/// The threads and what they share.
struct DecodeScheduler<'a> {
    service: &'a RenditionService,
    photos: &'a [ContentHash],
    state: Mutex<SchedulerState<'a>>,
    changed: Condvar,
}

struct SchedulerState<'a> {
    next: usize,
    /// What is to be encoded: of which photo, and what.
    jobs: VecDeque<(usize, EncodeJob)>,
    /// Of each photo that was decoded, its facts and how much of it is left to encode.
    unfinished: Vec<Option<(Arc<PhotoMetadata>, usize)>>,
    outcomes: Vec<Option<(PhotoResult, bool)>>,
    /// Photos that are being decoded.
    decoding: usize,
    failure: Option<io::Error>,
    progress: RenditionProgress,
    report_progress: &'a mut (dyn FnMut(RenditionProgress) + Send),
}

/// What a thread is to do next.
enum PhotoTask {
    Decode(usize),
    Encode(usize, EncodeJob),
}

impl<'a> DecodeScheduler<'a> {
    fn new_batch(
        service: &'a RenditionService,
        photos: &'a [ContentHash],
        far: RenditionProgress,
        on_progress: &'a mut (dyn FnMut(RenditionProgress) + Send),
    ) -> Self {
        let state = SchedulerState {
            next: 0,
            jobs: VecDeque::new(),
            unfinished: photos.iter().map(|_| None).collect(),
            outcomes: photos.iter().map(|_| None).collect(),
            decoding: 0,
            failure: None,
            progress: far,
            report_progress: on_progress,
        };
        Self { service, photos, state: Mutex::new(state), changed: Condvar::new() }
    }

    fn run_workers(self) -> io::Result<Vec<(PhotoResult, bool)>> {
        let cores = thread::available_parallelism().map_or(2, std::num::NonZero::get);
        thread::scope(|scope| {
            for _ in 0..cores.min(THREADS) {
                scope.spawn(|| self.run_worker());
            }
        });
        let state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let Some(failure) = state.failure {
            return Err(failure);
        }
        let outcomes = state.outcomes.into_iter();
        Ok(outcomes.map(|outcome| outcome.expect("no thread ends before all are done")).collect())
    }

    fn lock_state(&self) -> MutexGuard<'_, SchedulerState<'a>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn run_worker(&self) {
        let mut decoder = PhotoDecoder::new(self.service);
        while let Some(turn) = self.next_task() {
            match turn {
                PhotoTask::Decode(at) => {
                    let decoded = decoder.decode_photo(&self.photos[at]);
                    let mut state = self.lock_state();
                    state.decoding -= 1;
                    match decoded {
                        Ok(Ok(DecodedPhoto { facts, jobs })) if jobs.is_empty() => {
                            state.record_outcome(at, Ok(facts), true);
                        }
                        Ok(Ok(DecodedPhoto { facts, jobs })) => {
                            state.unfinished[at] = Some((facts, jobs.len()));
                            state.jobs.extend(jobs.into_iter().map(|job| (at, job)));
                        }
                        Ok(Err(failed)) => {
                            state.record_outcome(at, Err(failed.unusable), failed.is_permanent)
                        }
                        Err(error) => state.failure = Some(error),
                    }
                }
                PhotoTask::Encode(at, job) => {
                    let made = self.encode_job(at, &job);
                    drop(job);
                    self.lock_state().record_encoded(at, made);
                }
            }
            self.changed.notify_all();
        }
    }

    /// What is to be done; nothing when everything is.
    fn next_task(&self) -> Option<PhotoTask> {
        let mut state = self.lock_state();
        loop {
            if state.failure.is_some() {
                return None;
            }
            if let Some((at, job)) = state.jobs.pop_front() {
                return Some(PhotoTask::Encode(at, job));
            }
            if state.next < self.photos.len() {
                state.next += 1;
                state.decoding += 1;
                return Some(PhotoTask::Decode(state.next - 1));
            }
            if state.decoding == 0 {
                return None;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn encode_job(&self, at: usize, job: &EncodeJob) -> io::Result<Result<(), UnusablePhoto>> {
        // Whatever pixels a plugin hands over: an encoder that fails on them costs one photo.
        let encoded = catch_unwind(AssertUnwindSafe(|| job.encode_file()));
        let encoded = encoded.map_err(|_| "an encoder failed on it; please report this".to_owned());
        let bytes = match encoded.and_then(|encoded| encoded.map_err(|error| error.to_string())) {
            Ok(bytes) => bytes,
            Err(message) => {
                return Ok(Err(UnusablePhoto { code: "image-not-encoded".into(), message }));
            }
        };
        let name = job.rendition.name(&self.photos[at], &self.service.toolchain_hash);
        self.service.store.store_rendition(name, job.format, &bytes).map(Ok)
    }
}

impl SchedulerState<'_> {
    fn record_encoded(&mut self, at: usize, made: io::Result<Result<(), UnusablePhoto>>) {
        match made {
            Err(error) => self.failure = Some(error),
            Ok(Err(unusable)) => {
                self.unfinished[at] = None;
                self.jobs.retain(|(of, _)| *of != at);
                self.record_outcome(at, Err(unusable), true);
            }
            // Of one that failed meanwhile nothing is open any more.
            Ok(Ok(())) => {
                let Some((_, left)) = &mut self.unfinished[at] else { return };
                *left -= 1;
                if *left == 0
                    && let Some((facts, _)) = self.unfinished[at].take()
                {
                    self.record_outcome(at, Ok(facts), true);
                }
            }
        }
    }

    fn record_outcome(&mut self, at: usize, outcome: PhotoResult, is_lasting: bool) {
        self.outcomes[at] = Some((outcome, is_lasting));
        self.progress.done += 1;
        self.progress.decoded += 1;
        (self.report_progress)(self.progress);
    }
}
