//! Parts of a file that are asked for (RFC 9110, 14): a film is looked into before it is loaded.

use axum::http::HeaderValue;
use http_range_header::parse_range_header;

/// Bytes of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ByteRange {
    pub(super) first: u64,
    pub(super) length: u64,
}

/// What of a file is to be sent.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum RangeRequest {
    /// All of it: nothing else was asked for, or several parts, or nobody knows what.
    Whole,
    /// One part.
    Part(ByteRange),
    /// A part that begins after its end.
    Unsatisfiable,
}

/// What a header asks for of a file of this size.
pub(super) fn parse_range(header: &HeaderValue, size: u64) -> RangeRequest {
    let parsed = header.to_str().ok().and_then(|text| parse_range_header(text).ok());
    let Some(ranges) = parsed.filter(|ranges| ranges.len() == 1) else {
        return RangeRequest::Whole;
    };
    match ranges.validate(size).as_deref() {
        Ok([range]) => {
            let (first, last) = (*range.start(), *range.end());
            RangeRequest::Part(ByteRange { first, length: last - first + 1 })
        }
        // The end of an empty file.
        Ok(_) => RangeRequest::Whole,
        Err(_) => RangeRequest::Unsatisfiable,
    }
}

impl ByteRange {
    /// As `Content-Range` says it.
    pub(super) fn content_range(self, size: u64) -> HeaderValue {
        let last = self.first + self.length - 1;
        header_value(&format!("bytes {}-{last}/{size}", self.first))
    }
}

/// How `Content-Range` says that there is no such part.
pub(super) fn unsatisfiable_range(size: u64) -> HeaderValue {
    header_value(&format!("bytes */{size}"))
}

fn header_value(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).expect("digits and punctuation")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_found_and_nonsense_is_the_whole() {
        let ranged = |text: &'static str| parse_range(&HeaderValue::from_static(text), 100);
        let part = |first, length| RangeRequest::Part(ByteRange { first, length });
        assert_eq!(ranged("bytes=0-0"), part(0, 1));
        assert_eq!(ranged("bytes=10-19"), part(10, 10));
        assert_eq!(ranged("bytes=90-"), part(90, 10));
        assert_eq!(ranged("bytes=-5"), part(95, 5));
        assert_eq!(ranged("bytes=-500"), part(0, 100));
        assert_eq!(ranged("bytes=0-99999999999"), part(0, 100));
        for beyond in ["bytes=100-", "bytes=-0", "bytes=200-300"] {
            assert_eq!(ranged(beyond), RangeRequest::Unsatisfiable, "{beyond}");
        }
        for whole in [
            "",
            "bytes=",
            "bytes=-",
            "bytes=5-2",
            "bytes=0-1,5-6",
            "bytes=0-1,500-",
            "bytes=+1-2",
            "rows=1-2",
        ] {
            assert_eq!(ranged(whole), RangeRequest::Whole, "{whole}");
        }
        assert_eq!(ByteRange { first: 10, length: 10 }.content_range(100), "bytes 10-19/100");
        let empty = |text: &'static str| parse_range(&HeaderValue::from_static(text), 0);
        assert_eq!(empty("bytes=0-"), RangeRequest::Unsatisfiable);
        assert_eq!(empty("bytes=-5"), RangeRequest::Whole);
    }
}
