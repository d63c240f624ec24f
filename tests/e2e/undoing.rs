//! What people undo, answer and fill in, with the real binary while the shop runs.

mod harness;

use harness::{Running, Shop, wait_for};
use serde_json::{Value, json};

const FIRST: &str = "sku,name-fi_FI,price-EUR\nA,Untuvatakki,89.90\nB,Kumisaapas,39.90\n";
const BAD: &str = "sku,name-fi_FI,price-EUR\nA,Utnuvatakki,8.99\nC,Lapanen,19.90\n";

/// A shop without plugins, which these tests need none of.
fn shop() -> Shop {
    let shop = Shop::new();
    let names = ["alt-text", "care", "images", "reviews", "seasonal-copy"];
    let lock: String = names.map(|name| format!("[{name}]\ndisabled = true\n")).concat();
    shop.write("plugins.lock", lock);
    shop
}

fn title(running: &Running, sku: &str) -> Value {
    running.json(&format!("/v1/channels/web/products/{sku}?locale=fi-FI"))["title"].clone()
}

fn price(running: &Running, sku: &str) -> Value {
    running.json(&format!("/v1/channels/web/products/{sku}"))["price"].clone()
}

/// Drops a file and waits for its receipt.
fn drop_and_read(shop: &Shop, running: &Running, file: &str, text: &str) -> Value {
    let last = running.json("/v1/receipts?limit=1")["receipts"][0]["id"].clone();
    shop.drop_file(file, text);
    wait_for(&format!("{file} to be taken"), || {
        let receipt = running.json("/v1/receipts?limit=1")["receipts"][0].clone();
        (receipt["id"] != last && receipt["file"] == file).then_some(receipt)
    })
}

fn verified(shop: &Shop, running: Running) {
    drop(running);
    let (text, code) = shop.rikaste(&["rebuild"]);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("channels show what they showed"), "{text}");
    let (text, code) = shop.rikaste(&["verify"]);
    assert_eq!(code, 0, "{text}");
}

#[test]
fn a_running_shop_goes_back_and_says_before_what_goes_along() {
    let shop = shop();
    let running = shop.run();
    drop_and_read(&shop, &running, "products/first.csv", FIRST);
    let bad = drop_and_read(&shop, &running, "products/bad.csv", BAD);
    drop_and_read(&shop, &running, "stock/good.csv", "sku,location,quantity\nB,helsinki,7\n");
    assert_eq!(running.release(), 3);

    let (text, code) = shop.rikaste(&["release", "rollback", "1"]);
    assert_eq!(code, 1, "{text}");
    for part in ["web: 2 change, 0 come, 1 go", "products/bad.csv", "stock/good.csv", "--yes"] {
        assert!(text.contains(part), "{part} in {text}");
    }
    let preview = running.json("/v1/releases/1/rollback");
    let along: Vec<_> = preview["along"].as_array().expect("drops").iter().collect();
    assert_eq!((&along[0]["file"], &along[1]["file"]), (&json!("stock/good.csv"), &bad["file"]));
    assert_eq!(running.release(), 3, "nothing was changed");

    let (text, code) = shop.rikaste(&["release", "rollback", "1", "--yes"]);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("Release 4 is what release 1 was."), "{text}");
    assert_eq!(title(&running, "A"), "Untuvatakki");
    assert_eq!(running.get("/v1/channels/web/products/C").status, 404);
    let receipt = running.json(&format!("/v1/receipts/{}", bad["id"]));
    assert_eq!(receipt["undone"], 4);
    assert_eq!(shop.receipt("products/bad.csv")["undone"], 4);

    // Nothing brings it back by itself: not a mapping, nor a start.
    shop.write(
        "mappings/bad.toml",
        "files = [\"bad.csv\"]\n[columns]\n\"price-EUR\" = \"ignore\"\n",
    );
    drop(running);
    let running = shop.run();
    drop_and_read(&shop, &running, "products/more.csv", "sku,name-fi_FI\nD,Pipo\n");
    assert_eq!((title(&running, "A"), running.release()), (json!("Untuvatakki"), 5));
    // Going back to where it still stood does.
    let (text, code) = shop.rikaste(&["release", "rollback", "2", "--yes"]);
    assert_eq!(code, 0, "{text}");
    assert_eq!(title(&running, "A"), "Utnuvatakki");
    assert_eq!(running.json(&format!("/v1/receipts/{}", bad["id"]))["undone"], Value::Null);
    let (text, code) = shop.rikaste(&["release", "rollback", "9", "--yes"]);
    assert_eq!((code, text.contains("release 9 is not kept")), (1, true), "{text}");
    verified(&shop, running);
}

#[test]
fn one_file_is_taken_back_and_later_ones_stay() {
    let shop = shop();
    shop.write("mappings/other.toml", "files = [\"other.csv\"]\nsource = \"other\"\n");
    let running = shop.run();
    drop_and_read(&shop, &running, "products/first.csv", FIRST);
    let bad = drop_and_read(&shop, &running, "products/bad.csv", BAD);
    let id = bad["id"].to_string();
    // A later file says again what the bad one said, and another changes it.
    drop_and_read(
        &shop,
        &running,
        "prices/later.csv",
        "sku,price_list,price,currency\nA,retail,8.99,EUR\nB,retail,29.90,EUR\n",
    );
    drop_and_read(&shop, &running, "products/other.csv", "sku,color\nC,red\n");

    let (text, code) = shop.rikaste(&["drop", "undo", &id]);
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("something else: 1") && text.contains("--yes"), "{text}");
    // A file of which nobody can tell any more what it says.
    let later = shop.path("inbox/prices/later.csv");
    let bytes = std::fs::read(&later).expect("the file");
    std::fs::rename(&later, shop.path("later.csv")).expect("moved");
    let (text, code) = shop.rikaste(&["drop", "undo", &id, "--yes"]);
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("prices/later.csv came later"), "{text}");
    assert!(text.contains("rikaste release rollback 1"), "{text}");
    std::fs::rename(shop.path("later.csv"), &later).expect("moved back");
    assert_eq!(std::fs::read(&later).expect("the file"), bytes);

    let before = running.release();
    let (text, code) = shop.rikaste(&["drop", "undo", &id, "--yes"]);
    assert_eq!(code, 0, "{text}");
    assert_eq!(running.release(), before + 1);
    assert_eq!(title(&running, "A"), "Untuvatakki");
    assert_eq!(price(&running, "A"), "8.99 EUR", "a later file says so, too");
    assert_eq!(price(&running, "B"), "29.90 EUR");
    let left = running.json("/v1/channels/web/products/C");
    assert_eq!(left["attributes"]["color"], json!(["red"]), "{left}");
    assert_eq!(title(&running, "C"), Value::Null, "its name was the bad file's");
    let (text, code) = shop.rikaste(&["drop", "undo", &id, "--yes"]);
    assert_eq!((code, text.contains("already")), (1, true), "{text}");
    // The corrected file is taken as any other.
    let again =
        drop_and_read(&shop, &running, "products/bad.csv", "sku,name-fi_FI\nA,Untuvaparka\n");
    assert_eq!(again["outcome"], "released");
    assert_eq!(title(&running, "A"), "Untuvaparka");
    verified(&shop, running);
}

#[test]
fn a_held_file_is_refused() {
    let shop = shop();
    let text = std::fs::read_to_string(shop.path("shop.toml")).expect("a shop");
    shop.write("shop.toml", format!("{text}\n[import]\nfull = [\"range.csv\"]\n"));
    let running = shop.run();
    let range = |count: u32| {
        let row = |n: u32| format!("P{n},Tuote {n}\n");
        "sku,name-fi_FI\n".to_owned() + &(1..=count).map(row).collect::<String>()
    };
    drop_and_read(&shop, &running, "products/range.csv", &range(40));
    let held = drop_and_read(&shop, &running, "products/range.csv", &range(10));
    assert_eq!(held["outcome"], "held");
    let (text, code) = shop.rikaste(&["drop", "refuse", "range.csv"]);
    assert_eq!(code, 0, "{text}");
    assert_eq!(running.json(&format!("/v1/receipts/{}", held["id"]))["outcome"], "refused");
    assert_eq!(shop.receipt("products/range.csv")["outcome"], "refused");
    assert!(shop.rikaste(&["drop", "list"]).0.contains("No file waits"));
    let (text, code) = shop.rikaste(&["drop", "approve", "range.csv"]);
    assert_eq!(code, 1, "{text}");
    drop(running);
    // A start asks nothing, the file saved again does.
    let running = shop.run();
    drop_and_read(&shop, &running, "stock/s.csv", "sku,location,quantity\nP1,helsinki,7\n");
    assert!(shop.rikaste(&["drop", "list"]).0.contains("No file waits"));
    let asked = drop_and_read(&shop, &running, "products/range.csv", &range(10));
    assert_eq!((&asked["outcome"], running.release()), (&json!("held"), 2));
}

#[test]
fn changes_are_told_by_product_and_file() {
    let shop = shop();
    let running = shop.run();
    drop_and_read(&shop, &running, "products/first.csv", FIRST);
    drop_and_read(&shop, &running, "products/bad.csv", BAD);
    let changes = running.json("/v1/releases/2/changes");
    let products = changes["products"].as_array().expect("products");
    let told: Vec<_> = products.iter().map(|one| (&one["sku"], &one["change"])).collect();
    let expected =
        [("A", "changed"), ("C", "added")].map(|(sku, change)| (json!(sku), json!(change)));
    assert!(
        told.iter().copied().eq(expected.iter().map(|(sku, change)| (sku, change))),
        "{told:?}"
    );
    let [name, price] = products[0]["values"].as_array().expect("values").as_slice() else {
        panic!("{changes:#}");
    };
    assert_eq!(
        (&name["code"], &name["locale"], &name["old"], &name["new"], &name["origin"]["file"]),
        (
            &json!("name"),
            &json!("fi-FI"),
            &json!("Untuvatakki"),
            &json!("Utnuvatakki"),
            &json!("products/bad.csv")
        )
    );
    assert_eq!(
        (&price["kind"], &price["old"], &price["new"], &price["origin"]["row"]),
        (&json!("price"), &json!("89.90 EUR"), &json!("8.99 EUR"), &json!(2))
    );
    let pages = running.json("/v1/releases/2/changes?since=0&limit=1");
    let next = pages["next"].to_string();
    let rest = running.json(&format!("/v1/releases/2/changes?since=0&after={next}"));
    let rest: Vec<_> = rest["products"].as_array().expect("products").iter().collect();
    assert_eq!(rest.iter().map(|one| &one["sku"]).collect::<Vec<_>>(), ["B", "C"]);
    let (text, code) = shop.rikaste(&["release", "diff", "1", "2"]);
    assert_eq!(code, 0, "{text}");
    let line = "name [fi-FI]: Untuvatakki → Utnuvatakki   (products/bad.csv, row 2";
    assert!(text.contains(line), "{text}");
}

#[test]
fn gaps_are_downloaded_filled_in_and_dropped() {
    let shop = shop();
    let text = std::fs::read_to_string(shop.path("channels/web.toml")).expect("a channel");
    shop.write(
        "channels/web.toml",
        format!("required = [\"name\", \"description\", \"color\", \"price\"]\n{text}"),
    );
    let running = shop.run();
    let csv = "sku,name-fi_FI,name-en_GB,description-fi_FI,color,price-EUR\n\
        A,Untuvatakki,Down jacket,\"Lämmin; \"\"kevyt\"\"\",red,89.90\n\
        B,=Kumisaapas,,Pitävä,,39.90\n";
    drop_and_read(&shop, &running, "products/first.csv", csv);
    let gaps = |locale: &str| running.json(&format!("/v1/channels/web/gaps?locale={locale}"));
    let skus = |gaps: &Value| -> Vec<Value> {
        gaps["products"]
            .as_array()
            .expect("products")
            .iter()
            .map(|one| one["sku"].clone())
            .collect()
    };
    assert_eq!(skus(&gaps("sv-SE")), ["A", "B"]);
    assert_eq!(skus(&gaps("fi-FI")), ["B"], "its colour");
    let file = running.get("/v1/channels/web/gaps.csv?locale=sv-SE").body;
    let filled: Vec<String> = file
        .lines()
        .map(|line| {
            let cells: Vec<&str> = line.split(';').collect();
            match (cells[0], cells[2]) {
                ("A" | "B", "name") => format!("{line}Namn på {}", cells[0]),
                ("B", "color") => format!("{line}green"),
                _ => line.to_owned(),
            }
        })
        .collect();
    let receipt = drop_and_read(&shop, &running, "edits/gaps.csv", &(filled.join("\n") + "\n"));
    assert_eq!(
        (&receipt["outcome"], &receipt["rows"]["rejected"]),
        (&json!("released"), &json!(0))
    );
    let document = running.json("/v1/channels/web/products/A?locale=sv-SE");
    assert_eq!(document["title"], "Namn på A");
    let document = running.json("/v1/channels/web/products/B?locale=sv-SE");
    assert_eq!(document["attributes"]["color"], json!(["green"]), "{document}");
    assert_eq!(skus(&gaps("fi-FI")), [""; 0]);
    let left = gaps("sv-SE");
    let lacking = &left["products"][0]["locales"][0];
    assert_eq!(lacking["missing"][0]["attribute"], "description", "{left:#}");
}
