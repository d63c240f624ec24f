//! Segments: where they end, what stands between their separators, and in which characters.

/// Bytes of one segment. A text has at most 5 × 70 characters; whatever is longer is no EDIFACT.
const MAX_SEGMENT_BYTES: usize = 64 << 10;

/// What separates. `UNA` says it where it is not as usual (ISO 9735).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct ServiceCharacters {
    component: u8,
    element: u8,
    decimal: u8,
    release: u8,
    end: u8,
}

impl ServiceCharacters {
    const STANDARD: Self =
        Self { component: b':', element: b'+', decimal: b'.', release: b'?', end: b'\'' };
}

/// Finds segments in bytes that come in chunks.
#[derive(Debug)]
pub struct SegmentReader {
    service: ServiceCharacters,
    /// Whether `UNA` may still come.
    at_start: bool,
    pending: Vec<u8>,
    /// How much of it was looked at.
    scanned: usize,
    /// How many segments there were.
    count: u64,
    is_latin1: bool,
}

/// A segment: elements of components.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Which it is, from 1.
    pub number: u64,
    elements: Vec<Vec<String>>,
    decimal: u8,
}

impl Segment {
    /// Its name: `LIN`.
    pub fn tag(&self) -> &str {
        self.component_at(0, 0)
    }

    /// A component, counted from 0 after the tag's; empty where it is not there.
    pub fn component_at(&self, element: usize, component: usize) -> &str {
        self.elements.get(element).and_then(|all| all.get(component)).map_or("", String::as_str)
    }

    /// The elements after the tag.
    pub fn elements(&self) -> impl Iterator<Item = &[String]> {
        self.elements.iter().skip(1).map(Vec::as_slice)
    }

    /// A component that is a number, with a point as its mark; nothing when it is none.
    pub fn number_at(&self, element: usize, component: usize) -> Option<String> {
        let text = self.component_at(element, component);
        // Both marks are allowed whatever UNA says (ISO 9735, 10.1).
        let text = text.replace([char::from(self.decimal), ','], ".");
        let (sign, digits) = match text.strip_prefix('-').or_else(|| text.strip_suffix('-')) {
            Some(digits) => ("-", digits),
            None => ("", text.as_str()),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.len() + fraction.len() == 0 || !is_digits(whole) || !is_digits(fraction) {
            return None;
        }
        let whole = if whole.is_empty() { "0" } else { whole };
        let fraction = fraction.trim_end_matches('0');
        let mark = if fraction.is_empty() { "" } else { "." };
        Some(format!("{sign}{whole}{mark}{fraction}"))
    }
}

impl Default for SegmentReader {
    fn default() -> Self {
        Self {
            service: ServiceCharacters::STANDARD,
            at_start: true,
            pending: Vec::new(),
            scanned: 0,
            count: 0,
            is_latin1: true,
        }
    }
}

impl SegmentReader {
    /// Takes the next bytes.
    pub fn push_bytes(&mut self, bytes: &[u8]) {
        self.pending.extend_from_slice(bytes);
    }

    /// How the texts are written, as `UNB` says: `UNOC` is Latin-1, `UNOY` UTF-8. A text that is not
    /// UTF-8 where it should be is read as Latin-1.
    pub fn set_syntax(&mut self, syntax: &str) -> Result<(), String> {
        match syntax {
            "UNOA" | "UNOB" | "UNOX" | "UNOY" | "UNOW" => self.is_latin1 = false,
            "UNOC" => self.is_latin1 = true,
            other => {
                return Err(format!(
                    "it is written in {other}; this plugin reads UNOA, UNOB, UNOC and UNOY, so ask the sender for one of them"
                ));
            }
        }
        Ok(())
    }

    /// The next segment that is whole, once for each. What was given out is let go of with
    /// [`discard_before`](Self::discard_before).
    pub fn next_segment(&mut self, from: &mut usize) -> Result<Option<Segment>, String> {
        if self.at_start && !self.read_service_advice(from) {
            return Ok(None);
        }
        let Some(end) = self.find_end(*from) else {
            return match self.pending.len() - *from > MAX_SEGMENT_BYTES {
                true => Err(format!(
                    "segment {} has no end within {} KiB; is it EDIFACT at all?",
                    self.count + 1,
                    MAX_SEGMENT_BYTES >> 10
                )),
                false => Ok(None),
            };
        };
        self.count += 1;
        let segment = self.split_segment(*from, end);
        *from = end + 1;
        self.scanned = *from;
        Ok(Some(segment))
    }

    /// Lets go of what is behind.
    pub fn discard_before(&mut self, from: usize) {
        self.pending.drain(..from);
        self.scanned = self.scanned.saturating_sub(from);
    }

    /// What is left, but for white space.
    pub fn remaining_bytes(&self) -> &[u8] {
        self.pending.trim_ascii()
    }

    /// Reads `UNA` if there is one; false when it is not whole yet.
    fn read_service_advice(&mut self, from: &mut usize) -> bool {
        const UNA: usize = 9;
        let bytes = &self.pending[*from..];
        let skipped = bytes.len() - bytes.trim_ascii_start().len();
        let bytes = &bytes[skipped..];
        if bytes.len() < 3 || bytes.starts_with(b"UNA") && bytes.len() < UNA {
            return false;
        }
        *from += skipped;
        if bytes.starts_with(b"UNA") {
            self.service = ServiceCharacters {
                component: bytes[3],
                element: bytes[4],
                decimal: bytes[5],
                release: bytes[6],
                end: bytes[8],
            };
            *from += UNA;
        }
        self.at_start = false;
        self.scanned = *from;
        true
    }

    /// Where the segment ends that begins here.
    fn find_end(&mut self, from: usize) -> Option<usize> {
        let mut at = self.scanned.max(from);
        while at < self.pending.len() {
            let byte = self.pending[at];
            if byte == self.service.end {
                return Some(at);
            }
            if byte == self.service.release && self.service.release != b' ' {
                // What is released may not be here yet.
                if at + 1 >= self.pending.len() {
                    break;
                }
                at += 1;
            }
            at += 1;
        }
        self.scanned = at;
        None
    }

    fn split_segment(&self, from: usize, end: usize) -> Segment {
        let service = self.service;
        let mut elements = vec![Vec::new()];
        let mut text: Vec<u8> = Vec::new();
        let mut bytes = self.pending[from..end].trim_ascii_start().iter();
        while let Some(&byte) = bytes.next() {
            if byte == service.release && service.release != b' ' {
                text.extend(bytes.next());
            } else if byte == service.component || byte == service.element {
                let component = self.decode_text(&mut text);
                elements.last_mut().expect("there is one").push(component);
                if byte == service.element {
                    elements.push(Vec::new());
                }
            } else if !matches!(byte, b'\r' | b'\n') {
                // Lines are broken for people and machines of old; it means nothing.
                text.push(byte);
            }
        }
        let component = self.decode_text(&mut text);
        elements.last_mut().expect("there is one").push(component);
        Segment { number: self.count, elements, decimal: service.decimal }
    }

    fn decode_text(&self, text: &mut Vec<u8>) -> String {
        let text = std::mem::take(text);
        let latin1 = |bytes: &[u8]| bytes.iter().map(|byte| char::from(*byte)).collect();
        if self.is_latin1 {
            return latin1(&text);
        }
        String::from_utf8(text).unwrap_or_else(|error| latin1(error.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(bytes: &[u8], expected: &Expect) {
        let mut segments = SegmentReader::default();
        segments.push_bytes(bytes);
        let mut text = String::new();
        let mut from = 0;
        while let Some(segment) = segments.next_segment(&mut from).expect("segments") {
            text += &format!("{:?}\n", segment.elements);
        }
        segments.discard_before(from);
        text += &format!("{:?} is left\n", String::from_utf8_lossy(segments.remaining_bytes()));
        expected.assert_eq(&text);
    }

    #[test]
    fn separators_are_the_usual_ones_or_those_of_una() {
        check(
            b"LIN+1++4006381333931:EN'\r\nIMD+F++:::Don?'t panic?: 50?+ ??'FTX+A\r\nAI",
            &expect![[r#"
                [["LIN"], ["1"], [""], ["4006381333931", "EN"]]
                [["IMD"], ["F"], [""], ["", "", "", "Don't panic: 50+ ?"]]
                "FTX+A\r\nAI" is left
            "#]],
        );
        check(
            b"UNA:*,! ~LIN*1~IMD*F**:::It's 5 + 5!~~",
            &expect![[r#"
                [["LIN"], ["1"]]
                [["IMD"], ["F"], [""], ["", "", "", "It's 5 + 5~"]]
                "" is left
            "#]],
        );
    }

    #[test]
    fn numbers_have_either_mark() {
        let number = |text: &str| {
            let mut segments = SegmentReader::default();
            segments.push_bytes(format!("PRI+AAA:{text}'").as_bytes());
            segments.next_segment(&mut 0).expect("a segment").expect("whole").number_at(1, 1)
        };
        for (text, expected) in [
            ("25.50", Some("25.5")),
            ("25,50", Some("25.5")),
            ("100", Some("100")),
            (".5", Some("0.5")),
            ("12.00-", Some("-12")),
            ("1.2.3", None),
            ("", None),
            ("12 EUR", None),
        ] {
            assert_eq!(number(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn what_never_ends_is_no_edifact() {
        let mut segments = SegmentReader::default();
        segments.push_bytes(&b"A".repeat(MAX_SEGMENT_BYTES + 1));
        let error = segments.next_segment(&mut 0).expect_err("too long");
        assert_eq!(error, "segment 1 has no end within 64 KiB; is it EDIFACT at all?");
    }
}
