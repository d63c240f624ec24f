//! Tables and settings.

use std::path::Path;

use rusqlite::Connection;

use super::StoreError;

/// The format of the database; a change that old programs cannot read raises it.
const FORMAT: i64 = 7;

const FORMAT_1_TABLES: &str = "
-- Everything that is named by a SKU: products, variants, models.
CREATE TABLE product (
    id     INTEGER PRIMARY KEY,
    sku    TEXT NOT NULL UNIQUE,
    parent INTEGER
);
CREATE INDEX product_parent ON product (parent) WHERE parent IS NOT NULL;

-- Versions of the parts of products; the key is drawn in store.rs. No data: not there any more.
CREATE TABLE part (
    key  INTEGER PRIMARY KEY,
    data BLOB
);

-- What is shown of each product now.
CREATE TABLE projection (
    product       INTEGER PRIMARY KEY,
    data          BLOB NOT NULL,
    next_boundary INTEGER
);
CREATE INDEX projection_boundary ON projection (next_boundary) WHERE next_boundary IS NOT NULL;

-- Which product changed for which channel (0: search) in which release.
CREATE TABLE change (
    channel INTEGER NOT NULL,
    release INTEGER NOT NULL,
    product INTEGER NOT NULL,
    PRIMARY KEY (channel, release, product)
) WITHOUT ROWID;

CREATE TABLE channel (
    id   INTEGER PRIMARY KEY CHECK (id > 0),
    code TEXT NOT NULL UNIQUE
);

CREATE TABLE release (
    number INTEGER PRIMARY KEY,
    data   BLOB NOT NULL
);

CREATE TABLE dropped (
    id       INTEGER PRIMARY KEY,
    kind     TEXT NOT NULL,
    file     TEXT NOT NULL,
    hash     BLOB NOT NULL,
    size     INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    -- The release that stood when it was done, made by it or not.
    stands_on INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    receipt  BLOB NOT NULL
);
CREATE INDEX dropped_file ON dropped (kind, file, id);

CREATE TABLE gtin (
    gtin    INTEGER NOT NULL,
    product INTEGER NOT NULL,
    PRIMARY KEY (gtin, product)
) WITHOUT ROWID;

-- Photos by the name they were dropped under, and what the name begins with.
CREATE TABLE asset (
    name TEXT PRIMARY KEY,
    stem TEXT NOT NULL,
    hash BLOB NOT NULL,
    size INTEGER NOT NULL,
    modified INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX asset_stem ON asset (stem);

-- Which products name a photo, whether it is there or not.
CREATE TABLE asset_use (
    name    TEXT NOT NULL,
    product INTEGER NOT NULL,
    PRIMARY KEY (name, product)
) WITHOUT ROWID;

-- Which release a device says it shows.
CREATE TABLE ack (
    channel TEXT NOT NULL,
    device  TEXT NOT NULL,
    release INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (channel, device)
) WITHOUT ROWID;

CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
";

/// What format 2 has on top of format 1.
const FORMAT_2_STALE_PRODUCTS: &str = "
-- Of an older store every product is looked at once more, which fills the new table.
DELETE FROM setting WHERE name = 'configuration';
-- Which products a plugin fails on: their values of it are those of its last success.
CREATE TABLE stale (
    plugin  TEXT NOT NULL,
    product INTEGER NOT NULL,
    PRIMARY KEY (plugin, product)
) WITHOUT ROWID;
CREATE INDEX stale_product ON stale (product);
";

/// What format 3 has on top of format 2.
const FORMAT_3_IMPORT_FINGERPRINTS: &str = "
-- By what a drop was read: attributes, mapping, importer. Of older drops nobody knows.
ALTER TABLE dropped ADD COLUMN read_by BLOB;
-- The drop whose age it has, when it was taken again.
ALTER TABLE dropped ADD COLUMN speaks_as INTEGER;
-- The range that it was all of, and whether it waits for somebody to say so.
ALTER TABLE dropped ADD COLUMN range TEXT;
ALTER TABLE dropped ADD COLUMN held INTEGER NOT NULL DEFAULT 0;

-- Of the last drop of each file, the SKUs of which there was no product.
CREATE TABLE missing (
    drop_id INTEGER NOT NULL,
    sku     TEXT NOT NULL,
    PRIMARY KEY (drop_id, sku)
) WITHOUT ROWID;
";

/// What format 4 has on top of format 3.
const FORMAT_4_PHOTO_METADATA: &str = "
-- What is known of a photo, if a plugin looked at it.
ALTER TABLE asset ADD COLUMN facts BLOB;
-- What a photo's name begins with that may be a SKU or GTIN of a product, there or yet to come.
CREATE TABLE asset_beginning (
    beginning TEXT NOT NULL,
    name      TEXT NOT NULL,
    PRIMARY KEY (beginning, name)
) WITHOUT ROWID;
INSERT INTO asset_beginning (beginning, name) SELECT stem, name FROM asset;
";

/// What format 5 has on top of format 4.
const FORMAT_5_REMOTE_PHOTOS: &str = "
DROP INDEX asset_stem;
ALTER TABLE asset DROP COLUMN stem;
CREATE INDEX asset_hash ON asset (hash);
CREATE INDEX asset_use_product ON asset_use (product);

-- Photos by the bands of their perceptual hashes.
CREATE TABLE asset_band (
    band INTEGER NOT NULL,
    hash INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (band, name)
) WITHOUT ROWID;
CREATE INDEX asset_band_name ON asset_band (name);
-- Every photo is looked at once more, which fills the new table.
UPDATE asset SET facts = NULL;
DELETE FROM setting WHERE name = 'configuration';

-- Pictures that products name by URL.
CREATE TABLE picture (
    url           TEXT PRIMARY KEY,
    etag          TEXT,
    last_modified TEXT,
    fetched       INTEGER NOT NULL,
    ask_at        INTEGER NOT NULL,
    failures      INTEGER NOT NULL,
    why           TEXT
) WITHOUT ROWID;
CREATE INDEX picture_ask ON picture (ask_at);
CREATE INDEX picture_failing ON picture (url) WHERE failures > 0;
";

/// What format 6 has on top of format 5.
const FORMAT_6_LINKS: &str = "
-- Which products are linked to a SKU, whether there is such a product or not.
CREATE TABLE link_use (
    target  TEXT NOT NULL,
    product INTEGER NOT NULL,
    PRIMARY KEY (target, product)
) WITHOUT ROWID;
CREATE INDEX link_use_product ON link_use (product);
-- Of an older store every product is looked at once more, which fills the new table.
DELETE FROM setting WHERE name = 'configuration';
";

/// What format 7 has on top of format 6.
const FORMAT_7_ANSWERS: &str = "
-- Whether somebody refused a drop that was held, and the release that took back what a drop said.
ALTER TABLE dropped ADD COLUMN refused INTEGER NOT NULL DEFAULT 0;
ALTER TABLE dropped ADD COLUMN undone INTEGER;
";

/// What makes each format of the one before.
const MIGRATIONS: [&str; FORMAT as usize] = [
    FORMAT_1_TABLES,
    FORMAT_2_STALE_PRODUCTS,
    FORMAT_3_IMPORT_FINGERPRINTS,
    FORMAT_4_PHOTO_METADATA,
    FORMAT_5_REMOTE_PHOTOS,
    FORMAT_6_LINKS,
    FORMAT_7_ANSWERS,
];

/// Makes the tables where there are none, and checks the format where there are.
pub(super) fn prepare_database(path: &Path) -> Result<(), StoreError> {
    let database = |source| StoreError::Database { path: path.to_owned(), source };
    let connection = Connection::open(path).map_err(database)?;
    // Product rows are 2–4 KB: larger pages hold them without overflow.
    connection.pragma_update(None, "page_size", 16_384).map_err(database)?;
    connection.pragma_update(None, "journal_mode", "WAL").map_err(database)?;
    let found: i64 =
        connection.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(database)?;
    if found == FORMAT {
        return Ok(());
    }
    let Some(steps) = usize::try_from(found).ok().and_then(|found| MIGRATIONS.get(found..)) else {
        return Err(StoreError::Newer { path: path.to_owned(), found, known: FORMAT });
    };
    let steps = steps.concat();
    let script = format!("BEGIN IMMEDIATE; {steps} PRAGMA user_version = {FORMAT}; COMMIT;");
    connection.execute_batch(&script).map_err(database)
}

/// A connection with the settings that every user of the store has.
pub(super) fn open_connection(path: &Path, cache_kib: i64) -> Result<Connection, StoreError> {
    let open = || {
        let connection = Connection::open(path)?;
        connection.busy_timeout(std::time::Duration::from_secs(10))?;
        // A release that a channel has read must not vanish in a power cut: every commit is synced.
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "cache_size", -cache_kib)?;
        // Checkpoints are the writer's, after a release is out.
        connection.pragma_update(None, "wal_autocheckpoint", 0)?;
        connection.set_prepared_statement_cache_capacity(64);
        Ok(connection)
    };
    open().map_err(|source| StoreError::Database { path: path.to_owned(), source })
}
