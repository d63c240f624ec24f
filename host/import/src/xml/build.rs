//! Building: from tags and texts to the value of an element.

use quick_xml::escape;
use quick_xml::events::{BytesRef, BytesStart};
use rikaste_model::words;
use rikaste_model::words::Words;

use super::super::parse::Problem;
use super::super::tree::TEXT;
use super::super::unreadable::{COLUMN_LIMIT, DEPTH_LIMIT};
use super::super::value::{Map, Value};

/// Builds the value of one element at a time.
#[derive(Default)]
pub(super) struct Builder {
    open: Vec<Frame>,
    /// Open elements that are too deep to be built.
    too_deep: usize,
    problem: Option<Problem>,
}

/// An element whose end has not come.
#[derive(Default)]
struct Frame {
    name: String,
    members: Map<'static>,
    /// Members whose name lost a prefix, and their whole names.
    prefixed: Vec<(String, String)>,
    text: String,
}

/// A name without its prefix; an attribute's whole name starts with `@`.
pub(super) fn local(name: &str) -> &str {
    name.rsplit([':', '@']).next().unwrap_or(name)
}

impl Builder {
    pub(super) fn is_building(&self) -> bool {
        !self.open.is_empty()
    }

    pub(super) fn open(&mut self, start: &BytesStart<'_>) {
        if self.open.len() >= DEPTH_LIMIT {
            self.too_deep += 1;
            self.fail("xml-depth", || words!("json-depth", limit = DEPTH_LIMIT.to_string()));
            return;
        }
        let mut frame = Frame { name: start.name().as_ref().to_owned(), ..Frame::default() };
        // The reader's own check compares every attribute with every other.
        for attribute in start.attributes().with_checks(false) {
            let Ok(attribute) = attribute else {
                self.fail("xml-attribute", || words!("xml-attribute", name = frame.name.as_str()));
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
                    self.fail("xml-entity", || words!("xml-reference", reason = error.to_string()));
                    raw
                }
            };
            if frame.put(&format!("@{name}"), Value::from(value)).is_err() {
                self.fail_of_width();
                break;
            }
        }
        self.open.push(frame);
    }

    /// Closes the innermost element; gives the value if it was the outermost.
    pub(super) fn close(&mut self) -> Option<Result<Value<'static>, Problem>> {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return None;
        }
        let frame = self.open.pop()?;
        let name = frame.name.clone();
        let value = frame.value();
        let Some(around) = self.open.last_mut() else {
            return Some(self.problem.take().map_or(Ok(value), Err));
        };
        if around.put(&name, value).is_err() {
            self.fail_of_width();
        }
        None
    }

    /// Closes whatever is open, as if the document ended here.
    pub(super) fn close_all(&mut self) -> Option<Result<Value<'static>, Problem>> {
        self.problem = None;
        self.too_deep = 0;
        while self.is_building() {
            if let Some(built) = self.close() {
                return Some(built);
            }
        }
        Some(Ok(Value::Null))
    }

    pub(super) fn text(&mut self, text: &str) {
        if self.too_deep == 0
            && let Some(frame) = self.open.last_mut()
        {
            frame.text.push_str(text);
        }
    }

    /// `&amp;`, `&#228;`, and the names that HTML has for characters.
    pub(super) fn reference(&mut self, reference: &BytesRef<'_>) {
        if let Ok(Some(character)) = reference.resolve_char_ref() {
            self.text(character.encode_utf8(&mut [0; 4]));
        } else if let Some(text) = escape::resolve_predefined_entity(reference) {
            self.text(text);
        } else {
            self.fail("xml-entity", || {
                let name: String = reference.chars().take(40).collect();
                words!("xml-entity", name = name)
            });
        }
    }

    fn fail(&mut self, code: &'static str, message: impl FnOnce() -> Words) {
        self.problem.get_or_insert_with(|| {
            let message = message();
            Problem::new(code, message)
        });
    }

    fn fail_of_width(&mut self) {
        self.fail("xml-width", || words!("xml-width", limit = COLUMN_LIMIT.to_string()));
    }
}

impl Frame {
    /// Adds a child or an attribute.
    fn put(&mut self, whole: &str, value: Value<'static>) -> Result<(), ()> {
        if self.members.len() >= COLUMN_LIMIT {
            return Err(());
        }
        let name = local(whole);
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
                self.append(name, value);
            }
            Some(_) => self.append(whole, value),
            None => {
                if whole != name && !self.members.contains_key(name) {
                    self.prefixed.push((name.to_owned(), whole.to_owned()));
                }
                self.append(name, value);
            }
        }
        Ok(())
    }

    fn append(&mut self, name: &str, value: Value<'static>) {
        match self.members.get_mut(name) {
            None => {
                self.members.insert(name.to_owned(), value);
            }
            Some(Value::Array(list)) => list.push(value),
            Some(first) => {
                let list = vec![first.take(), value];
                *first = Value::Array(list);
            }
        }
    }

    fn value(mut self) -> Value<'static> {
        if self.members.is_empty() {
            return Value::from(self.text);
        }
        if !self.text.trim().is_empty() {
            self.members.insert(TEXT, Value::from(self.text));
        }
        Value::Object(self.members)
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
        let mut builder = Builder::default();
        let built = loop {
            match reader.read_event().expect("well-formed") {
                Event::Start(start) => builder.open(&start),
                Event::Text(text) => builder.text(&text),
                Event::CData(text) => builder.text(&text),
                Event::GeneralRef(reference) => builder.reference(&reference),
                Event::End(_) => {
                    if let Some(built) = builder.close() {
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
