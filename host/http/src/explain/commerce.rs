//! Prices and stock: what holds, what held, and from where it is known.

use rikaste_model::code::PriceListCode;
use rikaste_model::price::CurrentPrice;
use rikaste_model::product::{Price, ProductCommerce};
use rikaste_store::StoreError;
use serde_json::{Map, Value, json};

use super::ExplainContext;
use super::origin::OriginResolver;
use crate::value_json;

/// Each list with what it asks now, its prices, and what it asked when.
pub(super) fn prices_to_json(
    scene: &ExplainContext<'_>,
    origins: &mut OriginResolver<'_>,
) -> Result<Value, StoreError> {
    let (commerce, inherited) = effective_commerce(scene);
    let mut lists = Vec::new();
    for (code, list) in &scene.app.configuration.shop.price_lists {
        let of_list = || commerce.prices.iter().filter(|price| price.list == *code);
        let history = price_history_to_json(scene, commerce, code);
        if of_list().next().is_none() && history.is_empty() {
            continue;
        }
        let mut told = Map::new();
        let mut add = |name: &str, member: Value| told.insert(name.to_owned(), member);
        add("list", json!(code));
        add("label", json!(list.label));
        add("inherited", json!(inherited));
        current_price_members(scene, commerce.price_at(code, scene.at)).into_iter().for_each(
            |(name, member)| {
                add(name, member);
            },
        );
        let all: Result<Vec<_>, _> =
            of_list().map(|each| price_to_json(scene, each, origins)).collect();
        add("prices", Value::Array(all?));
        add("history", Value::Array(history));
        lists.push(Value::Object(told));
    }
    Ok(Value::Array(lists))
}

/// The product's own prices, or its model's where it has none.
fn effective_commerce<'s>(scene: &ExplainContext<'s>) -> (&'s ProductCommerce, bool) {
    let own = &scene.loaded.product.commerce;
    match &scene.loaded.parent {
        Some(model) if own.prices.is_empty() => (&model.commerce, true),
        _ => (own, false),
    }
}

fn current_price_members(
    scene: &ExplainContext<'_>,
    now: Option<CurrentPrice>,
) -> Vec<(&'static str, Value)> {
    let Some(CurrentPrice { price, sale }) = now else { return Vec::new() };
    let mut told = vec![("price", json!(price.to_string()))];
    if let Some(sale) = sale {
        told.push(("sale_price", json!(sale.price.to_string())));
        told.extend(
            value_json::window_to_json(sale.window, &scene.app.configuration.shop.zone)
                .map(|window| ("sale_window", window)),
        );
        told.push(("lowest_price_30_days", json!(sale.lowest_30_days.to_string())));
    }
    told
}

fn price_to_json(
    scene: &ExplainContext<'_>,
    price: &Price,
    origins: &mut OriginResolver<'_>,
) -> Result<Value, StoreError> {
    let mut told = json!({ "price": price.money.to_string() });
    if let Some(window) =
        value_json::window_to_json(price.window, &scene.app.configuration.shop.zone)
    {
        told["window"] = window;
        told["open"] = json!(price.window.contains(scene.at));
    }
    told["origin"] = origins.cell_to_json(price.cell)?;
    Ok(told)
}

/// What was charged from when on; no price: it had none any more.
fn price_history_to_json(
    scene: &ExplainContext<'_>,
    commerce: &ProductCommerce,
    list: &PriceListCode,
) -> Vec<Value> {
    let points = commerce.history.iter().filter(|point| point.list == *list);
    let told = points.map(|point| {
        let price = point.money.map(|money| money.to_string());
        json!({ "at": point.at.to_text(&scene.app.configuration.shop.zone), "price": price })
    });
    told.collect()
}

/// The product's own stock; a model's is never its variants'.
pub(super) fn stock_to_json(
    scene: &ExplainContext<'_>,
    origins: &mut OriginResolver<'_>,
) -> Result<Value, StoreError> {
    let levels = scene.loaded.product.commerce.stock.iter();
    let told: Result<Vec<_>, StoreError> = levels
        .map(|level| {
            let location = scene.app.configuration.shop.find_location(level.location.as_str());
            Ok(json!({
                "location": level.location,
                "label": location.map_or(level.location.as_str(), |location| &location.label),
                "quantity": level.quantity,
                "origin": origins.cell_to_json(level.cell)?,
            }))
        })
        .collect();
    told.map(Value::Array)
}
