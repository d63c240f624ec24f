//! Devices: which release each of them shows, so that one that lags is seen.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use rikaste_model::moment::Moment;
use serde::Deserialize;
use serde_json::json;

use super::app::{Ack, App, OpenChannel, Trusted};
use super::headers::json;
use super::parameters::Parameters;
use super::problem::{Kind, Problem};

/// The longest name of a device, in characters.
const LONGEST_NAME: usize = 64;
/// The most devices of a channel: names that are made up must not fill the store.
const DEVICES: usize = 10_000;
/// The largest body that is read.
pub(super) const LARGEST: usize = 4 * 1024;

/// What a device says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Said {
    device: String,
    release: u64,
}

/// Takes note of which release a device shows.
pub(super) async fn acknowledge(
    channel: OpenChannel,
    parameters: Parameters,
    body: Result<Json<Said>, JsonRejection>,
) -> Result<Response, Problem> {
    parameters.known(&[])?;
    let Json(said) = body.map_err(|rejection| unreadable(&rejection))?;
    let device = named(&said.device)?.to_owned();
    let app = Arc::clone(channel.app());
    app.read(move |catalogue| {
        let current = catalogue.number();
        if said.release > current {
            let detail = format!(
                "release: there is no release {} yet; the current one is {current}",
                said.release
            );
            return Err(Problem::new(Kind::BadBody, detail));
        }
        let known = catalogue.reader.acks(channel.code.as_str())?;
        if known.len() >= DEVICES && !known.iter().any(|(known, ..)| *known == device) {
            let detail = format!(
                "The channel has {DEVICES} devices already; a device keeps the name it has."
            );
            return Err(Problem::new(Kind::TooManyDevices, detail));
        }
        (catalogue.app.acks)(Ack {
            channel: channel.code.clone(),
            device,
            release: said.release,
            at: Moment::now(),
        });
        Ok((
            StatusCode::ACCEPTED,
            json(&json!({ "current": current, "behind": current - said.release })),
        )
            .into_response())
    })
    .await
}

fn unreadable(rejection: &JsonRejection) -> Problem {
    const EXAMPLE: &str = "write {\"device\": \"till-3\", \"release\": 12}";
    match rejection.status() {
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Problem::new(
            Kind::WrongMediaType,
            format!("Send Content-Type: application/json and {EXAMPLE}."),
        ),
        StatusCode::PAYLOAD_TOO_LARGE => Problem::refused(StatusCode::PAYLOAD_TOO_LARGE, None),
        _ => Problem::new(Kind::BadBody, format!("{}; {EXAMPLE}", rejection.body_text())),
    }
}

fn named(device: &str) -> Result<&str, Problem> {
    let device = device.trim();
    let refused = |why: &str| Err(Problem::new(Kind::BadBody, format!("device: {why}")));
    if device.is_empty() {
        return refused("it is empty; give the device a name that it keeps");
    }
    if device.chars().count() > LONGEST_NAME {
        return refused("the name is longer than 64 characters");
    }
    if device.chars().any(char::is_control) {
        return refused("the name has a control character");
    }
    Ok(device)
}

/// Which release each device of a channel shows.
pub(super) async fn devices(
    _: Trusted,
    channel: OpenChannel,
    State(app): State<Arc<App>>,
    parameters: Parameters,
) -> Result<Response, Problem> {
    parameters.known(&[])?;
    app.read(move |catalogue| {
        let (current, zone) = (catalogue.number(), &catalogue.shop().zone);
        let devices: Vec<_> = catalogue
            .reader
            .acks(channel.code.as_str())?
            .into_iter()
            .map(|(device, release, at)| {
                json!({ "device": device, "release": release, "behind": current.saturating_sub(release), "at": at.to_text(zone) })
            })
            .collect();
        Ok(json(&json!({ "release": current, "devices": devices })))
    })
    .await
}
