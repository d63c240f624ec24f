//! Documents with lists and objects inside.

use expect_test::{Expect, expect};

use super::*;

/// What a file of this name comes to, read by this mapping.
fn mapped(mapping: &str, name: &str, text: &str, expected: Expect) {
    let folder = TestShop::new();
    if !mapping.is_empty() {
        let head = "files = [\"*\"]\nkind = \"products\"\n";
        folder.write("mappings/m.toml", &format!("{head}{mapping}"));
    }
    expected.assert_eq(&outcome(&folder, DropKind::Products, name, text.as_bytes()));
}

fn check(text: &str, expected: Expect) {
    mapped("", "a.json", text, expected);
}

#[test]
fn a_list_in_an_object_is_found() {
    check(
        r#"{"total": 2, "links": {"next": null}, "products": [{"sku": "A", "name": {"en": "Coat", "fi-FI": "Takki"}}, {"sku": "B"}], "page": 1}"#,
        expect![[r#"
            JSON, records in products, UTF-8
            1 A: [1] name en-GB = Coat; [2] name fi-FI = Takki
            2 B: 
            2 rows, 0 rejected, 0 skipped
        "#]],
    );
    check(
        r#"{"data": {"items": [{"sku": "A"}], "facets": [{"sku": 1}, 2]}, "ok": [1, {"a": "]"}]}"#,
        expect![[r#"
            JSON, records in data.items, UTF-8
            1 A: 
            1 rows, 0 rejected, 0 skipped
        "#]],
    );
    check(
        "{\n  \"products\": []\n}",
        expect![[r#"
        file-empty: the file has no rows that say anything; drop it again when it has some
    "#]],
    );
    check(
        "{\"products\": [{\"sku\": \"A\"}, {\"sku\": \"B\"}",
        expect![[r#"
        file-cut-short: row 2: the file ends in the middle of this element: it was cut short; export it again
    "#]],
    );
    check(
        "{\"products\": [{\"sku\": \"A\"}], \"total\": 1",
        expect![[r#"
        file-cut-short: row 1: the file ends in the middle of this element: it was cut short; export it again
    "#]],
    );
    check(
        "{\"products\": [{\"sku\": \"A\"}], \"total\": }",
        expect![[r#"
        JSON Lines, UTF-8
        error row 1: this is not JSON: expected value at line 1 column 39
        1 rows, 1 rejected, 0 skipped
    "#]],
    );
    check(
        "{\"products\": [{\"sku\": \"A\"}]} ]",
        expect![[r#"
        JSON Lines, UTF-8
        error row 1: this is not JSON: trailing characters at line 1 column 30
        1 rows, 1 rejected, 0 skipped
    "#]],
    );
}

#[test]
fn an_object_may_be_one_product_or_name_many() {
    check(
        "{\n\"sku\": \"A\",\n\"dimensions\": {\"x\": [{\"y\": 1}]}}",
        expect![[r#"
            JSON, one record, UTF-8
            1 A: 
            warning dimensions.x: nothing was read from this column: nothing in this shop is called "dimensions.x"
            1 rows, 0 rejected, 0 skipped
        "#]],
    );
    check(
        "{\n\"sku\": \"A\"\n}\n{\n\"sku\": \"B\"\n}",
        expect![[r#"
        JSON, one object after another, UTF-8
        1 A: 
        2 B: 
        2 rows, 0 rejected, 0 skipped
    "#]],
    );
    check(
        r#"{"A-1": {"name": {"fi": "Takki"}, "size": 98}, "A-2": {"name": {"fi": "Takki"}, "size": 104}}"#,
        expect![[r#"
            JSON, an object a record, UTF-8
            1 A-1: [0] name fi-FI = Takki; [1] size = 98
            2 A-2: [0] name fi-FI = Takki; [1] size = 104
            2 rows, 0 rejected, 0 skipped
        "#]],
    );
    check(
        r#"{"products": {"a": {"sku": "A-1", "size": 1}, "b": {"sku": "A-2", "size": 2}}, "n": 2}"#,
        expect![[r#"
            JSON, records in products, UTF-8
            1 A-1: [1] size = 1
            2 A-2: [1] size = 2
            2 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn a_mapping_says_where_records_are() {
    let text = r#"{"a": [{"sku": "no"}], "b": {"c": [{"sku": "A"}], "d": {"x": {"sku": "B"}, "y": {"sku": "C"}}}}"#;
    mapped(
        "records = \"b.c\"",
        "a.json",
        text,
        expect![[r#"
        JSON, records in b.c, UTF-8, mapping m.toml
        1 A: 
        1 rows, 0 rejected, 0 skipped
    "#]],
    );
    mapped(
        "records = \"b/d\"",
        "a.json",
        text,
        expect![[r#"
        JSON, records in b.d, UTF-8, mapping m.toml
        1 B: 
        2 C: 
        2 rows, 0 rejected, 0 skipped
    "#]],
    );
    mapped(
        "records = \"b.d.x\"",
        "a.json",
        text,
        expect![[r#"
        JSON, records in b.d.x, UTF-8, mapping m.toml
        1 B: 
        1 rows, 0 rejected, 0 skipped
    "#]],
    );
    mapped(
        "records = \"b.e\"",
        "a.json",
        text,
        expect![[r#"
        file-records: there are no records at "b.e": the file has no "e" there; correct `records` in the mapping
    "#]],
    );
}

#[test]
fn paths_lead_through_lists() {
    let mapping = r#"
[columns]
"images[].url" = "images"
"attributes[name=shade].value.key" = "color"
"offers.price" = "price-EUR"
"additionalProperty" = "ignore"
"#;
    mapped(
        mapping,
        "a.json",
        r#"[{"sku": "A", "images": [{"url": "a.jpg"}, {"url": "b.jpg"}],
            "attributes": [{"name": "shade", "value": {"key": "moss", "label": "Sammal"}}, {"name": "size", "value": "98"}],
            "offers": {"@type": "Offer", "price": 9.5}}]"#,
        expect![[r#"
            JSON array, UTF-8, mapping m.toml
            1 A: [3] color = moss; [4] images = a.jpg, b.jpg; [2] price retail = 9.50 EUR
            warning offers.@type: nothing was read from this column: nothing in this shop is called "offers.@type"; it is filled in 1 of 1 rows, such as "Offer", and looks like the type text; `rikaste attribute add offers_type` takes it in
            1 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn names_and_values_are_columns() {
    check(
        r#"[{"sku": "A", "size": "98", "attributes": [
            {"name": "color", "value": "moss"}, {"name": "size", "value": "104"},
            {"name": "weight", "value": 2.5, "unitText": "kg"}, {"name": "loft", "value": 1}]}]"#,
        expect![[r#"
            JSON array, UTF-8
            1 A: [1] size = 98; [2] color = moss; [3] weight = 2.5 kg
            warning loft: nothing was read from this column: nothing in this shop is called "loft"; it is filled in 1 of 1 rows, such as "1", and looks like the type integer; `rikaste attribute add loft` takes it in
            1 rows, 0 rejected, 0 skipped
        "#]],
    );
    check(
        r#"[{"sku": "A", "name": [{"locale": "fi_FI", "scope": null, "data": "Takki"}, {"locale": "en_GB", "scope": null, "data": "Coat"}],
            "description": [{"locale": "fi_FI", "scope": "web", "data": "Lämmin."}]}]"#,
        expect![[r#"
            JSON array, UTF-8
            1 A: [1] name fi-FI = Takki; [2] name en-GB = Coat; [3] description fi-FI web = Lämmin.
            1 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn variants_are_records_under_their_model() {
    check(
        r#"{"products": [{"sku": "M", "name": {"fi": "Takki"}, "variants": [
            {"sku": "M-98", "size": "98", "price": 10}, {"sku": "M-104", "size": "104", "colour": "moss"}, {"name": "none"}]},
            {"sku": "N", "variants": [{"size": 1}]}]}"#,
        expect![[r#"
            JSON, records in products, UTF-8
            1 M: model; [1] name fi-FI = Takki
            1 M-98: parent M; [3] size = 98; [4] price retail = 10.00 EUR
            1 M-104: parent M; [3] size = 104; [5] color = moss
            2 N: 
            info read by what they are called elsewhere: colour = color; a mapping or a header in the shop's own words says something else
            warning variants: nothing was read from this column: nothing in this shop is called "variants"
            error row 1, sku "": the row has no SKU; the row was not taken
            2 rows, 0 rejected, 0 skipped
        "#]],
    );
    let mapping = r#"
sku = "key"
unknown = "ignore"
[columns]
"name.fi-FI" = "name-fi_FI"
[variants]
path = ["masterVariant", "variants"]
columns = { "attributes[name=colour].value.key" = "color", "prices[0].value.centAmount" = { to = "price-EUR", divide = 100 } }
"#;
    mapped(
        mapping,
        "a.json",
        r#"{"results": [{"id": "1", "key": "M", "name": {"fi-FI": "Takki"},
            "masterVariant": {"id": 1, "sku": "M-1", "prices": [{"value": {"centAmount": 1990, "currencyCode": "EUR"}}], "attributes": [{"name": "colour", "value": {"key": "moss", "label": "M"}}]},
            "variants": [{"id": 2, "sku": "M-2", "prices": [], "attributes": [{"name": "colour", "value": {"key": "night"}}]}, {"id": 3}]}]}"#,
        expect![[r#"
            JSON, records in results, UTF-8, mapping m.toml
            1 M: model; [2] name fi-FI = Takki
            1 M-1: parent M; [5] color = moss; [6] price retail = 19.90 EUR
            1 M-2: parent M; [5] color = night
            error row 1, sku "": the row has no SKU; the row was not taken
            1 rows, 0 rejected, 0 skipped
        "#]],
    );
}
