//! From a product's photos to the patch.

use rikaste_plugin::{
    Attribute, ConfigError, Context, Enricher, Manifest, NoConfig, Outcome, Patch, Product, Table,
};

use crate::alt_text::AltText;
use crate::supplied::SuppliedTexts;

/// What is read of the shop's files, and written with what was missing.
pub(crate) const ATTRIBUTE: &str = "image_alt";

/// The plugin.
pub struct AltTexts;

impl Enricher for AltTexts {
    type Config = NoConfig;

    fn describe() -> Manifest {
        Manifest::new(
            "alt-text",
            env!("CARGO_PKG_VERSION"),
            "Alternative texts of photos: the shop's own, else from the product's name and colour.",
        )
        .reads("images")
        .reads("name")
        .reads("color")
        .reads(ATTRIBUTE)
        .writes(Attribute::table(ATTRIBUTE).localizable())
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
            let (given, made) =
                (SuppliedTexts::from_product(product, locale), AltText::new(product, locale));
            let mut table = Table::new(["file_name", "alt", "made_by"]);
            for (index, image) in product.images.iter().enumerate() {
                let text = match given.text_for_photo(image, index) {
                    Some(text) => Some((text.to_owned(), "shop")),
                    None => {
                        made.as_ref().map(|made| (made.text_for_photo(image, index), "machine"))
                    }
                };
                if let Some((text, by)) = text {
                    table.push([image.file_name.clone(), text, by.to_owned()]);
                }
            }
            if !table.rows.is_empty() {
                patch.table(ATTRIBUTE, table).locale(locale.as_str());
            }
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

    fn check(images: Vec<Image>, given: &[(Option<&str>, Table)], expected: &Expect) {
        let mut texts = Patch::new();
        for (locale, table) in given {
            let value = texts.table(ATTRIBUTE, table.clone());
            if let Some(locale) = locale {
                value.locale(*locale);
            }
        }
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
            &[],
            &expect![[r#"
                image_alt fi-FI
                  a.gif | Untuvatakki, Hiekka | machine
                  b.gif | Untuvatakki, Hiekka, yksityiskohta, kuva 2 | machine
                  c.gif | Untuvatakki, Hiekka, kuva 3 | machine
                image_alt sv-SE
                  a.gif | Sandfärgad dunjacka | machine
                  b.gif | Sandfärgad dunjacka, detalj, bild 2 | machine
                  c.gif | Sandfärgad dunjacka, bild 3 | machine
                image_alt fr-FR
                  a.gif | Doudoune | machine
                  b.gif | Doudoune, 2 | machine
                  c.gif | Doudoune, 3 | machine
            "#]],
        );
    }

    #[test]
    fn what_the_shop_says_itself_wins_and_the_rest_is_made() {
        let table = |rows: &[[&str; 2]]| {
            let mut table = Table::new(["file_name", "alt", "made_by"]);
            for [file_name, alt] in rows {
                table.push([*file_name, *alt, "shop"]);
            }
            table
        };
        check(
            vec![image("a.gif", "main"), image("b.gif", "")],
            &[
                // By name, whatever the order; what is empty is left out.
                (Some("fi-FI"), table(&[["b.gif", "Takki takaa"], ["a.gif", " "]])),
                // Of all languages, by place, where no photo is named.
                (None, table(&[["", "Jacket, front"]])),
            ],
            &expect![[r#"
                image_alt fi-FI
                  a.gif | Jacket, front | shop
                  b.gif | Takki takaa | shop
                image_alt sv-SE
                  a.gif | Jacket, front | shop
                  b.gif | Sandfärgad dunjacka, bild 2 | machine
                image_alt en-GB
                  a.gif | Jacket, front | shop
                image_alt fr-FR
                  a.gif | Jacket, front | shop
                  b.gif | Doudoune, 2 | machine
            "#]],
        );
    }

    #[test]
    fn no_images_no_values() {
        check(Vec::new(), &[], &expect![""]);
    }
}
