//! What a file is, by how it begins.

use crate::decode::DecodeError;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Jpeg,
    Png,
    WebP,
    Gif,
    Bmp,
    Tiff,
}

impl Format {
    pub(crate) const ALL: [Self; 6] =
        [Self::Jpeg, Self::Png, Self::WebP, Self::Gif, Self::Bmp, Self::Tiff];

    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::WebP => "image/webp",
            Self::Gif => "image/gif",
            Self::Bmp => "image/bmp",
            Self::Tiff => "image/tiff",
        }
    }

    /// What these bytes are the beginning of. Names and media types that came with them may lie,
    /// so nothing asks for them.
    pub(crate) fn of(photo: &[u8]) -> Result<Self, DecodeError> {
        match photo {
            [] => Err(DecodeError::Empty),
            [0xff, 0xd8, 0xff, ..] => Ok(Self::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Ok(Self::Png),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Ok(Self::WebP),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Ok(Self::Gif),
            [b'I', b'I', 42 | 43, 0, ..] | [b'M', b'M', 0, 42 | 43, ..] => Ok(Self::Tiff),
            // The reserved bytes are zero; without them any text that begins with BM would be one.
            [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => Ok(Self::Bmp),
            _ => Err(foreign(photo)),
        }
    }
}

/// Why bytes that begin with no format of ours are refused.
fn foreign(photo: &[u8]) -> DecodeError {
    let is_cut = |whole: &[u8]| photo.len() < whole.len() && whole.starts_with(photo);
    if is_cut(&[0xff, 0xd8, 0xff])
        || is_cut(b"\x89PNG\r\n\x1a\n")
        || is_cut(b"GIF89a")
        || is_cut(b"GIF87a")
        || is_cut(b"II*\0")
        || is_cut(b"MM\0*")
        || photo.len() < 10 && photo.starts_with(b"BM")
        || photo.len() < 12 && (photo.starts_with(b"RIFF") || is_cut(b"RIFF"))
    {
        return DecodeError::Truncated;
    }
    let name = match photo {
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => match brand {
            [b'a', b'v', b'i', b'f' | b's', ..] => "AVIF",
            [b'h', b'e', b'i' | b'v', ..] | [b'm', b'i' | b's', b'f', b'1', ..] => "HEIC",
            [b'c', b'r', b'x', ..] => "a camera's raw format",
            _ => "a video",
        },
        [0xff, 0x0a, ..] | [0, 0, 0, 12, b'J', b'X', b'L', b' ', ..] => "JPEG XL",
        [0, 0, 0, 12, b'j', b'P', ..] | [0xff, 0x4f, 0xff, 0x51, ..] => "JPEG 2000",
        [b'%', b'P', b'D', b'F', ..] => "PDF",
        [b'%', b'!', b'P', b'S', ..] => "PostScript",
        [b'8', b'B', b'P', b'S', ..] => "Photoshop's own format",
        [0, 0, 1, 0, ..] => "an icon (ICO)",
        _ if is_svg(photo) => "SVG",
        _ => return DecodeError::NotAnImage,
    };
    DecodeError::Unsupported(name)
}

fn is_svg(photo: &[u8]) -> bool {
    let start = &photo[..photo.len().min(1024)];
    let text = start.trim_ascii_start();
    let text = text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(text);
    text.starts_with(b"<svg")
        || text.starts_with(b"<") && start.windows(4).any(|window| window == b"<svg")
}
