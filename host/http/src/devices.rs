//! Devices: which release each of them shows, so that one that lags is seen.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use rikaste_contract::{DeviceAckAnswer, DeviceAckRequest, DeviceList, DeviceState, TimeText};
use rikaste_model::moment::Moment;
use rikaste_model::release::ReleaseNumber;

use super::headers::json_response;
use super::openapi::{ChannelPath, LookupProblems, UnusableBody};
use super::parameters::RawParameters;
use super::problem::{ApiProblem, ProblemKind, reject_json};
use super::state::{ApiState, AuthorizedCaller, DeviceAck, ReadableChannel};

/// The longest name of a device, in characters.
const MAX_NAME_CHARS: usize = 64;
/// The most devices of a channel: names that are made up must not fill the store.
const DEVICES: usize = 10_000;
/// What a body looks like, for problems.
const EXAMPLE_BODY: &str = "{\"device\": \"till-3\", \"release\": 12}";
/// The largest body that is read.
pub(super) const MAX_BODY_BYTES: usize = 4 * 1024;

/// Takes note of which release a device shows.
#[utoipa::path(
    post,
    path = "/v1/channels/{channel}/ack",
    tag = "devices",
    operation_id = "acknowledge",
    summary = "Which release a device shows",
    description = "A device reports when it has switched. The list of devices shows which one lags.",
    params(ChannelPath),
    request_body = DeviceAckRequest,
    responses(
        (status = 202, description = "The report is stored.", body = DeviceAckAnswer),
        UnusableBody,
        LookupProblems,
    ),
    security((), ("token" = []))
)]
pub(super) async fn acknowledge_release(
    channel: ReadableChannel,
    parameters: RawParameters,
    body: Result<Json<DeviceAckRequest>, JsonRejection>,
) -> Result<Response, ApiProblem> {
    parameters.check_names(&[])?;
    let Json(request) = body.map_err(|problem| reject_json(&problem, EXAMPLE_BODY))?;
    let device = validate_device_name(&request.device)?.to_owned();
    let app = Arc::clone(channel.app());
    app.read_catalogue(move |catalogue| {
        let current = catalogue.release_number();
        let release = ReleaseNumber(request.release);
        if release > current {
            let detail = format!(
                "release: there is no release {} yet; the current one is {current}",
                request.release
            );
            return Err(ApiProblem::new(ProblemKind::BadBody, detail));
        }
        let known = catalogue.reader.list_device_acks(channel.code.as_str())?;
        if known.len() >= DEVICES && !known.iter().any(|(known, ..)| *known == device) {
            let detail = format!(
                "The channel has {DEVICES} devices already; a device keeps the name it has."
            );
            return Err(ApiProblem::new(ProblemKind::TooManyDevices, detail));
        }
        (catalogue.app.on_ack)(DeviceAck {
            channel: channel.code.clone(),
            device,
            release,
            at: Moment::now(),
        });
        let answer = DeviceAckAnswer { current: current.0, behind: release.count_behind(current) };
        Ok((StatusCode::ACCEPTED, json_response(&answer)).into_response())
    })
    .await
}

fn validate_device_name(device: &str) -> Result<&str, ApiProblem> {
    let device = device.trim();
    let refused = |why: &str| Err(ApiProblem::new(ProblemKind::BadBody, format!("device: {why}")));
    if device.is_empty() {
        return refused("it is empty; give the device a name that it keeps");
    }
    if device.chars().count() > MAX_NAME_CHARS {
        return refused("the name is longer than 64 characters");
    }
    if device.chars().any(char::is_control) {
        return refused("the name has a control character");
    }
    Ok(device)
}

/// Which release each device of a channel shows.
#[utoipa::path(
    get,
    path = "/v1/channels/{channel}/devices",
    tag = "devices",
    operation_id = "devices",
    summary = "Which release each device shows",
    params(ChannelPath),
    responses(
        (status = 200, description = "The devices.", body = DeviceList),
        LookupProblems,
    ),
    security(("token" = []))
)]
pub(super) async fn list_devices(
    _: AuthorizedCaller,
    channel: ReadableChannel,
    State(app): State<Arc<ApiState>>,
    parameters: RawParameters,
) -> Result<Response, ApiProblem> {
    parameters.check_names(&[])?;
    app.read_catalogue(move |catalogue| {
        let (current, zone) = (catalogue.release_number(), &catalogue.shop().zone);
        let devices = catalogue
            .reader
            .list_device_acks(channel.code.as_str())?
            .into_iter()
            .map(|(device, release, at)| DeviceState {
                device,
                release: release.0,
                behind: release.count_behind(current),
                at: TimeText(at.to_text(zone)),
            })
            .collect();
        Ok(json_response(&DeviceList { release: current.0, devices }))
    })
    .await
}
