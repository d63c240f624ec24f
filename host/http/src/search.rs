//! Searching a channel. The index says which products, the store what they look like, both at the
//! index's release: so what is found is what the feed says.

use std::sync::Arc;
use std::time::Instant;

use axum::http::HeaderValue;
use axum::response::Response;
use rikaste_contract::{MatchedWords, MoneyText, PriceBounds, SearchAnswer};
use rikaste_model::code::AttributeCode;
use rikaste_model::locale::Locale;
use rikaste_model::product::ProductId;
use rikaste_model::projection::ProductView;
use rikaste_model::shop::{Channel, Shop};
use rikaste_model::value::Money;
use rikaste_search::{FacetFilter, FacetName, MatchQuality, PriceRange, SearchQuery, SortOrder};
use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::catalogue_view::CatalogueView;
use super::headers::{RELEASE_HEADER, json_response};
use super::openapi::{ChannelPath, LocaleQuery, LookupProblems, ProductSearchQuery};
use super::parameters::{CheckedParameters, RawParameters};
use super::problem::{ApiProblem, ProblemKind};
use super::products::{build_documents, load_products};
use super::state::ReadableChannel;

mod facets;

use facets::{LabelledFacets, check_facet};

/// The longest text that is searched for, in characters; the index reads no further.
const LONGEST: usize = 256;
/// The most products of an answer: more is a snapshot's work.
const MAX_LIMIT: u64 = 200;
/// How far into the results one can go.
const MAX_OFFSET: u64 = 10_000;
/// The most conditions of a search.
const CONDITIONS: usize = 50;
/// What a parameter begins with that names an attribute: `attr.color=sand`.
const ATTRIBUTE: &str = "attr.";

const PARAMETERS: [&str; 12] = [
    "q",
    "locale",
    "category",
    "brand",
    "family",
    "in_stock",
    "min_price",
    "max_price",
    "sort",
    "limit",
    "offset",
    ATTRIBUTE,
];

/// A search as it was asked for.
#[derive(Debug)]
struct SearchParams {
    text: String,
    locale: Option<Locale>,
    filters: Vec<FacetFilter>,
    in_stock: bool,
    min_price: Option<i64>,
    max_price: Option<i64>,
    sort: SortOrder,
    limit: usize,
    offset: usize,
}

/// Finds products in a channel.
#[utoipa::path(
    get,
    path = "/v1/channels/{channel}/search",
    tag = "products",
    operation_id = "search",
    summary = "Finds products",
    description = "An empty `q` lists all. The last word matches as a prefix. Values of one facet are alternatives, facets must all hold. `Rikaste-Release` is the release that the search index stands on; the documents are of the same.",
    params(ChannelPath, LocaleQuery, ProductSearchQuery),
    responses(
        (status = 200, description = "What was found.", body = SearchAnswer<'static>),
        LookupProblems,
    ),
    security((), ("token" = []))
)]
pub(super) async fn search_products(
    channel: ReadableChannel,
    parameters: RawParameters,
) -> Result<Response, ApiProblem> {
    let params = SearchParams::from_parameters(&parameters.check_names(&PARAMETERS)?, &channel)?;
    let app = Arc::clone(channel.app());
    app.read_catalogue(move |catalogue| search_response(catalogue, &channel, &params)).await
}

impl SearchParams {
    fn from_parameters(
        known: &CheckedParameters,
        channel: &ReadableChannel,
    ) -> Result<Self, ApiProblem> {
        let text = known.single_value("q")?.unwrap_or_default();
        if text.chars().count() > LONGEST {
            return Err(ApiProblem::bad_parameter(
                "q",
                format_args!("at most {LONGEST} characters are searched for"),
            ));
        }
        Ok(Self {
            text: text.to_owned(),
            locale: known.parse_locale(channel)?.cloned(),
            filters: parse_filters(known, &channel.app().configuration.shop, channel)?,
            in_stock: known.parse_flag("in_stock")?,
            min_price: parse_price(known, "min_price")?,
            max_price: parse_price(known, "max_price")?,
            sort: parse_sort(known)?,
            limit: known.parse_number("limit", 1..=MAX_LIMIT, 24)? as usize,
            offset: known.parse_number("offset", 0..=MAX_OFFSET, 0)? as usize,
        })
    }

    fn to_query<'q>(&'q self, channel: &'q Channel) -> SearchQuery<'q> {
        SearchQuery {
            channel: &channel.code,
            locale: self.locale.as_ref(),
            text: &self.text,
            filters: &self.filters,
            in_stock: self.in_stock,
            min_price: self.min_price,
            max_price: self.max_price,
            sort: self.sort,
            limit: self.limit,
            offset: self.offset,
        }
    }
}

/// Values of one facet are alternatives; facets must all hold.
fn parse_filters(
    known: &CheckedParameters,
    shop: &Shop,
    channel: &Channel,
) -> Result<Vec<FacetFilter>, ApiProblem> {
    let mut filters: Vec<FacetFilter> = Vec::new();
    let mut add = |facet: FacetName, value: &str| {
        let known = filters.iter().position(|filter| filter.facet == facet);
        let index = known.unwrap_or_else(|| {
            filters.push(FacetFilter { facet, any_of: Vec::new() });
            filters.len() - 1
        });
        filters[index].any_of.push(SmolStr::new(value));
    };
    for (name, facet) in [
        ("category", FacetName::Category),
        ("brand", FacetName::Brand),
        ("family", FacetName::Family),
    ] {
        known.all_values(name).for_each(|value| add(facet.clone(), value));
    }
    for (code, value) in known.entries_with_prefix(ATTRIBUTE) {
        let attribute =
            AttributeCode::new(code).map_err(|error| ApiProblem::bad_parameter("attr", error))?;
        check_facet(shop, channel, &attribute)?;
        add(FacetName::Attribute(attribute), value);
    }
    if filters.iter().map(|filter| filter.any_of.len()).sum::<usize>() > CONDITIONS {
        return Err(ApiProblem::new(
            ProblemKind::BadParameter,
            format!("A search has at most {CONDITIONS} values to filter by; give fewer."),
        ));
    }
    Ok(filters)
}

/// A price in the currency's main unit, in hundredths of it, which is what the index has.
fn parse_price(known: &CheckedParameters, name: &str) -> Result<Option<i64>, ApiProblem> {
    let Some(text) = known.single_value(name)? else { return Ok(None) };
    let amount: Option<Decimal> = text.parse().ok();
    let hundredths = amount.and_then(|amount| amount.checked_mul(Decimal::ONE_HUNDRED));
    let hundredths = hundredths
        .filter(|amount| !amount.is_sign_negative())
        .and_then(|amount| i64::try_from(amount.trunc()).ok());
    hundredths
        .map(Some)
        .ok_or_else(|| ApiProblem::bad_parameter(name, "write an amount such as 49.90"))
}

fn parse_sort(known: &CheckedParameters) -> Result<SortOrder, ApiProblem> {
    match known.single_value("sort")? {
        None | Some("relevance") => Ok(SortOrder::Relevance),
        Some("price") => Ok(SortOrder::PriceAscending),
        Some("-price") => Ok(SortOrder::PriceDescending),
        Some("name") => Ok(SortOrder::Name),
        Some("newest") => Ok(SortOrder::Newest),
        Some(_) => {
            Err(ApiProblem::bad_parameter("sort", "write relevance, price, -price, name or newest"))
        }
    }
}

fn search_response(
    catalogue: &CatalogueView<'_>,
    channel: &Channel,
    params: &SearchParams,
) -> Result<Response, ApiProblem> {
    let began = Instant::now();
    let results = catalogue.app.index.search_products(&params.to_query(channel))?;
    let at = match catalogue.reader.load_release(results.release)? {
        Some(release) => release.effective_at,
        // Before the first release there is nothing to find, and nothing to wait for.
        None if catalogue.release.is_none() => catalogue.effective_moment(None),
        None => {
            return Err(ApiProblem::new(
                ProblemKind::NotYet,
                "The search index is being made; ask again in a second. The other addresses answer.",
            ));
        }
    };
    let ids = results.products.iter().map(|number| ProductId(*number));
    let loaded = load_products(catalogue, ids, results.release)?;
    let views = loaded.iter().map(|product| product.product_view(catalogue.shop(), at));
    let views: Vec<ProductView<'_>> = views.collect();
    let locale = params.locale.as_ref();
    let facets = LabelledFacets::from_results(catalogue.shop(), channel, locale, &results);
    let mut response = json_response(&SearchAnswer {
        release: results.release.0,
        total: results.total as u64,
        matched: matched_words(results.matched),
        products: build_documents(&views, channel, locale),
        facets: facets.values,
        facet_labels: facets.labels,
        price_range: results.prices.map(|range| write_bounds(catalogue.shop(), channel, range)),
        took_us: began.elapsed().as_micros() as u64,
    });
    response.headers_mut().insert(RELEASE_HEADER, HeaderValue::from(results.release.0));
    Ok(response)
}

fn matched_words(matched: MatchQuality) -> MatchedWords {
    match matched {
        MatchQuality::Every => MatchedWords::Every,
        MatchQuality::Similar => MatchedWords::Similar,
        MatchQuality::Some => MatchedWords::Some,
    }
}

/// Prices of the index, which are in hundredths of the currency's main unit.
fn write_bounds(shop: &Shop, channel: &Channel, range: PriceRange) -> PriceBounds {
    let currency = shop.price_lists[&channel.price_list].currency;
    let write = |hundredths| {
        let amount = Decimal::new(hundredths, 2);
        MoneyText(Money { amount, currency }.to_string())
    };
    PriceBounds { min: write(range.min), max: write(range.max) }
}
