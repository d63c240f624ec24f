//! The plugin: bytes in, a line of a catalogue at a time out.

use rikaste_plugin::{ConfigError, Importer, ImporterManifest, Portion};
use serde::Deserialize;

use crate::envelope::{InterchangeEnvelope, SegmentRole};
use crate::item::{CatalogueHeader, CatalogueItem};
use crate::segment::{Segment, SegmentReader};

/// Reads price catalogues.
#[derive(Debug)]
pub struct PricatImporter {
    config: Config,
    segments: SegmentReader,
    envelope: InterchangeEnvelope,
    header: CatalogueHeader,
    item: Option<CatalogueItem>,
    lines: u32,
}

/// What a shop says about it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Which number the shop knows an article by.
    #[serde(default)]
    pub(crate) sku: ArticleNumber,
}

/// A number of an article.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum ArticleNumber {
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

impl Importer for PricatImporter {
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
            segments: SegmentReader::default(),
            envelope: InterchangeEnvelope::default(),
            header: CatalogueHeader::default(),
            item: None,
            lines: 0,
        })
    }

    fn read(&mut self, chunk: &[u8]) -> Result<Portion, String> {
        self.segments.push_bytes(chunk);
        let mut portion = Portion::default();
        let mut from = 0;
        while let Some(segment) = self.segments.next_segment(&mut from)? {
            self.take_segment(&segment, &mut portion)?;
        }
        self.segments.discard_before(from);
        Ok(portion)
    }

    fn finish(&mut self) -> Result<Portion, String> {
        if !self.segments.remaining_bytes().is_empty() {
            return Err(
                "it ends inside a segment: it was cut short, so ask for it again".to_owned()
            );
        }
        self.envelope.check_complete()?;
        Ok(Portion::default())
    }
}

impl PricatImporter {
    fn take_segment(&mut self, segment: &Segment, portion: &mut Portion) -> Result<(), String> {
        match self.envelope.check_segment(segment)? {
            SegmentRole::Interchange(syntax) => self.segments.set_syntax(&syntax)?,
            SegmentRole::MessageStart => self.header = CatalogueHeader::default(),
            SegmentRole::MessageBody if segment.tag() == "LIN" => {
                self.finish_item(portion);
                self.lines += 1;
                self.item = Some(CatalogueItem::new(self.lines, segment));
            }
            SegmentRole::MessageBody => match &mut self.item {
                Some(item) => item.take_segment(segment, portion),
                None => self.header.take_segment(segment),
            },
            SegmentRole::MessageEnd => self.finish_item(portion),
            SegmentRole::Ignored => {}
        }
        Ok(())
    }

    fn finish_item(&mut self, portion: &mut Portion) {
        if let Some(item) = self.item.take() {
            item.write_to_portion(&self.header, &self.config, portion);
        }
    }
}

#[cfg(test)]
mod tests;
