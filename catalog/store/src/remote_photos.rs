//! Pictures that products name by URL: what came of asking for them, and when to ask again.

use rusqlite::params;
use serde::{Deserialize, Serialize};

use super::read::StoreReader;
use super::{StoreError, StoreWriter};
use rikaste_model::moment::Moment;
use rikaste_model::words::{DiagnosticMessage, LocalizedText};

/// What a server says of a picture's version, to ask later whether it is still that one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemotePhotoVersion {
    /// Its entity tag, with the quotes.
    pub etag: Option<String>,
    /// When it last changed, as the server writes it.
    pub last_modified: Option<String>,
}

/// What is known of a picture that products name by URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemotePhoto {
    /// Its URL.
    pub url: String,
    /// The version that is in the asset store, if it was fetched.
    pub version: Option<RemotePhotoVersion>,
    /// When it is requested again.
    pub fetch_at: Moment,
    /// How many times in a row it could not be had.
    pub failures: u32,
    /// Why not.
    pub failure_reason: Option<DiagnosticMessage>,
}

impl RemotePhoto {
    /// When a picture is asked for that may not be.
    pub const NEVER: Moment = Moment(i64::MAX);

    /// One that was not requested yet.
    #[must_use]
    pub fn new(url: impl Into<String>, fetch_at: Moment) -> Self {
        Self { url: url.into(), version: None, fetch_at, failures: 0, failure_reason: None }
    }
}

/// Words as they are written down, with their English text for a program that does not have them.
#[derive(Serialize, Deserialize)]
struct StoredReason {
    text: String,
    words: LocalizedText,
}

impl StoredReason {
    fn encode_message(message: &DiagnosticMessage) -> String {
        let text = message.to_string();
        match message.localized_text() {
            Some(words) => {
                let why = Self { text, words: words.clone() };
                serde_json::to_string(&why).expect("words are JSON")
            }
            None => text,
        }
    }

    /// An older program wrote the text alone.
    fn decode_message(written: String) -> DiagnosticMessage {
        match serde_json::from_str(&written) {
            Ok(Self { text, words }) => DiagnosticMessage::from_stored(text, Some(words)),
            Err(_) => DiagnosticMessage::Plain(written),
        }
    }
}

const COLUMNS: &str = "url, etag, last_modified, fetched, ask_at, failures, why";

fn decode_remote_photo_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<RemotePhoto> {
    let version = RemotePhotoVersion { etag: row.get(1)?, last_modified: row.get(2)? };
    Ok(RemotePhoto {
        url: row.get(0)?,
        version: row.get::<_, bool>(3)?.then_some(version),
        fetch_at: Moment(row.get(4)?),
        failures: row.get(5)?,
        failure_reason: row.get::<_, Option<String>>(6)?.map(StoredReason::decode_message),
    })
}

impl StoreReader {
    /// What is known of the picture at a URL.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn load_remote_photo(&self, url: &str) -> Result<Option<RemotePhoto>, StoreError> {
        self.query_one(
            &format!("SELECT {COLUMNS} FROM picture WHERE url = ?1"),
            params![url],
            decode_remote_photo_row,
        )
    }

    /// At most so many pictures that are due, those first that wait the longest.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn list_due_remote_photos(
        &self,
        now: Moment,
        limit: u32,
    ) -> Result<Vec<RemotePhoto>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM picture WHERE ask_at <= ?1 ORDER BY ask_at, url LIMIT ?2"
        );
        self.query_list(&sql, params![now.0, limit], decode_remote_photo_row)
    }

    /// When the next picture is due.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn find_next_fetch_time(&self) -> Result<Option<Moment>, StoreError> {
        let sql = "SELECT min(ask_at) FROM picture";
        let next: Option<Option<i64>> = self.query_one(sql, params![], |row| row.get(0))?;
        Ok(next.flatten().map(Moment).filter(|next| *next != RemotePhoto::NEVER))
    }

    /// At most so many pictures that could not be had when they were asked for last, by URL.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn list_failing_remote_photos(&self, limit: u32) -> Result<Vec<RemotePhoto>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM picture WHERE failures > 0 ORDER BY url LIMIT ?1");
        self.query_list(&sql, params![limit], decode_remote_photo_row)
    }
}

impl StoreWriter {
    /// Keeps what is known of a picture.
    ///
    /// # Errors
    /// When the database fails.
    pub fn store_remote_photo(&mut self, picture: &RemotePhoto) -> Result<(), StoreError> {
        let version = picture.version.as_ref();
        self.execute_statement(
            "INSERT OR REPLACE INTO picture (url, etag, last_modified, fetched, ask_at, failures, why)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                picture.url,
                version.and_then(|version| version.etag.as_deref()),
                version.and_then(|version| version.last_modified.as_deref()),
                version.is_some(),
                picture.fetch_at.0,
                picture.failures,
                picture.failure_reason.as_ref().map(StoredReason::encode_message),
            ],
        )
    }

    /// Forgets a picture that nobody names any more.
    ///
    /// # Errors
    /// When the database fails.
    pub fn delete_remote_photo(&mut self, url: &str) -> Result<(), StoreError> {
        self.execute_statement("DELETE FROM picture WHERE url = ?1", params![url])
    }
}
