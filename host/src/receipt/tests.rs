use std::collections::BTreeMap;

use expect_test::expect;
use rikaste_catalog::code::Sku;
use rikaste_catalog::diagnostic::Diagnostic;
use rikaste_catalog::moment::Moment;
use rikaste_catalog::product::{DropId, Hash};
use rikaste_catalog::receipt::{DropOutcome, ProductCounts, RowCounts};
use rikaste_catalog::record::DropKind;

use super::*;

fn receipt() -> Receipt {
    let messages = vec![
        Diagnostic::warning("column-unknown", "nothing was read from this column"),
        Diagnostic::warning("money-unreadable", "this is not a price; the value was left out")
            .at_row(7)
            .at_sku(Sku::new("HH-1").expect("a SKU"))
            .at_cell("price-EUR", "<script>alert(\"&\")</script>"),
        Diagnostic::error("sku-missing", "the row has no SKU; the row was not taken")
            .at_row(17)
            .at_cell("sku", ""),
    ];
    Receipt {
        drop: DropId(3),
        kind: DropKind::Products,
        file: "products/<spring>.csv".to_owned(),
        hash: Hash::of(b"spring"),
        size: 12_345,
        at: Moment(1_795_000_000),
        milliseconds: 412,
        outcome: DropOutcome::Released,
        release: Some(12),
        read_as: "CSV, semicolon, UTF-8".to_owned(),
        columns: vec!["sku".into(), "price-EUR".into()],
        rows: RowCounts { new: 50, changed: 5, unchanged: 3, rejected: 1 },
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
          CSV, semicolon, UTF-8 · 50 new, 5 changed, 3 as before, 1 refused, 2 warnings, 55 products touched, 55 enriched · 412 ms
          !                                           nothing was read from this column
          ! row 7, HH-1, price-EUR "<script>alert("&")</script>"  this is not a price; the value was left out
          ✗ row 17, sku ""                            the row has no SKU; the row was not taken
          … and 39 more, in receipts/products/<spring>.csv.html
    "#]].assert_eq(&text(&receipt()));
}

#[test]
fn programs_get_what_there_is() {
    expect![[r#"
        {
          "file": "products/<spring>.csv",
          "kind": "products",
          "outcome": "released",
          "summary": "58 of 59 rows are in release 12; 1 row was refused.",
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
          "products": {
            "touched": 55,
            "enriched": 55,
            "plugin_runs": 0,
            "memo_hits": 0,
            "documents": 0
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
              "message": "nothing was read from this column"
            },
            {
              "severity": "warning",
              "code": "money-unreadable",
              "message": "this is not a price; the value was left out",
              "row": 7,
              "column": "price-EUR",
              "value": "<script>alert(\"&\")</script>",
              "sku": "HH-1"
            },
            {
              "severity": "error",
              "code": "sku-missing",
              "message": "the row has no SKU; the row was not taken",
              "row": 17,
              "column": "sku",
              "value": ""
            }
          ]
        }"#]]
    .assert_eq(&json(&receipt()));
}

#[test]
fn a_sentence_says_what_became_of_it() {
    let mut table = String::new();
    let mut say = |outcome, new, rejected| {
        let rows = RowCounts { new, rejected, ..RowCounts::default() };
        table.push_str(&summary::summary(&Receipt { outcome, rows, ..receipt() }));
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

#[test]
fn a_page_is_of_its_own_and_takes_nothing_for_markup() {
    let page = html(&receipt());
    assert!(!page.contains("<script"), "a value became markup");
    assert!(page.contains("<code>&lt;script&gt;alert(&quot;&amp;&quot;)&lt;/script&gt;</code>"));
    assert!(page.contains("products/&lt;spring&gt;.csv"));
    assert!(
        !page.contains("://") && !page.contains("src=") && !page.contains("href="),
        "it asks for something"
    );
    let body = page.split("<body>").nth(1).expect("a body");
    expect![[r#"

        <main>
        <header class="partly">
        <p class="file">products/&lt;spring&gt;.csv</p>
        <h1>58 of 59 rows are in release 12; 1 row was refused.</h1>
        </header>
        <ul class="counts">
        <li><b>50</b> new</li>
        <li><b>5</b> changed</li>
        <li><b>3</b> as before</li>
        <li><b>1</b> refused</li>
        <li><b>2</b> warnings</li>
        <li><b>55</b> products touched</li>
        <li><b>55</b> enriched</li>
        </ul>
        <h2>What to look at</h2>
        <table>
        <thead><tr><th scope="col">Row</th><th scope="col">Column</th><th scope="col">It says</th><th scope="col">What happened, what to do</th></tr></thead>
        <tbody>
        <tr class="warning"><td data-label="Row"></td><td data-label="Column"></td><td data-label="It says"></td><td><span class="severity">warning</span> nothing was read from this column</td></tr>
        <tr class="warning"><td data-label="Row">7</td><td data-label="Column">price-EUR</td><td data-label="It says"><code>&lt;script&gt;alert(&quot;&amp;&quot;)&lt;/script&gt;</code></td><td><span class="sku">HH-1</span> <span class="severity">warning</span> this is not a price; the value was left out</td></tr>
        <tr class="error"><td data-label="Row">17</td><td data-label="Column">sku</td><td data-label="It says"><i>nothing</i></td><td><span class="severity">error</span> the row has no SKU; the row was not taken</td></tr>
        </tbody>
        </table>
        <p>There are 39 more messages than are shown here.</p>
        <h2>The file</h2>
        <dl>
        <dt>Taken in</dt><dd>2026-11-18 11:06 UTC, in 412 ms</dd>
        <dt>Release</dt><dd>12</dd>
        <dt>Read as</dt><dd>CSV, semicolon, UTF-8</dd>
        <dt>Size</dt><dd>12.3 kB</dd>
        <dt>Columns</dt><dd>sku, price-EUR</dd>
        <dt>BLAKE3</dt><dd>27c0870911e80b75c64935c68f56e5e2d8632306b97a0c9b50022253e028283f</dd>
        </dl>
        </main>
        </body>
        </html>
    "#]].assert_eq(body);
}

#[test]
fn receipts_lie_where_the_inbox_has_the_file() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let receipt = Receipt { file: "products/erp/spring.csv".to_owned(), ..receipt() };
    write(folder.path(), &receipt).expect("written");
    write(folder.path(), &receipt).expect("written again");
    let names = fs::read_dir(folder.path().join("products/erp")).expect("a folder");
    let mut names: Vec<String> = names
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(names, ["spring.csv.html", "spring.csv.json"]);
}
