//! From care text and material to the patch.

use rikaste_plugin::{
    Attribute, ConfigError, Context, Enricher, Manifest, Outcome, Patch, Product, locale,
};
use serde::Deserialize;

use crate::label::CareLabel;
use crate::lexicon::CareLexicon;
use crate::material::MaterialComposition;
use crate::reading::{CareDiagnostic, CareReading};
use crate::treatment::{CareCode, LANGUAGES};

const SCHEMA: &str = r#"{
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "edition": {
      "enum": ["2012", "2023"], "default": "2023",
      "description": "The edition of ISO 3758 that the makers' labels follow, where the text does not tell."
    },
    "infer_from_material": {
      "type": "boolean", "default": true,
      "description": "Whether products without a care text get codes by their fibres, as a suggestion."
    }
  }
}"#;

/// What the operator may set.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    edition: LabelEdition,
    infer_from_material: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self { edition: LabelEdition::Iso2023, infer_from_material: true }
    }
}

#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
enum LabelEdition {
    #[serde(rename = "2012")]
    Iso2012,
    #[serde(rename = "2023")]
    Iso2023,
}

impl LabelEdition {
    fn as_str(self) -> &'static str {
        match self {
            Self::Iso2012 => "ISO 3758:2012",
            Self::Iso2023 => "ISO 3758:2023",
        }
    }
}

/// The plugin.
pub struct CarePlugin {
    config: Config,
    lexicon: CareLexicon,
}

impl Enricher for CarePlugin {
    type Config = Config;

    fn describe() -> Manifest {
        Manifest::new(
            "care",
            env!("CARGO_PKG_VERSION"),
            "Care codes and sentences from care texts as people write them.",
        )
        .reads("care_text")
        .reads("material")
        .writes(Attribute::options("care_codes"))
        .writes(Attribute::text("care").localizable())
        .writes(Attribute::options("care_basis"))
        .writes(Attribute::boolean("care_partial"))
        .writes(Attribute::text("care_edition"))
        .config_schema(SCHEMA)
    }

    fn new(config: Config) -> Result<Self, ConfigError> {
        Ok(Self { config, lexicon: CareLexicon::new() })
    }

    fn enrich(&self, context: &Context, product: &Product) -> Outcome {
        let mut patch = Patch::new();
        let materials: Vec<MaterialText<'_>> = product
            .texts("material")
            .map(|(tag, text)| (tag, MaterialComposition::parse_text(text)))
            .collect();
        report_wrong_sums(&materials, &mut patch);
        let mut reading =
            CareReading { is_not_textile: names_no_fibre(&materials), ..CareReading::default() };
        let mut written = false;
        for (_, text) in product.texts("care_text") {
            written |= !text.trim().is_empty();
            reading.add_text(&self.lexicon, text);
        }
        for remark in &reading.diagnostics {
            write_diagnostic(remark, &mut patch);
        }
        if !reading.label.is_empty() {
            self.write_maker_label(context, reading, &mut patch);
        } else if !written && self.config.infer_from_material {
            self.write_inferred_codes(&materials, &mut patch);
        }
        Ok(patch)
    }

    /// Variants follow one another and mostly share their texts, so an outcome is used again while
    /// the inputs stay the same.
    fn enrich_batch(&self, context: &Context, products: &[Product]) -> Vec<Outcome> {
        let mut outcomes: Vec<Outcome> = Vec::with_capacity(products.len());
        for (index, product) in products.iter().enumerate() {
            let outcome = match outcomes.last() {
                Some(last) if products[index - 1].values == product.values => last.clone(),
                _ => self.enrich(context, product),
            };
            outcomes.push(outcome);
        }
        outcomes
    }
}

impl CarePlugin {
    fn write_maker_label(&self, context: &Context, reading: CareReading, patch: &mut Patch) {
        let is_partial = reading.is_partial();
        let CareReading { mut label, before_2023, .. } = reading;
        let edition = if before_2023 { LabelEdition::Iso2012 } else { self.config.edition };
        // Until 2023 one dot forbade steam by itself.
        let cool = CareCode::find_by_name("I1").expect("it is in the table");
        if edition == LabelEdition::Iso2012 && label.codes().contains(&cool) {
            label.add_code(CareCode::find_by_name("no-steam").expect("it is in the table"));
        }
        write_codes(&label, "maker", edition, patch);
        if is_partial {
            patch.boolean("care_partial", true);
        }
        for tag in &context.locales {
            let language =
                LANGUAGES.iter().position(|language| locale::same_language(language, tag));
            if let Some(language) = language {
                patch.text("care", join_sentences(&label, language)).locale(tag.as_str());
            }
        }
    }

    fn write_inferred_codes(&self, materials: &[MaterialText<'_>], patch: &mut Patch) {
        if let Some(label) = materials.first().and_then(|(_, material)| material.usual_care()) {
            write_codes(&label, "inferred", self.config.edition, patch);
            patch
                .info(
                    "care-inferred",
                    "there is no care text, so care_codes are what the fibres usually take; give the \
                     maker's care_text, or approve them by hand",
                )
                .attribute("care_codes");
        }
    }
}

/// A material with the locale that its text is for.
type MaterialText<'a> = (Option<&'a str>, MaterialComposition<'a>);

/// Whether there is a material and no fibre in it: stoneware, oak.
fn names_no_fibre(materials: &[MaterialText<'_>]) -> bool {
    !materials.is_empty() && !materials.iter().any(|(_, material)| material.names_a_fibre())
}

fn write_codes(label: &CareLabel, basis: &str, edition: LabelEdition, patch: &mut Patch) {
    patch.options("care_codes", label.codes().iter().map(|code| code.as_str()));
    patch.options("care_basis", [basis]);
    patch.text("care_edition", edition.as_str());
}

fn join_sentences(label: &CareLabel, language: usize) -> String {
    let lines = label.codes().iter().map(|code| code.treatment().sentences[language]);
    let mut text = String::with_capacity(lines.clone().map(|line| line.len() + 1).sum());
    for line in lines {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(line);
    }
    text
}

fn report_wrong_sums(materials: &[MaterialText<'_>], patch: &mut Patch) {
    for (tag, material) in materials {
        for sum in material.describe_wrong_sums() {
            let message = format!("the shares do not come to 100 %: {sum}");
            let remark = patch.warning("composition-sum", message).attribute("material");
            if let Some(tag) = tag {
                remark.locale(*tag);
            }
        }
    }
}

fn write_diagnostic(remark: &CareDiagnostic, patch: &mut Patch) {
    let remark = match remark {
        CareDiagnostic::NotUnderstood { fragment } => patch.warning(
            "care-text-not-understood",
            format!("\"{fragment}\" is not understood and left out; say it in other words or in a code"),
        ),
        CareDiagnostic::Undecided { fragment } => patch.warning(
            "care-text-not-understood",
            format!("\"{fragment}\" neither allows nor forbids and is left out; say \"allowed\" or \"do not\""),
        ),
        CareDiagnostic::NoTemperature { fragment } => patch.warning(
            "care-text-not-understood",
            format!("\"{fragment}\" does not say how warm; give the highest temperature, as in \"40 °C\""),
        ),
        CareDiagnostic::MildestTaken { fragment, code } => patch.info(
            "care-degree-unsaid",
            format!("\"{fragment}\" does not say how much; the mildest, {}, is taken", code.as_str()),
        ),
        CareDiagnostic::Contradiction { slot, codes: [one, other], chosen } => patch.info(
            "care-text-contradicts",
            format!(
                "the text says both {} and {} of {}; {} is within both and is taken",
                one.as_str(),
                other.as_str(),
                slot.name(),
                chosen.as_str()
            ),
        ),
        CareDiagnostic::ComponentsDiffer { slot, codes: [one, other], component, chosen } => patch.info(
            "care-components-differ",
            format!(
                "of {}, {component} takes {} and another part {}; {} is within both and is taken",
                slot.name(),
                other.as_str(),
                one.as_str(),
                chosen.as_str()
            ),
        ),
    };
    remark.attribute("care_text");
}

#[cfg(test)]
mod tests;
