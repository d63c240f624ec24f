//! Releases, and what the program says of itself.

use axum::http::header::ETAG;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use jiff::tz::TimeZone;
use rikaste_contract::{
    ChannelFingerprint, ChannelInfo, ChannelList, CompletenessCounts, HealthReport, HealthStatus,
    LocationInfo, PlaceKind, PriceListInfo, ReleaseInfo, ReleaseList, ReleaseReason, TimeText,
};
use rikaste_model::release::{ChannelState, Release, ReleaseCause};
use rikaste_model::shop::{Channel, LocationKind, Shop};

use super::etag::{match_etag, new_etag};
use super::headers::{json_response, not_modified, vary_by_token};
use super::openapi::{NotModified, ParameterProblems, ReadProblems, ReleaseLimitQuery};
use super::parameters::RawParameters;
use super::problem::{ApiProblem, ProblemKind};
use super::state::AnyCaller;

/// The current release. A reader that asks often sends the tag and is told that nothing changed.
#[utoipa::path(
    get,
    path = "/v1/releases/current",
    tag = "releases",
    operation_id = "currentRelease",
    summary = "The current release",
    description = "Ask this often: with `If-None-Match` the answer is 304 while nothing changed. A channel whose `root` is the same shows the same. Without a token only public channels are listed.",
    responses(
        (status = 200, description = "The release. Before the first, `release` is 0 and there is no `root`.", body = ReleaseInfo, headers(("ETag"))),
        NotModified,
        ReadProblems,
    ),
    security((), ("token" = []))
)]
pub(super) async fn get_current_release(
    caller: AnyCaller,
    parameters: RawParameters,
    headers: HeaderMap,
) -> Result<Response, ApiProblem> {
    parameters.check_names(&[])?;
    let app = std::sync::Arc::clone(&caller.app);
    let answer = app.read_catalogue(move |catalogue| {
        let body = match &catalogue.release {
            Some(release) => build_release_info(release, &caller),
            None => ReleaseInfo::default(),
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

fn body_etag(body: &ReleaseInfo) -> HeaderValue {
    let json = serde_json::to_vec(body).expect("a release is texts, numbers and lists");
    new_etag(&blake3::hash(&json).to_hex()[..32])
}

/// The latest releases.
#[utoipa::path(
    get,
    path = "/v1/releases",
    tag = "releases",
    operation_id = "releases",
    summary = "The latest releases, newest first",
    params(ReleaseLimitQuery),
    responses(
        (status = 200, description = "The releases.", body = ReleaseList),
        ReadProblems,
    ),
    security((), ("token" = []))
)]
pub(super) async fn list_releases(
    caller: AnyCaller,
    parameters: RawParameters,
) -> Result<Response, ApiProblem> {
    let limit = parameters.check_names(&["limit"])?.parse_number("limit", 1..=1_000, 20)?;
    let app = std::sync::Arc::clone(&caller.app);
    let answer = app.read_catalogue(move |catalogue| {
        let releases = catalogue.reader.list_releases(limit as u32)?;
        let releases = releases.iter().map(|release| build_release_info(release, &caller));
        Ok(json_response(&ReleaseList { releases: releases.collect() }))
    });
    answer.await.map(vary_by_token)
}

/// A release as far as the caller may see its channels.
fn build_release_info(release: &Release, caller: &AnyCaller) -> ReleaseInfo {
    let channels =
        release.channels.iter().filter(|state| caller.can_see_channel(state.channel.as_str()));
    ReleaseInfo {
        release: release.number.0,
        root: Some(release.root_hash().to_string()),
        effective_at: Some(TimeText(
            release.effective_at.to_text(&caller.app.configuration.shop.zone),
        )),
        channels: channels
            .map(|state| (state.channel.to_string(), build_fingerprint(state)))
            .collect(),
        // It names files, as receipts do.
        cause: caller.access.can_read().then(|| release_reason(&release.cause)),
    }
}

fn build_fingerprint(state: &ChannelState) -> ChannelFingerprint {
    let locales = state.locales.iter().map(|locale| {
        let (complete, fallback, incomplete) =
            (locale.complete, locale.fallback, locale.incomplete);
        (locale.locale.to_string(), CompletenessCounts { complete, fallback, incomplete })
    });
    ChannelFingerprint {
        root: state.root_hash().as_str().to_owned(),
        products: state.products,
        locales: locales.collect(),
    }
}

fn release_reason(cause: &ReleaseCause) -> ReleaseReason {
    match cause {
        ReleaseCause::Drop { drop, file } => {
            ReleaseReason::Drop { drop: drop.0, file: file.clone() }
        }
        ReleaseCause::Window => ReleaseReason::Window,
        ReleaseCause::Configuration => ReleaseReason::Configuration,
        ReleaseCause::Rollback { to } => ReleaseReason::Rollback { to: to.0 },
        ReleaseCause::Undo { drop, file } => {
            ReleaseReason::Undo { drop: drop.0, file: file.clone() }
        }
    }
}

/// Channels: what a reader has to know before it reads one.
#[utoipa::path(
    get,
    path = "/v1/channels",
    tag = "channels",
    operation_id = "channels",
    summary = "The channels",
    description = "Without a token only the public ones.",
    responses(
        (status = 200, description = "The channels.", body = ChannelList),
        ParameterProblems,
    ),
    security((), ("token" = []))
)]
pub(super) async fn list_channels(
    caller: AnyCaller,
    parameters: RawParameters,
) -> Result<Response, ApiProblem> {
    parameters.check_names(&[])?;
    let shop = &caller.app.configuration.shop;
    let visible =
        shop.channels.iter().filter(|channel| caller.can_see_channel(channel.code.as_str()));
    let channels = visible.map(|channel| build_channel_info(channel, shop)).collect();
    Ok(vary_by_token(json_response(&ChannelList { channels })))
}

fn build_channel_info(channel: &Channel, shop: &Shop) -> ChannelInfo {
    let list = &shop.price_lists[&channel.price_list];
    ChannelInfo {
        code: channel.code.to_string(),
        label: channel.label.clone(),
        shop: shop.name.clone(),
        public: channel.public,
        locales: channel.locales.iter().map(|chain| chain.locale.to_string()).collect(),
        currency: list.currency.to_string(),
        price_list: PriceListInfo {
            code: channel.price_list.to_string(),
            label: list.label.clone(),
        },
        time_zone: zone_name(&shop.zone).to_owned(),
        locations: list_locations(channel, shop),
    }
}

/// The locations whose stock a channel shows.
pub(super) fn list_locations(channel: &Channel, shop: &Shop) -> Vec<LocationInfo> {
    let locations = channel.locations.iter().filter_map(|code| shop.find_location(code.as_str()));
    let locations = locations.map(|location| LocationInfo {
        code: location.code.to_string(),
        label: location.label.clone(),
        kind: match location.kind {
            LocationKind::Store => PlaceKind::Store,
            LocationKind::Warehouse => PlaceKind::Warehouse,
        },
    });
    locations.collect()
}

fn zone_name(zone: &TimeZone) -> &str {
    zone.iana_name().unwrap_or("UTC")
}

/// That the program runs and can read its store.
#[utoipa::path(
    get,
    path = "/v1/health",
    tag = "about",
    operation_id = "health",
    summary = "Whether the program can read its store",
    responses(
        (status = 200, description = "It can.", body = HealthReport),
        ReadProblems,
    ),
    security(())
)]
pub(super) async fn get_health(
    caller: AnyCaller,
    parameters: RawParameters,
) -> Result<Response, ApiProblem> {
    parameters.check_names(&[])?;
    let app = std::sync::Arc::clone(&caller.app);
    app.read_catalogue(move |catalogue| {
        Ok(json_response(&HealthReport {
            status: HealthStatus::Ok,
            release: catalogue.release_number().0,
            search_release: catalogue.app.index.release().0,
        }))
    })
    .await
}

/// That the program may be sent requests: health, and search that is up to date.
#[utoipa::path(
    get,
    path = "/v1/ready",
    tag = "about",
    operation_id = "ready",
    summary = "Whether requests are answered from the current release",
    description = "For load balancers. While the search index is behind the current release, or the program ends, the answer is 503.",
    responses(
        (status = 200, description = "They are.", body = HealthReport),
        ReadProblems,
    ),
    security(())
)]
pub(super) async fn get_readiness(
    caller: AnyCaller,
    parameters: RawParameters,
) -> Result<Response, ApiProblem> {
    parameters.check_names(&[])?;
    let app = std::sync::Arc::clone(&caller.app);
    if *app.is_closing.borrow() {
        return Err(ApiProblem::new(ProblemKind::NotYet, "The program is about to end."));
    }
    app.read_catalogue(move |catalogue| {
        let (release, indexed) = (catalogue.release_number(), catalogue.app.index.release());
        if indexed < release {
            let detail =
                format!("Search stands on release {indexed} of {release}; ask again in a moment.");
            return Err(ApiProblem::new(ProblemKind::NotYet, detail));
        }
        let status = HealthStatus::Ok;
        Ok(json_response(&HealthReport { status, release: release.0, search_release: indexed.0 }))
    })
    .await
}
