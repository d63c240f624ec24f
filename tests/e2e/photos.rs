//! Photos, from the folder to what every channel shows.

mod harness;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use harness::{Shop, wait_for};
use serde_json::{Value, json};

const PRODUCTS: &str = "sku,name-fi_FI,name-en_GB,color,gtin\n\
    A,Untuvatakki,Down jacket,sand,4006381333931\n\
    A-2,Villapaita,Jumper,moss,\n";

/// A PNG of this size; every number draws another.
fn picture(width: u32, height: u32, number: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgb);
    let pixel = |at: u32| {
        let (x, y) = (at % width, at / width);
        let wave = (x * (number + 2) / 7) ^ (y * (number % 5 + 1) / 9);
        [(wave % 256) as u8, (x * 255 / width) as u8, (y * 200 / height + number * 9) as u8]
    };
    let pixels: Vec<u8> = (0..width * height).flat_map(pixel).collect();
    encoder.write_header().and_then(|mut w| w.write_image_data(&pixels)).expect("a PNG");
    bytes
}

/// The names and roles of a product's photos, in order.
fn shown(document: &Value) -> Vec<String> {
    let images = document["images"].as_array().cloned().unwrap_or_default();
    let lines = images.iter().map(|image| format!("{} {}", image["file_name"], image["role"]));
    lines.map(|line| line.replace('"', "")).collect()
}

fn on_sheet(sheet: &Value) -> Vec<&str> {
    let photos = sheet["photos"].as_array().into_iter().flatten();
    photos.filter_map(|photo| photo["file_name"].as_str()).collect()
}

fn messages(receipt: &Value) -> Vec<String> {
    let messages = receipt["messages"].as_array().cloned().unwrap_or_default();
    let mut codes: Vec<String> = messages
        .iter()
        .map(|message| format!("{} {}", message["code"], message["value"]))
        .collect();
    codes.sort();
    codes.iter().map(|code| code.replace('"', "")).collect()
}

#[test]
fn photos_wait_for_their_product_and_stand_in_the_order_of_their_names() {
    let shop = Shop::new();
    shop.write(
        "channels/web.toml",
        "public = true\nlocales = [\"fi-FI\"]\n[images]\nwidths = [100, 200]\nminimum = [150, 100]\n",
    );
    let names = [
        ("A_10.png", 400),
        ("A_2.png", 380),
        ("A.png", 360),
        ("A-2.png", 340),
        ("4006381333931-back.png", 320),
        ("A-swatch.png", 120),
        ("nobody.jpg", 300),
    ];
    for (number, (name, width)) in (0_u32..).zip(names) {
        shop.write(&format!("inbox/images/{name}"), picture(width, 240, number));
    }
    shop.write("inbox/images/A-care.pdf", "%PDF-1.7 and so on");
    shop.write("inbox/images/A_3.png", b"no picture at all");
    let running = shop.run();
    let receipt = shop.receipt("images/4006381333931-back.png and 8 more");
    assert_eq!(receipt["rows"]["new"], 8, "{receipt}");
    assert_eq!(
        messages(&receipt),
        [
            "image-not-an-image A_3.png",
            "photo-misnamed nobody.jpg",
            "photo-orphan 4006381333931-back.png",
            "photo-small A-swatch.png",
        ]
    );

    shop.drop_file("products/two.csv", PRODUCTS);
    running.wait_for_release(2);
    let document = running.json("/v1/channels/web/products/A");
    assert_eq!(
        shown(&document),
        [
            "A.png main",
            "A_2.png detail",
            "A_10.png detail",
            "A-swatch.png swatch",
            "4006381333931-back.png detail"
        ]
    );
    assert_eq!(document["documents"][0]["file_name"], "A-care.pdf");
    let alt = &document["localized"]["fi-FI"]["attributes"]["image_alt"][0];
    assert_eq!(alt, &json!({ "file_name": "A.png", "alt": "Untuvatakki", "made_by": "machine" }));
    let refused = running.json("/v1/photos?only=refused&locale=fi");
    assert_eq!(refused["photos"][0]["file_name"], "A_3.png");
    assert_eq!(refused["photos"][0]["remarks"][0]["code"], "photo-unusable");
    assert_eq!(refused["photos"][0]["products"][0]["sku"], "A");
    let orphans = running.json("/v1/photos?only=orphans");
    assert_eq!(on_sheet(&orphans), ["nobody.jpg"]);
    let all = running.json("/v1/photos");
    assert_eq!(all["photos"].as_array().map(Vec::len), Some(9));
    let swatch = all["photos"]
        .as_array()
        .and_then(|all| all.iter().find(|photo| photo["file_name"] == "A-swatch.png").cloned());
    let swatch = swatch.expect("it is there");
    assert_eq!(
        swatch["products"],
        json!([{
            "sku": "A", "name": "Untuvatakki", "role": "swatch", "order": 4,
            "alt": { "alt": "Untuvatakki, kuva 4", "made_by": "machine" },
            "channels": ["screen", "seller", "web"],
        }])
    );
    let link = swatch["preview"]["link"].as_str().expect("a link").to_owned();
    assert_eq!(running.get(&link).status, 200);
    // The longer SKU's own photo is not the shorter's second.
    assert_eq!(shown(&running.json("/v1/channels/web/products/A-2")), ["A-2.png main"]);
    let widths = |document: &Value| {
        let srcset = document["images"][0]["srcset"].as_array().cloned().unwrap_or_default();
        srcset.iter().map(|one| one["width"].as_u64()).collect::<Vec<_>>()
    };
    assert_eq!(widths(&document), [Some(100), Some(200)]);
    assert_eq!(widths(&running.json("/v1/channels/screen/products/A")), [Some(320), Some(360)]);

    for (name, bytes, expected) in [
        ("A_4.png", picture(380, 240, 1), "photo-twice A_4.png"),
        ("A_5.png", Vec::new(), "photo-empty A_5.png"),
    ] {
        shop.write(&format!("inbox/images/{name}"), bytes);
        let receipt = wait_for("its receipt", || {
            let path = shop.path(&format!("receipts/images/{name}.json"));
            path.is_file().then(|| shop.receipt(&format!("images/{name}")))
        });
        assert_eq!(messages(&receipt), [expected]);
    }
}

/// Every copy into the asset store begins as a temporary file.
#[test]
fn each_photo_is_copied_once() {
    use notify::{EventKind, RecursiveMode, Watcher};

    let shop = Shop::new();
    let assets = shop.path(".rikaste/assets");
    std::fs::create_dir_all(&assets).expect("a folder");
    let (events, seen) = std::sync::mpsc::channel();
    let mut watcher = notify::recommended_watcher(events).expect("a watcher");
    watcher.watch(&assets, RecursiveMode::NonRecursive).expect("watched");
    for (number, name) in (0..).zip(["A.png", "A_2.png", "A_3.png"]) {
        shop.write(&format!("inbox/images/{name}"), picture(300, 240, number));
    }
    let running = shop.run();
    running.wait_for_release(1);
    shop.write("inbox/images/A_4.png", picture(300, 240, 4));
    running.wait_for_release(2);
    drop(running);

    std::fs::write(assets.join("end"), "").expect("written");
    let created =
        seen.into_iter().flatten().filter(|event| matches!(event.kind, EventKind::Create(_)));
    let names = created
        .flat_map(|event| event.paths)
        .filter_map(|path| Some(path.file_name()?.to_str()?.to_owned()));
    let copies = names.take_while(|name| name != "end").filter(|name| name.starts_with(".tmp"));
    assert_eq!(copies.count(), 4);
}

#[test]
fn renditions_that_are_gone_are_told_and_made_again() {
    let shop = Shop::new();
    shop.write("inbox/products/two.csv", PRODUCTS);
    shop.write("inbox/images/A.png", picture(400, 300, 1));
    let running = shop.run();
    running.wait_for_release(2);
    let link = running.json("/v1/channels/web/products/A")["image_link"].clone();
    let link = link.as_str().expect("a link").to_owned();
    assert_eq!(running.get(&link).media_type.as_deref(), Some("image/jpeg"));
    drop(running);
    std::fs::remove_dir_all(shop.path(".rikaste/renditions")).expect("removed");
    let (output, code) = shop.rikaste(&["verify"]);
    assert!(output.contains("A: a webp of the photo A.png is gone") && code != 0, "{output}");
    let (output, code) = shop.rikaste(&["rebuild"]);
    assert_eq!(code, 0, "{output}");
    let (output, code) = shop.rikaste(&["verify"]);
    assert_eq!(code, 0, "{output}");
    assert_eq!(shop.run().get(&link).media_type.as_deref(), Some("image/jpeg"));
}

/// A server of pictures, and how often each address was requested.
struct Pictures {
    port: u16,
    requests: Arc<Mutex<BTreeMap<String, usize>>>,
}

impl Pictures {
    /// What is at an address: a status, a media type, bytes.
    fn serve(answer: fn(&str) -> (u16, &'static str, Vec<u8>)) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("bound").port();
        let requests = Arc::new(Mutex::new(BTreeMap::new()));
        let count = Arc::clone(&requests);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let mut lines = BufReader::new(&stream).lines().map_while(Result::ok);
                let head = lines.next().unwrap_or_default();
                lines.take_while(|line| !line.is_empty()).for_each(drop);
                let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
                let (status, media_type, bytes) = answer(&path);
                *count.lock().expect("whole").entry(path).or_default() += 1;
                let length = bytes.len();
                let head = format!(
                    "HTTP/1.1 {status} Told\r\nContent-Type: {media_type}\r\nContent-Length: {length}\r\n\
                     ETag: \"1\"\r\nConnection: close\r\n\r\n"
                );
                // One that hung up is nobody's loss.
                let _ = (&stream).write_all(&[head.as_bytes(), &bytes].concat());
            }
        });
        Self { port, requests }
    }

    fn requests(&self) -> BTreeMap<String, usize> {
        self.requests.lock().expect("whole").clone()
    }
}

#[test]
fn pictures_come_from_their_urls_where_the_shop_allows_it() {
    let pictures = Pictures::serve(|path| match path {
        "/a.png?w=1" => (200, "image/png", picture(400, 300, 1)),
        "/b" => (200, "application/octet-stream", picture(300, 400, 2)),
        "/page" => (200, "text/html", b"<html>".to_vec()),
        _ => (404, "text/plain", b"no".to_vec()),
    });
    let at = format!("http://127.0.0.1:{}", pictures.port);
    let shop = Shop::new();
    let table = format!(
        "sku,name-fi_FI,images\n\
         A,Untuvatakki,{at}/a.png?w=1#top|{at}/b|C.png|{at}/gone.png\n\
         B,Villapaita,{at}/b|http://localhost/x/C.png|{at}/page\n"
    );
    shop.drop_file("products/two.csv", table);
    shop.write("inbox/images/C.png", picture(200, 200, 3));

    // A shop that names no host asks nobody, and says so.
    let running = shop.run();
    running.wait_for_release(2);
    let receipt = shop.receipt("products/two.csv");
    let lines = messages(&receipt);
    assert_eq!(
        lines.iter().filter(|line| line.starts_with("picture-host ")).count(),
        2,
        "{lines:?}"
    );
    let of = |running: &harness::Running, sku: &str| {
        let document = running.json(&format!("/v1/channels/web/products/{sku}"));
        let shown = shown(&document).join(", ");
        shown.replace(&at, "")
    };
    assert_eq!((of(&running, "A"), of(&running, "B")), ("C.png main".into(), "C.png main".into()));
    drop(running);
    assert!(pictures.requests().is_empty());

    // The file is read again because the shop is another, without anybody dropping it.
    let toml = std::fs::read_to_string(shop.path("shop.toml")).expect("read");
    let host = format!("{{ host = \"127.0.0.1:{}\", private = true }}", pictures.port);
    shop.write("shop.toml", format!("{toml}\n[pictures]\nhosts = [{host}]\n"));
    let running = shop.run();
    wait_for("the pictures", || (of(&running, "A").matches(',').count() == 2).then_some(()));
    assert_eq!(of(&running, "A"), "/a.png?w=1 main, /b detail, C.png detail");
    assert_eq!(of(&running, "B"), "/b main, C.png detail");
    let receipts = running.json("/v1/receipts");
    let receipts = receipts["receipts"].as_array().cloned().expect("a list");
    let of_pictures: Vec<Value> = receipts
        .into_iter()
        .filter(|receipt| receipt["read_as"] == "pictures by URL")
        .map(|receipt| shop.receipt(receipt["file"].as_str().expect("a name")))
        .collect();
    let mut failed: Vec<String> = of_pictures
        .iter()
        .flat_map(|receipt| receipt["messages"].as_array().cloned().unwrap_or_default())
        .filter(|message| message["code"] == "picture-unfetched")
        .map(|message| format!("{} {}", message["sku"], message["message"]).replace(&at, ""))
        .collect();
    failed.sort();
    assert_eq!(
        failed,
        [
            "\"A\" \"the picture of A could not be fetched: there is no picture at “/gone.png” (404)\"",
            "\"B\" \"the picture of B could not be fetched: “/page” is no picture but text/html: it may be a page \
             that shows one, or asks for a login\"",
        ],
        "{of_pictures:?}"
    );
    let left = || std::fs::read_dir(shop.path(".rikaste/pictures")).expect("a folder").count();
    wait_for("what was fetched to be noted", || (left() == 0).then_some(()));
    drop(running);

    // What is there, and what is not, is not asked for again.
    let requests = pictures.requests();
    assert_eq!(requests.values().copied().collect::<Vec<_>>(), [1, 1, 1, 1], "{requests:?}");
    let running = shop.run();
    shop.drop_file("products/three.csv", "sku,name-fi_FI\nC,Pipo\n");
    shop.receipt("products/three.csv");
    drop(running);
    assert_eq!(pictures.requests(), requests);
    let left: Vec<_> =
        std::fs::read_dir(shop.path(".rikaste/pictures")).expect("a folder").flatten().collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn what_the_shop_says_of_a_photo_wins_over_what_is_made() {
    let shop = Shop::new();
    shop.write(
        "inbox/products/one.csv",
        "sku,name-fi_FI,name-en_GB,images,image_alt-fi_FI\n\
         A,Untuvatakki,Down jacket,front.png|back.png,|Takki takaa\n",
    );
    shop.write("inbox/images/front.png", picture(400, 300, 1));
    shop.write("inbox/images/back.png", picture(300, 400, 4));
    let running = shop.run();
    let document = wait_for("both photos", || {
        let document = running.json("/v1/channels/web/products/A");
        (shown(&document).len() == 2).then_some(document)
    });
    let alt = |locale: &str| document["localized"][locale]["attributes"]["image_alt"].clone();
    assert_eq!(
        alt("fi-FI"),
        json!([
            { "file_name": "front.png", "alt": "Untuvatakki", "made_by": "machine" },
            { "file_name": "back.png", "alt": "Takki takaa", "made_by": "shop" },
        ])
    );
    assert_eq!(
        alt("en-GB"),
        json!([
            { "file_name": "front.png", "alt": "Down jacket", "made_by": "machine" },
            { "file_name": "back.png", "alt": "Down jacket, detail, image 2", "made_by": "machine" },
        ])
    );
}

#[test]
fn a_variant_with_the_picture_of_another_colour_is_named() {
    let shop = Shop::new();
    shop.write("inbox/images/coat.png", picture(400, 300, 1));
    shop.write("inbox/images/moss.png", picture(400, 300, 7));
    let running = shop.run();
    running.wait_for_release(1);
    shop.drop_file(
        "products/coats.csv",
        "sku,kind,parent,name-fi_FI,color,images\n\
         C,model,,Takki,,\n\
         C-S-110,,C,,sand,coat.png\n\
         C-S-120,,C,,sand,coat.png\n\
         C-M-110,,C,,moss,moss.png\n",
    );
    running.wait_for_release(2);
    // Sizes of one colour share a photo.
    assert_eq!(messages(&shop.receipt("products/coats.csv")), Vec::<String>::new());
    shop.drop_file(
        "products/coats.csv",
        "sku,kind,parent,name-fi_FI,color,images\n\
         C-M-110,,C,,moss,coat.png\n",
    );
    running.wait_for_release(3);
    // The receipt is written after the release is out.
    let message = wait_for("what is said of the second file", || {
        let receipt = shop.receipt("products/coats.csv");
        let mut messages = receipt["messages"].as_array()?.iter();
        messages.find(|message| message["code"] == "photo-sibling").cloned()
    });
    assert_eq!(message["sku"], "C-M-110");
    assert_eq!(message["arguments"]["other"], "C-S-110");
    let sheet = running.json("/v1/photos?only=remarks");
    let coat = &sheet["photos"][0];
    let remarks = coat["remarks"].as_array().expect("remarks");
    assert!(remarks.iter().any(|remark| remark["code"] == "photo-sibling"), "{sheet}");
}
