//! Rows that belong together across a file and across drops: products in several rows, models, links.

use expect_test::{Expect, expect};
use rikaste_model::projection::ProductView;
use rikaste_model::receipt::Receipt;

#[path = "fixtures/row_shop.rs"]
mod row_shop;

use row_shop::{NOON, RowShop};

/// What a channel shows of a product's links.
fn links(shop: &RowShop, sku: &str) -> Vec<String> {
    let product = shop.product(sku);
    let view = ProductView::new(&shop.shop, &product, None, NOON);
    let document = view.build_document(&shop.shop.channels[0]).expect("it is shown");
    let links = document.associations.unwrap_or_default().0.into_iter();
    links.flat_map(|(_, links)| links).map(|link| link.id.into_owned()).collect()
}

fn check_messages(receipt: &Receipt, expected: &Expect) {
    let rows = receipt.rows;
    let mut text = format!(
        "{} new, {} changed, {} unchanged, {} rejected\n",
        rows.new, rows.changed, rows.unchanged, rows.rejected
    );
    for message in &receipt.messages {
        text.push_str(&format!("{} {message}\n", message.severity));
    }
    expected.assert_eq(&text);
}

#[test]
fn rows_of_a_product_are_joined_however_far_apart_they_stand() {
    let mut shop = RowShop::new();
    let between =
        |from: usize| (from..from + 200).map(|at| format!("B{at},b,,,\n")).collect::<String>();
    let file = format!(
        "sku,name,images,related,price\nA,Takki,1.jpg,B1,\n{}A,,2.jpg,B2,5\n{}A,Jakku,3.jpg,,\nA,Takki,2.jpg,,5\n",
        between(0),
        between(200),
    );
    let receipt = shop.import("a.csv", &file);
    expect!["product; name = Takki; images = 1.jpg, 2.jpg; → B1; → B2; 5.00 EUR"]
        .assert_eq(&shop.say("A"));
    check_messages(
        &receipt,
        &expect![[r#"
            401 new, 1 changed, 1 unchanged, 1 rejected
            info row 203, A: row 2 is about this SKU, too; what both say was put together
            info row 404, A: row 2 is about this SKU, too; what both say was put together
            error row 404, A, name: row 2 of this file says another name of this product; this row was not taken; make the two agree
            info row 405, A: row 2 is about this SKU, too; what both say was put together
        "#]],
    );
    // The same again says nothing new, and less of it takes away.
    let shorter = "sku,name,images,related,price\nA,Takki,1.jpg,B1,\nB1,b,,,\nA,,4.jpg,,5\n";
    shop.import("a.csv", shorter);
    expect!["product; name = Takki; images = 1.jpg, 4.jpg; → B1; 5.00 EUR"]
        .assert_eq(&shop.say("A"));
}

#[test]
fn a_variant_with_the_sku_of_its_model_is_one_product() {
    let header = "ID,Type,SKU,Name,Stock,Regular price,Parent\n";
    let model = "1,variable,S,Scarf,,,\n";
    let variant = "2,variation,S,Scarf - One size,,29.00,S\n";
    let others: String = (0..200).map(|at| format!("{},simple,X{at},x,,1,\n", at + 9)).collect();
    for rows in [[model, &others, variant], [variant, &others, model]] {
        let mut shop = RowShop::new();
        shop.import("w.csv", &format!("{header}{}", rows.concat()));
        assert_eq!(shop.say("S"), "product; name = Scarf; 29.00 EUR");
    }
}

#[test]
fn models_and_links_that_are_not_there_are_named() {
    let mut shop = RowShop::new();
    let variants = "sku,parent,name,related\nV1,M,v,R1\nV2,N,v,\"V1,R2\"\n";
    check_messages(
        &shop.import("variants.csv", variants),
        &expect![[r#"
        2 new, 0 changed, 0 unchanged, 0 rejected
        warning row 2, V1: variants name models that the catalogue does not have: "M", "N"; until a file brings them, their variants stand alone; if the names are wrong, correct them
        warning row 2, V1: products are linked to others that the catalogue does not have: "R1", "R2"; the links show by themselves when these come
    "#]],
    );
    // A late model is joined, and the other is still missing where it is named.
    check_messages(
        &shop.import("models.csv", "sku,kind,name\nM,model,m\n"),
        &expect![[r#"
        1 new, 0 changed, 0 unchanged, 0 rejected
    "#]],
    );
    assert_eq!(shop.say("M"), "model; name = m");
    check_messages(
        &shop.import("variants.csv", &variants.replace("v,", "w,")),
        &expect![[r#"
        0 new, 2 changed, 0 unchanged, 0 rejected
        warning row 2, V1: products are linked to others that the catalogue does not have: "R1", "R2"; the links show by themselves when these come
        warning row 3, V2: variants name models that the catalogue does not have: "N"; until a file brings them, their variants stand alone; if the names are wrong, correct them
    "#]],
    );
}

#[test]
fn values_that_empty_cells_take_away_are_counted() {
    let mut shop = RowShop::new();
    shop.import("a.csv", "sku,name,color,price\nA,a,red,1\nB,b,,2\nC,c,blue,\n");
    let receipt = shop.import("b.csv", "sku,name,color,price\nA,a,,1\nB,b,,\nC,c,,3\n");
    check_messages(
        &receipt,
        &expect![[r#"
        0 new, 3 changed, 0 unchanged, 0 rejected
        info row 2, A, color: empty cells of this column took away values that were there before: 2 (the first is named); leave a column out to keep its values
        info row 3, B, price: empty cells of this column took away values that were there before: 1 (the first is named); leave a column out to keep its values
    "#]],
    );
}

#[test]
fn a_row_without_anything_makes_no_product() {
    let mut shop = RowShop::new();
    let receipt = shop.import("a.csv", "sku,name,related,price\nA,a,,\nB,,A,\nC,,,\nD,,,5\n");
    check_messages(
        &receipt,
        &expect![[r#"
            2 new, 0 changed, 0 unchanged, 2 rejected
            error row 3, B: there is no product B, and the row says nothing that would make one, such as a name; the row was not taken
            error row 4, C: there is no product C, and the row says nothing that would make one, such as a name; the row was not taken
        "#]],
    );
    assert_eq!(shop.say("D"), "product; 5.00 EUR");
}

#[test]
fn links_are_shown_while_there_is_what_they_lead_to() {
    let mut shop = RowShop::new();
    let head = "sku,name,related\n";
    shop.import("range-1.csv", &format!("{head}R9,c,\"R1,R2,R404\"\nR1,b,\nR2,s,\nR3,a,\n"));
    assert_eq!(links(&shop, "R9"), ["R1", "R2"]);
    // One goes, and the product that is linked to it is told about it.
    let receipt = shop.import("range-2.csv", &format!("{head}R9,c,\"R1,R2,R404\"\nR2,s,\nR3,a,\n"));
    assert_eq!(links(&shop, "R9"), ["R2"]);
    assert_eq!((receipt.products.gone, receipt.products.documents), (1, 2), "{receipt:?}");
    // Both come, and the links are back by themselves.
    let receipt = shop.import("late.csv", "sku,name\nR404,x\nR1,b\n");
    assert_eq!(links(&shop, "R9"), ["R1", "R2", "R404"]);
    assert_eq!(receipt.products.documents, 3, "{receipt:?}");
}
