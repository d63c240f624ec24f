//! From a product's photos to the patch.

use rikaste_plugin::assets::AssetReader;
use rikaste_plugin::{
    Attribute, ConfigError, Context, Enricher, Image, Manifest, NoConfig, Outcome, Patch, Product,
    Table,
};

use crate::alt::AltText;
use crate::header::{self, Format, Header, HeaderError};

/// The most bytes that are taken of one file. A header is within a few kilobytes; the rest is for
/// previews and profiles that some cameras put before it.
const MOST_BYTES: u64 = 256 * 1024;

// Google Merchant, image_link: 500×500 from 31 January 2027, at most 64 megapixels and 16 MB.
const SMALLEST_SIDE: u32 = 500;
const MOST_PIXELS: u64 = 64_000_000;
const LARGEST_FILE: u64 = 16 * 1024 * 1024;

/// The plugin.
pub struct Images;

impl Enricher for Images {
    type Config = NoConfig;

    fn describe() -> Manifest {
        Manifest::new(
            "images",
            env!("CARGO_PKG_VERSION"),
            "Facts of photos and their alternative texts.",
        )
        .reads("images")
        .reads("name")
        .reads("color")
        .writes(Attribute::table("image_facts"))
        .writes(Attribute::table("image_alt").localizable())
    }

    fn new(_: NoConfig) -> Result<Self, ConfigError> {
        Ok(Self)
    }

    fn enrich(&self, context: &Context, product: &Product) -> Outcome {
        let mut patch = Patch::new();
        let mut shown: Vec<&Image> = Vec::with_capacity(product.images.len());
        let mut facts = Table::new(["file_name", "width", "height", "orientation", "format"]);
        for image in &product.images {
            let mut file = AssetReader::new(&image.asset, image.size, MOST_BYTES);
            match header::read(&mut file) {
                Ok(header) => {
                    write_facts(image, &header, &mut facts);
                    remark(image, &header, &mut patch);
                    shown.push(image);
                }
                Err(error) => remark_on_error(image, &error, &mut patch),
            }
        }
        if !shown.is_empty() {
            patch.table("image_facts", facts);
            write_alt(context, product, &shown, &mut patch);
        }
        Ok(patch)
    }
}

fn write_facts(image: &Image, header: &Header, facts: &mut Table) {
    let (width, height) = header.seen();
    facts.push([
        image.file_name.clone(),
        width.to_string(),
        height.to_string(),
        header.orientation.number().to_string(),
        header.format.as_str().to_owned(),
    ]);
}

fn write_alt(context: &Context, product: &Product, shown: &[&Image], patch: &mut Patch) {
    for locale in &context.locales {
        let Some(alt) = AltText::new(product, locale) else { continue };
        let mut table = Table::new(["file_name", "alt"]);
        for (index, image) in shown.iter().enumerate() {
            table.push([image.file_name.clone(), alt.of(image, index)]);
        }
        patch.table("image_alt", table).locale(locale.as_str());
    }
}

/// What channels will not like about an image that is one.
fn remark(image: &Image, header: &Header, patch: &mut Patch) {
    let name = &image.file_name;
    let (width, height) = header.seen();
    if let Some(claimed) = Format::of_name(name).filter(|claimed| *claimed != header.format) {
        let message = format!(
            "{name} is named as {} and is {}; rename it",
            claimed.as_str(),
            header.format.as_str()
        );
        patch.warning("image-extension-wrong", message).attribute("images");
    }
    if width < SMALLEST_SIDE || height < SMALLEST_SIDE {
        let message = format!(
            "{name} is {width}×{height} pixels; Google Merchant takes no image below 500×500 from \
             31 January 2027. Give a larger one, best 1500×1500"
        );
        patch.warning("image-too-small", message).attribute("images");
    }
    if u64::from(width) * u64::from(height) > MOST_PIXELS || image.size > LARGEST_FILE {
        let megabytes = image.size.div_ceil(1024 * 1024);
        let message = format!(
            "{name} is {width}×{height} pixels and {megabytes} MB; Google Merchant takes at most 64 \
             megapixels and 16 MB"
        );
        patch.warning("image-too-large", message).attribute("images");
    }
}

fn remark_on_error(image: &Image, error: &HeaderError, patch: &mut Patch) {
    let name = &image.file_name;
    let (code, message) = match error {
        HeaderError::NotAnImage => (
            "image-not-an-image",
            format!("{name} is not an image; give a JPEG, PNG, WebP, GIF, BMP or TIFF file"),
        ),
        HeaderError::Unsupported(format) => (
            "image-format-unsupported",
            format!(
                "{name} is {format}, which not every channel takes; give a JPEG, PNG or WebP file"
            ),
        ),
        HeaderError::Truncated => (
            "image-truncated",
            format!("{name} ends too early; it was perhaps not copied whole, drop it again"),
        ),
        HeaderError::Broken(how) => {
            ("image-broken", format!("{name} is broken: {how}; save it anew and drop it again"))
        }
        HeaderError::TooDeep => (
            "image-header-too-deep",
            format!("the size of {name} is not near its beginning; save it anew without previews"),
        ),
        HeaderError::Unreadable(why) => {
            ("image-unreadable", format!("{name} could not be read: {why}"))
        }
    };
    patch.warning(code, message).attribute("images");
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use rikaste_plugin::{Data, assets};

    use super::*;

    /// The smallest GIF header of this size.
    fn gif(width: u16, height: u16) -> Vec<u8> {
        let ([w0, w1], [h0, h1]) = (width.to_le_bytes(), height.to_le_bytes());
        vec![b'G', b'I', b'F', b'8', b'9', b'a', w0, w1, h0, h1, 0, 0, 0]
    }

    fn image(file_name: &str, role: &str, bytes: &[u8]) -> Image {
        assets::testing::register(file_name, bytes);
        Image {
            asset: file_name.into(),
            file_name: file_name.into(),
            role: role.into(),
            size: bytes.len() as u64,
        }
    }

    fn check(images: Vec<Image>, expected: &Expect) {
        let mut texts = Patch::new();
        texts.text("name", "Untuvatakki").locale("fi-FI");
        texts.text("name", "Sandfärgad dunjacka").locale("sv-SE");
        texts.text("name", "Doudoune").locale("fr-FR");
        texts.text("color", "Hiekka").locale("fi-FI");
        texts.text("color", "sandfärgad").locale("sv-SE");
        let product = Product { values: texts.values, images, ..Product::empty() };
        let locales = ["fi-FI", "sv-SE", "en-GB", "fr-FR"].map(Into::into).to_vec();
        let patch = Images.enrich(&Context { locales, channels: Vec::new() }, &product).unwrap();
        let mut shown = String::new();
        for value in &patch.values {
            let Data::Table(table) = &value.data else { panic!("only tables are written") };
            shown += &format!("{} {}\n", value.attribute, value.locale.as_deref().unwrap_or("*"));
            for row in &table.rows {
                shown += &format!("  {}\n", row.join(" | "));
            }
        }
        for diagnostic in &patch.diagnostics {
            shown += &format!("{}: {}\n", diagnostic.code, diagnostic.message);
        }
        expected.assert_eq(&shown);
    }

    #[test]
    fn facts_and_alternative_texts() {
        check(
            vec![
                image("a.gif", "main", &gif(800, 600)),
                image("b.gif", "detail", &gif(800, 800)),
                image("c.gif", "", &gif(800, 800)),
            ],
            &expect![[r#"
                image_facts *
                  a.gif | 800 | 600 | 1 | gif
                  b.gif | 800 | 800 | 1 | gif
                  c.gif | 800 | 800 | 1 | gif
                image_alt fi-FI
                  a.gif | Untuvatakki, Hiekka
                  b.gif | Untuvatakki, Hiekka, yksityiskohta, kuva 2
                  c.gif | Untuvatakki, Hiekka, kuva 3
                image_alt sv-SE
                  a.gif | Sandfärgad dunjacka
                  b.gif | Sandfärgad dunjacka, detalj, bild 2
                  c.gif | Sandfärgad dunjacka, bild 3
                image_alt fr-FR
                  a.gif | Doudoune
                  b.gif | Doudoune, 2
                  c.gif | Doudoune, 3
            "#]],
        );
    }

    #[test]
    fn what_is_wrong_is_said_and_loses_only_itself() {
        let mut missing = image("gone.jpg", "", &[]);
        missing.asset = "nowhere".into();
        missing.size = 9;
        check(
            vec![
                image("text.jpg", "", b"Dear photographer, "),
                image("empty.jpg", "", b""),
                image("cut.gif", "", b"GIF89a"),
                image("new.avif", "", b"\0\0\0\x1cftypavif\0\0\0\0"),
                missing,
                image("small.png", "", &gif(300, 200)),
                image("large.gif", "", &gif(9000, 9000)),
            ],
            &expect![[r#"
                image_facts *
                  small.png | 300 | 200 | 1 | gif
                  large.gif | 9000 | 9000 | 1 | gif
                image_alt fi-FI
                  small.png | Untuvatakki, Hiekka
                  large.gif | Untuvatakki, Hiekka, kuva 2
                image_alt sv-SE
                  small.png | Sandfärgad dunjacka
                  large.gif | Sandfärgad dunjacka, bild 2
                image_alt fr-FR
                  small.png | Doudoune
                  large.gif | Doudoune, 2
                image-not-an-image: text.jpg is not an image; give a JPEG, PNG, WebP, GIF, BMP or TIFF file
                image-truncated: empty.jpg ends too early; it was perhaps not copied whole, drop it again
                image-truncated: cut.gif ends too early; it was perhaps not copied whole, drop it again
                image-format-unsupported: new.avif is AVIF, which not every channel takes; give a JPEG, PNG or WebP file
                image-unreadable: gone.jpg could not be read: no asset nowhere
                image-extension-wrong: small.png is named as png and is gif; rename it
                image-too-small: small.png is 300×200 pixels; Google Merchant takes no image below 500×500 from 31 January 2027. Give a larger one, best 1500×1500
                image-too-large: large.gif is 9000×9000 pixels and 1 MB; Google Merchant takes at most 64 megapixels and 16 MB
            "#]],
        );
    }

    #[test]
    fn no_images_no_values() {
        check(Vec::new(), &expect![""]);
    }
}
