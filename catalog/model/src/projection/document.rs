//! The channel document, member by member in the order of ARCHITECTURE.md.

use super::json::JsonWriter;
use super::{ProductView, is_localised, photos};
use crate::code::{AssociationCode, AttributeCode};
use crate::locale::Locale;
use crate::product::ProductAssociation;
use crate::resolve::{ResolvedValue, choose_value};
use crate::shop::{Channel, LocaleChain, find_label};
use crate::value::ValueData;
use crate::well_known;

/// Attributes that have a place of their own in the document.
const DEDICATED_ATTRIBUTES: [&str; 7] = [
    well_known::NAME,
    well_known::DESCRIPTION,
    well_known::FAMILY,
    well_known::CATEGORIES,
    well_known::GTIN,
    well_known::BRAND,
    well_known::IMAGES,
];

pub(super) fn write_document(subject: &ProductView<'_>, channel: &Channel) -> Vec<u8> {
    let mut json = JsonWriter::with_capacity(2_048);
    json.write_object(|json| {
        write_identity(json, subject, channel);
        photos::write_photos(json, subject.photos(), channel);
        photos::write_attachments(json, subject.photos());
        write_offer(json, subject, channel);
        write_attributes(json, subject, channel);
        write_associations(json, subject);
        json.write_key("localized").write_object(|json| {
            for chain in &channel.locales {
                json.write_key(chain.locale.as_str())
                    .write_object(|json| write_localized(json, subject, channel, chain));
            }
        });
    });
    json.into_bytes()
}

fn write_identity(json: &mut JsonWriter, subject: &ProductView<'_>, channel: &Channel) {
    json.write_key("id").write_text(subject.product.sku.as_str());
    if let Some(parent) = &subject.product.content.parent {
        json.write_key("item_group_id").write_text(parent.as_str());
    }
    for member in [well_known::GTIN, well_known::FAMILY, well_known::BRAND] {
        if let Some(data) =
            subject.find_unlocalised_value(member, channel).filter(|data| !data.is_empty())
        {
            json.write_key(member).write_data(data);
        }
    }
    if !subject.categories.is_empty() {
        json.write_key("categories").write_array(&subject.categories, |json, category| {
            json.write_object(|json| {
                json.write_key("code").write_text(category.as_str());
                let path = subject.shop.category_path(category);
                json.write_key("path").write_texts(path.iter().map(|code| code.as_str()));
            });
        });
    }
}

fn write_offer(json: &mut JsonWriter, subject: &ProductView<'_>, channel: &Channel) {
    if let Some(now) = subject.commerce().price_at(&channel.price_list, subject.at) {
        json.write_key("price").write_display(now.price);
        if let Some(sale) = now.sale {
            json.write_key("sale_price").write_display(sale.price);
            if let (Some(start), Some(end)) = (sale.window.start, sale.window.end) {
                let zone = &subject.shop.zone;
                json.write_key("sale_price_effective_date").write_display(format_args!(
                    "{}/{}",
                    start.to_text(zone),
                    end.to_text(zone)
                ));
            }
            json.write_key("lowest_price_30_days").write_display(sale.lowest_30_days);
        }
    }
    let stock = &subject.product.commerce.stock;
    let shown = || stock.iter().filter(|level| channel.locations.contains(&level.location));
    if shown().next().is_some() {
        let any = shown().any(|level| level.quantity > 0);
        json.write_key("availability").write_text(if any { "in_stock" } else { "out_of_stock" });
        json.write_key("stock").write_object(|json| {
            for level in shown() {
                json.write_key(level.location.as_str()).write_integer(level.quantity);
            }
        });
    }
}

/// The attributes that are the same in every locale.
fn write_attributes(json: &mut JsonWriter, subject: &ProductView<'_>, channel: &Channel) {
    json.write_key("attributes").write_object(|json| {
        for (attribute, said) in list_published(subject, channel) {
            if is_localised(said) {
                continue;
            }
            if let Some(said) = choose_value(said, &[], Some(&channel.code), subject.at)
                && !said.value.data.is_empty()
            {
                json.write_key(attribute.as_str()).write_data(&said.value.data);
            }
        }
    });
}

fn list_published<'s, 'a>(
    subject: &'s ProductView<'a>,
    channel: &'s Channel,
) -> impl Iterator<Item = (&'a AttributeCode, &'s [ResolvedValue<'a>])> {
    subject.resolved_values.group_by_attribute().filter(|(attribute, _)| {
        !DEDICATED_ATTRIBUTES.contains(&attribute.as_str()) && channel.can_publish(attribute)
    })
}

fn write_associations(json: &mut JsonWriter, subject: &ProductView<'_>) {
    let links = resolve_associations(subject);
    if links.is_empty() {
        return;
    }
    json.write_key("associations").write_object(|json| {
        for (kind, links) in links {
            json.write_key(kind.as_str()).write_array(links, |json, link| {
                json.write_object(|json| {
                    json.write_key("id").write_text(link.sku.as_str());
                    json.write_key("quantity").write_integer(i64::from(link.quantity));
                });
            });
        }
    });
}

/// Of each kind, the links that the strongest source names, the product's own before its model's.
pub(crate) fn resolve_associations<'a>(
    subject: &ProductView<'a>,
) -> Vec<(&'a AssociationCode, Vec<&'a ProductAssociation>)> {
    let own = subject.product.content.sources.iter().rev();
    let inherited =
        subject.parent.into_iter().flat_map(|parent| parent.content.sources.iter().rev());
    let mut kinds: Vec<(&AssociationCode, Vec<&ProductAssociation>)> = Vec::new();
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
fn write_localized(
    json: &mut JsonWriter,
    subject: &ProductView<'_>,
    channel: &Channel,
    chain: &LocaleChain,
) {
    let mut fallbacks: Vec<(&str, &Locale)> = Vec::new();
    for (attribute, member) in
        [(well_known::NAME, "title"), (well_known::DESCRIPTION, "description")]
    {
        let code = subject.resolved_values.find_by_attribute(attribute);
        let publishes = code.first().is_some_and(|said| channel.can_publish(&said.value.attribute));
        if publishes
            && let Some(said) = choose_value(code, &chain.chain, Some(&channel.code), subject.at)
        {
            json.write_key(member).write_data(&said.value.data);
            record_fallback(&mut fallbacks, member, said, chain);
        }
    }
    let texts: Vec<_> = list_published(subject, channel)
        .filter(|(_, said)| is_localised(said))
        .filter_map(|(attribute, said)| {
            Some((attribute, choose_value(said, &chain.chain, Some(&channel.code), subject.at)?))
        })
        .filter(|(_, said)| !said.value.data.is_empty())
        .collect();
    if !texts.is_empty() {
        json.write_key("attributes").write_object(|json| {
            for (attribute, said) in &texts {
                json.write_key(attribute.as_str()).write_data(&said.value.data);
                record_fallback(&mut fallbacks, attribute.as_str(), said, chain);
            }
        });
    }
    write_labels(json, subject, channel, chain);
    if !fallbacks.is_empty() {
        json.write_key("fallback").write_object(|json| {
            for (member, locale) in fallbacks {
                json.write_key(member).write_text(locale.as_str());
            }
        });
    }
}

fn record_fallback<'a>(
    fallbacks: &mut Vec<(&'a str, &'a Locale)>,
    member: &'a str,
    said: &ResolvedValue<'a>,
    chain: &LocaleChain,
) {
    if let Some(locale) = said.value.locale.as_ref().filter(|locale| **locale != chain.locale) {
        fallbacks.push((member, locale));
    }
}

/// What people call the codes in this locale, where the model has it.
fn write_labels(
    json: &mut JsonWriter,
    subject: &ProductView<'_>,
    channel: &Channel,
    chain: &LocaleChain,
) {
    json.write_key("labels").write_object(|json| {
        if let (Some(code), Some(family)) = (&subject.family, subject.find_family()) {
            json.write_key("family").write_text(find_label(
                &family.label,
                &chain.chain,
                code.as_str(),
            ));
        }
        if let Some(first) = subject.categories.first() {
            let path = subject.shop.category_path(first);
            json.write_key("categories").write_texts(path.into_iter().map(|code| {
                match subject.shop.categories.get(code) {
                    Some(category) => find_label(&category.label, &chain.chain, code.as_str()),
                    None => code.as_str(),
                }
            }));
        }
        for (code, said) in list_published(subject, channel) {
            let Some(attribute) =
                subject.shop.attributes.get(code).filter(|a| !a.options.is_empty())
            else {
                continue;
            };
            if let Some(said) = choose_value(said, &chain.chain, Some(&channel.code), subject.at)
                && let ValueData::Options(options) = &said.value.data
            {
                json.write_key(code.as_str()).write_texts(options.iter().map(|option| {
                    attribute
                        .options
                        .get(option)
                        .map_or(option.as_str(), |l| find_label(l, &chain.chain, option))
                }));
            }
        }
    });
}
