//! Files that are a whole range, files that are imported again by themselves, and files that a kill
//! interrupts, with the real binary.

mod harness;

use std::fs;

use harness::{Running, Shop, wait_for};
use serde_json::{Value, json};

/// A shop of which `products/range*.csv` is the whole range.
fn shop(settings: &str) -> Shop {
    let shop = Shop::new();
    let text = fs::read_to_string(shop.path("shop.toml")).expect("a shop");
    shop.write("shop.toml", format!("{text}\n[import]\nfull = [\"range*.csv\"]\n{settings}"));
    shop
}

fn range(skus: impl IntoIterator<Item = u32>) -> String {
    let row = |n: u32| format!("P{n},Tuote {n},{n}.50,{n}\n");
    let header = "sku,name-fi_FI,price-EUR,stock-helsinki\n".to_owned();
    header + &skus.into_iter().map(row).collect::<String>()
}

fn drop_and_read(shop: &Shop, running: &Running, file: &str, text: &str) -> Value {
    let last = running.json("/v1/receipts?limit=1")["receipts"][0]["id"].clone();
    shop.drop_file(file, text);
    let receipt = wait_for(&format!("{file} to be taken"), || {
        let receipts = running.json("/v1/receipts?limit=1")["receipts"].clone();
        (receipts[0]["id"] != last && receipts[0]["file"] == file).then(|| receipts[0].clone())
    });
    running.json(&format!("/v1/receipts/{}", receipt["id"]))
}

fn skus(running: &Running) -> Vec<String> {
    running.documents("web").into_keys().collect()
}

fn changes(running: &Running, since: u64) -> Vec<Value> {
    let body = running.get(&format!("/v1/channels/web/changes?since={since}")).body;
    body.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn codes(receipt: &Value) -> Vec<&str> {
    let messages = receipt["messages"].as_array().expect("messages");
    messages.iter().filter_map(|message| message["code"].as_str()).collect()
}

/// Stops the shop when search stands on the current release, and checks it.
fn verified(shop: &Shop, running: Running) {
    wait_for("search to follow", || {
        let found = running.json("/v1/channels/web/search?q=");
        (found["release"].as_u64() == Some(running.release())).then_some(())
    });
    drop(running);
    agrees(shop);
}

fn agrees(shop: &Shop) {
    let (text, code) = shop.rikaste(&["verify"]);
    assert_eq!(code, 0, "{text}");
}

#[test]
fn what_a_full_range_does_not_name_is_gone_everywhere_and_comes_back_whole() {
    let shop = shop("");
    let running = shop.run();
    shop.drop_file("products/other.csv", "sku,name-fi_FI,color\nP2,Toinen,red\nX1,Oma,red\n");
    running.wait_for_release(1);
    shop.drop_file("products/range.csv", range(1..=20));
    running.wait_for_release(2);
    shop.drop_file("edits/e.csv", "sku,attribute,locale,value,by\nP1,name,fi-FI,Käsin,Aino\n");
    running.wait_for_release(3);
    shop.drop_file("reviews/r.csv", "sku,source,id,rating,locale,text\nP1,web,1,5,fi_FI,Hyvä\n");
    running.wait_for_release(4);

    let receipt = drop_and_read(&shop, &running, "products/range.csv", &range(3..=20));
    assert_eq!(
        (&receipt["outcome"], &receipt["products"]["gone"]),
        (&json!("released"), &json!(2)),
        "{receipt}"
    );
    // The convention's files share a source: P2 is in another file, too, and by name of the same
    // source it is out of that with the range. X1 was never in the range.
    let shown = skus(&running);
    assert_eq!(shown.len(), 19, "{shown:?}");
    assert!(shown.contains(&"X1".to_owned()) && !shown.contains(&"P1".to_owned()));
    let gone: Vec<_> = changes(&running, 4)
        .into_iter()
        .filter_map(|change| change["delete"].as_str().map(str::to_owned))
        .collect();
    assert_eq!(gone, ["P2", "P1"]);
    assert_eq!(running.get("/v1/channels/web/products/P1").status, 404);
    wait_for("search to follow", || {
        (running.json("/v1/channels/web/search?q=tuote&locale=fi-FI")["total"] == 18).then_some(())
    });
    let stock =
        drop_and_read(&shop, &running, "stock/s.csv", "sku,location,quantity\nP1,central,7\n");
    assert_eq!(codes(&stock), ["product-unknown"]);

    let back = drop_and_read(&shop, &running, "products/range.csv", &range(1..=20));
    assert_eq!(back["rows"]["new"], 2, "{back}");
    // The stock that came meanwhile is imported by itself.
    wait_for("stock to be taken again", || {
        let document = running.json("/v1/channels/web/products/P1?locale=fi-FI");
        (document["stock"]["central"] == 7).then_some(())
    });
    let document = running.json("/v1/channels/web/products/P1?locale=fi-FI");
    assert_eq!(
        (&document["title"], &document["price"], &document["attributes"]["review_count"]),
        (&json!("Käsin"), &json!("1.50 EUR"), &json!(1)),
        "{document}"
    );
    verified(&shop, running);
}

#[test]
fn half_a_range_is_held_until_somebody_approves() {
    let shop = shop("most_gone = \"30 %\"\n");
    let running = shop.run();
    shop.drop_file("products/range.csv", range(1..=40));
    running.wait_for_release(1);
    let held = drop_and_read(&shop, &running, "products/range.csv", &range(1..=20));
    assert_eq!(held["outcome"], "held", "{held}");
    let question = held["messages"][0]["message"].as_str().expect("a question").to_owned();
    for part in ["20", "40", "P21 Tuote 21", "rikaste drop approve products/range.csv"] {
        assert!(question.contains(part), "{question}");
    }
    assert_eq!((running.release(), skus(&running).len()), (1, 40));
    running.kill();

    // It waits over a restart, is not imported by it, and a shop that runs hears the answer.
    let running = shop.run();
    let (text, _) = shop.rikaste(&["drop", "list"]);
    assert!(text.contains("products/range.csv") && text.contains("20 of 40"), "{text}");
    assert_eq!(running.json("/v1/receipts?limit=5")["receipts"].as_array().map(Vec::len), Some(2));
    let (text, code) = shop.rikaste(&["drop", "approve", "range.csv"]);
    assert_eq!(code, 0, "{text}");
    assert_eq!((running.release(), skus(&running).len()), (2, 20), "{text}");
    assert!(shop.rikaste(&["drop", "list"]).0.contains("No file waits"));
    let (text, code) = shop.rikaste(&["drop", "approve", "range.csv"]);
    assert_eq!(code, 1, "{text}");

    // A whole file in place of the held one needs no answer; without the shop running it is one, too.
    let held = drop_and_read(&shop, &running, "products/range.csv", &range(1..=3));
    assert_eq!(held["outcome"], "held");
    let mended = drop_and_read(&shop, &running, "products/range.csv", &range(1..=19));
    assert_eq!(mended["outcome"], "released");
    assert!(shop.rikaste(&["drop", "list"]).0.contains("No file waits"));
    let held = drop_and_read(&shop, &running, "products/range.csv", &range(1..=3));
    assert_eq!(held["outcome"], "held");
    running.kill();
    let (text, code) = shop.rikaste(&["drop", "approve", "products/range.csv"]);
    assert_eq!(code, 0, "{text}");
    agrees(&shop);
    assert_eq!(skus(&shop.run()).len(), 3);
}

#[test]
fn a_column_that_decides_about_a_sale_holds_its_file_and_hides_no_other_question() {
    let shop = shop("");
    let running = shop.run();
    shop.drop_file("products/range.csv", range(1..=20));
    running.wait_for_release(1);
    let with_campaign = |skus| {
        let rows = range(skus);
        let rows = rows.lines().enumerate().map(|(at, row)| match at {
            0 => format!("{row},Kampanjapris\n"),
            _ => format!("{row},1.00\n"),
        });
        rows.collect::<String>()
    };
    let held = drop_and_read(&shop, &running, "products/range.csv", &with_campaign(1..=3));
    assert_eq!(
        (&held["outcome"], codes(&held)),
        (&json!("held"), vec!["column-question"]),
        "{held}"
    );
    let question = held["messages"][0]["message"].as_str().expect("a question").to_owned();
    for part in ["1.00", "\"Kampanjapris\" = \"ignore\"", "rikaste drop approve products/range.csv"]
    {
        assert!(question.contains(part), "{question}");
    }
    assert!(shop.rikaste(&["drop", "list"]).0.contains("Kampanjapris"));
    // The answer about the column is none about the products that would go.
    let (text, code) = shop.rikaste(&["drop", "approve", "range.csv"]);
    assert_eq!((code, running.release()), (3, 1), "{text}");
    assert!(shop.rikaste(&["drop", "list"]).0.contains("17 of 20"));
    let (text, code) = shop.rikaste(&["drop", "approve", "range.csv"]);
    assert_eq!((code, skus(&running).len()), (0, 3), "{text}");
    assert!(text.contains("Kampanjapris"), "{text}");

    // A mapping that is written while the file waits answers, too.
    let held = drop_and_read(&shop, &running, "products/range.csv", &with_campaign(1..=4));
    assert_eq!(held["outcome"], "held", "{held}");
    running.kill();
    let ignore = "files = [\"range.csv\"]\n[columns]\nKampanjapris = \"ignore\"\n";
    shop.write("mappings/range.toml", ignore);
    let running = shop.run();
    wait_for("the file to be taken", || (skus(&running).len() == 4).then_some(()));
}

#[test]
fn a_file_that_may_be_cut_short_takes_nobody_away() {
    let shop = shop("");
    let running = shop.run();
    shop.drop_file("products/range.csv", range(1..=20));
    running.wait_for_release(1);
    let whole = range(1..=19);
    let cases = [
        (whole.strip_suffix(".50,19\n").expect("the last row"), "range-unclear"),
        (whole.strip_suffix(",19.50,19\n").expect("the last row"), "range-unclear"),
    ];
    for (cut, code) in cases {
        let receipt = drop_and_read(&shop, &running, "products/range.csv", cut);
        assert!(codes(&receipt).contains(&code), "{receipt}");
        assert_eq!(skus(&running).len(), 20, "{cut:?}");
    }
    // Of a row that was refused nobody knows whom it names, or it is known, and that one stays.
    let nameless =
        drop_and_read(&shop, &running, "products/range.csv", &(range(1..=19) + ",Nimetön,1,1\n"));
    assert!(codes(&nameless).contains(&"range-unclear"), "{nameless}");
    assert_eq!(skus(&running).len(), 20);
}

#[test]
fn a_file_is_taken_again_when_what_it_is_read_by_is_not_what_it_was() {
    let shop = Shop::new();
    let running = shop.run();
    shop.drop_file("products/spring.csv", "sku,name-fi_FI,pattern,price-EUR\nA,Takki,raita,9.00\n");
    running.wait_for_release(1);
    shop.drop_file("products/fix.csv", "sku,price-EUR\nA,8.00\n");
    running.wait_for_release(2);
    running.kill();

    let running = shop.run();
    assert_eq!(running.release(), 2, "nothing is taken again for nothing");
    running.kill();
    let model = fs::read_to_string(shop.path("model.toml")).expect("a model");
    shop.write("model.toml", model + "\n[attributes.pattern]\ntype = \"text\"\n");
    let running = shop.run();
    let document = wait_for("the column", || {
        let document = running.json("/v1/channels/web/products/A");
        (document["attributes"]["pattern"] == "raita").then_some(document)
    });
    // The older file speaks with its age: what came after it stays, and its price was never charged again.
    assert_eq!(document["price"], "8.00 EUR");
    wait_for("the receipt to say so", || {
        codes(&shop.receipt("products/spring.csv")).contains(&"taken-again").then_some(())
    });
    let history = running.json("/v1/explain/A")["prices"][0]["history"].clone();
    let history: Vec<_> =
        history.as_array().expect("points").iter().map(|at| &at["price"]).collect();
    assert_eq!(history, ["9.00 EUR", "8.00 EUR"]);
    verified(&shop, running);
}

#[test]
fn rows_about_products_that_come_later_are_taken_by_themselves() {
    let shop = Shop::new();
    let running = shop.run();
    let first = drop_and_read(
        &shop,
        &running,
        "stock/s.csv",
        "sku,location,quantity\nA,helsinki,4\nB,helsinki,2\n",
    );
    assert_eq!((&first["outcome"], &first["rows"]["rejected"]), (&json!("rejected"), &json!(2)));
    shop.drop_file("reviews/r.csv", "sku,source,id,rating,locale,text\nA,web,1,5,fi_FI,Hyvä\n");
    wait_for("the review", || {
        (running.json("/v1/receipts")["receipts"].as_array().map(Vec::len) == Some(2)).then_some(())
    });
    shop.drop_file("products/a.csv", "sku,name-fi_FI,price-EUR\nA,Takki,9.00\n");
    let document = wait_for("stock and review", || {
        let answer = running.get("/v1/channels/web/products/A");
        let document: Value = serde_json::from_str(&answer.body).ok()?;
        let all = document["stock"]["helsinki"] == 4 && document["attributes"]["review_count"] == 1;
        all.then_some(document)
    });
    assert_eq!(document["id"], "A");
    let again = wait_for("the receipt", || {
        Some(shop.receipt("stock/s.csv")).filter(|receipt| receipt["outcome"] == "released")
    });
    assert_eq!(
        (&again["rows"]["new"], &again["rows"]["rejected"]),
        (&json!(0), &json!(1)),
        "{again}"
    );
    let count = running.json("/v1/receipts")["receipts"].as_array().map(Vec::len);
    assert_eq!(count, Some(5), "nothing is taken more often than it says something");
}

#[test]
fn whose_word_counts_is_said_by_the_shop_and_told() {
    let shop = Shop::new();
    let mapping = |source: &str, priority: i32| {
        format!(
            "kind = \"products\"\nfiles = [\"{source}*.csv\"]\nsource = \"{source}\"\npriority = {priority}\n"
        )
    };
    shop.write("mappings/erp.toml", mapping("erp", 10));
    shop.write("mappings/supplier.toml", mapping("supplier", 0));
    let running = shop.run();
    shop.drop_file("products/erp.csv", "sku,name-fi_FI,color\nA,ERP A,red\nB,ERP B,red\n");
    running.wait_for_release(1);
    let text = "sku,name-fi_FI,color\nA,Hieno A,blue\nB,Hieno B,\nC,Hieno C,blue\n";
    let receipt = drop_and_read(&shop, &running, "products/supplier.csv", text);
    let messages: Vec<_> = receipt["messages"]
        .as_array()
        .expect("messages")
        .iter()
        .filter(|message| message["code"] == "overruled")
        .map(|message| message["message"].as_str().expect("text").split(';').next().unwrap_or(""))
        .collect();
    assert_eq!(
        messages,
        [
            "in 1 value the source erp wins (priority 10 over 0): \"A\"",
            "in 2 values the source erp wins (priority 10 over 0): \"A\", \"B\"",
        ]
    );
    running.kill();
    let toml = fs::read_to_string(shop.path("shop.toml")).expect("a shop");
    shop.write("shop.toml", format!("{toml}\n[sources.supplier]\nattributes = {{ name = 11 }}\n"));
    let running = shop.run();
    let document = running.json("/v1/channels/web/products/A?locale=fi-FI");
    assert_eq!(
        (&document["title"], &document["attributes"]["color"]),
        (&json!("Hieno A"), &json!(["red"]))
    );
    let (text, code) = shop.rikaste(&["explain", "A"]);
    assert_eq!(code, 0, "{text}");
    for why in
        ["the source supplier wins: priority 11 over 10", "the source erp wins: priority 10 over 0"]
    {
        assert!(text.contains(why), "{text}");
    }
}

#[test]
fn a_long_drop_that_is_killed_in_the_middle_begins_again_and_nothing_is_half_there() {
    const ROWS: usize = 200_000;
    let shop = Shop::new();
    let mut rows = String::from("sku,name-fi_FI,price-EUR\n");
    (0..ROWS).for_each(|n| rows.push_str(&format!("P{n},Tuote {n},{n}.50\n")));
    shop.drop_file("products/all.csv", rows);
    let log = shop.path(".rikaste/catalogue.db-wal");
    let running = shop.run();
    wait_for("the middle of the drop", || {
        (fs::metadata(&log).ok()?.len() > 30_000_000).then_some(())
    });
    assert_eq!(running.release(), 0, "it is in the middle");
    running.kill();
    assert!(shop.rikaste(&["release", "list"]).0.contains("There is no release yet"));

    let running = shop.run();
    let began = std::time::Instant::now();
    // A debug build on a busy machine takes more than the patience of other tests.
    while running.release() < 1 {
        assert!(began.elapsed().as_secs() < 300, "it was not taken");
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    let current = running.json("/v1/releases/current");
    assert_eq!(
        (&current["release"], &current["channels"]["web"]["products"]),
        (&json!(1), &json!(ROWS))
    );
}
