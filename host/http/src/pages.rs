//! The pages: the shop, the screen, the seller's device, the contact sheet. They are in the program itself, and use
//! only the addresses that everyone has.

use std::borrow::Cow;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_SECURITY_POLICY, ETAG, REFERRER_POLICY};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::Response;
use include_dir::{Dir, File, include_dir};

use super::etag::{match_etag, new_etag};
use super::headers::{not_modified, typed_response};
use super::links;
use super::openapi::{ChannelPath, NotModified, PageFilePath, ParameterProblems, UnknownFile};
use super::parameters::RawParameters;
use super::problem::{ApiProblem, ProblemKind};
use super::state::ApiState;

static PAGES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/pages");
/// What the pages of daily work have around their contents.
const DAILY_PAGE: &str = include_str!("../pages/daily.html");

const POLICY: &str = "default-src 'self'; img-src 'self' data:; style-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'";
/// The worker lies among the pages' files and serves the pages of sellers and screens, which are above them.
const SERVICE_WORKER_ALLOWED: HeaderName = HeaderName::from_static("service-worker-allowed");

/// A handler for each page, which is a file of its own. A page itself says which of its parameters it does not know:
/// its reader is no program. It finds the names in its head.
macro_rules! page_handlers {
    ($(
        $handler:ident: $path:literal $(, $params:ty)?; $operation:literal, $summary:literal, $file:literal,
        [$($name:literal: $meaning:literal),*];
    )+) => {$(
        #[utoipa::path(
            get,
            path = $path,
            tag = "pages",
            operation_id = $operation,
            summary = $summary,
            params($($params,)? $(($name = Option<String>, Query, description = $meaning)),*),
            responses(
                (status = 200, description = "The page.", body = String, content_type = "text/html", headers(("ETag"))),
                NotModified,
            ),
            security(())
        )]
        pub(super) async fn $handler(
            State(app): State<Arc<ApiState>>,
            headers: HeaderMap,
        ) -> Result<Response, ApiProblem> {
            serve_page(&app, $file, &[$($name),*], &headers)
        }
    )+};
}

page_handlers! {
    get_start_page: "/"; "startPage", "The start page", "index.html", [];
    get_shop_page: "/shop"; "shopPage", "The web shop", "shop.html", [
        "q": "What is searched for.", "sku": "The product that is shown.", "lang": "A locale of the channel.",
        "as_of": "A day: what the shop shows then.", "sort": "The order.", "category": "A category.",
        "brand": "A brand.", "family": "A family.", "in_stock": "`true`: only what there is.",
        "attr.": "With the code of an attribute behind it: one of its options."
    ];
    get_screen_page: "/screen"; "screenPage", "The in-store screen", "screen.html", [
        "channel": "The channel.", "location": "Where the screen stands.", "locale": "A locale of the channel.",
        "category": "Only products of this category.", "family": "Only products of this family.",
        "sku": "This product alone.", "seconds": "How long a product is shown."
    ];
    get_channel_screen_page: "/screen/{channel}", ChannelPath; "channelScreenPage", "The in-store screen of a channel", "screen.html", [
        "location": "Where the screen stands.", "locale": "A locale of the channel.",
        "category": "Only products of this category.", "family": "Only products of this family.",
        "sku": "This product alone.", "seconds": "How long a product is shown."
    ];
    get_seller_page: "/seller"; "sellerPage", "The seller's device", "seller.html", [
        "channel": "The channel; empty: choose from a list.", "q": "What is searched for.",
        "sku": "The product that is shown.", "lang": "A locale of the channel."
    ];
    get_channel_seller_page: "/seller/{channel}", ChannelPath; "channelSellerPage", "The seller's device with a channel", "seller.html", [
        "q": "What is searched for.", "sku": "The product that is shown.", "lang": "A locale of the channel."
    ];
    get_photos_page: "/photos"; "photosPage", "The contact sheet: every photo, what is known of it and what is wrong with it", "photos.html", [
        "only": "Which photos: `remarks`, `orphans` or `refused`.", "lang": "A locale."
    ];
    get_drop_page: "/drop"; "dropPage", "Trying a file out before it is dropped", "drop.html", [];
    get_gaps_page: "/gaps"; "gapsPage", "What products lack, by channel and locale", "gaps.html", [
        "channel": "A channel.", "locale": "A locale of the channel.", "only": "`missing`: not what is shown from another locale."
    ];
    get_product_page: "/product"; "productPage", "One product: which channels show it, and taking it out", "product.html", [
        "sku": "The product's SKU."
    ];
    get_releases_page: "/releases"; "releasesPage", "The releases, and what changed in them", "releases.html", [
        "release": "The release whose changes are shown.", "since": "The release that it is compared with."
    ];
    get_undo_page: "/undo"; "undoPage", "Undoing: what it comes to, and the question", "undo.html", [
        "drop": "The receipt of the file to undo.", "release": "The release to go back to."
    ];
    get_sign_in_page: "/sign-in"; "signInPage", "Signing in with a token", "sign-in.html", [
        "next": "The page that follows.", "lang": "A locale."
    ];
}

/// A file that the pages use.
#[utoipa::path(
    get,
    path = "/pages/{file}",
    tag = "pages",
    operation_id = "pageFile",
    summary = "A file that the pages use",
    params(PageFilePath),
    responses(
        (status = 200, description = "The file, of the type that its name says.", body = serde_json::Value, content_type = "*/*", headers(("ETag"))),
        NotModified,
        ParameterProblems,
        UnknownFile,
    ),
    security(())
)]
pub(super) async fn get_page_file(
    State(app): State<Arc<ApiState>>,
    Path(name): Path<String>,
    parameters: RawParameters,
    headers: HeaderMap,
) -> Result<Response, ApiProblem> {
    parameters.check_names(&[])?;
    serve_page(&app, &name, &[], &headers)
}

fn serve_page(
    app: &ApiState,
    name: &str,
    parameters: &[&str],
    headers: &HeaderMap,
) -> Result<Response, ApiProblem> {
    let unknown =
        || ApiProblem::new(ProblemKind::UnknownAddress, "There is no such page; begin at /.");
    let (media_type, file) = media_type(name).zip(PAGES.get_file(name)).ok_or_else(unknown)?;
    let base = app.configuration.shop.web.base_path();
    let page = complete_page(name, file);
    let mut body = rebase_file(&page, base);
    if let Ok(page) = std::str::from_utf8(&body)
        && name.ends_with(".html")
    {
        body = Cow::Owned(name_parameters(page, parameters).into_bytes());
    }
    let tag = new_etag(&blake3::hash(&body).to_hex()[..32]);
    let mut response = match match_etag(headers, &tag) {
        Some(known) => not_modified(known),
        None => typed_response(media_type, body.into_owned()),
    };
    let headers = response.headers_mut();
    headers.entry(ETAG).or_insert(tag);
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    if name == "service-worker.js" {
        let scope = HeaderValue::from_str(&format!("{base}/"));
        headers.insert(SERVICE_WORKER_ALLOWED, scope.expect("a base path is plain ASCII"));
    }
    Ok(response)
}

/// A page with the names of its parameters in its head.
fn name_parameters(page: &str, parameters: &[&str]) -> String {
    const HEAD: &str = "<head>";
    let names = parameters.join(" ");
    page.replacen(HEAD, &format!("{HEAD}\n  <meta name=\"parameters\" content=\"{names}\">"), 1)
}

/// A file, or a page of daily work with what all of these have around their contents.
fn complete_page(name: &str, file: &'static File<'static>) -> Cow<'static, [u8]> {
    let text = file.contents_utf8().unwrap_or_default();
    match name.strip_suffix(".html") {
        Some(page) if !text.starts_with("<!doctype") => {
            Cow::Owned(DAILY_PAGE.replace("{page}", page).replace("{main}", text).into_bytes())
        }
        _ => Cow::Borrowed(file.contents()),
    }
}

/// A file as it is served below a base path: of a few kilobytes, made and hashed in microseconds.
fn rebase_file<'f>(file: &'f [u8], base: &str) -> Cow<'f, [u8]> {
    match std::str::from_utf8(file) {
        Ok(text) if !base.is_empty() => {
            Cow::Owned(links::rebase_addresses(text, base).into_owned().into_bytes())
        }
        _ => Cow::Borrowed(file),
    }
}

/// The types of files that are meant to be served.
fn media_type(name: &str) -> Option<&'static str> {
    let (_, extension) = name.rsplit_once('.')?;
    match extension {
        "html" => Some("text/html; charset=utf-8"),
        "css" => Some("text/css; charset=utf-8"),
        "js" => Some("text/javascript; charset=utf-8"),
        "json" => Some("application/json"),
        "svg" => Some("image/svg+xml"),
        "png" => Some("image/png"),
        "webmanifest" => Some("application/manifest+json"),
        "woff2" => Some("font/woff2"),
        _ => None,
    }
}
