//! From a [`Query`] to its [`Results`]: what must hold, then up to three ways to read the words.

use tantivy::Term;
use tantivy::query::{BooleanQuery, ConstScoreQuery, Occur, Query as EngineQuery, TermQuery};
use tantivy::schema::IndexRecordOption;

use super::collect::{CollectedProducts, SearchCollector};
use super::error::SearchError;
use super::index::IndexSnapshot;
use super::layout::{ChannelLayout, IndexLayout, LookupKey};
use super::query::{FacetFilter, MatchQuality, SearchQuery, SearchResults};
use super::rarity::TermRarity;
use super::text_query::TextQuery;

/// The most products of one answer.
const RESULT_LIMIT: usize = 1_000;

/// How far into the results one can go: what is passed over has to be kept in order, too.
const RESULT_WINDOW: usize = 10_000;

/// Answers a query from one snapshot.
pub(super) fn search_snapshot(
    snapshot: &IndexSnapshot,
    layout: &IndexLayout,
    query: &SearchQuery<'_>,
) -> Result<SearchResults, SearchError> {
    let channel = layout.find_channel(query.channel)?;
    let mut text = TextQuery::parse_text(query.text, channel.find_fields(query.locale)?, layout);
    let ask = |words| collect_products(snapshot, layout, channel, query, words);
    let (mut matched, mut answer) = (MatchQuality::Every, ask(text.build_all_words_clause())?);
    if answer.total == 0 && text.allow_typos(&snapshot.searcher)? {
        (matched, answer) = (MatchQuality::Similar, ask(text.build_all_words_clause())?);
    }
    if answer.total == 0
        && let Some(some) = text.build_half_words_clause()
    {
        (matched, answer) = (MatchQuality::Some, ask(Some(some))?);
    }
    if answer.total == 0 {
        matched = MatchQuality::Every;
    }
    let products = answer.products.into_iter().skip(query.offset).collect();
    Ok(SearchResults {
        release: snapshot.release,
        matched,
        total: answer.total,
        products,
        facets: answer.facets,
        prices: answer.prices,
    })
}

fn collect_products(
    snapshot: &IndexSnapshot,
    layout: &IndexLayout,
    channel: &ChannelLayout,
    query: &SearchQuery<'_>,
    words: Option<Box<dyn EngineQuery>>,
) -> Result<CollectedProducts, SearchError> {
    let limit = query.limit.min(RESULT_LIMIT);
    let collector = SearchCollector {
        sort: query.sort,
        scored: words.is_some(),
        keep: if query.offset > RESULT_WINDOW { 0 } else { query.offset + limit },
        price_column: &channel.price_name,
        name_column: channel.find_name_column(query.locale)?,
        min_price: query.min_price,
        max_price: query.max_price,
        products: &snapshot.products,
    };
    let mut clauses = build_conditions(layout, query);
    clauses.extend(words.map(|words| (Occur::Must, words)));
    Ok(snapshot.searcher.search_with_statistics_provider(
        &BooleanQuery::new(clauses),
        &collector,
        &TermRarity::from_snapshot(snapshot, layout),
    )?)
}

/// What must hold whatever the words say; none of it counts for the order.
fn build_conditions(
    layout: &IndexLayout,
    query: &SearchQuery<'_>,
) -> Vec<(Occur, Box<dyn EngineQuery>)> {
    let channel = match query.in_stock {
        true => LookupKey::InStock(query.channel),
        false => LookupKey::Channel(query.channel),
    };
    let mut clauses =
        vec![(Occur::Must, wrap_unscored(build_term_query(layout.build_key_term(&channel))))];
    clauses.extend(
        query
            .filters
            .iter()
            .map(|filter| (Occur::Must, wrap_unscored(build_filter_query(layout, filter)))),
    );
    clauses
}

fn build_filter_query(layout: &IndexLayout, filter: &FacetFilter) -> Box<dyn EngineQuery> {
    let values = filter.any_of.iter().map(|value| {
        (Occur::Should, build_term_query(layout.build_facet_term(&filter.facet, value)))
    });
    Box::new(BooleanQuery::new(values.collect()))
}

fn build_term_query(term: Term) -> Box<dyn EngineQuery> {
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}

fn wrap_unscored(query: Box<dyn EngineQuery>) -> Box<dyn EngineQuery> {
    Box::new(ConstScoreQuery::new(query, 0.0))
}
