//! Why a picture was not fetched, in words for who wrote its URL.

use std::io;
use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use rikaste_catalog::shop::Pictures;
use thiserror::Error;

use super::address::Kind;

/// Why a picture was not fetched.
#[derive(Debug, Error)]
pub enum FetchError {
    /// It is no address of a picture in the web.
    #[error("“{url}” cannot be fetched: {reason}")]
    Url {
        /// What the file says.
        url: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The operator did not allow its host.
    #[error("nothing is fetched from {host}: whoever runs the shop can add it to {setting}", setting = Pictures::HOSTS)]
    NotAllowed {
        /// The host, with its port where that is not the usual one.
        host: String,
    },
    /// It is where only this machine's own network is.
    #[error(
        "nothing is fetched from {host}, which is at {address} ({kind}): if its pictures are meant, whoever runs the \
         shop can say `private = true` with it in {setting}", setting = Pictures::HOSTS
    )]
    Private {
        /// The host.
        host: String,
        /// Where it is.
        address: IpAddr,
        /// What is there.
        kind: Kind,
    },
    /// It is where nothing may ever be fetched from.
    #[error("nothing is fetched from {host}, which is at {address} ({kind})")]
    Forbidden {
        /// The host.
        host: String,
        /// Where it is.
        address: IpAddr,
        /// What is there.
        kind: Kind,
    },
    /// The host sends on to where nothing is fetched from.
    #[error("“{url}” sends on to another address: {reason}")]
    Redirected {
        /// Who sends on.
        url: String,
        /// Why that is not followed.
        reason: Box<FetchError>,
    },
    /// It is elsewhere, and there it is elsewhere again.
    #[error("“{url}” sends from one address to the next, more than {most} times")]
    TooManyRedirects {
        /// Where it began.
        url: String,
        /// How many are followed.
        most: usize,
    },
    /// Nobody knows where its host is.
    #[error("{host} could not be found ({reason}): look for a slip in “{url}”")]
    NoSuchHost {
        /// What was asked for.
        url: String,
        /// The host.
        host: String,
        /// What the network says.
        reason: String,
    },
    /// Nobody answers there.
    #[error("{host} could not be reached ({reason}); it is tried again later")]
    Unreachable {
        /// The host.
        host: String,
        /// What the network says.
        reason: String,
    },
    /// It cannot prove that it is who it says.
    #[error(
        "{host} does not prove who it is ({reason}): its certificate has to be renewed by who runs it"
    )]
    Untrusted {
        /// The host.
        host: String,
        /// What is wrong with its certificate.
        reason: String,
    },
    /// There is no such picture.
    #[error("there is no picture at “{url}” ({status})")]
    NotFound {
        /// What was asked for.
        url: String,
        /// The HTTP status.
        status: u16,
    },
    /// It is not for everybody.
    #[error(
        "“{url}” is not for everybody ({status}): ask who runs it for addresses without a login"
    )]
    Denied {
        /// What was asked for.
        url: String,
        /// The HTTP status.
        status: u16,
    },
    /// The host has too much to do.
    #[error("{host} asks to be left alone for {} seconds; it is tried again later", wait.as_secs().max(1))]
    Busy {
        /// The host.
        host: String,
        /// How long.
        wait: Duration,
    },
    /// The host could not answer.
    #[error("“{url}” could not be answered ({status})")]
    Status {
        /// What was asked for.
        url: String,
        /// The HTTP status.
        status: u16,
    },
    /// It is more than is taken.
    #[error("“{url}” is too large: at most {most} bytes are fetched")]
    TooLarge {
        /// What was asked for.
        url: String,
        /// The bound.
        most: u64,
    },
    /// It took longer than is waited.
    #[error("“{url}” is too slow: {got} bytes came in {} seconds; it is gone on with later", whole.as_secs_f32())]
    TooSlow {
        /// What was asked for.
        url: String,
        /// How much came.
        got: u64,
        /// How long an attempt may take.
        whole: Duration,
    },
    /// The connection ended before the picture did.
    #[error("“{url}” broke off after {got} bytes; it is gone on with later")]
    Cut {
        /// What was asked for.
        url: String,
        /// How much came.
        got: u64,
    },
    /// It is a page or a text.
    #[error(
        "“{url}” is no picture but {media_type}: it may be a page that shows one, or asks for a login"
    )]
    NotPicture {
        /// What was asked for.
        url: String,
        /// What the host says it is.
        media_type: String,
    },
    /// There are no bytes in it.
    #[error("“{url}” is empty")]
    Empty {
        /// What was asked for.
        url: String,
    },
    /// The host does not speak HTTP as it should.
    #[error("{host} answers what is not understood: {reason}")]
    Answer {
        /// The host.
        host: String,
        /// What is wrong.
        reason: String,
    },
    /// The picture cannot be written down.
    #[error("what is fetched cannot be written to {}: {source}", file.display())]
    Disk {
        /// The file.
        file: PathBuf,
        /// Why.
        source: io::Error,
    },
}

impl FetchError {
    /// Whether the same URL may well be had later, without anybody changing anything.
    #[must_use]
    pub fn may_pass(&self) -> bool {
        match self {
            // A name may be known again when the network is back.
            Self::NoSuchHost { .. }
            | Self::Unreachable { .. }
            | Self::Busy { .. }
            | Self::TooSlow { .. }
            | Self::Cut { .. }
            | Self::Disk { .. } => true,
            Self::Status { status, .. } => *status >= 500,
            Self::Redirected { reason, .. } => reason.may_pass(),
            _ => false,
        }
    }
}
