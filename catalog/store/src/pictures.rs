//! Pictures that products name by URL: what came of asking for them, and when to ask again.

use rusqlite::params;
use serde::{Deserialize, Serialize};

use super::read::Reader;
use super::{StoreError, Writer};
use rikaste_model::moment::Moment;
use rikaste_model::words::{Message, Words};

/// What a server says of a picture's version, to ask later whether it is still that one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// Its entity tag, with the quotes.
    pub etag: Option<String>,
    /// When it last changed, as the server writes it.
    pub last_modified: Option<String>,
}

/// What is known of a picture that products name by URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its URL.
    pub url: String,
    /// The version that is in the asset store, if it was fetched.
    pub version: Option<Version>,
    /// When it is asked for again.
    pub ask_at: Moment,
    /// How many times in a row it could not be had.
    pub failures: u32,
    /// Why not.
    pub why: Option<Message>,
}

impl Picture {
    /// When a picture is asked for that may not be.
    pub const NEVER: Moment = Moment(i64::MAX);

    /// One that nobody asked for yet.
    #[must_use]
    pub fn new(url: impl Into<String>, ask_at: Moment) -> Self {
        Self { url: url.into(), version: None, ask_at, failures: 0, why: None }
    }
}

/// Words as they are written down, with their English text for a program that does not have them.
#[derive(Serialize, Deserialize)]
struct Why {
    text: String,
    words: Words,
}

impl Why {
    fn written(message: &Message) -> String {
        let text = message.to_string();
        match message.words() {
            Some(words) => {
                let why = Self { text, words: words.clone() };
                serde_json::to_string(&why).expect("words are JSON")
            }
            None => text,
        }
    }

    /// An older program wrote the text alone.
    fn read(written: String) -> Message {
        match serde_json::from_str(&written) {
            Ok(Self { text, words }) => Message::kept(text, Some(words)),
            Err(_) => Message::Plain(written),
        }
    }
}

const COLUMNS: &str = "url, etag, last_modified, fetched, ask_at, failures, why";

fn picture(row: &rusqlite::Row<'_>) -> rusqlite::Result<Picture> {
    let version = Version { etag: row.get(1)?, last_modified: row.get(2)? };
    Ok(Picture {
        url: row.get(0)?,
        version: row.get::<_, bool>(3)?.then_some(version),
        ask_at: Moment(row.get(4)?),
        failures: row.get(5)?,
        why: row.get::<_, Option<String>>(6)?.map(Why::read),
    })
}

impl Reader {
    /// What is known of the picture at a URL.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn picture(&self, url: &str) -> Result<Option<Picture>, StoreError> {
        self.one(&format!("SELECT {COLUMNS} FROM picture WHERE url = ?1"), params![url], picture)
    }

    /// At most so many pictures that are to be asked for, those first that wait the longest.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn pictures_due(&self, now: Moment, limit: u32) -> Result<Vec<Picture>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM picture WHERE ask_at <= ?1 ORDER BY ask_at, url LIMIT ?2"
        );
        self.list(&sql, params![now.0, limit], picture)
    }

    /// When the next picture is to be asked for.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn next_picture(&self) -> Result<Option<Moment>, StoreError> {
        let sql = "SELECT min(ask_at) FROM picture";
        let next: Option<Option<i64>> = self.one(sql, params![], |row| row.get(0))?;
        Ok(next.flatten().map(Moment).filter(|next| *next != Picture::NEVER))
    }

    /// At most so many pictures that could not be had when they were asked for last, by URL.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn pictures_failing(&self, limit: u32) -> Result<Vec<Picture>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM picture WHERE failures > 0 ORDER BY url LIMIT ?1");
        self.list(&sql, params![limit], picture)
    }
}

impl Writer {
    /// Keeps what is known of a picture.
    ///
    /// # Errors
    /// When the database fails.
    pub fn put_picture(&mut self, picture: &Picture) -> Result<(), StoreError> {
        let version = picture.version.as_ref();
        self.run(
            "INSERT OR REPLACE INTO picture (url, etag, last_modified, fetched, ask_at, failures, why)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                picture.url,
                version.and_then(|version| version.etag.as_deref()),
                version.and_then(|version| version.last_modified.as_deref()),
                version.is_some(),
                picture.ask_at.0,
                picture.failures,
                picture.why.as_ref().map(Why::written),
            ],
        )
    }

    /// Forgets a picture that nobody names any more.
    ///
    /// # Errors
    /// When the database fails.
    pub fn forget_picture(&mut self, url: &str) -> Result<(), StoreError> {
        self.run("DELETE FROM picture WHERE url = ?1", params![url])
    }
}
