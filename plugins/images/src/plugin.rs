//! The manifest of the plugin and its entry point.

use rikaste_plugin::image::{ImageManifest, ImageProcessor, Picture, Point, Refusal, Rendition};
use rikaste_plugin::{ConfigError, NoConfig};

use crate::format::PhotoFormat;
use crate::{decode, picture};

/// The plugin that decodes photos and makes renditions.
pub struct Images;

impl ImageProcessor for Images {
    type Config = NoConfig;

    fn describe() -> ImageManifest {
        let manifest = ImageManifest::new(
            "images",
            env!("CARGO_PKG_VERSION"),
            "Decodes photos, and makes of them what channels show.",
        );
        PhotoFormat::ALL
            .iter()
            .fold(manifest, |manifest, format| manifest.decodes(format.media_type()))
    }

    fn new(_: NoConfig) -> Result<Self, ConfigError> {
        Ok(Self)
    }

    fn process(
        &self,
        photo: Vec<u8>,
        focus: Option<Point>,
        wanted: &[Rendition],
    ) -> Result<Picture, Refusal> {
        Ok(picture::process_photo(decode::decode_photo(photo)?, focus, wanted)?)
    }
}
