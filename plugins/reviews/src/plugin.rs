//! From a product's reviews to its patch.

use rikaste_plugin::{
    Attribute, ConfigError, Context, Enricher, Manifest, Outcome, Patch, Product, Review,
};

use crate::config::{Config, RawConfig, SCHEMA};
use crate::deduplication::remove_duplicates;
use crate::excerpt;
use crate::rating::{Rating, RatingScore};

/// The plugin.
pub struct ReviewsPlugin {
    config: Config,
}

impl Enricher for ReviewsPlugin {
    type Config = RawConfig;

    fn describe() -> Manifest {
        Manifest::new(
            "reviews",
            env!("CARGO_PKG_VERSION"),
            "Review score, distribution and excerpts, without personal data.",
        )
        .reads("reviews")
        .writes(Attribute::integer("review_count"))
        .writes(Attribute::decimal("review_average"))
        .writes(Attribute::decimal("review_rank"))
        .writes(Attribute::table("review_distribution"))
        .writes(Attribute::table("review_excerpts").localizable())
        .writes(Attribute::text("review_verification").localizable())
        .config_schema(SCHEMA)
    }

    fn new(config: RawConfig) -> Result<Self, ConfigError> {
        Ok(Self { config: config.try_into()? })
    }

    fn enrich(&self, context: &Context, product: &Product) -> Outcome {
        let mut patch = Patch::new();
        let mut reviews: Vec<&Review> = product.reviews.iter().collect();
        remove_duplicates(&mut reviews);
        if reviews.len() < product.reviews.len() {
            let repeated = product.reviews.len() - reviews.len();
            let message = format!(
                "{repeated} of {} reviews repeat another and are not counted",
                product.reviews.len()
            );
            patch.info("review-repeated", message);
        }
        let rated = parse_ratings(&reviews, &mut patch);
        let mut score = RatingScore::default();
        for &(_, rating) in &rated {
            score.add_rating(rating);
        }
        score.write_to_patch(self.config.prior, &mut patch);
        excerpt::write_excerpts(context, &rated, &mut patch);
        self.write_verification(context, &rated, &mut patch);
        Ok(patch)
    }
}

impl ReviewsPlugin {
    /// How the reviews of the sources at hand are verified, a line for each source.
    fn write_verification(
        &self,
        context: &Context,
        rated: &[(&Review, Rating)],
        patch: &mut Patch,
    ) {
        for locale in &context.locales {
            let statements: Vec<&str> = self
                .config
                .verification
                .iter()
                .filter(|(source, _)| rated.iter().any(|(review, _)| review.source == **source))
                .filter_map(|(_, by_locale)| by_locale.get(locale).map(String::as_str))
                .collect();
            if !statements.is_empty() {
                patch.text("review_verification", statements.join("\n")).locale(locale.as_str());
            }
        }
    }
}

/// The reviews that have a rating; a remark on those that have none.
fn parse_ratings<'a>(reviews: &[&'a Review], patch: &mut Patch) -> Vec<(&'a Review, Rating)> {
    let mut rated = Vec::with_capacity(reviews.len());
    for &review in reviews {
        match Rating::parse_text(&review.rating) {
            Some(rating) => rated.push((review, rating)),
            None => {
                patch.warning(
                    "review-rating-unusable",
                    format!(
                        "review {} from {} is left out: its rating \"{}\" is not a number from 1 to 5",
                        review.id, review.source, review.rating
                    ),
                );
            }
        }
    }
    rated
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use rikaste_plugin::{Data, Diagnostic, Value};

    use super::*;

    fn review(id: &str, rating: &str, locale: &str, text: &str) -> Review {
        Review {
            source: "shop".into(),
            id: id.into(),
            rating: rating.into(),
            locale: (!locale.is_empty()).then(|| locale.into()),
            title: String::new(),
            text: text.into(),
            author: format!("Anna{id} Virtanen"),
            date: Some(format!("2026-01-0{id}")),
            verified: id == "1",
            incentivised: false,
        }
    }

    fn line(value: &Value) -> String {
        let locale = value.locale.as_deref().unwrap_or("*");
        let data = match &value.data {
            Data::Table(table) => {
                table.rows.iter().map(|row| row.join("|")).collect::<Vec<_>>().join(" / ")
            }
            Data::Integer(integer) => integer.to_string(),
            Data::Decimal(text) | Data::Text(text) => text.clone(),
            other => format!("{other:?}"),
        };
        format!("{} {locale}: {data}\n", value.attribute)
    }

    fn remark(diagnostic: &Diagnostic) -> String {
        format!("{:?} {}: {}\n", diagnostic.severity, diagnostic.code, diagnostic.message)
    }

    fn check(reviews: Vec<Review>, expected: &Expect) {
        let config = serde_json::from_str(
            r#"{"verification": {"shop": {"en-GB": "Only buyers can review."}, "feed": {"en-GB": "?"}}}"#,
        );
        let plugin = ReviewsPlugin::new(config.unwrap()).unwrap();
        let context = Context {
            locales: ["fi-FI", "sv-SE", "en-GB"].map(Into::into).to_vec(),
            channels: Vec::new(),
        };
        let product = Product { reviews, ..Product::empty() };
        let patch = plugin.enrich(&context, &product).unwrap();
        let lines: String =
            patch.values.iter().map(line).chain(patch.diagnostics.iter().map(remark)).collect();
        expected.assert_eq(&lines);
    }

    #[test]
    fn no_reviews_no_values() {
        check(Vec::new(), &expect![""]);
    }

    #[test]
    fn score_and_excerpts_by_locale() {
        check(
            vec![
                review("1", "5", "fi-FI", "Lämmin ja kevyt, juuri sopiva."),
                review("2", "4", "fi", "Hyvä."),
                review("3", "4.5", "en-US", "Warm. Call me: 040 123 4567."),
                review("4", "2", "fr-FR", "Trop petit."),
                review("5", "3", "", "Okay for the price."),
                review("6", "7", "fi-FI", "Erinomainen!"),
                review("1", "5", "fi-FI", "Lämmin ja kevyt, juuri sopiva."),
            ],
            &expect![[r#"
                review_count *: 5
                review_average *: 3.70
                review_rank *: 3.850
                review_distribution *: 5|2 / 4|1 / 3|1 / 2|1 / 1|0
                review_excerpts fi-FI: 5||Lämmin ja kevyt, juuri sopiva.|Anna1 V.|2026-01-01|true / 4||Hyvä.|Anna2 V.|2026-01-02|false
                review_excerpts en-GB: 4.5||Warm. Call me: […].|Anna3 V.|2026-01-03|false
                review_excerpts *: 3||Okay for the price.|Anna5 V.|2026-01-05|false
                review_verification en-GB: Only buyers can review.
                Severity::Info review-repeated: 1 of 7 reviews repeat another and are not counted
                Severity::Warning review-rating-unusable: review 6 from shop is left out: its rating "7" is not a number from 1 to 5
            "#]],
        );
    }

    #[test]
    fn at_most_three_and_different_stars_first() {
        let text = |word: &str| format!("{word} {}", "pitkä ja perusteellinen arvio ".repeat(8));
        check(
            vec![
                review("2", "5", "fi-FI", &text("a")),
                review("3", "5", "fi-FI", &text("b")),
                review("4", "5", "fi-FI", &text("c")),
                review("5", "1", "fi-FI", "Rikkoutui viikossa, vetoketju irtosi."),
                review("6", "4", "fi-FI", &text("d")),
            ],
            &expect![[r#"
                review_count *: 5
                review_average *: 4.00
                review_rank *: 4.000
                review_distribution *: 5|3 / 4|1 / 3|0 / 2|0 / 1|1
                review_excerpts fi-FI: 4||d pitkä ja perusteellinen arvio pitkä ja perusteellinen arvio pitkä ja perusteellinen arvio pitkä ja perusteellinen arvio pitkä ja perusteellinen arvio pitkä ja perusteellinen arvio pitkä ja perusteellinen arvio pitkä ja perusteellinen…|Anna6 V.|2026-01-06|false / 5||c pitkä ja perusteellinen arvio pitkä ja perusteellinen arvio pitkä ja perusteellinen arvio pitkä ja perusteellinen arvio pitkä ja perusteellinen arvio pitkä ja perusteellinen arvio pitkä ja perusteellinen arvio pitkä ja perusteellinen…|Anna4 V.|2026-01-04|false / 1||Rikkoutui viikossa, vetoketju irtosi.|Anna5 V.|2026-01-05|false
                review_verification en-GB: Only buyers can review.
            "#]],
        );
    }

    #[test]
    fn a_config_that_is_out_of_range_names_its_key() {
        for (json, expected) in [
            (r#"{"prior_mean": 7}"#, "`prior_mean`: 7 is not a rating from 1 to 5"),
            (r#"{"prior_weight": -1}"#, "`prior_weight`: -1 is not from 0 to 10000"),
        ] {
            let error = ReviewsPlugin::new(serde_json::from_str(json).unwrap()).err().unwrap();
            assert_eq!(error.to_string(), expected);
        }
    }

    #[test]
    fn the_schema_is_json() {
        let schema: serde_json::Value = serde_json::from_str(SCHEMA).unwrap();
        assert_eq!(schema["type"], "object");
    }
}
