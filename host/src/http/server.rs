//! The server: every address, and what happens to each answer on its way out.

use std::future::Future;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{MethodRouter, get, post};
use tokio::net::TcpListener;
use tower_http::compression::CompressionLayer;

use super::app::{App, Served};
use super::{
    changes, description, devices, etag, events, explain, headers, pages, photos, products,
    receipts, releases, search, snapshots,
};

/// How long answers that are under way have when the program is to end.
const GRACE: Duration = Duration::from_secs(5);

/// Every address, as `openapi.json` describes it.
pub(super) fn routes() -> Vec<(&'static str, MethodRouter<Arc<App>>)> {
    vec![
        ("/", get(pages::start)),
        ("/shop", get(pages::shop)),
        ("/screen", get(pages::screen)),
        ("/seller", get(pages::seller)),
        ("/pages/{file}", get(pages::file)),
        ("/openapi.json", get(description::description)),
        ("/assets/{file}", get(photos::photo)),
        ("/v1/health", get(releases::health)),
        ("/v1/releases", get(releases::latest)),
        ("/v1/releases/current", get(releases::current)),
        ("/v1/channels", get(releases::channels)),
        ("/v1/channels/{channel}/snapshot", get(snapshots::current)),
        ("/v1/channels/{channel}/snapshot/{release}", get(snapshots::of_release)),
        ("/v1/channels/{channel}/changes", get(changes::changes)),
        ("/v1/channels/{channel}/events", get(events::events)),
        ("/v1/channels/{channel}/products/{sku}", get(products::by_sku)),
        ("/v1/channels/{channel}/gtin/{gtin}", get(products::by_gtin)),
        ("/v1/channels/{channel}/search", get(search::search)),
        ("/v1/channels/{channel}/ack", post(devices::acknowledge)),
        ("/v1/channels/{channel}/devices", get(devices::devices)),
        ("/v1/explain/{sku}", get(explain::explain)),
        ("/v1/receipts", get(receipts::latest)),
        ("/v1/receipts/{id}", get(receipts::one)),
    ]
}

/// The interface, to be served by other means than [`serve`]. Its event streams end when the
/// sender of releases is gone.
pub fn router(served: Served) -> Router {
    layered(&App::new(served))
}

fn layered(app: &Arc<App>) -> Router {
    let router = routes()
        .into_iter()
        .fold(Router::new(), |router, (path, method)| router.route(path, method));
    router
        .layer(DefaultBodyLimit::max(devices::LARGEST))
        .layer(from_fn_with_state(Arc::clone(app), headers::complete))
        .layer(CompressionLayer::new())
        .layer(from_fn(etag::name_coding))
        .with_state(Arc::clone(app))
}

/// Serves until `shutdown`; answers that are under way are finished, or broken off after five seconds.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    listener: TcpListener,
    served: Served,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let app = App::new(served);
    let router = layered(&app);
    let mut closing = app.closing.subscribe();
    let signal = async move {
        shutdown.await;
        app.closing.send_replace(true);
    };
    let server = axum::serve(listener, router).with_graceful_shutdown(signal);
    let patience = async {
        let is_closing = closing.wait_for(|closing| *closing).await.is_ok();
        if is_closing { tokio::time::sleep(GRACE).await } else { std::future::pending().await }
    };
    tokio::select! {
        result = server => result,
        () = patience => Ok(()),
    }
}
