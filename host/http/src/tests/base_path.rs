//! A shop below a path of a host name that it shares.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use rikaste_model::shop::OWN_SEGMENTS;

use super::described::description;
use super::fixture::{Answer, ExtraKeys};
use super::{AccessTokens, Fixture};

fn shop() -> Fixture {
    let extra =
        ExtraKeys { shop: "[web]\nurl = \"https://shop.example/pim\"\n", ..ExtraKeys::default() };
    Fixture::filled_with(AccessTokens::new(["kuusi"]), &extra)
}

/// Asks as through a proxy that hands the base path on. What is answered is held to the description elsewhere.
async fn ask_below(shop: &Fixture, address: &str) -> Answer {
    shop.get_unchecked(&format!("/pim{address}")).await
}

#[tokio::test]
async fn every_address_answers_below_the_base_path_and_at_the_root() {
    let shop = shop();
    for address in [
        "/",
        "/shop?q=takki",
        "/pages/style.css",
        "/docs/photos",
        "/openapi.json",
        "/v1/channels/web/products/HH-2",
        "/v1/channels/web/search?q=takki&limit=1",
        "/v1/channels/web/snapshot",
        "/v1/none",
    ] {
        let (below, root) = (ask_below(&shop, address).await, shop.get(address).await);
        assert_eq!(below.status, root.status, "{address}");
        assert_eq!(below.header("etag"), root.header("etag"), "{address}");
        assert_eq!(below.header("location"), root.header("location"), "{address}");
    }
    assert_eq!(shop.get_unchecked("/pim").await.status, StatusCode::OK);
    assert_eq!(shop.get_unchecked("/pimento").await.status, StatusCode::NOT_FOUND);
}

/// Every address that a page, a style or a script names leads to something.
#[tokio::test]
async fn pages_lead_to_addresses_below_the_base_path() {
    let shop = shop();
    let pages = [
        "/",
        "/shop",
        "/screen",
        "/screen/web",
        "/seller",
        "/seller/web",
        "/photos",
        "/drop",
        "/gaps",
        "/product",
        "/releases",
        "/undo",
        "/sign-in",
        "/docs",
        "/docs/http-api",
    ];
    let (mut open, mut read) = (pages.map(str::to_owned).to_vec(), BTreeSet::new());
    while let Some(address) = open.pop() {
        if address == "/openapi.json" || !read.insert(address.clone()) {
            continue;
        }
        let answer = ask_below(&shop, &address).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}");
        let text = answer.text();
        for quoted in text.split(['"', '\'', '`']).filter(|text| text.starts_with('/')) {
            let segment = quoted[1..].split(['/', '?', '#', '$']).next().unwrap_or_default();
            assert!(!OWN_SEGMENTS.contains(&segment), "{address} names {quoted}");
        }
        for link in text.split("=\"/pim").skip(1).filter_map(|rest| rest.split('"').next()) {
            let link = link.split(['#', '?']).next().unwrap_or_default();
            open.extend(Some(link.to_owned()).filter(|link| link.starts_with('/')));
        }
    }
    assert!(read.contains("/pages/seller.js") && read.contains("/docs/install"), "{read:?}");
    let manifest = ask_below(&shop, "/pages/seller.webmanifest").await.json();
    assert_eq!(
        (&manifest["start_url"], &manifest["scope"]),
        (&"/pim/seller".into(), &"/pim/seller".into())
    );
    let worker = ask_below(&shop, "/pages/service-worker.js").await;
    assert_eq!(worker.header("service-worker-allowed"), "/pim/");
}

#[tokio::test]
async fn answers_point_to_addresses_below_the_base_path() {
    let mut shop = shop();
    let film = shop.asset("film.mp4", None);
    let location = shop.get("/v1/channels/web/snapshot").await.header("location").to_owned();
    assert_eq!(location, "/pim/v1/channels/web/snapshot/3");
    let gone = shop.get("/v1/channels/web/snapshot/9").await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    let ahead = shop.get("/v1/channels/web/changes?since=9").await.json();
    assert_eq!(ahead["snapshot"], "/pim/v1/channels/web/snapshot/3");
    assert_eq!(shop.get("/openapi.json").await.json()["servers"][0]["url"], "/pim");
    let token = ("Authorization", "Bearer kuusi");
    let photos = shop.get_with("/v1/photos", &[token]).await.json();
    assert_eq!(photos["photos"][0]["link"], format!("/pim/assets/{}.mp4", film.hash));
    let sign_in = Request::post("/v1/session").header("Content-Type", "application/json");
    let sign_in = sign_in.body(Body::from("{\"token\":\"kuusi\"}")).expect("a request");
    assert!(shop.ask(sign_in).await.header("set-cookie").contains("; Path=/pim;"));
}

/// A base path may not begin with any of them.
#[test]
fn the_segments_of_the_programs_own_addresses_are_known() {
    let paths = description()["paths"].as_object().expect("paths").keys();
    let described: BTreeSet<&str> =
        paths.filter_map(|path| path.split('/').nth(1)).filter(|name| !name.is_empty()).collect();
    assert_eq!(described, BTreeSet::from(OWN_SEGMENTS));
}
