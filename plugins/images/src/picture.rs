//! Makes renditions and facts of a decoded photo.

use rikaste_plugin::image::{Color, Fit, Picture, Pixels, Point, Remark, Rendition};

use crate::decode::{DecodeError, DecodedPhoto};
use crate::facts::{self, FactsThumbnail, SamplePatches};
use crate::frame::{RelativeArea, RenditionPlan};
use crate::light::LightImage;
use crate::limits;
use crate::orient::{self, Orientation};
use crate::profile::ColorConversion;
use crate::raster::{Raster, RasterRows};
use crate::rendition;
use crate::scale::{ChannelLayout, RowSource, SourceRegion, scale_region};

/// The longer side of the thumbnail for facts, in pixels.
const FACTS_SIDE: usize = 256;

/// How much larger the source of a rendition is at least. Every small reduction loses some detail.
const STEP: f64 = 1.5;

/// Makes the requested renditions and the facts of a photo.
pub(crate) fn process_photo(
    decoded: DecodedPhoto,
    focus: Option<Point>,
    wanted: &[Rendition],
) -> Result<Picture, DecodeError> {
    let DecodedPhoto { format, raster, orientation, profile, frames, mut remarks } = decoded;
    let size = orient::turn_size(orientation, (raster.width, raster.height));
    let middle = Point { x: 500, y: 500 };
    // The focal point decides which area is cut out, but not its size.
    let sizes = plan_renditions(wanted, size, middle)?;
    let base_size = choose_base_size(&sizes, size);
    let conversion = ColorConversion::new(profile.as_deref(), raster.model);
    let is_kept = orientation == Orientation::NoTransforms && conversion.is_identity();
    let copies = find_duplicates(&sizes, wanted);
    check_memory_need(&raster, base_size, &sizes, &copies, is_kept)?;

    let patches = SamplePatches::from_raster(&raster);
    let transparent = raster.has_transparency();
    let light = reduce_raster(&raster, transparent, orient::turn_size(orientation, base_size));
    drop(raster);
    let base = orient::turn_upright(conversion.convert_image(light), orientation);
    remarks.extend(conversion.remark);

    let thumbnail = FactsThumbnail::new(make_thumbnail(&base));
    let focus = focus.unwrap_or_else(|| facts::find_focus(&thumbnail));
    let plans = plan_renditions(wanted, size, focus)?;
    let renditions = RenditionMaker::new(base).make_renditions(&plans, wanted, &copies, size);
    let seen = facts::KnownFacts {
        format,
        size,
        orientation,
        frames,
        profile: conversion.name,
        transparent,
        focus,
    };
    let facts = facts::collect_facts(seen, &thumbnail, &patches);
    if facts::is_text(&thumbnail) {
        remarks.push(Remark::warning(
            "image-text",
            "The picture seems to show text and nothing else, which channels refuse; give a picture \
             of the product",
        ));
    }
    Ok(Picture { facts, renditions, remarks })
}

fn plan_renditions(
    wanted: &[Rendition],
    size: (usize, usize),
    focus: Point,
) -> Result<Vec<RenditionPlan>, DecodeError> {
    wanted.iter().map(|rendition| RenditionPlan::new(rendition, size, focus)).collect()
}

/// Finds for each rendition an earlier one with the same pixels. Frames larger than the photo often
/// give equal renditions.
fn find_duplicates(plans: &[RenditionPlan], wanted: &[Rendition]) -> Vec<Option<usize>> {
    let color = |rendition: &Rendition| {
        rendition.background.map(|Color { red, green, blue }| [red, green, blue])
    };
    let is_inside = |at: usize| wanted[at].fit == Fit::Inside;
    let is_same = |one: usize, other: usize| {
        plans[one] == plans[other]
            && wanted[one].tone == wanted[other].tone
            && color(&wanted[one]) == color(&wanted[other])
    };
    let earlier = |at: usize| (0..at).find(|one| is_inside(*one) && is_same(*one, at));
    (0..plans.len()).map(|at| is_inside(at).then(|| earlier(at)).flatten()).collect()
}

/// The size of the upright base: as large as the largest rendition and the thumbnail need.
fn choose_base_size(plans: &[RenditionPlan], (width, height): (usize, usize)) -> (usize, usize) {
    let longest = width.max(height);
    let facts = (FACTS_SIDE as f64 / longest as f64).min(1.0);
    let needed = |side: usize, of: fn((f64, f64)) -> f64| {
        let scale = plans
            .iter()
            .map(|plan| of(plan.scale_factors((width, height))))
            .fold(facts, f64::max)
            .min(1.0);
        // A value just above a whole number is rounding noise.
        ((side as f64 * scale - 1e-6).ceil() as usize).clamp(1, side)
    };
    (needed(width, |(across, _)| across), needed(height, |(_, down)| down))
}

/// Checks the memory of both phases: raster with base, then base with renditions.
fn check_memory_need(
    raster: &Raster,
    base: (usize, usize),
    plans: &[RenditionPlan],
    copies: &[Option<usize>],
    is_kept: bool,
) -> Result<(), DecodeError> {
    let channels = raster.channels().max(if is_kept { 1 } else { 3 });
    let bytes =
        |(width, height): (usize, usize), each: usize| width as u64 * height as u64 * each as u64;
    let light = bytes(base, channels * 2);
    let made: u64 = plans
        .iter()
        .zip(copies)
        .filter(|(_, copied)| copied.is_none())
        .map(|(plan, _)| {
            let image = (plan.width, plan.height);
            let is_base = plan.area == RelativeArea::ALL && image == base;
            let image = if is_base { 0 } else { bytes(image, channels * 2) };
            bytes(plan.output_size(), channels.max(3) + usize::from(plan.canvas.is_some())) + image
        })
        .sum();
    // Turning and conversion each make a copy of the base.
    let changed = if is_kept { light } else { 2 * light };
    limits::check_memory((raster.memory_bytes() + light).max(changed).max(light + made))
}

/// Reduces the raster to this size, as linear light.
fn reduce_raster(raster: &Raster, alpha: bool, (width, height): (usize, usize)) -> LightImage {
    let rows = RasterRows::new(raster, alpha);
    let all = source_region(RelativeArea::ALL, rows.width(), rows.height());
    scale_region(&rows, all, ChannelLayout { model: raster.model, alpha }, width, height)
}

fn source_region(part: RelativeArea, width: usize, height: usize) -> SourceRegion {
    SourceRegion {
        left: part.left * width as f64,
        top: part.top * height as f64,
        width: part.width * width as f64,
        height: part.height * height as f64,
    }
}

fn scale_area(light: &LightImage, part: RelativeArea, width: usize, height: usize) -> LightImage {
    let kind = ChannelLayout { model: light.model, alpha: light.alpha };
    scale_region(light, source_region(part, light.width, light.height), kind, width, height)
}

/// Makes the thumbnail for facts.
fn make_thumbnail(base: &LightImage) -> LightImage {
    let scale = (FACTS_SIDE as f64 / base.width.max(base.height) as f64).min(1.0);
    let pixels = |side: usize| ((side as f64 * scale).round() as usize).max(1);
    scale_area(base, RelativeArea::ALL, pixels(base.width), pixels(base.height))
}

/// Makes renditions, each from a larger image if possible.
struct RenditionMaker {
    /// Uncropped images: the base first, then smaller ones.
    scaled: Vec<LightImage>,
}

impl RenditionMaker {
    fn new(base: LightImage) -> Self {
        Self { scaled: vec![base] }
    }

    /// Makes renditions from the largest down and returns them in the order of `wanted`. Duplicates
    /// have no bytes.
    fn make_renditions(
        mut self,
        plans: &[RenditionPlan],
        wanted: &[Rendition],
        copies: &[Option<usize>],
        size: (usize, usize),
    ) -> Vec<Pixels> {
        let mut order: Vec<usize> = (0..plans.len()).filter(|at| copies[*at].is_none()).collect();
        order.sort_by(|a, b| {
            plans[*b].scale_factors(size).0.total_cmp(&plans[*a].scale_factors(size).0)
        });
        let mut made: Vec<Option<Pixels>> = plans.iter().map(|_| None).collect();
        for index in order {
            let plan = &plans[index];
            made[index] = Some(self.make_rendition(plan, &wanted[index]));
        }
        for (at, copied) in copies.iter().enumerate() {
            let copied = copied.and_then(|earlier| made[earlier].as_ref());
            let copied = copied.map(|&Pixels { width, height, layout, .. }| Pixels {
                width,
                height,
                layout,
                bytes: Vec::new(),
            });
            made[at] = made[at].take().or(copied);
        }
        made.into_iter().flatten().collect()
    }

    fn make_rendition(&mut self, plan: &RenditionPlan, wanted: &Rendition) -> Pixels {
        let is_whole = plan.area == RelativeArea::ALL;
        let same = |image: &&LightImage| {
            is_whole && (image.width, image.height) == (plan.width, plan.height)
        };
        if let Some(image) = self.scaled.iter().find(same) {
            return rendition::encode_rendition(image, plan.canvas, wanted);
        }
        let image = scale_area(self.find_source(plan), plan.area, plan.width, plan.height);
        let pixels = rendition::encode_rendition(&image, plan.canvas, wanted);
        if is_whole {
            self.scaled.push(image);
        }
        pixels
    }

    /// The smallest uncropped image that is sufficiently larger, or else the base.
    fn find_source(&self, plan: &RenditionPlan) -> &LightImage {
        let is_enough = |image: &&LightImage| {
            let (across, down) = plan.scale_factors((image.width, image.height));
            across.max(down) * STEP <= 1.0
        };
        self.scaled
            .iter()
            .filter(is_enough)
            .min_by_key(|image| image.width * image.height)
            .unwrap_or(&self.scaled[0])
    }
}
