//! The commands for whoever writes a plugin.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, Subcommand};

use super::dev::{self, DevArgs};
use super::say_text;
use rikaste_author::build::{self, Mode};
use rikaste_author::report::{self, Paint};
use rikaste_author::test::{self, Options};
use rikaste_author::{Language, Project, ProjectName, Purpose, cache, new};
use rikaste_runtime::{Manifest, Runtime};

#[derive(Subcommand)]
pub(in crate::cli) enum AuthorCommand {
    /// Make a plugin's project, which builds and passes its cases as it stands
    New(NewArgs),
    /// Build the project to dist/NAME.wasm, and look whether it loads
    Build(BuildArgs),
    /// Run the project's cases in the real runtime, and say what they took
    ///
    /// A case is a folder in cases/ with a products.json, and an expected.json that --update writes.
    /// Each runs twice on fresh instances, and each product alone: the outcomes must be the same bytes.
    Test(TestArgs),
    /// Build it, run its cases and put it into a shop, each time that a source changes
    Dev(DevArgs),
}

#[derive(Args)]
pub(in crate::cli) struct ProjectArgs {
    /// The project's folder
    #[arg(default_value = ".")]
    project: PathBuf,
}

#[derive(Args)]
pub(in crate::cli) struct BuildArgs {
    #[command(flatten)]
    project: ProjectArgs,
    /// Quickly, for trying: larger and slower (Rust only)
    #[arg(long)]
    debug: bool,
}

#[derive(Args)]
pub(in crate::cli) struct TestArgs {
    #[command(flatten)]
    project: ProjectArgs,
    /// Write what comes now as what is expected
    #[arg(long)]
    update: bool,
    /// Only this case
    #[arg(long)]
    case: Option<String>,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
pub(in crate::cli) struct NewArgs {
    /// The plugin's name, such as `colour-line`
    name: ProjectName,
    /// What it is written in
    #[arg(long, value_enum)]
    lang: Language,
    /// What it is for: values for products, or files of a format
    #[arg(long, value_enum, default_value = "enricher")]
    world: Purpose,
    /// The project's folder; by default one of the plugin's name
    #[arg(long)]
    into: Option<PathBuf>,
}

pub(super) fn run(command: AuthorCommand) -> anyhow::Result<ExitCode> {
    match command {
        AuthorCommand::New(args) => new(&args),
        AuthorCommand::Build(args) => build(&args),
        AuthorCommand::Test(args) => test(args),
        AuthorCommand::Dev(args) => dev::dev(args),
    }
}

fn new(args: &NewArgs) -> anyhow::Result<ExitCode> {
    let folder = args.into.clone().unwrap_or_else(|| PathBuf::from(args.name.as_str()));
    new::make(&folder, &args.name, args.lang, args.world)?;
    say!("Made the plugin {} in {}.", args.name, folder.display());
    say!(
        "{}",
        match args.world {
            Purpose::Enricher =>
                "Its README.md says what is where. Build it and try it on its cases:",
            Purpose::Importer => "Its README.md says what is where. Try it and build it:",
        }
    );
    say!("");
    say!("    cd {}", folder.display());
    for command in args.lang.preparation() {
        say!("    {command}");
    }
    match args.world {
        Purpose::Enricher => say!("    rikaste plugin test"),
        Purpose::Importer => say!("    cargo test\n    rikaste plugin build"),
    }
    Ok(ExitCode::SUCCESS)
}

impl ProjectArgs {
    /// The project, and a runtime for it.
    pub(super) fn open(&self) -> anyhow::Result<(Project, Runtime)> {
        let project = Project::find(&self.project)?;
        Ok((project, Runtime::new(&cache::folder())?))
    }
}

fn build(args: &BuildArgs) -> anyhow::Result<ExitCode> {
    let (project, runtime) = args.project.open()?;
    let path = build::build(&project, if args.debug { Mode::Quick } else { Mode::Release })?;
    let (wasm, described, loading) = test::load(&runtime, &path)?;
    let manifest = described.manifest();
    say!(
        "{} ({}), loaded in {}",
        path.display(),
        report::bytes(wasm.len() as u64),
        report::time(loading)
    );
    say!("{}", summary(manifest));
    Ok(ExitCode::SUCCESS)
}

fn summary(manifest: &Manifest) -> String {
    if let Some(files) = manifest.files() {
        let Manifest { name, version, description, .. } = manifest;
        return format!("{name} {version}: {description}\n  reads   {files}");
    }
    let writes = manifest.writes.iter().map(|write| {
        let mut told = format!("{} ({}", write.attribute, write.data_type);
        told.push_str(if write.localizable { ", by locale" } else { "" });
        told.push_str(if write.scopable { ", by channel" } else { "" });
        told + ")"
    });
    let reads = manifest.reads.names();
    let reads = if reads.is_empty() { "nothing".to_owned() } else { reads.join(", ") };
    format!(
        "{} {}: {}\n  reads   {reads}\n  writes  {}",
        manifest.name,
        manifest.version,
        manifest.description,
        writes.collect::<Vec<_>>().join(", ")
    )
}

fn test(args: TestArgs) -> anyhow::Result<ExitCode> {
    let (project, runtime) = args.project.open()?;
    build::build(&project, Mode::Release)?;
    let options = Options { only: args.case, update: args.update };
    let tested = test::test(&project, &runtime, &options)?;
    if args.json {
        let json = serde_json::to_string_pretty(&report::json(&tested));
        say!("{}", json.context("the report cannot be written")?);
    } else {
        say_text(&report::text(&tested, paint()));
    }
    Ok(if tested.passed() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Colours for a terminal, unless the user does not want them (no-color.org).
pub(super) fn paint() -> Paint {
    let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    if wanted && std::io::stdout().is_terminal() { Paint::Colours } else { Paint::Plain }
}
