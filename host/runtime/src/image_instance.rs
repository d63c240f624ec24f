//! An image processor with photos, one after another: bytes in, pixels and facts out, each checked.
//!
//! An instance goes on to the next photo after one that it refused, and not after one on which it
//! failed: its memory may be in any state then.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rikaste_model::code::PluginName;
use rikaste_model::diagnostic::cut_excerpt;
use rikaste_model::photo::{self, ColorMode, FitMode, RenditionFrame};
use smol_str::SmolStr;
use wasmtime::Store;

use super::bindings::image::ImageProcessor;
use super::bindings::image::rikaste::plugin::pictures;
use super::component::{Plugin, new_event_loop};
use super::guest_text;
use super::host::{InstanceState, NoAssets};
use super::instance::{
    CallError, LinkedComponent, StartError, WorldExports, begin_call, measure_usage, to_call_error,
};
use super::limits::{self, PluginLimits};
use super::metrics::{FailureKind, PluginMetrics};
use rikaste_model::photo::PixelLayout;

mod answer;

/// A plugin that decodes photos, for one thread.
pub struct ImageInstance {
    plugin: Arc<Plugin>,
    guest: Option<ImageGuest>,
    event_loop: tokio::runtime::Runtime,
}

/// What was made of a photo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcessedPhoto {
    /// What is known of it. Who made it is for the caller to say.
    pub facts: photo::PhotoMetadata,
    /// One for each frame, in order; where two are the same picture, it is there once.
    pub pixels: Vec<Arc<PixelBuffer>>,
}

/// Rows from the top, without gaps, a byte for each channel of a pixel; sRGB.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PixelBuffer {
    /// Of a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// The channels of a pixel.
    pub layout: PixelLayout,
    /// All of them.
    pub bytes: Vec<u8>,
}

/// Why there is no picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImageError {
    /// The plugin says what is wrong with the photo.
    Refused {
        /// Lower-case and hyphenated.
        code: SmolStr,
        /// What is wrong and what to do.
        message: String,
    },
    /// The plugin failed on it.
    Failed(ImagePluginError),
}

/// A plugin failed on a photo.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the plugin {plugin} {version} fails on it: {reason}")]
pub struct ImagePluginError {
    /// The plugin's name.
    pub plugin: PluginName,
    /// Its version.
    pub version: SmolStr,
    /// What it did.
    pub reason: String,
    /// Whether the machine may be to blame, so that trying again is worth it.
    pub is_timeout: bool,
}

/// A running image processor.
pub(super) struct ImageGuest {
    store: Store<InstanceState>,
    processor: ImageProcessor,
    calls: u32,
}

impl LinkedComponent {
    /// A fresh image processor with this configuration.
    ///
    /// # Errors
    /// [`StartError::Config`] with the guest's words when it does not take the configuration.
    pub(super) async fn instantiate_image_processor(
        &self,
        name: &PluginName,
        config: &str,
        limits: PluginLimits,
        metrics: &Arc<PluginMetrics>,
    ) -> Result<ImageGuest, StartError> {
        let WorldExports::ImageProcessor(pre) = &self.exports else {
            return Err(CallError::NotStarted("it decodes no photos".to_owned()).into());
        };
        let mut store = self.new_store(name, limits, metrics, Arc::new(NoAssets));
        let _running = self.runtime.keep_clock_running();
        let processor = pre.instantiate_async(&mut store).await;
        let processor = processor.map_err(|error| to_call_error(&error, &store))?;
        let configured = processor.call_configure(&mut store, config).await;
        configured.map_err(|error| to_call_error(&error, &store))?.map_err(|words| {
            StartError::Config(guest_text::sanitize_message(&words, limits::MESSAGE_BYTES))
        })?;
        Ok(ImageGuest { store, processor, calls: 0 })
    }
}

impl ImageInstance {
    /// Has a plugin of the world `image-processor` ready for photos.
    #[must_use]
    pub fn new(plugin: &Arc<Plugin>) -> Self {
        Self { plugin: Arc::clone(plugin), guest: None, event_loop: new_event_loop() }
    }

    /// The plugin.
    #[must_use]
    pub fn plugin(&self) -> &Plugin {
        &self.plugin
    }

    /// Decodes a photo, and makes a picture for each frame.
    ///
    /// # Errors
    /// Why there is none.
    pub fn process_photo(
        &mut self,
        photo: &[u8],
        frames: &[RenditionFrame],
    ) -> Result<ProcessedPhoto, ImageError> {
        let limits = self.plugin.limits();
        let mut guest = self.take_or_instantiate()?;
        begin_call(&mut guest.store, limits, []);
        let began = Instant::now();
        let running = self.plugin.runtime().keep_clock_running();
        let answer = self.event_loop.block_on(guest.call_with_timeout(photo, frames, limits.time));
        drop(running);
        let used = measure_usage(&guest.store, limits, began);
        self.plugin.metrics().record_call(&used);
        guest.store.data().publish_log();
        let (kind, reason) = match answer {
            Ok(Ok(picture)) => match answer::check_picture(picture, frames) {
                Ok(picture) => {
                    self.plugin.metrics().record_products(1);
                    self.keep_guest(guest, used.memory);
                    return Ok(picture);
                }
                Err(wrong) => (FailureKind::Answer, wrong.to_string()),
            },
            Ok(Err(refusal)) => {
                self.plugin.metrics().record_products(1);
                self.keep_guest(guest, used.memory);
                return Err(ImageError::Refused {
                    code: answer::parse_code(&refusal.code).unwrap_or("image-refused".into()),
                    message: guest_text::sanitize_message(&refusal.message, limits::MESSAGE_BYTES),
                });
            }
            Err(CallError::Timeout(time)) => {
                let seconds = time.as_secs();
                let reason = format!(
                    "it took longer than {seconds} seconds; the machine may have been busy"
                );
                (FailureKind::Time, reason)
            }
            Err(CallError::GuestError(kind, words)) => (kind, words),
            Err(fault @ CallError::NotStarted(_)) => (FailureKind::Start, fault.to_string()),
        };
        Err(self.record_failure(kind, reason))
    }

    fn take_or_instantiate(&mut self) -> Result<ImageGuest, ImageError> {
        if let Some(guest) = self.guest.take() {
            return Ok(guest);
        }
        let plugin = &self.plugin;
        let start = plugin.linked_component().instantiate_image_processor(
            plugin.name(),
            plugin.config(),
            plugin.limits(),
            plugin.metrics(),
        );
        match self.event_loop.block_on(start) {
            Ok(guest) => {
                plugin.metrics().record_instance();
                Ok(guest)
            }
            Err(error) => Err(self.record_failure(FailureKind::Start, error.to_string())),
        }
    }

    fn keep_guest(&mut self, mut guest: ImageGuest, memory: usize) {
        guest.calls += 1;
        if guest.calls < limits::MAX_CALLS && memory <= limits::MAX_KEPT_PHOTO_MEMORY {
            self.guest = Some(guest);
        }
    }

    fn record_failure(&self, kind: FailureKind, reason: String) -> ImageError {
        self.plugin.metrics().record_failures(kind, 1);
        ImageError::Failed(ImagePluginError {
            plugin: self.plugin.name().clone(),
            version: self.plugin.manifest().version.clone(),
            reason,
            is_timeout: kind == FailureKind::Time,
        })
    }
}

impl ImageGuest {
    async fn call_with_timeout(
        &mut self,
        photo: &[u8],
        frames: &[RenditionFrame],
        time: Duration,
    ) -> Result<Result<pictures::Picture, pictures::Refusal>, CallError> {
        let wanted: Vec<pictures::Rendition> = frames.iter().map(to_guest_rendition).collect();
        let call = self.processor.call_process(&mut self.store, photo, None, &wanted);
        match tokio::time::timeout(time, call).await {
            Ok(answer) => answer.map_err(|error| to_call_error(&error, &self.store)),
            Err(_) => Err(CallError::Timeout(time)),
        }
    }
}

fn to_guest_rendition(frame: &RenditionFrame) -> pictures::Rendition {
    pictures::Rendition {
        width: frame.width,
        height: frame.height,
        fit: match frame.fit {
            FitMode::Inside => pictures::Fit::Inside,
            FitMode::Pad => pictures::Fit::Pad,
            FitMode::Crop => pictures::Fit::Crop,
        },
        background: frame.background.map(|photo::Color { red, green, blue }| pictures::Color {
            red,
            green,
            blue,
        }),
        tone: match frame.tone {
            ColorMode::Color => pictures::Tone::Color,
            ColorMode::Grey => pictures::Tone::Grey,
            ColorMode::BlackAndWhite => pictures::Tone::BlackAndWhite,
        },
        enlarge: frame.enlarge,
    }
}

impl std::fmt::Display for ImageError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Refused { message, .. } => f.write_str(&cut_excerpt(message)),
            Self::Failed(error) => write!(f, "{error}"),
        }
    }
}

impl std::fmt::Debug for ImageInstance {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ImageInstance").field("plugin", self.plugin.name()).finish_non_exhaustive()
    }
}
