//! What the operator may set.

use std::collections::BTreeMap;

use rikaste_plugin::{ConfigError, decimal};
use serde::Deserialize;

pub(crate) const SCHEMA: &str = r#"{
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "prior_mean": {
      "type": "number", "minimum": 1, "maximum": 5, "default": 4.0,
      "description": "The rating that a product without reviews is ranked by; the mean of the category is a good one."
    },
    "prior_weight": {
      "type": "integer", "minimum": 0, "maximum": 10000, "default": 5,
      "description": "How many reviews the prior mean weighs as much as."
    },
    "verification": {
      "type": "object",
      "description": "For each review source, by locale: whether and how its reviews are verified (Directive 2005/29/EC Art. 7(6)).",
      "additionalProperties": { "type": "object", "additionalProperties": { "type": "string" } }
    }
  }
}"#;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RawConfig {
    prior_mean: f64,
    prior_weight: i64,
    verification: BTreeMap<String, BTreeMap<String, String>>,
}

impl Default for RawConfig {
    fn default() -> Self {
        Self { prior_mean: 4.0, prior_weight: 5, verification: BTreeMap::new() }
    }
}

pub(crate) struct Config {
    pub(crate) prior: RatingPrior,
    /// Source → locale → statement.
    pub(crate) verification: BTreeMap<String, BTreeMap<String, String>>,
}

/// What is believed of a product before its first review.
#[derive(Clone, Copy)]
pub(crate) struct RatingPrior {
    /// Hundredths.
    pub(crate) mean: i64,
    /// In reviews.
    pub(crate) weight: i64,
}

impl TryFrom<RawConfig> for Config {
    type Error = ConfigError;

    fn try_from(raw: RawConfig) -> Result<Self, ConfigError> {
        let mean = decimal::to_scaled(&raw.prior_mean.to_string(), 2)
            .filter(|mean| (100..=500).contains(mean))
            .ok_or_else(|| {
                let message = format!("{} is not a rating from 1 to 5", raw.prior_mean);
                ConfigError::new("prior_mean", message)
            })?;
        if !(0..=10_000).contains(&raw.prior_weight) {
            let message = format!("{} is not from 0 to 10000", raw.prior_weight);
            return Err(ConfigError::new("prior_weight", message));
        }
        Ok(Self {
            prior: RatingPrior { mean, weight: raw.prior_weight },
            verification: raw.verification,
        })
    }
}
