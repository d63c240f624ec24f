//! One photo at a time: decoded by a plugin, its pictures encoded.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};
use std::sync::Arc;

use rikaste_model::photo::{Color, ImageFormat, PhotoMetadata, Rendition, RenditionFrame};
use rikaste_model::product::ContentHash;

use super::{RenditionService, UnusablePhoto};
use crate::encode::{self, EncodeError, EncodeQuality};
use rikaste_model::photo::PixelLayout;
use rikaste_model::words;
use rikaste_runtime::{
    ImageError, ImageInstance, PixelBuffer, ProcessedPhoto, find_known_text, limits,
};

/// The code of what a plugin does not decode; another may.
const UNSUPPORTED: &str = "image-format-unsupported";

/// The code of what a plugin failed on.
const FAILED: &str = "image-plugin-failed";

/// What decodes photos, for one thread.
pub(super) struct PhotoDecoder<'a> {
    service: &'a RenditionService,
    frames: Vec<RenditionFrame>,
    processors: Vec<ImageInstance>,
}

/// A photo that was decoded, and what is to be encoded of it.
pub(super) struct DecodedPhoto {
    pub(super) facts: Arc<PhotoMetadata>,
    pub(super) jobs: Vec<EncodeJob>,
}

/// A rendition that is to be encoded.
pub(super) struct EncodeJob {
    pub(super) rendition: Rendition,
    pub(super) format: ImageFormat,
    /// Renditions of one frame share them.
    pub(super) pixels: Arc<PixelBuffer>,
}

impl<'a> PhotoDecoder<'a> {
    pub(super) fn new(service: &'a RenditionService) -> Self {
        let processors = service.processors.iter().map(ImageInstance::new).collect();
        Self { service, frames: service.list_wanted_frames(), processors }
    }

    /// Decodes a photo.
    pub(super) fn decode_photo(
        &mut self,
        photo: &ContentHash,
    ) -> io::Result<Result<DecodedPhoto, PhotoFailure>> {
        let Some(bytes) = self.read_photo(photo)? else {
            let most = limits::PHOTO_BYTES >> 20;
            let message = words!("image-file-large", most = most.to_string()).to_string();
            return Ok(Err(PhotoFailure::new_permanent("image-file-too-large", message)));
        };
        Ok(self.try_processors(&bytes).map(|ProcessedPhoto { mut facts, pixels }| {
            facts.maker = self.service.toolchain_hash;
            let jobs = self.list_jobs(photo, &facts, &pixels);
            DecodedPhoto { facts: Arc::new(facts), jobs }
        }))
    }

    /// The photo's bytes, unless there are too many.
    fn read_photo(&self, photo: &ContentHash) -> io::Result<Option<Vec<u8>>> {
        let file = File::open(self.service.assets.asset_path(photo))?;
        let size = file.metadata()?.len();
        if size > limits::PHOTO_BYTES {
            return Ok(None);
        }
        let mut bytes = Vec::with_capacity(size as usize);
        file.take(limits::PHOTO_BYTES).read_to_end(&mut bytes)?;
        Ok(Some(bytes))
    }

    /// Asks one plugin after the other until one takes it. One that fails on it takes it from nobody; it is
    /// named to people, with the picture or without.
    fn try_processors(&mut self, bytes: &[u8]) -> Result<ProcessedPhoto, PhotoFailure> {
        let mut refused = None;
        let mut failed: Option<PhotoFailure> = None;
        for processor in &mut self.processors {
            match processor.process_photo(bytes, &self.frames) {
                Ok(mut picture) => {
                    let failed = failed.map(|PhotoFailure { unusable, .. }| unusable);
                    let remark = failed.map(|UnusablePhoto { code, message }| (code, message));
                    let remarks = &mut picture.facts.remarks;
                    remarks.iter_mut().for_each(|(_, text)| name_plugin(text, processor));
                    remarks.extend(remark);
                    return Ok(picture);
                }
                Err(ImageError::Refused { code, mut message }) if code == UNSUPPORTED => {
                    name_plugin(&mut message, processor);
                    refused.get_or_insert(PhotoFailure::new_permanent(&code, message));
                }
                Err(ImageError::Refused { code, mut message }) => {
                    name_plugin(&mut message, processor);
                    return Err(
                        failed.unwrap_or_else(|| PhotoFailure::new_permanent(&code, message))
                    );
                }
                Err(ImageError::Failed(error)) => {
                    let (message, is_lasting) = (error.to_string(), !error.is_timeout);
                    let unusable = UnusablePhoto { code: FAILED.into(), message };
                    let error = PhotoFailure { unusable, is_permanent: is_lasting };
                    if !is_lasting {
                        // Another would make another picture of it than this one will next time.
                        return Err(error);
                    }
                    failed.get_or_insert(error);
                }
            }
        }
        Err(failed.or(refused).expect("a service without a plugin decodes nothing"))
    }

    /// What is wanted of a photo of this size and not there.
    fn list_jobs(
        &self,
        photo: &ContentHash,
        facts: &PhotoMetadata,
        pixels: &[Arc<PixelBuffer>],
    ) -> Vec<EncodeJob> {
        let mut jobs = Vec::new();
        for rendition in self.service.list_wanted_renditions(Some(facts.width)) {
            let at = self.frames.iter().position(|frame| *frame == rendition.frame);
            let at = at.expect("what is wanted of a photo is among what is wanted of all");
            let name = rendition.name(photo, &self.service.toolchain_hash);
            for format in &rendition.formats {
                if !self.service.store.has_rendition(name, *format) {
                    let (rendition, pixels) = (rendition.clone(), Arc::clone(&pixels[at]));
                    jobs.push(EncodeJob { rendition, format: *format, pixels });
                }
            }
        }
        // The largest first, so that none is left alone at the end.
        jobs.sort_by_key(|job| std::cmp::Reverse(job.pixels.bytes.len()));
        jobs
    }
}

/// Says whose words these are, unless the catalogue has them.
fn name_plugin(text: &mut String, processor: &ImageInstance) {
    if find_known_text(text).localized_text().is_none() {
        let plugin = processor.plugin().name().as_str();
        let message = std::mem::take(text);
        *text = words!("plugin-said", message = message, plugin = plugin).to_string();
    }
}

/// A photo cannot be used, now or ever.
pub(super) struct PhotoFailure {
    pub(super) unusable: UnusablePhoto,
    /// Whether the same photo would fail again.
    pub(super) is_permanent: bool,
}

impl PhotoFailure {
    fn new_permanent(code: &str, message: String) -> Self {
        Self { unusable: UnusablePhoto { code: code.into(), message }, is_permanent: true }
    }
}

impl EncodeJob {
    /// The rendition's file.
    pub(super) fn encode_file(&self) -> Result<Vec<u8>, EncodeError> {
        let PixelBuffer { width, height, layout, bytes } = &*self.pixels;
        let (bytes, layout) = match (layout, self.format) {
            (PixelLayout::Rgba, ImageFormat::Jpeg) => {
                let behind = self.rendition.frame.background.unwrap_or(Color::WHITE);
                (Cow::Owned(blend_onto(bytes, behind)), PixelLayout::Rgb)
            }
            _ => (Cow::Borrowed(bytes.as_slice()), *layout),
        };
        let pixels = encode::PixelSlice::new(*width, *height, layout, &bytes);
        let pixels = pixels.expect("what a plugin hands over is checked");
        let quality = self.rendition.quality.and_then(EncodeQuality::new);
        encode::encode_image(
            &pixels,
            self.format,
            quality.unwrap_or(EncodeQuality::default_for(self.format)),
        )
    }
}

/// Pixels in front of a colour.
fn blend_onto(rgba: &[u8], behind: Color) -> Vec<u8> {
    let behind = [behind.red, behind.green, behind.blue];
    let mut rgb = Vec::with_capacity(rgba.len() / 4 * 3);
    for pixel in rgba.chunks_exact(4) {
        let alpha = u16::from(pixel[3]);
        for (front, behind) in pixel[..3].iter().zip(behind) {
            let sum = u16::from(*front) * alpha + u16::from(behind) * (255 - alpha);
            rgb.push(((sum + 127) / 255) as u8);
        }
    }
    rgb
}
