//! Whether and when products are offered, as shop systems and people write it.

use expect_test::{Expect, expect};
use proptest::prelude::*;
use rikaste_model::code::Sku;
use rikaste_model::merge::{ImportAge, merge_record};
use rikaste_model::product::{DropId, Product};
use rikaste_model::projection::ProductView;
use std::collections::BTreeMap;

use super::*;

/// What files, one after the other, make of their products at a moment: those that the channel shows,
/// those that it does not, and what is said about the last file.
fn offered_after(files: &[(DropKind, &str)], at: &str) -> String {
    let folder = TestShop::new();
    let shop = folder.shop();
    let moment = Moment::parse_in_zone(at, &shop.zone).expect("a moment");
    let mut products: BTreeMap<Sku, Product> = BTreeMap::new();
    let mut messages = Vec::new();
    for (drop, (kind, text)) in (1..).zip(files) {
        let name = if text.starts_with(['[', '{']) { "file.json" } else { "file.csv" };
        let imported = import(&shop, &MappingSet::default(), *kind, name, text.as_bytes());
        let imported = imported.expect("a file that is read");
        messages = imported.messages;
        for record in imported.records {
            let sku = record.sku.clone();
            let product = products.entry(sku.clone()).or_insert_with(|| Product::new(sku));
            merge_record(product, record, &ImportAge::new(DropId(drop)), Moment(0));
        }
    }
    let (mut shown, mut hidden) = (Vec::new(), Vec::new());
    for product in products.values().filter(|product| !product.content.is_model) {
        let parent = product.content.parent.as_ref().and_then(|sku| products.get(sku));
        let view = ProductView::new(&shop, product, parent, moment);
        match view.project_channel(&shop.channels[0]).document {
            Some(_) => shown.push(product.sku.as_str()),
            None => hidden.push(product.sku.as_str()),
        }
    }
    let mut text = format!("shown {}; hidden {}\n", shown.join(" "), hidden.join(" "));
    let about = messages.iter().filter(|message| {
        ["not offered", "not understood", "state"].iter().any(|part| message.contains(part))
    });
    about.for_each(|message| text.push_str(&format!("{message}\n")));
    text
}

fn offered_at(text: &str, at: &str) -> String {
    offered_after(&[(DropKind::Products, text)], at)
}

fn check(text: &str, expected: Expect) {
    expected.assert_eq(&offered_at(text, "2026-12-01T12:00"));
}

#[test]
fn shopify() {
    check(
        "Handle,Title,Published,Option1 Name,Option1 Value,Variant SKU,Variant Price,Status\n\
         lid,Lid,true,Title,Default Title,SL-1,9.00,active\n\
         pan,Pan,true,Size,S,SP-S,19.00,draft\npan,,,,L,SP-L,29.00,\n\
         pot,Pot,false,Title,Default Title,SO-1,39.00,active\n\
         wok,Wok,true,Title,Default Title,SW-1,49.00,archived\n",
        expect![[r#"
            shown SL-1; hidden SO-1 SP-L SP-S SW-1
            info 3 products of the file are not offered in any channel, because the file says so ("pan", "SO-1", "SW-1")
        "#]],
    );
}

#[test]
fn woocommerce() {
    check(
        "ID,Type,SKU,Name,Published,Visibility in catalog,Regular price\n\
         1,simple,W-1,Bell,1,visible,5\n2,simple,W-2,Bell,-1,visible,5\n3,simple,W-3,Bell,0,visible,5\n\
         4,simple,W-4,Bell,1,hidden,5\n",
        expect![[r#"
            shown W-1; hidden W-2 W-3 W-4
            info 3 products of the file are not offered in any channel, because the file says so ("W-2", "W-3", "W-4")
        "#]],
    );
}

#[test]
fn prestashop_magento_and_akeneo() {
    check(
        "Product ID;Active (0/1);Name *;Price tax included;Reference #;Visibility;Product available date\n\
         1;1;Rake;9;P-1;both;0000-00-00\n2;0;Rake;9;P-2;both;\n3;1;Rake;9;P-3;none;\n4;1;Rake;9;P-4;both;2027-01-01\n",
        expect![[r#"
            shown P-1; hidden P-2 P-3 P-4
            info 2 products of the file are not offered in any channel, because the file says so ("P-2", "P-3")
        "#]],
    );
    check(
        "sku,attribute_set_code,product_type,name,product_online,visibility,price,additional_attributes\n\
         M-1,Default,simple,Jug,1,Not Visible Individually,5,\nM-2,Default,simple,Jug,2,\"Catalog, Search\",5,\n",
        expect![[r#"
            shown M-1; hidden M-2
            info one product of the file is not offered in any channel, because the file says so ("M-2")
        "#]],
    );
    check(
        "sku;family;groups;categories;enabled;name-en_GB\nA-1;;;;1;Clock\nA-2;;;;0;Clock\n",
        expect![[r#"
            shown A-1; hidden A-2
            info one product of the file is not offered in any channel, because the file says so ("A-2")
        "#]],
    );
}

#[test]
fn other_systems() {
    check(
        "sku,attribute_family_code,inventories,configurable_variants,name,status\nB-1,,,,Cap,1\nB-2,,,,Cap,0\n",
        expect![[r#"
            shown B-1; hidden B-2
            info one product of the file is not offered in any channel, because the file says so ("B-2")
        "#]],
    );
    check(
        "id,title,link,image link,availability,availability date\nG-1,Cup,x,y,out of stock,\n\
         G-2,Cup,x,y,discontinued,\nG-3,Cup,x,y,preorder,2027-02-01\n",
        expect![[r#"
            shown G-1; hidden G-2 G-3
            info one product of the file is not offered in any channel, because the file says so ("G-2")
        "#]],
    );
    check(
        "product_id,sku,slug,option1_name,option1_value,name,status,available_on,discontinue_on\n\
         1,S-1,a,,,Bag,active,2026-01-01,\n2,S-2,b,,,Bag,active,2027-01-01,\n\
         3,S-3,c,,,Bag,active,,2026-11-30\n4,S-4,d,,,Bag,active,,2026-12-01\n5,S-5,e,,,Bag,archived,,\n",
        expect![[r#"
            shown S-1 S-4; hidden S-2 S-3 S-5
            info one product of the file is not offered in any channel, because the file says so ("S-5")
        "#]],
    );
    check(
        "Code,Locale,Name,Main_taxon,Taxons,Enabled\nY-1,en_GB,Hat,,,1\nY-2,en_GB,Hat,,,0\n",
        expect![[r#"
            shown Y-1; hidden Y-2
            info one product of the file is not offered in any channel, because the file says so ("Y-2")
        "#]],
    );
    check(
        "name,slug,optionGroups,optionValues,sku,enabled\nMap,map,,,V-1,true\nTin,tin,,,V-2,false\n",
        expect![[r#"
            shown V-1; hidden V-2
            info one product of the file is not offered in any channel, because the file says so ("V-2")
        "#]],
    );
    check(
        "concrete_sku,abstract_sku,attribute_key_1,value_1,is_active\nK-1,K,,,1\nK-2,K,,,0\n",
        expect![[r#"
            shown K-1; hidden K-2
            info one product of the file is not offered in any channel, because the file says so ("K-2")
        "#]],
    );
    check(
        r#"[{"@type": "Product", "sku": "O-1", "name": "Pen", "offers": {"availability": "https://schema.org/InStock"}},
            {"@type": "Product", "sku": "O-2", "name": "Pen", "offers": {"availability": "https://schema.org/Discontinued"}}]"#,
        expect![[r#"
            shown O-1; hidden O-2
            info one product of the file is not offered in any channel, because the file says so ("O-2")
        "#]],
    );
    check(
        r#"[{"id": "C-1", "productType": {"id": "t"}, "published": true, "masterVariant": {"sku": "C-1a"}},
            {"id": "C-2", "productType": {"id": "t"}, "published": false, "masterVariant": {"sku": "C-2a"}}]"#,
        expect![[r#"
            shown C-1a; hidden C-2a
            info one product of the file is not offered in any channel, because the file says so ("C-2")
        "#]],
    );
}

#[test]
fn medusa_odoo_and_shopware() {
    check(
        "Product Id,Product Handle,Product Title,Product Status,Variant Id,Variant Title,Variant Sku\n\
         p1,cup,Cup,published,v1,S,MD-1\np2,mug,Mug,draft,v2,S,MD-2\n",
        expect![[r#"
            shown MD-1; hidden MD-2
            info one product of the file is not offered in any channel, because the file says so ("MD-2")
        "#]],
    );
    check(
        "External ID,Internal Reference,Name,Sales Price,Active,Can be Sold\n\
         a,OD-1,Pen,2,True,True\nb,OD-2,Ink,2,False,True\nc,OD-3,Nib,2,True,False\n",
        expect![[r#"
            shown OD-1; hidden OD-2 OD-3
            info 2 products of the file are not offered in any channel, because the file says so ("OD-2", "OD-3")
        "#]],
    );
    check(
        "id;parent_id;product_number;tax_rate;active;name\na;;SW-1;19;1;Bag\nb;;SW-2;19;0;Bag\nc;b;SW-3;19;1;Bag\n",
        expect![[r#"
            shown SW-1 SW-3; hidden SW-2
            info one product of the file is not offered in any channel, because the file says so ("SW-2")
        "#]],
    );
}

#[test]
fn words_of_people() {
    check(
        "tuotenro;nimi;Tila;Poistunut\n1;Takki;Myynnissä;\n2;Takki;Poistunut;\n3;Takki;Aktiivinen;kyllä\n4;Takki;;ei\n",
        expect![[r#"
            shown 1 4; hidden 2 3
            info 2 products of the file are not offered in any channel, because the file says so ("2", "3")
        "#]],
    );
    check(
        "artikelnr;namn;Status;Publicerad\n1;Jacka;Aktiv;Ja\n2;Jacka;Utgången;Ja\n3;Jacka;Aktiv;Nej\n",
        expect![[r#"
            shown 1; hidden 2 3
            info 2 products of the file are not offered in any channel, because the file says so ("2", "3")
        "#]],
    );
    check(
        "Artikelnummer;Bezeichnung;Ausgelaufen;Verkauf ab\n1;Jacke;Nein;\n2;Jacke;Ja;\n3;Jacke;;1.1.2027\n",
        expect![[r#"
            shown 1; hidden 2 3
            info one product of the file is not offered in any channel, because the file says so ("2")
        "#]],
    );
    check(
        "sku,name,delete\nA,Coat,\nB,Coat,x\n",
        expect![[r#"
        shown A; hidden B
        info one product of the file is not offered in any channel, because the file says so ("B")
    "#]],
    );
    check(
        "sku,name,status\nA,Coat,active\nB,Coat,deleted\nC,Coat,poistettu\n",
        expect![[r#"
        shown A; hidden B C
        info 2 products of the file are not offered in any channel, because the file says so ("B", "C")
    "#]],
    );
    // A word that is not known holds the file.
    check(
        "sku,name,status,active\nA,Coat,active,2\nB,Coat,Phase 3,1\n",
        expect![[r#"
            shown A B; hidden 
            error status: this column is not understood, and it seems to say whether a product is for sale ("Phase 3"); nothing of the file was taken. Write in a mapping what its words mean: "status" = { to = "status", values = { "…" = "active", "…" = "draft", "…" = "archived" } }. To leave it out for good, write in a mapping, under [columns]: "status" = "ignore". To take this file without it, run: rikaste drop approve file.csv
            error active: this column is not understood, and it seems to say whether a product is for sale ("2"); nothing of the file was taken. Write in a mapping what its words mean: "active" = { to = "status", values = { "…" = "active", "…" = "draft", "…" = "archived" } }. To leave it out for good, write in a mapping, under [columns]: "active" = "ignore". To take this file without it, run: rikaste drop approve file.csv
        "#]],
    );
}

#[test]
fn names_with_hints_and_locales() {
    check(
        "sku;name;Aktiv (0/1);Product Status\n1;Cup;1;published\n2;Cup;0;published\n3;Cup;1;proposed\n",
        expect![[r#"
            shown 1; hidden 2 3
            info 2 products of the file are not offered in any channel, because the file says so ("2", "3")
        "#]],
    );
    // A state for one locale has no place; what it keeps from sale is asked about.
    check(
        "sku,name,is_active.en_US,Aktiv (de)\n1,Cup,1,ja\n2,Cup,0,ja\n",
        expect![[r#"
        shown 1 2; hidden 
        error is_active.en_US: this column is not understood, and it seems to say whether a product is for sale ("0"); nothing of the file was taken. Write in a mapping what its words mean: "is_active.en_US" = { to = "status", values = { "…" = "active", "…" = "draft", "…" = "archived" } }. To leave it out for good, write in a mapping, under [columns]: "is_active.en_US" = "ignore". To take this file without it, run: rikaste drop approve file.csv
    "#]],
    );
    check(
        "sku,name,active ingredient,Active-carbon\n1,Cup,none,no\n",
        expect![[r#"
        shown 1; hidden 
    "#]],
    );
}

#[test]
fn later_files_and_edits_take_out_and_bring_back() {
    let first = (DropKind::Products, "sku,status,status_from\nA,active,2027-01-01\nB,draft,\n");
    let is = |more: &[(DropKind, &str)], at: &str, expected: &str| {
        let files: Vec<_> = std::iter::once(first).chain(more.iter().copied()).collect();
        let made = offered_after(&files, at);
        assert_eq!(made.lines().next(), Some(expected), "{made}");
    };
    is(&[], "2026-12-01", "shown ; hidden A B");
    is(&[], "2027-01-01", "shown A; hidden B");
    // Another first day takes the place of the one before; none takes it away.
    let earlier = (DropKind::Products, "sku,status_from\nA,2026-11-01\n");
    is(&[earlier], "2026-12-01", "shown A; hidden B");
    is(&[(DropKind::Products, "sku,status_from\nA,\n")], "2026-12-01", "shown A; hidden B");
    // The last day stays when only the first one is said again.
    let last = (DropKind::Products, "sku,status_until\nA,2026-12-05\n");
    is(&[last, earlier], "2026-12-05T23:00", "shown A; hidden B");
    is(&[last, earlier], "2026-12-06", "shown ; hidden A B");
    is(&[(DropKind::Products, "sku,status\nB,aktiv\n")], "2027-01-01", "shown A B; hidden ");
    // What a person sets goes before files, for a time or for a channel.
    let edit = "sku,attribute,channel,value,from,to\n";
    let edited = |row: &str| format!("{edit}{row}\n");
    is(&[(DropKind::Edits, &edited("A,status,,deleted,,"))], "2027-01-01", "shown ; hidden A B");
    let back = edited("B,status,,active,2027-01-01,2027-01-05");
    is(&[(DropKind::Edits, &back)], "2027-01-02", "shown A B; hidden ");
    is(&[(DropKind::Edits, &back)], "2027-02-02", "shown A; hidden B");
    is(&[(DropKind::Edits, &edited("A,status,web,draft,,"))], "2027-01-01", "shown ; hidden A B");
    let unknown = edited("A,status,,perhaps,,");
    let made = offered_after(&[first, (DropKind::Edits, &unknown)], "2027-01-01");
    assert!(made.starts_with("shown A;") && made.contains("this is no state"), "{made}");
}

#[test]
fn a_variant_of_a_model_that_is_not_offered_is_not_offered() {
    check(
        "sku,kind,parent,status\nM,model,,draft\nM-1,,M,active\nM-2,,M,\nN,model,,active\nN-1,,N,\nN-2,,N,archived\n",
        expect![[r#"
            shown N-1; hidden M-1 M-2 N-2
            info 2 products of the file are not offered in any channel, because the file says so ("M", "N-2")
        "#]],
    );
}

#[test]
fn a_shop_with_a_status_of_its_own_keeps_it() {
    let folder = TestShop::new();
    let own = "[attributes.status]\ntype = \"options\"\noptions.new = {}\noptions.sale = {}\n";
    folder.write("model.toml", &format!("{MODEL}{own}"));
    let text = "sku,status\nA,new\nB,draft\n";
    let read = outcome(&folder, DropKind::Products, "a.csv", text.as_bytes());
    expect![[r#"
        CSV, comma, UTF-8
        2 A: [1] status = new
        3 B: 
        error status: this column is not understood, and it seems to say whether a product is for sale ("draft"); nothing of the file was taken. Write in a mapping what its words mean: "status" = { to = "status", values = { "…" = "active", "…" = "draft", "…" = "archived" } }. To leave it out for good, write in a mapping, under [columns]: "status" = "ignore". To take this file without it, run: rikaste drop approve a.csv
        warning row 3, B, status "draft": this is none of the options of status; write one of them, or add it to model.toml; the value was left out
        2 rows, 0 rejected, 0 skipped
    "#]].assert_eq(&read);
    folder.write("model.toml", &format!("{MODEL}[attributes.status]\ntype = \"text\"\n"));
    let read = outcome(&folder, DropKind::Products, "a.csv", text.as_bytes());
    expect![[r#"
        CSV, comma, UTF-8
        2 A: [1] status = new
        3 B: [1] status = draft
        info one product of the file is not offered in any channel, because the file says so ("B")
        2 rows, 0 rejected, 0 skipped
    "#]]
    .assert_eq(&read);
}

proptest! {
    /// No row whose columns say that it is not for sale is ever shown, whatever other columns say.
    #[test]
    fn what_a_row_keeps_from_sale_is_in_no_channel(
        columns in prop::collection::vec(
            (prop::sample::select(vec![
                ("status", "active", "draft"), ("Published", "TRUE", "false"), ("Aktiivinen", "kyllä", "ei"),
                ("Poistunut", "0", "1"), ("Utgått", "nej", "ja"), ("Gelöscht", "", "x"),
                ("Sichtbar", "ja", "nein"), ("is_active", "1", "0"), ("Product Visible?", "Y", "N"),
                ("available from", "2020-01-01", "2999-01-01"), ("Myynti päättyy", "31.12.2999", "1.1.2020"),
            ]), any::<bool>()),
            1..5,
        ),
        rows in 1..4_usize,
    ) {
        let columns: BTreeMap<_, _> = columns.into_iter().collect();
        // The shop of these tests has an attribute for the first day.
        let columns: Vec<_> =
            columns.into_iter().filter(|((name, ..), _)| *name != "available from").collect();
        prop_assume!(!columns.is_empty());
        let mut text = "sku".to_owned();
        columns.iter().for_each(|((name, ..), _)| text.push_str(&format!(";{name}")));
        for row in 0..rows {
            text.push_str(&format!("\nA{row}"));
            columns.iter().for_each(|((_, yes, no), off)| {
                text.push_str(&format!(";{}", if *off { no } else { yes }));
            });
        }
        let made = offered_at(&(text.clone() + "\n"), "2026-12-01T12:00");
        let is_off = columns.iter().any(|(_, off)| *off);
        prop_assert_eq!(made.starts_with("shown ;"), is_off, "{}\n{}", text, made);
        prop_assert!(!made.contains("not understood"), "{}\n{}", text, made);
    }
}
