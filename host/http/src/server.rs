//! The server: every address, and what happens to each answer on its way out.

use std::future::Future;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{MethodRouter, get, post};
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

/// The interface of a running shop. It follows the shop's configuration: a request is answered with
/// the one that was current when the request came.
pub struct ApiServer {
    current: watch::Sender<(Arc<ApiState>, Router)>,
}

impl ApiServer {
    /// The interface to what is to be served.
    #[must_use]
    pub fn new(config: ApiConfig) -> Self {
        let state = ApiState::new(config);
        let router = add_layers(&state);
        Self { current: watch::Sender::new((state, router)) }
    }

    /// The router for the current configuration; it is built anew when that is another.
    fn load_router(&self) -> Router {
        self.current.send_if_modified(|(state, router)| {
            let configuration = Arc::clone(&state.configurations.borrow());
            let is_other = !Arc::ptr_eq(&configuration, &state.configuration);
            if is_other {
                *state = state.with_configuration(configuration);
                *router = add_layers(state);
            }
            is_other
        });
        self.current.borrow().1.clone()
    }

    fn current_router(self: &Arc<Self>) -> Router {
        let server = Arc::clone(self);
        Router::new().fallback_service(tower::service_fn(move |request: Request| {
            server.load_router().oneshot(request)
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
