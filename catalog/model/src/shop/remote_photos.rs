//! What a shop says of pictures that product files name by URL: `[pictures]` of `shop.toml`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;
use url::{Host, Url};

/// How many pictures are fetched by URL, and from where.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct RemotePhotoSettings {
    /// Where pictures may come from; nowhere by default.
    pub hosts: Vec<AllowedHost>,
    /// The most megabytes of one picture.
    pub megabytes: u16,
    /// After how many days it is asked again whether there is another picture at a URL.
    pub days: u16,
}

impl Default for RemotePhotoSettings {
    fn default() -> Self {
        Self { hosts: Vec::new(), megabytes: 64, days: 7 }
    }
}

impl RemotePhotoSettings {
    /// Where the hosts are named, as messages say it.
    pub const HOSTS_SETTING: &str = "hosts in [pictures] of shop.toml";

    /// Whether a URL's host is one of them.
    #[must_use]
    pub fn is_allowed_url(&self, url: &Url) -> bool {
        AllowedHost::find_for_url(&self.hosts, url).is_some()
    }
}

/// Whether an asset is called by the URL that it is fetched from: files have no slash in their names.
#[must_use]
pub fn is_url(name: &str) -> bool {
    let begins = |with: &str| name.get(..with.len()).is_some_and(|b| b.eq_ignore_ascii_case(with));
    begins("https://") || begins("http://")
}

/// A URL's host as entries name it: lower case, Punycode, without brackets or the root's dot.
#[must_use]
pub fn normalize_host(url: &Url) -> Option<String> {
    match url.host()? {
        Host::Domain(name) => Some(name.strip_suffix('.').unwrap_or(name).to_owned()),
        Host::Ipv4(address) => Some(address.to_string()),
        Host::Ipv6(address) => Some(address.to_string()),
    }
}

/// A host that pictures may be fetched from: `cdn.example.com`, any host below one (`*.example.com`), or either at a
/// port other than its scheme's (`dam.example.com:8080`).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "HostEntry")]
pub struct AllowedHost {
    name: String,
    below: bool,
    port: Option<u16>,
    private: bool,
}

/// A host as it is written: its name, or a table where there is more to say.
#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "a host is written as \"cdn.example.com\" or { host = \"…\", private = true }"
)]
enum HostEntry {
    Name(String),
    Table {
        host: String,
        #[serde(default)]
        private: bool,
    },
}

impl TryFrom<HostEntry> for AllowedHost {
    type Error = AllowedHostError;

    fn try_from(entry: HostEntry) -> Result<Self, AllowedHostError> {
        match entry {
            HostEntry::Name(name) => name.parse(),
            HostEntry::Table { host, private } => Ok(Self { private, ..host.parse()? }),
        }
    }
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
    /// What entries say of a URL's host and port, if anything.
    #[must_use]
    pub fn find_for_url<'h>(hosts: &'h [Self], url: &Url) -> Option<&'h Self> {
        let host = normalize_host(url)?;
        let port = url.port_or_known_default()?;
        let usual = url.port().is_none();
        let of_host = || hosts.iter().filter(|allowed| allowed.has_host(&host));
        // An entry that names the port says more than one that does not.
        of_host()
            .find(|allowed| allowed.port == Some(port))
            .or_else(|| of_host().find(|allowed| allowed.port.is_none() && usual))
    }

    /// Allows it to be in a private network, as a house's own store of pictures is.
    #[must_use]
    pub fn allow_private(self) -> Self {
        Self { private: true, ..self }
    }

    /// Whether it may be in a private network.
    #[must_use]
    pub fn can_be_private(&self) -> bool {
        self.private
    }

    fn has_host(&self, host: &str) -> bool {
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

    /// Whether a URL is allowed where one host is named.
    #[track_caller]
    fn check(entry: &str, url: &str, expected: bool) {
        let pictures = RemotePhotoSettings {
            hosts: vec![entry.parse().unwrap()],
            ..RemotePhotoSettings::default()
        };
        assert_eq!(
            pictures.is_allowed_url(&Url::parse(url).unwrap()),
            expected,
            "{entry} and {url}"
        );
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
            "a.test:80".parse::<AllowedHost>().unwrap().allow_private(),
        ];
        let private = |url| {
            AllowedHost::find_for_url(&hosts, &Url::parse(url).unwrap()).unwrap().can_be_private()
        };
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

    #[test]
    fn they_are_read_as_they_are_written() {
        let text = r#"
            hosts = ["cdn.example.com", { host = "dam.lan:8080", private = true }]
            days = 30
        "#;
        let pictures: RemotePhotoSettings = toml::from_str(text).unwrap();
        assert_eq!((pictures.megabytes, pictures.days), (64, 30));
        let private = |host: &AllowedHost| (host.to_string(), host.can_be_private());
        assert_eq!(
            pictures.hosts.iter().map(private).collect::<Vec<_>>(),
            [("cdn.example.com".to_owned(), false), ("dam.lan:8080".to_owned(), true)]
        );
        let error =
            toml::from_str::<RemotePhotoSettings>("hosts = [\"*.com\"]").unwrap_err().to_string();
        assert!(error.contains("everybody's hosts"), "{error}");
    }
}
