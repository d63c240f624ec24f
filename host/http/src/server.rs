//! The server: every address, and what happens to each answer on its way out.

use std::future::Future;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::middleware::{from_fn, from_fn_with_state};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tower::ServiceExt;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::state::{ApiConfig, ApiState};
use super::{
    asset_files, changes, channel_model, devices, drops, etag, events, explain, gaps, headers,
    links, manual, metrics, offers, openapi, pages, photo_report, plugins, products, receipts,
    release_diff, releases, search, session, sitemap, snapshots, undo, vocabulary,
};

/// How long answers that are under way have when the program is to end.
const SHUTDOWN_GRACE: Duration = Duration::from_secs(5);

/// Every address, with its description.
pub(super) fn api_routes() -> OpenApiRouter<Arc<ApiState>> {
    OpenApiRouter::with_openapi(openapi::ApiDescription::openapi())
        .routes(routes!(pages::get_start_page))
        .routes(routes!(pages::get_shop_page))
        .routes(routes!(pages::get_screen_page))
        .routes(routes!(pages::get_channel_screen_page))
        .routes(routes!(pages::get_seller_page))
        .routes(routes!(pages::get_channel_seller_page))
        .routes(routes!(pages::get_photos_page))
        .routes(routes!(pages::get_drop_page))
        .routes(routes!(pages::get_gaps_page))
        .routes(routes!(pages::get_product_page))
        .routes(routes!(pages::get_releases_page))
        .routes(routes!(pages::get_undo_page))
        .routes(routes!(pages::get_sign_in_page))
        .routes(routes!(pages::get_page_file))
        .routes(routes!(manual::get_manual_start))
        .routes(routes!(manual::get_manual_page))
        .routes(routes!(openapi::get_openapi))
        .routes(routes!(asset_files::get_asset))
        .routes(routes!(releases::get_health))
        .routes(routes!(releases::get_readiness))
        .routes(routes!(releases::list_releases))
        .routes(routes!(releases::get_current_release))
        .routes(routes!(release_diff::list_release_changes))
        .routes(routes!(releases::list_channels))
        .routes(routes!(gaps::list_gaps))
        .routes(routes!(gaps::get_gap_file))
        .routes(routes!(channel_model::get_channel_model))
        .routes(routes!(snapshots::get_current_snapshot))
        .routes(routes!(snapshots::get_release_snapshot))
        .routes(routes!(changes::list_changes))
        .routes(routes!(events::stream_events))
        .routes(routes!(sitemap::get_sitemap))
        .routes(routes!(sitemap::get_sitemap_part))
        .routes(routes!(products::list_products))
        .routes(routes!(products::get_product))
        .routes(routes!(products::find_products_by_gtin))
        .routes(routes!(offers::offer_product))
        .routes(routes!(search::search_products))
        .routes(routes!(vocabulary::get_vocabulary))
        .routes(routes!(session::get_session, session::sign_in, session::sign_out))
        .routes(routes!(devices::acknowledge_release))
        .routes(routes!(devices::list_devices))
        .routes(routes!(explain::explain_product))
        .routes(routes!(photo_report::list_photos))
        .routes(routes!(plugins::list_plugins))
        .routes(routes!(plugins::get_plugin))
        .routes(routes!(metrics::get_metrics))
        .routes(routes!(receipts::list_receipts))
        .routes(routes!(receipts::get_receipt))
        .routes(routes!(receipts::get_rejected_rows))
        .routes(routes!(receipts::approve_drop))
        .routes(routes!(receipts::refuse_drop))
        .routes(routes!(drops::try_drop))
        .routes(routes!(drops::drop_file))
        .routes(routes!(undo::preview_drop_undo, undo::undo_drop))
        .routes(routes!(undo::preview_rollback, undo::roll_back))
}

/// The interface, to be served by other means than [`serve_api`]. Its event streams end when the
/// sender of releases is gone.
pub fn build_router(served: ApiConfig) -> Router {
    add_layers(&ApiState::new(served))
}

fn add_layers(app: &Arc<ApiState>) -> Router {
    let router = Router::from(api_routes())
        .layer(DefaultBodyLimit::max(devices::MAX_BODY_BYTES))
        .layer(from_fn_with_state(Arc::clone(app), headers::complete_response))
        .layer(CompressionLayer::new().compress_when(compression_predicate()))
        .layer(from_fn(etag::append_coding))
        .with_state(Arc::clone(app));
    match app.configuration.shop.web.base_path() {
        "" => router,
        base => serve_below(base.to_owned(), router),
    }
}

/// Answers below the base path as at the root, for a proxy may take the base path away.
fn serve_below(base: String, router: Router) -> Router {
    Router::new().fallback_service(tower::service_fn(move |mut request: Request| {
        links::strip_base_path(request.uri_mut(), &base);
        router.clone().oneshot(request)
    }))
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
