//! From a product and the seasons to its texts.

use std::cell::Cell;

use rikaste_plugin::{
    Attribute, ConfigError, Context, Enricher, Manifest, Outcome, Patch, Product, log,
};

use crate::season::{ATTRIBUTES, RawConfig, SCHEMA, Season, SeasonText, parse_seasons};
use crate::template::PLACEHOLDERS;

/// The plugin.
pub struct SeasonalCopy {
    seasons: Vec<Season>,
    /// Whether texts in locales that the shop has not were spoken of.
    has_warned: Cell<bool>,
}

impl Enricher for SeasonalCopy {
    type Config = RawConfig;

    fn describe() -> Manifest {
        let manifest = Manifest::new(
            "seasonal-copy",
            env!("CARGO_PKG_VERSION"),
            "Names, descriptions and badges that hold for a season.",
        )
        .config_schema(SCHEMA);
        let manifest = PLACEHOLDERS.into_iter().fold(manifest, Manifest::reads);
        ATTRIBUTES
            .into_iter()
            .fold(manifest, |manifest, code| manifest.writes(Attribute::text(code).localizable()))
    }

    fn new(config: RawConfig) -> Result<Self, ConfigError> {
        Ok(Self { seasons: parse_seasons(config)?, has_warned: Cell::new(false) })
    }

    fn enrich(&self, context: &Context, product: &Product) -> Outcome {
        let mut patch = Patch::new();
        for season in self.seasons.iter().filter(|season| season.is_for_product(product)) {
            for text in &season.texts {
                if context.locales.contains(&text.locale) {
                    write_text(season, text, product, &mut patch);
                }
            }
        }
        Ok(patch)
    }

    fn enrich_batch(&self, context: &Context, products: &[Product]) -> Vec<Outcome> {
        if !self.has_warned.replace(true) {
            self.warn_of_foreign_locales(context);
        }
        products.iter().map(|product| self.enrich(context, product)).collect()
    }
}

impl SeasonalCopy {
    fn warn_of_foreign_locales(&self, context: &Context) {
        for season in &self.seasons {
            for text in &season.texts {
                if !context.locales.contains(&text.locale) {
                    let SeasonText { attribute, locale, .. } = text;
                    log::warning(&format!(
                        "season {}: its {attribute} in {locale} is not used, the shop has no such locale",
                        season.code
                    ));
                }
            }
        }
    }
}

fn write_text(season: &Season, text: &SeasonText, product: &Product, patch: &mut Patch) {
    let SeasonText { attribute, locale, template } = text;
    match template.fill_values(|name| product.text_for(name, locale)) {
        Ok(filled) => {
            patch
                .text(attribute, filled)
                .locale(locale.as_str())
                .window(season.start.as_str(), season.end.as_str());
        }
        Err(missing) => {
            let message = format!(
                "season {} leaves the {attribute} as it is: there is no {missing} in {locale} to fill in",
                season.code
            );
            patch
                .info("seasonal-copy-incomplete", message)
                .attribute(*attribute)
                .locale(locale.as_str());
        }
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    const CONFIG: &str = r#"{"seasons": [
        {
            "code": "winter-2026", "start": "2026-11-15", "end": "2027-01-07",
            "families": ["jacket", "boots"],
            "badge": {"fi-FI": "Talven suosikki", "sv_SE": "Vinterfavorit", "fr-FR": "Favori"},
            "description": {"fi-FI": "{description}\n\nTuote {name} kuuluu talven mallistoon.", "sv-SE": "{description}"}
        },
        {"code": "sale", "start": "2026-12-26T08:00", "end": "2027-01-02", "categories": ["outerwear"], "name": {"fi-FI": "Ale: {name}"}}
    ]}"#;

    fn product(family: &str, category: &str) -> Product {
        let mut patch = Patch::new();
        patch.text("name", "Untuvatakki").locale("fi-FI");
        patch.text("description", "Lämmin.").locale("fi-FI");
        patch.text("family", family);
        patch.options("categories", [category]);
        Product { values: patch.values, ..Product::empty() }
    }

    fn check(config: &str, product: &Product, expected: &Expect) {
        let plugin = SeasonalCopy::new(serde_json::from_str(config).unwrap()).unwrap();
        let locales = ["fi-FI", "sv-SE", "en-GB"].map(Into::into).to_vec();
        let context = Context { locales, channels: Vec::new() };
        let patch = plugin.enrich_batch(&context, std::slice::from_ref(product)).remove(0).unwrap();
        let mut shown = String::new();
        for value in &patch.values {
            let window = value.window.as_ref().unwrap();
            let (start, end) = (window.start.as_deref().unwrap(), window.end.as_deref().unwrap());
            let (locale, text) = (value.locale.as_deref().unwrap(), value.as_text().unwrap());
            shown += &format!("{} {locale} [{start}, {end}): {text:?}\n", value.attribute);
        }
        for diagnostic in &patch.diagnostics {
            shown += &format!("{}: {}\n", diagnostic.code, diagnostic.message);
        }
        expected.assert_eq(&shown);
    }

    #[test]
    fn texts_hold_for_the_season() {
        check(
            CONFIG,
            &product("jacket", "outerwear"),
            &expect![[r#"
            description fi-FI [2026-11-15, 2027-01-07): "Lämmin.\n\nTuote Untuvatakki kuuluu talven mallistoon."
            badge fi-FI [2026-11-15, 2027-01-07): "Talven suosikki"
            badge sv-SE [2026-11-15, 2027-01-07): "Vinterfavorit"
            name fi-FI [2026-12-26T08:00, 2027-01-02): "Ale: Untuvatakki"
            seasonal-copy-incomplete: season winter-2026 leaves the description as it is: there is no description in sv-SE to fill in
        "#]],
        );
    }

    #[test]
    fn other_families_and_categories_are_left_alone() {
        check(CONFIG, &product("mug", "kitchen"), &expect![""]);
        check(
            CONFIG,
            &product("mug", "outerwear"),
            &expect![[r#"
            name fi-FI [2026-12-26T08:00, 2027-01-02): "Ale: Untuvatakki"
        "#]],
        );
    }

    #[test]
    fn no_config_no_texts() {
        check("{}", &product("jacket", "outerwear"), &expect![""]);
    }

    #[test]
    fn a_bad_config_names_the_key() {
        let season = |fields: &str| {
            format!(
                r#"{{"seasons": [{{"code": "a", "start": "2026-01-01", "end": "2026-02-01", {fields}}}]}}"#
            )
        };
        let twice = season(r#""badge": {"fi-FI": "A"}"#);
        let twice = twice
            .replace("}]}", r#"}, {"code": "a", "start": "2026-01-01", "end": "2026-02-01"}]}"#);
        for (config, expected) in [
            (
                season(r#""badge": {"fi-FI": "{name}n"}"#),
                "`seasons[0].badge.fi-FI`: \"{name}n\" puts",
            ),
            (season(r#""badge": {"fi-FI": "{nmae}"}"#), "`seasons[0].badge.fi-FI`: {nmae} is not"),
            (season(r#""families": []"#), "`seasons[0]`: there is no name"),
            (twice, "`seasons[1].code`: \"a\" is empty or"),
            (
                r#"{"seasons": [{"code": "a", "start": "2026-13-01", "end": "2026-02-01"}]}"#
                    .to_owned(),
                "`seasons[0].start`: \"2026-13-01\" is not a date",
            ),
            (
                r#"{"seasons": [{"code": "a", "start": "2026-02-01", "end": "2026-02-01"}]}"#
                    .to_owned(),
                "`seasons[0].end`: 2026-02-01 is not after the start",
            ),
        ] {
            let error = SeasonalCopy::new(serde_json::from_str(&config).unwrap())
                .err()
                .unwrap()
                .to_string();
            assert!(error.starts_with(expected), "{error}");
        }
    }

    #[test]
    fn the_schema_is_json() {
        let schema: serde_json::Value = serde_json::from_str(SCHEMA).unwrap();
        assert_eq!(schema["type"], "object");
    }
}
