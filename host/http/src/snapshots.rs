//! Snapshots: everything a channel shows, at one release.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, ETAG, LOCATION};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use rikaste_model::locale::Locale;
use rikaste_model::moment::Moment;
use rikaste_model::projection::flatten;
use rikaste_model::release::{Cause, ChannelState, DocumentHash, Release};
use rikaste_model::shop::Channel;

use super::app::{App, OpenChannel};
use super::catalogue::{Catalogue, hex};
use super::etag::{etag, known_as};
use super::headers::{RELEASE, immutable, not_modified};
use super::links;
use super::parameters::Parameters;
use super::problem::{Kind, Problem};
use super::streams::{Broken, JSON_LINES, Outlet};

/// Sends the reader to the current release's snapshot; a date's is answered here.
pub(super) async fn current(
    channel: OpenChannel,
    parameters: Parameters,
) -> Result<Response, Problem> {
    let known = parameters.known(&["locale", "as_of"])?;
    let locale = known.locale(&channel)?.cloned();
    let as_of = known.as_of(&channel.app().shop.zone)?;
    let app = Arc::clone(channel.app());
    match as_of {
        Some(at) => {
            app.stream(move |catalogue, outlet| {
                preview(catalogue, &channel, at, locale.as_ref(), outlet)
            })
            .await
        }
        None => app.read(move |catalogue| Ok(redirect(catalogue, &channel, locale.as_ref()))).await,
    }
}

fn redirect(catalogue: &Catalogue<'_>, channel: &Channel, locale: Option<&Locale>) -> Response {
    let link = links::snapshot(channel, catalogue.number(), locale);
    let mut response = StatusCode::TEMPORARY_REDIRECT.into_response();
    response
        .headers_mut()
        .insert(LOCATION, HeaderValue::from_str(&link).expect("links are percent-encoded"));
    response
}

fn preview(
    catalogue: &Catalogue<'_>,
    channel: &Channel,
    at: Moment,
    locale: Option<&Locale>,
    outlet: &mut Outlet,
) -> Result<(), Broken> {
    outlet.begin(JSON_LINES, |response| catalogue.stamp(response))?;
    write(catalogue, channel, catalogue.number(), at, locale, outlet).map(|_| ())
}

/// A release's snapshot. Its bytes never change.
pub(super) async fn of_release(
    channel: OpenChannel,
    Path((_, number)): Path<(String, String)>,
    parameters: Parameters,
    State(app): State<Arc<App>>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let known = parameters.known(&["locale"])?;
    let locale = known.locale(&channel)?.cloned();
    let Ok(number) = number.parse::<u64>() else {
        return Err(Problem::new(Kind::UnknownRelease, "A release is a whole number, such as 12."));
    };
    app.stream(move |catalogue, outlet| {
        if number == 0 && catalogue.release.is_none() {
            // Before the first release the catalogue is empty, but not for ever.
            return outlet.begin(JSON_LINES, |response| catalogue.stamp(response));
        }
        let release = kept(catalogue, &channel, number, locale.as_ref())?;
        let state = release.channel(channel.code.as_str());
        let Some(state) = state else {
            let detail = format!(
                "The channel {} is not part of release {number}; it is of the next.",
                channel.code
            );
            return Err(Problem::new(Kind::NotYet, detail).into());
        };
        let tag = tag(state, locale.as_ref());
        if let Some(known) = known_as(&headers, &tag) {
            return outlet.answer(complete(not_modified(known), &channel, number));
        }
        outlet.begin(JSON_LINES, |mut response| {
            response.headers_mut().insert(ETAG, tag);
            complete(response, &channel, number)
        })?;
        let sent =
            write(catalogue, &channel, number, release.effective_at, locale.as_ref(), outlet)?;
        check(&sent, state, number == catalogue.number())
    })
    .await
}

fn tag(state: &ChannelState, locale: Option<&Locale>) -> HeaderValue {
    match locale {
        None => etag(&hex(state.sum)),
        Some(locale) => etag(&format!("{}-{locale}", hex(state.sum))),
    }
}

fn complete(mut response: Response, channel: &Channel, number: u64) -> Response {
    response.headers_mut().insert(CACHE_CONTROL, immutable(Some(channel)));
    response.headers_mut().insert(RELEASE, HeaderValue::from(number));
    response
}

/// The release, if its documents can still be made: its products are kept, and the shop was not
/// configured anew since, for a document depends on the configuration, too.
fn kept(
    catalogue: &Catalogue<'_>,
    channel: &Channel,
    number: u64,
    locale: Option<&Locale>,
) -> Result<Release, Problem> {
    let current = catalogue.number();
    if number > current || number == 0 {
        let detail = format!("There is no release {number}; the current one is {current}.");
        return Err(Problem::new(Kind::UnknownRelease, detail));
    }
    let link = links::snapshot(channel, current, locale);
    let gone =
        |why: &str| Problem::gone(format!("Release {number} {why}; read {link} instead."), &link);
    if number < catalogue.reader.floor()? {
        return Err(gone("is not kept any more"));
    }
    let later = u32::try_from(current - number).unwrap_or(u32::MAX);
    if catalogue.reader.releases(later)?.iter().any(|release| release.cause == Cause::Configuration)
    {
        return Err(gone("was made with another configuration of the shop"));
    }
    catalogue.reader.release(number)?.ok_or_else(|| gone("is not kept any more"))
}

/// What was written, to be compared with what the release says.
#[derive(Debug, PartialEq, Eq)]
struct Sent {
    products: u64,
    sum: DocumentHash,
}

fn write(
    catalogue: &Catalogue<'_>,
    channel: &Channel,
    release: u64,
    at: Moment,
    locale: Option<&Locale>,
    outlet: &mut Outlet,
) -> Result<Sent, Broken> {
    let mut state = ChannelState::empty(channel.code.clone());
    catalogue.scan(release, |loaded| {
        let Some(document) = loaded.document(catalogue.shop(), channel, at) else { return Ok(()) };
        state.replace(None, Some(DocumentHash::of(&document)));
        match locale {
            None => outlet.line(&[&document]),
            Some(locale) => {
                let flat = flatten(&document, locale);
                outlet.line(&[&flat.expect("a document has every locale of its channel")])
            }
        }
    })?;
    Ok(Sent { products: state.products, sum: state.sum })
}

/// That what was written is what the release promised. An old release that turns out otherwise
/// must not be kept by anyone, so it breaks off; the current one is all there is.
fn check(sent: &Sent, state: &ChannelState, is_current: bool) -> Result<(), Broken> {
    let promised = Sent { products: state.products, sum: state.sum };
    if *sent == promised {
        return Ok(());
    }
    let detail = format!(
        "the snapshot of {} is not what its release says: {sent:?}, not {promised:?}",
        state.channel
    );
    tracing::error!("{detail}");
    if is_current { Ok(()) } else { Err(Problem::new(Kind::Failed, detail).into()) }
}
