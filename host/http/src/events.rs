//! Events: that there is a release. A hint, never the truth: who missed some asks for changes.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, Stream, StreamExt};
use rikaste_contract::ReleaseEvent;
use rikaste_model::release::{Release, ReleaseNumber};
use tokio::sync::watch;

use super::openapi::{ChannelPath, ChannelProblems};
use super::parameters::RawParameters;
use super::problem::ApiProblem;
use super::state::{ApiState, ReadableChannel};

/// Proxies close a connection on which nothing is heard for about half a minute.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// Tells the current release, then each new one. `Last-Event-ID` needs no answer of its own: who
/// comes back is told the current release like everyone.
#[utoipa::path(
    get,
    path = "/v1/channels/{channel}/events",
    tag = "feed",
    operation_id = "events",
    summary = "Announces each release",
    description = "Server-sent events: `event: release`, `id: N`, `data: {\"release\": N}`, first the current release, then each new one; releases in quick succession may be one event. A comment comes every 15 seconds. It is a hint: who missed some asks for changes.",
    params(ChannelPath),
    responses(
        (status = 200, description = "The events.", body = String, content_type = "text/event-stream"),
        ChannelProblems,
    ),
    security((), ("token" = []))
)]
pub(super) async fn stream_events(
    channel: ReadableChannel,
    parameters: RawParameters,
) -> Result<Response, ApiProblem> {
    parameters.check_names(&[])?;
    let keep_alive = KeepAlive::new().interval(KEEP_ALIVE);
    Ok(Sse::new(release_events(channel.app())).keep_alive(keep_alive).into_response())
}

/// Each release that stands when the reader has taken the one before. It ends when the program
/// does; several releases in quick succession are one event.
fn release_events(app: &Arc<ApiState>) -> impl Stream<Item = Result<Event, Infallible>> + use<> {
    let mut releases = app.releases.clone();
    releases.mark_changed();
    stream::unfold(
        (releases, app.is_closing.subscribe()),
        |(mut releases, mut closing)| async move {
            let number = next_release(&mut releases, &mut closing).await?;
            let event = Event::default()
                .id(number.to_string())
                .event("release")
                .json_data(ReleaseEvent { release: number.0 })
                .expect("a number is JSON without line breaks");
            Some((Ok(event), (releases, closing)))
        },
    )
    .fuse()
}

async fn next_release(
    releases: &mut watch::Receiver<Option<Release>>,
    closing: &mut watch::Receiver<bool>,
) -> Option<ReleaseNumber> {
    loop {
        tokio::select! {
            // When nobody is left who could say so, it has ended.
            _ = closing.wait_for(|closing| *closing) => return None,
            changed = releases.changed() => changed.ok()?,
        }
        if let Some(release) = releases.borrow_and_update().as_ref() {
            return Some(release.number);
        }
    }
}
