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
use rikaste_model::projection::flatten;
use rikaste_model::release::DocumentHash;
use rikaste_model::shop::{Channel, nearest};
use rikaste_search::Query;
use rikaste_store::StoreError;

use super::app::OpenChannel;
use super::catalogue::{Catalogue, hex};
use super::etag::{etag, known_as};
use super::headers::{not_modified, typed};
use super::links::encoded;
use super::parameters::Parameters;
use super::problem::{Kind, Problem};

/// A product's document. Its tag is the document's hash, so a reader that has it is told so
/// without the document being written.
pub(super) async fn by_sku(
    channel: OpenChannel,
    Path((_, sku)): Path<(String, String)>,
    parameters: Parameters,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let known = parameters.known(&["locale", "as_of"])?;
    let locale = known.locale(&channel)?.cloned();
    let as_of = known.as_of(&channel.app().shop.zone)?;
    let app = Arc::clone(channel.app());
    app.read(move |catalogue| {
        let id = find(catalogue, &channel, &sku)?;
        if as_of.is_none()
            && let Some(hash) = shown_hash(catalogue, &channel, id)?
            && let Some(known) = known_as(&headers, &tag(hash))
        {
            return Ok(not_modified(known));
        }
        answer(catalogue, &channel, id, &sku, as_of, locale.as_ref(), &headers)
    })
    .await
}

fn answer(
    catalogue: &Catalogue<'_>,
    channel: &Channel,
    id: ProductId,
    sku: &str,
    as_of: Option<Moment>,
    locale: Option<&Locale>,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let loaded = catalogue.load(id, catalogue.number())?;
    let document =
        loaded.and_then(|loaded| loaded.document(catalogue.shop(), channel, catalogue.at(as_of)));
    let Some(document) = document else { return Err(unknown(catalogue, channel, sku)) };
    let tag = tag(DocumentHash::of(&document));
    if let Some(known) = known_as(headers, &tag) {
        return Ok(not_modified(known));
    }
    let mut response = typed("application/json", in_locale(document, locale));
    response.headers_mut().insert(ETAG, tag);
    Ok(response)
}

fn tag(hash: DocumentHash) -> HeaderValue {
    etag(&hex(hash))
}

/// The hash of what the channel shows now, as the release recorded it.
fn shown_hash(
    catalogue: &Catalogue<'_>,
    channel: &Channel,
    id: ProductId,
) -> Result<Option<DocumentHash>, StoreError> {
    let Some(number) = catalogue.reader.channel_id(channel.code.as_str())? else { return Ok(None) };
    let state = catalogue.reader.projection(id)?;
    Ok(state.channels.iter().find(|mark| mark.channel == number).map(|mark| mark.hash))
}

/// A document as the reader asked for it: as it is, or flat in one locale.
pub(super) fn in_locale(document: Vec<u8>, locale: Option<&Locale>) -> Vec<u8> {
    match locale {
        None => document,
        Some(locale) => {
            flatten(&document, locale).expect("a document has every locale of its channel")
        }
    }
}

fn find(catalogue: &Catalogue<'_>, channel: &Channel, sku: &str) -> Result<ProductId, Problem> {
    let id = match Sku::new(sku) {
        Ok(sku) => catalogue.reader.product_id(&sku)?,
        Err(_) => None,
    };
    id.ok_or_else(|| unknown(catalogue, channel, sku))
}

/// Says that the channel does not show the product, and which SKU may have been meant.
fn unknown(catalogue: &Catalogue<'_>, channel: &Channel, sku: &str) -> Problem {
    let mut detail = format!("The channel {} shows no product of this SKU", channel.code);
    let near = nearest_sku(catalogue, &Query::new(&channel.code, sku));
    match &near {
        Some(near) => detail.push_str(&format!("; did you mean {near}?")),
        None => detail
            .push_str(&format!("; /v1/explain/{} says why, if the shop has it.", encoded(sku))),
    }
    let problem = Problem::new(Kind::UnknownProduct, detail);
    match near {
        Some(near) => problem.with("nearest", near),
        None => problem,
    }
}

/// The SKU that is most like the text of the query, among what search finds. What cannot be
/// looked up is no hint.
pub(super) fn nearest_sku(catalogue: &Catalogue<'_>, query: &Query<'_>) -> Option<String> {
    let found = catalogue.app.index.search(query).ok()?;
    let read = |id| {
        catalogue.reader.product_without_reviews(ProductId(id), catalogue.number()).ok().flatten()
    };
    let skus: Vec<Sku> =
        found.products.into_iter().filter_map(read).map(|product| product.sku).collect();
    let others = || skus.iter().map(Sku::as_str).filter(|known| *known != query.text);
    let same = others().find(|known| known.eq_ignore_ascii_case(query.text));
    same.or_else(|| nearest(query.text, others())).map(str::to_owned)
}

/// The products of a GTIN, none if the channel shows none.
pub(super) async fn by_gtin(
    channel: OpenChannel,
    Path((_, gtin)): Path<(String, String)>,
    parameters: Parameters,
) -> Result<Response, Problem> {
    let known = parameters.known(&["locale"])?;
    let locale = known.locale(&channel)?.cloned();
    let gtin = Gtin::new(&gtin).map_err(|error| {
        Problem::new(
            Kind::BadGtin,
            format!("{error}; scan it again, or type every digit that is printed under the bars"),
        )
    })?;
    let app = Arc::clone(channel.app());
    app.read(move |catalogue| {
        let ids = catalogue.reader.by_gtin(gtin)?;
        let mut body = b"{\"products\":[".to_vec();
        documents(
            catalogue,
            &channel,
            ids,
            catalogue.number(),
            catalogue.at(None),
            locale.as_ref(),
            &mut body,
        )?;
        body.extend_from_slice(b"]}");
        Ok(typed("application/json", body))
    })
    .await
}

/// Writes the documents of these products, with commas between; what the channel does not show is left out.
pub(super) fn documents(
    catalogue: &Catalogue<'_>,
    channel: &Channel,
    ids: impl IntoIterator<Item = ProductId>,
    release: u64,
    at: Moment,
    locale: Option<&Locale>,
    into: &mut Vec<u8>,
) -> Result<(), StoreError> {
    let mut separator: &[u8] = b"";
    for id in ids {
        let Some(loaded) = catalogue.load(id, release)? else { continue };
        let Some(document) = loaded.document(catalogue.shop(), channel, at) else { continue };
        into.extend_from_slice(separator);
        into.extend_from_slice(&in_locale(document, locale));
        separator = b",";
    }
    Ok(())
}
