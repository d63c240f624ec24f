//! `plugins.toml`: what a shop says about its plugins, beside the configuration that each takes
//! itself (`plugins/NAME.toml`).
//!
//! ```toml
//! [wins]                       # which of two plugins that write an attribute counts
//! care = "my-care"
//!
//! [upgrade]
//! sample = 200                 # products that a new version is tried on before it runs
//! failures = 10                # percent of products that it may fail on
//! diff = "ask"                 # what `enable` does about changed values: ask, clean, none
//!
//! [plugin.my-care]
//! before = ["reviews"]         # runs before these, whatever it reads
//! steps = 1_000                # millions, for one product, or one photo
//! memory = 512                 # MiB of an instance
//! output = 16                  # MiB of one call
//! values = 1_000               # of one product
//! log_lines = 64               # of one call
//! seconds = 10                 # of one call
//! ```

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::time::Duration;

use rikaste_model::code::{AttributeCode, PluginName};
use rikaste_model::shop::{ConfigChecker, ConfigMistake, list_mistakes};
use serde::Deserialize;

use super::limits::{self, PluginLimits};
use super::manifest::World;

/// What a shop says about its plugins.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PluginSettings {
    /// The plugin whose values of an attribute count, where several write it.
    pub attribute_winners: BTreeMap<AttributeCode, PluginName>,
    /// How a new version comes in.
    pub upgrade: UpgradePolicy,
    plugins: BTreeMap<PluginName, PluginOverrides>,
}

/// How a new version of a plugin comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UpgradePolicy {
    /// Products that it is tried on before it runs.
    pub sample: usize,
    /// Percent of products that it may fail on; above, the version before comes back.
    pub failures: u64,
    /// What `enable` does about values that it changes.
    pub diff: DiffPolicy,
}

/// What `enable` does about values that a new version changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DiffPolicy {
    /// Shows them and asks; where nobody can answer, it refuses.
    Ask,
    /// Refuses.
    Clean,
    /// Nothing.
    None,
}

/// On what terms a plugin runs in a shop.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PluginPolicy {
    /// What it may use.
    pub limits: PluginLimits,
    /// Attributes that it writes and that another plugin wins.
    pub ceded_attributes: Vec<AttributeCode>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct PluginOverrides {
    limits: LimitOverrides,
    before: Vec<PluginName>,
}

/// What the shop says of a plugin's limits; the rest is as its world has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct LimitOverrides {
    steps: Option<u64>,
    memory: Option<usize>,
    output: Option<usize>,
    table_elements: Option<usize>,
    values: Option<usize>,
    log_lines: Option<usize>,
    time: Option<Duration>,
}

impl LimitOverrides {
    fn apply_to(self, default: PluginLimits) -> PluginLimits {
        PluginLimits {
            steps: self.steps.unwrap_or(default.steps),
            memory: self.memory.unwrap_or(default.memory),
            output: self.output.unwrap_or(default.output),
            table_elements: self.table_elements.unwrap_or(default.table_elements),
            values: self.values.unwrap_or(default.values),
            log_lines: self.log_lines.unwrap_or(default.log_lines),
            time: self.time.unwrap_or(default.time),
        }
    }
}

#[cfg(test)]
impl From<PluginLimits> for LimitOverrides {
    fn from(limits: PluginLimits) -> Self {
        Self {
            steps: Some(limits.steps),
            memory: Some(limits.memory),
            output: Some(limits.output),
            table_elements: Some(limits.table_elements),
            values: Some(limits.values),
            log_lines: Some(limits.log_lines),
            time: Some(limits.time),
        }
    }
}

/// Why the file does not count.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// It cannot be read, has another form than it should, or a number is out of range.
    #[error("{}", list_mistakes(.0))]
    Mistakes(Vec<ConfigMistake>),
}

impl Default for UpgradePolicy {
    fn default() -> Self {
        Self { sample: 200, failures: 10, diff: DiffPolicy::Ask }
    }
}

impl PluginSettings {
    /// Reads the file; a shop need not have it.
    ///
    /// # Errors
    /// When it is there and cannot be read, or says what cannot be.
    pub fn load_file(path: &Path) -> Result<Self, SettingsError> {
        let is_missing = |error: &io::Error| error.kind() == io::ErrorKind::NotFound;
        if fs::metadata(path).as_ref().is_err_and(is_missing) {
            return Ok(Self::default());
        }
        let file = ConfigChecker::read_file(path);
        let raw: RawSettings = file.read_form().unwrap_or_default();
        let mut plugins = BTreeMap::new();
        for (plugin, raw) in raw.plugin {
            let limits = raw.parse_limits().unwrap_or_else(|(key, reason)| {
                file.invalid_key(&format!("plugin.{plugin}.{key}"), reason);
                LimitOverrides::default()
            });
            plugins.insert(plugin, PluginOverrides { limits, before: raw.before });
        }
        let mistakes = file.into_mistakes();
        if !mistakes.is_empty() {
            return Err(SettingsError::Mistakes(mistakes));
        }
        Ok(Self { attribute_winners: raw.wins, upgrade: raw.upgrade.into(), plugins })
    }

    /// Settings that only say what plugins may use.
    #[cfg(test)]
    pub fn of(limits: impl IntoIterator<Item = (PluginName, PluginLimits)>) -> Self {
        let settings =
            |limits: PluginLimits| PluginOverrides { limits: limits.into(), before: Vec::new() };
        let plugins = limits.into_iter().map(|(name, limits)| (name, settings(limits))).collect();
        Self { plugins, ..Self::default() }
    }

    /// What a plugin may use that is for this.
    #[must_use]
    pub fn limits_for(&self, plugin: &PluginName, world: &World) -> PluginLimits {
        let default = match world {
            World::Enricher | World::Importer(_) => PluginLimits::DEFAULT,
            World::ImageProcessor(_) => PluginLimits::IMAGES,
        };
        self.plugins.get(plugin).map_or(default, |settings| settings.limits.apply_to(default))
    }

    /// Whether the first is to run before the second, whatever they read.
    #[must_use]
    pub fn is_ordered_before(&self, first: &PluginName, second: &PluginName) -> bool {
        self.plugins.get(first).is_some_and(|settings| settings.before.contains(second))
    }

    /// The plugins that are spoken of.
    pub fn mentioned_plugins(&self) -> impl Iterator<Item = &PluginName> {
        self.plugins.keys().chain(self.attribute_winners.values())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
struct RawSettings {
    wins: BTreeMap<AttributeCode, PluginName>,
    upgrade: RawUpgrade,
    plugin: BTreeMap<PluginName, RawPlugin>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawUpgrade {
    sample: usize,
    failures: u8,
    diff: DiffPolicy,
}

impl Default for RawUpgrade {
    fn default() -> Self {
        let UpgradePolicy { sample, diff, .. } = UpgradePolicy::default();
        Self { sample, failures: 10, diff }
    }
}

impl From<RawUpgrade> for UpgradePolicy {
    fn from(raw: RawUpgrade) -> Self {
        Self { sample: raw.sample, failures: u64::from(raw.failures.min(100)), diff: raw.diff }
    }
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct RawPlugin {
    before: Vec<PluginName>,
    steps: Option<u64>,
    memory: Option<usize>,
    output: Option<usize>,
    table_elements: Option<usize>,
    values: Option<usize>,
    log_lines: Option<usize>,
    seconds: Option<u64>,
}

impl RawPlugin {
    fn parse_limits(&self) -> Result<LimitOverrides, (&'static str, String)> {
        let within = |key, value: Option<usize>, unit: usize, most: usize| match value {
            None => Ok(None),
            Some(value) if value >= 1 && value.saturating_mul(unit) <= most => {
                Ok(Some(value * unit))
            }
            Some(value) => Err((key, format!("{value} is not between 1 and {}", most / unit))),
        };
        const MEBI: usize = 1 << 20;
        const MILLION: usize = 1_000_000;
        let size = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        let steps = within("steps", self.steps.map(size), MILLION, 1_000_000 * MILLION)?;
        let seconds = within("seconds", self.seconds.map(size), 1, 3_600)?;
        Ok(LimitOverrides {
            steps: steps.map(|steps| steps as u64),
            memory: within("memory", self.memory, MEBI, limits::MAX_MEMORY_BYTES)?,
            output: within("output", self.output, MEBI, 256 * MEBI)?,
            table_elements: within(
                "table_elements",
                self.table_elements,
                1,
                limits::TABLE_ELEMENTS,
            )?,
            values: within("values", self.values, 1, 100_000)?,
            log_lines: within("log_lines", self.log_lines, 1, 10_000)?,
            time: seconds.map(|seconds| Duration::from_secs(seconds as u64)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn load(text: &str) -> Result<PluginSettings, SettingsError> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("plugins.toml");
        fs::write(&path, text).expect("written");
        PluginSettings::load_file(&path)
    }

    fn refused(text: &str, expected: &Expect) {
        let error = load(text).expect_err("refused").to_string();
        let (_, message) = error.split_once("plugins.toml:").expect("the file is named");
        expected.assert_eq(message);
    }

    #[test]
    fn what_is_said_counts_and_the_rest_is_as_it_was() {
        let settings = load(
            "[wins]\ncare = 'mine'\n[plugin.mine]\nsteps = 1_000\nmemory = 512\nbefore = ['reviews']",
        )
        .expect("valid");
        let (mine, reviews) = ("mine", "reviews");
        let name = |name| PluginName::new(name).expect("valid");
        let limits =
            PluginLimits { steps: 1_000_000_000, memory: 512 << 20, ..PluginLimits::DEFAULT };
        assert_eq!(settings.limits_for(&name(mine), &World::Enricher), limits);
        assert_eq!(settings.limits_for(&name(reviews), &World::Enricher), PluginLimits::DEFAULT);
        let decodes = World::ImageProcessor(Vec::new());
        let limits =
            PluginLimits { steps: 1_000_000_000, memory: 512 << 20, ..PluginLimits::IMAGES };
        assert_eq!(settings.limits_for(&name(mine), &decodes), limits);
        assert!(settings.is_ordered_before(&name(mine), &name(reviews)));
        assert!(!settings.is_ordered_before(&name(reviews), &name(mine)));
        assert_eq!(settings.upgrade, UpgradePolicy::default());
        assert_eq!(
            PluginSettings::load_file(Path::new("/no/such/file")).expect("none"),
            PluginSettings::default()
        );
    }

    #[test]
    fn what_cannot_be_is_named() {
        refused(
            "[plugin.mine]\nmemory = 2_000",
            &expect!["2: plugin.mine.memory: 2000 is not between 1 and 1024"],
        );
        refused(
            "[plugin.mine]\nmemroy = 2",
            &expect![[
                r#"2: plugin.mine.memroy: unknown field `memroy`, expected one of `before`, `steps`, `memory`, `output`, `table_elements`, `values`, `log_lines`, `seconds`; did you mean "memory"?"#
            ]],
        );
    }
}
