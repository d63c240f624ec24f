//! Manners: how many pictures a host is asked for at a time, and how soon after the last.

use std::collections::{HashMap, HashSet};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Who asks which host. Threads wait here for their turn.
#[derive(Debug, Default)]
pub(super) struct Turns {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    hosts: HashMap<String, Host>,
    /// URLs that are being fetched: their unfinished files are somebody's.
    urls: HashSet<String>,
}

#[derive(Debug, Default)]
struct Host {
    asked: usize,
    /// Before this it is not asked again.
    next: Option<Instant>,
}

/// The right to ask a host once; given back when dropped.
#[derive(Debug)]
pub(super) struct Turn<'a> {
    turns: &'a Turns,
    host: String,
}

/// The right to a URL's unfinished file; given back when dropped.
#[derive(Debug)]
pub(super) struct Sole<'a> {
    turns: &'a Turns,
    url: String,
}

impl Turns {
    /// Waits until the host may be asked. `Err` is how much longer it wants to be left alone than is waited.
    pub(super) fn take(
        &self,
        host: &str,
        at_once: usize,
        pause: Duration,
        longest: Duration,
    ) -> Result<Turn<'_>, Duration> {
        let mut state = self.lock();
        loop {
            let now = Instant::now();
            let entry = state.hosts.entry(host.to_owned()).or_default();
            let wait =
                entry.next.map_or(Duration::ZERO, |next| next.saturating_duration_since(now));
            if wait > longest {
                return Err(wait);
            }
            if entry.asked >= at_once.max(1) {
                state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
            } else if wait.is_zero() {
                entry.asked += 1;
                entry.next = Some(now + pause);
                return Ok(Turn { turns: self, host: host.to_owned() });
            } else {
                state = self
                    .changed
                    .wait_timeout(state, wait)
                    .unwrap_or_else(PoisonError::into_inner)
                    .0;
            }
        }
    }

    /// Leaves a host alone for so long.
    pub(super) fn hold(&self, host: &str, wait: Duration) {
        let mut state = self.lock();
        let entry = state.hosts.entry(host.to_owned()).or_default();
        let until = Instant::now() + wait;
        entry.next = Some(entry.next.map_or(until, |next| next.max(until)));
        drop(state);
        self.changed.notify_all();
    }

    /// Waits until nobody else fetches this URL.
    pub(super) fn alone(&self, url: &str) -> Sole<'_> {
        let mut state = self.lock();
        while !state.urls.insert(url.to_owned()) {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        Sole { turns: self, url: url.to_owned() }
    }

    /// Every change is one assignment, so a thread that panicked left nothing half done.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        if let Some(host) = self.turns.lock().hosts.get_mut(&self.host) {
            host.asked -= 1;
        }
        self.turns.changed.notify_all();
    }
}

impl Drop for Sole<'_> {
    fn drop(&mut self) {
        self.turns.lock().urls.remove(&self.url);
        self.turns.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;

    use super::*;

    const LONG: Duration = Duration::from_secs(60);

    #[test]
    fn a_host_is_asked_by_so_many_and_others_do_not_wait_for_it() {
        let turns = Turns::default();
        let (now, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let _turn = turns.take("a", 2, Duration::ZERO, LONG).unwrap();
                    most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    thread::sleep(Duration::from_millis(10));
                    now.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        assert_eq!(most.into_inner(), 2);
        let _a = turns.take("a", 1, Duration::ZERO, LONG).unwrap();
        let _b = turns.take("b", 1, Duration::ZERO, LONG).unwrap();
    }

    #[test]
    fn a_host_has_its_pause() {
        let turns = Turns::default();
        let began = Instant::now();
        for _ in 0..3 {
            drop(turns.take("a", 2, Duration::from_millis(30), LONG).unwrap());
        }
        assert!(began.elapsed() >= Duration::from_millis(60), "{:?}", began.elapsed());
    }

    #[test]
    fn a_host_that_wants_long_to_be_left_alone_is_given_up() {
        let turns = Turns::default();
        turns.hold("a", Duration::from_secs(500));
        turns.hold("a", Duration::from_millis(1));
        assert!(turns.take("a", 2, Duration::ZERO, LONG).unwrap_err() > Duration::from_secs(400));
        turns.hold("b", Duration::from_millis(20));
        let began = Instant::now();
        drop(turns.take("b", 2, Duration::ZERO, LONG).unwrap());
        assert!(began.elapsed() >= Duration::from_millis(19));
    }

    #[test]
    fn a_url_is_fetched_by_one_at_a_time() {
        let turns = Turns::default();
        let sole = turns.alone("a");
        let _other = turns.alone("b");
        thread::scope(|scope| {
            let second = scope.spawn(|| drop(turns.alone("a")));
            thread::sleep(Duration::from_millis(20));
            assert!(!second.is_finished());
            drop(sole);
        });
    }
}
