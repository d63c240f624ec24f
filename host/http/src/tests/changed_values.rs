//! What changed in a release, and what products lack.

use axum::http::StatusCode;

use super::{AccessTokens, Fixture, check, expect};

#[tokio::test]
async fn old_and_new_values_are_told_by_product() {
    check("/v1/releases/2/changes", expect![[r#""#]]).await;
    check("/v1/releases/3/changes", expect![[r#""#]]).await;
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
    check("/v1/channels/web/gaps", expect![[r#""#]]).await;
    check("/v1/channels/web/gaps?locale=fi-FI", expect![[r#""#]]).await;
    check("/v1/channels/web/gaps.csv?locale=en-GB", expect![[r#""#]]).await;
    check("/v1/channels/web/gaps?only=some", expect![[r#""#]]).await;
    check("/v1/channels/wbe/gaps", expect![[r#""#]]).await;
    let shop = Fixture::filled(AccessTokens::new(["kuusi"]));
    for address in ["/v1/channels/web/gaps", "/v1/channels/web/gaps.csv"] {
        assert_eq!(shop.get(address).await.status, StatusCode::UNAUTHORIZED, "{address}");
    }
}
