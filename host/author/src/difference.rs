//! Where what a plugin made differs from what was expected.

use serde_json::{Map, Value as Json};

use super::value;

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutcomeDifference {
    /// Where: the SKU, the attribute, the locale.
    pub path: Vec<String>,
    /// What was expected there, if anything.
    pub expected: Option<Json>,
    /// What came, if anything.
    pub got: Option<Json>,
}

/// Every difference between two cases' outcomes, in the order of `expected`.
#[must_use]
pub fn find_differences(
    expected: &Map<String, Json>,
    got: &Map<String, Json>,
) -> Vec<OutcomeDifference> {
    let mut found = Vec::new();
    compare_objects(&mut Vec::new(), expected, got, &mut found);
    found
}

fn compare_objects(
    path: &mut Vec<String>,
    expected: &Map<String, Json>,
    got: &Map<String, Json>,
    found: &mut Vec<OutcomeDifference>,
) {
    for (key, expected) in expected {
        compare_within_key(path, key, |path| compare_values(path, expected, got.get(key), found));
    }
    for (key, got) in got.iter().filter(|(key, _)| !expected.contains_key(*key)) {
        compare_within_key(path, key, |path| push_unexpected(path, got, found));
    }
}

/// The folders of an outcome say nothing that the values in them do not.
fn compare_within_key(path: &mut Vec<String>, key: &str, compare: impl FnOnce(&mut Vec<String>)) {
    let is_folder = path.len() == 1 && key == "values";
    if is_folder {
        // Kept as an empty name, so that depth still tells what a key is.
        path.push(String::new());
    } else {
        path.push(key.to_owned());
    }
    compare(path);
    path.pop();
}

fn compare_values(
    path: &mut Vec<String>,
    expected: &Json,
    got: Option<&Json>,
    found: &mut Vec<OutcomeDifference>,
) {
    match (expected, got) {
        (expected, Some(got)) if expected == got => {}
        (Json::Object(expected), Some(Json::Object(got))) => {
            compare_objects(path, expected, got, found)
        }
        (Json::Object(expected), None) if is_container(path, expected) => {
            compare_objects(path, expected, &Map::new(), found);
        }
        (Json::Array(expected), Some(Json::Array(got))) if is_list_of_objects(expected, got) => {
            compare_lists(path, expected, got, found);
        }
        (Json::Array(expected), None) if is_list_of_objects(expected, &[]) => {
            compare_lists(path, expected, &[], found);
        }
        (expected, got) => found.push(OutcomeDifference {
            path: visible_path(path),
            expected: Some(expected.clone()),
            got: got.cloned(),
        }),
    }
}

/// What was not expected.
fn push_unexpected(path: &mut Vec<String>, got: &Json, found: &mut Vec<OutcomeDifference>) {
    match got {
        Json::Object(got) if is_container(path, got) => {
            compare_objects(path, &Map::new(), got, found)
        }
        Json::Array(got) if is_list_of_objects(&[], got) => compare_lists(path, &[], got, found),
        got => found.push(OutcomeDifference {
            path: visible_path(path),
            expected: None,
            got: Some(got.clone()),
        }),
    }
}

/// Whether it is a product, its values, or one for each locale, which are taken apart; and not a
/// value of its own.
fn is_container(path: &[String], object: &Map<String, Json>) -> bool {
    path.len() <= 2 || value::is_by_locale(object)
}

/// Diagnostics and placed values: each is whole or it is not there.
fn is_list_of_objects(expected: &[Json], got: &[Json]) -> bool {
    !(expected.is_empty() && got.is_empty()) && expected.iter().chain(got).all(Json::is_object)
}

fn compare_lists(
    path: &[String],
    expected: &[Json],
    got: &[Json],
    found: &mut Vec<OutcomeDifference>,
) {
    let mut unexpected: Vec<&Json> = got.iter().collect();
    let before = found.len();
    for expected in expected {
        if let Some(at) = unexpected.iter().position(|got| *got == expected) {
            unexpected.remove(at);
        } else {
            let expected = Some(expected.clone());
            found.push(OutcomeDifference { path: visible_path(path), expected, got: None });
        }
    }
    for got in unexpected {
        let got = Some(got.clone());
        found.push(OutcomeDifference { path: visible_path(path), expected: None, got });
    }
    if found.len() == before {
        // The same things in another order are other bytes.
        found.push(OutcomeDifference {
            path: visible_path(path),
            expected: Some(expected.into()),
            got: Some(got.into()),
        });
    }
}

fn visible_path(path: &[String]) -> Vec<String> {
    path.iter().filter(|part| !part.is_empty()).cloned().collect()
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use serde_json::json;

    use super::*;

    fn check(expected: Json, got: Json, found: &Expect) {
        let (Json::Object(expected), Json::Object(got)) = (expected, got) else {
            panic!("objects")
        };
        let show =
            |json: &Option<Json>| json.as_ref().map_or("nothing".to_owned(), Json::to_string);
        let lines: String = find_differences(&expected, &got)
            .iter()
            .map(|d| format!("{}: {} → {}\n", d.path.join(" "), show(&d.expected), show(&d.got)))
            .collect();
        found.assert_eq(&lines);
    }

    #[test]
    fn a_difference_is_as_small_as_a_value() {
        check(
            json!({"1": {"values": {"line": {"fi-FI": "a", "sv-SE": "b"}, "n": 1}}, "2": {}}),
            json!({"1": {"values": {"line": {"sv-SE": "c", "fi-FI": "a"}, "m": true}}, "3": {}}),
            &expect![[r#"
                1 line sv-SE: "b" → "c"
                1 n: 1 → nothing
                1 m: nothing → true
            "#]],
        );
    }

    #[test]
    fn a_table_is_one_value() {
        check(
            json!({"1": {"values": {"t": {"columns": ["a"], "rows": [["1"]]}}}}),
            json!({"1": {"values": {}}}),
            &expect![[r#"
                1 t: {"columns":["a"],"rows":[["1"]]} → nothing
            "#]],
        );
    }

    #[test]
    fn diagnostics_are_compared_one_by_one_and_their_order_counts() {
        let (a, b, c) = (json!({"code": "a"}), json!({"code": "b"}), json!({"code": "c"}));
        check(
            json!({"1": {"diagnostics": [a, b]}}),
            json!({"1": {"diagnostics": [b, c]}}),
            &expect![[r#"
                1 diagnostics: {"code":"a"} → nothing
                1 diagnostics: nothing → {"code":"c"}
            "#]],
        );
        check(
            json!({"1": {"diagnostics": [a, b]}}),
            json!({"1": {"diagnostics": [b, a]}}),
            &expect![[r#"
                1 diagnostics: [{"code":"a"},{"code":"b"}] → [{"code":"b"},{"code":"a"}]
            "#]],
        );
        check(
            json!({"1": {}}),
            json!({"1": {"diagnostics": [a]}}),
            &expect![[r#"
                1 diagnostics: nothing → {"code":"a"}
            "#]],
        );
    }
}
