//! One thread's share of enriching: an instance of every plugin, and nothing shared but the memo.

use std::sync::Arc;

use rikaste_model::code::PluginName;
use rikaste_model::product::{Enrichment, Hash};
use rikaste_model::shop::Shop;

use super::key::{Key, Keys};
use super::memo::{ByKey, Known, Memo};
use super::{Candidate, EnrichCounts, Enrichers};
use crate::{Context, GivenProduct, Inputs, Outcome, Plugin, Rules, Runner, Subject, limits};

/// Enriches batches of products on the thread that owns it.
#[derive(Debug)]
pub struct Worker {
    enrichers: Arc<Enrichers>,
    runners: Vec<Runner>,
    runtime: tokio::runtime::Runtime,
    buffer: Vec<u8>,
}

/// What a plugin's part in one product is to be.
enum Verdict {
    /// As it was.
    Keep,
    /// This.
    Known(Hash, Arc<Known>),
    /// That of the miss with this number.
    Miss(Hash, usize),
}

/// What is to be written into one product.
enum Part {
    Nothing,
    Known(Hash, Known),
    Missed(String),
}

/// Inputs that nothing is known of.
struct Miss<'a> {
    inputs: Inputs<'a>,
    key: Key,
    /// How many products of the batch have them.
    products: usize,
}

/// What came of a miss.
enum Answer {
    /// For the only product that has these inputs, until it is taken.
    Own(Option<Known>),
    /// For several.
    Shared(Arc<Known>),
    /// It could not be tried; nothing is known.
    Missed(String),
}

impl Worker {
    /// A worker for these plugins. Instances are made when they are first needed.
    pub(super) fn new(enrichers: Arc<Enrichers>) -> Self {
        let runner =
            |plugin: &Arc<Plugin>| Runner::new(Arc::clone(plugin), Arc::clone(&enrichers.assets));
        Self {
            runners: enrichers.plugins.iter().map(runner).collect(),
            runtime: crate::event_loop(),
            buffer: Vec::new(),
            enrichers,
        }
    }

    /// Brings the enrichments of every candidate up to date, plugin by plugin: what a plugin writes
    /// is there for the ones after it.
    ///
    /// The diagnostics of an enrichment do not name the product: another may have the same.
    pub fn enrich(&mut self, shop: &Shop, batch: &mut [Candidate]) -> EnrichCounts {
        let mut counts = EnrichCounts::default();
        let mut settled: Vec<usize> =
            batch.iter_mut().map(|candidate| self.enrichers.tidy(candidate)).collect();
        let context = Context::of(shop);
        for runner in &mut self.runners {
            let plugin = Arc::clone(runner.plugin());
            let buffer = std::mem::take(&mut self.buffer);
            let mut keys = Keys::new(&plugin, shop, buffer);
            let (verdicts, misses) =
                sort_out(&plugin, &mut keys, &self.enrichers.memo, batch, &settled);
            self.buffer = keys.into_buffer();
            let memo_hits = (verdicts.len() - misses.len()) as u64;
            plugin.ledger().remembered(memo_hits);
            counts.memo_hits += memo_hits;
            counts.plugin_runs += misses.len() as u64;
            let outcomes = self.runtime.block_on(run(runner, &context, shop, &misses));
            let mut answers = share(&self.enrichers.memo, misses, outcomes);
            for ((candidate, verdict), settled) in batch.iter_mut().zip(verdicts).zip(&mut settled)
            {
                let failed = candidate.settle(*settled, &plugin, verdict.part(&mut answers));
                counts.failed += u64::from(failed);
                *settled += 1;
            }
        }
        counts
    }

    /// The runners, for those who want to know what plugins cost.
    #[must_use]
    pub fn runners(&self) -> &[Runner] {
        &self.runners
    }
}

impl Enrichers {
    /// Puts a product's enrichments in the order of the plugins and drops those of plugins that are
    /// gone. Those of plugins that cannot run come first and stay as they are, marked. The answer is
    /// how many these are.
    fn tidy(&self, candidate: &mut Candidate) -> usize {
        let enrichments = &mut candidate.product.content.enrichments;
        let ranks: Vec<_> =
            enrichments.iter().map(|enrichment| self.rank(&enrichment.plugin)).collect();
        candidate.enriched = !(ranks.is_sorted() && ranks.iter().all(Option::is_some));
        if candidate.enriched {
            enrichments.retain(|enrichment| self.rank(&enrichment.plugin).is_some());
            enrichments.sort_by_key(|enrichment| self.rank(&enrichment.plugin));
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
                enrichment.memo = NEVER;
                candidate.enriched = true;
            }
        }
        kept
    }
}

/// The key of an outcome that is not to be taken for any inputs.
pub const NEVER: Hash = Hash([0; 32]);

impl Verdict {
    fn part(self, answers: &mut [Answer]) -> Part {
        match self {
            Self::Keep => Part::Nothing,
            Self::Known(key, known) => Part::Known(key, Known::clone(&known)),
            Self::Miss(key, number) => match &mut answers[number] {
                Answer::Own(known) => {
                    Part::Known(key, known.take().expect("`share` gave it to one product"))
                }
                Answer::Shared(known) => Part::Known(key, Known::clone(known)),
                Answer::Missed(why) => Part::Missed(why.clone()),
            },
        }
    }
}

impl Candidate {
    fn subject(&self, settled: usize) -> Subject<'_> {
        Subject {
            product: &self.product,
            parent: self.parent.as_deref(),
            beneath: &self.product.content.enrichments[..settled],
            reviews: &self.group_reviews,
        }
    }

    fn stored(&self, settled: usize, plugin: &PluginName) -> Option<&Enrichment> {
        self.product.content.enrichments.get(settled).filter(|stored| stored.plugin == *plugin)
    }

    /// Writes a plugin's part into the product; the answer is whether the plugin failed.
    fn settle(&mut self, at: usize, plugin: &Plugin, part: Part) -> bool {
        if let Part::Nothing = part {
            return false;
        }
        self.enriched = true;
        if self.stored(at, plugin.name()).is_none() {
            self.product.content.enrichments.insert(at, fresh(plugin));
        }
        let enrichment = &mut self.product.content.enrichments[at];
        match part {
            Part::Nothing => {}
            Part::Known(key, known) => {
                enrichment.memo = key;
                write(plugin, known, enrichment);
            }
            Part::Missed(why) => {
                enrichment.memo = NEVER;
                enrichment.failure = Some(why);
            }
        }
        enrichment.failure.is_some()
    }
}

/// Which outcomes are known, and which inputs the plugin has to run on, each once.
fn sort_out<'a>(
    plugin: &Plugin,
    keys: &mut Keys<'a>,
    memo: &Memo,
    batch: &'a [Candidate],
    settled: &[usize],
) -> (Vec<Verdict>, Vec<Miss<'a>>) {
    let mut verdicts = Vec::with_capacity(batch.len());
    let mut misses: Vec<Miss<'_>> = Vec::new();
    let mut numbers: ByKey<usize> = ByKey::default();
    for (candidate, settled) in batch.iter().zip(settled) {
        let inputs = Inputs::of(&plugin.manifest().reads, candidate.subject(*settled));
        let key = keys.key(&inputs);
        let stored = candidate.stored(*settled, plugin.name());
        verdicts.push(if stored.is_some_and(|stored| stored.memo == key.hash) {
            Verdict::Keep
        } else if let Some(known) = memo.get(&key.hash) {
            Verdict::Known(key.hash, known)
        } else {
            let number = *numbers.entry(key.hash).or_insert(misses.len());
            match misses.get_mut(number) {
                Some(miss) => miss.products += 1,
                None => misses.push(Miss { inputs, key, products: 1 }),
            }
            Verdict::Miss(key.hash, number)
        });
    }
    (verdicts, misses)
}

/// Runs the plugin on the misses, in calls that are neither too long nor too large.
async fn run(
    runner: &mut Runner,
    context: &Context<'_>,
    shop: &Shop,
    misses: &[Miss<'_>],
) -> Vec<Result<Known, String>> {
    let plugin = Arc::clone(runner.plugin());
    let mut rules = Rules::new(plugin.manifest(), plugin.terms(), shop);
    let mut known = Vec::with_capacity(misses.len());
    let mut rest = misses;
    while !rest.is_empty() {
        let (call, later) = rest.split_at(call_length(rest, runner.batch_length()));
        rest = later;
        let given: Vec<_> =
            call.iter().map(|miss| GivenProduct::of(&miss.inputs, &shop.zone)).collect();
        let inputs: Vec<_> = call.iter().map(|miss| &miss.inputs).collect();
        let outcomes = runner.run(context, &given, &inputs).await;
        known.extend(outcomes.into_iter().map(|outcome| match outcome {
            Outcome::Patch(patch) => Ok(Known::Accepted(rules.accept(patch))),
            Outcome::Failed(why) => Ok(Known::Failed(why)),
            Outcome::Missed(why) => Err(why),
        }));
    }
    known
}

/// Remembers what inputs have that came more than once.
fn share(memo: &Memo, misses: Vec<Miss<'_>>, outcomes: Vec<Result<Known, String>>) -> Vec<Answer> {
    let answer = |(miss, outcome): (Miss<'_>, _)| match outcome {
        Err(why) => Answer::Missed(why),
        Ok(known) if memo.saw(&miss.key.hash) || miss.products > 1 => {
            let known = Arc::new(known);
            memo.insert(miss.key.hash, Arc::clone(&known));
            Answer::Shared(known)
        }
        Ok(known) => Answer::Own(Some(known)),
    };
    misses.into_iter().zip(outcomes).map(answer).collect()
}

/// How many of the misses go into one call; at least one.
fn call_length(misses: &[Miss<'_>], most: usize) -> usize {
    let mut bytes = 0;
    let fits = misses.iter().take(most).take_while(|miss| {
        bytes += miss.key.bytes;
        bytes <= limits::BATCH_BYTES
    });
    fits.count().max(1)
}

fn write(plugin: &Plugin, known: Known, enrichment: &mut Enrichment) {
    match known {
        Known::Accepted(accepted) => {
            enrichment.version = plugin.manifest().version.clone();
            enrichment.digest = plugin.digest();
            enrichment.values = accepted.values;
            enrichment.diagnostics = accepted.diagnostics;
            enrichment.failure = None;
        }
        Known::Failed(why) => enrichment.failure = Some(why),
    }
}

/// An enrichment that says nothing yet.
fn fresh(plugin: &Plugin) -> Enrichment {
    Enrichment {
        plugin: plugin.name().clone(),
        version: plugin.manifest().version.clone(),
        digest: plugin.digest(),
        memo: NEVER,
        values: Vec::new(),
        diagnostics: Vec::new(),
        failure: None,
    }
}
