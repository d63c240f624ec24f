//! A shadow run: other plugins tried on products of the live catalogue, and nothing kept of it but
//! what would be different.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rikaste_model::code::{PluginName, Sku};
use rikaste_model::product::ProductId;
use rikaste_model::product::{PluginEnrichment, Product, ProductReview};
use rikaste_model::release::ReleaseNumber;
use rikaste_model::shop::Shop;
use rikaste_model::value::AttributeValue;
use rikaste_store::{StoreError, StoreReader};
use serde::Serialize;

use crate::PluginCounts;
use crate::enrich::{EnrichWorker, EnricherSet, EnrichmentCandidate};

/// Products that are tried at a time: as many as in a batch of the pipeline.
const BATCH_SIZE: usize = 128;
/// Models that are kept at hand: variants lie near each other.
const MAX_CACHED_MODELS: usize = 1_024;
/// Changed values that are kept to be shown.
const MAX_EXAMPLES: usize = 1_000;

/// Plugins, and the shop that they make.
#[derive(Clone, Copy)]
pub struct ShadowSide<'a> {
    /// The shop.
    pub shop: &'a Shop,
    /// Its plugins.
    pub enrichers: &'a Arc<EnricherSet>,
}

/// What a shadow run found.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ShadowDifference {
    /// Products that were tried.
    pub products: u64,
    /// Those of which a value would change.
    pub changed: u64,
    /// Values that would change, by plugin and attribute.
    pub attributes: BTreeMap<String, u64>,
    /// The first of them.
    pub changes: Vec<ValueChange>,
    /// Changed values beyond those.
    pub more: u64,
    /// Diagnostics that were not there before, by code.
    pub diagnostics: BTreeMap<String, u64>,
    /// What the plugin that is tried does, before and after.
    pub before: Option<PluginCost>,
    /// With the new version.
    pub after: Option<PluginCost>,
    /// The first failures of the new version.
    pub failures: Vec<ProductFailure>,
}

/// A value that would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ValueChange {
    /// Of which product.
    pub sku: Sku,
    /// By which plugin.
    pub plugin: PluginName,
    /// Attribute, locale, channel and window, as people write them.
    pub place: String,
    /// What it is; nothing where there is none.
    pub before: Option<String>,
    /// What it would be.
    pub after: Option<String>,
}

/// A product that the new version fails on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProductFailure {
    /// The product's SKU.
    pub sku: Sku,
    /// Why the plugin failed.
    pub reason: String,
}

/// What a version of a plugin took.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct PluginCost {
    /// Products that it was run on.
    pub runs: u64,
    /// Products that it failed on.
    pub failed: u64,
    /// Steps of a product, on average.
    pub steps: u64,
    /// Nanoseconds of a product, on average.
    pub nanoseconds: u64,
    /// Bytes of its largest instance.
    pub memory: u64,
}

impl PluginCost {
    fn from_counts(counts: &PluginCounts) -> Self {
        let each = |sum: u64| sum.checked_div(counts.products).unwrap_or(0);
        Self {
            runs: counts.products,
            failed: counts.total_failures(),
            steps: each(counts.steps),
            nanoseconds: each(counts.time * 1_000),
            memory: counts.memory,
        }
    }
}

impl ShadowDifference {
    /// Whether nothing would change.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.changed == 0 && self.diagnostics.is_empty() && self.new_failures() == 0
    }

    /// Products that the new version fails on and the old one does not, as numbers go.
    #[must_use]
    pub fn new_failures(&self) -> u64 {
        let failed = |cost: &Option<PluginCost>| cost.map_or(0, |cost| cost.failed);
        failed(&self.after).saturating_sub(failed(&self.before))
    }
}

/// Products to try, evenly spread over the catalogue; all of them when there are fewer than
/// asked for.
///
/// # Errors
/// When the store cannot be read.
pub fn sample_products(reader: &StoreReader, most: usize) -> Result<Vec<ProductId>, StoreError> {
    let mut all: Vec<ProductId> = Vec::new();
    loop {
        let page = reader.list_products_after(all.last().copied(), 10_000)?;
        if page.is_empty() {
            break;
        }
        all.extend(page);
    }
    if all.len() <= most || most == 0 {
        return Ok(all);
    }
    Ok((0..most).map(|index| all[index * all.len() / most]).collect())
}

/// Runs a plugin as it is and as it would be on products, with all plugins that read what it writes.
/// `on_progress` is called with how many products are done.
///
/// # Errors
/// When the store cannot be read.
pub fn compare_plugins(
    reader: &StoreReader,
    plugin: &PluginName,
    before: ShadowSide<'_>,
    after: ShadowSide<'_>,
    ids: &[ProductId],
    mut on_progress: impl FnMut(usize),
) -> Result<ShadowDifference, StoreError> {
    let release = reader
        .load_current_release()?
        .map_or(ReleaseNumber::BEFORE_FIRST, |release| release.number);
    let mut difference = ShadowDifference::default();
    let mut groups = GroupReader { reader, release, models: HashMap::new() };
    let (mut old, mut new) = (before.enrichers.new_worker(), after.enrichers.new_worker());
    let counts = |side: ShadowSide<'_>| side.enrichers.plugin_counts(plugin);
    let (old_counts, new_counts) = (counts(before), counts(after));
    for (page, ids) in ids.chunks(BATCH_SIZE).enumerate() {
        let mut candidates = groups.load_candidates(ids)?;
        difference.products += candidates.len() as u64;
        // So that both run, and can be compared in what they take.
        for candidate in &mut candidates {
            invalidate_memo(&mut candidate.product, plugin);
        }
        let mut others = candidates.clone();
        enrich_candidates(&mut old, before.shop, &mut candidates);
        enrich_candidates(&mut new, after.shop, &mut others);
        for (old, new) in candidates.iter().zip(&others) {
            difference.record_product(plugin, &old.product, &new.product);
        }
        on_progress((page * BATCH_SIZE) + ids.len());
    }
    let cost = |side: ShadowSide<'_>, then: Option<PluginCounts>| {
        Some(PluginCost::from_counts(&counts(side)?.difference_since(&then.unwrap_or_default())))
    };
    difference.before = cost(before, old_counts);
    difference.after = cost(after, new_counts);
    Ok(difference)
}

fn enrich_candidates(
    worker: &mut EnrichWorker,
    shop: &Shop,
    candidates: &mut [EnrichmentCandidate],
) {
    worker.enrich_batch(shop, candidates);
}

/// Keeps the last good values, for a failure to fall back on, and has the plugin run.
fn invalidate_memo(product: &mut Product, plugin: &PluginName) {
    for made in product.content.enrichments.iter_mut().filter(|made| made.plugin == *plugin) {
        made.memo = crate::enrich::NO_MEMO_KEY;
    }
}

impl ShadowDifference {
    fn record_product(&mut self, tried: &PluginName, old: &Product, new: &Product) {
        let mut plugins: Vec<&PluginName> =
            enrichments_of(old).chain(enrichments_of(new)).map(|made| &made.plugin).collect();
        plugins.sort();
        plugins.dedup();
        let mut is_changed = false;
        for plugin in plugins {
            let of = |product| enrichments_of(product).find(|made| made.plugin == *plugin);
            let (before, after) = (of(old), of(new));
            is_changed |= self.record_value_changes(new, plugin, before, after);
            self.record_diagnostics(before, after);
            let failure = after.and_then(|made| made.failure.clone());
            if let Some(reason) = failure.filter(|_| plugin == tried && self.failures.len() < 20) {
                self.failures.push(ProductFailure { sku: new.sku.clone(), reason });
            }
        }
        self.changed += u64::from(is_changed);
    }

    fn record_value_changes(
        &mut self,
        product: &Product,
        plugin: &PluginName,
        before: Option<&PluginEnrichment>,
        after: Option<&PluginEnrichment>,
    ) -> bool {
        let values = |made: Option<&PluginEnrichment>| -> BTreeMap<String, String> {
            let values = made.into_iter().flat_map(|made| &made.values);
            values.map(|value| (format_place(value), value.data.to_string())).collect()
        };
        let (before, after) = (values(before), values(after));
        let places = before.keys().chain(after.keys().filter(|place| !before.contains_key(*place)));
        let mut is_changed = false;
        for place in places {
            let (before, after) = (before.get(place), after.get(place));
            if before == after {
                continue;
            }
            is_changed = true;
            let attribute = place.split(' ').next().unwrap_or_default();
            *self.attributes.entry(format!("{plugin}: {attribute}")).or_default() += 1;
            if self.changes.len() == MAX_EXAMPLES {
                self.more += 1;
                continue;
            }
            self.changes.push(ValueChange {
                sku: product.sku.clone(),
                plugin: plugin.clone(),
                place: place.clone(),
                before: before.cloned(),
                after: after.cloned(),
            });
        }
        is_changed
    }

    fn record_diagnostics(
        &mut self,
        before: Option<&PluginEnrichment>,
        after: Option<&PluginEnrichment>,
    ) {
        let known: Vec<_> = before.into_iter().flat_map(|made| &made.diagnostics).collect();
        for diagnostic in after.into_iter().flat_map(|made| &made.diagnostics) {
            if !known.contains(&diagnostic) {
                *self.diagnostics.entry(diagnostic.code.to_string()).or_default() += 1;
            }
        }
    }
}

fn enrichments_of(product: &Product) -> impl Iterator<Item = &PluginEnrichment> {
    product.content.enrichments.iter()
}

fn format_place(value: &AttributeValue) -> String {
    let mut place = value.attribute.to_string();
    let parts = [
        value.locale.as_ref().map(ToString::to_string),
        value.channel.as_ref().map(ToString::to_string),
        value.window.start.map(|at| format!("from {}", at.to_text(&jiff::tz::TimeZone::UTC))),
        value.window.end.map(|at| format!("until {}", at.to_text(&jiff::tz::TimeZone::UTC))),
    ];
    for part in parts.into_iter().flatten() {
        place.push(' ');
        place.push_str(&part);
    }
    place
}

/// A product's model, and the reviews that count for it.
type ModelGroup = (Option<Arc<Product>>, Arc<[ProductReview]>);

/// Products with what belongs to them, as the pipeline gives them to plugins.
struct GroupReader<'a> {
    reader: &'a StoreReader,
    release: ReleaseNumber,
    models: HashMap<ProductId, (Arc<Product>, Arc<[ProductReview]>)>,
}

impl GroupReader<'_> {
    /// Those of the products that plugins run on: models are not among them.
    fn load_candidates(
        &mut self,
        ids: &[ProductId],
    ) -> Result<Vec<EnrichmentCandidate>, StoreError> {
        let mut candidates = Vec::with_capacity(ids.len());
        for id in ids {
            let Some(product) = self.reader.load_product(*id, self.release)? else { continue };
            if product.content.is_model {
                continue;
            }
            let (parent, group_reviews) = match self.reader.find_model(*id)? {
                Some(model) => self.load_group(model, &product)?,
                None => (None, product.reviews.as_slice().into()),
            };
            candidates.push(EnrichmentCandidate {
                product,
                parent,
                group_reviews,
                is_changed: false,
            });
        }
        Ok(candidates)
    }

    fn load_group(
        &mut self,
        model: ProductId,
        product: &Product,
    ) -> Result<ModelGroup, StoreError> {
        if let Some((parent, reviews)) = self.models.get(&model) {
            return Ok((Some(Arc::clone(parent)), Arc::clone(reviews)));
        }
        let Some(parent) = self.reader.load_product(model, self.release)? else {
            return Ok((None, product.reviews.as_slice().into()));
        };
        let mut reviews = parent.reviews.clone();
        for variant in self.reader.list_variants(model)? {
            reviews.extend(self.reader.load_reviews(variant, self.release)?);
        }
        if self.models.len() >= MAX_CACHED_MODELS {
            self.models.clear();
        }
        let group: (Arc<Product>, Arc<[ProductReview]>) = (Arc::new(parent), reviews.into());
        self.models.insert(model, group.clone());
        Ok((Some(group.0), group.1))
    }
}
