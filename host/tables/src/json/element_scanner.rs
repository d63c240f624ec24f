//! Brackets: where an element ends, and how deep it goes, without parsing it.

use memchr::memchr2;

/// Finds the end of an element, chunk by chunk.
#[derive(Default)]
pub(crate) struct ElementScanner {
    depth: u32,
    in_string: bool,
    escaped: bool,
    started: bool,
}

impl ElementScanner {
    /// How many of the bytes belong to the element, if it ends among them.
    pub(crate) fn find_end(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut next = 0;
        while next < bytes.len() {
            let at = next;
            next += 1;
            if self.escaped {
                self.escaped = false;
                continue;
            }
            if self.in_string {
                let skipped = memchr2(b'"', b'\\', &bytes[at..])?;
                next += skipped;
                if bytes[at + skipped] == b'\\' {
                    self.escaped = true;
                } else {
                    self.in_string = false;
                    if self.depth == 0 {
                        return Some(next);
                    }
                }
                continue;
            }
            match bytes[at] {
                b'"' if self.depth == 0 && self.started => return Some(at),
                b'"' => self.in_string = true,
                b'{' | b'[' if self.depth == 0 && self.started => return Some(at),
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' if self.depth == 0 => return Some(at),
                b'}' | b']' => {
                    self.depth -= 1;
                    if self.depth == 0 {
                        return Some(at + 1);
                    }
                }
                b',' | b' ' | b'\t' | b'\r' | b'\n' if self.depth == 0 => return Some(at),
                _ => {}
            }
            self.started = true;
        }
        None
    }
}

/// Whether the brackets go deeper than so many.
pub(crate) fn is_nested_deeper(bytes: &[u8], limit: usize) -> bool {
    // Few elements have so many brackets at all, and to count them takes no time.
    let opening = bytes.iter().filter(|byte| matches!(byte, b'{' | b'[')).count();
    opening > limit && nesting_depth(bytes) > limit
}

/// How deep the brackets go.
fn nesting_depth(bytes: &[u8]) -> usize {
    let (mut depth, mut deepest, mut in_string, mut escaped) = (0_usize, 0, false, false);
    for byte in bytes {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn an_element_ends_where_it_ends_however_it_comes_in(
            texts in prop::collection::vec("[a\\\\\"\\[{}\\],: ä]{0,6}", 0..4),
            is_list: bool,
            step in 1_usize..9,
        ) {
            let element = match is_list {
                true => serde_json::json!([texts]),
                false => serde_json::json!({ "a": texts, "b\"": "}" }),
            };
            let element = element.to_string();
            let whole = format!("{element},{{\"next\":1}}");
            let mut scan = ElementScanner::default();
            let mut before = 0;
            let end = whole.as_bytes().chunks(step).find_map(|chunk| {
                let end = scan.find_end(chunk).map(|end| before + end);
                before += chunk.len();
                end
            });
            prop_assert_eq!(end, Some(element.len()));
        }
    }
}
