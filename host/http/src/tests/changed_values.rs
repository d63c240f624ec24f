//! What changed in a release, and what products lack.

use axum::http::StatusCode;

use super::{AccessTokens, Fixture, check, expect};

#[tokio::test]
async fn old_and_new_values_are_told_by_product() {
    check(
        "/v1/releases/2/changes",
        expect![[r#"
        200 OK
        cache-control: no-cache
        content-type: application/json
        rikaste-release: 3

        {
          "since": 1,
          "release": 2,
          "products": [
            {
              "sku": "HH-2",
              "name": "Lamppu",
              "change": "changed",
              "values": [
                {
                  "kind": "stock",
                  "code": "helsinki",
                  "label": "Helsinki, Kamppi",
                  "old": "3",
                  "new": "0",
                  "origin": {
                    "kind": "file",
                    "text": "products/talvi.csv, row 2, column \"nimi\"",
                    "drop": 1,
                    "file": "products/talvi.csv",
                    "row": 2,
                    "column": "nimi",
                    "at": "2026-11-21T12:00:00+02:00"
                  }
                }
              ],
              "more_values": 0
            }
          ]
        }"#]],
    )
    .await;
    check(
        "/v1/releases/3/changes",
        expect![[r#"
        200 OK
        cache-control: no-cache
        content-type: application/json
        rikaste-release: 3

        {
          "since": 2,
          "release": 3,
          "products": [
            {
              "sku": "HH-1-M",
              "change": "changed",
              "values": [
                {
                  "kind": "value",
                  "code": "status",
                  "label": "status",
                  "old": "active"
                }
              ],
              "more_values": 0
            }
          ]
        }"#]],
    )
    .await;
}

#[tokio::test]
async fn changes_come_a_page_at_a_time() {
    let shop = Fixture::filled(AccessTokens::allow_everyone());
    let mut address = "/v1/releases/3/changes?since=0&limit=1".to_owned();
    let mut told = Vec::new();
    loop {
        let page = shop.get(&address).await.json();
        for product in page["products"].as_array().expect("products") {
            told.push((product["sku"].to_string(), product["change"].to_string()));
        }
        let Some(next) = page["next"].as_u64() else { break };
        address = format!("/v1/releases/3/changes?since=0&limit=1&after={next}");
    }
    let expected = ["HH-1", "HH-1-S", "HH-1-M", "HH-2"];
    let expected = expected.map(|sku| (format!("\"{sku}\""), "\"added\"".to_owned()));
    assert_eq!(told, expected);
}

#[tokio::test]
async fn only_releases_that_are_kept_are_compared() {
    let shop = Fixture::filled(AccessTokens::new(["kuusi"]));
    assert_eq!(shop.get("/v1/releases/2/changes").await.status, StatusCode::UNAUTHORIZED);
    let mut shop = Fixture::filled(AccessTokens::allow_everyone());
    (0..3).for_each(|_| drop(shop.make(&[])));
    for (address, status) in [
        ("/v1/releases/7/changes", StatusCode::NOT_FOUND),
        ("/v1/releases/0/changes", StatusCode::NOT_FOUND),
        ("/v1/releases/6/changes?since=6", StatusCode::BAD_REQUEST),
        ("/v1/releases/6/changes?since=2", StatusCode::GONE),
        ("/v1/releases/6/changes?since=3", StatusCode::OK),
    ] {
        assert_eq!(shop.get(address).await.status, status, "{address}");
    }
}

#[tokio::test]
async fn gaps_are_told_by_product_and_locale() {
    check(
        "/v1/channels/web/gaps",
        expect![[r#"
        200 OK
        cache-control: no-cache
        content-type: application/json
        rikaste-release: 3

        {
          "channel": "web",
          "products": [
            {
              "sku": "HH-2",
              "name": "Lamppu",
              "withheld": false,
              "locales": [
                {
                  "locale": "en-GB",
                  "missing": [],
                  "fallback": [
                    {
                      "attribute": "name",
                      "label": "name",
                      "localizable": true,
                      "shown": "fi-FI"
                    }
                  ]
                }
              ]
            }
          ]
        }"#]],
    )
    .await;
    check(
        "/v1/channels/web/gaps?locale=fi-FI",
        expect![[r#"
        200 OK
        cache-control: no-cache
        content-type: application/json
        rikaste-release: 3

        {
          "channel": "web",
          "products": []
        }"#]],
    )
    .await;
    check(
        "/v1/channels/web/gaps.csv?locale=en-GB",
        expect![[r#"
        200 OK
        cache-control: no-cache
        content-disposition: attachment; filename="gaps-web-en-GB.csv"
        content-type: text/csv; charset=utf-8
        rikaste-release: 3

        ﻿sku;product_name;attribute;locale;shown_now;new_value
        HH-2;Lamppu;name;en-GB;Lamppu;
    "#]],
    )
    .await;
    check(
        "/v1/channels/web/gaps?only=some",
        expect![[r#"
        400 Bad Request
        cache-control: no-store
        content-type: application/problem+json
        rikaste-release: 3

        {
          "type": "urn:rikaste:problem:bad-parameter",
          "title": "A parameter cannot be read",
          "status": 400,
          "detail": "only: write missing",
          "parameter": "only"
        }"#]],
    )
    .await;
    check(
        "/v1/channels/wbe/gaps",
        expect![[r#"
        404 Not Found
        cache-control: no-store
        content-type: application/problem+json
        rikaste-release: 3

        {
          "type": "urn:rikaste:problem:unknown-channel",
          "title": "There is no such channel",
          "status": 404,
          "detail": "There is no channel of this name; there is company, web.",
          "channels": [
            "company",
            "web"
          ]
        }"#]],
    )
    .await;
    let shop = Fixture::filled(AccessTokens::new(["kuusi"]));
    for address in ["/v1/channels/web/gaps", "/v1/channels/web/gaps.csv"] {
        assert_eq!(shop.get(address).await.status, StatusCode::UNAUTHORIZED, "{address}");
    }
}
