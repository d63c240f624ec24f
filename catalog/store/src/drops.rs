//! Drops: what is known of the files that were imported, and what is left to do about them.
//!
//! A file stays in the inbox after its import. So that it is imported again when there is a reason,
//! and only then, a drop keeps by what it was read, and which SKUs it named that no product had.

use std::collections::BTreeMap;

use rusqlite::params;
use smol_str::SmolStr;

use super::read::{StoreReader, decompress_json};
use super::{ProductId, StoreError, StoreWriter};
use rikaste_model::code::Sku;
use rikaste_model::product::{ContentHash, DropId};
use rikaste_model::receipt::{DropOutcome, Receipt};
use rikaste_model::record::DropKind;
use rikaste_model::release::ReleaseNumber;

/// What is known of a file that was dropped before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviousDrop {
    /// The drop.
    pub id: DropId,
    /// The hash of its bytes.
    pub hash: Option<ContentHash>,
    /// Its size in bytes.
    pub size: u64,
    /// When it was modified last, in nanoseconds since 1970, as the file system reports.
    pub modified: i64,
    /// The release that stood when it was done, made by it or not.
    pub base_release: ReleaseNumber,
    /// Whether nothing was imported from it.
    pub rejected: bool,
    /// Whether nothing is imported from it until somebody approves that it is the whole range.
    pub awaits_approval: bool,
    /// Whether somebody refused it or took it back: nothing is imported from it until it is another file.
    pub is_set_aside: bool,
    /// By what it was read; nothing is known of the drops of older programs.
    pub import_fingerprint: Option<ContentHash>,
    /// The drop whose age it has: its own number, unless it was imported again.
    pub effective_age: DropId,
    /// The range that it was all of.
    pub range: Option<SmolStr>,
}

/// What is kept of a drop beside its receipt.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DropMetadata {
    /// By what it was read.
    pub import_fingerprint: Option<ContentHash>,
    /// The drop whose age it has, when it was imported again.
    pub effective_age: Option<DropId>,
    /// The range that it was all of.
    pub range: Option<SmolStr>,
    /// The SKUs that it named and no product had.
    pub missing_skus: Vec<Sku>,
}

/// Drops after a release that changed something.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LaterDrops {
    /// Their receipts, newest first.
    pub receipts: Vec<Receipt>,
    /// How many more there are.
    pub more: u64,
    /// How many drops of photos there are beside them.
    pub photo_drops: u64,
}

impl StoreReader {
    /// What is known of the last drop of a file.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn find_last_drop(
        &self,
        kind: DropKind,
        file: &str,
    ) -> Result<Option<PreviousDrop>, StoreError> {
        let sql = "SELECT id, hash, size, modified, stands_on, rejected, held, read_by, speaks_as, range, refused OR undone IS NOT NULL FROM dropped WHERE kind = ?1 AND file = ?2 ORDER BY id DESC LIMIT 1";
        self.query_one(sql, params![kind.folder(), file], decode_previous_drop)
    }

    /// The last drop of these bytes, under any name, with this size and modification time. A drop that
    /// was held or that nothing was imported from does not count.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn find_same_drop(
        &self,
        kind: DropKind,
        hash: ContentHash,
        size: u64,
        modified: i64,
    ) -> Result<Option<PreviousDrop>, StoreError> {
        let sql = "SELECT id, hash, size, modified, stands_on, rejected, held, read_by, speaks_as, range, refused OR undone IS NOT NULL FROM dropped WHERE kind = ?1 AND size = ?2 AND modified = ?3 AND hash = ?4 AND NOT rejected AND NOT held ORDER BY id DESC LIMIT 1";
        let size = size as i64;
        self.query_one(sql, params![kind.folder(), size, modified, hash.0], decode_previous_drop)
    }

    /// The drops that have the age of another one.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn load_effective_ages(&self) -> Result<BTreeMap<DropId, DropId>, StoreError> {
        let sql = "SELECT id, speaks_as FROM dropped WHERE speaks_as IS NOT NULL";
        let ages =
            self.query_list(sql, params![], |row| Ok((DropId(row.get(0)?), DropId(row.get(1)?))))?;
        Ok(ages.into_iter().collect())
    }

    /// All drops of files of a kind, and the file of each.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn list_drops(&self, kind: DropKind) -> Result<Vec<(DropId, String)>, StoreError> {
        let sql = "SELECT id, file FROM dropped WHERE kind = ?1";
        self.query_list(sql, params![kind.folder()], |row| Ok((DropId(row.get(0)?), row.get(1)?)))
    }

    /// Whether another file was imported as all of the range after this drop.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn is_superseded(&self, range: &str, drop: DropId) -> Result<bool, StoreError> {
        let sql = "SELECT 1 FROM dropped WHERE range = ?1 AND id > ?2 AND NOT held AND NOT rejected AND NOT refused AND undone IS NULL AND file != (SELECT file FROM dropped WHERE id = ?2) LIMIT 1";
        Ok(self.query_one(sql, params![range, drop.0], |_| Ok(()))?.is_some())
    }

    /// The receipts of the drops that wait for somebody to say that they are the whole range.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn list_awaiting_approval(&self) -> Result<Vec<Receipt>, StoreError> {
        let sql = "SELECT id, range, receipt FROM dropped d WHERE held AND NOT EXISTS (SELECT 1 FROM dropped later WHERE later.kind = d.kind AND later.file = d.file AND later.id > d.id) ORDER BY id";
        let rows: Vec<(u32, Option<String>, Vec<u8>)> =
            self.query_list(sql, params![], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let mut held = Vec::with_capacity(rows.len());
        for (id, range, receipt) in rows {
            if !self.is_superseded(range.as_deref().unwrap_or_default(), DropId(id))? {
                held.push(decompress_json("a receipt", &receipt)?);
            }
        }
        Ok(held)
    }

    /// The drops after a release that changed something and were not taken back, newest first; at most `limit` of
    /// them.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn list_drops_after(
        &self,
        release: ReleaseNumber,
        limit: usize,
    ) -> Result<LaterDrops, StoreError> {
        let failed = |source| self.database_error(source);
        let sql = "SELECT id, stands_on FROM dropped WHERE NOT rejected AND NOT held AND NOT refused AND undone IS NULL ORDER BY id DESC";
        let mut statement = self.connection.prepare_cached(sql).map_err(failed)?;
        let mut rows = statement.query([]).map_err(failed)?;
        let mut later = LaterDrops::default();
        while let Some(row) = rows.next().map_err(failed)? {
            let stands_on: i64 = row.get(1).map_err(failed)?;
            if stands_on <= release.0 as i64 {
                break;
            }
            let receipt = self.load_receipt(DropId(row.get(0).map_err(failed)?))?;
            match receipt.filter(|receipt| receipt.release > Some(release)) {
                None => {}
                Some(receipt) if receipt.kind == DropKind::Images => later.photo_drops += 1,
                Some(receipt) if later.receipts.len() < limit => later.receipts.push(receipt),
                Some(_) => later.more += 1,
            }
        }
        Ok(later)
    }

    /// The files that came after a drop and stand, each by its last drop.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn list_later_files(
        &self,
        drop: DropId,
    ) -> Result<Vec<(DropKind, String, DropId)>, StoreError> {
        let sql = "SELECT kind, file, max(id) FROM dropped WHERE id > ?1 AND NOT rejected AND NOT held AND NOT refused AND undone IS NULL GROUP BY kind, file ORDER BY max(id)";
        let rows: Vec<(String, String, u32)> = self
            .query_list(sql, params![drop.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let known = |(kind, file, id): (String, String, u32)| {
            Some((DropKind::from_folder(&kind)?, file, DropId(id)))
        };
        Ok(rows.into_iter().filter_map(known).collect())
    }

    /// The last drops of files that named SKUs of which there is a product now, as far as a SKU was
    /// given a number; and these products.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn list_unblocked_files(
        &self,
    ) -> Result<Vec<(DropKind, String, Vec<ProductId>)>, StoreError> {
        let sql = "SELECT d.kind, d.file, p.id FROM missing m JOIN product p ON p.sku = m.sku JOIN dropped d ON d.id = m.drop_id ORDER BY d.id";
        let rows: Vec<(String, String, u32)> =
            self.query_list(sql, params![], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let mut found: Vec<(DropKind, String, Vec<ProductId>)> = Vec::new();
        for (kind, file, product) in rows {
            let Some(kind) = DropKind::from_folder(&kind) else { continue };
            match found.last_mut() {
                Some((of, name, products)) if *of == kind && *name == file => {
                    products.push(ProductId(product));
                }
                _ => found.push((kind, file, vec![ProductId(product)])),
            }
        }
        Ok(found)
    }

    /// The SKUs that a drop named and no product had.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn list_missing_skus(&self, drop: DropId) -> Result<Vec<Sku>, StoreError> {
        let sql = "SELECT sku FROM missing WHERE drop_id = ?1";
        let skus: Vec<String> = self.query_list(sql, params![drop.0], |row| row.get(0))?;
        Ok(skus.iter().filter_map(|sku| Sku::new(sku).ok()).collect())
    }
}

pub(super) fn encode_receipt(receipt: &Receipt) -> Vec<u8> {
    let json = serde_json::to_vec(receipt).expect("a receipt is JSON");
    lz4_flex::compress_prepend_size(&json)
}

fn decode_previous_drop(row: &rusqlite::Row<'_>) -> rusqlite::Result<PreviousDrop> {
    let id = DropId(row.get(0)?);
    Ok(PreviousDrop {
        id,
        hash: decode_hash(row.get(1)?),
        size: row.get::<_, i64>(2)? as u64,
        modified: row.get(3)?,
        base_release: ReleaseNumber(row.get::<_, i64>(4)? as u64),
        rejected: row.get(5)?,
        awaits_approval: row.get(6)?,
        is_set_aside: row.get(10)?,
        import_fingerprint: row.get::<_, Option<[u8; 32]>>(7)?.map(ContentHash),
        effective_age: row.get::<_, Option<u32>>(8)?.map_or(id, DropId),
        range: row.get::<_, Option<String>>(9)?.map(SmolStr::new),
    })
}

/// The column takes no NULL: zeros stand for a drop without a hash, and for nothing else.
pub(super) fn encode_hash(hash: Option<ContentHash>) -> [u8; 32] {
    hash.map_or([0; 32], |hash| hash.0)
}

fn decode_hash(bytes: [u8; 32]) -> Option<ContentHash> {
    Some(ContentHash(bytes)).filter(|hash| hash.0 != [0; 32])
}

impl StoreWriter {
    /// Puts a receipt in place of the one that the drop has: somebody refused the drop, or took it back.
    ///
    /// # Errors
    /// When the database fails.
    pub fn update_receipt(&mut self, receipt: &Receipt) -> Result<(), StoreError> {
        self.execute_statement(
            "UPDATE dropped SET held = ?2, refused = ?3, undone = ?4, receipt = ?5 WHERE id = ?1",
            params![
                receipt.drop.0,
                receipt.outcome == DropOutcome::Held,
                receipt.outcome == DropOutcome::Refused,
                receipt.undone.map(|release| release.0 as i64),
                encode_receipt(receipt),
            ],
        )
    }

    /// Notes what a release does that brings back release `to`: drops after it are taken back, and those that had
    /// been taken back after it count again. Photos stay. Gives the receipts that say something else now.
    ///
    /// # Errors
    /// When the database fails.
    pub fn record_rollback(
        &mut self,
        to: ReleaseNumber,
        release: ReleaseNumber,
    ) -> Result<Vec<DropId>, StoreError> {
        let sql = "SELECT id, stands_on FROM dropped WHERE kind != 'images' AND NOT rejected AND NOT held AND NOT refused AND (stands_on > ?1 OR undone > ?1)";
        let drops: Vec<(u32, i64)> =
            self.query_list(sql, params![to.0 as i64], |row| Ok((row.get(0)?, row.get(1)?)))?;
        for (id, stands_on) in &drops {
            let undone = (*stands_on > to.0 as i64).then_some(release);
            if let Some(receipt) = self.load_receipt(DropId(*id))? {
                self.update_receipt(&Receipt { undone, ..receipt })?;
            }
        }
        Ok(drops.into_iter().map(|(id, _)| DropId(id)).collect())
    }

    /// Keeps what is left to do about a drop, in place of what was left of the same file before.
    pub(super) fn store_drop_metadata(
        &mut self,
        receipt: &Receipt,
        note: &DropMetadata,
    ) -> Result<(), StoreError> {
        let drop = receipt.drop.0;
        self.execute_statement(
            "UPDATE dropped SET read_by = ?2, speaks_as = ?3, range = ?4 WHERE id = ?1",
            params![
                drop,
                note.import_fingerprint.map(|hash| hash.0),
                note.effective_age.map(|drop| drop.0),
                note.range.as_deref(),
            ],
        )?;
        self.execute_statement(
            "DELETE FROM missing WHERE drop_id IN (SELECT id FROM dropped WHERE kind = ?1 AND file = ?2)",
            params![receipt.kind.folder(), receipt.file],
        )?;
        for sku in &note.missing_skus {
            self.execute_statement(
                "INSERT OR IGNORE INTO missing (drop_id, sku) VALUES (?1, ?2)",
                params![drop, sku.as_str()],
            )?;
        }
        Ok(())
    }
}
