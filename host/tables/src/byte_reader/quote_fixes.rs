//! Marks: what some programs write otherwise than RFC 4180, put right byte by byte on the way in,
//! so that one reader of CSV does for all.

/// What is put right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct QuoteFixes {
    /// A `\"` in a cell becomes `""`. All other backslashes stay what they are.
    pub(crate) backslash: bool,
    /// A CR becomes LF, because no LF follows any.
    pub(crate) lone_cr: bool,
    /// The quotation mark.
    pub(crate) quote: u8,
}

impl QuoteFixes {
    /// Puts a chunk right. True when it ends in a backslash of which it is not known yet whether
    /// a quotation mark follows.
    pub(crate) fn fix_chunk(self, bytes: &mut [u8]) -> bool {
        if self.lone_cr {
            bytes.iter_mut().filter(|byte| **byte == b'\r').for_each(|byte| *byte = b'\n');
        }
        self.backslash && self.double_escaped_quotes(bytes)
    }

    fn double_escaped_quotes(self, bytes: &mut [u8]) -> bool {
        let mut at = 0;
        while let Some(found) = bytes[at..].iter().position(|byte| *byte == b'\\') {
            let slash = at + found;
            match bytes.get(slash + 1) {
                None => return true,
                Some(next) if *next == self.quote => bytes[slash] = self.quote,
                Some(_) => {}
            }
            at = slash + 2;
            if at >= bytes.len() {
                break;
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_quotation_marks_are_doubled() {
        let marks = QuoteFixes { backslash: true, lone_cr: false, quote: b'"' };
        for (written, read, open) in [
            (&br#"a\"b\n\\"#[..], &br#"a""b\n\\"#[..], false),
            (br#"\\\""#, br#"\\"""#, false),
            (br"a\", br"a\", true),
            (br"a\\", br"a\\", false),
            (b"", b"", false),
        ] {
            let mut bytes = written.to_vec();
            assert_eq!((marks.fix_chunk(&mut bytes), &bytes[..]), (open, read));
        }
    }
}
