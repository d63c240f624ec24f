//! Pictures that product files name by their URL.
//!
//! A product file is written by somebody else, so a URL in it must not make this machine ask whom it likes. Nothing is
//! fetched but from hosts that the operator named ([`FetchPolicy`]), at addresses that are anybody's ([`address`]), and every
//! address a host sends on to is judged as the first was. What comes is bytes in a file: the sandbox looks into them.
//!
//! A host is treated as a guest would: few questions at a time, with a pause, under one name, not again what is known
//! ([`RemotePhotoVersion`]), not from the start what is half there, and not at all while it asks to be left alone.
//!
//! Proxies of the environment are not used, since a proxy looks names up itself, after they were judged here. Cookies
//! are not kept. Certificates are judged by Mozilla's list, which comes with the program, so that it works the same in
//! an empty container.

pub mod address;
mod error;
mod headers;
mod outcome;
mod part;
mod policy;
mod resolver;
#[cfg(test)]
mod tests;
mod throttle;

use std::fs::File;
use std::io::{ErrorKind, Read, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rikaste_model::shop::normalize_host;
use rikaste_model::words;
use rikaste_store::RemotePhotoVersion;
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

use outcome::resume_validator;
pub use outcome::{FetchOutcome, FetchedFile};

pub use error::FetchError;
use headers::{
    is_text_type, parse_content_range, read_header, read_media_type, read_redirect,
    read_retry_after,
};
use part::PartialDownload;
pub use policy::FetchPolicy;
use resolver::{CheckedResolver, RefusedAddress, UnknownHost};
use throttle::{HostPermit, HostThrottle, UrlLock};

/// How often a picture is tried that comes only in part, or whose host says to ask again.
const ATTEMPTS: usize = 3;

/// Fetches pictures on the operator's terms. One serves all threads; each call blocks its own.
#[derive(Debug)]
pub struct PhotoFetcher {
    agent: Agent,
    policy: Arc<FetchPolicy>,
    throttle: HostThrottle,
}

/// An address that may be asked, as far as its words go; where it leads is seen when it is looked up.
#[derive(Debug, Clone)]
struct FetchTarget {
    url: Url,
    /// The host, with its port where that is not the usual one.
    host: String,
}

impl PhotoFetcher {
    /// A fetcher on these terms.
    #[must_use]
    pub fn new(terms: FetchPolicy) -> Self {
        Self::with_parts(terms, DefaultResolver::default(), RootCerts::WebPki)
    }

    /// One that looks names up by this, and believes certificates of these.
    fn with_parts(terms: FetchPolicy, names: impl Resolver, roots: RootCerts) -> Self {
        let policy = Arc::new(terms);
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .tls_config(TlsConfig::builder().root_certs(roots).build())
            .timeout_connect(Some(policy.connect_timeout))
            .timeout_resolve(Some(policy.connect_timeout))
            .user_agent(concat!("Rikaste/", env!("CARGO_PKG_VERSION")))
            .max_idle_connections_per_host(policy.max_parallel)
            .build();
        let names = CheckedResolver::new(names, Arc::clone(&policy));
        Self {
            agent: Agent::with_parts(config, DefaultConnector::default(), names),
            policy,
            throttle: HostThrottle::default(),
        }
    }

    /// Fetches what is at a URL into a file in a folder, unless it is the version that is known. What is left there by
    /// an earlier call that did not get to the end is gone on with.
    ///
    /// # Errors
    /// When it may not be asked for, cannot be had, or is no picture. [`FetchError::is_transient`] says what to try again.
    pub fn fetch_photo(
        &self,
        url: &str,
        known: Option<&RemotePhotoVersion>,
        folder: &Path,
    ) -> Result<FetchOutcome, FetchError> {
        let place = self.parse_target(url)?;
        let _sole: UrlLock<'_> = self.throttle.lock_url(place.url.as_str());
        let part = PartialDownload::new(folder, place.url.as_str())
            .map_err(|source| disk_error(folder, source))?;
        let mut tries = ATTEMPTS;
        loop {
            tries -= 1;
            match self.attempt_fetch(&place, known, &part) {
                Err(error) if tries > 0 && self.can_retry(&error) => {}
                answer => return answer,
            }
        }
    }

    /// Whether it is worth asking again at once, or after what the host asks for.
    fn can_retry(&self, error: &FetchError) -> bool {
        match error {
            FetchError::Cut { .. } => true,
            FetchError::Busy { wait, .. } => *wait <= self.policy.max_wait,
            FetchError::Status { status, .. } => *status >= 500,
            _ => false,
        }
    }

    fn attempt_fetch(
        &self,
        start: &FetchTarget,
        known: Option<&RemotePhotoVersion>,
        part: &PartialDownload,
    ) -> Result<FetchOutcome, FetchError> {
        let mut place = start.clone();
        let mut left = self.policy.attempt_timeout;
        for _ in 0..=self.policy.max_redirects {
            let _turn = self.acquire_permit(&place)?;
            let began = Instant::now();
            let response = self.send_request(&place, known, part, left)?;
            match read_redirect(&response) {
                Some(to) => place = self.follow_redirect(&place, &to)?,
                None => return self.receive_response(response, &place, known, part),
            }
            left = left.saturating_sub(began.elapsed());
        }
        Err(FetchError::TooManyRedirects {
            url: start.url.to_string(),
            most: self.policy.max_redirects,
        })
    }

    /// Judges the words of a URL.
    fn parse_target(&self, url: &str) -> Result<FetchTarget, FetchError> {
        let refused = |reason| FetchError::Url { url: url.to_owned(), reason };
        let mut parsed = Url::parse(url.trim()).map_err(|_| refused(words!("fetch-url-web")))?;
        if !matches!(parsed.scheme(), "http" | "https") {
            return Err(refused(words!("fetch-url-scheme")));
        }
        if !parsed.username().is_empty() || parsed.password().is_some() {
            return Err(refused(words!("fetch-url-login")));
        }
        parsed.set_fragment(None);
        let name = normalize_host(&parsed).ok_or_else(|| refused(words!("fetch-url-host")))?;
        let host = parsed.port().map_or_else(|| name.clone(), |port| format!("{name}:{port}"));
        if self.policy.find_host(&parsed).is_none() {
            return Err(FetchError::NotAllowed { host });
        }
        Ok(FetchTarget { url: parsed, host })
    }

    fn follow_redirect(&self, from: &FetchTarget, to: &str) -> Result<FetchTarget, FetchError> {
        let redirected =
            |reason| FetchError::Redirected { url: from.url.to_string(), reason: Box::new(reason) };
        let to = from.url.join(to).map_err(|_| {
            redirected(FetchError::Url { url: to.to_owned(), reason: words!("fetch-url-web") })
        })?;
        self.parse_target(to.as_str()).map_err(redirected)
    }

    fn acquire_permit(&self, place: &FetchTarget) -> Result<HostPermit<'_>, FetchError> {
        self.throttle
            .acquire_permit(
                &place.host,
                self.policy.max_parallel,
                self.policy.pause,
                self.policy.max_wait,
            )
            .map_err(|wait| FetchError::Busy { host: place.host.clone(), wait })
    }

    fn send_request(
        &self,
        place: &FetchTarget,
        known: Option<&RemotePhotoVersion>,
        part: &PartialDownload,
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
        if let Some((length, version)) = part.read_progress()
            && let Some(same) = resume_validator(&version)
        {
            request = request.header(RANGE, format!("bytes={length}-")).header(IF_RANGE, same);
        }
        request
            .config()
            .timeout_global(Some(left))
            .build()
            .call()
            .map_err(|error| self.to_fetch_error(place, error, 0))
    }

    /// What comes of an answer that is not elsewhere.
    fn receive_response(
        &self,
        mut response: Response<Body>,
        place: &FetchTarget,
        known: Option<&RemotePhotoVersion>,
        part: &PartialDownload,
    ) -> Result<FetchOutcome, FetchError> {
        let url = || place.url.to_string();
        let status = response.status().as_u16();
        match status {
            200 | 206 => {}
            304 if known.is_some() => return Ok(FetchOutcome::Unchanged),
            401 | 402 | 403 | 407 | 451 => return Err(FetchError::Denied { url: url(), status }),
            404 | 410 => return Err(FetchError::NotFound { url: url(), status }),
            // What is half there is not half of what there is now.
            416 if part.read_progress().is_some() => {
                part.remove_files().map_err(|source| disk_error(part.path(), source))?;
                return Err(FetchError::Cut { url: url(), got: 0 });
            }
            429 | 503 => {
                let wait = read_retry_after(response.headers()).unwrap_or(self.policy.pause * 10);
                self.throttle.delay_host(&place.host, wait);
                return Err(FetchError::Busy { host: place.host.clone(), wait });
            }
            _ => return Err(FetchError::Status { url: url(), status }),
        }
        let headers = response.headers();
        let media_type = read_media_type(headers);
        if let Some(media_type) = media_type.clone().filter(|media_type| is_text_type(media_type)) {
            return Err(FetchError::NotPicture { url: url(), media_type });
        }
        if let Some(packed) = read_header(headers, CONTENT_ENCODING)
            .filter(|packed| !packed.eq_ignore_ascii_case("identity"))
        {
            let reason = format!("it packs pictures ({packed}), though it was asked not to");
            return Err(FetchError::Answer { host: place.host.clone(), reason });
        }
        let received = outcome::read_version(headers);
        let (file, have, whole, version) = if status == 206 {
            self.resume_part(headers, place, part, &received)?
        } else {
            (
                part.start_file(&received).map_err(|source| disk_error(part.path(), source))?,
                0,
                None,
                received,
            )
        };
        let coming = response.body().content_length().unwrap_or(0);
        if have.saturating_add(coming).max(whole.unwrap_or(0)) > self.policy.max_bytes {
            part.remove_files().map_err(|source| disk_error(part.path(), source))?;
            return Err(FetchError::TooLarge { url: url(), most: self.policy.max_bytes });
        }
        let size = self.copy_body(response.body_mut(), file, have, place, part)?;
        if whole.is_some_and(|whole| whole != size) {
            part.remove_files().map_err(|source| disk_error(part.path(), source))?;
            return Err(FetchError::Cut { url: url(), got: size });
        }
        if size == 0 {
            part.remove_files().map_err(|source| disk_error(part.path(), source))?;
            return Err(FetchError::Empty { url: url() });
        }
        let file = part.finish_file().map_err(|source| disk_error(part.path(), source))?;
        Ok(FetchOutcome::New(FetchedFile {
            file,
            size,
            media_type,
            version,
            final_url: place.url.to_string(),
        }))
    }

    /// The unfinished file, how much is in it, how much it will be, and its version: if what comes is indeed the rest.
    fn resume_part(
        &self,
        headers: &HeaderMap,
        place: &FetchTarget,
        part: &PartialDownload,
        received: &RemotePhotoVersion,
    ) -> Result<(File, u64, Option<u64>, RemotePhotoVersion), FetchError> {
        let rest = read_header(headers, CONTENT_RANGE).as_deref().and_then(parse_content_range);
        match (part.read_progress(), rest) {
            (Some((have, version)), Some((from, whole)))
                if from == have && (received.etag.is_none() || received.etag == version.etag) =>
            {
                let file =
                    part.open_to_resume().map_err(|source| disk_error(part.path(), source))?;
                Ok((file, have, whole, version))
            }
            _ => {
                part.remove_files().map_err(|source| disk_error(part.path(), source))?;
                Err(FetchError::Cut { url: place.url.to_string(), got: 0 })
            }
        }
    }

    /// Writes what comes behind the `size` bytes that are there; gives how many it is then.
    fn copy_body(
        &self,
        body: &mut Body,
        mut file: File,
        mut size: u64,
        place: &FetchTarget,
        part: &PartialDownload,
    ) -> Result<u64, FetchError> {
        let mut reader = body.as_reader();
        let mut buffer = vec![0; 64 * 1024];
        loop {
            let length = match reader.read(&mut buffer) {
                Ok(0) => return Ok(size),
                Ok(length) => length,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => {
                    return Err(self.to_fetch_error(place, ureq::Error::from(error), size));
                }
            };
            size += length as u64;
            if size > self.policy.max_bytes {
                part.remove_files().map_err(|source| disk_error(part.path(), source))?;
                return Err(FetchError::TooLarge {
                    url: place.url.to_string(),
                    most: self.policy.max_bytes,
                });
            }
            file.write_all(&buffer[..length]).map_err(|source| disk_error(part.path(), source))?;
        }
    }

    /// What a failure means, after so many bytes.
    fn to_fetch_error(&self, place: &FetchTarget, error: ureq::Error, got: u64) -> FetchError {
        use ureq::{Error, Timeout};
        let (url, host) = (place.url.to_string(), place.host.clone());
        match error {
            Error::Other(other) => match other.downcast_ref::<RefusedAddress>() {
                Some(&RefusedAddress { address, kind }) if kind.can_be_allowed() => {
                    FetchError::Private { host, address, kind }
                }
                Some(&RefusedAddress { address, kind }) => {
                    FetchError::Forbidden { host, address, kind }
                }
                None if other.is::<UnknownHost>() => {
                    FetchError::NoSuchHost { url, host, reason: other.to_string() }
                }
                None => FetchError::Answer { host, reason: other.to_string() },
            },
            Error::HostNotFound => {
                FetchError::NoSuchHost { url, host, reason: "it has no address".to_owned() }
            }
            Error::Timeout(Timeout::Resolve | Timeout::Connect) => {
                let reason =
                    format!("no answer in {} seconds", self.policy.connect_timeout.as_secs_f32());
                FetchError::Unreachable { host, reason }
            }
            Error::Timeout(_) => {
                FetchError::TooSlow { url, got, whole: self.policy.attempt_timeout }
            }
            Error::Tls(reason) => FetchError::Untrusted { host, reason: reason.to_owned() },
            Error::Rustls(error) => FetchError::Untrusted { host, reason: error.to_string() },
            Error::ConnectionFailed => {
                FetchError::Unreachable { host, reason: "no connection".to_owned() }
            }
            // As rustls has its alarms told.
            Error::Io(error) if error.kind() == ErrorKind::InvalidData && got == 0 => {
                FetchError::Untrusted { host, reason: error.to_string() }
            }
            Error::Io(error) if is_disconnect(error.kind()) || got > 0 => {
                FetchError::Cut { url, got }
            }
            Error::Io(error) => FetchError::Unreachable { host, reason: error.to_string() },
            error => FetchError::Answer { host, reason: error.to_string() },
        }
    }
}

fn disk_error(file: &Path, source: std::io::Error) -> FetchError {
    FetchError::Disk { file: file.to_owned(), source }
}

/// The connection was there, and is not any more.
fn is_disconnect(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::UnexpectedEof
            | ErrorKind::ConnectionReset
            | ErrorKind::ConnectionAborted
            | ErrorKind::BrokenPipe
    )
}
