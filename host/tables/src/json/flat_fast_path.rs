//! Flat elements: objects of texts and numbers, as tables are written in JSON.
//!
//! Elements of a file are alike. One whose members are called as others were called before, in the same
//! order, is made cells of while it is parsed: there is no name to copy, to compare with the names before
//! it, or to look a column up for. Whatever is not so, is parsed as any element is.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};

use crate::document_value::DocumentValue;
use crate::path_columns::PathColumns;
use crate::raw_row::{LeafCell, LeafContent};

/// After an element that is not flat, so many are not tried.
const RETRY_PAUSE: u32 = 64;

/// When the next element is tried.
#[derive(Default)]
pub(crate) struct FlatFastPath {
    pause_left: u32,
}

impl FlatFastPath {
    /// The cells of an element, if it is flat and its members are known.
    pub(crate) fn parse_leaves<'t>(
        &mut self,
        text: &'t str,
        paths: &PathColumns,
    ) -> Option<Vec<LeafCell<'t>>> {
        if self.pause_left > 0 {
            self.pause_left -= 1;
            return None;
        }
        let mut document = serde_json::Deserializer::from_str(text);
        let leaves = FlatObjectSeed(paths)
            .deserialize(&mut document)
            .ok()
            .filter(|_| document.end().is_ok());
        if leaves.is_none() {
            self.pause_left = RETRY_PAUSE;
        }
        leaves
    }
}

/// Reads an object whose members come in the order of the paths.
struct FlatObjectSeed<'p>(&'p PathColumns);

/// Reads a member's name: its place among the paths, and its column.
struct MemberNameSeed<'p> {
    paths: &'p PathColumns,
    from: usize,
}

impl<'de> DeserializeSeed<'de> for FlatObjectSeed<'_> {
    type Value = Vec<LeafCell<'de>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for FlatObjectSeed<'_> {
    type Value = Vec<LeafCell<'de>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a flat object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
        let paths = self.0;
        let mut leaves = Vec::with_capacity(paths.len());
        let mut from = 0;
        // Places only grow, so that no name comes twice.
        while let Some((place, column)) = access.next_key_seed(MemberNameSeed { paths, from })? {
            from = place + 1;
            let content = match access.next_value()? {
                DocumentValue::String(text) => LeafContent::Text(text),
                DocumentValue::Number(number) => LeafContent::Number(number.to_string()),
                DocumentValue::Bool(true) => LeafContent::Text("true".into()),
                DocumentValue::Bool(false) => LeafContent::Text("false".into()),
                DocumentValue::Null => LeafContent::Text("".into()),
                DocumentValue::Array(_) | DocumentValue::Object(_) => {
                    return Err(A::Error::custom("not flat"));
                }
            };
            leaves.push(LeafCell { column, content });
        }
        Ok(leaves)
    }
}

impl<'de> DeserializeSeed<'de> for MemberNameSeed<'_> {
    type Value = (usize, u16);

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for MemberNameSeed<'_> {
    type Value = (usize, u16);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name that is known")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        self.paths.find_from(self.from, name).ok_or_else(|| E::custom("another name"))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::flatten::ElementFlattener;

    /// The cells of an element as any is read; paths that were not met yet are taken in.
    fn made<'v>(element: &'v DocumentValue<'v>, paths: &mut PathColumns) -> Vec<LeafCell<'v>> {
        let tree = ElementFlattener { with_names: true, claims: &|_, _| false };
        let mut leaves = Vec::new();
        let mut own = |path: &str, content| {
            let column = paths.find_column(path).unwrap_or_else(|| {
                paths.insert_path(path, paths.len() as u16);
                paths.len() as u16 - 1
            });
            leaves.push(LeafCell { column, content });
        };
        tree.flatten_element(element.as_object().expect("an object"), &mut own);
        leaves
    }

    #[test]
    fn what_is_like_the_element_before_is_read_at_once() {
        let mut paths = PathColumns::default();
        let first = serde_json::from_str(r#"{"sku":"A","name":"Takki","size":{"de":38}}"#);
        made(&first.expect("JSON"), &mut paths);
        let read =
            |text| FlatFastPath::default().parse_leaves(text, &paths).map(|leaves| leaves.len());
        assert_eq!(read(r#"{"sku":"B","name":"K\u00e4sine"}"#), Some(2));
        assert_eq!(read(r#"{"name":null}"#), Some(1));
        assert_eq!(read(r#"{"name":"Takki","sku":"B"}"#), None);
        assert_eq!(read(r#"{"sku":"B","sku":"C"}"#), None);
        assert_eq!(read(r#"{"sku":"B","size":{"de":38}}"#), None);
        assert_eq!(read(r#"{"sku":"B","weight":3}"#), None);
        assert_eq!(read(r#"{"sku":"B"} {"sku":"C"}"#), None);
        assert_eq!(read(r#"{"sku":"B""#), None);
    }

    fn element() -> impl Strategy<Value = String> {
        let value = prop_oneof![
            Just("null".to_owned()),
            any::<bool>().prop_map(|value| value.to_string()),
            any::<i64>().prop_map(|value| value.to_string()),
            any::<f64>().prop_map(|value| serde_json::json!(value).to_string()),
            "\\PC{0,4}|[\\n\"\\\\]{0,3}".prop_map(|text| serde_json::json!(text).to_string()),
            Just(r#"{"a":1}"#.to_owned()),
            Just("[1,2]".to_owned()),
        ];
        let member = ("[a-e]|#text", value).prop_map(|(name, value)| format!("\"{name}\":{value}"));
        prop::collection::vec(member, 0..5).prop_map(|all| format!("{{{}}}", all.join(",")))
    }

    proptest! {
        #[test]
        fn cells_are_the_same_either_way(elements in prop::collection::vec(element(), 1..8)) {
            let mut paths = PathColumns::default();
            for text in elements {
                let parsed = serde_json::from_str(&text).expect("JSON");
                let at_once = FlatFastPath::default().parse_leaves(&text, &paths);
                let leaves = made(&parsed, &mut paths);
                if let Some(at_once) = at_once {
                    prop_assert_eq!(at_once, leaves, "{}", text);
                }
            }
        }
    }
}
