//! Photos, from the folder to what every channel shows.

mod harness;

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
    let told = images.iter().map(|image| format!("{} {}", image["file_name"], image["role"]));
    told.map(|told| told.replace('"', "")).collect()
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
    let receipt = wait_for("the receipt of the photos", || {
        shop.path("receipts/images/photos.json").is_file().then(|| shop.receipt("images/photos"))
    });
    assert_eq!(receipt["rows"]["new"], 8, "{receipt}");
    assert_eq!(
        messages(&receipt),
        [
            "image-not-an-image A_3.png",
            "photo-misnamed nobody.jpg",
            "photo-orphan 4006381333931-back.png",
            "photo-orphan A-2.png",
            "photo-orphan A-care.pdf",
            "photo-orphan A-swatch.png",
            "photo-orphan A.png",
            "photo-orphan A_10.png",
            "photo-orphan A_2.png",
            "photo-orphan nobody.jpg",
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
    assert_eq!((&alt["file_name"], &alt["alt"]), (&json!("A.png"), &json!("Untuvatakki")));
    // The longer SKU's own photo is not the shorter's second.
    assert_eq!(shown(&running.json("/v1/channels/web/products/A-2")), ["A-2.png main"]);
    let widths = |document: &Value| {
        let srcset = document["images"][0]["srcset"].as_array().cloned().unwrap_or_default();
        srcset.iter().map(|one| one["width"].as_u64()).collect::<Vec<_>>()
    };
    assert_eq!(widths(&document), [Some(100), Some(200)]);
    assert_eq!(widths(&running.json("/v1/channels/screen/products/A")), [Some(320), Some(360)]);

    for (name, bytes, said) in [
        ("A_4.png", picture(380, 240, 1), "photo-twice A_4.png"),
        ("A_5.png", Vec::new(), "photo-empty A_5.png"),
    ] {
        shop.write(&format!("inbox/images/{name}"), bytes);
        let receipt = wait_for("its receipt", || {
            let path = shop.path(&format!("receipts/images/{name}.json"));
            path.is_file().then(|| shop.receipt(&format!("images/{name}")))
        });
        assert_eq!(messages(&receipt), [said]);
    }
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
    let (told, code) = shop.rikaste(&["verify"]);
    assert!(told.contains("A: a webp of the photo A.png is gone") && code != 0, "{told}");
    let (told, code) = shop.rikaste(&["rebuild"]);
    assert_eq!(code, 0, "{told}");
    let (told, code) = shop.rikaste(&["verify"]);
    assert_eq!(code, 0, "{told}");
    assert_eq!(shop.run().get(&link).media_type.as_deref(), Some("image/jpeg"));
}
