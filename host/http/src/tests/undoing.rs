//! Undoing: what it comes to, and who may ask for it.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use rikaste_model::product::DropId;
use rikaste_model::release::ReleaseNumber;
use rikaste_model::shop_request::{ShopRequest, UndoTarget};

use super::{AccessTokens, Fixture, check, expect};

#[tokio::test]
async fn what_going_back_comes_to_is_told_before() {
    check("/v1/releases/1/rollback", expect![[r#""#]]).await;
    check("/v1/releases/9/rollback", expect![[r#""#]]).await;
    check("/v1/receipts/1/undo", expect![[r#""#]]).await;
}

#[tokio::test]
async fn undoing_is_for_who_may_and_on_the_release_that_was_seen() {
    let shop = Fixture::filled(AccessTokens::new(["kuusi"]));
    let ask = |address: &str, token: &str| {
        let request = Request::post(address).header("authorization", format!("Bearer {token}"));
        shop.ask(request.body(Body::empty()).expect("a request"))
    };
    let refused = [
        ("/v1/releases/1/rollback?seen=3", "kuus", StatusCode::UNAUTHORIZED),
        ("/v1/releases/1/rollback", "kuusi", StatusCode::BAD_REQUEST),
        ("/v1/releases/1/rollback?seen=2", "kuusi", StatusCode::CONFLICT),
        ("/v1/releases/9/rollback?seen=3", "kuusi", StatusCode::CONFLICT),
        ("/v1/receipts/1/undo?seen=3", "kuus", StatusCode::UNAUTHORIZED),
        ("/v1/receipts/7/undo?seen=3", "kuusi", StatusCode::NOT_FOUND),
        ("/v1/receipts/1/undo?seen=2", "kuusi", StatusCode::CONFLICT),
    ];
    for (address, token, status) in refused {
        assert_eq!(ask(address, token).await.status, status, "{address}");
    }
    assert_eq!(*shop.requests.lock().expect("nobody panicked"), []);
    for address in ["/v1/releases/1/rollback?seen=3", "/v1/receipts/1/undo?seen=3"] {
        let answer = ask(address, "kuusi").await;
        assert_eq!(answer.status, StatusCode::ACCEPTED, "{address}");
        assert_eq!(answer.json(), serde_json::json!({ "release": 3 }));
    }
    let undo = |target| ShopRequest::Undo { target, seen: ReleaseNumber(3) };
    let expected = [undo(UndoTarget::Release(ReleaseNumber(1))), undo(UndoTarget::Drop(DropId(1)))];
    assert_eq!(*shop.requests.lock().expect("nobody panicked"), expected);
}
