//! The plugins of the shop: what they are, what they did, and on which products they fail.

use axum::extract::Path;
use axum::response::Response;
use rikaste_model::release::ReleaseNumber;
use rikaste_store::{StoreError, StoreReader};
use serde_json::{Value, json};

use super::headers::json_response;
use super::parameters::RawParameters;
use super::problem::{ApiProblem, ProblemKind};
use super::state::AuthorizedCaller;
use rikaste_runtime::{FailureKind, Plugin, PluginCounts};

/// Products that are named of those that a plugin fails on.
const MAX_STALE_PRODUCTS: u32 = 100;

/// All plugins in the order in which they run, and those that are left out.
pub(super) async fn list_plugins(
    AuthorizedCaller(app): AuthorizedCaller,
    parameters: RawParameters,
) -> Result<Response, ApiProblem> {
    parameters.check_names(&[])?;
    app.read_catalogue(move |catalogue| {
        let stale = catalogue.reader.count_stale_products()?;
        let plugins = catalogue.app.plugins.all_plugins().map(|plugin| {
            let stale = stale.get(plugin.name().as_str()).copied().unwrap_or(0);
            plugin_to_json(plugin, stale)
        });
        let plugins: Vec<_> = plugins.collect();
        let left_out = catalogue.app.plugins.broken_messages();
        Ok(json_response(&json!({ "plugins": plugins, "left_out": left_out })))
    })
    .await
}

/// One plugin with the end of its log and the products that it fails on.
pub(super) async fn get_plugin(
    AuthorizedCaller(app): AuthorizedCaller,
    Path(name): Path<String>,
    parameters: RawParameters,
) -> Result<Response, ApiProblem> {
    parameters.check_names(&[])?;
    app.read_catalogue(move |catalogue| {
        let mut plugins = catalogue.app.plugins.all_plugins();
        let Some(plugin) = plugins.find(|plugin| plugin.name().as_str() == name) else {
            let detail = "No plugin of this name runs; /v1/plugins lists those that do.";
            return Err(ApiProblem::new(ProblemKind::UnknownPlugin, detail));
        };
        let count = catalogue.reader.count_stale_products()?.get(&name).copied().unwrap_or(0);
        let mut answer = plugin_to_json(plugin, count);
        answer["stale_products"] =
            stale_products_to_json(catalogue.reader, &name, catalogue.release_number())?;
        answer["log"] = plugin.metrics().log_lines().into();
        Ok(json_response(&answer))
    })
    .await
}

fn stale_products_to_json(
    reader: &StoreReader,
    plugin: &str,
    release: ReleaseNumber,
) -> Result<Value, StoreError> {
    let mut products = Vec::new();
    for id in reader.list_stale_products(plugin, MAX_STALE_PRODUCTS)? {
        let Some(product) = reader.load_product_without_reviews(id, release)? else { continue };
        let mut made = product.content.enrichments.iter();
        let failure = made.find(|made| made.plugin.as_str() == plugin);
        let reason = failure.and_then(|made| made.failure.as_deref());
        products.push(json!({ "sku": product.sku.as_str(), "reason": reason }));
    }
    Ok(products.into())
}

fn plugin_to_json(plugin: &Plugin, stale: u64) -> Value {
    let manifest = plugin.manifest();
    let limits = plugin.limits();
    let writes = manifest.writes.iter().map(|write| {
        json!({
            "attribute": write.attribute.as_str(),
            "type": write.data_type.to_string(),
            "localizable": write.localizable,
            "scopable": write.scopable,
        })
    });
    json!({
        "name": manifest.name.as_str(),
        "version": manifest.version.as_str(),
        "description": manifest.description,
        "world": manifest.world.name(),
        "files": manifest.describe_files(),
        "digest": plugin.digest().to_string(),
        "reads": manifest.reads.declared_names(),
        "writes": writes.collect::<Vec<_>>(),
        "stale": stale,
        "limits": {
            "steps": limits.steps,
            "memory": limits.memory,
            "output": limits.output,
            "values": limits.values,
            "log_lines": limits.log_lines,
            "seconds": limits.time.as_secs(),
        },
        "did": counts_to_json(&plugin.metrics().counts()),
    })
}

fn counts_to_json(counts: &PluginCounts) -> Value {
    let kinds = FailureKind::ALL.iter().zip(counts.failures).filter(|(_, count)| *count > 0);
    json!({
        "calls": counts.calls,
        "products": counts.products,
        "memo_hits": counts.memo_hits,
        "failed": counts.total_failures(),
        "failures": kinds
            .map(|(kind, count)| (kind.to_string(), count.into()))
            .collect::<serde_json::Map<_, _>>(),
        "steps": counts.steps,
        "microseconds": counts.time,
        "instances": counts.instances,
        "largest_memory": counts.memory,
    })
}
