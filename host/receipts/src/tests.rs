use std::collections::BTreeMap;

use expect_test::expect;
use jiff::tz::TimeZone;
use rikaste_model::code::Sku;
use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::moment::Moment;
use rikaste_model::product::{ContentHash, DropId};
use rikaste_model::receipt::{DropOutcome, ProductCounts, RejectedRows, RowCounts};
use rikaste_model::record::DropKind;
use rikaste_model::release::ReleaseNumber;
use rikaste_model::words;
use rikaste_model::words::Language;

use super::*;

fn english() -> ReceiptLocale<'static> {
    const UTC: &TimeZone = &TimeZone::UTC;
    ReceiptLocale { language: Language::En, zone: UTC }
}

fn receipt() -> Receipt {
    let problem = words!("money-unreadable");
    let messages = vec![
        Diagnostic::new_warning("column-unknown", "a plugin's own words"),
        Diagnostic::new_warning("money-unreadable", words!("value-left-out", problem = problem))
            .at_row(7)
            .at_sku(Sku::new("HH-1").expect("a SKU"))
            .at_cell("price-EUR", "<script>alert(\"&\")</script>"),
        Diagnostic::new_error(
            "sku-missing",
            words!("row-not-taken", problem = words!("sku-missing")),
        )
        .at_row(17)
        .at_cell("sku", ""),
    ];
    Receipt {
        drop: DropId(3),
        kind: DropKind::Products,
        file: "products/<spring>.csv".to_owned(),
        hash: Some(ContentHash::hash_bytes(b"spring")),
        size: 12_345,
        at: Moment(1_795_000_000),
        milliseconds: 412,
        outcome: DropOutcome::Released,
        release: Some(ReleaseNumber(12)),
        undone: None,
        read_as: "CSV, semicolon, UTF-8".to_owned(),
        columns: vec!["sku".into(), "price-EUR".into()],
        rows: RowCounts { new: 50, changed: 5, unchanged: 3, rejected: 1 },
        cells_left_out: 40,
        warnings: 41,
        rejects: None,
        too_many: None,
        question: None,
        products: ProductCounts { touched: 55, enriched: 55, ..ProductCounts::default() },
        messages,
        message_counts: BTreeMap::from([
            ("column-unknown".into(), 1),
            ("money-unreadable".into(), 40),
            ("sku-missing".into(), 1),
        ]),
    }
}

#[test]
fn a_terminal_gets_a_few_lines() {
    expect![[r#"
        products/<spring>.csv: 58 of 59 rows are in release 12; 1 row was refused.
          CSV, semicolon, UTF-8 · 50 new, 5 changed, 3 as before, 1 refused, 41 warnings, 40 values left out, 55 products touched, 55 enriched · 412 ms
          !                                           a plugin's own words
          ! row 7, HH-1, price-EUR "<script>alert("&")</script>"  this is not a price; write one such as 29.90 or 29.90 EUR; the value was left out
          ✗ row 17, sku ""                            the row has no SKU; the row was not taken
          … and 39 more, in receipts/products/<spring>.csv.html
    "#]].assert_eq(&render_text(&receipt(), english()));
}

#[test]
fn programs_get_what_there_is() {
    expect![[r#"
        {
          "file": "products/<spring>.csv",
          "kind": "products",
          "outcome": "released",
          "summary": "58 of 59 rows are in release 12; 1 row was refused.",
          "language": "en",
          "local_summary": "58 of 59 rows are in release 12; 1 row was refused.",
          "release": 12,
          "at": "2026-11-18T11:06:40+00:00",
          "milliseconds": 412,
          "size": 12345,
          "hash": "27c0870911e80b75c64935c68f56e5e2d8632306b97a0c9b50022253e028283f",
          "read_as": "CSV, semicolon, UTF-8",
          "rows": {
            "new": 50,
            "changed": 5,
            "unchanged": 3,
            "rejected": 1
          },
          "cells_left_out": 40,
          "products": {
            "touched": 55,
            "enriched": 55,
            "plugin_runs": 0,
            "memo_hits": 0,
            "documents": 0,
            "gone": 0
          },
          "message_counts": {
            "column-unknown": 1,
            "money-unreadable": 40,
            "sku-missing": 1
          },
          "more_messages": 39,
          "messages": [
            {
              "severity": "warning",
              "code": "column-unknown",
              "message": "a plugin's own words",
              "local_message": "a plugin's own words"
            },
            {
              "severity": "warning",
              "code": "money-unreadable",
              "message": "this is not a price; write one such as 29.90 or 29.90 EUR; the value was left out",
              "local_message": "this is not a price; write one such as 29.90 or 29.90 EUR; the value was left out",
              "row": 7,
              "column": "price-EUR",
              "value": "<script>alert(\"&\")</script>",
              "sku": "HH-1"
            },
            {
              "severity": "error",
              "code": "sku-missing",
              "message": "the row has no SKU; the row was not taken",
              "local_message": "the row has no SKU; the row was not taken",
              "row": 17,
              "column": "sku",
              "value": ""
            }
          ]
        }"#]]
    .assert_eq(&render_json(&receipt(), english()));
}

#[test]
fn a_sentence_says_what_became_of_it() {
    let mut table = String::new();
    let mut say = |outcome, new, rejected| {
        let rows = RowCounts { new, rejected, ..RowCounts::default() };
        table.push_str(&summary::render_summary(
            &Receipt { outcome, rows, ..receipt() },
            Language::En,
        ));
        table.push('\n');
    };
    say(DropOutcome::Released, 61, 0);
    say(DropOutcome::Released, 1, 0);
    say(DropOutcome::Released, 1, 2);
    say(DropOutcome::Released, 58_000, 3_000);
    say(DropOutcome::Unchanged, 61, 0);
    say(DropOutcome::Unchanged, 61, 2);
    say(DropOutcome::Rejected, 0, 0);
    say(DropOutcome::Rejected, 0, 4);
    expect![[r#"
        All 61 rows are in release 12.
        The only row is in release 12.
        1 of 3 rows is in release 12; 2 rows were refused.
        58 000 of 61 000 rows are in release 12; 3 000 rows were refused.
        Nothing changed: all that the file says was known already.
        Nothing changed: all that the file says was known already; 2 rows were refused.
        The file could not be read; nothing of it was taken.
        Nothing of the file was taken: none of 4 rows could be used.
    "#]]
    .assert_eq(&table.replace('\u{a0}', " "));
}

/// What a Finnish shop reads: its words, its numbers, its clock.
#[test]
fn people_are_spoken_to_in_their_language() {
    let zone = TimeZone::get("Europe/Helsinki").expect("bundled zone");
    let manner = ReceiptLocale { language: Language::Fi, zone: &zone };
    let near = words!("hint-meant", near = "moss");
    let unknown = words!("option-unknown", attribute = "color", hint = near);
    let long = words!("row-too-long", cells = 4_usize, width = 2_usize);
    let messages = vec![
        Diagnostic::new_warning("option-unknown", words!("value-left-out", problem = unknown))
            .at_row(1_207)
            .at_cell("väri", "sammal"),
        Diagnostic::new_error("row-length", long).at_row(1_300),
    ];
    let rejects = Some(RejectedRows { hash: ContentHash::hash_bytes(b"rows"), rows: 1 });
    let receipt = Receipt { messages, rejects, milliseconds: 2_460, ..receipt() };
    let links =
        ReceiptLinks { rejects: Some("./spring.csv.rejected.csv"), ..ReceiptLinks::default() };
    let page = render_html(&receipt, manner, links);
    assert!(page.starts_with("<!DOCTYPE html><html lang=\"fi\">"));
    expect![[r#"
        products/<spring>.csv: 58 riviä 59 rivistä on julkaisussa 12; 1 rivi hylättiin.
          CSV, semicolon, UTF-8 · 50 uutta, 5 muuttunutta, 3 ennallaan, 1 hylätty, 41 varoitusta, 40 arvoa jätetty pois, 55 tuotetta päivittyi, 55 rikastettua · 2,5 s
          ! rivi 1207, väri "sammal"  tämä ei ole mikään ominaisuuden color vaihtoehdoista; tarkoititko ”moss”?; arvo jätettiin pois
          ✗ rivi 1300                 rivillä on 4 solua ja otsikkorivillä 2; riviä ei otettu; laita teksti, jossa on erotinmerkki, lainausmerkkeihin
          … ja 40 muuta, katso receipts/products/<spring>.csv.html
    "#]].assert_eq(&render_text(&receipt, manner));
    expect![[r#"
        <main><header class="partly"><p class="file">products/&lt;spring&gt;.csv</p>
        <h1>58 riviä 59 rivistä on julkaisussa 12; 1 rivi hylättiin.</h1></header>
        <ul class="counts"><li><b>50</b> uutta</li>
        <li><b>5</b> muuttunutta</li>
        <li><b>3</b> ennallaan</li>
        <li><b>1</b> hylätty</li>
        <li><b>41</b> varoitusta</li>
        <li><b>40</b> arvoa jätetty pois</li>
        <li><b>55</b> tuotetta päivittyi</li>
        <li><b>55</b> rikastettua</li>
        </ul>
        <section class="rejects"><h2>Korjaa hylätty rivi</h2>
        <p>Avaa tiedosto taulukkolaskennassa, korjaa rivit ja tallenna se samalla nimellä CSV-muodossa (Excelissä ”CSV UTF-8”). Pudota se sitten kansioon inbox/products. Kaksi ensimmäistä saraketta kertovat, mikä oli vialla; ne saavat jäädä.</p>
        <p><a href="./spring.csv.rejected.csv" download>Lataa rivi (CSV)</a></p>
        </section><h2>Tarkista nämä</h2>
        <table><thead><tr><th scope="col">Rivi</th><th scope="col">Sarake</th><th scope="col">Arvo</th><th scope="col">Mitä tapahtui ja mitä tehdä</th></tr>
        </thead>
        <tbody><tr class="warning"><td data-label="Rivi">1207</td><td data-label="Sarake">väri</td><td data-label="Arvo"><code>sammal</code></td><td><span class="severity">varoitus</span> tämä ei ole mikään ominaisuuden color vaihtoehdoista; tarkoititko ”moss”?; arvo jätettiin pois</td></tr>
        <tr class="error"><td data-label="Rivi">1300</td><td data-label="Sarake"></td><td data-label="Arvo"></td><td><span class="severity">virhe</span> rivillä on 4 solua ja otsikkorivillä 2; riviä ei otettu; laita teksti, jossa on erotinmerkki, lainausmerkkeihin</td></tr>
        </tbody></table>
        <p>Lisäksi on 40 viestiä, joita ei näytetä tässä.</p>
        <h2>Tiedosto</h2>
        <dl><dt>Vastaanotettu</dt><dd>18.11.2026 klo 13.06 (Europe/Helsinki), käsittely kesti 2,5 s</dd>
        <dt>Julkaisu</dt><dd>12</dd>
        <dt>Luettu muodossa</dt><dd>CSV, semicolon, UTF-8</dd>
        <dt>Koko</dt><dd>12,3 kB</dd>
        <dt>Sarakkeet</dt><dd>sku, price-EUR</dd>
        <dt>BLAKE3</dt><dd>27c0870911e80b75c64935c68f56e5e2d8632306b97a0c9b50022253e028283f</dd>
        </dl></main></body></html>"#]].assert_eq(&split_body(&page));
    let json: serde_json::Value =
        serde_json::from_str(&render_json(&receipt, manner)).expect("JSON");
    expect![[r#"
        {
          "severity": "warning",
          "code": "option-unknown",
          "message": "this is none of the options of color; did you mean \"moss\"?; the value was left out",
          "arguments": {
            "attribute": "color",
            "near": "moss"
          },
          "local_message": "tämä ei ole mikään ominaisuuden color vaihtoehdoista; tarkoititko ”moss”?; arvo jätettiin pois",
          "row": 1207,
          "column": "väri",
          "value": "sammal"
        }"#]].assert_eq(&format!("{:#}", json["messages"][0]));
}

/// The body of a page with a line for each block.
fn split_body(page: &str) -> String {
    let body = page.split("<body>").nth(1).expect("a body").to_owned();
    ["header", "p", "h2", "ul", "li", "thead", "tr", "table", "dd"].iter().fold(
        body,
        |body, tag| {
            let end = format!("</{tag}>");
            body.replace(&end, &format!("{end}\n"))
        },
    )
}

#[test]
fn a_page_is_of_its_own_and_takes_nothing_for_markup() {
    let page = render_html(&receipt(), english(), ReceiptLinks::default());
    assert!(!page.contains("<script"), "a value became markup");
    assert!(page.contains("<code>&lt;script&gt;alert(&quot;&amp;&quot;)&lt;/script&gt;</code>"));
    assert!(page.contains("products/&lt;spring&gt;.csv"));
    assert!(
        !page.contains("://") && !page.contains("src=") && !page.contains("href="),
        "it asks for something"
    );
    expect![[r#"
        <main><header class="partly"><p class="file">products/&lt;spring&gt;.csv</p>
        <h1>58 of 59 rows are in release 12; 1 row was refused.</h1></header>
        <ul class="counts"><li><b>50</b> new</li>
        <li><b>5</b> changed</li>
        <li><b>3</b> as before</li>
        <li><b>1</b> refused</li>
        <li><b>41</b> warnings</li>
        <li><b>40</b> values left out</li>
        <li><b>55</b> products touched</li>
        <li><b>55</b> enriched</li>
        </ul>
        <h2>What to look at</h2>
        <table><thead><tr><th scope="col">Row</th><th scope="col">Column</th><th scope="col">It says</th><th scope="col">What happened, what to do</th></tr>
        </thead>
        <tbody><tr class="warning"><td data-label="Row"></td><td data-label="Column"></td><td data-label="It says"></td><td><span class="severity">warning</span> a plugin's own words</td></tr>
        <tr class="warning"><td data-label="Row">7</td><td data-label="Column">price-EUR</td><td data-label="It says"><code>&lt;script&gt;alert(&quot;&amp;&quot;)&lt;/script&gt;</code></td><td><span class="sku">HH-1</span> <span class="severity">warning</span> this is not a price; write one such as 29.90 or 29.90 EUR; the value was left out</td></tr>
        <tr class="error"><td data-label="Row">17</td><td data-label="Column">sku</td><td data-label="It says"><i>nothing</i></td><td><span class="severity">error</span> the row has no SKU; the row was not taken</td></tr>
        </tbody></table>
        <p>There are 39 more messages than are shown here.</p>
        <h2>The file</h2>
        <dl><dt>Taken in</dt><dd>2026-11-18 11:06 (UTC), in 412 ms</dd>
        <dt>Release</dt><dd>12</dd>
        <dt>Read as</dt><dd>CSV, semicolon, UTF-8</dd>
        <dt>Size</dt><dd>12.3 kB</dd>
        <dt>Columns</dt><dd>sku, price-EUR</dd>
        <dt>BLAKE3</dt><dd>27c0870911e80b75c64935c68f56e5e2d8632306b97a0c9b50022253e028283f</dd>
        </dl></main></body></html>"#]].assert_eq(&split_body(&page));
}

#[test]
fn receipts_lie_where_the_inbox_has_the_file() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let receipt = Receipt { file: "products/erp/spring.csv".to_owned(), ..receipt() };
    write_receipt(folder.path(), &receipt, english()).expect("written");
    write_receipt(folder.path(), &receipt, english()).expect("written again");
    let names = fs::read_dir(folder.path().join("products/erp")).expect("a folder");
    let mut names: Vec<String> = names
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(names, ["spring.csv.html", "spring.csv.json"]);
}
