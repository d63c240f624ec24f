//! The plugins of the shop: what they are, what they did, and on which products they fail.

use axum::extract::Path;
use axum::response::Response;
use rikaste_contract::{
    PluginActivity, PluginDetails, PluginInfo, PluginList, PluginResourceLimits, StaleProduct,
    WrittenAttribute,
};
use rikaste_model::release::ReleaseNumber;
use rikaste_store::{StoreError, StoreReader};

use super::headers::json_response;
use super::openapi::{AccessProblems, LookupProblems, PluginPath};
use super::parameters::RawParameters;
use super::problem::{ApiProblem, ProblemKind};
use super::state::AuthorizedCaller;
use rikaste_runtime::{FailureKind, Plugin, PluginCounts, PluginLimits};

/// Products that are named of those that a plugin fails on.
const MAX_STALE_PRODUCTS: u32 = 100;

/// All plugins in the order in which they run, and those that are left out.
#[utoipa::path(
    get,
    path = "/v1/plugins",
    tag = "plugins",
    operation_id = "plugins",
    summary = "The plugins that run, in their order",
    responses(
        (status = 200, description = "The plugins.", body = PluginList),
        AccessProblems,
    ),
    security(("token" = []))
)]
pub(super) async fn list_plugins(
    AuthorizedCaller(app): AuthorizedCaller,
    parameters: RawParameters,
) -> Result<Response, ApiProblem> {
    parameters.check_names(&[])?;
    app.read_catalogue(move |catalogue| {
        let stale = catalogue.reader.count_stale_products()?;
        let plugins = catalogue.app.configuration.plugins.all_plugins().map(|plugin| {
            let stale = stale.get(plugin.name().as_str()).copied().unwrap_or(0);
            build_plugin_info(plugin, stale)
        });
        let left_out = catalogue.app.configuration.plugins.broken_messages();
        Ok(json_response(&PluginList { plugins: plugins.collect(), left_out }))
    })
    .await
}

/// One plugin with the end of its log and the products that it fails on.
#[utoipa::path(
    get,
    path = "/v1/plugins/{name}",
    tag = "plugins",
    operation_id = "plugin",
    summary = "One plugin, with the end of its log",
    params(PluginPath),
    responses(
        (status = 200, description = "The plugin.", body = PluginDetails),
        LookupProblems,
    ),
    security(("token" = []))
)]
pub(super) async fn get_plugin(
    AuthorizedCaller(app): AuthorizedCaller,
    Path(name): Path<String>,
    parameters: RawParameters,
) -> Result<Response, ApiProblem> {
    parameters.check_names(&[])?;
    app.read_catalogue(move |catalogue| {
        let mut plugins = catalogue.app.configuration.plugins.all_plugins();
        let Some(plugin) = plugins.find(|plugin| plugin.name().as_str() == name) else {
            let detail = "No plugin of this name runs; /v1/plugins lists those that do.";
            return Err(ApiProblem::new(ProblemKind::UnknownPlugin, detail));
        };
        let count = catalogue.reader.count_stale_products()?.get(&name).copied().unwrap_or(0);
        Ok(json_response(&PluginDetails {
            plugin: build_plugin_info(plugin, count),
            stale_products: list_stale_products(
                catalogue.reader,
                &name,
                catalogue.release_number(),
            )?,
            log: plugin.metrics().log_lines(),
        }))
    })
    .await
}

fn list_stale_products(
    reader: &StoreReader,
    plugin: &str,
    release: ReleaseNumber,
) -> Result<Vec<StaleProduct>, StoreError> {
    let mut products = Vec::new();
    for id in reader.list_stale_products(plugin, MAX_STALE_PRODUCTS)? {
        let Some(product) = reader.load_product_without_reviews(id, release)? else { continue };
        let mut made = product.content.enrichments.iter();
        let enrichment = made.find(|made| made.plugin.as_str() == plugin);
        let reason = enrichment.and_then(|enrichment| enrichment.failure.clone());
        products.push(StaleProduct { sku: product.sku.to_string(), reason });
    }
    Ok(products)
}

fn build_plugin_info(plugin: &Plugin, stale: u64) -> PluginInfo {
    let manifest = plugin.manifest();
    let writes = manifest.writes.iter().map(|write| WrittenAttribute {
        attribute: write.attribute.to_string(),
        data_type: write.data_type.to_string(),
        localizable: write.localizable,
        scopable: write.scopable,
    });
    PluginInfo {
        name: manifest.name.to_string(),
        version: manifest.version.to_string(),
        description: manifest.description.clone(),
        world: manifest.world.name().to_owned(),
        files: manifest.describe_files(),
        digest: plugin.digest().to_string(),
        reads: manifest.reads.declared_names().iter().map(ToString::to_string).collect(),
        writes: writes.collect(),
        stale,
        limits: build_resource_limits(plugin.limits()),
        did: build_plugin_activity(&plugin.metrics().counts()),
    }
}

fn build_resource_limits(limits: PluginLimits) -> PluginResourceLimits {
    PluginResourceLimits {
        steps: limits.steps,
        memory: limits.memory as u64,
        output: limits.output as u64,
        values: limits.values as u64,
        log_lines: limits.log_lines as u64,
        seconds: limits.time.as_secs(),
    }
}

fn build_plugin_activity(counts: &PluginCounts) -> PluginActivity {
    let failures = FailureKind::ALL.iter().zip(counts.failures).filter(|(_, count)| *count > 0);
    PluginActivity {
        calls: counts.calls,
        products: counts.products,
        memo_hits: counts.memo_hits,
        failed: counts.total_failures(),
        failures: failures.map(|(kind, count)| (kind.to_string(), count)).collect(),
        steps: counts.steps,
        microseconds: counts.time,
        instances: counts.instances,
        largest_memory: counts.memory,
    }
}
