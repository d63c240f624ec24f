//! What comes of asking for a picture.

use std::path::PathBuf;

use rikaste_store::RemotePhotoVersion;
use ureq::http::HeaderMap;
use ureq::http::header::{ETAG, LAST_MODIFIED};

use super::headers::read_header;

/// What a server says of a picture's version.
pub(super) fn read_version(headers: &HeaderMap) -> RemotePhotoVersion {
    RemotePhotoVersion {
        etag: read_header(headers, ETAG),
        last_modified: read_header(headers, LAST_MODIFIED),
    }
}

/// By what the rest of this very version can be requested: a weak tag is also of what only looks the same
/// (RFC 9110, 13.1.5).
pub(super) fn resume_validator(version: &RemotePhotoVersion) -> Option<&str> {
    match &version.etag {
        Some(etag) if !etag.starts_with("W/") => Some(etag),
        Some(_) => None,
        None => version.last_modified.as_deref(),
    }
}

/// What came of a question.
#[derive(Debug, PartialEq, Eq)]
pub enum FetchOutcome {
    /// It is still the version that is known.
    Unchanged,
    /// It was fetched.
    New(FetchedFile),
}

/// A picture that was fetched.
#[derive(Debug, PartialEq, Eq)]
pub struct FetchedFile {
    /// The file it is in, which is the caller's to move or remove.
    pub file: PathBuf,
    /// How many bytes it has.
    pub size: u64,
    /// What the server says it is, in lower case and without parameters. It may be wrong.
    pub media_type: Option<String>,
    /// Of which version it is.
    pub version: RemotePhotoVersion,
    /// Where it was in the end.
    pub final_url: String,
}
