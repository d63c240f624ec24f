//! One photo at a time: decoded by a plugin, its pictures encoded.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};
use std::sync::Arc;

use rikaste_model::picture::{Color, Facts, Format, Frame, Rendition};
use rikaste_model::product::Hash;

use super::{Studio, Unusable};
use crate::encode::{self, EncodeError, Quality};
use rikaste_model::picture::Layout;
use rikaste_runtime::{Picture, Pixels, Processor, Unpictured, limits};

/// The code of what a plugin does not decode; another may.
const UNSUPPORTED: &str = "image-format-unsupported";

/// The code of what a plugin failed on.
const FAILED: &str = "image-plugin-failed";

/// What decodes photos, for one thread.
pub(super) struct Desk<'a> {
    studio: &'a Studio,
    frames: Vec<Frame>,
    processors: Vec<Processor>,
}

/// A photo that was decoded, and what is to be encoded of it.
pub(super) struct Exposed {
    pub(super) facts: Arc<Facts>,
    pub(super) jobs: Vec<Job>,
}

/// A rendition that is to be encoded.
pub(super) struct Job {
    pub(super) rendition: Rendition,
    pub(super) format: Format,
    /// Renditions of one frame share them.
    pub(super) pixels: Arc<Pixels>,
}

impl<'a> Desk<'a> {
    pub(super) fn new(studio: &'a Studio) -> Self {
        let processors = studio.processors.iter().map(Processor::new).collect();
        Self { studio, frames: studio.frames(), processors }
    }

    /// Decodes a photo.
    pub(super) fn expose(&mut self, photo: &Hash) -> io::Result<Result<Exposed, Failed>> {
        let Some(bytes) = self.read(photo)? else {
            let most = limits::PHOTO_BYTES >> 20;
            let message = format!("it has more than {most} MB; save it smaller and drop it again");
            return Ok(Err(Failed::lasting("image-file-too-large", message)));
        };
        Ok(self.decode(&bytes).map(|Picture { mut facts, pixels }| {
            facts.maker = self.studio.maker;
            let jobs = self.jobs(photo, &facts, &pixels);
            Exposed { facts: Arc::new(facts), jobs }
        }))
    }

    /// The photo's bytes, unless there are too many.
    fn read(&self, photo: &Hash) -> io::Result<Option<Vec<u8>>> {
        let file = File::open(self.studio.assets.path(photo))?;
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
    fn decode(&mut self, bytes: &[u8]) -> Result<Picture, Failed> {
        let mut refused = None;
        let mut failed: Option<Failed> = None;
        for processor in &mut self.processors {
            match processor.process(bytes, &self.frames) {
                Ok(mut picture) => {
                    let failed = failed.map(|Failed { unusable, .. }| unusable);
                    let remark = failed.map(|Unusable { code, message }| (code, message));
                    picture.facts.remarks.extend(remark);
                    return Ok(picture);
                }
                Err(Unpictured::Refused { code, message }) if code == UNSUPPORTED => {
                    refused.get_or_insert(Failed::lasting(&code, message));
                }
                Err(Unpictured::Refused { code, message }) => {
                    return Err(failed.unwrap_or_else(|| Failed::lasting(&code, message)));
                }
                Err(Unpictured::Failed(error)) => {
                    let (message, is_lasting) = (error.to_string(), !error.is_overdue);
                    let unusable = Unusable { code: FAILED.into(), message };
                    let error = Failed { unusable, is_lasting };
                    if !is_lasting {
                        // Another would make another picture of it than this one will next time.
                        return Err(error);
                    }
                    failed.get_or_insert(error);
                }
            }
        }
        Err(failed.or(refused).expect("a studio without a plugin is asked for nothing"))
    }

    /// What is wanted of a photo of this size and not there.
    fn jobs(&self, photo: &Hash, facts: &Facts, pixels: &[Arc<Pixels>]) -> Vec<Job> {
        let mut jobs = Vec::new();
        for rendition in self.studio.wanted(Some(facts.width)) {
            let at = self.frames.iter().position(|frame| *frame == rendition.frame);
            let at = at.expect("what is wanted of a photo is among what is wanted of all");
            let name = rendition.name(photo, &self.studio.maker);
            for format in &rendition.formats {
                if !self.studio.shelf.has(name, *format) {
                    let (rendition, pixels) = (rendition.clone(), Arc::clone(&pixels[at]));
                    jobs.push(Job { rendition, format: *format, pixels });
                }
            }
        }
        // The largest first, so that none is left alone at the end.
        jobs.sort_by_key(|job| std::cmp::Reverse(job.pixels.bytes.len()));
        jobs
    }
}

/// A photo cannot be used, now or ever.
pub(super) struct Failed {
    pub(super) unusable: Unusable,
    /// Whether the same photo would fail again.
    pub(super) is_lasting: bool,
}

impl Failed {
    fn lasting(code: &str, message: String) -> Self {
        Self { unusable: Unusable { code: code.into(), message }, is_lasting: true }
    }
}

impl Job {
    /// The rendition's file.
    pub(super) fn encode(&self) -> Result<Vec<u8>, EncodeError> {
        let Pixels { width, height, layout, bytes } = &*self.pixels;
        let (bytes, layout) = match (layout, self.format) {
            (Layout::Rgba, Format::Jpeg) => {
                let behind = self.rendition.frame.background.unwrap_or(Color::WHITE);
                (Cow::Owned(opaque(bytes, behind)), Layout::Rgb)
            }
            _ => (Cow::Borrowed(bytes.as_slice()), *layout),
        };
        let pixels = encode::Pixels::new(*width, *height, layout, &bytes);
        let pixels = pixels.expect("what a plugin hands over is checked");
        let quality = self.rendition.quality.and_then(Quality::new);
        encode::encode(&pixels, self.format, quality.unwrap_or(Quality::usual(self.format)))
    }
}

/// Pixels in front of a colour.
fn opaque(rgba: &[u8], behind: Color) -> Vec<u8> {
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
