//! What an image processor answered, checked: sizes are those that were asked for, and nothing is
//! longer or larger than it can be.

use std::sync::Arc;

use rikaste_model::photo::{
    Color, ColorSwatch, FitMode, FocusPoint, PhotoContent, PhotoMetadata, RenditionFrame,
};
use rikaste_model::product::ContentHash;
use smol_str::SmolStr;

use super::super::bindings::image::rikaste::plugin::pictures;
use super::super::guest_text;
use super::super::limits;
use super::{PixelBuffer, ProcessedPhoto};
use rikaste_model::photo::PixelLayout;

/// What is wrong with an answer.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum AnswerError {
    #[error("it was asked for {wanted} pictures and gave {got}")]
    PictureCount { wanted: usize, got: usize },
    #[error("picture {nth} is {got} pixels, and is to be {wanted} of a photo of {of}")]
    Size { nth: usize, got: PixelSize, wanted: PixelSize, of: PixelSize },
    #[error("picture {nth} has {got} bytes; {size} pixels of {channels} channels have {wanted}")]
    Bytes { nth: usize, got: usize, size: PixelSize, channels: usize, wanted: usize },
    #[error("picture {nth} is transparent, and was wanted with a background")]
    Transparent { nth: usize },
    #[error("the photo's size is {0}, which no photo has")]
    NoSize(PixelSize),
    #[error("its {what} is {got}; at most {most} is possible")]
    AboveLimit { what: &'static str, got: u64, most: u64 },
    #[error("the orientation is {0}; EXIF has 1 to 8")]
    Orientation(u8),
    #[error("the media type {0:?} is none of a picture")]
    MediaType(String),
}

/// Width and height.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PixelSize(u32, u32);

impl std::fmt::Display for PixelSize {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}×{}", self.0, self.1)
    }
}

/// The longest media type and the longest name of a profile, in bytes.
const NAME_BYTES: usize = 64;
/// A ThumbHash of any picture has no more.
const THUMBHASH_BYTES: usize = 25;
const MAX_COLORS: usize = 5;
/// Pixels of a photo's side: more than any has, and few enough to reckon with.
const MAX_SIDE: usize = 1 << 20;
const MAX_REMARKS: usize = 16;

pub(super) fn check_picture(
    raw: pictures::Picture,
    frames: &[RenditionFrame],
) -> Result<ProcessedPhoto, AnswerError> {
    let pictures::Picture { facts, renditions, remarks } = raw;
    let mut facts = check_facts(facts)?;
    let of = PixelSize(facts.width, facts.height);
    if renditions.len() != frames.len() {
        return Err(AnswerError::PictureCount { wanted: frames.len(), got: renditions.len() });
    }
    let mut pixels: Vec<Arc<PixelBuffer>> = Vec::with_capacity(frames.len());
    for (at, (raw, frame)) in renditions.into_iter().zip(frames).enumerate() {
        check_size(at + 1, &raw, frame, of)?;
        let copied =
            raw.bytes.is_empty().then(|| find_copied(&raw, frame, &pixels, frames)).flatten();
        pixels.push(match copied {
            Some(copied) => copied,
            None => Arc::new(check_pixels(at + 1, raw, frame)?),
        });
    }
    facts.remarks = remarks.iter().take(MAX_REMARKS).map(convert_remark).collect();
    Ok(ProcessedPhoto { facts, pixels })
}

/// A stable name, if it is one.
pub(super) fn parse_code(raw: &str) -> Option<SmolStr> {
    let lower = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    ((1..=64).contains(&raw.len()) && raw.bytes().all(lower)).then(|| SmolStr::new(raw))
}

fn convert_remark(raw: &pictures::Remark) -> (SmolStr, String) {
    let code = parse_code(&raw.code).unwrap_or_else(|| "image-remark".into());
    (code, guest_text::sanitize_message(&raw.message, limits::MESSAGE_BYTES))
}

/// The earlier picture that this one is over again.
fn find_copied(
    raw: &pictures::Pixels,
    frame: &RenditionFrame,
    pixels: &[Arc<PixelBuffer>],
    frames: &[RenditionFrame],
) -> Option<Arc<PixelBuffer>> {
    // Of one photo, what is inside of two frames and of one size is the same.
    let is_same = |(pixels, other): &(&Arc<PixelBuffer>, &RenditionFrame)| {
        (pixels.width, pixels.height) == (raw.width, raw.height)
            && pixels.layout == convert_layout(raw.layout)
            && (frame.fit, other.fit) == (FitMode::Inside, FitMode::Inside)
            && (frame.background, frame.tone) == (other.background, other.tone)
    };
    pixels.iter().zip(frames).find(is_same).map(|(pixels, _)| Arc::clone(pixels))
}

fn convert_layout(raw: pictures::Layout) -> PixelLayout {
    match raw {
        pictures::Layout::Grey => PixelLayout::Grey,
        pictures::Layout::Rgb => PixelLayout::Rgb,
        pictures::Layout::Rgba => PixelLayout::Rgba,
    }
}

fn check_size(
    nth: usize,
    raw: &pictures::Pixels,
    frame: &RenditionFrame,
    of: PixelSize,
) -> Result<(), AnswerError> {
    let got = PixelSize(raw.width, raw.height);
    let (width, height) = frame.compute_size((of.0, of.1));
    let wanted = PixelSize(width, height);
    if got == wanted { Ok(()) } else { Err(AnswerError::Size { nth, got, wanted, of }) }
}

fn check_pixels(
    nth: usize,
    raw: pictures::Pixels,
    frame: &RenditionFrame,
) -> Result<PixelBuffer, AnswerError> {
    let pictures::Pixels { width, height, .. } = raw;
    let layout = convert_layout(raw.layout);
    if layout == PixelLayout::Rgba && frame.background.is_some() {
        return Err(AnswerError::Transparent { nth });
    }
    let channels = layout.bytes_per_pixel();
    let (got, length) = (raw.bytes.len(), width as usize * height as usize * channels);
    if got != length {
        let size = PixelSize(width, height);
        return Err(AnswerError::Bytes { nth, got, size, channels, wanted: length });
    }
    Ok(PixelBuffer { width, height, layout, bytes: raw.bytes })
}

fn check_facts(raw: pictures::Facts) -> Result<PhotoMetadata, AnswerError> {
    let most = |what, got: usize, most: usize| match got > most {
        true => Err(AnswerError::AboveLimit { what, got: got as u64, most: most as u64 }),
        false => Ok(()),
    };
    if raw.width == 0 || raw.height == 0 {
        return Err(AnswerError::NoSize(PixelSize(raw.width, raw.height)));
    }
    most("width", raw.width as usize, MAX_SIDE)?;
    most("height", raw.height as usize, MAX_SIDE)?;
    if !(1..=8).contains(&raw.orientation) {
        return Err(AnswerError::Orientation(raw.orientation));
    }
    if !is_image_media_type(&raw.media_type) {
        return Err(AnswerError::MediaType(rikaste_model::diagnostic::cut_excerpt(
            &raw.media_type,
        )));
    }
    most("media type, in bytes,", raw.media_type.len(), NAME_BYTES)?;
    most("profile's name, in bytes,", raw.profile.as_ref().map_or(0, String::len), NAME_BYTES)?;
    most("thumbhash, in bytes,", raw.thumbhash.len(), THUMBHASH_BYTES)?;
    most("number of colours", raw.colors.len(), MAX_COLORS)?;
    most("sharpness", raw.sharpness.into(), 1_000)?;
    most("focal point", raw.focus.x.max(raw.focus.y).into(), 1_000)?;
    for swatch in &raw.colors {
        most("share of a colour", swatch.share.into(), 1_000)?;
    }
    Ok(PhotoMetadata {
        maker: ContentHash([0; 32]),
        media_type: SmolStr::new(raw.media_type),
        width: raw.width,
        height: raw.height,
        orientation: raw.orientation,
        frames: raw.frames,
        profile: raw
            .profile
            .map(|name| SmolStr::new(guest_text::sanitize_message(&name, NAME_BYTES))),
        transparent: raw.transparent,
        white_background: raw.white_background,
        sharpness: raw.sharpness,
        colors: raw.colors.into_iter().map(convert_swatch).collect(),
        thumbhash: raw.thumbhash,
        perceptual_hash: raw.perceptual_hash,
        focus: FocusPoint { x: raw.focus.x, y: raw.focus.y },
        content: match raw.content {
            pictures::Content::Photo => PhotoContent::Photo,
            pictures::Content::Graphic => PhotoContent::Graphic,
            pictures::Content::Blank => PhotoContent::Blank,
        },
        remarks: Vec::new(),
    })
}

/// `image/` and a name as RFC 6838 has them.
fn is_image_media_type(media_type: &str) -> bool {
    let is_of_name = |b: u8| b.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&b);
    media_type
        .strip_prefix("image/")
        .is_some_and(|name| !name.is_empty() && name.bytes().all(is_of_name))
}

fn convert_swatch(raw: pictures::Swatch) -> ColorSwatch {
    let pictures::Color { red, green, blue } = raw.color;
    ColorSwatch { color: Color { red, green, blue }, share: raw.share }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use rikaste_model::photo::ColorMode;

    use super::super::super::bindings::rikaste::plugin::types::Severity;
    use super::*;

    fn pixels(width: u32, height: u32, layout: pictures::Layout, bytes: usize) -> pictures::Pixels {
        pictures::Pixels { width, height, layout, bytes: vec![7; bytes] }
    }

    /// A photo of 400×300, of which 200 pixels of width are wanted.
    fn answered() -> pictures::Picture {
        let swatch =
            pictures::Swatch { color: pictures::Color { red: 1, green: 2, blue: 3 }, share: 900 };
        pictures::Picture {
            facts: pictures::Facts {
                media_type: "image/png".to_owned(),
                width: 400,
                height: 300,
                orientation: 1,
                frames: 1,
                profile: None,
                transparent: false,
                white_background: false,
                sharpness: 500,
                colors: vec![swatch],
                thumbhash: vec![1; 25],
                perceptual_hash: 5,
                focus: pictures::Point { x: 500, y: 500 },
                content: pictures::Content::Photo,
            },
            renditions: vec![pixels(200, 150, pictures::Layout::Rgb, 200 * 150 * 3)],
            remarks: Vec::new(),
        }
    }

    fn check(change: impl FnOnce(&mut pictures::Picture), expected: &Expect) {
        let mut raw = answered();
        change(&mut raw);
        let checked = check_picture(raw, &[RenditionFrame::with_width(200)])
            .map_err(|wrong| wrong.to_string());
        expected.assert_eq(&checked.map_or_else(|wrong| wrong, |_| "taken".to_owned()));
    }

    #[test]
    fn what_is_asked_for_is_taken_and_nothing_else() {
        check(|_| (), &expect!["taken"]);
        check(|raw| raw.renditions.clear(), &expect!["it was asked for 1 pictures and gave 0"]);
        check(
            |raw| raw.renditions[0] = pixels(199, 150, pictures::Layout::Rgb, 199 * 150 * 3),
            &expect!["picture 1 is 199×150 pixels, and is to be 200×150 of a photo of 400×300"],
        );
        check(
            |raw| raw.renditions[0].bytes.truncate(89_999),
            &expect!["picture 1 has 89999 bytes; 200×150 pixels of 3 channels have 90000"],
        );
        check(
            |raw| raw.renditions[0].layout = pictures::Layout::Rgba,
            &expect!["picture 1 has 90000 bytes; 200×150 pixels of 4 channels have 120000"],
        );
        check(
            |raw| raw.facts.height = 0,
            &expect!["the photo's size is 400×0, which no photo has"],
        );
        check(|raw| raw.facts.orientation = 9, &expect!["the orientation is 9; EXIF has 1 to 8"]);
        check(
            |raw| raw.facts.media_type = "text/html".to_owned(),
            &expect![[r#"the media type "text/html" is none of a picture"#]],
        );
        check(
            |raw| raw.facts.media_type = format!("image/{}", "x".repeat(99)),
            &expect!["its media type, in bytes, is 105; at most 64 is possible"],
        );
        check(
            |raw| raw.facts.thumbhash.push(1),
            &expect!["its thumbhash, in bytes, is 26; at most 25 is possible"],
        );
        check(
            |raw| raw.facts.sharpness = 1_001,
            &expect!["its sharpness is 1001; at most 1000 is possible"],
        );
        check(
            |raw| raw.facts.focus.y = 1_001,
            &expect!["its focal point is 1001; at most 1000 is possible"],
        );
        check(
            |raw| raw.facts.colors = vec![raw.facts.colors[0]; 6],
            &expect!["its number of colours is 6; at most 5 is possible"],
        );
        check(
            |raw| raw.facts.colors[0].share = 1_001,
            &expect!["its share of a colour is 1001; at most 1000 is possible"],
        );
    }

    /// A photo of 400×300 in frames that are all larger.
    #[test]
    fn what_comes_out_as_an_earlier_one_needs_no_bytes() {
        let mut raw = answered();
        let none = pixels(400, 300, pictures::Layout::Rgb, 0);
        raw.renditions =
            vec![pixels(400, 300, pictures::Layout::Rgb, 360_000), none.clone(), none.clone()];
        let frames = [500, 800, 900].map(RenditionFrame::with_width);
        let picture = check_picture(raw.clone(), &frames).expect("the same over again");
        assert!(Arc::ptr_eq(&picture.pixels[0], &picture.pixels[2]));
        // Not of another size, not of other colours, and not of one that comes later.
        let check_error = |raw: pictures::Picture, frames: [RenditionFrame; 3]| {
            check_picture(raw, &frames).expect_err("it is another").to_string()
        };
        let smaller = [500, 200, 900].map(RenditionFrame::with_width);
        expect!["picture 2 is 400×300 pixels, and is to be 200×150 of a photo of 400×300"]
            .assert_eq(&check_error(raw.clone(), smaller));
        let grey = RenditionFrame { tone: ColorMode::Grey, ..frames[2] };
        expect!["picture 3 has 0 bytes; 400×300 pixels of 3 channels have 360000"]
            .assert_eq(&check_error(raw.clone(), [frames[0], frames[1], grey]));
        raw.renditions.swap(0, 1);
        expect!["picture 1 has 0 bytes; 400×300 pixels of 3 channels have 360000"]
            .assert_eq(&check_error(raw, frames));
    }

    #[test]
    fn a_background_leaves_nothing_transparent() {
        let mut raw = answered();
        raw.renditions[0] = pixels(200, 150, pictures::Layout::Rgba, 200 * 150 * 4);
        let frame =
            RenditionFrame { background: Some(Color::WHITE), ..RenditionFrame::with_width(200) };
        let wrong = check_picture(raw.clone(), &[frame]).expect_err("transparent");
        assert_eq!(wrong, AnswerError::Transparent { nth: 1 });
        assert!(check_picture(raw, &[RenditionFrame::with_width(200)]).is_ok());
    }

    #[test]
    fn remarks_are_few_and_their_codes_are_codes() {
        let mut raw = answered();
        let remark = pictures::Remark {
            severity: Severity::Warning,
            code: "Not A Code".to_owned(),
            message: "a\u{1b}[31mb".to_owned(),
        };
        raw.remarks = vec![remark; 40];
        let picture = check_picture(raw, &[RenditionFrame::with_width(200)]).expect("taken");
        assert_eq!(picture.facts.remarks.len(), MAX_REMARKS);
        assert_eq!(picture.facts.remarks[0].0, "image-remark");
        assert!(!picture.facts.remarks[0].1.contains('\u{1b}'));
    }
}
