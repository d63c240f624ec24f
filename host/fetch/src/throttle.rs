//! Manners: how many pictures a host is asked for at a time, and how soon after the last.

use std::collections::{HashMap, HashSet};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Who asks which host. Threads wait here for their turn.
#[derive(Debug, Default)]
pub(super) struct HostThrottle {
    state: Mutex<ThrottleState>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct ThrottleState {
    hosts: HashMap<String, HostState>,
    /// URLs that are being fetched: their unfinished files are somebody's.
    urls: HashSet<String>,
}

#[derive(Debug, Default)]
struct HostState {
    asked: usize,
    /// Before this it is not asked again.
    next: Option<Instant>,
}

/// The right to ask a host once; given back when dropped.
#[derive(Debug)]
pub(super) struct HostPermit<'a> {
    throttle: &'a HostThrottle,
    host: String,
}

/// The right to a URL's unfinished file; given back when dropped.
#[derive(Debug)]
pub(super) struct UrlLock<'a> {
    throttle: &'a HostThrottle,
    url: String,
}

impl HostThrottle {
    /// Waits until the host may be asked. `Err` is how much longer it wants to be left alone than is waited.
    pub(super) fn acquire_permit(
        &self,
        host: &str,
        at_once: usize,
        pause: Duration,
        longest: Duration,
    ) -> Result<HostPermit<'_>, Duration> {
        let mut state = self.lock_state();
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
                return Ok(HostPermit { throttle: self, host: host.to_owned() });
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
    pub(super) fn delay_host(&self, host: &str, wait: Duration) {
        let mut state = self.lock_state();
        let entry = state.hosts.entry(host.to_owned()).or_default();
        let until = Instant::now() + wait;
        entry.next = Some(entry.next.map_or(until, |next| next.max(until)));
        drop(state);
        self.changed.notify_all();
    }

    /// Waits until nobody else fetches this URL.
    pub(super) fn lock_url(&self, url: &str) -> UrlLock<'_> {
        let mut state = self.lock_state();
        while !state.urls.insert(url.to_owned()) {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        UrlLock { throttle: self, url: url.to_owned() }
    }

    /// Every change is one assignment, so a thread that panicked left nothing half done.
    fn lock_state(&self) -> MutexGuard<'_, ThrottleState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for HostPermit<'_> {
    fn drop(&mut self) {
        if let Some(host) = self.throttle.lock_state().hosts.get_mut(&self.host) {
            host.asked -= 1;
        }
        self.throttle.changed.notify_all();
    }
}

impl Drop for UrlLock<'_> {
    fn drop(&mut self) {
        self.throttle.lock_state().urls.remove(&self.url);
        self.throttle.changed.notify_all();
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
        let turns = HostThrottle::default();
        let (now, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let _turn = turns.acquire_permit("a", 2, Duration::ZERO, LONG).unwrap();
                    most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    thread::sleep(Duration::from_millis(10));
                    now.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        assert_eq!(most.into_inner(), 2);
        let _a = turns.acquire_permit("a", 1, Duration::ZERO, LONG).unwrap();
        let _b = turns.acquire_permit("b", 1, Duration::ZERO, LONG).unwrap();
    }

    #[test]
    fn a_host_has_its_pause() {
        let turns = HostThrottle::default();
        let began = Instant::now();
        for _ in 0..3 {
            drop(turns.acquire_permit("a", 2, Duration::from_millis(30), LONG).unwrap());
        }
        assert!(began.elapsed() >= Duration::from_millis(60), "{:?}", began.elapsed());
    }

    #[test]
    fn a_host_that_wants_long_to_be_left_alone_is_given_up() {
        let turns = HostThrottle::default();
        turns.delay_host("a", Duration::from_secs(500));
        turns.delay_host("a", Duration::from_millis(1));
        assert!(
            turns.acquire_permit("a", 2, Duration::ZERO, LONG).unwrap_err()
                > Duration::from_secs(400)
        );
        turns.delay_host("b", Duration::from_millis(20));
        let began = Instant::now();
        drop(turns.acquire_permit("b", 2, Duration::ZERO, LONG).unwrap());
        assert!(began.elapsed() >= Duration::from_millis(19));
    }

    #[test]
    fn a_url_is_fetched_by_one_at_a_time() {
        let turns = HostThrottle::default();
        let sole = turns.lock_url("a");
        let _other = turns.lock_url("b");
        thread::scope(|scope| {
            let second = scope.spawn(|| drop(turns.lock_url("a")));
            thread::sleep(Duration::from_millis(20));
            assert!(!second.is_finished());
            drop(sole);
        });
    }
}
