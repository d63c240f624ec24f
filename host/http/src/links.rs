//! Addresses that answers point to.

use std::fmt::Write;

use rikaste_model::locale::Locale;
use rikaste_model::release::ReleaseNumber;
use rikaste_model::shop::Channel;

/// Where a release's snapshot is.
pub(super) fn snapshot_link(
    channel: &Channel,
    release: ReleaseNumber,
    locale: Option<&Locale>,
) -> String {
    let mut link =
        format!("/v1/channels/{}/snapshot/{release}", percent_encode(channel.code.as_str()));
    if let Some(locale) = locale {
        write!(link, "?locale={locale}").expect("memory takes it");
    }
    link
}

/// The text as a segment of an address (RFC 3986, 2.3: what need not be encoded).
pub(super) fn percent_encode(text: &str) -> String {
    let mut segment = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            segment.push(char::from(byte));
        } else {
            write!(segment, "%{byte:02X}").expect("memory takes it");
        }
    }
    segment
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_break_an_address_is_encoded() {
        assert_eq!(percent_encode("HH-1001.a_b~c"), "HH-1001.a_b~c");
        assert_eq!(percent_encode("myymälä 1/2?"), "myym%C3%A4l%C3%A4%201%2F2%3F");
    }
}
