//! Resolves names to addresses that may be connected to.
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

use super::address::{self, AddressKind};
use rikaste_model::shop::AllowedHost;
use rikaste_model::words::Language;

use super::policy::FetchPolicy;

/// A host has no address that may be connected to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{address} is {}", kind.localized_text().to_text(Language::En))]
pub(super) struct RefusedAddress {
    pub(super) address: IpAddr,
    pub(super) kind: AddressKind,
}

/// A host's name could not be looked up.
#[derive(Debug, Error)]
#[error("{0}")]
pub(super) struct UnknownHost(String);

/// Another resolver's answers without the addresses that may not be connected to.
pub(super) struct CheckedResolver<R> {
    names: R,
    policy: Arc<FetchPolicy>,
}

impl<R> CheckedResolver<R> {
    pub(super) fn new(names: R, policy: Arc<FetchPolicy>) -> Self {
        Self { names, policy }
    }
}

impl<R: Resolver> Resolver for CheckedResolver<R> {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let url = Url::parse(&uri.to_string()).map_err(|_| ureq::Error::BadUri(uri.to_string()))?;
        // Every URL is checked before it is asked for; without its host's entry nothing private can be meant.
        let private = self.policy.find_host(&url).is_some_and(AllowedHost::can_be_private);
        let mut allowed = self.empty();
        let mut refused = None;
        let found = self.names.resolve(uri, config, timeout).map_err(|error| match error {
            ureq::Error::Io(error) => ureq::Error::Other(Box::new(UnknownHost(error.to_string()))),
            other => other,
        })?;
        for found in &found[..] {
            match address::classify_address(found.ip()) {
                Some(kind) if !(private && kind.can_be_allowed()) => {
                    refused = Some(RefusedAddress { address: found.ip(), kind });
                }
                _ => allowed.push(*found),
            }
        }
        match refused {
            Some(refused) if allowed.is_empty() => Err(ureq::Error::Other(Box::new(refused))),
            _ => Ok(allowed),
        }
    }
}

impl<R> Debug for CheckedResolver<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CheckedResolver").finish_non_exhaustive()
    }
}
