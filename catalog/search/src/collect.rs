//! One pass over what matches: counts it, counts its facets, keeps the best.

use std::collections::{BinaryHeap, HashMap};
use std::sync::Arc;

use smol_str::SmolStr;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use super::index::SegmentProducts;
use super::query::{FacetCounts, FacetName, FacetValueCount, SortOrder};

/// The most values of a facet that are given.
const FACET_VALUES: usize = 500;

/// What to gather of the products that match.
pub(super) struct SearchCollector<'a> {
    pub(super) sort: SortOrder,
    /// Whether there are words to score by.
    pub(super) scored: bool,
    /// How many of the best to keep.
    pub(super) keep: usize,
    /// The column of the channel's prices.
    pub(super) price_name: &'a str,
    pub(super) min_price: Option<i64>,
    pub(super) max_price: Option<i64>,
    pub(super) products: &'a [Arc<SegmentProducts>],
}

/// What was gathered.
#[derive(Default)]
pub(super) struct CollectedProducts {
    pub(super) total: usize,
    /// The best, in order.
    pub(super) products: Vec<u32>,
    pub(super) facets: Vec<FacetCounts>,
}

/// Smaller is better: the rank in the order asked for, then the product's number.
type RankedProduct = (u64, u32);

impl SearchCollector<'_> {
    fn open_price_column(&self, segment: &SegmentReader) -> tantivy::Result<Option<Column<i64>>> {
        let needs_prices = self.sort != SortOrder::Relevance
            || self.min_price.is_some()
            || self.max_price.is_some();
        needs_prices.then(|| segment.fast_fields().i64(self.price_name)).transpose()
    }
}

impl Collector for SearchCollector<'_> {
    type Fruit = CollectedProducts;
    type Child = SegmentSearchCollector;

    fn for_segment(
        &self,
        ordinal: SegmentOrdinal,
        segment: &SegmentReader,
    ) -> tantivy::Result<SegmentSearchCollector> {
        let products = Arc::clone(&self.products[ordinal as usize]);
        Ok(SegmentSearchCollector {
            ordinal: ordinal as usize,
            total: 0,
            sort: self.sort,
            keep: self.keep,
            best: BinaryHeap::new(),
            price: self.open_price_column(segment)?,
            limits: (self.min_price.is_some() || self.max_price.is_some())
                .then(|| (self.min_price.unwrap_or(i64::MIN), self.max_price.unwrap_or(i64::MAX))),
            counts: vec![0; products.values.len()],
            products,
        })
    }

    fn requires_scoring(&self) -> bool {
        self.sort == SortOrder::Relevance && self.scored && self.keep > 0
    }

    fn merge_fruits(
        &self,
        segments: Vec<SegmentProductHits>,
    ) -> tantivy::Result<CollectedProducts> {
        let mut places: Vec<RankedProduct> = Vec::new();
        let (mut total, mut counts) = (0, HashMap::new());
        for segment in segments {
            total += segment.total;
            places.extend(segment.best);
            let values = self.products[segment.ordinal].values.iter().zip(segment.counts);
            for (value, count) in values.filter(|(_, count)| *count > 0) {
                if let Some(value) = value {
                    *counts.entry(value).or_insert(0) += count;
                }
            }
        }
        places.sort_unstable();
        places.truncate(self.keep);
        Ok(CollectedProducts {
            total,
            products: places.into_iter().map(|(_, product)| product).collect(),
            facets: build_facets(counts),
        })
    }
}

fn build_facets(counts: HashMap<&(FacetName, SmolStr), u32>) -> Vec<FacetCounts> {
    let mut by_name: HashMap<&FacetName, Vec<FacetValueCount>> = HashMap::new();
    for ((name, code), count) in counts {
        by_name.entry(name).or_default().push(FacetValueCount { code: code.clone(), count });
    }
    let sorted = |(name, mut values): (&FacetName, Vec<FacetValueCount>)| {
        values.sort_unstable_by(|a, b| b.count.cmp(&a.count).then_with(|| a.code.cmp(&b.code)));
        values.truncate(FACET_VALUES);
        FacetCounts { name: name.clone(), values }
    };
    let mut facets: Vec<FacetCounts> = by_name.into_iter().map(sorted).collect();
    facets.sort_unstable_by(|a, b| a.name.cmp(&b.name));
    facets
}

/// Gathers in one segment.
pub(super) struct SegmentSearchCollector {
    ordinal: usize,
    total: usize,
    sort: SortOrder,
    keep: usize,
    /// The worst of the best is on top.
    best: BinaryHeap<RankedProduct>,
    price: Option<Column<i64>>,
    limits: Option<(i64, i64)>,
    products: Arc<SegmentProducts>,
    counts: Vec<u32>,
}

/// What was gathered in one segment.
pub(super) struct SegmentProductHits {
    ordinal: usize,
    total: usize,
    best: Vec<RankedProduct>,
    counts: Vec<u32>,
}

impl SegmentSearchCollector {
    fn offer_product(&mut self, doc: DocId, rank: u64) {
        let full = self.best.len() >= self.keep;
        if full && self.best.peek().is_none_or(|worst| rank > worst.0) {
            return;
        }
        let place = (rank, self.products.numbers[doc as usize]);
        if !full {
            self.best.push(place);
        } else if let Some(mut worst) = self.best.peek_mut()
            && place < *worst
        {
            *worst = place;
        }
    }
}

impl SegmentCollector for SegmentSearchCollector {
    type Fruit = SegmentProductHits;

    fn collect(&mut self, doc: DocId, score: Score) {
        let price = self.price.as_ref().and_then(|column| column.first(doc));
        if let Some((min, max)) = self.limits
            && !price.is_some_and(|price| (min..=max).contains(&price))
        {
            return;
        }
        self.total += 1;
        for ordinal in self.products.facet_places(doc) {
            self.counts[*ordinal as usize] += 1;
        }
        self.offer_product(
            doc,
            match self.sort {
                SortOrder::Relevance => rank_by_score(score),
                SortOrder::PriceAscending => price.map_or(u64::MAX, rank_by_price),
                SortOrder::PriceDescending => price.map_or(u64::MAX, |price| !rank_by_price(price)),
            },
        );
    }

    fn harvest(self) -> SegmentProductHits {
        SegmentProductHits {
            ordinal: self.ordinal,
            total: self.total,
            best: self.best.into_vec(),
            counts: self.counts,
        }
    }
}

/// Scores are never negative, so their bits are in their order.
fn rank_by_score(score: Score) -> u64 {
    !u64::from(score.max(0.0).to_bits())
}

/// In the order of the prices, negative ones first.
fn rank_by_price(price: i64) -> u64 {
    price.cast_unsigned() ^ (1 << 63)
}
