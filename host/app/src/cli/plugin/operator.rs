//! The commands for whoever runs a shop.

use std::io::{BufRead, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use rikaste_model::code::PluginName;
use rikaste_model::moment::Moment;
use rikaste_model::shop::Shop;
use rikaste_store::Store;

use super::{diff, list};
use crate::cli::shop_in;
use crate::open;
use crate::run;
use rikaste_model::shop_folder::ShopFolder;
use rikaste_runtime::{Before, Candidate, DiffPolicy, Library, Lock, Pin, Runtime, Settings};
use rikaste_store::asset_folder::Assets;

/// How long a command waits for a running shop to follow.
const PATIENCE: Duration = Duration::from_secs(300);

#[derive(Subcommand)]
pub(in crate::cli) enum OperatorCommand {
    /// List the plugins of a shop: those that run, and files in `plugins/` that do not
    List {
        #[command(flatten)]
        shop: ShopArg,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Say what a plugin is: what it imports, reads and writes, and how it is configured
    Inspect {
        /// Its name, or a file
        plugin: String,
        #[command(flatten)]
        shop: ShopArg,
    },
    /// Have a plugin of `plugins/`, or of any file, run
    Enable(EnableArgs),
    /// Have a plugin not run any more; what it wrote goes
    Disable {
        /// Its name
        plugin: PluginName,
        #[command(flatten)]
        shop: ShopArg,
    },
    /// Have the version before run again
    Rollback {
        /// Its name
        plugin: PluginName,
        /// Why, for those who come later
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
    /// As JSON
    #[arg(long)]
    pub(super) json: bool,
}

/// A shop's plugins, from outside.
pub(super) struct Bench {
    pub(super) folder: ShopFolder,
    pub(super) runtime: Runtime,
    pub(super) assets: Assets,
}

impl Bench {
    pub(super) fn of(shop: &ShopArg) -> anyhow::Result<Self> {
        let folder = ShopFolder::new(shop_in(&shop.shop)?);
        if !folder.root().join("shop.toml").exists() {
            bail!(
                "there is no shop in {}; name its folder with --shop, or make one with `rikaste init`",
                folder.root().display()
            );
        }
        let runtime = Runtime::new(&folder.cache())?;
        let assets = Assets::new(folder.assets());
        Ok(Self { folder, runtime, assets })
    }

    pub(super) fn shelf(&self) -> Library<'_> {
        Library::new(&self.folder, &rikaste_bundled::PLUGINS)
    }

    pub(super) fn lock(&self) -> anyhow::Result<Lock> {
        Ok(Lock::load(&self.folder.plugins_lock())?)
    }

    /// The file that is meant: a path, or the name of a plugin in `plugins/`.
    pub(super) fn find(&self, plugin: &str) -> anyhow::Result<Candidate> {
        let library = self.shelf();
        if plugin.ends_with(".wasm") {
            return Ok(library.look(&self.runtime, Path::new(plugin))?);
        }
        let mut names = Vec::new();
        for path in library.files()? {
            let candidate = library.look(&self.runtime, &path)?;
            let stem = path.file_stem().unwrap_or_default();
            let Ok(described) = &candidate.described else {
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
        bail!("no file in {} has the plugin {plugin}; {there}", self.folder.plugins().display())
    }

    fn now(&self) -> anyhow::Result<String> {
        Ok(Moment::now().to_text(&Shop::load(self.folder.root())?.zone))
    }
}

pub(super) fn run(command: OperatorCommand) -> anyhow::Result<ExitCode> {
    match command {
        OperatorCommand::List { shop, json } => list::list(&Bench::of(&shop)?, json),
        OperatorCommand::Inspect { plugin, shop } => list::inspect(&Bench::of(&shop)?, &plugin),
        OperatorCommand::Enable(args) => enable(&args),
        OperatorCommand::Disable { plugin, shop } => disable(&Bench::of(&shop)?, &plugin),
        OperatorCommand::Rollback { plugin, reason, shop } => {
            roll_back(&Bench::of(&shop)?, &plugin, reason)
        }
        OperatorCommand::Diff(args) => diff::diff(&args),
    }
}

fn enable(args: &EnableArgs) -> anyhow::Result<ExitCode> {
    let bench = Bench::of(&args.shop)?;
    let lock = bench.lock()?;
    // A bundled plugin that was disabled has no file.
    if let Ok(name) = PluginName::new(&args.plugin)
        && lock.entry(&name).is_some_and(|entry| entry.disabled)
        && bench.find(&args.plugin).is_err()
    {
        Lock::change(&bench.folder.plugins_lock(), |lock| lock.resume(&name))?;
        return follow(&bench, &name, None);
    }
    let candidate = match (bench.find(&args.plugin), rikaste_bundled::optional(&args.plugin)) {
        (Err(_), Some(optional)) => {
            let (name, pin) = bench.shelf().enable_bundled(&bench.runtime, optional)?;
            return follow(&bench, &name, Some(&pin));
        }
        (found, _) => found?,
    };
    let described = match &candidate.described {
        Ok(described) => described,
        Err(error) => bail!("{}: {error}", candidate.path.display()),
    };
    let name = described.manifest().name.clone();
    let pin = Pin { version: described.manifest().version.to_string(), digest: candidate.digest };
    let entry = lock.entry(&name);
    if entry.is_some_and(|entry| !entry.disabled && entry.runs.as_ref() == Some(&pin)) {
        say!("{name} {} runs already.", pin.version);
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(refusal) = entry
        .into_iter()
        .flat_map(|entry| &entry.refused)
        .find(|refusal| refusal.digest == pin.digest)
    {
        say!("This file was tried on {} and taken back: {}", refusal.at, refusal.reason);
    }
    let policy = Settings::load(&bench.folder.plugins_settings())?.upgrade.diff;
    // An importer changes nothing until a file comes.
    let changes = !args.yes && policy != DiffPolicy::None && described.manifest().enriches();
    if changes && !agreed(&bench, &candidate, &name, &pin, policy)? {
        return Ok(ExitCode::FAILURE);
    }
    bench.shelf().enable(&bench.runtime, &candidate.path)?;
    follow(&bench, &name, Some(&pin))
}

/// Whether what it changes is nothing, or somebody wants it.
fn agreed(
    bench: &Bench,
    candidate: &Candidate,
    name: &PluginName,
    pin: &Pin,
    policy: DiffPolicy,
) -> anyhow::Result<bool> {
    let Some(difference) = diff::try_on(bench, &candidate.path, name, pin, Some(200))? else {
        return Ok(true);
    };
    diff::show(name, &pin.version, &difference);
    if difference.is_clean() {
        return Ok(true);
    }
    if policy == DiffPolicy::Clean {
        say!(
            "{name} {} was not enabled: [upgrade] diff = \"clean\" in plugins.toml asks for no change. `--yes` enables it all the same.",
            pin.version
        );
        return Ok(false);
    }
    if !std::io::stdin().is_terminal() {
        say!("{name} {} was not enabled: nobody is here to ask. `--yes` enables it.", pin.version);
        return Ok(false);
    }
    say!("Enable {name} {}? [y/N]", pin.version);
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer)?;
    Ok(answer.trim().eq_ignore_ascii_case("y"))
}

fn disable(bench: &Bench, name: &PluginName) -> anyhow::Result<ExitCode> {
    let lock = bench.lock()?;
    let is_bundled = rikaste_bundled::PLUGINS.iter().any(|plugin| plugin.name == name.as_str());
    let entry = lock.entry(name);
    if entry.is_some_and(|entry| entry.disabled) {
        say!("{name} is disabled already.");
        return Ok(ExitCode::SUCCESS);
    }
    if !is_bundled && entry.is_none_or(|entry| entry.runs.is_none()) {
        bail!("no plugin {name} is enabled; `rikaste plugin list` shows those that are");
    }
    Lock::change(&bench.folder.plugins_lock(), |lock| lock.disable(name))?;
    follow(bench, name, None)
}

fn roll_back(bench: &Bench, name: &PluginName, reason: String) -> anyhow::Result<ExitCode> {
    let at = bench.now()?;
    let before =
        Lock::change(&bench.folder.plugins_lock(), |lock| lock.roll_back(name, at, reason))?;
    match before {
        None => bail!(
            "there is no version of {name} to go back to; `rikaste plugin disable {name}` stops it"
        ),
        Some(Before::File(pin)) => follow(bench, name, Some(&pin)),
        Some(Before::Bundled { .. }) => follow(bench, name, None),
    }
}

/// Says what becomes of what the lock file says now: at once, if the shop runs.
pub(super) fn follow(
    bench: &Bench,
    name: &PluginName,
    pin: Option<&Pin>,
) -> anyhow::Result<ExitCode> {
    let what = || {
        let entry = bench.lock()?.entry(name).cloned().unwrap_or_default();
        Ok::<_, anyhow::Error>(match (entry.disabled, entry.runs) {
            (true, _) => format!("{name} does not run"),
            (false, Some(pin)) => format!("{name} {} runs", pin.version),
            (false, None) => format!("the bundled {name} runs"),
        })
    };
    if !open::is_running(&bench.folder) {
        say!("From the next start of the shop on, {}.", what()?);
        return Ok(ExitCode::SUCCESS);
    }
    let reader = Store::open(&bench.folder.state())?.reader()?;
    let began = Instant::now();
    let wait = indicatif::ProgressBar::new_spinner().with_message("the shop tries it");
    wait.enable_steady_tick(Duration::from_millis(100));
    loop {
        if reader.setting(run::FOLLOWED)?.as_ref() == Some(&run::lock_hash(&bench.folder)) {
            break;
        }
        if began.elapsed() > PATIENCE {
            bail!(
                "the running shop did not follow within {} s; its log says why",
                PATIENCE.as_secs()
            );
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    wait.finish_and_clear();
    let entry = bench.lock()?.entry(name).cloned().unwrap_or_default();
    let refused =
        pin.and_then(|pin| entry.refused.iter().find(|refusal| refusal.digest == pin.digest));
    if let Some(refusal) = refused {
        say!("{name} {} was taken back: {}", refusal.version, refusal.reason);
        say!("Now {}.", what()?);
        return Ok(ExitCode::FAILURE);
    }
    let release = reader.current().context("the store cannot be read")?;
    let number = release.map_or(0, |release| release.number);
    say!("Now {}; the shop is at release {number}.", what()?);
    Ok(ExitCode::SUCCESS)
}
