//! What every answer is made from.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::path::PathBuf;
use std::sync::Arc;

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use rikaste_model::code::{ChannelCode, PluginName};
use rikaste_model::moment::Moment;
use rikaste_model::release::{Release, ReleaseNumber};
use rikaste_model::shop::{Channel, Shop};
use rikaste_search::SearchIndex;
use rikaste_store::Store;
use smol_str::SmolStr;
use tokio::sync::watch;

use super::access_tokens::AccessTokens;
use super::problem::{ApiProblem, ProblemKind};
use super::reader_pool::ReaderPool;
use rikaste_media::renditions::RenditionStore;
use rikaste_runtime::enrich::EnricherSet;
use rikaste_store::asset_folder::AssetFolder;

/// What the interface serves.
pub struct ApiConfig {
    /// The shop, with the attributes of its plugins.
    pub shop: Arc<Shop>,
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
    /// The current release; nothing before the first. Sent when readers can have it.
    pub releases: watch::Receiver<Option<Release>>,
    /// Who may read what is not public.
    pub tokens: AccessTokens,
    /// Takes what devices say. It must not wait: the writer's thread records it when it can.
    pub on_ack: Box<dyn Fn(DeviceAck) + Send + Sync>,
    /// What each plugin reads, for explanations.
    pub plugin_reads: BTreeMap<PluginName, Vec<SmolStr>>,
    /// Its plugins.
    pub plugins: Arc<EnricherSet>,
}

/// Which release a device says it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceAck {
    /// Of which channel.
    pub channel: ChannelCode,
    /// Which device, as it calls itself.
    pub device: String,
    /// Which release.
    pub release: ReleaseNumber,
    /// When it said so.
    pub at: Moment,
}

/// What is served, and the means to serve it.
pub(super) struct ApiState {
    pub(super) shop: Arc<Shop>,
    pub(super) index: SearchIndex,
    pub(super) assets: AssetFolder,
    pub(super) renditions: RenditionStore,
    pub(super) receipts: PathBuf,
    pub(super) releases: watch::Receiver<Option<Release>>,
    pub(super) tokens: AccessTokens,
    pub(super) on_ack: Arc<dyn Fn(DeviceAck) + Send + Sync>,
    pub(super) plugin_reads: BTreeMap<PluginName, Vec<SmolStr>>,
    pub(super) plugins: Arc<EnricherSet>,
    pub(super) reader_pool: Arc<ReaderPool>,
    /// True from the moment on that the program is to end.
    pub(super) is_closing: watch::Sender<bool>,
}

impl ApiState {
    pub(super) fn new(served: ApiConfig) -> Arc<Self> {
        let ApiConfig {
            shop,
            store,
            index,
            assets,
            renditions: shelf,
            receipts,
            releases,
            tokens,
            on_ack: acks,
            plugin_reads: reads,
            plugins,
        } = served;
        let (readers, closing) = (Arc::new(ReaderPool::new(store)), watch::Sender::new(false));
        let acks = Arc::from(acks);
        Arc::new(Self {
            shop,
            index,
            assets,
            renditions: shelf,
            receipts,
            releases,
            tokens,
            on_ack: acks,
            plugin_reads: reads,
            plugins,
            reader_pool: readers,
            is_closing: closing,
        })
    }

    /// The same with other plugins, and the shop that they make.
    pub(super) fn with_plugins(&self, shop: Arc<Shop>, plugins: Arc<EnricherSet>) -> Arc<Self> {
        Arc::new(Self {
            shop,
            index: self.index.clone(),
            assets: self.assets.clone(),
            renditions: self.renditions.clone(),
            receipts: self.receipts.clone(),
            releases: self.releases.clone(),
            tokens: self.tokens.clone(),
            on_ack: Arc::clone(&self.on_ack),
            plugin_reads: plugins.declared_reads(),
            plugins,
            reader_pool: Arc::clone(&self.reader_pool),
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
        &self.app.shop.channels[self.index]
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
        let trusted = app.tokens.authorize_request(&parts.headers);
        let found = app.shop.channels.iter().position(|channel| channel.code.as_str() == code);
        let Some(index) = found else {
            let open = app.shop.channels.iter().filter(|channel| channel.public || trusted.is_ok());
            let known: Vec<_> = open.map(|channel| channel.code.as_str()).collect();
            let detail =
                format!("There is no channel of this name; there is {}.", known.join(", "));
            return Err(
                ApiProblem::new(ProblemKind::UnknownChannel, detail).with_member("channels", known)
            );
        };
        if !app.shop.channels[index].public {
            trusted?;
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
        app.tokens.authorize_request(&parts.headers)?;
        Ok(Self(Arc::clone(app)))
    }
}

/// Any caller.
pub(super) struct AnyCaller {
    pub(super) app: Arc<ApiState>,
    /// Whether the caller may read what is not public.
    pub(super) is_authorized: bool,
}

impl AnyCaller {
    /// Whether the caller may hear of this channel.
    pub(super) fn can_see_channel(&self, channel: &str) -> bool {
        self.is_authorized
            || self.app.shop.find_channel(channel).is_some_and(|channel| channel.public)
    }
}

impl FromRequestParts<Arc<ApiState>> for AnyCaller {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        app: &Arc<ApiState>,
    ) -> Result<Self, Self::Rejection> {
        Ok(Self {
            is_authorized: app.tokens.authorize_request(&parts.headers).is_ok(),
            app: Arc::clone(app),
        })
    }
}
