//! Receipts: what became of each file that was dropped. Programs get the JSON that lies in the
//! folder of receipts, with the receipt's number; browsers get its page.

use std::sync::Arc;

use axum::extract::Path;
use axum::http::header::{ACCEPT, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use rikaste_contract::{ApprovalAnswer, ReceiptDocument, ReceiptList, ReceiptSummary, TimeText};
use rikaste_model::product::{ContentHash, DropId};
use rikaste_model::receipt::Receipt;
use rikaste_model::record::DropKind;
use rikaste_model::shop_request::ShopRequest;

use super::catalogue_view::CatalogueView;
use super::headers::{json_response, typed_response};
use super::openapi::{
    AccessProblems, ApprovalProblems, LookupProblems, ReceiptLimitQuery, ReceiptPath,
};
use super::parameters::RawParameters;
use super::problem::{ApiProblem, ProblemKind};
use super::state::{ApiState, AuthorizedCaller, ManagingCaller};
use rikaste_receipts::{ReceiptLinks, ReceiptLocale};

/// The page has its style in itself, and nothing else.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// The latest receipts, without their messages.
#[utoipa::path(
    get,
    path = "/v1/receipts",
    tag = "receipts",
    operation_id = "receipts",
    summary = "The latest receipts, newest first",
    params(ReceiptLimitQuery),
    responses(
        (status = 200, description = "The receipts, without their messages.", body = ReceiptList),
        AccessProblems,
    ),
    security(("token" = []))
)]
pub(super) async fn list_receipts(
    AuthorizedCaller(app): AuthorizedCaller,
    parameters: RawParameters,
) -> Result<Response, ApiProblem> {
    let limit = parameters.check_names(&["limit"])?.parse_number("limit", 1..=200, 50)?;
    app.read_catalogue(move |catalogue| {
        let receipts = catalogue.reader.list_receipts(limit as u32)?;
        let shop = catalogue.shop();
        let locale = ReceiptLocale::from_shop(shop);
        let receipts = receipts.iter().map(|receipt| build_summary(receipt, locale)).collect();
        Ok(json_response(&ReceiptList { receipts }))
    })
    .await
}

/// One receipt with everything that it says.
#[utoipa::path(
    get,
    path = "/v1/receipts/{id}",
    tag = "receipts",
    operation_id = "receipt",
    summary = "What became of a file, row by row",
    description = "A reader that prefers HTML gets a page.",
    params(ReceiptPath),
    responses(
        (status = 200, description = "The receipt.", content((ReceiptDocument = "application/json"), (String = "text/html"))),
        LookupProblems,
    ),
    security(("token" = []))
)]
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
        let locale = ReceiptLocale::from_shop(shop);
        let mut response = match wants_page(&headers) {
            true => receipt_page(&receipt, locale, &folder, shop.web.base_path()),
            false => json_response(&build_document(&receipt, locale)),
        };
        response.headers_mut().append(VARY, HeaderValue::from(ACCEPT));
        Ok(response)
    })
    .await
}

/// Takes a file in that is held.
#[utoipa::path(
    post,
    path = "/v1/receipts/{id}/approve",
    tag = "receipts",
    operation_id = "approveDrop",
    summary = "Takes a file in that is held",
    description = "The answer to the question of a receipt whose outcome is `held`. It holds for the bytes that were held. The file gets another receipt.",
    params(ReceiptPath),
    responses(
        (status = 202, description = "The pipeline takes the file in.", body = ApprovalAnswer),
        ApprovalProblems,
    ),
    security(("token" = []))
)]
pub(super) async fn approve_drop(
    ManagingCaller(app): ManagingCaller,
    Path(id): Path<String>,
    parameters: RawParameters,
) -> Result<Response, ApiProblem> {
    parameters.check_names(&[])?;
    answer_held_drop(app, id, ShopRequest::approve).await
}

/// Refuses a file that is held.
#[utoipa::path(
    post,
    path = "/v1/receipts/{id}/refuse",
    tag = "receipts",
    operation_id = "refuseDrop",
    summary = "Refuses a file that is held",
    description = "The other answer to the question of a receipt whose outcome is `held`: nothing of the file is taken, and its outcome becomes `refused`. The file is read again when it is written again.",
    params(ReceiptPath),
    responses(
        (status = 202, description = "The pipeline notes it.", body = ApprovalAnswer),
        ApprovalProblems,
    ),
    security(("token" = []))
)]
pub(super) async fn refuse_drop(
    ManagingCaller(app): ManagingCaller,
    Path(id): Path<String>,
    parameters: RawParameters,
) -> Result<Response, ApiProblem> {
    parameters.check_names(&[])?;
    answer_held_drop(app, id, ShopRequest::refuse).await
}

async fn answer_held_drop(
    app: Arc<ApiState>,
    id: String,
    answer: fn(&Receipt) -> Option<ShopRequest>,
) -> Result<Response, ApiProblem> {
    app.read_catalogue(move |catalogue| {
        let receipt = find_receipt(catalogue, &id)?;
        let file = &receipt.file;
        let held = catalogue.reader.list_awaiting_approval()?;
        let request = answer(&receipt)
            .filter(|_| held.iter().any(|held| held.drop == receipt.drop))
            .ok_or_else(|| {
                let detail =
                    format!("{file} does not wait for an answer; read its newest receipt.");
                ApiProblem::new(ProblemKind::NotHeld, detail)
            })?;
        (catalogue.app.on_request)(&request).map_err(|error| {
            let detail = format!("The answer about {file} cannot be written: {error}.");
            ApiProblem::new(ProblemKind::Failed, detail)
        })?;
        let answer = json_response(&ApprovalAnswer { file: file.clone() });
        Ok((StatusCode::ACCEPTED, answer).into_response())
    })
    .await
}

/// The rows of a drop that were refused, to be mended and dropped again.
#[utoipa::path(
    get,
    path = "/v1/receipts/{id}/rejected.csv",
    tag = "receipts",
    operation_id = "rejects",
    summary = "The rows of a drop that were refused",
    description = "As CSV in UTF-8, with the reason and the row's number before the columns of the file. Correct the rows, and drop the file under the same name.",
    params(ReceiptPath),
    responses(
        (status = 200, description = "The rows.", body = String, content_type = "text/csv"),
        LookupProblems,
    ),
    security(("token" = []))
)]
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

pub(super) fn find_receipt(catalogue: &CatalogueView<'_>, id: &str) -> Result<Receipt, ApiProblem> {
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
    locale: ReceiptLocale<'_>,
    folder: &std::path::Path,
    base: &str,
) -> Response {
    let rejects = rikaste_receipts::rejects_path(folder, &receipt.file);
    let drop = receipt.drop;
    let link = rejects.is_file().then(|| format!("{base}/v1/receipts/{drop}/rejected.csv"));
    let can_undo =
        receipt.release.is_some() && receipt.undone.is_none() && receipt.kind != DropKind::Images;
    let undo = can_undo.then(|| format!("{base}/undo?drop={drop}"));
    let links = ReceiptLinks { rejects: link.as_deref(), undo: undo.as_deref() };
    let page = rikaste_receipts::render_html(receipt, locale, links);
    let mut response = typed_response("text/html; charset=utf-8", page);
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    response
}

/// The receipt without its messages, with its number and in the shop's time zone.
fn build_summary(receipt: &Receipt, locale: ReceiptLocale<'_>) -> ReceiptSummary {
    complete_summary(rikaste_receipts::build_summary(receipt, locale.language), receipt, locale)
}

pub(super) fn build_document(receipt: &Receipt, locale: ReceiptLocale<'_>) -> ReceiptDocument {
    let document = rikaste_receipts::build_document(receipt, locale.language);
    ReceiptDocument {
        summary: complete_summary(document.summary, receipt, locale),
        columns: Some(receipt.columns.iter().map(ToString::to_string).collect()),
        ..document
    }
}

fn complete_summary(
    mut summary: ReceiptSummary,
    receipt: &Receipt,
    locale: ReceiptLocale<'_>,
) -> ReceiptSummary {
    summary.id = Some(receipt.drop.0);
    summary.at = TimeText(receipt.at.to_text(locale.zone));
    summary.rows.accepted = Some(receipt.rows.accepted());
    summary
}
