//! The values of a product, attribute by attribute, the strongest first.

use rikaste_catalog::resolve::{Said, Speaker};
use rikaste_catalog::store::StoreError;
use serde_json::{Map, Value, json};

use super::Scene;
use super::origin::Origins;
use super::shown::{Displays, Uses};
use crate::http::said;

pub(super) fn told(
    scene: &Scene<'_>,
    displays: &Displays,
    origins: &mut Origins<'_>,
) -> Result<Value, StoreError> {
    let mut values = Vec::new();
    for (_, group) in scene.subject.view().attributes() {
        for (each, uses) in group.iter().zip(displays.uses(scene, group)) {
            values.push(value(scene, each, uses, origins)?);
        }
    }
    Ok(Value::Array(values))
}

fn value(
    scene: &Scene<'_>,
    each: &Said<'_>,
    uses: Uses,
    origins: &mut Origins<'_>,
) -> Result<Value, StoreError> {
    let value = each.value;
    let mut told = Map::new();
    let mut add = |name: &str, member: Value| told.insert(name.to_owned(), member);
    add("attribute", json!(value.attribute));
    if let Some(locale) = &value.locale {
        add("locale", json!(locale));
    }
    if let Some(channel) = &value.channel {
        add("channel", json!(channel));
    }
    if let Some(window) = said::window(value.window, &scene.app.shop.zone) {
        add("window", window);
        add("open", json!(value.window.contains(scene.at)));
    }
    add("type", json!(value.data.data_type()));
    add("data", said::data(&value.data));
    add("layer", json!(layer(each.speaker)));
    add("inherited", json!(each.inherited));
    if let Speaker::Plugin(enrichment) = each.speaker {
        add("stale", json!(enrichment.failure.is_some()));
    }
    add("wins", json!(uses.wins));
    add("shown", Value::Array(uses.shown));
    add("origin", origins.of(each.speaker, &scene.app.reads)?);
    Ok(Value::Object(told))
}

fn layer(speaker: Speaker<'_>) -> &'static str {
    match speaker {
        Speaker::Source(..) => "source",
        Speaker::Plugin(_) => "plugin",
        Speaker::Edit(_) => "edit",
    }
}
