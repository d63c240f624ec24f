//! On what terms pictures are fetched: from where, how large, how long, how politely.

use std::time::Duration;

use rikaste_model::shop::{AllowedHost, RemotePhotoSettings};
use url::Url;

/// What the operator allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FetchPolicy {
    /// Where pictures may come from; nowhere by default.
    pub hosts: Vec<AllowedHost>,
    /// The most bytes of one picture.
    pub max_bytes: u64,
    /// How long finding and reaching a host may take.
    pub connect_timeout: Duration,
    /// How long one attempt at a picture may take, through all the addresses it is sent on to.
    pub attempt_timeout: Duration,
    /// How many times a picture may be elsewhere.
    pub max_redirects: usize,
    /// How many pictures one host is asked for at the same time.
    pub max_parallel: usize,
    /// How long a host is left alone between two questions.
    pub pause: Duration,
    /// How long a host that says when to ask again is waited for; for longer, it is given up for now.
    pub max_wait: Duration,
}

impl Default for FetchPolicy {
    fn default() -> Self {
        Self {
            hosts: Vec::new(),
            max_bytes: 64 * 1024 * 1024,
            connect_timeout: Duration::from_secs(10),
            attempt_timeout: Duration::from_secs(60),
            max_redirects: 5,
            // What a browser of good manners would open, and a third of what it may.
            max_parallel: 2,
            pause: Duration::from_millis(50),
            max_wait: Duration::from_secs(30),
        }
    }
}

impl FetchPolicy {
    /// The usual ones, with what a shop says.
    #[must_use]
    pub fn from_settings(pictures: &RemotePhotoSettings) -> Self {
        Self {
            hosts: pictures.hosts.clone(),
            max_bytes: u64::from(pictures.megabytes) * 1_000_000,
            ..Self::default()
        }
    }

    /// The operator's entry for this host and port, if any.
    #[must_use]
    pub fn find_host(&self, url: &Url) -> Option<&AllowedHost> {
        AllowedHost::find_for_url(&self.hosts, url)
    }
}
