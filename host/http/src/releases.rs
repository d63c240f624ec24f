//! Releases, and what the program says of itself.

use axum::http::header::ETAG;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use jiff::tz::TimeZone;
use rikaste_model::release::{Cause, ChannelState, Release};
use serde_json::{Map, Value, json};

use super::app::Caller;
use super::etag::{etag, known_as};
use super::headers::{json, not_modified, varies};
use super::parameters::Parameters;
use super::problem::Problem;

/// The current release. A reader that asks often sends the tag and is told that nothing changed.
pub(super) async fn current(
    caller: Caller,
    parameters: Parameters,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    parameters.known(&[])?;
    let app = std::sync::Arc::clone(&caller.app);
    let answer = app.read(move |catalogue| {
        let body = match &catalogue.release {
            Some(release) => told(release, &caller),
            None => json!({ "release": 0, "channels": {} }),
        };
        let tag = tag(&body);
        if let Some(known) = known_as(&headers, &tag) {
            return Ok(not_modified(known));
        }
        let mut response = json(&body);
        response.headers_mut().insert(ETAG, tag);
        Ok(response)
    });
    answer.await.map(varies)
}

fn tag(body: &Value) -> HeaderValue {
    etag(&blake3::hash(body.to_string().as_bytes()).to_hex()[..32])
}

/// The latest releases.
pub(super) async fn latest(caller: Caller, parameters: Parameters) -> Result<Response, Problem> {
    let limit = parameters.known(&["limit"])?.number("limit", 1..=1_000, 20)?;
    let app = std::sync::Arc::clone(&caller.app);
    let answer = app.read(move |catalogue| {
        let releases = catalogue.reader.releases(limit as u32)?;
        let releases: Vec<_> = releases.iter().map(|release| told(release, &caller)).collect();
        Ok(json(&json!({ "releases": releases })))
    });
    answer.await.map(varies)
}

/// A release as far as the caller may hear of its channels.
fn told(release: &Release, caller: &Caller) -> Value {
    let zone = &caller.app.shop.zone;
    let channels = release.channels.iter().filter(|state| caller.may_see(state.channel.as_str()));
    let channels: Map<_, _> =
        channels.map(|state| (state.channel.to_string(), channel(state))).collect();
    let mut told = json!({
        "release": release.number,
        "root": release.root().to_string(),
        "effective_at": release.effective_at.to_text(zone),
        "channels": channels,
    });
    if caller.trusted {
        // It names files, as receipts do.
        told["cause"] = cause(&release.cause);
    }
    told
}

fn channel(state: &ChannelState) -> Value {
    let locales = state.locales.iter().map(|locale| {
        let counts = json!({ "complete": locale.complete, "fallback": locale.fallback, "incomplete": locale.incomplete });
        (locale.locale.to_string(), counts)
    });
    json!({ "root": state.root().as_str(), "products": state.products, "locales": locales.collect::<Map<_, _>>() })
}

fn cause(cause: &Cause) -> Value {
    serde_json::to_value(cause).expect("a cause is JSON: the store keeps it so")
}

/// Channels: what a reader has to know before it reads one.
pub(super) async fn channels(caller: Caller, parameters: Parameters) -> Result<Response, Problem> {
    parameters.known(&[])?;
    let shop = &caller.app.shop;
    let visible = shop.channels.iter().filter(|channel| caller.may_see(channel.code.as_str()));
    let channels: Vec<_> = visible
        .map(|channel| {
            let list = &shop.price_lists[&channel.price_list];
            let locations = channel.locations.iter().filter_map(|code| shop.location(code.as_str()));
            let locations = locations.map(|at| json!({ "code": at.code.as_str(), "label": at.label, "kind": at.kind }));
            json!({
                "code": channel.code.as_str(),
                "label": channel.label,
                "shop": shop.name,
                "public": channel.public,
                "locales": channel.locales.iter().map(|chain| chain.locale.as_str()).collect::<Vec<_>>(),
                "currency": list.currency.as_str(),
                "price_list": { "code": channel.price_list.as_str(), "label": list.label },
                "time_zone": zone_name(&shop.zone),
                "locations": locations.collect::<Vec<_>>(),
            })
        })
        .collect();
    Ok(varies(json(&json!({ "channels": channels }))))
}

fn zone_name(zone: &TimeZone) -> &str {
    zone.iana_name().unwrap_or("UTC")
}

/// That the program runs and can read its store.
pub(super) async fn health(caller: Caller, parameters: Parameters) -> Result<Response, Problem> {
    parameters.known(&[])?;
    let app = std::sync::Arc::clone(&caller.app);
    app.read(move |catalogue| {
        let (release, indexed) = (catalogue.number(), catalogue.app.index.release());
        Ok(json(&json!({ "status": "ok", "release": release, "search_release": indexed })))
    })
    .await
}
