//! The file of tokens with names: `.rikaste/tokens.toml`. It holds hashes, from which no token can be made.

use std::fmt;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use rikaste_model::code::ChannelCode;
use rikaste_model::moment::Moment;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What a token opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccessScope {
    /// Reading all that is not public: private channels, explanations, receipts, photos.
    Read,
    /// Reading all, and changing the shop: answers to held files, edits, undo.
    Manage,
    /// Reading one private channel.
    Channel(ChannelCode),
}

/// A token, as far as the shop keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessToken {
    /// Whose it is, in the operator's words.
    pub name: String,
    /// What it opens.
    #[serde(rename = "for")]
    pub scopes: Vec<AccessScope>,
    /// The BLAKE3 hash of its text.
    #[serde(serialize_with = "write_digest", deserialize_with = "read_digest")]
    pub(super) digest: blake3::Hash,
    /// When it was made, as ISO 8601.
    #[serde(default)]
    pub created: String,
}

/// A token that was just made. Its text is not kept anywhere.
#[derive(Debug)]
pub struct NewToken {
    /// The text to hand out.
    pub text: String,
}

/// The tokens of a shop.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokenFile {
    /// The tokens, in the order in which they were made.
    #[serde(default, rename = "token")]
    pub tokens: Vec<AccessToken>,
}

/// Why the file of tokens cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TokenFileError {
    /// It cannot be read or written.
    #[error("the tokens in {} cannot be read or written: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The error of the file system.
        source: std::io::Error,
    },
    /// It is not valid.
    #[error("the tokens in {} cannot be read: {source}", path.display())]
    Toml {
        /// The file.
        path: PathBuf,
        /// Where and why.
        source: Box<toml::de::Error>,
    },
    /// There is a token of this name.
    #[error("there is a token \"{0}\" already; choose another name, or revoke it first")]
    NameTaken(String),
}

impl TokenFile {
    /// Reads the file; one that is not there has no tokens.
    ///
    /// # Errors
    /// When it cannot be read, or is not valid.
    pub fn load(path: &Path) -> Result<Self, TokenFileError> {
        match std::fs::read_to_string(path) {
            Ok(text) => toml::from_str(&text).map_err(|source| TokenFileError::Toml {
                path: path.to_owned(),
                source: Box::new(source),
            }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(source) => Err(TokenFileError::Io { path: path.to_owned(), source }),
        }
    }

    /// Puts the file in its place as a whole, readable by its owner only.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn save(&self, path: &Path) -> Result<(), TokenFileError> {
        let text = toml::to_string(self).expect("tokens are TOML");
        let failed = |source| TokenFileError::Io { path: path.to_owned(), source };
        let folder = path.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder).map_err(failed)?;
        // Made for its owner only, as temporary files are.
        let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
        file.write_all(text.as_bytes()).and_then(|()| file.as_file().sync_all()).map_err(failed)?;
        file.persist(path).map_err(|error| failed(error.error))?;
        Ok(())
    }

    /// Adds a token of this name.
    ///
    /// # Errors
    /// When there is one already.
    pub fn add_token(
        &mut self,
        name: &str,
        scopes: Vec<AccessScope>,
        now: Moment,
    ) -> Result<NewToken, TokenFileError> {
        if self.tokens.iter().any(|token| token.name == name) {
            return Err(TokenFileError::NameTaken(name.to_owned()));
        }
        let mut bytes = [0; 24];
        getrandom::fill(&mut bytes).map_err(|error| TokenFileError::Io {
            path: PathBuf::from("the random numbers of the system"),
            source: std::io::Error::other(error),
        })?;
        let text: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        self.tokens.push(AccessToken {
            name: name.to_owned(),
            scopes,
            digest: blake3::hash(text.as_bytes()),
            created: now.to_string(),
        });
        Ok(NewToken { text })
    }

    /// Removes the token of this name. False when there is none.
    pub fn remove_token(&mut self, name: &str) -> bool {
        let before = self.tokens.len();
        self.tokens.retain(|token| token.name != name);
        self.tokens.len() < before
    }
}

impl AccessToken {
    /// A token of a file that has a token a line; it opens everything.
    pub(super) fn from_plain(text: &str) -> Option<Self> {
        let text = text.trim();
        (!text.is_empty()).then(|| Self {
            name: "a line of the tokens file".to_owned(),
            scopes: vec![AccessScope::Manage],
            digest: blake3::hash(text.as_bytes()),
            created: String::new(),
        })
    }

    /// Whether it opens this; who may change the shop may read it.
    pub(super) fn has_scope(&self, wanted: &AccessScope) -> bool {
        self.scopes.iter().any(|scope| {
            scope == wanted || *scope == AccessScope::Manage && *wanted == AccessScope::Read
        })
    }

    /// Whether it opens a private channel.
    pub(super) fn can_read_channel(&self, channel: &str) -> bool {
        self.has_scope(&AccessScope::Read)
            || self.scopes.iter().any(
                |scope| matches!(scope, AccessScope::Channel(code) if code.as_str() == channel),
            )
    }
}

impl fmt::Display for AccessScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read => f.write_str("read"),
            Self::Manage => f.write_str("manage"),
            Self::Channel(code) => write!(f, "channel:{code}"),
        }
    }
}

impl FromStr for AccessScope {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "read" => Ok(Self::Read),
            "manage" => Ok(Self::Manage),
            _ => text
                .strip_prefix("channel:")
                .and_then(|code| ChannelCode::new(code).ok())
                .map(Self::Channel)
                .ok_or_else(|| {
                    format!("\"{text}\" is no scope; there are read, manage and channel:CODE")
                }),
        }
    }
}

impl Serialize for AccessScope {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for AccessScope {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

fn write_digest<S: Serializer>(digest: &blake3::Hash, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(digest.to_hex().as_str())
}

fn read_digest<'de, D: Deserializer<'de>>(deserializer: D) -> Result<blake3::Hash, D::Error> {
    let text = String::deserialize(deserializer)?;
    blake3::Hash::from_hex(text.as_bytes()).map_err(serde::de::Error::custom)
}
