//! Single products: by SKU, by GTIN.

use std::sync::Arc;

use axum::extract::Path;
use axum::http::header::ETAG;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use rikaste_model::code::{Gtin, Sku};
use rikaste_model::locale::Locale;
use rikaste_model::moment::Moment;
use rikaste_model::product::ProductId;
use rikaste_model::projection::flatten_locale;
use rikaste_model::release::{DocumentHash, ReleaseNumber};
use rikaste_model::shop::{Channel, find_nearest_name};
use rikaste_search::SearchQuery;
use rikaste_store::StoreError;

use super::catalogue_view::{CatalogueView, format_hash};
use super::etag::{match_etag, new_etag};
use super::headers::{not_modified, typed_response};
use super::links::percent_encode;
use super::parameters::RawParameters;
use super::problem::{ApiProblem, ProblemKind};
use super::state::ReadableChannel;

/// A product's document. Its tag is the document's hash, so a reader that has it is told so
/// without the document being written.
pub(super) async fn get_product(
    channel: ReadableChannel,
    Path((_, sku)): Path<(String, String)>,
    parameters: RawParameters,
    headers: HeaderMap,
) -> Result<Response, ApiProblem> {
    let known = parameters.check_names(&["locale", "as_of"])?;
    let locale = known.parse_locale(&channel)?.cloned();
    let as_of = known.parse_as_of(&channel.app().shop.zone)?;
    let app = Arc::clone(channel.app());
    app.read_catalogue(move |catalogue| {
        let id = find_product(catalogue, &channel, &sku)?;
        if as_of.is_none()
            && let Some(hash) = find_shown_hash(catalogue, &channel, id)?
            && let Some(known) = match_etag(&headers, &document_etag(hash))
        {
            return Ok(not_modified(known));
        }
        document_response(catalogue, &channel, id, &sku, as_of, locale.as_ref(), &headers)
    })
    .await
}

fn document_response(
    catalogue: &CatalogueView<'_>,
    channel: &Channel,
    id: ProductId,
    sku: &str,
    as_of: Option<Moment>,
    locale: Option<&Locale>,
    headers: &HeaderMap,
) -> Result<Response, ApiProblem> {
    let loaded = catalogue.load_product(id, catalogue.release_number())?;
    let document = loaded.and_then(|loaded| {
        loaded.project_document(catalogue.shop(), channel, catalogue.effective_moment(as_of))
    });
    let Some(document) = document else { return Err(unknown_product(catalogue, channel, sku)) };
    let tag = document_etag(DocumentHash::hash_document(&document));
    if let Some(known) = match_etag(headers, &tag) {
        return Ok(not_modified(known));
    }
    let mut response = typed_response("application/json", flatten_for_locale(document, locale));
    response.headers_mut().insert(ETAG, tag);
    Ok(response)
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
pub(super) fn flatten_for_locale(document: Vec<u8>, locale: Option<&Locale>) -> Vec<u8> {
    match locale {
        None => document,
        Some(locale) => {
            flatten_locale(&document, locale).expect("a document has every locale of its channel")
        }
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
        Some(near) => problem.with_member("nearest", near),
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
        let mut body = b"{\"products\":[".to_vec();
        write_documents(
            catalogue,
            &channel,
            ids,
            catalogue.release_number(),
            catalogue.effective_moment(None),
            locale.as_ref(),
            &mut body,
        )?;
        body.extend_from_slice(b"]}");
        Ok(typed_response("application/json", body))
    })
    .await
}

/// Writes the documents of these products, with commas between; what the channel does not show is left out.
pub(super) fn write_documents(
    catalogue: &CatalogueView<'_>,
    channel: &Channel,
    ids: impl IntoIterator<Item = ProductId>,
    release: ReleaseNumber,
    at: Moment,
    locale: Option<&Locale>,
    into: &mut Vec<u8>,
) -> Result<(), StoreError> {
    let mut separator: &[u8] = b"";
    for id in ids {
        let Some(loaded) = catalogue.load_product(id, release)? else { continue };
        let Some(document) = loaded.project_document(catalogue.shop(), channel, at) else {
            continue;
        };
        into.extend_from_slice(separator);
        into.extend_from_slice(&flatten_for_locale(document, locale));
        separator = b",";
    }
    Ok(())
}
