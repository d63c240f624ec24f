//! Photos, films and documents by their names: whose they are, and which look alike.
//!
//! Perceptual hashes of pictures that look alike differ in few bits. A hash is kept in five bands of
//! bits, of which at least one is the same where at most four bits differ, so that what looks like a
//! photo is found without looking at all of them.

use std::collections::BTreeSet;
use std::sync::Arc;

use rusqlite::params;
use smol_str::SmolStr;

use super::codec::encode_plain;
use super::read::StoreReader;
use super::{ProductId, RemotePhoto, StoreError, StoreWriter};
use rikaste_model::moment::Moment;
use rikaste_model::photo::{PhotoContent, PhotoMetadata};
use rikaste_model::product::ContentHash;
use rikaste_model::shop::is_url;

/// A photo in the asset store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssetEntry {
    /// The name it was dropped under.
    pub name: SmolStr,
    /// The hash of its bytes.
    pub hash: ContentHash,
    /// In bytes.
    pub size: u64,
    /// When it was modified last, in nanoseconds since 1970, as the file system reports.
    pub modified: i64,
    /// What is known of it, if a plugin looked at it.
    pub facts: Option<Arc<PhotoMetadata>>,
}

/// In how many bits of 64 pictures differ at most that [`StoreReader::list_similar_assets`] finds, one less than
/// there are bands: copies of a photo in another size or quality differ in fewer, photos of different
/// things in more.
pub const MAX_SIMILAR_BITS: u32 = 4;

/// Where each band of a perceptual hash begins, and after the last.
const BANDS: [u32; MAX_SIMILAR_BITS as usize + 2] = [0, 13, 26, 39, 52, 64];

/// The bands of a hash: which one, and its bits.
fn split_into_bands(hash: u64) -> impl Iterator<Item = i64> {
    (0..).zip(BANDS.windows(2)).map(move |(number, ends)| {
        let bits = hash >> ends[0] & ((1 << (ends[1] - ends[0])) - 1);
        number << 16 | bits as i64
    })
}

impl StoreReader {
    /// Whether there is any photo.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn has_assets(&self) -> Result<bool, StoreError> {
        let first: Option<i64> =
            self.query_one("SELECT 1 FROM asset LIMIT 1", params![], |row| row.get(0))?;
        Ok(first.is_some())
    }

    /// The photo of this name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn load_asset(&self, name: &str) -> Result<Option<AssetEntry>, StoreError> {
        self.query_one(
            "SELECT name, hash, size, modified, facts FROM asset WHERE name = ?1",
            params![name],
            decode_asset_row,
        )
    }

    /// The photos whose name begins with this, up to a sign that ends a SKU, in the order of their
    /// names. Some of them may be of a product whose SKU is longer.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn list_assets_beginning(&self, with: &str) -> Result<Vec<AssetEntry>, StoreError> {
        let sql = "SELECT asset.name, hash, size, modified, facts FROM asset_beginning
             JOIN asset USING (name) WHERE beginning = ?1 ORDER BY asset.name";
        self.query_list(sql, params![with], decode_asset_row)
    }

    /// All photos, by name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn list_assets(&self) -> Result<Vec<AssetEntry>, StoreError> {
        let sql = "SELECT name, hash, size, modified, facts FROM asset ORDER BY name";
        self.query_list(sql, params![], decode_asset_row)
    }

    /// At most so many photos by name, those behind this one.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn list_assets_after(
        &self,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<AssetEntry>, StoreError> {
        let sql = "SELECT name, hash, size, modified, facts FROM asset WHERE name > ?1
             ORDER BY name LIMIT ?2";
        // No photo is called nothing.
        self.query_list(sql, params![after.unwrap_or_default(), limit], decode_asset_row)
    }

    /// How many photos, films and documents there are.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn count_assets(&self) -> Result<u64, StoreError> {
        let sql = "SELECT count(*) FROM asset";
        let count = self.query_one(sql, params![], |row| row.get::<_, i64>(0))?;
        Ok(count.unwrap_or_default().unsigned_abs())
    }

    /// The products that name this photo.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn list_asset_users(&self, name: &str) -> Result<Vec<ProductId>, StoreError> {
        let sql = "SELECT product FROM asset_use WHERE name = ?1 ORDER BY product";
        self.query_list(sql, params![name], |row| row.get(0).map(ProductId))
    }

    /// The photos whose bytes are these, by name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn list_assets_by_hash(&self, hash: &ContentHash) -> Result<Vec<AssetEntry>, StoreError> {
        let sql =
            "SELECT name, hash, size, modified, facts FROM asset WHERE hash = ?1 ORDER BY name";
        self.query_list(sql, params![hash.0], decode_asset_row)
    }

    /// The photos whose perceptual hash differs from this one in at most [`MAX_SIMILAR_BITS`] bits, by name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn list_similar_assets(&self, perceptual_hash: u64) -> Result<Vec<AssetEntry>, StoreError> {
        let sql = "SELECT hash, name FROM asset_band WHERE band = ?1";
        let mut names = BTreeSet::new();
        for band in split_into_bands(perceptual_hash) {
            let row = |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(0)?, row.get(1)?));
            let found: Vec<(i64, String)> = self.query_list(sql, params![band], row)?;
            let alike =
                |hash: i64| (hash as u64 ^ perceptual_hash).count_ones() <= MAX_SIMILAR_BITS;
            names.extend(found.into_iter().filter(|(hash, _)| alike(*hash)).map(|(_, name)| name));
        }
        let assets = names.into_iter().map(|name| self.load_asset(&name));
        assets.filter_map(Result::transpose).collect()
    }
}

impl StoreWriter {
    /// Keeps a photo under its name, and what the name begins with; and tells whether that is news.
    ///
    /// # Errors
    /// When the database fails.
    pub fn store_asset(
        &mut self,
        asset: &AssetEntry,
        beginnings: &[String],
    ) -> Result<bool, StoreError> {
        let known = self.load_asset(&asset.name)?;
        self.execute_statement(
            "INSERT OR REPLACE INTO asset (name, hash, size, modified, facts) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                asset.name.as_str(),
                asset.hash.0,
                asset.size as i64,
                asset.modified,
                asset.facts.as_deref().map(encode_plain)
            ],
        )?;
        self.store_hash_bands(&asset.name, asset.facts.as_deref())?;
        for beginning in beginnings {
            self.execute_statement(
                "INSERT OR IGNORE INTO asset_beginning (beginning, name) VALUES (?1, ?2)",
                params![beginning, asset.name.as_str()],
            )?;
        }
        Ok(known.is_none_or(|known| (known.hash, &known.facts) != (asset.hash, &asset.facts)))
    }

    /// Keeps what is known of a photo, or that nothing is.
    ///
    /// # Errors
    /// When the database fails.
    pub fn store_photo_metadata(
        &mut self,
        name: &str,
        facts: Option<&PhotoMetadata>,
    ) -> Result<(), StoreError> {
        self.store_hash_bands(name, facts)?;
        let facts = facts.map(encode_plain);
        self.execute_statement("UPDATE asset SET facts = ?2 WHERE name = ?1", params![name, facts])
    }

    /// Keeps by what a photo is found when another looks like it.
    fn store_hash_bands(
        &mut self,
        name: &str,
        facts: Option<&PhotoMetadata>,
    ) -> Result<(), StoreError> {
        self.execute_statement("DELETE FROM asset_band WHERE name = ?1", params![name])?;
        let Some(facts) = facts.filter(|facts| facts.content == PhotoContent::Photo) else {
            return Ok(());
        };
        for band in split_into_bands(facts.perceptual_hash) {
            self.execute_statement(
                "INSERT INTO asset_band (band, hash, name) VALUES (?1, ?2, ?3)",
                params![band, facts.perceptual_hash as i64, name],
            )?;
        }
        Ok(())
    }

    /// Notes which photos a product names: these, and no others any more. Gives how many of them are
    /// pictures at URLs that are still to be asked for.
    ///
    /// # Errors
    /// When the database fails.
    pub fn store_asset_uses(
        &mut self,
        product: ProductId,
        names: &[SmolStr],
    ) -> Result<u64, StoreError> {
        let sql = "SELECT name FROM asset_use WHERE product = ?1";
        let known: BTreeSet<String> =
            self.query_list(sql, params![product.0], |row| row.get(0))?.into_iter().collect();
        let mut new = 0;
        let named: BTreeSet<&str> = names.iter().map(SmolStr::as_str).collect();
        for name in known.iter().filter(|name| !named.contains(name.as_str())) {
            let sql = "DELETE FROM asset_use WHERE name = ?1 AND product = ?2";
            self.execute_statement(sql, params![name, product.0])?;
        }
        for name in named.into_iter().filter(|name| !known.contains(*name)) {
            let sql = "INSERT INTO asset_use (name, product) VALUES (?1, ?2)";
            self.execute_statement(sql, params![name, product.0])?;
            if is_url(name) && self.load_remote_photo(name)?.is_none() {
                self.store_remote_photo(&RemotePhoto::new(name, Moment(0)))?;
                new += 1;
            }
        }
        Ok(new)
    }
}

fn decode_asset_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<AssetEntry> {
    let name: String = row.get(0)?;
    Ok(AssetEntry {
        name: SmolStr::new(name),
        hash: ContentHash(row.get(1)?),
        size: row.get::<_, i64>(2)? as u64,
        modified: row.get(3)?,
        // What cannot be read any more is found out again when the photo is developed.
        facts: row
            .get_ref(4)?
            .as_blob_or_null()?
            .and_then(|facts| postcard::from_bytes(facts).ok())
            .map(Arc::new),
    })
}
