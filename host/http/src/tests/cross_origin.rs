//! What pages of other sites may read.

use axum::body::Body;
use axum::http::{Request, StatusCode};

use super::fixture::{Answer, ExtraKeys};
use super::{AccessTokens, Fixture, expect};

const SHOP: (&str, &str) = ("Origin", "https://shop.example");
const ORDERS: (&str, &str) = ("Origin", "https://orders.example");
const EVIL: (&str, &str) = ("Origin", "https://evil.example");

/// A shop whose web channel pages of one site may read, and its private channel those of another.
fn shop() -> Fixture {
    let extra = ExtraKeys {
        web: "origins = [\"https://shop.example\"]\n",
        company: "origins = [\"https://orders.example\"]\n",
        ..ExtraKeys::default()
    };
    Fixture::filled_with(AccessTokens::new(["kuusi"]), &extra)
}

/// Status and what a browser looks at.
fn show(answer: &Answer) -> String {
    let mut lines = vec![answer.status.to_string()];
    let headers = answer
        .headers
        .iter()
        .filter(|(name, _)| name.as_str().starts_with("access-control") || name.as_str() == "vary");
    let headers = headers.map(|(name, value)| format!("{name}: {}", value.to_str().unwrap_or("?")));
    // Answers that may be compressed vary by that, too.
    lines.extend(headers.filter(|line| line != "vary: accept-encoding"));
    lines.sort();
    lines.join("\n")
}

async fn ask(shop: &Fixture, method: &str, address: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::builder().method(method).uri(address);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    shop.answer(request.body(Body::empty()).expect("a request")).await
}

#[tokio::test]
async fn a_page_reads_the_channel_that_names_its_origin() {
    let shop = shop();
    let products = "/v1/channels/web/products/HH-2";
    expect![[r#"
        200 OK
        access-control-allow-origin: https://shop.example
        access-control-expose-headers: Content-Range, ETag, Retry-After, Rikaste-Release, WWW-Authenticate
        vary: origin"#]]
    .assert_eq(&show(&shop.get_with(products, &[SHOP]).await));
    expect![[r#"
        200 OK
        vary: origin"#]]
    .assert_eq(&show(&shop.get_with(products, &[EVIL]).await));
    assert_eq!(show(&shop.get(products).await), "200 OK\nvary: origin");
    for address in [
        "/v1/channels/web/snapshot/3",
        "/v1/channels/web/snapshot",
        "/v1/channels/web/changes?since=1",
        "/v1/channels/web/search?q=takki",
        "/v1/channels/web/products/none",
        "/v1/channels/web/changes?since=x",
        "/v1/releases/current",
        "/v1/channels",
        "/openapi.json",
        "/assets/none.jpg",
    ] {
        let answer = shop.get_with(address, &[SHOP]).await;
        assert_eq!(answer.header("access-control-allow-origin"), SHOP.1, "{address}");
        assert_eq!(answer.header("access-control-allow-credentials"), "", "{address}");
        let other = shop.get_with(address, &[EVIL]).await;
        assert_eq!(other.header("access-control-allow-origin"), "", "{address}");
        assert!(other.headers.get_all("vary").iter().any(|vary| vary == "origin"), "{address}");
    }
    for address in
        ["/", "/v1/receipts", "/v1/session", "/v1/explain/HH-2", "/metrics", "/v1/photos"]
    {
        let answer = shop.get_with(address, &[SHOP]).await;
        assert_eq!(answer.header("access-control-allow-origin"), "", "{address}");
    }
}

#[tokio::test]
async fn a_page_reads_a_private_channel_with_a_token_only() {
    let shop = shop();
    let products = "/v1/channels/company/products/HH-2";
    let token = ("Authorization", "Bearer kuusi");
    let read = shop.get_with(products, &[ORDERS, token]).await;
    assert_eq!(
        (read.status, read.header("access-control-allow-origin")),
        (StatusCode::OK, ORDERS.1)
    );
    let refused = shop.get_with(products, &[ORDERS]).await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    assert_eq!(refused.header("access-control-allow-origin"), ORDERS.1);
    let other = shop.get_with(products, &[SHOP, token]).await;
    assert_eq!(other.header("access-control-allow-origin"), "");
    let asked = [ORDERS, ("Access-Control-Request-Method", "GET")];
    expect![[r#"
        204 No Content
        access-control-allow-headers: Authorization, Cache-Control, Content-Type, If-None-Match, If-Range, Last-Event-ID, Range
        access-control-allow-methods: GET, HEAD
        access-control-allow-origin: https://orders.example
        access-control-expose-headers: Content-Range, ETag, Retry-After, Rikaste-Release, WWW-Authenticate
        access-control-max-age: 7200
        vary: origin"#]]
    .assert_eq(&show(&ask(&shop, "OPTIONS", products, &asked).await));
}

#[tokio::test]
async fn a_browser_is_told_what_a_page_may_not_do() {
    let shop = shop();
    let preflight = async |address: &str, origin, method| {
        let headers = [origin, ("Access-Control-Request-Method", method)];
        let answer = ask(&shop, "OPTIONS", address, &headers).await;
        let detail = answer.json()["detail"].as_str().expect("a detail").to_owned();
        (answer.status.as_u16(), answer.header("access-control-allow-methods").to_owned(), detail)
    };
    let refused = |detail: &str| (403, String::new(), detail.to_owned());
    let unlisted = refused(
        "Pages of this origin may not read this; the key `origins` of a channel lists those that may.",
    );
    let search = "/v1/channels/web/search";
    assert_eq!(preflight(search, EVIL, "GET").await, unlisted);
    assert_eq!(preflight("/v1/channels/company/search", SHOP, "GET").await, unlisted);
    assert_eq!(preflight("/v1/channels/none/search", SHOP, "GET").await, unlisted);
    assert_eq!(preflight("/v1/receipts", SHOP, "GET").await, unlisted);
    assert_eq!(
        preflight("/v1/channels/web/ack", SHOP, "POST").await,
        refused("Pages of other sites may only read: they may send GET and HEAD.")
    );
    let ack = shop.ask(
        Request::post("/v1/channels/web/ack")
            .header(SHOP.0, SHOP.1)
            .header("Content-Type", "application/json")
            .body(Body::from("{\"device\":\"a\",\"release\":3}"))
            .expect("a request"),
    );
    assert_eq!(ack.await.header("access-control-allow-origin"), "");
    let plain = ask(&shop, "OPTIONS", search, &[SHOP]).await;
    assert_eq!(plain.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn every_origin_reads_a_channel_that_says_so_and_nothing_is_read_without_a_word() {
    let extra = ExtraKeys { web: "origins = \"*\"\n", ..ExtraKeys::default() };
    let shop = Fixture::filled_with(AccessTokens::new(["kuusi"]), &extra);
    let answer = shop.get_with("/v1/channels/web/search", &[EVIL]).await;
    expect![[r#"
        200 OK
        access-control-allow-origin: *
        access-control-expose-headers: Content-Range, ETag, Retry-After, Rikaste-Release, WWW-Authenticate"#]]
    .assert_eq(&show(&answer));
    let asked = [EVIL, ("Access-Control-Request-Method", "GET")];
    let preflight = ask(&shop, "OPTIONS", "/v1/releases/current", &asked).await;
    assert_eq!(
        (preflight.status, preflight.header("access-control-allow-origin")),
        (StatusCode::NO_CONTENT, "*")
    );
    let private = shop.get_with("/v1/channels/company/search", &[EVIL]).await;
    assert_eq!(private.header("access-control-allow-origin"), "");
    let silent = Fixture::filled(AccessTokens::new(["kuusi"]));
    assert_eq!(show(&silent.get_with("/v1/channels/web/search", &[EVIL]).await), "200 OK");
}
