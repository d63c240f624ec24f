//! Searching a channel. The index says which products, the store what they look like, both at the
//! index's release: so what is found is what the feed says.

use std::sync::Arc;
use std::time::Instant;

use axum::http::HeaderValue;
use axum::response::Response;
use rikaste_model::code::AttributeCode;
use rikaste_model::locale::Locale;
use rikaste_model::product::ProductId;
use rikaste_model::shop::{Channel, LocaleLabels, Shop, find_label};
use rikaste_search::{
    FacetCounts, FacetFilter, FacetName, FacetValueCount, MatchQuality, SearchQuery, SearchResults,
    SortOrder,
};
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};
use smol_str::SmolStr;

use super::catalogue_view::CatalogueView;
use super::headers::{RELEASE_HEADER, typed_response};
use super::parameters::{CheckedParameters, RawParameters};
use super::problem::{ApiProblem, ProblemKind};
use super::products::write_documents;
use super::state::ReadableChannel;

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
pub(super) async fn search_products(
    channel: ReadableChannel,
    parameters: RawParameters,
) -> Result<Response, ApiProblem> {
    let asked = SearchParams::from_parameters(&parameters.check_names(&PARAMETERS)?, &channel)?;
    let app = Arc::clone(channel.app());
    app.read_catalogue(move |catalogue| search_response(catalogue, &channel, &asked)).await
}

impl SearchParams {
    fn from_parameters(known: &CheckedParameters, channel: &Channel) -> Result<Self, ApiProblem> {
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
            filters: parse_filters(known)?,
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
fn parse_filters(known: &CheckedParameters) -> Result<Vec<FacetFilter>, ApiProblem> {
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
        Some(_) => Err(ApiProblem::bad_parameter("sort", "write relevance, price or -price")),
    }
}

fn search_response(
    catalogue: &CatalogueView<'_>,
    channel: &Channel,
    asked: &SearchParams,
) -> Result<Response, ApiProblem> {
    let began = Instant::now();
    let results = catalogue.app.index.search_products(&asked.to_query(channel))?;
    let release = match catalogue.reader.load_release(results.release)? {
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
    let head = json!({ "release": results.release, "total": results.total, "matched": matched_name(results.matched) });
    let mut body = open_object(&head);
    body.extend_from_slice(b",\"products\":[");
    write_documents(
        catalogue,
        channel,
        ids,
        results.release,
        release,
        asked.locale.as_ref(),
        &mut body,
    )?;
    let facets = facets_to_json(catalogue.shop(), channel, asked.locale.as_ref(), &results);
    let took = began.elapsed().as_micros();
    body.extend_from_slice(format!("],\"facets\":{facets},\"took_us\":{took}}}").as_bytes());
    let mut response = typed_response("application/json", body);
    response.headers_mut().insert(RELEASE_HEADER, HeaderValue::from(results.release.0));
    Ok(response)
}

/// An object without its closing brace: members follow that are written already.
fn open_object(head: &Value) -> Vec<u8> {
    let mut bytes = head.to_string().into_bytes();
    bytes.pop();
    bytes
}

fn matched_name(matched: MatchQuality) -> &'static str {
    match matched {
        MatchQuality::Every => "every",
        MatchQuality::Similar => "similar",
        MatchQuality::Some => "some",
    }
}

/// Each facet under the name of the parameter that filters by it.
fn facets_to_json(
    shop: &Shop,
    channel: &Channel,
    locale: Option<&Locale>,
    results: &SearchResults,
) -> Value {
    let chain = locale.and_then(|locale| channel.find_chain(locale)).or(channel.locales.first());
    let chain = chain.map_or(&[][..], |chain| &chain.chain);
    let mut members: Map<_, _> = ["category", "brand", "family"]
        .into_iter()
        .map(|name| (name.to_owned(), json!([])))
        .collect();
    for FacetCounts { name, values } in &results.facets {
        let told = |value: &FacetValueCount| {
            let label = find_facet_labels(shop, name, &value.code)
                .map_or(value.code.as_str(), |labels| find_label(labels, chain, &value.code));
            json!({ "value": value.code.as_str(), "label": label, "count": value.count })
        };
        members.insert(facet_parameter(name), values.iter().map(told).collect());
    }
    Value::Object(members)
}

fn facet_parameter(name: &FacetName) -> String {
    match name {
        FacetName::Category => "category".to_owned(),
        FacetName::Family => "family".to_owned(),
        FacetName::Brand => "brand".to_owned(),
        FacetName::Attribute(code) => format!("{ATTRIBUTE}{code}"),
    }
}

fn find_facet_labels<'s>(shop: &'s Shop, name: &FacetName, code: &str) -> Option<&'s LocaleLabels> {
    match name {
        FacetName::Category => shop.categories.get(code).map(|category| &category.label),
        FacetName::Family => shop.families.get(code).map(|family| &family.label),
        FacetName::Attribute(attribute) => shop.attributes.get(attribute)?.options.get(code),
        FacetName::Brand => None,
    }
}
