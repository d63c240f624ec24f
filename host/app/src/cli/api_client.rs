//! What the API answers, asked without a server: `rikaste search`, `explain`, `release diff`.

use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, bail};
use rikaste_contract::{ProblemDetails, ProductExplanation, SearchAnswer};
use serde::de::DeserializeOwned;
use tokio::sync::watch;

use super::{ExplainArgs, SearchArgs, absolute_shop_folder};
use crate::open::ReadOnlyShop;
use rikaste_http::{AccessTokens, ApiConfig, InProcessApi, InProcessResponse, UploadError};
use rikaste_media::renditions::RenditionStore;

/// Asks the API of a shop; an answer that is a problem becomes an error in its words.
pub(super) struct ApiClient {
    runtime: tokio::runtime::Runtime,
    api: InProcessApi,
}

impl ApiClient {
    pub(super) fn open_shop(shop: &std::path::Path) -> anyhow::Result<(Self, ReadOnlyShop)> {
        let open = ReadOnlyShop::open_folder(&absolute_shop_folder(shop)?)?;
        let current = open.store.open_reader()?.load_current_release()?;
        if current.is_none() {
            bail!("the shop in {} has no release yet; import a file first", shop.display());
        }
        let api = InProcessApi::new(ApiConfig {
            configurations: watch::Sender::new(Arc::clone(&open.configuration)).subscribe(),
            store: open.store.clone(),
            index: open.index.clone(),
            assets: open.assets.clone(),
            renditions: RenditionStore::new(open.folder.renditions_folder()),
            receipts: open.folder.receipts_folder(),
            releases: watch::Sender::new(current).subscribe(),
            tokens: AccessTokens::allow_everyone(),
            on_request: Box::new(|_| Err(std::io::ErrorKind::Unsupported.into())),
            preview_undo: Box::new(|_, _, _| Err("commands tell that themselves".into())),
            uploads: open.folder.trials_folder(),
            try_drop: Box::new(|_, _| Err(UploadError::Name)),
            place_drop: Box::new(|_, _| Err(UploadError::Name)),
            activity: Arc::default(),
            on_ack: Box::new(|_| ()),
        });
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        Ok((Self { runtime, api }, open))
    }

    pub(super) fn get_json<T: DeserializeOwned>(&self, path: &str) -> anyhow::Result<T> {
        let InProcessResponse { status, body } = self.runtime.block_on(self.api.get_address(path));
        if status >= 400 {
            let problem: ProblemDetails =
                serde_json::from_slice(&body).context("the answer is not a problem in JSON")?;
            bail!("{}", problem.detail);
        }
        serde_json::from_slice(&body).context("the answer is not the JSON that is expected")
    }
}

pub(super) fn search_products(args: &SearchArgs) -> anyhow::Result<ExitCode> {
    let (client, open) = ApiClient::open_shop(&args.shop)?;
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
    let found: SearchAnswer<'_> = client.get_json(&path)?;
    if args.json {
        for product in &found.products {
            say!("{}", serde_json::to_string(product)?);
        }
        return Ok(ExitCode::SUCCESS);
    }
    say!("{} found in {channel}, release {}", found.total, found.release);
    for product in &found.products {
        let price = product.sale_price.as_ref().or(product.price.as_ref());
        let price = price.map_or("", |price| &price.0);
        let title = product.title.as_deref().unwrap_or_default();
        say!("{:<24}  {price:>14}  {title}", product.id);
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) fn explain_product(args: &ExplainArgs) -> anyhow::Result<ExitCode> {
    let (client, _) = ApiClient::open_shop(&args.shop)?;
    let mut path = format!("/v1/explain/{}", percent_encode(&args.sku));
    if let Some(as_of) = &args.as_of {
        path.push_str(&format!("?as_of={}", percent_encode(as_of)));
    }
    let explanation: ProductExplanation = client.get_json(&path)?;
    if args.json {
        say!("{}", serde_json::to_string_pretty(&explanation)?);
    } else {
        super::say_text(&super::explanation::format_explanation(&explanation));
    }
    Ok(ExitCode::SUCCESS)
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
