//! The values of a product, attribute by attribute, the strongest first.

use rikaste_contract::{AttributeData, ValueExplanation, ValueLayer};
use rikaste_model::resolve::{ResolvedValue, ValueOrigin, ValuePrecedence};
use rikaste_store::StoreError;

use super::ExplainContext;
use super::channel_displays::{ChannelDisplays, ValueUses};
use super::origin::OriginResolver;
use crate::value_text::validity_window;

pub(super) fn explain_values(
    context: &ExplainContext<'_>,
    displays: &ChannelDisplays,
    origins: &mut OriginResolver<'_>,
) -> Result<Vec<ValueExplanation>, StoreError> {
    let mut values = Vec::new();
    for (_, group) in context.view.resolved_values().group_by_attribute() {
        for (resolved, uses) in group.iter().zip(displays.find_value_uses(context, group)) {
            let overruled = explain_overruled(resolved, group);
            values.push(ValueExplanation {
                overruled,
                ..explain_value(context, resolved, uses, origins)?
            });
        }
    }
    Ok(values)
}

fn explain_value(
    context: &ExplainContext<'_>,
    resolved: &ResolvedValue<'_>,
    uses: ValueUses,
    origins: &mut OriginResolver<'_>,
) -> Result<ValueExplanation, StoreError> {
    let value = resolved.value;
    let window = validity_window(value.window, &context.app.configuration.shop.zone);
    let stale = match resolved.origin {
        ValueOrigin::Plugin(enrichment) => Some(enrichment.failure.is_some()),
        _ => None,
    };
    Ok(ValueExplanation {
        attribute: value.attribute.to_string(),
        locale: value.locale.as_ref().map(ToString::to_string),
        channel: value.channel.as_ref().map(ToString::to_string),
        open: window.is_some().then(|| value.window.contains(context.at)),
        window,
        data_type: value.data.data_type().to_string(),
        data: AttributeData::from(&value.data).into_owned(),
        layer: value_layer(resolved.origin),
        inherited: resolved.inherited,
        stale,
        wins: uses.wins,
        shown: uses.shown,
        origin: origins.resolve_origin(resolved.origin, &context.app.configuration.plugin_reads)?,
        overruled: None,
    })
}

/// Why a value does not count where another one is in the same place. The strongest comes first.
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

fn value_layer(origin: ValueOrigin<'_>) -> ValueLayer {
    match origin {
        ValueOrigin::Source(..) => ValueLayer::Source,
        ValueOrigin::Plugin(_) => ValueLayer::Plugin,
        ValueOrigin::Edit(_) => ValueLayer::Edit,
    }
}
