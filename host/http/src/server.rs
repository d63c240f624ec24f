//! The server: every address, and what happens to each answer on its way out.

use std::future::Future;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{MethodRouter, get, post};
use rikaste_model::shop::Shop;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tower::ServiceExt;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};

use super::state::{ApiConfig, ApiState};
use super::{
    asset_files, changes, devices, etag, events, explain, headers, manual, metrics, openapi, pages,
    photo_report, plugins, products, receipts, releases, search, snapshots,
};
use rikaste_runtime::enrich::EnricherSet;

/// How long answers that are under way have when the program is to end.
const SHUTDOWN_GRACE: Duration = Duration::from_secs(5);

/// Every address, as `openapi.json` describes it.
pub(super) fn api_routes() -> Vec<(&'static str, MethodRouter<Arc<ApiState>>)> {
    vec![
        ("/", get(pages::get_start_page)),
        ("/shop", get(pages::get_shop_page)),
        ("/screen", get(pages::get_screen_page)),
        ("/seller", get(pages::get_seller_page)),
        ("/photos", get(pages::get_photos_page)),
        ("/pages/{file}", get(pages::get_page_file)),
        ("/docs", get(manual::get_manual_start)),
        ("/docs/{page}", get(manual::get_manual_page)),
        ("/openapi.json", get(openapi::get_openapi)),
        ("/assets/{file}", get(asset_files::get_asset)),
        ("/v1/health", get(releases::get_health)),
        ("/v1/releases", get(releases::list_releases)),
        ("/v1/releases/current", get(releases::get_current_release)),
        ("/v1/channels", get(releases::list_channels)),
        ("/v1/channels/{channel}/snapshot", get(snapshots::get_current_snapshot)),
        ("/v1/channels/{channel}/snapshot/{release}", get(snapshots::get_release_snapshot)),
        ("/v1/channels/{channel}/changes", get(changes::list_changes)),
        ("/v1/channels/{channel}/events", get(events::stream_events)),
        ("/v1/channels/{channel}/products/{sku}", get(products::get_product)),
        ("/v1/channels/{channel}/gtin/{gtin}", get(products::find_products_by_gtin)),
        ("/v1/channels/{channel}/search", get(search::search_products)),
        ("/v1/channels/{channel}/ack", post(devices::acknowledge_release)),
        ("/v1/channels/{channel}/devices", get(devices::list_devices)),
        ("/v1/explain/{sku}", get(explain::explain_product)),
        ("/v1/photos", get(photo_report::list_photos)),
        ("/v1/plugins", get(plugins::list_plugins)),
        ("/v1/plugins/{name}", get(plugins::get_plugin)),
        ("/metrics", get(metrics::get_metrics)),
        ("/v1/receipts", get(receipts::list_receipts)),
        ("/v1/receipts/{id}", get(receipts::get_receipt)),
        ("/v1/receipts/{id}/rejected.csv", get(receipts::get_rejected_rows)),
    ]
}

/// The interface, to be served by other means than [`serve_api`]. Its event streams end when the
/// sender of releases is gone.
pub fn build_router(served: ApiConfig) -> Router {
    add_layers(&ApiState::new(served))
}

fn add_layers(app: &Arc<ApiState>) -> Router {
    let router = api_routes()
        .into_iter()
        .fold(Router::new(), |router, (path, method)| router.route(path, method));
    router
        .layer(DefaultBodyLimit::max(devices::MAX_BODY_BYTES))
        .layer(from_fn_with_state(Arc::clone(app), headers::complete_response))
        .layer(CompressionLayer::new().compress_when(compression_predicate()))
        .layer(from_fn(etag::append_coding))
        .with_state(Arc::clone(app))
}

/// Films and documents are compressed already, and are asked for in parts.
fn compression_predicate() -> impl Predicate {
    DefaultPredicate::new()
        .and(NotForContentType::new("video/"))
        .and(NotForContentType::new("application/pdf"))
}

/// The interface of a running shop, whose plugins may be others in a moment.
pub struct ApiServer {
    current: watch::Sender<(Arc<ApiState>, Router)>,
}

impl ApiServer {
    /// The interface to what is to be served.
    #[must_use]
    pub fn new(served: ApiConfig) -> Self {
        let app = ApiState::new(served);
        let router = add_layers(&app);
        Self { current: watch::Sender::new((app, router)) }
    }

    /// Answers from now on with other plugins and the shop that they make. Answers that are under way
    /// are finished with those they were begun with.
    pub fn replace_plugins(&self, shop: Arc<Shop>, plugins: Arc<EnricherSet>) {
        let app = self.current.borrow().0.with_plugins(shop, plugins);
        let router = add_layers(&app);
        let _ = self.current.send_replace((app, router));
    }

    fn current_router(self: &Arc<Self>) -> Router {
        let interface = Arc::clone(self);
        Router::new().fallback_service(tower::service_fn(move |request: Request| {
            let router = interface.current.borrow().1.clone();
            router.oneshot(request)
        }))
    }
}

/// Serves until `shutdown`; answers that are under way are finished, or broken off after five seconds.
///
/// # Errors
/// When the listener fails.
pub async fn serve_api(
    listener: TcpListener,
    interface: &Arc<ApiServer>,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let close = interface.current.borrow().0.is_closing.clone();
    let mut closing = close.subscribe();
    let signal = async move {
        shutdown.await;
        close.send_replace(true);
    };
    let server = axum::serve(listener, interface.current_router()).with_graceful_shutdown(signal);
    let patience = async {
        let is_closing = closing.wait_for(|closing| *closing).await.is_ok();
        if is_closing {
            tokio::time::sleep(SHUTDOWN_GRACE).await
        } else {
            std::future::pending().await
        }
    };
    tokio::select! {
        result = server => result,
        () = patience => Ok(()),
    }
}
