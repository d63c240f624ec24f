//! `rikaste plugin dev`: built, tried and run in a shop whenever a source changes.
//!
//! Whatever fails, the shop goes on with the last version that did not.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::bail;
use clap::Args;
use rikaste_model::product::ContentHash;

use super::author::{ProjectArgs, choose_paint};
use super::operator::{self, OperatorContext, ShopArg};
use super::{diff, say_text};
use crate::watch::SourceWatch;
use rikaste_author::build::{self, BuildMode};
use rikaste_author::case_test::{self, TestOptions};
use rikaste_author::report;
use rikaste_author::{PluginProject, sources};
use rikaste_runtime::{PluginRuntime, World};

/// Products of the shop whose changed values are shown.
const SAMPLE_SIZE: usize = 200;

#[derive(Args)]
pub(in crate::cli) struct DevArgs {
    #[command(flatten)]
    project: ProjectArgs,
    /// A shop for development, running or not; each version that loads is enabled in it without a question
    #[arg(long)]
    shop: Option<PathBuf>,
}

/// A shop that each new version goes into.
struct DevShop {
    context: OperatorContext,
    /// What is in it.
    installed_digest: Option<ContentHash>,
}

pub(super) fn run_dev_loop(args: DevArgs) -> anyhow::Result<ExitCode> {
    let (project, runtime) = args.project.open_project()?;
    let stage = |shop| {
        anyhow::Ok(DevShop {
            context: OperatorContext::open_shop(&ShopArg { shop })?,
            installed_digest: None,
        })
    };
    let mut stage = args.shop.map(stage).transpose()?;
    // Before the first build: what is saved while it runs is built next.
    let mut watch = SourceWatch::start_watching(project.folder(), sources::is_watched)?;
    loop {
        if let Err(error) = build_and_install(&project, &runtime, stage.as_mut()) {
            say_text(&format!("{}\n", choose_paint().style_bad(&format!("{error:#}"))));
            if let Some(DevShop { installed_digest: Some(_), .. }) = stage {
                say!("The shop goes on with the version before.");
            }
        }
        say!("Waiting for changes in {}; Ctrl-C ends it.", display_folder(&project));
        let changed = watch.wait_for_changes()?;
        // Editors write beside a file first; that one is gone by now.
        let there = changed.iter().filter(|path| project.folder().join(path).exists());
        let names: Vec<_> = there.map(|path| path.display().to_string()).collect();
        let names = if names.is_empty() { vec!["Something".to_owned()] } else { names };
        say!("\n{} changed.", names.join(", "));
    }
}

fn display_folder(project: &PluginProject) -> String {
    match project.folder().to_str() {
        Some(".") => "this folder".to_owned(),
        _ => project.folder().display().to_string(),
    }
}

/// Builds it, runs its cases, and puts it into the shop.
fn build_and_install(
    project: &PluginProject,
    runtime: &PluginRuntime,
    stage: Option<&mut DevShop>,
) -> anyhow::Result<()> {
    let began = Instant::now();
    let path = build::build_project(project, BuildMode::Quick)?;
    say!("Built in {}.", report::format_duration(began.elapsed()));
    let tested = case_test::test_project(project, runtime, &TestOptions::default())?;
    say_text(&report::format_summary(&tested, choose_paint()));
    let Some(stage) = stage else { return Ok(()) };
    let wasm = std::fs::read(&path)?;
    let digest = ContentHash::hash_bytes(&wasm);
    if stage.installed_digest == Some(digest) {
        return Ok(());
    }
    install_version(&stage.context, &path)?;
    stage.installed_digest = Some(digest);
    say!("In the shop {} after the change.", report::format_duration(began.elapsed()));
    Ok(())
}

/// Shows what a version changes in a shop, and has it run there.
fn install_version(context: &OperatorContext, path: &std::path::Path) -> anyhow::Result<()> {
    let candidate = context.plugin_catalog().inspect_file(&context.runtime, path)?;
    let described = match &candidate.component {
        Ok(described) => described,
        Err(error) => bail!("{}: {error}", path.display()),
    };
    let manifest = described.manifest();
    let changes = match &manifest.world {
        World::Enricher => diff::run_shadow(context, &candidate, manifest, Some(SAMPLE_SIZE))?,
        World::Importer(_) | World::ImageProcessor(_) => None,
    };
    match changes {
        Some(difference) => diff::print_difference(manifest, &difference),
        None if manifest.world != World::Enricher => {}
        None => say!("The shop has no products yet; drop a file into its inbox."),
    }
    let (name, pin) = context.plugin_catalog().enable_file(candidate)?;
    operator::await_reload(context, &name, Some(&pin))?;
    Ok(())
}
