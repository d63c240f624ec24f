//! What comes of a file, as the manual writes it: a line for each record, then what there is to say.

use std::fmt::Write as _;

use jiff::tz::TimeZone;
use rikaste_import::{FileError, FileImporter, ImportStream, MappingSet};
use rikaste_model::code::ChannelCode;
use rikaste_model::locale::Locale;
use rikaste_model::moment::{Moment, Window};
use rikaste_model::receipt::DiagnosticCollector;
use rikaste_model::record::{
    CellChange, DropKind, ImportRecord, PriceRecord, ProductRecord, RecordBody, ReviewRecord,
    StockRecord,
};
use rikaste_model::shop::Shop;

use super::shop::ExampleShop;

/// Reads all of a file.
pub(super) fn read_all(
    reading: &mut ImportStream<'_>,
) -> Result<(Vec<ImportRecord>, Vec<String>), FileError> {
    let (mut records, mut messages) = (Vec::new(), DiagnosticCollector::default());
    while !reading.next_batch(100, &mut records, &mut messages)?.finished {}
    let messages = messages.into_diagnostics().0;
    let messages = messages.iter().map(|message| format!("{}: {message}", message.severity));
    Ok((records, messages.collect()))
}

/// What comes of a file in a shop with its mappings, as a text.
pub(super) fn outcome(folder: &ExampleShop, kind: DropKind, name: &str, bytes: &[u8]) -> String {
    let shop = folder.load().expect("the example shop is valid");
    let mappings = MappingSet::load_folder(folder.path(), &shop).expect("a folder");
    if let Some(error) = mappings.broken_errors().next() {
        return folder.hide_path(&format!("{error}\n"));
    }
    let importer = FileImporter::new(&shop, &mappings);
    let bytes = std::io::Cursor::new(bytes.to_vec());
    let read = importer.open_source(kind, name, bytes).and_then(|mut reading| {
        let above = reading.reject_above();
        read_all(&mut reading).map(|(records, messages)| (records, messages, above))
    });
    let (records, messages, above) = match read {
        Ok(read) => read,
        Err(unreadable) => {
            let mut text = String::new();
            write_wrapped(&mut text, &format!("refused: {}", unreadable.to_diagnostic()));
            return text;
        }
    };
    let mut text = String::new();
    let mut line = |words: String| write_wrapped(&mut text, &words);
    if let Some(range) = importer.find_full_range(kind, name) {
        line(format!("whole range \"{}\", asks above {}", range.name, range.most_gone));
    }
    above.iter().for_each(|share| line(format!("refused whole above {share} bad rows")));
    records.iter().for_each(|record| line(record_text(record, &shop)));
    messages.into_iter().for_each(&mut line);
    text
}

/// The longest line, in characters.
const WIDTH: usize = 110;

/// Writes a line; what does not fit goes on below, indented.
fn write_wrapped(text: &mut String, line: &str) {
    let mut width = 0;
    for word in line.split(' ') {
        let length = word.chars().count();
        let separator = match width {
            0 => "",
            width if width + 1 + length > WIDTH => "\n   ",
            _ => " ",
        };
        width = if separator.starts_with('\n') { 3 } else { width + separator.len() };
        width += length;
        write!(text, "{separator}{word}").expect("a text takes all");
    }
    text.push('\n');
}

fn record_text(record: &ImportRecord, shop: &Shop) -> String {
    let parts = match &record.body {
        RecordBody::Product(product) => product_parts(product, &shop.zone),
        RecordBody::Review(review) => vec![review_text(review)],
        RecordBody::Stock(levels) => levels.iter().map(stock_text).collect(),
        RecordBody::Prices(prices) => prices.iter().map(|p| price_text(p, &shop.zone)).collect(),
        RecordBody::Edit(edit) => {
            vec![format!("{} by {}", value_text(&edit.change, &shop.zone), edit.by)]
        }
    };
    format!("row {}: {}: {}", record.row, record.sku, parts.join("; "))
}

fn product_parts(product: &ProductRecord, zone: &TimeZone) -> Vec<String> {
    let mut parts = Vec::new();
    if (product.source.as_str(), product.priority) != ("products", 0) {
        parts.push(format!("source {} ({})", product.source, product.priority));
    }
    if product.is_model {
        parts.push("model".to_owned());
    }
    match &product.parent {
        None => {}
        Some(None) => parts.push("no parent".to_owned()),
        Some(Some(parent)) => parts.push(format!("variant of {parent}")),
    }
    parts.extend(product.cells.iter().map(|cell| value_text(&cell.change, zone)));
    for (kind, links) in &product.associations {
        let links = links.iter().map(|link| format!("{} ×{}", link.sku, link.quantity));
        let links: Vec<_> = links.collect();
        let links = if links.is_empty() { "none".to_owned() } else { links.join(", ") };
        parts.push(format!("{kind} → {links}"));
    }
    parts.extend(product.prices.iter().map(|price| price_text(price, zone)));
    parts.extend(product.stock.iter().map(stock_text));
    parts
}

fn value_text(change: &CellChange, zone: &TimeZone) -> String {
    let place = |attribute: &str, locale: Option<&str>, channel: Option<&str>, window| {
        let narrowed = locale.into_iter().chain(channel).map(|part| format!(" {part}"));
        format!("{attribute}{}{}", narrowed.collect::<String>(), window_text(window, zone))
    };
    match change {
        CellChange::Set(value) => {
            let locale = value.locale.as_ref().map(Locale::as_str);
            let channel = value.channel.as_ref().map(ChannelCode::as_str);
            let place = place(value.attribute.as_str(), locale, channel, value.window);
            format!("{place} = {}", value.data.to_string().replace('\n', "⏎"))
        }
        CellChange::Clear { attribute, locale, channel, window } => {
            let locale = locale.as_ref().map(Locale::as_str);
            let channel = channel.as_ref().map(ChannelCode::as_str);
            format!("{} cleared", place(attribute.as_str(), locale, channel, *window))
        }
    }
}

fn window_text(window: Window, zone: &TimeZone) -> String {
    if window.is_always() {
        return String::new();
    }
    let text = |bound: Option<Moment>| match bound {
        None | Some(Moment(0)) => "…".to_owned(),
        Some(moment) => moment.to_local_text(zone),
    };
    format!(" [{} – {})", text(window.start), text(window.end))
}

fn price_text(price: &PriceRecord, zone: &TimeZone) -> String {
    let money = price.money.map_or_else(|| "none".to_owned(), |money| money.to_string());
    format!("price {}{} = {money}", price.list, window_text(price.window, zone))
}

fn stock_text(level: &StockRecord) -> String {
    format!("stock {} = {}", level.location, level.quantity)
}

fn review_text(review: &ReviewRecord) -> String {
    let locale = review.locale.as_ref().map(|locale| format!(" ({locale})"));
    let date = review.date.as_deref().unwrap_or("no date");
    format!(
        "review {} of {} by {}, {date}: {} / {}{}",
        review.rating,
        review.source,
        review.author,
        review.title,
        review.text,
        locale.unwrap_or_default()
    )
}
