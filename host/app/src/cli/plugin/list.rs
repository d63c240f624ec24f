//! `rikaste plugin list` and `inspect`.

use std::collections::BTreeSet;
use std::process::ExitCode;

use anyhow::bail;
use rikaste_model::code::PluginName;
use rikaste_model::product::ContentHash;
use rikaste_store::Store;
use serde::Serialize;

use super::operator::OperatorContext;
use crate::open::load_configuration;
use rikaste_runtime::{LockEntry, Manifest, Plugin, PluginComponent, World};

/// A plugin, or a file that may be one.
#[derive(Serialize)]
struct PluginListing {
    name: String,
    version: String,
    state: &'static str,
    /// `enricher` or `importer`.
    #[serde(skip_serializing_if = "str::is_empty")]
    world: &'static str,
    digest: String,
    reads: Vec<String>,
    writes: Vec<String>,
    /// Of an importer: which files it reads of itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    files: Option<String>,
    /// Products that show its last good values because it fails on them.
    stale: u64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
}

pub(super) fn list_plugins(context: &OperatorContext, json: bool) -> anyhow::Result<ExitCode> {
    let lock = context.load_lock_file()?;
    let store = Store::open_or_create(&context.folder.state_folder())?;
    let stale = store.open_reader()?.count_stale_products()?;
    let configured = load_configuration(&context.folder, &context.runtime, &context.assets, &[])?;
    let mut lines: Vec<PluginListing> = configured
        .plugins
        .all_plugins()
        .map(|plugin| PluginListing {
            stale: stale.get(plugin.name().as_str()).copied().unwrap_or(0),
            notes: lock.find_entry(plugin.name()).map(refusal_history).unwrap_or_default(),
            ..PluginListing::from_manifest(plugin.manifest(), "runs", plugin.digest())
        })
        .collect();
    for (name, entry) in lock.plugins.iter().filter(|(_, entry)| entry.disabled) {
        let version = entry.runs.as_ref().map_or("bundled", |pin| pin.version.as_str());
        lines.push(PluginListing::without_manifest(
            name.as_str(),
            version,
            "disabled",
            refusal_history(entry),
        ));
    }
    for problem in configured.plugins.broken_messages() {
        lines.push(PluginListing::without_manifest("", "", "left out", vec![problem]));
    }
    let known: BTreeSet<ContentHash> = configured
        .plugins
        .all_plugins()
        .map(|plugin| plugin.digest())
        .chain(lock.plugins.values().filter_map(|entry| Some(entry.runs.as_ref()?.digest)))
        .collect();
    let catalog = context.plugin_catalog();
    for path in catalog.list_files()? {
        let candidate = catalog.inspect_file(&context.runtime, &path)?;
        if known.contains(&candidate.digest) {
            continue;
        }
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        lines.push(match &candidate.component {
            Ok(described) => {
                let name = &described.manifest().name;
                let note = format!("{file} is not enabled: `rikaste plugin enable {name}`");
                PluginListing {
                    notes: vec![note],
                    ..PluginListing::from_manifest(
                        described.manifest(),
                        "not enabled",
                        candidate.digest,
                    )
                }
            }
            Err(error) => {
                PluginListing::without_manifest(&file, "", "no plugin", vec![error.to_string()])
            }
        });
    }
    for optional in &rikaste_bundled::OPTIONAL_PLUGINS {
        if lines.iter().all(|line| line.name != optional.name) {
            let described =
                PluginComponent::load_bundled(&context.runtime, optional.name, optional.wasm)?;
            let name = optional.name;
            let note = format!("it comes with the program: `rikaste plugin enable {name}`");
            let line = PluginListing::from_manifest(
                described.manifest(),
                "not enabled",
                described.digest(),
            );
            lines.push(PluginListing { notes: vec![note], ..line });
        }
    }
    if json {
        say!("{}", serde_json::to_string_pretty(&lines)?);
    } else {
        print_listings(&lines);
    }
    Ok(ExitCode::SUCCESS)
}

impl PluginListing {
    fn from_manifest(manifest: &Manifest, state: &'static str, digest: ContentHash) -> Self {
        Self {
            name: manifest.name.to_string(),
            version: manifest.version.to_string(),
            state,
            world: manifest.world.name(),
            digest: digest.to_string(),
            reads: manifest.reads.declared_names().iter().map(ToString::to_string).collect(),
            writes: manifest.writes.iter().map(|write| write.attribute.to_string()).collect(),
            files: manifest.describe_files(),
            stale: 0,
            notes: Vec::new(),
        }
    }

    fn without_manifest(
        name: &str,
        version: &str,
        state: &'static str,
        notes: Vec<String>,
    ) -> Self {
        Self {
            name: name.to_owned(),
            version: version.to_owned(),
            state,
            world: "",
            digest: String::new(),
            reads: Vec::new(),
            writes: Vec::new(),
            files: None,
            stale: 0,
            notes,
        }
    }
}

fn refusal_history(entry: &LockEntry) -> Vec<String> {
    let refused = entry.refused.iter().map(|refusal| {
        format!("{} was taken back on {}: {}", refusal.version, refusal.at, refusal.reason)
    });
    refused.collect()
}

fn print_listings(lines: &[PluginListing]) {
    let width = |of: fn(&PluginListing) -> &str| {
        lines.iter().map(|line| of(line).chars().count()).max().unwrap_or(0)
    };
    let (name, version, state) =
        (width(|line| &line.name), width(|line| &line.version), width(|line| line.state));
    for line in lines {
        let digest = line.digest.get(..12).unwrap_or_default();
        let stale = if line.stale > 0 { format!("  {} stale", line.stale) } else { String::new() };
        let head = format!(
            "{:name$}  {:version$}  {:state$}  {digest:12}{stale}",
            line.name, line.version, line.state
        );
        say!("{}", head.trim_end());
        if !line.writes.is_empty() {
            let reads =
                if line.reads.is_empty() { "nothing".to_owned() } else { line.reads.join(", ") };
            say!("{:name$}  reads {reads}; writes {}", "", line.writes.join(", "));
        }
        if let Some(files) = &line.files {
            say!("{:name$}  reads {files}", "");
        }
        for note in &line.notes {
            say!("{:name$}  {note}", "");
        }
    }
}

pub(super) fn inspect_plugin(context: &OperatorContext, plugin: &str) -> anyhow::Result<ExitCode> {
    if let Ok(name) = PluginName::new(plugin) {
        let configured =
            load_configuration(&context.folder, &context.runtime, &context.assets, &[])?;
        if let Some(running) =
            configured.plugins.all_plugins().find(|plugin| *plugin.name() == name)
        {
            print_running_plugin(context, running)?;
            return Ok(ExitCode::SUCCESS);
        }
    }
    let candidate = match (context.find_plugin_file(plugin), rikaste_bundled::find_optional(plugin))
    {
        (Err(_), Some(optional)) => {
            let described =
                PluginComponent::load_bundled(&context.runtime, optional.name, optional.wasm)?;
            say!("  size     {} KiB", optional.wasm.len().div_ceil(1024));
            say!(
                "  state    it comes with the program and does not run; `rikaste plugin enable {plugin}` has it run"
            );
            print_manifest(described.manifest(), described.digest(), &described.imports());
            return Ok(ExitCode::SUCCESS);
        }
        (found, _) => found?,
    };
    say!("{}", candidate.path.display());
    let described: &PluginComponent = match &candidate.component {
        Ok(described) => described,
        Err(error) => bail!("{}: {error}", candidate.path.display()),
    };
    say!("  size     {} KiB", candidate.wasm.len().div_ceil(1024));
    say!("  state    it does not run; `rikaste plugin enable {plugin}` has it run");
    print_manifest(described.manifest(), candidate.digest, &described.imports());
    Ok(ExitCode::SUCCESS)
}

fn print_running_plugin(context: &OperatorContext, plugin: &Plugin) -> anyhow::Result<()> {
    let name = plugin.name();
    let stale = Store::open_or_create(&context.folder.state_folder())?
        .open_reader()?
        .count_stale_products()?;
    let stale = stale.get(name.as_str()).copied().unwrap_or(0);
    say!("{name} {}", plugin.manifest().version);
    match plugin.manifest().world {
        World::Enricher => say!(
            "  state    it runs; {stale} products show its last good values because it fails on them"
        ),
        World::Importer(_) => say!("  state    it runs when a file comes"),
        World::ImageProcessor(_) => say!("  state    it runs when a photo comes"),
    }
    print_manifest(plugin.manifest(), plugin.digest(), &plugin.imports());
    let limits = plugin.limits();
    say!(
        "  limits   {} million steps a {}, {} MiB of memory, {} MiB of output, {} values, {} lines of log, {} s",
        limits.steps / 1_000_000,
        match plugin.manifest().world {
            World::Enricher => "product",
            World::Importer(_) => "chunk",
            World::ImageProcessor(_) => "photo",
        },
        limits.memory >> 20,
        limits.output >> 20,
        limits.values,
        limits.log_lines,
        limits.time.as_secs()
    );
    say!("  config   {}", plugin.config());
    if let Some(entry) = context.load_lock_file()?.find_entry(name) {
        for line in refusal_history(entry) {
            say!("  history  {line}");
        }
    }
    Ok(())
}

fn print_manifest(manifest: &Manifest, digest: ContentHash, imports: &[String]) {
    say!("  plugin   {} {}", manifest.name, manifest.version);
    say!("           {}", manifest.description);
    say!("  digest   {digest}");
    say!("  world    rikaste:plugin/{}@{}", manifest.world.name(), rikaste_runtime::CONTRACT);
    let imports = if imports.is_empty() { "nothing".to_owned() } else { imports.join(", ") };
    say!("  imports  {imports}");
    match manifest.describe_files() {
        Some(files) => say!("  reads    {files}"),
        None => {
            let reads: Vec<_> =
                manifest.reads.declared_names().iter().map(ToString::to_string).collect();
            let reads = if reads.is_empty() { "nothing".to_owned() } else { reads.join(", ") };
            say!("  reads    {reads}");
        }
    }
    for write in &manifest.writes {
        let localizable = if write.localizable { ", by locale" } else { "" };
        say!("  writes   {} ({}{localizable})", write.attribute, write.data_type);
    }
    if !manifest.config_schema.is_empty() {
        let schema: Option<serde_json::Value> = serde_json::from_str(&manifest.config_schema).ok();
        let schema = schema.and_then(|schema| serde_json::to_string_pretty(&schema).ok());
        let schema = schema.unwrap_or_else(|| manifest.config_schema.clone());
        say!("  schema   {}", schema.replace('\n', "\n           "));
    }
}
