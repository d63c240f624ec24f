use std::fmt::Write as _;

use expect_test::{Expect, expect};
use proptest::prelude::*;
use rikaste_plugin::{Content, read_all};

use super::*;

const CATALOGUE: &[u8] = include_bytes!("../../examples/catalogue.edi");

fn pricat(sku: ArticleNumber) -> PricatImporter {
    PricatImporter::new(Config { sku }).expect("a configuration")
}

fn read(bytes: &[u8]) -> Result<Portion, String> {
    read_all(pricat(ArticleNumber::Gtin), bytes, 64 << 10)
}

fn describe_portion(portion: &Portion) -> String {
    let mut output = String::new();
    for element in &portion.elements {
        let _ = writeln!(output, "{}", element.row);
        for leaf in &element.leaves {
            let _ = match &leaf.content {
                Content::Text(text) => writeln!(output, "  {} = {text:?}", leaf.path),
                Content::Number(number) => writeln!(output, "  {} = {number}", leaf.path),
                Content::Texts(texts) => writeln!(output, "  {} = {texts:?}", leaf.path),
            };
        }
    }
    for remark in &portion.remarks {
        let row = remark.row.unwrap_or(0);
        let _ = writeln!(output, "{:?} {row} {}: {}", remark.severity, remark.code, remark.message);
    }
    output
}

/// A message with these segments between its beginning and end.
fn message(segments: &[&str]) -> String {
    let count = segments.len() + 2;
    let inside: String = segments.iter().map(|segment| format!("{segment}'")).collect();
    format!("UNB+UNOC:3+A+B+261115:0930+1'UNH+7+PRICAT:D:96A:UN'{inside}UNT+{count}+7'UNZ+1+1'")
}

fn check(segments: &[&str], expected: &Expect) {
    expected.assert_eq(&describe_portion(&read(message(segments).as_bytes()).expect("it is read")));
}

fn check_refused(bytes: &str, expected: &Expect) {
    expected.assert_eq(&read(bytes.as_bytes()).expect_err("it is refused"));
}

#[test]
fn a_catalogue_is_read_line_by_line() {
    expect![[r#"
        1
          sku = "4006381333931"
          gtin = "4006381333931"
          supplier_article = "BL-1001"
          buyer_article = "HH-1"
          name-de = "Textmarker gelb"
          name-fi = "Korostuskynä keltainen"
          brand = "Stabilo"
          color = "YEL"
          weight = "0.0250 KGM"
          length = "118.5 MMT"
          purchase_price-EUR = 0.82
          price-EUR = 1.95
          valid_from = "2026-12-01"
        2
          sku = "4006381333948"
          gtin = "4006381333948"
          supplier_article = "BL-1002"
          name-de = "Textmarker, 2+1 Stück grün' blau"
          purchase_price-EUR = 1.64
          price-SEK = 3.9
          valid_from = "2027-01-01"
        5
          sku = "4006381333962"
          gtin = "4006381333962"
          supplier_article = "BL-1005"
          name-de = "Marker, Zehnerpack"
        Severity::Warning 3 article-deleted: the sender takes 4006381333955 out of the range, so nothing was read of it; take it out of the shop by hand
        Severity::Error 4 article-number-missing: the article has no GTIN, which the plugin's configuration takes for the SKU (`sku` in plugins/pricat.toml)
        Severity::Warning 5 price-basis: the price is for 10 PCE, not for one; it is left out
    "#]]
    .assert_eq(&describe_portion(&read(CATALOGUE).expect("it is read")));
}

#[test]
fn the_shops_number_is_the_configured_one() {
    let skus = |sku| {
        let portion = read_all(pricat(sku), CATALOGUE, 1000).expect("it is read");
        let refused = portion.remarks.iter().filter(|it| it.code == "article-number-missing");
        let skus = portion.elements.iter().map(|element| match element.get("sku") {
            Some(Content::Text(sku)) => sku.clone(),
            other => panic!("{other:?}"),
        });
        (skus.collect::<Vec<_>>(), refused.count())
    };
    assert_eq!(skus(ArticleNumber::Supplier).0, ["BL-1001", "BL-1002", "BL-1004", "BL-1005"]);
    assert_eq!(skus(ArticleNumber::Buyer), (vec!["HH-1".to_owned()], 3));
}

#[test]
fn prices_say_what_they_are() {
    check(
        &[
            "CUX+2:EUR:8",
            "LIN+1+1+4006381333931:SRV",
            "PRI+AAA:1,50",
            "PRI+AAB:2",
            "PRI+AAE:3::SRP",
            "PRI+AAE:30::SRP",
            "CUX+2:SEK:8",
            "PRI+AAA:1.40",
            "PRI+AAA:one",
        ],
        &expect![[r#"
            1
              sku = "4006381333931"
              gtin = "4006381333931"
              purchase_price-EUR = 1.5
              gross_price-EUR = 2
              price-EUR = 3
              price-SEK = 30
            Severity::Warning 1 price-unreadable: the price is no number, so it is left out
            Severity::Warning 1 price-repeated: the article has a second purchase_price in EUR; the first was read
        "#]],
    );
    check(
        &["LIN+1+1+4006381333931:EN", "PRI+AAE:3", "TAX+7+VAT+++:::19", "MEA+PD+AAB+KGM:1.125"],
        &expect![[r#"
            1
              sku = "4006381333931"
              gtin = "4006381333931"
            Severity::Warning 1 price-without-currency: the price has no currency (CUX), so it is left out
        "#]],
    );
}

#[test]
fn what_a_package_is_is_not_what_an_article_is() {
    check(
        &[
            "LIN+1+1+4006381333931:EN",
            "IMD+F++:::A very long text, :that goes on:EN",
            "IMD+F++:::and on::EN",
            "MEA+PD+AAB+KGM:1.125",
            "PAC+10+:51+CT",
            "MEA+PD+AAB+KGM:12",
            "PRI+AAE:5::SRP",
            "CUX+2:EUR",
            "SLN+1",
            "PRI+AAE:6::SRP",
            "IMD+F+DSC+:::of a part",
            "MEA+PD+AAA+KGM:9",
        ],
        &expect![[r#"
            1
              sku = "4006381333931"
              gtin = "4006381333931"
              name-en = "A very long text, that goes on and on"
              weight = "1.1250 KGM"
              price-EUR = 5
        "#]],
    );
}

#[test]
fn a_file_that_lost_something_is_refused() {
    let whole = message(&["LIN+1+1+4006381333931:EN"]);
    assert!(read(whole.as_bytes()).is_ok());
    check_refused(
        &whole.replace("UNT+3", "UNT+4"),
        &expect![
            "the message 7 says that it has 4 segments, and has 3; a part of it was lost, so ask for it again"
        ],
    );
    check_refused(
        &whole.replace("UNZ+1", "UNZ+2"),
        &expect![
            "the interchange says that it has 2 messages, and has 1; a part of it was lost, so ask for it again"
        ],
    );
    check_refused(
        &whole.replace("UNZ+1+1'", ""),
        &expect!["it ends before UNZ: it was cut short, so ask for it again"],
    );
    check_refused(
        &whole.replace("UNT+3+7'", ""),
        &expect![
            "segment 4 is UNZ inside the message 7, which has no UNT; a part of it was lost, so ask the sender for it again"
        ],
    );
    check_refused(
        whole.trim_end_matches('\''),
        &expect!["it ends inside a segment: it was cut short, so ask for it again"],
    );
    check_refused(
        &whole.replace("PRICAT", "ORDERS"),
        &expect!["its message 7 is ORDERS and not PRICAT; only price catalogues are read"],
    );
    check_refused(
        &whole.replace("UNOC", "UNOE"),
        &expect![
            "it is written in UNOE; this plugin reads UNOA, UNOB, UNOC and UNOY, so ask the sender for one of them"
        ],
    );
    check_refused(
        "sku;name\n1;2",
        &expect!["it ends inside a segment: it was cut short, so ask for it again"],
    );
    check_refused("", &expect!["it has no segment; is it EDIFACT?"]);
}

#[test]
fn lines_without_line_breaks_and_texts_in_utf_8_are_read() {
    let text = String::from_utf8(CATALOGUE.iter().copied().filter(u8::is_ascii).collect());
    let ascii = text.expect("ASCII");
    let single = ascii.replace('\n', "").replace("UNOC", "UNOY").replace("gelb", "gelb äöü");
    let spoken = describe_portion(&read(single.as_bytes()).expect("it is read"));
    assert!(spoken.contains("name-de = \"Textmarker gelb äöü\""), "{spoken}");
    let lines = ascii.replace('\n', "\r\n").replace("gelb", "gelb äöü").replace("UNOC", "UNOY");
    assert_eq!(describe_portion(&read(lines.as_bytes()).expect("it is read")), spoken);
}

proptest! {
    #[test]
    fn where_chunks_end_means_nothing(chunk in 1_usize..400) {
        let whole = read(CATALOGUE).expect("it is read");
        let cut = read_all(pricat(ArticleNumber::Gtin), CATALOGUE, chunk).expect("it is read");
        prop_assert_eq!(whole, cut);
    }

    #[test]
    fn nothing_panics(bytes in proptest::collection::vec(any::<u8>(), 0..400), at in 0_usize..1000) {
        let mut broken = CATALOGUE.to_vec();
        let at = at.min(broken.len());
        broken.splice(at..(at + bytes.len() / 2).min(CATALOGUE.len()), bytes.iter().copied());
        drop(read(&broken));
        drop(read(&bytes));
    }
}
