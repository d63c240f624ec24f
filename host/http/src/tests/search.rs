//! Search.

use axum::http::StatusCode;

use super::{AccessTokens, Fixture, expect};

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
          "facet_labels": {
            "category": "categories",
            "brand": "brand",
            "family": "family",
            "attr.color": "color"
          },
          "price_range": {
            "min": "89.90 EUR",
            "max": "89.90 EUR"
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
        ("sort=name", &["HH-2", "HH-1-S"]),
        ("sort=name&locale=en", &["HH-1-S", "HH-2"]),
        ("sort=newest", &["HH-2", "HH-1-S"]),
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
        ("sort=rating", "sort: write relevance, price, -price, name or newest"),
        ("in_stock=yes", "in_stock: write true or false"),
        ("attr.=x", "attr: the attribute code is empty"),
        ("attr.colour=x", "attr.colour: the channel has no such facet; did you mean attr.color?"),
        ("attr.nope=x", "attr.nope: the channel has no such facet; it has attr.color"),
        ("attr.name=x", "attr.name: the channel has no such facet; it has attr.color"),
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
