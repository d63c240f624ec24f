//! The line: drop → import → merge → enrich → assess → commit → index → publish.
//!
//! One thread owns a [`Line`], and with it the store's writer and the index's; drops go through it one
//! after another, and each is one transaction that ends in a release, or in none. Whatever fails on the way,
//! the last release stands.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rikaste_catalog::code::{Gtin, Sku};
use rikaste_catalog::diagnostic::Diagnostic;
use rikaste_catalog::merge::merge;
use rikaste_catalog::moment::Moment;
use rikaste_catalog::product::{Hash, Product};
use rikaste_catalog::projection::Subject;
use rikaste_catalog::receipt::{DropOutcome, Messages, ProductCounts, Receipt, RowCounts};
use rikaste_catalog::record::{DropKind, Record, RecordBody};
use rikaste_catalog::release::{Cause, Release};
use rikaste_catalog::search::{SearchError, SearchIndex, SearchWriter};
use rikaste_catalog::shop::Shop;
use rikaste_catalog::store::{Asset, Commit, ProductId, Store, StoreError, Writer};
use smol_str::SmolStr;

use crate::assets::{Assets, hash_file};
use crate::enrich::Enrichers;
use crate::import::{Importer, Mappings, Unreadable};

mod crew;
mod draft;
mod work;

use crew::Crew;
use draft::Draft;
use work::Scene;

/// Rows that are taken from the importer at a time.
const ROWS: usize = 256;

/// Files that landed and are to be taken in together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drop {
    /// What they are about.
    pub kind: DropKind,
    /// What the receipt calls them: the path from the inbox on.
    pub file: String,
    /// Where they are: one file, or any number of photos.
    pub paths: Vec<PathBuf>,
}

/// Why the line cannot go on. Bad input is never a reason: that is in the receipt.
#[derive(Debug, thiserror::Error)]
pub enum LineError {
    /// The store failed; nothing of the drop was released.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The search index failed.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// A file could not be read, or the asset store not be written.
    #[error("{}: {source}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The release to go back to is not kept.
    #[error("release {wanted} is not kept; releases {floor} to {current} are")]
    NoSuchRelease {
        /// The one that was asked for.
        wanted: u64,
        /// The oldest kept.
        floor: u64,
        /// The newest.
        current: u64,
    },
}

/// How far a drop is, for whoever waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Bytes of the file that were read.
    pub bytes: u64,
    /// Bytes that there are.
    pub size: u64,
    /// Rows that were read.
    pub rows: u64,
}

/// Where the time of a drop went. Stages run beside each other on all cores, so the sum is
/// more than the drop took.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stages {
    /// Reading rows.
    pub import: Duration,
    /// Merging rows into products, waiting for workers included.
    pub merge: Duration,
    /// Plugins, summed over threads.
    pub enrich: Duration,
    /// Assessing, projecting and encoding, summed over threads.
    pub project: Duration,
    /// Writing into the store, and handing over to the index.
    pub store: Duration,
    /// Making the release durable.
    pub commit: Duration,
    /// Making the index durable.
    pub index: Duration,
}

impl Stages {
    /// Each stage's name and time, in the order of the line.
    #[must_use]
    pub fn times(&self) -> [(&'static str, Duration); 7] {
        [
            ("import", self.import),
            ("merge", self.merge),
            ("enrich", self.enrich),
            ("project", self.project),
            ("store", self.store),
            ("commit", self.commit),
            ("index", self.index),
        ]
    }
}

/// The line and everything it owns.
pub struct Line {
    scene: Arc<Scene>,
    mappings: Mappings,
    assets: Assets,
    writer: Writer,
    crew: Crew,
    index: SearchWriter,
    on_release: Box<dyn FnMut(&Release) + Send>,
    on_progress: Box<dyn FnMut(Progress) + Send>,
    stages: Stages,
}

/// What came of a file's rows.
#[derive(Default)]
struct Taken {
    rows: RowCounts,
    /// The row that was counted last, and how.
    last: Option<(u32, Fate)>,
    /// Rows about products that there are not; they count among the rejected.
    unknown: u64,
    messages: Messages,
    read_as: String,
    columns: Vec<SmolStr>,
    /// Why nothing of it can be used.
    unreadable: bool,
}

impl Line {
    /// Sets the line up. `on_release` is told of every release as soon as readers can have it.
    ///
    /// # Errors
    /// When the store or the index cannot be written.
    pub fn new(
        store: &Store,
        index: SearchWriter,
        shop: Arc<Shop>,
        mappings: Mappings,
        assets: Assets,
        enrichers: &Arc<Enrichers>,
        on_release: impl FnMut(&Release) + Send + 'static,
    ) -> Result<Self, LineError> {
        let mut writer = store.writer()?;
        let mut channel_ids = Vec::with_capacity(shop.channels.len());
        writer.begin()?;
        for channel in &shop.channels {
            channel_ids.push(writer.ensure_channel(channel.code.as_str())?);
        }
        writer.commit(&Commit::default())?;
        let scene = Arc::new(Scene { shop, channel_ids });
        let crew = Crew::start(&scene, enrichers)
            .map_err(|source| LineError::File { path: PathBuf::from("threads"), source })?;
        Ok(Self {
            scene,
            mappings,
            assets,
            writer,
            crew,
            index,
            on_release: Box::new(on_release),
            on_progress: Box::new(|_| ()),
            stages: Stages::default(),
        })
    }

    /// Has someone told how far a drop is.
    pub fn on_progress(&mut self, tell: impl FnMut(Progress) + Send + 'static) {
        self.on_progress = Box::new(tell);
    }

    /// Where the time of the last drop went.
    #[must_use]
    pub fn stages(&self) -> Stages {
        self.stages
    }

    /// The store's writer, to read with while no drop is under way.
    #[must_use]
    pub fn reader(&self) -> &rikaste_catalog::store::Reader {
        &self.writer
    }

    /// Takes a drop through the line.
    ///
    /// # Errors
    /// When the machine fails, not the input: nothing of the drop is released then, and it can
    /// be taken again.
    pub fn take(&mut self, drop: &Drop, now: Moment, dry_run: bool) -> Result<Receipt, LineError> {
        let began = Instant::now();
        self.stages = Stages::default();
        let file = Landed::look(drop)?;
        if let Some(receipt) = self.known_already(drop, &file, now, began)? {
            if !dry_run {
                self.keep_receipt(&receipt, file.modified)?;
            }
            return Ok(receipt);
        }
        if !dry_run {
            // So that the release of the drop says nothing but what the drop changed.
            self.open_windows(now)?;
        }
        let result = self.draft(drop, &file, now, began, dry_run);
        if result.is_err() || dry_run {
            self.abandon();
        }
        let (receipt, release) = result?;
        if let Some(release) = release {
            self.publish(&release)?;
        }
        Ok(receipt)
    }

    fn draft(
        &mut self,
        drop: &Drop,
        file: &Landed,
        now: Moment,
        began: Instant,
        dry_run: bool,
    ) -> Result<(Receipt, Option<Release>), LineError> {
        let (mut draft, progress) = self.begin(now, true)?;
        let id = draft.writer.next_drop()?;
        let mut taken = Taken::default();
        match drop.kind {
            DropKind::Images => take_photos(&mut draft, progress.assets, drop, &mut taken)?,
            _ => {
                let importer = Importer::new(draft.shop(), progress.mappings);
                let intake = Intake { importer: &importer, drop, file, id };
                intake.take_rows(&mut draft, &mut taken, progress.tell)?;
            }
        }
        let usable = !taken.unreadable && (taken.rows.accepted() > 0 || draft.has_changes());
        if usable {
            draft.settle()?;
        }
        let outcome = match (usable, draft.has_changes()) {
            (false, _) => DropOutcome::Rejected,
            (true, false) => DropOutcome::Unchanged,
            (true, true) => DropOutcome::Released,
        };
        let released = outcome == DropOutcome::Released;
        taken.messages.append(std::mem::take(&mut draft.messages));
        let counts = draft.counts;
        let stages = draft.stages;
        let release =
            released.then(|| draft.release(Cause::Drop { drop: id.0, file: drop.file.clone() }));
        let receipt = file.receipt(drop, id, now, began, taken, outcome, release.as_ref(), counts);
        if dry_run {
            draft.abandon()?;
            return Ok((receipt, None));
        }
        if !released {
            // What an unreadable file began is let go of; only its receipt is kept.
            draft.abandon()?;
            self.keep_receipt(&receipt, file.modified)?;
            return Ok((receipt, None));
        }
        let keep = self.scene.shop.keep_releases;
        let committing = Instant::now();
        self.writer.commit(&Commit {
            release: release.clone(),
            receipt: Some((receipt.clone(), file.modified)),
            keep,
        })?;
        self.stages = Stages { commit: committing.elapsed(), ..stages };
        Ok((receipt, release))
    }

    /// Makes the release that a validity window calls for: what changes because time went by.
    /// Nothing when no window opened or closed. No plugin is asked.
    ///
    /// # Errors
    /// When the machine fails.
    pub fn open_windows(&mut self, now: Moment) -> Result<Option<Release>, LineError> {
        let due = self.writer.due(now)?;
        if due.is_empty() {
            return Ok(None);
        }
        self.remake(now, false, Cause::Window, |draft| {
            due.iter().for_each(|id| draft.revisit(*id));
            Ok(())
        })
    }

    /// Looks at every product anew: after the configuration or the plugins changed.
    ///
    /// # Errors
    /// When the machine fails.
    pub fn reconfigure(&mut self, now: Moment) -> Result<Option<Release>, LineError> {
        self.remake(now, true, Cause::Configuration, mark_all)
    }

    /// Brings back the catalogue as it was at release `to`, as a new release.
    ///
    /// # Errors
    /// When that release is not kept, or the machine fails.
    pub fn roll_back(&mut self, to: u64, now: Moment) -> Result<Option<Release>, LineError> {
        let (floor, current) =
            (self.writer.floor()?, self.writer.current()?.map_or(0, |r| r.number));
        if to < floor || to >= current {
            return Err(LineError::NoSuchRelease {
                wanted: to,
                floor,
                current: current.saturating_sub(1),
            });
        }
        self.open_windows(now)?;
        self.remake(now, false, Cause::Rollback { to }, |draft| {
            let number = draft.number();
            for id in draft.writer.restore(to, number)? {
                draft.restored(id)?;
            }
            Ok(())
        })
    }

    /// Makes everything that is derived from the products anew: what channels show and the search
    /// index. A release is made only if channels showed something else before.
    ///
    /// # Errors
    /// When the machine fails.
    pub fn rebuild(&mut self, now: Moment) -> Result<Option<Release>, LineError> {
        let Some(current) = self.writer.current()? else { return Ok(None) };
        let result = self.rebuilt(&current, now);
        if result.is_err() {
            self.abandon();
        }
        let release = result?;
        match &release {
            Some(release) => self.publish(release)?,
            None => self.index.commit(current.number)?,
        }
        Ok(release)
    }

    fn rebuilt(&mut self, current: &Release, now: Moment) -> Result<Option<Release>, LineError> {
        let (mut draft, _) = self.begin(now, true)?;
        draft.start_over()?;
        mark_all(&mut draft)?;
        draft.settle()?;
        let release = draft.release(Cause::Configuration);
        let keep = self.scene.shop.keep_releases;
        if release.root() == current.root() {
            self.writer.unlog(release.number)?;
            self.writer.commit(&Commit::default())?;
            return Ok(None);
        }
        self.writer.commit(&Commit { release: Some(release.clone()), receipt: None, keep })?;
        Ok(Some(release))
    }

    fn remake(
        &mut self,
        now: Moment,
        enrich: bool,
        cause: Cause,
        mark: impl FnOnce(&mut Draft<'_>) -> Result<(), LineError>,
    ) -> Result<Option<Release>, LineError> {
        let result = self.remade(now, enrich, cause, mark);
        if !matches!(result, Ok(Some(_))) {
            self.abandon();
        }
        if let Ok(Some(release)) = &result {
            let release = release.clone();
            self.publish(&release)?;
        }
        result
    }

    fn remade(
        &mut self,
        now: Moment,
        enrich: bool,
        cause: Cause,
        mark: impl FnOnce(&mut Draft<'_>) -> Result<(), LineError>,
    ) -> Result<Option<Release>, LineError> {
        let (mut draft, _) = self.begin(now, enrich)?;
        mark(&mut draft)?;
        draft.settle()?;
        if !draft.has_changes() {
            return Ok(None);
        }
        let release = draft.release(cause);
        let keep = self.scene.shop.keep_releases;
        self.writer.commit(&Commit { release: Some(release.clone()), receipt: None, keep })?;
        Ok(Some(release))
    }

    /// Puts into the index what it lacks: all of it, or what changed since the release it stands on.
    ///
    /// # Errors
    /// When the store cannot be read or the index not be written.
    pub fn catch_up_index(&mut self, index: &SearchIndex) -> Result<u64, LineError> {
        let Some(current) = self.writer.current()? else { return Ok(0) };
        let stands_on = index.release();
        if stands_on == current.number {
            return Ok(0);
        }
        let all = stands_on == 0 || stands_on < self.writer.floor()? || stands_on > current.number;
        let since = if all { 0 } else { stands_on };
        if all {
            self.index.clear()?;
        }
        let mut count = 0;
        let ids = if all { None } else { Some(self.writer.changed(0, since, current.number)?) };
        let mut page = ids.unwrap_or_default();
        let mut after: Option<ProductId> = None;
        loop {
            if all {
                page = self.writer.products_after(after, 1_000)?;
                let Some(last) = page.last() else { break };
                after = Some(*last);
            }
            for id in page.drain(..) {
                self.reindex(id, &current)?;
                count += 1;
            }
            if !all {
                break;
            }
        }
        self.index.commit(current.number)?;
        Ok(count)
    }

    fn reindex(&mut self, id: ProductId, release: &Release) -> Result<(), LineError> {
        let shop = &self.scene.shop;
        let document = match self.writer.product_without_reviews(id, release.number)? {
            None => None,
            Some(product) => {
                let parent = match self.writer.model_of(id)? {
                    Some(model) => self.writer.product_without_reviews(model, release.number)?,
                    None => None,
                };
                let subject = Subject::new(shop, &product, parent.as_ref(), release.effective_at);
                let shown: Vec<_> = shop
                    .channels
                    .iter()
                    .filter(|c| subject.project(c).document.is_some())
                    .collect();
                subject.search_document(id, &shown)
            }
        };
        match document {
            Some(document) => self.index.put(&document)?,
            None => self.index.remove(id.0),
        }
        Ok(())
    }

    /// Keeps which release a device says it shows.
    ///
    /// # Errors
    /// When the store fails.
    pub fn acknowledge(
        &mut self,
        channel: &str,
        device: &str,
        release: u64,
        now: Moment,
    ) -> Result<(), LineError> {
        self.writer.begin()?;
        self.writer.ack(channel, device, release, now)?;
        self.writer.commit(&Commit::default())?;
        Ok(())
    }

    fn begin(&mut self, now: Moment, enrich: bool) -> Result<(Draft<'_>, Aside<'_>), LineError> {
        let draft = Draft::begin(
            &mut self.writer,
            &mut self.crew,
            &mut self.index,
            &self.scene,
            now,
            enrich,
        )?;
        let aside = Aside {
            mappings: &self.mappings,
            assets: &self.assets,
            tell: self.on_progress.as_mut(),
        };
        Ok((draft, aside))
    }

    /// Readers switch to the release; search follows.
    fn publish(&mut self, release: &Release) -> Result<(), LineError> {
        (self.on_release)(release);
        let began = Instant::now();
        self.index.commit(release.number)?;
        self.stages.index = began.elapsed();
        self.writer.tidy()?;
        Ok(())
    }

    /// Lets go of whatever was begun. The store drops an open transaction when it is closed, too,
    /// so a failure here loses nothing.
    fn abandon(&mut self) {
        while self.crew.collect(true).is_some() {}
        if let Err(error) = self.writer.rollback() {
            tracing::warn!("the store could not roll back: {error}");
        }
        if let Err(error) = self.index.rollback() {
            tracing::warn!("the index could not roll back: {error}");
        }
    }

    fn keep_receipt(&mut self, receipt: &Receipt, modified: i64) -> Result<(), LineError> {
        self.writer.begin()?;
        self.writer.commit(&Commit {
            release: None,
            receipt: Some((receipt.clone(), modified)),
            keep: 0,
        })?;
        Ok(())
    }

    /// The receipt of a file that says, byte for byte, what the catalogue stands on already.
    fn known_already(
        &mut self,
        drop: &Drop,
        file: &Landed,
        now: Moment,
        began: Instant,
    ) -> Result<Option<Receipt>, LineError> {
        if drop.kind == DropKind::Images {
            return Ok(None);
        }
        let Some(seen) = self.writer.last_drop(drop.kind, &drop.file)? else { return Ok(None) };
        let current = self.writer.current()?.map_or(0, |release| release.number);
        if seen.rejected || seen.hash != file.hash || seen.stands_on != current {
            return Ok(None);
        }
        let Some(last) = self.writer.receipt(seen.id)? else { return Ok(None) };
        let rows = RowCounts {
            unchanged: last.rows.accepted(),
            rejected: last.rows.rejected,
            ..RowCounts::default()
        };
        Ok(Some(Receipt {
            drop: self.writer.next_drop()?,
            at: now,
            milliseconds: began.elapsed().as_millis() as u64,
            outcome: DropOutcome::Unchanged,
            release: None,
            rows,
            products: ProductCounts::default(),
            ..last
        }))
    }
}

fn mark_all(draft: &mut Draft<'_>) -> Result<(), LineError> {
    let mut after = None;
    loop {
        let page = draft.writer.products_after(after, 1_000)?;
        let Some(last) = page.last() else { return Ok(()) };
        after = Some(*last);
        page.iter().for_each(|id| draft.revisit(*id));
    }
}

/// What the line has beside a draft.
struct Aside<'a> {
    mappings: &'a Mappings,
    assets: &'a Assets,
    tell: &'a mut (dyn FnMut(Progress) + Send),
}

/// A file as it is when it is taken in.
struct Landed {
    hash: Hash,
    size: u64,
    modified: i64,
}

impl Landed {
    fn look(drop: &Drop) -> Result<Self, LineError> {
        let [path] = drop.paths.as_slice() else {
            return Ok(Self { hash: Hash([0; 32]), size: 0, modified: 0 });
        };
        let failed = |source| LineError::File { path: path.clone(), source };
        let (hash, size) = hash_file(path).map_err(failed)?;
        Ok(Self { hash, size, modified: modified(path).map_err(failed)? })
    }

    #[expect(clippy::too_many_arguments, reason = "a receipt is what all stages have to say")]
    fn receipt(
        &self,
        drop: &Drop,
        id: rikaste_catalog::product::DropId,
        now: Moment,
        began: Instant,
        taken: Taken,
        outcome: DropOutcome,
        release: Option<&Release>,
        products: ProductCounts,
    ) -> Receipt {
        let (messages, message_counts) = taken.messages.finish();
        Receipt {
            drop: id,
            kind: drop.kind,
            file: drop.file.clone(),
            hash: self.hash,
            size: self.size,
            at: now,
            milliseconds: began.elapsed().as_millis() as u64,
            outcome,
            release: release.map(|release| release.number),
            read_as: taken.read_as,
            columns: taken.columns,
            rows: taken.rows,
            products,
            messages,
            message_counts,
        }
    }
}

/// When a file was modified last, in nanoseconds since 1970.
///
/// # Errors
/// When the file cannot be looked at.
pub fn modified(path: &Path) -> std::io::Result<i64> {
    let modified = std::fs::metadata(path)?.modified()?;
    let since = modified.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Ok(i64::try_from(since.as_nanos()).unwrap_or(i64::MAX))
}

/// Rows of one file on their way into a draft.
struct Intake<'a> {
    importer: &'a Importer<'a>,
    drop: &'a Drop,
    file: &'a Landed,
    id: rikaste_catalog::product::DropId,
}

impl Intake<'_> {
    fn take_rows(
        &self,
        draft: &mut Draft<'_>,
        taken: &mut Taken,
        tell: &mut (dyn FnMut(Progress) + Send),
    ) -> Result<(), LineError> {
        let path = &self.drop.paths[0];
        let name = self.drop.file.rsplit('/').next().unwrap_or(&self.drop.file);
        let mut reading = match self.importer.open_file(self.drop.kind, name, path) {
            Ok(reading) => reading,
            Err(unreadable) => {
                taken.unreadable(&unreadable);
                return Ok(());
            }
        };
        taken.read_as = reading.read_as().to_owned();
        taken.columns = reading.columns().to_vec();
        let mut records = Vec::with_capacity(ROWS);
        loop {
            let reading_began = Instant::now();
            let progress = match reading.next(ROWS, &mut records, &mut taken.messages) {
                Ok(progress) => progress,
                Err(unreadable) => {
                    taken.unreadable(&unreadable);
                    return Ok(());
                }
            };
            let merging = Instant::now();
            draft.stages.import += merging.duration_since(reading_began);
            taken.rows.rejected = progress.rejected + taken.unknown;
            for record in records.drain(..) {
                self.take_row(draft, record, taken)?;
            }
            draft.stages.merge += merging.elapsed();
            tell(Progress { bytes: progress.bytes, size: self.file.size, rows: progress.rows });
            if progress.finished {
                // JSON learns its columns as it goes.
                taken.columns = reading.columns().to_vec();
                return Ok(());
            }
        }
    }

    fn take_row(
        &self,
        draft: &mut Draft<'_>,
        record: Record,
        taken: &mut Taken,
    ) -> Result<(), LineError> {
        let is_product = matches!(record.body, RecordBody::Product(_));
        let row = record.row;
        if !is_product && draft.writer.product_id(&record.sku)?.is_none() {
            taken.unknown += 1;
            taken.rows.rejected += 1;
            let message = format!(
                "there is no product {}; import the product first, then drop this file again",
                record.sku
            );
            taken
                .messages
                .push(Diagnostic::error("product-unknown", message).at_row(row).at_sku(record.sku));
            return Ok(());
        }
        let (id, mut product, is_new) = draft.product(&record.sku)?;
        let gtin_before = gtin(draft, &product);
        let changed = merge(&mut product, record, self.id, draft.at());
        taken.count(
            row,
            if !changed.any() {
                Fate::Unchanged
            } else if is_new {
                Fate::New
            } else {
                Fate::Changed
            },
        );
        if !changed.any() {
            return Ok(());
        }
        if is_product {
            draft.changed_content(id, product, changed, is_new, gtin_before)
        } else {
            draft.changed_facts(id, &product, changed)
        }
    }
}

/// What a row came to, the least telling first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    Unchanged,
    Changed,
    New,
}

impl Taken {
    /// Counts a row. One that made several records (variants, reviews in it) is counted once, by
    /// what says most about it.
    fn count(&mut self, row: u32, fate: Fate) {
        match self.last {
            Some((last, before)) if last == row => {
                if fate <= before {
                    return;
                }
                *self.counter(before) -= 1;
            }
            _ => {}
        }
        *self.counter(fate) += 1;
        self.last = Some((row, fate));
    }

    fn counter(&mut self, fate: Fate) -> &mut u64 {
        match fate {
            Fate::Unchanged => &mut self.rows.unchanged,
            Fate::Changed => &mut self.rows.changed,
            Fate::New => &mut self.rows.new,
        }
    }

    fn unreadable(&mut self, why: &Unreadable) {
        self.unreadable = true;
        self.messages.push(why.diagnostic());
    }
}

fn gtin(draft: &Draft<'_>, product: &Product) -> Option<Gtin> {
    if product.content.sources.is_empty() {
        return None;
    }
    Subject::new(draft.shop(), product, None, draft.at()).gtin()
}

/// Photos into the asset store, and to the products that they belong to.
fn take_photos(
    draft: &mut Draft<'_>,
    assets: &Assets,
    drop: &Drop,
    taken: &mut Taken,
) -> Result<(), LineError> {
    taken.read_as = "photos".to_owned();
    for (row, path) in (1..).zip(&drop.paths) {
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        let failed = |source| LineError::File { path: path.clone(), source };
        if std::fs::metadata(path).map_err(failed)?.len() == 0 {
            taken.rows.rejected += 1;
            let message = format!("{name} is empty; drop the photo again");
            taken
                .messages
                .push(Diagnostic::error("photo-empty", message).at_row(row).at_cell("file", name));
            continue;
        }
        let (hash, size) = assets.put(path).map_err(failed)?;
        let asset = Asset {
            name: SmolStr::new(name),
            hash,
            size,
            modified: modified(path).map_err(failed)?,
        };
        let (stem, owner) = owner(draft, name)?;
        let known = draft.writer.asset(name)?.is_some();
        if !draft.writer.put_asset(&asset, &stem)? {
            taken.rows.unchanged += 1;
            continue;
        }
        *(if known { &mut taken.rows.changed } else { &mut taken.rows.new }) += 1;
        draft.added_asset();
        let mut users = draft.writer.asset_users(name)?;
        users.extend(owner);
        if users.is_empty() {
            let message = format!(
                "no product names {name} yet, and none has a SKU it begins with; it is kept until one comes"
            );
            taken
                .messages
                .push(Diagnostic::info("photo-orphan", message).at_row(row).at_cell("file", name));
        }
        for id in users {
            draft.rephotograph(id)?;
        }
    }
    Ok(())
}

/// Whose photo this is by its name: the longest beginning that is a SKU, up to a `_`, `-` or space
/// (`1001.jpg`, `1001_2.jpg`, `1001-front.webp`). Without one, what stands before the last `_`.
fn owner(draft: &Draft<'_>, name: &str) -> Result<(String, Option<ProductId>), LineError> {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let ends = stem.char_indices().filter(|(_, c)| matches!(c, '_' | '-' | ' ')).map(|(at, _)| at);
    let mut ends: Vec<usize> = ends.collect();
    ends.push(stem.len());
    for end in ends.into_iter().rev() {
        if let Ok(sku) = Sku::new(&stem[..end])
            && let Some(id) = draft.writer.product_id(&sku)?
        {
            return Ok((sku.to_string(), Some(id)));
        }
    }
    let guess = stem.rsplit_once('_').map_or(stem, |(sku, _)| sku);
    Ok((guess.to_owned(), None))
}
