//! Rich text: HTML of a small set, and nothing else of it.
//!
//! A [`RichText`] is well-formed and closed, so that it can stand inside any page. It has the tags of
//! [`ALLOWED_TAGS`] without attributes, and every other `<`, `>` and `&` is escaped. Import, plugins
//! and pages share this one list.
//!
//! The sanitiser is our own and not `ammonia`: no attribute and no URL survives, so that there is
//! nothing to judge, and `ammonia` brings an HTML tree for each cell and `cssparser` under MPL-2.0.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

mod sanitizer;

use sanitizer::HtmlTag;

/// The tags of rich text. `host/http/pages/dom.js` and the plugin SDKs list them, too.
pub const ALLOWED_TAGS: [&str; 11] =
    ["p", "br", "ul", "ol", "li", "strong", "em", "b", "i", "h3", "h4"];

/// HTML with the tags of [`ALLOWED_TAGS`] and no attributes, well-formed.
#[derive(Clone, PartialEq, Eq, Hash, Default, Serialize)]
#[serde(transparent)]
pub struct RichText(String);

impl RichText {
    /// Takes any text and keeps what rich text may have.
    #[must_use]
    pub fn sanitize(text: &str) -> Self {
        let is_special = |c: char| matches!(c, '<' | '>' | '&') || sanitizer::is_dropped_control(c);
        if text.contains(is_special) {
            Self(sanitizer::sanitize(text))
        } else {
            Self(text.trim_end().to_owned())
        }
    }

    /// Takes a text that has only allowed tags, each closed where it should be.
    ///
    /// # Errors
    /// The first tag that is not allowed or not closed.
    pub fn parse(text: &str) -> Result<Self, RichTextError> {
        let mut open: Vec<&str> = Vec::new();
        let mut rest = text;
        while let Some(start) = rest.find('<') {
            let tag = &rest[start + 1..];
            let Some(end) = tag.find('>') else {
                return Err(RichTextError::Unfinished(cut_tag(tag)));
            };
            check_tag(&tag[..end], &mut open)?;
            rest = &tag[end + 1..];
        }
        match open.last() {
            Some(tag) => Err(RichTextError::Unclosed(cut_tag(tag))),
            None => Ok(Self::sanitize(text)),
        }
    }

    /// Whether a text has HTML tags, so that it is not plain.
    #[must_use]
    pub fn is_markup(text: &str) -> bool {
        let Some(last) = text.rfind('>') else {
            return false;
        };
        let before = &text[..last];
        before
            .match_indices('<')
            .any(|(at, _)| HtmlTag::parse_start(&before[at..]).is_some_and(|tag| tag.is_known()))
    }

    /// The HTML.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text without tags: blocks become lines, and `&amp;` an `&`.
    #[must_use]
    pub fn to_plain_text(&self) -> String {
        const BREAKING: [&str; 6] = ["p", "li", "h3", "h4", "ul", "ol"];
        let mut plain = String::with_capacity(self.0.len());
        let mut rest = self.0.as_str();
        while let Some(at) = rest.find('<') {
            plain.push_str(&rest[..at]);
            let Some(tag) = HtmlTag::parse_start(&rest[at..]) else {
                plain.push('<');
                rest = &rest[at + 1..];
                continue;
            };
            let breaks = tag.name == "br" || tag.closing && tag.is_one_of(&BREAKING);
            if breaks && !plain.ends_with('\n') {
                plain.push('\n');
            }
            rest = tag.text_after();
        }
        plain.push_str(rest);
        let decoded = html_escape::decode_html_entities(&plain).replace('\u{a0}', " ");
        let lines: Vec<&str> = decoded.lines().map(str::trim).collect();
        lines.join("\n").trim().to_owned()
    }
}

impl fmt::Display for RichText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for RichText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Binary data is the store's and was sanitised before it was written; anything that a person can
/// write is sanitised here.
impl<'de> Deserialize<'de> for RichText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let from_outside = deserializer.is_human_readable();
        let text = String::deserialize(deserializer)?;
        Ok(if from_outside { Self::sanitize(&text) } else { Self(text) })
    }
}

/// What keeps a text from being rich text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RichTextError {
    /// A `<` without a `>`.
    #[error("`<{0}` is not closed by `>`; write `&lt;` for the sign")]
    Unfinished(String),
    /// A tag outside the list, with an attribute, or closed in the wrong place.
    #[error(
        "`<{0}>` is not allowed here; {list} are, without attributes",
        list = ALLOWED_TAGS.join(", ")
    )]
    NotAllowed(String),
    /// A tag that the text never closes.
    #[error("`<{0}>` is not closed")]
    Unclosed(String),
}

fn check_tag<'t>(tag: &'t str, open: &mut Vec<&'t str>) -> Result<(), RichTextError> {
    if matches!(tag, "br" | "br/" | "br /") {
        return Ok(());
    }
    if ALLOWED_TAGS.contains(&tag) {
        open.push(tag);
        return Ok(());
    }
    match tag.strip_prefix('/') {
        Some(name) if open.last() == Some(&name) => {
            open.pop();
            Ok(())
        }
        _ => Err(RichTextError::NotAllowed(cut_tag(tag))),
    }
}

/// The start of a tag that a message can show.
fn cut_tag(tag: &str) -> String {
    tag[..tag.floor_char_boundary(20)].to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sanitize(html: &str) -> String {
        RichText::sanitize(html).to_string()
    }

    #[test]
    fn only_the_small_set_is_left() {
        for (html, left) in [
            ("<p class=\"x\">A <B>b</B></p>", "<p>A <b>b</b></p>"),
            ("<h3>One</h3><h4>Two</h4><i>x</i>", "<h3>One</h3><h4>Two</h4><i>x</i>"),
            ("<ol><li>one</li></ol>", "<ol><li>one</li></ol>"),
            ("<script>alert('<p>')</script>after", "after"),
            ("<SCRIPT src=x>never closed", ""),
            ("<style>p{}</style ><p onclick='x()'>t</p>", "<p>t</p>"),
            ("<div>one</div><div>two</div>", "one two"),
            ("<b>one</b><div>two</div>", "<b>one</b> two"),
            ("<p>a<br/>b<br />c<br>", "<p>a<br>b<br>c<br></p>"),
            ("</p>stray</b>", "stray"),
            ("<a href=\"javascript:x\">link</a>", "link"),
            ("<img src=x onerror=alert(1)>", ""),
            ("<p title=\"a>b\">t", "<p>t</p>"),
            ("a<!-- <p> -->b<!doctype html>c<?php x ?>d", "abcd"),
            ("<<script>script>x</script>", "&lt;"),
            ("<b><i>x</b>y</i>", "<b><i>x</i></b>y"),
            ("<p", "<p></p>"),
            ("<h1>Big</h1>text", "Big text"),
        ] {
            assert_eq!(sanitize(html), left, "{html}");
        }
    }

    #[test]
    fn what_html_closes_by_itself_is_closed() {
        for (html, left) in [
            ("<ul><li>one<li>two</ul>", "<ul><li>one</li><li>two</li></ul>"),
            (
                "<ul><li>a<ul><li>b</ul><li>c</ul>",
                "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>",
            ),
            ("<p>one<p>two", "<p>one</p><p>two</p>"),
            ("<p>one<ul><li>two</ul>", "<p>one</p><ul><li>two</li></ul>"),
            ("<h3>one<h4>two", "<h3>one</h3><h4>two</h4>"),
        ] {
            assert_eq!(sanitize(html), left, "{html}");
        }
    }

    #[test]
    fn references_stay_and_other_signs_are_escaped() {
        for (html, left) in [
            ("5 < 6 & 7 > 3", "5 &lt; 6 &amp; 7 &gt; 3"),
            ("&trade; &#8482; &#x2122; &bogus", "&trade; &#8482; &#x2122; &amp;bogus"),
            ("&#1; &#xD800; &#+9; &#ab;", "&amp;#1; &amp;#xD800; &amp;#+9; &amp;#ab;"),
            ("plain \u{1}text\r\n", "plain text"),
        ] {
            assert_eq!(sanitize(html), left, "{html}");
        }
    }

    #[test]
    fn hostile_nesting_is_bounded() {
        for tag in ["<b>", "<ul><li>", "<a", "<p '>", "</x", "<script></x", "<!--", "&"] {
            let clean = sanitize(&tag.repeat(200_000));
            let deepest = clean.bytes().take_while(|b| *b != b'/').filter(|b| *b == b'<').count();
            assert!(deepest <= 33, "{tag}: {deepest}");
            assert!(!RichText::is_markup(&tag.replace('>', "").repeat(200_000)), "{tag}");
        }
        assert_eq!(sanitize(&format!("{}x{}", "<b>".repeat(90), "</p>".repeat(90))).len(), 225);
    }

    #[test]
    fn a_strict_text_names_the_tag_that_is_wrong() {
        for text in [
            "",
            "5 &lt; 6 > 4",
            "<p>One<br>two <strong>three</strong></p><ul><li>x</li></ul>",
            "<h3>a</h3><b>a</b><ol><li><i>a</i></li></ol>",
            "<br/>",
        ] {
            assert_eq!(RichText::parse(text), Ok(RichText::sanitize(text)), "{text}");
        }
        for (text, tag) in [
            ("<script>alert(1)</script>", "`<script>`"),
            ("<p onclick=\"x\">a</p>", "`<p onclick=\"x\">`"),
            ("<p><em>a</p></em>", "`</p>`"),
            ("<p>a", "`<p>`"),
            ("a < b", "`< b`"),
            ("</p>", "`</p>`"),
            ("<P>a</P>", "`<P>`"),
            ("<!-- a -->", "`<!-- a -->`"),
        ] {
            let error = RichText::parse(text).expect_err(text).to_string();
            assert!(error.starts_with(tag), "{text}: {error}");
        }
    }

    #[test]
    fn plain_text_is_told_from_markup() {
        assert!(RichText::is_markup("a <b>bold</b> word"));
        assert!(RichText::is_markup("<p>x"));
        assert!(!RichText::is_markup("5 < 6 and a<b"));
        assert!(!RichText::is_markup("<3"));
    }

    #[test]
    fn plain_text_has_a_line_for_each_block() {
        let plain = |html: &str| RichText::sanitize(html).to_plain_text();
        assert_eq!(plain("<h4>A</h4><p>b<br>c &amp; d</p><ul><li>e</li></ul>"), "A\nb\nc & d\ne");
        assert_eq!(plain("5 &lt; 6"), "5 < 6");
    }

    #[test]
    fn what_a_person_wrote_is_sanitised_on_reading() {
        let read: RichText = serde_json::from_str("\"<b onclick=x>a\"").expect("a text");
        assert_eq!(read.as_str(), "<b>a</b>");
        let stored = postcard::to_allocvec(&read).expect("written");
        assert_eq!(postcard::from_bytes::<String>(&stored).expect("a text"), "<b>a</b>");
        assert_eq!(postcard::from_bytes::<RichText>(&stored).expect("rich text"), read);
    }

    /// Pieces from which nasty HTML is made.
    fn soup() -> impl Strategy<Value = String> {
        let pieces = [
            "<",
            ">",
            "\"",
            "'",
            "/",
            "script",
            "<script",
            "</script>",
            "<p ",
            "onclick=x",
            "<!--",
            "-->",
            "<p>",
            "<li>",
            "<ul>",
            "</ul>",
            "<b>",
            "</b>",
            "<h3>",
            "<h4>",
            "<br>",
            "<div>",
            "</p>",
            "&",
            "&lt;",
            "&#1;",
            "<style>",
            " ",
        ];
        let piece = prop_oneof![
            4 => proptest::sample::select(pieces.to_vec()).prop_map(str::to_owned),
            1 => "\\PC{0,3}",
        ];
        prop::collection::vec(piece, 0..32).prop_map(|pieces| pieces.concat())
    }

    /// Whether each tag is closed inside the one around it.
    fn is_balanced(html: &str) -> bool {
        let mut open = Vec::new();
        html.match_indices('<').all(|(at, _)| {
            let name = html[at + 1..].split('>').next().expect("split gives one");
            match name.strip_prefix('/') {
                Some(name) => open.pop() == Some(name),
                None => {
                    if name != "br" {
                        open.push(name);
                    }
                    true
                }
            }
        }) && open.is_empty()
    }

    proptest! {
        #[test]
        fn nothing_but_allowed_tags_survives(html in soup()) {
            let clean = sanitize(&html);
            for (at, _) in clean.match_indices('<') {
                let inner = clean[at + 1..].split('>').next().expect("split gives one");
                let name = inner.strip_prefix('/').unwrap_or(inner);
                prop_assert!(ALLOWED_TAGS.contains(&name), "{} in {}", name, clean);
            }
            prop_assert!(is_balanced(&clean), "{}", clean);
            prop_assert!(RichText::parse(&clean).is_ok(), "{}", clean);
            prop_assert_eq!(sanitize(&clean), clean);
        }
    }
}
