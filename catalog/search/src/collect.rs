//! One pass over what matches: counts it, counts its facets, keeps the best.

use std::collections::{BinaryHeap, HashMap};
use std::sync::Arc;

use smol_str::SmolStr;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use super::index::SegmentProducts;
use super::query::{FacetCounts, FacetName, FacetValueCount, PriceRange, SortOrder};

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
    pub(super) price_column: &'a str,
    /// The column of what names are sorted by in the locale.
    pub(super) name_column: &'a str,
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
    pub(super) prices: Option<PriceRange>,
}

/// Smaller is better: the rank in the order asked for, then the product's number.
type RankedProduct = (u64, u32);

/// The rank of what has nothing to be sorted by.
const LAST: u64 = u64::MAX;

/// A rank that holds in all segments. That of a name is its place among the names of its segment only.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum GlobalRank {
    Name(String),
    Number(u64),
}

impl SearchCollector<'_> {
    fn open_names(&self, segment: &SegmentReader) -> tantivy::Result<Option<StrColumn>> {
        match self.sort {
            SortOrder::Name => segment.fast_fields().str(self.name_column),
            _ => Ok(None),
        }
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
            price: segment.fast_fields().i64(self.price_column)?,
            prices: None,
            names: self.open_names(segment)?,
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
        let mut places: Vec<(GlobalRank, u32)> = Vec::new();
        let (mut total, mut counts, mut prices) = (0, HashMap::new(), None);
        for segment in segments {
            total += segment.total;
            prices = join_ranges(prices, segment.prices);
            for (rank, product) in segment.best {
                places.push((read_rank(segment.names.as_ref(), rank)?, product));
            }
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
            prices,
        })
    }
}

/// The rank of a product of a segment in all of them.
fn read_rank(names: Option<&StrColumn>, rank: u64) -> tantivy::Result<GlobalRank> {
    let Some(names) = names.filter(|_| rank != LAST) else { return Ok(GlobalRank::Number(rank)) };
    let mut name = String::new();
    names.ord_to_str(rank, &mut name)?;
    Ok(GlobalRank::Name(name))
}

fn join_ranges(one: Option<PriceRange>, other: Option<PriceRange>) -> Option<PriceRange> {
    match (one, other) {
        (Some(one), Some(other)) => {
            Some(PriceRange { min: one.min.min(other.min), max: one.max.max(other.max) })
        }
        (one, other) => one.or(other),
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
    price: Column<i64>,
    prices: Option<PriceRange>,
    names: Option<StrColumn>,
    limits: Option<(i64, i64)>,
    products: Arc<SegmentProducts>,
    counts: Vec<u32>,
}

/// What was gathered in one segment.
pub(super) struct SegmentProductHits {
    ordinal: usize,
    total: usize,
    best: Vec<RankedProduct>,
    names: Option<StrColumn>,
    prices: Option<PriceRange>,
    counts: Vec<u32>,
}

impl SegmentSearchCollector {
    fn rank_product(&self, doc: DocId, score: Score, price: Option<i64>) -> u64 {
        match self.sort {
            SortOrder::Relevance => rank_by_score(score),
            SortOrder::PriceAscending => price.map_or(LAST, rank_by_price),
            SortOrder::PriceDescending => price.map_or(LAST, |price| !rank_by_price(price)),
            SortOrder::Name => {
                self.names.as_ref().and_then(|names| names.ords().first(doc)).unwrap_or(LAST)
            }
            SortOrder::Newest => !u64::from(self.products.numbers[doc as usize]),
        }
    }

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
        let price = self.price.first(doc);
        self.prices =
            join_ranges(self.prices, price.map(|price| PriceRange { min: price, max: price }));
        if let Some((min, max)) = self.limits
            && !price.is_some_and(|price| (min..=max).contains(&price))
        {
            return;
        }
        self.total += 1;
        for ordinal in self.products.facet_places(doc) {
            self.counts[*ordinal as usize] += 1;
        }
        self.offer_product(doc, self.rank_product(doc, score, price));
    }

    fn harvest(self) -> SegmentProductHits {
        SegmentProductHits {
            ordinal: self.ordinal,
            total: self.total,
            best: self.best.into_vec(),
            names: self.names,
            prices: self.prices,
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
