//! One line about a product in every locale: its name, its colours and its material.
//!
//! Colours come as codes, the same for every locale; the words for them are the operator's to
//! choose, so they are in the configuration.

use std::collections::BTreeMap;

use rikaste_plugin::{
    Attribute, ConfigError, Context, Enricher, Manifest, Outcome, Patch, Product,
};
use serde::Deserialize;

/// What the plugin writes.
const LINE: &str = "{{attribute}}";

/// The plugin.
pub struct ProductEnricher {
    config: Config,
}

/// What the operator may set, in the shop's `plugins/{{name}}.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// What is put between the parts.
    separator: String,
    /// Words for colours: locale, then code.
    colors: BTreeMap<String, BTreeMap<String, String>>,
}

const CONFIG_SCHEMA: &str = r#"{
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "separator": { "type": "string", "minLength": 1, "default": ", ", "description": "What is put between the parts." },
    "colors": {
      "type": "object",
      "description": "Words for colours: locale, then code.",
      "additionalProperties": { "type": "object", "additionalProperties": { "type": "string" } }
    }
  }
}"#;

impl Default for Config {
    fn default() -> Self {
        Self { separator: ", ".to_owned(), colors: BTreeMap::new() }
    }
}

impl Enricher for ProductEnricher {
    type Config = Config;

    fn describe() -> Manifest {
        Manifest::new(
            env!("CARGO_PKG_NAME"),
            env!("CARGO_PKG_VERSION"),
            "One line about a product: its name, its colours and its material.",
        )
        .reads("name")
        .reads("color")
        .reads("material")
        .writes(Attribute::text(LINE).localizable())
        .config_schema(CONFIG_SCHEMA)
    }

    fn new(config: Config) -> Result<Self, ConfigError> {
        if config.separator.is_empty() {
            return Err(ConfigError::new("separator", "it is empty; write at least a space"));
        }
        Ok(Self { config })
    }

    fn enrich(&self, context: &Context, product: &Product) -> Outcome {
        let mut patch = Patch::new();
        for locale in &context.locales {
            // A locale without a name has no line: the channel's fallback decides what is shown.
            let Some(name) = product.text_for("name", locale) else { continue };
            let mut parts = vec![name];
            for code in product.options("color") {
                match self.config.colors.get(locale).and_then(|words| words.get(code)) {
                    Some(word) => parts.push(word),
                    None => {
                        let message = format!(
                            "the colour \"{code}\" has no word in {locale}; add one to [colors.{locale}] in plugins/{}.toml",
                            env!("CARGO_PKG_NAME")
                        );
                        patch.warning("color-without-word", message).attribute("color").locale(locale);
                    }
                }
            }
            parts.extend(product.text_for("material", locale));
            patch.text(LINE, parts.join(&self.config.separator)).locale(locale);
        }
        if product.texts("name").next().is_none() {
            let message = "there is no name, so there is no line; add one in at least one locale";
            patch.warning("name-missing", message).attribute("name");
        }
        Ok(patch)
    }
}

rikaste_plugin::export!(ProductEnricher);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_what_there_is() {
        let plugin = ProductEnricher::new(Config::default()).unwrap();
        let context = Context { locales: vec!["en-GB".to_owned()], channels: Vec::new() };
        let mut given = Patch::new();
        given.text("name", "Down jacket").locale("en-GB");
        given.text("material", "100 % cotton");
        let product = Product { values: given.values, ..Product::empty() };

        let patch = plugin.enrich(&context, &product).unwrap();

        let mut expected = Patch::new();
        expected.text(LINE, "Down jacket, 100 % cotton").locale("en-GB");
        assert_eq!(patch, expected);
    }
}
