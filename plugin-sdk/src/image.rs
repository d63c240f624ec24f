//! What a plugin that decodes photos implements, and how the component's exports reach it.

use serde::de::DeserializeOwned;

pub use crate::image_bindings::rikaste::plugin::pictures::{
    Color, Content, Facts, Fit, ImageManifest, Layout, Picture, Pixels, Point, Refusal, Remark,
    Rendition, Swatch, Tone,
};
use crate::{ConfigError, Severity};

/// A plugin that decodes photos.
///
/// It sees one photo at a time, and is the only code that ever looks into it. Photos are hostile:
/// a header that claims more than is there, or more than memory holds, is a [`Refusal`] that says
/// so. One that panics, or takes too much, costs its photo and the instance.
pub trait ImageProcessor: Sized + 'static {
    /// The configuration. Derive `Deserialize` with `deny_unknown_fields`, so that a misspelt key
    /// is an error and not a default. [`NoConfig`](crate::NoConfig) where there is none.
    type Config: DeserializeOwned;

    /// Name, version, what it decodes. The same answer always.
    fn describe() -> ImageManifest;

    /// Takes the configuration. The instance then processes any number of photos.
    ///
    /// # Errors
    /// The key whose value cannot be used, and what it should be.
    fn new(config: Self::Config) -> Result<Self, ConfigError>;

    /// Decodes a photo, turns it upright, converts it to sRGB, and makes one picture for each
    /// `wanted`, in order. `focus` is where a person put the focal point.
    ///
    /// # Errors
    /// Why nothing can be made of it.
    fn process(
        &self,
        photo: Vec<u8>,
        focus: Option<Point>,
        wanted: &[Rendition],
    ) -> Result<Picture, Refusal>;
}

impl ImageManifest {
    /// `name` is lower-case and hyphenated, `version` semantic (`env!("CARGO_PKG_VERSION")`),
    /// `description` one sentence for the operator.
    #[must_use]
    pub fn new(name: &str, version: &str, description: &str) -> Self {
        Self {
            name: name.to_owned(),
            version: version.to_owned(),
            description: description.to_owned(),
            media_types: Vec::new(),
            config_schema: r#"{"type":"object","additionalProperties":false}"#.to_owned(),
        }
    }

    /// It decodes this, `image/jpeg`.
    #[must_use]
    pub fn decodes(mut self, media_type: &str) -> Self {
        self.media_types.push(media_type.to_owned());
        self
    }

    /// The JSON Schema of the configuration. Without it: no keys.
    #[must_use]
    pub fn config_schema(mut self, schema: &str) -> Self {
        schema.clone_into(&mut self.config_schema);
        self
    }
}

impl Refusal {
    /// `code` is stable, lower-case and hyphenated; `message` says what is wrong and what to do.
    #[must_use]
    pub fn new(code: &str, message: impl Into<String>) -> Self {
        Self { code: code.to_owned(), message: message.into() }
    }
}

impl Remark {
    /// Something that was left out or mended.
    #[must_use]
    pub fn warning(code: &str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, code: code.to_owned(), message: message.into() }
    }
}

/// Makes a type that implements [`ImageProcessor`] the plugin of this component. Once per crate.
///
/// Outside WebAssembly it only checks the type.
#[macro_export]
macro_rules! export_image_processor {
    ($plugin:ty) => {
        #[cfg(target_family = "wasm")]
        const _: () = {
            ::std::thread_local! {
                static SLOT: $crate::Slot<$plugin> = const { $crate::Slot::new() };
            }

            struct ImageComponent;

            impl $crate::image_bindings::Guest for ImageComponent {
                fn describe() -> $crate::image::ImageManifest {
                    $crate::log::report_panics();
                    <$plugin as $crate::image::ImageProcessor>::describe()
                }

                fn configure(
                    config: ::std::string::String,
                ) -> ::std::result::Result<(), ::std::string::String> {
                    $crate::log::report_panics();
                    SLOT.with(|slot| {
                        slot.configure(&config, <$plugin as $crate::image::ImageProcessor>::new)
                    })
                }

                fn process(
                    photo: ::std::vec::Vec<u8>,
                    focus: ::std::option::Option<$crate::image::Point>,
                    wanted: ::std::vec::Vec<$crate::image::Rendition>,
                ) -> ::std::result::Result<$crate::image::Picture, $crate::image::Refusal> {
                    SLOT.with(|slot| {
                        slot.with(|it| {
                            $crate::image::ImageProcessor::process(it, photo, focus, &wanted)
                        })
                    })
                }
            }

            $crate::image_bindings::export_image_processor!(ImageComponent);
        };

        #[cfg(not(target_family = "wasm"))]
        const _: fn() -> $crate::image::ImageManifest =
            <$plugin as $crate::image::ImageProcessor>::describe;
    };
}
