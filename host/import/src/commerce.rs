//! Rows of stock and price files.

use rikaste_model::code::PriceListCode;
use rikaste_model::moment::Window;
use rikaste_model::record::{PriceRecord, StockRecord};
use rikaste_model::shop::nearest;
use rikaste_model::words;

use super::cells::CellReader;
use super::fields::Fields;
use super::notes::{Refusal, refused};
use super::parse::{self, Problem};
use super::target::{Field, PriceSlot, Target};

/// Reads the stock levels that a row holds: one in its fields, or one in each column that is a
/// location's.
pub(super) fn stock(
    fields: &Fields<'_, '_, '_>,
    cells: &CellReader<'_>,
) -> Result<Vec<StockRecord>, Refusal> {
    let mut levels = Vec::new();
    for (at, column) in fields.plan.columns() {
        if let Target::Stock(location) = &column.target
            && let Some(content) = fields.row.get(at).filter(|content| !content.is_empty())
        {
            let text = content.read(&column.rule);
            let quantity = parse::integer(&text, cells.style(&column.rule, content))
                .map_err(|problem| refused(&column.name, &text, &problem))?;
            levels.push(StockRecord { column: at, location: location.clone(), quantity });
        }
    }
    if fields.plan.field(Field::Quantity).is_some() {
        levels.push(stock_of_fields(fields, cells)?);
    }
    if levels.is_empty() {
        return Err(fields.missing(Field::Quantity, words!("stock-missing")));
    }
    Ok(levels)
}

fn stock_of_fields(
    fields: &Fields<'_, '_, '_>,
    cells: &CellReader<'_>,
) -> Result<StockRecord, Refusal> {
    let location = fields.read(Field::Location, |text| {
        cells
            .convention
            .location_named(text)
            .map_err(|error| Problem::new("location-unknown", error.words()))
    })?;
    let location =
        location.ok_or_else(|| fields.missing(Field::Location, words!("stock-no-location")))?;
    let Some((column, at, content)) = fields.get(Field::Quantity) else {
        return Err(fields.missing(Field::Quantity, words!("stock-no-quantity")));
    };
    let text = content.read(&column.rule);
    let quantity = parse::integer(&text, cells.style(&column.rule, content))
        .map_err(|problem| refused(&column.name, &text, &problem))?;
    Ok(StockRecord { column: at, location, quantity })
}

/// Reads the prices that a row holds: one in its fields, or one in each column that is a list's.
pub(super) fn prices(
    fields: &Fields<'_, '_, '_>,
    cells: &CellReader<'_>,
) -> Result<Vec<PriceRecord>, Refusal> {
    let window = fields.window()?;
    let mut prices = Vec::new();
    for (at, column) in fields.plan.columns() {
        if let Target::Price(slot) = &column.target
            && let Some(content) = fields.row.get(at)
        {
            prices.push(price(fields, cells, slot, at, content, window)?);
        }
    }
    if let Some(at) = fields.plan.field(Field::Price) {
        let slot = PriceSlot {
            list: list(fields, cells)?,
            currency: fields.read(Field::Currency, parse::currency)?,
        };
        // A row that is too short for its price says nothing about it, and so nothing at all.
        let Some(content) = fields.row.get(at) else {
            return Err(fields.missing(Field::Price, words!("price-missing")));
        };
        prices.push(price(fields, cells, &slot, at, content, window)?);
    }
    Ok(prices)
}

fn list(
    fields: &Fields<'_, '_, '_>,
    cells: &CellReader<'_>,
) -> Result<Option<PriceListCode>, Refusal> {
    let lists = || cells.convention.shop.price_lists.keys().map(PriceListCode::as_str);
    fields.read(Field::PriceList, |text| {
        cells.convention.price_list(text).ok_or_else(|| {
            let known = lists().collect::<Vec<_>>().join(", ");
            let hint = nearest(text, lists()).map(|near| words!("or-meant", near = near));
            Problem::new(
                "price-list-unknown",
                words!("price-list-unknown", text = text, lists = known, hint = hint),
            )
        })
    })
}

fn price(
    fields: &Fields<'_, '_, '_>,
    cells: &CellReader<'_>,
    slot: &PriceSlot,
    at: u16,
    content: super::row::Content<'_>,
    window: Window,
) -> Result<PriceRecord, Refusal> {
    let column = fields.plan.column(at);
    let text = content.read(&column.rule);
    match cells.price(slot, &column.rule, cells.style(&column.rule, content), &text) {
        Ok((list, money)) => Ok(PriceRecord { column: at, list, window, money }),
        Err(problem) => Err(refused(&column.name, &text, &problem)),
    }
}
