//! Against a small server on this machine, which answers as badly as a test wants.

mod judged;
mod parts;
mod safe;

use std::io::BufRead;
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Barrier, Mutex};
use std::thread;

use rikaste_model::shop::AllowedHost;
use rikaste_store::RemotePhotoVersion;

use super::*;
use tempfile::TempDir;

/// A server that answers each question by what a function makes of it, and closes the connection.
struct Server {
    port: u16,
    /// Every question's head, in lower case.
    heads: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// `answer` gets how many questions there were before, the question's head, and where to write.
    fn new(answer: impl Fn(usize, &str, &mut TcpStream) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let heads = Arc::new(Mutex::new(Vec::new()));
        let (kept, answer) = (Arc::clone(&heads), Arc::new(answer));
        // It ends with the test's process; nobody asks it any more.
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (kept, answer) = (Arc::clone(&kept), Arc::clone(&answer));
                thread::spawn(move || {
                    let mut stream = stream;
                    let head = head_of(&stream);
                    let before = {
                        let mut heads = kept.lock().unwrap();
                        heads.push(head.clone());
                        heads.len() - 1
                    };
                    answer(before, &head, &mut stream);
                });
            }
        });
        Self { port, heads }
    }

    /// One that always says the same.
    fn saying(answer: impl Into<Vec<u8>>) -> Self {
        let answer = answer.into();
        Self::new(move |_, _, stream| say(stream, &answer))
    }

    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    fn terms(&self) -> FetchPolicy {
        let host =
            format!("127.0.0.1:{}", self.port).parse::<AllowedHost>().unwrap().allow_private();
        FetchPolicy { hosts: vec![host], pause: Duration::ZERO, ..FetchPolicy::default() }
    }

    fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }

    fn fetch(&self, terms: FetchPolicy) -> Result<FetchOutcome, FetchError> {
        PhotoFetcher::new(terms).fetch_photo(&self.url("/p.jpg"), None, folder().path())
    }

    #[track_caller]
    fn check_refused(&self, terms: FetchPolicy, expected: &str) {
        let message =
            self.fetch(terms).unwrap_err().to_string().replace(&self.port.to_string(), "PORT");
        assert_eq!(message, expected);
    }
}

fn head_of(stream: &TcpStream) -> String {
    let mut reader = std::io::BufReader::new(stream);
    let mut head = String::new();
    while reader.read_line(&mut head).is_ok_and(|length| length > 2) {}
    head.to_lowercase()
}

/// A client that has hung up is no failure of the server's.
fn say(stream: &mut TcpStream, bytes: &[u8]) {
    let _ = stream.write_all(bytes).and_then(|()| stream.flush());
}

/// Blocks until the client closes the connection.
fn wait_for_hang_up(stream: &mut TcpStream) {
    let _ = std::io::copy(stream, &mut std::io::sink());
}

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn answer(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let mut answer =
        format!("HTTP/1.1 {status}\r\nConnection: close\r\n{headers}\r\n").into_bytes();
    answer.extend(body);
    answer
}

/// A good answer with a picture.
fn picture(headers: &str, body: &[u8]) -> Vec<u8> {
    answer(
        "200 OK",
        &format!("Content-Type: image/jpeg\r\nContent-Length: {}\r\n{headers}", body.len()),
        body,
    )
}

fn new(answer: FetchOutcome) -> FetchedFile {
    match answer {
        FetchOutcome::New(fetched) => fetched,
        FetchOutcome::Unchanged => panic!("it was to be fetched"),
    }
}

fn ten_thousand() -> Vec<u8> {
    (0..10_000u32).flat_map(|nth| [(nth % 251) as u8]).collect()
}

#[test]
fn a_picture_comes_with_what_is_known_of_it() {
    let body = ten_thousand();
    let server = Server::saying(picture(
        "Content-Type: Image/JPEG; charset=binary\r\nETag: \"a1\"\r\nLast-Modified: Sat, 21 Nov 2026 10:00:00 GMT\r\n",
        &body,
    ));
    let folder = folder();
    let fetched = new(PhotoFetcher::new(server.terms())
        .fetch_photo(&server.url("/a%20b.jpg#top"), None, folder.path())
        .unwrap());
    assert_eq!(std::fs::read(&fetched.file).unwrap(), body);
    assert_eq!((fetched.size, fetched.media_type.as_deref()), (10_000, Some("image/jpeg")));
    let version = RemotePhotoVersion {
        etag: Some("\"a1\"".into()),
        last_modified: Some("Sat, 21 Nov 2026 10:00:00 GMT".into()),
    };
    assert_eq!((fetched.version, fetched.final_url), (version, server.url("/a%20b.jpg")));
    let left: Vec<_> =
        std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(left, [fetched.file], "nothing else is left");

    let head = &server.heads()[0];
    assert!(head.starts_with("get /a%20b.jpg http/1.1\r\n"), "{head}");
    for line in [
        concat!("user-agent: rikaste/", env!("CARGO_PKG_VERSION"), "\r\n"),
        "accept-encoding: identity\r\n",
    ] {
        assert!(head.contains(line), "{head}");
    }
    for word in ["cookie", "range", "if-", "referer", "authorization"] {
        assert!(!head.contains(word), "{head}");
    }
}

#[test]
fn a_picture_in_chunks_is_whole() {
    let server = Server::saying(answer(
        "200 OK",
        "Content-Type: image/png\r\nTransfer-Encoding: chunked\r\n",
        b"4\r\nabcd\r\n3\r\nefg\r\n0\r\n\r\n",
    ));
    assert_eq!(new(server.fetch(server.terms()).unwrap()).size, 7);
}

#[test]
fn what_is_known_is_not_sent_again() {
    let server = Server::new(|_, head, stream| {
        let known =
            head.contains("if-none-match: \"a1\"\r\n") && head.contains("if-modified-since: sat");
        say(
            stream,
            &if known { answer("304 Not Modified", "", b"") } else { picture("", b"anew") },
        );
    });
    let fetcher = PhotoFetcher::new(server.terms());
    let known = RemotePhotoVersion {
        etag: Some("\"a1\"".into()),
        last_modified: Some("Sat, 21 Nov 2026 10:00:00 GMT".into()),
    };
    let folder = folder();
    assert_eq!(
        fetcher.fetch_photo(&server.url("/"), Some(&known), folder.path()).unwrap(),
        FetchOutcome::Unchanged
    );
    let other = RemotePhotoVersion { etag: Some("\"a2\"".into()), last_modified: None };
    assert_eq!(
        new(fetcher.fetch_photo(&server.url("/"), Some(&other), folder.path()).unwrap()).size,
        4
    );
}

#[test]
fn what_is_no_picture_is_refused() {
    for (status, headers, body, expected) in [
        (
            "200 OK",
            "Content-Type: text/html; charset=utf-8\r\n",
            "<h1>Log in</h1>",
            "“http://127.0.0.1:PORT/p.jpg” is no picture but text/html: it may be a page that shows one, or asks for a login",
        ),
        (
            "200 OK",
            "Content-Type: application/problem+json\r\n",
            "{}",
            "“http://127.0.0.1:PORT/p.jpg” is no picture but application/problem+json: it may be a page that shows one, \
             or asks for a login",
        ),
        ("200 OK", "", "", "“http://127.0.0.1:PORT/p.jpg” is empty"),
        ("404 Not Found", "", "", "there is no picture at “http://127.0.0.1:PORT/p.jpg” (404)"),
        (
            "403 Forbidden",
            "",
            "",
            "“http://127.0.0.1:PORT/p.jpg” is not for everybody (403): ask who runs it for addresses without a login",
        ),
        ("304 Not Modified", "", "", "“http://127.0.0.1:PORT/p.jpg” could not be answered (304)"),
        (
            "200 OK",
            "Content-Encoding: gzip\r\n",
            "xxxx",
            "127.0.0.1:PORT answers what is not understood: it packs pictures (gzip), though it was asked not to",
        ),
    ] {
        let server = Server::saying(answer(
            status,
            &format!("{headers}Content-Length: {}\r\n", body.len()),
            body.as_bytes(),
        ));
        server.check_refused(server.terms(), expected);
        assert_eq!(server.heads().len(), 1, "{status} is not asked for again");
    }
}

#[test]
fn a_host_that_says_when_is_asked_then() {
    let server = Server::new(|nth, _, stream| match nth {
        0 => say(stream, &answer("429 Too Many", "Retry-After: 1\r\nContent-Length: 0\r\n", b"")),
        _ => say(stream, &picture("", b"now")),
    });
    let began = Instant::now();
    assert!(server.fetch(server.terms()).is_ok());
    assert!(began.elapsed() >= Duration::from_secs(1), "{:?}", began.elapsed());
}

#[test]
fn a_host_that_says_much_later_is_left_alone_by_all() {
    let server =
        Server::saying(answer("503 Busy", "Retry-After: 3600\r\nContent-Length: 0\r\n", b""));
    let fetcher = PhotoFetcher::new(server.terms());
    let folder = folder();
    let error = fetcher.fetch_photo(&server.url("/1.jpg"), None, folder.path()).unwrap_err();
    assert!(error.is_transient());
    assert_eq!(
        error.to_string().replace(&server.port.to_string(), "PORT"),
        "127.0.0.1:PORT asks to be left alone for 3600 seconds; it is tried again later"
    );
    assert!(matches!(
        fetcher.fetch_photo(&server.url("/2.jpg"), None, folder.path()),
        Err(FetchError::Busy { .. })
    ));
    assert_eq!(server.heads().len(), 1, "the second picture was not asked for");
}

#[test]
fn a_host_that_fails_is_asked_again_a_few_times() {
    let server = Server::new(|nth, _, stream| match nth {
        0 | 1 => say(stream, &answer("502 Bad Gateway", "Content-Length: 0\r\n", b"")),
        _ => say(stream, &picture("", b"now")),
    });
    assert!(server.fetch(server.terms()).is_ok());
    let server = Server::saying(answer("500 Oops", "Content-Length: 0\r\n", b""));
    let error = server.fetch(server.terms()).unwrap_err();
    assert!(matches!(error, FetchError::Status { status: 500, .. }) && error.is_transient());
    assert_eq!(server.heads().len(), ATTEMPTS);
}

#[test]
fn one_host_is_asked_by_two_at_a_time() {
    let (running, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let server = Server::new({
        let (running, most, pair) = (Arc::clone(&running), Arc::clone(&most), Barrier::new(2));
        move |_, _, stream| {
            most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            // Nobody is answered before two ask, so that fewer at a time never get an answer.
            pair.wait();
            running.fetch_sub(1, Ordering::SeqCst);
            say(stream, &picture("", b"x"));
        }
    });
    let (fetcher, folder) = (PhotoFetcher::new(server.terms()), folder());
    thread::scope(|scope| {
        for nth in 0..8 {
            let (fetcher, folder, url) =
                (&fetcher, folder.path(), server.url(&format!("/{nth}.jpg")));
            scope.spawn(move || fetcher.fetch_photo(&url, None, folder).unwrap());
        }
    });
    assert_eq!(most.load(Ordering::SeqCst), 2);
}

#[test]
fn nobody_answers() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let host = format!("127.0.0.1:{port}").parse::<AllowedHost>().unwrap().allow_private();
    let terms = FetchPolicy { hosts: vec![host], ..FetchPolicy::default() };
    let error = PhotoFetcher::new(terms)
        .fetch_photo(&format!("http://127.0.0.1:{port}/"), None, folder().path())
        .unwrap_err();
    assert!(matches!(error, FetchError::Unreachable { .. }) && error.is_transient(), "{error:?}");
}

#[test]
fn what_does_not_speak_http_is_said() {
    let server = Server::saying("SSH-2.0-OpenSSH_9.6\r\n");
    let error = server.fetch(server.terms()).unwrap_err();
    assert!(matches!(error, FetchError::Answer { .. }), "{error:?}");
}

/// As a server does that has no thread left, or whose kept connection ran out.
#[test]
fn who_hangs_up_is_asked_again() {
    let server = Server::new(|nth, _, stream| {
        if nth > 0 {
            say(stream, &picture("", b"x"));
        }
    });
    assert!(server.fetch(server.terms()).is_ok());
    let server = Server::new(|_, _, _| {});
    let error = server.fetch(server.terms()).unwrap_err();
    assert!(matches!(error, FetchError::Cut { got: 0, .. }), "{error:?}");
}
