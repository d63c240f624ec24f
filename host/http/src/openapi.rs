//! The description of the interface, in OpenAPI 3.1.
//!
//! It is generated: addresses and their meaning from the handlers, bodies from the types of
//! `rikaste-contract`. What all of them have in common is added here.

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::ETAG;
use axum::response::Response;
use rikaste_contract::ProblemDetails;
use serde_json::{Map, Value, json};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};

use super::etag::{match_etag, new_etag};
use super::headers::{not_modified, typed_response};
use super::parameters::RawParameters;
use super::problem::ApiProblem;
use super::state::ApiState;

mod parameters;
mod responses;

pub(super) use parameters::*;
use responses::build_shared_responses;
pub(super) use responses::*;

/// The server in the description, where there is no base path.
const SERVER: &str = "\"url\": \"/\"";

/// What describes every address.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Rikaste",
        description = "Every answer names in `Rikaste-Release` the release that it stands on. A channel is a pure function of (release, channel profile, moment): the snapshot, the changes, single products and search never contradict each other.\n\nTo follow a channel: read `/v1/releases/current`, then `/v1/channels/{channel}/snapshot`, note its release, and from then on ask for `changes` since that release whenever the event stream or the clock says so. On 410 begin again with the snapshot.",
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
    ),
    servers((url = "/")),
    tags(
        (name = "feed", description = "Everything a channel shows, and what changes."),
        (name = "products", description = "Single products and search."),
        (name = "channels", description = "The channels and their profiles."),
        (name = "releases", description = "One number for what every channel shows."),
        (name = "explain", description = "Why every value is what it is."),
        (name = "plugins", description = "What enriches the products."),
        (name = "receipts", description = "What became of each dropped file."),
        (name = "devices", description = "Which release each device shows."),
        (name = "photos", description = "Photos, and what is known of them."),
        (name = "session", description = "Signing a browser in."),
        (name = "about", description = "The program."),
        (name = "pages", description = "The pages, which use only the addresses here."),
    ),
    components(schemas(ProblemDetails)),
    modifiers(&SharedComponents),
)]
pub(super) struct ApiDescription;

/// The security scheme and the responses that addresses refer to.
struct SharedComponents;

impl Modify for SharedComponents {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let components = openapi.components.get_or_insert_default();
        let token = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(
            "A token of the shop. Private channels, explanations, receipts and devices need one, unless the shop is open as the demo is. A browser that signed in sends it in the cookie `rikaste_token` instead.",
        ));
        components.add_security_scheme("token", SecurityScheme::Http(token.build()));
        for (name, response) in build_shared_responses() {
            components.responses.insert(name.to_owned(), response.into());
        }
    }
}

/// The description as it is served.
pub(super) static DESCRIPTION: LazyLock<String> = LazyLock::new(|| {
    let openapi = super::server::api_routes().into_openapi();
    let mut description = serde_json::to_value(openapi).expect("a description is JSON");
    description["info"]["summary"] = "One consistent product feed for every channel.".into();
    require_present_members(&mut description);
    lift_list_examples(&mut description);
    let schemas = &mut description["components"]["schemas"];
    // An empty list may be one of names or one of rows; a model has all that a product has.
    for name in ["AttributeData", "ProductAnswer"] {
        allow_several_choices(&mut schemas[name]);
    }
    describe_headers(&mut description);
    serde_json::to_string_pretty(&description).expect("it was JSON before")
});

/// A member or parameter that is optional is absent rather than `null`: takes `null` out of the
/// types of those that are not required.
fn require_present_members(schema: &mut Value) {
    if let Value::Array(items) = schema {
        items.iter_mut().for_each(require_present_members);
    }
    let Value::Object(members) = schema else { return };
    let required: Vec<String> = members
        .get("required")
        .and_then(Value::as_array)
        .map(|names| names.iter().filter_map(Value::as_str).map(str::to_owned).collect())
        .unwrap_or_default();
    if let Some(Value::Object(properties)) = members.get_mut("properties") {
        let optional = properties.iter_mut().filter(|(name, _)| !required.contains(name));
        optional.for_each(|(_, schema)| exclude_null(schema));
    }
    if members.get("in") == Some(&json!("query"))
        && let Some(schema) = members.get_mut("schema")
    {
        exclude_null(schema);
    }
    members.values_mut().for_each(require_present_members);
}

fn exclude_null(schema: &mut Value) {
    let Value::Object(members) = schema else { return };
    if let Some(Value::Array(types)) = members.get_mut("type") {
        types.retain(|name| name != "null");
        if let [single] = types.as_slice() {
            let single = single.clone();
            members.insert("type".to_owned(), single);
        }
    }
    if let Some(Value::Array(choices)) = members.get_mut("oneOf") {
        choices.retain(|choice| choice.get("type") != Some(&json!("null")));
        if let [single] = choices.as_slice() {
            *schema = single.clone();
        }
    }
}

/// An example of a list that need not be there is derived as one of its items: gives it back to the list.
fn lift_list_examples(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(lift_list_examples),
        Value::Object(members) => {
            let items = members.get_mut("items").and_then(Value::as_object_mut);
            let is_of_list = |examples: &Value| {
                examples.as_array().is_some_and(|all| all.iter().all(Value::is_array))
            };
            if let Some(items) = items
                && items.get("examples").is_some_and(is_of_list)
                && let Some(examples) = items.remove("examples")
            {
                members.insert("examples".to_owned(), examples);
            }
            members.values_mut().for_each(lift_list_examples);
        }
        _ => {}
    }
}

/// Lets a value match more than one choice.
fn allow_several_choices(schema: &mut Value) {
    if let Value::Object(members) = schema
        && let Some(choices) = members.remove("oneOf")
    {
        members.insert("anyOf".to_owned(), choices);
    }
}

/// Every response has `Rikaste-Release`; it and the headers for keeping answers are described once.
fn describe_headers(description: &mut Value) {
    let shared = json!({
        "Rikaste-Release": {
            "description": "The release that the answer stands on.",
            "required": true,
            "schema": { "type": "integer", "minimum": 0 },
        },
        "ETag": {
            "description": "To be sent back in `If-None-Match`.",
            "schema": { "type": "string" },
        },
        "Cache-Control": {
            "description": "How long it may be kept.",
            "schema": { "type": "string" },
        },
    });
    let Value::Object(shared) = shared else { return };
    let refer = |response: &mut Value| {
        let Value::Object(response) = response else { return };
        if response.contains_key("$ref") {
            return;
        }
        let headers = response.entry("headers").or_insert_with(|| json!({}));
        let Value::Object(headers) = headers else { return };
        headers.insert("Rikaste-Release".to_owned(), Value::Null);
        for (name, header) in headers.iter_mut().filter(|(name, _)| shared.contains_key(*name)) {
            *header = json!({ "$ref": format!("#/components/headers/{name}") });
        }
    };
    each_operation(description, |operation| {
        members_of(&mut operation["responses"]).for_each(|(_, response)| refer(response));
    });
    members_of(&mut description["components"]["responses"])
        .for_each(|(_, response)| refer(response));
    description["components"]["headers"] = Value::Object(shared);
}

fn each_operation(description: &mut Value, mut each: impl FnMut(&mut Value)) {
    for (_, methods) in members_of(&mut description["paths"]) {
        members_of(methods).for_each(|(_, operation)| each(operation));
    }
}

fn members_of(value: &mut Value) -> impl Iterator<Item = (&String, &mut Value)> {
    value.as_object_mut().map(Map::iter_mut).into_iter().flatten()
}

/// Hands out the description.
#[utoipa::path(
    get,
    path = "/openapi.json",
    tag = "about",
    operation_id = "description",
    summary = "This description",
    responses(
        (status = 200, description = "OpenAPI 3.1.", body = Value, headers(("ETag"))),
        NotModified,
        ParameterProblems,
    ),
    security(())
)]
pub(super) async fn get_openapi(
    State(app): State<Arc<ApiState>>,
    parameters: RawParameters,
    headers: HeaderMap,
) -> Result<Response, ApiProblem> {
    parameters.check_names(&[])?;
    let description = describe_below(app.configuration.shop.web.base_path());
    let tag = new_etag(&blake3::hash(description.as_bytes()).to_hex()[..32]);
    if let Some(known) = match_etag(&headers, &tag) {
        return Ok(not_modified(known));
    }
    let mut response = typed_response("application/json", description);
    response.headers_mut().insert(ETAG, tag);
    Ok(response)
}

/// The description of the interface below a base path.
fn describe_below(base: &str) -> Cow<'static, str> {
    match base {
        "" => Cow::Borrowed(DESCRIPTION.as_str()),
        base => Cow::Owned(DESCRIPTION.replacen(SERVER, &format!("\"url\": \"{base}\""), 1)),
    }
}
