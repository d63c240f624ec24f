//! From a dropped file to one consistent feed, with the real binary and the real plugins.

mod harness;

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use harness::{Running, Shop, get, wait_for, zipped};
use serde_json::{Value, json};

const TWO: &str = "sku,name-fi_FI,name-en_GB,care_text,color,price-EUR,gtin\n\
    A,Untuvatakki,Down jacket,Konepesu 40 °C,sand,89.90,4006381333931\n\
    B,Pipo,Beanie,Vain käsinpesu,red,19.90,\n";

#[test]
fn a_dropped_file_is_in_every_channel_on_one_release() {
    let shop = Shop::new();
    let running = shop.run();
    shop.drop_file("products/two.csv", TWO);
    running.wait_for_release(1);
    for channel in ["web", "screen", "seller"] {
        let answer = running.get(&format!("/v1/channels/{channel}/products/A?locale=sv-SE"));
        assert_eq!((answer.status, answer.release), (200, Some(1)));
        let document: Value = serde_json::from_str(&answer.body).expect("JSON");
        assert_eq!(document["title"], "Down jacket");
        assert_eq!(document["fallback"]["title"], "en-GB");
        assert_eq!(document["price"], "89.90 EUR");
        assert_eq!(document["attributes"]["care_codes"], json!(["W40"]));
    }
    let by_gtin = running.json("/v1/channels/seller/gtin/4006381333931");
    assert_eq!(by_gtin["products"][0]["id"], "A");
    let found = wait_for("search to follow", || {
        let found = running.json("/v1/channels/web/search?q=untuva&locale=fi-FI");
        (found["total"] == 1).then_some(found)
    });
    assert_eq!(found["products"][0]["id"], "A");
    assert_eq!(running.get("/v1/channels/web/products/missing").status, 404);
}

#[test]
fn formatting_reaches_the_channel_document() {
    let shop = Shop::new();
    let model = std::fs::read_to_string(shop.path("model.toml")).expect("a model");
    let (plain, rich) = (
        "[attributes.description]\ntype = \"text\"",
        "[attributes.description]\ntype = \"rich-text\"",
    );
    assert!(model.contains(plain), "{model}");
    shop.write("model.toml", model.replace(plain, rich));
    let running = shop.run();
    shop.drop_file(
        "products/rich.csv",
        "sku,name-fi_FI,description-fi_FI\nA,Pipo 5 < 6,<h3>Hyvä</h3><B class=x>Lämmin</B> & <i>kevyt\n",
    );
    running.wait_for_release(1);
    let document = running.json("/v1/channels/web/products/A?locale=fi-FI");
    assert_eq!(document["title"], "Pipo 5 < 6");
    assert_eq!(document["description"], "<h3>Hyvä</h3><b>Lämmin</b> &amp; <i>kevyt</i>");
}

#[test]
fn the_same_file_again_makes_no_release_and_calls_no_plugin() {
    let shop = Shop::new();
    let mut rows = String::from("sku,name-fi_FI,care_text,price-EUR\n");
    for n in 0..10_000 {
        rows.push_str(&format!("P{n},Tuote {n},Konepesu 40 °C,{}.90\n", n % 100));
    }
    shop.write("all.csv", &rows);
    let import = |file: &str| -> Value {
        let (text, code) = shop.rikaste(&["import", "--json", file]);
        assert_eq!(code, 0, "{text}");
        serde_json::from_str(&text).expect("a receipt")
    };
    let first = import("all.csv");
    assert_eq!(first["rows"]["new"], 10_000, "{first}");
    let again = import("all.csv");
    assert_eq!(
        (&again["outcome"], &again["rows"]["unchanged"]),
        (&json!("unchanged"), &json!(10_000))
    );
    // Under another name every row is looked at, and the outcome is the same.
    shop.write("copy.csv", &rows);
    let copy = import("copy.csv");
    assert_eq!(copy["outcome"], "unchanged");
    assert_eq!(copy["rows"]["unchanged"], 10_000);
    assert_eq!(copy["products"]["plugin_runs"], 0);
    shop.write("all.csv", rows.replace("P77,Tuote 77,", "P77,Uusi nimi,"));
    let one = import("all.csv");
    assert_eq!(one["rows"]["changed"], 1);
    assert_eq!(one["products"]["touched"], 1);
    assert_eq!(one["products"]["enriched"], 1);
    let (text, code) = shop.rikaste(&["verify"]);
    assert_eq!(code, 0, "{text}");
}

#[test]
fn channels_never_disagree_while_drops_pour_in() {
    let shop = Shop::new();
    let running = shop.run();
    shop.drop_file("products/two.csv", TWO);
    running.wait_for_release(1);
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let readers: Vec<_> = ["web", "screen", "seller"]
            .into_iter()
            .map(|channel| {
                let (address, stop) = (running.address.clone(), &stop);
                scope.spawn(move || {
                    let mut seen = Vec::new();
                    while !stop.load(Ordering::Relaxed) {
                        let answer = get(
                            &address,
                            &format!("/v1/channels/{channel}/products/A?locale=fi-FI"),
                        );
                        let document: Value = serde_json::from_str(&answer.body).expect("JSON");
                        seen.push((
                            answer.release,
                            document["price"].clone(),
                            document["title"].clone(),
                        ));
                    }
                    seen
                })
            })
            .collect();
        for n in 0..40 {
            // Name and price change together, in one file: no reader may see one without the other.
            let row = format!("sku,name-fi_FI,price-EUR\nA,Takki {n},{n}.50\n");
            shop.drop_file("products/flood.csv", row);
            running.wait_for_release(2 + n);
        }
        stop.store(true, Ordering::Relaxed);
        let mut at_release = std::collections::HashMap::new();
        let mut count = 0;
        for reader in readers {
            let mut last = 0;
            for (release, price, title) in reader.join().expect("read") {
                let release = release.expect("every answer says its release");
                assert!(release >= last, "a release went backwards");
                last = release;
                let known = at_release.entry(release).or_insert((price.clone(), title.clone()));
                assert_eq!(
                    (&known.0, &known.1),
                    (&price, &title),
                    "two channels differ in release {release}"
                );
                if release > 1 {
                    let n = release - 2;
                    assert_eq!(
                        (price, title),
                        (json!(format!("{n}.50 EUR")), json!(format!("Takki {n}")))
                    );
                }
                count += 1;
            }
        }
        assert!(count > 100, "only {count} readings");
    });
}

#[test]
fn a_window_opens_and_closes_by_itself_and_no_plugin_runs() {
    let shop = Shop::new();
    let running = shop.run();
    shop.drop_file("products/two.csv", TWO);
    running.wait_for_release(1);
    let zone = jiff::tz::TimeZone::get("Europe/Helsinki").expect("a zone");
    let text = |seconds: i64| {
        let at = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(seconds);
        at.to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M:%S").to_string()
    };
    let (start, end) = (text(3), text(6));
    let row = format!("sku,price,currency,valid_from,valid_until\nA,59.90,EUR,{start},{end}\n");
    shop.drop_file("prices/campaign.csv", row);
    running.wait_for_release(2);
    let document = |running: &Running| running.json("/v1/channels/web/products/A");
    assert_eq!(document(&running).get("sale_price"), None);
    running.wait_for_release(3);
    assert_eq!(document(&running)["sale_price"], "59.90 EUR");
    assert_eq!(document(&running)["lowest_price_30_days"], "89.90 EUR");
    running.wait_for_release(4);
    assert_eq!(document(&running).get("sale_price"), None);
    let releases = running.json("/v1/releases");
    let causes: Vec<_> = releases["releases"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|r| r["cause"]["kind"].clone())
        .collect();
    assert_eq!(causes, ["window", "window", "drop", "drop"]);
    // Any day can be looked at beforehand.
    let preview = running.json(&format!("/v1/channels/web/products/A?as_of={start}"));
    assert_eq!(preview["sale_price"], "59.90 EUR");
}

#[test]
fn input_that_cannot_be_read_gets_a_receipt_and_releases_nothing() {
    let shop = Shop::new();
    let running = shop.run();
    shop.drop_file("products/two.csv", TWO);
    running.wait_for_release(1);
    let cases: [(&str, &[u8]); 6] = [
        ("empty.csv", b""),
        ("header.csv", b"sku,name-fi_FI\n"),
        ("binary.csv", b"PK\x03\x04\x00\x00\x00\x00\x00\x00\xff\xfe\x00"),
        ("utf32.csv", b"\xff\xfe\0\0s\0\0\0k\0\0\0u\0\0\0"),
        ("half.csv", b"sku,name-fi_FI\nC,\"Poyt"),
        ("half.json", b"[{\"sku\": \"C\", \"name-fi_FI\": \"P"),
    ];
    for (name, bytes) in cases {
        shop.drop_file(&format!("products/{name}"), bytes);
        let receipt = shop.receipt(&format!("products/{name}"));
        assert_eq!(receipt["outcome"], "rejected", "{name}: {receipt}");
        let message = receipt["messages"][0]["message"].as_str().expect("a message");
        assert!(message.len() > 20, "{name}: {message}");
    }
    assert_eq!(running.release(), 1);
    assert_eq!(running.get("/v1/channels/web/products/C").status, 404);
    shop.drop_file("products/twice.csv", "sku,name-fi_FI\nD,Ensimmäinen\nD,Toinen\n");
    running.wait_for_release(2);
    let receipt = shop.receipt("products/twice.csv");
    assert_eq!((&receipt["rows"]["new"], &receipt["rows"]["rejected"]), (&json!(1), &json!(1)));
    assert_eq!(running.json("/v1/channels/web/products/D?locale=fi-FI")["title"], "Ensimmäinen");
}

#[test]
fn an_earlier_release_is_brought_back_as_a_new_one() {
    let shop = Shop::new();
    shop.write("two.csv", TWO);
    assert_eq!(shop.rikaste(&["import", "two.csv"]).1, 0);
    shop.write("three.csv", "sku,name-fi_FI,price-EUR\nA,Muuttunut,1.00\nC,Uusi,2.00\n");
    assert_eq!(shop.rikaste(&["import", "three.csv"]).1, 0);
    let (text, code) = shop.rikaste(&["release", "rollback", "1", "--yes"]);
    assert_eq!(code, 0, "{text}");
    let (text, code) = shop.rikaste(&["verify"]);
    assert_eq!(code, 0, "{text}");
    let running = shop.run();
    let documents = running.documents("web");
    assert_eq!(documents.keys().collect::<Vec<_>>(), ["A", "B"]);
    assert_eq!(documents["A"]["localized"]["fi-FI"]["title"], "Untuvatakki");
    let changes = running.get("/v1/channels/web/changes?since=2").body;
    let changes: Vec<Value> =
        changes.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(changes.len(), 3, "{changes:?}");
    assert_eq!(changes[0]["upsert"]["id"], "A");
    assert_eq!(changes[1]["delete"], "C");
    assert_eq!(changes[2]["release"], 3);
}

#[test]
fn killed_at_any_moment_it_ends_the_same() {
    let drops = |shop: &Shop| {
        let mut products = String::from("sku,parent,kind,name-fi_FI,care_text,price-EUR\n");
        for n in 0..1_500 {
            let parent = if n % 3 == 0 { String::new() } else { format!("P{}", n - n % 3) };
            let kind = if n % 3 == 0 { "model" } else { "" };
            products.push_str(&format!("P{n},{parent},{kind},Tuote {n},Konepesu 40 °C,{n}.90\n"));
        }
        shop.drop_file("products/all.csv", products);
        let mut stock = String::from("sku,location,quantity\n");
        let mut reviews = String::from("sku,source,id,rating,locale,text\n");
        for n in 0..1_500 {
            stock.push_str(&format!("P{n},helsinki,{}\n", n % 7));
            reviews.push_str(&format!("P{n},web,{n},{},fi_FI,Hyvä tuote numero {n}\n", n % 5 + 1));
        }
        shop.drop_file("stock/all.csv", stock);
        shop.drop_file("reviews/all.csv", reviews);
    };
    let done = |shop: &Shop, running: &Running| {
        for file in ["products/all.csv", "stock/all.csv", "reviews/all.csv"] {
            assert_eq!(shop.receipt(file)["outcome"], "released", "{file}");
        }
        running.json("/v1/releases/current")["root"].clone()
    };
    let calm = Shop::new();
    drops(&calm);
    let expected = done(&calm, &calm.run());

    // The moments are spread over the time that the work takes, another set on every run.
    let mut seed = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .expect("after 1970")
        .subsec_nanos();
    let shop = Shop::new();
    drops(&shop);
    for _ in 0..12 {
        let running = shop.run();
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        std::thread::sleep(Duration::from_millis(u64::from(seed >> 16) % 400));
        running.kill();
    }
    let running = shop.run();
    assert_eq!(done(&shop, &running), expected, "seed {seed}");
    drop(running);
    let (text, code) = shop.rikaste(&["verify"]);
    assert_eq!(code, 0, "{text}");
}

#[test]
fn variants_and_models_lose_nothing_in_whatever_order_they_come() {
    let shop = Shop::new();
    // Half of the models come before their variants, half after, and none says that it is one: a
    // row of an ordinary product may be under way when a later row makes it a model.
    let mut rows = String::from("sku,parent,name-fi_FI,color,price-EUR\n");
    let models =
        |from: usize| (from..from + 50).map(|n| format!("M{n},,Malli {n},,\n")).collect::<String>();
    rows.push_str(&models(0));
    for n in 0..400 {
        let color = ["sand", "moss", "red", "night"][n % 4];
        rows.push_str(&format!("V{n},M{},,{color},{n}.50\n", n / 4));
    }
    rows.push_str(&models(50));
    shop.write("all.csv", rows);
    let (text, code) = shop.rikaste(&["import", "--json", "all.csv"]);
    assert_eq!(code, 0, "{text}");
    let receipt: Value = serde_json::from_str(&text).expect("a receipt");
    assert_eq!(
        (&receipt["rows"]["new"], &receipt["rows"]["rejected"]),
        (&json!(500), &json!(0)),
        "{receipt}"
    );
    let running = shop.run();
    let documents = running.documents("web");
    assert_eq!(documents.len(), 400);
    let one = &documents["V5"];
    assert_eq!(one["item_group_id"], "M1");
    assert_eq!(one["price"], "5.50 EUR");
    assert_eq!(one["localized"]["fi-FI"]["title"], "Malli 1");
    let current = running.json("/v1/releases/current");
    assert_eq!(current["channels"]["web"]["products"], 400);
    drop(running);
    let (text, code) = shop.rikaste(&["verify"]);
    assert_eq!(code, 0, "{text}");
}

#[test]
fn a_product_that_a_later_row_names_again_keeps_what_its_own_row_said() {
    let shop = Shop::new();
    let mapping = "kind = \"products\"\nfiles = [\"erp.csv\"]\n[columns]\nchildren = { to = \"variants\", split = \"|\", key = \"sku\" }\n";
    shop.write("mappings/erp.toml", mapping);
    let mut rows = String::from("sku,name-fi_FI,price-EUR,children\n");
    for n in 0..20 {
        rows.push_str(&format!("A{n},Oma nimi {n},{n}.50,\nB{n},Toinen {n},{n}.90,\n"));
        rows.push_str(&format!("M{n},Malli {n},,sku=A{n}|sku=B{n}\n"));
    }
    shop.write("erp.csv", rows);
    let (text, code) = shop.rikaste(&["import", "--json", "erp.csv"]);
    assert_eq!(code, 0, "{text}");
    let running = shop.run();
    let documents = running.documents("web");
    assert_eq!(documents.len(), 40, "{text}");
    for n in 0..20 {
        let own = &documents[&format!("A{n}")];
        assert_eq!(own["localized"]["fi-FI"]["title"], format!("Oma nimi {n}"));
        assert_eq!(
            (&own["item_group_id"], &own["price"]),
            (&json!(format!("M{n}")), &json!(format!("{n}.50 EUR")))
        );
    }
    assert_eq!(running.json("/v1/releases/current")["channels"]["web"]["products"], 40);
}

/// A PNG with a gradient.
fn picture(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgb);
    let pixel = |at: u32| [(at % width % 256) as u8, (at / width % 256) as u8, 99];
    let pixels: Vec<u8> = (0..width * height).flat_map(pixel).collect();
    encoder.write_header().and_then(|mut w| w.write_image_data(&pixels)).expect("a PNG");
    bytes
}

#[test]
fn an_archive_is_one_drop_and_one_release() {
    let shop = Shop::new();
    let running = shop.run();
    let files: &[(&str, &[u8])] = &[
        ("prices.csv", b"sku,price-EUR\nA,79.90\nC,1.00\n"),
        ("catalogue/products.csv", TWO.as_bytes()),
        ("images/A.png", &picture(400, 300)),
        ("images/B.jpg", b"no picture at all"),
        ("care/A-care.pdf", b"%PDF-1.7 and so on"),
        ("readme.docx", b"PK"),
    ];
    shop.drop_file("products/spring.zip", zipped(files));
    running.wait_for_release(1);
    let document = running.json("/v1/channels/web/products/A?locale=en-GB");
    assert_eq!(
        (&document["price"], &document["title"]),
        (&json!("79.90 EUR"), &json!("Down jacket"))
    );
    let main = &document["images"][0];
    assert_eq!(
        (&main["width"], &main["height"], &main["role"]),
        (&json!(400), &json!(300), &json!("main"))
    );
    assert_eq!(main["srcset"].as_array().map(Vec::len), Some(2));
    for link in [&main["link"], &main["srcset"][0]["link"]] {
        let picture = running.get(link.as_str().expect("a link"));
        assert_eq!((picture.status, picture.media_type.as_deref()), (200, Some("image/jpeg")));
    }
    assert_eq!(document["documents"][0]["file_name"], "A-care.pdf");
    let receipt = shop.receipt("products/spring.zip");
    assert_eq!(
        receipt["read_as"],
        "ZIP: 3 photos, catalogue/products.csv (CSV, comma, UTF-8), prices.csv (CSV, comma, UTF-8)"
    );
    assert_eq!(receipt["rows"], json!({"new": 4, "changed": 1, "unchanged": 0, "rejected": 2}));
    let messages = receipt["messages"].to_string();
    assert!(
        messages.contains("prices.csv: ")
            && messages.contains("readme.docx is neither")
            && messages.contains("B.jpg cannot be used: The file is not an image"),
        "{messages}"
    );
    // One file that cannot be read, and nothing is imported.
    let files: &[(&str, &[u8])] = &[
        ("products.csv", b"sku,price-EUR\nA,1.00\n"),
        ("prices.csv", b"sku,price-EUR\nA,\"2.00\n"),
    ];
    shop.drop_file("products/summer.zip", zipped(files));
    let receipt = wait_for("the receipt", || {
        shop.path("receipts/products/summer.zip.json")
            .is_file()
            .then(|| shop.receipt("products/summer.zip"))
    });
    assert_eq!(receipt["outcome"], "rejected");
    assert_eq!(running.release(), 1);
    assert_eq!(running.json("/v1/channels/web/products/A?locale=en-GB")["price"], "79.90 EUR");
}
