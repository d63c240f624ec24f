//! What every answer is made from.

use std::io;
use std::ops::Deref;
use std::path::PathBuf;
use std::sync::Arc;

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use rikaste_contract::UndoPreview;
use rikaste_model::code::ChannelCode;
use rikaste_model::moment::Moment;
use rikaste_model::release::{Release, ReleaseNumber};
use rikaste_model::shop::Channel;
use rikaste_model::shop_request::{ShopRequest, UndoTarget};
use rikaste_search::SearchIndex;
use rikaste_store::{Store, StoreReader};
use tokio::sync::watch;

use super::access::{Access, AccessTokens};
use super::activity::ShopActivity;
use super::drops::{DropPlacer, DropTrier, UploadLimits};
use super::problem::{ApiProblem, ProblemKind};
use super::reader_pool::ReaderPool;
use rikaste_media::renditions::RenditionStore;
use rikaste_runtime::Configuration;
use rikaste_store::asset_folder::AssetFolder;

/// Takes what somebody asks of the shop.
pub type RequestSink = dyn Fn(&ShopRequest) -> io::Result<()> + Send + Sync;

/// Tells what undoing comes to, from one state of the store.
pub type UndoPreviewer = dyn Fn(&StoreReader, &Configuration, UndoTarget) -> Result<UndoPreview, PreviewError>
    + Send
    + Sync;

/// Why what something comes to cannot be told: the machine failed.
pub type PreviewError = Box<dyn std::error::Error + Send + Sync>;

/// What the interface serves.
pub struct ApiConfig {
    /// The shop and its plugins, and those that take their place.
    pub configurations: watch::Receiver<Arc<Configuration>>,
    /// The catalogue, of which the interface only reads.
    pub store: Store,
    /// The search index.
    pub index: SearchIndex,
    /// What was dropped: films and documents are served from it.
    pub assets: AssetFolder,
    /// The renditions of photos.
    pub renditions: RenditionStore,
    /// The folder of receipts, where the rows lie that were refused.
    pub receipts: PathBuf,
    /// The current release; `None` before the first. Sent when readers can have it.
    pub releases: watch::Receiver<Option<Release>>,
    /// Who may read what is not public.
    pub tokens: AccessTokens,
    /// Leaves for the pipeline what somebody asks of the shop.
    pub on_request: Box<RequestSink>,
    /// Tells what undoing comes to.
    pub preview_undo: Box<UndoPreviewer>,
    /// Where files lie that are being sent.
    pub uploads: PathBuf,
    /// Tries a file out.
    pub try_drop: Box<DropTrier>,
    /// Puts a file into the inbox.
    pub place_drop: Box<DropPlacer>,
    /// What the shop does, for `/metrics`.
    pub activity: Arc<ShopActivity>,
    /// Takes what devices say. It must not wait: the writer's thread records it when it can.
    pub on_ack: Box<dyn Fn(DeviceAck) + Send + Sync>,
}

/// Which release a device says it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceAck {
    /// Of which channel.
    pub channel: ChannelCode,
    /// Which device, as it calls itself.
    pub device: String,
    /// The number of the release.
    pub release: ReleaseNumber,
    /// When it reported that.
    pub at: Moment,
}

/// What is served, and the means to serve it. One state has one configuration: an answer that is
/// begun with it is finished with it.
pub(super) struct ApiState {
    pub(super) configuration: Arc<Configuration>,
    config: Arc<ApiConfig>,
    pub(super) reader_pool: Arc<ReaderPool>,
    pub(super) upload_limits: UploadLimits,
    /// True from the moment on that the program is to end.
    pub(super) is_closing: watch::Sender<bool>,
}

impl Deref for ApiState {
    type Target = ApiConfig;
    fn deref(&self) -> &ApiConfig {
        &self.config
    }
}

impl ApiState {
    pub(super) fn new(config: ApiConfig) -> Arc<Self> {
        let configuration = Arc::clone(&config.configurations.borrow());
        Arc::new(Self {
            configuration,
            reader_pool: Arc::new(ReaderPool::new(config.store.clone())),
            upload_limits: UploadLimits::default(),
            is_closing: watch::Sender::new(false),
            config: Arc::new(config),
        })
    }

    /// The same with another configuration.
    pub(super) fn with_configuration(&self, configuration: Arc<Configuration>) -> Arc<Self> {
        Arc::new(Self {
            configuration,
            config: Arc::clone(&self.config),
            reader_pool: Arc::clone(&self.reader_pool),
            upload_limits: self.upload_limits.clone(),
            is_closing: self.is_closing.clone(),
        })
    }

    /// The number of the release that was announced last; 0 before the first.
    pub(super) fn announced_release(&self) -> ReleaseNumber {
        self.releases
            .borrow()
            .as_ref()
            .map_or(ReleaseNumber::BEFORE_FIRST, |release| release.number)
    }
}

/// The channel that the address names, which the caller may read.
pub(super) struct ReadableChannel {
    app: Arc<ApiState>,
    index: usize,
}

impl ReadableChannel {
    pub(super) fn app(&self) -> &Arc<ApiState> {
        &self.app
    }
}

impl Deref for ReadableChannel {
    type Target = Channel;
    fn deref(&self) -> &Channel {
        &self.app.configuration.shop.channels[self.index]
    }
}

impl FromRequestParts<Arc<ApiState>> for ReadableChannel {
    type Rejection = ApiProblem;

    async fn from_request_parts(
        parts: &mut Parts,
        app: &Arc<ApiState>,
    ) -> Result<Self, ApiProblem> {
        let params = RawPathParams::from_request_parts(parts, app).await;
        let params = params.map_err(|_| {
            ApiProblem::new(ProblemKind::Refused, "The address is not UTF-8, percent-encoded.")
        })?;
        let code = params.iter().find(|(name, _)| *name == "channel").map_or("", |(_, code)| code);
        let access = app.tokens.identify_caller(&parts.headers);
        let found = app
            .configuration
            .shop
            .channels
            .iter()
            .position(|channel| channel.code.as_str() == code);
        let Some(index) = found else {
            let readable =
                app.configuration.shop.channels.iter().filter(|channel| {
                    channel.public || access.can_read_channel(channel.code.as_str())
                });
            let known: Vec<_> = readable.map(|channel| channel.code.to_string()).collect();
            let detail =
                format!("There is no channel of this name; there is {}.", known.join(", "));
            return Err(ApiProblem::new(ProblemKind::UnknownChannel, detail)
                .with_members(|body| body.channels = Some(known)));
        };
        let channel = &app.configuration.shop.channels[index];
        if !channel.public {
            access.require_channel(&channel.code)?;
        }
        Ok(Self { app: Arc::clone(app), index })
    }
}

/// A caller who may read what is not public.
pub(super) struct AuthorizedCaller(pub(super) Arc<ApiState>);

impl FromRequestParts<Arc<ApiState>> for AuthorizedCaller {
    type Rejection = ApiProblem;

    async fn from_request_parts(
        parts: &mut Parts,
        app: &Arc<ApiState>,
    ) -> Result<Self, ApiProblem> {
        app.tokens.identify_caller(&parts.headers).require_read()?;
        Ok(Self(Arc::clone(app)))
    }
}

/// A caller who may change the shop.
pub(super) struct ManagingCaller(pub(super) Arc<ApiState>);

impl FromRequestParts<Arc<ApiState>> for ManagingCaller {
    type Rejection = ApiProblem;

    async fn from_request_parts(
        parts: &mut Parts,
        app: &Arc<ApiState>,
    ) -> Result<Self, ApiProblem> {
        app.tokens.identify_caller(&parts.headers).require_manage(&parts.headers)?;
        Ok(Self(Arc::clone(app)))
    }
}

/// Any caller.
pub(super) struct AnyCaller {
    pub(super) app: Arc<ApiState>,
    pub(super) access: Access,
}

impl AnyCaller {
    /// Whether the caller may hear of this channel.
    pub(super) fn can_see_channel(&self, channel: &str) -> bool {
        let shop = &self.app.configuration.shop;
        self.access.can_read_channel(channel)
            || shop.find_channel(channel).is_some_and(|channel| channel.public)
    }
}

impl FromRequestParts<Arc<ApiState>> for AnyCaller {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        app: &Arc<ApiState>,
    ) -> Result<Self, Self::Rejection> {
        Ok(Self { access: app.tokens.identify_caller(&parts.headers), app: Arc::clone(app) })
    }
}
