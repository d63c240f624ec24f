//! From a raster to renditions and facts.

use rikaste_plugin::image::{Color, Fit, Picture, Pixels, Point, Remark, Rendition};

use crate::decode::{DecodeError, Decoded};
use crate::facts::{self, Grains, Small};
use crate::frame::{Part, Plan};
use crate::light::Light;
use crate::limits;
use crate::orient::{self, Orientation};
use crate::profile::Conversion;
use crate::raster::{Raster, RasterLight};
use crate::rendition;
use crate::scale::{Kind, Region, Rows, scale};

/// Facts are found on a copy whose longer side is this, in pixels.
const FACTS_SIDE: usize = 256;

/// A rendition is made from a larger one only if that is so much larger: each time a picture is
/// scaled a little, it loses a little.
const STEP: f64 = 1.5;

/// Makes what is wanted of a photo.
pub(crate) fn develop(
    decoded: Decoded,
    focus: Option<Point>,
    wanted: &[Rendition],
) -> Result<Picture, DecodeError> {
    let Decoded { format, raster, orientation, profile, frames, mut remarks } = decoded;
    let size = orient::turn_size(orientation, (raster.width, raster.height));
    let middle = Point { x: 500, y: 500 };
    // Where the focal point is changes which part is cut out, and not how large it is.
    let sizes = plans(wanted, size, middle)?;
    let base_size = base(&sizes, size);
    let conversion = Conversion::new(profile.as_deref(), raster.model);
    let is_kept = orientation == Orientation::NoTransforms && conversion.keeps();
    let copies = copies(&sizes, wanted);
    check_memory(&raster, base_size, &sizes, &copies, is_kept)?;

    let grains = Grains::of(&raster);
    let transparent = raster.is_transparent();
    let light = reduced(&raster, transparent, orient::turn_size(orientation, base_size));
    drop(raster);
    let base = orient::turn_upright(conversion.apply(light), orientation);
    remarks.extend(conversion.remark);

    let small = Small::new(facts_copy(&base));
    let focus = focus.unwrap_or_else(|| facts::focus(&small));
    let plans = plans(wanted, size, focus)?;
    let renditions = Darkroom::new(base).renditions(&plans, wanted, &copies, size);
    let seen = facts::Seen {
        format,
        size,
        orientation,
        frames,
        profile: conversion.name,
        transparent,
        focus,
    };
    let facts = facts::find(seen, &small, &grains);
    if facts::is_text(&small) {
        remarks.push(Remark::warning(
            "image-text",
            "The picture seems to show text and nothing else, which channels refuse; give a picture \
             of the product",
        ));
    }
    Ok(Picture { facts, renditions, remarks })
}

fn plans(
    wanted: &[Rendition],
    size: (usize, usize),
    focus: Point,
) -> Result<Vec<Plan>, DecodeError> {
    wanted.iter().map(|rendition| Plan::new(rendition, size, focus)).collect()
}

/// Of each rendition, which earlier one it is over again: a photo smaller than several frames is the
/// same picture in all of them.
fn copies(plans: &[Plan], wanted: &[Rendition]) -> Vec<Option<usize>> {
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

/// How large the upright base has to be: what the largest rendition needs, and facts.
fn base(plans: &[Plan], (width, height): (usize, usize)) -> (usize, usize) {
    let longest = width.max(height);
    let facts = (FACTS_SIDE as f64 / longest as f64).min(1.0);
    let needed = |side: usize, of: fn((f64, f64)) -> f64| {
        let scale =
            plans.iter().map(|plan| of(plan.scale((width, height)))).fold(facts, f64::max).min(1.0);
        // A hair less than a whole number is one.
        ((side as f64 * scale - 1e-6).ceil() as usize).clamp(1, side)
    };
    (needed(width, |(across, _)| across), needed(height, |(_, down)| down))
}

/// Holds what is going to be in memory against the limit: the raster and the base, then the base
/// and what is made of it.
fn check_memory(
    raster: &Raster,
    base: (usize, usize),
    plans: &[Plan],
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
            let print = (plan.width, plan.height);
            let is_base = plan.part == Part::ALL && print == base;
            let print = if is_base { 0 } else { bytes(print, channels * 2) };
            bytes(plan.size(), channels.max(3) + usize::from(plan.canvas.is_some())) + print
        })
        .sum();
    // Turning and converting make another of the base.
    let changed = if is_kept { light } else { 2 * light };
    limits::check_memory((raster.bytes() + light).max(changed).max(light + made))
}

/// The raster as light, scaled down to this size.
fn reduced(raster: &Raster, alpha: bool, (width, height): (usize, usize)) -> Light {
    let rows = RasterLight::new(raster, alpha);
    let all = region(Part::ALL, rows.width(), rows.height());
    scale(&rows, all, Kind { model: raster.model, alpha }, width, height)
}

fn region(part: Part, width: usize, height: usize) -> Region {
    Region {
        left: part.left * width as f64,
        top: part.top * height as f64,
        width: part.width * width as f64,
        height: part.height * height as f64,
    }
}

fn part_of(light: &Light, part: Part, width: usize, height: usize) -> Light {
    let kind = Kind { model: light.model, alpha: light.alpha };
    scale(light, region(part, light.width, light.height), kind, width, height)
}

/// The small copy that facts are found on.
fn facts_copy(base: &Light) -> Light {
    let scale = (FACTS_SIDE as f64 / base.width.max(base.height) as f64).min(1.0);
    let pixels = |side: usize| ((side as f64 * scale).round() as usize).max(1);
    part_of(base, Part::ALL, pixels(base.width), pixels(base.height))
}

/// Where renditions are made one from another.
struct Darkroom {
    /// Whole pictures, the base first and smaller ones after it.
    prints: Vec<Light>,
}

impl Darkroom {
    fn new(base: Light) -> Self {
        Self { prints: vec![base] }
    }

    /// In the order of `wanted`, made from the largest down; copies of earlier ones have no bytes.
    fn renditions(
        mut self,
        plans: &[Plan],
        wanted: &[Rendition],
        copies: &[Option<usize>],
        size: (usize, usize),
    ) -> Vec<Pixels> {
        let mut order: Vec<usize> = (0..plans.len()).filter(|at| copies[*at].is_none()).collect();
        order.sort_by(|a, b| plans[*b].scale(size).0.total_cmp(&plans[*a].scale(size).0));
        let mut made: Vec<Option<Pixels>> = plans.iter().map(|_| None).collect();
        for index in order {
            let plan = &plans[index];
            made[index] = Some(self.print(plan, &wanted[index]));
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

    fn print(&mut self, plan: &Plan, wanted: &Rendition) -> Pixels {
        let is_whole = plan.part == Part::ALL;
        let same =
            |print: &&Light| is_whole && (print.width, print.height) == (plan.width, plan.height);
        if let Some(print) = self.prints.iter().find(same) {
            return rendition::encode(print, plan.canvas, wanted);
        }
        let print = part_of(self.source(plan), plan.part, plan.width, plan.height);
        let pixels = rendition::encode(&print, plan.canvas, wanted);
        if is_whole {
            self.prints.push(print);
        }
        pixels
    }

    /// The smallest whole picture that is enough larger, or else the base.
    fn source(&self, plan: &Plan) -> &Light {
        let is_enough = |print: &&Light| {
            let (across, down) = plan.scale((print.width, print.height));
            across.max(down) * STEP <= 1.0
        };
        self.prints
            .iter()
            .filter(is_enough)
            .min_by_key(|print| print.width * print.height)
            .unwrap_or(&self.prints[0])
    }
}
