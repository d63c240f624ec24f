//! Which of the values each channel shows, locale by locale.

use rikaste_contract::{
    ChannelExplanation, CompletenessExplanation, FallbackExplanation, ValueUse,
};
use rikaste_model::locale::Locale;
use rikaste_model::projection::LocaleCompleteness;
use rikaste_model::publication::PublicationState;
use rikaste_model::release::DocumentHash;
use rikaste_model::resolve::{ResolvedValue, choose_value};
use rikaste_model::shop::{Channel, LocaleChain, STANDARD_ATTRIBUTES};
use rikaste_model::well_known;

use super::ExplainContext;
use crate::catalogue_view::format_hash;

/// Attributes that a document has in every locale, whatever their values are for.
const IN_EVERY_LOCALE: [&str; 2] = [well_known::NAME, well_known::DESCRIPTION];

/// What each channel makes of the product, in the order of the shop's channels.
pub(super) struct ChannelDisplays(Vec<ChannelDisplay>);

struct ChannelDisplay {
    document: Option<DocumentHash>,
    completeness: Vec<LocaleCompleteness>,
}

impl ChannelDisplays {
    pub(super) fn from_context(context: &ExplainContext<'_>) -> Self {
        let project = |channel: &Channel| {
            let projection = context.view.project_channel(channel);
            let document =
                projection.document.map(|document| DocumentHash::hash_document(&document));
            ChannelDisplay { document, completeness: projection.completeness }
        };
        Self(context.app.configuration.shop.channels.iter().map(project).collect())
    }

    /// Where each of the values of one attribute is shown, and whether it is chosen anywhere,
    /// in their order.
    pub(super) fn find_value_uses(
        &self,
        context: &ExplainContext<'_>,
        resolved: &[ResolvedValue<'_>],
    ) -> Vec<ValueUses> {
        let mut uses: Vec<ValueUses> = resolved.iter().map(|_| ValueUses::default()).collect();
        for (channel, display) in context.app.configuration.shop.channels.iter().zip(&self.0) {
            let is_shown = display.document.is_some() && is_published(channel, resolved);
            for (index, chain) in choose_by_locale(context, channel, resolved) {
                uses[index].wins = true;
                if is_shown {
                    let from = resolved[index].value.locale.as_ref();
                    uses[index].shown.push(value_use(channel, chain, from));
                }
            }
        }
        uses
    }

    /// Whether and how completely each channel shows the product.
    pub(super) fn explain_channels(&self, context: &ExplainContext<'_>) -> Vec<ChannelExplanation> {
        let explained = context.app.configuration.shop.channels.iter().zip(&self.0).map(
            |(channel, display)| {
                let is_shown = display.document.is_some();
                ChannelExplanation {
                    channel: channel.code.to_string(),
                    shown: is_shown,
                    document: display.document.map(format_hash),
                    why_not: (!is_shown).then(|| explain_hidden(context, channel, display)),
                    completeness: display.completeness.iter().map(explain_completeness).collect(),
                }
            },
        );
        explained.collect()
    }
}

/// What becomes of a value.
#[derive(Default)]
pub(super) struct ValueUses {
    /// Whether it is chosen in any locale of any channel.
    pub(super) wins: bool,
    /// Where it is seen.
    pub(super) shown: Vec<ValueUse>,
}

fn is_published(channel: &Channel, resolved: &[ResolvedValue<'_>]) -> bool {
    let attribute = &resolved[0].value.attribute;
    STANDARD_ATTRIBUTES.contains(&attribute.as_str()) || channel.can_publish(attribute)
}

/// Which of the values counts in each locale of the channel; in none by name where the document
/// has it once.
fn choose_by_locale<'c>(
    context: &ExplainContext<'_>,
    channel: &'c Channel,
    resolved: &[ResolvedValue<'_>],
) -> Vec<(usize, Option<&'c LocaleChain>)> {
    let attribute = resolved[0].value.attribute.as_str();
    let localised = resolved.iter().any(|resolved| resolved.value.locale.is_some());
    let once = STANDARD_ATTRIBUTES.contains(&attribute)
        || (!localised && !IN_EVERY_LOCALE.contains(&attribute));
    let choose = |chain: &[Locale]| {
        let found = choose_value(resolved, chain, Some(&channel.code), context.at)?;
        resolved.iter().position(|each| std::ptr::eq(each, found))
    };
    if once {
        return choose(&[]).map(|index| (index, None)).into_iter().collect();
    }
    channel.locales.iter().filter_map(|chain| Some((choose(&chain.chain)?, Some(chain)))).collect()
}

fn value_use(channel: &Channel, chain: Option<&LocaleChain>, from: Option<&Locale>) -> ValueUse {
    let fallback = chain.zip(from).filter(|(chain, from)| **from != chain.locale);
    ValueUse {
        channel: channel.code.to_string(),
        locale: chain.map(|chain| chain.locale.to_string()),
        fallback: fallback.map(|(chain, from)| format_fallback(&chain.locale, from)),
    }
}

/// `sv-SE ← en-GB`: asked for, and what is shown instead.
fn format_fallback(wanted: &Locale, from: &Locale) -> String {
    format!("{wanted} ← {from}")
}

fn explain_hidden(
    context: &ExplainContext<'_>,
    channel: &Channel,
    display: &ChannelDisplay,
) -> String {
    let reason = match context.view.publication_state(channel) {
        _ if context.loaded.product.content.is_model => "it is a model; its variants are shown",
        _ if context.loaded.product.content.has_no_source() => {
            "no source says anything about it any more: it was taken out of the range"
        }
        PublicationState::Draft | PublicationState::Archived => {
            return explain_state(context, channel);
        }
        PublicationState::Active if display.completeness.is_empty() => {
            "it is not in the channel's assortment"
        }
        PublicationState::Active => {
            "it lacks a required value in every locale, and the channel withholds such products"
        }
    };
    reason.to_owned()
}

/// Which value keeps a product from being offered.
fn explain_state(context: &ExplainContext<'_>, channel: &Channel) -> String {
    let state = context.view.publication_state(channel);
    let values = context.view.resolved_values().find_by_attribute(well_known::STATUS);
    let (own, of_model) = values.split_at(values.partition_point(|value| !value.inherited));
    let says = |values: &[ResolvedValue<'_>]| {
        let chosen = choose_value(values, &[], Some(&channel.code), context.at);
        chosen.is_some_and(|value| {
            PublicationState::of_data(&value.value.data, &context.app.configuration.shop) == state
        })
    };
    let whose = if !says(own) && says(of_model) { "its model's status" } else { "its status" };
    format!("it is not offered: {whose} is {}", state.code())
}

fn explain_completeness(completeness: &LocaleCompleteness) -> CompletenessExplanation {
    let LocaleCompleteness { locale, required, missing, fallback } = completeness;
    let fallback = fallback.iter().map(|each| FallbackExplanation {
        attribute: each.attribute.to_string(),
        fallback: format_fallback(locale, &each.shown),
    });
    CompletenessExplanation {
        locale: locale.to_string(),
        state: completeness.level(),
        required: *required as u64,
        missing: missing.iter().map(ToString::to_string).collect(),
        fallback: fallback.collect(),
    }
}
