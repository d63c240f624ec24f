//! `rikaste search` and `rikaste explain`: what the API answers, asked without a server.

use std::process::ExitCode;

use anyhow::{Context, bail};
use serde_json::Value;

use super::{ExplainArgs, SearchArgs, shop_in};
use crate::open::ReadShop;
use rikaste_http::{Answer, Asked, Served, Tokens};
use rikaste_media::studio::Shelf;

/// Asks the API of a shop; an answer that is a problem becomes an error in its words.
struct Command {
    runtime: tokio::runtime::Runtime,
    shop: Asked,
}

impl Command {
    fn of(shop: &std::path::Path) -> anyhow::Result<(Self, ReadShop)> {
        let open = ReadShop::open(&shop_in(shop)?)?;
        let current = open.store.reader()?.current()?;
        if current.is_none() {
            bail!("the shop in {} has no release yet; import a file first", shop.display());
        }
        let (_, releases) = tokio::sync::watch::channel(current);
        let asked = Asked::new(Served {
            shop: open.shop.clone(),
            store: open.store.clone(),
            index: open.index.clone(),
            assets: open.assets.clone(),
            shelf: Shelf::new(open.folder.renditions()),
            receipts: open.folder.receipts(),
            releases,
            tokens: Tokens::open(),
            reads: open.enrichers.reads(),
            plugins: open.enrichers.clone(),
            acks: Box::new(|_| ()),
        });
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        Ok((Self { runtime, shop: asked }, open))
    }

    fn get(&self, path: &str) -> anyhow::Result<Value> {
        let Answer { status, body } = self.runtime.block_on(self.shop.get(path));
        let answer: Value = serde_json::from_slice(&body).context("the answer is not JSON")?;
        if status >= 400 {
            bail!("{}", text(&answer, "detail"));
        }
        Ok(answer)
    }
}

pub(super) fn search(args: &SearchArgs) -> anyhow::Result<ExitCode> {
    let (asked, open) = Command::of(&args.shop)?;
    let first = || open.shop.channels.first().map(|channel| channel.code.to_string());
    let channel = args.channel.clone().or_else(first).context("the shop has no channel")?;
    let known = open.shop.channel(&channel);
    let locale = args.locale.clone().or_else(|| Some(known?.locales.first()?.locale.to_string()));
    let mut path = format!(
        "/v1/channels/{}/search?q={}&limit={}",
        escaped(&channel),
        escaped(&args.words.join(" ")),
        args.limit
    );
    if let Some(locale) = locale {
        path.push_str(&format!("&locale={}", escaped(&locale)));
    }
    let found = asked.get(&path)?;
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
            text(product, "id"),
            price.unwrap_or(""),
            text(product, "title")
        );
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) fn explain(args: &ExplainArgs) -> anyhow::Result<ExitCode> {
    let (asked, _) = Command::of(&args.shop)?;
    let mut path = format!("/v1/explain/{}", escaped(&args.sku));
    if let Some(as_of) = &args.as_of {
        path.push_str(&format!("?as_of={}", escaped(as_of)));
    }
    let told = asked.get(&path)?;
    if args.json {
        say!("{}", serde_json::to_string_pretty(&told)?);
    } else {
        super::say_text(&super::explanation::text(&told));
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) fn text<'a>(value: &'a Value, member: &str) -> &'a str {
    value.get(member).and_then(Value::as_str).unwrap_or("")
}

/// Percent-encoding of everything but letters, digits, `-`, `.`, `_` and `~` (RFC 3986).
fn escaped(text: &str) -> String {
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
