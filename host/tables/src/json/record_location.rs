//! Outlines: where in a file of JSON its records are, detected from its first bytes.
//!
//! A file that starts with an object may be an object a line, a document with a list of products
//! somewhere in it, products under their names, or a product. What is cut off of the first bytes
//! is closed, so that they can be looked at as a document.

use super::element_scanner::ElementScanner;
use crate::document_value::{DocumentObject, DocumentValue};

/// Where the records of a file are that starts with an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RecordLocation {
    /// An object a line.
    Lines,
    /// Objects over several lines, one after another.
    Sequence,
    /// Under these names, one inside the other.
    Within { path: Vec<String>, kind: RecordContainer },
}

/// What lies where the records are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RecordContainer {
    /// A list of them.
    List,
    /// An object of which every member is one.
    Members,
    /// One of them.
    One,
}

impl RecordLocation {
    /// The place in a document whose first characters these are. `whole` says whether they are
    /// all; `records` is where a mapping has them; `has_sku` tells products.
    pub(crate) fn detect_in(
        head: &str,
        whole: bool,
        records: Option<&str>,
        has_sku: impl Fn(&DocumentObject<'_>) -> bool,
    ) -> Self {
        let head = head.trim_start();
        let end = ElementScanner::default().find_end(head.as_bytes());
        let (first, rest) = head.split_at(end.unwrap_or(head.len()));
        let closed = close_truncated(first);
        let outline = || serde_json::from_str::<DocumentValue<'_>>(&closed).unwrap_or_default();
        if let Some(records) = records {
            let path = split_path(records);
            let kind = container_at(&outline(), &path);
            return Self::Within { path, kind };
        }
        let over_lines = first.contains('\n');
        let by_itself = match over_lines {
            true => Self::Within { path: Vec::new(), kind: RecordContainer::One },
            false => Self::Lines,
        };
        if end.is_some() && (!rest.trim_start().is_empty() || !whole) {
            return if over_lines { Self::Sequence } else { Self::Lines };
        }
        let DocumentValue::Object(root) = outline() else { return by_itself };
        if has_sku(&root) {
            return by_itself;
        }
        let mut candidates = Vec::new();
        collect_candidates(&root, &mut Vec::new(), &has_sku, &mut candidates);
        let best = candidates.into_iter().rev().max_by_key(|found| found.rank);
        best.map_or(by_itself, |found| Self::Within { path: found.path, kind: found.kind })
    }

    /// The names of the objects around the records.
    pub(crate) fn path(&self) -> &[String] {
        match self {
            Self::Within { path, .. } => path,
            Self::Lines | Self::Sequence => &[],
        }
    }

    /// In words, for a receipt.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Lines => "JSON Lines".to_owned(),
            Self::Sequence => "JSON, one object after another".to_owned(),
            Self::Within { path, kind: RecordContainer::Members } if path.is_empty() => {
                "JSON, an object a record".to_owned()
            }
            Self::Within { path, .. } if path.is_empty() => "JSON, one record".to_owned(),
            Self::Within { path, .. } => format!("JSON, records in {}", path.join(".")),
        }
    }
}

/// The first record of a file that starts with these characters, as far as they go.
pub(crate) fn first_json_record(head: &str, path: &[String]) -> Option<DocumentObject<'static>> {
    let head = head.trim_start();
    let end = ElementScanner::default().find_end(head.as_bytes()).unwrap_or(head.len());
    let closed = close_truncated(&head[..end]);
    let root: DocumentValue<'_> = serde_json::from_str(&closed).ok()?;
    first_record_at(&root, path).cloned().map(DocumentObject::into_owned)
}

/// The first record in a document.
pub(crate) fn first_record_at<'v>(
    root: &'v DocumentValue<'v>,
    path: &[String],
) -> Option<&'v DocumentObject<'v>> {
    let at = path.iter().try_fold(root, |value, name| value.get_member(name))?;
    match at {
        DocumentValue::Array(list) => list.first()?.as_object(),
        DocumentValue::Object(object) => first_similar_member(object).or(Some(object)),
        _ => None,
    }
}

/// Where in a document that is no JSON the records are: a list of objects, or an object with an
/// SKU.
pub(crate) fn find_record_list(
    root: &DocumentObject<'_>,
    has_sku: impl Fn(&DocumentObject<'_>) -> bool,
) -> Option<Vec<String>> {
    let mut candidates = Vec::new();
    collect_candidates(root, &mut Vec::new(), &has_sku, &mut candidates);
    let lists = candidates.into_iter().rev().filter(|found| found.kind != RecordContainer::Members);
    lists.max_by_key(|found| found.rank).map(|found| found.path)
}

/// `data.items` or `data/items`; a point alone is the document.
fn split_path(records: &str) -> Vec<String> {
    records.split(['.', '/']).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

fn container_at(root: &DocumentValue<'_>, path: &[String]) -> RecordContainer {
    let at = path.iter().try_fold(root, |value, name| value.get_member(name));
    match at {
        Some(DocumentValue::Object(object))
            if !object.is_empty() && object.values().all(DocumentValue::is_object) =>
        {
            RecordContainer::Members
        }
        Some(DocumentValue::Object(_)) => RecordContainer::One,
        _ => RecordContainer::List,
    }
}

/// Something that may be the records.
struct LocationCandidate {
    path: Vec<String>,
    kind: RecordContainer,
    /// Whether they are seen to have SKUs; whether there are any; how much of the text they are.
    rank: (bool, bool, usize),
}

fn collect_candidates(
    object: &DocumentObject<'_>,
    path: &mut Vec<String>,
    has_sku: &impl Fn(&DocumentObject<'_>) -> bool,
    found: &mut Vec<LocationCandidate>,
) {
    if let Some(first) = first_similar_member(object) {
        let rank = (has_sku(first), true, total_size(object.values()));
        found.push(LocationCandidate { path: path.clone(), kind: RecordContainer::Members, rank });
        return;
    }
    for (name, value) in object.iter() {
        path.push(name.to_owned());
        match value {
            DocumentValue::Array(list) => match list.first() {
                Some(DocumentValue::Object(first)) => {
                    let rank = (has_sku(first), true, total_size(list.iter()));
                    found.push(LocationCandidate {
                        path: path.clone(),
                        kind: RecordContainer::List,
                        rank,
                    });
                }
                Some(_) => {}
                None => {
                    let rank = (false, false, 0);
                    found.push(LocationCandidate {
                        path: path.clone(),
                        kind: RecordContainer::List,
                        rank,
                    });
                }
            },
            DocumentValue::Object(inner) if has_sku(inner) => {
                let rank = (true, true, 0);
                found.push(LocationCandidate {
                    path: path.clone(),
                    kind: RecordContainer::One,
                    rank,
                });
            }
            DocumentValue::Object(inner) => collect_candidates(inner, path, has_sku, found),
            _ => {}
        }
        path.pop();
    }
}

/// The first of the members, if there are several and all are objects that look alike.
fn first_similar_member<'v>(object: &'v DocumentObject<'v>) -> Option<&'v DocumentObject<'v>> {
    let first = object.values().next()?.as_object().filter(|first| !first.is_empty())?;
    let second = object.values().nth(1)?.as_object()?;
    let common = first.keys().filter(|name| second.contains_key(name)).count();
    // The last may be cut off.
    let is_like = common * 2 >= first.len() || (object.len() == 2 && common == second.len());
    (is_like && common > 0 && object.values().all(DocumentValue::is_object)).then_some(first)
}

fn total_size<'v>(values: impl Iterator<Item = &'v DocumentValue<'v>>) -> usize {
    values.map(DocumentValue::encoded_size).sum()
}

/// A text without what is cut off at its end, and with every bracket closed.
fn close_truncated(text: &str) -> String {
    let (mut in_string, mut escaped) = (false, false);
    let mut open: Vec<char> = Vec::new();
    let (mut cut, mut open_at_cut) = (0, Vec::new());
    for (at, c) in text.char_indices() {
        if in_string {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => in_string = false,
                _ => {}
            }
            continue;
        }
        match c {
            '"' => in_string = true,
            '{' | '[' => {
                open.push(if c == '{' { '}' } else { ']' });
                (cut, open_at_cut) = (at + 1, open.clone());
            }
            '}' | ']' => {
                open.pop();
                (cut, open_at_cut) = (at + 1, open.clone());
            }
            ',' => (cut, open_at_cut) = (at, open.clone()),
            _ => {}
        }
        if open.len() > 100 {
            return String::new();
        }
    }
    let mut closed = text[..cut].to_owned();
    closed.extend(open_at_cut.into_iter().rev());
    closed
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(head: &str, whole: bool, expected: &Expect) {
        let has_sku = |object: &DocumentObject<'_>| object.contains_key("sku");
        expected.assert_eq(&format!("{:?}", RecordLocation::detect_in(head, whole, None, has_sku)));
    }

    #[test]
    fn places_are_told_from_the_start_of_a_file() {
        let lines = &expect!["Lines"];
        check("{\"sku\": \"A\"}\n{\"sku\": \"B\"}", true, lines);
        check("{\"sku\": \"A\"}", true, lines);
        check("{\"name\": \"A\"}", true, lines);
        check("{\"sku\": \"A\", \"variants\": [{\"sku\": 1}]}", true, lines);
        check("{\n\"sku\": \"A\"}\n{\n\"sku\": \"B\"}", true, &expect!["Sequence"]);
        let one = &expect!["Within { path: [], kind: One }"];
        check("{\n\"sku\": \"A\", \"images\": [{\"url\": 1}]}", true, one);
        let products = &expect![[r#"Within { path: ["products"], kind: List }"#]];
        check(r#"{"total": 2, "products": [{"sku": "A"}, {"sku": "B"}]}"#, true, products);
        check(
            r#"{"facets": [{"a": 1}, {"a": 2}], "products": [{"sku": "A"}, {"s"#,
            false,
            products,
        );
        check("{\n  \"products\": []\n}", true, products);
        let items = &expect![[r#"Within { path: ["data", "items"], kind: List }"#]];
        check(r#"{"data": {"page": {"of": 3}, "items": [{"code": "A", "na"#, false, items);
        let members = &expect!["Within { path: [], kind: Members }"];
        check(r#"{"A": {"name": 1, "price": 2}, "B": {"name": 3, "pri"#, false, members);
        let nested = &expect![[r#"Within { path: ["product"], kind: One }"#]];
        check(r#"{"product": {"sku": "A", "options": [{"a": 1}]}}"#, true, nested);
    }
}
