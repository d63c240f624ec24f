//! What is known of a photo, as the photo report and explanations have it.

use rikaste_contract::{PhotoColor, PhotoDetails, PictureContent, PluginRemark};
use rikaste_model::photo::{PhotoContent, PhotoMetadata};

pub(super) fn describe_details(facts: &PhotoMetadata) -> PhotoDetails {
    PhotoDetails {
        media_type: facts.media_type.to_string(),
        width: facts.width,
        height: facts.height,
        orientation: facts.orientation,
        frames: facts.frames,
        profile: facts.profile.as_ref().map(ToString::to_string),
        transparent: facts.transparent,
        white_background: facts.white_background,
        sharpness: thousandths(facts.sharpness),
        content: picture_content(facts.content),
        focus: [thousandths(facts.focus.x), thousandths(facts.focus.y)],
        colors: describe_colors(facts),
        remarks: facts
            .remarks
            .iter()
            .map(|(code, message)| PluginRemark {
                code: code.to_string(),
                message: message.clone(),
            })
            .collect(),
    }
}

pub(super) fn describe_colors(facts: &PhotoMetadata) -> Vec<PhotoColor> {
    let colors = facts.colors.iter().map(|swatch| PhotoColor {
        color: swatch.color.to_string(),
        share: thousandths(swatch.share),
    });
    colors.collect()
}

pub(super) fn picture_content(content: PhotoContent) -> PictureContent {
    match content {
        PhotoContent::Photo => PictureContent::Photo,
        PhotoContent::Graphic => PictureContent::Graphic,
        PhotoContent::Blank => PictureContent::Blank,
    }
}

pub(super) fn thousandths(count: u16) -> f64 {
    f64::from(count) / 1000.0
}
