//! Who may read what, and what devices say.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use rikaste_model::product::ContentHash;
use rikaste_model::shop_request::ShopRequest;

use super::fixture::{KUUSI, WRONG_TOKEN};
use super::{AccessTokens, Fixture, check, expect};
use crate::DeviceAck;

#[tokio::test]
async fn what_is_not_public_needs_a_token() {
    let shop = Fixture::filled(AccessTokens::new(["kuusi"]));
    let token = ("Authorization", "Bearer kuusi");
    for address in [
        "/v1/channels/company/snapshot/3",
        "/v1/channels/company/model",
        "/v1/explain/HH-2",
        "/v1/receipts",
        "/v1/receipts/1",
        "/v1/photos",
        "/v1/channels/web/devices",
    ] {
        assert_eq!(shop.get(address).await.status, StatusCode::UNAUTHORIZED, "{address}");
        assert_eq!(shop.get_with(address, &[token]).await.status, StatusCode::OK, "{address}");
    }
    expect![[r#"
        401 Unauthorized
        cache-control: no-store
        content-type: application/problem+json
        rikaste-release: 3
        www-authenticate: Bearer realm="rikaste"

        {
          "type": "urn:rikaste:problem:token-needed",
          "title": "A token is needed",
          "status": 401,
          "detail": "This is not public; sign in at /sign-in, or send the header \"Authorization: Bearer …\" with a token of the shop."
        }"#]].assert_eq(&shop.get("/v1/explain/HH-2").await.to_string());
    expect![[r#"
        401 Unauthorized
        cache-control: no-store
        content-type: application/problem+json
        rikaste-release: 3
        www-authenticate: Bearer realm="rikaste", error="invalid_token"

        {
          "type": "urn:rikaste:problem:token-needed",
          "title": "A token is needed",
          "status": 401,
          "detail": "The shop does not know this token; it may be revoked. Ask who runs the shop for another."
        }"#]]
    .assert_eq(
        &shop.get_with("/v1/receipts", &[("Authorization", "Bearer kuus")]).await.to_string(),
    );
    let private = shop.get_with("/v1/channels/company/snapshot/3", &[token]).await;
    assert_eq!(private.header("cache-control"), "private, max-age=31536000, immutable");
}

#[tokio::test]
async fn without_a_token_private_channels_are_not_heard_of() {
    let shop = Fixture::filled(AccessTokens::new(["kuusi"]));
    let token = ("Authorization", "Bearer kuusi");
    for address in
        ["/v1/channels", "/v1/releases/current", "/v1/releases", "/v1/channels/none/changes"]
    {
        let (all, public) = (shop.get_with(address, &[token]).await, shop.get(address).await);
        assert!(all.text().contains("company"), "{address}");
        assert!(!public.text().contains("company"), "{address}");
    }
    assert_ne!(
        shop.get("/v1/releases/current").await.header("etag"),
        shop.get_with("/v1/releases/current", &[token]).await.header("etag")
    );
}

#[tokio::test]
async fn a_device_says_what_it_shows() {
    let shop = Fixture::filled(AccessTokens::allow_everyone());
    expect![[r#"
        202 Accepted
        cache-control: no-cache
        content-type: application/json
        rikaste-release: 3

        {
          "current": 3,
          "behind": 2
        }"#]]
    .assert_eq(
        &shop
            .post("/v1/channels/web/ack", r#"{"device": " till-3 ", "release": 1}"#)
            .await
            .to_string(),
    );
    let heard: Vec<_> = shop
        .acks
        .lock()
        .expect("nobody panicked")
        .iter()
        .map(|DeviceAck { channel, device, release, .. }| format!("{channel} {device} {release}"))
        .collect();
    assert_eq!(heard, ["web till-3 1"]);
}

#[tokio::test]
async fn a_device_that_says_nonsense_is_told_what_to_say() {
    let shop = Fixture::filled(AccessTokens::allow_everyone());
    let long = format!(r#"{{"device": "{}", "release": 1}}"#, "a".repeat(65));
    let huge = format!(r#"{{"device": "{}", "release": 1}}"#, "a".repeat(5_000));
    for (body, status) in [
        (r#"{"device": "till-3", "release": 4}"#, 400),
        (r#"{"device": "", "release": 1}"#, 400),
        (r#"{"device": "a\u0007", "release": 1}"#, 400),
        (r#"{"device": "a", "release": -1}"#, 400),
        (r#"{"device": "a"}"#, 400),
        (r#"{"device": "a", "release": 1, "more": 2}"#, 400),
        ("[", 400),
        (&long, 400),
        (&huge, 413),
    ] {
        let answer = shop.post("/v1/channels/web/ack", body).await;
        assert_eq!(
            (answer.status.as_u16(), answer.header("content-type")),
            (status, "application/problem+json"),
            "{body}"
        );
    }
    let plain = Request::post("/v1/channels/web/ack")
        .body(Body::from(r#"{"device": "a", "release": 1}"#))
        .expect("a request");
    assert_eq!(shop.ask(plain).await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert_eq!(shop.acks.lock().expect("nobody panicked").len(), 0);
    expect![[r#"
        400 Bad Request
        cache-control: no-store
        content-type: application/problem+json
        rikaste-release: 3

        {
          "type": "urn:rikaste:problem:bad-body",
          "title": "The body cannot be read",
          "status": 400,
          "detail": "Failed to deserialize the JSON body into the target type: missing field `release` at line 1 column 15; write {\"device\": \"till-3\", \"release\": 12}"
        }"#]].assert_eq(&shop.post("/v1/channels/web/ack", r#"{"device": "a"}"#).await.to_string());
}

#[tokio::test]
async fn an_unknown_channel_names_those_there_are() {
    check(
        "/v1/channels/wep/snapshot",
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
}

#[tokio::test]
async fn hostile_addresses_are_problems() {
    let shop = Fixture::filled(AccessTokens::allow_everyone());
    let long = format!("/v1/channels/web/search?q={}", "a".repeat(5_000));
    for address in [
        "/v1/channels/%ff/snapshot",
        "/v1/channels/web/products/%ff",
        "/v1/channels/web/snapshot/99999999999999999999",
        "/v1/channels/web/snapshot/-1",
        "/v1/channels/web/changes?since=18446744073709551615",
        "/v1/channels/web/products/HH-2?as_of=999999-01-01",
        "/v1/receipts/4294967296",
        "/assets/../../etc/passwd",
        "/assets/zz.png",
        "/pages/..%2f..%2fCargo.toml",
        "/pages/none.js",
        "/v2",
        &long,
    ] {
        let answer = shop.get(address).await;
        assert!(answer.status.is_client_error(), "{address}: {}", answer.status);
        assert_eq!(answer.header("content-type"), "application/problem+json", "{address}");
        assert_eq!(answer.header("rikaste-release"), "3", "{address}");
    }
}

#[tokio::test]
async fn a_browser_signs_in_with_a_cookie_and_out_again() {
    let shop = Fixture::filled(AccessTokens::new(["kuusi"]));
    assert_eq!(
        shop.get("/v1/session").await.json(),
        serde_json::json!({ "open": false, "scopes": [] })
    );
    let wrong = shop.post("/v1/session", r#"{"token": "kuus"}"#).await;
    assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
    assert_eq!(wrong.header("set-cookie"), "");
    let signed_in = shop.post("/v1/session", r#"{"token": "kuusi"}"#).await;
    assert_eq!(signed_in.status, StatusCode::OK);
    assert_eq!(
        signed_in.header("set-cookie"),
        "rikaste_token=kuusi; Max-Age=31536000; Path=/; HttpOnly; SameSite=Strict"
    );
    let cookie = ("Cookie", "rikaste_token=kuusi");
    assert_eq!(shop.get_with("/v1/receipts", &[cookie]).await.status, StatusCode::OK);
    assert_eq!(
        shop.get_with("/v1/session", &[cookie]).await.json()["scopes"],
        serde_json::json!(["manage"])
    );
    let ask = |method: &str, headers: &[(&str, &str)], body: &'static str| {
        let request = Request::builder().method(method).uri("/v1/session");
        let request = request.header("content-type", "application/json");
        let request =
            headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        shop.ask(request.body(Body::from(body)).expect("a request"))
    };
    let behind_tls = [("X-Forwarded-Proto", "https")];
    let secure = ask("POST", &behind_tls, r#"{"token": "kuusi"}"#).await;
    assert!(secure.header("set-cookie").ends_with("; Secure"));
    let foreign = [("Host", "shop.example"), ("Origin", "https://evil.example")];
    for (method, body) in [("POST", r#"{"token": "kuusi"}"#), ("DELETE", "")] {
        let refused = ask(method, &foreign, body).await;
        assert_eq!((refused.status, refused.header("set-cookie")), (StatusCode::FORBIDDEN, ""));
    }
    let signed_out = ask("DELETE", &[], "").await;
    assert_eq!(signed_out.status, StatusCode::NO_CONTENT);
    assert!(signed_out.header("set-cookie").starts_with("rikaste_token=; Max-Age=0;"));
}

#[tokio::test]
async fn only_a_file_that_waits_is_answered_and_only_by_who_may() {
    let mut shop = Fixture::filled(AccessTokens::new(["kuusi"]));
    let held = shop.hold_file("products/range.csv");
    let (file, hash) = ("products/range.csv".to_owned(), ContentHash::hash_bytes(b"talvi"));
    let answers = [
        ("approve", ShopRequest::ApproveDrop { file: file.clone(), hash }),
        ("refuse", ShopRequest::RefuseDrop { file, hash }),
    ];
    for (answer, expected) in answers {
        for (receipt, token, status) in [
            (held, WRONG_TOKEN, StatusCode::UNAUTHORIZED),
            (99_999, KUUSI, StatusCode::NOT_FOUND),
            (1, KUUSI, StatusCode::CONFLICT),
        ] {
            let address = format!("/v1/receipts/{receipt}/{answer}");
            let refused = shop.post_with(&address, &[token], Body::empty()).await;
            assert_eq!(refused.status, status, "{address}");
        }
        assert_eq!(*shop.requests.lock().expect("nobody panicked"), []);
        let address = format!("/v1/receipts/{held}/{answer}");
        let answered = shop.post_with(&address, &[KUUSI], Body::empty()).await;
        assert_eq!(answered.status, StatusCode::ACCEPTED);
        assert_eq!(answered.json(), serde_json::json!({ "file": "products/range.csv" }));
        let requests = std::mem::take(&mut *shop.requests.lock().expect("nobody panicked"));
        assert_eq!(requests, [expected]);
    }
}
