//! What the header of an image file says, read with bounds.

mod bmp;
mod gif;
mod jpeg;
mod png;
mod webp;

use std::io::{self, Read, Seek, SeekFrom};

use crate::exif;

/// How the pixels are to be turned to be seen upright, as in EXIF: 1 is as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Orientation(u8);

impl Orientation {
    pub(crate) const UPRIGHT: Self = Self(1);

    /// `None` for a value that EXIF does not have.
    pub(crate) fn from_exif(value: u32) -> Option<Self> {
        (1..=8).contains(&value).then_some(Self(value as u8))
    }

    pub(crate) fn number(self) -> u8 {
        self.0
    }

    /// Whether width and height change places.
    fn swaps(self) -> bool {
        self.0 >= 5
    }
}

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
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Jpeg => "jpeg",
            Self::Png => "png",
            Self::WebP => "webp",
            Self::Gif => "gif",
            Self::Bmp => "bmp",
            Self::Tiff => "tiff",
        }
    }

    /// The format that the ending of a file's name claims.
    pub(crate) fn of_name(file_name: &str) -> Option<Self> {
        let (_, ending) = file_name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "jpg" | "jpeg" | "jpe" | "jfif" => Some(Self::Jpeg),
            "png" => Some(Self::Png),
            "webp" => Some(Self::WebP),
            "gif" => Some(Self::Gif),
            "bmp" => Some(Self::Bmp),
            "tif" | "tiff" => Some(Self::Tiff),
            _ => None,
        }
    }
}

/// The facts of one image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) format: Format,
    /// Pixels, as stored.
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) orientation: Orientation,
}

impl Header {
    /// Width and height as seen.
    pub(crate) fn seen(&self) -> (u32, u32) {
        if self.orientation.swaps() { (self.height, self.width) } else { (self.width, self.height) }
    }
}

/// Why a header could not be read.
#[derive(Debug)]
pub(crate) enum HeaderError {
    /// Bytes that no known image begins with.
    NotAnImage,
    /// An image of a format that channels do not take.
    Unsupported(&'static str),
    /// The file ends within its header.
    Truncated,
    /// The header contradicts itself: how.
    Broken(&'static str),
    /// The size is not where it can be found within bounds.
    TooDeep,
    /// The host could not read it: why.
    Unreadable(String),
}

impl From<io::Error> for HeaderError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Self::Truncated,
            io::ErrorKind::QuotaExceeded => Self::TooDeep,
            _ => Self::Unreadable(error.to_string()),
        }
    }
}

/// Segments or chunks that are looked at before giving up; real files have fewer than 20.
const MOST_PARTS: usize = 64;

/// Reads an image's header.
pub(crate) fn read(file: &mut (impl Read + Seek)) -> Result<Header, HeaderError> {
    let mut start = [0; 16];
    let length = fill(file, &mut start)?;
    let header = match start[..length] {
        [] => return Err(HeaderError::Truncated),
        [0xff, 0xd8, 0xff, ..] => jpeg::read(file)?,
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => png::read(file)?,
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => webp::read(file)?,
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => gif::read(file)?,
        [b'B', b'M', ..] => bmp::read(file)?,
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => tiff(file)?,
        [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', b'f' | b's', ..] => {
            return Err(HeaderError::Unsupported("AVIF"));
        }
        [_, _, _, _, b'f', b't', b'y', b'p', b'h' | b'm', ..] => {
            return Err(HeaderError::Unsupported("HEIC"));
        }
        [b'<', b's', b'v', b'g', ..] => return Err(HeaderError::Unsupported("SVG")),
        [0xff, 0xd8] | [0xff] | [0x89] => return Err(HeaderError::Truncated),
        _ => return Err(HeaderError::NotAnImage),
    };
    if header.width == 0 || header.height == 0 {
        return Err(HeaderError::Broken("its width or height is zero"));
    }
    Ok(header)
}

fn tiff(file: &mut (impl Read + Seek)) -> Result<Header, HeaderError> {
    let directory = exif::read(file, 0)?;
    let (Some(width), Some(height)) = (directory.width, directory.height) else {
        return Err(HeaderError::Broken("its first directory has no width and height"));
    };
    let orientation = directory.orientation.unwrap_or(Orientation::UPRIGHT);
    Ok(Header { format: Format::Tiff, width, height, orientation })
}

/// The orientation that EXIF data at this offset gives. Broken EXIF data does not break an image.
fn exif_orientation(
    file: &mut (impl Read + Seek),
    offset: u64,
) -> Result<Orientation, HeaderError> {
    match exif::read(file, offset) {
        Ok(directory) => Ok(directory.orientation.unwrap_or(Orientation::UPRIGHT)),
        Err(HeaderError::Broken(_) | HeaderError::Truncated) => Ok(Orientation::UPRIGHT),
        Err(error) => Err(error),
    }
}

/// Reads until the buffer is full or the file ends.
fn fill(file: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut length = 0;
    while length < buffer.len() {
        match file.read(&mut buffer[length..])? {
            0 => break,
            count => length += count,
        }
    }
    Ok(length)
}

/// Reads exactly `N` bytes at an offset.
pub(crate) fn bytes_at<const N: usize>(
    file: &mut (impl Read + Seek),
    offset: u64,
) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    file.seek(SeekFrom::Start(offset))?;
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests;
