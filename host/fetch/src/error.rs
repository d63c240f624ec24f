//! Why a picture was not fetched, in words for who wrote its URL.

use std::error::Error;
use std::fmt;
use std::io;
use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use rikaste_model::shop::RemotePhotoSettings;
use rikaste_model::words;
use rikaste_model::words::{Language, LocalizedText};

use super::address::AddressKind;

/// Why a picture was not fetched.
#[derive(Debug)]
pub enum FetchError {
    /// It is no address of a picture in the web.
    Url {
        /// What the file says.
        url: String,
        /// What is wrong with it.
        reason: LocalizedText,
    },
    /// The operator did not allow its host.
    NotAllowed {
        /// The host, with its port where that is not the usual one.
        host: String,
    },
    /// It is where only this machine's own network is.
    Private {
        /// The host.
        host: String,
        /// Where it is.
        address: IpAddr,
        /// What is there.
        kind: AddressKind,
    },
    /// It is where nothing may ever be fetched from.
    Forbidden {
        /// The host.
        host: String,
        /// Where it is.
        address: IpAddr,
        /// What is there.
        kind: AddressKind,
    },
    /// The host sends on to where nothing is fetched from.
    Redirected {
        /// Who sends on.
        url: String,
        /// Why that is not followed.
        reason: Box<FetchError>,
    },
    /// It is elsewhere, and there it is elsewhere again.
    TooManyRedirects {
        /// Where it began.
        url: String,
        /// How many are followed.
        most: usize,
    },
    /// Nobody knows where its host is.
    NoSuchHost {
        /// The URL that was requested.
        url: String,
        /// The host.
        host: String,
        /// What the network says.
        reason: String,
    },
    /// Nobody answers there.
    Unreachable {
        /// The host.
        host: String,
        /// What the network says.
        reason: String,
    },
    /// It cannot prove that it is who it says.
    Untrusted {
        /// The host.
        host: String,
        /// What is wrong with its certificate.
        reason: String,
    },
    /// There is no such picture.
    NotFound {
        /// The URL that was requested.
        url: String,
        /// The HTTP status.
        status: u16,
    },
    /// It is not for everybody.
    Denied {
        /// The URL that was requested.
        url: String,
        /// The HTTP status.
        status: u16,
    },
    /// The host has too much to do.
    Busy {
        /// The host.
        host: String,
        /// How long to wait.
        wait: Duration,
    },
    /// The host could not answer.
    Status {
        /// The URL that was requested.
        url: String,
        /// The HTTP status.
        status: u16,
    },
    /// It is larger than is allowed.
    TooLarge {
        /// The URL that was requested.
        url: String,
        /// The bound.
        most: u64,
    },
    /// It took longer than is waited.
    TooSlow {
        /// The URL that was requested.
        url: String,
        /// How much came.
        got: u64,
        /// How long an attempt may take.
        whole: Duration,
    },
    /// The connection ended before the picture did.
    Cut {
        /// The URL that was requested.
        url: String,
        /// How much came.
        got: u64,
    },
    /// It is a page or a text.
    NotPicture {
        /// The URL that was requested.
        url: String,
        /// What the host says it is.
        media_type: String,
    },
    /// There are no bytes in it.
    Empty {
        /// The URL that was requested.
        url: String,
    },
    /// The host does not speak HTTP as it should.
    Answer {
        /// The host.
        host: String,
        /// What is wrong.
        reason: String,
    },
    /// The picture cannot be written down.
    Disk {
        /// The file.
        file: PathBuf,
        /// The error of the file system.
        source: io::Error,
    },
}

impl FetchError {
    /// Why, in the words of a receipt. What the network says stays as it says it.
    #[must_use]
    pub fn localized_text(&self) -> LocalizedText {
        match self {
            Self::Url { url, reason } => {
                words!("fetch-url", url = url.as_str(), reason = reason.clone())
            }
            Self::NotAllowed { host } => {
                words!(
                    "fetch-not-allowed",
                    host = host.as_str(),
                    setting = RemotePhotoSettings::HOSTS_SETTING
                )
            }
            Self::Private { host, address, kind } => words!(
                "fetch-private",
                host = host.as_str(),
                address = address.to_string(),
                kind = kind.localized_text(),
                setting = RemotePhotoSettings::HOSTS_SETTING
            ),
            Self::Forbidden { host, address, kind } => words!(
                "fetch-forbidden",
                host = host.as_str(),
                address = address.to_string(),
                kind = kind.localized_text()
            ),
            Self::Redirected { url, reason } => {
                words!("fetch-redirected", url = url.as_str(), reason = reason.localized_text())
            }
            Self::TooManyRedirects { url, most } => {
                words!("fetch-redirects", url = url.as_str(), most = most.to_string())
            }
            Self::NoSuchHost { url, host, reason } => words!(
                "fetch-no-host",
                url = url.as_str(),
                host = host.as_str(),
                reason = reason.as_str()
            ),
            Self::Unreachable { host, reason } => {
                words!("fetch-unreachable", host = host.as_str(), reason = reason.as_str())
            }
            Self::Untrusted { host, reason } => {
                words!("fetch-untrusted", host = host.as_str(), reason = reason.as_str())
            }
            Self::NotFound { url, status } => {
                words!("fetch-not-found", url = url.as_str(), status = status.to_string())
            }
            Self::Denied { url, status } => {
                words!("fetch-denied", url = url.as_str(), status = status.to_string())
            }
            Self::Busy { host, wait } => words!(
                "fetch-busy",
                host = host.as_str(),
                seconds = wait.as_secs().max(1).to_string()
            ),
            Self::Status { url, status } => {
                words!("fetch-status", url = url.as_str(), status = status.to_string())
            }
            Self::TooLarge { url, most } => {
                words!("fetch-too-large", url = url.as_str(), most = most.to_string())
            }
            Self::TooSlow { url, got, whole } => words!(
                "fetch-too-slow",
                url = url.as_str(),
                got = got.to_string(),
                seconds = whole.as_secs_f32().to_string()
            ),
            Self::Cut { url, got } => {
                words!("fetch-cut", url = url.as_str(), got = got.to_string())
            }
            Self::NotPicture { url, media_type } => {
                words!("fetch-no-picture", url = url.as_str(), type = media_type.as_str())
            }
            Self::Empty { url } => words!("fetch-empty", url = url.as_str()),
            Self::Answer { host, reason } => {
                words!("fetch-answer", host = host.as_str(), reason = reason.as_str())
            }
            Self::Disk { file, source } => {
                words!("fetch-disk", file = file.display().to_string(), reason = source.to_string())
            }
        }
    }

    /// Whether the same URL may well be had later, without anybody changing anything.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            // A name may be known again when the network is back.
            Self::NoSuchHost { .. }
            | Self::Unreachable { .. }
            | Self::Busy { .. }
            | Self::TooSlow { .. }
            | Self::Cut { .. }
            | Self::Disk { .. } => true,
            Self::Status { status, .. } => *status >= 500,
            Self::Redirected { reason, .. } => reason.is_transient(),
            _ => false,
        }
    }
}

/// In English.
impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.localized_text().to_text(Language::En))
    }
}

impl Error for FetchError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Disk { source, .. } => Some(source),
            _ => None,
        }
    }
}
