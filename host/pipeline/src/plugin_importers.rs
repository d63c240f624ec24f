//! Plugins as importers: what `rikaste-import` asks of a decoder, answered by a plugin.

use std::sync::Arc;

use rikaste_import::{ElementImporter, FilePatterns, PluginImporters};
use rikaste_model::code::PluginName;
use rikaste_runtime::{
    ImportedContent, ImportedElement, ImportedItem, ImporterError, ImporterInstance, Plugin,
};
use rikaste_tables::{ChunkDecoder, DecodedElement, DecodedItem, DecoderError, LeafContent};

/// A plugin of the world `importer`.
#[derive(Debug)]
struct PluginImporter(Arc<Plugin>);

/// The importers of a shop: these plugins, which are of the world `importer`.
#[must_use]
pub fn plugin_importers(plugins: &[Arc<Plugin>]) -> PluginImporters {
    let importer = |plugin: &Arc<Plugin>| -> Arc<dyn ElementImporter> {
        Arc::new(PluginImporter(Arc::clone(plugin)))
    };
    PluginImporters::new(plugins.iter().map(importer).collect(), rikaste_bundled::find_optional_for)
}

impl ElementImporter for PluginImporter {
    fn name(&self) -> &PluginName {
        self.0.name()
    }

    fn description(&self) -> String {
        let manifest = self.0.manifest();
        format!("plugin {} {}", manifest.name, manifest.version)
    }

    fn identity(&self) -> String {
        format!("{} {}", self.0.digest(), self.0.config())
    }

    fn file_patterns(&self) -> FilePatterns<'_> {
        match self.0.manifest().file_claims() {
            Some(claims) => FilePatterns { names: &claims.files, beginnings: &claims.magic },
            None => FilePatterns::default(),
        }
    }

    fn open_decoder(&self) -> Result<ChunkDecoder<'static>, DecoderError> {
        let mut instance =
            ImporterInstance::instantiate_plugin(&self.0).map_err(to_decoder_error)?;
        Ok(Box::new(move |chunk| {
            decode_answer(match chunk {
                Some(chunk) => instance.read_chunk(chunk),
                None => instance.finish_file(),
            })
        }))
    }
}

/// What a plugin answers, as a decoder does.
///
/// # Errors
/// When the plugin failed.
pub fn decode_answer(
    answer: Result<Vec<ImportedItem>, ImporterError>,
) -> Result<Vec<DecodedItem>, DecoderError> {
    Ok(answer.map_err(to_decoder_error)?.into_iter().map(to_decoded_item).collect())
}

fn to_decoded_item(item: ImportedItem) -> DecodedItem {
    match item {
        ImportedItem::Element(ImportedElement { row, leaves }) => {
            let leaves = leaves.into_iter().map(|(path, content)| (path, to_leaf_content(content)));
            DecodedItem::Element(DecodedElement { row, leaves: leaves.collect() })
        }
        ImportedItem::Diagnostic(message) => DecodedItem::Diagnostic(message),
    }
}

fn to_leaf_content(content: ImportedContent) -> LeafContent<'static> {
    match content {
        ImportedContent::Text(text) => LeafContent::Text(text.into()),
        ImportedContent::Number(number) => LeafContent::Number(number),
        ImportedContent::Texts(texts) => LeafContent::List(texts),
    }
}

fn to_decoder_error(error: ImporterError) -> DecoderError {
    let ImporterError { plugin, version, elements, row, reason } = error;
    DecoderError { decoder: plugin.as_str().into(), version, elements, row, reason }
}
