//! The channel document, member by member in the order of ARCHITECTURE.md.

use super::json::Json;
use super::{Subject, images, is_localised};
use crate::code::{AssociationCode, AttributeCode};
use crate::locale::Locale;
use crate::product::Association;
use crate::resolve::{Said, choose};
use crate::shop::{Channel, LocaleChain, label};
use crate::value::Data;

/// Attributes that have a place of their own in the document.
const PLACED: [&str; 7] =
    ["name", "description", "family", "categories", "gtin", "brand", "images"];

pub(super) fn write(subject: &Subject<'_>, channel: &Channel) -> Vec<u8> {
    let mut json = Json::with_capacity(2_048);
    json.object(|json| {
        identity(json, subject, channel);
        images::write(json, subject.photos(), channel);
        images::write_attachments(json, subject.photos());
        offer(json, subject, channel);
        attributes(json, subject, channel);
        associations(json, subject);
        json.key("localized").object(|json| {
            for chain in &channel.locales {
                json.key(chain.locale.as_str())
                    .object(|json| localized(json, subject, channel, chain));
            }
        });
    });
    json.finish()
}

fn identity(json: &mut Json, subject: &Subject<'_>, channel: &Channel) {
    json.key("id").text(subject.product.sku.as_str());
    if let Some(parent) = &subject.product.content.parent {
        json.key("item_group_id").text(parent.as_str());
    }
    for member in ["gtin", "family", "brand"] {
        if let Some(data) = subject.unlocalised(member, channel).filter(|data| !data.is_empty()) {
            json.key(member).data(data);
        }
    }
    if !subject.categories.is_empty() {
        json.key("categories").array(&subject.categories, |json, category| {
            json.object(|json| {
                json.key("code").text(category.as_str());
                let path = subject.shop.category_path(category);
                json.key("path").texts(path.iter().map(|code| code.as_str()));
            });
        });
    }
}

fn offer(json: &mut Json, subject: &Subject<'_>, channel: &Channel) {
    if let Some(now) = subject.commerce().price(&channel.price_list, subject.at) {
        json.key("price").display(now.price);
        if let Some(sale) = now.sale {
            json.key("sale_price").display(sale.price);
            if let (Some(start), Some(end)) = (sale.window.start, sale.window.end) {
                let zone = &subject.shop.zone;
                json.key("sale_price_effective_date").display(format_args!(
                    "{}/{}",
                    start.to_text(zone),
                    end.to_text(zone)
                ));
            }
            json.key("lowest_price_30_days").display(sale.lowest_30_days);
        }
    }
    let stock = &subject.product.commerce.stock;
    let shown = || stock.iter().filter(|level| channel.locations.contains(&level.location));
    if shown().next().is_some() {
        let any = shown().any(|level| level.quantity > 0);
        json.key("availability").text(if any { "in_stock" } else { "out_of_stock" });
        json.key("stock").object(|json| {
            for level in shown() {
                json.key(level.location.as_str()).integer(level.quantity);
            }
        });
    }
}

/// The attributes that are the same in every locale.
fn attributes(json: &mut Json, subject: &Subject<'_>, channel: &Channel) {
    json.key("attributes").object(|json| {
        for (attribute, said) in published(subject, channel) {
            if is_localised(said) {
                continue;
            }
            if let Some(said) = choose(said, &[], Some(&channel.code), subject.at)
                && !said.value.data.is_empty()
            {
                json.key(attribute.as_str()).data(&said.value.data);
            }
        }
    });
}

fn published<'s, 'a>(
    subject: &'s Subject<'a>,
    channel: &'s Channel,
) -> impl Iterator<Item = (&'a AttributeCode, &'s [Said<'a>])> {
    subject.view.attributes().filter(|(attribute, _)| {
        !PLACED.contains(&attribute.as_str()) && channel.publishes(attribute)
    })
}

fn associations(json: &mut Json, subject: &Subject<'_>) {
    let links = linked(subject);
    if links.is_empty() {
        return;
    }
    json.key("associations").object(|json| {
        for (kind, links) in links {
            json.key(kind.as_str()).array(links, |json, link| {
                json.object(|json| {
                    json.key("id").text(link.sku.as_str());
                    json.key("quantity").integer(i64::from(link.quantity));
                });
            });
        }
    });
}

/// Of each kind, the links that the strongest source names, the product's own before its model's.
pub(crate) fn linked<'a>(
    subject: &Subject<'a>,
) -> Vec<(&'a AssociationCode, Vec<&'a Association>)> {
    let own = subject.product.content.sources.iter().rev();
    let inherited =
        subject.parent.into_iter().flat_map(|parent| parent.content.sources.iter().rev());
    let mut kinds: Vec<(&AssociationCode, Vec<&Association>)> = Vec::new();
    for layer in own.chain(inherited) {
        let known = kinds.len();
        for link in &layer.associations {
            if kinds[..known].iter().any(|(kind, _)| **kind == link.kind) {
                continue;
            }
            match kinds[known..].iter_mut().find(|(kind, _)| **kind == link.kind) {
                Some((_, links)) => links.push(link),
                None => kinds.push((&link.kind, vec![link])),
            }
        }
    }
    kinds.sort_by_key(|(kind, _)| *kind);
    kinds
}

/// What one locale adds: its texts, and which of them are in another locale.
fn localized(json: &mut Json, subject: &Subject<'_>, channel: &Channel, chain: &LocaleChain) {
    let mut fallbacks: Vec<(&str, &Locale)> = Vec::new();
    for (attribute, member) in [("name", "title"), ("description", "description")] {
        let code = subject.view.of_attribute(attribute);
        let publishes = code.first().is_some_and(|said| channel.publishes(&said.value.attribute));
        if publishes && let Some(said) = choose(code, &chain.chain, Some(&channel.code), subject.at)
        {
            json.key(member).data(&said.value.data);
            note_fallback(&mut fallbacks, member, said, chain);
        }
    }
    let texts: Vec<_> = published(subject, channel)
        .filter(|(_, said)| is_localised(said))
        .filter_map(|(attribute, said)| {
            Some((attribute, choose(said, &chain.chain, Some(&channel.code), subject.at)?))
        })
        .filter(|(_, said)| !said.value.data.is_empty())
        .collect();
    if !texts.is_empty() {
        json.key("attributes").object(|json| {
            for (attribute, said) in &texts {
                json.key(attribute.as_str()).data(&said.value.data);
                note_fallback(&mut fallbacks, attribute.as_str(), said, chain);
            }
        });
    }
    labels(json, subject, channel, chain);
    if !fallbacks.is_empty() {
        json.key("fallback").object(|json| {
            for (member, locale) in fallbacks {
                json.key(member).text(locale.as_str());
            }
        });
    }
}

fn note_fallback<'a>(
    fallbacks: &mut Vec<(&'a str, &'a Locale)>,
    member: &'a str,
    said: &Said<'a>,
    chain: &LocaleChain,
) {
    if let Some(locale) = said.value.locale.as_ref().filter(|locale| **locale != chain.locale) {
        fallbacks.push((member, locale));
    }
}

/// What people call the codes in this locale, where the model has it.
fn labels(json: &mut Json, subject: &Subject<'_>, channel: &Channel, chain: &LocaleChain) {
    json.key("labels").object(|json| {
        if let (Some(code), Some(family)) = (&subject.family, subject.family()) {
            json.key("family").text(label(&family.label, &chain.chain, code.as_str()));
        }
        if let Some(first) = subject.categories.first() {
            let path = subject.shop.category_path(first);
            json.key("categories").texts(path.into_iter().map(|code| {
                match subject.shop.categories.get(code) {
                    Some(category) => label(&category.label, &chain.chain, code.as_str()),
                    None => code.as_str(),
                }
            }));
        }
        for (code, said) in published(subject, channel) {
            let Some(attribute) =
                subject.shop.attributes.get(code).filter(|a| !a.options.is_empty())
            else {
                continue;
            };
            if let Some(said) = choose(said, &chain.chain, Some(&channel.code), subject.at)
                && let Data::Options(options) = &said.value.data
            {
                json.key(code.as_str()).texts(options.iter().map(|option| {
                    attribute
                        .options
                        .get(option)
                        .map_or(option.as_str(), |l| label(l, &chain.chain, option))
                }));
            }
        }
    });
}
