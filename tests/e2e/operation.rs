//! What the operator of a shop does: changes its configuration while it runs, backs it up and restores it.

mod harness;

use harness::{Running, Shop, wait_for};

const TWO: &str = "sku,name-fi_FI,price-EUR\nA,Takki,89.90\nB,Pipo,19.90\n";

#[test]
fn channels_are_followed_while_the_shop_runs() {
    let shop = Shop::new();
    let running = shop.run();
    shop.drop_file("products/two.csv", TWO);
    running.wait_for_release(1);
    let labels = || -> Vec<String> {
        let channels = running.json("/v1/channels");
        let channels = channels["channels"].as_array().expect("a list").iter();
        channels.map(|channel| channel["label"].as_str().expect("a label").to_owned()).collect()
    };
    assert_eq!(labels(), ["screen", "seller", "web"]);
    // Its profile alone.
    shop.write("channels/web.toml", "label = \"Shop\"\npublic = true\n");
    wait_for("the label", || (labels() == ["screen", "seller", "Shop"]).then_some(()));
    // Another channel, which store and index have to be laid out for.
    shop.write("channels/market.toml", "public = true\n");
    wait_for("the channel", || (labels().len() == 4).then_some(()));
    assert_eq!(running.documents("market").len(), 2);
    wait_for("the shop to be ready", || (running.get("/v1/ready").status == 200).then_some(()));
    // With a mistake, the shop goes on as it was.
    shop.write("channels/market.toml", "publik = true\n");
    running.wait_for_log("market.toml:1: publik: unknown field", 1);
    assert_eq!(running.documents("market").len(), 2);
    // Files are taken as before.
    shop.drop_file("products/third.csv", "sku,name-fi_FI\nC,Hattu\n");
    wait_for("the third product", || (running.documents("market").len() == 3).then_some(()));
    // It is counted a moment after it is released.
    let counted = "rikaste_drops_total{kind=\"products\",outcome=\"released\"}";
    wait_for("the count", || running.get("/metrics").body.contains(counted).then_some(()));
}

#[test]
fn what_only_answers_have_is_followed_without_a_release() {
    let shop = Shop::new();
    let running = shop.run();
    shop.drop_file("products/two.csv", TWO);
    running.wait_for_release(1);
    let config = std::fs::read_to_string(shop.path("shop.toml")).expect("a shop");
    let name = config.lines().find(|line| line.starts_with("name = ")).expect("its name");
    shop.write("shop.toml", config.replace(name, "name = \"Other\""));
    wait_for("the name", || {
        (running.json("/v1/channels")["channels"][0]["shop"] == "Other").then_some(())
    });
    assert_eq!(running.release(), 1);
    // The pipeline goes on, and so it does after the next start, which processes nothing.
    shop.drop_file("products/third.csv", "sku,name-fi_FI\nC,Hattu\n");
    running.wait_for_release(2);
    assert_eq!(running.documents("web").len(), 3);
    running.kill();
    shop.write("shop.toml", config);
    let running = shop.run();
    assert_eq!(running.release(), 2);
    // What documents have makes one.
    shop.write("channels/web.toml", "public = true\nattributes = [\"gtin\"]\n");
    running.wait_for_release(3);
}

#[test]
fn a_backup_of_a_running_shop_is_restored_whole() {
    let shop = Shop::new();
    let elsewhere = tempfile::tempdir().expect("a temporary folder");
    let archive = elsewhere.path().join("shop.zip").display().to_string();
    let running = shop.run();
    shop.drop_file("products/two.csv", TWO);
    running.wait_for_release(1);
    let before = running.documents("web");
    let (text, code) = shop.rikaste(&["backup", &archive]);
    assert_eq!(code, 0, "{text}");
    shop.drop_file("products/third.csv", "sku,name-fi_FI\nC,Hattu\n");
    running.wait_for_release(2);
    running.kill();
    let restored = elsewhere.path().join("restored");
    let target = restored.display().to_string();
    let (text, code) = shop.rikaste(&["restore", &archive, &target]);
    assert_eq!(code, 0, "{text}");
    let (text, code) = shop.rikaste(&["restore", &archive, &target]);
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("not empty"), "{text}");
    let running = Running::start(&restored, &["run", "."]);
    assert_eq!(running.documents("web"), before);
    running.kill();
    let (text, code) = shop.rikaste(&["verify", &target]);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("agree"), "{text}");
}

#[test]
#[cfg(unix)]
fn a_hangup_does_not_end_the_shop() {
    let shop = Shop::new();
    let running = Running::start(
        shop.folder.path(),
        &["run", ".", "--log-format", "json", "--log-level", "info"],
    );
    running.send_signal(rustix::process::Signal::HUP);
    running.wait_for_log("\"message\":\"SIGHUP", 1);
    assert_eq!(running.get("/v1/health").status, 200);
}

#[test]
fn every_mistake_is_reported_at_once() {
    let shop = Shop::new();
    shop.write("plugins.toml", "[upgrade]\nsamples = 3\n");
    shop.write("mappings/erp.toml", "files = [\"*.csv\"]\ncolums = {}\n");
    shop.write("channels/web.toml", "locales = [\"fi-FI\"]\nlocation = \"x\"\n");
    let (text, code) = shop.rikaste(&["run", ".", "--port", "0"]);
    assert_eq!(code, 1, "{text}");
    for place in [
        "channels/web.toml:2: location",
        "plugins.toml:2: upgrade.samples",
        "mappings/erp.toml:2: colums",
    ] {
        assert!(text.contains(place), "{place} in {text}");
    }
}
