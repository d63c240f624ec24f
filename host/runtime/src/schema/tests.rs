//! What is wrong with a configuration is reported with its line, its key and what it should be.

use std::fs;
use std::time::{Duration, Instant};

use expect_test::{Expect, expect};
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::{PluginComponent, PluginPolicy, PluginRuntime};
use rikaste_bundled::PLUGINS;

const SEASONS: &str = r##"{
  "type": "object",
  "additionalProperties": false,
  "required": ["seasons"],
  "properties": {
    "seasons": { "type": "array", "minItems": 1, "items": { "$ref": "#/$defs/season" } },
    "weight": { "type": "integer", "minimum": 0, "maximum": 10 },
    "edition": { "enum": ["2012", "2023"], "default": "2023" },
    "texts": { "type": "object", "additionalProperties": { "type": "string" } },
    "size": { "anyOf": [{ "type": "integer" }, { "type": "object", "required": ["unit"] }] },
    "tags": { "type": "array", "uniqueItems": true, "items": { "type": ["string", "integer"] } }
  },
  "$defs": {
    "season": {
      "type": "object",
      "additionalProperties": false,
      "required": ["code", "end"],
      "properties": {
        "code": { "type": "string", "minLength": 1 },
        "end": { "type": "string", "pattern": "^\\d{4}-\\d{2}-\\d{2}$", "description": "The first day that it holds no more." }
      }
    }
  }
}"##;

fn check(schema: &str, toml: &str, expected: &Expect) {
    let schema = ConfigSchema::parse_json(schema).expect("a schema");
    let table: toml::Table = toml.parse().expect("TOML");
    let json = serde_json::to_value(table).expect("JSON");
    let found =
        schema.check_config(&json).expect("an end").into_iter().map(|one| one.locate_in_toml(toml));
    let lines = found.map(|LocatedViolation { line, violation }| {
        format!("{} {violation}\n", line.map_or("-".to_owned(), |line| line.to_string()))
    });
    expected.assert_eq(&lines.collect::<String>());
}

#[test]
fn what_is_right_is_not_remarked_on() {
    let toml = "weight = 5\nedition = \"2012\"\nsize.unit = \"cm\"\ntags = [1, \"1\"]\n[texts]\nfi-FI = \"Hei\"\n[[seasons]]\ncode = \"x\"\nend = \"2026-12-24\"";
    check(SEASONS, toml, &expect![]);
    check("", toml, &expect![]);
    check("true", toml, &expect![]);
}

#[test]
fn what_is_wrong_is_said_with_its_line() {
    let season = "[[seasons]]\ncode = \"x\"\nend = \"2026-12-24\"\n";
    let check = |toml: &str, expected| check(SEASONS, &format!("{toml}\n{season}"), expected);
    check(
        "wieght = 5",
        &expect![[r#"
        1 `wieght` is not a key of the configuration; did you mean `weight`?
    "#]],
    );
    check(
        "unheard_of = 5",
        &expect![[r#"
        1 `unheard_of` is not a key of the configuration; its keys are `edition`, `seasons`, `size`, `tags`, `texts`, `weight`
    "#]],
    );
    check(
        "weight = \"5\"",
        &expect![[r#"
        1 `weight` is "5"; it should be a whole number
    "#]],
    );
    check(
        "weight = 5.5",
        &expect![[r#"
        1 `weight` is 5.5; it should be a whole number
    "#]],
    );
    check(
        "\n\nweight = 11",
        &expect![[r#"
        3 `weight` is 11; it should be at most 10
    "#]],
    );
    check(
        "edition = \"2020\"",
        &expect![[r#"
        1 `edition` is "2020"; it should be "2012" or "2023"
    "#]],
    );
    check(
        "texts.fi-FI = 5",
        &expect![[r#"
        1 `texts.fi-FI` is 5; it should be a text in quotes
    "#]],
    );
    check(
        "size = \"big\"",
        &expect![[r#"
        1 `size` is "big"; it should be a whole number or a table of keys
    "#]],
    );
    check(
        "size = [1]",
        &expect![[r#"
        1 `size` is a list of 1; it should be a whole number or a table of keys
    "#]],
    );
    check(
        "size = { unot = 1 }",
        &expect![[r#"
            1 `size` lacks `unit`
        "#]],
    );
    check(
        "tags = [\n  1,\n  2,\n  1,\n]",
        &expect![[r#"
        4 `tags[2]` is there already; each may be there once
    "#]],
    );
    check(
        "[[seasons]]\ncode = \"\"\nstart = \"2026-12-01\"\n\n[[seasons]]\nend = \"24.12.\"\ncode = \"y\"\n",
        &expect![[r#"
            1 `seasons[0]` lacks `end`: The first day that it holds no more.
            2 `seasons[0].code` has 0 characters; it should have at least 1
            3 `seasons[0].start` is not a key here; its keys are `code`, `end`
            6 `seasons[1].end` is "24.12."; it should match ^\d{4}-\d{2}-\d{2}$
        "#]],
    );
}

#[test]
fn what_is_not_there_is_said() {
    check(
        SEASONS,
        "",
        &expect![[r#"
        - the configuration lacks `seasons`
    "#]],
    );
    check(
        SEASONS,
        "seasons = []",
        &expect![[r#"
        1 `seasons` has 0 items; it should have at least 1
    "#]],
    );
    check(
        r#"{"additionalProperties": false}"#,
        "a = 1",
        &expect![[r#"
        1 `a` is not a key of the configuration; it has none
    "#]],
    );
}

#[test]
fn every_keyword_does_what_the_draft_says() {
    let valid = |schema: &str, value: Value| {
        let schema = ConfigSchema::parse_json(schema).expect("a schema");
        schema.check_config(&value).expect("an end").is_empty()
    };
    for (schema, good, bad) in [
        (r#"{"const": 1}"#, json!(1.0), json!(2)),
        (r#"{"type": "integer"}"#, json!(5.0), json!(5.5)),
        (r#"{"type": ["null", "boolean"]}"#, json!(null), json!(0)),
        (r#"{"not": {"type": "string"}}"#, json!(1), json!("a")),
        (r#"{"oneOf": [{"minimum": 3}, {"maximum": 5}]}"#, json!(2), json!(4)),
        (r#"{"allOf": [{"minimum": 3}, {"maximum": 5}]}"#, json!(4), json!(6)),
        (r#"{"exclusiveMinimum": 3, "exclusiveMaximum": 5}"#, json!(4), json!(5)),
        (r#"{"multipleOf": 0.1}"#, json!(0.3), json!(0.35)),
        (r#"{"multipleOf": 3}"#, json!(9), json!(10)),
        (r#"{"minLength": 2, "maxLength": 2}"#, json!("äö"), json!("a")),
        (r#"{"pattern": "^a+$"}"#, json!("aa"), json!("ab")),
        (
            r#"{"prefixItems": [{"type": "string"}], "items": {"type": "integer"}}"#,
            json!(["a", 1]),
            json!(["a", "b"]),
        ),
        (r#"{"prefixItems": [true], "items": false}"#, json!([1]), json!([1, 2])),
        (r#"{"contains": {"const": 1}}"#, json!([0, 1]), json!([0])),
        (
            r#"{"contains": {"const": 1}, "minContains": 0, "maxContains": 1}"#,
            json!([]),
            json!([1, 1]),
        ),
        (r#"{"minItems": 1, "maxItems": 2}"#, json!([1]), json!([1, 2, 3])),
        (r#"{"minProperties": 1, "maxProperties": 1}"#, json!({"a": 1}), json!({})),
        (r#"{"propertyNames": {"pattern": "^[a-z]+$"}}"#, json!({"a": 1}), json!({"A": 1})),
        (
            r#"{"patternProperties": {"^x-": {"type": "string"}}, "additionalProperties": false}"#,
            json!({"x-a": "b"}),
            json!({"y": "b"}),
        ),
        (
            r#"{"patternProperties": {"^x-": {"type": "string"}}}"#,
            json!({"y": 1}),
            json!({"x-a": 1}),
        ),
        (
            r#"{"if": {"required": ["a"]}, "then": {"required": ["b"]}, "else": {"required": ["c"]}}"#,
            json!({"c": 1}),
            json!({"a": 1}),
        ),
        (
            r##"{"properties": {"of": {"$ref": "#"}}, "additionalProperties": false}"##,
            json!({"of": {"of": {}}}),
            json!({"of": {"at": 1}}),
        ),
        (
            r##"{"$defs": {"a/b": {"type": "string"}}, "$ref": "#/$defs/a~1b"}"##,
            json!("a"),
            json!(1),
        ),
    ] {
        assert!(valid(schema, good.clone()), "{schema} {good}");
        assert!(!valid(schema, bad.clone()), "{schema} {bad}");
    }
}

#[test]
fn a_schema_that_is_none_is_said() {
    let check = |schema: &str, expected: &Expect| {
        expected.assert_eq(&ConfigSchema::parse_json(schema).expect_err("wrong").to_string());
    };
    check("{", &expect!["it is not JSON: EOF while parsing an object at line 1 column 1"]);
    check("5", &expect!["at its top: a schema is an object, `true` or `false`"]);
    check(
        r#"{"type": "strng"}"#,
        &expect![[r#"at `/type`: "strng" is not a type; did you mean "string"?"#]],
    );
    check(
        r#"{"properties": {"a": {"type": 5}}}"#,
        &expect!["at `/properties/a/type`: a type is a string"],
    );
    check(
        r#"{"propertis": {}}"#,
        &expect!["at its top: `propertis` is not a keyword; did you mean `properties`?"],
    );
    check(r#"{"required": "a"}"#, &expect!["at `/required`: it has to be an array"]);
    check(
        r#"{"properties": {"a/b": {"minLength": -1}}}"#,
        &expect!["at `/properties/a~1b/minLength`: it has to be a whole number of 0 or more"],
    );
    check(
        r#"{"pattern": "(?=a)"}"#,
        &expect![[
            r#"at `/pattern`: the pattern "(?=a)" cannot be used here: look-around, including look-ahead and look-behind, is not supported"#
        ]],
    );
    check(
        r#"{"pattern": "a{1000}{1000}"}"#,
        &expect![[
            r#"at `/pattern`: the pattern "a{1000}{1000}" cannot be used here: Compiled regex exceeds size limit of 262144 bytes."#
        ]],
    );
    check(
        r#"{"$ref": "https://example.com/schema.json"}"#,
        &expect![[
            r#"at `/$ref`: "https://example.com/schema.json" is not in this schema; write it under `$defs` and refer to it as `#/$defs/NAME`"#
        ]],
    );
    check(
        r##"{"$ref": "#/$defs/a"}"##,
        &expect![[r##"at `/$ref`: there is nothing at "#/$defs/a""##]],
    );
    check(
        r#"{"unevaluatedProperties": false}"#,
        &expect![
            "at its top: `unevaluatedProperties` is not checked by this host; say it with `properties`, `required` and `if`"
        ],
    );
    assert!(
        ConfigSchema::parse_json(r#"{"x-order": 1, "markdownDescription": "a", "format": "date"}"#)
            .is_ok()
    );
}

#[test]
fn a_schema_that_refers_to_itself_comes_to_an_end() {
    let began = Instant::now();
    let mut double = String::from("{\"$ref\": \"#/$defs/d0\", \"$defs\": {");
    for depth in 0..50 {
        let next = format!("{{\"$ref\": \"#/$defs/d{}\"}}", depth + 1);
        double.push_str(&format!("\"d{depth}\": {{\"allOf\": [{next}, {next}]}}, "));
    }
    double.push_str("\"d50\": true}}");
    let chain = double.replace("[{", "[true, {");
    for schema in [
        r##"{"$ref": "#"}"##,
        r##"{"anyOf": [{"$ref": "#"}, {"$ref": "#"}]}"##,
        r##"{"not": {"$ref": "#"}}"##,
        &double,
        &chain,
    ] {
        let schema = ConfigSchema::parse_json(schema).expect("a schema");
        assert_eq!(schema.check_config(&json!({})), Err(SchemaError::BudgetExceeded));
    }
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
}

/// The bundled plugins, each compiled once.
struct Bundle {
    _cache: tempfile::TempDir,
    runtime: PluginRuntime,
}

impl Bundle {
    fn new() -> Self {
        let cache = tempfile::tempdir().expect("a folder");
        let runtime =
            PluginRuntime::with_workers(1, Some(cache.path().join("cache"))).expect("an engine");
        Self { _cache: cache, runtime }
    }

    fn described(&self, name: &str) -> PluginComponent {
        let plugin = PLUGINS.into_iter().find(|plugin| plugin.name == name).expect("bundled");
        PluginComponent::load_bundled(&self.runtime, name, plugin.wasm).expect("loads")
    }
}

#[test]
fn the_demo_s_configurations_are_what_the_bundled_plugins_declare() {
    let bundle = Bundle::new();
    for plugin in PLUGINS {
        let described = bundle.described(plugin.name);
        let demo =
            format!("{}/../app/demo/plugins/{}.toml", env!("CARGO_MANIFEST_DIR"), plugin.name);
        let toml = fs::read_to_string(demo).unwrap_or_default();
        let table: toml::Table = toml.parse().expect("TOML");
        let mut config = serde_json::to_value(table).expect("JSON");
        assert_eq!(described.check_config(&config), Ok(vec![]), "{}", plugin.name);
        config["no_such_key"] = json!(1);
        let [unknown] = &described.check_config(&config).expect("an end")[..] else {
            panic!("{} takes keys that it does not know", plugin.name)
        };
        assert!(unknown.to_string().starts_with("`no_such_key` is not a key of the configuration"));
    }
}

/// What a bundled plugin's schema lets through, the plugin takes; one key of each kind.
#[test]
fn the_bundled_plugins_schemas_are_true() {
    let cases = [
        ("care", json!({"edition": "2012", "infer_from_material": false}), true),
        ("care", json!({"edition": "2020"}), false),
        ("care", json!({"infer_from_material": "no"}), false),
        ("images", json!({}), true),
        (
            "reviews",
            json!({"prior_mean": 3, "prior_weight": 0, "verification": {"shop": {"fi-FI": "x"}}}),
            true,
        ),
        ("reviews", json!({"prior_mean": 0.5}), false),
        ("reviews", json!({"prior_weight": -1}), false),
        ("reviews", json!({"verification": {"shop": "x"}}), false),
        (
            "seasonal-copy",
            json!({"seasons": [{"code": "a", "start": "2026-12-01", "end": "2026-12-24T12:00", "families": ["x"], "badge": {"fi-FI": "{name}"}}]}),
            true,
        ),
        ("seasonal-copy", json!({"seasons": [{"code": "a", "start": "2026-12-01"}]}), false),
        (
            "seasonal-copy",
            json!({"seasons": [{"code": "a", "start": "1.12.2026", "end": "2026-12-24"}]}),
            false,
        ),
        (
            "seasonal-copy",
            json!({"seasons": [{"code": "a", "start": "2026-12-01", "end": "2026-12-24", "bagde": {}}]}),
            false,
        ),
    ];
    let bundle = Bundle::new();
    for (name, config, good) in cases {
        let described = bundle.described(name);
        assert_eq!(
            described.check_config(&config).expect("an end").is_empty(),
            good,
            "{name} {config}"
        );
        // The guest is asked in any case: what the schema refuses, it refuses as well.
        let configured =
            described.into_plugin_unchecked(config.to_string(), PluginPolicy::default());
        assert_eq!(configured.is_ok(), good, "{name} {config}");
    }
}

/// JSON that has something of a schema.
fn schema_like() -> impl Strategy<Value = Value> {
    let word = prop::sample::select(vec![
        "type",
        "string",
        "object",
        "properties",
        "items",
        "$ref",
        "#",
        "#/items",
        "enum",
        "required",
        "not",
        "anyOf",
        "if",
        "then",
        "pattern",
        "minimum",
        "(a",
        "additionalProperties",
        "a",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-3_i64..3).prop_map(Value::from),
        word.clone().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((word.clone(), inner), 0..4).prop_map(|keys| keys
                .into_iter()
                .map(|(key, value)| (key.to_owned(), value))
                .collect()),
        ]
    })
}

proptest! {
    #[test]
    fn whatever_a_schema_says_checking_comes_to_an_end(schema in schema_like(), value in schema_like()) {
        if let Ok(schema) = ConfigSchema::parse_json(&schema.to_string()) {
            let _ = schema.check_config(&value);
        }
    }
}
