//! Releases, and what the program says of itself.

use axum::http::header::ETAG;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use jiff::tz::TimeZone;
use rikaste_model::release::{ChannelState, Release, ReleaseCause};
use serde_json::{Map, Value, json};

use super::etag::{match_etag, new_etag};
use super::headers::{json_response, not_modified, vary_by_token};
use super::parameters::RawParameters;
use super::problem::ApiProblem;
use super::state::AnyCaller;

/// The current release. A reader that asks often sends the tag and is told that nothing changed.
pub(super) async fn get_current_release(
    caller: AnyCaller,
    parameters: RawParameters,
    headers: HeaderMap,
) -> Result<Response, ApiProblem> {
    parameters.check_names(&[])?;
    let app = std::sync::Arc::clone(&caller.app);
    let answer = app.read_catalogue(move |catalogue| {
        let body = match &catalogue.release {
            Some(release) => release_to_json(release, &caller),
            None => json!({ "release": 0, "channels": {} }),
        };
        let tag = body_etag(&body);
        if let Some(known) = match_etag(&headers, &tag) {
            return Ok(not_modified(known));
        }
        let mut response = json_response(&body);
        response.headers_mut().insert(ETAG, tag);
        Ok(response)
    });
    answer.await.map(vary_by_token)
}

fn body_etag(body: &Value) -> HeaderValue {
    new_etag(&blake3::hash(body.to_string().as_bytes()).to_hex()[..32])
}

/// The latest releases.
pub(super) async fn list_releases(
    caller: AnyCaller,
    parameters: RawParameters,
) -> Result<Response, ApiProblem> {
    let limit = parameters.check_names(&["limit"])?.parse_number("limit", 1..=1_000, 20)?;
    let app = std::sync::Arc::clone(&caller.app);
    let answer = app.read_catalogue(move |catalogue| {
        let releases = catalogue.reader.list_releases(limit as u32)?;
        let releases: Vec<_> =
            releases.iter().map(|release| release_to_json(release, &caller)).collect();
        Ok(json_response(&json!({ "releases": releases })))
    });
    answer.await.map(vary_by_token)
}

/// A release as far as the caller may hear of its channels.
fn release_to_json(release: &Release, caller: &AnyCaller) -> Value {
    let zone = &caller.app.configuration.shop.zone;
    let channels =
        release.channels.iter().filter(|state| caller.can_see_channel(state.channel.as_str()));
    let channels: Map<_, _> =
        channels.map(|state| (state.channel.to_string(), channel_state_to_json(state))).collect();
    let mut told = json!({
        "release": release.number,
        "root": release.root_hash().to_string(),
        "effective_at": release.effective_at.to_text(zone),
        "channels": channels,
    });
    if caller.is_authorized {
        // It names files, as receipts do.
        told["cause"] = cause_to_json(&release.cause);
    }
    told
}

fn channel_state_to_json(state: &ChannelState) -> Value {
    let locales = state.locales.iter().map(|locale| {
        let counts = json!({ "complete": locale.complete, "fallback": locale.fallback, "incomplete": locale.incomplete });
        (locale.locale.to_string(), counts)
    });
    json!({ "root": state.root_hash().as_str(), "products": state.products, "locales": locales.collect::<Map<_, _>>() })
}

fn cause_to_json(cause: &ReleaseCause) -> Value {
    serde_json::to_value(cause).expect("a cause is JSON: the store keeps it so")
}

/// Channels: what a reader has to know before it reads one.
pub(super) async fn list_channels(
    caller: AnyCaller,
    parameters: RawParameters,
) -> Result<Response, ApiProblem> {
    parameters.check_names(&[])?;
    let shop = &caller.app.configuration.shop;
    let visible =
        shop.channels.iter().filter(|channel| caller.can_see_channel(channel.code.as_str()));
    let channels: Vec<_> = visible
        .map(|channel| {
            let list = &shop.price_lists[&channel.price_list];
            let locations = channel.locations.iter().filter_map(|code| shop.find_location(code.as_str()));
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
    Ok(vary_by_token(json_response(&json!({ "channels": channels }))))
}

fn zone_name(zone: &TimeZone) -> &str {
    zone.iana_name().unwrap_or("UTC")
}

/// That the program runs and can read its store.
pub(super) async fn get_health(
    caller: AnyCaller,
    parameters: RawParameters,
) -> Result<Response, ApiProblem> {
    parameters.check_names(&[])?;
    let app = std::sync::Arc::clone(&caller.app);
    app.read_catalogue(move |catalogue| {
        let (release, indexed) = (catalogue.release_number(), catalogue.app.index.release());
        Ok(json_response(&json!({ "status": "ok", "release": release, "search_release": indexed })))
    })
    .await
}
