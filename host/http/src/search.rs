//! Searching a channel. The index says which products, the store what they look like, both at the
//! index's release: so what is found is what the feed says.

use std::sync::Arc;
use std::time::Instant;

use axum::http::HeaderValue;
use axum::response::Response;
use rikaste_model::code::AttributeCode;
use rikaste_model::locale::Locale;
use rikaste_model::product::ProductId;
use rikaste_model::shop::{Channel, Labels, Shop, label};
use rikaste_search::{Facet, FacetName, FacetValue, Filter, Matched, Query, Results, Sort};
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};
use smol_str::SmolStr;

use super::app::OpenChannel;
use super::catalogue::Catalogue;
use super::headers::{RELEASE, typed};
use super::parameters::{Known, Parameters};
use super::problem::{Kind, Problem};
use super::products::documents;

/// The longest text that is searched for, in characters; the index reads no further.
const LONGEST: usize = 256;
/// The most products of an answer: more is a snapshot's work.
const LIMIT: u64 = 200;
/// How far into the results one can go.
const WINDOW: u64 = 10_000;
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
struct Asked {
    text: String,
    locale: Option<Locale>,
    filters: Vec<Filter>,
    in_stock: bool,
    min_price: Option<i64>,
    max_price: Option<i64>,
    sort: Sort,
    limit: usize,
    offset: usize,
}

/// Finds products in a channel.
pub(super) async fn search(
    channel: OpenChannel,
    parameters: Parameters,
) -> Result<Response, Problem> {
    let asked = Asked::read(&parameters.known(&PARAMETERS)?, &channel)?;
    let app = Arc::clone(channel.app());
    app.read(move |catalogue| answer(catalogue, &channel, &asked)).await
}

impl Asked {
    fn read(known: &Known, channel: &Channel) -> Result<Self, Problem> {
        let text = known.one("q")?.unwrap_or_default();
        if text.chars().count() > LONGEST {
            return Err(Problem::parameter(
                "q",
                format_args!("at most {LONGEST} characters are searched for"),
            ));
        }
        Ok(Self {
            text: text.to_owned(),
            locale: known.locale(channel)?.cloned(),
            filters: filters(known)?,
            in_stock: known.flag("in_stock")?,
            min_price: price(known, "min_price")?,
            max_price: price(known, "max_price")?,
            sort: sort(known)?,
            limit: known.number("limit", 1..=LIMIT, 24)? as usize,
            offset: known.number("offset", 0..=WINDOW, 0)? as usize,
        })
    }

    fn query<'q>(&'q self, channel: &'q Channel) -> Query<'q> {
        Query {
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
fn filters(known: &Known) -> Result<Vec<Filter>, Problem> {
    let mut filters: Vec<Filter> = Vec::new();
    let mut add = |facet: FacetName, value: &str| {
        let known = filters.iter().position(|filter| filter.facet == facet);
        let index = known.unwrap_or_else(|| {
            filters.push(Filter { facet, any_of: Vec::new() });
            filters.len() - 1
        });
        filters[index].any_of.push(SmolStr::new(value));
    };
    for (name, facet) in [
        ("category", FacetName::Category),
        ("brand", FacetName::Brand),
        ("family", FacetName::Family),
    ] {
        known.all(name).for_each(|value| add(facet.clone(), value));
    }
    for (code, value) in known.beginning(ATTRIBUTE) {
        let attribute =
            AttributeCode::new(code).map_err(|error| Problem::parameter("attr", error))?;
        add(FacetName::Attribute(attribute), value);
    }
    if filters.iter().map(|filter| filter.any_of.len()).sum::<usize>() > CONDITIONS {
        return Err(Problem::new(
            Kind::BadParameter,
            format!("A search has at most {CONDITIONS} values to filter by; give fewer."),
        ));
    }
    Ok(filters)
}

/// A price in the currency's main unit, in hundredths of it, which is what the index has.
fn price(known: &Known, name: &str) -> Result<Option<i64>, Problem> {
    let Some(text) = known.one(name)? else { return Ok(None) };
    let amount: Option<Decimal> = text.parse().ok();
    let hundredths = amount.and_then(|amount| amount.checked_mul(Decimal::ONE_HUNDRED));
    let hundredths = hundredths
        .filter(|amount| !amount.is_sign_negative())
        .and_then(|amount| i64::try_from(amount.trunc()).ok());
    hundredths.map(Some).ok_or_else(|| Problem::parameter(name, "write an amount such as 49.90"))
}

fn sort(known: &Known) -> Result<Sort, Problem> {
    match known.one("sort")? {
        None | Some("relevance") => Ok(Sort::Relevance),
        Some("price") => Ok(Sort::PriceAscending),
        Some("-price") => Ok(Sort::PriceDescending),
        Some(_) => Err(Problem::parameter("sort", "write relevance, price or -price")),
    }
}

fn answer(
    catalogue: &Catalogue<'_>,
    channel: &Channel,
    asked: &Asked,
) -> Result<Response, Problem> {
    let began = Instant::now();
    let results = catalogue.app.index.search(&asked.query(channel))?;
    let release = match catalogue.reader.release(results.release)? {
        Some(release) => release.effective_at,
        // Before the first release there is nothing to find, and nothing to wait for.
        None if catalogue.release.is_none() => catalogue.at(None),
        None => {
            return Err(Problem::new(
                Kind::NotYet,
                "The search index is being made; ask again in a second. The other addresses answer.",
            ));
        }
    };
    let ids = results.products.iter().map(|number| ProductId(*number));
    let head = json!({ "release": results.release, "total": results.total, "matched": matched(results.matched) });
    let mut body = opened(&head);
    body.extend_from_slice(b",\"products\":[");
    documents(catalogue, channel, ids, results.release, release, asked.locale.as_ref(), &mut body)?;
    let facets = facets(catalogue.shop(), channel, asked.locale.as_ref(), &results);
    let took = began.elapsed().as_micros();
    body.extend_from_slice(format!("],\"facets\":{facets},\"took_us\":{took}}}").as_bytes());
    let mut response = typed("application/json", body);
    response.headers_mut().insert(RELEASE, HeaderValue::from(results.release));
    Ok(response)
}

/// An object without its closing brace: members follow that are written already.
fn opened(head: &Value) -> Vec<u8> {
    let mut bytes = head.to_string().into_bytes();
    bytes.pop();
    bytes
}

fn matched(matched: Matched) -> &'static str {
    match matched {
        Matched::Every => "every",
        Matched::Similar => "similar",
        Matched::Some => "some",
    }
}

/// Each facet under the name of the parameter that filters by it.
fn facets(shop: &Shop, channel: &Channel, locale: Option<&Locale>, results: &Results) -> Value {
    let chain = locale.and_then(|locale| channel.chain(locale)).or(channel.locales.first());
    let chain = chain.map_or(&[][..], |chain| &chain.chain);
    let mut members: Map<_, _> = ["category", "brand", "family"]
        .into_iter()
        .map(|name| (name.to_owned(), json!([])))
        .collect();
    for Facet { name, values } in &results.facets {
        let told = |value: &FacetValue| {
            let label = labels(shop, name, &value.code)
                .map_or(value.code.as_str(), |labels| label(labels, chain, &value.code));
            json!({ "value": value.code.as_str(), "label": label, "count": value.count })
        };
        members.insert(parameter(name), values.iter().map(told).collect());
    }
    Value::Object(members)
}

fn parameter(name: &FacetName) -> String {
    match name {
        FacetName::Category => "category".to_owned(),
        FacetName::Family => "family".to_owned(),
        FacetName::Brand => "brand".to_owned(),
        FacetName::Attribute(code) => format!("{ATTRIBUTE}{code}"),
    }
}

fn labels<'s>(shop: &'s Shop, name: &FacetName, code: &str) -> Option<&'s Labels> {
    match name {
        FacetName::Category => shop.categories.get(code).map(|category| &category.label),
        FacetName::Family => shop.families.get(code).map(|family| &family.label),
        FacetName::Attribute(attribute) => shop.attributes.get(attribute)?.options.get(code),
        FacetName::Brand => None,
    }
}
