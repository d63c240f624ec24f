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

use super::value::Value;

/// A way to values inside an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Path(Vec<Step>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Name(String),
    Every,
    At(usize),
    Where { name: Vec<String>, is: String },
}

impl Path {
    /// The path of a text. Nothing if its brackets are not as they should be.
    pub(super) fn new(text: &str) -> Option<Self> {
        let mut steps = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            if let Some(inner) = rest.strip_prefix('[') {
                let (inside, after) = inner.split_once(']')?;
                steps.push(Step::of_brackets(inside)?);
                rest = after.strip_prefix('.').unwrap_or(after);
                continue;
            }
            let end = rest.find(['.', '[']).unwrap_or(rest.len());
            steps.push(Step::Name(rest[..end].to_owned()));
            rest = &rest[end..];
            rest = rest.strip_prefix('.').unwrap_or(rest);
        }
        Some(Self(steps))
    }

    /// Whether a column of this name needs a path.
    pub(super) fn is_needed(column: &str) -> bool {
        column.contains('[')
    }

    /// The values at the end of the path.
    pub(super) fn find<'v>(&self, value: &'v Value<'v>) -> Vec<&'v Value<'v>> {
        let mut found = Vec::new();
        follow(&self.0, value, &mut found);
        found
    }
}

impl Step {
    fn of_brackets(inside: &str) -> Option<Self> {
        if inside.is_empty() {
            return Some(Self::Every);
        }
        if let Ok(at) = inside.parse() {
            return Some(Self::At(at));
        }
        let (name, is) = inside.split_once('=')?;
        let name = name.trim().split('.').map(str::to_owned).collect();
        Some(Self::Where { name, is: is.trim().trim_matches(['"', '\'']).to_owned() })
    }
}

fn follow<'v>(steps: &[Step], value: &'v Value<'v>, found: &mut Vec<&'v Value<'v>>) {
    let Some((step, rest)) = steps.split_first() else {
        found.push(value);
        return;
    };
    let all = match value {
        Value::Array(list) => &list[..],
        Value::Null => &[],
        one => std::slice::from_ref(one),
    };
    match step {
        Step::Every => all.iter().for_each(|value| follow(rest, value, found)),
        Step::At(at) => all.get(*at).into_iter().for_each(|value| follow(rest, value, found)),
        Step::Where { name, is } => {
            let meant = all.iter().filter(|value| {
                let at = name.iter().try_fold(*value, |value, name| value.get(name));
                at.is_some_and(|value| text(value) == *is)
            });
            meant.for_each(|value| follow(rest, value, found));
        }
        Step::Name(name) => {
            let named = all.iter().filter_map(|value| value.get(name));
            named.for_each(|value| follow(rest, value, found));
        }
    }
}

/// What a value says: a text, a number, or the text of an element of XML that has attributes.
fn text(value: &Value<'_>) -> String {
    match value {
        Value::Object(object) => object.get(super::tree::TEXT).map_or_else(String::new, text),
        other => super::row::scalar(other),
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
        let element: Value<'_> = serde_json::from_str(&text).expect("JSON");
        let found = Path::new(path).expect("a path").find(&element);
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
        assert_eq!(Path::new("a[b"), None);
        assert_eq!(Path::new("a[b]"), None);
    }
}
