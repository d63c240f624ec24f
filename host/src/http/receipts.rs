//! Receipts: what became of each file that was dropped.

use axum::extract::Path;
use axum::response::Response;
use jiff::tz::TimeZone;
use rikaste_catalog::receipt::Receipt;
use serde_json::{Value, json};

use super::app::Trusted;
use super::headers::json;
use super::parameters::Parameters;
use super::problem::{Kind, Problem};

/// The latest receipts, without their messages.
pub(super) async fn latest(Trusted(app): Trusted, parameters: Parameters) -> Result<Response, Problem> {
    let limit = parameters.known(&["limit"])?.number("limit", 1..=200, 50)?;
    app.read(move |catalogue| {
        let receipts = catalogue.reader.receipts(limit as u32)?;
        let receipts: Vec<_> = receipts.iter().map(|receipt| summary(receipt, &catalogue.shop().zone)).collect();
        Ok(json(&json!({ "receipts": receipts })))
    })
    .await
}

/// One receipt with everything that it says.
pub(super) async fn one(
    Trusted(app): Trusted,
    Path(id): Path<String>,
    parameters: Parameters,
) -> Result<Response, Problem> {
    parameters.known(&[])?;
    app.read(move |catalogue| {
        let receipt = match id.parse() {
            Ok(number) => catalogue.reader.receipt(number)?,
            Err(_) => None,
        };
        let Some(receipt) = receipt else {
            return Err(Problem::new(Kind::UnknownReceipt, "There is no receipt of this number; /v1/receipts lists the latest."));
        };
        Ok(json(&whole(&receipt, &catalogue.shop().zone)))
    })
    .await
}

fn summary(receipt: &Receipt, zone: &TimeZone) -> Value {
    json!({
        "id": receipt.drop.0,
        "kind": receipt.kind,
        "file": receipt.file,
        "at": receipt.at.to_text(zone),
        "milliseconds": receipt.milliseconds,
        "outcome": receipt.outcome,
        "release": receipt.release,
        "rows": {
            "accepted": receipt.rows.accepted(),
            "new": receipt.rows.new,
            "changed": receipt.rows.changed,
            "unchanged": receipt.rows.unchanged,
            "rejected": receipt.rows.rejected,
        },
        "products": receipt.products,
        "message_counts": receipt.message_counts,
    })
}

fn whole(receipt: &Receipt, zone: &TimeZone) -> Value {
    let mut told = summary(receipt, zone);
    let rest = json!({
        "hash": receipt.hash.to_string(),
        "size": receipt.size,
        "read_as": receipt.read_as,
        "columns": receipt.columns,
        "messages": receipt.messages.iter().map(super::said::diagnostic).collect::<Vec<_>>(),
    });
    if let (Some(told), Value::Object(rest)) = (told.as_object_mut(), rest) {
        told.extend(rest);
    }
    told
}
