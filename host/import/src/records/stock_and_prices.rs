//! Rows of stock and price files.

use std::borrow::Cow;

use rikaste_model::code::PriceListCode;
use rikaste_model::record::{PriceRecord, StockRecord};
use rikaste_model::shop::find_nearest_name;
use rikaste_model::words;
use rust_decimal::Decimal;

use crate::columns::{ColumnTarget, PriceTarget, PriceTerm, RecordField};
use crate::records::cells::CellReader;
use crate::records::fields::RowFields;
use crate::records::parse::{self, CellProblem};
use crate::records::row_diagnostics::{RowDiagnostics, RowRefusal, refuse_cell};
use crate::records::row_prices::{
    PriceSettling, PriceTally, PriceTerms, RowPrices, read_sale_window,
};

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
    // Where no row names one, the shop does.
    let is_unplaced = fields.plan.unplaced_quantity().is_some();
    let of_shop = cells.convention().shop.default_location().filter(|_| is_unplaced);
    let location = location
        .or_else(|| of_shop.cloned())
        .ok_or_else(|| fields.missing_field(RecordField::Location, words!("stock-no-location")))?;
    let Some((column, at, content)) = fields.find_cell(RecordField::Quantity) else {
        return Err(fields.missing_field(RecordField::Quantity, words!("stock-no-quantity")));
    };
    let text = content.read_text(&column.rule);
    let quantity = parse::parse_integer(&text, cells.number_format_for(&column.rule, content))
        .map_err(|problem| refuse_cell(&column.name, &text, &problem))?;
    Ok(StockRecord { column: at, location, quantity })
}

/// Reads the prices that a row holds: in its fields, and in the columns that are a list's. Nothing where
/// they are left out, which is counted.
pub(crate) fn read_prices(
    fields: &RowFields<'_, '_, '_>,
    cells: &CellReader<'_>,
    tally: &mut PriceTally,
    notes: &mut RowDiagnostics<'_>,
) -> Result<Option<Vec<PriceRecord>>, RowRefusal> {
    let plan = fields.plan;
    let window = Some(fields.read_window()?).filter(|window| !window.is_always());
    if is_quantity_price(fields, cells)? {
        tally.count_quantity_price();
        return Ok(None);
    }
    let terms = PriceTerms::from_row(plan, fields.row)
        .map_err(|(at, text, problem)| refuse_cell(&plan.column_at(at).name, &text, &problem))?;
    let row_slot = PriceTarget {
        list: read_price_list(fields, cells)?,
        currency: fields.read_field(RecordField::Currency, parse::parse_currency)?,
        ..PriceTarget::default()
    };
    let mut prices = RowPrices::default();
    let field = plan.column_of_field(RecordField::Price);
    for (at, column) in plan.columns() {
        let slot = match &column.target {
            ColumnTarget::Price(slot) => Cow::Owned(PriceTarget {
                list: slot.list.clone().or_else(|| row_slot.list.clone()),
                currency: slot.currency.or(row_slot.currency),
                ..*slot
            }),
            ColumnTarget::Field(RecordField::Price) if field == Some(at) => {
                Cow::Borrowed(&row_slot)
            }
            _ => continue,
        };
        let Some(content) = fields.row.find_cell(at) else {
            // A row that is too short for its price says nothing about it, and so nothing at all.
            match field == Some(at) {
                true => {
                    let message = words!("price-missing");
                    return Err(fields.missing_field(RecordField::Price, message));
                }
                false => continue,
            }
        };
        let read =
            prices.read_cell(cells, (&slot, &column.rule, at), content, (terms, None), tally);
        if let Some((text, problem)) = read.err().into_iter().flatten().next() {
            return Err(refuse_cell(&column.name, &text, &problem));
        }
    }
    let window = match window {
        None => read_sale_window(plan, fields.row, notes),
        window => Ok(window),
    };
    if prices.is_foreign() {
        return Ok(None);
    }
    Ok(Some(prices.settle(&mut PriceSettling { plan, window, since: None, notes, tally })))
}

/// Whether the price of a row holds from a second piece on only.
fn is_quantity_price(
    fields: &RowFields<'_, '_, '_>,
    cells: &CellReader<'_>,
) -> Result<bool, RowRefusal> {
    let Some(at) = fields.plan.price_columns().find_term(PriceTerm::MinimumQuantity) else {
        return Ok(false);
    };
    let Some(content) = fields.row.find_cell(at).filter(|content| !content.is_empty()) else {
        return Ok(false);
    };
    let column = fields.plan.column_at(at);
    let text = content.read_text(&column.rule);
    let quantity = parse::parse_decimal(&text, cells.number_format_for(&column.rule, content));
    let quantity = quantity.map_err(|problem| refuse_cell(&column.name, &text, &problem))?;
    Ok(quantity > Decimal::ONE)
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
