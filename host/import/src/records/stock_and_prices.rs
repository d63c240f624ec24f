//! Rows of stock and price files.

use rikaste_model::code::PriceListCode;
use rikaste_model::moment::Window;
use rikaste_model::record::{PriceRecord, StockRecord};
use rikaste_model::shop::find_nearest_name;
use rikaste_model::words;

use crate::columns::{ColumnTarget, PriceTarget, RecordField};
use crate::records::cells::CellReader;
use crate::records::fields::RowFields;
use crate::records::parse::{self, CellProblem};
use crate::records::row_diagnostics::{RowRefusal, refuse_cell};

/// Reads the stock levels that a row holds: one in its fields, or one in each column that is a
/// location's.
pub(crate) fn read_stock(
    fields: &RowFields<'_, '_, '_>,
    cells: &CellReader<'_>,
) -> Result<Vec<StockRecord>, RowRefusal> {
    let mut levels = Vec::new();
    for (at, column) in fields.plan.columns() {
        if let ColumnTarget::Stock(location) = &column.target
            && let Some(content) = fields.row.find_cell(at).filter(|content| !content.is_empty())
        {
            let text = content.read_text(&column.rule);
            let quantity =
                parse::parse_integer(&text, cells.number_format_for(&column.rule, content))
                    .map_err(|problem| refuse_cell(&column.name, &text, &problem))?;
            levels.push(StockRecord { column: at, location: location.clone(), quantity });
        }
    }
    if fields.plan.column_of_field(RecordField::Quantity).is_some() {
        levels.push(read_stock_fields(fields, cells)?);
    }
    let text = fields.field_text(RecordField::InStock);
    if !text.is_empty() && parse::parse_boolean(&text) == Ok(false) {
        // What is not in stock is not for sale, whatever lies on the shelf.
        levels.iter_mut().for_each(|level| level.quantity = level.quantity.min(0));
    }
    if levels.is_empty() {
        return Err(fields.missing_field(RecordField::Quantity, words!("stock-missing")));
    }
    Ok(levels)
}

fn read_stock_fields(
    fields: &RowFields<'_, '_, '_>,
    cells: &CellReader<'_>,
) -> Result<StockRecord, RowRefusal> {
    let location = fields.read_field(RecordField::Location, |text| {
        cells
            .convention()
            .find_location_code(text)
            .map_err(|error| CellProblem::new("location-unknown", error.to_localized_text()))
    })?;
    let location = location
        .ok_or_else(|| fields.missing_field(RecordField::Location, words!("stock-no-location")))?;
    let Some((column, at, content)) = fields.find_cell(RecordField::Quantity) else {
        return Err(fields.missing_field(RecordField::Quantity, words!("stock-no-quantity")));
    };
    let text = content.read_text(&column.rule);
    let quantity = parse::parse_integer(&text, cells.number_format_for(&column.rule, content))
        .map_err(|problem| refuse_cell(&column.name, &text, &problem))?;
    Ok(StockRecord { column: at, location, quantity })
}

/// Reads the prices that a row holds: one in its fields, or one in each column that is a list's.
pub(crate) fn read_prices(
    fields: &RowFields<'_, '_, '_>,
    cells: &CellReader<'_>,
) -> Result<Vec<PriceRecord>, RowRefusal> {
    let window = fields.read_window()?;
    let mut prices = Vec::new();
    for (at, column) in fields.plan.columns() {
        if let ColumnTarget::Price(slot) = &column.target
            && let Some(content) = fields.row.find_cell(at)
        {
            prices.push(read_price(fields, cells, slot, at, content, window)?);
        }
    }
    if let Some(at) = fields.plan.column_of_field(RecordField::Price) {
        let slot = PriceTarget {
            list: read_price_list(fields, cells)?,
            currency: fields.read_field(RecordField::Currency, parse::parse_currency)?,
        };
        // A row that is too short for its price says nothing about it, and so nothing at all.
        let Some(content) = fields.row.find_cell(at) else {
            return Err(fields.missing_field(RecordField::Price, words!("price-missing")));
        };
        prices.push(read_price(fields, cells, &slot, at, content, window)?);
    }
    Ok(prices)
}

fn read_price_list(
    fields: &RowFields<'_, '_, '_>,
    cells: &CellReader<'_>,
) -> Result<Option<PriceListCode>, RowRefusal> {
    let lists = || cells.convention().shop.price_lists.keys().map(PriceListCode::as_str);
    fields.read_field(RecordField::PriceList, |text| {
        cells.convention().find_price_list(text).ok_or_else(|| {
            let known = lists().collect::<Vec<_>>().join(", ");
            let hint = find_nearest_name(text, lists()).map(|near| words!("or-meant", near = near));
            CellProblem::new(
                "price-list-unknown",
                words!("price-list-unknown", text = text, lists = known, hint = hint),
            )
        })
    })
}

fn read_price(
    fields: &RowFields<'_, '_, '_>,
    cells: &CellReader<'_>,
    slot: &PriceTarget,
    at: u16,
    content: crate::records::row::CellContent<'_>,
    window: Window,
) -> Result<PriceRecord, RowRefusal> {
    let column = fields.plan.column_at(at);
    let text = content.read_text(&column.rule);
    match cells.read_price(
        slot,
        &column.rule,
        cells.number_format_for(&column.rule, content),
        &text,
    ) {
        Ok((list, money)) => Ok(PriceRecord { column: at, list, window, money }),
        Err(problem) => Err(refuse_cell(&column.name, &text, &problem)),
    }
}
