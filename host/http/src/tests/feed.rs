//! Snapshots, changes, events.

use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use futures_util::StreamExt;
use rikaste_model::release::ReleaseCause;
use tower::ServiceExt;

use super::fixture::product;
use super::{AccessTokens, Fixture, check, expect};

#[tokio::test]
async fn a_snapshot_is_found_by_way_of_the_current_release() {
    check(
        "/v1/channels/web/snapshot?locale=fi",
        expect![[r#"
            307 Temporary Redirect
            cache-control: no-cache
            location: /v1/channels/web/snapshot/3?locale=fi-FI
            rikaste-release: 3

        "#]],
    )
    .await;
    check("/v1/channels/web/snapshot/3", expect![[r#"
        200 OK
        cache-control: public, max-age=31536000, immutable
        content-type: application/jsonl
        etag: "8fe6b24285afea039a43700350494ac6"
        rikaste-release: 3

        {"id":"HH-1-S","item_group_id":"HH-1","gtin":"04006381333931","categories":[{"code":"jackets","path":["clothing","jackets"]}],"price":"89.90 EUR","attributes":{"color":["sand"],"status":["active"]},"localized":{"fi-FI":{"title":"Takki","labels":{"categories":["Vaatteet","Takit"],"color":["Hiekka"]}},"en-GB":{"title":"Jacket","labels":{"categories":["Vaatteet","Jackets"],"color":["Sand"]}}}}
        {"id":"HH-2","price":"20.00 EUR","sale_price":"15.00 EUR","sale_price_effective_date":"2026-11-21T12:00:00+02:00/2026-12-01T12:00:00+02:00","lowest_price_30_days":"20.00 EUR","availability":"out_of_stock","stock":{"helsinki":0},"attributes":{"status":["active"]},"localized":{"fi-FI":{"title":"Lamppu","attributes":{"care":"Pyyhi kuivalla."},"labels":{}},"en-GB":{"title":"Lamppu","attributes":{"care":"Pyyhi kuivalla."},"labels":{},"fallback":{"title":"fi-FI","care":"fi-FI"}}}}
    "#]]).await;
}

#[tokio::test]
async fn an_old_snapshot_stays_what_it_was() {
    check("/v1/channels/web/snapshot/1?locale=en_GB", expect![[r#"
        200 OK
        cache-control: public, max-age=31536000, immutable
        content-type: application/jsonl
        etag: "913eff5b7fdc91b08bafa45fc26bc11d-en-GB"
        rikaste-release: 1

        {"id":"HH-1-S","item_group_id":"HH-1","gtin":"04006381333931","categories":[{"code":"jackets","path":["clothing","jackets"]}],"price":"89.90 EUR","attributes":{"color":["sand"],"status":["active"]},"content_language":"en-GB","title":"Jacket","labels":{"categories":["Vaatteet","Jackets"],"color":["Sand"]}}
        {"id":"HH-1-M","item_group_id":"HH-1","gtin":"04006381333948","categories":[{"code":"jackets","path":["clothing","jackets"]}],"price":"89.90 EUR","attributes":{"color":["sand"],"status":["active"]},"content_language":"en-GB","title":"Jacket","labels":{"categories":["Vaatteet","Jackets"],"color":["Sand"]}}
        {"id":"HH-2","price":"20.00 EUR","sale_price":"15.00 EUR","sale_price_effective_date":"2026-11-21T12:00:00+02:00/2026-12-01T12:00:00+02:00","lowest_price_30_days":"20.00 EUR","availability":"in_stock","stock":{"helsinki":3},"attributes":{"status":["active"],"care":"Pyyhi kuivalla."},"content_language":"en-GB","title":"Lamppu","labels":{},"fallback":{"title":"fi-FI","care":"fi-FI"}}
    "#]]).await;
}

#[tokio::test]
async fn a_date_is_previewed() {
    check("/v1/channels/web/snapshot?as_of=2026-12-24&locale=fi", expect![[r#"
        200 OK
        cache-control: no-cache
        content-type: application/jsonl
        rikaste-release: 3

        {"id":"HH-1-S","item_group_id":"HH-1","gtin":"04006381333931","categories":[{"code":"jackets","path":["clothing","jackets"]}],"price":"89.90 EUR","attributes":{"color":["sand"],"status":["active"]},"content_language":"fi-FI","title":"Takki","labels":{"categories":["Vaatteet","Takit"],"color":["Hiekka"]}}
        {"id":"HH-2","price":"20.00 EUR","availability":"out_of_stock","stock":{"helsinki":0},"attributes":{"status":["active"],"care":"Pyyhi kuivalla."},"content_language":"fi-FI","title":"Joululamppu","labels":{}}
    "#]]).await;
}

#[tokio::test]
async fn a_snapshot_is_compressed_under_a_tag_of_its_own() {
    let shop = Fixture::filled(AccessTokens::allow_everyone());
    let plain = shop.get("/v1/channels/web/snapshot/3").await;
    let packed = shop.get_with("/v1/channels/web/snapshot/3", &[("Accept-Encoding", "zstd")]).await;
    assert_eq!(packed.header("content-encoding"), "zstd");
    let tag = packed.header("etag").to_owned();
    assert_eq!(tag, format!("{}-zstd\"", plain.header("etag").trim_end_matches('"')));
    let again = shop
        .get_with(
            "/v1/channels/web/snapshot/3",
            &[("If-None-Match", &tag), ("Accept-Encoding", "zstd")],
        )
        .await;
    assert_eq!(
        (again.status, again.header("etag"), again.body.len()),
        (StatusCode::NOT_MODIFIED, tag.as_str(), 0)
    );
}

#[tokio::test]
async fn a_release_that_is_gone_names_the_snapshot() {
    let mut shop = Fixture::filled(AccessTokens::allow_everyone());
    let lamp = |name| product("HH-2", &[("name", Some("fi-FI"), name), ("status", None, "active")]);
    (0..3).for_each(|n| drop(shop.make(&[lamp(["Lamppu 1", "Lamppu 2", "Lamppu 3"][n])])));
    expect![[r#"
        410 Gone
        cache-control: no-store
        content-type: application/problem+json
        rikaste-release: 6

        {
          "type": "urn:rikaste:problem:release-gone",
          "title": "This release is not kept any more",
          "status": 410,
          "detail": "Release 2 is not kept any more; read /v1/channels/web/snapshot/6?locale=fi-FI instead.",
          "snapshot": "/v1/channels/web/snapshot/6?locale=fi-FI"
        }"#]].assert_eq(&shop.get("/v1/channels/web/snapshot/2?locale=fi").await.to_string());
    expect![[r#"
        410 Gone
        cache-control: no-store
        content-type: application/problem+json
        rikaste-release: 6

        {
          "type": "urn:rikaste:problem:release-gone",
          "title": "This release is not kept any more",
          "status": 410,
          "detail": "Changes are kept from release 3 on; read /v1/channels/web/snapshot/6, then ask for changes since 6.",
          "snapshot": "/v1/channels/web/snapshot/6"
        }"#]].assert_eq(&shop.get("/v1/channels/web/changes?since=2").await.to_string());
    expect![[r#"
        404 Not Found
        cache-control: no-store
        content-type: application/problem+json
        rikaste-release: 6

        {
          "type": "urn:rikaste:problem:unknown-release",
          "title": "There is no such release yet",
          "status": 404,
          "detail": "There is no release 7; the current one is 6."
        }"#]]
    .assert_eq(&shop.get("/v1/channels/web/snapshot/7").await.to_string());
    assert_eq!(shop.get("/v1/channels/web/changes?since=3").await.status, StatusCode::OK);
    assert_eq!(shop.get("/v1/channels/web/snapshot/3").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_release_of_another_configuration_is_gone() {
    let mut shop = Fixture::filled(AccessTokens::allow_everyone());
    shop.make_because(ReleaseCause::Configuration, &[]);
    expect![[r#"
        410 Gone
        cache-control: no-store
        content-type: application/problem+json
        rikaste-release: 4

        {
          "type": "urn:rikaste:problem:release-gone",
          "title": "This release is not kept any more",
          "status": 410,
          "detail": "Release 3 was made with another configuration of the shop; read /v1/channels/web/snapshot/4 instead.",
          "snapshot": "/v1/channels/web/snapshot/4"
        }"#]].assert_eq(&shop.get("/v1/channels/web/snapshot/3").await.to_string());
    assert_eq!(shop.get("/v1/channels/web/snapshot/4").await.status, StatusCode::OK);
}

#[tokio::test]
async fn an_old_snapshot_that_is_not_what_its_release_says_breaks_off() {
    let mut shop = Fixture::filled(AccessTokens::allow_everyone());
    shop.miscount();
    shop.make(&[]);
    let current = shop.get("/v1/channels/web/snapshot/4").await;
    assert_eq!((current.status, current.text().lines().count()), (StatusCode::OK, 2));
    shop.make(&[]);
    let request = Request::get("/v1/channels/web/snapshot/4").body(Body::empty());
    let response = shop.router.clone().oneshot(request.expect("a request")).await;
    let body = response.expect("it always answers").into_body();
    assert!(to_bytes(body, 1 << 20).await.is_err());
}

#[tokio::test]
async fn changes_are_what_changed_for_the_channel() {
    check("/v1/channels/web/changes?since=1", expect![[r#"
        200 OK
        cache-control: no-cache
        content-type: application/jsonl
        etag: "1-3-93340ff3d5b89032fa3a0a0d6742231d"
        rikaste-release: 3

        {"delete":"HH-1-M"}
        {"upsert":{"id":"HH-2","price":"20.00 EUR","sale_price":"15.00 EUR","sale_price_effective_date":"2026-11-21T12:00:00+02:00/2026-12-01T12:00:00+02:00","lowest_price_30_days":"20.00 EUR","availability":"out_of_stock","stock":{"helsinki":0},"attributes":{"status":["active"]},"localized":{"fi-FI":{"title":"Lamppu","attributes":{"care":"Pyyhi kuivalla."},"labels":{}},"en-GB":{"title":"Lamppu","attributes":{"care":"Pyyhi kuivalla."},"labels":{},"fallback":{"title":"fi-FI","care":"fi-FI"}}}}}
        {"release":3}
    "#]]).await;
    check(
        "/v1/channels/web/changes?since=2",
        expect![[r#"
            200 OK
            cache-control: no-cache
            content-type: application/jsonl
            etag: "2-3-93340ff3d5b89032fa3a0a0d6742231d"
            rikaste-release: 3

            {"delete":"HH-1-M"}
            {"release":3}
        "#]],
    )
    .await;
    check(
        "/v1/channels/web/changes?since=3",
        expect![[r#"
            200 OK
            cache-control: no-cache
            content-type: application/jsonl
            etag: "3-3-93340ff3d5b89032fa3a0a0d6742231d"
            rikaste-release: 3

            {
              "release": 3
            }"#]],
    )
    .await;
    check("/v1/channels/company/changes?since=2", expect![[r#"
        200 OK
        cache-control: no-cache
        content-type: application/jsonl
        etag: "2-3-93340ff3d5b89032fa3a0a0d6742231d"
        rikaste-release: 3

        {"upsert":{"id":"HH-1-M","item_group_id":"HH-1","gtin":"04006381333948","categories":[{"code":"jackets","path":["clothing","jackets"]}],"price":"89.90 EUR","attributes":{"color":["sand"]},"localized":{"fi-FI":{"title":"Takki","labels":{"categories":["Vaatteet","Takit"],"color":["Hiekka"]}}}}}
        {"release":3}
    "#]]).await;
}

#[tokio::test]
async fn changes_come_in_one_locale() {
    let mut shop = Fixture::filled(AccessTokens::allow_everyone());
    let changes = shop.get("/v1/channels/web/changes?since=1&locale=en").await;
    let document = shop.get("/v1/channels/web/products/HH-2?locale=en-GB").await.text();
    let lines =
        ["{\"delete\":\"HH-1-M\"}", &format!("{{\"upsert\":{document}}}"), "{\"release\":3}"];
    assert_eq!(changes.text(), lines.map(|line| format!("{line}\n")).concat());
    let all = shop.get("/v1/channels/web/changes?since=1").await;
    let tag = all.header("etag").trim_end_matches('"');
    assert_eq!(changes.header("etag"), format!("{tag}-en-GB\""));
    (0..3).for_each(|_| drop(shop.make(&[])));
    let gone = shop.get("/v1/channels/web/changes?since=1&locale=en").await;
    assert_eq!(gone.json()["snapshot"], "/v1/channels/web/snapshot/6?locale=en-GB");
}

#[tokio::test]
async fn the_same_changes_are_not_sent_twice() {
    let shop = Fixture::filled(AccessTokens::allow_everyone());
    let first = shop.get("/v1/channels/web/changes?since=3").await;
    let again = shop
        .get_with("/v1/channels/web/changes?since=3", &[("If-None-Match", first.header("etag"))])
        .await;
    assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0));
}

#[tokio::test]
async fn changes_from_the_future_are_a_problem() {
    check("/v1/channels/web/changes?since=4", expect![[r#"
        400 Bad Request
        cache-control: no-store
        content-type: application/problem+json
        rikaste-release: 3

        {
          "type": "urn:rikaste:problem:bad-parameter",
          "title": "A parameter cannot be read",
          "status": 400,
          "detail": "since: there is no release 4 yet, the current one is 3; a catalogue that was begun anew has other releases: read the snapshot",
          "parameter": "since",
          "snapshot": "/v1/channels/web/snapshot/3"
        }"#]]).await;
    check("/v1/channels/web/changes", expect![[r#"
        400 Bad Request
        cache-control: no-store
        content-type: application/problem+json
        rikaste-release: 3

        {
          "type": "urn:rikaste:problem:bad-parameter",
          "title": "A parameter cannot be read",
          "status": 400,
          "detail": "since: write the release that you have, such as since=12; to begin, read the snapshot",
          "parameter": "since"
        }"#]]).await;
}

#[tokio::test]
async fn changes_applied_to_a_snapshot_are_the_next_snapshot() {
    let shop = Fixture::filled(AccessTokens::allow_everyone());
    let mut kept = documents(&shop.get("/v1/channels/web/snapshot/1").await.text());
    for line in shop.get("/v1/channels/web/changes?since=1").await.text().lines() {
        let change: serde_json::Value = serde_json::from_str(line).expect("JSON");
        if let Some(sku) = change["delete"].as_str() {
            kept.remove(sku);
        } else if let Some(document) = change.get("upsert") {
            kept.insert(document["id"].as_str().expect("an id").to_owned(), document.clone());
        }
    }
    assert_eq!(kept, documents(&shop.get("/v1/channels/web/snapshot/3").await.text()));
}

fn documents(lines: &str) -> std::collections::BTreeMap<String, serde_json::Value> {
    let document = |line: &str| -> serde_json::Value { serde_json::from_str(line).expect("JSON") };
    lines
        .lines()
        .map(document)
        .map(|document| (document["id"].as_str().expect("an id").to_owned(), document))
        .collect()
}

#[tokio::test]
async fn events_tell_the_current_release_and_the_next_and_end() {
    let mut shop = Fixture::filled(AccessTokens::allow_everyone());
    let request = Request::get("/v1/channels/web/events")
        .header("Last-Event-ID", "1")
        .body(Body::empty())
        .expect("a request");
    let response = shop.router.clone().oneshot(request).await.expect("it always answers");
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    assert_eq!(response.headers()["rikaste-release"], "3");
    let mut events = response.into_body().into_data_stream();
    let mut next = async || {
        let chunk = tokio::time::timeout(Duration::from_secs(5), events.next())
            .await
            .expect("an event comes");
        chunk.map(|chunk| String::from_utf8(chunk.expect("whole").to_vec()).expect("UTF-8"))
    };
    assert_eq!(next().await.as_deref(), Some("id: 3\nevent: release\ndata: {\"release\":3}\n\n"));
    shop.make(&[]);
    assert_eq!(next().await.as_deref(), Some("id: 4\nevent: release\ndata: {\"release\":4}\n\n"));
    drop(shop.releases);
    assert_eq!(next().await, None);
}

#[tokio::test]
async fn before_the_first_release_there_is_nothing_and_that_is_said() {
    let shop = Fixture::empty(AccessTokens::allow_everyone());
    expect![[r#"
        200 OK
        cache-control: no-cache
        content-type: application/json
        etag: "225e975eee27d74b73208cd33a44bf46"
        rikaste-release: 0

        {
          "release": 0,
          "channels": {}
        }"#]]
    .assert_eq(&shop.get("/v1/releases/current").await.to_string());
    expect![[r#"
        200 OK
        cache-control: no-cache
        content-type: application/jsonl
        etag: "0-0-"
        rikaste-release: 0

        {
          "release": 0
        }"#]]
    .assert_eq(&shop.get("/v1/channels/web/changes?since=0").await.to_string());
    expect![[r#"
        200 OK
        cache-control: no-cache
        content-type: application/json
        rikaste-release: 0

        {
          "release": 0,
          "total": 0,
          "matched": "every",
          "products": [],
          "facets": {
            "category": [],
            "brand": [],
            "family": []
          },
          "facet_labels": {
            "category": "categories",
            "brand": "brand",
            "family": "family"
          },
          "took_us": 0
        }"#]]
    .assert_eq(&shop.get("/v1/channels/web/search").await.to_string());
    assert_eq!(
        shop.get("/v1/channels/web/snapshot").await.header("location"),
        "/v1/channels/web/snapshot/0"
    );
    let mut shop = shop;
    expect![[r#"
        200 OK
        cache-control: no-cache
        content-type: application/jsonl
        rikaste-release: 0

    "#]]
    .assert_eq(&shop.get("/v1/channels/web/snapshot/0").await.to_string());
    shop.make(&[]);
    assert_eq!(shop.get("/v1/channels/web/snapshot/0").await.status, StatusCode::NOT_FOUND);
}
