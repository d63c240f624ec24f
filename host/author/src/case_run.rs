//! Trying a plugin on a case, in the runtime that a shop has.
//!
//! A case is run three times: all products together, the same once more on a fresh instance, and
//! each product alone on a fresh instance. A shop does all of these and may mix them, so what
//! comes out has to be the same bytes each time; and alone on a fresh instance is how a product is
//! judged, so that is what is measured.

use std::sync::Arc;
use std::time::Duration;

use rikaste_model::product::Product;
use rikaste_model::shop::AttributeConflict;
use rikaste_model::value::AttributeValue;
use serde_json::{Map, Value as Json};

use super::cases::PluginCase;
use super::value;
use rikaste_runtime::{
    self, DeclaredInputs, GuestContext, GuestProduct, LoadError, Manifest, PatchValidator, Plugin,
    PluginComponent, PluginInput, PluginPolicy, PluginRunner, PluginRuntime, ProductOutcome,
};

/// What a plugin made of a case.
#[derive(Debug)]
pub struct CaseRun {
    /// What it made of each product, by SKU.
    pub outcomes: Map<String, Json>,
    /// What each product took, alone on a fresh instance.
    pub usages: Vec<ResourceUsage>,
    /// Time of a product in a batch on an instance that is warm.
    pub time_per_product: Duration,
    /// What it logged.
    pub log: Vec<String>,
    /// Products on which it was not the same plugin each time.
    pub nondeterministic: Vec<NondeterministicOutcome>,
}

/// What a product took.
#[derive(Debug, Clone, Default)]
pub struct ResourceUsage {
    /// The product's SKU.
    pub sku: String,
    /// Steps of the guest.
    pub steps: u64,
    /// Bytes of the instance's memories.
    pub memory: u64,
    /// Bytes of what it answered, as JSON.
    pub output: usize,
    /// Values that it proposed and the host took.
    pub values: usize,
    /// Lines of log.
    pub log_lines: usize,
}

/// A product that came out in two ways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NondeterministicOutcome {
    /// The product's SKU.
    pub sku: String,
    /// When it was another outcome.
    pub rerun: RerunKind,
    /// The first outcome.
    pub first: Json,
    /// The other.
    pub other: Json,
}

/// What was other about the other run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RerunKind {
    /// Nothing: it was the same call on another fresh instance.
    Again,
    /// It was alone, and had been together with others.
    Alone,
}

/// Why a case cannot be run.
#[derive(Debug, thiserror::Error)]
pub enum CaseRunError {
    /// The component is no plugin, or does not take the case's configuration.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The case's model has what the plugin writes as something else.
    #[error(transparent)]
    Attribute(#[from] AttributeConflict),
}

/// Runs a plugin on a case.
///
/// # Errors
/// When it does not start. What it does wrong with a product is an outcome.
pub fn run_case(
    runtime: &PluginRuntime,
    name: &str,
    wasm: &[u8],
    case: &mut PluginCase,
) -> Result<CaseRun, CaseRunError> {
    let described = PluginComponent::load_from_wasm(runtime, name, wasm)?;
    let manifest = described.manifest().clone();
    for write in &manifest.writes {
        case.shop.define_attribute(
            write.attribute.clone(),
            write.to_attribute_definition(&manifest.name),
        )?;
    }
    let plugin = Arc::new(described.into_plugin(case.config.clone(), PluginPolicy::default())?);
    let stage = CaseRunner { plugin: &plugin, case, manifest: &manifest };
    let all: Vec<usize> = (0..case.products.len()).collect();
    // The first product once more, after all others: a case of one product shows, too, what a plugin
    // remembers. And once again, because a runner may put right what the last of a batch came to.
    let company: Vec<usize> =
        all.iter().copied().chain(all.first().into_iter().flat_map(|first| [*first; 2])).collect();
    let first = stage.run_products(&mut stage.new_runner(), &company);
    let mut warm = stage.new_runner();
    let again = stage.run_products(&mut warm, &company);
    let time_per_product = stage.measure_time_per_product(&mut warm, &all);
    let mut log = Vec::new();
    let mut spent = Vec::with_capacity(all.len());
    let mut nondeterministic = Vec::new();
    for at in all {
        let sku = case.products[at].sku.to_string();
        let (alone, took) = stage.run_alone(at);
        let lines = plugin.metrics().log_lines();
        log.extend_from_slice(&lines[lines.len().saturating_sub(took.log_lines)..]);
        spent.push(took);
        let first = &first[at];
        let late = if at == 0 { &again[case.products.len()] } else { &again[at] };
        for (when, other) in
            [(RerunKind::Again, &again[at]), (RerunKind::Alone, &alone), (RerunKind::Alone, late)]
        {
            // As texts: two objects of other order are the same value and not the same bytes.
            if outcome_bytes(first) != outcome_bytes(other) {
                let (first, other) = (first.clone(), other.clone());
                nondeterministic.push(NondeterministicOutcome {
                    sku: sku.clone(),
                    rerun: when,
                    first,
                    other,
                });
                break;
            }
        }
    }
    let skus = case.products.iter().map(|product| product.sku.to_string());
    Ok(CaseRun {
        outcomes: skus.zip(first).collect(),
        usages: spent,
        time_per_product,
        log,
        nondeterministic,
    })
}

/// A plugin before a case's products.
struct CaseRunner<'a> {
    plugin: &'a Arc<Plugin>,
    case: &'a PluginCase,
    manifest: &'a Manifest,
}

impl CaseRunner<'_> {
    /// Without an instance: the first call makes one.
    fn new_runner(&self) -> PluginRunner {
        PluginRunner::new(Arc::clone(self.plugin), Arc::new(self.case.photos.clone()))
    }

    /// What the plugin makes of these products, in as few calls as a shop would.
    fn run_products(&self, runner: &mut PluginRunner, products: &[usize]) -> Vec<Json> {
        let shop = &self.case.shop;
        let mut rules = PatchValidator::new(self.manifest, self.plugin.policy(), shop);
        let accept = |outcome| match outcome {
            ProductOutcome::Patch(patch) => {
                let accepted = rules.accept_patch(patch);
                accepted_to_json(self.manifest, &accepted, shop)
            }
            ProductOutcome::Failed(why) | ProductOutcome::Deferred(why) => {
                serde_json::json!({ "failure": why })
            }
        };
        self.run_batches(runner, products).into_iter().map(accept).collect()
    }

    fn run_batches(&self, runner: &mut PluginRunner, products: &[usize]) -> Vec<ProductOutcome> {
        let shop = &self.case.shop;
        let context = GuestContext::from_shop(shop);
        let mut outcomes = Vec::with_capacity(products.len());
        let mut rest = products;
        while !rest.is_empty() {
            let (call, later) = rest.split_at(rest.len().min(runner.batch_length()));
            rest = later;
            let products = call.iter().map(|at| &self.case.products[*at]);
            let inputs: Vec<DeclaredInputs<'_>> =
                products.map(|product| select_inputs(self.manifest, product)).collect();
            let given: Vec<GuestProduct<'_>> =
                inputs.iter().map(|inputs| GuestProduct::from_inputs(inputs, &shop.zone)).collect();
            let inputs: Vec<&DeclaredInputs<'_>> = inputs.iter().collect();
            let run = runner.run_batch(&context, &given, &inputs);
            outcomes.extend(rikaste_runtime::new_event_loop().block_on(run));
        }
        outcomes
    }

    /// Time of a product. Once is enough where it takes long.
    fn measure_time_per_product(&self, warm: &mut PluginRunner, products: &[usize]) -> Duration {
        const ENOUGH: Duration = Duration::from_millis(20);
        let micros = || self.plugin.metrics().counts().time;
        let (before, mut runs) = (micros(), 0_u64);
        while runs < 100 && Duration::from_micros(micros() - before) < ENOUGH {
            self.run_batches(warm, products);
            runs += 1;
        }
        let products = runs * products.len().max(1) as u64;
        Duration::from_nanos((micros() - before) * 1_000 / products.max(1))
    }

    /// One product on a fresh instance.
    fn run_alone(&self, at: usize) -> (Json, ResourceUsage) {
        let mut runner = self.new_runner();
        let outcome = self.run_products(&mut runner, &[at]).remove(0);
        let used = runner.last_usage();
        let values = outcome.get("values").and_then(Json::as_object);
        let spent = ResourceUsage {
            sku: self.case.products[at].sku.to_string(),
            steps: used.steps,
            memory: used.memory as u64,
            output: outcome.to_string().len(),
            values: values.map_or(0, |values| values.values().map(count_values).sum()),
            log_lines: used.log_lines,
        };
        (outcome, spent)
    }
}

fn select_inputs<'a>(manifest: &Manifest, product: &'a Product) -> DeclaredInputs<'a> {
    let input = PluginInput {
        product,
        parent: None,
        earlier_enrichments: &[],
        reviews: product.reviews.as_slice(),
    };
    DeclaredInputs::from_input(&manifest.reads, input)
}

fn outcome_bytes(outcome: &Json) -> Vec<u8> {
    outcome.to_string().into_bytes()
}

/// How many values an attribute of `expected.json` stands for.
fn count_values(json: &Json) -> usize {
    match json {
        Json::Object(object) if value::is_by_locale(object) => object.len(),
        Json::Array(items) if items.iter().any(|item| item.get("value").is_some()) => items.len(),
        _ => 1,
    }
}

/// What stands of a patch, as `expected.json` has it: attributes in the order of the manifest.
fn accepted_to_json(
    manifest: &Manifest,
    accepted: &rikaste_runtime::AcceptedPatch,
    shop: &rikaste_model::shop::Shop,
) -> Json {
    let mut object = Map::new();
    let mut values = Map::new();
    for write in &manifest.writes {
        let of_it: Vec<&AttributeValue> =
            accepted.values.iter().filter(|value| value.attribute == write.attribute).collect();
        if !of_it.is_empty() {
            values.insert(write.attribute.to_string(), value::values_to_json(&of_it, &shop.zone));
        }
    }
    if !values.is_empty() {
        object.insert("values".to_owned(), values.into());
    }
    let diagnostics: Vec<Json> = accepted.diagnostics.iter().map(diagnostic_to_json).collect();
    if !diagnostics.is_empty() {
        object.insert("diagnostics".to_owned(), diagnostics.into());
    }
    Json::Object(object)
}

fn diagnostic_to_json(diagnostic: &rikaste_model::diagnostic::Diagnostic) -> Json {
    let mut object = Map::new();
    object.insert("severity".to_owned(), diagnostic.severity.to_string().into());
    object.insert("code".to_owned(), diagnostic.code.as_str().into());
    object.insert("message".to_owned(), diagnostic.message.to_string().into());
    if let Some(attribute) = &diagnostic.place.attribute {
        object.insert("attribute".to_owned(), attribute.as_str().into());
    }
    if let Some(locale) = &diagnostic.place.locale {
        object.insert("locale".to_owned(), locale.as_str().into());
    }
    Json::Object(object)
}
