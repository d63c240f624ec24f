//! What a running shop does, counted for its operator: drops, releases, requests, and what waits.

use std::sync::atomic::AtomicU64;

use axum::http::{Method, StatusCode};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;
use rikaste_model::receipt::{DropOutcome, Receipt};
use rikaste_model::release::ReleaseCause;

type ActivityLabels = Vec<(&'static str, String)>;

/// The counts of one shop since it was opened.
#[derive(Debug, Default)]
pub struct ShopActivity {
    drops: Family<ActivityLabels, Counter>,
    rows: Family<ActivityLabels, Counter>,
    releases: Family<ActivityLabels, Counter>,
    queues: Family<ActivityLabels, Gauge<u64, AtomicU64>>,
    requests: Family<ActivityLabels, Counter>,
}

/// What waits to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorkQueue {
    /// Files of the inbox that are not imported yet.
    Files,
    /// Drops whose photos are not read and rendered yet.
    Photos,
    /// Batches of photos by URL that are not stored yet.
    RemotePhotos,
}

impl ShopActivity {
    /// Counts a drop, by what became of it.
    pub fn count_drop(&self, receipt: &Receipt) {
        let outcome = match receipt.outcome {
            DropOutcome::Released => "released",
            DropOutcome::Unchanged => "unchanged",
            DropOutcome::Held => "held",
            DropOutcome::Refused => "refused",
            DropOutcome::Rejected => "rejected",
        };
        let kind = receipt.kind.folder().to_owned();
        self.drops
            .get_or_create(&vec![("kind", kind.clone()), ("outcome", outcome.to_owned())])
            .inc();
        let rows = receipt.rows;
        for (result, count) in [
            ("new", rows.new),
            ("changed", rows.changed),
            ("unchanged", rows.unchanged),
            ("rejected", rows.rejected),
        ] {
            let labels = vec![("kind", kind.clone()), ("result", result.to_owned())];
            self.rows.get_or_create(&labels).inc_by(count);
        }
    }

    /// Counts a release, by what it came from.
    pub fn count_release(&self, cause: &ReleaseCause) {
        let cause = match cause {
            ReleaseCause::Drop { .. } => "drop",
            ReleaseCause::Window => "window",
            ReleaseCause::Configuration => "configuration",
            ReleaseCause::Rollback { .. } => "rollback",
            ReleaseCause::Undo { .. } => "undo",
        };
        self.releases.get_or_create(&vec![("cause", cause.to_owned())]).inc();
    }

    /// Says how much waits in a queue now.
    pub fn set_queue_length(&self, queue: WorkQueue, length: usize) {
        let name = match queue {
            WorkQueue::Files => "files",
            WorkQueue::Photos => "photos",
            WorkQueue::RemotePhotos => "remote_photos",
        };
        self.queues.get_or_create(&vec![("queue", name.to_owned())]).set(length as u64);
    }

    /// Counts a request by its route, never by its address: those are without number.
    pub(super) fn count_request(&self, method: &Method, route: Option<&str>, status: StatusCode) {
        // Whoever asks may invent methods.
        let method = match *method {
            Method::GET | Method::HEAD | Method::POST | Method::PUT | Method::DELETE => {
                method.as_str()
            }
            _ => "other",
        };
        let labels = vec![
            ("method", method.to_owned()),
            ("route", route.unwrap_or("none").to_owned()),
            ("status", status.as_u16().to_string()),
        ];
        self.requests.get_or_create(&labels).inc();
    }

    /// Has the counts written beside others.
    pub(super) fn register_in(&self, registry: &mut Registry) {
        registry.register("rikaste_drops", "Drops that were imported", self.drops.clone());
        registry.register("rikaste_rows", "Rows of drops", self.rows.clone());
        registry.register("rikaste_releases", "Releases that were made", self.releases.clone());
        registry.register("rikaste_queue_length", "What waits to be done", self.queues.clone());
        registry.register(
            "rikaste_http_requests",
            "Requests that were answered",
            self.requests.clone(),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_happens_is_counted_under_its_labels() {
        let activity = ShopActivity::default();
        activity.count_release(&ReleaseCause::Window);
        activity.count_release(&ReleaseCause::Window);
        activity.set_queue_length(WorkQueue::Files, 3);
        activity.set_queue_length(WorkQueue::Files, 2);
        activity.count_request(&Method::GET, Some("/v1/ready"), StatusCode::OK);
        let invented = Method::from_bytes(b"BREW").expect("a method");
        activity.count_request(&invented, None, StatusCode::NOT_FOUND);
        let mut registry = Registry::default();
        activity.register_in(&mut registry);
        let mut text = String::new();
        prometheus_client::encoding::text::encode(&mut text, &registry).expect("written");
        for line in [
            r#"rikaste_releases_total{cause="window"} 2"#,
            r#"rikaste_queue_length{queue="files"} 2"#,
            r#"rikaste_http_requests_total{method="GET",route="/v1/ready",status="200"} 1"#,
            r#"rikaste_http_requests_total{method="other",route="none",status="404"} 1"#,
        ] {
            assert!(text.lines().any(|found| found == line), "{line} in:\n{text}");
        }
    }
}
