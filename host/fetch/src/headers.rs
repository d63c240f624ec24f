//! What servers say in the heads of their answers.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use ureq::Body;
use ureq::http::header::{CONTENT_TYPE, HeaderName, LOCATION, RETRY_AFTER};
use ureq::http::{HeaderMap, Response};

pub(super) fn read_header(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    Some(headers.get(name)?.to_str().ok()?.trim().to_owned())
}

/// Where it is instead, if it is elsewhere.
pub(super) fn read_redirect(response: &Response<Body>) -> Option<String> {
    matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308)
        .then(|| read_header(response.headers(), LOCATION))?
}

/// `image/jpeg` of `Image/JPEG; charset=binary`.
pub(super) fn read_media_type(headers: &HeaderMap) -> Option<String> {
    let text = read_header(headers, CONTENT_TYPE)?;
    let bare = text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    (!bare.is_empty()).then_some(bare)
}

/// What a server sends where it has a page or a message instead of a picture. Other types are let through: servers
/// that say `application/octet-stream` of a photo are many, and the sandbox sees what it is.
pub(super) fn is_text_type(media_type: &str) -> bool {
    media_type.starts_with("text/")
        || matches!(
            media_type,
            "application/json"
                | "application/xml"
                | "application/xhtml+xml"
                | "application/javascript"
        )
        || media_type.ends_with("+json")
}

/// The first byte and, if it is given, the length of the whole, of `bytes 200-1000/67589`.
pub(super) fn parse_content_range(text: &str) -> Option<(u64, Option<u64>)> {
    let (range, whole) = text.strip_prefix("bytes ")?.split_once('/')?;
    let (first, _) = range.split_once('-')?;
    let whole = if whole == "*" { None } else { Some(whole.parse().ok()?) };
    Some((first.parse().ok()?, whole))
}

/// How long the host wants to be left alone: in seconds, or until a date (RFC 9110, 10.2.3).
pub(super) fn read_retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = read_header(headers, RETRY_AFTER)?;
    if let Ok(seconds) = text.parse() {
        // More than a day is not heeded, lest one answer end a host for good.
        return Some(Duration::from_secs(seconds).min(Duration::from_secs(24 * 60 * 60)));
    }
    let until = rfc2822::parse(&text).ok()?.timestamp();
    let seconds = until.duration_since(Timestamp::now()).as_secs().clamp(0, 24 * 60 * 60);
    Some(Duration::from_secs(seconds.unsigned_abs()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_of_headers() {
        assert_eq!(parse_content_range("bytes 200-1000/67589"), Some((200, Some(67589))));
        assert_eq!(parse_content_range("bytes 200-1000/*"), Some((200, None)));
        for wrong in ["bytes */67589", "items 0-1/2", "bytes 0-1", "bytes x-1/2", ""] {
            assert_eq!(parse_content_range(wrong), None, "{wrong}");
        }
        let wait = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, text.parse().unwrap());
            read_retry_after(&headers).map(|wait| wait.as_secs())
        };
        assert_eq!(wait("120"), Some(120));
        assert_eq!(wait("99999999999"), Some(86_400));
        assert_eq!(wait("Wed, 21 Oct 2015 07:28:00 GMT"), Some(0));
        assert_eq!(wait("Wed, 21 Oct 2235 07:28:00 GMT"), Some(86_400));
        assert_eq!(wait("soon"), None);
    }
}
