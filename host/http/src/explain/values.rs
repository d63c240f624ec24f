//! The values of a product, attribute by attribute, the strongest first.

use rikaste_model::resolve::{Said, Speaker, Strength};
use rikaste_store::StoreError;
use serde_json::{Map, Value, json};

use super::Scene;
use super::origin::Origins;
use super::shown::{Displays, Uses};
use crate::said;

pub(super) fn told(
    scene: &Scene<'_>,
    displays: &Displays,
    origins: &mut Origins<'_>,
) -> Result<Value, StoreError> {
    let mut values = Vec::new();
    for (_, group) in scene.subject.view().attributes() {
        for (each, uses) in group.iter().zip(displays.uses(scene, group)) {
            let mut told = value(scene, each, uses, origins)?;
            if let Some(why) = overruled(each, group) {
                told["overruled"] = json!(why);
            }
            values.push(told);
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

/// Why a value does not count where another one is said in the same place. The strongest comes first.
fn overruled(each: &Said<'_>, group: &[Said<'_>]) -> Option<String> {
    let winner = group.iter().find(|other| other.value.same_place(each.value))?;
    if std::ptr::eq(winner, each) {
        return None;
    }
    if winner.inherited != each.inherited {
        return Some("the product's own value goes before its model's".to_owned());
    }
    Some(match (winner.strength, each.strength) {
        (Strength::Edit, _) => "what is set by hand goes before everything else".to_owned(),
        (Strength::Plugin(_), _) => match winner.speaker {
            Speaker::Plugin(made) => format!("the plugin {} goes before it", made.plugin),
            _ => return None,
        },
        (Strength::Source(theirs, source), Strength::Source(own, _)) if theirs == own => {
            format!("the source {source} wins: of the same priority, {own}, the later name counts")
        }
        (Strength::Source(theirs, source), Strength::Source(own, _)) => {
            format!("the source {source} wins: priority {theirs} over {own}")
        }
        (Strength::Source(..), _) => return None,
    })
}

fn layer(speaker: Speaker<'_>) -> &'static str {
    match speaker {
        Speaker::Source(..) => "source",
        Speaker::Plugin(_) => "plugin",
        Speaker::Edit(_) => "edit",
    }
}
