//! Time as the processor counts it: the machine has other things to do, and they are not measured.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// A clock that stands still while another process, or another thread, has the processor.
#[derive(Clone, Copy)]
pub struct Clock(ClockId, Duration);

impl Clock {
    /// Of this thread, from now on.
    pub fn of_thread() -> Self {
        Self(ClockId::ThreadCPUTime, now(ClockId::ThreadCPUTime))
    }

    /// Of all threads of this process, from now on.
    pub fn of_process() -> Self {
        Self(ClockId::ProcessCPUTime, now(ClockId::ProcessCPUTime))
    }

    /// What went by.
    pub fn elapsed(self) -> Duration {
        now(self.0) - self.1
    }
}

fn now(id: ClockId) -> Duration {
    Duration::try_from(clock_gettime(id)).expect("processor time is not negative")
}
