//! Pictures that product files name by their URL.
//!
//! A product file is written by somebody else, so a URL in it must not make this machine ask whom it likes. Nothing is
//! fetched but from hosts that the operator named ([`Terms`]), at addresses that are anybody's ([`address`]), and every
//! address a host sends on to is judged as the first was. What comes is bytes in a file: the sandbox looks into them.
//!
//! A host is treated as a guest would: few questions at a time, with a pause, under one name, not again what is known
//! ([`Version`]), not from the start what is half there, and not at all while it asks to be left alone.
//!
//! Proxies of the environment are not used, since a proxy looks names up itself, after they were judged here. Cookies
//! are not kept. Certificates are judged by Mozilla's list, which comes with the program, so that it works the same in
//! an empty container.

pub mod address;
mod answer;
mod error;
mod headers;
mod part;
mod resolver;
mod terms;
#[cfg(test)]
mod tests;
mod turns;

use std::fs::File;
use std::io::{ErrorKind, Read, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rikaste_model::shop::host_of;
use rikaste_model::words;
use rikaste_store::Version;
use ureq::http::header::{
    ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_RANGE, IF_MODIFIED_SINCE, IF_NONE_MATCH,
    IF_RANGE, RANGE,
};
use ureq::http::{HeaderMap, Response};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::unversioned::resolver::{DefaultResolver, Resolver};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body};
use url::Url;

use answer::resumable;
pub use answer::{Answer, Fetched};

pub use error::FetchError;
use headers::{content_range, is_text, media_type, redirect, retry_after, text};
use part::Part;
use resolver::{Checked, Refused, Unknown};
pub use terms::Terms;
use turns::{Sole, Turn, Turns};

/// How often a picture is tried that comes only in part, or whose host says to ask again.
const ATTEMPTS: usize = 3;

/// Fetches pictures on the operator's terms. One serves all threads; each call blocks its own.
#[derive(Debug)]
pub struct Fetcher {
    agent: Agent,
    terms: Arc<Terms>,
    turns: Turns,
}

/// An address that may be asked, as far as its words go; where it leads is seen when it is looked up.
#[derive(Debug, Clone)]
struct Place {
    url: Url,
    /// The host, with its port where that is not the usual one.
    host: String,
}

impl Fetcher {
    /// A fetcher on these terms.
    #[must_use]
    pub fn new(terms: Terms) -> Self {
        Self::with_parts(terms, DefaultResolver::default(), RootCerts::WebPki)
    }

    /// One that looks names up by this, and believes certificates of these.
    fn with_parts(terms: Terms, names: impl Resolver, roots: RootCerts) -> Self {
        let terms = Arc::new(terms);
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .tls_config(TlsConfig::builder().root_certs(roots).build())
            .timeout_connect(Some(terms.connect))
            .timeout_resolve(Some(terms.connect))
            .user_agent(concat!("Rikaste/", env!("CARGO_PKG_VERSION")))
            .max_idle_connections_per_host(terms.at_once)
            .build();
        let names = Checked::new(names, Arc::clone(&terms));
        Self {
            agent: Agent::with_parts(config, DefaultConnector::default(), names),
            terms,
            turns: Turns::default(),
        }
    }

    /// Fetches what is at a URL into a file in a folder, unless it is the version that is known. What is left there by
    /// an earlier call that did not get to the end is gone on with.
    ///
    /// # Errors
    /// When it may not be asked for, cannot be had, or is no picture. [`FetchError::may_pass`] tells what to try again.
    pub fn fetch(
        &self,
        url: &str,
        known: Option<&Version>,
        folder: &Path,
    ) -> Result<Answer, FetchError> {
        let place = self.place(url)?;
        let _sole: Sole<'_> = self.turns.alone(place.url.as_str());
        let part = Part::new(folder, place.url.as_str()).map_err(|source| disk(folder, source))?;
        let mut tries = ATTEMPTS;
        loop {
            tries -= 1;
            match self.attempt(&place, known, &part) {
                Err(error) if tries > 0 && self.again(&error) => {}
                answer => return answer,
            }
        }
    }

    /// Whether it is worth asking again at once, or after what the host asks for.
    fn again(&self, error: &FetchError) -> bool {
        match error {
            FetchError::Cut { .. } => true,
            FetchError::Busy { wait, .. } => *wait <= self.terms.longest_wait,
            FetchError::Status { status, .. } => *status >= 500,
            _ => false,
        }
    }

    fn attempt(
        &self,
        start: &Place,
        known: Option<&Version>,
        part: &Part,
    ) -> Result<Answer, FetchError> {
        let mut place = start.clone();
        let mut left = self.terms.whole;
        for _ in 0..=self.terms.redirects {
            let _turn = self.turn(&place)?;
            let began = Instant::now();
            let response = self.ask(&place, known, part, left)?;
            match redirect(&response) {
                Some(to) => place = self.sent_on(&place, &to)?,
                None => return self.take(response, &place, known, part),
            }
            left = left.saturating_sub(began.elapsed());
        }
        Err(FetchError::TooManyRedirects { url: start.url.to_string(), most: self.terms.redirects })
    }

    /// Judges the words of a URL.
    fn place(&self, url: &str) -> Result<Place, FetchError> {
        let refused = |reason| FetchError::Url { url: url.to_owned(), reason };
        let mut parsed = Url::parse(url.trim()).map_err(|_| refused(words!("fetch-url-web")))?;
        if !matches!(parsed.scheme(), "http" | "https") {
            return Err(refused(words!("fetch-url-scheme")));
        }
        if !parsed.username().is_empty() || parsed.password().is_some() {
            return Err(refused(words!("fetch-url-login")));
        }
        parsed.set_fragment(None);
        let name = host_of(&parsed).ok_or_else(|| refused(words!("fetch-url-host")))?;
        let host = parsed.port().map_or_else(|| name.clone(), |port| format!("{name}:{port}"));
        if self.terms.of(&parsed).is_none() {
            return Err(FetchError::NotAllowed { host });
        }
        Ok(Place { url: parsed, host })
    }

    fn sent_on(&self, from: &Place, to: &str) -> Result<Place, FetchError> {
        let redirected =
            |reason| FetchError::Redirected { url: from.url.to_string(), reason: Box::new(reason) };
        let to = from.url.join(to).map_err(|_| {
            redirected(FetchError::Url { url: to.to_owned(), reason: words!("fetch-url-web") })
        })?;
        self.place(to.as_str()).map_err(redirected)
    }

    fn turn(&self, place: &Place) -> Result<Turn<'_>, FetchError> {
        self.turns
            .take(&place.host, self.terms.at_once, self.terms.pause, self.terms.longest_wait)
            .map_err(|wait| FetchError::Busy { host: place.host.clone(), wait })
    }

    fn ask(
        &self,
        place: &Place,
        known: Option<&Version>,
        part: &Part,
        left: Duration,
    ) -> Result<Response<Body>, FetchError> {
        // Nothing is asked for packed: pictures are already, and a length says what is to come.
        let mut request = self
            .agent
            .get(place.url.as_str())
            .header(ACCEPT, "image/*, video/*, application/pdf, application/octet-stream;q=0.8")
            .header(ACCEPT_ENCODING, "identity");
        if let Some(known) = known {
            if let Some(etag) = &known.etag {
                request = request.header(IF_NONE_MATCH, etag);
            }
            if let Some(date) = &known.last_modified {
                request = request.header(IF_MODIFIED_SINCE, date);
            }
        }
        if let Some((length, version)) = part.begun()
            && let Some(same) = resumable(&version)
        {
            request = request.header(RANGE, format!("bytes={length}-")).header(IF_RANGE, same);
        }
        request
            .config()
            .timeout_global(Some(left))
            .build()
            .call()
            .map_err(|error| self.failed(place, error, 0))
    }

    /// What comes of an answer that is not elsewhere.
    fn take(
        &self,
        mut response: Response<Body>,
        place: &Place,
        known: Option<&Version>,
        part: &Part,
    ) -> Result<Answer, FetchError> {
        let url = || place.url.to_string();
        let status = response.status().as_u16();
        match status {
            200 | 206 => {}
            304 if known.is_some() => return Ok(Answer::Unchanged),
            401 | 402 | 403 | 407 | 451 => return Err(FetchError::Denied { url: url(), status }),
            404 | 410 => return Err(FetchError::NotFound { url: url(), status }),
            // What is half there is not half of what there is now.
            416 if part.begun().is_some() => {
                part.clear().map_err(|source| disk(part.path(), source))?;
                return Err(FetchError::Cut { url: url(), got: 0 });
            }
            429 | 503 => {
                let wait = retry_after(response.headers()).unwrap_or(self.terms.pause * 10);
                self.turns.hold(&place.host, wait);
                return Err(FetchError::Busy { host: place.host.clone(), wait });
            }
            _ => return Err(FetchError::Status { url: url(), status }),
        }
        let headers = response.headers();
        let media_type = media_type(headers);
        if let Some(media_type) = media_type.clone().filter(|media_type| is_text(media_type)) {
            return Err(FetchError::NotPicture { url: url(), media_type });
        }
        if let Some(packed) = text(headers, CONTENT_ENCODING)
            .filter(|packed| !packed.eq_ignore_ascii_case("identity"))
        {
            let reason = format!("it packs pictures ({packed}), though it was asked not to");
            return Err(FetchError::Answer { host: place.host.clone(), reason });
        }
        let said = answer::version(headers);
        let (file, have, whole, version) = if status == 206 {
            self.go_on(headers, place, part, &said)?
        } else {
            (part.begin(&said).map_err(|source| disk(part.path(), source))?, 0, None, said)
        };
        let coming = response.body().content_length().unwrap_or(0);
        if have.saturating_add(coming).max(whole.unwrap_or(0)) > self.terms.most_bytes {
            part.clear().map_err(|source| disk(part.path(), source))?;
            return Err(FetchError::TooLarge { url: url(), most: self.terms.most_bytes });
        }
        let size = self.copy(response.body_mut(), file, have, place, part)?;
        if whole.is_some_and(|whole| whole != size) {
            part.clear().map_err(|source| disk(part.path(), source))?;
            return Err(FetchError::Cut { url: url(), got: size });
        }
        if size == 0 {
            part.clear().map_err(|source| disk(part.path(), source))?;
            return Err(FetchError::Empty { url: url() });
        }
        let file = part.finish().map_err(|source| disk(part.path(), source))?;
        Ok(Answer::New(Fetched {
            file,
            size,
            media_type,
            version,
            final_url: place.url.to_string(),
        }))
    }

    /// The unfinished file, how much is in it, how much it will be, and its version: if what comes is indeed the rest.
    fn go_on(
        &self,
        headers: &HeaderMap,
        place: &Place,
        part: &Part,
        said: &Version,
    ) -> Result<(File, u64, Option<u64>, Version), FetchError> {
        let rest = text(headers, CONTENT_RANGE).as_deref().and_then(content_range);
        match (part.begun(), rest) {
            (Some((have, version)), Some((from, whole)))
                if from == have && (said.etag.is_none() || said.etag == version.etag) =>
            {
                let file = part.go_on().map_err(|source| disk(part.path(), source))?;
                Ok((file, have, whole, version))
            }
            _ => {
                part.clear().map_err(|source| disk(part.path(), source))?;
                Err(FetchError::Cut { url: place.url.to_string(), got: 0 })
            }
        }
    }

    /// Writes what comes behind the `size` bytes that are there; gives how many it is then.
    fn copy(
        &self,
        body: &mut Body,
        mut file: File,
        mut size: u64,
        place: &Place,
        part: &Part,
    ) -> Result<u64, FetchError> {
        let mut reader = body.as_reader();
        let mut buffer = vec![0; 64 * 1024];
        loop {
            let length = match reader.read(&mut buffer) {
                Ok(0) => return Ok(size),
                Ok(length) => length,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(self.failed(place, ureq::Error::from(error), size)),
            };
            size += length as u64;
            if size > self.terms.most_bytes {
                part.clear().map_err(|source| disk(part.path(), source))?;
                return Err(FetchError::TooLarge {
                    url: place.url.to_string(),
                    most: self.terms.most_bytes,
                });
            }
            file.write_all(&buffer[..length]).map_err(|source| disk(part.path(), source))?;
        }
    }

    /// What a failure means, after so many bytes.
    fn failed(&self, place: &Place, error: ureq::Error, got: u64) -> FetchError {
        use ureq::{Error, Timeout};
        let (url, host) = (place.url.to_string(), place.host.clone());
        match error {
            Error::Other(other) => match other.downcast_ref::<Refused>() {
                Some(&Refused { address, kind }) if kind.can_be_allowed() => {
                    FetchError::Private { host, address, kind }
                }
                Some(&Refused { address, kind }) => FetchError::Forbidden { host, address, kind },
                None if other.is::<Unknown>() => {
                    FetchError::NoSuchHost { url, host, reason: other.to_string() }
                }
                None => FetchError::Answer { host, reason: other.to_string() },
            },
            Error::HostNotFound => {
                FetchError::NoSuchHost { url, host, reason: "it has no address".to_owned() }
            }
            Error::Timeout(Timeout::Resolve | Timeout::Connect) => {
                let reason = format!("no answer in {} seconds", self.terms.connect.as_secs_f32());
                FetchError::Unreachable { host, reason }
            }
            Error::Timeout(_) => FetchError::TooSlow { url, got, whole: self.terms.whole },
            Error::Tls(reason) => FetchError::Untrusted { host, reason: reason.to_owned() },
            Error::Rustls(error) => FetchError::Untrusted { host, reason: error.to_string() },
            Error::ConnectionFailed => {
                FetchError::Unreachable { host, reason: "no connection".to_owned() }
            }
            // As rustls has its alarms told.
            Error::Io(error) if error.kind() == ErrorKind::InvalidData && got == 0 => {
                FetchError::Untrusted { host, reason: error.to_string() }
            }
            Error::Io(error) if is_cut(error.kind()) || got > 0 => FetchError::Cut { url, got },
            Error::Io(error) => FetchError::Unreachable { host, reason: error.to_string() },
            error => FetchError::Answer { host, reason: error.to_string() },
        }
    }
}

fn disk(file: &Path, source: std::io::Error) -> FetchError {
    FetchError::Disk { file: file.to_owned(), source }
}

/// The connection was there, and is not any more.
fn is_cut(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::UnexpectedEof
            | ErrorKind::ConnectionReset
            | ErrorKind::ConnectionAborted
            | ErrorKind::BrokenPipe
    )
}
