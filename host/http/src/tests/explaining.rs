//! Explanations.

use rikaste_model::code::Sku;
use rikaste_model::product::{DropId, Product, RowOrigin};

use super::fixture::product;
use super::{AccessTokens, Fixture, check, expect};

#[tokio::test]
async fn every_value_says_where_it_is_from_and_where_it_is_shown() {
    check(
        "/v1/explain/HH-2?as_of=2026-12-24",
        expect![[r#"
        200 OK
        cache-control: no-cache
        content-type: application/json
        rikaste-release: 3

        {
          "sku": "HH-2",
          "kind": "product",
          "release": 3,
          "at": "2026-12-24T00:00:00+02:00",
          "values": [
            {
              "attribute": "care",
              "locale": "fi-FI",
              "type": "text",
              "data": "Pyyhi kuivalla.",
              "layer": "plugin",
              "inherited": false,
              "stale": true,
              "wins": true,
              "shown": [
                {
                  "channel": "company",
                  "locale": "fi-FI"
                },
                {
                  "channel": "web",
                  "locale": "fi-FI"
                },
                {
                  "channel": "web",
                  "locale": "en-GB",
                  "fallback": "en-GB ← fi-FI"
                }
              ],
              "origin": {
                "kind": "plugin",
                "text": "plugin care 0.1.0",
                "plugin": "care",
                "version": "0.1.0",
                "digest": "527ad1fa4290fda3e9c96f372d163c18ffce802b4f1a3e0238b1ae7a5d2d55ac",
                "inputs": [
                  "care_codes"
                ],
                "failure": "it ran out of time"
              }
            },
            {
              "attribute": "name",
              "locale": "fi-FI",
              "window": {
                "from": "2026-12-24T00:00:00+02:00",
                "until": "2026-12-26T00:00:00+02:00"
              },
              "open": true,
              "type": "text",
              "data": "Joululamppu",
              "layer": "edit",
              "inherited": false,
              "wins": true,
              "shown": [
                {
                  "channel": "company",
                  "locale": "fi-FI"
                },
                {
                  "channel": "web",
                  "locale": "fi-FI"
                },
                {
                  "channel": "web",
                  "locale": "en-GB",
                  "fallback": "en-GB ← fi-FI"
                }
              ],
              "origin": {
                "kind": "edit",
                "text": "set by Aino on 2026-11-21T12:00:00+02:00",
                "drop": 9,
                "row": 4,
                "by": "Aino",
                "at": "2026-11-21T12:00:00+02:00"
              }
            },
            {
              "attribute": "name",
              "locale": "fi-FI",
              "type": "text",
              "data": "Lamppu",
              "layer": "source",
              "inherited": false,
              "wins": false,
              "shown": [],
              "origin": {
                "kind": "file",
                "text": "products/talvi.csv, row 2, column \"nimi\"",
                "drop": 1,
                "file": "products/talvi.csv",
                "row": 2,
                "column": "nimi",
                "at": "2026-11-21T12:00:00+02:00",
                "source": "products",
                "priority": 0
              }
            },
            {
              "attribute": "status",
              "type": "options",
              "data": [
                "active"
              ],
              "layer": "source",
              "inherited": false,
              "wins": true,
              "shown": [
                {
                  "channel": "company"
                },
                {
                  "channel": "web"
                }
              ],
              "origin": {
                "kind": "file",
                "text": "products/talvi.csv, row 2, column \"nimi\"",
                "drop": 1,
                "file": "products/talvi.csv",
                "row": 2,
                "column": "nimi",
                "at": "2026-11-21T12:00:00+02:00",
                "source": "products",
                "priority": 0
              }
            }
          ],
          "prices": [
            {
              "list": "retail",
              "label": "retail",
              "inherited": false,
              "price": "20.00 EUR",
              "prices": [
                {
                  "price": "20.00 EUR",
                  "origin": {
                    "kind": "file",
                    "text": "products/talvi.csv, row 2, column \"nimi\"",
                    "drop": 1,
                    "file": "products/talvi.csv",
                    "row": 2,
                    "column": "nimi",
                    "at": "2026-11-21T12:00:00+02:00"
                  }
                },
                {
                  "price": "15.00 EUR",
                  "window": {
                    "from": "2026-11-21T12:00:00+02:00",
                    "until": "2026-12-01T12:00:00+02:00"
                  },
                  "open": false,
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
              "history": [
                {
                  "at": "2026-11-20T12:00:00+02:00",
                  "price": "20.00 EUR"
                }
              ]
            }
          ],
          "stock": [
            {
              "location": "helsinki",
              "label": "Helsinki, Kamppi",
              "quantity": 0,
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
          "photos": [],
          "channels": [
            {
              "channel": "company",
              "shown": true,
              "document": "bc9c1cab3f8d753167bd2545c7281b0c",
              "completeness": [
                {
                  "locale": "fi-FI",
                  "state": "complete",
                  "required": 0,
                  "missing": [],
                  "fallback": []
                }
              ]
            },
            {
              "channel": "web",
              "shown": true,
              "document": "6bd7914e373b3a282a6042652b59cb62",
              "completeness": [
                {
                  "locale": "fi-FI",
                  "state": "complete",
                  "required": 2,
                  "missing": [],
                  "fallback": []
                },
                {
                  "locale": "en-GB",
                  "state": "fallback",
                  "required": 2,
                  "missing": [],
                  "fallback": [
                    {
                      "attribute": "name",
                      "fallback": "en-GB ← fi-FI"
                    }
                  ]
                }
              ]
            }
          ],
          "plugins": [
            {
              "plugin": "care",
              "version": "0.1.0",
              "digest": "527ad1fa4290fda3e9c96f372d163c18ffce802b4f1a3e0238b1ae7a5d2d55ac",
              "values": 1,
              "stale": true,
              "failure": "it ran out of time"
            }
          ],
          "diagnostics": [
            {
              "severity": "warning",
              "code": "care-guessed",
              "message": "the care was guessed",
              "plugin": "care"
            },
            {
              "severity": "error",
              "code": "plugin-failed",
              "message": "care failed and its last values are shown: it ran out of time",
              "plugin": "care"
            }
          ]
        }"#]],
    )
    .await;
}

#[tokio::test]
async fn what_a_model_says_is_inherited() {
    let shop = Fixture::filled(AccessTokens::allow_everyone());
    let explanation = shop.get("/v1/explain/HH-1-M").await.json();
    let names: Vec<_> = explanation["values"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|value| value["attribute"] == "name")
        .collect();
    expect![[r#"
        [
          {
            "attribute": "name",
            "locale": "en-GB",
            "type": "text",
            "data": "Jacket",
            "layer": "source",
            "inherited": true,
            "wins": true,
            "shown": [],
            "origin": {
              "kind": "file",
              "text": "products/talvi.csv, row 2, column \"nimi\"",
              "drop": 1,
              "file": "products/talvi.csv",
              "row": 2,
              "column": "nimi",
              "at": "2026-11-21T12:00:00+02:00",
              "source": "products",
              "priority": 0
            }
          },
          {
            "attribute": "name",
            "locale": "fi-FI",
            "type": "text",
            "data": "Takki",
            "layer": "source",
            "inherited": true,
            "wins": true,
            "shown": [
              {
                "channel": "company",
                "locale": "fi-FI"
              }
            ],
            "origin": {
              "kind": "file",
              "text": "products/talvi.csv, row 2, column \"nimi\"",
              "drop": 1,
              "file": "products/talvi.csv",
              "row": 2,
              "column": "nimi",
              "at": "2026-11-21T12:00:00+02:00",
              "source": "products",
              "priority": 0
            }
          }
        ]"#]]
    .assert_eq(&format!("{:#}", serde_json::json!(names)));
    expect![[r#"
        [
          {
            "channel": "company",
            "shown": true,
            "document": "f6eb91511d05428ca1f763b7ba078efc",
            "completeness": [
              {
                "locale": "fi-FI",
                "state": "complete",
                "required": 0,
                "missing": [],
                "fallback": []
              }
            ]
          },
          {
            "channel": "web",
            "shown": false,
            "why_not": "it is not in the channel's assortment",
            "completeness": []
          }
        ]"#]]
    .assert_eq(&format!("{:#}", explanation["channels"]));
    let model = shop.get("/v1/explain/HH-1").await.json();
    assert_eq!(model["variants"], serde_json::json!(["HH-1-S", "HH-1-M"]));
}

#[tokio::test]
async fn an_unknown_product_cannot_be_explained() {
    check("/v1/explain/HH-1-X", expect![[r#"
        404 Not Found
        cache-control: no-store
        content-type: application/problem+json
        rikaste-release: 3

        {
          "type": "urn:rikaste:problem:unknown-product",
          "title": "There is no such product",
          "status": 404,
          "detail": "The shop has no product of this SKU; a product file that was dropped just now may still be on its way."
        }"#]]).await;
}

/// A variant whose model no file brought says so, and which row names it.
#[tokio::test]
async fn a_missing_model_is_named_with_its_row() {
    let mut shop = Fixture::filled(AccessTokens::allow_everyone());
    let mut model = Product::new(Sku::new("HH-9").expect("a SKU"));
    model.content.is_model = true;
    let mut hat = product("HH-9-S", &[("name", Some("fi-FI"), "Hattu")]);
    hat.content.parent = Some(model.sku.clone());
    hat.content.parent_origin = Some(RowOrigin { drop: DropId(1), row: 4 });
    let mut cap = product("HH-9-M", &[("name", Some("fi-FI"), "Lippis")]);
    cap.content.parent = Some(model.sku.clone());
    shop.make(&[model.clone(), hat, cap]);
    let hat = shop.get("/v1/explain/HH-9-S").await.json();
    let missing = serde_json::to_string_pretty(&hat["missing_model"]).expect("JSON");
    expect![[r#"
        {
          "text": "the catalogue does not have the model HH-9, which products/talvi.csv, row 4 names; until a file brings it, this variant stands alone",
          "sku": "HH-9",
          "origin": {
            "kind": "file",
            "text": "products/talvi.csv, row 4",
            "drop": 1,
            "file": "products/talvi.csv",
            "row": 4,
            "at": "2026-11-21T12:00:00+02:00"
          }
        }"#]].assert_eq(&missing);
    // Nothing is known of the rows of older stores.
    let cap = shop.get("/v1/explain/HH-9-M").await.json();
    expect![[r#"{"text":"the catalogue does not have the model HH-9; until a file brings it, this variant stands alone","sku":"HH-9"}"#]].assert_eq(&cap["missing_model"].to_string());
    let known = shop.get("/v1/explain/HH-1-S").await.json();
    assert!(known.get("missing_model").is_none(), "{known}");
}
