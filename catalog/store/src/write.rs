//! Writing: one release, one transaction.

use std::collections::BTreeSet;
use std::ops::Deref;
use std::path::Path;

use rusqlite::params;

use super::read::{ProductPart, StoreReader, encode_part_key};
use super::{DropMetadata, FeedNumber, ProductId, ProjectionState, StoreError, schema};
use rikaste_model::code::{Gtin, PluginName, Sku};
use rikaste_model::moment::Moment;
use rikaste_model::product::DropId;
use rikaste_model::receipt::{DropOutcome, Receipt};
use rikaste_model::release::{Release, ReleaseNumber};

/// The writer's page cache, in KiB: what a drop changes beyond it spills into the log on disk.
const WRITER_CACHE_KIB: i64 = 65_536;

/// The one that writes. Between [`begin_transaction`](Self::begin_transaction) and [`commit_transaction`](Self::commit_transaction) it reads what it wrote.
#[derive(Debug)]
pub struct StoreWriter {
    reader: StoreReader,
}

/// New versions of a product's parts, encoded; a part that is absent stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PartUpdate {
    /// See [`super::encode_content`].
    pub content: Option<Vec<u8>>,
    /// See [`super::encode_commerce`].
    pub commerce: Option<Vec<u8>>,
    /// See [`super::encode_reviews`].
    pub reviews: Option<Vec<u8>>,
}

/// What ends a transaction: a release, a receipt, or both.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReleaseCommit {
    /// The release it makes.
    pub release: Option<Release>,
    /// The receipt of the drop it was, and when the file was modified.
    pub receipt: Option<(Receipt, i64)>,
    /// What is kept of the drop beside its receipt.
    pub drop_metadata: DropMetadata,
    /// How many releases are kept.
    pub keep_releases: u32,
}

impl Deref for StoreWriter {
    type Target = StoreReader;
    fn deref(&self) -> &StoreReader {
        &self.reader
    }
}

impl StoreWriter {
    pub(super) fn open_database(path: &Path) -> Result<Self, StoreError> {
        let connection = schema::open_connection(path, WRITER_CACHE_KIB)?;
        Ok(Self { reader: StoreReader { connection, path: path.to_owned() } })
    }

    /// Begins a transaction.
    ///
    /// # Errors
    /// When another writer holds the database.
    pub fn begin_transaction(&mut self) -> Result<(), StoreError> {
        self.execute_script("BEGIN IMMEDIATE")
    }

    /// Undoes everything since [`begin_transaction`](Self::begin_transaction).
    ///
    /// # Errors
    /// When the database fails; the next start finds the last release whole all the same.
    pub fn rollback_transaction(&mut self) -> Result<(), StoreError> {
        if self.reader.connection.is_autocommit() {
            return Ok(());
        }
        self.execute_script("ROLLBACK")
    }

    /// The number of the next drop.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn next_drop_id(&self) -> Result<DropId, StoreError> {
        let last: Option<Option<u32>> =
            self.query_one("SELECT max(id) FROM dropped", params![], |row| row.get(0))?;
        Ok(DropId(last.flatten().unwrap_or(0) + 1))
    }

    /// A product's number, given now if it has none; and whether it was given now.
    ///
    /// # Errors
    /// When the database fails.
    pub fn find_or_insert_product(&mut self, sku: &Sku) -> Result<(ProductId, bool), StoreError> {
        if let Some(id) = self.find_product_id(sku)? {
            return Ok((id, false));
        }
        Ok((self.insert_product(sku)?, true))
    }

    /// Gives a product a number. No product may have the SKU yet.
    ///
    /// # Errors
    /// When the database fails.
    pub fn insert_product(&mut self, sku: &Sku) -> Result<ProductId, StoreError> {
        self.execute_statement("INSERT INTO product (sku) VALUES (?1)", params![sku.as_str()])?;
        Ok(ProductId(self.reader.connection.last_insert_rowid() as u32))
    }

    /// Notes of which model a product is a variant.
    ///
    /// # Errors
    /// When the database fails.
    pub fn store_parent(
        &mut self,
        product: ProductId,
        parent: Option<ProductId>,
    ) -> Result<(), StoreError> {
        self.execute_statement(
            "UPDATE product SET parent = ?2 WHERE id = ?1",
            params![product.0, parent.map(|parent| parent.0)],
        )
    }

    /// Notes to whom a product is linked: to these, and to no others any more.
    ///
    /// # Errors
    /// When the database fails.
    pub fn store_link_uses(
        &mut self,
        product: ProductId,
        targets: &BTreeSet<&Sku>,
    ) -> Result<(), StoreError> {
        let sql = "SELECT target FROM link_use WHERE product = ?1";
        let known: BTreeSet<String> =
            self.query_list(sql, params![product.0], |row| row.get(0))?.into_iter().collect();
        let is_named = |known: &String| targets.iter().any(|target| target.as_str() == known);
        for target in known.iter().filter(|known| !is_named(known)) {
            let sql = "DELETE FROM link_use WHERE target = ?1 AND product = ?2";
            self.execute_statement(sql, params![target, product.0])?;
        }
        for target in targets.iter().filter(|target| !known.contains(target.as_str())) {
            let sql = "INSERT INTO link_use (target, product) VALUES (?1, ?2)";
            self.execute_statement(sql, params![target.as_str(), product.0])?;
        }
        Ok(())
    }

    /// Stores new versions of a product's parts.
    ///
    /// # Errors
    /// When the database fails.
    pub fn store_parts(
        &mut self,
        product: ProductId,
        release: ReleaseNumber,
        put: &PartUpdate,
    ) -> Result<(), StoreError> {
        let parts = [
            (ProductPart::Content, &put.content),
            (ProductPart::Commerce, &put.commerce),
            (ProductPart::Reviews, &put.reviews),
        ];
        for (part, data) in parts {
            if let Some(data) = data {
                self.store_part(product, part, release, Some(data))?;
            }
        }
        Ok(())
    }

    fn store_part(
        &mut self,
        product: ProductId,
        part: ProductPart,
        release: ReleaseNumber,
        data: Option<&[u8]>,
    ) -> Result<(), StoreError> {
        self.execute_statement(
            "INSERT OR REPLACE INTO part (key, data) VALUES (?1, ?2)",
            params![encode_part_key(product, part, release), data],
        )
    }

    /// Lets go of the versions of a product that no kept release needs.
    ///
    /// # Errors
    /// When the database fails.
    pub fn delete_unneeded_versions(
        &mut self,
        product: ProductId,
        oldest_kept: ReleaseNumber,
    ) -> Result<(), StoreError> {
        for part in ProductPart::ALL {
            let (first, last) = (
                encode_part_key(product, part, ReleaseNumber::BEFORE_FIRST),
                encode_part_key(product, part, oldest_kept),
            );
            self.execute_statement(
                "DELETE FROM part WHERE key >= ?1 AND key < (SELECT max(key) FROM part WHERE key BETWEEN ?1 AND ?2)",
                params![first, last],
            )?;
        }
        Ok(())
    }

    /// Brings back every part as it was at release `to`, as versions of release `release`; and
    /// tells which products that touches.
    ///
    /// # Errors
    /// When the database fails.
    pub fn restore_release(
        &mut self,
        to: ReleaseNumber,
        release: ReleaseNumber,
    ) -> Result<Vec<ProductId>, StoreError> {
        let mut touched = Vec::new();
        let mut after = None;
        loop {
            let page = self.list_products_after(after, 1_000)?;
            let Some(last) = page.last().copied() else { return Ok(touched) };
            for id in page {
                if self.restore_product(id, to, release)? {
                    touched.push(id);
                }
            }
            after = Some(last);
        }
    }

    fn restore_product(
        &mut self,
        id: ProductId,
        to: ReleaseNumber,
        release: ReleaseNumber,
    ) -> Result<bool, StoreError> {
        let mut touched = false;
        for part in ProductPart::ALL {
            let then = self.load_part(id, part, to)?;
            if then != self.load_part(id, part, release)? {
                self.store_part(id, part, release, then.as_deref())?;
                touched = true;
            }
        }
        Ok(touched)
    }

    /// Keeps what is shown of a product.
    ///
    /// # Errors
    /// When the database fails.
    pub fn store_projection_state(
        &mut self,
        product: ProductId,
        state: &ProjectionState,
    ) -> Result<(), StoreError> {
        let data = postcard::to_allocvec(state).expect("memory takes it");
        self.execute_statement(
            "INSERT OR REPLACE INTO projection (product, data, next_boundary) VALUES (?1, ?2, ?3)",
            params![product.0, data, state.next_boundary.map(|at| at.0)],
        )
    }

    /// Forgets what is shown of every product.
    ///
    /// # Errors
    /// When the database fails.
    pub fn delete_projection_states(&mut self) -> Result<(), StoreError> {
        self.execute_statement("DELETE FROM projection", params![])
    }

    /// Takes back what was logged for a release that is not made.
    ///
    /// # Errors
    /// When the database fails.
    pub fn delete_changes(&mut self, release: ReleaseNumber) -> Result<(), StoreError> {
        for feed in self.list_feeds()? {
            self.execute_statement(
                "DELETE FROM change WHERE channel = ?1 AND release = ?2",
                params![feed.0, release.0 as i64],
            )?;
        }
        Ok(())
    }

    /// Logs that a product changed for a channel or search.
    ///
    /// # Errors
    /// When the database fails.
    pub fn insert_change(
        &mut self,
        feed: FeedNumber,
        release: ReleaseNumber,
        product: ProductId,
    ) -> Result<(), StoreError> {
        self.execute_statement(
            "INSERT OR IGNORE INTO change (channel, release, product) VALUES (?1, ?2, ?3)",
            params![feed.0, release.0 as i64, product.0],
        )
    }

    /// The number of a channel, given now if it has none.
    ///
    /// # Errors
    /// When the database fails.
    pub fn find_or_insert_channel(&mut self, code: &str) -> Result<FeedNumber, StoreError> {
        self.execute_statement("INSERT OR IGNORE INTO channel (code) VALUES (?1)", params![code])?;
        let id = self.find_channel_id(code)?;
        Ok(id.expect("it was inserted above or was there"))
    }

    /// Keeps by which GTINs a product is found.
    ///
    /// # Errors
    /// When the database fails.
    pub fn store_gtin(
        &mut self,
        product: ProductId,
        old: Option<Gtin>,
        new: Option<Gtin>,
    ) -> Result<(), StoreError> {
        if old == new {
            return Ok(());
        }
        if let Some(old) = old {
            self.execute_statement(
                "DELETE FROM gtin WHERE gtin = ?1 AND product = ?2",
                params![old.number() as i64, product.0],
            )?;
        }
        if let Some(new) = new {
            self.execute_statement(
                "INSERT OR IGNORE INTO gtin (gtin, product) VALUES (?1, ?2)",
                params![new.number() as i64, product.0],
            )?;
        }
        Ok(())
    }

    /// Keeps which plugins fail on a product.
    ///
    /// # Errors
    /// When the database fails.
    pub fn store_stale_plugins<'a>(
        &mut self,
        product: ProductId,
        plugins: impl IntoIterator<Item = &'a PluginName>,
    ) -> Result<(), StoreError> {
        self.execute_statement("DELETE FROM stale WHERE product = ?1", params![product.0])?;
        for plugin in plugins {
            self.execute_statement(
                "INSERT INTO stale (plugin, product) VALUES (?1, ?2)",
                params![plugin.as_str(), product.0],
            )?;
        }
        Ok(())
    }

    /// Keeps which release a device says it shows.
    ///
    /// # Errors
    /// When the database fails.
    pub fn store_device_ack(
        &mut self,
        channel: &str,
        device: &str,
        release: ReleaseNumber,
        at: Moment,
    ) -> Result<(), StoreError> {
        self.execute_statement(
            "INSERT OR REPLACE INTO ack (channel, device, release, at) VALUES (?1, ?2, ?3, ?4)",
            params![channel, device, release.0 as i64, at.0],
        )
    }

    /// Keeps a setting of the program.
    ///
    /// # Errors
    /// When the database fails.
    pub fn store_setting(&mut self, name: &str, value: &str) -> Result<(), StoreError> {
        self.execute_statement(
            "INSERT OR REPLACE INTO setting (name, value) VALUES (?1, ?2)",
            params![name, value],
        )
    }

    /// Ends the transaction: after this the release is there for every reader, or an error says
    /// that nothing of it is.
    ///
    /// # Errors
    /// When the database fails; the transaction is then still open and to be rolled back.
    pub fn commit_transaction(&mut self, commit: &ReleaseCommit) -> Result<(), StoreError> {
        if let Some(release) = &commit.release {
            let data = serde_json::to_vec(release).expect("a release is JSON");
            self.execute_statement(
                "INSERT INTO release (number, data) VALUES (?1, ?2)",
                params![release.number.0 as i64, data],
            )?;
            let oldest_kept = release.number.go_back(commit.keep_releases).0 as i64;
            self.execute_statement("DELETE FROM release WHERE number < ?1", params![oldest_kept])?;
            for feed in self.list_feeds()? {
                let sql = "DELETE FROM change WHERE channel = ?1 AND release <= ?2";
                self.execute_statement(sql, params![feed.0, oldest_kept])?;
            }
        }
        if let Some((receipt, modified)) = &commit.receipt {
            let stands_on = match receipt.release {
                Some(release) => release,
                None => self
                    .load_current_release()?
                    .map_or(ReleaseNumber::BEFORE_FIRST, |release| release.number),
            };
            self.insert_receipt(receipt, *modified, stands_on)?;
            self.store_drop_metadata(receipt, &commit.drop_metadata)?;
        }
        self.execute_script("COMMIT")
    }

    /// All channels, and search.
    fn list_feeds(&self) -> Result<Vec<FeedNumber>, StoreError> {
        let mut feeds =
            self.query_list("SELECT id FROM channel", params![], |row| row.get(0).map(FeedNumber))?;
        feeds.push(FeedNumber::SEARCH);
        Ok(feeds)
    }

    fn insert_receipt(
        &mut self,
        receipt: &Receipt,
        modified: i64,
        stands_on: ReleaseNumber,
    ) -> Result<(), StoreError> {
        self.execute_statement(
            "INSERT INTO dropped (id, kind, file, hash, size, modified, stands_on, rejected, held, refused, undone, receipt) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
            params![
                receipt.drop.0,
                receipt.kind.folder(),
                receipt.file,
                super::drops::encode_hash(receipt.hash),
                receipt.size as i64,
                modified,
                stands_on.0 as i64,
                receipt.outcome == DropOutcome::Rejected,
                receipt.outcome == DropOutcome::Held,
                receipt.outcome == DropOutcome::Refused,
                receipt.undone.map(|release| release.0 as i64),
                super::drops::encode_receipt(receipt),
            ],
        )
    }

    /// Moves what was committed from the log into the database file, without making anyone wait.
    ///
    /// # Errors
    /// When the database fails; nothing is lost, the log only stays long.
    pub fn checkpoint_log(&mut self) -> Result<(), StoreError> {
        let query =
            || self.reader.connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
        query().map_err(|e| self.database_error(e))
    }

    pub(super) fn execute_statement(
        &mut self,
        sql: &str,
        params: impl rusqlite::Params,
    ) -> Result<(), StoreError> {
        let run = || self.reader.connection.prepare_cached(sql)?.execute(params);
        run().map(|_| ()).map_err(|e| self.database_error(e))
    }

    fn execute_script(&mut self, sql: &str) -> Result<(), StoreError> {
        self.reader.connection.execute_batch(sql).map_err(|e| self.database_error(e))
    }
}
