//! Snapshots: everything a channel shows, at one release.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, ETAG, LOCATION};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use rikaste_contract::ChannelDocument;
use rikaste_model::locale::Locale;
use rikaste_model::moment::Moment;
use rikaste_model::release::{ChannelState, DocumentHash, Release, ReleaseCause, ReleaseNumber};
use rikaste_model::shop::Channel;

use super::body_writer::{BodyWriter, JSON_LINES, StreamError};
use super::catalogue_view::{CatalogueView, format_hash};
use super::etag::{match_etag, new_etag};
use super::headers::{RELEASE_HEADER, immutable_cache_control, not_modified};
use super::links;
use super::openapi::{
    AsOfQuery, ChannelPath, LocaleQuery, LookupProblems, NotModified, ReleaseGone, ReleasePath,
};
use super::parameters::RawParameters;
use super::problem::{ApiProblem, ProblemKind};
use super::products::flatten_document;
use super::state::{ApiState, ReadableChannel};

/// Sends the reader to the current release's snapshot; a date's is answered here.
#[utoipa::path(
    get,
    path = "/v1/channels/{channel}/snapshot",
    tag = "feed",
    operation_id = "snapshot",
    summary = "The current snapshot, or a preview of a date",
    description = "Redirects to the current release's snapshot. With `as_of` it answers itself: the current release as it will be at that moment, when windows of texts and prices have opened and closed.",
    params(ChannelPath, LocaleQuery, AsOfQuery),
    responses(
        (status = 200, description = "With `as_of`: a document a line.", body = ChannelDocument<'static>, content_type = "application/jsonl"),
        (status = 307, description = "The current release's snapshot.", headers(("Location" = String))),
        LookupProblems,
    ),
    security((), ("token" = []))
)]
pub(super) async fn get_current_snapshot(
    channel: ReadableChannel,
    parameters: RawParameters,
) -> Result<Response, ApiProblem> {
    let known = parameters.check_names(&["locale", "as_of"])?;
    let locale = known.parse_locale(&channel)?.cloned();
    let as_of = known.parse_as_of(&channel.app().configuration.shop.zone)?;
    let app = Arc::clone(channel.app());
    match as_of {
        Some(at) => {
            app.stream_catalogue(move |catalogue, outlet| {
                write_preview(catalogue, &channel, at, locale.as_ref(), outlet)
            })
            .await
        }
        None => {
            app.read_catalogue(move |catalogue| {
                Ok(redirect_to_snapshot(catalogue, &channel, locale.as_ref()))
            })
            .await
        }
    }
}

fn redirect_to_snapshot(
    catalogue: &CatalogueView<'_>,
    channel: &Channel,
    locale: Option<&Locale>,
) -> Response {
    let link =
        links::snapshot_link(&catalogue.shop().web, channel, catalogue.release_number(), locale);
    let mut response = StatusCode::TEMPORARY_REDIRECT.into_response();
    response
        .headers_mut()
        .insert(LOCATION, HeaderValue::from_str(&link).expect("links are percent-encoded"));
    response
}

fn write_preview(
    catalogue: &CatalogueView<'_>,
    channel: &Channel,
    at: Moment,
    locale: Option<&Locale>,
    outlet: &mut BodyWriter,
) -> Result<(), StreamError> {
    outlet.begin_body(JSON_LINES, |response| catalogue.add_release_header(response))?;
    write_snapshot(catalogue, channel, catalogue.release_number(), at, locale, outlet).map(|_| ())
}

/// A release's snapshot. Its bytes never change.
#[utoipa::path(
    get,
    path = "/v1/channels/{channel}/snapshot/{release}",
    tag = "feed",
    operation_id = "snapshotOfRelease",
    summary = "Everything the channel shows, at one release",
    description = "JSON Lines (`application/jsonl`): one document a line, in the order of the products' numbers. It never changes and may be kept for ever. An answer that cannot be finished breaks the connection off, it never just ends. A release that is not kept any more, or was made with another configuration of the shop, is 410.",
    params(ChannelPath, ReleasePath, LocaleQuery),
    responses(
        (status = 200, description = "A document a line.", body = ChannelDocument<'static>, content_type = "application/jsonl", headers(("ETag"), ("Cache-Control"))),
        NotModified,
        ReleaseGone,
        LookupProblems,
    ),
    security((), ("token" = []))
)]
pub(super) async fn get_release_snapshot(
    channel: ReadableChannel,
    Path((_, number)): Path<(String, String)>,
    parameters: RawParameters,
    State(app): State<Arc<ApiState>>,
    headers: HeaderMap,
) -> Result<Response, ApiProblem> {
    let known = parameters.check_names(&["locale"])?;
    let locale = known.parse_locale(&channel)?.cloned();
    let Ok(number) = number.parse::<ReleaseNumber>() else {
        return Err(ApiProblem::new(
            ProblemKind::UnknownRelease,
            "A release is a whole number, such as 12.",
        ));
    };
    app.stream_catalogue(move |catalogue, outlet| {
        if number == ReleaseNumber::BEFORE_FIRST && catalogue.release.is_none() {
            // Before the first release the catalogue is empty, but not for ever.
            return outlet
                .begin_body(JSON_LINES, |response| catalogue.add_release_header(response));
        }
        let release = find_kept_release(catalogue, &channel, number, locale.as_ref())?;
        let state = release.find_channel(channel.code.as_str());
        let Some(state) = state else {
            let detail = format!(
                "The channel {} is not part of release {number}; it is of the next.",
                channel.code
            );
            return Err(ApiProblem::new(ProblemKind::NotYet, detail).into());
        };
        let tag = snapshot_etag(state, locale.as_ref());
        if let Some(known) = match_etag(&headers, &tag) {
            return outlet.send_response(add_snapshot_headers(
                not_modified(known),
                &channel,
                number,
            ));
        }
        outlet.begin_body(JSON_LINES, |mut response| {
            response.headers_mut().insert(ETAG, tag);
            add_snapshot_headers(response, &channel, number)
        })?;
        let sent = write_snapshot(
            catalogue,
            &channel,
            number,
            release.effective_at,
            locale.as_ref(),
            outlet,
        )?;
        check_sent(&sent, state, number == catalogue.release_number())
    })
    .await
}

fn snapshot_etag(state: &ChannelState, locale: Option<&Locale>) -> HeaderValue {
    match locale {
        None => new_etag(&format_hash(state.sum)),
        Some(locale) => new_etag(&format!("{}-{locale}", format_hash(state.sum))),
    }
}

fn add_snapshot_headers(
    mut response: Response,
    channel: &Channel,
    number: ReleaseNumber,
) -> Response {
    response.headers_mut().insert(CACHE_CONTROL, immutable_cache_control(Some(channel)));
    response.headers_mut().insert(RELEASE_HEADER, HeaderValue::from(number.0));
    response
}

/// The release, if its documents can still be made: its products are kept, and the shop was not
/// configured anew since, for a document depends on the configuration, too.
fn find_kept_release(
    catalogue: &CatalogueView<'_>,
    channel: &Channel,
    number: ReleaseNumber,
    locale: Option<&Locale>,
) -> Result<Release, ApiProblem> {
    let current = catalogue.release_number();
    if number > current || number == ReleaseNumber::BEFORE_FIRST {
        let detail = format!("There is no release {number}; the current one is {current}.");
        return Err(ApiProblem::new(ProblemKind::UnknownRelease, detail));
    }
    let link = links::snapshot_link(&catalogue.shop().web, channel, current, locale);
    let gone = |why: &str| {
        ApiProblem::release_gone(format!("Release {number} {why}; read {link} instead."), &link)
    };
    if number < catalogue.reader.find_oldest_kept_release()? {
        return Err(gone("is not kept any more"));
    }
    let later = u32::try_from(number.count_behind(current)).unwrap_or(u32::MAX);
    if catalogue
        .reader
        .list_releases(later)?
        .iter()
        .any(|release| release.cause == ReleaseCause::Configuration)
    {
        return Err(gone("was made with another configuration of the shop"));
    }
    catalogue.reader.load_release(number)?.ok_or_else(|| gone("is not kept any more"))
}

/// What was written, to be compared with what the release says.
#[derive(Debug, PartialEq, Eq)]
struct SentSnapshot {
    products: u64,
    sum: DocumentHash,
}

fn write_snapshot(
    catalogue: &CatalogueView<'_>,
    channel: &Channel,
    release: ReleaseNumber,
    at: Moment,
    locale: Option<&Locale>,
    outlet: &mut BodyWriter,
) -> Result<SentSnapshot, StreamError> {
    let mut state = ChannelState::new_empty(channel.code.clone());
    catalogue.scan_products(release, |loaded| {
        let view = loaded.product_view(catalogue.shop(), at);
        let Some(document) = view.build_document(channel) else { return Ok(()) };
        let json = document.to_canonical_json();
        state.replace_document(None, Some(DocumentHash::hash_document(&json)));
        match locale {
            None => outlet.write_line(&json),
            Some(_) => outlet.write_json(&flatten_document(document, locale)),
        }
    })?;
    Ok(SentSnapshot { products: state.products, sum: state.sum })
}

/// That what was written is what the release promised. An old release that turns out otherwise
/// must not be kept by anyone, so it breaks off; the current one is all there is.
fn check_sent(
    sent: &SentSnapshot,
    state: &ChannelState,
    is_current: bool,
) -> Result<(), StreamError> {
    let promised = SentSnapshot { products: state.products, sum: state.sum };
    if *sent == promised {
        return Ok(());
    }
    let detail = format!(
        "the snapshot of {} is not what its release says: {sent:?}, not {promised:?}",
        state.channel
    );
    tracing::error!("{detail}");
    if is_current { Ok(()) } else { Err(ApiProblem::new(ProblemKind::Failed, detail).into()) }
}
