//! A season: when it is, what it is of, and its texts.

use std::collections::{BTreeMap, BTreeSet};

use rikaste_plugin::{ConfigError, Product};
use serde::Deserialize;

use crate::date::is_date;
use crate::template::CopyTemplate;

pub(crate) const SCHEMA: &str = r##"{
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "seasons": {
      "type": "array",
      "items": {
        "type": "object",
        "additionalProperties": false,
        "required": ["code", "start", "end"],
        "properties": {
          "code": { "type": "string", "description": "A name for it, once." },
          "start": { "$ref": "#/$defs/date", "description": "The first day, or minute, that it holds." },
          "end": { "$ref": "#/$defs/date", "description": "The first day, or minute, that it holds no more." },
          "families": { "type": "array", "items": { "type": "string" }, "description": "Only products of these families." },
          "categories": { "type": "array", "items": { "type": "string" }, "description": "Only products in one of these categories; those below are not meant." },
          "name": { "$ref": "#/$defs/texts" },
          "description": { "$ref": "#/$defs/texts" },
          "badge": { "$ref": "#/$defs/texts" }
        }
      }
    }
  },
  "$defs": {
    "date": { "type": "string", "pattern": "^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2})?$" },
    "texts": {
      "type": "object",
      "additionalProperties": { "type": "string" },
      "description": "By locale. {name}, {description}, {brand}, {family}, {categories}, {color} and {material} are filled in."
    }
  }
}"##;

/// The attributes that a season writes.
pub(crate) const ATTRIBUTES: [&str; 3] = ["name", "description", "badge"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawConfig {
    #[serde(default)]
    seasons: Vec<RawSeason>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSeason {
    code: String,
    start: String,
    end: String,
    #[serde(default)]
    families: Vec<String>,
    #[serde(default)]
    categories: Vec<String>,
    #[serde(default)]
    name: BTreeMap<String, String>,
    #[serde(default)]
    description: BTreeMap<String, String>,
    #[serde(default)]
    badge: BTreeMap<String, String>,
}

pub(crate) struct Season {
    pub(crate) code: String,
    pub(crate) start: String,
    pub(crate) end: String,
    families: Vec<String>,
    categories: Vec<String>,
    pub(crate) texts: Vec<SeasonText>,
}

/// What a season says in one attribute and locale.
pub(crate) struct SeasonText {
    /// One of [`ATTRIBUTES`].
    pub(crate) attribute: &'static str,
    /// A BCP 47 tag.
    pub(crate) locale: String,
    pub(crate) template: CopyTemplate,
}

pub(crate) fn parse_seasons(config: RawConfig) -> Result<Vec<Season>, ConfigError> {
    let mut codes = BTreeSet::new();
    let mut seasons = Vec::with_capacity(config.seasons.len());
    for (index, raw) in config.seasons.into_iter().enumerate() {
        let key = format!("seasons[{index}]");
        if raw.code.is_empty() || !codes.insert(raw.code.clone()) {
            let message = format!("\"{}\" is empty or the code of another season", raw.code);
            return Err(ConfigError::new(format!("{key}.code"), message));
        }
        seasons.push(parse_season(raw, &key)?);
    }
    Ok(seasons)
}

fn parse_season(raw: RawSeason, key: &str) -> Result<Season, ConfigError> {
    for (name, date) in [("start", &raw.start), ("end", &raw.end)] {
        if !is_date(date) {
            let message =
                format!("\"{date}\" is not a date such as 2026-12-01 or 2026-12-01T08:00");
            return Err(ConfigError::new(format!("{key}.{name}"), message));
        }
    }
    if raw.end <= raw.start {
        let message = format!("{} is not after the start, {}", raw.end, raw.start);
        return Err(ConfigError::new(format!("{key}.end"), message));
    }
    let mut texts = Vec::new();
    for (attribute, by_locale) in ATTRIBUTES.into_iter().zip([raw.name, raw.description, raw.badge])
    {
        for (locale, source) in by_locale {
            let template = CopyTemplate::parse_source(&source).map_err(|message| {
                ConfigError::new(format!("{key}.{attribute}.{locale}"), message)
            })?;
            texts.push(SeasonText { attribute, locale: locale.replace('_', "-"), template });
        }
    }
    if texts.is_empty() {
        return Err(ConfigError::new(key, "there is no name, description or badge for any locale"));
    }
    Ok(Season {
        code: raw.code,
        start: raw.start,
        end: raw.end,
        families: raw.families,
        categories: raw.categories,
        texts,
    })
}

impl Season {
    /// Whether the product is of a family and in a category of the season, where it names any.
    pub(crate) fn is_for_product(&self, product: &Product) -> bool {
        has_wanted_code(&self.families, "family", product)
            && has_wanted_code(&self.categories, "categories", product)
    }
}

fn has_wanted_code(wanted: &[String], attribute: &str, product: &Product) -> bool {
    wanted.is_empty()
        || product.options(attribute).iter().any(|code| wanted.contains(code))
        || product.texts(attribute).any(|(_, code)| wanted.iter().any(|wanted| wanted == code))
}
