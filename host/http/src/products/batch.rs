//! Several products at once, by SKU.

use std::sync::Arc;

use axum::response::Response;
use rikaste_contract::{ChannelDocument, ProductBatch};
use rikaste_model::code::Sku;
use rikaste_model::projection::ProductView;

use super::associations::embed_products;
use super::{ApiProblem, CatalogueView, DocumentRequest, build_documents, json_response};
use crate::catalogue_view::LoadedProduct;
use crate::openapi::{
    AsOfQuery, ChannelPath, IncludeQuery, LocaleQuery, LookupProblems, ProductIdsQuery,
};
use crate::parameters::{CheckedParameters, RawParameters};
use crate::state::ReadableChannel;

/// The most products of one answer: more is a snapshot's work.
const MAX_IDS: usize = 100;

/// The documents of the products that are named, in their order.
#[utoipa::path(
    get,
    path = "/v1/channels/{channel}/products",
    tag = "products",
    operation_id = "products",
    summary = "Several products by SKU",
    description = "At most 100. Those that the channel does not show are in `missing`. Models are asked for one by one.",
    params(ChannelPath, ProductIdsQuery, LocaleQuery, AsOfQuery, IncludeQuery),
    responses(
        (status = 200, description = "The products.", body = ProductBatch<'static>),
        LookupProblems,
    ),
    security((), ("token" = []))
)]
pub(crate) async fn list_products(
    channel: ReadableChannel,
    parameters: RawParameters,
) -> Result<Response, ApiProblem> {
    let [locale, as_of, include] = DocumentRequest::PARAMETERS;
    let known = parameters.check_names(&["ids", "id", locale, as_of, include])?;
    let request = DocumentRequest::from_parameters(&known, &channel)?;
    let skus = parse_ids(&known)?;
    let app = Arc::clone(channel.app());
    app.read_catalogue(move |catalogue| {
        let loaded = load_by_sku(catalogue, &skus)?;
        let at = catalogue.effective_moment(request.as_of);
        let views = loaded.iter().map(|product| product.product_view(catalogue.shop(), at));
        let views: Vec<ProductView<'_>> = views.collect();
        let documents = build_documents(&views, &channel, request.locale.as_ref());
        let answer = |products: Vec<ChannelDocument<'_>>| {
            let is_missing = |sku: &&String| !products.iter().any(|product| product.id == **sku);
            let missing = skus.iter().filter(is_missing).cloned().collect();
            Ok(json_response(&ProductBatch { products, missing }))
        };
        embed_products(catalogue, &channel, &request, documents, answer)
    })
    .await
}

/// The SKUs that are asked for, each once.
fn parse_ids(known: &CheckedParameters) -> Result<Vec<String>, ApiProblem> {
    let listed = known.all_values("ids").flat_map(|ids| ids.split(','));
    let mut skus: Vec<String> = Vec::new();
    for sku in listed.chain(known.all_values("id")).map(str::trim).filter(|sku| !sku.is_empty()) {
        if !skus.iter().any(|known| known == sku) {
            skus.push(sku.to_owned());
        }
    }
    match skus.len() {
        1..=MAX_IDS => Ok(skus),
        0 => Err(ApiProblem::bad_parameter(
            "ids",
            "write SKUs with commas between, such as ids=HH-1001-110,HH-1001-116; the snapshot has all products",
        )),
        count => Err(ApiProblem::bad_parameter(
            "ids",
            format_args!("{count} products are asked for; at most {MAX_IDS} are given at once"),
        )),
    }
}

fn load_by_sku(
    catalogue: &CatalogueView<'_>,
    skus: &[String],
) -> Result<Vec<LoadedProduct>, ApiProblem> {
    let mut loaded = Vec::with_capacity(skus.len());
    for sku in skus.iter().filter_map(|sku| Sku::new(sku).ok()) {
        if let Some(id) = catalogue.reader.find_product_id(&sku)? {
            loaded.extend(catalogue.load_product(id, catalogue.release_number())?);
        }
    }
    Ok(loaded)
}
