//! Metrics in the text format of OpenMetrics, which Prometheus reads.

use rikaste_model::release::ReleaseNumber;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use axum::response::Response;
use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, MetricEncoder, NoLabelSet, text};
use prometheus_client::metrics::MetricType;
use prometheus_client::registry::Registry;

use super::headers::typed_response;
use super::openapi::AccessProblems;
use super::parameters::RawParameters;
use super::problem::{ApiProblem, ProblemKind};
use super::state::AuthorizedCaller;
use rikaste_runtime::enrich::EnricherSet;
use rikaste_runtime::{FailureKind, PluginCounts, TIME_BUCKETS};

const OPENMETRICS_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// What the program counts.
#[utoipa::path(
    get,
    path = "/metrics",
    tag = "plugins",
    operation_id = "metrics",
    summary = "Counts for Prometheus",
    responses(
        (status = 200, description = "The counts, in the text format of OpenMetrics.", body = String, content_type = "application/openmetrics-text"),
        AccessProblems,
    ),
    security(("token" = []))
)]
pub(super) async fn get_metrics(
    AuthorizedCaller(app): AuthorizedCaller,
    parameters: RawParameters,
) -> Result<Response, ApiProblem> {
    parameters.check_names(&[])?;
    app.read_catalogue(move |catalogue| {
        let scrape = MetricsSnapshot {
            release: catalogue.release_number(),
            indexed: catalogue.app.index.release(),
            stale: catalogue.reader.count_stale_products()?,
            plugins: Arc::clone(&catalogue.app.configuration.plugins),
        };
        let mut registry = Registry::default();
        registry.register_collector(Box::new(scrape));
        catalogue.app.activity.register_in(&mut registry);
        let mut body = String::new();
        text::encode(&mut body, &registry).map_err(|error| {
            ApiProblem::new(ProblemKind::Failed, format!("The metrics cannot be written: {error}"))
        })?;
        Ok(typed_response(OPENMETRICS_TYPE, body))
    })
    .await
}

/// The state of all counts at one moment.
#[derive(Debug)]
struct MetricsSnapshot {
    release: ReleaseNumber,
    indexed: ReleaseNumber,
    stale: BTreeMap<String, u64>,
    plugins: Arc<EnricherSet>,
}

type MetricLabels = Vec<(&'static str, String)>;
type CountSelector = fn(&PluginCounts) -> u64;

impl Collector for MetricsSnapshot {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        write_gauge(&mut encoder, "rikaste_release", "The current release", self.release.0)?;
        write_gauge(
            &mut encoder,
            "rikaste_search_release",
            "The release that search stands on",
            self.indexed.0,
        )?;
        let left_out = self.plugins.broken_messages().len() as u64;
        write_gauge(&mut encoder, "rikaste_plugins_left_out", "Plugins that cannot run", left_out)?;
        let counts: Vec<(MetricLabels, PluginCounts)> = self
            .plugins
            .all_plugins()
            .map(|plugin| {
                let version = plugin.manifest().version.to_string();
                let labels = vec![("plugin", plugin.name().to_string()), ("version", version)];
                (labels, plugin.metrics().counts())
            })
            .collect();
        let sums: [(&str, &str, CountSelector); 5] = [
            ("calls", "Calls into the plugin", |counts| counts.calls),
            (
                "products",
                "Products that the plugin was run on, or elements of files that it gave",
                |counts| counts.products,
            ),
            ("memo_hits", "Products whose outcome was known", |counts| counts.memo_hits),
            ("steps", "Steps that the plugin took", |counts| counts.steps),
            ("instances", "Instances of the plugin that were made", |counts| counts.instances),
        ];
        for (name, help, count) in sums {
            let name = format!("rikaste_plugin_{name}");
            let mut family = encoder.encode_descriptor(&name, help, None, MetricType::Counter)?;
            for (labels, counts) in &counts {
                family
                    .encode_family(labels)?
                    .encode_counter::<NoLabelSet, _, u64>(&count(counts), None)?;
            }
        }
        write_failures(&mut encoder, &counts)?;
        write_call_times(&mut encoder, &counts)?;
        let help = "Bytes of the plugin's largest instance";
        let mut family = encoder.encode_descriptor(
            "rikaste_plugin_memory_bytes",
            help,
            None,
            MetricType::Gauge,
        )?;
        for (labels, counts) in &counts {
            family.encode_family(labels)?.encode_gauge(&saturate_to_i64(counts.memory))?;
        }
        let help = "Products that show the last good values of a plugin that fails on them";
        let mut family =
            encoder.encode_descriptor("rikaste_plugin_stale", help, None, MetricType::Gauge)?;
        for plugin in self.plugins.plugins() {
            let name = plugin.name().to_string();
            let stale = self.stale.get(&name).copied().unwrap_or(0);
            family.encode_family(&vec![("plugin", name)])?.encode_gauge(&saturate_to_i64(stale))?;
        }
        Ok(())
    }
}

fn write_gauge(
    encoder: &mut DescriptorEncoder<'_>,
    name: &str,
    help: &str,
    value: u64,
) -> fmt::Result {
    encoder
        .encode_descriptor(name, help, None, MetricType::Gauge)?
        .encode_gauge(&saturate_to_i64(value))
}

fn write_failures(
    encoder: &mut DescriptorEncoder<'_>,
    counts: &[(MetricLabels, PluginCounts)],
) -> fmt::Result {
    let help = "Products that the plugin failed on";
    let mut family =
        encoder.encode_descriptor("rikaste_plugin_failures", help, None, MetricType::Counter)?;
    for (labels, counts) in counts {
        for (kind, count) in FailureKind::ALL.iter().zip(counts.failures) {
            let mut labels = labels.clone();
            labels.push(("kind", kind.to_string()));
            family.encode_family(&labels)?.encode_counter::<NoLabelSet, _, u64>(&count, None)?;
        }
    }
    Ok(())
}

fn write_call_times(
    encoder: &mut DescriptorEncoder<'_>,
    counts: &[(MetricLabels, PluginCounts)],
) -> fmt::Result {
    let help = "Time of a call";
    let name = "rikaste_plugin_call_seconds";
    let mut family = encoder.encode_descriptor(name, help, None, MetricType::Histogram)?;
    for (labels, counts) in counts {
        let bounds = TIME_BUCKETS.iter().map(|micros| *micros as f64 / 1e6).chain([f64::MAX]);
        let buckets: Vec<_> = bounds.zip(counts.times).collect();
        let mut encoder: MetricEncoder<'_> = family.encode_family(labels)?;
        let seconds = counts.time as f64 / 1e6;
        encoder.encode_histogram::<NoLabelSet>(seconds, counts.calls, &buckets, None)?;
    }
    Ok(())
}

fn saturate_to_i64(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
