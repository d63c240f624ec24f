//! The plugin: bytes in, a line of a catalogue at a time out.

use rikaste_plugin::{ConfigError, Importer, ImporterManifest, Portion};
use serde::Deserialize;

use crate::envelope::{Envelope, Part};
use crate::item::{Header, Item};
use crate::segment::{Segment, Segments};

/// Reads price catalogues.
#[derive(Debug)]
pub struct Pricat {
    config: Config,
    segments: Segments,
    envelope: Envelope,
    header: Header,
    item: Option<Item>,
    lines: u32,
}

/// What a shop says about it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Which number the shop knows an article by.
    #[serde(default)]
    pub(crate) sku: Number,
}

/// A number of an article.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Number {
    #[default]
    Gtin,
    Supplier,
    Buyer,
}

const SCHEMA: &str = r#"{
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "sku": {
      "enum": ["gtin", "supplier", "buyer"],
      "description": "Which number the shop knows an article by: the GTIN, or the article number of the supplier or of the buyer."
    }
  }
}"#;

impl Importer for Pricat {
    type Config = Config;

    fn describe() -> ImporterManifest {
        ImporterManifest::new(
            "pricat",
            env!("CARGO_PKG_VERSION"),
            "Reads price catalogues of suppliers: EDIFACT PRICAT messages, D.96A and D.01B (EANCOM).",
        )
        .magic("UNA")
        .magic("UNB+")
        .config_schema(SCHEMA)
    }

    fn new(config: Config) -> Result<Self, ConfigError> {
        Ok(Self {
            config,
            segments: Segments::default(),
            envelope: Envelope::default(),
            header: Header::default(),
            item: None,
            lines: 0,
        })
    }

    fn read(&mut self, chunk: &[u8]) -> Result<Portion, String> {
        self.segments.push(chunk);
        let mut portion = Portion::default();
        let mut from = 0;
        while let Some(segment) = self.segments.next(&mut from)? {
            self.take(&segment, &mut portion)?;
        }
        self.segments.compact(from);
        Ok(portion)
    }

    fn finish(&mut self) -> Result<Portion, String> {
        if !self.segments.rest().is_empty() {
            return Err(
                "it ends inside a segment: it was cut short, so ask for it again".to_owned()
            );
        }
        self.envelope.finish()?;
        Ok(Portion::default())
    }
}

impl Pricat {
    fn take(&mut self, segment: &Segment, portion: &mut Portion) -> Result<(), String> {
        match self.envelope.pass(segment)? {
            Part::Interchange(syntax) => self.segments.written_in(&syntax)?,
            Part::Begin => self.header = Header::default(),
            Part::Inside if segment.tag() == "LIN" => {
                self.end_item(portion);
                self.lines += 1;
                self.item = Some(Item::new(self.lines, segment));
            }
            Part::Inside => match &mut self.item {
                Some(item) => item.take(segment, portion),
                None => self.header.take(segment),
            },
            Part::End => self.end_item(portion),
            Part::Nothing => {}
        }
        Ok(())
    }

    fn end_item(&mut self, portion: &mut Portion) {
        if let Some(item) = self.item.take() {
            item.finish(&self.header, &self.config, portion);
        }
    }
}

#[cfg(test)]
mod tests;
