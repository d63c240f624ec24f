//! A shop that runs: the inbox watched, drops taken, releases published, the API served.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, unbounded};
use rikaste_catalog::moment::Moment;
use rikaste_catalog::receipt::{DropOutcome, Receipt};
use rikaste_catalog::record::DropKind;
use rikaste_catalog::release::Release;
use tokio::sync::watch;

use crate::folder::ShopFolder;
use crate::http::{self, Ack, Interface, Served, Tokens};
use crate::open::{OpenError, OpenShop};
use crate::pipeline::{Drop, Line, LineError, modified};
use crate::receipt;
use crate::receipt::Manner;
use crate::watch::{Watch, WatchError};

mod follow;

use follow::Follower;
pub use follow::{FOLLOWED, lock_hash};

/// How long a drop waits that the machine could not take (a full disk, a file that is locked).
const RETRY: Duration = Duration::from_secs(5);
/// The longest sleep: bounds how late a clock that was set is noticed.
const SLEEP: Duration = Duration::from_secs(30);

/// How a shop is run.
pub struct Options {
    /// Where it is served; port 0 takes a free one.
    pub address: SocketAddr,
    /// Who may read what is not public.
    pub tokens: Tokens,
    /// Whether plugins that are put into `plugins/` run without being enabled: for development.
    pub auto_enable: bool,
}

/// Why a shop does not run.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// It cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// Its inbox cannot be watched.
    #[error(transparent)]
    Watch(#[from] WatchError),
    /// It cannot be served there.
    #[error("cannot serve on {address}: {source}; choose another port with --port")]
    Serve {
        /// Where.
        address: SocketAddr,
        /// Why.
        source: std::io::Error,
    },
    /// A thread could not be started, or broke off.
    #[error("a thread of the program failed: {0}")]
    Thread(std::io::Error),
}

/// What wakes the line's thread, beside files.
enum Wake {
    Ack(Ack),
    /// What decides about plugins may have changed.
    Plugins,
    Stop,
}

/// Runs the shop in a folder until `stop` is done. `ready` is told where it is served, and what
/// the operator should know.
///
/// # Errors
/// When it cannot be opened, watched or served.
pub async fn run(
    root: &Path,
    options: Options,
    stop: impl Future<Output = ()> + Send + 'static,
    ready: impl FnOnce(SocketAddr, &[String]),
) -> Result<(), RunError> {
    let (publish, releases) = watch::channel(None);
    let on_release = publish.clone();
    let folder = root.to_owned();
    // Opening compiles plugins and may build an index: not on the thread that serves.
    let opening = tokio::task::spawn_blocking(move || {
        OpenShop::open(&folder, move |release| {
            on_release.send_replace(Some(release.clone()));
        })
    });
    let open = opening.await.map_err(|error| RunError::Thread(error.into()))??;
    let current = open.line.reader().current().map_err(OpenError::from)?;
    publish.send_replace(current);
    let watch = Watch::start(&open.folder)?;
    let (wake, wakes) = unbounded();
    let on_plugins = wake.clone();
    let wake_for_plugins: Arc<dyn Fn() + Send + Sync> = Arc::new(move || {
        // Nobody listens any more when the shop is being closed.
        let _ = on_plugins.send(Wake::Plugins);
    });
    let _plugins = watch_plugins(&open.folder, Arc::clone(&wake_for_plugins));
    let serve = |source| RunError::Serve { address: options.address, source };
    let listener = tokio::net::TcpListener::bind(options.address).await.map_err(serve)?;
    let address = listener.local_addr().map_err(serve)?;
    ready(address, &open.notes);
    let serving = served(&open, releases, options.tokens, wake.clone());
    let interface = Arc::new(Interface::new(serving));
    let station = Station {
        plugins: Follower {
            folder: open.folder.clone(),
            runtime: open.runtime.clone(),
            assets: open.assets.clone(),
            interface: Arc::clone(&interface),
            shop: open.shop.clone(),
            enrichers: open.enrichers.clone(),
            fingerprint: open.fingerprint.clone(),
            settings: open.settings.clone(),
            auto_enable: options.auto_enable,
            seen: None,
            loading: None,
            wake: wake_for_plugins,
            watched: BTreeMap::new(),
        },
        folder: open.folder.clone(),
        line: open.line,
        watch,
        retries: Vec::new(),
    };
    let line = std::thread::Builder::new()
        .name("line".to_owned())
        .spawn(move || station.work(&wakes))
        .map_err(RunError::Thread)?;
    let served = http::serve(listener, &interface, stop).await;
    // The drop that is under way is finished; what lies in the inbox is taken at the next start.
    let _ = wake.send(Wake::Stop);
    let _ = tokio::task::spawn_blocking(move || line.join()).await;
    served.map_err(serve)
}

fn served(
    open: &OpenShop,
    releases: watch::Receiver<Option<Release>>,
    tokens: Tokens,
    wake: Sender<Wake>,
) -> Served {
    Served {
        shop: open.shop.clone(),
        store: open.store.clone(),
        index: open.index.clone(),
        assets: open.assets.clone(),
        receipts: open.folder.receipts(),
        releases,
        tokens,
        reads: open.enrichers.reads(),
        plugins: open.enrichers.clone(),
        acks: Box::new(move |ack| {
            // A shop that is being closed takes no more.
            let _ = wake.send(Wake::Ack(ack));
        }),
    }
}

/// The line's thread: takes what arrives, and opens windows when their time comes.
struct Station {
    folder: ShopFolder,
    line: Line,
    watch: Watch,
    retries: Vec<(Instant, Drop)>,
    plugins: Follower,
}

impl Station {
    fn work(mut self, wakes: &Receiver<Wake>) {
        loop {
            self.plugins.follow(&mut self.line);
            let deadline = self.deadline();
            let mut drops = self.watch.next(deadline, wakes);
            let now = Instant::now();
            drops.extend(
                self.retries.extract_if(.., |(when, _)| *when <= now).map(|(_, drop)| drop),
            );
            for drop in drops {
                self.take(drop);
                self.plugins.watch(&mut self.line);
            }
            match self.line.open_windows(Moment::now()) {
                Ok(Some(release)) => {
                    tracing::info!(release = release.number, "a validity window opened or closed")
                }
                Ok(None) => {}
                Err(error) => tracing::error!("validity windows wait: {error}"),
            }
            for wake in wakes.try_iter() {
                match wake {
                    Wake::Stop => return,
                    // The top of the loop looks.
                    Wake::Plugins => {}
                    Wake::Ack(ack) => self.acknowledge(&ack),
                }
            }
        }
    }

    /// When something is to be done even if no file comes.
    fn deadline(&self) -> Instant {
        let boundary = self.line.reader().next_boundary().ok().flatten();
        let until = boundary.map_or(SLEEP, |at| {
            Duration::from_secs(u64::try_from(at.0 - Moment::now().0).unwrap_or(0)).min(SLEEP)
        });
        let retry = self.retries.iter().map(|(when, _)| *when).min();
        let deadline = Instant::now() + until;
        retry.map_or(deadline, |retry| retry.min(deadline))
    }

    fn take(&mut self, mut drop: Drop) {
        if let Err(error) = forget_known(&self.line, &mut drop) {
            tracing::error!("{}: {error}; tried again in {} s", drop.file, RETRY.as_secs());
        }
        if drop.paths.is_empty() {
            self.replace_receipt(&drop);
            return;
        }
        match take(&mut self.line, &self.folder, &drop) {
            Ok(receipt) => tracing::info!("{}", summary(&receipt)),
            Err(LineError::File { source, .. })
                if source.kind() == std::io::ErrorKind::NotFound =>
            {
                tracing::info!("{} was taken away before it was read", drop.file);
            }
            Err(error) => {
                tracing::error!("{}: {error}; tried again in {} s", drop.file, RETRY.as_secs());
                self.retries.push((Instant::now() + RETRY, drop));
            }
        }
    }

    /// A receipt that a kill kept from being written beside the inbox.
    fn replace_receipt(&self, drop: &Drop) {
        if drop.kind == DropKind::Images || receipt::is_written(&self.folder.receipts(), &drop.file)
        {
            return;
        }
        let reader = self.line.reader();
        let last = reader.last_drop(drop.kind, &drop.file).ok().flatten();
        if let Some(known) = last.and_then(|seen| reader.receipt(seen.id).ok().flatten())
            && let Err(error) =
                receipt::write(&self.folder.receipts(), &known, Manner::of(&self.line.shop()))
        {
            tracing::error!("the receipt of {} cannot be written: {error}", drop.file);
        }
    }

    fn acknowledge(&mut self, ack: &Ack) {
        if let Err(error) =
            self.line.acknowledge(ack.channel.as_str(), &ack.device, ack.release, ack.at)
        {
            tracing::error!("a device's word was lost: {error}");
        }
    }
}

/// Has somebody told when files change that decide about plugins. Without it they are looked at
/// whenever the line does something, and twice a minute.
fn watch_plugins(
    folder: &ShopFolder,
    tell: Arc<dyn Fn() + Send + Sync>,
) -> Option<notify::RecommendedWatcher> {
    use notify::Watcher;
    let told = |event: &notify::Event| {
        event.paths.iter().any(|path| {
            let name = path.file_name().unwrap_or_default();
            let ending = path.extension().unwrap_or_default();
            name == "plugins.lock" || ending == "toml" || ending == "wasm"
        }) && !event.kind.is_access()
    };
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        if event.is_ok_and(|event| told(&event)) {
            tell();
        }
    })
    .ok()?;
    let mode = notify::RecursiveMode::NonRecursive;
    watcher.watch(folder.root(), mode).ok()?;
    // A shop may come without the folder.
    let plugins = folder.plugins();
    let _ = std::fs::create_dir_all(&plugins).is_ok_and(|()| watcher.watch(&plugins, mode).is_ok());
    Some(watcher)
}

/// Takes a drop and puts its receipt beside the inbox.
///
/// # Errors
/// When the machine fails; a receipt that cannot be written is only told, it is in the store, too.
pub fn take(line: &mut Line, folder: &ShopFolder, drop: &Drop) -> Result<Receipt, LineError> {
    let receipt = line.take(drop, Moment::now(), false)?;
    if let Err(error) = receipt::write_rejects(&folder.receipts(), &receipt, line.take_rejects()) {
        tracing::error!("the refused rows of {} cannot be written: {error}", drop.file);
    }
    if let Err(error) = receipt::write(&folder.receipts(), &receipt, Manner::of(&line.shop())) {
        tracing::error!("the receipt of {} cannot be written: {error}", drop.file);
    }
    Ok(receipt)
}

/// Takes out of a drop the files that were taken before and have not changed since: what lies in
/// the inbox when the shop starts.
///
/// # Errors
/// When the store cannot be read.
pub fn forget_known(line: &Line, drop: &mut Drop) -> Result<(), LineError> {
    let reader = line.reader();
    if drop.kind != DropKind::Images {
        let seen = reader.last_drop(drop.kind, &drop.file)?;
        let same = seen.is_some_and(|seen| {
            !seen.rejected && is_same(&drop.paths[0], seen.size, seen.modified)
        });
        if same {
            drop.paths.clear();
        }
        return Ok(());
    }
    let mut new = Vec::with_capacity(drop.paths.len());
    for path in std::mem::take(&mut drop.paths) {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let known = reader.asset(name)?;
        if !known.is_some_and(|asset| is_same(&path, asset.size, asset.modified)) {
            new.push(path);
        }
    }
    drop.paths = new;
    Ok(())
}

fn is_same(path: &Path, size: u64, time: i64) -> bool {
    let now = std::fs::metadata(path).map(|metadata| metadata.len());
    now.is_ok_and(|now| now == size) && modified(path).is_ok_and(|now| now == time)
}

/// A line for the operator.
fn summary(receipt: &Receipt) -> String {
    let rows = receipt.rows;
    let counts = format!(
        "{} new, {} changed, {} unchanged, {} rejected",
        rows.new, rows.changed, rows.unchanged, rows.rejected
    );
    match (receipt.outcome, receipt.release) {
        (DropOutcome::Released, Some(release)) => {
            format!("{}: release {release} in {} ms: {counts}", receipt.file, receipt.milliseconds)
        }
        (DropOutcome::Rejected, _) => {
            let why = receipt.messages.first().map_or(String::new(), ToString::to_string);
            format!("{}: nothing was taken from it: {why}", receipt.file)
        }
        _ => format!("{}: nothing new: {counts}", receipt.file),
    }
}
