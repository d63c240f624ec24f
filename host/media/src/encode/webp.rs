//! Lossy WebP by libwebp, which is compiled in.
#![expect(
    unsafe_code,
    reason = "libwebp is a C library; its safe wrapper brings one that is years older"
)]

use std::ffi::c_int;
use std::slice;

use libwebp_sys::{
    WebPConfig, WebPEncode, WebPMemoryWrite, WebPMemoryWriter, WebPMemoryWriterClear,
    WebPMemoryWriterInit, WebPPicture, WebPPictureFree, WebPPictureImportRGB,
    WebPPictureImportRGBA,
};

use super::{EncodeQuality, PixelLayout, PixelSlice};

/// libwebp's effort, 0 to 6. Beside 2 it takes twice the time and makes files of the same looks a twelfth smaller; 6
/// takes twice the time again for a twentieth. It is what sharp takes too.
const METHOD: c_int = 4;

/// A WebP of pixels that are within its bounds.
pub(super) fn encode_webp(
    pixels: &PixelSlice<'_>,
    quality: EncodeQuality,
) -> Result<Vec<u8>, String> {
    let mut config =
        WebPConfig::new().map_err(|()| "libwebp is of another version than it says")?;
    config.quality = f32::from(quality.get());
    config.method = METHOD;
    // VP8 has no grey pictures; of equal channels it makes colour planes that cost next to nothing.
    let coloured: Vec<u8>;
    let (bytes, layout) = match pixels.layout {
        PixelLayout::Grey => {
            coloured = pixels.bytes.iter().flat_map(|&light| [light; 3]).collect();
            (coloured.as_slice(), PixelLayout::Rgb)
        }
        PixelLayout::Rgb | PixelLayout::Rgba => (pixels.bytes, pixels.layout),
    };
    let mut picture = WebpPicture::import_pixels(pixels.width, pixels.height, layout, bytes)?;
    picture.encode_picture(&config)
}

/// A picture of libwebp's, freed with what belongs to it.
struct WebpPicture(WebPPicture);

impl WebpPicture {
    /// Copies the pixels in, as luma and chroma and, where not all of it is opaque, alpha.
    fn import_pixels(
        width: u32,
        height: u32,
        layout: PixelLayout,
        bytes: &[u8],
    ) -> Result<Self, String> {
        assert_eq!(
            bytes.len(),
            width as usize * height as usize * layout.bytes_per_pixel(),
            "pixels are checked when made"
        );
        let mut picture =
            Self(WebPPicture::new().map_err(|()| "libwebp is of another version than it says")?);
        picture.0.width = to_c_int(width);
        picture.0.height = to_c_int(height);
        let stride = to_c_int(width * layout.bytes_per_pixel() as u32);
        let import =
            if layout == PixelLayout::Rgba { WebPPictureImportRGBA } else { WebPPictureImportRGB };
        // SAFETY: it reads `height` rows of `stride` bytes, which is all of `bytes`, asserted above.
        let done = unsafe { import(&raw mut picture.0, bytes.as_ptr(), stride) };
        if done == 0 { Err(picture.describe_error()) } else { Ok(picture) }
    }

    fn encode_picture(&mut self, config: &WebPConfig) -> Result<Vec<u8>, String> {
        let mut written = WebpOutput::new();
        self.0.writer = Some(WebPMemoryWrite);
        self.0.custom_ptr = (&raw mut written.0).cast();
        // SAFETY: the picture was imported, and what it writes to outlives the call.
        let done = unsafe { WebPEncode(config, &raw mut self.0) };
        if done == 0 { Err(self.describe_error()) } else { Ok(written.bytes().to_vec()) }
    }

    fn describe_error(&self) -> String {
        format!("libwebp says {:?}", self.0.error_code)
    }
}

impl Drop for WebpPicture {
    fn drop(&mut self) {
        // SAFETY: it was initialised, and frees only what it allocated itself.
        unsafe { WebPPictureFree(&raw mut self.0) }
    }
}

/// What libwebp wrote, in its own memory.
struct WebpOutput(WebPMemoryWriter);

impl WebpOutput {
    fn new() -> Self {
        let mut writer =
            WebPMemoryWriter { mem: std::ptr::null_mut(), size: 0, max_size: 0, pad: [0] };
        // SAFETY: it sets fields and nothing else.
        unsafe { WebPMemoryWriterInit(&raw mut writer) };
        Self(writer)
    }

    fn bytes(&self) -> &[u8] {
        if self.0.mem.is_null() {
            return &[];
        }
        // SAFETY: libwebp wrote `size` bytes there, and nothing changes them while `self` is borrowed.
        unsafe { slice::from_raw_parts(self.0.mem, self.0.size) }
    }
}

impl Drop for WebpOutput {
    fn drop(&mut self) {
        // SAFETY: it was initialised.
        unsafe { WebPMemoryWriterClear(&raw mut self.0) }
    }
}

/// Sides and rows as C counts them.
fn to_c_int(pixels: u32) -> c_int {
    c_int::try_from(pixels).expect("a side of a WebP has at most 16,383 pixels of 4 bytes")
}
