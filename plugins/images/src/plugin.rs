//! What the plugin says of itself, and its one call.

use rikaste_plugin::image::{ImageManifest, ImageProcessor, Picture, Point, Refusal, Rendition};
use rikaste_plugin::{ConfigError, NoConfig};

use crate::format::Format;
use crate::{decode, picture};

/// The plugin.
pub struct Images;

impl ImageProcessor for Images {
    type Config = NoConfig;

    fn describe() -> ImageManifest {
        let manifest = ImageManifest::new(
            "images",
            env!("CARGO_PKG_VERSION"),
            "Decodes photos, and makes of them what channels show.",
        );
        Format::ALL.iter().fold(manifest, |manifest, format| manifest.decodes(format.media_type()))
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
        Ok(picture::develop(decode::decode(photo)?, focus, wanted)?)
    }
}
