//! Receipts: what became of each file that was dropped. Programs get the JSON that lies in the
//! folder of receipts, with the receipt's number; browsers get its page.

use axum::extract::Path;
use axum::http::header::{ACCEPT, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, VARY};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use rikaste_model::product::{ContentHash, DropId};
use rikaste_model::receipt::Receipt;
use serde_json::{Map, Value, json};

use super::catalogue_view::CatalogueView;
use super::headers::{json_response, typed_response};
use super::parameters::RawParameters;
use super::problem::{ApiProblem, ProblemKind};
use super::state::AuthorizedCaller;
use rikaste_receipts::ReceiptLocale;

/// The page has its style in itself, and nothing else.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// The latest receipts, without their messages.
pub(super) async fn list_receipts(
    AuthorizedCaller(app): AuthorizedCaller,
    parameters: RawParameters,
) -> Result<Response, ApiProblem> {
    let limit = parameters.check_names(&["limit"])?.parse_number("limit", 1..=200, 50)?;
    app.read_catalogue(move |catalogue| {
        let receipts = catalogue.reader.list_receipts(limit as u32)?;
        let shop = catalogue.shop();
        let manner = ReceiptLocale::from_shop(shop);
        let receipts: Vec<_> =
            receipts.into_iter().map(|receipt| summary_to_json(receipt, manner)).collect();
        Ok(json_response(&json!({ "receipts": receipts })))
    })
    .await
}

/// One receipt with everything that it says.
pub(super) async fn get_receipt(
    AuthorizedCaller(app): AuthorizedCaller,
    Path(id): Path<String>,
    parameters: RawParameters,
    headers: HeaderMap,
) -> Result<Response, ApiProblem> {
    parameters.check_names(&[])?;
    let folder = app.receipts.clone();
    app.read_catalogue(move |catalogue| {
        let receipt = find_receipt(catalogue, &id)?;
        let shop = catalogue.shop();
        let manner = ReceiptLocale::from_shop(shop);
        let mut response = match wants_page(&headers) {
            true => receipt_page(&receipt, manner, &folder),
            false => json_response(&receipt_to_json(&receipt, manner)),
        };
        response.headers_mut().append(VARY, HeaderValue::from(ACCEPT));
        Ok(response)
    })
    .await
}

/// The rows of a drop that were refused, to be mended and dropped again.
pub(super) async fn get_rejected_rows(
    AuthorizedCaller(app): AuthorizedCaller,
    Path(id): Path<String>,
    parameters: RawParameters,
) -> Result<Response, ApiProblem> {
    parameters.check_names(&[])?;
    let folder = app.receipts.clone();
    app.read_catalogue(move |catalogue| {
        let receipt = find_receipt(catalogue, &id)?;
        let path = rikaste_receipts::rejects_path(&folder, &receipt.file);
        let made = receipt.rejects.as_ref();
        let rows = made.and_then(|made| Some((std::fs::read(&path).ok()?, made.hash)));
        let Some((rows, _)) = rows.filter(|(rows, hash)| ContentHash::hash_bytes(rows) == *hash) else {
            let detail = "The refused rows of this drop are not there any more: they were mended, or the file was dropped again.";
            return Err(ApiProblem::new(ProblemKind::UnknownReceipt, detail));
        };
        let mut response = typed_response("text/csv; charset=utf-8", rows);
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let disposition = format!("attachment; filename*=UTF-8''{}", rikaste_receipts::encode_path_segment(name));
        let disposition = HeaderValue::try_from(disposition).expect("an address is ASCII");
        response.headers_mut().insert(CONTENT_DISPOSITION, disposition);
        Ok(response)
    })
    .await
}

fn find_receipt(catalogue: &CatalogueView<'_>, id: &str) -> Result<Receipt, ApiProblem> {
    let receipt = match id.parse() {
        Ok(number) => catalogue.reader.load_receipt(DropId(number))?,
        Err(_) => None,
    };
    receipt.ok_or_else(|| {
        let detail = "There is no receipt of this number; /v1/receipts lists the latest.";
        ApiProblem::new(ProblemKind::UnknownReceipt, detail)
    })
}

/// Browsers name HTML first; programs that name it at all do not want it.
fn wants_page(headers: &HeaderMap) -> bool {
    let accept = headers.get(ACCEPT).and_then(|accept| accept.to_str().ok());
    accept.is_some_and(|accept| accept.trim_start().starts_with("text/html"))
}

fn receipt_page(
    receipt: &Receipt,
    manner: ReceiptLocale<'_>,
    folder: &std::path::Path,
) -> Response {
    let rejects = rikaste_receipts::rejects_path(folder, &receipt.file);
    let link = rejects.is_file().then(|| format!("/v1/receipts/{}/rejected.csv", receipt.drop.0));
    let page = rikaste_receipts::render_html(receipt, manner, link.as_deref());
    let mut response = typed_response("text/html; charset=utf-8", page);
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    response
}

fn summary_to_json(mut receipt: Receipt, manner: ReceiptLocale<'_>) -> Map<String, Value> {
    receipt.messages.clear();
    let mut told = receipt_to_json(&receipt, manner);
    for whole in ["messages", "more_messages", "columns"] {
        told.remove(whole);
    }
    told
}

fn receipt_to_json(receipt: &Receipt, manner: ReceiptLocale<'_>) -> Map<String, Value> {
    let written: Map<String, Value> =
        serde_json::from_str(&rikaste_receipts::render_json(receipt, manner))
            .expect("a receipt is written as an object");
    let mut told = Map::from_iter([("id".to_owned(), json!(receipt.drop))]);
    told.extend(written);
    told.insert("at".to_owned(), json!(receipt.at.to_text(manner.zone)));
    told.insert("columns".to_owned(), json!(receipt.columns));
    if let Some(Value::Object(rows)) = told.get_mut("rows") {
        rows.insert("accepted".to_owned(), json!(receipt.rows.accepted()));
    }
    told
}
