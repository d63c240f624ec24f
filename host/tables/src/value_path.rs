//! Paths: which values of an element are meant where names alone do not say it, because there
//! are lists on the way.
//!
//! ```text
//! images[].url                     of every image
//! images[0].url                    of the first
//! attributes[name=color].value     of the attribute that is called color
//! offers.price                     of the offer, or of every one where there are several
//! ```
//!
//! What is no list is a list of one, because a list of one in XML looks like none.

use crate::document_value::DocumentValue;

/// A way to values inside an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValuePath(Vec<PathStep>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum PathStep {
    Name(String),
    Every,
    At(usize),
    Matching { name: Vec<String>, is: String },
}

impl ValuePath {
    /// The path of a text; `None` if its brackets are not as they should be.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let mut steps = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            if let Some(inner) = rest.strip_prefix('[') {
                let (inside, after) = inner.split_once(']')?;
                steps.push(PathStep::from_brackets(inside)?);
                rest = after.strip_prefix('.').unwrap_or(after);
                continue;
            }
            let end = rest.find(['.', '[']).unwrap_or(rest.len());
            steps.push(PathStep::Name(rest[..end].to_owned()));
            rest = &rest[end..];
            rest = rest.strip_prefix('.').unwrap_or(rest);
        }
        Some(Self(steps))
    }

    /// Whether a column of this name needs a path.
    #[must_use]
    pub fn is_needed_for(column: &str) -> bool {
        column.contains('[')
    }

    /// The values at the end of the path.
    pub fn find_values<'v>(&self, value: &'v DocumentValue<'v>) -> Vec<&'v DocumentValue<'v>> {
        let mut found = Vec::new();
        follow_steps(&self.0, value, &mut found);
        found
    }
}

impl PathStep {
    fn from_brackets(inside: &str) -> Option<Self> {
        if inside.is_empty() {
            return Some(Self::Every);
        }
        if let Ok(at) = inside.parse() {
            return Some(Self::At(at));
        }
        let (name, is) = inside.split_once('=')?;
        let name = name.trim().split('.').map(str::to_owned).collect();
        Some(Self::Matching { name, is: is.trim().trim_matches(['"', '\'']).to_owned() })
    }
}

fn follow_steps<'v>(
    steps: &[PathStep],
    value: &'v DocumentValue<'v>,
    found: &mut Vec<&'v DocumentValue<'v>>,
) {
    let Some((step, rest)) = steps.split_first() else {
        found.push(value);
        return;
    };
    let all = match value {
        DocumentValue::Array(list) => &list[..],
        DocumentValue::Null => &[],
        one => std::slice::from_ref(one),
    };
    match step {
        PathStep::Every => all.iter().for_each(|value| follow_steps(rest, value, found)),
        PathStep::At(at) => {
            all.get(*at).into_iter().for_each(|value| follow_steps(rest, value, found))
        }
        PathStep::Matching { name, is } => {
            let meant = all.iter().filter(|value| {
                let at = name.iter().try_fold(*value, |value, name| value.get_member(name));
                at.is_some_and(|value| value_text(value) == *is)
            });
            meant.for_each(|value| follow_steps(rest, value, found));
        }
        PathStep::Name(name) => {
            let named = all.iter().filter_map(|value| value.get_member(name));
            named.for_each(|value| follow_steps(rest, value, found));
        }
    }
}

/// What a value says: a text, a number, or the text of an element of XML that has attributes.
fn value_text(value: &DocumentValue<'_>) -> String {
    match value {
        DocumentValue::Object(object) => {
            object.get(crate::flatten::TEXT_KEY).map_or_else(String::new, value_text)
        }
        other => crate::document_value::scalar_text(other),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(path: &str, expected: &serde_json::Value) {
        let element = json!({
            "images": [{"url": "a"}, {"url": "b"}],
            "attributes": [
                {"name": "color", "value": {"key": "moss"}},
                {"name": {"#text": "size", "lang": "en"}, "value": [1, 2]},
            ],
            "offer": {"price": 3},
        });
        let text = element.to_string();
        let element: DocumentValue<'_> = serde_json::from_str(&text).expect("JSON");
        let found = ValuePath::new(path).expect("a path").find_values(&element);
        let found: Vec<_> = found.into_iter().cloned().map(serde_json::Value::from).collect();
        assert_eq!(&json!(found), expected, "{path}");
    }

    #[test]
    fn paths_lead_through_lists() {
        check("images[].url", &json!(["a", "b"]));
        check("images.url", &json!(["a", "b"]));
        check("images[1].url", &json!(["b"]));
        check("images[7].url", &json!([]));
        check("attributes[name=color].value.key", &json!(["moss"]));
        check("attributes[name=size].value", &json!([[1, 2]]));
        check("attributes[name=\"size\"].value[]", &json!([1, 2]));
        check("attributes[value.key=moss].name", &json!(["color"]));
        check("offer[].price", &json!([3]));
        check("offer.price.amount", &json!([]));
        assert_eq!(ValuePath::new("a[b"), None);
        assert_eq!(ValuePath::new("a[b]"), None);
    }
}
