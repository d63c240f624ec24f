//! The contact sheet.

use rikaste_model::photo::{
    Color, ColorSwatch, FocusPoint, PhotoContent, PhotoMetadata, PhotoRole,
};
use rikaste_model::product::{ContentHash, Photo, Product};
use rikaste_store::AssetEntry;
use serde_json::{Value, json};

use super::fixture::product;
use super::{AccessTokens, Fixture, expect};

fn facts(width: u32, perceptual_hash: u64) -> PhotoMetadata {
    let color = Color { red: 200, green: 180, blue: 145 };
    PhotoMetadata {
        maker: ContentHash::hash_bytes(b"maker"),
        media_type: "image/jpeg".into(),
        width,
        height: 300,
        orientation: 1,
        frames: 1,
        profile: None,
        transparent: false,
        white_background: true,
        sharpness: 620,
        colors: vec![ColorSwatch { color, share: 900 }],
        thumbhash: vec![1, 2, 3],
        perceptual_hash,
        focus: FocusPoint { x: 500, y: 500 },
        content: PhotoContent::Photo,
        remarks: Vec::new(),
    }
}

fn photo(asset: &AssetEntry, role: PhotoRole) -> Photo {
    let AssetEntry { name, hash, size, facts, .. } = asset.clone();
    Photo { file_name: name, asset: hash, size, role, facts }
}

/// A lamp with a photo and a leaflet, a photo that looks like its first, one that nobody could read,
/// and one of nobody.
fn shop() -> Fixture {
    let mut shop = Fixture::empty(AccessTokens::allow_everyone());
    let first = shop.asset("HH-9.jpg", Some(facts(450, 0)));
    let again = shop.asset("HH-9_2.png", Some(facts(900, 0b111)));
    let leaflet = shop.asset("HH-9-care.pdf", None);
    shop.asset("HH-9_3.jpg", None);
    shop.asset(
        "nobody.jpg",
        Some(PhotoMetadata { content: PhotoContent::Blank, ..facts(450, u64::MAX) }),
    );
    shop.develop(&first);
    let mut lamp: Product =
        product("HH-9", &[("name", Some("fi-FI"), "Lamppu"), ("status", None, "active")]);
    lamp.content.photos = vec![
        photo(&first, PhotoRole::Main),
        photo(&again, PhotoRole::Detail),
        photo(&leaflet, PhotoRole::Document),
    ];
    shop.make(&[lamp]);
    shop
}

/// Name, state, and the codes of what there is to say.
async fn list_photos(shop: &Fixture, address: &str) -> Vec<String> {
    let answer = shop.get(address).await.json();
    let photos = answer["photos"].as_array().expect("photos");
    let codes = |photo: &Value| -> Vec<String> {
        let remarks = photo["remarks"].as_array().expect("remarks");
        remarks.iter().map(|remark| remark["code"].as_str().expect("a code").to_owned()).collect()
    };
    let lines = photos.iter().map(|photo| {
        format!("{} {} {:?}", photo["file_name"], photo["state"], codes(photo)).replace('"', "")
    });
    lines.chain(answer["next"].as_str().map(|next| format!("next {next}"))).collect()
}

#[tokio::test]
async fn a_photo_is_told_with_all_that_is_known_of_it() {
    expect![[r##"
        200 OK
        cache-control: no-cache
        content-type: application/json
        rikaste-release: 1

        {
          "total": 5,
          "photos": [
            {
              "file_name": "HH-9-care.pdf",
              "kind": "document",
              "state": "shown",
              "size": 1000,
              "link": "/assets/784d103771bcc9d87d5d3fe8f8721861c42e12f04e94b9d560dff071906418a6.pdf",
              "products": [
                {
                  "sku": "HH-9",
                  "name": "Lamppu",
                  "role": "document",
                  "order": 3,
                  "channels": [
                    "company",
                    "web"
                  ]
                }
              ],
              "remarks": []
            },
            {
              "file_name": "HH-9.jpg",
              "kind": "photo",
              "state": "shown",
              "size": 1000,
              "products": [
                {
                  "sku": "HH-9",
                  "name": "Lamppu",
                  "role": "main",
                  "order": 1,
                  "channels": [
                    "company",
                    "web"
                  ]
                }
              ],
              "remarks": [
                {
                  "severity": "info",
                  "code": "photo-alike",
                  "message": "HH-9.jpg looks like HH-9_2.png; leave one of them out if they are of the same product",
                  "arguments": {
                    "name": "HH-9.jpg",
                    "other": "HH-9_2.png"
                  },
                  "local_message": "HH-9.jpg näyttää samalta kuin HH-9_2.png; jätä toinen pois, jos ne ovat samasta tuotteesta"
                }
              ],
              "preview": {
                "link": "/assets/d91ba8073a8fe425f3903d3b2f05f1df",
                "width": 320,
                "height": 213
              },
              "facts": {
                "media_type": "image/jpeg",
                "width": 450,
                "height": 300,
                "content": "photo",
                "white_background": true,
                "transparent": false,
                "sharpness": 0.62,
                "colors": [
                  {
                    "color": "#c8b491",
                    "share": 0.9
                  }
                ]
              }
            }
          ],
          "next": "HH-9.jpg"
        }"##]].assert_eq(&shop().get("/v1/photos?limit=2&locale=fi").await.to_string());
}

#[tokio::test]
async fn what_is_wrong_can_be_asked_for() {
    let shop = shop();
    let all = [
        "HH-9-care.pdf shown []",
        "HH-9.jpg shown [photo-alike]",
        "HH-9_2.png shown [photo-misnamed, photo-alike]",
        "HH-9_3.jpg undeveloped [photos-undeveloped]",
        "nobody.jpg orphan [photo-blank, photo-orphan]",
    ];
    assert_eq!(list_photos(&shop, "/v1/photos").await, all);
    assert_eq!(list_photos(&shop, "/v1/photos?only=remarks").await, all[1..]);
    assert_eq!(list_photos(&shop, "/v1/photos?only=orphans").await, all[4..]);
    assert_eq!(list_photos(&shop, "/v1/photos?only=refused").await, [""; 0]);
    let some = [all[1], all[2], "next HH-9_2.png"];
    assert_eq!(list_photos(&shop, "/v1/photos?limit=2&after=HH-9-care.pdf").await, some);
    assert_eq!(list_photos(&shop, "/v1/photos?after=HH-9_2.png").await, all[3..]);
    for (parameter, named) in
        [("only=shown", "only"), ("limit=201", "limit"), ("locale=suomi", "locale")]
    {
        let answer = shop.get(&format!("/v1/photos?{parameter}")).await;
        assert_eq!(answer.status.as_u16(), 400, "{parameter}");
        assert_eq!(answer.json()["parameter"], named, "{parameter}");
    }
}

#[tokio::test]
async fn pictures_that_could_not_be_fetched_come_first() {
    let mut shop = shop();
    shop.picture("https://cdn.example/a.jpg", "HH-9", Some("there is no picture (404)"));
    shop.picture("https://cdn.example/b.jpg", "HH-9", None);
    let failing = "https://cdn.example/a.jpg refused [picture-unfetched]";
    for (address, count) in [("/v1/photos", 6), ("/v1/photos?only=refused", 1)] {
        let lines = list_photos(&shop, address).await;
        assert_eq!((lines[0].as_str(), lines.len()), (failing, count), "{address}");
    }
    let answer = shop.get("/v1/photos?only=refused").await.json();
    assert_eq!(
        (&answer["total"], &answer["photos"][0]["products"][0]["sku"]),
        (&json!(6), &json!("HH-9"))
    );
    let message = answer["photos"][0]["remarks"][0]["message"].as_str().expect("a message");
    assert_eq!(message, "the picture of HH-9 could not be fetched: there is no picture (404)");
    assert!(!list_photos(&shop, "/v1/photos?only=orphans").await.contains(&failing.to_owned()));
    assert!(!list_photos(&shop, "/v1/photos?after=A").await.contains(&failing.to_owned()));
}

/// Photos as they were dropped say where they were taken.
#[tokio::test]
async fn no_photo_is_linked_to_as_it_was_dropped() {
    let answer = shop().get("/v1/photos").await;
    for name in ["HH-9.jpg", "HH-9_2.png", "HH-9_3.jpg", "nobody.jpg"] {
        assert!(
            !answer.text().contains(&ContentHash::hash_bytes(name.as_bytes()).to_string()),
            "{name}"
        );
    }
    let links: Vec<_> = answer.json()["photos"]
        .as_array()
        .expect("photos")
        .iter()
        .filter_map(|photo| photo["preview"]["link"].as_str().map(str::to_owned))
        .collect();
    assert_eq!(links.len(), 1, "only of the first there is a rendition: {links:?}");
}
