//! Access: which token opens what.
//!
//! A caller shows a token in the `Authorization` header (a program) or in a cookie that the sign-in page
//! sets (a browser). A token opens what its scopes say. The files of tokens are read again when they change,
//! so a token that is revoked opens nothing a second later.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, COOKIE, FORWARDED, HOST, HeaderName, ORIGIN, VIA};
use rikaste_model::code::ChannelCode;

use super::problem::{ApiProblem, ProblemKind};

mod token_file;

pub use token_file::{AccessScope, AccessToken, NewToken, TokenFile, TokenFileError};

/// The cookie that the sign-in page sets.
pub(super) const TOKEN_COOKIE: &str = "rikaste_token";
/// For how long the files of tokens are not looked at again.
const CHECK_INTERVAL: Duration = Duration::from_secs(1);
/// What a proxy adds to a request that it hands on.
const PROXY_HEADERS: [HeaderName; 5] = [
    FORWARDED,
    VIA,
    HeaderName::from_static("x-forwarded-for"),
    HeaderName::from_static("x-forwarded-host"),
    HeaderName::from_static("x-real-ip"),
];

/// The tokens that open what is not public: private channels, explanations, receipts.
#[derive(Debug, Clone)]
pub struct AccessTokens(AccessPolicy);

#[derive(Debug, Clone)]
enum AccessPolicy {
    Open,
    Fixed(Arc<[AccessToken]>),
    Files(Arc<TokenFiles>),
}

/// The files that tokens are in, and what stood in them when they were read last.
#[derive(Debug)]
struct TokenFiles {
    /// Tokens with names and scopes.
    named: PathBuf,
    /// A token a line: each opens everything.
    plain: PathBuf,
    /// Whether everything is open while there is no token: the shop listens on loopback only.
    is_open_without_tokens: bool,
    read: Mutex<Option<LoadedTokens>>,
}

#[derive(Debug, Clone)]
struct LoadedTokens {
    checked: Instant,
    stamps: [Option<(SystemTime, u64)>; 2],
    /// Why the files cannot be read, where they cannot.
    tokens: Result<Arc<[AccessToken]>, String>,
}

/// What a caller may do.
#[derive(Debug, Clone)]
pub(super) enum Access {
    /// Everything: the shop is open.
    Open,
    /// What the scopes of a token say.
    Token(AccessToken),
    /// What is public.
    Public(DenialReason),
}

/// Why a caller may do no more.
#[derive(Debug, Clone)]
pub(super) enum DenialReason {
    NoTokenShown,
    UnknownToken,
    /// The shop has no token, so nobody can show one.
    NoTokens,
    BrokenFile(String),
}

impl AccessTokens {
    /// These tokens, each of which opens everything; empty ones are passed over.
    #[must_use]
    pub fn new<T: AsRef<str>>(tokens: impl IntoIterator<Item = T>) -> Self {
        let known = tokens.into_iter().filter_map(|token| AccessToken::from_plain(token.as_ref()));
        Self(AccessPolicy::Fixed(known.collect()))
    }

    /// Everyone may do everything, as in the demo.
    #[must_use]
    pub fn allow_everyone() -> Self {
        Self(AccessPolicy::Open)
    }

    /// The tokens in two files, either of which need not be there: `named` is a [`TokenFile`], `plain` has a token a
    /// line. Where there is no token at all, `is_loopback` says that everything is open to callers on this machine.
    #[must_use]
    pub fn from_files(named: PathBuf, plain: PathBuf, is_loopback: bool) -> Self {
        let is_open_without_tokens = is_loopback;
        let read = Mutex::new(None);
        Self(AccessPolicy::Files(Arc::new(TokenFiles {
            named,
            plain,
            is_open_without_tokens,
            read,
        })))
    }

    /// Whether everything is open to callers on this machine, because the shop has no token.
    #[must_use]
    pub fn is_open(&self) -> bool {
        match &self.0 {
            AccessPolicy::Open => true,
            AccessPolicy::Fixed(_) => false,
            AccessPolicy::Files(files) => {
                files.is_open_without_tokens
                    && files.load_tokens().is_ok_and(|tokens| tokens.is_empty())
            }
        }
    }

    /// What the sender of a request may do.
    pub(super) fn identify_caller(&self, headers: &HeaderMap) -> Access {
        let (tokens, is_open_without_tokens) = match &self.0 {
            AccessPolicy::Open => return Access::Open,
            AccessPolicy::Fixed(tokens) => (Arc::clone(tokens), false),
            AccessPolicy::Files(files) => match files.load_tokens() {
                Ok(tokens) => (tokens, files.is_open_without_tokens),
                Err(problem) => return Access::Public(DenialReason::BrokenFile(problem)),
            },
        };
        // A page of another site that the browser on this machine shows is not on this machine.
        let is_local = is_local_request(headers) && is_same_origin(headers);
        if tokens.is_empty() && is_open_without_tokens && is_local {
            return Access::Open;
        }
        if tokens.is_empty() {
            return Access::Public(DenialReason::NoTokens);
        }
        match bearer_token(headers).or_else(|| cookie_token(headers)) {
            None => Access::Public(DenialReason::NoTokenShown),
            Some(shown) => find_token(&tokens, shown)
                .map_or(Access::Public(DenialReason::UnknownToken), Access::Token),
        }
    }

    /// The token that somebody typed, if the shop has it.
    pub(super) fn find_shown_token(&self, shown: &str) -> Option<AccessToken> {
        match &self.0 {
            AccessPolicy::Open => None,
            AccessPolicy::Fixed(tokens) => find_token(tokens, shown),
            AccessPolicy::Files(files) => find_token(&files.load_tokens().ok()?, shown),
        }
    }
}

impl TokenFiles {
    fn load_tokens(&self) -> Result<Arc<[AccessToken]>, String> {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = read.as_ref().filter(|known| known.checked.elapsed() < CHECK_INTERVAL)
        {
            return known.tokens.clone();
        }
        let stamps = [&self.named, &self.plain].map(|path| {
            let metadata = std::fs::metadata(path).ok()?;
            Some((metadata.modified().ok()?, metadata.len()))
        });
        let checked = Instant::now();
        let tokens = match read.take() {
            Some(known) if known.stamps == stamps && known.tokens.is_ok() => known.tokens,
            _ => self.read_tokens().inspect_err(|problem| tracing::error!("{problem}")),
        };
        *read = Some(LoadedTokens { checked, stamps, tokens: tokens.clone() });
        tokens
    }

    fn read_tokens(&self) -> Result<Arc<[AccessToken]>, String> {
        let mut tokens = TokenFile::load(&self.named).map_err(|error| error.to_string())?.tokens;
        match std::fs::read_to_string(&self.plain) {
            Ok(text) => tokens.extend(
                text.lines()
                    .filter(|line| !line.trim_start().starts_with('#'))
                    .filter_map(AccessToken::from_plain),
            ),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => {
                let path = self.plain.display();
                return Err(format!("the tokens in {path} cannot be read: {error}"));
            }
        }
        Ok(tokens.into())
    }
}

impl Access {
    /// Whether the caller may read all that is not public.
    pub(super) fn can_read(&self) -> bool {
        match self {
            Self::Open => true,
            Self::Token(token) => token.has_scope(&AccessScope::Read),
            Self::Public(_) => false,
        }
    }

    /// Whether the caller may read a private channel.
    pub(super) fn can_read_channel(&self, channel: &str) -> bool {
        match self {
            Self::Token(token) => token.can_read_channel(channel),
            _ => self.can_read(),
        }
    }

    /// Refuses a caller who may not read all that is not public.
    pub(super) fn require_read(&self) -> Result<(), ApiProblem> {
        if self.can_read() { Ok(()) } else { Err(self.refuse("it needs the scope read")) }
    }

    /// Refuses a caller who may not read a private channel.
    pub(super) fn require_channel(&self, channel: &ChannelCode) -> Result<(), ApiProblem> {
        if self.can_read_channel(channel.as_str()) {
            return Ok(());
        }
        Err(self.refuse(&format!("it needs the scope read or channel:{channel}")))
    }

    /// Refuses a caller who may not change the shop. A browser's request must come from a page of the shop itself.
    pub(super) fn require_manage(&self, headers: &HeaderMap) -> Result<(), ApiProblem> {
        require_same_origin(headers)?;
        match self {
            Self::Open => Ok(()),
            Self::Token(token) if token.has_scope(&AccessScope::Manage) => Ok(()),
            _ => Err(self.refuse("it needs the scope manage")),
        }
    }

    fn refuse(&self, needed: &str) -> ApiProblem {
        let reason = match self {
            Self::Open => unreachable!("an open shop refuses nobody"),
            Self::Token(token) => {
                return ApiProblem::new(
                    ProblemKind::NotAllowed,
                    format!("The token \"{}\" does not open this; {needed}.", token.name),
                );
            }
            Self::Public(reason) => reason,
        };
        match reason {
            DenialReason::NoTokenShown => ApiProblem::token_needed(
                "This is not public; sign in at /sign-in, or send the header \"Authorization: Bearer …\" with a token of the shop.",
                false,
            ),
            DenialReason::UnknownToken => ApiProblem::token_needed(
                "The shop does not know this token; it may be revoked. Ask who runs the shop for another.",
                true,
            ),
            DenialReason::NoTokens => ApiProblem::token_needed(
                "This is not public, and the shop has no token yet; `rikaste token new NAME` makes one.",
                false,
            ),
            DenialReason::BrokenFile(problem) => ApiProblem::token_needed(
                &format!("This is not public, and no token opens it now: {problem}."),
                false,
            ),
        }
    }
}

fn find_token(known: &[AccessToken], shown: &str) -> Option<AccessToken> {
    // Comparing hashes takes constant time, and all of them are compared.
    let digest = blake3::hash(shown.trim().as_bytes());
    let found = known.iter().fold(
        None,
        |found, known| {
            if known.digest == digest { Some(known) } else { found }
        },
    );
    found.cloned()
}

fn bearer_token(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn cookie_token(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies
        .flat_map(|value| value.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(TOKEN_COOKIE)?.strip_prefix('='))
}

/// Whether a request names this machine as its host and no proxy handed it on. A page of another site that has its
/// name resolved to this machine sends its own name.
fn is_local_request(headers: &HeaderMap) -> bool {
    let is_handed_on = PROXY_HEADERS.iter().any(|name| headers.contains_key(name));
    let host = headers.get(HOST).map(|host| host.to_str().unwrap_or_default());
    !is_handed_on && host.is_none_or(is_loopback_host)
}

fn is_loopback_host(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let address = name.trim_start_matches('[').trim_end_matches(']');
    name.eq_ignore_ascii_case("localhost")
        || address.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Refuses a request that a page of another site sent.
pub(super) fn require_same_origin(headers: &HeaderMap) -> Result<(), ApiProblem> {
    if is_same_origin(headers) {
        return Ok(());
    }
    let detail =
        "The request comes from a page of another site; only the shop's own pages may send it.";
    Err(ApiProblem::new(ProblemKind::NotAllowed, detail))
}

/// Whether the page that sent a request, if a page did, is the shop's own.
pub(super) fn is_same_origin(headers: &HeaderMap) -> bool {
    let Some(origin) = headers.get(ORIGIN) else { return true };
    let origin = origin.to_str().unwrap_or_default();
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let is_own = |host: &str| origin.split_once("://").is_some_and(|(_, from)| from == host);
    host.is_some_and(is_own)
}

#[cfg(test)]
mod tests;
