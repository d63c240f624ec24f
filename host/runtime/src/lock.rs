//! `plugins.lock`: which plugins run. A file in `plugins/` does nothing until it is enabled, and what
//! is enabled is one file's bytes, by their hash: whoever changes the file changes nothing that
//! runs.
//!
//! The commands `rikaste plugin enable`, `disable` and `rollback` write it, a running shop follows it, and
//! it belongs with the shop's configuration into version control.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rikaste_model::code::PluginName;
use rikaste_model::product::ContentHash;
use serde::{Deserialize, Serialize};

/// What a shop's operator decided, plugin by plugin. A bundled plugin that is not in it runs.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PluginLock {
    /// The plugins' entries, by name.
    pub plugins: BTreeMap<PluginName, LockEntry>,
}

/// What was decided about one plugin.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LockEntry {
    /// It does not run, neither this one nor a bundled one of its name.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub disabled: bool,
    /// What runs; nothing: the bundled one, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub runs: Option<PluginVersion>,
    /// What ran before, and comes back with a rollback.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<PreviousVersion>,
    /// Versions that did not do, the latest last.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub refused: Vec<RejectedVersion>,
}

/// One version of a plugin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PluginVersion {
    /// Its version, for people.
    pub version: String,
    /// The hash of its file (BLAKE3, hexadecimal).
    #[serde(with = "hex")]
    pub digest: ContentHash,
}

/// What ran before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", untagged)]
pub enum PreviousVersion {
    /// Another file.
    File(PluginVersion),
    /// The one that comes with the program.
    Bundled {
        /// True.
        bundled: bool,
    },
}

/// A version that was tried and withdrawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RejectedVersion {
    /// Its version.
    pub version: String,
    /// The hash of its file.
    #[serde(with = "hex")]
    pub digest: ContentHash,
    /// When, in the shop's time.
    pub at: String,
    /// Why it was refused, for people.
    pub reason: String,
}

/// Refusals that are kept of each plugin.
const MAX_REJECTIONS: usize = 5;

const HEADER: &str = "\
# Which plugins run. `rikaste plugin enable`, `disable` and `rollback` write this file.
# Keep it with the shop's configuration.
";

/// Why the lock file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// It cannot be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// The error of the file system.
        source: io::Error,
    },
    /// It is not of the right form.
    #[error("{}: {source}; put back the version before, or remove the file and enable the plugins again", path.display())]
    Toml {
        /// The file.
        path: PathBuf,
        /// Where and why.
        source: Box<toml::de::Error>,
    },
}

impl PluginLock {
    /// Reads it; a shop that has none runs what is bundled.
    ///
    /// # Errors
    /// When it is there and cannot be read.
    pub fn load_file(path: &Path) -> Result<Self, LockError> {
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(source) => return Err(LockError::File { path: path.to_owned(), source }),
        };
        toml::from_str(&text)
            .map_err(|error| LockError::Toml { path: path.to_owned(), source: Box::new(error) })
    }

    /// Changes it, while nobody else does. It is replaced whole, so that whoever reads it never sees half.
    ///
    /// # Errors
    /// When it cannot be read or written.
    pub fn update_file<T>(
        path: &Path,
        change: impl FnOnce(&mut Self) -> T,
    ) -> Result<T, LockError> {
        let failed = |source| LockError::File { path: path.to_owned(), source };
        let folder = path.parent().unwrap_or(Path::new("."));
        let guard = folder.join(".rikaste").join("plugins.guard");
        fs::create_dir_all(guard.parent().unwrap_or(folder)).map_err(failed)?;
        let guard = File::create(guard).map_err(failed)?;
        guard.lock().map_err(failed)?;
        let mut lock = Self::load_file(path)?;
        let before = lock.clone();
        let output = change(&mut lock);
        if lock != before {
            lock.plugins.retain(|_, entry| *entry != LockEntry::default());
            let text =
                toml::to_string_pretty(&lock).map_err(|error| failed(io::Error::other(error)))?;
            let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
            file.write_all(format!("{HEADER}\n{text}").as_bytes()).map_err(failed)?;
            file.as_file().sync_all().map_err(failed)?;
            file.persist(path).map_err(|error| failed(error.error))?;
        }
        Ok(output)
    }

    /// What was decided about a plugin.
    #[must_use]
    pub fn find_entry(&self, name: &PluginName) -> Option<&LockEntry> {
        self.plugins.get(name)
    }

    /// Has this version run from now on.
    pub fn enable_version(&mut self, name: &PluginName, pin: PluginVersion, is_bundled: bool) {
        let entry = self.plugins.entry(name.clone()).or_default();
        entry.refused.retain(|refusal| refusal.digest != pin.digest);
        if entry.runs.as_ref() != Some(&pin) {
            entry.before = match entry.runs.take() {
                Some(before) => Some(PreviousVersion::File(before)),
                None => is_bundled.then_some(PreviousVersion::Bundled { bundled: true }),
            };
        }
        entry.runs = Some(pin);
        entry.disabled = false;
    }

    /// Has the plugin not run from now on.
    pub fn disable_plugin(&mut self, name: &PluginName) {
        self.plugins.entry(name.clone()).or_default().disabled = true;
    }

    /// Has a plugin run again that was disabled.
    pub fn resume_plugin(&mut self, name: &PluginName) {
        if let Some(entry) = self.plugins.get_mut(name) {
            entry.disabled = false;
        }
    }

    /// Has run what ran before, and keeps why. The answer is what runs then; nothing when there is
    /// nothing to go back to.
    pub fn roll_back(
        &mut self,
        name: &PluginName,
        at: String,
        reason: String,
    ) -> Option<PreviousVersion> {
        let entry = self.plugins.get_mut(name)?;
        let before = entry.before.take()?;
        let runs = match &before {
            PreviousVersion::File(pin) => Some(pin.clone()),
            PreviousVersion::Bundled { .. } => None,
        };
        if let Some(pin) = std::mem::replace(&mut entry.runs, runs) {
            entry.record_rejection(pin, at, reason);
        }
        Some(before)
    }

    /// Takes back a plugin that never ran well and has nothing to go back to.
    pub fn reject_version(&mut self, name: &PluginName, at: String, reason: String) {
        if self.roll_back(name, at.clone(), reason.clone()).is_some() {
            return;
        }
        let Some(entry) = self.plugins.get_mut(name) else { return };
        if let Some(pin) = entry.runs.take() {
            entry.record_rejection(pin, at, reason);
        }
    }
}

impl LockEntry {
    /// Keeps that a version did not do, and of the earlier ones the latest.
    fn record_rejection(
        &mut self,
        PluginVersion { version, digest }: PluginVersion,
        at: String,
        reason: String,
    ) {
        self.refused.push(RejectedVersion { version, digest, at, reason });
        let surplus = self.refused.len().saturating_sub(MAX_REJECTIONS);
        self.refused.drain(..surplus);
    }
}

mod hex {
    use rikaste_model::product::ContentHash;
    use serde::{Deserialize, Deserializer, Serializer, de};

    pub fn serialize<S: Serializer>(hash: &ContentHash, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(hash)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<ContentHash, D::Error> {
        let text = String::deserialize(deserializer)?;
        ContentHash::from_hex(&text).ok_or_else(|| {
            de::Error::custom(format!("{text:?} is not a hash of 64 hexadecimal digits"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    fn name(name: &str) -> PluginName {
        PluginName::new(name).expect("valid")
    }

    fn pin(version: &str) -> PluginVersion {
        PluginVersion {
            version: version.to_owned(),
            digest: ContentHash([version.as_bytes()[0]; 32]),
        }
    }

    #[test]
    fn what_is_decided_is_written_and_read_back() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("plugins.lock");
        PluginLock::update_file(&path, |lock| {
            lock.enable_version(&name("colour"), pin("1.0.0"), false);
            lock.enable_version(&name("colour"), pin("2.0.0"), false);
            lock.roll_back(&name("colour"), "2026-11-21 08:00".to_owned(), "it fails".to_owned());
            lock.enable_version(&name("care"), pin("3.0.0"), true);
            lock.disable_plugin(&name("images"));
        })
        .expect("written");
        let text = fs::read_to_string(&path).expect("there");
        expect![[r#"
            # Which plugins run. `rikaste plugin enable`, `disable` and `rollback` write this file.
            # Keep it with the shop's configuration.

            [care.runs]
            version = "3.0.0"
            digest = "3333333333333333333333333333333333333333333333333333333333333333"

            [care.before]
            bundled = true

            [colour.runs]
            version = "1.0.0"
            digest = "3131313131313131313131313131313131313131313131313131313131313131"

            [[colour.refused]]
            version = "2.0.0"
            digest = "3232323232323232323232323232323232323232323232323232323232323232"
            at = "2026-11-21 08:00"
            reason = "it fails"

            [images]
            disabled = true
        "#]]
        .assert_eq(&text);
        let again = PluginLock::load_file(&path).expect("read");
        let rolled = PluginLock::update_file(&path, |lock| {
            assert_eq!(*lock, again);
            lock.roll_back(&name("care"), String::new(), "no".to_owned())
        });
        assert_eq!(rolled.expect("written"), Some(PreviousVersion::Bundled { bundled: true }));
        assert_eq!(PluginLock::load_file(&path).expect("read").plugins[&name("care")].runs, None);
    }

    #[test]
    fn there_is_nothing_to_go_back_to_before_the_first() {
        let mut lock = PluginLock::default();
        lock.enable_version(&name("colour"), pin("1.0.0"), false);
        assert_eq!(lock.roll_back(&name("colour"), String::new(), String::new()), None);
        assert_eq!(lock.plugins[&name("colour")].runs, Some(pin("1.0.0")));
        lock.reject_version(&name("colour"), String::new(), "bad".to_owned());
        assert_eq!(lock.plugins[&name("colour")].runs, None);
        assert_eq!(lock.plugins[&name("colour")].refused.len(), 1);
    }

    #[test]
    fn the_latest_refusals_are_kept_whether_or_not_there_was_one_before() {
        let mut lock = PluginLock::default();
        for at in 1..=9 {
            lock.enable_version(&name("colour"), pin(&format!("{at}.0.0")), false);
            lock.reject_version(&name("colour"), String::new(), "bad".to_owned());
        }
        let refused = lock.plugins[&name("colour")].refused.iter();
        let versions: Vec<_> = refused.map(|refusal| refusal.version.as_str()).collect();
        assert_eq!(versions, ["5.0.0", "6.0.0", "7.0.0", "8.0.0", "9.0.0"]);
    }
}
