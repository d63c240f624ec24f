//! One pass over what matches: counts it, counts its facets, keeps the best.

use std::collections::{BinaryHeap, HashMap};
use std::sync::Arc;

use smol_str::SmolStr;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use super::index::SegmentProducts;
use super::query::{Facet, FacetName, FacetValue, Sort};

/// The most values of a facet that are given.
const FACET_VALUES: usize = 500;

/// What to gather of the products that match.
pub(super) struct Gather<'a> {
    pub(super) sort: Sort,
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
pub(super) struct Gathered {
    pub(super) total: usize,
    /// The best, in order.
    pub(super) products: Vec<u32>,
    pub(super) facets: Vec<Facet>,
}

/// Smaller is better: the rank in the order asked for, then the product's number.
type Place = (u64, u32);

impl Gather<'_> {
    fn price(&self, segment: &SegmentReader) -> tantivy::Result<Option<Column<i64>>> {
        let asked =
            self.sort != Sort::Relevance || self.min_price.is_some() || self.max_price.is_some();
        asked.then(|| segment.fast_fields().i64(self.price_name)).transpose()
    }
}

impl Collector for Gather<'_> {
    type Fruit = Gathered;
    type Child = InSegment;

    fn for_segment(
        &self,
        ordinal: SegmentOrdinal,
        segment: &SegmentReader,
    ) -> tantivy::Result<InSegment> {
        let products = Arc::clone(&self.products[ordinal as usize]);
        Ok(InSegment {
            ordinal: ordinal as usize,
            total: 0,
            sort: self.sort,
            keep: self.keep,
            best: BinaryHeap::new(),
            price: self.price(segment)?,
            limits: (self.min_price.is_some() || self.max_price.is_some())
                .then(|| (self.min_price.unwrap_or(i64::MIN), self.max_price.unwrap_or(i64::MAX))),
            counts: vec![0; products.values.len()],
            products,
        })
    }

    fn requires_scoring(&self) -> bool {
        self.sort == Sort::Relevance && self.scored && self.keep > 0
    }

    fn merge_fruits(&self, segments: Vec<SegmentGathered>) -> tantivy::Result<Gathered> {
        let mut places: Vec<Place> = Vec::new();
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
        Ok(Gathered {
            total,
            products: places.into_iter().map(|(_, product)| product).collect(),
            facets: facets(counts),
        })
    }
}

fn facets(counts: HashMap<&(FacetName, SmolStr), u32>) -> Vec<Facet> {
    let mut by_name: HashMap<&FacetName, Vec<FacetValue>> = HashMap::new();
    for ((name, code), count) in counts {
        by_name.entry(name).or_default().push(FacetValue { code: code.clone(), count });
    }
    let sorted = |(name, mut values): (&FacetName, Vec<FacetValue>)| {
        values.sort_unstable_by(|a, b| b.count.cmp(&a.count).then_with(|| a.code.cmp(&b.code)));
        values.truncate(FACET_VALUES);
        Facet { name: name.clone(), values }
    };
    let mut facets: Vec<Facet> = by_name.into_iter().map(sorted).collect();
    facets.sort_unstable_by(|a, b| a.name.cmp(&b.name));
    facets
}

/// Gathers in one segment.
pub(super) struct InSegment {
    ordinal: usize,
    total: usize,
    sort: Sort,
    keep: usize,
    /// The worst of the best is on top.
    best: BinaryHeap<Place>,
    price: Option<Column<i64>>,
    limits: Option<(i64, i64)>,
    products: Arc<SegmentProducts>,
    counts: Vec<u32>,
}

/// What was gathered in one segment.
pub(super) struct SegmentGathered {
    ordinal: usize,
    total: usize,
    best: Vec<Place>,
    counts: Vec<u32>,
}

impl InSegment {
    fn offer(&mut self, doc: DocId, rank: u64) {
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

impl SegmentCollector for InSegment {
    type Fruit = SegmentGathered;

    fn collect(&mut self, doc: DocId, score: Score) {
        let price = self.price.as_ref().and_then(|column| column.first(doc));
        if let Some((min, max)) = self.limits
            && !price.is_some_and(|price| (min..=max).contains(&price))
        {
            return;
        }
        self.total += 1;
        for ordinal in self.products.facets(doc) {
            self.counts[*ordinal as usize] += 1;
        }
        self.offer(
            doc,
            match self.sort {
                Sort::Relevance => by_score(score),
                Sort::PriceAscending => price.map_or(u64::MAX, by_price),
                Sort::PriceDescending => price.map_or(u64::MAX, |price| !by_price(price)),
            },
        );
    }

    fn harvest(self) -> SegmentGathered {
        SegmentGathered {
            ordinal: self.ordinal,
            total: self.total,
            best: self.best.into_vec(),
            counts: self.counts,
        }
    }
}

/// Scores are never negative, so their bits are in their order.
fn by_score(score: Score) -> u64 {
    !u64::from(score.max(0.0).to_bits())
}

/// In the order of the prices, negative ones first.
fn by_price(price: i64) -> u64 {
    price.cast_unsigned() ^ (1 << 63)
}
