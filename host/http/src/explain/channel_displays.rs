//! Which of the values each channel shows, locale by locale.

use rikaste_model::locale::Locale;
use rikaste_model::projection::LocaleCompleteness;
use rikaste_model::release::DocumentHash;
use rikaste_model::resolve::{ResolvedValue, choose_value};
use rikaste_model::shop::{Channel, LocaleChain, STANDARD_ATTRIBUTES};
use rikaste_model::well_known;
use serde_json::{Map, Value, json};

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
    pub(super) fn from_context(scene: &ExplainContext<'_>) -> Self {
        let project = |channel: &Channel| {
            let projection = scene.subject.project_channel(channel);
            let document =
                projection.document.map(|document| DocumentHash::hash_document(&document));
            ChannelDisplay { document, completeness: projection.completeness }
        };
        Self(scene.app.shop.channels.iter().map(project).collect())
    }

    /// Where each of the values of one attribute is shown, and whether it is chosen anywhere,
    /// in their order.
    pub(super) fn find_value_uses(
        &self,
        scene: &ExplainContext<'_>,
        said: &[ResolvedValue<'_>],
    ) -> Vec<ValueUses> {
        let mut uses: Vec<ValueUses> = said.iter().map(|_| ValueUses::default()).collect();
        for (channel, display) in scene.app.shop.channels.iter().zip(&self.0) {
            let is_shown = display.document.is_some() && is_published(channel, said);
            for (index, chain) in choose_by_locale(scene, channel, said) {
                uses[index].wins = true;
                if is_shown {
                    uses[index].shown.push(use_to_json(
                        channel,
                        chain,
                        said[index].value.locale.as_ref(),
                    ));
                }
            }
        }
        uses
    }

    /// Whether and how completely each channel shows the product.
    pub(super) fn channels_to_json(&self, scene: &ExplainContext<'_>) -> Value {
        let told = scene.app.shop.channels.iter().zip(&self.0).map(|(channel, display)| {
            let mut told = Map::new();
            told.insert("channel".to_owned(), json!(channel.code));
            told.insert("shown".to_owned(), json!(display.document.is_some()));
            match display.document {
                Some(hash) => told.insert("document".to_owned(), json!(format_hash(hash))),
                None => told.insert("why_not".to_owned(), json!(explain_hidden(scene, display))),
            };
            told.insert(
                "completeness".to_owned(),
                display.completeness.iter().map(completeness_to_json).collect(),
            );
            Value::Object(told)
        });
        told.collect()
    }
}

/// What becomes of a value.
#[derive(Default)]
pub(super) struct ValueUses {
    /// Whether it is chosen in any locale of any channel.
    pub(super) wins: bool,
    /// Where it is seen.
    pub(super) shown: Vec<Value>,
}

fn is_published(channel: &Channel, said: &[ResolvedValue<'_>]) -> bool {
    let attribute = &said[0].value.attribute;
    STANDARD_ATTRIBUTES.contains(&attribute.as_str()) || channel.can_publish(attribute)
}

/// Which of the values counts in each locale of the channel; in none by name where the document
/// has it once.
fn choose_by_locale<'c>(
    scene: &ExplainContext<'_>,
    channel: &'c Channel,
    said: &[ResolvedValue<'_>],
) -> Vec<(usize, Option<&'c LocaleChain>)> {
    let attribute = said[0].value.attribute.as_str();
    let localised = said.iter().any(|said| said.value.locale.is_some());
    let once = STANDARD_ATTRIBUTES.contains(&attribute)
        || (!localised && !IN_EVERY_LOCALE.contains(&attribute));
    let choose = |chain: &[Locale]| {
        let found = choose_value(said, chain, Some(&channel.code), scene.at)?;
        said.iter().position(|each| std::ptr::eq(each, found))
    };
    if once {
        return choose(&[]).map(|index| (index, None)).into_iter().collect();
    }
    channel.locales.iter().filter_map(|chain| Some((choose(&chain.chain)?, Some(chain)))).collect()
}

fn use_to_json(channel: &Channel, chain: Option<&LocaleChain>, from: Option<&Locale>) -> Value {
    let mut told = json!({ "channel": channel.code });
    let Some(chain) = chain else { return told };
    told["locale"] = json!(chain.locale);
    if let Some(from) = from.filter(|from| **from != chain.locale) {
        told["fallback"] = json!(format_fallback(&chain.locale, from));
    }
    told
}

/// `sv-SE ← en-GB`: asked for, and what is shown instead.
fn format_fallback(asked: &Locale, from: &Locale) -> String {
    format!("{asked} ← {from}")
}

fn explain_hidden(scene: &ExplainContext<'_>, display: &ChannelDisplay) -> &'static str {
    if scene.loaded.product.content.is_model {
        return "it is a model; its variants are shown";
    }
    if scene.loaded.product.content.has_no_source() {
        return "no source says anything about it any more: it was taken out of the range";
    }
    if display.completeness.is_empty() {
        return "it is not in the channel's assortment";
    }
    "it lacks a required value in every locale, and the channel withholds such products"
}

fn completeness_to_json(completeness: &LocaleCompleteness) -> Value {
    let LocaleCompleteness { locale, required, missing, fallback } = completeness;
    let state = completeness.level();
    let fallback: Vec<_> = fallback
        .iter()
        .map(|each| json!({ "attribute": each.attribute, "fallback": format_fallback(locale, &each.shown) }))
        .collect();
    json!({ "locale": locale, "state": state, "required": required, "missing": missing, "fallback": fallback })
}
