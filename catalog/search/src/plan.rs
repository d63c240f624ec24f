//! From a [`Query`] to its [`Results`]: what must hold, then up to three ways to read the words.

use tantivy::Term;
use tantivy::query::{BooleanQuery, ConstScoreQuery, Occur, Query as EngineQuery, TermQuery};
use tantivy::schema::IndexRecordOption;

use super::collect::{Gather, Gathered};
use super::error::SearchError;
use super::index::Snapshot;
use super::layout::{ChannelLayout, Key, Layout};
use super::query::{Filter, Matched, Query, Results};
use super::rarity::Rarity;
use super::text_query::TextQuery;

/// The most products of one answer.
const LIMIT: usize = 1_000;

/// How far into the results one can go: what is passed over has to be kept in order, too.
const WINDOW: usize = 10_000;

/// Answers a query from one snapshot.
pub(super) fn search(
    snapshot: &Snapshot,
    layout: &Layout,
    query: &Query<'_>,
) -> Result<Results, SearchError> {
    let channel = layout.channel(query.channel)?;
    let mut text = TextQuery::read(query.text, channel.fields(query.locale)?, layout);
    let ask = |words| gather(snapshot, layout, channel, query, words);
    let (mut matched, mut answer) = (Matched::Every, ask(text.every())?);
    if answer.total == 0 && text.allow_typos(&snapshot.searcher)? {
        (matched, answer) = (Matched::Similar, ask(text.every())?);
    }
    if answer.total == 0
        && let Some(some) = text.some()
    {
        (matched, answer) = (Matched::Some, ask(Some(some))?);
    }
    if answer.total == 0 {
        matched = Matched::Every;
    }
    let products = answer.products.into_iter().skip(query.offset).collect();
    Ok(Results {
        release: snapshot.release,
        matched,
        total: answer.total,
        products,
        facets: answer.facets,
    })
}

fn gather(
    snapshot: &Snapshot,
    layout: &Layout,
    channel: &ChannelLayout,
    query: &Query<'_>,
    words: Option<Box<dyn EngineQuery>>,
) -> Result<Gathered, SearchError> {
    let limit = query.limit.min(LIMIT);
    let gather = Gather {
        sort: query.sort,
        scored: words.is_some(),
        keep: if query.offset > WINDOW { 0 } else { query.offset + limit },
        price_name: &channel.price_name,
        min_price: query.min_price,
        max_price: query.max_price,
        products: &snapshot.products,
    };
    let mut clauses = conditions(layout, query);
    clauses.extend(words.map(|words| (Occur::Must, words)));
    Ok(snapshot.searcher.search_with_statistics_provider(
        &BooleanQuery::new(clauses),
        &gather,
        &Rarity::of(snapshot, layout),
    )?)
}

/// What must hold whatever the words say; none of it counts for the order.
fn conditions(layout: &Layout, query: &Query<'_>) -> Vec<(Occur, Box<dyn EngineQuery>)> {
    let channel = match query.in_stock {
        true => Key::InStock(query.channel),
        false => Key::Channel(query.channel),
    };
    let mut clauses = vec![(Occur::Must, unscored(has(layout.key(&channel))))];
    clauses
        .extend(query.filters.iter().map(|filter| (Occur::Must, unscored(any_of(layout, filter)))));
    clauses
}

fn any_of(layout: &Layout, filter: &Filter) -> Box<dyn EngineQuery> {
    let values = filter
        .any_of
        .iter()
        .map(|value| (Occur::Should, has(layout.facet_term(&filter.facet, value))));
    Box::new(BooleanQuery::new(values.collect()))
}

fn has(term: Term) -> Box<dyn EngineQuery> {
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}

fn unscored(query: Box<dyn EngineQuery>) -> Box<dyn EngineQuery> {
    Box::new(ConstScoreQuery::new(query, 0.0))
}
