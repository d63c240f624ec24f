//! The commands for whoever runs a shop.

use std::io::{BufRead, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use rikaste_model::code::PluginName;
use rikaste_model::moment::Moment;
use rikaste_model::release::ReleaseNumber;
use rikaste_model::shop::Shop;
use rikaste_store::{Store, StoreReader};

use super::{diff, list};
use crate::cli::{absolute_shop_folder, poll_until};
use crate::open;
use crate::run;
use rikaste_model::shop_folder::ShopFolder;
use rikaste_pipeline::{ReloadOutcome, ReloadReport};
use rikaste_runtime::{
    DiffPolicy, LockEntry, Manifest, PluginCatalog, PluginFile, PluginLock, PluginRuntime,
    PluginSettings, PluginVersion, PreviousVersion,
};
use rikaste_store::asset_folder::AssetFolder;

/// How long a command waits for a running shop to follow.
const RELOAD_TIMEOUT: Duration = Duration::from_secs(300);

#[derive(Subcommand)]
pub(in crate::cli) enum OperatorCommand {
    /// List the plugins of a shop: those that run, and files in `plugins/` that do not
    List {
        #[command(flatten)]
        shop: ShopArg,
        /// Print it as JSON
        #[arg(long)]
        json: bool,
    },
    /// Describe a plugin: what it imports, reads and writes, and how it is configured
    Inspect {
        /// Its name, or a file
        plugin: String,
        #[command(flatten)]
        shop: ShopArg,
    },
    /// Enable a plugin of `plugins/`, or of any file
    Enable(EnableArgs),
    /// Disable a plugin; the values that it wrote are removed
    Disable {
        /// Its name
        plugin: PluginName,
        #[command(flatten)]
        shop: ShopArg,
    },
    /// Go back to the version before
    Rollback {
        /// Its name
        plugin: PluginName,
        /// The reason, for whoever reads it later
        #[arg(long, default_value = "rolled back by hand")]
        reason: String,
        #[command(flatten)]
        shop: ShopArg,
    },
    /// Run a new version against the catalogue, release nothing, and show what would change
    Diff(DiffArgs),
}

#[derive(Args)]
pub(in crate::cli) struct ShopArg {
    /// The shop's folder
    #[arg(long, default_value = ".")]
    pub(super) shop: PathBuf,
}

#[derive(Args)]
pub(in crate::cli) struct EnableArgs {
    /// Its name, or a file
    plugin: String,
    #[command(flatten)]
    shop: ShopArg,
    /// Do not ask about values that it changes
    #[arg(long, short)]
    yes: bool,
}

#[derive(Args)]
pub(in crate::cli) struct DiffArgs {
    /// The new version's file
    pub(super) plugin: PathBuf,
    #[command(flatten)]
    pub(super) shop: ShopArg,
    /// Try it on so many products, evenly spread
    #[arg(long, default_value_t = 200, conflicts_with = "all")]
    pub(super) sample: usize,
    /// Try it on every product
    #[arg(long)]
    pub(super) all: bool,
    /// Print it as JSON
    #[arg(long)]
    pub(super) json: bool,
}

/// A shop's plugins, from outside.
pub(super) struct OperatorContext {
    pub(super) folder: ShopFolder,
    pub(super) runtime: PluginRuntime,
    pub(super) assets: AssetFolder,
}

impl OperatorContext {
    pub(super) fn open_shop(shop: &ShopArg) -> anyhow::Result<Self> {
        let folder = ShopFolder::new(absolute_shop_folder(&shop.shop)?);
        if !folder.root().join("shop.toml").exists() {
            bail!(
                "there is no shop in {}; name its folder with --shop, or make one with `rikaste init`",
                folder.root().display()
            );
        }
        let runtime = PluginRuntime::new(&folder.code_cache_folder())?;
        let assets = AssetFolder::new(folder.assets_folder());
        Ok(Self { folder, runtime, assets })
    }

    pub(super) fn plugin_catalog(&self) -> PluginCatalog<'_> {
        PluginCatalog::new(&self.folder, &rikaste_bundled::PLUGINS)
    }

    pub(super) fn load_lock_file(&self) -> anyhow::Result<PluginLock> {
        Ok(PluginLock::load_file(&self.folder.plugins_lock_file())?)
    }

    /// The file that is meant: a path, or the name of a plugin in `plugins/`.
    pub(super) fn find_plugin_file(&self, plugin: &str) -> anyhow::Result<PluginFile> {
        let catalog = self.plugin_catalog();
        if plugin.ends_with(".wasm") {
            return Ok(catalog.inspect_file(&self.runtime, Path::new(plugin))?);
        }
        let mut names = Vec::new();
        for path in catalog.list_files()? {
            let candidate = catalog.inspect_file(&self.runtime, &path)?;
            let stem = path.file_stem().unwrap_or_default();
            let Ok(described) = &candidate.component else {
                if stem == plugin {
                    return Ok(candidate);
                }
                continue;
            };
            let name = &described.manifest().name;
            if name.as_str() == plugin || stem == plugin {
                return Ok(candidate);
            }
            names.push(name.to_string());
        }
        let there = if names.is_empty() {
            "there is none".to_owned()
        } else {
            format!("there are {}", names.join(", "))
        };
        bail!(
            "no file in {} has the plugin {plugin}; {there}",
            self.folder.plugins_folder().display()
        )
    }

    fn local_time_text(&self) -> anyhow::Result<String> {
        Ok(Moment::now().to_text(&Shop::load_from_folder(self.folder.root())?.zone))
    }
}

pub(super) fn run_operator_command(command: OperatorCommand) -> anyhow::Result<ExitCode> {
    match command {
        OperatorCommand::List { shop, json } => {
            list::list_plugins(&OperatorContext::open_shop(&shop)?, json)
        }
        OperatorCommand::Inspect { plugin, shop } => {
            list::inspect_plugin(&OperatorContext::open_shop(&shop)?, &plugin)
        }
        OperatorCommand::Enable(args) => enable_plugin(&args),
        OperatorCommand::Disable { plugin, shop } => {
            disable_plugin(&OperatorContext::open_shop(&shop)?, &plugin)
        }
        OperatorCommand::Rollback { plugin, reason, shop } => {
            roll_back_plugin(&OperatorContext::open_shop(&shop)?, &plugin, reason)
        }
        OperatorCommand::Diff(args) => diff::diff_version(&args),
    }
}

fn enable_plugin(args: &EnableArgs) -> anyhow::Result<ExitCode> {
    let context = OperatorContext::open_shop(&args.shop)?;
    let lock = context.load_lock_file()?;
    let found = context.find_plugin_file(&args.plugin);
    // A bundled plugin that was disabled has no file.
    if found.is_err()
        && let Ok(name) = PluginName::new(&args.plugin)
        && lock.find_entry(&name).is_some_and(|entry| entry.disabled)
    {
        PluginLock::update_file(&context.folder.plugins_lock_file(), |lock| {
            lock.resume_plugin(&name)
        })?;
        return await_reload(&context, &name, None);
    }
    let candidate = match (found, rikaste_bundled::find_optional(&args.plugin)) {
        (Err(_), Some(optional)) => {
            let (name, pin) =
                context.plugin_catalog().enable_bundled(&context.runtime, optional)?;
            return await_reload(&context, &name, Some(&pin));
        }
        (found, _) => found?,
    };
    let described = match &candidate.component {
        Ok(described) => described,
        Err(error) => bail!("{}: {error}", candidate.path.display()),
    };
    let manifest = described.manifest();
    let entry = lock.find_entry(&manifest.name);
    let running = entry.filter(|entry| !entry.disabled).and_then(|entry| entry.runs.as_ref());
    if running.is_some_and(|running| running.digest == candidate.digest) {
        say!("{} {} runs already.", manifest.name, manifest.version);
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(refusal) = entry
        .into_iter()
        .flat_map(|entry| &entry.refused)
        .find(|refusal| refusal.digest == candidate.digest)
    {
        say!("This file was tried on {} and taken back: {}", refusal.at, refusal.reason);
    }
    let policy = PluginSettings::load_file(&context.folder.plugins_settings_file())?.upgrade.diff;
    // An importer changes nothing until a file comes.
    let changes = !args.yes && policy != DiffPolicy::None && manifest.is_enricher();
    if changes && !confirm_changes(&context, &candidate, manifest, policy)? {
        return Ok(ExitCode::FAILURE);
    }
    let (name, pin) = context.plugin_catalog().enable_file(candidate)?;
    await_reload(&context, &name, Some(&pin))
}

/// Whether the version changes nothing, or somebody wants what it changes.
fn confirm_changes(
    context: &OperatorContext,
    candidate: &PluginFile,
    manifest: &Manifest,
    policy: DiffPolicy,
) -> anyhow::Result<bool> {
    let Manifest { name, version, .. } = manifest;
    let Some(difference) = diff::run_shadow(context, candidate, manifest, Some(200))? else {
        return Ok(true);
    };
    diff::print_difference(manifest, &difference);
    if difference.is_clean() {
        return Ok(true);
    }
    if policy == DiffPolicy::Clean {
        say!(
            "{name} {version} was not enabled: [upgrade] diff = \"clean\" in plugins.toml asks for no change. `--yes` enables it all the same."
        );
        return Ok(false);
    }
    if !std::io::stdin().is_terminal() {
        say!("{name} {version} was not enabled: nobody is here to ask. `--yes` enables it.");
        return Ok(false);
    }
    say!("Enable {name} {version}? [y/N]");
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer)?;
    Ok(answer.trim().eq_ignore_ascii_case("y"))
}

fn disable_plugin(context: &OperatorContext, name: &PluginName) -> anyhow::Result<ExitCode> {
    let lock = context.load_lock_file()?;
    let is_bundled = rikaste_bundled::PLUGINS.iter().any(|plugin| plugin.name == name.as_str());
    let entry = lock.find_entry(name);
    if entry.is_some_and(|entry| entry.disabled) {
        say!("{name} is disabled already.");
        return Ok(ExitCode::SUCCESS);
    }
    if !is_bundled && entry.is_none_or(|entry| entry.runs.is_none()) {
        bail!("no plugin {name} is enabled; `rikaste plugin list` shows those that are");
    }
    PluginLock::update_file(&context.folder.plugins_lock_file(), |lock| lock.disable_plugin(name))?;
    await_reload(context, name, None)
}

fn roll_back_plugin(
    context: &OperatorContext,
    name: &PluginName,
    reason: String,
) -> anyhow::Result<ExitCode> {
    let at = context.local_time_text()?;
    let before = PluginLock::update_file(&context.folder.plugins_lock_file(), |lock| {
        lock.roll_back(name, at, reason)
    })?;
    match before {
        None => bail!(
            "there is no version of {name} to go back to; `rikaste plugin disable {name}` stops it"
        ),
        Some(PreviousVersion::File(pin)) => await_reload(context, name, Some(&pin)),
        Some(PreviousVersion::Bundled { .. }) => await_reload(context, name, None),
    }
}

/// Reports what becomes of the lock file as it is now: at once, if the shop runs.
pub(super) fn await_reload(
    context: &OperatorContext,
    name: &PluginName,
    pin: Option<&PluginVersion>,
) -> anyhow::Result<ExitCode> {
    let written = run::hash_lock_file(&context.folder);
    if !open::is_running(&context.folder) {
        let what = describe_entry(name, &find_lock_entry(context, name)?);
        say!("From the next start of the shop on, {what}.");
        return Ok(ExitCode::SUCCESS);
    }
    let reader = Store::open_or_create(&context.folder.state_folder())?.open_reader()?;
    let outcome = await_reload_outcome(context, &reader, &written)?;
    let entry = find_lock_entry(context, name)?;
    let what = describe_entry(name, &entry);
    let refused =
        pin.and_then(|pin| entry.refused.iter().find(|refusal| refusal.digest == pin.digest));
    if let Some(refusal) = refused {
        say!("{name} {} was taken back: {}", refusal.version, refusal.reason);
        say!("Now {what}.");
        return Ok(ExitCode::FAILURE);
    }
    if let ReloadOutcome::Refused { reason } = outcome {
        bail!("the running shop goes on as it was configured before: {reason}");
    }
    let release = reader.load_current_release().context("the store cannot be read")?;
    let number = release.map_or(ReleaseNumber::BEFORE_FIRST, |release| release.number);
    say!("Now {what}; the shop is at release {number}.");
    Ok(ExitCode::SUCCESS)
}

/// Waits for what the running shop makes of a state of the lock file, or of the one that took its place.
fn await_reload_outcome(
    context: &OperatorContext,
    reader: &StoreReader,
    written: &str,
) -> anyhow::Result<ReloadOutcome> {
    let spinner = indicatif::ProgressBar::new_spinner().with_message("the shop tries it");
    spinner.enable_steady_tick(Duration::from_millis(100));
    let outcome = poll_until(RELOAD_TIMEOUT, || {
        let report = ReloadReport::load_last(reader)?;
        if let Some(report) = report
            && (report.lock_hash == written
                || report.lock_hash == run::hash_lock_file(&context.folder))
        {
            return Ok(Some(report.outcome));
        }
        if !open::is_running(&context.folder) {
            bail!("the shop stopped; at its next start it follows plugins.lock");
        }
        Ok(None)
    })?;
    spinner.finish_and_clear();
    outcome.with_context(|| {
        format!("the running shop tries it still after {} s", RELOAD_TIMEOUT.as_secs())
    })
}

fn find_lock_entry(context: &OperatorContext, name: &PluginName) -> anyhow::Result<LockEntry> {
    Ok(context.load_lock_file()?.find_entry(name).cloned().unwrap_or_default())
}

fn describe_entry(name: &PluginName, entry: &LockEntry) -> String {
    match (entry.disabled, &entry.runs) {
        (true, _) => format!("{name} does not run"),
        (false, Some(pin)) => format!("{name} {} runs", pin.version),
        (false, None) => format!("the bundled {name} runs"),
    }
}
