//! Separators, escapes and guards: what a system wrote comes back as it was meant.

use expect_test::{Expect, expect};
use rikaste_model::record::DropKind;

use super::{SHOP, TestShop, outcome};

/// A shop that lists no options and no categories.
fn open_shop() -> TestShop {
    let folder = TestShop::new();
    folder.write(
        "shop.toml",
        &SHOP.replace(
            "[locations.central]\nlabel = \"Central warehouse\"\nkind = \"warehouse\"\n",
            "",
        ),
    );
    folder.write(
        "model.toml",
        "[attributes.name]\ntype = \"text\"\nlocalizable = true\n[attributes.color]\ntype = \"options\"\n\
         [attributes.size]\ntype = \"options\"\n[attributes.material]\ntype = \"text\"\n\
         [attributes.note]\ntype = \"text\"\n",
    );
    folder
}

fn check(csv: &str, expected: Expect) {
    expected.assert_eq(&outcome(&open_shop(), DropKind::Products, "a.csv", csv.as_bytes()));
}

#[test]
fn woocommerce_escapes_commas_in_values_and_paths() {
    check(
        "\
ID,Type,SKU,Name,Stock,Regular price,Categories,Parent,Attribute 1 name,Attribute 1 value(s),Attribute 2 name,Attribute 2 value(s)
1,variable,CB,Patch cable,,,\"Cables\\, adapters > Patch cables, Bath &amp; Body\",,Size,\"1\\,2 m, 1\\,5 m, 3 m\",Note,\"a\\, b\"
2,variation,CB-12,\"Patch cable - 1\\,2 m\",'-7,9.90,,CB,Size,\"1\\,2 m\",,
",
        expect![[r#"
            CSV, comma, UTF-8, preset WooCommerce
            2 CB: model; parent none; [3] name = Patch cable; [6] categories = Cables, adapters > Patch cables, Bath & Body; [9] size = 1,2 m, 1,5 m, 3 m; [11] note = a, b; [5] price retail = none
            3 CB-12: parent CB; [3] name = Patch cable - 1,2 m; [6] categories cleared; [9] size = 1,2 m; [5] price retail = 9.90 EUR; [4] stock helsinki = -7
            2 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn magento_escapes_slashes_and_lets_commas_stand_in_values() {
    check(
        "\
sku,attribute_set_code,product_type,categories,name,price,additional_attributes
BG-1,Default,simple,\"Default Category/Toys/Board \\/ card games,Default Category/Gifts\",Chess set,39.00,\"color=White, Cream,size=3|4\"
BG-3,Default,simple,Default Category/Toys\\Outdoor,Boules,29.00,\"material=Cotton = 60 %,color=Black\"
",
        expect![[r#"
            CSV, comma, UTF-8, preset Magento 2
            2 BG-1: [1] family = Default; [3] categories = Toys > Board / card games, Gifts; [4] name = Chess set; [6] color = White, Cream; [6] size = 3, 4; [5] price retail = 39.00 EUR
            3 BG-3: [1] family = Default; [3] categories = Toys\\Outdoor; [4] name = Boules; [6] material = Cotton = 60 %; [6] color = Black; [5] price retail = 29.00 EUR
            2 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn a_comma_is_part_of_a_name_unless_the_rows_say_otherwise() {
    check(
        "\
sku,categories,color,size
A,\"Gifts, wrapping and cards\",\"White, Cream\",\"1,5 m\"
B,Cups,red,\"S,M\"
C,Table > Cups,\"red, blue\",\"1,5 m, 3 m\"
D,\"Perfume > Men, Perfume > Women\",blue,3 m
",
        expect![[r#"
            CSV, comma, UTF-8
            3 B: [1] categories = Cups; [2] color = red; [3] size = S, M
            5 D: [1] categories = Perfume > Men, Perfume > Women; [2] color = blue; [3] size = 3 m
            2 A: [1] categories = Gifts, wrapping and cards; [2] color = White, Cream; [3] size = 1,5 m
            4 C: [1] categories = Table > Cups; [2] color = red, blue; [3] size = 1,5 m, 3 m
            info categories "Gifts, wrapping and cards": cells of this column with a comma that were read as one name: 1; if the comma divides, write | in its place, or set `split = ","` in a mapping
            info color "White, Cream": cells of this column with a comma that were read as one name: 1; if the comma divides, write | in its place, or set `split = ","` in a mapping
            4 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn same_named_categories_of_different_parents_stay_apart() {
    check(
        "\
sku,categories
A,Perfume > Women > Citrus
B,Perfume > Men > Citrus|Board / card games
C,Toys/Games
D,\"Tops &amp; T-shirts\"
",
        expect![[r#"
            CSV, comma, UTF-8
            2 A: [1] categories = Perfume > Women > Citrus
            3 B: [1] categories = Perfume > Men > Citrus, Board / card games
            4 C: [1] categories = Toys > Games
            5 D: [1] categories = Tops & T-shirts
            4 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn listed_categories_match_by_code_label_and_path() {
    let folder = open_shop();
    folder.write(
        "model.toml",
        "[categories.perfume]\n[categories.women]\nparent = \"perfume\"\nlabel = { \"en-GB\" = \"Women\" }\n\
         [categories.women-citrus]\nparent = \"women\"\nlabel = { \"en-GB\" = \"Citrus\" }\n\
         [categories.games]\nlabel = { \"en-GB\" = \"Board / card games\", \"fi-FI\" = \"Pelit, kortit\" }\n",
    );
    let csv = "\
sku,categories
A,Perfume > Women > Citrus
B,Perfume > Men > Citrus
C,Board / card games
D,\"Pelit, kortit\"
E,Shop > Perfume > Women
F,\"women, games\"
";
    expect![[r#"
        CSV, comma, UTF-8
        2 A: [1] categories = women-citrus
        3 B: 
        4 C: [1] categories = games
        5 D: [1] categories = games
        6 E: [1] categories = women
        7 F: [1] categories = women, games
        warning row 3, B, categories "Perfume > Men > Citrus": there is no category "Perfume > Men > Citrus"; define it in model.toml or write one that is there; the value was left out
        6 rows, 0 rejected, 0 skipped
    "#]].assert_eq(&outcome(&folder, DropKind::Products, "a.csv", csv.as_bytes()));
}

#[test]
fn guards_of_spreadsheets_are_undone() {
    check(
        "sku,name-fi_FI,stock-helsinki\n\"=\"\"00123\"\"\",'-40 °C,'-7\nB,'t Hoogt,1\n",
        expect![[r#"
            CSV, comma, UTF-8
            2 00123: [1] name fi-FI = -40 °C; [2] stock helsinki = -7
            3 B: [1] name fi-FI = 't Hoogt; [2] stock helsinki = 1
            2 rows, 0 rejected, 0 skipped
        "#]],
    );
}
