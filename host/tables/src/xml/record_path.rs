//! Which elements of a document are its records, detected from its start.

use std::fmt;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::element_builder::{ElementBuilder, local_name};
use crate::document_value::{DocumentObject, DocumentValue};
use crate::json::{find_record_list, first_record_at};

/// Which elements are records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RecordPath {
    /// Those at the end of this path from the root on.
    Found(Vec<String>),
    /// Those whose path ends so, by a mapping.
    Mapped(Vec<String>),
    /// Those that a BMEcat catalogue has.
    Bmecat,
}

/// Vocabularies whose records are always in the same place: the root's name and the path.
const KNOWN_VOCABULARIES: [(&str, &[&str]); 3] =
    [("rss", &["rss", "channel", "item"]), ("feed", &["feed", "entry"]), ("RDF", &["RDF", "item"])];

impl RecordPath {
    /// The place in a document that starts with this text. `has_sku` tells products.
    pub(crate) fn detect_in(
        head: &str,
        records: Option<&str>,
        has_sku: impl Fn(&DocumentObject<'_>) -> bool,
    ) -> Self {
        if let Some(records) = records {
            let names = records.split(['/', '.']).map(local_name).filter(|name| !name.is_empty());
            return Self::Mapped(names.map(str::to_owned).collect());
        }
        let (root, document) = read_outline(head);
        if root == "BMECAT" {
            return Self::Bmecat;
        }
        if let Some((_, path)) = KNOWN_VOCABULARIES.iter().find(|(name, _)| *name == root) {
            return Self::Found(path.iter().map(ToString::to_string).collect());
        }
        Self::Found(
            find_record_list(&document, has_sku)
                .unwrap_or_else(|| follow_only_child(root, &document)),
        )
    }

    /// Whether the innermost of these open elements is a record.
    pub(crate) fn is_at(&self, open: &[String]) -> bool {
        match self {
            Self::Found(path) => path == open,
            Self::Mapped(path) => open.ends_with(path),
            Self::Bmecat => super::bmecat::is_bmecat_record(open),
        }
    }

    pub(crate) fn is_mapped(&self) -> bool {
        matches!(self, Self::Mapped(_))
    }

    /// In words, for a receipt.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Bmecat => "BMEcat".to_owned(),
            other => format!("XML, records in {other}"),
        }
    }
}

impl fmt::Display for RecordPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Found(path) | Self::Mapped(path) => f.write_str(&path.join("/")),
            Self::Bmecat => f.write_str("BMECAT"),
        }
    }
}

/// The first record of a document that starts with this text, as far as it goes.
pub(crate) fn first_xml_record(head: &str, path: &RecordPath) -> Option<DocumentObject<'static>> {
    let (_, document) = read_outline(head);
    let document = DocumentValue::Object(document);
    match path {
        RecordPath::Found(path) => {
            first_record_at(&document, path).cloned().map(DocumentObject::into_owned)
        }
        RecordPath::Mapped(_) | RecordPath::Bmecat => None,
    }
}

/// What the start of a document holds: the root's name, and an object with the root in it.
fn read_outline(head: &str) -> (String, DocumentObject<'static>) {
    let mut reader = Reader::from_str(head);
    reader.config_mut().expand_empty_elements = true;
    reader.config_mut().allow_dangling_amp = true;
    let mut builder = ElementBuilder::default();
    let mut root = String::new();
    let mut built = None;
    while built.is_none() {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                if root.is_empty() {
                    local_name(start.name().as_ref()).clone_into(&mut root);
                }
                builder.open_element(&start);
            }
            Ok(Event::Text(text)) => builder.push_text(&text),
            Ok(Event::CData(text)) => builder.push_text(&text),
            Ok(Event::End(_)) => built = builder.close_element(),
            // What is cut off ends in the middle of something.
            Ok(Event::Eof) | Err(_) => built = builder.close_all(),
            Ok(_) => {}
        }
        if !builder.is_building()
            && built.is_none()
            && reader.buffer_position() as usize >= head.len()
        {
            break;
        }
    }
    let value = built.and_then(Result::ok).unwrap_or_default();
    (root.clone(), DocumentObject::from_member(root, value))
}

/// The only record of a document: down from the root as long as there is but one way to go.
fn follow_only_child(root: String, document: &DocumentObject<'_>) -> Vec<String> {
    let mut at = document.values().next();
    let mut path = vec![root];
    while let Some(DocumentValue::Object(object)) = at
        && object.len() == 1
        && let Some((name, inner @ DocumentValue::Object(_))) = object.iter().next()
    {
        path.push(name.to_owned());
        at = Some(inner);
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(head: &str, expected: &str) {
        let has_sku = |object: &DocumentObject<'_>| object.contains_key("sku");
        assert_eq!(RecordPath::detect_in(head, None, has_sku).to_string(), expected, "{head}");
    }

    #[test]
    fn records_are_what_repeats() {
        check("<?xml version='1.0'?><ps><p id='1'><a/></p><p id='2'><a/></p><p", "ps/p");
        check(
            "<shop><info><x a='1'/><x a='2'/></info><list><p sku='1'/><p sku='2'/></list></shop>",
            "shop/list/p",
        );
        check("<ps><p><sku>1</sku><img u='1'/><img u='2'/></p></ps>", "ps/p");
        check("<ps><p><name>1</name><price>2</price></p></ps>", "ps/p");
        check("<p><name>1</name><price>2</price></p>", "p");
        check(
            "<rss><channel><title/><item><g:id>1</g:id></item></channel></rss>",
            "rss/channel/item",
        );
        check("<BMECAT version='1.2'><HEADER/>", "BMECAT");
        check("<a>", "a");
        check("<", "");
    }
}
