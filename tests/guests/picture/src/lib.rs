//! An image processor that does what a photo tells it to, most of it wrong. For the host's tests.
//!
//! A photo is a text: `%PICTURE 40 30 loop` is of 40×30 pixels, and the last word is what goes wrong with it;
//! nothing does with `well`.

use std::hint::black_box;

use rikaste_plugin::image::{
    Color, Content, Facts, Fit, ImageManifest, ImageProcessor, Layout, Picture, Pixels, Point,
    Refusal, Remark, Rendition, Swatch,
};
use rikaste_plugin::{ConfigError, NoConfig, log};

/// The plugin.
pub struct Told;

impl ImageProcessor for Told {
    type Config = NoConfig;

    fn describe() -> ImageManifest {
        ImageManifest::new("told", "0.1.0", "Does what a photo tells it to.")
            .decodes("image/x-told")
    }

    fn new(_: NoConfig) -> Result<Self, ConfigError> {
        Ok(Self)
    }

    fn process(
        &self,
        photo: Vec<u8>,
        _: Option<Point>,
        wanted: &[Rendition],
    ) -> Result<Picture, Refusal> {
        let text = String::from_utf8_lossy(&photo);
        let mut words = text.split_whitespace().skip(1);
        let mut side = || words.next().and_then(|word| word.parse().ok());
        let (Some(width), Some(height)) = (side(), side()) else {
            // Another's photo, of which it does not even look at the name.
            if text.ends_with("fails-on-it") {
                panic!("it was told to");
            }
            return Err(Refusal::new("image-format-unsupported", "It is not told what to do"));
        };
        let fault = words.next().unwrap_or("well");
        let facts = facts(width, height);
        let renditions = match fault {
            "lies-of-its-size" => Vec::new(),
            _ => wanted.iter().map(|wanted| pixels(wanted, (width, height))).collect(),
        };
        let mut picture = Picture { facts, renditions, remarks: Vec::new() };
        wrong(fault, &mut picture)?;
        Ok(picture)
    }
}

fn facts(width: u32, height: u32) -> Facts {
    Facts {
        media_type: "image/x-told".to_owned(),
        width,
        height,
        orientation: 1,
        frames: 1,
        profile: None,
        transparent: false,
        white_background: false,
        sharpness: 500,
        colors: Vec::new(),
        thumbhash: vec![1; 20],
        perceptual_hash: 1,
        focus: Point { x: 500, y: 500 },
        content: Content::Photo,
    }
}

/// As the contract has it, of what the tests want: a width, or a padded frame.
fn pixels(wanted: &Rendition, (width, height): (u32, u32)) -> Pixels {
    let across = wanted.width.unwrap_or(width);
    let (width, height) = match wanted.fit {
        Fit::Pad => (across, wanted.height.unwrap_or(height)),
        _ if across >= width => (width, height),
        _ => (across, ((2 * height * across + width) / (2 * width)).max(1)),
    };
    let bytes = vec![99; (width * height * 3) as usize];
    Pixels { width, height, layout: Layout::Rgb, bytes }
}

fn wrong(fault: &str, picture: &mut Picture) -> Result<(), Refusal> {
    let Picture { facts, renditions, remarks } = picture;
    match fault {
        "well" => {}
        "loop" => loop {
            black_box(());
        },
        "recurse" => {
            black_box(deeper(1));
        }
        "panic" => panic!("it was told to"),
        "abort" => std::process::abort(),
        "memory" => {
            let mut taken = Vec::new();
            loop {
                taken.push(black_box(Vec::<u8>::with_capacity(1 << 20)));
            }
        }
        "log" => (0..100_000).for_each(|line| log::info(&format!("line {line}"))),
        "none" => renditions.clear(),
        "fewer" => drop(renditions.pop()),
        "more" => renditions.push(renditions[0].clone()),
        "ever-more" => {
            let empty = Pixels { width: 0, height: 0, layout: Layout::Grey, bytes: Vec::new() };
            *renditions = vec![empty; 200_000];
        }
        "other-order" => renditions.reverse(),
        "short" => drop(renditions[0].bytes.pop()),
        "long" => renditions[0].bytes.push(0),
        "no-bytes" => renditions[1].bytes.clear(),
        "too-many-bytes" => renditions[0].bytes = vec![0; 40 << 20],
        "smaller" => renditions[0].width -= 1,
        "turned" => {
            let Pixels { width, height, .. } = &mut renditions[1];
            std::mem::swap(width, height);
        }
        "no-size" => (renditions[0].width, renditions[0].bytes) = (0, Vec::new()),
        "endless" => (renditions[0].width, renditions[0].height) = (u32::MAX, u32::MAX),
        "other-layout" => renditions[0].layout = Layout::Rgba,
        "transparent" => {
            let last = renditions.last_mut().expect("one is wanted");
            last.layout = Layout::Rgba;
            last.bytes = vec![0; (last.width * last.height * 4) as usize];
        }
        "lies-of-its-size" => {
            (facts.width, facts.height) = (u32::MAX, u32::MAX);
        }
        "nothing-of-it" => facts.width = 0,
        "orientation" => facts.orientation = 0,
        "media-type" => facts.media_type = "text/html".to_owned(),
        "media-type-with-an-escape" => facts.media_type = "image/\u{1b}[31m\r\nX: y".to_owned(),
        "profile" => facts.profile = Some("P".repeat(1 << 20)),
        "sharpness" => facts.sharpness = u16::MAX,
        "focus" => facts.focus.y = u16::MAX,
        "thumbhash" => facts.thumbhash = vec![0; 1 << 20],
        "colors" => {
            let color = Color { red: 1, green: 2, blue: 3 };
            facts.colors = vec![Swatch { color, share: 1 }; 1 << 20];
        }
        "share" => {
            let color = Color { red: 1, green: 2, blue: 3 };
            facts.colors = vec![Swatch { color, share: u16::MAX }];
        }
        "frames" => facts.frames = u32::MAX,
        "remarks" => {
            let message = "so\u{1b}[31m much ".repeat(100);
            *remarks = (0..10_000).map(|_| Remark::warning("told-to", message.clone())).collect();
        }
        "remark-without-end" => {
            remarks.push(Remark::warning("Not A Code", "x".repeat(40 << 20)));
        }
        "refusal" => {
            return Err(Refusal::new("<b>", format!("\u{202e}{}", "no ".repeat(4 << 20))));
        }
        fault => return Err(Refusal::new("told-to", format!("It knows no fault {fault:?}"))),
    }
    Ok(())
}

#[expect(unconditional_recursion, reason = "it is to exhaust its stack")]
fn deeper(depth: u64) -> u64 {
    let below = black_box([depth; 64]);
    black_box(deeper(depth + 1)) + below[0]
}

rikaste_plugin::export_image_processor!(Told);
