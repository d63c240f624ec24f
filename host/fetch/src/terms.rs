//! On what terms pictures are fetched: from where, how large, how long, how politely.

use std::time::Duration;

use rikaste_model::shop::{AllowedHost, Pictures};
use url::Url;

/// What the operator allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// Where pictures may come from; nowhere by default.
    pub hosts: Vec<AllowedHost>,
    /// The most bytes of one picture.
    pub most_bytes: u64,
    /// How long finding and reaching a host may take.
    pub connect: Duration,
    /// How long one attempt at a picture may take, through all the addresses it is sent on to.
    pub whole: Duration,
    /// How many times a picture may be elsewhere.
    pub redirects: usize,
    /// How many pictures one host is asked for at the same time.
    pub at_once: usize,
    /// How long a host is left alone between two questions.
    pub pause: Duration,
    /// How long a host that says when to ask again is waited for; for longer, it is given up for now.
    pub longest_wait: Duration,
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            hosts: Vec::new(),
            most_bytes: 64 * 1024 * 1024,
            connect: Duration::from_secs(10),
            whole: Duration::from_secs(60),
            redirects: 5,
            // What a browser of good manners would open, and a third of what it may.
            at_once: 2,
            pause: Duration::from_millis(50),
            longest_wait: Duration::from_secs(30),
        }
    }
}

impl Terms {
    /// The usual ones, with what a shop says.
    #[must_use]
    pub fn of_shop(pictures: &Pictures) -> Self {
        Self {
            hosts: pictures.hosts.clone(),
            most_bytes: u64::from(pictures.megabytes) * 1_000_000,
            ..Self::default()
        }
    }

    /// What the operator said of this host and port, if anything.
    #[must_use]
    pub fn of(&self, url: &Url) -> Option<&AllowedHost> {
        AllowedHost::of(&self.hosts, url)
    }
}
