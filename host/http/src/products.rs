//! Single products: by SKU, by GTIN, several at once, a model with its variants.

use std::sync::Arc;

use axum::extract::Path;
use axum::http::header::ETAG;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use rikaste_contract::{ChannelDocument, ProductAnswer, ProductList};
use rikaste_model::code::{Gtin, Sku};
use rikaste_model::locale::Locale;
use rikaste_model::moment::Moment;
use rikaste_model::product::ProductId;
use rikaste_model::projection::ProductView;
use rikaste_model::release::{DocumentHash, ReleaseNumber};
use rikaste_model::shop::{Channel, find_nearest_name};
use rikaste_search::SearchQuery;
use rikaste_store::StoreError;

use super::catalogue_view::{CatalogueView, LoadedProduct, format_hash};
use super::etag::{match_etag, new_etag};
use super::headers::{json_response, not_modified, typed_response};
use super::links::percent_encode;
use super::openapi::{
    AsOfQuery, ChannelPath, GtinPath, IncludeQuery, LocaleQuery, LookupProblems, NotModified,
    SkuPath,
};
use super::parameters::{CheckedParameters, RawParameters};
use super::problem::{ApiProblem, ProblemKind};
use super::state::ReadableChannel;

mod associations;
mod batch;
mod model;

pub(super) use batch::{__path_list_products, list_products};

/// What is wanted of the documents of an answer.
#[derive(Debug)]
struct DocumentRequest {
    locale: Option<Locale>,
    as_of: Option<Moment>,
    /// Whether associated products come with those that name them.
    with_associations: bool,
}

impl DocumentRequest {
    /// The parameters that it is read from.
    const PARAMETERS: [&str; 3] = ["locale", "as_of", "include"];

    fn from_parameters(
        known: &CheckedParameters,
        channel: &ReadableChannel,
    ) -> Result<Self, ApiProblem> {
        let with_associations = match known.single_value("include")? {
            None => false,
            Some("associations") => true,
            Some(_) => return Err(ApiProblem::bad_parameter("include", "write associations")),
        };
        Ok(Self {
            locale: known.parse_locale(channel)?.cloned(),
            as_of: known.parse_as_of(&channel.app().configuration.shop.zone)?,
            with_associations,
        })
    }
}

/// A product's document. Its tag is the document's hash, so a reader that has it is told so
/// without the document being written.
#[utoipa::path(
    get,
    path = "/v1/channels/{channel}/products/{sku}",
    tag = "products",
    operation_id = "product",
    summary = "A product, or a product model with its variants",
    description = "The tag of a product is the document's hash: it changes when the document does, not with every release. A model has `variants`; the feed does not have models.",
    params(ChannelPath, SkuPath, LocaleQuery, AsOfQuery, IncludeQuery),
    responses(
        (status = 200, description = "The document.", body = ProductAnswer<'static>, headers(("ETag"))),
        NotModified,
        LookupProblems,
    ),
    security((), ("token" = []))
)]
pub(super) async fn get_product(
    channel: ReadableChannel,
    Path((_, sku)): Path<(String, String)>,
    parameters: RawParameters,
    headers: HeaderMap,
) -> Result<Response, ApiProblem> {
    let known = parameters.check_names(&DocumentRequest::PARAMETERS)?;
    let request = DocumentRequest::from_parameters(&known, &channel)?;
    let app = Arc::clone(channel.app());
    app.read_catalogue(move |catalogue| {
        let id = find_product(catalogue, &channel, &sku)?;
        if request.as_of.is_none()
            && !request.with_associations
            && let Some(hash) = find_shown_hash(catalogue, &channel, id)?
            && let Some(known) = match_etag(&headers, &document_etag(hash))
        {
            return Ok(not_modified(known));
        }
        let unknown = || unknown_product(catalogue, &channel, &sku);
        let loaded = catalogue.load_product(id, catalogue.release_number())?.ok_or_else(unknown)?;
        if loaded.product.content.is_model {
            let answer =
                model::model_response(catalogue, &channel, id, loaded, &request, &headers)?;
            return answer.ok_or_else(unknown);
        }
        document_response(catalogue, &channel, &loaded, &request, &headers)?.ok_or_else(unknown)
    })
    .await
}

/// The answer about a product; `None` if the channel does not show it.
fn document_response(
    catalogue: &CatalogueView<'_>,
    channel: &Channel,
    loaded: &LoadedProduct,
    request: &DocumentRequest,
    headers: &HeaderMap,
) -> Result<Option<Response>, ApiProblem> {
    let at = catalogue.effective_moment(request.as_of);
    let view = loaded.product_view(catalogue.shop(), at);
    let Some(document) = view.build_document(channel) else { return Ok(None) };
    let locale = request.locale.as_ref();
    if request.with_associations {
        let documents = vec![flatten_document(document, locale)];
        let embed =
            |documents: Vec<ChannelDocument<'_>>| Ok(tagged_response(&documents[0], headers));
        return associations::embed_products(catalogue, channel, request, documents, embed)
            .map(Some);
    }
    let json = document.to_canonical_json();
    let tag = document_etag(DocumentHash::hash_document(&json));
    if let Some(known) = match_etag(headers, &tag) {
        return Ok(Some(not_modified(known)));
    }
    let mut response = match locale {
        None => typed_response("application/json", json),
        Some(_) => json_response(&flatten_document(document, locale)),
    };
    response.headers_mut().insert(ETAG, tag);
    Ok(Some(response))
}

/// An answer whose tag is the hash of its bytes.
fn tagged_response(body: &impl serde::Serialize, headers: &HeaderMap) -> Response {
    let json = serde_json::to_vec(body).expect("answers are made of texts, numbers and lists");
    let tag = document_etag(DocumentHash::hash_document(&json));
    if let Some(known) = match_etag(headers, &tag) {
        return not_modified(known);
    }
    let mut response = typed_response("application/json", json);
    response.headers_mut().insert(ETAG, tag);
    response
}

fn document_etag(hash: DocumentHash) -> HeaderValue {
    new_etag(&format_hash(hash))
}

/// The hash of what the channel shows now, as the release recorded it.
fn find_shown_hash(
    catalogue: &CatalogueView<'_>,
    channel: &Channel,
    id: ProductId,
) -> Result<Option<DocumentHash>, StoreError> {
    let Some(number) = catalogue.reader.find_channel_id(channel.code.as_str())? else {
        return Ok(None);
    };
    let state = catalogue.reader.load_projection_state(id)?;
    Ok(state.channels.iter().find(|mark| mark.channel == number).map(|mark| mark.hash))
}

/// A document as the reader asked for it: as it is, or flat in one locale.
pub(super) fn flatten_document<'d>(
    document: ChannelDocument<'d>,
    locale: Option<&Locale>,
) -> ChannelDocument<'d> {
    match locale {
        None => document,
        Some(locale) => document
            .flatten_locale(locale.as_str())
            .expect("a document has every locale of its channel"),
    }
}

fn find_product(
    catalogue: &CatalogueView<'_>,
    channel: &Channel,
    sku: &str,
) -> Result<ProductId, ApiProblem> {
    let id = match Sku::new(sku) {
        Ok(sku) => catalogue.reader.find_product_id(&sku)?,
        Err(_) => None,
    };
    id.ok_or_else(|| unknown_product(catalogue, channel, sku))
}

/// Says that the channel does not show the product, and which SKU may have been meant.
fn unknown_product(catalogue: &CatalogueView<'_>, channel: &Channel, sku: &str) -> ApiProblem {
    let mut detail = format!("The channel {} shows no product of this SKU", channel.code);
    let near = find_nearest_sku(catalogue, &SearchQuery::new(&channel.code, sku));
    match &near {
        Some(near) => detail.push_str(&format!("; did you mean {near}?")),
        None => detail.push_str(&format!(
            "; /v1/explain/{} says why, if the shop has it.",
            percent_encode(sku)
        )),
    }
    let problem = ApiProblem::new(ProblemKind::UnknownProduct, detail);
    match near {
        Some(near) => problem.with_members(|body| body.nearest = Some(near)),
        None => problem,
    }
}

/// The SKU that is most like the text of the query, among what search finds. What cannot be
/// looked up is no hint.
pub(super) fn find_nearest_sku(
    catalogue: &CatalogueView<'_>,
    query: &SearchQuery<'_>,
) -> Option<String> {
    let found = catalogue.app.index.search_products(query).ok()?;
    let read = |id| {
        catalogue
            .reader
            .load_product_without_reviews(ProductId(id), catalogue.release_number())
            .ok()
            .flatten()
    };
    let skus: Vec<Sku> =
        found.products.into_iter().filter_map(read).map(|product| product.sku).collect();
    let others = || skus.iter().map(Sku::as_str).filter(|known| *known != query.text);
    let same = others().find(|known| known.eq_ignore_ascii_case(query.text));
    same.or_else(|| find_nearest_name(query.text, others())).map(str::to_owned)
}

/// The products of a GTIN, none if the channel shows none.
#[utoipa::path(
    get,
    path = "/v1/channels/{channel}/gtin/{gtin}",
    tag = "products",
    operation_id = "productsByGtin",
    summary = "The products of a GTIN",
    description = "8, 12, 13 or 14 digits; the check digit is checked.",
    params(ChannelPath, GtinPath, LocaleQuery),
    responses(
        (status = 200, description = "The documents; none if the channel shows none.", body = ProductList<'static>),
        LookupProblems,
    ),
    security((), ("token" = []))
)]
pub(super) async fn find_products_by_gtin(
    channel: ReadableChannel,
    Path((_, gtin)): Path<(String, String)>,
    parameters: RawParameters,
) -> Result<Response, ApiProblem> {
    let known = parameters.check_names(&["locale"])?;
    let locale = known.parse_locale(&channel)?.cloned();
    let gtin = Gtin::new(&gtin).map_err(|error| {
        ApiProblem::new(
            ProblemKind::BadGtin,
            format!("{error}; scan it again, or type every digit that is printed under the bars"),
        )
    })?;
    let app = Arc::clone(channel.app());
    app.read_catalogue(move |catalogue| {
        let ids = catalogue.reader.find_products_by_gtin(gtin)?;
        let loaded = load_products(catalogue, ids, catalogue.release_number())?;
        let at = catalogue.effective_moment(None);
        let views = loaded.iter().map(|product| product.product_view(catalogue.shop(), at));
        let views: Vec<ProductView<'_>> = views.collect();
        let products = build_documents(&views, &channel, locale.as_ref());
        Ok(json_response(&ProductList { products }))
    })
    .await
}

/// These products with their models; those that the release does not have are left out.
pub(super) fn load_products(
    catalogue: &CatalogueView<'_>,
    ids: impl IntoIterator<Item = ProductId>,
    release: ReleaseNumber,
) -> Result<Vec<LoadedProduct>, StoreError> {
    let loaded = ids.into_iter().map(|id| catalogue.load_product(id, release));
    loaded.filter_map(Result::transpose).collect()
}

/// The documents of those products that the channel shows.
pub(super) fn build_documents<'v>(
    views: &'v [ProductView<'_>],
    channel: &'v Channel,
    locale: Option<&Locale>,
) -> Vec<ChannelDocument<'v>> {
    let documents = views.iter().filter_map(|view| view.build_document(channel));
    documents.map(|document| flatten_document(document, locale)).collect()
}
