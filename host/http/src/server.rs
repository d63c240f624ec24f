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

use super::app::{App, Served};
use super::{
    changes, contact_sheet, description, devices, etag, events, explain, headers, metrics, pages,
    photos, plugins, products, receipts, releases, search, snapshots,
};
use rikaste_runtime::enrich::Enrichers;

/// How long answers that are under way have when the program is to end.
const GRACE: Duration = Duration::from_secs(5);

/// Every address, as `openapi.json` describes it.
pub(super) fn routes() -> Vec<(&'static str, MethodRouter<Arc<App>>)> {
    vec![
        ("/", get(pages::start)),
        ("/shop", get(pages::shop)),
        ("/screen", get(pages::screen)),
        ("/seller", get(pages::seller)),
        ("/photos", get(pages::photos)),
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
        ("/v1/photos", get(contact_sheet::list)),
        ("/v1/plugins", get(plugins::list)),
        ("/v1/plugins/{name}", get(plugins::one)),
        ("/metrics", get(metrics::metrics)),
        ("/v1/receipts", get(receipts::latest)),
        ("/v1/receipts/{id}", get(receipts::one)),
        ("/v1/receipts/{id}/rejected.csv", get(receipts::rejects)),
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
        .layer(CompressionLayer::new().compress_when(worth_compressing()))
        .layer(from_fn(etag::name_coding))
        .with_state(Arc::clone(app))
}

/// Films and documents are compressed already, and are asked for in parts.
fn worth_compressing() -> impl Predicate {
    DefaultPredicate::new()
        .and(NotForContentType::new("video/"))
        .and(NotForContentType::new("application/pdf"))
}

/// The interface of a running shop, whose plugins may be others in a moment.
pub struct Interface {
    current: watch::Sender<(Arc<App>, Router)>,
}

impl Interface {
    /// The interface to what is to be served.
    #[must_use]
    pub fn new(served: Served) -> Self {
        let app = App::new(served);
        let router = layered(&app);
        Self { current: watch::Sender::new((app, router)) }
    }

    /// Answers from now on with other plugins and the shop that they make. Answers that are under way
    /// are finished with those they were begun with.
    pub fn follow(&self, shop: Arc<Shop>, plugins: Arc<Enrichers>) {
        let app = self.current.borrow().0.with_plugins(shop, plugins);
        let router = layered(&app);
        let _ = self.current.send_replace((app, router));
    }

    fn router(self: &Arc<Self>) -> Router {
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
pub async fn serve(
    listener: TcpListener,
    interface: &Arc<Interface>,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let close = interface.current.borrow().0.closing.clone();
    let mut closing = close.subscribe();
    let signal = async move {
        shutdown.await;
        close.send_replace(true);
    };
    let server = axum::serve(listener, interface.router()).with_graceful_shutdown(signal);
    let patience = async {
        let is_closing = closing.wait_for(|closing| *closing).await.is_ok();
        if is_closing { tokio::time::sleep(GRACE).await } else { std::future::pending().await }
    };
    tokio::select! {
        result = server => result,
        () = patience => Ok(()),
    }
}
