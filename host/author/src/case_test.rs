//! `plugin test`: every case of a project, and what it took.

use std::path::Path;
use std::time::{Duration, Instant};

use rikaste_model::code::PluginName;
use smol_str::SmolStr;

use super::case_run::{self, CaseRun, CaseRunError};
use super::cases::{self, CaseError, PluginCase};
use super::difference::{OutcomeDifference, find_differences};
use super::project::PluginProject;
use rikaste_runtime::{LoadError, Manifest, PluginComponent, PluginRuntime, World, limits};

/// What came of a project's cases.
#[derive(Debug)]
pub struct TestReport {
    /// What the plugin says of itself.
    pub manifest: Manifest,
    /// Bytes of its component.
    pub size: usize,
    /// How long it took to load.
    pub loading_time: Duration,
    /// Its cases.
    pub cases: Vec<CaseResult>,
    /// What its author may want to know, and what is no reason to fail.
    pub notes: Vec<String>,
}

/// What came of a case.
#[derive(Debug)]
pub struct CaseResult {
    /// Its name.
    pub name: String,
    /// What it did, if it could be run.
    pub result: Result<(CaseRun, CaseVerdict), String>,
}

/// Whether a case is as expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CaseVerdict {
    /// It is.
    Same,
    /// It is from now on.
    Updated,
    /// It is not.
    Different(Vec<OutcomeDifference>),
    /// The case has no expectation.
    NothingExpected,
    /// It was not the same outcome each time; what is expected does not matter then.
    Nondeterministic,
}

/// Which cases to run, and what to do about differences.
#[derive(Debug, Clone, Default)]
pub struct TestOptions {
    /// Only the case of this name.
    pub only: Option<String>,
    /// Write what comes as what is expected.
    pub update: bool,
}

/// Why no case was run.
#[derive(Debug, thiserror::Error)]
pub enum TestError {
    /// The component cannot be read.
    #[error("{}: {source}", path.display())]
    Read {
        /// Where it should be.
        path: std::path::PathBuf,
        /// The error of the file system.
        source: std::io::Error,
    },
    /// The component is no plugin.
    #[error("{}: {source}", path.display())]
    Load {
        /// Where it is.
        path: std::path::PathBuf,
        /// Why the plugin cannot be loaded.
        source: LoadError,
    },
    /// Cases have products, and an importer is given files.
    #[error(
        "{name} reads files, and cases are of products; test it with `cargo test` and `rikaste_plugin::read_all`, and see what a shop makes of a file with `rikaste import --explain`"
    )]
    Importer {
        /// The plugin's name.
        name: PluginName,
    },
    /// Cases have products, and an image processor is given photos.
    #[error("{name} decodes photos, and cases are of products; test it with `cargo test`")]
    ImageProcessor {
        /// The plugin's name.
        name: PluginName,
    },
    /// There are no cases, or not the one that was asked for.
    #[error(transparent)]
    Cases(#[from] CaseError),
}

impl CaseResult {
    /// Whether it is as it should be.
    #[must_use]
    pub fn has_passed(&self) -> bool {
        matches!(&self.result, Ok((_, CaseVerdict::Same | CaseVerdict::Updated)))
    }
}

/// Loads a project's component, as it was built; the answer is also how long that took.
///
/// # Errors
/// When it is no plugin for this host.
pub fn load_component(
    runtime: &PluginRuntime,
    path: &Path,
) -> Result<(Vec<u8>, PluginComponent, Duration), TestError> {
    let wasm =
        std::fs::read(path).map_err(|source| TestError::Read { path: path.to_owned(), source })?;
    let began = Instant::now();
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let described = PluginComponent::load_from_wasm(runtime, &stem, &wasm)
        .map_err(|source| TestError::Load { path: path.to_owned(), source })?;
    Ok((wasm, described, began.elapsed()))
}

/// Runs the cases of a project that is built.
///
/// # Errors
/// When the component is no plugin, or there is nothing to run.
pub fn test_project(
    project: &PluginProject,
    runtime: &PluginRuntime,
    options: &TestOptions,
) -> Result<TestReport, TestError> {
    let (wasm, described, loading) = load_component(runtime, &project.component_path())?;
    let manifest = described.manifest().clone();
    if !manifest.is_enricher() {
        return Err(match manifest.world {
            World::ImageProcessor(_) => TestError::ImageProcessor { name: manifest.name },
            _ => TestError::Importer { name: manifest.name },
        });
    }
    let mut tested = TestReport {
        size: wasm.len(),
        loading_time: loading,
        cases: Vec::new(),
        notes: Vec::new(),
        manifest,
    };
    let mut seen: Vec<SmolStr> = Vec::new();
    for name in cases::list_cases(&project.cases_folder(), options.only.as_deref())? {
        let result = PluginCase::read_folder(&project.cases_folder().join(&name))
            .map_err(|error| error.to_string());
        let result = result.and_then(|mut case| {
            seen.extend(list_product_inputs(&case));
            let run = case_run::run_case(runtime, project.name().as_str(), &wasm, &mut case);
            let run = run.map_err(|error| describe_run_error(&case, &error))?;
            let verdict = judge_case(&mut case, &run, options.update);
            Ok((run, verdict.map_err(|error| error.to_string())?))
        });
        tested.cases.push(CaseResult { name, result });
    }
    tested.notes = collect_notes(project.name(), &tested, &seen, options);
    Ok(tested)
}

fn describe_run_error(case: &PluginCase, error: &CaseRunError) -> String {
    match error {
        CaseRunError::Load(LoadError::Config(words)) => {
            format!("config.toml: {words}")
        }
        error => format!("the case {} cannot be run: {error}", case.name),
    }
}

fn judge_case(
    case: &mut PluginCase,
    run: &CaseRun,
    update: bool,
) -> Result<CaseVerdict, CaseError> {
    if !run.nondeterministic.is_empty() {
        return Ok(CaseVerdict::Nondeterministic);
    }
    if update {
        let changed = case.write_expected(run.outcomes.clone())?;
        return Ok(if changed { CaseVerdict::Updated } else { CaseVerdict::Same });
    }
    let Some(expected) = &case.expected else {
        return Ok(CaseVerdict::NothingExpected);
    };
    let differences = find_differences(expected, &run.outcomes);
    Ok(if differences.is_empty() { CaseVerdict::Same } else { CaseVerdict::Different(differences) })
}

/// What the products of a case have: attributes and facets.
fn list_product_inputs(case: &PluginCase) -> Vec<SmolStr> {
    let mut given = vec![SmolStr::new_static("sku")];
    for product in &case.products {
        let layers = &product.content.sources;
        let values = layers.iter().flat_map(|layer| &layer.values);
        given.extend(values.map(|source| SmolStr::new(source.value.attribute.as_str())));
        let facets = [
            ("reviews", !product.reviews.is_empty()),
            ("stock", !product.commerce.stock.is_empty()),
            ("prices", !product.commerce.prices.is_empty()),
            ("associations", layers.iter().any(|layer| !layer.associations.is_empty())),
            ("images", !product.content.photos.is_empty()),
        ];
        let present = facets.into_iter().filter(|(_, has)| *has);
        given.extend(present.map(|(name, _)| SmolStr::new_static(name)));
    }
    given
}

fn collect_notes(
    project: &PluginName,
    tested: &TestReport,
    seen: &[SmolStr],
    options: &TestOptions,
) -> Vec<String> {
    let mut notes = Vec::new();
    let manifest = &tested.manifest;
    if manifest.name != *project {
        notes.push(format!(
            "the plugin calls itself {} and its project {project}; a shop goes by the first",
            manifest.name
        ));
    }
    // One case alone need not have everything.
    let names = manifest.reads.declared_names();
    let unseen: Vec<&str> =
        names.iter().filter(|name| !seen.contains(name)).map(SmolStr::as_str).collect();
    if options.only.is_none() && !unseen.is_empty() {
        notes.push(format!(
            "the plugin reads {}, which no product of any case has; is the name right?",
            unseen.join(", ")
        ));
    }
    let memory = tested.product_usages().map(|spent| spent.memory).max().unwrap_or(0);
    if memory > limits::MAX_KEPT_MEMORY as u64 {
        notes.push(format!(
            "an instance has {} MiB of memory after a call; one with more than {} MiB is replaced after every call, \
             which takes longer",
            memory >> 20,
            limits::MAX_KEPT_MEMORY >> 20
        ));
    }
    notes
}

impl TestReport {
    /// Whether every case is as it should be.
    #[must_use]
    pub fn has_passed(&self) -> bool {
        self.cases.iter().all(CaseResult::has_passed)
    }

    /// What every product took.
    pub fn product_usages(&self) -> impl Iterator<Item = &case_run::ResourceUsage> {
        self.cases.iter().filter_map(|case| case.result.as_ref().ok()).flat_map(|(t, _)| &t.usages)
    }
}
