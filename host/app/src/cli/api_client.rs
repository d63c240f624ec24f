//! `rikaste search` and `rikaste explain`: what the API answers, asked without a server.

use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, bail};
use serde_json::Value;
use tokio::sync::watch;

use super::{ExplainArgs, SearchArgs, absolute_shop_folder};
use crate::open::ReadOnlyShop;
use rikaste_http::{AccessTokens, ApiConfig, InProcessApi, InProcessResponse};
use rikaste_media::renditions::RenditionStore;

/// Asks the API of a shop; an answer that is a problem becomes an error in its words.
struct ApiClient {
    runtime: tokio::runtime::Runtime,
    shop: InProcessApi,
}

impl ApiClient {
    fn open_shop(shop: &std::path::Path) -> anyhow::Result<(Self, ReadOnlyShop)> {
        let open = ReadOnlyShop::open_folder(&absolute_shop_folder(shop)?)?;
        let current = open.store.open_reader()?.load_current_release()?;
        if current.is_none() {
            bail!("the shop in {} has no release yet; import a file first", shop.display());
        }
        let asked = InProcessApi::new(ApiConfig {
            configurations: watch::Sender::new(Arc::clone(&open.configuration)).subscribe(),
            store: open.store.clone(),
            index: open.index.clone(),
            assets: open.assets.clone(),
            renditions: RenditionStore::new(open.folder.renditions_folder()),
            receipts: open.folder.receipts_folder(),
            releases: watch::Sender::new(current).subscribe(),
            tokens: AccessTokens::allow_everyone(),
            on_ack: Box::new(|_| ()),
        });
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        Ok((Self { runtime, shop: asked }, open))
    }

    fn get_json(&self, path: &str) -> anyhow::Result<Value> {
        let InProcessResponse { status, body } = self.runtime.block_on(self.shop.get_address(path));
        let answer: Value = serde_json::from_slice(&body).context("the answer is not JSON")?;
        if status >= 400 {
            bail!("{}", text_member(&answer, "detail"));
        }
        Ok(answer)
    }
}

pub(super) fn search_products(args: &SearchArgs) -> anyhow::Result<ExitCode> {
    let (asked, open) = ApiClient::open_shop(&args.shop)?;
    let shop = &open.configuration.shop;
    let first = || shop.channels.first().map(|channel| channel.code.to_string());
    let channel = args.channel.clone().or_else(first).context("the shop has no channel")?;
    let known = shop.find_channel(&channel);
    let locale = args.locale.clone().or_else(|| Some(known?.locales.first()?.locale.to_string()));
    let mut path = format!(
        "/v1/channels/{}/search?q={}&limit={}",
        percent_encode(&channel),
        percent_encode(&args.words.join(" ")),
        args.limit
    );
    if let Some(locale) = locale {
        path.push_str(&format!("&locale={}", percent_encode(&locale)));
    }
    let found = asked.get_json(&path)?;
    let products = found["products"].as_array().map(Vec::as_slice).unwrap_or_default();
    if args.json {
        products.iter().for_each(|product| say!("{product}"));
        return Ok(ExitCode::SUCCESS);
    }
    say!("{} found in {channel}, release {}", found["total"], found["release"]);
    for product in products {
        let price =
            product.get("sale_price").or_else(|| product.get("price")).and_then(Value::as_str);
        say!(
            "{:<24}  {:>14}  {}",
            text_member(product, "id"),
            price.unwrap_or(""),
            text_member(product, "title")
        );
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) fn explain_product(args: &ExplainArgs) -> anyhow::Result<ExitCode> {
    let (asked, _) = ApiClient::open_shop(&args.shop)?;
    let mut path = format!("/v1/explain/{}", percent_encode(&args.sku));
    if let Some(as_of) = &args.as_of {
        path.push_str(&format!("?as_of={}", percent_encode(as_of)));
    }
    let told = asked.get_json(&path)?;
    if args.json {
        say!("{}", serde_json::to_string_pretty(&told)?);
    } else {
        super::say_text(&super::explanation::format_explanation(&told));
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) fn text_member<'a>(value: &'a Value, member: &str) -> &'a str {
    value.get(member).and_then(Value::as_str).unwrap_or("")
}

/// Percent-encoding of everything but letters, digits, `-`, `.`, `_` and `~` (RFC 3986).
fn percent_encode(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                escaped.push(byte as char)
            }
            _ => escaped.push_str(&format!("%{byte:02X}")),
        }
    }
    escaped
}
