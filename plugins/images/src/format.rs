//! Detects the format of a photo by its first bytes.

use crate::decode::DecodeError;

/// The most brands of a file that are compared. Programs write about five.
const MOST_BRANDS: usize = 64;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PhotoFormat {
    Jpeg,
    Png,
    WebP,
    Avif,
    Gif,
    Bmp,
    Tiff,
}

impl PhotoFormat {
    pub(crate) const ALL: [Self; 7] =
        [Self::Jpeg, Self::Png, Self::WebP, Self::Avif, Self::Gif, Self::Bmp, Self::Tiff];

    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::WebP => "image/webp",
            Self::Avif => "image/avif",
            Self::Gif => "image/gif",
            Self::Bmp => "image/bmp",
            Self::Tiff => "image/tiff",
        }
    }

    /// Detects the format. File names and media types may be wrong and are not used.
    pub(crate) fn detect_format(photo: &[u8]) -> Result<Self, DecodeError> {
        match photo {
            [] => Err(DecodeError::Empty),
            [0xff, 0xd8, 0xff, ..] => Ok(Self::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Ok(Self::Png),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Ok(Self::WebP),
            [_, _, _, _, b'f', b't', b'y', b'p', ..] => detect_container(photo),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Ok(Self::Gif),
            [b'I', b'I', 42 | 43, 0, ..] | [b'M', b'M', 0, 42 | 43, ..] => Ok(Self::Tiff),
            // The reserved bytes are zero. Without them any text that starts with BM would match.
            [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => Ok(Self::Bmp),
            _ => Err(refuse_unknown(photo)),
        }
    }
}

/// Detects a format in the ISO base media container by its brands (ISO/IEC 14496-12, 4.3).
fn detect_container(photo: &[u8]) -> Result<PhotoFormat, DecodeError> {
    let size = u32::from_be_bytes(photo.first_chunk().copied().unwrap_or_default()) as usize;
    let head = photo.get(8..size.min(photo.len()).min(MOST_BRANDS * 4)).unwrap_or_default();
    let is_avif = |brand: &[u8]| matches!(brand, b"avif" | b"avis");
    let name = match head.first_chunk() {
        Some(brand) if is_avif(brand) => return Ok(PhotoFormat::Avif),
        // Generic brands; a compatible brand names the format.
        Some(b"mif1" | b"msf1" | b"miaf") if head.chunks_exact(4).skip(2).any(is_avif) => {
            return Ok(PhotoFormat::Avif);
        }
        Some([b'h', b'e', b'i' | b'v', _]) => "HEIC",
        // The missing part may contain the brand.
        Some(b"mif1" | b"msf1" | b"miaf") | None if size > photo.len() => {
            return Err(DecodeError::Truncated);
        }
        Some(b"mif1" | b"msf1" | b"miaf") => "HEIC",
        Some([b'c', b'r', b'x', _]) => "a camera's raw format",
        _ => "a video",
    };
    Err(DecodeError::Unsupported(name))
}

/// Explains why bytes of no supported format are refused.
fn refuse_unknown(photo: &[u8]) -> DecodeError {
    let is_cut = |whole: &[u8]| photo.len() < whole.len() && whole.starts_with(photo);
    if is_cut(&[0xff, 0xd8, 0xff])
        || is_cut(b"\x89PNG\r\n\x1a\n")
        || is_cut(b"GIF89a")
        || is_cut(b"GIF87a")
        || is_cut(b"II*\0")
        || is_cut(b"MM\0*")
        || (5..8).contains(&photo.len()) && b"ftyp".starts_with(&photo[4..])
        || photo.len() < 10 && photo.starts_with(b"BM")
        || photo.len() < 12 && (photo.starts_with(b"RIFF") || is_cut(b"RIFF"))
    {
        return DecodeError::Truncated;
    }
    let name = match photo {
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
