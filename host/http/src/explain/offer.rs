//! Prices and stock: what holds, what held, and from where it is known.

use rikaste_model::code::PriceListCode;
use rikaste_model::price::PriceNow;
use rikaste_model::product::{Commerce, Price};
use rikaste_store::StoreError;
use serde_json::{Map, Value, json};

use super::Scene;
use super::origin::Origins;
use crate::said;

/// Each list with what it asks now, its prices, and what it asked when.
pub(super) fn prices(scene: &Scene<'_>, origins: &mut Origins<'_>) -> Result<Value, StoreError> {
    let (commerce, inherited) = commerce(scene);
    let mut lists = Vec::new();
    for (code, list) in &scene.app.shop.price_lists {
        let of_list = || commerce.prices.iter().filter(|price| price.list == *code);
        let history = history(scene, commerce, code);
        if of_list().next().is_none() && history.is_empty() {
            continue;
        }
        let mut told = Map::new();
        let mut add = |name: &str, member: Value| told.insert(name.to_owned(), member);
        add("list", json!(code));
        add("label", json!(list.label));
        add("inherited", json!(inherited));
        now(scene, commerce.price(code, scene.at)).into_iter().for_each(|(name, member)| {
            add(name, member);
        });
        let all: Result<Vec<_>, _> = of_list().map(|each| price(scene, each, origins)).collect();
        add("prices", Value::Array(all?));
        add("history", Value::Array(history));
        lists.push(Value::Object(told));
    }
    Ok(Value::Array(lists))
}

/// The product's own prices, or its model's where it has none.
fn commerce<'s>(scene: &Scene<'s>) -> (&'s Commerce, bool) {
    let own = &scene.loaded.product.commerce;
    match &scene.loaded.parent {
        Some(model) if own.prices.is_empty() => (&model.commerce, true),
        _ => (own, false),
    }
}

fn now(scene: &Scene<'_>, now: Option<PriceNow>) -> Vec<(&'static str, Value)> {
    let Some(PriceNow { price, sale }) = now else { return Vec::new() };
    let mut told = vec![("price", json!(price.to_string()))];
    if let Some(sale) = sale {
        told.push(("sale_price", json!(sale.price.to_string())));
        told.extend(
            said::window(sale.window, &scene.app.shop.zone).map(|window| ("sale_window", window)),
        );
        told.push(("lowest_price_30_days", json!(sale.lowest_30_days.to_string())));
    }
    told
}

fn price(scene: &Scene<'_>, price: &Price, origins: &mut Origins<'_>) -> Result<Value, StoreError> {
    let mut told = json!({ "price": price.money.to_string() });
    if let Some(window) = said::window(price.window, &scene.app.shop.zone) {
        told["window"] = window;
        told["open"] = json!(price.window.contains(scene.at));
    }
    told["origin"] = origins.cell(price.cell)?;
    Ok(told)
}

/// What was charged from when on; no price: it had none any more.
fn history(scene: &Scene<'_>, commerce: &Commerce, list: &PriceListCode) -> Vec<Value> {
    let points = commerce.history.iter().filter(|point| point.list == *list);
    let told = points.map(|point| {
        let price = point.money.map(|money| money.to_string());
        json!({ "at": point.at.to_text(&scene.app.shop.zone), "price": price })
    });
    told.collect()
}

/// The product's own stock; a model's is never its variants'.
pub(super) fn stock(scene: &Scene<'_>, origins: &mut Origins<'_>) -> Result<Value, StoreError> {
    let levels = scene.loaded.product.commerce.stock.iter();
    let told: Result<Vec<_>, StoreError> = levels
        .map(|level| {
            let location = scene.app.shop.location(level.location.as_str());
            Ok(json!({
                "location": level.location,
                "label": location.map_or(level.location.as_str(), |location| &location.label),
                "quantity": level.quantity,
                "origin": origins.cell(level.cell)?,
            }))
        })
        .collect();
    told.map(Value::Array)
}
