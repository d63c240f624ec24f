//! From any text to well-formed HTML of the allowed tags.
//!
//! `script`, `style` and their like go with all that is in them, other tags go alone. Where a block
//! goes, a space stays, so that words do not merge. Every step moves forward in the text, and open
//! tags are few, so that the time grows with the length and no nesting makes it worse.

use super::ALLOWED_TAGS;

/// Tags that go with what is in them.
const DROPPED_TAGS: [&str; 9] =
    ["script", "style", "iframe", "object", "embed", "noscript", "template", "svg", "title"];

/// Tags that stand between words where they are.
const BLOCK_TAGS: [&str; 19] = [
    "div",
    "section",
    "article",
    "header",
    "footer",
    "table",
    "tr",
    "td",
    "th",
    "h1",
    "h2",
    "h5",
    "h6",
    "dl",
    "dt",
    "dd",
    "hr",
    "blockquote",
    "pre",
];

/// Other tags that show that a text is HTML.
const INLINE_TAGS: [&str; 4] = ["a", "span", "img", "u"];

/// Deeper tags are left out. Real descriptions have lists in lists, and no more.
const MAX_DEPTH: usize = 32;

/// The text with nothing but the allowed tags.
pub(super) fn sanitize(text: &str) -> String {
    let mut out = HtmlOutput { text: String::with_capacity(text.len()), open: Vec::new() };
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if c == '<' {
            rest = out.consume_markup(rest);
            continue;
        }
        out.push_character(c, rest);
        rest = &rest[c.len_utf8()..];
    }
    out.close_all();
    out.text.truncate(out.text.trim_end().len());
    out.text
}

/// A tag as it is written.
pub(super) struct HtmlTag<'t> {
    pub(super) name: &'t str,
    pub(super) closing: bool,
    /// Attributes, `>`, and the text after it.
    rest: &'t str,
}

impl<'t> HtmlTag<'t> {
    /// The tag that the text starts with: `<`, perhaps `/`, and a name.
    pub(super) fn parse_start(text: &'t str) -> Option<Self> {
        let inner = text.strip_prefix('<')?;
        let (closing, inner) = match inner.strip_prefix('/') {
            Some(inner) => (true, inner),
            None => (false, inner),
        };
        if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let end = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
        Some(Self { name: &inner[..end], closing, rest: &inner[end..] })
    }

    /// What is after the first `>` outside quotation marks; nothing when there is none.
    pub(super) fn text_after(&self) -> &'t str {
        let mut quote = None;
        for (at, c) in self.rest.char_indices() {
            match (quote, c) {
                (None, '>') => return &self.rest[at + 1..],
                (None, '"' | '\'') => quote = Some(c),
                (Some(open), c) if c == open => quote = None,
                _ => {}
            }
        }
        // An unclosed quotation mark does not hide the end.
        self.rest.find('>').map_or("", |at| &self.rest[at + 1..])
    }

    pub(super) fn is_one_of(&self, names: &[&str]) -> bool {
        names.iter().any(|name| name.eq_ignore_ascii_case(self.name))
    }

    pub(super) fn is_known(&self) -> bool {
        self.is_one_of(&ALLOWED_TAGS)
            || self.is_one_of(&DROPPED_TAGS)
            || self.is_one_of(&BLOCK_TAGS)
            || self.is_one_of(&INLINE_TAGS)
    }
}

struct HtmlOutput {
    text: String,
    open: Vec<&'static str>,
}

impl HtmlOutput {
    fn push_character(&mut self, c: char, rest: &str) {
        match c {
            '>' => self.text.push_str("&gt;"),
            '&' if !starts_with_reference(rest) => self.text.push_str("&amp;"),
            c if is_dropped_control(c) => {}
            c => self.text.push(c),
        }
    }

    /// Takes what starts with `<`, and gives what is after it.
    fn consume_markup<'t>(&mut self, rest: &'t str) -> &'t str {
        if let Some(comment) = rest.strip_prefix("<!--") {
            return comment.find("-->").map_or("", |at| &comment[at + 3..]);
        }
        if rest.starts_with("<!") || rest.starts_with("<?") {
            return rest.find('>').map_or("", |at| &rest[at + 1..]);
        }
        let Some(tag) = HtmlTag::parse_start(rest) else {
            self.text.push_str("&lt;");
            return &rest[1..];
        };
        let after = tag.text_after();
        if tag.is_one_of(&DROPPED_TAGS) {
            return if tag.closing { after } else { skip_past_closing(after, tag.name) };
        }
        match ALLOWED_TAGS.iter().find(|name| name.eq_ignore_ascii_case(tag.name)) {
            Some(name) if tag.closing => self.close_tag(name),
            Some(name) => self.open_tag(name),
            None if tag.is_one_of(&BLOCK_TAGS) => self.push_space(),
            None => {}
        }
        after
    }

    fn open_tag(&mut self, name: &'static str) {
        self.close_implied(name);
        if self.open.len() == MAX_DEPTH {
            return;
        }
        self.text.push('<');
        self.text.push_str(name);
        self.text.push('>');
        if name != "br" {
            self.open.push(name);
        }
    }

    /// Closes what HTML closes by itself before such a tag: a paragraph before any block, an item
    /// before the next one of its list, a heading before another.
    fn close_implied(&mut self, name: &'static str) {
        if matches!(name, "p" | "ul" | "ol" | "li" | "h3" | "h4") {
            self.close_tag("p");
        }
        if matches!(name, "h3" | "h4") {
            self.close_tag("h3");
            self.close_tag("h4");
        }
        let list = self.open.iter().rposition(|open| matches!(*open, "ul" | "ol"));
        let item = self.open.iter().rposition(|open| *open == "li");
        if name == "li" && item > list {
            self.close_tag("li");
        }
    }

    fn close_tag(&mut self, name: &str) {
        let Some(depth) = self.open.iter().rposition(|open| *open == name) else {
            return;
        };
        while self.open.len() > depth {
            self.close_last();
        }
    }

    fn close_last(&mut self) {
        if let Some(name) = self.open.pop() {
            self.text.push_str("</");
            self.text.push_str(name);
            self.text.push('>');
        }
    }

    fn close_all(&mut self) {
        while !self.open.is_empty() {
            self.close_last();
        }
    }

    fn push_space(&mut self) {
        let inline_ends = ["</strong>", "</em>", "</b>", "</i>"];
        let after_inline = inline_ends.iter().any(|end| self.text.ends_with(end));
        if after_inline || !(self.text.is_empty() || self.text.ends_with([' ', '\n', '>'])) {
            self.text.push(' ');
        }
    }
}

/// Whether rich text leaves it out: a control character other than tab and line feed.
pub(super) fn is_dropped_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t')
}

/// What is after the closing tag of a dropped one; nothing when it is never closed.
fn skip_past_closing<'t>(text: &'t str, name: &str) -> &'t str {
    for (at, _) in text.match_indices("</") {
        if let Some(tag) = HtmlTag::parse_start(&text[at..])
            && tag.name.eq_ignore_ascii_case(name)
        {
            return tag.text_after();
        }
    }
    ""
}

/// Whether `&` starts a character reference: `&amp;`, `&#8482;`, `&#x2122;`.
fn starts_with_reference(text: &str) -> bool {
    let Some(end) = text.bytes().take(32).position(|byte| byte == b';') else {
        return false;
    };
    let name = &text[1..end];
    match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => parse_digits(digits, 16),
                None => parse_digits(number, 10),
            };
            code.and_then(char::from_u32).is_some_and(|c| !is_dropped_control(c))
        }
        None => !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric()),
    }
}

/// Digits alone; `from_str_radix` takes a sign, too.
fn parse_digits(digits: &str, radix: u32) -> Option<u32> {
    let valid = digits.chars().all(|c| c.is_digit(radix));
    if valid { u32::from_str_radix(digits, radix).ok() } else { None }
}
