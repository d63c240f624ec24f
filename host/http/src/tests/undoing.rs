//! Undoing: what it comes to, and who may ask for it.

use axum::body::Body;
use axum::http::StatusCode;
use rikaste_model::product::DropId;
use rikaste_model::record::DropKind;
use rikaste_model::release::ReleaseNumber;
use rikaste_model::shop_request::{ShopRequest, UndoTarget};

use super::fixture::{JSON, KUUSI, WRONG_TOKEN};
use super::{AccessTokens, Fixture, check, expect};

#[tokio::test]
async fn what_going_back_comes_to_is_told_before() {
    check(
        "/v1/releases/1/rollback",
        expect![[r#"
        200 OK
        cache-control: no-cache
        content-type: application/json
        rikaste-release: 3

        {
          "release": 3,
          "to": 1,
          "products": 2,
          "kept": 1,
          "channels": [
            {
              "channel": "web",
              "label": "Web shop",
              "changed": 1,
              "added": 0,
              "removed": 1
            }
          ],
          "along": [
            {
              "id": 3,
              "file": "products/talvi.csv",
              "at": "2026-11-21T12:00:00+02:00",
              "release": 3
            },
            {
              "id": 2,
              "file": "products/talvi.csv",
              "at": "2026-11-21T12:00:00+02:00",
              "release": 2
            }
          ],
          "more_along": 4,
          "photo_drops": 1
        }"#]],
    )
    .await;
    check(
        "/v1/releases/9/rollback",
        expect![[r#"
        200 OK
        cache-control: no-cache
        content-type: application/json
        rikaste-release: 3

        {
          "release": 3,
          "refusal": {
            "reason": "release 9 is not kept; releases 1 to 2 are",
            "local_reason": "julkaisua 9 ei ole tallessa; tallessa ovat julkaisut 1–2",
            "roll_back_to": 2
          },
          "products": 0,
          "kept": 0,
          "channels": [],
          "along": [],
          "more_along": 0,
          "photo_drops": 0
        }"#]],
    )
    .await;
    check(
        "/v1/receipts/1/undo",
        expect![[r#"
        200 OK
        cache-control: no-cache
        content-type: application/json
        rikaste-release: 3

        {
          "release": 3,
          "undone": {
            "id": 1,
            "file": "products/talvi.csv",
            "at": "2026-11-21T12:00:00+02:00",
            "release": 1
          },
          "products": 2,
          "kept": 1,
          "channels": [
            {
              "channel": "web",
              "label": "Web shop",
              "changed": 1,
              "added": 0,
              "removed": 1
            }
          ],
          "along": [],
          "more_along": 0,
          "photo_drops": 0
        }"#]],
    )
    .await;
}

#[tokio::test]
async fn undoing_is_for_who_may_and_on_the_release_that_was_seen() {
    let shop = Fixture::filled(AccessTokens::new(["kuusi"]));
    let refused = [
        ("/v1/releases/1/rollback?seen=3", WRONG_TOKEN, StatusCode::UNAUTHORIZED),
        ("/v1/releases/1/rollback", KUUSI, StatusCode::BAD_REQUEST),
        ("/v1/releases/1/rollback?seen=2", KUUSI, StatusCode::CONFLICT),
        ("/v1/releases/9/rollback?seen=3", KUUSI, StatusCode::CONFLICT),
        ("/v1/receipts/1/undo?seen=3", WRONG_TOKEN, StatusCode::UNAUTHORIZED),
        ("/v1/receipts/7/undo?seen=3", KUUSI, StatusCode::NOT_FOUND),
        ("/v1/receipts/1/undo?seen=2", KUUSI, StatusCode::CONFLICT),
    ];
    for (address, token, status) in refused {
        let answer = shop.post_with(address, &[token], Body::empty()).await;
        assert_eq!(answer.status, status, "{address}");
    }
    assert_eq!(*shop.requests.lock().expect("nobody panicked"), []);
    for address in ["/v1/releases/1/rollback?seen=3", "/v1/receipts/1/undo?seen=3"] {
        let answer = shop.post_with(address, &[KUUSI], Body::empty()).await;
        assert_eq!(answer.status, StatusCode::ACCEPTED, "{address}");
        assert_eq!(answer.json(), serde_json::json!({ "release": 3 }));
    }
    let undo = |target| ShopRequest::Undo { target, seen: ReleaseNumber(3) };
    let expected = [undo(UndoTarget::Release(ReleaseNumber(1))), undo(UndoTarget::Drop(DropId(1)))];
    assert_eq!(*shop.requests.lock().expect("nobody panicked"), expected);
}

#[tokio::test]
async fn a_product_is_taken_out_and_brought_back_by_an_edit() {
    let shop = Fixture::filled(AccessTokens::new(["kuusi"]));
    let address = "/v1/products/HH-2/offer";
    for (address, token, body, status) in [
        (address, WRONG_TOKEN, r#"{"offered": false}"#, StatusCode::UNAUTHORIZED),
        ("/v1/products/HH-9/offer", KUUSI, r#"{"offered": false}"#, StatusCode::NOT_FOUND),
        (address, KUUSI, r#"{"offered": "no"}"#, StatusCode::BAD_REQUEST),
    ] {
        let answer = shop.post_with(address, &[token, JSON], body).await;
        assert_eq!(answer.status, status, "{address} {token:?} {body}");
    }
    assert_eq!(*shop.requests.lock().expect("nobody panicked"), []);
    for (offered, value) in [(false, "archived"), (true, "")] {
        let body = format!("{{\"offered\": {offered}}}");
        let answer = shop.post_with(address, &[KUUSI, JSON], body).await;
        assert_eq!(answer.status, StatusCode::ACCEPTED);
        let request = shop.requests.lock().expect("nobody panicked").pop();
        let Some(ShopRequest::DropFile { drop_kind: DropKind::Edits, name, text }) = request else {
            panic!("{request:?}");
        };
        assert_eq!(answer.json(), serde_json::json!({ "file": format!("edits/{name}") }));
        assert!(name.starts_with("status-HH-2-"), "{name}");
        assert_eq!(
            text,
            format!("sku,attribute,value,by\nHH-2,status,{value},a line of the tokens file\n")
        );
    }
}
