//! From a product's photos to the patch.

use rikaste_plugin::{
    Attribute, ConfigError, Context, Enricher, Manifest, NoConfig, Outcome, Patch, Product, Table,
};

use crate::alt::AltText;

/// The plugin.
pub struct AltTexts;

impl Enricher for AltTexts {
    type Config = NoConfig;

    fn describe() -> Manifest {
        Manifest::new(
            "alt-text",
            env!("CARGO_PKG_VERSION"),
            "Alternative texts of photos, from the product's name and colour.",
        )
        .reads("images")
        .reads("name")
        .reads("color")
        .writes(Attribute::table("image_alt").localizable())
    }

    fn new(_: NoConfig) -> Result<Self, ConfigError> {
        Ok(Self)
    }

    fn enrich(&self, context: &Context, product: &Product) -> Outcome {
        let mut patch = Patch::new();
        if product.images.is_empty() {
            return Ok(patch);
        }
        for locale in &context.locales {
            let Some(alt) = AltText::new(product, locale) else { continue };
            let mut table = Table::new(["file_name", "alt"]);
            for (index, image) in product.images.iter().enumerate() {
                table.push([image.file_name.clone(), alt.of(image, index)]);
            }
            patch.table("image_alt", table).locale(locale.as_str());
        }
        Ok(patch)
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use rikaste_plugin::{Data, Image};

    use super::*;

    fn image(file_name: &str, role: &str) -> Image {
        Image { asset: file_name.into(), file_name: file_name.into(), role: role.into(), size: 1 }
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
        let patch = AltTexts.enrich(&Context { locales, channels: Vec::new() }, &product).unwrap();
        let mut shown = String::new();
        for value in &patch.values {
            let Data::Table(table) = &value.data else { panic!("only tables are written") };
            shown += &format!("{} {}\n", value.attribute, value.locale.as_deref().unwrap_or("*"));
            for row in &table.rows {
                shown += &format!("  {}\n", row.join(" | "));
            }
        }
        assert!(patch.diagnostics.is_empty());
        expected.assert_eq(&shown);
    }

    #[test]
    fn each_photo_has_a_text_of_its_own_in_each_language_that_the_product_is_named_in() {
        check(
            vec![image("a.gif", "main"), image("b.gif", "detail"), image("c.gif", "")],
            &expect![[r#"
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
    fn no_images_no_values() {
        check(Vec::new(), &expect![""]);
    }
}
