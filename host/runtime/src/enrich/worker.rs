//! One thread's share of enriching: an instance of every plugin, and nothing shared but the memo.

use std::borrow::{Borrow, BorrowMut};
use std::sync::Arc;

use rikaste_model::code::PluginName;
use rikaste_model::product::{ContentHash, PluginEnrichment};
use rikaste_model::shop::Shop;

use super::key::{OutcomeKey, OutcomeKeyBuilder};
use super::memo::{KeyMap, KnownOutcome, OutcomeMemo};
use super::{EnrichCounts, EnricherSet, EnrichmentCandidate};
use crate::{
    DeclaredInputs, GuestContext, GuestProduct, PatchValidator, Plugin, PluginInput, PluginRunner,
    ProductOutcome, limits,
};

/// Enriches batches of products on the thread that owns it.
#[derive(Debug)]
pub struct EnrichWorker {
    enrichers: Arc<EnricherSet>,
    runners: Vec<PluginRunner>,
    runtime: tokio::runtime::Runtime,
    buffer: Vec<u8>,
}

/// What a plugin's part in one product is to be.
enum MemoLookup {
    /// As it was.
    Keep,
    /// This.
    Known(ContentHash, Arc<KnownOutcome>),
    /// That of the miss with this number.
    Miss(ContentHash, usize),
}

/// What is to be written into one product.
enum OutcomeUpdate {
    Unchanged,
    Known(ContentHash, KnownOutcome),
    Deferred(String),
}

/// Inputs that nothing is known of.
struct MemoMiss<'a> {
    inputs: DeclaredInputs<'a>,
    key: OutcomeKey,
    /// How many products of the batch have them.
    products: usize,
}

/// What came of a miss.
enum MissOutcome {
    /// For the only product that has these inputs, until it is taken.
    Own(Option<KnownOutcome>),
    /// For several.
    Shared(Arc<KnownOutcome>),
    /// It could not be tried; nothing is known.
    Deferred(String),
}

impl EnrichWorker {
    /// A worker for these plugins. Instances are made when they are first needed.
    pub(super) fn new(enrichers: Arc<EnricherSet>) -> Self {
        let runner = |plugin: &Arc<Plugin>| {
            PluginRunner::new(Arc::clone(plugin), Arc::clone(&enrichers.assets))
        };
        Self {
            runners: enrichers.plugins.iter().map(runner).collect(),
            runtime: crate::new_event_loop(),
            buffer: Vec::new(),
            enrichers,
        }
    }

    /// Brings the enrichments of every candidate up to date, plugin by plugin: what a plugin writes
    /// is there for the ones after it.
    ///
    /// The diagnostics of an enrichment do not name the product: another may have the same.
    pub fn enrich_batch(
        &mut self,
        shop: &Shop,
        batch: &mut [impl BorrowMut<EnrichmentCandidate>],
    ) -> EnrichCounts {
        let mut counts = EnrichCounts::default();
        let mut settled: Vec<usize> = batch
            .iter_mut()
            .map(|one| self.enrichers.align_enrichments(one.borrow_mut()))
            .collect();
        let context = GuestContext::from_shop(shop);
        for runner in &mut self.runners {
            let plugin = Arc::clone(runner.plugin());
            let buffer = std::mem::take(&mut self.buffer);
            let mut keys = OutcomeKeyBuilder::new(&plugin, shop, buffer);
            let (verdicts, misses) =
                look_up_outcomes(&plugin, &mut keys, &self.enrichers.memo, batch, &settled);
            self.buffer = keys.into_buffer();
            let memo_hits = (verdicts.len() - misses.len()) as u64;
            plugin.metrics().record_memo_hits(memo_hits);
            counts.memo_hits += memo_hits;
            counts.plugin_runs += misses.len() as u64;
            let outcomes = self.runtime.block_on(run_misses(runner, &context, shop, &misses));
            let mut answers = share_outcomes(&self.enrichers.memo, misses, outcomes);
            for ((candidate, verdict), settled) in batch.iter_mut().zip(verdicts).zip(&mut settled)
            {
                let update = verdict.into_update(&mut answers);
                let failed = candidate.borrow_mut().apply_update(*settled, &plugin, update);
                counts.failed += u64::from(failed);
                *settled += 1;
            }
        }
        counts
    }

    /// The runners, for those who want to know what plugins cost.
    #[must_use]
    pub fn runners(&self) -> &[PluginRunner] {
        &self.runners
    }
}

impl EnricherSet {
    /// Puts a product's enrichments in the order of the plugins and drops those of plugins that are
    /// gone. Those of plugins that cannot run come first and stay as they are, marked. The answer is
    /// how many these are.
    fn align_enrichments(&self, candidate: &mut EnrichmentCandidate) -> usize {
        let enrichments = &mut candidate.product.content.enrichments;
        let ranks: Vec<_> =
            enrichments.iter().map(|enrichment| self.run_rank(&enrichment.plugin)).collect();
        candidate.is_changed = !(ranks.is_sorted() && ranks.iter().all(Option::is_some));
        if candidate.is_changed {
            enrichments.retain(|enrichment| self.run_rank(&enrichment.plugin).is_some());
            enrichments.sort_by_key(|enrichment| self.run_rank(&enrichment.plugin));
        }
        let mut kept = 0;
        for enrichment in enrichments.iter_mut() {
            let Some((_, reason)) = self.broken.iter().find(|(name, _)| *name == enrichment.plugin)
            else {
                break;
            };
            kept += 1;
            if enrichment.failure.as_ref() != Some(reason) {
                enrichment.failure = Some(reason.clone());
                // Once it runs again, it runs on this product again.
                enrichment.memo = NO_MEMO_KEY;
                candidate.is_changed = true;
            }
        }
        kept
    }
}

/// The key of an outcome that is not to be taken for any inputs.
pub const NO_MEMO_KEY: ContentHash = ContentHash([0; 32]);

impl MemoLookup {
    fn into_update(self, answers: &mut [MissOutcome]) -> OutcomeUpdate {
        match self {
            Self::Keep => OutcomeUpdate::Unchanged,
            Self::Known(key, known) => OutcomeUpdate::Known(key, KnownOutcome::clone(&known)),
            Self::Miss(key, number) => match &mut answers[number] {
                MissOutcome::Own(known) => OutcomeUpdate::Known(
                    key,
                    known.take().expect("`share_outcomes` gave it to one product"),
                ),
                MissOutcome::Shared(known) => OutcomeUpdate::Known(key, KnownOutcome::clone(known)),
                MissOutcome::Deferred(why) => OutcomeUpdate::Deferred(why.clone()),
            },
        }
    }
}

impl EnrichmentCandidate {
    fn plugin_input(&self, settled: usize) -> PluginInput<'_> {
        PluginInput {
            product: &self.product,
            parent: self.parent.as_deref(),
            earlier_enrichments: &self.product.content.enrichments[..settled],
            reviews: &self.group_reviews,
        }
    }

    fn stored_enrichment(&self, settled: usize, plugin: &PluginName) -> Option<&PluginEnrichment> {
        self.product.content.enrichments.get(settled).filter(|stored| stored.plugin == *plugin)
    }

    /// Writes a plugin's part into the product; the answer is whether the plugin failed.
    fn apply_update(&mut self, at: usize, plugin: &Plugin, part: OutcomeUpdate) -> bool {
        if let OutcomeUpdate::Unchanged = part {
            return false;
        }
        self.is_changed = true;
        if self.stored_enrichment(at, plugin.name()).is_none() {
            self.product.content.enrichments.insert(at, new_enrichment(plugin));
        }
        let enrichment = &mut self.product.content.enrichments[at];
        match part {
            OutcomeUpdate::Unchanged => {}
            OutcomeUpdate::Known(key, known) => {
                enrichment.memo = key;
                write_outcome(plugin, known, enrichment);
            }
            OutcomeUpdate::Deferred(why) => {
                enrichment.memo = NO_MEMO_KEY;
                enrichment.failure = Some(why);
            }
        }
        enrichment.failure.is_some()
    }
}

/// Which outcomes are known, and which inputs the plugin has to run on, each once.
fn look_up_outcomes<'a>(
    plugin: &Plugin,
    keys: &mut OutcomeKeyBuilder<'a>,
    memo: &OutcomeMemo,
    batch: &'a [impl Borrow<EnrichmentCandidate>],
    settled: &[usize],
) -> (Vec<MemoLookup>, Vec<MemoMiss<'a>>) {
    let mut verdicts = Vec::with_capacity(batch.len());
    let mut misses: Vec<MemoMiss<'_>> = Vec::new();
    let mut numbers: KeyMap<usize> = KeyMap::default();
    for (candidate, settled) in batch.iter().zip(settled) {
        let candidate: &EnrichmentCandidate = candidate.borrow();
        let inputs =
            DeclaredInputs::from_input(&plugin.manifest().reads, candidate.plugin_input(*settled));
        let key = keys.hash_inputs(&inputs);
        let stored = candidate.stored_enrichment(*settled, plugin.name());
        verdicts.push(if stored.is_some_and(|stored| stored.memo == key.hash) {
            MemoLookup::Keep
        } else if let Some(known) = memo.get_outcome(&key.hash) {
            MemoLookup::Known(key.hash, known)
        } else {
            let number = *numbers.entry(key.hash).or_insert(misses.len());
            match misses.get_mut(number) {
                Some(miss) => miss.products += 1,
                None => misses.push(MemoMiss { inputs, key, products: 1 }),
            }
            MemoLookup::Miss(key.hash, number)
        });
    }
    (verdicts, misses)
}

/// Runs the plugin on the misses, in calls that are neither too long nor too large.
async fn run_misses(
    runner: &mut PluginRunner,
    context: &GuestContext<'_>,
    shop: &Shop,
    misses: &[MemoMiss<'_>],
) -> Vec<Result<KnownOutcome, String>> {
    let plugin = Arc::clone(runner.plugin());
    let mut rules = PatchValidator::new(plugin.manifest(), plugin.policy(), shop);
    let mut known = Vec::with_capacity(misses.len());
    let mut rest = misses;
    while !rest.is_empty() {
        let (call, later) = rest.split_at(call_length(rest, runner.batch_length()));
        rest = later;
        let given: Vec<_> =
            call.iter().map(|miss| GuestProduct::from_inputs(&miss.inputs, &shop.zone)).collect();
        let inputs: Vec<_> = call.iter().map(|miss| &miss.inputs).collect();
        let outcomes = runner.run_batch(context, &given, &inputs).await;
        known.extend(outcomes.into_iter().map(|outcome| match outcome {
            ProductOutcome::Patch(patch) => Ok(KnownOutcome::Accepted(rules.accept_patch(patch))),
            ProductOutcome::Failed(why) => Ok(KnownOutcome::Failed(why)),
            ProductOutcome::Deferred(why) => Err(why),
        }));
    }
    known
}

/// Remembers what inputs have that came more than once.
fn share_outcomes(
    memo: &OutcomeMemo,
    misses: Vec<MemoMiss<'_>>,
    outcomes: Vec<Result<KnownOutcome, String>>,
) -> Vec<MissOutcome> {
    let answer = |(miss, outcome): (MemoMiss<'_>, _)| match outcome {
        Err(why) => MissOutcome::Deferred(why),
        Ok(known) if memo.mark_seen(&miss.key.hash) || miss.products > 1 => {
            let known = Arc::new(known);
            memo.insert_outcome(miss.key.hash, Arc::clone(&known));
            MissOutcome::Shared(known)
        }
        Ok(known) => MissOutcome::Own(Some(known)),
    };
    misses.into_iter().zip(outcomes).map(answer).collect()
}

/// How many of the misses go into one call; at least one.
fn call_length(misses: &[MemoMiss<'_>], most: usize) -> usize {
    let mut bytes = 0;
    let fits = misses.iter().take(most).take_while(|miss| {
        bytes += miss.key.bytes;
        bytes <= limits::BATCH_BYTES
    });
    fits.count().max(1)
}

fn write_outcome(plugin: &Plugin, known: KnownOutcome, enrichment: &mut PluginEnrichment) {
    match known {
        KnownOutcome::Accepted(accepted) => {
            enrichment.version = plugin.manifest().version.clone();
            enrichment.digest = plugin.digest();
            enrichment.values = accepted.values;
            enrichment.diagnostics = accepted.diagnostics;
            enrichment.failure = None;
        }
        KnownOutcome::Failed(why) => enrichment.failure = Some(why),
    }
}

/// An enrichment that says nothing yet.
fn new_enrichment(plugin: &Plugin) -> PluginEnrichment {
    PluginEnrichment {
        plugin: plugin.name().clone(),
        version: plugin.manifest().version.clone(),
        digest: plugin.digest(),
        memo: NO_MEMO_KEY,
        values: Vec::new(),
        diagnostics: Vec::new(),
        failure: None,
    }
}
