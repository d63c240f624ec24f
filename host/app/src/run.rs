//! A shop that runs: the inbox watched, drops taken, releases published, the API served.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, unbounded};
use rikaste_model::moment::Moment;
use rikaste_model::receipt::Receipt;
use rikaste_model::record::DropKind;
use rikaste_model::release::Release;
use rikaste_store::Store;
use tokio::sync::watch as latest;

use crate::approval::Approval;
use crate::open::{OpenError, OpenShop};
use crate::watch::{Watch, WatchError};
use rikaste_http::{Ack, Interface, Served, Tokens};
use rikaste_import::Mappings;
use rikaste_media::studio::Shelf;
use rikaste_model::shop_folder::ShopFolder;
use rikaste_pipeline::{Drop, Line, LineError, Occasion, modified};
use rikaste_receipts::Manner;

mod again;
mod developing;
mod fetching;
mod follow;
mod news;
mod sweeping;
mod watching;

pub use again::occasion;
use developing::Developing;
use fetching::{Batch, Fetching};
use follow::Follower;
pub use follow::{FOLLOWED, lock_hash};
use sweeping::FIRST_SWEEP;
use watching::{watch_folder, watch_plugins};

/// How long a drop waits that the machine could not take (a full disk, a file that is locked).
const RETRY: Duration = Duration::from_secs(5);
/// After the last change of a mapping: editors write a file in several steps.
const QUIET_MAPPINGS: Duration = Duration::from_millis(150);
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
    /// How files are read may have changed.
    Mappings,
    /// Somebody may have approved of a drop that is held.
    Approval,
    /// Pictures that products name by URL were asked for.
    Fetched(Batch),
    /// Photos were developed.
    Developed(Drop),
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
    let (publish, releases) = latest::channel(None);
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
    let _approvals = watch_folder(&open.folder.approvals(), wake.clone(), || Wake::Approval);
    let _mappings = watch_folder(&open.folder.mappings(), wake.clone(), || Wake::Mappings);
    let serve = |source| RunError::Serve { address: options.address, source };
    let listener = tokio::net::TcpListener::bind(options.address).await.map_err(serve)?;
    let address = listener.local_addr().map_err(serve)?;
    ready(address, &open.notes);
    let serving = served(&open, releases, options.tokens, wake.clone());
    let interface = Arc::new(Interface::new(serving));
    let (pictures, half_fetched) = (&open.shop.pictures, open.folder.pictures());
    let fetching = Fetching::start(pictures, &open.store, &half_fetched, wake.clone());
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
        unkept: Vec::new(),
        // They may have changed since the shop was opened.
        mappings_due: Some(Instant::now()),
        has_other_shop: false,
        developing: Developing::start(wake.clone()).map_err(RunError::Thread)?,
        fetching: fetching.map_err(RunError::Thread)?,
        store: open.store,
        next_sweep: Instant::now() + FIRST_SWEEP,
    };
    let line = std::thread::Builder::new()
        .name("line".to_owned())
        .spawn(move || station.work(&wakes))
        .map_err(RunError::Thread)?;
    let served = rikaste_http::serve(listener, &interface, stop).await;
    // The drop that is under way is finished; what lies in the inbox is taken at the next start.
    let _ = wake.send(Wake::Stop);
    let _ = tokio::task::spawn_blocking(move || line.join()).await;
    served.map_err(serve)
}

fn served(
    open: &OpenShop,
    releases: latest::Receiver<Option<Release>>,
    tokens: Tokens,
    wake: Sender<Wake>,
) -> Served {
    Served {
        shop: open.shop.clone(),
        store: open.store.clone(),
        index: open.index.clone(),
        assets: open.assets.clone(),
        shelf: Shelf::new(open.folder.renditions()),
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
    unkept: Vec<(Instant, Batch)>,
    /// When the mappings are to be looked at.
    mappings_due: Option<Instant>,
    /// Whether the shop has other attributes than when the files were read.
    has_other_shop: bool,
    plugins: Follower,
    developing: Developing,
    store: Store,
    next_sweep: Instant,
    /// None where pictures may be fetched from nowhere.
    fetching: Option<Fetching>,
}

impl Station {
    fn work(mut self, wakes: &Receiver<Wake>) {
        // Somebody may have answered while the shop did not run.
        self.take_approved();
        loop {
            self.follow_mappings();
            let shop = self.line.shop();
            if self.plugins.follow(&mut self.line) {
                // What nothing could be made of may be read now.
                self.watch.all_again();
            }
            if !Arc::ptr_eq(&shop, &self.line.shop()) {
                // What files and mappings name may be there now, or be gone.
                self.mappings_due = Some(Instant::now());
                self.has_other_shop = true;
            }
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
            let unkept = self.unkept.extract_if(.., |(when, _)| *when <= now);
            for (_, batch) in unkept.collect::<Vec<_>>() {
                self.take_fetched(batch);
            }
            self.sweep();
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
                    Wake::Mappings => self.mappings_due = Some(Instant::now() + QUIET_MAPPINGS),
                    Wake::Approval => self.take_approved(),
                    Wake::Fetched(batch) => self.take_fetched(batch),
                    Wake::Developed(drop) => self.take_on(Occasion::Arrived, drop),
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
        let retries = self.retries.iter().map(|(when, _)| *when);
        let unkept = self.unkept.iter().map(|(when, _)| *when);
        retries.chain(unkept).chain(self.mappings_due).fold(Instant::now() + until, Instant::min)
    }

    fn take(&mut self, mut drop: Drop) {
        match occasion(&self.line, &mut drop) {
            Ok(Some(Occasion::Arrived)) if drop.kind == DropKind::Images => {
                self.developing.take(self.line.studio().clone(), drop);
            }
            Ok(Some(occasion)) => self.take_on(occasion, drop),
            Ok(None) => self.replace_receipt(&drop),
            Err(error) => self.retry(drop, &error),
        }
    }

    fn take_on(&mut self, occasion: Occasion, drop: Drop) {
        self.line.on_progress(news::logged(&drop));
        match take_on(&mut self.line, &self.folder, occasion, &drop) {
            Ok(receipt) => {
                news::log(&receipt);
                let (pictures, fetched): (_, Vec<_>) =
                    drop.pictures.into_iter().map(|one| (one.picture, one.file.ok())).unzip();
                self.take_fetched(Batch { drop: None, pictures, unused: Vec::new() });
                // What was fetched is in the asset store now.
                for file in fetched.into_iter().flatten() {
                    let _ = std::fs::remove_file(file);
                }
                // What is made new may have been named in vain before.
                if receipt.kind == DropKind::Products && receipt.rows.new > 0 {
                    self.take_found();
                }
            }
            Err(LineError::File { source, .. })
                if source.kind() == std::io::ErrorKind::NotFound =>
            {
                tracing::info!("{} was taken away before it was read", drop.file);
            }
            Err(error) => self.retry(drop, &error),
        }
    }

    fn retry(&mut self, drop: Drop, error: &LineError) {
        tracing::error!("{}: {error}; tried again in {} s", drop.file, RETRY.as_secs());
        self.retries.push((Instant::now() + RETRY, drop));
    }

    /// Takes the files again that named products in vain which are there now.
    fn take_found(&mut self) {
        match again::found_since(&self.line, &self.folder) {
            Ok(found) => {
                found.into_iter().for_each(|(drop, occasion)| self.take_on(occasion, drop));
            }
            Err(error) => tracing::error!("rows about new products wait: {error}"),
        }
    }

    /// Reads the mappings when it is time to, and takes the files again that they read otherwise.
    fn follow_mappings(&mut self) {
        if self.mappings_due.is_none_or(|due| Instant::now() < due) {
            return;
        }
        self.mappings_due = None;
        let mappings = match Mappings::load(self.folder.root(), &self.line.shop()) {
            Ok(mappings) => mappings,
            Err(error) => return tracing::error!("the mappings stay as they are: {error}"),
        };
        let broken: Vec<String> = mappings.broken().map(ToString::to_string).collect();
        let other_mappings = self.line.follow_mappings(mappings);
        if !std::mem::take(&mut self.has_other_shop) && !other_mappings {
            return;
        }
        broken.iter().for_each(|error| tracing::error!("{error}"));
        match again::read_anew(&self.line, &self.folder) {
            Ok(drops) => drops.into_iter().for_each(|drop| self.take(drop)),
            Err(error) => tracing::error!("files that are read otherwise now wait: {error}"),
        }
    }

    fn take_approved(&mut self) {
        match take_approved(&mut self.line, &self.folder) {
            Ok(receipts) => {
                receipts.iter().for_each(news::log);
                if receipts.iter().any(|receipt| receipt.rows.new > 0) {
                    self.take_found();
                }
            }
            Err(error) => tracing::error!("an approved drop waits: {error}"),
        }
    }

    /// A receipt that a kill kept from being written beside the inbox.
    fn replace_receipt(&self, drop: &Drop) {
        if drop.kind == DropKind::Images
            || rikaste_receipts::is_written(&self.folder.receipts(), &drop.file)
        {
            return;
        }
        let reader = self.line.reader();
        let last = reader.last_drop(drop.kind, &drop.file).ok().flatten();
        if let Some(known) = last.and_then(|seen| reader.receipt(seen.id).ok().flatten())
            && let Err(error) = rikaste_receipts::write(
                &self.folder.receipts(),
                &known,
                Manner::of(&self.line.shop()),
            )
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

/// Takes a drop that arrived and puts its receipt beside the inbox.
///
/// # Errors
/// When the machine fails; a receipt that cannot be written is only told, it is in the store, too.
pub fn take(line: &mut Line, folder: &ShopFolder, drop: &Drop) -> Result<Receipt, LineError> {
    take_on(line, folder, Occasion::Arrived, drop)
}

fn take_on(
    line: &mut Line,
    folder: &ShopFolder,
    occasion: Occasion,
    drop: &Drop,
) -> Result<Receipt, LineError> {
    let receipt = line.take_on(occasion, drop, Moment::now(), false)?;
    if let Err(error) =
        rikaste_receipts::write_rejects(&folder.receipts(), &receipt, line.take_rejects())
    {
        tracing::error!("the refused rows of {} cannot be written: {error}", drop.file);
    }
    if let Err(error) =
        rikaste_receipts::write(&folder.receipts(), &receipt, Manner::of(&line.shop()))
    {
        tracing::error!("the receipt of {} cannot be written: {error}", drop.file);
    }
    Ok(receipt)
}

/// Takes in what was held and approved of since.
///
/// # Errors
/// When the machine fails.
pub fn take_approved(line: &mut Line, folder: &ShopFolder) -> Result<Vec<Receipt>, LineError> {
    let mut receipts = Vec::new();
    for approval in Approval::left(folder) {
        let held = line.reader().held()?;
        let is_it = |held: &&Receipt| held.file == approval.file && held.hash == approval.hash;
        let path = folder.inbox().join(&approval.file);
        match held.iter().find(is_it).and_then(|held| Drop::of_file(held.kind, path)) {
            Some(drop) if drop.paths[0].is_file() => {
                let occasion = Occasion::Approved(approval.hash);
                receipts.push(take_on(line, folder, occasion, &drop)?);
            }
            _ => tracing::warn!("{} was approved, but it waits no more", approval.file),
        }
        // One that stays is for bytes that are not held any more: it does nothing.
        if let Err(error) = approval.settle(folder) {
            tracing::warn!("the approval of {} stays: {error}", approval.file);
        }
    }
    Ok(receipts)
}

fn is_same(path: &Path, size: u64, time: i64) -> bool {
    let now = std::fs::metadata(path).map(|metadata| metadata.len());
    now.is_ok_and(|now| now == size) && modified(path).is_ok_and(|now| now == time)
}
