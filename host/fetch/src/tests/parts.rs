//! Pictures that are too much, too slow, or come in pieces.

use super::*;

#[test]
fn what_is_too_large_is_refused_by_what_it_says() {
    let server = Server::new(|_, _, stream| {
        say(stream, b"HTTP/1.1 200 OK\r\nContent-Length: 5000000000\r\n\r\n");
        wait_for_hang_up(stream);
    });
    server.check_refused(
        server.terms(),
        "“http://127.0.0.1:PORT/p.jpg” is too large: at most 67108864 bytes are fetched",
    );
}

#[test]
fn a_body_without_end_ends() {
    let server = Server::new(|_, _, stream| {
        say(stream, b"HTTP/1.1 200 OK\r\n\r\n");
        while stream.write_all(&[7; 4096]).is_ok() {}
    });
    let folder = folder();
    let terms = FetchPolicy { max_bytes: 100_000, ..server.terms() };
    let error = PhotoFetcher::new(terms)
        .fetch_photo(&server.url("/p.jpg"), None, folder.path())
        .unwrap_err();
    assert!(matches!(error, FetchError::TooLarge { most: 100_000, .. }), "{error:?}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing of it is kept");
    // Exactly as large as is allowed, whether the length is given or not.
    for untold in [picture("", &[7; 1000]), answer("200 OK", "", &[7; 1000])] {
        let server = Server::saying(untold);
        assert!(server.fetch(FetchPolicy { max_bytes: 1000, ..server.terms() }).is_ok());
        assert!(server.fetch(FetchPolicy { max_bytes: 999, ..server.terms() }).is_err());
    }
}

#[test]
fn a_slow_drip_ends() {
    let server = Server::new(|_, _, stream| {
        say(stream, b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
        while stream.write_all(b"x").is_ok() {
            thread::sleep(Duration::from_millis(20));
        }
    });
    let error = server
        .fetch(FetchPolicy { attempt_timeout: Duration::from_millis(400), ..server.terms() })
        .unwrap_err();
    assert!(matches!(error, FetchError::TooSlow { got: 1.., .. }), "{error:?}");
    assert!(
        error.to_string().ends_with(" bytes came in 0.4 seconds; it is gone on with later"),
        "{error}"
    );
    assert_eq!(server.heads().len(), 1);
}

#[test]
fn a_head_that_does_not_come_ends() {
    let server = Server::new(|_, _, stream| wait_for_hang_up(stream));
    let error = server
        .fetch(FetchPolicy { attempt_timeout: Duration::from_millis(300), ..server.terms() })
        .unwrap_err();
    assert!(matches!(error, FetchError::TooSlow { got: 0, .. }), "{error:?}");
}

/// Answers with a part of the picture from wherever it is asked, then hangs up; `etag` is the version of each answer.
fn in_parts(
    body: Vec<u8>,
    part: usize,
    etag: impl Fn(usize) -> String + Send + Sync + 'static,
) -> Server {
    Server::new(move |nth, head, stream| {
        let etag = etag(nth);
        let from: usize = head
            .split("range: bytes=")
            .nth(1)
            .filter(|_| head.contains(&format!("if-range: {}\r\n", etag.to_lowercase())))
            .map_or(0, |rest| rest.split('-').next().unwrap().parse().unwrap());
        let rest = &body[from..];
        let (status, range) = match from {
            0 => ("200 OK", String::new()),
            _ => (
                "206 Partial",
                format!("Content-Range: bytes {from}-{}/{}\r\n", body.len() - 1, body.len()),
            ),
        };
        let head = format!(
            "Content-Type: image/jpeg\r\nETag: {etag}\r\nContent-Length: {}\r\n{range}",
            rest.len()
        );
        say(stream, &answer(status, &head, &rest[..part.min(rest.len())]));
    })
}

#[test]
fn what_broke_off_is_gone_on_with() {
    let body = ten_thousand();
    let server = in_parts(body.clone(), 4000, |_| "\"v1\"".into());
    let fetched = {
        let folder = folder();
        let fetched = new(PhotoFetcher::new(server.terms())
            .fetch_photo(&server.url("/p.jpg"), None, folder.path())
            .unwrap());
        assert_eq!(std::fs::read(&fetched.file).unwrap(), body);
        fetched
    };
    assert_eq!((fetched.size, fetched.version.etag.as_deref()), (10_000, Some("\"v1\"")));
    let ranges: Vec<_> = server
        .heads()
        .iter()
        .map(|head| head.lines().find(|line| line.starts_with("range")).map(str::to_owned))
        .collect();
    assert_eq!(
        ranges,
        [None, Some("range: bytes=4000-".to_owned()), Some("range: bytes=8000-".to_owned())]
    );
}

/// Another process, another day: what is in the folder is gone on with.
#[test]
fn what_broke_off_for_good_is_gone_on_with_later() {
    let body = ten_thousand();
    let server = in_parts(body.clone(), 2000, |_| "\"v1\"".into());
    let folder = folder();
    let fetch = || {
        PhotoFetcher::new(server.terms()).fetch_photo(&server.url("/p.jpg"), None, folder.path())
    };
    let error = fetch().unwrap_err();
    assert!(matches!(error, FetchError::Cut { .. }) && error.is_transient(), "{error:?}");
    assert_eq!(std::fs::read(new(fetch().unwrap()).file).unwrap(), body);
    assert_eq!(server.heads().len(), 5);
}

#[test]
fn parts_of_two_versions_are_not_mixed() {
    for (first, second) in [("\"v1\"", "\"v2\""), ("W/\"v1\"", "W/\"v1\"")] {
        let body = ten_thousand();
        let server = Server::new({
            let body = body.clone();
            move |nth, head, stream| match nth {
                0 => {
                    let headers = format!("ETag: {first}\r\nContent-Length: {}\r\n", body.len());
                    say(stream, &answer("200 OK", &headers, &vec![0; 5000]));
                }
                _ => {
                    assert!(
                        !head.contains("range") || !first.starts_with('W'),
                        "a weak tag is not enough: {head}"
                    );
                    say(stream, &picture(&format!("ETag: {second}\r\n"), &body));
                }
            }
        });
        let folder = folder();
        let fetched = new(PhotoFetcher::new(server.terms())
            .fetch_photo(&server.url("/p.jpg"), None, folder.path())
            .unwrap());
        assert_eq!(std::fs::read(&fetched.file).unwrap(), body);
        assert_eq!(fetched.version.etag.as_deref(), Some(second));
    }
}

/// Servers that take a range for another than it was, or of another version, although asked not to.
#[test]
fn a_rest_that_does_not_fit_is_fetched_anew() {
    let rest = |etag: &str, range: &str| {
        let headers = format!("ETag: {etag}\r\n{range}Content-Length: 5000\r\n");
        answer("206 Partial", &headers, &[0; 5000])
    };
    let wrong = [
        rest("\"v1\"", "Content-Range: bytes 4000-8999/10000\r\n"),
        rest("\"v2\"", "Content-Range: bytes 5000-9999/10000\r\n"),
        rest("\"v1\"", "Content-Range: bytes 5000-9999/10001\r\n"),
        rest("\"v1\"", ""),
        answer("416 Range Not Satisfiable", "Content-Length: 0\r\n", b""),
    ];
    for wrong in wrong {
        let body = ten_thousand();
        let server = Server::new({
            let body = body.clone();
            move |nth, head, stream| match nth {
                0 => {
                    let whole = picture("ETag: \"v1\"\r\n", &body);
                    say(stream, &whole[..whole.len() - 5000]);
                }
                1 => {
                    assert!(head.contains("range: bytes="), "{head}");
                    say(stream, &wrong);
                }
                _ => say(stream, &picture("", &body)),
            }
        });
        let folder = folder();
        let fetched = new(PhotoFetcher::new(server.terms())
            .fetch_photo(&server.url("/p.jpg"), None, folder.path())
            .unwrap());
        assert_eq!(std::fs::read(&fetched.file).unwrap(), body);
    }
}

#[test]
fn a_length_that_lies_is_noticed() {
    // More is declared than comes, and no version to go on with.
    let server = Server::saying(answer("200 OK", "Content-Length: 900\r\n", &[1; 600]));
    let error = server.fetch(server.terms()).unwrap_err();
    assert!(matches!(error, FetchError::Cut { got: 600, .. }), "{error:?}");
    assert_eq!(server.heads().len(), ATTEMPTS);
    // Less is declared: that much is the answer.
    let server = Server::saying(answer("200 OK", "Content-Length: 600\r\n", &[1; 900]));
    assert_eq!(new(server.fetch(server.terms()).unwrap()).size, 600);
}
