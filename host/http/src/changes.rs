//! Changes: what a reader that stands on one release needs to stand on the current one.

use std::sync::Arc;

use axum::http::header::ETAG;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use rikaste_contract::{ChannelChange, ReleaseEvent};
use rikaste_model::locale::Locale;
use rikaste_model::product::ProductId;
use rikaste_model::release::ReleaseNumber;
use rikaste_model::shop::Channel;

use super::body_writer::{BodyWriter, JSON_LINES, StreamError};
use super::catalogue_view::{CatalogueView, LoadedProduct, ModelCache};
use super::etag::{match_etag, new_etag};
use super::headers::not_modified;
use super::links;
use super::openapi::{
    ChannelPath, LocaleQuery, LookupProblems, NotModified, ReleaseGone, SinceQuery,
};
use super::parameters::RawParameters;
use super::problem::ApiProblem;
use super::products::flatten_document;
use super::state::ReadableChannel;

/// The changes after the reader's release. Only what changed for this channel is among them, and
/// the last line alone says that all of it came.
#[utoipa::path(
    get,
    path = "/v1/channels/{channel}/changes",
    tag = "feed",
    operation_id = "changes",
    summary = "What changed since a release",
    description = "JSON Lines: `{\"upsert\": document}` and `{\"delete\": sku}`, each product once, then `{\"release\": N}`. Apply all of it at once, and only when that last line has come. Only products whose document in this channel changed are among them. 410: the release is too long ago, read the snapshot.",
    params(ChannelPath, SinceQuery, LocaleQuery),
    responses(
        (status = 200, description = "The changes.", body = ChannelChange<'static>, content_type = "application/jsonl", headers(("ETag"))),
        NotModified,
        ReleaseGone,
        LookupProblems,
    ),
    security((), ("token" = []))
)]
pub(super) async fn list_changes(
    channel: ReadableChannel,
    parameters: RawParameters,
    headers: HeaderMap,
) -> Result<Response, ApiProblem> {
    let known = parameters.check_names(&["since", "locale"])?;
    let locale = known.parse_locale(&channel)?.cloned();
    let Some(since) = known.parse_optional_number("since", 0..=u64::MAX)?.map(ReleaseNumber) else {
        return Err(ApiProblem::bad_parameter(
            "since",
            "write the release that you have, such as since=12; to begin, read the snapshot",
        ));
    };
    let app = Arc::clone(channel.app());
    app.stream_catalogue(move |catalogue, outlet| {
        let locale = locale.as_ref();
        check_release_kept(catalogue, &channel, since, locale)?;
        let tag = changes_etag(catalogue, since, locale);
        if let Some(known) = match_etag(&headers, &tag) {
            return outlet.send_response(catalogue.add_release_header(not_modified(known)));
        }
        outlet.begin_body(JSON_LINES, |mut response| {
            response.headers_mut().insert(ETAG, tag);
            catalogue.add_release_header(response)
        })?;
        write_changes(catalogue, &channel, since, locale, outlet)
    })
    .await
}

fn check_release_kept(
    catalogue: &CatalogueView<'_>,
    channel: &Channel,
    since: ReleaseNumber,
    locale: Option<&Locale>,
) -> Result<(), ApiProblem> {
    let current = catalogue.release_number();
    if since > current {
        let detail = format!(
            "there is no release {since} yet, the current one is {current}; a catalogue that was begun anew has other releases: read the snapshot"
        );
        let link = links::snapshot_link(&catalogue.shop().web, channel, current, locale);
        return Err(ApiProblem::bad_parameter("since", detail)
            .with_members(|body| body.snapshot = Some(link)));
    }
    let oldest_kept = catalogue.reader.find_oldest_kept_release()?;
    if since < oldest_kept {
        let link = links::snapshot_link(&catalogue.shop().web, channel, current, locale);
        let detail = format!(
            "Changes are kept from release {oldest_kept} on; read {link}, then ask for changes since {current}."
        );
        return Err(ApiProblem::release_gone(detail, &link));
    }
    Ok(())
}

fn changes_etag(
    catalogue: &CatalogueView<'_>,
    since: ReleaseNumber,
    locale: Option<&Locale>,
) -> HeaderValue {
    let root = catalogue
        .release
        .as_ref()
        .map_or_else(String::new, |release| release.root_hash().to_string());
    let locale = locale.map(|locale| format!("-{locale}")).unwrap_or_default();
    let root = &root[..root.len().min(32)];
    new_etag(&format!("{since}-{}-{root}{locale}", catalogue.release_number()))
}

fn write_changes(
    catalogue: &CatalogueView<'_>,
    channel: &Channel,
    since: ReleaseNumber,
    locale: Option<&Locale>,
    outlet: &mut BodyWriter,
) -> Result<(), StreamError> {
    let current = catalogue.release_number();
    let (at, mut models) = (catalogue.effective_moment(None), ModelCache::default());
    let changed = match catalogue.reader.find_channel_id(channel.code.as_str())? {
        Some(id) => catalogue.reader.list_changed_products(id, since, current)?,
        None => Vec::new(),
    };
    for id in changed {
        let product = catalogue.reader.load_product_without_reviews(id, current)?;
        let Some(product) = product else {
            write_removed_product(catalogue, id, since, outlet)?;
            continue;
        };
        let parent = models.model_of(catalogue, &product, current)?;
        let loaded = LoadedProduct { product, parent };
        let view = loaded.product_view(catalogue.shop(), at);
        match view.build_document(channel) {
            Some(document) => {
                let document = flatten_document(document, locale);
                outlet.write_json(&ChannelChange::Upsert { upsert: Box::new(document) })?;
            }
            None => write_deletion(loaded.product.sku.as_str(), outlet)?,
        }
    }
    outlet.write_json(&ChannelChange::Release(ReleaseEvent { release: current.0 }))
}

/// A product that a rollback took away. One that came after the reader's release, too, the
/// reader never had.
fn write_removed_product(
    catalogue: &CatalogueView<'_>,
    id: ProductId,
    since: ReleaseNumber,
    outlet: &mut BodyWriter,
) -> Result<(), StreamError> {
    match catalogue.reader.load_product_without_reviews(id, since)? {
        Some(product) => write_deletion(product.sku.as_str(), outlet),
        None => Ok(()),
    }
}

fn write_deletion(sku: &str, outlet: &mut BodyWriter) -> Result<(), StreamError> {
    outlet.write_json(&ChannelChange::Delete { delete: sku.into() })
}
