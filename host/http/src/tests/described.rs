//! Every answer that a test is given is held to the description: its status, its media type, its
//! headers and its body.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex};

use axum::http::{Method, StatusCode};
use jsonschema::Validator;
use serde_json::Value;

use super::fixture::Answer;
use crate::openapi::DESCRIPTION;

static PARSED: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(&DESCRIPTION).expect("the description is JSON"));

static VALIDATORS: LazyLock<Mutex<HashMap<String, Arc<Validator>>>> = LazyLock::new(Mutex::default);

/// The description as readers get it.
pub(super) fn description() -> &'static Value {
    &PARSED
}

/// Panics where an answer is not what the description promises.
pub(super) fn check_answer(method: &Method, path: &str, answer: &Answer) {
    let place = format!("{method} {path} {}", answer.status);
    let Some(response) = find_response(method, path, answer.status) else {
        assert!(answer.status.is_client_error(), "{place} is not described");
        return check_body("#/components/responses/NotFound", &place, answer);
    };
    check_body(&response, &place, answer);
}

/// Where the description has the response. `None` if nothing is described at this address, or the
/// method is not.
fn find_response(method: &Method, path: &str, status: StatusCode) -> Option<String> {
    let paths = description()["paths"].as_object().expect("paths");
    let method = method.as_str().to_lowercase();
    let mut known = paths.keys().filter(|template| is_address_of(template, path));
    let template = known.find(|template| paths[*template].get(&method).is_some())?;
    let responses = &paths[template][&method]["responses"];
    let response = &responses[status.as_str()];
    assert!(!response.is_null(), "{method} {template} does not describe {status}");
    Some(match response["$ref"].as_str() {
        Some(shared) => shared.to_owned(),
        None => format!("#/paths/{}/{method}/responses/{}", escape(template), status.as_str()),
    })
}

fn is_address_of(template: &str, path: &str) -> bool {
    let (template, path) = (template.split('/'), path.split('/'));
    template.clone().count() == path.clone().count()
        && template.zip(path).all(|(name, segment)| name.starts_with('{') || name == segment)
}

/// A member's name in a JSON pointer (RFC 6901).
fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

fn check_body(response: &str, place: &str, answer: &Answer) {
    let described = description().pointer(&response[1..]).expect("references lead somewhere");
    for (name, header) in described["headers"].as_object().expect("headers") {
        let target = header["$ref"].as_str().map(|target| &target[1..]);
        let header = target.map_or(Some(header), |target| description().pointer(target));
        let is_required = header.expect("references lead somewhere")["required"] == true;
        assert!(!is_required || !answer.header(name).is_empty(), "{place}: {name} is missing");
    }
    let media_type = answer.header("content-type").split(';').next().unwrap_or_default();
    let Some(content) = described["content"].as_object() else {
        assert!(answer.body.is_empty(), "{place}: no body is described");
        return;
    };
    let is_compressed = !answer.header("content-encoding").is_empty();
    if content.contains_key("*/*") || is_compressed {
        return;
    }
    assert!(content.contains_key(media_type), "{place}: {media_type} is not described");
    let pointer = format!("{response}/content/{}/schema", escape(media_type));
    match media_type {
        "application/json" | "application/problem+json" => {
            check_value(&pointer, place, &answer.json());
        }
        "application/jsonl" => {
            for line in answer.text().lines() {
                check_value(&pointer, place, &serde_json::from_str(line).expect("JSON"));
            }
        }
        _ => {}
    }
}

fn check_value(pointer: &str, place: &str, value: &Value) {
    let errors = find_errors(pointer, value);
    assert!(errors.is_empty(), "{place} is not as described: {errors:#?}\n{value:#}");
}

fn find_errors(pointer: &str, value: &Value) -> Vec<String> {
    let errors = compile(pointer);
    let errors = errors.iter_errors(value);
    errors.map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// The schema at a place of the description, which may refer to any other.
fn compile(pointer: &str) -> Arc<Validator> {
    let mut known = VALIDATORS.lock().expect("nobody panicked");
    let validator = known.entry(pointer.to_owned()).or_insert_with(|| {
        let schema = description().pointer(&pointer[1..]).expect("there is a schema");
        let mut schema = schema.clone();
        schema["components"] = description()["components"].clone();
        let validator = jsonschema::options()
            .with_draft(jsonschema::Draft::Draft202012)
            .should_validate_formats(true)
            .build(&schema);
        Arc::new(validator.expect("the description has valid schemas"))
    });
    Arc::clone(validator)
}

#[test]
fn empty_data_is_described() {
    let data = "#/components/schemas/AttributeData";
    for value in [serde_json::json!([]), "".into(), 0.into(), false.into()] {
        assert_eq!(find_errors(data, &value), [""; 0]);
    }
    for value in [Value::Null, 0.5.into(), serde_json::json!([1]), serde_json::json!({})] {
        assert_ne!(find_errors(data, &value), [""; 0], "{value}");
    }
}

#[test]
fn what_is_not_described_is_found() {
    let problem = "#/components/schemas/ProblemDetails";
    let right = serde_json::json!({
        "type": "urn:rikaste:problem:busy", "title": "Too many", "status": 503, "detail": "Wait.",
    });
    assert_eq!(find_errors(problem, &right), [""; 0]);
    for (member, value) in [
        ("status", Value::from("503")),
        ("status", Value::from(-1)),
        ("type", Value::from("about:blank")),
        ("title", Value::Null),
        ("nearest", Value::Null),
        ("locales", serde_json::json!(["fi-FI", 7])),
    ] {
        let mut wrong = right.clone();
        wrong[member] = value;
        assert_ne!(find_errors(problem, &wrong), [""; 0], "{member}");
    }
}

/// What a page needs to show a photo is described whole, with an example of each member.
#[test]
fn photos_of_documents_are_described_with_examples() {
    let schemas = &description()["components"]["schemas"];
    let members = |name: &str| {
        let members = schemas[name]["properties"].as_object().expect("members").iter();
        for (member, schema) in members.clone() {
            let others = [&schema["items"]["$ref"], &schema["additionalProperties"]["$ref"]];
            let is_of_others = others.iter().any(|other| other.is_string());
            assert!(schema["examples"].is_array() || is_of_others, "{name}.{member}: {schema}");
        }
        members.map(|(member, _)| member.clone()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(
        members("DocumentPhoto"),
        "link role file_name width height placeholder color formats srcset renditions"
    );
    assert_eq!(members("SourceSetImage"), "width height link");
    assert_eq!(members("NamedRendition"), "width height link");
}

/// The documents of the manual, which a test makes from files, are as described.
#[test]
fn the_documents_of_the_manual_are_described() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../manual/channel-document.md");
    let text = std::fs::read_to_string(path).expect("the manual");
    let blocks: Vec<&str> = text.split("```json document ").skip(1).collect();
    assert_eq!(blocks.len(), 2);
    for block in blocks {
        let (_, json) = block.split_once('\n').expect("a line");
        let json = json.split("```").next().expect("an end");
        let document: Value = serde_json::from_str(json).expect("JSON");
        for schema in ["ChannelDocument", "ProductAnswer"] {
            let errors = find_errors(&format!("#/components/schemas/{schema}"), &document);
            assert_eq!(errors, [""; 0], "{schema}");
        }
        let mut wrong = document;
        wrong["images"][0]["srcset"][0]["width"] = "320".into();
        assert_ne!(find_errors("#/components/schemas/ChannelDocument", &wrong), [""; 0]);
    }
}

/// The pages are checked against types of their own, which are written by hand.
#[test]
fn the_types_of_the_pages_have_every_member_of_a_document() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/browser/types.d.ts");
    let types = std::fs::read_to_string(path).expect("the types of the pages");
    let members_of = |interface: &str| -> Vec<String> {
        let (_, body) = types.split_once(&format!("  interface {interface} ")).expect(interface);
        let (body, _) = body.split_once("\n  }\n").expect("an end");
        let members = body.lines().filter_map(|line| line.strip_prefix("    ")?.split_once(": "));
        members.map(|(name, _)| name.trim_end_matches('?').to_owned()).collect()
    };
    let mut known = [members_of("Document"), members_of("Texts")].concat();
    known.sort();
    let document = &description()["components"]["schemas"]["ChannelDocument"]["properties"];
    let mut described: Vec<_> = document.as_object().expect("members").keys().cloned().collect();
    described.sort();
    assert_eq!(known, described);
    let availability = &description()["components"]["schemas"]["StockAvailability"]["enum"];
    let values = availability.as_array().expect("values").iter();
    let values: Vec<_> =
        values.map(|value| format!("'{}'", value.as_str().expect("text"))).collect();
    assert!(types.contains(&format!("    availability?: {};\n", values.join(" | "))));
}
