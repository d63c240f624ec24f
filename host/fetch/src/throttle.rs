//! Request limits per host: how many requests run at once, and how long after the last one the next may start.

use std::collections::{HashMap, HashSet};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The requests that run, by host and URL. Threads wait here until theirs may start.
#[derive(Debug, Default)]
pub(super) struct HostThrottle {
    state: Mutex<ThrottleState>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct ThrottleState {
    hosts: HashMap<String, HostState>,
    /// URLs that are being fetched. One thread owns the unfinished file of each.
    urls: HashSet<String>,
}

#[derive(Debug, Default)]
struct HostState {
    /// Requests that run now.
    running: usize,
    /// The earliest start of the next request; `None` before the first.
    next: Option<Instant>,
}

/// What a host's limits say to one more request.
#[derive(Debug, PartialEq, Eq)]
enum Admission {
    /// It may start, and is counted as running.
    Granted,
    /// As many requests run as are allowed.
    Full,
    /// It may start after this time.
    Early(Duration),
    /// It may start after this time, which is longer than the caller waits.
    TooEarly(Duration),
}

/// Permission for one request to a host; dropping it ends the request.
#[derive(Debug)]
pub(super) struct HostPermit<'a> {
    throttle: &'a HostThrottle,
    host: String,
}

/// Ownership of a URL's unfinished file; dropping it releases the file.
#[derive(Debug)]
pub(super) struct UrlLock<'a> {
    throttle: &'a HostThrottle,
    url: String,
}

impl HostThrottle {
    /// Waits until a request to the host may start: at most `at_once` run, and each starts `pause` after the one before.
    ///
    /// # Errors
    /// How long the host must be left alone, when that is longer than `longest`.
    pub(super) fn acquire_permit(
        &self,
        host: &str,
        at_once: usize,
        pause: Duration,
        longest: Duration,
    ) -> Result<HostPermit<'_>, Duration> {
        let mut state = self.lock_state();
        loop {
            match state.host(host).admit_request(at_once, pause, longest, Instant::now()) {
                Admission::Granted => {
                    return Ok(HostPermit { throttle: self, host: host.to_owned() });
                }
                Admission::TooEarly(wait) => return Err(wait),
                Admission::Full => {
                    state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
                }
                Admission::Early(wait) => {
                    let waited = self.changed.wait_timeout(state, wait);
                    state = waited.unwrap_or_else(PoisonError::into_inner).0;
                }
            }
        }
    }

    /// Starts no request to the host for so long.
    pub(super) fn delay_host(&self, host: &str, wait: Duration) {
        self.lock_state().host(host).delay_until(Instant::now() + wait);
        self.changed.notify_all();
    }

    /// Waits until no other thread fetches this URL.
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

impl ThrottleState {
    fn host(&mut self, host: &str) -> &mut HostState {
        self.hosts.entry(host.to_owned()).or_default()
    }
}

impl HostState {
    fn admit_request(
        &mut self,
        at_once: usize,
        pause: Duration,
        longest: Duration,
        now: Instant,
    ) -> Admission {
        let wait = self.next.map_or(Duration::ZERO, |next| next.saturating_duration_since(now));
        if wait > longest {
            Admission::TooEarly(wait)
        } else if self.running >= at_once.max(1) {
            Admission::Full
        } else if !wait.is_zero() {
            Admission::Early(wait)
        } else {
            self.running += 1;
            self.next = Some(now + pause);
            Admission::Granted
        }
    }

    fn delay_until(&mut self, until: Instant) {
        self.next = Some(self.next.map_or(until, |next| next.max(until)));
    }
}

impl Drop for HostPermit<'_> {
    fn drop(&mut self) {
        if let Some(host) = self.throttle.lock_state().hosts.get_mut(&self.host) {
            host.running -= 1;
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
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::thread;

    use super::*;

    const LONG: Duration = Duration::from_secs(60);
    const PAUSE: Duration = Duration::from_millis(30);

    #[test]
    fn so_many_requests_run_at_once() {
        let (mut host, now) = (HostState::default(), Instant::now());
        let admit = |host: &mut HostState| host.admit_request(2, Duration::ZERO, LONG, now);
        assert_eq!(admit(&mut host), Admission::Granted);
        assert_eq!(admit(&mut host), Admission::Granted);
        assert_eq!(admit(&mut host), Admission::Full);
        host.running -= 1;
        assert_eq!(admit(&mut host), Admission::Granted);
    }

    #[test]
    fn requests_start_a_pause_apart() {
        let (mut host, start) = (HostState::default(), Instant::now());
        let mut admit = |after| host.admit_request(9, PAUSE, LONG, start + after);
        assert_eq!(admit(Duration::ZERO), Admission::Granted);
        assert_eq!(admit(PAUSE / 3), Admission::Early(PAUSE / 3 * 2));
        assert_eq!(admit(PAUSE), Admission::Granted);
        assert_eq!(admit(PAUSE), Admission::Early(PAUSE));
    }

    #[test]
    fn a_host_is_given_up_only_when_its_delay_is_too_long() {
        let (mut host, start) = (HostState::default(), Instant::now());
        host.delay_until(start + LONG * 2);
        host.delay_until(start + PAUSE);
        let mut admit = |after| host.admit_request(2, PAUSE, LONG, start + after);
        assert_eq!(admit(Duration::ZERO), Admission::TooEarly(LONG * 2));
        assert_eq!(admit(LONG), Admission::Early(LONG));
        assert_eq!(admit(LONG * 2), Admission::Granted);
    }

    #[test]
    fn permits_are_given_back_and_other_hosts_do_not_wait() {
        let throttle = HostThrottle::default();
        let acquire = |host| throttle.acquire_permit(host, 1, Duration::ZERO, LONG).unwrap();
        let first = acquire("a");
        let _other = acquire("b");
        let is_released = AtomicBool::new(false);
        thread::scope(|scope| {
            scope.spawn(|| {
                let _second = acquire("a");
                assert!(is_released.load(Ordering::SeqCst));
            });
            is_released.store(true, Ordering::SeqCst);
            drop(first);
        });
        assert_eq!(throttle.lock_state().host("a").running, 0);
    }

    #[test]
    fn delays_reach_the_threads_that_ask() {
        let throttle = HostThrottle::default();
        throttle.delay_host("a", LONG * 2);
        let refused = throttle.acquire_permit("a", 2, PAUSE, LONG).unwrap_err();
        assert!(refused > LONG && refused <= LONG * 2, "{refused:?}");
        throttle.delay_host("b", PAUSE);
        let start = Instant::now();
        drop(throttle.acquire_permit("b", 2, PAUSE, LONG).unwrap());
        assert!(throttle.lock_state().host("b").next.unwrap() >= start + PAUSE);
    }

    #[test]
    fn a_url_has_one_owner() {
        let throttle = HostThrottle::default();
        let owner = throttle.lock_url("a");
        let _other = throttle.lock_url("b");
        let is_released = AtomicBool::new(false);
        thread::scope(|scope| {
            scope.spawn(|| {
                let _second = throttle.lock_url("a");
                assert!(is_released.load(Ordering::SeqCst));
            });
            is_released.store(true, Ordering::SeqCst);
            drop(owner);
        });
        assert!(!throttle.lock_state().urls.contains("a"));
    }
}
