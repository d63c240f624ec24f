//! What every answer is made from.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::path::PathBuf;
use std::sync::Arc;

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use rikaste_model::code::{ChannelCode, PluginName};
use rikaste_model::moment::Moment;
use rikaste_model::release::Release;
use rikaste_model::shop::{Channel, Shop};
use rikaste_search::SearchIndex;
use rikaste_store::Store;
use smol_str::SmolStr;
use tokio::sync::watch;

use super::problem::{Kind, Problem};
use super::readers::Readers;
use super::tokens::Tokens;
use rikaste_media::studio::Shelf;
use rikaste_runtime::enrich::Enrichers;
use rikaste_store::asset_folder::Assets;

/// What the interface serves.
pub struct Served {
    /// The shop, with the attributes of its plugins.
    pub shop: Arc<Shop>,
    /// The catalogue, of which the interface only reads.
    pub store: Store,
    /// The search index.
    pub index: SearchIndex,
    /// What was dropped: films and documents are served from it.
    pub assets: Assets,
    /// The renditions of photos.
    pub shelf: Shelf,
    /// The folder of receipts, where the rows lie that were refused.
    pub receipts: PathBuf,
    /// The current release; nothing before the first. Sent when readers can have it.
    pub releases: watch::Receiver<Option<Release>>,
    /// Who may read what is not public.
    pub tokens: Tokens,
    /// Takes what devices say. It must not wait: the writer's thread records it when it can.
    pub acks: Box<dyn Fn(Ack) + Send + Sync>,
    /// What each plugin reads, for explanations.
    pub reads: BTreeMap<PluginName, Vec<SmolStr>>,
    /// Its plugins.
    pub plugins: Arc<Enrichers>,
}

/// Which release a device says it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ack {
    /// Of which channel.
    pub channel: ChannelCode,
    /// Which device, as it calls itself.
    pub device: String,
    /// Which release.
    pub release: u64,
    /// When it said so.
    pub at: Moment,
}

/// What is served, and the means to serve it.
pub(super) struct App {
    pub(super) shop: Arc<Shop>,
    pub(super) index: SearchIndex,
    pub(super) assets: Assets,
    pub(super) shelf: Shelf,
    pub(super) receipts: PathBuf,
    pub(super) releases: watch::Receiver<Option<Release>>,
    pub(super) tokens: Tokens,
    pub(super) acks: Arc<dyn Fn(Ack) + Send + Sync>,
    pub(super) reads: BTreeMap<PluginName, Vec<SmolStr>>,
    pub(super) plugins: Arc<Enrichers>,
    pub(super) readers: Arc<Readers>,
    /// True from the moment on that the program is to end.
    pub(super) closing: watch::Sender<bool>,
}

impl App {
    pub(super) fn new(served: Served) -> Arc<Self> {
        let Served {
            shop,
            store,
            index,
            assets,
            shelf,
            receipts,
            releases,
            tokens,
            acks,
            reads,
            plugins,
        } = served;
        let (readers, closing) = (Arc::new(Readers::new(store)), watch::Sender::new(false));
        let acks = Arc::from(acks);
        Arc::new(Self {
            shop,
            index,
            assets,
            shelf,
            receipts,
            releases,
            tokens,
            acks,
            reads,
            plugins,
            readers,
            closing,
        })
    }

    /// The same with other plugins, and the shop that they make.
    pub(super) fn with_plugins(&self, shop: Arc<Shop>, plugins: Arc<Enrichers>) -> Arc<Self> {
        Arc::new(Self {
            shop,
            index: self.index.clone(),
            assets: self.assets.clone(),
            shelf: self.shelf.clone(),
            receipts: self.receipts.clone(),
            releases: self.releases.clone(),
            tokens: self.tokens.clone(),
            acks: Arc::clone(&self.acks),
            reads: plugins.reads(),
            plugins,
            readers: Arc::clone(&self.readers),
            closing: self.closing.clone(),
        })
    }

    /// The number of the release that was announced last; 0 before the first.
    pub(super) fn announced(&self) -> u64 {
        self.releases.borrow().as_ref().map_or(0, |release| release.number)
    }
}

/// The channel that the address names, which the caller may read.
pub(super) struct OpenChannel {
    app: Arc<App>,
    index: usize,
}

impl OpenChannel {
    pub(super) fn app(&self) -> &Arc<App> {
        &self.app
    }
}

impl Deref for OpenChannel {
    type Target = Channel;
    fn deref(&self) -> &Channel {
        &self.app.shop.channels[self.index]
    }
}

impl FromRequestParts<Arc<App>> for OpenChannel {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Problem> {
        let params = RawPathParams::from_request_parts(parts, app).await;
        let params = params.map_err(|_| {
            Problem::new(Kind::Refused, "The address is not UTF-8, percent-encoded.")
        })?;
        let code = params.iter().find(|(name, _)| *name == "channel").map_or("", |(_, code)| code);
        let trusted = app.tokens.admit(&parts.headers);
        let found = app.shop.channels.iter().position(|channel| channel.code.as_str() == code);
        let Some(index) = found else {
            let open = app.shop.channels.iter().filter(|channel| channel.public || trusted.is_ok());
            let known: Vec<_> = open.map(|channel| channel.code.as_str()).collect();
            let detail =
                format!("There is no channel of this name; there is {}.", known.join(", "));
            return Err(Problem::new(Kind::UnknownChannel, detail).with("channels", known));
        };
        if !app.shop.channels[index].public {
            trusted?;
        }
        Ok(Self { app: Arc::clone(app), index })
    }
}

/// A caller who may read what is not public.
pub(super) struct Trusted(pub(super) Arc<App>);

impl FromRequestParts<Arc<App>> for Trusted {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Problem> {
        app.tokens.admit(&parts.headers)?;
        Ok(Self(Arc::clone(app)))
    }
}

/// Any caller.
pub(super) struct Caller {
    pub(super) app: Arc<App>,
    /// Whether the caller may read what is not public.
    pub(super) trusted: bool,
}

impl Caller {
    /// Whether the caller may hear of this channel.
    pub(super) fn may_see(&self, channel: &str) -> bool {
        self.trusted || self.app.shop.channel(channel).is_some_and(|channel| channel.public)
    }
}

impl FromRequestParts<Arc<App>> for Caller {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        app: &Arc<App>,
    ) -> Result<Self, Self::Rejection> {
        Ok(Self { trusted: app.tokens.admit(&parts.headers).is_ok(), app: Arc::clone(app) })
    }
}
