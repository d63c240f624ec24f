//! Photos on all cores: whoever is free encodes what was decoded, and decodes when nothing is left to
//! encode. So as many photos lie decoded as there are threads, and no core waits for the last one.

use std::collections::{HashMap, VecDeque};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use rikaste_model::picture::Facts;
use rikaste_model::product::Hash;

use super::desk::{Desk, Exposed, Job};
use super::{Developed, Developing, Studio, Unusable};

/// Photos that are done before the disk is asked to have them.
const CHUNK: usize = 64;

/// Threads, however many cores there are: each may hold a decoded photo of some hundred megabytes.
const THREADS: usize = 8;

pub(super) fn develop(
    studio: &Studio,
    photos: &[Hash],
    tell: &mut (dyn FnMut(Developing) + Send),
) -> io::Result<Vec<Developed>> {
    // The same bytes may come under several names.
    let mut distinct: Vec<Hash> = Vec::with_capacity(photos.len());
    let mut places: HashMap<Hash, usize> = HashMap::with_capacity(photos.len());
    for photo in photos {
        places.entry(*photo).or_insert_with(|| {
            distinct.push(*photo);
            distinct.len() - 1
        });
    }
    let mut developed: Vec<Option<Developed>> =
        distinct.iter().map(|photo| studio.known(photo)).collect();
    let mut far = Developing { done: developed.iter().flatten().count(), decoded: 0 };
    tell(far);
    let unknown: Vec<usize> = (0..distinct.len()).filter(|at| developed[*at].is_none()).collect();
    for chunk in unknown.chunks(CHUNK) {
        let hashes: Vec<Hash> = chunk.iter().map(|at| distinct[*at]).collect();
        let outcomes = Floor::open(studio, &hashes, far, tell).run()?;
        studio.shelf.settle()?;
        for (photo, (outcome, is_lasting)) in hashes.iter().zip(&outcomes) {
            if *is_lasting {
                let kept = outcome.as_ref().map(|facts| Facts::clone(facts)).map_err(Clone::clone);
                studio.shelf.put_facts(photo, &studio.maker, &kept)?;
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
struct Floor<'a> {
    studio: &'a Studio,
    photos: &'a [Hash],
    state: Mutex<State<'a>>,
    news: Condvar,
}

struct State<'a> {
    next: usize,
    /// What is to be encoded: of which photo, and what.
    jobs: VecDeque<(usize, Job)>,
    /// Of each photo that was decoded, its facts and how much of it is left to encode.
    open: Vec<Option<(Arc<Facts>, usize)>>,
    outcomes: Vec<Option<(Developed, bool)>>,
    /// Photos that are being decoded.
    decoding: usize,
    failure: Option<io::Error>,
    far: Developing,
    tell: &'a mut (dyn FnMut(Developing) + Send),
}

/// What a thread is to do next.
enum Turn {
    Decode(usize),
    Encode(usize, Job),
}

impl<'a> Floor<'a> {
    fn open(
        studio: &'a Studio,
        photos: &'a [Hash],
        far: Developing,
        tell: &'a mut (dyn FnMut(Developing) + Send),
    ) -> Self {
        let state = State {
            next: 0,
            jobs: VecDeque::new(),
            open: photos.iter().map(|_| None).collect(),
            outcomes: photos.iter().map(|_| None).collect(),
            decoding: 0,
            failure: None,
            far,
            tell,
        };
        Self { studio, photos, state: Mutex::new(state), news: Condvar::new() }
    }

    fn run(self) -> io::Result<Vec<(Developed, bool)>> {
        let cores = thread::available_parallelism().map_or(2, std::num::NonZero::get);
        thread::scope(|scope| {
            for _ in 0..cores.min(THREADS) {
                scope.spawn(|| self.serve());
            }
        });
        let state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let Some(failure) = state.failure {
            return Err(failure);
        }
        let outcomes = state.outcomes.into_iter();
        Ok(outcomes.map(|outcome| outcome.expect("no thread ends before all are done")).collect())
    }

    fn lock(&self) -> MutexGuard<'_, State<'a>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn serve(&self) {
        let mut desk = Desk::new(self.studio);
        while let Some(turn) = self.turn() {
            match turn {
                Turn::Decode(at) => {
                    let exposed = desk.expose(&self.photos[at]);
                    let mut state = self.lock();
                    state.decoding -= 1;
                    match exposed {
                        Ok(Ok(Exposed { facts, jobs })) if jobs.is_empty() => {
                            state.done(at, Ok(facts), true);
                        }
                        Ok(Ok(Exposed { facts, jobs })) => {
                            state.open[at] = Some((facts, jobs.len()));
                            state.jobs.extend(jobs.into_iter().map(|job| (at, job)));
                        }
                        Ok(Err(failed)) => state.done(at, Err(failed.unusable), failed.is_lasting),
                        Err(error) => state.failure = Some(error),
                    }
                }
                Turn::Encode(at, job) => {
                    let made = self.encode(at, &job);
                    drop(job);
                    self.lock().encoded(at, made);
                }
            }
            self.news.notify_all();
        }
    }

    /// What is to be done; nothing when everything is.
    fn turn(&self) -> Option<Turn> {
        let mut state = self.lock();
        loop {
            if state.failure.is_some() {
                return None;
            }
            if let Some((at, job)) = state.jobs.pop_front() {
                return Some(Turn::Encode(at, job));
            }
            if state.next < self.photos.len() {
                state.next += 1;
                state.decoding += 1;
                return Some(Turn::Decode(state.next - 1));
            }
            if state.decoding == 0 {
                return None;
            }
            state = self.news.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn encode(&self, at: usize, job: &Job) -> io::Result<Result<(), Unusable>> {
        // Whatever pixels a plugin hands over: an encoder that fails on them costs one photo.
        let encoded = catch_unwind(AssertUnwindSafe(|| job.encode()));
        let encoded = encoded.map_err(|_| "an encoder failed on it; please report this".to_owned());
        let bytes = match encoded.and_then(|encoded| encoded.map_err(|error| error.to_string())) {
            Ok(bytes) => bytes,
            Err(message) => {
                return Ok(Err(Unusable { code: "image-not-encoded".into(), message }));
            }
        };
        let name = job.rendition.name(&self.photos[at], &self.studio.maker);
        self.studio.shelf.put(name, job.format, &bytes).map(Ok)
    }
}

impl State<'_> {
    fn encoded(&mut self, at: usize, made: io::Result<Result<(), Unusable>>) {
        match made {
            Err(error) => self.failure = Some(error),
            Ok(Err(unusable)) => {
                self.open[at] = None;
                self.jobs.retain(|(of, _)| *of != at);
                self.done(at, Err(unusable), true);
            }
            // Of one that failed meanwhile nothing is open any more.
            Ok(Ok(())) => {
                let Some((_, left)) = &mut self.open[at] else { return };
                *left -= 1;
                if *left == 0
                    && let Some((facts, _)) = self.open[at].take()
                {
                    self.done(at, Ok(facts), true);
                }
            }
        }
    }

    fn done(&mut self, at: usize, outcome: Developed, is_lasting: bool) {
        self.outcomes[at] = Some((outcome, is_lasting));
        self.far.done += 1;
        self.far.decoded += 1;
        (self.tell)(self.far);
    }
}
