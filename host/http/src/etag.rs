//! Entity tags: how a reader learns that it has the answer already.
//!
//! A strong tag stands for bytes, and a compressed answer is other bytes (RFC 9110, 8.8.3.3). So
//! the tag of what leaves compressed ends in the coding, and a reader may come back with either.

use axum::extract::Request;
use axum::http::header::{CONTENT_ENCODING, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

const CODINGS: [&str; 2] = ["-zstd", "-gzip"];

/// The tag of these characters: hexadecimal digits, locales, numbers, hyphens.
pub(super) fn new_etag(opaque: &str) -> HeaderValue {
    HeaderValue::from_str(&format!("\"{opaque}\""))
        .expect("tags are made of ASCII letters, digits and hyphens")
}

/// The reader's own spelling of the tag, if it has what the tag stands for.
pub(super) fn match_etag(headers: &HeaderMap, tag: &HeaderValue) -> Option<HeaderValue> {
    let ours = opaque_part(tag.to_str().ok()?)?;
    let given = headers.get_all(IF_NONE_MATCH).iter().filter_map(|line| line.to_str().ok());
    let mut candidates = given.flat_map(|line| line.split(',')).map(str::trim);
    let known =
        candidates.find(|candidate| *candidate == "*" || opaque_part(candidate) == Some(ours))?;
    if known == "*" { Some(tag.clone()) } else { HeaderValue::from_str(known).ok() }
}

/// What is between the quotes, without a coding.
fn opaque_part(tag: &str) -> Option<&str> {
    let quoted = tag.strip_prefix("W/").unwrap_or(tag);
    let inner = quoted.strip_prefix('"')?.strip_suffix('"')?;
    Some(CODINGS.iter().find_map(|coding| inner.strip_suffix(coding)).unwrap_or(inner))
}

/// Names the coding in the tag of an answer that was compressed.
pub(super) async fn append_coding(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers();
    if let (Some(coding), Some(tag)) = (headers.get(CONTENT_ENCODING), headers.get(ETAG))
        && let (Ok(coding), Some(inner)) =
            (coding.to_str(), tag.to_str().ok().and_then(opaque_part))
    {
        let tag = new_etag(&format!("{inner}-{coding}"));
        response.headers_mut().insert(ETAG, tag);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_known_in_any_coding_and_in_a_list() {
        let known = |line: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(IF_NONE_MATCH, HeaderValue::from_static(line));
            match_etag(&headers, &new_etag("a1")).map(|tag| tag.to_str().expect("ASCII").to_owned())
        };
        assert_eq!(known("\"a1\"").as_deref(), Some("\"a1\""));
        assert_eq!(known("\"x\", \"a1-zstd\"").as_deref(), Some("\"a1-zstd\""));
        assert_eq!(known("W/\"a1-gzip\"").as_deref(), Some("W/\"a1-gzip\""));
        assert_eq!(known("*").as_deref(), Some("\"a1\""));
        for other in ["\"a\"", "a1", "\"a1", "", "\"", "\"a1-br\""] {
            assert_eq!(known(other), None, "{other}");
        }
    }
}
