//! `rikaste plugin dev`: built, tried and run in a shop whenever a source changes.
//!
//! Whatever fails, the shop goes on with the last version that did not.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::bail;
use clap::Args;
use rikaste_model::product::Hash;

use super::author::{ProjectArgs, paint};
use super::operator::{self, Bench, ShopArg};
use super::{diff, say_text};
use crate::watch::SourceWatch;
use rikaste_author::build::{self, Mode};
use rikaste_author::report;
use rikaste_author::test::{self, Options};
use rikaste_author::{Project, sources};
use rikaste_runtime::{Pin, Runtime, World};

/// Products of the shop whose changed values are shown.
const SAMPLE: usize = 200;

#[derive(Args)]
pub(in crate::cli) struct DevArgs {
    #[command(flatten)]
    project: ProjectArgs,
    /// A shop for development, running or not: each version that loads is enabled in it, unasked
    #[arg(long)]
    shop: Option<PathBuf>,
}

/// A shop that each new version goes into.
struct Stage {
    bench: Bench,
    /// What is in it.
    last: Option<Hash>,
}

pub(super) fn dev(args: DevArgs) -> anyhow::Result<ExitCode> {
    let (project, runtime) = args.project.open()?;
    let stage = |shop| anyhow::Ok(Stage { bench: Bench::of(&ShopArg { shop })?, last: None });
    let mut stage = args.shop.map(stage).transpose()?;
    // Before the first build: what is saved while it runs is built next.
    let mut watch = SourceWatch::start(project.folder(), sources::is_watched)?;
    loop {
        if let Err(error) = round(&project, &runtime, stage.as_mut()) {
            say_text(&format!("{}\n", paint().bad(&format!("{error:#}"))));
            if let Some(Stage { last: Some(_), .. }) = stage {
                say!("The shop goes on with the version before.");
            }
        }
        say!("Waiting for changes in {}; Ctrl-C ends it.", shown(&project));
        let changed = watch.wait()?;
        // Editors write beside a file first; that one is gone by now.
        let there = changed.iter().filter(|path| project.folder().join(path).exists());
        let names: Vec<_> = there.map(|path| path.display().to_string()).collect();
        let names = if names.is_empty() { vec!["Something".to_owned()] } else { names };
        say!("\n{} changed.", names.join(", "));
    }
}

fn shown(project: &Project) -> String {
    match project.folder().to_str() {
        Some(".") => "this folder".to_owned(),
        _ => project.folder().display().to_string(),
    }
}

/// Builds it, runs its cases, and puts it into the shop.
fn round(project: &Project, runtime: &Runtime, stage: Option<&mut Stage>) -> anyhow::Result<()> {
    let began = Instant::now();
    let path = build::build(project, Mode::Quick)?;
    say!("Built in {}.", report::time(began.elapsed()));
    let tested = test::test(project, runtime, &Options::default())?;
    say_text(&report::brief(&tested, paint()));
    let Some(stage) = stage else { return Ok(()) };
    let wasm = std::fs::read(&path)?;
    let digest = Hash::of(&wasm);
    if stage.last == Some(digest) {
        return Ok(());
    }
    put(&stage.bench, &path)?;
    stage.last = Some(digest);
    say!("In the shop {} after the change.", report::time(began.elapsed()));
    Ok(())
}

/// Shows what a version changes in a shop, and has it run there.
fn put(bench: &Bench, path: &std::path::Path) -> anyhow::Result<()> {
    let candidate = bench.shelf().look(&bench.runtime, path)?;
    let described = match &candidate.described {
        Ok(described) => described,
        Err(error) => bail!("{}: {error}", path.display()),
    };
    let manifest = described.manifest();
    let pin = Pin { version: manifest.version.to_string(), digest: candidate.digest };
    let changes = match &manifest.world {
        World::Enricher => diff::try_on(bench, path, &manifest.name, &pin, Some(SAMPLE))?,
        World::Importer(_) | World::ImageProcessor(_) => None,
    };
    match changes {
        Some(difference) => diff::show(&manifest.name, &pin.version, &difference),
        None if manifest.world != World::Enricher => {}
        None => say!("The shop has no products yet; drop a file into its inbox."),
    }
    bench.shelf().enable(&bench.runtime, path)?;
    operator::follow(bench, &manifest.name, Some(&pin))?;
    Ok(())
}
