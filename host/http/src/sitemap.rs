//! Sitemaps (sitemaps.org, protocol 0.9): where the shop's own site shows the products of a channel.
//!
//! A file has at most 50,000 addresses and 50 MiB, so a large channel has several, and an index of them. A file covers
//! a range of product numbers: it is written from the store as it is read, and stays the same when others grow.

use std::io::Write;
use std::sync::Arc;

use axum::extract::Path;
use axum::http::header::ETAG;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use rikaste_model::code::Sku;
use rikaste_model::product::ProductId;
use rikaste_model::shop::{Channel, LocaleChain, ProductUrl};

use super::body_writer::{BodyWriter, StreamError};
use super::catalogue_view::{CatalogueView, format_hash};
use super::etag::{match_etag, new_etag};
use super::headers::not_modified;
use super::links::percent_encode;
use super::openapi::{ChannelPath, LookupProblems, NotModified, SitemapPartPath};
use super::parameters::RawParameters;
use super::problem::{ApiProblem, ProblemKind};
use super::state::ReadableChannel;

/// The most addresses of a file (sitemaps.org). Tests have so few products that theirs are divided earlier.
const MAX_ADDRESSES: usize = if cfg!(test) { 8 } else { 50_000 };
/// The most bytes of a file (sitemaps.org), less what stands around the addresses.
const MAX_BYTES: usize = 50 * 1024 * 1024 - 1024;
/// What stands around an address, at most.
const MARKUP_BYTES: usize = 96;

const MEDIA_TYPE: &str = "application/xml";
const XML: &[u8] = b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
const XHTML: &str = "http://www.w3.org/1999/xhtml";

/// The sitemap of a channel, or the index of its parts.
#[utoipa::path(
    get,
    path = "/v1/channels/{channel}/sitemap.xml",
    tag = "feed",
    operation_id = "sitemap",
    summary = "The sitemap of the shop's own site",
    description = "Where the site shows each product of the channel, in each locale, by `product_url` of the channel's profile. Of more than 50,000 addresses it is an index of parts; their addresses need `url` under `[web]` of shop.toml. Have `robots.txt` of the site name it.",
    params(ChannelPath),
    responses(
        (status = 200, description = "A sitemap, or an index of sitemaps.", body = String, content_type = "application/xml", headers(("ETag"))),
        NotModified,
        LookupProblems,
    ),
    security((), ("token" = []))
)]
pub(super) async fn get_sitemap(
    channel: ReadableChannel,
    parameters: RawParameters,
    headers: HeaderMap,
) -> Result<Response, ApiProblem> {
    parameters.check_names(&[])?;
    let app = Arc::clone(channel.app());
    app.stream_catalogue(move |catalogue, outlet| {
        let plan = SitemapPlan::from_channel(&channel)?;
        match plan.count_parts(catalogue.reader.find_last_product()?) {
            1 => send_part(catalogue, &channel, &plan, 0, &headers, outlet),
            parts => send_index(catalogue, &channel, parts, &headers, outlet),
        }
    })
    .await
}

/// A part of the sitemap of a channel.
#[utoipa::path(
    get,
    path = "/v1/channels/{channel}/sitemap/{part}",
    tag = "feed",
    operation_id = "sitemapPart",
    summary = "A part of the sitemap",
    description = "The index at `sitemap.xml` has the addresses of the parts.",
    params(ChannelPath, SitemapPartPath),
    responses(
        (status = 200, description = "A sitemap.", body = String, content_type = "application/xml", headers(("ETag"))),
        NotModified,
        LookupProblems,
    ),
    security((), ("token" = []))
)]
pub(super) async fn get_sitemap_part(
    channel: ReadableChannel,
    Path((_, part)): Path<(String, String)>,
    parameters: RawParameters,
    headers: HeaderMap,
) -> Result<Response, ApiProblem> {
    parameters.check_names(&[])?;
    let app = Arc::clone(channel.app());
    app.stream_catalogue(move |catalogue, outlet| {
        let plan = SitemapPlan::from_channel(&channel)?;
        let parts = plan.count_parts(catalogue.reader.find_last_product()?);
        let part = part.parse::<u32>().ok().filter(|part| (1..=parts).contains(part));
        let Some(part) = part else {
            let detail = format!("There is no such part; the sitemap has parts 1 to {parts}.");
            return Err(ApiProblem::new(ProblemKind::NoSitemap, detail).into());
        };
        send_part(catalogue, &channel, &plan, part - 1, &headers, outlet)
    })
    .await
}

/// How a channel's sitemap is divided.
#[derive(Debug)]
struct SitemapPlan<'c> {
    url: &'c ProductUrl,
    /// The locales whose addresses are listed.
    locales: &'c [LocaleChain],
    /// How many product numbers a file covers.
    products: u32,
}

impl<'c> SitemapPlan<'c> {
    fn from_channel(channel: &'c Channel) -> Result<Self, ApiProblem> {
        let Some(url) = &channel.product_url else {
            let detail = format!(
                "The channel {} does not say where the shop's site shows a product: write product_url into channels/{}.toml.",
                channel.code, channel.code
            );
            return Err(ApiProblem::new(ProblemKind::NoSitemap, detail));
        };
        let count = if url.varies_by_locale() { channel.locales.len() } else { 1 };
        let locales = &channel.locales[..count.min(channel.locales.len())];
        let address = url.max_length(|text| escape_xml(text).len()) + MARKUP_BYTES;
        let alternates = if count > 1 { count + 1 } else { 0 };
        let product_bytes = count.max(1) * (1 + alternates) * address;
        let products = (MAX_ADDRESSES / count.max(1)).min(MAX_BYTES / product_bytes).max(1);
        Ok(Self { url, locales, products: products as u32 })
    }

    /// Into how many files products with numbers up to this are divided.
    fn count_parts(&self, last: Option<ProductId>) -> u32 {
        last.map_or(1, |last| last.0 / self.products + 1)
    }

    /// Writes where a product is shown: an address for each locale, which names the others.
    fn write_product(&self, sku: &Sku, line: &mut Vec<u8>) {
        let format = |chain: &'c LocaleChain| {
            (chain.locale.as_str(), escape_xml(&self.url.format_url(sku, &chain.locale)))
        };
        let addresses: Vec<(&str, String)> = self.locales.iter().map(format).collect();
        let mut alternates = Vec::new();
        if let [(_, default), _, ..] = addresses.as_slice() {
            let named = addresses.iter().map(|(locale, url)| (*locale, url));
            for (locale, url) in named.chain([("x-default", default)]) {
                let link = "<xhtml:link rel=\"alternate\" hreflang=";
                write!(alternates, "{link}\"{locale}\" href=\"{url}\"/>").expect("memory takes it");
            }
        }
        for (_, url) in &addresses {
            write!(line, "<url><loc>{url}</loc>").expect("memory takes it");
            line.extend_from_slice(&alternates);
            line.extend_from_slice(b"</url>");
        }
    }
}

fn send_part(
    catalogue: &CatalogueView<'_>,
    channel: &Channel,
    plan: &SitemapPlan<'_>,
    part: u32,
    headers: &HeaderMap,
    outlet: &mut BodyWriter,
) -> Result<(), StreamError> {
    if !begin_sitemap(catalogue, channel, &format!("part {part}"), headers, outlet)? {
        return Ok(());
    }
    let open = format!("<urlset xmlns=\"{NAMESPACE}\" xmlns:xhtml=\"{XHTML}\">");
    outlet.write_line(open.as_bytes())?;
    let first = part * plan.products;
    let range = ProductId(first)..=ProductId(first.saturating_add(plan.products - 1));
    if let Some(feed) = catalogue.reader.find_channel_id(channel.code.as_str())? {
        let mut line = Vec::new();
        catalogue.reader.scan_shown_skus(feed, range, |sku| {
            line.clear();
            plan.write_product(&sku, &mut line);
            outlet.write_line(&line)
        })?;
    }
    outlet.write_line(b"</urlset>")
}

fn send_index(
    catalogue: &CatalogueView<'_>,
    channel: &Channel,
    parts: u32,
    headers: &HeaderMap,
    outlet: &mut BodyWriter,
) -> Result<(), StreamError> {
    let code = percent_encode(channel.code.as_str());
    let folder = catalogue.shop().web.absolute_url(&format!("/v1/channels/{code}/sitemap"));
    let Some(folder) = folder else {
        let detail = format!(
            "The sitemap has {parts} parts, and an index has to name their whole addresses: write url under [web] in shop.toml."
        );
        return Err(ApiProblem::new(ProblemKind::NoSitemap, detail).into());
    };
    if !begin_sitemap(catalogue, channel, &format!("index {folder} {parts}"), headers, outlet)? {
        return Ok(());
    }
    outlet.write_line(format!("<sitemapindex xmlns=\"{NAMESPACE}\">").as_bytes())?;
    for part in 1..=parts {
        let line = format!("<sitemap><loc>{}/{part}</loc></sitemap>", escape_xml(&folder));
        outlet.write_line(line.as_bytes())?;
    }
    outlet.write_line(b"</sitemapindex>")
}

/// Begins an answer; false where the reader has it already. `what` tells files of one channel apart.
fn begin_sitemap(
    catalogue: &CatalogueView<'_>,
    channel: &Channel,
    what: &str,
    headers: &HeaderMap,
    outlet: &mut BodyWriter,
) -> Result<bool, StreamError> {
    let tag = sitemap_etag(catalogue, channel, what);
    if let Some(known) = match_etag(headers, &tag) {
        outlet.send_response(catalogue.add_release_header(not_modified(known)))?;
        return Ok(false);
    }
    outlet.begin_body(MEDIA_TYPE, |mut response| {
        response.headers_mut().insert(ETAG, tag);
        catalogue.add_release_header(response)
    })?;
    outlet.write_line(XML)?;
    Ok(true)
}

/// Of all that a sitemap depends on: what the channel shows, its addresses, its locales.
fn sitemap_etag(catalogue: &CatalogueView<'_>, channel: &Channel, what: &str) -> HeaderValue {
    let release = catalogue.release.as_ref();
    let state = release.and_then(|release| release.find_channel(channel.code.as_str()));
    let shown = state.map(|state| format_hash(state.sum));
    let whole = format!("{shown:?} {:?} {:?} {what}", channel.product_url, channel.locales);
    new_etag(&blake3::hash(whole.as_bytes()).to_hex()[..32])
}

fn escape_xml(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            other => escaped.push(other),
        }
    }
    escaped
}
