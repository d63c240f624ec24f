//! Single products, several at once, models.

use axum::http::StatusCode;
use rikaste_model::code::Sku;
use rikaste_model::product::ProductAssociation;
use rikaste_model::value::ValueData;

use super::fixture::{product, variant};
use super::{AccessTokens, Fixture, check, expect};

#[tokio::test]
async fn a_product_is_its_document() {
    check(
        "/v1/channels/web/products/HH-2",
        expect![[r#"
            200 OK
            cache-control: no-cache
            content-type: application/json
            etag: "24b5e757805485f31dba904408deffb7"
            rikaste-release: 3

            {
              "id": "HH-2",
              "price": "20.00 EUR",
              "sale_price": "15.00 EUR",
              "sale_price_effective_date": "2026-11-21T12:00:00+02:00/2026-12-01T12:00:00+02:00",
              "lowest_price_30_days": "20.00 EUR",
              "availability": "out_of_stock",
              "stock": {
                "helsinki": 0
              },
              "attributes": {
                "status": [
                  "active"
                ]
              },
              "localized": {
                "fi-FI": {
                  "title": "Lamppu",
                  "attributes": {
                    "care": "Pyyhi kuivalla."
                  },
                  "labels": {}
                },
                "en-GB": {
                  "title": "Lamppu",
                  "attributes": {
                    "care": "Pyyhi kuivalla."
                  },
                  "labels": {},
                  "fallback": {
                    "title": "fi-FI",
                    "care": "fi-FI"
                  }
                }
              }
            }"#]],
    )
    .await;
    check(
        "/v1/channels/web/products/HH-1-S?locale=en",
        expect![[r#"
            200 OK
            cache-control: no-cache
            content-type: application/json
            etag: "6b30caeb055b64107c88dfbf476a4b0f"
            rikaste-release: 3

            {
              "id": "HH-1-S",
              "item_group_id": "HH-1",
              "gtin": "04006381333931",
              "categories": [
                {
                  "code": "jackets",
                  "path": [
                    "clothing",
                    "jackets"
                  ]
                }
              ],
              "price": "89.90 EUR",
              "attributes": {
                "color": [
                  "sand"
                ],
                "status": [
                  "active"
                ]
              },
              "content_language": "en-GB",
              "title": "Jacket",
              "labels": {
                "categories": [
                  "Vaatteet",
                  "Jackets"
                ],
                "color": [
                  "Sand"
                ]
              }
            }"#]],
    )
    .await;
    check(
        "/v1/channels/web/products/HH-2?locale=fi&as_of=2026-12-24",
        expect![[r#"
            200 OK
            cache-control: no-cache
            content-type: application/json
            etag: "6bd7914e373b3a282a6042652b59cb62"
            rikaste-release: 3

            {
              "id": "HH-2",
              "price": "20.00 EUR",
              "availability": "out_of_stock",
              "stock": {
                "helsinki": 0
              },
              "attributes": {
                "status": [
                  "active"
                ],
                "care": "Pyyhi kuivalla."
              },
              "content_language": "fi-FI",
              "title": "Joululamppu",
              "labels": {}
            }"#]],
    )
    .await;
}

#[tokio::test]
async fn who_has_the_document_is_told_so() {
    let shop = Fixture::filled(AccessTokens::allow_everyone());
    let tag = shop.get("/v1/channels/web/products/HH-2").await.header("etag").to_owned();
    let again = shop.get_with("/v1/channels/web/products/HH-2", &[("If-None-Match", &tag)]).await;
    expect![[r#"
        304 Not Modified
        cache-control: no-cache
        etag: "24b5e757805485f31dba904408deffb7"
        rikaste-release: 3

    "#]]
    .assert_eq(&again.to_string());
    let later = shop
        .get_with("/v1/channels/web/products/HH-2?as_of=2026-12-24", &[("If-None-Match", &tag)])
        .await;
    assert_eq!(later.status, StatusCode::OK);
}

#[tokio::test]
async fn an_unknown_product_names_one_that_is_near() {
    check(
        "/v1/channels/web/products/hh-2",
        expect![[r#"
            404 Not Found
            cache-control: no-store
            content-type: application/problem+json
            rikaste-release: 3

            {
              "type": "urn:rikaste:problem:unknown-product",
              "title": "There is no such product",
              "status": 404,
              "detail": "The channel web shows no product of this SKU; did you mean HH-2?",
              "nearest": "HH-2"
            }"#]],
    )
    .await;
    check("/v1/channels/web/products/%00", expect![[r#"
        404 Not Found
        cache-control: no-store
        content-type: application/problem+json
        rikaste-release: 3

        {
          "type": "urn:rikaste:problem:unknown-product",
          "title": "There is no such product",
          "status": 404,
          "detail": "The channel web shows no product of this SKU; /v1/explain/%00 says why, if the shop has it."
        }"#]]).await;
}

#[tokio::test]
async fn a_gtin_finds_products_or_says_what_is_wrong_with_it() {
    check(
        "/v1/channels/web/gtin/4006381333931?locale=fi",
        expect![[r#"
            200 OK
            cache-control: no-cache
            content-type: application/json
            rikaste-release: 3

            {
              "products": [
                {
                  "id": "HH-1-S",
                  "item_group_id": "HH-1",
                  "gtin": "04006381333931",
                  "categories": [
                    {
                      "code": "jackets",
                      "path": [
                        "clothing",
                        "jackets"
                      ]
                    }
                  ],
                  "price": "89.90 EUR",
                  "attributes": {
                    "color": [
                      "sand"
                    ],
                    "status": [
                      "active"
                    ]
                  },
                  "content_language": "fi-FI",
                  "title": "Takki",
                  "labels": {
                    "categories": [
                      "Vaatteet",
                      "Takit"
                    ],
                    "color": [
                      "Hiekka"
                    ]
                  }
                }
              ]
            }"#]],
    )
    .await;
    check(
        "/v1/channels/web/gtin/96385074",
        expect![[r#"
            200 OK
            cache-control: no-cache
            content-type: application/json
            rikaste-release: 3

            {
              "products": []
            }"#]],
    )
    .await;
    check("/v1/channels/web/gtin/4006381333932", expect![[r#"
        400 Bad Request
        cache-control: no-store
        content-type: application/problem+json
        rikaste-release: 3

        {
          "type": "urn:rikaste:problem:bad-gtin",
          "title": "This is not a GTIN",
          "status": 400,
          "detail": "the check digit of \"4006381333932\" is 2, but it should be 1; scan it again, or type every digit that is printed under the bars"
        }"#]]).await;
}

#[tokio::test]
async fn a_locale_is_one_of_the_channels() {
    check(
        "/v1/channels/web/products/HH-2?locale=sv",
        expect![[r#"
            400 Bad Request
            cache-control: no-store
            content-type: application/problem+json
            rikaste-release: 3

            {
              "type": "urn:rikaste:problem:bad-parameter",
              "title": "A parameter cannot be read",
              "status": 400,
              "detail": "locale: the channel web has no such locale; it has fi-FI, en-GB",
              "parameter": "locale",
              "locales": [
                "fi-FI",
                "en-GB"
              ]
            }"#]],
    )
    .await;
    check(
        "/v1/channels/web/products/HH-2?locale=fi&locale=en",
        expect![[r#"
            400 Bad Request
            cache-control: no-store
            content-type: application/problem+json
            rikaste-release: 3

            {
              "type": "urn:rikaste:problem:bad-parameter",
              "title": "A parameter cannot be read",
              "status": 400,
              "detail": "locale: it is given twice; give it once",
              "parameter": "locale"
            }"#]],
    )
    .await;
    check(
        "/v1/channels/web/products/HH-2?lokale=fi",
        expect![[r#"
            400 Bad Request
            cache-control: no-store
            content-type: application/problem+json
            rikaste-release: 3

            {
              "type": "urn:rikaste:problem:bad-parameter",
              "title": "A parameter cannot be read",
              "status": 400,
              "detail": "lokale: there is no such parameter; did you mean locale?",
              "parameter": "lokale"
            }"#]],
    )
    .await;
    check(
        "/v1/channels/web/products/HH-2?as_of=jouluna",
        expect![[r#"
            400 Bad Request
            cache-control: no-store
            content-type: application/problem+json
            rikaste-release: 3

            {
              "type": "urn:rikaste:problem:bad-parameter",
              "title": "A parameter cannot be read",
              "status": 400,
              "detail": "as_of: \"jouluna\" is not a date; write it as 2026-12-24 or 2026-12-24T08:00",
              "parameter": "as_of"
            }"#]],
    )
    .await;
}

#[tokio::test]
async fn a_model_is_shown_with_its_variants() {
    let mut shop = Fixture::filled(AccessTokens::allow_everyone());
    let mut large = variant("HH-1-L", "04006381333955");
    large.content.sources[0].values[2].value.data = ValueData::Options(vec!["moss".into()]);
    shop.make(&[large]);
    let model = shop.get("/v1/channels/web/products/HH-1?locale=fi").await;
    expect![[r#"
        200 OK
        cache-control: no-cache
        content-type: application/json
        etag: "2644eaf82747e5cf6d86848bf921bcba"
        rikaste-release: 4

        {
          "id": "HH-1",
          "attributes": {},
          "content_language": "fi-FI",
          "title": "Takki",
          "labels": {},
          "varies_by": [
            "color"
          ],
          "variants": [
            {
              "id": "HH-1-S",
              "item_group_id": "HH-1",
              "gtin": "04006381333931",
              "categories": [
                {
                  "code": "jackets",
                  "path": [
                    "clothing",
                    "jackets"
                  ]
                }
              ],
              "price": "89.90 EUR",
              "attributes": {
                "color": [
                  "sand"
                ],
                "status": [
                  "active"
                ]
              },
              "content_language": "fi-FI",
              "title": "Takki",
              "labels": {
                "categories": [
                  "Vaatteet",
                  "Takit"
                ],
                "color": [
                  "Hiekka"
                ]
              }
            },
            {
              "id": "HH-1-L",
              "item_group_id": "HH-1",
              "gtin": "04006381333955",
              "categories": [
                {
                  "code": "jackets",
                  "path": [
                    "clothing",
                    "jackets"
                  ]
                }
              ],
              "price": "89.90 EUR",
              "attributes": {
                "color": [
                  "moss"
                ],
                "status": [
                  "active"
                ]
              },
              "content_language": "fi-FI",
              "title": "Takki",
              "labels": {
                "categories": [
                  "Vaatteet",
                  "Takit"
                ],
                "color": [
                  "moss"
                ]
              }
            }
          ]
        }"#]]
    .assert_eq(&model.to_string());
    let again = [("If-None-Match", model.header("etag"))];
    let again = shop.get_with("/v1/channels/web/products/HH-1?locale=fi", &again).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    let answer = shop.get("/v1/channels/web/products/HH-1").await.json();
    for variant in answer["variants"].as_array().expect("a list") {
        let sku = variant["id"].as_str().expect("an id");
        let alone = shop.get(&format!("/v1/channels/web/products/{sku}")).await.json();
        assert_eq!(*variant, alone);
    }
    // The channel does not show this variant, and no other.
    let mut model = product("HH-3", &[("name", Some("fi-FI"), "Hattu")]);
    model.content.is_model = true;
    let mut hat = product("HH-3-S", &[("status", None, "archived")]);
    hat.content.parent = Some(model.sku.clone());
    shop.make(&[model, hat]);
    let hidden = shop.get("/v1/channels/web/products/HH-3").await;
    assert_eq!(hidden.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn associated_products_come_along_where_they_are_asked_for() {
    let mut shop = Fixture::filled(AccessTokens::allow_everyone());
    let mut bulb =
        product("HH-4", &[("name", Some("fi-FI"), "Polttimo"), ("status", None, "active")]);
    let link = |sku: &str| ProductAssociation {
        kind: "spare".parse().expect("a code"),
        sku: Sku::new(sku).expect("a SKU"),
        quantity: 2,
    };
    bulb.content.sources[0].associations = vec![link("HH-2"), link("HH-1-M")];
    shop.make(&[bulb]);
    let answer =
        shop.get("/v1/channels/web/products/HH-4?locale=fi&include=associations").await.json();
    let lamp = shop.get("/v1/channels/web/products/HH-2?locale=fi").await.json();
    let spares = serde_json::json!([
        { "id": "HH-2", "quantity": 2, "product": lamp },
        // The channel does not show this one.
        { "id": "HH-1-M", "quantity": 2 },
    ]);
    assert_eq!(answer["associations"]["spare"], spares);
    let batch = "/v1/channels/web/products?ids=HH-4&locale=fi&include=associations";
    assert_eq!(shop.get(batch).await.json()["products"], serde_json::json!([answer]));
    let plain = shop.get("/v1/channels/web/products/HH-4?locale=fi").await;
    assert!(plain.json()["associations"]["spare"][0].get("product").is_none());
    // The tag follows what comes along.
    let with = "/v1/channels/web/products/HH-4?include=associations";
    let tag = shop.get(with).await.header("etag").to_owned();
    assert_eq!(
        shop.get_with(with, &[("If-None-Match", &tag)]).await.status,
        StatusCode::NOT_MODIFIED
    );
    shop.make(&[product(
        "HH-2",
        &[("name", Some("fi-FI"), "Valaisin"), ("status", None, "active")],
    )]);
    assert_eq!(shop.get_with(with, &[("If-None-Match", &tag)]).await.status, StatusCode::OK);
    let wrong = shop.get("/v1/channels/web/products/HH-4?include=reviews").await.json();
    assert_eq!(wrong["detail"], "include: write associations");
}

#[tokio::test]
async fn several_products_come_in_the_order_in_which_they_are_asked_for() {
    let mut shop = Fixture::filled(AccessTokens::allow_everyone());
    shop.make(&[product("1,5 m", &[("status", None, "active")])]);
    let batch = async |query: &str| {
        let answer = shop.get(&format!("/v1/channels/web/products?{query}")).await.json();
        let products = answer["products"].as_array().expect("a list").iter();
        let ids: Vec<_> = products.map(|p| p["id"].as_str().expect("an id").to_owned()).collect();
        (ids.join(" + "), answer["missing"].to_string())
    };
    let found = |ids: &str, missing: &str| (ids.to_owned(), missing.to_owned());
    assert_eq!(batch("ids=HH-2,HH-1-S").await, found("HH-2 + HH-1-S", "[]"));
    assert_eq!(batch("ids=HH-1-S,,HH-2,%20HH-2").await, found("HH-1-S + HH-2", "[]"));
    // One that is not shown, a model, one that is not there, none that there could be.
    let missing = "[\"HH-1-M\",\"HH-1\",\"HH-99\",\"a\\u0001b\"]";
    assert_eq!(batch("ids=HH-1-M,HH-1,HH-2,HH-99,a%01b").await, found("HH-2", missing));
    assert_eq!(batch("id=1,5%20m&id=HH-2").await, found("1,5 m + HH-2", "[]"));
    let document =
        shop.get("/v1/channels/web/products/HH-2?locale=fi&as_of=2026-12-24").await.json();
    let same =
        shop.get("/v1/channels/web/products?ids=HH-2&locale=fi&as_of=2026-12-24").await.json();
    assert_eq!(same["products"], serde_json::json!([document]));
    let many: Vec<String> = (0..101).map(|n| n.to_string()).collect();
    for (query, detail) in [
        (
            String::new(),
            "ids: write SKUs with commas between, such as ids=HH-1001-110,HH-1001-116; the snapshot has all products",
        ),
        (
            format!("ids={}", many.join(",")),
            "ids: 101 products are asked for; at most 100 are given at once",
        ),
    ] {
        let refused = shop.get(&format!("/v1/channels/web/products?{query}")).await;
        assert_eq!((refused.status.as_u16(), &refused.json()["detail"]), (400, &detail.into()));
    }
}
