//! The plugins of the shop: what they are, what they did, and on which products they fail.

use axum::extract::Path;
use axum::response::Response;
use rikaste_store::{Reader, StoreError};
use serde_json::{Value, json};

use super::app::Trusted;
use super::headers::json;
use super::parameters::Parameters;
use super::problem::{Kind, Problem};
use rikaste_runtime::{Counts, FailureKind, Plugin};

/// Products that are named of those that a plugin fails on.
const STALE: u32 = 100;

/// All plugins in the order in which they run, and those that are left out.
pub(super) async fn list(
    Trusted(app): Trusted,
    parameters: Parameters,
) -> Result<Response, Problem> {
    parameters.known(&[])?;
    app.read(move |catalogue| {
        let stale = catalogue.reader.stale()?;
        let plugins = catalogue.app.plugins.all().map(|plugin| {
            let stale = stale.get(plugin.name().as_str()).copied().unwrap_or(0);
            told(plugin, stale)
        });
        let plugins: Vec<_> = plugins.collect();
        let left_out = catalogue.app.plugins.broken();
        Ok(json(&json!({ "plugins": plugins, "left_out": left_out })))
    })
    .await
}

/// One plugin with the end of its log and the products that it fails on.
pub(super) async fn one(
    Trusted(app): Trusted,
    Path(name): Path<String>,
    parameters: Parameters,
) -> Result<Response, Problem> {
    parameters.known(&[])?;
    app.read(move |catalogue| {
        let mut plugins = catalogue.app.plugins.all();
        let Some(plugin) = plugins.find(|plugin| plugin.name().as_str() == name) else {
            let detail = "No plugin of this name runs; /v1/plugins lists those that do.";
            return Err(Problem::new(Kind::UnknownPlugin, detail));
        };
        let count = catalogue.reader.stale()?.get(&name).copied().unwrap_or(0);
        let mut answer = told(plugin, count);
        answer["stale_products"] = stale(catalogue.reader, &name, catalogue.number())?;
        answer["log"] = plugin.ledger().log_lines().into();
        Ok(json(&answer))
    })
    .await
}

fn stale(reader: &Reader, plugin: &str, release: u64) -> Result<Value, StoreError> {
    let mut products = Vec::new();
    for id in reader.stale_products(plugin, STALE)? {
        let Some(product) = reader.product_without_reviews(id, release)? else { continue };
        let mut made = product.content.enrichments.iter();
        let failure = made.find(|made| made.plugin.as_str() == plugin);
        let reason = failure.and_then(|made| made.failure.as_deref());
        products.push(json!({ "sku": product.sku.as_str(), "reason": reason }));
    }
    Ok(products.into())
}

fn told(plugin: &Plugin, stale: u64) -> Value {
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
        "files": manifest.files(),
        "digest": plugin.digest().to_string(),
        "reads": manifest.reads.names(),
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
        "did": did(&plugin.ledger().counts()),
    })
}

fn did(counts: &Counts) -> Value {
    let kinds = FailureKind::ALL.iter().zip(counts.failures).filter(|(_, count)| *count > 0);
    json!({
        "calls": counts.calls,
        "products": counts.products,
        "memo_hits": counts.memo_hits,
        "failed": counts.failed(),
        "failures": kinds
            .map(|(kind, count)| (kind.to_string(), count.into()))
            .collect::<serde_json::Map<_, _>>(),
        "steps": counts.steps,
        "microseconds": counts.time,
        "instances": counts.instances,
        "largest_memory": counts.memory,
    })
}
