//! Which hosts are asked, and which are not.

use std::net::{IpAddr, SocketAddr};

use ureq::Timeout;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::ResolvedSocketAddrs;
use ureq::unversioned::transport::NextTimeout;
use ureq::unversioned::transport::time::Duration::NotHappening;

use super::super::address::AddressKind;
use super::*;

fn with_names(terms: FetchPolicy, names: Names) -> PhotoFetcher {
    PhotoFetcher::with_parts(terms, names, RootCerts::WebPki)
}

#[test]
fn nothing_is_asked_of_who_is_not_allowed() {
    let server = Server::saying(picture("", b"x"));
    let fetcher = PhotoFetcher::new(FetchPolicy {
        hosts: vec!["cdn.example.com".parse().unwrap()],
        ..server.terms()
    });
    for (url, expected) in [
        (
            server.url("/"),
            "nothing is fetched from 127.0.0.1:PORT: whoever runs the shop can add it to hosts in [pictures] of shop.toml",
        ),
        (
            "https://u:p@cdn.example.com/a.jpg".into(),
            "“https://u:p@cdn.example.com/a.jpg” cannot be fetched: it has a user name or password in it, which is \
             nothing for a product file",
        ),
        (
            "ftp://cdn.example.com/a".into(),
            "“ftp://cdn.example.com/a” cannot be fetched: it begins with neither https:// nor http://",
        ),
        (
            "file:///etc/passwd".into(),
            "“file:///etc/passwd” cannot be fetched: it begins with neither https:// nor http://",
        ),
        (
            "front.jpg".into(),
            "“front.jpg” cannot be fetched: it is not a web address such as https://…",
        ),
        (
            "http://cdn.example.com:8080/".into(),
            "nothing is fetched from cdn.example.com:8080: whoever runs the shop can add it to hosts in [pictures] of shop.toml",
        ),
    ] {
        let error = fetcher.fetch_photo(&url, None, folder().path()).unwrap_err();
        assert_eq!(error.to_string().replace(&server.port.to_string(), "PORT"), expected);
        assert!(!error.is_transient());
    }
    assert_eq!(server.heads(), Vec::<String>::new());
}

/// The host's entry must say that it may be private.
#[test]
fn this_machine_is_asked_only_when_that_is_meant() {
    let server = Server::saying(picture("", b"x"));
    let terms = FetchPolicy {
        hosts: vec![format!("127.0.0.1:{}", server.port).parse().unwrap()],
        ..server.terms()
    };
    server.check_refused(
        terms,
        "nothing is fetched from 127.0.0.1:PORT, which is at 127.0.0.1 (this machine itself): if its pictures are \
         meant, whoever runs the shop can say `private = true` with it in hosts in [pictures] of shop.toml",
    );
    assert_eq!(server.heads(), Vec::<String>::new());
}

/// Names that are where a test says, one answer after the other; the last one stays.
#[derive(Debug)]
struct Names {
    answers: Mutex<Vec<Vec<IpAddr>>>,
    port: u16,
    lookups: Arc<Mutex<usize>>,
}

impl Names {
    fn new(answers: &[&[&str]], port: u16) -> (Self, Arc<Mutex<usize>>) {
        let answers = answers
            .iter()
            .rev()
            .map(|ips| ips.iter().map(|ip| ip.parse().unwrap()).collect())
            .collect();
        let lookups = Arc::new(Mutex::new(0));
        (Self { answers: Mutex::new(answers), port, lookups: Arc::clone(&lookups) }, lookups)
    }
}

impl Resolver for Names {
    fn resolve(
        &self,
        _: &Uri,
        _: &Config,
        _: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        *self.lookups.lock().unwrap() += 1;
        let mut answers = self.answers.lock().unwrap();
        let ips = if answers.len() > 1 { answers.pop().unwrap() } else { answers[0].clone() };
        let mut found = self.empty();
        for ip in ips {
            found.push(SocketAddr::new(ip, self.port));
        }
        Ok(found)
    }
}

#[test]
fn a_name_that_leads_inside_is_refused() {
    let terms = || FetchPolicy {
        hosts: vec!["cdn.example.com".parse().unwrap()],
        ..FetchPolicy::default()
    };
    for address in [
        "10.0.0.1",
        "127.0.0.1",
        "169.254.169.254",
        "::ffff:127.0.0.1",
        "64:ff9b::a9fe:a9fe",
        "0.0.0.0",
    ] {
        let (names, _) = Names::new(&[&[address]], 80);
        let error = with_names(terms(), names).fetch_photo(
            "http://cdn.example.com/",
            None,
            folder().path(),
        );
        assert!(
            matches!(error, Err(FetchError::Private { .. } | FetchError::Forbidden { .. })),
            "{address}: {error:?}"
        );
    }
    // Not even for a host that may be private.
    let (names, _) = Names::new(&[&["169.254.169.254"]], 80);
    let private = FetchPolicy {
        hosts: vec!["cdn.example.com".parse::<AllowedHost>().unwrap().allow_private()],
        ..terms()
    };
    let error =
        with_names(private, names).fetch_photo("http://cdn.example.com/", None, folder().path());
    assert!(
        matches!(error, Err(FetchError::Forbidden { kind: AddressKind::Metadata, .. })),
        "{error:?}"
    );
}

/// The second answer would lead elsewhere: nobody asks for one between the judgement and the connection.
#[test]
fn what_was_judged_is_what_is_connected_to() {
    let server = Server::saying(picture("", b"it"));
    let (names, lookups) = Names::new(&[&["127.0.0.1"], &["169.254.169.254"]], server.port);
    let private = FetchPolicy {
        hosts: vec!["cdn.example.com".parse::<AllowedHost>().unwrap().allow_private()],
        pause: Duration::ZERO,
        ..FetchPolicy::default()
    };
    let fetcher = with_names(private, names);
    let folder = folder();
    assert_eq!(
        new(fetcher.fetch_photo("http://cdn.example.com/", None, folder.path()).unwrap()).size,
        2
    );
    assert_eq!(*lookups.lock().unwrap(), 1);
    let second = fetcher.fetch_photo("http://cdn.example.com/", None, folder.path());
    assert!(matches!(second, Err(FetchError::Forbidden { .. })), "{second:?}");
}

/// Of several addresses only those are tried that may be asked.
#[test]
fn an_address_that_is_refused_is_not_tried_beside_a_good_one() {
    let (names, _) = Names::new(&[&["169.254.169.254", "127.0.0.1"]], 80);
    let private = FetchPolicy {
        hosts: vec!["a.test".parse::<AllowedHost>().unwrap().allow_private()],
        ..FetchPolicy::default()
    };
    let timeout = NextTimeout {
        after: NotHappening,
        reason: Timeout::Resolve,
        per_read: None,
        per_write: None,
    };
    let found = CheckedResolver::new(names, Arc::new(private))
        .resolve(&Uri::from_static("http://a.test/"), &Config::default(), timeout)
        .unwrap();
    assert_eq!(found[..], [SocketAddr::from(([127, 0, 0, 1], 80))]);
}

fn sends_on(to: &str) -> Vec<u8> {
    answer("302 Found", &format!("Location: {to}\r\nContent-Length: 0\r\n"), b"")
}

#[test]
fn a_redirect_is_followed_and_judged_again() {
    let server = Server::new(|_, head, stream| {
        let path = head.split(' ').nth(1).unwrap();
        say(
            stream,
            &match path {
                "/p.jpg" => sends_on("/two/x.jpg?size=1"),
                "/two/x.jpg?size=1" => sends_on("../three.jpg"),
                _ => picture("", path.as_bytes()),
            },
        );
    });
    let fetched = new(server.fetch(server.terms()).unwrap());
    assert_eq!((fetched.size, fetched.final_url), (10, server.url("/three.jpg")));

    for (to, expected) in [
        (
            "http://169.254.169.254/latest/",
            "“http://127.0.0.1:PORT/p.jpg” sends on to another address: nothing is fetched from 169.254.169.254: whoever \
             runs the shop can add it to hosts in [pictures] of shop.toml",
        ),
        (
            "file:///etc/passwd",
            "“http://127.0.0.1:PORT/p.jpg” sends on to another address: “file:///etc/passwd” cannot be fetched: it \
             begins with neither https:// nor http://",
        ),
        (
            "//a:b@127.0.0.1/",
            "“http://127.0.0.1:PORT/p.jpg” sends on to another address: “http://a:b@127.0.0.1/” cannot be fetched: it \
             has a user name or password in it, which is nothing for a product file",
        ),
    ] {
        let server = Server::saying(sends_on(to));
        server.check_refused(server.terms(), expected);
        assert_eq!(server.heads().len(), 1);
    }
}

/// A host that may be public sends on to one that is allowed too, whose name leads inside.
#[test]
fn a_redirect_inside_is_refused() {
    let outside = Server::new(|_, _, stream| say(stream, &sends_on("http://b.test/secret")));
    let inside = Server::saying(picture("", b"secret"));
    let (names, _) = Names::new(&[&["127.0.0.1"], &["127.0.0.1"]], outside.port);
    let hosts =
        vec!["a.test".parse::<AllowedHost>().unwrap().allow_private(), "b.test".parse().unwrap()];
    let terms = FetchPolicy { hosts, pause: Duration::ZERO, ..FetchPolicy::default() };
    let error =
        with_names(terms, names).fetch_photo("http://a.test/", None, folder().path()).unwrap_err();
    assert!(matches!(&error, FetchError::Private { host, .. } if host == "b.test"), "{error:?}");
    assert_eq!((outside.heads().len(), inside.heads().len()), (1, 0));
}

#[test]
fn a_redirect_to_itself_ends() {
    let server = Server::saying(sends_on("/p.jpg"));
    server.check_refused(
        server.terms(),
        "“http://127.0.0.1:PORT/p.jpg” sends from one address to the next, more than 5 times",
    );
    assert_eq!(server.heads().len(), 6);
}
