//! Prices and stock: what holds, what held, and from where it is known.

use rikaste_contract::{
    MoneyText, PriceExplanation, PriceListExplanation, PricePoint, StockExplanation,
};
use rikaste_model::code::PriceListCode;
use rikaste_model::price::CurrentPrice;
use rikaste_model::product::{Price, ProductCommerce};
use rikaste_model::shop::PriceList;
use rikaste_model::value::Money;
use rikaste_store::StoreError;

use super::ExplainContext;
use super::origin::OriginResolver;
use crate::value_text::{time_text, validity_window};

/// Each list with what it asks now, its prices, and what it asked when.
pub(super) fn explain_prices(
    context: &ExplainContext<'_>,
    origins: &mut OriginResolver<'_>,
) -> Result<Vec<PriceListExplanation>, StoreError> {
    let mut lists = Vec::new();
    for (code, list) in &context.app.configuration.shop.price_lists {
        let explained = explain_list(context, (code, list), origins)?;
        if !explained.prices.is_empty() || !explained.history.is_empty() {
            lists.push(explained);
        }
    }
    Ok(lists)
}

fn explain_list(
    context: &ExplainContext<'_>,
    (code, list): (&PriceListCode, &PriceList),
    origins: &mut OriginResolver<'_>,
) -> Result<PriceListExplanation, StoreError> {
    let (commerce, inherited) = effective_commerce(context);
    let now = commerce.price_at(code, context.at);
    let sale = now.as_ref().and_then(|CurrentPrice { sale, .. }| sale.as_ref());
    let prices = commerce.prices.iter().filter(|price| price.list == *code);
    let prices: Result<Vec<_>, _> =
        prices.map(|price| explain_price(context, price, origins)).collect();
    Ok(PriceListExplanation {
        list: code.to_string(),
        label: list.label.clone(),
        inherited,
        price: now.as_ref().map(|now| money_text(now.price)),
        sale_price: sale.map(|sale| money_text(sale.price)),
        sale_window: sale
            .and_then(|sale| validity_window(sale.window, &context.app.configuration.shop.zone)),
        lowest_price_30_days: sale.map(|sale| money_text(sale.lowest_30_days)),
        prices: prices?,
        history: list_price_history(context, commerce, code),
    })
}

fn money_text(money: Money) -> MoneyText {
    MoneyText(money.to_string())
}

/// The product's own prices, or its model's where it has none.
fn effective_commerce<'s>(context: &ExplainContext<'s>) -> (&'s ProductCommerce, bool) {
    let own = &context.loaded.product.commerce;
    match &context.loaded.parent {
        Some(model) if own.prices.is_empty() => (&model.commerce, true),
        _ => (own, false),
    }
}

fn explain_price(
    context: &ExplainContext<'_>,
    price: &Price,
    origins: &mut OriginResolver<'_>,
) -> Result<PriceExplanation, StoreError> {
    let window = validity_window(price.window, &context.app.configuration.shop.zone);
    Ok(PriceExplanation {
        price: money_text(price.money),
        open: window.is_some().then(|| price.window.contains(context.at)),
        window,
        origin: origins.resolve_cell(price.cell)?,
    })
}

/// What was charged from when on.
fn list_price_history(
    context: &ExplainContext<'_>,
    commerce: &ProductCommerce,
    list: &PriceListCode,
) -> Vec<PricePoint> {
    let points = commerce.history.iter().filter(|point| point.list == *list);
    let points = points.map(|point| PricePoint {
        at: time_text(point.at, &context.app.configuration.shop.zone),
        price: point.money.map(money_text),
    });
    points.collect()
}

/// The product's own stock; a model's is never its variants'.
pub(super) fn explain_stock(
    context: &ExplainContext<'_>,
    origins: &mut OriginResolver<'_>,
) -> Result<Vec<StockExplanation>, StoreError> {
    let levels = context.loaded.product.commerce.stock.iter();
    let levels = levels.map(|level| {
        let code = level.location.as_str();
        let location = context.app.configuration.shop.find_location(code);
        Ok(StockExplanation {
            location: code.to_owned(),
            label: location.map_or(code, |location| &location.label).to_owned(),
            quantity: level.quantity,
            origin: origins.resolve_cell(level.cell)?,
        })
    });
    levels.collect()
}
