//! From the configuration's JSON to the plugin's own type.

use std::fmt;

use serde::Deserialize;
use serde::de::DeserializeOwned;

/// The configuration of a plugin that has none: any key is an error.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoConfig {}

/// A configuration that cannot be used: which key, and what it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    key: String,
    message: String,
}

impl ConfigError {
    /// `key` is the path to the value, `seasons[0].end`.
    pub fn new(key: impl Into<String>, message: impl Into<String>) -> Self {
        Self { key: key.into(), message: message.into() }
    }

    /// The path to the value that is wrong.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The path of the whole configuration is a lone dot.
        match self.key.as_str() {
            "." => f.write_str(&self.message),
            key => write!(f, "`{key}`: {}", self.message),
        }
    }
}

impl std::error::Error for ConfigError {}

pub(crate) fn parse_config<C: DeserializeOwned>(json: &str) -> Result<C, ConfigError> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let key = error.path().to_string();
        ConfigError::new(key, without_position(&error.into_inner().to_string()))
    })
}

/// Operators write TOML; a line and column in the JSON made from it would mislead them.
fn without_position(message: &str) -> &str {
    message.rfind(" at line ").map_or(message, |end| &message[..end])
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Config {
        #[expect(dead_code)]
        seasons: Vec<Season>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Season {
        #[expect(dead_code)]
        weight: u32,
    }

    fn check(json: &str, expected: &Expect) {
        expected.assert_eq(&parse_config::<Config>(json).unwrap_err().to_string());
    }

    #[test]
    fn errors_name_the_key() {
        check(
            r#"{"seasons": [{"weight": "5"}]}"#,
            &expect![[r#"`seasons[0].weight`: invalid type: string "5", expected u32"#]],
        );
        check(
            r#"{"seasons": [], "saesons": []}"#,
            &expect!["`saesons`: unknown field `saesons`, expected `seasons`"],
        );
        check("{}", &expect!["missing field `seasons`"]);
    }

    #[test]
    fn no_config_takes_no_key() {
        assert!(parse_config::<NoConfig>("{}").is_ok());
        assert_eq!(parse_config::<NoConfig>(r#"{"a": 1}"#).unwrap_err().key(), "a");
    }
}
