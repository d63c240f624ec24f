//! On what terms pictures are fetched: from where, how large, how long, how politely.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use thiserror::Error;
use url::{Host, Url};

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
    /// What the operator said of this host and port, if anything.
    #[must_use]
    pub fn of(&self, url: &Url) -> Option<&AllowedHost> {
        let host = name(url)?;
        let port = url.port_or_known_default()?;
        let usual = url.port().is_none();
        let of_host = || self.hosts.iter().filter(|allowed| allowed.has(&host));
        // An entry that names the port says more than one that does not.
        of_host()
            .find(|allowed| allowed.port == Some(port))
            .or_else(|| of_host().find(|allowed| allowed.port.is_none() && usual))
    }
}

/// A URL's host as entries name it: lower case, Punycode, without brackets or the root's dot.
pub(super) fn name(url: &Url) -> Option<String> {
    match url.host()? {
        Host::Domain(name) => Some(name.strip_suffix('.').unwrap_or(name).to_owned()),
        Host::Ipv4(address) => Some(address.to_string()),
        Host::Ipv6(address) => Some(address.to_string()),
    }
}

/// A host that pictures may be fetched from: `cdn.example.com`, any host below one (`*.example.com`), or either at a
/// port other than its scheme's (`dam.example.com:8080`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllowedHost {
    name: String,
    below: bool,
    port: Option<u16>,
    private: bool,
}

/// Why an entry names no host.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("“{entry}” names no host that pictures could be fetched from: {reason}")]
pub struct AllowedHostError {
    /// What the operator wrote.
    pub entry: String,
    /// What is wrong with it.
    pub reason: &'static str,
}

impl AllowedHost {
    /// Allows it to be in a private network, as a house's own store of pictures is.
    #[must_use]
    pub fn private(self) -> Self {
        Self { private: true, ..self }
    }

    /// Whether it may be in a private network.
    #[must_use]
    pub fn may_be_private(&self) -> bool {
        self.private
    }

    fn has(&self, host: &str) -> bool {
        if self.below {
            host.strip_suffix(&self.name)
                .is_some_and(|below| below.len() > 1 && below.ends_with('.'))
        } else {
            host == self.name
        }
    }
}

impl FromStr for AllowedHost {
    type Err = AllowedHostError;

    fn from_str(entry: &str) -> Result<Self, Self::Err> {
        let error = |reason| AllowedHostError { entry: entry.to_owned(), reason };
        let (below, rest) = entry.strip_prefix("*.").map_or((false, entry), |rest| (true, rest));
        if rest.contains(['/', '@', '?', '#', '*', '\\']) || rest.contains(char::is_whitespace) {
            return Err(error(
                "write the host alone, as in `cdn.example.com`, `*.example.com` or `dam.example.com:8080`",
            ));
        }
        // Under a scheme of no known port, every port that is written stays.
        let (host, port) = match rest.rsplit_once(':') {
            Some((host, port))
                if !host.is_empty() && !host.contains(':') || rest.contains("]:") =>
            {
                let port = port.parse().map_err(|_| error("what follows the colon is no port"))?;
                (host, Some(port))
            }
            _ => (rest, None),
        };
        let host = Host::parse(host).map_err(|_| error("this is no name of a host"))?;
        let name = match host {
            Host::Domain(name) => name.strip_suffix('.').map(str::to_owned).unwrap_or(name),
            Host::Ipv4(_) | Host::Ipv6(_) if below => {
                return Err(error("nothing is below an address"));
            }
            Host::Ipv4(address) => address.to_string(),
            Host::Ipv6(address) => address.to_string(),
        };
        if below && !name.contains('.') {
            return Err(error(
                "that would be everybody's hosts: name a domain, as in `*.example.com`",
            ));
        }
        Ok(Self { name, below, port, private: false })
    }
}

impl fmt::Display for AllowedHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let below = if self.below { "*." } else { "" };
        let (open, close) = if self.name.contains(':') { ("[", "]") } else { ("", "") };
        write!(f, "{below}{open}{}{close}", self.name)?;
        self.port.map_or(Ok(()), |port| write!(f, ":{port}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether terms that name one host allow a URL.
    #[track_caller]
    fn check(entry: &str, url: &str, expected: bool) {
        let terms = Terms { hosts: vec![entry.parse().unwrap()], ..Terms::default() };
        assert_eq!(terms.of(&Url::parse(url).unwrap()).is_some(), expected, "{entry} and {url}");
    }

    #[test]
    fn an_entry_allows_what_it_names() {
        check("cdn.example.com", "https://cdn.example.com/a.jpg", true);
        check("CDN.Example.com", "https://cdn.EXAMPLE.com./a.jpg", true);
        check("cdn.example.com", "http://cdn.example.com:80/a.jpg", true);
        check("cdn.example.com", "https://cdn.example.com:80/a.jpg", false);
        check("cdn.example.com", "http://cdn.example.com:8080/a.jpg", false);
        check("cdn.example.com", "https://example.com/a.jpg", false);
        check("cdn.example.com", "https://x.cdn.example.com/a.jpg", false);
        check("cdn.example.com", "https://cdn.example.com.evil.test/a.jpg", false);
        check("cdn.example.com", "https://cdn.example.com@evil.test/a.jpg", false);
        check("*.example.com", "https://a.b.example.com/", true);
        check("*.example.com", "https://example.com/", false);
        check("*.example.com", "https://badexample.com/", false);
        check("dam.example.com:8080", "http://dam.example.com:8080/", true);
        check("dam.example.com:8080", "https://dam.example.com:8080/", true);
        check("dam.example.com:8080", "http://dam.example.com/", false);
        check("*.example.com:8080", "http://dam.example.com:8080/", true);
        check("bücher.example", "https://xn--bcher-kva.example/", true);
        check("10.0.0.5", "http://10.0.0.5/", true);
        check("10.0.0.5", "http://0xa000005/", true);
        check("[::1]:8080", "http://[0:0::1]:8080/", true);
        check("[::1]", "http://[::1]/", true);
    }

    #[test]
    fn the_entry_that_names_the_port_is_the_one_that_counts() {
        let hosts = vec![
            "a.test".parse::<AllowedHost>().unwrap(),
            "a.test:80".parse::<AllowedHost>().unwrap().private(),
        ];
        let terms = Terms { hosts, ..Terms::default() };
        let private = |url| terms.of(&Url::parse(url).unwrap()).unwrap().may_be_private();
        assert!(private("http://a.test/"));
        assert!(!private("https://a.test/"));
    }

    #[test]
    fn what_names_no_host_is_said() {
        for (entry, expected) in [
            ("*", "write the host alone"),
            ("*.com", "everybody's hosts"),
            ("https://cdn.example.com", "write the host alone"),
            ("user@cdn.example.com", "write the host alone"),
            ("cdn.example.com:http", "no port"),
            ("cdn.example.com:99999", "no port"),
            ("", "no name of a host"),
            ("a b", "write the host alone"),
            ("*.10.0.0.1", "nothing is below an address"),
        ] {
            let error = entry.parse::<AllowedHost>().unwrap_err().to_string();
            assert!(error.contains(expected), "{entry}: {error}");
        }
    }

    #[test]
    fn an_entry_is_shown_as_it_is_written() {
        for entry in ["cdn.example.com", "*.example.com:8080", "[::1]:80", "10.0.0.1"] {
            assert_eq!(entry.parse::<AllowedHost>().unwrap().to_string(), entry);
        }
    }
}
