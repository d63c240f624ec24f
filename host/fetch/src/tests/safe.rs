//! HTTPS, with a certificate that is made here.

use rcgen::CertifiedKey;
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use ureq::tls::Certificate;

use super::*;

/// A server that proves to be `name` by a certificate it made itself; gives its port and the certificate.
fn proving(name: &str) -> (u16, Certificate<'static>) {
    let CertifiedKey { cert, signing_key } =
        rcgen::generate_simple_self_signed(vec![name.to_owned()]).expect("the name is one");
    let key = PrivatePkcs8KeyDer::from(signing_key.serialize_der()).into();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("ring has what they need")
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .expect("the key is the certificate's");
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let connection =
                ServerConnection::new(Arc::clone(&config)).expect("the configuration is whole");
            let mut stream = StreamOwned::new(connection, stream);
            let mut read = Vec::new();
            let mut byte = [0];
            while !read.ends_with(b"\r\n\r\n") && matches!(stream.read(&mut byte), Ok(1)) {
                read.push(byte[0]);
            }
            // A client that does not believe has hung up.
            let _ = stream.write_all(&picture("", b"safe")).and_then(|()| stream.flush());
            stream.conn.send_close_notify();
            let _ = stream.flush();
        }
    });
    (port, Certificate::from_der(cert.der()).to_owned())
}

fn fetch(url: &str, port: u16, roots: RootCerts) -> Result<FetchOutcome, FetchError> {
    let host = format!("127.0.0.1:{port}").parse::<AllowedHost>().unwrap().allow_private();
    let terms = FetchPolicy { hosts: vec![host], pause: Duration::ZERO, ..FetchPolicy::default() };
    PhotoFetcher::with_parts(terms, DefaultResolver::default(), roots).fetch_photo(
        url,
        None,
        folder().path(),
    )
}

#[test]
fn a_host_that_proves_who_it_is_is_believed() {
    let (port, certificate) = proving("127.0.0.1");
    let url = format!("https://127.0.0.1:{port}/");
    let fetched = new(fetch(&url, port, RootCerts::new_with_certs(&[certificate])).unwrap());
    assert_eq!(fetched.size, 4);
}

#[test]
fn a_host_that_does_not_prove_who_it_is_is_refused() {
    let (port, _) = proving("127.0.0.1");
    let url = format!("https://127.0.0.1:{port}/");
    let (other, certificate) = proving("cdn.example.com");
    for (url, port, roots) in [
        (&url, port, RootCerts::WebPki),
        (&format!("https://127.0.0.1:{other}/"), other, RootCerts::new_with_certs(&[certificate])),
    ] {
        let error = fetch(url, port, roots).unwrap_err();
        assert!(
            matches!(error, FetchError::Untrusted { .. }) && !error.is_transient(),
            "{error:?}"
        );
    }
}

#[test]
fn what_is_not_safe_is_not_taken_for_it() {
    let server = Server::saying(picture("", b"plain"));
    let url = format!("https://127.0.0.1:{}/", server.port);
    let error = fetch(&url, server.port, RootCerts::WebPki).unwrap_err();
    assert!(matches!(error, FetchError::Untrusted { .. }), "{error:?}");
}
