//! Taking a product out of every channel by hand, and bringing it back: an edit of its status, dropped as a file.

use axum::Json;
use axum::extract::Path;
use axum::extract::rejection::JsonRejection;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use rikaste_contract::{OfferAnswer, OfferRequest};
use rikaste_model::code::Sku;
use rikaste_model::moment::Moment;
use rikaste_model::publication::PublicationState;
use rikaste_model::record::DropKind;
use rikaste_model::shop_request::ShopRequest;
use rikaste_model::well_known;

use super::access::Access;
use super::catalogue_view::CatalogueView;
use super::headers::json_response;
use super::openapi::{OfferProblems, SkuPath};
use super::parameters::RawParameters;
use super::problem::{ApiProblem, ProblemKind, reject_json};
use super::state::ManagingCaller;

/// What a body looks like, for problems.
const EXAMPLE_BODY: &str = "{\"offered\": false}";
/// Who edits, where callers have no names.
const NAMELESS_EDITOR: &str = "page";

/// Takes a product out, or brings it back.
#[utoipa::path(
    post,
    path = "/v1/products/{sku}/offer",
    tag = "products",
    operation_id = "offerProduct",
    summary = "Takes a product out of every channel, or brings it back",
    description = "Drops a file of edits: `status` becomes `archived`, or that edit is taken back. A product that is brought back is offered where its sources offer it.",
    params(SkuPath),
    request_body = OfferRequest,
    responses(
        (status = 202, description = "The file is dropped.", body = OfferAnswer),
        OfferProblems,
    ),
    security(("token" = []))
)]
pub(super) async fn offer_product(
    ManagingCaller(app): ManagingCaller,
    Path(sku): Path<String>,
    headers: HeaderMap,
    parameters: RawParameters,
    body: Result<Json<OfferRequest>, JsonRejection>,
) -> Result<Response, ApiProblem> {
    parameters.check_names(&[])?;
    let Json(OfferRequest { offered }) =
        body.map_err(|problem| reject_json(&problem, EXAMPLE_BODY))?;
    let editor = match app.tokens.identify_caller(&headers) {
        Access::Token(token) if !token.name.is_empty() => token.name,
        _ => NAMELESS_EDITOR.to_owned(),
    };
    app.read_catalogue(move |catalogue| {
        let sku = find_sku(catalogue, &sku)?;
        let name = edit_file_name(&sku, Moment::now());
        let answer = OfferAnswer { file: format!("{}/{name}", DropKind::Edits.folder()) };
        let text = edit_text(&sku, offered, &editor);
        let request = ShopRequest::DropFile { drop_kind: DropKind::Edits, name, text };
        (catalogue.app.on_request)(&request).map_err(|error| {
            let detail = format!("The file of the edit cannot be written: {error}.");
            ApiProblem::new(ProblemKind::Failed, detail)
        })?;
        Ok((StatusCode::ACCEPTED, json_response(&answer)).into_response())
    })
    .await
}

/// A product that the catalogue has.
fn find_sku(catalogue: &CatalogueView<'_>, text: &str) -> Result<Sku, ApiProblem> {
    let unknown =
        || ApiProblem::new(ProblemKind::UnknownProduct, "The shop has no product of this SKU.");
    let sku = Sku::new(text).map_err(|_| unknown())?;
    let id = catalogue.reader.find_product_id(&sku)?.ok_or_else(unknown)?;
    let product = catalogue.reader.load_product_without_reviews(id, catalogue.release_number())?;
    product.filter(|product| product.content.is_in_catalogue()).ok_or_else(unknown)?;
    Ok(sku)
}

/// `status-HH-1001-1795255200.csv`: a file of its own for each edit, so that none takes the place of another.
fn edit_file_name(sku: &Sku, at: Moment) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let plain: String =
        sku.as_str().chars().map(|c| if is_plain(c) { c } else { '_' }).take(60).collect();
    format!("{}-{plain}-{}.csv", well_known::STATUS, at.0)
}

fn edit_text(sku: &Sku, offered: bool, editor: &str) -> String {
    let value = if offered { "" } else { PublicationState::Archived.code() };
    let mut writer = csv::Writer::from_writer(Vec::new());
    let rows =
        [["sku", "attribute", "value", "by"], [sku.as_str(), well_known::STATUS, value, editor]];
    for row in rows {
        writer.write_record(row).expect("memory takes it");
    }
    let text = writer.into_inner().expect("memory takes it");
    String::from_utf8(text).expect("it is made of texts")
}
