//! Reading: products at a release, what changed, receipts.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, params};

use super::codec::{decode_compressed, decode_content};
use super::{FeedNumber, ProductId, ProjectionState, StoreError, schema};
use rikaste_model::code::{CodeError, Gtin, Sku};
use rikaste_model::moment::Moment;
use rikaste_model::product::{DropId, Product, ProductReview};
use rikaste_model::receipt::Receipt;
use rikaste_model::release::{Release, ReleaseNumber};

/// A reader's page cache, in KiB.
const READER_CACHE_KIB: i64 = 16_384;

/// Which part of a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ProductPart {
    Content = 0,
    Commerce = 1,
    Reviews = 2,
}

impl ProductPart {
    pub(super) const ALL: [Self; 3] = [Self::Content, Self::Commerce, Self::Reviews];
}

/// Product numbers are below 2^30 and release numbers below 2^31, so that a key is positive.
pub(super) fn encode_part_key(
    product: ProductId,
    part: ProductPart,
    release: ReleaseNumber,
) -> i64 {
    i64::from(product.0) << 33 | (part as i64) << 31 | (release.0.min(0x7fff_ffff) as i64)
}

fn decode_part_key(key: i64) -> (ProductId, i64, ReleaseNumber) {
    (ProductId((key >> 33) as u32), (key >> 31) & 3, ReleaseNumber((key & 0x7fff_ffff) as u64))
}

/// Reads the catalogue as it is at any release that is kept.
#[derive(Debug)]
pub struct StoreReader {
    pub(super) connection: Connection,
    pub(super) path: PathBuf,
}

impl StoreReader {
    pub(super) fn open_database(path: &Path) -> Result<Self, StoreError> {
        Ok(Self {
            connection: schema::open_connection(path, READER_CACHE_KIB)?,
            path: path.to_owned(),
        })
    }

    pub(super) fn database_error(&self, source: rusqlite::Error) -> StoreError {
        StoreError::Database { path: self.path.clone(), source }
    }

    /// Everything that `read` reads comes from one state of the database.
    ///
    /// # Errors
    /// Those of `read`, and when the database cannot be read.
    pub fn read_in_snapshot<T, E: From<StoreError>>(
        &self,
        read: impl FnOnce(&Self) -> Result<T, E>,
    ) -> Result<T, E> {
        self.connection.execute_batch("BEGIN").map_err(|e| self.database_error(e))?;
        let result = read(self);
        // Nothing was written, so there is nothing to lose if this fails.
        let _ = self.connection.execute_batch("ROLLBACK");
        result
    }

    /// The current release; nothing before the first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn load_current_release(&self) -> Result<Option<Release>, StoreError> {
        Ok(self.list_releases(1)?.pop())
    }

    /// The latest releases, newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn list_releases(&self, limit: u32) -> Result<Vec<Release>, StoreError> {
        let sql = "SELECT data FROM release ORDER BY number DESC LIMIT ?1";
        let rows: Vec<Vec<u8>> = self.query_list(sql, params![limit], |row| row.get(0))?;
        rows.iter().map(|data| parse_json("a release", data)).collect()
    }

    /// A release by its number.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn load_release(&self, number: ReleaseNumber) -> Result<Option<Release>, StoreError> {
        let sql = "SELECT data FROM release WHERE number = ?1";
        let data: Option<Vec<u8>> =
            self.query_one(sql, params![number.0 as i64], |row| row.get(0))?;
        data.map(|data| parse_json("a release", &data)).transpose()
    }

    /// The oldest release that is kept whole: from here on changes can be asked for and rolled
    /// back to.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn find_oldest_kept_release(&self) -> Result<ReleaseNumber, StoreError> {
        let number: Option<i64> = self
            .query_one("SELECT min(number) FROM release", params![], |row| row.get(0))
            .map(Option::flatten)?;
        Ok(ReleaseNumber(number.unwrap_or(0) as u64))
    }

    /// A product's number.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn find_product_id(&self, sku: &Sku) -> Result<Option<ProductId>, StoreError> {
        self.query_one("SELECT id FROM product WHERE sku = ?1", params![sku.as_str()], |row| {
            row.get(0).map(ProductId)
        })
    }

    /// Products of a GTIN.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn find_products_by_gtin(&self, gtin: Gtin) -> Result<Vec<ProductId>, StoreError> {
        let sql = "SELECT product FROM gtin WHERE gtin = ?1 ORDER BY product";
        self.query_list(sql, params![gtin.number() as i64], |row| row.get(0).map(ProductId))
    }

    /// The products that are linked to a SKU.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn list_linked_from(&self, target: &Sku) -> Result<Vec<ProductId>, StoreError> {
        let sql = "SELECT product FROM link_use WHERE target = ?1 ORDER BY product";
        self.query_list(sql, params![target.as_str()], |row| row.get(0).map(ProductId))
    }

    /// The variants of a model.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn list_variants(&self, model: ProductId) -> Result<Vec<ProductId>, StoreError> {
        let sql = "SELECT id FROM product WHERE parent = ?1 ORDER BY id";
        self.query_list(sql, params![model.0], |row| row.get(0).map(ProductId))
    }

    /// The products that others name as their model.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn list_models(&self) -> Result<Vec<ProductId>, StoreError> {
        let sql = "SELECT DISTINCT parent FROM product WHERE parent IS NOT NULL ORDER BY parent";
        self.query_list(sql, params![], |row| row.get(0).map(ProductId))
    }

    /// The model of a variant.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn find_model(&self, variant: ProductId) -> Result<Option<ProductId>, StoreError> {
        let sql = "SELECT parent FROM product WHERE id = ?1";
        let parent: Option<Option<u32>> =
            self.query_one(sql, params![variant.0], |row| row.get(0))?;
        Ok(parent.flatten().map(ProductId))
    }

    /// How many products there are, models and products that are not shown any more included.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn count_products(&self) -> Result<u64, StoreError> {
        let count: Option<i64> =
            self.query_one("SELECT count(*) FROM product", params![], |row| row.get(0))?;
        Ok(count.unwrap_or(0) as u64)
    }

    /// The numbers of products after the given one, in order.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn list_products_after(
        &self,
        after: Option<ProductId>,
        limit: u32,
    ) -> Result<Vec<ProductId>, StoreError> {
        let after = after.map_or(-1, |id| i64::from(id.0));
        let sql = "SELECT id FROM product WHERE id > ?1 ORDER BY id LIMIT ?2";
        self.query_list(sql, params![after, limit], |row| row.get(0).map(ProductId))
    }

    /// The highest number of a product; nothing when there is no product.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn find_last_product(&self) -> Result<Option<ProductId>, StoreError> {
        let id: Option<Option<u32>> =
            self.query_one("SELECT max(id) FROM product", params![], |row| row.get(0))?;
        Ok(id.flatten().map(ProductId))
    }

    /// Hands the SKU of each product of a range that a channel shows now to `each`, in the order of their numbers.
    ///
    /// # Errors
    /// When the database cannot be read or is damaged, or `each` says so.
    pub fn scan_shown_skus<E: From<StoreError>>(
        &self,
        feed: FeedNumber,
        range: RangeInclusive<ProductId>,
        mut each: impl FnMut(Sku) -> Result<(), E>,
    ) -> Result<(), E> {
        let sql = "SELECT p.id, p.sku, s.data FROM product p JOIN projection s ON s.product = p.id WHERE p.id BETWEEN ?1 AND ?2 ORDER BY p.id";
        let failed = |e| self.database_error(e);
        let mut statement = self.connection.prepare_cached(sql).map_err(failed)?;
        let keys = params![range.start().0, range.end().0];
        let mut rows = statement.query(keys).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            let id = ProductId(row.get(0).map_err(failed)?);
            let state: Vec<u8> = row.get(2).map_err(failed)?;
            let state = decode_projection_state(id, &state)?;
            if state.channels.iter().any(|mark| mark.channel == feed) {
                let sku: String = row.get(1).map_err(failed)?;
                each(parse_sku(id, &sku)?)?;
            }
        }
        Ok(())
    }

    /// A product as it is at a release; nothing when there was none of that number.
    ///
    /// # Errors
    /// When the database cannot be read or the product is damaged.
    pub fn load_product(
        &self,
        id: ProductId,
        release: ReleaseNumber,
    ) -> Result<Option<Product>, StoreError> {
        let Some(sku) = self.find_sku(id)? else { return Ok(None) };
        self.load_product_with_sku(id, sku, release)
    }

    /// The same of a product whose SKU is known: it is not read again.
    ///
    /// # Errors
    /// As of [`load_product`](Self::load_product).
    pub fn load_product_with_sku(
        &self,
        id: ProductId,
        sku: Sku,
        release: ReleaseNumber,
    ) -> Result<Option<Product>, StoreError> {
        let Some(mut product) = self.load_content_and_commerce(id, sku, release)? else {
            return Ok(None);
        };
        product.reviews = self.load_reviews(id, release)?;
        Ok(Some(product))
    }

    /// The same without its reviews: all that projections need.
    ///
    /// # Errors
    /// When the database cannot be read or the product is damaged.
    pub fn load_product_without_reviews(
        &self,
        id: ProductId,
        release: ReleaseNumber,
    ) -> Result<Option<Product>, StoreError> {
        let Some(sku) = self.find_sku(id)? else { return Ok(None) };
        self.load_content_and_commerce(id, sku, release)
    }

    fn find_sku(&self, id: ProductId) -> Result<Option<Sku>, StoreError> {
        let sql = "SELECT sku FROM product WHERE id = ?1";
        let sku: Option<String> = self.query_one(sql, params![id.0], |row| row.get(0))?;
        sku.map(|sku| parse_sku(id, &sku)).transpose()
    }

    fn load_content_and_commerce(
        &self,
        id: ProductId,
        sku: Sku,
        release: ReleaseNumber,
    ) -> Result<Option<Product>, StoreError> {
        let content = self.load_part(id, ProductPart::Content, release)?;
        let commerce = self.load_part(id, ProductPart::Commerce, release)?;
        if content.is_none() && commerce.is_none() {
            return Ok(None);
        }
        let mut product = Product::new(sku);
        if let Some(data) = content {
            product.content = decode_content(&data)?;
        }
        if let Some(data) = commerce {
            product.commerce = decode_compressed("a product's prices and stock", &data)?;
        }
        Ok(Some(product))
    }

    /// A part's bytes at a release.
    pub(super) fn load_part(
        &self,
        id: ProductId,
        part: ProductPart,
        release: ReleaseNumber,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let sql = "SELECT data FROM part WHERE key BETWEEN ?1 AND ?2 ORDER BY key DESC LIMIT 1";
        let keys = params![
            encode_part_key(id, part, ReleaseNumber::BEFORE_FIRST),
            encode_part_key(id, part, release)
        ];
        let data: Option<Option<Vec<u8>>> = self.query_one(sql, keys, |row| row.get(0))?;
        Ok(data.flatten())
    }

    /// Whether a release wrote a version of a product.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn is_changed_in(&self, id: ProductId, release: ReleaseNumber) -> Result<bool, StoreError> {
        self.is_changed_between(id, [release.go_back(1), release])
    }

    /// Whether a release after the first of the two, up to the second, wrote a version of a product.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn is_changed_between(
        &self,
        id: ProductId,
        [since, until]: [ReleaseNumber; 2],
    ) -> Result<bool, StoreError> {
        let sql = "SELECT 1 FROM part WHERE key > ?1 AND key <= ?2 LIMIT 1";
        for part in ProductPart::ALL {
            let keys = [since, until].map(|release| encode_part_key(id, part, release));
            if self.query_one(sql, keys, |_| Ok(()))?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether a product is the same at two releases.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn is_same_at(
        &self,
        id: ProductId,
        [one, other]: [ReleaseNumber; 2],
    ) -> Result<bool, StoreError> {
        for part in ProductPart::ALL {
            if self.load_part(id, part, one)? != self.load_part(id, part, other)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// What is kept of a product's projections now.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn load_projection_state(&self, id: ProductId) -> Result<ProjectionState, StoreError> {
        let sql = "SELECT data FROM projection WHERE product = ?1";
        let data: Option<Vec<u8>> = self.query_one(sql, params![id.0], |row| row.get(0))?;
        match data {
            None => Ok(ProjectionState::default()),
            Some(data) => decode_projection_state(id, &data),
        }
    }

    /// The products whose projections may change by themselves up to and including the moment.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn list_due_products(&self, until: Moment) -> Result<Vec<ProductId>, StoreError> {
        let sql = "SELECT product FROM projection WHERE next_boundary <= ?1 ORDER BY product";
        self.query_list(sql, params![until.0], |row| row.get(0).map(ProductId))
    }

    /// The products whose projections will change by themselves.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn list_products_with_windows(&self) -> Result<Vec<ProductId>, StoreError> {
        let sql = "SELECT product FROM projection WHERE next_boundary IS NOT NULL ORDER BY product";
        self.query_list(sql, params![], |row| row.get(0).map(ProductId))
    }

    /// The next moment when a projection may change by itself.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn find_next_boundary(&self) -> Result<Option<Moment>, StoreError> {
        let sql = "SELECT min(next_boundary) FROM projection WHERE next_boundary IS NOT NULL";
        let next: Option<Option<i64>> = self.query_one(sql, params![], |row| row.get(0))?;
        Ok(next.flatten().map(Moment))
    }

    /// The number under which a channel's changes are logged; nothing before its first release.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn find_channel_id(&self, code: &str) -> Result<Option<FeedNumber>, StoreError> {
        self.query_one("SELECT id FROM channel WHERE code = ?1", params![code], |row| {
            row.get(0).map(FeedNumber)
        })
    }

    /// The products that changed for a channel or search in releases after `since` up to `until`, each once.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn list_changed_products(
        &self,
        feed: FeedNumber,
        since: ReleaseNumber,
        until: ReleaseNumber,
    ) -> Result<Vec<ProductId>, StoreError> {
        let sql = "SELECT DISTINCT product FROM change WHERE channel = ?1 AND release > ?2 AND release <= ?3 ORDER BY product";
        self.query_list(sql, params![feed.0, since.0 as i64, until.0 as i64], |row| {
            row.get(0).map(ProductId)
        })
    }

    /// The latest receipts, newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn list_receipts(&self, limit: u32) -> Result<Vec<Receipt>, StoreError> {
        let sql = "SELECT receipt FROM dropped ORDER BY id DESC LIMIT ?1";
        let rows: Vec<Vec<u8>> = self.query_list(sql, params![limit], |row| row.get(0))?;
        rows.iter().map(|data| decompress_json("a receipt", data)).collect()
    }

    /// A drop's receipt.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn load_receipt(&self, drop: DropId) -> Result<Option<Receipt>, StoreError> {
        let sql = "SELECT receipt FROM dropped WHERE id = ?1";
        let data: Option<Vec<u8>> = self.query_one(sql, params![drop.0], |row| row.get(0))?;
        data.map(|data| decompress_json("a receipt", &data)).transpose()
    }

    /// A product's reviews as they are at a release.
    ///
    /// # Errors
    /// When the database cannot be read or the reviews are damaged.
    pub fn load_reviews(
        &self,
        id: ProductId,
        release: ReleaseNumber,
    ) -> Result<Vec<ProductReview>, StoreError> {
        match self.load_part(id, ProductPart::Reviews, release)? {
            Some(data) => decode_compressed("a product's reviews", &data),
            None => Ok(Vec::new()),
        }
    }

    /// Which release each device of a channel says it shows, and when it reported that.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn list_device_acks(
        &self,
        channel: &str,
    ) -> Result<Vec<(String, ReleaseNumber, Moment)>, StoreError> {
        let sql = "SELECT device, release, at FROM ack WHERE channel = ?1 ORDER BY device";
        self.query_list(sql, params![channel], |row| {
            Ok((row.get(0)?, ReleaseNumber(row.get::<_, i64>(1)? as u64), Moment(row.get(2)?)))
        })
    }

    /// What SQLite finds wrong with the database file; nothing when it is sound.
    ///
    /// # Errors
    /// When the database cannot be read at all.
    pub fn check_integrity(&self) -> Result<Vec<String>, StoreError> {
        let found: Vec<String> =
            self.query_list("PRAGMA quick_check(20)", params![], |row| row.get(0))?;
        Ok(found.into_iter().filter(|line| line != "ok").collect())
    }

    /// A setting that the program keeps for itself.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn load_setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        self.query_one("SELECT value FROM setting WHERE name = ?1", params![name], |row| row.get(0))
    }

    /// On how many products each plugin fails.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn count_stale_products(&self) -> Result<BTreeMap<String, u64>, StoreError> {
        let sql = "SELECT plugin, COUNT(*) FROM stale GROUP BY plugin";
        let rows: Vec<(String, i64)> =
            self.query_list(sql, params![], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.into_iter().map(|(plugin, count)| (plugin, count.unsigned_abs())).collect())
    }

    /// The first products that a plugin fails on.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn list_stale_products(
        &self,
        plugin: &str,
        limit: u32,
    ) -> Result<Vec<ProductId>, StoreError> {
        self.query_list(
            "SELECT product FROM stale WHERE plugin = ?1 ORDER BY product LIMIT ?2",
            params![plugin, limit],
            |row| Ok(ProductId(row.get(0)?)),
        )
    }

    /// Reads the products of a release in their order, without their reviews, and hands each to `each`.
    ///
    /// # Errors
    /// When the database cannot be read, a product is damaged, or `each` says so.
    pub fn scan_products<E: From<StoreError>>(
        &self,
        release: ReleaseNumber,
        mut each: impl FnMut(ProductId, Product) -> Result<(), E>,
    ) -> Result<(), E> {
        let sql = "SELECT p.id, p.sku, t.key, t.data FROM product p JOIN part t ON t.key BETWEEN (p.id << 33) AND (p.id << 33) + (1 << 32) - 1 ORDER BY p.id, t.key";
        let failed = |e| self.database_error(e);
        let mut statement = self.connection.prepare_cached(sql).map_err(failed)?;
        let mut rows = statement.query([]).map_err(failed)?;
        let mut at: Option<ScannedProduct> = None;
        let mut finish = |(id, sku, parts): ScannedProduct| -> Result<(), E> {
            let [content, commerce] = parts;
            if content.is_none() && commerce.is_none() {
                return Ok(());
            }
            let mut product = Product::new(sku);
            if let Some(data) = content {
                product.content = decode_content(&data)?;
            }
            if let Some(data) = commerce {
                product.commerce = decode_compressed("a product's prices and stock", &data)?;
            }
            each(id, product)
        };
        while let Some(row) = rows.next().map_err(failed)? {
            let (id, part, version) = decode_part_key(row.get(2).map_err(failed)?);
            if at.as_ref().is_none_or(|(known, ..)| *known != id) {
                let sku: String = row.get(1).map_err(failed)?;
                let sku = parse_sku(id, &sku)?;
                if let Some(done) = at.replace((id, sku, [None, None])) {
                    finish(done)?;
                }
            }
            if let Some((.., parts)) = &mut at
                && version <= release
                && let Some(slot) = parts.get_mut(part as usize)
            {
                *slot = row.get(3).map_err(failed)?;
            }
        }
        match at {
            Some(done) => finish(done),
            None => Ok(()),
        }
    }

    pub(super) fn query_one<T>(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
        map: impl FnOnce(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, StoreError> {
        let query = || self.connection.prepare_cached(sql)?.query_row(params, map).optional();
        query().map_err(|e| self.database_error(e))
    }

    pub(super) fn query_list<T>(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
        map: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StoreError> {
        let query = || self.connection.prepare_cached(sql)?.query_map(params, map)?.collect();
        let list: rusqlite::Result<Vec<T>> = query();
        list.map_err(|e| self.database_error(e))
    }
}

/// A product that is being scanned: its content and commerce, as far as they were met.
type ScannedProduct = (ProductId, Sku, [Option<Vec<u8>>; 2]);

fn decode_projection_state(id: ProductId, data: &[u8]) -> Result<ProjectionState, StoreError> {
    postcard::from_bytes(data).map_err(|e| StoreError::Damaged {
        what: format!("the projection of product {}", id.0),
        why: e.to_string(),
    })
}

fn parse_sku(id: ProductId, sku: &str) -> Result<Sku, StoreError> {
    let damaged = |e: CodeError| StoreError::Damaged {
        what: format!("product {}", id.0),
        why: e.to_string(),
    };
    Sku::new(sku).map_err(damaged)
}

fn parse_json<T: serde::de::DeserializeOwned>(what: &str, json: &[u8]) -> Result<T, StoreError> {
    serde_json::from_slice(json)
        .map_err(|e| StoreError::Damaged { what: what.to_owned(), why: e.to_string() })
}

pub(super) fn decompress_json<T: serde::de::DeserializeOwned>(
    what: &str,
    data: &[u8],
) -> Result<T, StoreError> {
    let json = lz4_flex::decompress_size_prepended(data)
        .map_err(|e| StoreError::Damaged { what: what.to_owned(), why: e.to_string() })?;
    parse_json(what, &json)
}
