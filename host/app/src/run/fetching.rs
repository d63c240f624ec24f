//! Pictures that products name by URL are fetched beside the line, while the shop runs.
//!
//! One thread sees which are due and hands them to a few that fetch. What came goes to the line in batches,
//! which keeps when to ask again; until it has, a URL is under way and nobody asks for it.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use crossbeam_channel::{Receiver, Sender, unbounded};
use rikaste_model::moment::Moment;
use rikaste_model::shop::Pictures;
use rikaste_model::words::Message;
use rikaste_store::{Picture, Reader, Store, StoreError};

use super::{RETRY, Station, Wake};
use rikaste_fetch::{Answer, FetchError, Fetcher, Terms};
use rikaste_pipeline::{Attempt, Drop, Occasion};

/// How many pictures are fetched at the same time, of all hosts together.
const AT_ONCE: usize = 8;
/// How many are under way: what came lies on the disk until the line has it.
const UNDER_WAY: usize = 128;
/// How many go to the line together.
const BATCH: usize = 32;
/// How long the first of a batch waits for others.
const GATHER: Duration = Duration::from_secs(2);
/// The longest sleep.
const SLEEP: Duration = Duration::from_secs(60);
/// What lies unfinished for longer is not gone on with.
const STALE: Duration = Duration::from_secs(7 * DAY.unsigned_abs());

const MINUTE: i64 = 60;
const DAY: i64 = 24 * 60 * MINUTE;

/// The threads that fetch pictures. They end with the last handle, or with the program.
pub(super) struct Fetching(Sender<Vec<String>>);

/// What came of asking for some pictures.
pub(super) struct Batch {
    /// What the line is to take, if there is anything to show or tell.
    pub(super) drop: Option<Drop>,
    /// What is known of the others now.
    pub(super) pictures: Vec<Picture>,
    /// URLs that no product names any more.
    pub(super) unused: Vec<String>,
}

/// What came of one picture.
enum Done {
    Asked { picture: Picture, attempt: Option<Result<PathBuf, Message>> },
    Unused(String),
}

/// A picture that is to be asked for.
struct Job {
    picture: Picture,
    /// Whether the version that is known is still there.
    is_there: bool,
}

impl Fetching {
    /// Starts the threads, if pictures may be fetched from anywhere.
    pub(super) fn start(
        pictures: &Pictures,
        store: &Store,
        folder: &Path,
        wake: Sender<Wake>,
    ) -> std::io::Result<Option<Self>> {
        if pictures.hosts.is_empty() {
            return Ok(None);
        }
        let reader = store.reader().map_err(std::io::Error::other)?;
        let (kept, keeps) = unbounded();
        let (jobs, to_do) = unbounded::<Job>();
        let (tell, done) = unbounded();
        let fetcher = Arc::new(Fetcher::new(Terms::of_shop(pictures)));
        let again = i64::from(pictures.days.max(1)) * DAY;
        clear(folder);
        for _ in 0..AT_ONCE {
            let (fetcher, folder) = (Arc::clone(&fetcher), folder.to_owned());
            let (to_do, tell) = (to_do.clone(), tell.clone());
            std::thread::Builder::new().name("fetching".to_owned()).spawn(move || {
                for job in to_do {
                    if tell.send(job.ask(&fetcher, &folder, again)).is_err() {
                        return;
                    }
                }
            })?;
        }
        let desk = Desk {
            reader,
            jobs,
            done,
            keeps,
            wake,
            under_way: HashSet::new(),
            ready: Vec::new(),
            since: Instant::now(),
        };
        std::thread::Builder::new().name("pictures".to_owned()).spawn(move || desk.work())?;
        Ok(Some(Self(kept)))
    }

    /// What is known of these is in the store; and there may be others to fetch now.
    pub(super) fn kept(&self, urls: Vec<String>) {
        // The thread ends only when nobody is there to tell it anything.
        let _ = self.0.send(urls);
    }
}

impl Station {
    /// Keeps what is known of pictures, and has those developed that came.
    pub(super) fn take_fetched(&mut self, batch: Batch) {
        let nothing = batch.pictures.is_empty() && batch.unused.is_empty();
        if !nothing && let Err(error) = self.line.keep_pictures(&batch.pictures, &batch.unused) {
            // Until it is known when to ask again, nobody is asked.
            tracing::error!("pictures wait: {error}; tried again in {} s", RETRY.as_secs());
            self.unkept.push((Instant::now() + RETRY, batch));
            return;
        }
        if let Some(fetching) = &self.fetching {
            fetching.kept(batch.urls());
        }
        match batch.drop {
            Some(drop) if drop.photos().next().is_some() => {
                self.developing.take(self.line.studio().clone(), drop);
            }
            Some(drop) => self.take_on(Occasion::Arrived, drop),
            None => {}
        }
    }
}

impl Batch {
    /// Whose they are.
    pub(super) fn urls(&self) -> Vec<String> {
        let asked = self.pictures.iter().map(|picture| picture.url.clone());
        asked.chain(self.unused.iter().cloned()).collect()
    }
}

/// The thread that sees what is due.
struct Desk {
    reader: Reader,
    jobs: Sender<Job>,
    done: Receiver<Done>,
    keeps: Receiver<Vec<String>>,
    wake: Sender<Wake>,
    under_way: HashSet<String>,
    ready: Vec<Done>,
    /// When the first of those that are ready came.
    since: Instant,
}

impl Desk {
    fn work(mut self) {
        loop {
            if let Err(error) = self.hand_out() {
                tracing::error!("pictures wait: {error}");
            }
            crossbeam_channel::select! {
                recv(self.done) -> done => self.take(done),
                recv(self.keeps) -> kept => match kept {
                    Ok(urls) => urls.iter().for_each(|url| { self.under_way.remove(url); }),
                    Err(_) => return,
                },
                default(self.sleep()) => {}
            }
            while let Ok(done) = self.done.try_recv() {
                self.take(Ok(done));
            }
            let is_time = self.since.elapsed() >= GATHER || self.ready.len() >= BATCH;
            let is_all = self.ready.len() == self.under_way.len();
            if !self.ready.is_empty()
                && (is_time || is_all)
                && self.wake.send(Wake::Fetched(batch(std::mem::take(&mut self.ready)))).is_err()
            {
                return;
            }
        }
    }

    fn take(&mut self, done: Result<Done, crossbeam_channel::RecvError>) {
        let Ok(done) = done else { return };
        if self.ready.is_empty() {
            self.since = Instant::now();
        }
        self.ready.push(done);
    }

    /// Until something is to be done although nothing came.
    fn sleep(&self) -> Duration {
        if !self.ready.is_empty() {
            return GATHER.saturating_sub(self.since.elapsed());
        }
        if !self.under_way.is_empty() {
            return SLEEP;
        }
        let next = self.reader.next_picture().ok().flatten();
        let seconds = next.map_or(i64::MAX, |next| next.0 - Moment::now().0);
        Duration::from_secs(seconds.max(1).unsigned_abs()).min(SLEEP)
    }

    fn hand_out(&mut self) -> Result<(), StoreError> {
        // Some of those that are due are under way already.
        let limit = if self.under_way.len() < UNDER_WAY { UNDER_WAY * 2 } else { 0 };
        for picture in self.reader.pictures_due(Moment::now(), limit as u32)? {
            if self.under_way.len() >= UNDER_WAY {
                break;
            }
            if !self.under_way.insert(picture.url.clone()) {
                continue;
            }
            if self.reader.asset_users(&picture.url)?.is_empty() {
                self.take(Ok(Done::Unused(picture.url)));
                continue;
            }
            let is_there = self.reader.asset(&picture.url)?.is_some();
            // The threads end with this one.
            let _ = self.jobs.send(Job { picture, is_there });
        }
        Ok(())
    }
}

fn batch(ready: Vec<Done>) -> Batch {
    let (mut pictures, mut unused, mut attempts) = (Vec::new(), Vec::new(), Vec::new());
    for done in ready {
        match done {
            Done::Asked { picture, attempt } => {
                // What came has to be seen first: it would not be asked for again for days.
                match attempt {
                    Some(file) => attempts.push(Attempt { picture, file }),
                    None => pictures.push(picture),
                }
            }
            Done::Unused(url) => unused.push(url),
        }
    }
    let drop = (!attempts.is_empty()).then(|| Drop::of_pictures(attempts));
    Batch { drop, pictures, unused }
}

impl Job {
    fn ask(self, fetcher: &Fetcher, folder: &Path, again: i64) -> Done {
        let Self { picture: known, is_there } = self;
        let version = known.version.as_ref().filter(|_| is_there);
        let answer = fetcher.fetch(&known.url, version, folder);
        let url = || known.url.clone();
        let now = Moment::now();
        let had = |version| Picture { version, ..Picture::new(url(), Moment(now.0 + again)) };
        let (picture, file) = match answer {
            Ok(Answer::Unchanged) => (had(known.version.clone()), None),
            Ok(Answer::New(new)) => (had(Some(new.version)), Some(Ok(new.file))),
            Err(error) => {
                let why = Message::from(error.words());
                let told = is_news(&known, &error, &why).then(|| Err(why.clone()));
                let picture = Picture {
                    ask_at: Moment(now.0 + wait(&error, known.failures)),
                    failures: known.failures.saturating_add(1),
                    why: Some(why),
                    ..known.clone()
                };
                (picture, told)
            }
        };
        Done::Asked { picture, attempt: file }
    }
}

/// Whether anybody should hear of it: not of what passes by itself in a minute, and of nothing twice.
fn is_news(known: &Picture, error: &FetchError, why: &Message) -> bool {
    match error.may_pass() {
        true => known.failures == 1,
        // What an older program wrote down is only the text.
        false => known.why.as_ref().map(ToString::to_string) != Some(why.to_string()),
    }
}

/// After how many seconds it is tried again: soon at first if it may pass by itself, else once a day.
fn wait(error: &FetchError, failures: u32) -> i64 {
    let soon = if error.may_pass() { MINUTE } else { DAY };
    let asked_for = match error {
        FetchError::Busy { wait, .. } => i64::try_from(wait.as_secs()).unwrap_or(DAY),
        _ => 0,
    };
    soon.saturating_mul(5_i64.saturating_pow(failures)).max(asked_for).min(DAY)
}

/// Removes what an earlier run fetched and the line did not get to see, and what nobody went on with.
fn clear(folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let is_whole = entry.path().extension().is_some_and(|end| end == "whole");
        let modified = entry.metadata().and_then(|metadata| metadata.modified());
        let age = modified.map(|at| SystemTime::now().duration_since(at).unwrap_or_default());
        if is_whole || age.is_ok_and(|age| age > STALE) {
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
        let asked =
            |url: &str, attempt| Done::Asked { picture: Picture::new(url, Moment(7)), attempt };
        let ready = vec![
            asked("https://a.test/new", Some(Ok(PathBuf::from("new")))),
            asked("https://a.test/same", None),
            asked("https://a.test/gone", Some(Err("gone".into()))),
            Done::Unused("https://a.test/unused".to_owned()),
        ];
        let Batch { drop, pictures, unused } = batch(ready);
        assert_eq!(pictures, [Picture::new("https://a.test/same", Moment(7))]);
        assert_eq!(unused, ["https://a.test/unused"]);
        let waiting = drop.expect("there is something to take").pictures;
        let urls: Vec<_> = waiting.iter().map(|one| one.picture.url.as_str()).collect();
        assert_eq!(urls, ["https://a.test/new", "https://a.test/gone"]);
    }

    #[test]
    fn what_may_pass_is_tried_soon_and_told_when_it_does_not() {
        let away = FetchError::Unreachable { host: "a.test".into(), reason: "no".into() };
        let gone = FetchError::NotFound { url: "https://a.test/x".into(), status: 404 };
        let busy = FetchError::Busy { host: "a.test".into(), wait: Duration::from_secs(600) };
        assert_eq!([0, 1, 2, 3, 9].map(|times| wait(&away, times)), [60, 300, 1500, 7500, DAY]);
        assert_eq!([0, 1].map(|times| wait(&gone, times)), [DAY, DAY]);
        assert_eq!([0, 3].map(|times| wait(&busy, times)), [600, 7500]);

        let known = |failures, why: &str| Picture {
            failures,
            why: Some(why.into()),
            ..Picture::new("https://a.test/x", Moment(0))
        };
        let new = Picture::new("https://a.test/x", Moment(0));
        assert!(!is_news(&new, &away, &"away".into()));
        assert!(is_news(&known(1, "away"), &away, &"away".into()));
        assert!(!is_news(&known(2, "away"), &away, &"away for longer".into()));
        assert!(is_news(&new, &gone, &"gone".into()));
        assert!(is_news(&known(3, "away"), &gone, &"gone".into()));
        assert!(!is_news(&known(1, "gone"), &gone, &"gone".into()));
    }
}
