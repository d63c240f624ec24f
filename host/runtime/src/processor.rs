//! An image processor with photos, one after another: bytes in, pixels and facts out, each checked.
//!
//! An instance goes on to the next photo after one that it refused, and not after one on which it
//! failed: its memory may be in any state then.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rikaste_model::code::PluginName;
use rikaste_model::diagnostic::excerpt;
use rikaste_model::picture::{self, Fit, Frame, Tone};
use smol_str::SmolStr;
use wasmtime::Store;

use super::bindings::image::ImageProcessor;
use super::bindings::image::rikaste::plugin::pictures;
use super::component::{Plugin, event_loop};
use super::host::{NoAssets, State};
use super::instance::{Blueprint, Exports, Fault, StartError, begin, fault, usage};
use super::ledger::{FailureKind, Ledger};
use super::limits::{self, Limits};
use super::text;
use rikaste_model::picture::Layout;

mod answer;

/// A plugin that decodes photos, for one thread.
pub struct Processor {
    plugin: Arc<Plugin>,
    guest: Option<Guest>,
    turn: tokio::runtime::Runtime,
}

/// What was made of a photo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// What is known of it. Who made it is for the caller to say.
    pub facts: picture::Facts,
    /// One for each frame, in order; where two are the same picture, it is there once.
    pub pixels: Vec<Arc<Pixels>>,
}

/// Rows from the top, without gaps, a byte for each channel of a pixel; sRGB.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pixels {
    /// Of a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// The channels of a pixel.
    pub layout: Layout,
    /// All of them.
    pub bytes: Vec<u8>,
}

/// Why there is no picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unpictured {
    /// The plugin says what is wrong with the photo.
    Refused {
        /// Lower-case and hyphenated.
        code: SmolStr,
        /// What is wrong and what to do.
        message: String,
    },
    /// The plugin failed on it.
    Failed(ProcessorError),
}

/// A plugin failed on a photo.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the plugin {plugin} {version} fails on it: {reason}")]
pub struct ProcessorError {
    /// Which.
    pub plugin: PluginName,
    /// Its version.
    pub version: SmolStr,
    /// What it did.
    pub reason: String,
    /// Whether the machine may be to blame, so that trying again is worth it.
    pub is_overdue: bool,
}

/// A running image processor.
pub(super) struct Guest {
    store: Store<State>,
    processor: ImageProcessor,
    calls: u32,
}

impl Blueprint {
    /// A fresh image processor with this configuration.
    ///
    /// # Errors
    /// [`StartError::Config`] with the guest's words when it does not take the configuration.
    pub(super) async fn begin(
        &self,
        name: &PluginName,
        config: &str,
        limits: Limits,
        ledger: &Arc<Ledger>,
    ) -> Result<Guest, StartError> {
        let Exports::ImageProcessor(pre) = &self.exports else {
            return Err(Fault::Start("it decodes no photos".to_owned()).into());
        };
        let mut store = self.store(name, limits, ledger, Arc::new(NoAssets));
        let _running = self.runtime.running();
        let processor = pre.instantiate_async(&mut store).await;
        let processor = processor.map_err(|error| fault(&error, &store))?;
        let configured = processor.call_configure(&mut store, config).await;
        configured
            .map_err(|error| fault(&error, &store))?
            .map_err(|words| StartError::Config(text::words(&words, limits::MESSAGE_BYTES)))?;
        Ok(Guest { store, processor, calls: 0 })
    }
}

impl Processor {
    /// Has a plugin of the world `image-processor` ready for photos.
    #[must_use]
    pub fn new(plugin: &Arc<Plugin>) -> Self {
        Self { plugin: Arc::clone(plugin), guest: None, turn: event_loop() }
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
    pub fn process(&mut self, photo: &[u8], frames: &[Frame]) -> Result<Picture, Unpictured> {
        let limits = self.plugin.limits();
        let mut guest = self.guest()?;
        begin(&mut guest.store, limits, []);
        let began = Instant::now();
        let running = self.plugin.runtime().running();
        let answer = self.turn.block_on(guest.call(photo, frames, limits.time));
        drop(running);
        let used = usage(&guest.store, limits, began);
        self.plugin.ledger().called(&used);
        guest.store.data().publish_log();
        let (kind, reason) = match answer {
            Ok(Ok(picture)) => match answer::picture(picture, frames) {
                Ok(picture) => {
                    self.plugin.ledger().ran(1);
                    self.keep(guest, used.memory);
                    return Ok(picture);
                }
                Err(wrong) => (FailureKind::Answer, wrong.to_string()),
            },
            Ok(Err(refusal)) => {
                self.plugin.ledger().ran(1);
                self.keep(guest, used.memory);
                return Err(Unpictured::Refused {
                    code: answer::code(&refusal.code).unwrap_or("image-refused".into()),
                    message: text::words(&refusal.message, limits::MESSAGE_BYTES),
                });
            }
            Err(Fault::Overdue(time)) => {
                let seconds = time.as_secs();
                let reason = format!(
                    "it took longer than {seconds} seconds; the machine may have been busy"
                );
                (FailureKind::Time, reason)
            }
            Err(Fault::Guilty(kind, words)) => (kind, words),
            Err(fault @ Fault::Start(_)) => (FailureKind::Start, fault.to_string()),
        };
        Err(self.failed(kind, reason))
    }

    fn guest(&mut self) -> Result<Guest, Unpictured> {
        if let Some(guest) = self.guest.take() {
            return Ok(guest);
        }
        let plugin = &self.plugin;
        let start = plugin.blueprint().begin(
            plugin.name(),
            plugin.config(),
            plugin.limits(),
            plugin.ledger(),
        );
        match self.turn.block_on(start) {
            Ok(guest) => {
                plugin.ledger().instantiated();
                Ok(guest)
            }
            Err(error) => Err(self.failed(FailureKind::Start, error.to_string())),
        }
    }

    fn keep(&mut self, mut guest: Guest, memory: usize) {
        guest.calls += 1;
        if guest.calls < limits::CALLS && memory <= limits::PHOTO_MEMORY_KEPT {
            self.guest = Some(guest);
        }
    }

    fn failed(&self, kind: FailureKind, reason: String) -> Unpictured {
        self.plugin.ledger().failed(kind, 1);
        Unpictured::Failed(ProcessorError {
            plugin: self.plugin.name().clone(),
            version: self.plugin.manifest().version.clone(),
            reason,
            is_overdue: kind == FailureKind::Time,
        })
    }
}

impl Guest {
    async fn call(
        &mut self,
        photo: &[u8],
        frames: &[Frame],
        time: Duration,
    ) -> Result<Result<pictures::Picture, pictures::Refusal>, Fault> {
        let wanted: Vec<pictures::Rendition> = frames.iter().map(wanted).collect();
        let call = self.processor.call_process(&mut self.store, photo, None, &wanted);
        match tokio::time::timeout(time, call).await {
            Ok(answer) => answer.map_err(|error| fault(&error, &self.store)),
            Err(_) => Err(Fault::Overdue(time)),
        }
    }
}

fn wanted(frame: &Frame) -> pictures::Rendition {
    pictures::Rendition {
        width: frame.width,
        height: frame.height,
        fit: match frame.fit {
            Fit::Inside => pictures::Fit::Inside,
            Fit::Pad => pictures::Fit::Pad,
            Fit::Crop => pictures::Fit::Crop,
        },
        background: frame.background.map(|picture::Color { red, green, blue }| pictures::Color {
            red,
            green,
            blue,
        }),
        tone: match frame.tone {
            Tone::Color => pictures::Tone::Color,
            Tone::Grey => pictures::Tone::Grey,
            Tone::BlackAndWhite => pictures::Tone::BlackAndWhite,
        },
        enlarge: frame.enlarge,
    }
}

impl std::fmt::Display for Unpictured {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Refused { message, .. } => f.write_str(&excerpt(message)),
            Self::Failed(error) => write!(f, "{error}"),
        }
    }
}

impl std::fmt::Debug for Processor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Processor").field("plugin", self.plugin.name()).finish_non_exhaustive()
    }
}
