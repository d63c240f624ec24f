//! Values: what an element of a document is made of, be it JSON or XML.
//!
//! They are serde_json's, but for two things. A text in which nothing is escaped stays in the buffer that
//! it was read into. And the members of an object are a list: an element has some tens of them, and to hash
//! and copy every name takes longer than what is done with the values.
//!
//! `serde_json_borrow` keeps both members if a name comes twice, and finds the first. Here the last
//! one counts, as in serde_json. Its objects take no owned names, which XML needs, and give no
//! member away.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Number;

/// A value in a document.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum DocumentValue<'t> {
    /// Nothing.
    #[default]
    Null,
    /// Yes or no.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A text.
    String(Cow<'t, str>),
    /// A list.
    Array(Vec<DocumentValue<'t>>),
    /// An object.
    Object(DocumentObject<'t>),
}

/// The members of an object, each name once, in the order of the document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DocumentObject<'t>(Vec<(Cow<'t, str>, DocumentValue<'t>)>);

impl<'t> DocumentValue<'t> {
    /// The member of this name, if it is an object that has it.
    pub(crate) fn get_member(&self, name: &str) -> Option<&DocumentValue<'t>> {
        self.as_object()?.get(name)
    }

    /// The object that it is, if it is one.
    #[must_use]
    pub fn as_object(&self) -> Option<&DocumentObject<'t>> {
        match self {
            Self::Object(object) => Some(object),
            _ => None,
        }
    }

    pub(crate) fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Whether it is an object.
    #[must_use]
    pub fn is_object(&self) -> bool {
        matches!(self, Self::Object(_))
    }

    pub(crate) fn is_array(&self) -> bool {
        matches!(self, Self::Array(_))
    }

    /// The value, with null left in its place.
    pub(crate) fn take_value(&mut self) -> DocumentValue<'t> {
        std::mem::take(self)
    }

    /// The same with a copy of its texts.
    pub(crate) fn into_owned(self) -> DocumentValue<'static> {
        match self {
            Self::Null => DocumentValue::Null,
            Self::Bool(value) => DocumentValue::Bool(value),
            Self::Number(number) => DocumentValue::Number(number),
            Self::String(text) => DocumentValue::String(Cow::Owned(text.into_owned())),
            Self::Array(list) => {
                DocumentValue::Array(list.into_iter().map(DocumentValue::into_owned).collect())
            }
            Self::Object(object) => DocumentValue::Object(object.into_owned()),
        }
    }

    /// How many bytes it takes in a document, at least.
    pub(crate) fn encoded_size(&self) -> usize {
        let between = |count: usize| 2 + count.saturating_sub(1);
        match self {
            Self::Null | Self::Bool(true) => 4,
            Self::Bool(false) => 5,
            Self::Number(number) => number.to_string().len(),
            Self::String(text) => 2 + text.len(),
            Self::Array(list) => {
                between(list.len()) + list.iter().map(DocumentValue::encoded_size).sum::<usize>()
            }
            Self::Object(object) => {
                let member = |(name, value): (&str, &DocumentValue<'_>)| {
                    name.len() + 3 + value.encoded_size()
                };
                between(object.len()) + object.iter().map(member).sum::<usize>()
            }
        }
    }
}

impl From<String> for DocumentValue<'_> {
    fn from(text: String) -> Self {
        Self::String(Cow::Owned(text))
    }
}

impl<'t> DocumentObject<'t> {
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn get(&self, name: &str) -> Option<&DocumentValue<'t>> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    pub(crate) fn get_mut(&mut self, name: &str) -> Option<&mut DocumentValue<'t>> {
        self.0.iter_mut().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// Whether it has a member of this name.
    #[must_use]
    pub fn contains_key(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Puts a value in the place of the one of this name, or after all.
    pub(crate) fn insert(&mut self, name: impl Into<Cow<'t, str>>, value: DocumentValue<'t>) {
        let name = name.into();
        match self.get_mut(&name) {
            Some(before) => *before = value,
            None => self.0.push((name, value)),
        }
    }

    /// Takes a member out; the others stay in their order.
    pub(crate) fn remove(&mut self, name: &str) -> Option<DocumentValue<'t>> {
        let at = self.0.iter().position(|(known, _)| known == name)?;
        Some(self.0.remove(at).1)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &DocumentValue<'t>)> {
        self.0.iter().map(|(name, value)| (name.as_ref(), value))
    }

    /// The names of its members.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_ref())
    }

    pub(crate) fn values(&self) -> impl Iterator<Item = &DocumentValue<'t>> {
        self.0.iter().map(|(_, value)| value)
    }

    /// An object with one member.
    pub(crate) fn from_member(name: impl Into<Cow<'t, str>>, value: DocumentValue<'t>) -> Self {
        Self(vec![(name.into(), value)])
    }

    /// The same with a copy of its texts.
    pub(crate) fn into_owned(self) -> DocumentObject<'static> {
        let owned = |(name, value): (Cow<'t, str>, DocumentValue<'t>)| {
            (Cow::Owned(name.into_owned()), value.into_owned())
        };
        DocumentObject(self.0.into_iter().map(owned).collect())
    }
}

impl<'de: 't, 't> Deserialize<'de> for DocumentValue<'t> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

/// A member's name.
struct MemberName<'t>(Cow<'t, str>);

impl<'de: 't, 't> Deserialize<'de> for MemberName<'t> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match deserializer.deserialize_str(ValueVisitor)? {
            DocumentValue::String(name) => Ok(Self(name)),
            _ => Err(D::Error::custom("a name is a text")),
        }
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = DocumentValue<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<DocumentValue<'de>, E> {
        Ok(DocumentValue::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<DocumentValue<'de>, E> {
        Ok(DocumentValue::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<DocumentValue<'de>, E> {
        Ok(DocumentValue::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<DocumentValue<'de>, E> {
        Ok(DocumentValue::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<DocumentValue<'de>, E> {
        Ok(Number::from_f64(value).map_or(DocumentValue::Null, DocumentValue::Number))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<DocumentValue<'de>, E> {
        Ok(DocumentValue::String(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<DocumentValue<'de>, E> {
        Ok(DocumentValue::from(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<DocumentValue<'de>, A::Error> {
        let mut list = Vec::new();
        while let Some(value) = access.next_element()? {
            list.push(value);
        }
        Ok(DocumentValue::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<DocumentValue<'de>, A::Error> {
        /// Up to so many, comparing takes less time than hashing.
        const FEW: usize = 48;
        let mut members: Vec<(Cow<'de, str>, DocumentValue<'de>)> = Vec::new();
        let mut places: HashMap<Cow<'de, str>, usize> = HashMap::new();
        while let Some((MemberName(name), value)) = access.next_entry()? {
            if members.len() == FEW && places.is_empty() {
                places.extend(members.iter().map(|(name, _)| name.clone()).zip(0..));
            }
            let before = match members.len() {
                ..FEW => members.iter().position(|(known, _)| *known == name),
                next => match places.entry(name.clone()) {
                    Entry::Occupied(place) => Some(*place.get()),
                    Entry::Vacant(place) => {
                        place.insert(next);
                        None
                    }
                },
            };
            // Of a name that comes again the last value counts.
            match before {
                Some(at) => members[at].1 = value,
                None => members.push((name, value)),
            }
        }
        Ok(DocumentValue::Object(DocumentObject(members)))
    }
}

#[cfg(test)]
impl fmt::Display for DocumentValue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::Value::from(self.clone()).to_string())
    }
}

#[cfg(test)]
impl From<DocumentValue<'_>> for serde_json::Value {
    fn from(value: DocumentValue<'_>) -> Self {
        match value {
            DocumentValue::Null => Self::Null,
            DocumentValue::Bool(value) => Self::Bool(value),
            DocumentValue::Number(number) => Self::Number(number),
            DocumentValue::String(text) => Self::String(text.into_owned()),
            DocumentValue::Array(list) => list.into_iter().map(Self::from).collect(),
            DocumentValue::Object(object) => object
                .0
                .into_iter()
                .map(|(name, value)| (name.into_owned(), Self::from(value)))
                .collect(),
        }
    }
}

/// The text of a text, number, `true` or `false`; an empty one for anything else.
#[must_use]
pub fn scalar_text(value: &DocumentValue<'_>) -> String {
    match value {
        DocumentValue::String(text) => text.to_string(),
        DocumentValue::Number(number) => number.to_string(),
        DocumentValue::Bool(value) => value.to_string(),
        DocumentValue::Null | DocumentValue::Array(_) | DocumentValue::Object(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn texts_stay_where_they_are_unless_something_is_escaped() {
        let read: DocumentValue<'_> =
            serde_json::from_str(r#"{"a":"b","c":"\u00e4"}"#).expect("JSON");
        let kept =
            |name| matches!(read.get_member(name), Some(DocumentValue::String(Cow::Borrowed(_))));
        assert!(kept("a") && !kept("c"));
        assert_eq!(read.get_member("c").and_then(DocumentValue::as_str), Some("ä"));
    }

    /// Objects with names of their own and some that come again, small and large.
    fn text() -> impl Strategy<Value = String> {
        let leaf = prop_oneof![
            Just("null".to_owned()),
            any::<bool>().prop_map(|value| value.to_string()),
            any::<i64>().prop_map(|value| value.to_string()),
            any::<u64>().prop_map(|value| value.to_string()),
            any::<f64>().prop_map(|value| serde_json::json!(value).to_string()),
            "\\PC{0,6}|[\\n\"\\\\]{0,3}".prop_map(|text| serde_json::json!(text).to_string()),
        ];
        leaf.prop_recursive(3, 200, 120, |inner| {
            let member = ("[a-e]{1,3}|ä", inner.clone())
                .prop_map(|(name, value)| format!("\"{name}\":{value}"));
            prop_oneof![
                prop::collection::vec(inner, 0..6).prop_map(|all| format!("[{}]", all.join(","))),
                prop::collection::vec(member, 0..120)
                    .prop_map(|all| format!("{{{}}}", all.join(","))),
            ]
        })
    }

    proptest! {
        #[test]
        fn a_document_says_what_serde_json_says(text in text()) {
            let own: DocumentValue<'_> = serde_json::from_str(&text).expect("JSON");
            let other: serde_json::Value = serde_json::from_str(&text).expect("JSON");
            prop_assert_eq!(own.to_string(), other.to_string());
            prop_assert_eq!(own.clone().into_owned(), own);
        }
    }
}
