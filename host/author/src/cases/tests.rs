use expect_test::{Expect, expect};

use super::*;

fn case(files: &[(&str, &str)]) -> Result<PluginCase, String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("a file");
    }
    PluginCase::read_folder(folder.path())
        .map_err(|error| error.to_string().replace(&*folder.path().to_string_lossy(), "CASE"))
}

#[test]
fn a_case_is_products_in_a_shop() {
    let case = case(&[
        (
            "products.json",
            r#"[{
                "sku": "1001",
                "attributes": {"name": {"fi-FI": "Takki"}, "since": "2026-12-24", "weight": {"amount": "0.40", "unit": "kg"}},
                "reviews": [{"rating": 4.5, "text": "Hyvä."}],
                "stock": {"helsinki": 4},
                "prices": [{"amount": "89.90", "currency": "EUR", "until": "2027-01-01"}],
                "associations": [{"kind": "care-product", "sku": "5001"}],
                "images": [{"file": "photo.jpg"}]
            }]"#,
        ),
        ("photo.jpg", "bytes"),
        ("model.toml", "[attributes.since]\ntype = \"date\"\n"),
        ("shop.toml", "name = \"x\"\nlocales = [\"fi_FI\"]\nchannels = [\"web\", \"screen\"]\n"),
        ("config.toml", "separator = \"/\"\n"),
    ])
    .expect("valid");
    assert_eq!(case.config, r#"{"separator":"/"}"#);
    assert_eq!((case.shop.locales.len(), case.shop.channels.len()), (1, 2));
    let product = &case.products[0];
    let values: Vec<String> = product.content.sources[0]
        .values
        .iter()
        .map(|source| format!("{} {}", source.value.data.data_type(), source.value.data))
        .collect();
    assert_eq!(values, ["text Takki", "date 2026-12-24", "measurement 0.40 kg"]);
    assert_eq!(product.reviews[0].record.rating.to_string(), "4.5");
    assert_eq!(product.commerce.stock[0].quantity, 4);
    assert!(product.commerce.prices[0].window.end.is_some());
    assert_eq!(product.content.sources[0].associations[0].quantity, 1);
    let photo = &product.content.photos[0];
    assert_eq!((photo.role, photo.size), (PhotoRole::Main, 5));
    assert_eq!(case.photos.read_range(&photo.asset, 2, 2).expect("there"), b"te");
}

#[test]
fn a_bad_file_says_where() {
    let check = |files: &[(&str, &str)], expected: &Expect| {
        expected.assert_eq(&case(files).expect_err("wrong"));
    };
    check(&[], &expect!["CASE/products.json: No such file or directory (os error 2)"]);
    check(
        &[("products.json", "[\n  {\"sku\": \"1\",}\n]")],
        &expect!["CASE/products.json: [0].?: trailing comma at line 2 column 15"],
    );
    check(
        &[("products.json", "[\n  {\"sku\": \"1\", \"atributes\": {}}\n]")],
        &expect![
            "CASE/products.json: [0].atributes: unknown field `atributes`, expected one of `sku`, `attributes`, `reviews`, `stock`, `prices`, `associations`, `images` at line 2 column 26"
        ],
    );
    check(
        &[("products.json", r#"[{"sku": "1", "attributes": {"color": {"fi-FI": null}}}]"#)],
        &expect![[
            r#"CASE/products.json: product 1: attributes.color: fi-FI: null is no value; write a text, a number, true or false, a list of codes, an amount with unit or currency, a table, values by locale, or the type by its name as in {"date": "2026-12-24"}"#
        ]],
    );
    check(
        &[("products.json", r#"[{"sku": "1", "images": [{"file": "a.jpg"}]}]"#)],
        &expect![
            "CASE/products.json: product 1: images[0]: CASE/a.jpg: No such file or directory (os error 2)"
        ],
    );
    check(
        &[("products.json", r#"[{"sku": "1"}, {"sku": "1"}]"#)],
        &expect!["CASE/products.json: product 1: there is another product of this SKU above"],
    );
    check(
        &[("products.json", "[]"), ("shop.toml", "time_zone = \"Helsinki\"")],
        &expect![[
            r#"CASE/shop.toml: time_zone: "Helsinki" is not a time zone; write one such as Europe/Helsinki"#
        ]],
    );
}
