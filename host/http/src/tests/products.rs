//! Single products and search.

use axum::http::StatusCode;

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
    check(
        "/v1/channels/web/products/HH-1",
        expect![[r#"
            404 Not Found
            cache-control: no-store
            content-type: application/problem+json
            rikaste-release: 3

            {
              "type": "urn:rikaste:problem:unknown-product",
              "title": "There is no such product",
              "status": 404,
              "detail": "The channel web shows no product of this SKU; did you mean HH-1-S?",
              "nearest": "HH-1-S"
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
async fn search_finds_the_documents_of_the_feed() {
    let shop = Fixture::filled(AccessTokens::allow_everyone());
    let found = shop.get("/v1/channels/web/search?q=takki&locale=fi").await;
    expect![[r#"
        200 OK
        cache-control: no-cache
        content-type: application/json
        rikaste-release: 3

        {
          "release": 3,
          "total": 1,
          "matched": "every",
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
          ],
          "facets": {
            "category": [
              {
                "value": "clothing",
                "label": "Vaatteet",
                "count": 1
              },
              {
                "value": "jackets",
                "label": "Takit",
                "count": 1
              }
            ],
            "brand": [],
            "family": [],
            "attr.color": [
              {
                "value": "sand",
                "label": "Hiekka",
                "count": 1
              }
            ]
          },
          "took_us": 0
        }"#]]
    .assert_eq(&found.to_string());
    let document = shop.get("/v1/channels/web/products/HH-1-S?locale=fi").await.json();
    assert_eq!(found.json()["products"], serde_json::json!([document]));
}

#[tokio::test]
async fn search_filters_and_sorts() {
    let shop = Fixture::filled(AccessTokens::allow_everyone());
    for (query, found) in [
        ("", &["HH-1-S", "HH-2"][..]),
        ("category=clothing", &["HH-1-S"]),
        ("category=none&category=jackets", &["HH-1-S"]),
        ("attr.color=sand", &["HH-1-S"]),
        ("attr.color=moss", &[]),
        ("in_stock=true", &[]),
        ("min_price=15.01", &["HH-1-S"]),
        ("max_price=15", &["HH-2"]),
        ("sort=price", &["HH-2", "HH-1-S"]),
        ("sort=-price&limit=1&offset=1", &["HH-2"]),
    ] {
        let answer = shop.get(&format!("/v1/channels/web/search?{query}")).await.json();
        let skus: Vec<_> = answer["products"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|p| p["id"].as_str().expect("an id"))
            .collect();
        assert_eq!(skus, found, "{query}");
    }
}

#[tokio::test]
async fn a_search_that_cannot_be_read_says_what_to_write() {
    let shop = Fixture::filled(AccessTokens::allow_everyone());
    let long = format!("q={}", "a".repeat(257));
    for (query, detail) in [
        ("limit=0", "limit: write a whole number from 1 to 200"),
        ("offset=10001", "offset: write a whole number from 0 to 10000"),
        ("min_price=cheap", "min_price: write an amount such as 49.90"),
        ("max_price=-1", "max_price: write an amount such as 49.90"),
        ("sort=name", "sort: write relevance, price or -price"),
        ("in_stock=yes", "in_stock: write true or false"),
        ("attr.=x", "attr: the attribute code is empty"),
        (&long, "q: at most 256 characters are searched for"),
    ] {
        let answer = shop.get(&format!("/v1/channels/web/search?{query}")).await;
        assert_eq!(
            (answer.status, answer.json()["detail"].as_str()),
            (StatusCode::BAD_REQUEST, Some(detail)),
            "{query}"
        );
    }
}
