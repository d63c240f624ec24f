//! Addresses that answers point to.

use std::borrow::Cow;
use std::fmt::Write;

use axum::http::Uri;
use axum::http::uri::PathAndQuery;
use rikaste_model::locale::Locale;
use rikaste_model::release::ReleaseNumber;
use rikaste_model::shop::{Channel, OWN_SEGMENTS, WebAddress};

/// Where a release's snapshot is.
pub(super) fn snapshot_link(
    web: &WebAddress,
    channel: &Channel,
    release: ReleaseNumber,
    locale: Option<&Locale>,
) -> String {
    let (base, code) = (web.base_path(), percent_encode(channel.code.as_str()));
    let mut link = format!("{base}/v1/channels/{code}/snapshot/{release}");
    if let Some(locale) = locale {
        write!(link, "?locale={locale}").expect("memory takes it");
    }
    link
}

/// Takes the base path from the address of a request, where it is there: a proxy may hand it on or not.
pub(super) fn strip_base_path(uri: &mut Uri, base: &str) {
    let Some(rest) = uri.path().strip_prefix(base) else { return };
    let path = match rest {
        "" => "/",
        rest if rest.starts_with('/') => rest,
        _ => return,
    };
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = format!("{path}{query}").parse::<PathAndQuery>().ok();
    if let Ok(stripped) = Uri::from_parts(parts) {
        *uri = stripped;
    }
}

/// A page, script or manifest with the base path before each address of the program. Those stand in quotation marks.
pub(super) fn rebase_addresses<'t>(text: &'t str, base: &str) -> Cow<'t, str> {
    if base.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut rebased = String::with_capacity(text.len() + text.len() / 16);
    let mut rest = text;
    while let Some(slash) = rest.find('/') {
        let (before, after) = (&rest[..slash], &rest[slash + 1..]);
        rebased.push_str(before);
        let is_quoted = before.ends_with(['"', '\'', '`']);
        let is_start = before.ends_with("href=\"") && after.starts_with('"');
        if is_start || is_quoted && is_own_address(after) {
            rebased.push_str(base);
        }
        rebased.push('/');
        rest = after;
    }
    rebased.push_str(rest);
    Cow::Owned(rebased)
}

/// Whether an address, of which the first slash is taken, leads to the program.
fn is_own_address(address: &str) -> bool {
    let is_end = |c: char| "\"'`/?#$ ".contains(c);
    let segment = address.split(is_end).next().unwrap_or_default();
    OWN_SEGMENTS.contains(&segment)
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
    fn pages_name_addresses_below_the_base_path() {
        let page = r#"<a href="/"><img src="/pages/a.svg"></a> <a href="/shopping">, "/", a/shop"#;
        assert_eq!(
            rebase_addresses(page, "/pim"),
            r#"<a href="/pim/"><img src="/pim/pages/a.svg"></a> <a href="/shopping">, "/", a/shop"#
        );
        let script =
            "fetch(`/v1/channels/${of}`), '/seller', `/shop?${text}`, '/photos', x.split('/')";
        assert_eq!(
            rebase_addresses(script, "/a/b"),
            "fetch(`/a/b/v1/channels/${of}`), '/a/b/seller', `/a/b/shop?${text}`, '/a/b/photos', x.split('/')"
        );
        assert_eq!(rebase_addresses(page, ""), page);
    }

    #[test]
    fn the_base_path_is_taken_away_where_it_is_there() {
        let stripped = |address: &str| {
            let mut uri: Uri = address.parse().expect("an address");
            strip_base_path(&mut uri, "/pim");
            uri.to_string()
        };
        assert_eq!(stripped("/pim/v1/channels?a=/pim"), "/v1/channels?a=/pim");
        assert_eq!(stripped("/pim"), "/");
        assert_eq!(stripped("/pim/"), "/");
        assert_eq!(stripped("/pim?lang=fi"), "/?lang=fi");
        for other in ["/pimento", "/v1/channels", "/v1/pim/"] {
            assert_eq!(stripped(other), other);
        }
    }

    #[test]
    fn what_would_break_an_address_is_encoded() {
        assert_eq!(percent_encode("HH-1001.a_b~c"), "HH-1001.a_b~c");
        assert_eq!(percent_encode("myymälä 1/2?"), "myym%C3%A4l%C3%A4%201%2F2%3F");
    }
}
