//! A shop that runs: the inbox watched, drops imported, releases published, the API served.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, unbounded};
use rikaste_model::moment::Moment;
use rikaste_model::product::DropId;
use rikaste_model::receipt::Receipt;
use rikaste_model::record::DropKind;
use rikaste_model::release::Release;
use rikaste_store::Store;
use tokio::sync::watch as latest;

use crate::open::{OpenError, OpenShop};
use crate::undo_preview::build_undo_preview;
use crate::uploads::{clear_trials, place_uploaded_file, try_uploaded_file};
use crate::watch::{InboxWatch, WatchError, list_inbox_tables};
use rikaste_http::{AccessTokens, ApiConfig, ApiServer, DeviceAck, ShopActivity, WorkQueue};
use rikaste_import::MappingSet;
use rikaste_media::renditions::RenditionStore;
use rikaste_model::shop_folder::ShopFolder;
use rikaste_pipeline::{
    FileCheck, ImportReason, InboxDrop, PhotoFetchResult, Pipeline, PipelineError, PreparedPhotos,
    ReloadOutcome, ReloadReport, TableFile,
};
use rikaste_receipts::ReceiptLocale;

mod folder_watch;
mod photo_fetching;
mod photo_rendering;
mod pipeline_thread;
mod plugin_reload;
mod progress_log;
mod rendition_sweep;
mod requests;

use folder_watch::{watch_folder, watch_plugins};
use photo_fetching::{FetchedBatch, RemotePhotoFetcher};
use photo_rendering::PhotoRenderer;
use pipeline_thread::PipelineThread;
pub use plugin_reload::hash_lock_file;
use plugin_reload::{PluginReloader, read_file_stamps};
use rendition_sweep::FIRST_SWEEP_DELAY;
pub use requests::{perform_requests, report_undo};

/// How long a drop waits that the machine could not take (a full disk, a file that is locked).
const RETRY_DELAY: Duration = Duration::from_secs(5);
/// After the last change of a mapping: editors write a file in several steps.
const QUIET_MAPPINGS: Duration = Duration::from_millis(150);
/// The longest sleep: bounds how late a clock that was set is noticed.
const MAX_SLEEP: Duration = Duration::from_secs(30);

/// How a shop is run.
pub struct RunOptions {
    /// Where it is served; port 0 takes a free one.
    pub address: SocketAddr,
    /// Who may read what is not public.
    pub tokens: AccessTokens,
    /// Whether plugins that are put into `plugins/` run without being enabled: for development.
    pub auto_enable: bool,
}

/// What the operator of a shop hears while it starts.
pub enum StartStage<'a> {
    /// It is reached at this address; what is asked waits until it is open.
    Listening(SocketAddr),
    /// It is open. With what the operator should know.
    Open(SocketAddr, &'a [String]),
    /// It was opened again because its locales or channels changed.
    Reopened(&'a [String]),
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
        /// The address and port to listen on.
        address: SocketAddr,
        /// The error of the network.
        source: std::io::Error,
    },
    /// A thread could not be started, or broke off.
    #[error("a thread of the program failed: {0}")]
    Thread(std::io::Error),
    /// The pipeline's thread panicked.
    #[error(
        "the thread that imports files broke off: {0}; the last release stands, so start the shop again, \
         and report this with the log"
    )]
    PipelineDied(String),
}

/// What wakes the pipeline's thread, beside files.
enum LoopEvent {
    Ack(DeviceAck),
    /// What decides about plugins may have changed.
    PluginsChanged,
    /// How files are read may have changed.
    MappingsChanged,
    /// Somebody may have asked for something.
    RequestWritten,
    /// Pictures that products name by URL were requested.
    PhotosFetched(FetchedBatch),
    /// Photos were read and rendered, or could not be.
    RenditionsReady(InboxDrop, Result<PreparedPhotos, PipelineError>),
    Stop,
}

/// Runs the shop in a folder until `stop` is done. Where its locales or channels change, it is opened again, and
/// who asks meanwhile waits.
///
/// # Errors
/// When it cannot be opened, watched or served.
pub async fn run_shop(
    root: &Path,
    options: RunOptions,
    stop: impl Future<Output = ()> + Send + 'static,
    mut on_stage: impl FnMut(StartStage<'_>),
) -> Result<(), RunError> {
    let serve = |source| RunError::Serve { address: options.address, source };
    let listener = std::net::TcpListener::bind(options.address).map_err(serve)?;
    listener.set_nonblocking(true).map_err(serve)?;
    let address = listener.local_addr().map_err(serve)?;
    on_stage(StartStage::Listening(address));
    let (stopping, stopped) = latest::channel(false);
    tokio::spawn(async move {
        stop.await;
        stopping.send_replace(true);
    });
    let mut is_first = true;
    loop {
        let served = listener.try_clone().and_then(tokio::net::TcpListener::from_std);
        let announce = |notices: &[String]| match std::mem::take(&mut is_first) {
            true => {
                clear_trials(&ShopFolder::new(root));
                on_stage(StartStage::Open(address, notices));
            }
            false => on_stage(StartStage::Reopened(notices)),
        };
        let listener = served.map_err(serve)?;
        match run_until_reopened(root, &options, listener, stopped.clone(), announce).await? {
            RunEnd::Stopped => return Ok(()),
            RunEnd::LayoutChanged => {}
        }
    }
}

/// Why a shop that ran does not run any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RunEnd {
    Stopped,
    /// Store and index are laid out by locales and channels, and these are others now.
    LayoutChanged,
}

async fn run_until_reopened(
    root: &Path,
    options: &RunOptions,
    listener: tokio::net::TcpListener,
    mut stopped: latest::Receiver<bool>,
    ready: impl FnOnce(&[String]),
) -> Result<RunEnd, RunError> {
    let (publish, releases) = latest::channel(None);
    let on_release = publish.clone();
    let activity = Arc::<ShopActivity>::default();
    let counted = Arc::clone(&activity);
    let folder = ShopFolder::new(root);
    let auto_enable = options.auto_enable;
    // Opening compiles plugins and may build an index: not on the thread that serves.
    let opening = tokio::task::spawn_blocking(move || {
        // Before they are read: what changes meanwhile is loaded again.
        let stamps = read_file_stamps(&folder, auto_enable);
        let lock_hash = hash_lock_file(&folder);
        let mut open = OpenShop::open_folder(folder.root(), move |release| {
            counted.count_release(&release.cause);
            on_release.send_replace(Some(release.clone()));
        })?;
        let report = ReloadReport { lock_hash, outcome: ReloadOutcome::Followed };
        open.pipeline.store_reload_report(&report)?;
        Ok::<_, OpenError>((open, stamps))
    });
    let opened = tokio::select! {
        opened = opening => opened,
        // What is half open is given up as at a kill.
        _ = stopped.wait_for(|stopped| *stopped) => return Ok(RunEnd::Stopped),
    };
    let (open, stamps) = opened.map_err(|error| RunError::Thread(error.into()))??;
    let current = open.pipeline.reader().load_current_release().map_err(OpenError::from)?;
    publish.send_replace(current);
    let watch = InboxWatch::start_watching(&open.folder)?;
    let (events, event_queue) = unbounded();
    let on_plugins = events.clone();
    let wake_for_plugins: Arc<dyn Fn() + Send + Sync> = Arc::new(move || {
        // Nobody listens any more when the shop is being closed.
        let _ = on_plugins.send(LoopEvent::PluginsChanged);
    });
    let _plugins = watch_plugins(&open.folder, Arc::clone(&wake_for_plugins));
    let _requests =
        watch_folder(&open.folder.requests_folder(), events.clone(), || LoopEvent::RequestWritten);
    let _mappings =
        watch_folder(&open.folder.mappings_folder(), events.clone(), || LoopEvent::MappingsChanged);
    ready(&open.operator_notices);
    let api = build_api_config(&open, releases, options.tokens.clone(), &activity, events.clone());
    let api = Arc::new(ApiServer::new(api));
    let shop = open.pipeline.shop();
    let photo_fetcher = RemotePhotoFetcher::start_threads(
        &shop.remote_photos,
        &open.store,
        &open.folder.remote_photos_folder(),
        events.clone(),
    );
    let (reopen, reopening) = latest::channel(false);
    let shop_loop = ShopLoop {
        plugin_reloader: PluginReloader {
            folder: open.folder.clone(),
            runtime: open.runtime.clone(),
            assets: open.assets.clone(),
            auto_enable,
            // What lies in `plugins/` is not enabled yet.
            last_stamps: (!auto_enable).then_some(stamps),
            loading: None,
            wake: wake_for_plugins,
            upgrades_on_probation: BTreeMap::new(),
            reopen,
        },
        folder: open.folder.clone(),
        pipeline: open.pipeline,
        inbox_watch: watch,
        retries: Vec::new(),
        unstored_batches: Vec::new(),
        // They may have changed since the shop was opened.
        mappings_due: Some(Instant::now()),
        has_shop_changed: false,
        photo_renderer: PhotoRenderer::start_thread(events.clone()).map_err(RunError::Thread)?,
        photo_fetcher: photo_fetcher.map_err(RunError::Thread)?,
        store: open.store,
        next_sweep: Instant::now() + FIRST_SWEEP_DELAY,
        activity,
    };
    let mut thread = PipelineThread::start(move || shop_loop.run_loop(&event_queue))
        .map_err(RunError::Thread)?;
    let end = latest::channel(RunEnd::Stopped);
    let served = thread
        .run_beside(rikaste_http::serve_api(
            listener,
            &api,
            wait_for_end(stopped, reopening, end.0),
        ))
        .await;
    // The drop that is under way is finished; what lies in the inbox is imported at the next start.
    let _ = events.send(LoopEvent::Stop);
    thread.join().await.map_err(RunError::PipelineDied)?;
    let unasked = || RunError::PipelineDied("it stopped without being asked to".to_owned());
    let serve = |source| RunError::Serve { address: options.address, source };
    served.ok_or_else(unasked)?.map_err(serve)?;
    let end = *end.1.borrow();
    Ok(end)
}

/// Waits until the program is to stop or the shop is to be opened again, and keeps which.
async fn wait_for_end(
    mut stopped: latest::Receiver<bool>,
    mut reopening: latest::Receiver<bool>,
    end: latest::Sender<RunEnd>,
) {
    tokio::select! {
        _ = stopped.wait_for(|stopped| *stopped) => {}
        // The sender is gone when the pipeline's thread has ended, which `run_beside` sees.
        Ok(_) = reopening.wait_for(|reopen| *reopen) => drop(end.send_replace(RunEnd::LayoutChanged)),
    }
}

fn build_api_config(
    open: &OpenShop,
    releases: latest::Receiver<Option<Release>>,
    tokens: AccessTokens,
    activity: &Arc<ShopActivity>,
    events: Sender<LoopEvent>,
) -> ApiConfig {
    let (folder, previewed) = (open.folder.clone(), open.folder.clone());
    let (tried, placed) = (open.folder.clone(), open.folder.clone());
    ApiConfig {
        configurations: open.pipeline.subscribe_configuration(),
        store: open.store.clone(),
        index: open.index.clone(),
        assets: open.assets.clone(),
        renditions: RenditionStore::new(open.folder.renditions_folder()),
        receipts: open.folder.receipts_folder(),
        releases,
        tokens,
        on_request: Box::new(move |request| requests::take_request(request, &folder)),
        preview_undo: Box::new(move |reader, configuration, target| {
            build_undo_preview(&previewed, reader, configuration, target)
        }),
        uploads: open.folder.trials_folder(),
        try_drop: Box::new(move |configuration, file| {
            try_uploaded_file(&tried, configuration, file)
        }),
        place_drop: Box::new(move |file, replace| place_uploaded_file(&placed, file, replace)),
        activity: Arc::clone(activity),
        on_ack: Box::new(move |ack| {
            // A shop that is being closed takes no more.
            let _ = events.send(LoopEvent::Ack(ack));
        }),
    }
}

/// The pipeline's thread: imports what arrives, and opens windows when their time comes.
struct ShopLoop {
    folder: ShopFolder,
    pipeline: Pipeline,
    inbox_watch: InboxWatch,
    retries: Vec<(Instant, InboxDrop)>,
    unstored_batches: Vec<(Instant, FetchedBatch)>,
    /// When the mappings are to be looked at.
    mappings_due: Option<Instant>,
    /// Whether the shop has other attributes than when the files were read.
    has_shop_changed: bool,
    plugin_reloader: PluginReloader,
    photo_renderer: PhotoRenderer,
    store: Store,
    next_sweep: Instant,
    /// None where pictures may be fetched from nowhere.
    photo_fetcher: Option<RemotePhotoFetcher>,
    activity: Arc<ShopActivity>,
}

impl ShopLoop {
    fn run_loop(mut self, events: &Receiver<LoopEvent>) {
        // Somebody may have asked for something while the shop did not run.
        self.perform_requests();
        loop {
            self.reload_mappings();
            let shop = self.pipeline.shop();
            if self.plugin_reloader.reload_if_changed(&mut self.pipeline) {
                // What nothing could be made of may be read now.
                self.inbox_watch.rescan_all();
            }
            if !Arc::ptr_eq(&shop, &self.pipeline.shop()) {
                // What files and mappings name may be there now, or be gone.
                self.mappings_due = Some(Instant::now());
                self.has_shop_changed = true;
            }
            let deadline = self.next_deadline();
            let mut drops = self.inbox_watch.wait_for_drops(deadline, events);
            let now = Instant::now();
            drops.extend(
                self.retries.extract_if(.., |(when, _)| *when <= now).map(|(_, drop)| drop),
            );
            let mut waiting = drops.len();
            for drop in drops {
                self.report_queues(waiting);
                waiting -= 1;
                self.process_drop(drop);
                self.plugin_reloader.check_upgrades(&mut self.pipeline);
            }
            let due = self.unstored_batches.extract_if(.., |(when, _)| *when <= now);
            for (_, batch) in due.collect::<Vec<_>>() {
                self.store_fetched_batch(batch);
            }
            self.report_queues(0);
            self.sweep_renditions();
            match self.pipeline.release_due_windows(Moment::now()) {
                Ok(Some(release)) => {
                    tracing::info!(release = release.number.0, "a validity window opened or closed")
                }
                Ok(None) => {}
                Err(error) => tracing::error!("validity windows wait: {error}"),
            }
            for event in events.try_iter() {
                match event {
                    LoopEvent::Stop => return,
                    // The top of the loop looks.
                    LoopEvent::PluginsChanged => {}
                    LoopEvent::MappingsChanged => {
                        self.mappings_due = Some(Instant::now() + QUIET_MAPPINGS)
                    }
                    LoopEvent::RequestWritten => self.perform_requests(),
                    LoopEvent::PhotosFetched(batch) => self.store_fetched_batch(batch),
                    LoopEvent::RenditionsReady(drop, prepared) => {
                        self.import_prepared_photos(drop, prepared)
                    }
                    LoopEvent::Ack(ack) => self.store_acknowledgement(&ack),
                }
            }
        }
    }

    fn report_queues(&self, drops: usize) {
        let files = drops + self.inbox_watch.arriving_count() + self.retries.len();
        self.activity.set_queue_length(WorkQueue::Files, files);
        self.activity.set_queue_length(WorkQueue::Photos, self.photo_renderer.queue_length());
        self.activity.set_queue_length(WorkQueue::RemotePhotos, self.unstored_batches.len());
    }

    /// When something is to be done even if no file comes.
    fn next_deadline(&self) -> Instant {
        let boundary = self.pipeline.reader().find_next_boundary().ok().flatten();
        let until = boundary.map_or(MAX_SLEEP, |at| {
            Duration::from_secs(u64::try_from(at.0 - Moment::now().0).unwrap_or(0)).min(MAX_SLEEP)
        });
        let retries = self.retries.iter().map(|(when, _)| *when);
        let batch_times = self.unstored_batches.iter().map(|(when, _)| *when);
        retries
            .chain(batch_times)
            .chain(self.mappings_due)
            .fold(Instant::now() + until, Instant::min)
    }

    /// Imports a drop where there is anything new in it. Where the machine fails, it is tried again later.
    fn process_drop(&mut self, drop: InboxDrop) {
        let failure = match &drop {
            InboxDrop::Table(table) => match self.pipeline.check_table(table) {
                Ok(FileCheck::Import(reason)) => return self.import_drop(reason, drop),
                Ok(FileCheck::Unchanged(last)) => return self.write_missing_receipt(table, last),
                Err(error) => error,
            },
            InboxDrop::Photos(photos) => match self.pipeline.find_new_photos(photos) {
                Ok(new) if new.is_empty() => return,
                Ok(new) => return self.queue_photos(InboxDrop::from_photos(new)),
                Err(error) => error,
            },
            InboxDrop::RemotePhotos(_) => return self.queue_photos(drop),
            InboxDrop::Untaken(files) => match self.pipeline.is_reported(files) {
                Ok(true) => return,
                Ok(false) => return self.import_drop(ImportReason::Arrived, drop),
                Err(error) => error,
            },
        };
        self.schedule_retry(drop, &failure);
    }

    fn queue_photos(&self, drop: InboxDrop) {
        self.photo_renderer.queue_drop(self.pipeline.rendition_service().clone(), drop);
    }

    fn import_drop(&mut self, reason: ImportReason, drop: InboxDrop) {
        self.pipeline.on_progress(progress_log::log_drop_progress(&drop));
        let imported = self.pipeline.import_with_reason(reason, &drop, Moment::now(), false);
        self.finish_drop(drop, imported);
    }

    /// Imports photos that were read and rendered beside the pipeline.
    fn import_prepared_photos(
        &mut self,
        drop: InboxDrop,
        prepared: Result<PreparedPhotos, PipelineError>,
    ) {
        self.pipeline.on_progress(progress_log::log_drop_progress(&drop));
        let imported = prepared
            .and_then(|photos| self.pipeline.import_prepared_photos(&drop, photos, Moment::now()));
        self.finish_drop(drop, imported);
    }

    /// Writes the receipt of an imported drop, and does what follows from it.
    fn finish_drop(&mut self, drop: InboxDrop, imported: Result<Receipt, PipelineError>) {
        match imported {
            Ok(receipt) => {
                write_receipt_files(&mut self.pipeline, &self.folder, &receipt);
                progress_log::log_receipt(&receipt);
                self.activity.count_drop(&receipt);
                match drop {
                    InboxDrop::RemotePhotos(photos) => self.finish_remote_photos(photos),
                    // It may have named photos by URL.
                    InboxDrop::Table(_) | InboxDrop::Photos(_) => self.wake_photo_fetcher(),
                    InboxDrop::Untaken(_) => {}
                }
                // New products may have been named in vain before.
                if receipt.kind == DropKind::Products && receipt.rows.new > 0 {
                    self.import_unblocked_files();
                }
            }
            Err(PipelineError::File { source, .. })
                if source.kind() == std::io::ErrorKind::NotFound =>
            {
                tracing::info!("{} was taken away before it was read", drop.receipt_name());
            }
            Err(error) => self.schedule_retry(drop, &error),
        }
    }

    /// Keeps when to ask for imported photos again, and removes their files: the asset store has
    /// them now.
    fn finish_remote_photos(&mut self, photos: Vec<PhotoFetchResult>) {
        let (remote_photos, files): (Vec<_>, Vec<_>) =
            photos.into_iter().map(|one| (one.photo, one.file.ok())).unzip();
        self.store_fetched_batch(FetchedBatch {
            drop: None,
            remote_photos,
            unused_urls: Vec::new(),
        });
        for file in files.into_iter().flatten() {
            let _ = std::fs::remove_file(file);
        }
    }

    fn schedule_retry(&mut self, drop: InboxDrop, error: &PipelineError) {
        let name = drop.receipt_name();
        tracing::error!("{name}: {error}; tried again in {} s", RETRY_DELAY.as_secs());
        self.retries.push((Instant::now() + RETRY_DELAY, drop));
    }

    /// Takes the files again that named products in vain which are there now.
    fn import_unblocked_files(&mut self) {
        match self.pipeline.find_unblocked_files(&self.folder) {
            Ok(found) => {
                found.into_iter().for_each(|(drop, reason)| self.import_drop(reason, drop));
            }
            Err(error) => tracing::error!("rows about new products wait: {error}"),
        }
    }

    /// Reads the mappings when it is time to, and takes the files again that they read otherwise.
    fn reload_mappings(&mut self) {
        if self.mappings_due.is_none_or(|due| Instant::now() < due) {
            return;
        }
        self.mappings_due = None;
        let mappings = match MappingSet::load_folder(self.folder.root(), &self.pipeline.shop()) {
            Ok(mappings) => mappings,
            Err(error) => return tracing::error!("the mappings stay as they are: {error}"),
        };
        let broken: Vec<String> = mappings.broken_errors().map(ToString::to_string).collect();
        let renamed: Vec<String> = mappings.renamed_key_warnings().collect();
        let other_mappings = self.pipeline.replace_mappings(mappings);
        if !std::mem::take(&mut self.has_shop_changed) && !other_mappings {
            return;
        }
        broken.iter().for_each(|error| tracing::error!("{error}"));
        renamed.iter().for_each(|warning| tracing::warn!("{warning}"));
        match self.pipeline.find_files_to_reread(list_inbox_tables(&self.folder)) {
            Ok(drops) => drops.into_iter().for_each(|drop| self.process_drop(drop)),
            Err(error) => tracing::error!("files that are read otherwise now wait: {error}"),
        }
    }

    fn perform_requests(&mut self) {
        match perform_requests(&mut self.pipeline, &self.folder) {
            Ok(receipts) => {
                receipts.iter().for_each(progress_log::log_receipt);
                receipts.iter().for_each(|receipt| self.activity.count_drop(receipt));
                if receipts.iter().any(|receipt| receipt.rows.new > 0) {
                    self.import_unblocked_files();
                }
            }
            Err(error) => tracing::error!("what was asked for waits: {error}"),
        }
    }

    /// Writes a receipt that a kill kept from being written beside the inbox.
    fn write_missing_receipt(&self, table: &TableFile, last: DropId) {
        if rikaste_receipts::is_written(&self.folder.receipts_folder(), &table.file) {
            return;
        }
        if let Ok(Some(known)) = self.pipeline.reader().load_receipt(last)
            && let Err(error) = rikaste_receipts::write_receipt(
                &self.folder.receipts_folder(),
                &known,
                ReceiptLocale::from_shop(&self.pipeline.shop()),
            )
        {
            tracing::error!("the receipt of {} cannot be written: {error}", table.file);
        }
    }

    fn store_acknowledgement(&mut self, ack: &DeviceAck) {
        if let Err(error) = self.pipeline.store_acknowledgement(
            ack.channel.as_str(),
            &ack.device,
            ack.release,
            ack.at,
        ) {
            tracing::error!("a device's word was lost: {error}");
        }
    }
}

/// Imports a drop that arrived and puts its receipt beside the inbox.
///
/// # Errors
/// When the machine fails. A receipt that cannot be written is only logged: the store has it, too.
pub fn import_arrived_drop(
    pipeline: &mut Pipeline,
    folder: &ShopFolder,
    drop: &InboxDrop,
) -> Result<Receipt, PipelineError> {
    let receipt = pipeline.import_drop(drop, Moment::now(), false)?;
    write_receipt_files(pipeline, folder, &receipt);
    Ok(receipt)
}

/// Puts a receipt, and the rows that were refused, beside the inbox.
fn write_receipt_files(pipeline: &mut Pipeline, folder: &ShopFolder, receipt: &Receipt) {
    let (folder, file) = (folder.receipts_folder(), &receipt.file);
    if let Err(error) = rikaste_receipts::write_rejects(&folder, receipt, pipeline.take_rejects()) {
        tracing::error!("the refused rows of {file} cannot be written: {error}");
    }
    let shop = pipeline.shop();
    let locale = ReceiptLocale::from_shop(&shop);
    if let Err(error) = rikaste_receipts::write_receipt(&folder, receipt, locale) {
        tracing::error!("the receipt of {file} cannot be written: {error}");
    }
}
