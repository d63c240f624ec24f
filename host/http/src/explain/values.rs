//! The values of a product, attribute by attribute, the strongest first.

use rikaste_model::resolve::{ResolvedValue, ValueOrigin, ValuePrecedence};
use rikaste_store::StoreError;
use serde_json::{Map, Value, json};

use super::ExplainContext;
use super::channel_displays::{ChannelDisplays, ValueUses};
use super::origin::OriginResolver;
use crate::value_json;

pub(super) fn values_to_json(
    scene: &ExplainContext<'_>,
    displays: &ChannelDisplays,
    origins: &mut OriginResolver<'_>,
) -> Result<Value, StoreError> {
    let mut values = Vec::new();
    for (_, group) in scene.subject.resolved_values().group_by_attribute() {
        for (each, uses) in group.iter().zip(displays.find_value_uses(scene, group)) {
            let mut told = value_to_json(scene, each, uses, origins)?;
            if let Some(why) = explain_overruled(each, group) {
                told["overruled"] = json!(why);
            }
            values.push(told);
        }
    }
    Ok(Value::Array(values))
}

fn value_to_json(
    scene: &ExplainContext<'_>,
    each: &ResolvedValue<'_>,
    uses: ValueUses,
    origins: &mut OriginResolver<'_>,
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
    if let Some(window) =
        value_json::window_to_json(value.window, &scene.app.configuration.shop.zone)
    {
        add("window", window);
        add("open", json!(value.window.contains(scene.at)));
    }
    add("type", json!(value.data.data_type()));
    add("data", value_json::data_to_json(&value.data));
    add("layer", json!(layer_name(each.origin)));
    add("inherited", json!(each.inherited));
    if let ValueOrigin::Plugin(enrichment) = each.origin {
        add("stale", json!(enrichment.failure.is_some()));
    }
    add("wins", json!(uses.wins));
    add("shown", Value::Array(uses.shown));
    add("origin", origins.origin_to_json(each.origin, &scene.app.configuration.plugin_reads)?);
    Ok(Value::Object(told))
}

/// Why a value does not count where another one is said in the same place. The strongest comes first.
fn explain_overruled(each: &ResolvedValue<'_>, group: &[ResolvedValue<'_>]) -> Option<String> {
    let winner = group.iter().find(|other| other.value.has_same_scope(each.value))?;
    if std::ptr::eq(winner, each) {
        return None;
    }
    if winner.inherited != each.inherited {
        return Some("the product's own value goes before its model's".to_owned());
    }
    Some(match (winner.precedence, each.precedence) {
        (ValuePrecedence::Edit, _) => "what is set by hand goes before everything else".to_owned(),
        (ValuePrecedence::Plugin(_), _) => match winner.origin {
            ValueOrigin::Plugin(made) => format!("the plugin {} goes before it", made.plugin),
            _ => return None,
        },
        (ValuePrecedence::Source(theirs, source), ValuePrecedence::Source(own, _))
            if theirs == own =>
        {
            format!("the source {source} wins: of the same priority, {own}, the later name counts")
        }
        (ValuePrecedence::Source(theirs, source), ValuePrecedence::Source(own, _)) => {
            format!("the source {source} wins: priority {theirs} over {own}")
        }
        (ValuePrecedence::Source(..), _) => return None,
    })
}

fn layer_name(speaker: ValueOrigin<'_>) -> &'static str {
    match speaker {
        ValueOrigin::Source(..) => "source",
        ValueOrigin::Plugin(_) => "plugin",
        ValueOrigin::Edit(_) => "edit",
    }
}
