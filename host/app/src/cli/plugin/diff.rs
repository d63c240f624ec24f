//! `rikaste plugin diff`: what a new version would change.

use std::process::ExitCode;
use std::sync::Arc;

use anyhow::bail;
use indicatif::{ProgressBar, ProgressStyle};
use rikaste_model::diagnostic::cut_excerpt;
use rikaste_store::Store;

use super::operator::{DiffArgs, OperatorContext};
use crate::open::{load_configuration, load_configuration_with_lock};
use rikaste_runtime::shadow::{self, PluginCost, ShadowDifference, ValueChange};
use rikaste_runtime::{Manifest, PluginFile, PluginVersion, World};

/// Changed values that are shown, and of one product.
const MAX_SHOWN_CHANGES: usize = 12;
const MAX_SHOWN_PER_PRODUCT: usize = 2;
/// Characters that are shown of what comes before a difference.
const CHARS_BEFORE_DIFFERENCE: usize = 24;

pub(super) fn diff_version(args: &DiffArgs) -> anyhow::Result<ExitCode> {
    let context = OperatorContext::open_shop(&args.shop)?;
    let candidate = context.plugin_catalog().inspect_file(&context.runtime, &args.plugin)?;
    let described = match &candidate.component {
        Ok(described) => described,
        Err(error) => bail!("{}: {error}", candidate.path.display()),
    };
    let name = &described.manifest().name;
    match described.manifest().world {
        World::Enricher => {}
        World::Importer(_) => bail!(
            "{name} reads files and changes no values by itself; `rikaste import --explain FILE` shows what it makes of one"
        ),
        World::ImageProcessor(_) => bail!("{name} decodes photos and changes no values"),
    }
    let most = (!args.all).then_some(args.sample);
    let Some(difference) = run_shadow(&context, &candidate, described.manifest(), most)? else {
        bail!("the shop has no products yet; import a file first");
    };
    if args.json {
        say!("{}", serde_json::to_string_pretty(&difference)?);
    } else {
        print_difference(described.manifest(), &difference);
    }
    Ok(if difference.is_clean() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Runs a new version against the catalogue; nothing when it has no products.
pub(super) fn run_shadow(
    context: &OperatorContext,
    candidate: &PluginFile,
    manifest: &Manifest,
    most: Option<usize>,
) -> anyhow::Result<Option<ShadowDifference>> {
    let reader = Store::open_or_create(&context.folder.state_folder())?.open_reader()?;
    if reader.load_current_release()?.is_none() {
        return Ok(None);
    }
    let (runtime, assets) = (&context.runtime, &context.assets);
    let before = load_configuration(&context.folder, runtime, assets, &[])?;
    let mut lock = context.load_lock_file()?;
    let name = &manifest.name;
    let version = manifest.version.to_string();
    lock.enable_version(name, PluginVersion { version, digest: candidate.digest }, false);
    let catalog = context.plugin_catalog().with_file(candidate);
    let running: Vec<_> = before.plugins.all_plugins().cloned().collect();
    let mut after = load_configuration_with_lock(runtime, assets, &catalog, &lock, &running)?;
    after.plugins = Arc::new(after.plugins.with_fresh_counters());
    if after.plugins.find_plugin(name).is_none() {
        let broken = after.plugins.broken_messages();
        let why = broken.iter().find(|problem| problem.contains(name.as_str()));
        bail!("{}", why.map_or("it cannot run beside the others", String::as_str));
    }
    let ids = shadow::sample_products(&reader, most.unwrap_or(0))?;
    let bar = ProgressBar::new(ids.len() as u64).with_style(
        ProgressStyle::with_template("trying {bar:30} {pos} of {len} products, {eta} left")
            .unwrap_or_else(|_| ProgressStyle::default_bar()),
    );
    let show_progress = |done| bar.set_position(done as u64);
    let difference = shadow::compare_plugins(
        &reader,
        name,
        before.shadow_side(),
        after.shadow_side(),
        &ids,
        show_progress,
    )?;
    bar.finish_and_clear();
    Ok(Some(difference))
}

/// Says it to a person.
pub(super) fn print_difference(manifest: &Manifest, difference: &ShadowDifference) {
    let Manifest { name, version, .. } = manifest;
    let ShadowDifference { products, changed, .. } = difference;
    say!("{name} {version} was tried on {products} products; {changed} would change.");
    for (attribute, count) in &difference.attributes {
        say!("  {count:>7} values of {attribute}");
    }
    for (code, count) in &difference.diagnostics {
        say!("  {count:>7} new diagnostics {code}");
    }
    let of_products = difference.changes.chunk_by(|one, next| one.sku == next.sku);
    let shown: Vec<_> = of_products
        .flat_map(|changes| changes.iter().take(MAX_SHOWN_PER_PRODUCT))
        .take(MAX_SHOWN_CHANGES)
        .collect();
    shown.iter().for_each(|change| print_change(change));
    let rest = (difference.changes.len() - shown.len()) as u64 + difference.more;
    if rest > 0 {
        say!("  … and {rest} more values; --json names a thousand");
    }
    for failure in difference.failures.iter().take(3) {
        say!("  fails on {}: {}", failure.sku, failure.reason);
    }
    print_cost("before", difference.before.as_ref());
    print_cost("after", difference.after.as_ref());
}

fn print_change(change: &ValueChange) {
    let (before, after) = (change.before.as_deref(), change.after.as_deref());
    let same = before.zip(after).map_or(0, |(before, after)| common_prefix_length(before, after));
    let format_value = |value: Option<&str>| {
        let Some(value) = value else { return "nothing".to_owned() };
        let omitted = value.floor_char_boundary(same.saturating_sub(CHARS_BEFORE_DIFFERENCE));
        let dots = if omitted > 0 { "…" } else { "" };
        format!("{:?}", format!("{dots}{}", cut_excerpt(&value[omitted..])))
    };
    say!("  {} {}: {} → {}", change.sku, change.place, format_value(before), format_value(after));
}

/// Bytes that two texts begin with alike.
fn common_prefix_length(one: &str, other: &str) -> usize {
    one.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count()
}

fn print_cost(when: &str, cost: Option<&PluginCost>) {
    let Some(cost) = cost.filter(|cost| cost.runs > 0) else { return };
    say!(
        "  {when:>7}: {} failed; {} thousand steps and {} µs a product; {} MiB",
        cost.failed,
        cost.steps / 1_000,
        cost.nanoseconds / 1_000,
        cost.memory >> 20
    );
}
