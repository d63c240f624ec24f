//! Whole files: what comes of them, row by row.

#![expect(clippy::needless_pass_by_value, reason = "`check(…, expect![[…]])` reads best")]

use std::fmt::Write as _;

use rikaste_model::code::ChannelCode;
use rikaste_model::locale::Locale;
use rikaste_model::moment::{Moment, Window};
use rikaste_model::product::ProductAssociation;
use rikaste_model::receipt::DiagnosticCollector;
use rikaste_model::record::{
    CellChange, DropKind, ImportRecord, PriceRecord, RecordBody, StockRecord,
};
use rikaste_model::shop::Shop;

use super::testing::{ImportedFile, MODEL, SHOP, TestShop};
use super::{AttributeProposal, FileError, FileImporter, MappingSet, StreamProgress};

mod advice;
mod alt_texts;
mod boundary;
mod dialects;
mod drafts;
mod edits;
mod explain;
mod joined;
mod labels;
mod mistakes;
mod non_values;
mod preset_files;
mod presets;
mod price_columns;
mod prices;
mod products;
mod real;
mod reviews;
mod sales_columns;
mod separators;
mod shapes;
mod statuses;
mod stock;
mod synonyms;
mod tables;
mod trees;
mod workbooks;
mod xlsb;
mod xml;

/// Reads a file in batches of three, so that every test goes over their edges.
fn import(
    shop: &Shop,
    mappings: &MappingSet,
    kind: DropKind,
    name: &str,
    bytes: &[u8],
) -> Result<ImportedFile, FileError> {
    ImportedFile::read_all(FileImporter::new(shop, mappings).open_source(kind, name, bytes)?)
}

/// A file's outcome as a text.
fn outcome(folder: &TestShop, kind: DropKind, name: &str, bytes: &[u8]) -> String {
    let shop = folder.shop();
    let mappings = MappingSet::load_folder(folder.path(), &shop).expect("a folder");
    if let Some(error) = mappings.broken_errors().next() {
        return error.to_string().replace(&folder.path().display().to_string(), "SHOP");
    }
    match import(&shop, &mappings, kind, name, bytes) {
        Ok(imported) => imported.to_string(),
        Err(unreadable) => format!("{}: {}\n", unreadable.code(), unreadable.to_diagnostic()),
    }
}

impl std::fmt::Display for ImportedFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{}", self.read_as)?;
        for record in &self.records {
            writeln!(f, "{} {}: {}", record.row, record.sku, describe_body(&record.body))?;
        }
        for message in &self.messages {
            writeln!(f, "{message}")?;
        }
        let StreamProgress { rows, rejected, skipped, .. } = self.progress;
        writeln!(f, "{rows} rows, {rejected} rejected, {skipped} skipped")
    }
}

fn describe_body(body: &RecordBody) -> String {
    let mut text = String::new();
    let mut put = |part: String| {
        write!(text, "{}{part}", if text.is_empty() { "" } else { "; " }).expect("text");
    };
    match body {
        RecordBody::Product(product) => {
            if product.is_model {
                put("model".to_owned());
            }
            if let Some(parent) = &product.parent {
                put(format!("parent {}", parent.as_ref().map_or("none", |sku| sku.as_str())));
            }
            product.cells.iter().for_each(|cell| {
                put(format!("[{}] {}", cell.column, describe_change(&cell.change)))
            });
            for (kind, links) in &product.associations {
                let links = links
                    .iter()
                    .map(|ProductAssociation { sku, quantity, .. }| format!("{sku}×{quantity}"));
                put(format!("{kind} → {}", links.collect::<Vec<_>>().join(" ")));
            }
            product.prices.iter().for_each(|price| put(price_text(price)));
            product.stock.iter().for_each(|level| put(stock_text(level)));
        }
        RecordBody::Review(review) => put(format!("{review:?}")),
        RecordBody::Stock(levels) => levels.iter().for_each(|level| put(stock_text(level))),
        RecordBody::Prices(prices) => prices.iter().for_each(|price| put(price_text(price))),
        RecordBody::Edit(edit) => {
            put(format!("[{}] {} by {}", edit.column, describe_change(&edit.change), edit.by));
        }
    }
    text
}

fn describe_change(change: &CellChange) -> String {
    match change {
        CellChange::Set(value) => {
            let place = place(
                value.attribute.as_str(),
                value.locale.as_ref(),
                value.channel.as_ref(),
                value.window,
            );
            format!("{place} = {}", value.data)
        }
        CellChange::Clear { attribute, locale, channel, window } => {
            format!(
                "{} cleared",
                place(attribute.as_str(), locale.as_ref(), channel.as_ref(), *window)
            )
        }
    }
}

fn place(
    attribute: &str,
    locale: Option<&Locale>,
    channel: Option<&ChannelCode>,
    window: Window,
) -> String {
    let mut place = attribute.to_owned();
    locale.iter().for_each(|locale| place.push_str(&format!(" {locale}")));
    channel.iter().for_each(|channel| place.push_str(&format!(" {channel}")));
    place + &window_text(window)
}

fn window_text(window: Window) -> String {
    if window.is_always() {
        return String::new();
    }
    let zone = jiff::tz::TimeZone::get("Europe/Helsinki").expect("bundled zone");
    let text =
        |bound: Option<Moment>| bound.map(|moment| moment.to_local_text(&zone)).unwrap_or_default();
    format!(" {}..{}", text(window.start), text(window.end))
}

fn price_text(price: &PriceRecord) -> String {
    let money = price.money.map_or("none".to_owned(), |money| money.to_string());
    format!("[{}] price {} = {money}{}", price.column, price.list, window_text(price.window))
}

fn stock_text(level: &StockRecord) -> String {
    format!("[{}] stock {} = {}", level.column, level.location, level.quantity)
}
