//! Plugins in a running shop: enabled, tried, taken back, with the real binary.

mod harness;

use std::fs;

use harness::{Running, Shop, wait_for};
use serde_json::Value;

/// The plugin that tests make versions of.
const GUEST: &[u8] = rikaste_test_guests::TEST_GUEST.wasm;

/// The guest with another version and mood.
fn guest(version: &str, mood: &str) -> Vec<u8> {
    let mut wasm = GUEST.to_vec();
    replace(&mut wasm, "version: 0.1.0", &format!("version: {version}"));
    replace(&mut wasm, "mood: calm", &format!("mood: {mood}"));
    wasm
}

fn replace(wasm: &mut [u8], old: &str, new: &str) {
    assert_eq!(old.len(), new.len());
    let at = wasm.windows(old.len()).position(|part| part == old.as_bytes()).expect("it is there");
    wasm[at..at + new.len()].copy_from_slice(new.as_bytes());
}

/// A shop with so many products, and attributes that steer the guest.
fn shop(products: usize) -> Shop {
    let shop = Shop::new();
    let model = fs::read_to_string(shop.path("model.toml")).expect("there");
    let model = model.replace("localizable = true\nsearch = \"title\"", "search = \"title\"");
    shop.write("model.toml", format!("{model}\n[attributes.fault]\ntype = \"text\"\n"));
    shop.write("first.csv", rows(products, "Tuote", |_| ""));
    let (text, code) = shop.rikaste(&["import", "first.csv"]);
    assert_eq!(code, 0, "{text}");
    shop
}

fn rows(products: usize, name: &str, fault: impl Fn(usize) -> &'static str) -> String {
    let mut rows = String::from("sku,name,care_text,fault\n");
    for number in 0..products {
        rows += &format!("P{number:03},{name} {number},Konepesu 40 °C,{}\n", fault(number));
    }
    rows
}

fn put(shop: &Shop, version: &str, mood: &str) {
    shop.write("plugins/faulty.wasm", guest(version, mood));
}

fn plugin(shop: &Shop, arguments: &[&str]) -> (String, i32) {
    shop.rikaste(&[&["plugin"], arguments].concat())
}

/// What the guest wrote about a product in Finnish.
fn note(running: &Running, sku: &str) -> Option<String> {
    let document = running.json(&format!("/v1/channels/web/products/{sku}"));
    Some(document["localized"]["fi-FI"]["attributes"]["note"].as_str()?.to_owned())
}

/// A plugin as the API reports it.
fn plugin_status(running: &Running, name: &str) -> Value {
    running.json(&format!("/v1/plugins/{name}"))
}

#[test]
fn a_file_in_plugins_does_nothing_until_it_is_enabled() {
    let shop = shop(30);
    put(&shop, "1.0.0", "calm");
    let running = shop.run();
    assert_eq!((running.release(), note(&running, "P001")), (1, None));
    let (text, _) = plugin(&shop, &["list"]);
    assert!(text.contains("faulty.wasm is not enabled: `rikaste plugin enable faulty`"), "{text}");
    let (text, _) = plugin(&shop, &["inspect", "faulty"]);
    assert!(text.contains("writes   note (text, by locale)"), "{text}");

    let (text, code) = plugin(&shop, &["enable", "faulty"]);
    assert!(code == 1 && text.contains("30 products; 30 would change"), "{text}");
    assert!(text.contains("nobody is here to ask"), "{text}");
    assert_eq!(running.release(), 1);

    let did = |plugin: &str, what: &str| plugin_status(&running, plugin)["did"][what].as_u64();
    let (ran, known) = (did("care", "products"), did("care", "memo_hits"));
    let (text, code) = plugin(&shop, &["enable", "faulty", "--yes"]);
    assert_eq!((text.as_str(), code), ("Now faulty 1.0.0 runs; the shop is at release 2.\n", 0));
    assert_eq!(note(&running, "P001").as_deref(), Some("Tuote 1: well"));
    // The others were not run again, and go on counting; what was only tried does not count.
    assert_eq!((did("care", "products"), did("care", "memo_hits")), (ran, known.map(|n| n + 30)));
    assert_eq!((did("faulty", "products"), did("faulty", "memo_hits")), (Some(30), Some(0)));

    // What lies in the folder is not what runs.
    put(&shop, "2.0.0", "glad");
    shop.drop_file("products/second.csv", rows(31, "Toinen", |_| ""));
    running.wait_for_release(3);
    assert_eq!(note(&running, "P030").as_deref(), Some("Toinen 30: well"));

    let (text, code) = plugin(&shop, &["disable", "faulty"]);
    assert_eq!((text.as_str(), code), ("Now faulty does not run; the shop is at release 4.\n", 0));
    assert_eq!(note(&running, "P001"), None);
    let (text, code) = shop.rikaste(&["verify"]);
    assert_eq!(code, 0, "{text}");
}

#[test]
fn a_new_version_is_compared_tried_and_can_be_taken_back() {
    let shop = shop(40);
    put(&shop, "1.0.0", "calm");
    let (text, code) = plugin(&shop, &["enable", "faulty", "--yes"]);
    assert_eq!(
        (text.as_str(), code),
        ("From the next start of the shop on, faulty 1.0.0 runs.\n", 0)
    );
    let running = shop.run();
    assert_eq!(note(&running, "P007").as_deref(), Some("Tuote 7: well"));
    let release = running.release();

    put(&shop, "1.0.1", "calm");
    let (text, code) = plugin(&shop, &["diff", "plugins/faulty.wasm", "--all"]);
    assert!(code == 0 && text.contains("40 products; 0 would change"), "{text}");
    put(&shop, "2.0.0", "glad");
    let (text, code) = plugin(&shop, &["diff", "plugins/faulty.wasm", "--sample", "10"]);
    assert!(code == 1 && text.contains("10 products; 10 would change"), "{text}");
    assert!(text.contains(r#"P004 note fi-FI: "Tuote 4: well" → "Tuote 4: glad""#), "{text}");
    assert_eq!(running.release(), release);

    let (_, code) = plugin(&shop, &["enable", "faulty", "--yes"]);
    assert_eq!((code, running.release()), (0, release + 1));
    assert_eq!(note(&running, "P007").as_deref(), Some("Tuote 7: glad"));

    // One that fails on all does not get as far as a release.
    put(&shop, "3.0.0", "sour");
    let (text, code) = plugin(&shop, &["enable", "faulty", "--yes"]);
    assert!(
        code == 1
            && text.contains(
                "faulty 3.0.0 was taken back: it failed on 40 of 40 products of a sample"
            ),
        "{text}"
    );
    assert!(text.contains("it is in no mood") && text.contains("Now faulty 2.0.0 runs."), "{text}");
    assert_eq!(
        (running.release(), plugin_status(&running, "faulty")["version"].as_str()),
        (release + 1, Some("2.0.0"))
    );
    let (text, _) = plugin(&shop, &["list"]);
    assert!(text.contains("3.0.0 was taken back on"), "{text}");

    let (text, code) = plugin(&shop, &["rollback", "faulty"]);
    assert_eq!(code, 1, "there is one step back, and it was taken: {text}");
}

#[test]
fn a_plugin_is_enabled_in_a_shop_that_is_opened_again() {
    let shop = shop(30);
    put(&shop, "1.0.0", "calm");
    let running = shop.run();
    let settings = fs::read_to_string(shop.path("shop.toml")).expect("there");
    shop.write("shop.toml", settings.replacen("locales = [", "locales = [\"de-DE\", ", 1));
    let (text, code) = plugin(&shop, &["enable", "faulty", "--yes"]);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("Now faulty 1.0.0 runs"), "{text}");
    assert_eq!(plugin_status(&running, "faulty")["version"], "1.0.0");
}

#[test]
fn a_version_that_fails_later_is_taken_back_by_itself() {
    let shop = shop(30);
    put(&shop, "1.0.0", "calm");
    plugin(&shop, &["enable", "faulty", "--yes"]);
    let running = shop.run();
    put(&shop, "2.0.0", "late");
    let (text, code) = plugin(&shop, &["enable", "faulty", "--yes"]);
    assert_eq!(code, 0, "{text}");
    assert_eq!(plugin_status(&running, "faulty")["version"], "2.0.0");
    shop.drop_file("products/late.csv", rows(30, "Late", |_| ""));
    wait_for("the version before", || {
        (plugin_status(&running, "faulty")["version"] == "1.0.0").then_some(())
    });
    assert_eq!(note(&running, "P003").as_deref(), Some("Late 3: well"));
    assert_eq!(plugin_status(&running, "faulty")["stale"], 0);
    let lock = fs::read_to_string(shop.path("plugins.lock")).expect("there");
    assert!(lock.contains("it failed on 30 of 30 products since it took over"), "{lock}");
}

#[test]
fn a_product_that_a_plugin_fails_on_keeps_its_last_good_values_and_is_counted() {
    let shop = shop(30);
    put(&shop, "1.0.0", "calm");
    plugin(&shop, &["enable", "faulty", "--yes"]);
    let running = shop.run();
    let release = running.release();
    let fault = |number: usize| if number == 4 { "panic" } else { "" };
    shop.drop_file("products/panic.csv", rows(30, "Uusi", fault));
    running.wait_for_release(release + 1);
    assert_eq!(note(&running, "P004").as_deref(), Some("Tuote 4: well"));
    assert_eq!(note(&running, "P005").as_deref(), Some("Uusi 5: well"));
    let status = plugin_status(&running, "faulty");
    assert_eq!(
        (&status["stale"], &status["stale_products"][0]["sku"]),
        (&1.into(), &"P004".into())
    );
    assert_eq!(status["did"]["failures"]["trap"], 1);
    let reason = status["stale_products"][0]["reason"].as_str().expect("a reason");
    assert!(reason.contains("it panicked") && reason.contains("no use for P004"), "{reason}");
    assert!(status["log"].to_string().contains("no use for P004"), "{status}");
    let (text, _) = plugin(&shop, &["list"]);
    assert!(text.contains("1 stale"), "{text}");
    let metrics = running.get("/metrics").body;
    for line in [
        "rikaste_plugin_stale{plugin=\"faulty\"} 1",
        "rikaste_plugin_failures_total{plugin=\"faulty\",version=\"1.0.0\",kind=\"trap\"} 1",
    ] {
        assert!(metrics.lines().any(|other| other == line), "{line} in\n{metrics}");
    }
    // Other inputs, and it is well again.
    shop.drop_file("products/panic.csv", rows(30, "Uusi", |_| ""));
    running.wait_for_release(release + 2);
    assert_eq!(note(&running, "P004").as_deref(), Some("Uusi 4: well"));
    assert_eq!(plugin_status(&running, "faulty")["stale"], 0);
}

#[test]
fn a_configuration_that_a_plugin_does_not_take_leaves_the_one_before_at_work() {
    let shop = shop(30);
    put(&shop, "1.0.0", "calm");
    plugin(&shop, &["enable", "faulty", "--yes"]);
    let running = shop.run();
    let release = running.release();
    shop.write("plugins/faulty.toml", "ending = \"fine\"");
    running.wait_for_release(release + 1);
    assert_eq!(note(&running, "P002").as_deref(), Some("Tuote 2: fine"));
    let before = fs::read(shop.path("plugins.lock")).expect("there");
    shop.write("plugins/faulty.toml", "endnig = \"worse\"");
    wait_for("the mistake to be told", || {
        let left_out = running.json("/v1/plugins")["left_out"].to_string();
        left_out.contains("endnig").then_some(())
    });
    shop.drop_file("products/more.csv", rows(31, "Lisää", |_| ""));
    wait_for("the new product", || note(&running, "P030"));
    assert_eq!(note(&running, "P030").as_deref(), Some("Lisää 30: fine"));
    assert_eq!(fs::read(shop.path("plugins.lock")).expect("there"), before);
}

#[test]
fn development_needs_no_enabling() {
    let shop = shop(30);
    let running = Running::start(
        shop.folder.path(),
        &["run", ".", "--tokens", ".rikaste/tokens", "--auto-enable"],
    );
    put(&shop, "1.0.0", "calm");
    wait_for("the plugin", || note(&running, "P001"));
    put(&shop, "1.1.0", "glad");
    wait_for("the next version", || note(&running, "P001").filter(|note| note.ends_with("glad")));
    // Half of a file is none, and what ran goes on.
    let half = guest("1.2.0", "calm");
    shop.write("plugins/faulty.wasm", &half[..half.len() / 2]);
    shop.drop_file("products/more.csv", rows(31, "Lisää", |_| ""));
    wait_for("the new product", || note(&running, "P030"));
    assert_eq!(note(&running, "P030").as_deref(), Some("Lisää 30: glad"));
}

#[test]
fn a_price_catalogue_is_read_once_its_plugin_is_enabled() {
    // In Latin-1. Its prices hold from a day on, which is to be over.
    let bytes = include_bytes!("../../plugins/pricat/examples/catalogue.edi").iter();
    let written: String = bytes.map(|byte| char::from(*byte)).collect();
    let written = written.replace("20261201", "20250101").replace("20270101", "20250101");
    let catalogue: Vec<u8> = written.chars().map(|letter| letter as u8).collect();
    let shop = Shop::new();
    shop.write("first.csv", "sku,name-fi_FI\nA,Takki\n");
    let (text, code) = shop.rikaste(&["import", "first.csv"]);
    assert_eq!(code, 0, "{text}");
    let running = shop.run();
    shop.drop_file("products/herbst.edi", &catalogue);
    let receipt = shop.receipt("products/herbst.edi");
    assert_eq!(receipt["outcome"], "rejected", "{receipt}");
    let advice = receipt["messages"][0].to_string();
    assert!(advice.contains("`rikaste plugin enable pricat`"), "{receipt}");

    let (text, _) = plugin(&shop, &["list"]);
    assert!(text.contains("it comes with the program: `rikaste plugin enable pricat`"), "{text}");
    let (text, code) = plugin(&shop, &["inspect", "pricat"]);
    assert!(code == 0 && text.contains("world    rikaste:plugin/importer@0.1.0"), "{text}");
    assert!(text.contains("reads    files that begin with \"UNA\" or \"UNB+\""), "{text}");
    let (text, code) = plugin(&shop, &["enable", "pricat"]);
    assert!(code == 0 && text.starts_with("Now pricat 0.1.0 runs; "), "{text}");
    // What could not be read is imported without being dropped again.
    let receipt = wait_for("the file to be taken by itself", || {
        let receipt = shop.receipt("products/herbst.edi");
        (receipt["read_as"] == "plugin pricat 0.1.0").then_some(receipt)
    });
    assert_eq!(receipt["outcome"], "released", "{receipt}");
    assert_eq!(receipt["rows"]["rejected"], 1, "{receipt}");
    let document = running.json("/v1/channels/web/products/4006381333931");
    assert_eq!(document["price"], "1.95 EUR", "{document}");
    assert_eq!(document["localized"]["fi-FI"]["title"], "Korostuskynä keltainen", "{document}");
    let status = plugin_status(&running, "pricat");
    assert_eq!((&status["world"], &status["did"]["failed"]), (&"importer".into(), &0.into()));

    // Files of suppliers have no ending that means anything; one that lost its end is not taken, and
    // its receipt says who says so.
    shop.drop_file("products/CAT0002", written.replace("UNT+", "UNT+9").replace("1.95", "2.95"));
    let receipt = shop.receipt("products/CAT0002");
    assert_eq!(receipt["outcome"], "rejected", "{receipt}");
    let message = receipt["messages"][0].to_string();
    assert!(
        message.contains("the plugin pricat 0.1.0 could not read the file: the message 1 says that it has 937 segments, and has 37"),
        "{receipt}"
    );
    let document = running.json("/v1/channels/web/products/4006381333931");
    assert_eq!(document["price"], "1.95 EUR", "{document}");

    let (text, code) = plugin(&shop, &["disable", "pricat"]);
    assert_eq!(code, 0, "{text}");
    shop.drop_file("products/CAT0003", &catalogue);
    assert_eq!(shop.receipt("products/CAT0003")["outcome"], "rejected");
    let (text, _) = plugin(&shop, &["enable", "pricat"]);
    assert!(text.starts_with("Now pricat 0.1.0 runs"), "{text}");
}
