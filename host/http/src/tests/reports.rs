//! Receipts, releases, channels: what the program reports of itself.

use super::{AccessTokens, Fixture, check, expect};

#[tokio::test]
async fn receipts_are_listed_and_whole() {
    check(
        "/v1/receipts",
        expect![[r#"
            200 OK
            cache-control: no-cache
            content-type: application/json
            rikaste-release: 3

            {
              "receipts": [
                {
                  "id": 1,
                  "file": "products/talvi.csv",
                  "kind": "products",
                  "outcome": "released",
                  "summary": "4 of 5 rows are in release 1; 1 row was refused.",
                  "language": "fi",
                  "local_summary": "4 riviä 5 rivistä on julkaisussa 1; 1 rivi hylättiin.",
                  "release": 1,
                  "at": "2026-11-21T12:00:00+02:00",
                  "milliseconds": 7,
                  "size": 5,
                  "hash": "bdf5ba0a58f1150b0eb2481e351f5f830b63159a9044c2d99987a0c05574acab",
                  "read_as": "CSV, semicolon, UTF-8",
                  "rows": {
                    "new": 4,
                    "changed": 0,
                    "unchanged": 0,
                    "rejected": 1,
                    "accepted": 4
                  },
                  "cells_left_out": 0,
                  "products": {
                    "touched": 4,
                    "enriched": 0,
                    "plugin_runs": 0,
                    "memo_hits": 0,
                    "documents": 0,
                    "gone": 0
                  },
                  "message_counts": {
                    "sku-missing": 1
                  }
                }
              ]
            }"#]],
    )
    .await;
    check(
        "/v1/receipts/1",
        expect![[r#"
            200 OK
            cache-control: no-cache
            content-type: application/json
            rikaste-release: 3

            {
              "id": 1,
              "file": "products/talvi.csv",
              "kind": "products",
              "outcome": "released",
              "summary": "4 of 5 rows are in release 1; 1 row was refused.",
              "language": "fi",
              "local_summary": "4 riviä 5 rivistä on julkaisussa 1; 1 rivi hylättiin.",
              "release": 1,
              "at": "2026-11-21T12:00:00+02:00",
              "milliseconds": 7,
              "size": 5,
              "hash": "bdf5ba0a58f1150b0eb2481e351f5f830b63159a9044c2d99987a0c05574acab",
              "read_as": "CSV, semicolon, UTF-8",
              "rows": {
                "new": 4,
                "changed": 0,
                "unchanged": 0,
                "rejected": 1,
                "accepted": 4
              },
              "cells_left_out": 0,
              "products": {
                "touched": 4,
                "enriched": 0,
                "plugin_runs": 0,
                "memo_hits": 0,
                "documents": 0,
                "gone": 0
              },
              "message_counts": {
                "sku-missing": 1
              },
              "messages": [
                {
                  "severity": "error",
                  "code": "sku-missing",
                  "message": "there is no SKU",
                  "local_message": "there is no SKU",
                  "row": 6,
                  "column": "sku",
                  "value": ""
                }
              ],
              "columns": [
                "sku",
                "nimi"
              ]
            }"#]],
    )
    .await;
    check(
        "/v1/receipts/2",
        expect![[r#"
        404 Not Found
        cache-control: no-store
        content-type: application/problem+json
        rikaste-release: 3

        {
          "type": "urn:rikaste:problem:unknown-receipt",
          "title": "There is no such receipt",
          "status": 404,
          "detail": "There is no receipt of this number; /v1/receipts lists the latest."
        }"#]],
    )
    .await;
}

#[tokio::test]
async fn releases_and_channels_are_told() {
    check(
        "/v1/releases/current",
        expect![[r#"
            200 OK
            cache-control: no-cache
            content-type: application/json
            etag: "4cc5d87830cc2fbe992d880b9791a359"
            rikaste-release: 3

            {
              "release": 3,
              "root": "93340ff3d5b89032fa3a0a0d6742231d72aa21abeada42d3e26ae718efe2f9b0",
              "effective_at": "2026-11-21T12:02:00+02:00",
              "channels": {
                "company": {
                  "root": "7969d9f132dcda4ec13729878dd7c6dd",
                  "products": 3,
                  "locales": {}
                },
                "web": {
                  "root": "8fe6b24285afea039a43700350494ac6",
                  "products": 2,
                  "locales": {}
                }
              },
              "cause": {
                "kind": "drop",
                "drop": 1,
                "file": "products/talvi.csv"
              }
            }"#]],
    )
    .await;
    check(
        "/v1/channels",
        expect![[r#"
        200 OK
        cache-control: no-cache
        content-type: application/json
        rikaste-release: 3

        {
          "channels": [
            {
              "code": "company",
              "label": "company",
              "shop": "Havu",
              "public": false,
              "locales": [
                "fi-FI"
              ],
              "currency": "EUR",
              "price_list": {
                "code": "retail",
                "label": "retail"
              },
              "time_zone": "Europe/Helsinki",
              "locations": [
                {
                  "code": "helsinki",
                  "label": "Helsinki, Kamppi",
                  "kind": "store"
                }
              ]
            },
            {
              "code": "web",
              "label": "Web shop",
              "shop": "Havu",
              "public": true,
              "locales": [
                "fi-FI",
                "en-GB"
              ],
              "currency": "EUR",
              "price_list": {
                "code": "retail",
                "label": "retail"
              },
              "time_zone": "Europe/Helsinki",
              "locations": [
                {
                  "code": "helsinki",
                  "label": "Helsinki, Kamppi",
                  "kind": "store"
                }
              ]
            }
          ]
        }"#]],
    )
    .await;
    check(
        "/v1/channels/web/model",
        expect![[r#"
        200 OK
        cache-control: no-cache
        content-type: application/json
        etag: "f8d655c7663e68f2d437ffdc584d066c"
        rikaste-release: 3

        {
          "channel": "web",
          "attributes": [
            {
              "code": "brand",
              "labels": {},
              "type": "text",
              "localizable": false,
              "facet": true
            },
            {
              "code": "care",
              "labels": {},
              "type": "text",
              "localizable": true,
              "facet": false
            },
            {
              "code": "categories",
              "labels": {},
              "type": "options",
              "localizable": false,
              "facet": false
            },
            {
              "code": "color",
              "labels": {},
              "type": "options",
              "localizable": false,
              "facet": true,
              "options": [
                {
                  "code": "sand",
                  "labels": {
                    "fi-FI": "Hiekka",
                    "en-GB": "Sand"
                  }
                }
              ]
            },
            {
              "code": "family",
              "labels": {},
              "type": "text",
              "localizable": false,
              "facet": false
            },
            {
              "code": "gtin",
              "labels": {},
              "type": "text",
              "localizable": false,
              "facet": false
            },
            {
              "code": "images",
              "labels": {},
              "type": "assets",
              "localizable": false,
              "facet": false
            },
            {
              "code": "name",
              "labels": {},
              "type": "text",
              "localizable": true,
              "facet": false
            },
            {
              "code": "status",
              "labels": {},
              "type": "options",
              "localizable": false,
              "facet": false
            }
          ],
          "families": [],
          "categories": [
            {
              "code": "clothing",
              "labels": {
                "fi-FI": "Vaatteet",
                "en-GB": "Vaatteet"
              }
            },
            {
              "code": "jackets",
              "parent": "clothing",
              "labels": {
                "fi-FI": "Takit",
                "en-GB": "Jackets"
              }
            }
          ],
          "associations": [],
          "locations": [
            {
              "code": "helsinki",
              "label": "Helsinki, Kamppi",
              "kind": "store"
            }
          ]
        }"#]],
    )
    .await;
    check(
        "/v1/health",
        expect![[r#"
        200 OK
        cache-control: no-cache
        content-type: application/json
        rikaste-release: 3

        {
          "status": "ok",
          "release": 3,
          "search_release": 3
        }"#]],
    )
    .await;
    let shop = Fixture::filled(AccessTokens::allow_everyone());
    let releases = shop.get("/v1/releases?limit=2").await.json();
    let numbers: Vec<_> = releases["releases"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|release| release["release"].as_u64())
        .collect();
    assert_eq!(numbers, [Some(3), Some(2)]);
}
