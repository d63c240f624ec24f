//! Names to addresses that may be asked.
//!
//! What is looked up here is what is connected to: there is no second lookup, whose answer could be another.

use std::fmt::{self, Debug};
use std::net::IpAddr;
use std::sync::Arc;

use thiserror::Error;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;
use url::Url;

use super::address::{self, Kind};
use rikaste_model::shop::AllowedHost;
use rikaste_model::words::Language;

use super::terms::Terms;

/// A host is at no address that may be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{address} is {}", kind.words().text(Language::En))]
pub(super) struct Refused {
    pub(super) address: IpAddr,
    pub(super) kind: Kind,
}

/// A host's name could not be looked up.
#[derive(Debug, Error)]
#[error("{0}")]
pub(super) struct Unknown(String);

/// Another resolver's answers without the addresses that may not be asked.
pub(super) struct Checked<R> {
    names: R,
    terms: Arc<Terms>,
}

impl<R> Checked<R> {
    pub(super) fn new(names: R, terms: Arc<Terms>) -> Self {
        Self { names, terms }
    }
}

impl<R: Resolver> Resolver for Checked<R> {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let url = Url::parse(&uri.to_string()).map_err(|_| ureq::Error::BadUri(uri.to_string()))?;
        // Every URL is checked before it is asked for; without its host's entry nothing private can be meant.
        let private = self.terms.of(&url).is_some_and(AllowedHost::may_be_private);
        let mut asked = self.empty();
        let mut refused = None;
        let found = self.names.resolve(uri, config, timeout).map_err(|error| match error {
            ureq::Error::Io(error) => ureq::Error::Other(Box::new(Unknown(error.to_string()))),
            other => other,
        })?;
        for found in &found[..] {
            match address::kind(found.ip()) {
                Some(kind) if !(private && kind.can_be_allowed()) => {
                    refused = Some(Refused { address: found.ip(), kind });
                }
                _ => asked.push(*found),
            }
        }
        match refused {
            Some(refused) if asked.is_empty() => Err(ureq::Error::Other(Box::new(refused))),
            _ => Ok(asked),
        }
    }
}

impl<R> Debug for Checked<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Checked").finish_non_exhaustive()
    }
}
