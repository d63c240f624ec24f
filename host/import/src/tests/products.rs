use expect_test::{Expect, expect};

use super::*;

fn check(csv: &str, expected: Expect) {
    expected.assert_eq(&outcome(
        &TestShop::new(),
        DropKind::Products,
        "spring.csv",
        csv.as_bytes(),
    ));
}

fn check_mapped(mapping: &str, name: &str, file: &str, expected: Expect) {
    let folder = TestShop::new();
    folder.write("mappings/erp.toml", mapping);
    expected.assert_eq(&outcome(&folder, DropKind::Products, name, file.as_bytes()));
}

#[test]
fn headers_say_what_is_read() {
    check(
        "sku;kind;parent;family;categories;name-fi_FI;Name (sv);description-fi_FI-web;color;size;weight;price-EUR;price-sweden;stock-helsinki;care-product;gtin\n\
         H-1;model;;jacket;outerwear|Ale;Takki;Jacka;<p onclick=x>Hyvä</p>;;;;;;;;\n\
         H-1-110;;H-1;;;;;;Sammal;110;0,4 kg;29,90;129;4;HC-1*2|HC-2;6409100040611\n",
        expect![[r#"
            CSV, semicolon, UTF-8, preset Akeneo products
            2 H-1: model; parent none; [3] family = jacket; [5] name fi-FI = Takki; [6] name sv-SE = Jacka; [7] description fi-FI web = <p>Hyvä</p>; [8] color cleared; [9] size cleared; [10] weight cleared; [15] gtin cleared; care-product → ; [11] price retail = none; [12] price sweden = none
            3 H-1-110: parent H-1; [3] family cleared; [4] categories cleared; [5] name fi-FI cleared; [6] name sv-SE cleared; [7] description fi-FI web cleared; [8] color = moss; [9] size = 110; [15] gtin = 06409100040611; care-product → HC-1×2 HC-2×1; [12] price sweden = 129.00 SEK; [13] stock helsinki = 4
            warning row 2, H-1, categories "outerwear|Ale": there is no category "outerwear|Ale"; did you mean "outerwear"?; the value was left out
            warning row 3, H-1-110, weight "0,4 kg": this is not a measurement; write a number and a unit, such as 0.4 kg; the value was left out
            warning row 3, H-1-110, price-EUR "29,90": this is not a price; write one such as 29.90 or 29.90 EUR; the value was left out
            2 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn a_bad_cell_loses_the_cell_and_a_bad_row_the_row() {
    check(
        "sku,parent,family,categories,color,weight,reflective,available_from,water_column,price,gtin\n\
         A,A,jackett,outerware,mos,heavy,perhaps,03/04/2026,12.5,ask,6409100040616\n\
         ,,,,,,,,,,\n\
         ,,jacket,,,,,,,,\n\
         A,,,,,,,,,29.90 USD,\n\
         B,,,,,1.250,yes,31.12.2026,10 000,1.299,6.4091E+12\n",
        expect![[r#"
            CSV, comma, UTF-8
            2 A: 
            6 B: parent none; [2] family cleared; [3] categories cleared; [4] color cleared; [5] weight = 1.250 kg; [6] reflective = true; [7] available_from = 2026-12-31; [8] water_column = 10000
            warning prices left out because no price list of this shop is in USD: 1; if they are meant, add a list under [price_lists] in shop.toml
            warning row 2, A, parent "A": the product is its own parent; leave the cell empty, or write its model's SKU; the value was left out
            warning row 2, A, family "jackett": there is no family "jackett"; did you mean "jacket"?; the value was left out
            warning row 2, A, categories "outerware": there is no category "outerware"; did you mean "outerwear"?; the value was left out
            warning row 2, A, color "mos": this is none of the options of color; did you mean "moss"?; the value was left out
            warning row 2, A, weight "heavy": this is not a measurement; write a number and a unit, such as 0.4 kg; the value was left out
            warning row 2, A, reflective "perhaps": this is neither yes nor no; write 1 or 0, true or false; the value was left out
            warning row 2, A, available_from "03/04/2026": this may be day/month or month/day; write it as 2026-12-31; the value was left out
            warning row 2, A, water_column "12.5": a whole number is asked for; write one such as 12; the value was left out
            warning row 2, A, price "ask": this is not a price; write one such as 29.90 or 29.90 EUR; the value was left out
            warning row 2, A, gtin "6409100040616": the check digit of "6409100040616" is 6, but it should be 1; the value was left out
            error row 4, sku "": the row has no SKU; the row was not taken
            info row 5, A: row 2 is about this SKU, too; what both say was put together
            warning row 6, B, price "1.299": this may mean 1299 or 1.2990; write the one that is meant, or set `decimal` in a mapping; the value was left out
            warning row 6, B, gtin "6.4091E+12": a spreadsheet has rounded this number; format the column as text and enter the GTIN again; the value was left out
            4 rows, 1 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn columns_that_say_nothing_are_named_with_what_was_meant() {
    check(
        "sku,colr,name-fr_FR,weight-fi_FI,price-USD,stock-hki,name-fi_FI,Name.fi,,Tuotenimi\nA,1,2,3,4,5,6,7,,\n",
        expect![[r#"
            CSV, comma, UTF-8
            2 A: [6] name fi-FI = 6
            warning Name.fi: the column 8 says the same as "name-fi_FI" before it; only the first was read
            info the header of column 9 is empty; nothing was read from it
            warning colr: nothing was read from this column: nothing in this shop is called "colr"; did you mean "color"?
            warning name-fr_FR: nothing was read from this column: "fr_FR" is neither a locale of this shop (fi-FI, sv-SE, en-GB) nor a channel (web)
            warning weight-fi_FI: nothing was read from this column: "weight" is the same in every locale; call the column "weight", or make it `localizable` in model.toml
            warning price-USD: nothing was read from this column: "USD" is neither a price list of this shop nor the currency of one; there are retail (EUR), sweden (SEK)
            warning stock-hki: nothing was read from this column: there is no stock location "hki"; there are central, helsinki
            warning Tuotenimi: nothing was read from this column: "Tuotenimi" may mean "name", which the column "name-fi_FI" says already; if it is another thing, a mapping says so
            1 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn rows_are_counted_as_a_spreadsheet_counts_them() {
    check(
        "sku,name\r\nA,\"two\r\nlines\"\r\n\r\nB,b,extra\r\nC\r\nD,d,\r\n",
        expect![[r#"
            CSV, comma, UTF-8
            2 A: [1] name = two
            lines
            error row 4: the row has 3 cells and the others have 2 (line 5 of the file), and it does not show which one is missing or too many; the row was not taken; write the separators of empty cells as well, and put a text that contains a separator in quotation marks
            error row 5: the row has 1 cells and the others have 2 (line 6 of the file), and it does not show which one is missing or too many; the row was not taken; write the separators of empty cells as well, and put a text that contains a separator in quotation marks
            error row 6: the row has 3 cells and the others have 2 (line 7 of the file), and it does not show which one is missing or too many; the row was not taken; write the separators of empty cells as well, and put a text that contains a separator in quotation marks
            4 rows, 3 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn json_lines_and_arrays_are_flattened() {
    let array = r#"[{"sku": "A", "name": {"fi_FI": "Takki"}, "weight": 1.299, "size": ["110", 120], "color": null, "reflective": true, "variants": [{"x": 1}]},
        "stray", {"sku": "B", "name": "x"}, {"name": "no sku"}, {"sku": "A"}]"#;
    expect![[r#"
        JSON array, UTF-8
        1 A: [1] name fi-FI = Takki; [2] weight = 1.299 kg; [3] size = 110, 120; [4] color cleared; [5] reflective = true
        3 B: [7] name = x
        warning variants: nothing was read from this column: nothing in this shop is called "variants"
        error row 2: this is not an object; write each product as { … }
        error row 4, sku "": the row has no SKU; the row was not taken
        info row 5, A: row 1 is about this SKU, too; what both say was put together
        5 rows, 2 rejected, 0 skipped
    "#]].assert_eq(&outcome(&TestShop::new(), DropKind::Products, "spring.json", array.as_bytes()));
    let lines = "{\"sku\": \"A\", \"name-fi_FI\": \"Takki\"}\n\n{broken}\n{\"sku\": \"B\", \"price\": \"29,90 €\"}";
    expect![[r#"
        JSON Lines, UTF-8
        1 A: [1] name fi-FI = Takki
        4 B: [2] price retail = 29.90 EUR
        error row 3: this is not JSON: key must be a string at line 1 column 2
        3 rows, 1 rejected, 0 skipped
    "#]]
    .assert_eq(&outcome(&TestShop::new(), DropKind::Products, "spring.jsonl", lines.as_bytes()));
}

#[test]
fn a_mapping_says_what_the_convention_cannot() {
    check_mapped(
        r#"
files = ["products_*.csv"]
kind = "products"
source = "erp"
priority = 10
sku = ["variant", "article"]
parent = "article"
is_model = { column = "type", equals = "configurable" }
[where]
store = ["FI", "ALL"]
[columns]
title = "name-fi_FI"
cents = { to = "price", divide = 100 }
group = { to = "categories", split = "/", slug = true, values = { "Old" = "sale" } }
text = { to = "description-fi_FI", unescape = true }
extra = { pairs = { between = ",", within = "=" } }
farbe = "color"
children = { to = "variants", split = ";", key = "sku" }
note = "ignore"
[constants]
family = "jacket"
[[pairs]]
key = "key_*"
value = "value_*"
"#,
        "products_spring.csv",
        "article|variant|type|store|title|cents|group|text|extra|children|note|other|key_1|value_1|key_2.fi_FI|value_2.fi_FI\n\
         M1||configurable|FI|Takki|2990|Outerwear/Old|a\\nb|farbe=Sammal,size=110, 120|sku=V1,size=S;sku=V2|n||weight|2|description|Pitkä\n\
         M1|V1|simple|ALL||||||||x||||\n\
         M2||simple|SE||||||||||||\n",
        expect![[r#"
            CSV, bar, UTF-8, mapping erp.toml
            3 V1: [4] name fi-FI cleared; [6] categories cleared; [7] description fi-FI cleared; [16] family = jacket; [5] price retail = none
            2 M1: model; [4] name fi-FI = Takki; [6] categories = outerwear, sale; [7] description fi-FI = a
            b; [8] color = moss; [8] size = 110, 120; [16] family = jacket; [13] weight = 2 kg; [5] price retail = 29.90 EUR
            2 V1: parent M1
            2 V2: parent M1
            info extra "110, 120": cells of this column with a comma that were read as one name: 1; if the comma divides, write | in its place, or set `split = ","` in a mapping
            warning other: nothing was read from this column: nothing in this shop is called "other"; it is filled in 1 of 2 rows, such as "x", and looks like the type text; `rikaste attribute add other` takes it in
            warning row 2, M1, description "Pitkä": the row says description twice; the first was taken
            3 rows, 0 rejected, 1 skipped
        "#]],
    );
}

#[test]
fn a_mapping_without_its_column_says_so() {
    let mapping = "files = [\"*.csv\"]\nkind = \"products\"\nsku = [\"article\"]\n";
    check_mapped(
        mapping,
        "a.csv",
        "sku;name\nA;a\n",
        expect![[r#"
        file-columns: no column is the SKU: the mapping erp.toml takes it from "article", and the columns are "sku", "name"; correct the mapping, or the header row
    "#]],
    );
    let folder = TestShop::new();
    folder.write("mappings/a.toml", mapping);
    folder.write("mappings/b.toml", mapping);
    expect![[r#"
        file-mapping: two mappings are for this file, a.toml and b.toml; change the `files` of one
    "#]]
    .assert_eq(&outcome(&folder, DropKind::Products, "a.csv", b"sku\nA\n"));
}

#[test]
fn texts_that_nobody_means_are_pointed_out_once() {
    check(
        "sku,name-fi_FI,description-fi_FI\nA,<b>Takki</b>,<b>Hyvä</b>\nB,<b>Takki</b>,KestÃ¤vÃ¤\nC,Jacke,\n",
        expect![[r#"
            CSV, comma, UTF-8
            2 A: [1] name fi-FI = <b>Takki</b>; [2] description fi-FI = <b>Hyvä</b>
            3 B: [1] name fi-FI = <b>Takki</b>; [2] description fi-FI = KestÃ¤vÃ¤
            4 C: [1] name fi-FI = Jacke; [2] description fi-FI cleared
            warning row 2, A, name-fi_FI "<b>Takki</b>": the text has HTML tags, which readers will see, because name is plain text; make it rich-text in model.toml, or take the tags out (said once for the column)
            warning row 3, B, description-fi_FI "KestÃ¤vÃ¤": the letters are garbled, most likely from "Kestävä": mend the text where it comes from, and save it as UTF-8 (said once for the column)
            3 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn rich_text_keeps_its_tags_and_plain_text_its_brackets() {
    check(
        "sku,name-fi_FI,description-fi_FI\nA,Koko 5 < 6,<h3>Hyvä</h3><b>Lämmin</b><script>x</script>\nB,a <- b,5 < 6 & <i>7</i>\n",
        expect![[r#"
            CSV, comma, UTF-8
            2 A: [1] name fi-FI = Koko 5 < 6; [2] description fi-FI = <h3>Hyvä</h3><b>Lämmin</b>
            3 B: [1] name fi-FI = a <- b; [2] description fi-FI = 5 &lt; 6 &amp; <i>7</i>
            2 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn old_names_of_mapping_keys_are_read_with_a_warning() {
    let file = "Handle,Title,Size,sku\nhat,Hattu,S,A\nhat,,M,B\n";
    let mapping = |keys: &str| {
        format!(
            "files = [\"*.csv\"]\n[columns]\nTitle = \"name-fi_FI\"\nSize = \"size\"\n\
             [group]\nby = \"Handle\"\nvariants = [\"sku\", \"Size\"]\naxes = \"Size\"\n{keys}"
        )
    };
    let read = |keys: &str, expected: Expect| {
        check_mapped(&mapping(keys), "a.csv", file, expected);
    };
    read(
        "no_choice = [\"M\"]\nfirst_row_only = [\"Title\"]\n",
        expect![[r#"
        CSV, comma, UTF-8, mapping erp.toml
        2 B: model; parent none
        2 A: parent B; [1] name fi-FI = Hattu; [2] size = S
        warning Handle: nothing was read from this column: nothing in this shop is called "Handle"; it is filled in 1 of 2 rows, such as "hat", and looks like the type text; `rikaste attribute add handle` takes it in
        2 rows, 0 rejected, 0 skipped
    "#]],
    );
    read(
        "none = [\"M\"]\ncarry = [\"Title\"]\n",
        expect![[r#"
        CSV, comma, UTF-8, mapping erp.toml
        2 B: model; parent none
        2 A: parent B; [1] name fi-FI = Hattu; [2] size = S
        warning the mapping erp.toml has the key group.none in line 9, which is called no_choice now; rename it, a later version will not read the old name
        warning the mapping erp.toml has the key group.carry in line 10, which is called first_row_only now; rename it, a later version will not read the old name
        warning Handle: nothing was read from this column: nothing in this shop is called "Handle"; it is filled in 1 of 2 rows, such as "hat", and looks like the type text; `rikaste attribute add handle` takes it in
        2 rows, 0 rejected, 0 skipped
    "#]],
    );
    read(
        "none = [\"M\"]\nno_choice = [\"S\"]\n",
        expect![[r#"
            SHOP/mappings/erp.toml: TOML parse error at line 9, column 1
              |
            9 | none = ["M"]
              | ^^^^
            unknown field `none`, expected one of `by`, `starts`, `variants`, `axes`, `no_choice`, `first_row_only`, `product`, `joined`, `by_name`, `spread`
        "#]],
    );
}

#[test]
fn a_mapping_that_cannot_be_used_says_why() {
    let check =
        |mapping: &str, expected: Expect| check_mapped(mapping, "a.csv", "sku\nA\n", expected);
    check(
        "files = [\"*.csv\"]\nkind = \"products\"\n[columns]\ntitle = \"nmae-fi_FI\"\n",
        expect![[
            r#"SHOP/mappings/erp.toml: columns.title: nothing in this shop is called "nmae-fi_FI"; did you mean "name"?"#
        ]],
    );
    check(
        "files = [\"*.csv\"]\nkind = \"products\"\n[columns]\ntitle = { to = \"name\", spilt = \",\" }\n",
        expect![[r#"
            SHOP/mappings/erp.toml: TOML parse error at line 4, column 24
              |
            4 | title = { to = "name", spilt = "," }
              |                        ^^^^^
            unknown field `spilt`, expected one of `to`, `divide`, `split`, `escape`, `levels`, `cut_at`, `json`, `window`, `key`, `strip_html`, `unescape`, `replace`, `case`, `default`, `decimal`, `date`, `unit`, `currency`, `lookup`, `slug`, `inclusive`, `scale`, `values`, `pairs`
        "#]],
    );
    check(
        "files = [\"*.csv\"]\nkind = \"products\"\n[group]\nby = \"Handle\"\ncarried = \"Name\"\n",
        expect![[r#"
            SHOP/mappings/erp.toml: TOML parse error at line 5, column 1
              |
            5 | carried = "Name"
              | ^^^^^^^
            unknown field `carried`, expected one of `by`, `starts`, `variants`, `axes`, `no_choice`, `first_row_only`, `product`, `joined`, `by_name`, `spread`
        "#]],
    );
    check(
        "files = [\"*.csv\"]\nkind = \"product\"\n",
        expect![[r#"
        SHOP/mappings/erp.toml: TOML parse error at line 2, column 8
          |
        2 | kind = "product"
          |        ^^^^^^^^^
        unknown variant `product`, expected one of `products`, `reviews`, `stock`, `prices`, `images`, `edits`
    "#]],
    );
    check(
        "files = [\"*.csv\"]\nkind = \"products\"\ncodepage = \"latin1\"\n",
        expect![[r#"
            SHOP/mappings/erp.toml: TOML parse error at line 3, column 1
              |
            3 | codepage = "latin1"
              | ^^^^^^^^
            unknown field `codepage`, expected one of `files`, `kind`, `preset`, `source`, `priority`, `reject_file_above`, `delimiter`, `quote`, `encoding`, `sheet`, `header_row`, `importer`, `decimal`, `sku`, `parent`, `is_model`, `unknown`, `where`, `columns`, `constants`, `pairs`, `features`, `reviews`, `group`, `locale`, `row_scope`, `id`, `records`, `variants`, `full`, `most_gone`
        "#]],
    );
}

#[test]
fn a_mapping_is_for_products_unless_it_says_otherwise() {
    let outcomes = beside(
        "files = [\"*.csv\"]\nsku = \"nro\"\n",
        &[(DropKind::Products, "a.csv"), (DropKind::Stock, "a.csv")],
    );
    expect![[r#"
        a.csv: file-columns: no column is the SKU: the mapping erp.toml takes it from "nro", and the columns are "sku", "title"; correct the mapping, or the header row
        a.csv: taken
    "#]].assert_eq(&outcomes);
}

/// What comes of files beside a mapping that cannot be used.
fn beside(mapping: &str, files: &[(DropKind, &str)]) -> String {
    let folder = TestShop::new();
    folder.write("mappings/erp.toml", mapping);
    folder.write(
        "mappings/well.toml",
        "files = [\"well.csv\"]\nkind = \"products\"\n[columns]\ntitle = \"name\"\n",
    );
    let (shop, mut text) = (folder.shop(), String::new());
    let mappings = MappingSet::load_folder(folder.path(), &shop).expect("a folder");
    for (kind, name) in files {
        let file: &[u8] = match kind {
            DropKind::Products => b"sku,title\nA,x\n",
            _ => b"sku,location,quantity\nA,central,1\n",
        };
        let what = match import(&shop, &mappings, *kind, name, file) {
            Ok(imported) => {
                let messages = imported.messages.iter().filter(|text| text.contains("erp"));
                let messages: Vec<_> = messages.cloned().collect();
                format!("taken\n{}", messages.join("\n"))
            }
            Err(unreadable) => format!("{}: {unreadable}", unreadable.code()),
        };
        writeln!(text, "{name}: {}", what.trim_end()).expect("text");
    }
    text
}

#[test]
fn a_mapping_that_cannot_be_used_costs_its_own_files_only() {
    use DropKind::{Products, Stock};
    let files = [
        (Products, "erp-1.csv"),
        (Products, "well.csv"),
        (Products, "x.csv"),
        (Stock, "erp-1.csv"),
    ];
    let check = |mapping: &str, expected: Expect| expected.assert_eq(&beside(mapping, &files));
    // What it is for stands before the mistake, behind it, or under a kind that there is not.
    check(
        "files = [\"erp-*.csv\"]\nkind = \"products\"\n[columns]\n\"a.b\" = { to = \"nmae\" }\n",
        expect![[r#"
            erp-1.csv: file-mapping: the mapping erp.toml is for this file, and it cannot be used: line 4: columns.a.b: nothing in this shop is called "nmae"; did you mean "name"?; correct it, and a shop that runs takes the file by itself
            well.csv: taken
            x.csv: taken
            erp-1.csv: taken
        "#]],
    );
    check(
        "files = [\"erp-*.csv\"]\nkind = \"products\"\n[columns\na = \"b\"\n\n[constants]\nx = \n",
        expect![[r#"
            erp-1.csv: file-mapping: the mapping erp.toml is for this file, and it cannot be used: line 3: unclosed table, expected `]`; correct it, and a shop that runs takes the file by itself
            well.csv: taken
            x.csv: taken
            erp-1.csv: taken
        "#]],
    );
    check(
        "kind = \"products\"\nfiles = \"erp-*.csv\"\nsku = [\"a\"\n",
        expect![[r#"
        erp-1.csv: file-mapping: the mapping erp.toml is for this file, and it cannot be used: line 3: unclosed array, expected `]`; correct it, and a shop that runs takes the file by itself
        well.csv: taken
        x.csv: taken
        erp-1.csv: taken
    "#]],
    );
    check(
        "files = [\"erp-*.csv\"]\nkind = \"product\"\n",
        expect![[r#"
        erp-1.csv: file-mapping: the mapping erp.toml is for this file, and it cannot be used: line 2: unknown variant `product`, expected one of `products`, `reviews`, `stock`, `prices`, `images`, `edits`; correct it, and a shop that runs takes the file by itself
        well.csv: taken
        x.csv: taken
        erp-1.csv: file-mapping: the mapping erp.toml is for this file, and it cannot be used: line 2: unknown variant `product`, expected one of `products`, `reviews`, `stock`, `prices`, `images`, `edits`; correct it, and a shop that runs takes the file by itself
    "#]],
    );
    // It is unknown what it is for.
    check(
        "kind = \"products\"\nfiles = 3\n",
        expect![[r#"
            erp-1.csv: taken
            warning the mapping erp.toml cannot be used, and for which files it is cannot be read: invalid type: integer `3`, expected a sequence; if it is for this one, correct it, and a shop that runs takes the file again by itself
            well.csv: taken
            x.csv: taken
            warning the mapping erp.toml cannot be used, and for which files it is cannot be read: invalid type: integer `3`, expected a sequence; if it is for this one, correct it, and a shop that runs takes the file again by itself
            erp-1.csv: taken
        "#]],
    );
    check(
        "\u{0}",
        expect![[r#"
        erp-1.csv: taken
        warning the mapping erp.toml cannot be used, and for which files it is cannot be read: key with no value, expected `=`; if it is for this one, correct it, and a shop that runs takes the file again by itself
        well.csv: taken
        x.csv: taken
        warning the mapping erp.toml cannot be used, and for which files it is cannot be read: key with no value, expected `=`; if it is for this one, correct it, and a shop that runs takes the file again by itself
        erp-1.csv: taken
        warning the mapping erp.toml cannot be used, and for which files it is cannot be read: key with no value, expected `=`; if it is for this one, correct it, and a shop that runs takes the file again by itself
    "#]],
    );
}

#[test]
fn of_several_gtins_the_first_is_taken() {
    let folder = TestShop::new();
    let json = r#"[{"sku": "A", "ean": ["6410405085436", "5708147010139"]}, {"sku": "B", "ean": "4006381333931"}]"#;
    let csv = "sku;ean\nA;6410405085436 / 5708147010139\nB;[\"6410405085436\"]\nC;6410405085436,5708147010130\n";
    expect![[r#"
        JSON array, UTF-8
        1 A: [1] gtin = 06410405085436
        2 B: [1] gtin = 04006381333931
        info read by what they are called elsewhere: ean = gtin; a mapping or a header in the shop's own words says something else
        info row 1, A, ean "6410405085436, 5708147010139": a product has one GTIN: the first of the cell was taken, and 5708147010139 left out
        2 rows, 0 rejected, 0 skipped
        CSV, semicolon, UTF-8
        2 A: [1] gtin = 06410405085436
        3 B: [1] gtin = 06410405085436
        4 C: 
        info read by what they are called elsewhere: ean = gtin; a mapping or a header in the shop's own words says something else
        info row 2, A, ean "6410405085436 / 5708147010139": a product has one GTIN: the first of the cell was taken, and 5708147010139 left out
        warning row 4, C, ean "6410405085436,5708147010130": the GTIN "6410405085436,5708147010130" contains ','; only digits are allowed; the value was left out
        3 rows, 0 rejected, 0 skipped
    "#]]
    .assert_eq(
        &[("p.json", json), ("p.csv", csv)]
            .map(|(name, text)| outcome(&folder, DropKind::Products, name, text.as_bytes()))
            .concat(),
    );
}
