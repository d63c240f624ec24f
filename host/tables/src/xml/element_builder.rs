//! Building: from tags and texts to the value of an element.

use quick_xml::escape;
use quick_xml::events::{BytesRef, BytesStart};
use rikaste_model::words;
use rikaste_model::words::LocalizedText;

use crate::cell_problem::CellProblem;
use crate::document_value::{DocumentObject, DocumentValue};
use crate::flatten::TEXT_KEY;
use crate::read_error::{COLUMN_LIMIT, DEPTH_LIMIT};

/// Builds the value of one element at a time.
#[derive(Default)]
pub(crate) struct ElementBuilder {
    open: Vec<OpenElement>,
    /// Open elements that are too deep to be built.
    too_deep: usize,
    problem: Option<CellProblem>,
}

/// An element whose end has not come.
#[derive(Default)]
struct OpenElement {
    name: String,
    members: DocumentObject<'static>,
    /// Members whose name lost a prefix, and their whole names.
    prefixed: Vec<(String, String)>,
    text: String,
}

/// A name without its prefix; an attribute's whole name starts with `@`.
pub(crate) fn local_name(name: &str) -> &str {
    name.rsplit([':', '@']).next().unwrap_or(name)
}

impl ElementBuilder {
    pub(crate) fn is_building(&self) -> bool {
        !self.open.is_empty()
    }

    pub(crate) fn open_element(&mut self, start: &BytesStart<'_>) {
        if self.open.len() >= DEPTH_LIMIT {
            self.too_deep += 1;
            self.record_problem("xml-depth", || {
                words!("json-depth", limit = DEPTH_LIMIT.to_string())
            });
            return;
        }
        let mut frame =
            OpenElement { name: start.name().as_ref().to_owned(), ..OpenElement::default() };
        // The reader's own check compares every attribute with every other.
        for attribute in start.attributes().with_checks(false) {
            let Ok(attribute) = attribute else {
                self.record_problem("xml-attribute", || {
                    words!("xml-attribute", name = frame.name.as_str())
                });
                continue;
            };
            let name = attribute.key.as_ref();
            if name == "xmlns" || name.starts_with("xmlns:") {
                continue;
            }
            let raw = attribute.value.replace(['\n', '\t', '\r'], " ");
            let value = match escape::unescape(&raw) {
                Ok(value) => value.into_owned(),
                Err(escape::EscapeError::UnterminatedEntity(_)) => raw,
                Err(error) => {
                    self.record_problem("xml-entity", || {
                        words!("xml-reference", reason = error.to_string())
                    });
                    raw
                }
            };
            if frame.add_member(&format!("@{name}"), DocumentValue::from(value)).is_err() {
                self.record_width_problem();
                break;
            }
        }
        self.open.push(frame);
    }

    /// Closes the innermost element; gives the value if it was the outermost.
    pub(crate) fn close_element(&mut self) -> Option<Result<DocumentValue<'static>, CellProblem>> {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return None;
        }
        let frame = self.open.pop()?;
        let name = frame.name.clone();
        let value = frame.into_value();
        let Some(around) = self.open.last_mut() else {
            return Some(self.problem.take().map_or(Ok(value), Err));
        };
        if around.add_member(&name, value).is_err() {
            self.record_width_problem();
        }
        None
    }

    /// Closes whatever is open, as if the document ended here.
    pub(crate) fn close_all(&mut self) -> Option<Result<DocumentValue<'static>, CellProblem>> {
        self.problem = None;
        self.too_deep = 0;
        while self.is_building() {
            if let Some(built) = self.close_element() {
                return Some(built);
            }
        }
        Some(Ok(DocumentValue::Null))
    }

    pub(crate) fn push_text(&mut self, text: &str) {
        if self.too_deep == 0
            && let Some(frame) = self.open.last_mut()
        {
            frame.text.push_str(text);
        }
    }

    /// `&amp;`, `&#228;`, and the names that HTML has for characters.
    pub(crate) fn push_reference(&mut self, reference: &BytesRef<'_>) {
        if let Ok(Some(character)) = reference.resolve_char_ref() {
            self.push_text(character.encode_utf8(&mut [0; 4]));
        } else if let Some(text) = escape::resolve_predefined_entity(reference) {
            self.push_text(text);
        } else {
            self.record_problem("xml-entity", || {
                let name: String = reference.chars().take(40).collect();
                words!("xml-entity", name = name)
            });
        }
    }

    fn record_problem(&mut self, code: &'static str, message: impl FnOnce() -> LocalizedText) {
        self.problem.get_or_insert_with(|| {
            let message = message();
            CellProblem::new(code, message)
        });
    }

    fn record_width_problem(&mut self) {
        self.record_problem("xml-width", || words!("xml-width", limit = COLUMN_LIMIT.to_string()));
    }
}

impl OpenElement {
    /// Adds a child or an attribute.
    fn add_member(&mut self, whole: &str, value: DocumentValue<'static>) -> Result<(), ()> {
        if self.members.len() >= COLUMN_LIMIT {
            return Err(());
        }
        let name = local_name(whole);
        let other = match self.members.contains_key(name) {
            false => None,
            true => {
                let of = self.prefixed.iter().position(|(known, _)| known == name);
                let before = of.map_or(name, |at| &self.prefixed[at].1);
                (before != whole).then_some(of)
            }
        };
        match other {
            // Another name than before loses the same prefix: it keeps it, unless it has none.
            Some(Some(at)) if whole == name => {
                let (_, before) = self.prefixed.swap_remove(at);
                if let Some(earlier) = self.members.remove(name) {
                    self.members.insert(before, earlier);
                }
                self.append_value(name, value);
            }
            Some(_) => self.append_value(whole, value),
            None => {
                if whole != name && !self.members.contains_key(name) {
                    self.prefixed.push((name.to_owned(), whole.to_owned()));
                }
                self.append_value(name, value);
            }
        }
        Ok(())
    }

    fn append_value(&mut self, name: &str, value: DocumentValue<'static>) {
        match self.members.get_mut(name) {
            None => {
                self.members.insert(name.to_owned(), value);
            }
            Some(DocumentValue::Array(list)) => list.push(value),
            Some(first) => {
                let list = vec![first.take_value(), value];
                *first = DocumentValue::Array(list);
            }
        }
    }

    fn into_value(mut self) -> DocumentValue<'static> {
        if self.members.is_empty() {
            return DocumentValue::from(self.text);
        }
        if !self.text.trim().is_empty() {
            self.members.insert(TEXT_KEY, DocumentValue::from(self.text));
        }
        DocumentValue::Object(self.members)
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use quick_xml::Reader;
    use quick_xml::events::Event;

    use super::*;

    fn check(xml: &str, expected: &Expect) {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().expand_empty_elements = true;
        let mut builder = ElementBuilder::default();
        let built = loop {
            match reader.read_event().expect("well-formed") {
                Event::Start(start) => builder.open_element(&start),
                Event::Text(text) => builder.push_text(&text),
                Event::CData(text) => builder.push_text(&text),
                Event::GeneralRef(reference) => builder.push_reference(&reference),
                Event::End(_) => {
                    if let Some(built) = builder.close_element() {
                        break built;
                    }
                }
                _ => {}
            }
        };
        expected.assert_eq(&match built {
            Ok(value) => value.to_string(),
            Err(problem) => format!("{}: {}", problem.code, problem.message),
        });
    }

    #[test]
    fn elements_become_objects() {
        check(
            "<p id='1'><name lang=\"fi\">Takki &amp; l&#228;&auml;mp&ouml; <![CDATA[<b>]]></name><a>1</a><a>2</a><e/></p>",
            &expect![[
                r##"{"id":"1","name":{"lang":"fi","#text":"Takki & läämpö <b>"},"a":["1","2"],"e":""}"##
            ]],
        );
        check(
            "<p xmlns:g='x'><g:price>1</g:price><g:id>2</g:id></p>",
            &expect![[r#"{"price":"1","id":"2"}"#]],
        );
        check(
            "<p xmlns:g='x' id='0'><g:price>1</g:price><price>2</price><g:price>3</g:price><id>4</id></p>",
            &expect![[r#"{"g:price":["1","3"],"price":"2","@id":"0","id":"4"}"#]],
        );
        check(
            "<p>a &lol9; b</p>",
            &expect!["xml-entity: nothing says what &lol9; stands for; write the character itself"],
        );
        check(
            "<p a='&lol9;'/>",
            &expect!["xml-entity: at 1..5: unrecognized entity `lol9`; write the character itself"],
        );
        check(
            "<p a=1/>",
            &expect![[r#"xml-attribute: an attribute of <p> is not written as name="value""#]],
        );
    }
}
