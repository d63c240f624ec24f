//! Trees: from an element, which holds objects and lists, to the cells of a row.
//!
//! A value's column is called after its path, `dimensions.width`. Three shapes of lists are read
//! by what they are, and not by where they stand:
//!
//! - texts in several languages or channels, `[{"locale": "fi", "value": "Takki"}]`, as
//!   `name-fi`, and the same in XML, `<name lang="fi">Takki</name>`;
//! - names and values, `[{"name": "color", "value": "moss"}]`, as columns of these names, unless
//!   the element has such a column itself;
//! - texts, also where some have attributes in XML.
//!
//! Other lists of objects are for a mapping: by paths such as `images[].url`, as reviews, or as
//! variants.

use std::borrow::Cow;

use crate::document_value::{DocumentObject, DocumentValue, scalar_text};
use crate::raw_row::LeafContent;
use crate::value_path::ValuePath;

/// What the text of an element of XML is called that has attributes or children, too.
pub(crate) const TEXT_KEY: &str = "#text";

/// What takes an element apart.
pub struct ElementFlattener<'c> {
    /// Whether a list of names and values is about columns of these names.
    pub with_names: bool,
    /// Lists that are read in another way, by path and content.
    pub claims: &'c dyn Fn(&str, &DocumentValue<'_>) -> bool,
}

/// What an element comes to.
pub struct FlattenedElement<'v, 's> {
    /// Takes values by the path that their column is called after.
    leaf: &'s mut dyn FnMut(&str, LeafContent<'v>),
    /// Values by a name in the element; the element's own come first.
    pub named: Vec<(String, LeafContent<'v>)>,
    /// Lists of objects, by path.
    pub lists: Vec<(String, &'v [DocumentValue<'v>])>,
}

impl ElementFlattener<'_> {
    /// Takes an element apart; each of its own values goes to `leaf`, with its path.
    pub fn flatten_element<'v, 's>(
        &self,
        element: &'v DocumentObject<'v>,
        leaf: &'s mut dyn FnMut(&str, LeafContent<'v>),
    ) -> FlattenedElement<'v, 's> {
        let mut parts = FlattenedElement { leaf, named: Vec::new(), lists: Vec::new() };
        self.flatten_object(element, &mut String::new(), &mut parts);
        parts
    }

    fn flatten_object<'v>(
        &self,
        object: &'v DocumentObject<'v>,
        path: &mut String,
        parts: &mut FlattenedElement<'v, '_>,
    ) {
        if !path.is_empty() {
            if let Some((suffix, value)) = parse_localized_value(object) {
                (parts.leaf)(&format!("{path}{suffix}"), leaf_content(value));
                return;
            }
            if let Some(amount) = parse_currency_amount(object) {
                (parts.leaf)(path, LeafContent::Text(Cow::Owned(amount)));
                return;
            }
        }
        for (key, value) in object.iter() {
            let before = path.len();
            if key != TEXT_KEY || before == 0 {
                if before > 0 {
                    path.push('.');
                }
                path.push_str(key);
            }
            self.flatten_value(value, path, parts);
            path.truncate(before);
        }
    }

    fn flatten_value<'v>(
        &self,
        value: &'v DocumentValue<'v>,
        path: &mut String,
        parts: &mut FlattenedElement<'v, '_>,
    ) {
        match value {
            DocumentValue::Object(_) if (self.claims)(path, value) => {
                parts.lists.push((path.clone(), std::slice::from_ref(value)));
            }
            DocumentValue::Object(object) => self.flatten_object(object, path, parts),
            DocumentValue::Array(list) if list.iter().any(|v| v.is_object() || v.is_array()) => {
                self.flatten_list(value, list, path, parts);
            }
            other => (parts.leaf)(path, leaf_content(other)),
        }
    }

    fn flatten_list<'v>(
        &self,
        value: &DocumentValue<'_>,
        list: &'v [DocumentValue<'v>],
        path: &mut String,
        parts: &mut FlattenedElement<'v, '_>,
    ) {
        if (self.claims)(path, value) {
            parts.lists.push((path.clone(), list));
        } else if let Some(placed) = map_objects(list, parse_localized_value) {
            for (suffix, value) in placed {
                (parts.leaf)(&format!("{path}{suffix}"), leaf_content(value));
            }
        } else if let Some(texts) = collect_texts(list) {
            (parts.leaf)(path, LeafContent::List(texts));
        } else if self.with_names
            && let Some(pairs) = map_objects(list, parse_named_value)
        {
            for pair in pairs {
                self.flatten_pair(&pair, parts);
            }
        } else {
            parts.lists.push((path.clone(), list));
        }
    }

    /// A name and what it says.
    fn flatten_pair<'v>(&self, pair: &NamedValue<'v>, parts: &mut FlattenedElement<'v, '_>) {
        let named = &mut parts.named;
        let mut leaf = |path: &str, content: LeafContent<'v>| {
            let content = match (&pair.unit, content) {
                (Some(unit), LeafContent::Text(text)) if !text.is_empty() => {
                    LeafContent::Text(Cow::Owned(format!("{text} {unit}")))
                }
                (Some(unit), LeafContent::Number(number)) => {
                    LeafContent::Text(Cow::Owned(format!("{number} {unit}")))
                }
                (_, content) => content,
            };
            named.push((path.to_owned(), content));
        };
        let mut inside = FlattenedElement { leaf: &mut leaf, named: Vec::new(), lists: Vec::new() };
        self.flatten_value(pair.value, &mut pair.name.clone(), &mut inside);
    }
}

/// What a value says.
pub(crate) fn leaf_content<'v>(value: &'v DocumentValue<'v>) -> LeafContent<'v> {
    match value {
        DocumentValue::Array(list) => LeafContent::List(list.iter().map(scalar_text).collect()),
        DocumentValue::Number(number) => LeafContent::Number(number.to_string()),
        DocumentValue::String(text) => LeafContent::Text(Cow::Borrowed(text)),
        other => LeafContent::Text(Cow::Owned(scalar_text(other))),
    }
}

/// What the values say together that a path leads to; nothing where it leads to none.
pub fn leaf_content_at<'v>(
    path: &ValuePath,
    element: &'v DocumentValue<'v>,
) -> Option<LeafContent<'v>> {
    let mut values = Vec::new();
    for value in path.find_values(element) {
        match value {
            DocumentValue::Array(list) => values.extend(list),
            DocumentValue::Object(object) => values.extend(object.get(TEXT_KEY)),
            other => values.push(other),
        }
    }
    match values.as_slice() {
        [] => None,
        [one] => Some(leaf_content(one)),
        several => {
            Some(LeafContent::List(several.iter().map(|value| scalar_text(value)).collect()))
        }
    }
}

/// What each of a list is; nothing unless all are.
fn map_objects<'v, T>(
    list: &'v [DocumentValue<'v>],
    what: impl Fn(&'v DocumentObject<'v>) -> Option<T>,
) -> Option<Vec<T>> {
    list.iter().map(|value| value.as_object().and_then(&what)).collect()
}

/// A value that says in which language or channel it holds, and the suffix for its column.
fn parse_localized_value<'v>(
    object: &'v DocumentObject<'v>,
) -> Option<(String, &'v DocumentValue<'v>)> {
    const VALUES: [&str; 3] = [TEXT_KEY, "data", "value"];
    const LOCALES: [&str; 5] = ["locale", "lang", "language", "languageCode", "xml:lang"];
    const CHANNELS: [&str; 2] = ["scope", "channel"];
    let mut value = None;
    let (mut locale, mut channel) = (None, None);
    for (key, inside) in object.iter() {
        let place = match key {
            key if VALUES.contains(&key) => {
                if value.replace(inside).is_some() {
                    return None;
                }
                continue;
            }
            key if LOCALES.contains(&key) => &mut locale,
            key if CHANNELS.contains(&key) => &mut channel,
            _ => return None,
        };
        if inside.is_object() || inside.is_array() {
            return None;
        }
        *place = Some(scalar_text(inside));
    }
    let value = value.filter(|value| !value.is_object())?;
    if locale.is_none() && channel.is_none() {
        return None;
    }
    let words = [locale, channel].into_iter().flatten().filter(|word| !word.is_empty());
    Some((words.map(|word| format!("-{word}")).collect(), value))
}

/// `<price currency="EUR">9.90</price>`: the amount with its currency.
fn parse_currency_amount(object: &DocumentObject<'_>) -> Option<String> {
    let (text, currency) =
        (object.get(TEXT_KEY)?.as_str()?.trim(), object.get("currency")?.as_str()?);
    (object.len() == 2).then(|| match text.is_empty() || text.contains(currency) {
        true => text.to_owned(),
        false => format!("{text} {currency}"),
    })
}

/// The texts of a list, some of which have attributes in XML.
fn collect_texts(list: &[DocumentValue<'_>]) -> Option<Vec<String>> {
    let text = |value: &DocumentValue<'_>| match value {
        DocumentValue::Object(object) => {
            let flat = object.values().all(|value| !value.is_object() && !value.is_array());
            object.get(TEXT_KEY).filter(|_| flat).map(scalar_text)
        }
        DocumentValue::Array(_) => None,
        other => Some(scalar_text(other)),
    };
    list.iter().map(text).collect()
}

/// A name, what it says, and the unit of that.
struct NamedValue<'v> {
    name: String,
    value: &'v DocumentValue<'v>,
    unit: Option<String>,
}

fn parse_named_value<'v>(object: &'v DocumentObject<'v>) -> Option<NamedValue<'v>> {
    const NAMES: [&str; 6] = ["name", "attribute_code", "code", "key", "FNAME", "label"];
    const VALUES: [&str; 5] = ["value", "values", "options", "FVALUE", TEXT_KEY];
    const UNITS: [&str; 4] = ["unit", "unitText", "unitCode", "FUNIT"];
    /// Beside them there may be an id, a position and the like, but not a whole object.
    const MOST: usize = 6;
    let text = |key: &&str| object.get(key).map(scalar_text).filter(|text| !text.is_empty());
    if object.len() > MOST {
        return None;
    }
    let name = NAMES.iter().find_map(text)?;
    let value = VALUES.iter().find_map(|key| object.get(key))?;
    Some(NamedValue { name, value, unit: UNITS.iter().find_map(text) })
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use serde_json::json;

    use super::*;

    fn check(element: &serde_json::Value, expected: &Expect) {
        let text = element.to_string();
        let element: DocumentValue<'_> = serde_json::from_str(&text).expect("JSON");
        let tree = ElementFlattener { with_names: true, claims: &|_, _| false };
        let mut leaves = Vec::new();
        let mut leaf = |path: &str, content| leaves.push((path.to_owned(), content));
        let parts = tree.flatten_element(element.as_object().expect("an object"), &mut leaf);
        let (named, lists) = (parts.named, parts.lists);
        let mut text = String::new();
        for (path, content) in leaves.iter().chain(&named) {
            text.push_str(&format!("{path}: {content:?}\n"));
        }
        for (path, list) in lists {
            text.push_str(&format!("{path}: {} objects\n", list.len()));
        }
        expected.assert_eq(&text);
    }

    #[test]
    fn lists_are_read_by_their_shape() {
        check(
            &json!({
                "sku": "A",
                "name": {"en": "Coat", "fi": "Takki"},
                "title": [{"locale": "fi", "scope": null, "data": "Takki"}],
                "text": {"lang": "de", "#text": "Mantel"},
                "price": {"currency": "EUR", "#text": "9.90"},
                "image": ["a.jpg", {"type": "front", "#text": "b.jpg"}],
                "attributes": [
                    {"name": "color", "value": {"key": "moss"}},
                    {"name": "weight", "value": 3, "unitText": "kg"},
                    {"name": "tags", "value": ["a", "b"]},
                ],
                "media": [{"url": "x", "alt": "y"}],
                "matrix": [[1]],
            }),
            &expect![[r#"
                sku: Text("A")
                name.en: Text("Coat")
                name.fi: Text("Takki")
                title-fi: Text("Takki")
                text-de: Text("Mantel")
                price: Text("9.90 EUR")
                image: List(["a.jpg", "b.jpg"])
                color.key: Text("moss")
                weight: Text("3 kg")
                tags: List(["a", "b"])
                media: 1 objects
                matrix: 1 objects
            "#]],
        );
    }
}
