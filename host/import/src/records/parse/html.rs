//! Rich text: HTML of a small set, and nothing else of it.
//!
//! What comes out is well-formed and closed: it can stand inside any page. Only the tags in
//! [`ALLOWED_TAGS`] are left, without attributes; `script`, `style` and their like go with all that is
//! in them, other tags go alone. Where a block goes, a space stays, so that words do not merge.

/// The tags that are left.
const ALLOWED_TAGS: [&str; 10] = ["p", "ul", "ol", "li", "strong", "em", "b", "i", "br", "h3"];

/// Tags that go with what is in them.
const DROPPED_TAGS: [&str; 9] =
    ["script", "style", "iframe", "object", "embed", "noscript", "template", "svg", "title"];

/// Tags that stand between words where they are.
const BLOCK_TAGS: [&str; 20] = [
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
    "h4",
    "h5",
    "h6",
    "dl",
    "dt",
    "dd",
    "hr",
    "blockquote",
    "pre",
];

/// Whether a text has tags, so that it is not plain.
pub(crate) fn has_markup(text: &str) -> bool {
    text.contains('<')
        && text.match_indices('<').any(|(at, _)| {
            HtmlTag::parse_start(&text[at..])
                .is_some_and(|tag| tag.is_known() && tag.is_whole(&text[at..]))
        })
}

/// The text with nothing but the allowed tags.
pub(crate) fn sanitise_html(text: &str) -> String {
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

/// The text without any tags: blocks become lines, and `&amp;` an `&`.
pub(crate) fn strip_markup(text: &str) -> String {
    if !text.contains(['<', '&']) {
        return text.to_owned();
    }
    let mut plain = String::with_capacity(text.len());
    let clean = sanitise_html(text);
    let mut rest = clean.as_str();
    while let Some(at) = rest.find('<') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(tag) = HtmlTag::parse_start(rest) else {
            plain.push('<');
            rest = &rest[1..];
            continue;
        };
        let breaks =
            tag.is_one_of(&["br"]) || tag.closing && tag.is_one_of(&["p", "li", "h3", "ul", "ol"]);
        if breaks && !plain.ends_with('\n') {
            plain.push('\n');
        }
        rest = &rest[tag.length..];
    }
    plain.push_str(rest);
    let decoded = html_escape::decode_html_entities(&plain).replace('\u{a0}', " ");
    let lines: Vec<&str> = decoded.lines().map(str::trim).collect();
    lines.join("\n").trim().to_owned()
}

/// A tag as it is written.
struct HtmlTag<'t> {
    name: &'t str,
    closing: bool,
    /// In bytes, with the angle brackets.
    length: usize,
}

impl<'t> HtmlTag<'t> {
    /// The tag that the text starts with: `<`, perhaps `/`, a letter, and all up to `>`.
    fn parse_start(text: &'t str) -> Option<Self> {
        let inner = text.strip_prefix('<')?;
        let (closing, inner) = match inner.strip_prefix('/') {
            Some(inner) => (true, inner),
            None => (false, inner),
        };
        if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let end = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
        let start = text.len() - inner.len();
        Some(Self {
            name: &inner[..end],
            closing,
            length: start + find_tag_end(&inner[end..]) + end,
        })
    }

    fn is_one_of(&self, names: &[&str]) -> bool {
        names.iter().any(|name| name.eq_ignore_ascii_case(self.name))
    }

    fn is_whole(&self, text: &str) -> bool {
        text[..self.length].ends_with('>')
    }

    fn is_known(&self) -> bool {
        self.is_one_of(&ALLOWED_TAGS)
            || self.is_one_of(&DROPPED_TAGS)
            || self.is_one_of(&BLOCK_TAGS)
            || self.is_one_of(&["a", "span", "img", "u"])
    }
}

/// How far it is to the end of the tag: past the first `>` outside quotation marks, or past all
/// the text when there is none.
fn find_tag_end(text: &str) -> usize {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (None, '>') => return at + 1,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            _ => {}
        }
    }
    // An unclosed quotation mark does not hide the end.
    text.find('>').map_or(text.len(), |at| at + 1)
}

struct HtmlOutput {
    text: String,
    open: Vec<&'static str>,
}

impl HtmlOutput {
    fn push_character(&mut self, c: char, rest: &str) {
        match c {
            '>' => self.text.push_str("&gt;"),
            '&' if !is_entity(rest) => self.text.push_str("&amp;"),
            c if c.is_control() && !matches!(c, '\n' | '\t') => {}
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
        let after = &rest[tag.length..];
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
        self.text.push('<');
        self.text.push_str(name);
        self.text.push('>');
        if name != "br" {
            self.open.push(name);
        }
    }

    fn close_tag(&mut self, name: &'static str) {
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
        if !self.text.is_empty() && !self.text.ends_with([' ', '\n', '>']) {
            self.text.push(' ');
        }
    }
}

/// What is after the closing tag of a dropped one; nothing when it is never closed.
fn skip_past_closing<'t>(text: &'t str, name: &str) -> &'t str {
    for (at, _) in text.match_indices("</") {
        if let Some(tag) = HtmlTag::parse_start(&text[at..])
            && tag.name.eq_ignore_ascii_case(name)
        {
            return &text[at + tag.length..];
        }
    }
    ""
}

/// Whether `&` starts a character reference: `&amp;`, `&#8482;`, `&#x2122;`.
fn is_entity(text: &str) -> bool {
    let Some(end) = text.bytes().take(32).position(|byte| byte == b';') else {
        return false;
    };
    let name = &text[1..end];
    let digits = name.strip_prefix("#x").or_else(|| name.strip_prefix('#'));
    match digits {
        Some(digits) => !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_hexdigit()),
        None => !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_the_small_set_is_left() {
        for (html, left) in [
            ("<p class=\"x\">A <B>b</B></p>", "<p>A <b>b</b></p>"),
            ("<script>alert('<p>')</script>after", "after"),
            ("<SCRIPT src=x>never closed", ""),
            ("<style>p{}</style ><p onclick='x()'>t</p>", "<p>t</p>"),
            ("<div>one</div><div>two</div>", "one two"),
            ("<p>a<br/>b<br />c<br>", "<p>a<br>b<br>c<br></p>"),
            ("<ul><li>one<li>two</ul>", "<ul><li>one<li>two</li></li></ul>"),
            ("</p>stray</b>", "stray"),
            ("<a href=\"javascript:x\">link</a>", "link"),
            ("<img src=x onerror=alert(1)>", ""),
            ("<p title=\"a>b\">t", "<p>t</p>"),
            (
                "5 < 6 & 7 > 3 &trade; &#8482; &bogus",
                "5 &lt; 6 &amp; 7 &gt; 3 &trade; &#8482; &amp;bogus",
            ),
            ("a<!-- <p> -->b<!doctype html>c<?php x ?>d", "abcd"),
            ("<<script>script>x</script>", "&lt;"),
            ("<b><i>x</b>y</i>", "<b><i>x</i></b>y"),
            ("<p", "<p></p>"),
            ("<h1>Big</h1>text", "Big text"),
        ] {
            assert_eq!(sanitise_html(html), left, "{html}");
        }
    }

    #[test]
    fn plain_text_is_told_from_markup() {
        assert!(has_markup("a <b>bold</b> word"));
        assert!(has_markup("<p>x"));
        assert!(!has_markup("5 < 6 and a<b"));
        assert!(!has_markup("<3"));
    }

    /// Pieces from which nasty HTML is made.
    fn soup() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            Just("<".to_owned()),
            Just(">".to_owned()),
            Just("\"".to_owned()),
            Just("'".to_owned()),
            Just("/".to_owned()),
            Just("script".to_owned()),
            Just("<script".to_owned()),
            Just("</script>".to_owned()),
            Just("<p ".to_owned()),
            Just("onclick=x".to_owned()),
            Just("<!--".to_owned()),
            Just("-->".to_owned()),
            Just("<li>".to_owned()),
            Just("</p>".to_owned()),
            Just("&".to_owned()),
            Just("&lt;".to_owned()),
            Just("<style>".to_owned()),
            "\\PC{0,3}",
        ];
        prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn nothing_but_allowed_tags_survives(html in soup()) {
            let clean = sanitise_html(&html);
            for (at, _) in clean.match_indices('<') {
                let inner = clean[at + 1..].split('>').next().expect("split gives one");
                let name = inner.strip_prefix('/').unwrap_or(inner);
                prop_assert!(ALLOWED_TAGS.contains(&name), "{} in {}", name, clean);
            }
            prop_assert_eq!(sanitise_html(&clean), clean);
        }
    }
}
