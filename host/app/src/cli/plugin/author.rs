//! The commands for whoever writes a plugin.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, Subcommand};

use super::dev::{self, DevArgs};
use super::say_text;
use rikaste_author::build::{self, BuildMode};
use rikaste_author::case_test::{self, TestOptions};
use rikaste_author::report::{self, TextStyle};
use rikaste_author::{PluginProject, ProjectKind, ProjectLanguage, ProjectName, cache, scaffold};
use rikaste_runtime::{Manifest, PluginRuntime};

#[derive(Subcommand)]
pub(in crate::cli) enum AuthorCommand {
    /// Create a plugin project that builds and passes its cases
    New(NewArgs),
    /// Build the project to dist/NAME.wasm, and check that it loads
    Build(BuildArgs),
    /// Run the project's cases in the real runtime, and report what they cost
    ///
    /// A case is a folder in cases/ with a products.json, and an expected.json that --update writes.
    /// Each runs twice on fresh instances, and each product alone: the outcomes must be the same bytes.
    Test(TestArgs),
    /// Build the plugin, run its cases and put it into a shop whenever a source changes
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
    /// Build quickly, for development: larger and slower (Rust only)
    #[arg(long)]
    debug: bool,
}

#[derive(Args)]
pub(in crate::cli) struct TestArgs {
    #[command(flatten)]
    project: ProjectArgs,
    /// Write the present outcomes as the expected ones
    #[arg(long)]
    update: bool,
    /// Run only this case
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
    /// The language that it is written in
    #[arg(long, value_enum)]
    lang: ProjectLanguage,
    /// The kind of plugin: values for products, or files of a format
    #[arg(long, value_enum, default_value = "enricher")]
    world: ProjectKind,
    /// The project's folder; by default one of the plugin's name
    #[arg(long)]
    into: Option<PathBuf>,
}

pub(super) fn run_author_command(command: AuthorCommand) -> anyhow::Result<ExitCode> {
    match command {
        AuthorCommand::New(args) => create_project(&args),
        AuthorCommand::Build(args) => build_plugin(&args),
        AuthorCommand::Test(args) => test_plugin(args),
        AuthorCommand::Dev(args) => dev::run_dev_loop(args),
    }
}

fn create_project(args: &NewArgs) -> anyhow::Result<ExitCode> {
    let folder = args.into.clone().unwrap_or_else(|| PathBuf::from(args.name.as_str()));
    scaffold::create_project(&folder, &args.name, args.lang, args.world)?;
    say!("Made the plugin {} in {}.", args.name, folder.display());
    say!(
        "{}",
        match args.world {
            ProjectKind::Enricher =>
                "Its README.md says what is where. Build it and try it on its cases:",
            ProjectKind::Importer => "Its README.md says what is where. Try it and build it:",
        }
    );
    say!("");
    say!("    cd {}", folder.display());
    for command in args.lang.setup_commands() {
        say!("    {command}");
    }
    match args.world {
        ProjectKind::Enricher => say!("    rikaste plugin test"),
        ProjectKind::Importer => say!("    cargo test\n    rikaste plugin build"),
    }
    Ok(ExitCode::SUCCESS)
}

impl ProjectArgs {
    /// The project, and a runtime for it.
    pub(super) fn open_project(&self) -> anyhow::Result<(PluginProject, PluginRuntime)> {
        let project = PluginProject::find_in_folder(&self.project)?;
        Ok((project, PluginRuntime::new(&cache::code_cache_folder())?))
    }
}

fn build_plugin(args: &BuildArgs) -> anyhow::Result<ExitCode> {
    let (project, runtime) = args.project.open_project()?;
    let path = build::build_project(
        &project,
        if args.debug { BuildMode::Quick } else { BuildMode::Release },
    )?;
    let (wasm, described, loading) = case_test::load_component(&runtime, &path)?;
    let manifest = described.manifest();
    say!(
        "{} ({}), loaded in {}",
        path.display(),
        report::format_bytes(wasm.len() as u64),
        report::format_duration(loading)
    );
    say!("{}", summarize_manifest(manifest));
    Ok(ExitCode::SUCCESS)
}

fn summarize_manifest(manifest: &Manifest) -> String {
    if let Some(files) = manifest.describe_files() {
        let Manifest { name, version, description, .. } = manifest;
        return format!("{name} {version}: {description}\n  reads   {files}");
    }
    let writes = manifest.writes.iter().map(|write| {
        let mut text = format!("{} ({}", write.attribute, write.data_type);
        text.push_str(if write.localizable { ", by locale" } else { "" });
        text.push_str(if write.scopable { ", by channel" } else { "" });
        text + ")"
    });
    let reads = manifest.reads.declared_names();
    let reads = if reads.is_empty() { "nothing".to_owned() } else { reads.join(", ") };
    format!(
        "{} {}: {}\n  reads   {reads}\n  writes  {}",
        manifest.name,
        manifest.version,
        manifest.description,
        writes.collect::<Vec<_>>().join(", ")
    )
}

fn test_plugin(args: TestArgs) -> anyhow::Result<ExitCode> {
    let (project, runtime) = args.project.open_project()?;
    build::build_project(&project, BuildMode::Release)?;
    let options = TestOptions { only: args.case, update: args.update };
    let tested = case_test::test_project(&project, &runtime, &options)?;
    if args.json {
        let json = serde_json::to_string_pretty(&report::build_json(&tested));
        say!("{}", json.context("the report cannot be written")?);
    } else {
        say_text(&report::format_report(&tested, choose_paint()));
    }
    Ok(if tested.has_passed() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Colours for a terminal, unless the user does not want them (no-color.org).
pub(super) fn choose_paint() -> TextStyle {
    let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    if wanted && std::io::stdout().is_terminal() { TextStyle::Colours } else { TextStyle::Plain }
}
