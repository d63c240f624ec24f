//! Files that are sent: trying them out, and putting them into the inbox.

use axum::body::Body;
use axum::http::StatusCode;
use futures_util::stream;
use rikaste_model::record::DropKind;

use super::fixture::{KUUSI, WRONG_TOKEN};
use super::{AccessTokens, Fixture, expect};
use crate::drops::MAX_FILE_BYTES;

const TRY: &str = "/v1/dry-runs?kind=products&name=talvi.csv";
const DROP: &str = "/v1/drops?kind=products&name=kesa.csv";

/// Address, headers, and the status of the answer.
type RefusedRequest<'a> = (&'a str, &'a [(&'a str, &'a str)], StatusCode);

fn shop() -> Fixture {
    Fixture::filled(AccessTokens::new(["kuusi"]))
}

#[tokio::test]
async fn what_would_become_of_a_file_is_told_and_nothing_is_changed() {
    let shop = shop();
    let answer = shop.post_with(TRY, &[KUUSI], Body::from("sku;väri\nHH-1;sininen\n")).await;
    expect![[r#"
        200 OK
        cache-control: no-cache
        content-type: application/json
        rikaste-release: 3

        {
          "receipt": {
            "file": "products/talvi.csv",
            "kind": "products",
            "outcome": "released",
            "summary": "4 of 5 rows are in release 2; 1 row was refused.",
            "language": "fi",
            "local_summary": "4 riviä 5 rivistä on julkaisussa 2; 1 rivi hylättiin.",
            "release": 2,
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
          },
          "reading": {
            "rows": 1,
            "skipped": 0,
            "columns": [
              {
                "name": "sku",
                "to": "sku",
                "filled": 1,
                "example": "HH-1"
              },
              {
                "name": "väri",
                "filled": 1,
                "example": "HH-1"
              }
            ]
          },
          "in_inbox": "other",
          "changes": [
            {
              "sku": "HH-2",
              "name": "Lamppu",
              "change": "changed",
              "values": [
                {
                  "kind": "stock",
                  "code": "helsinki",
                  "label": "Helsinki, Kamppi",
                  "old": "3",
                  "new": "0",
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
              "more_values": 0
            }
          ],
          "has_more_changes": false
        }"#]]
    .assert_eq(&answer.to_string());
    assert_eq!(*shop.requests.lock().expect("nobody panicked"), []);
    assert_eq!(*shop.placed.lock().expect("nobody panicked"), []);
    assert_eq!(shop.list_uploads(), [""; 0]);
}

#[tokio::test]
async fn a_file_is_put_into_the_inbox_and_replaces_another_only_when_asked() {
    let shop = shop();
    let text = "sku\nHH-1\n";
    let dropped = shop.post_with(DROP, &[KUUSI], Body::from(text)).await;
    assert_eq!(dropped.status, StatusCode::ACCEPTED);
    let body = serde_json::json!({ "file": "products/kesa.csv", "replaced": false });
    assert_eq!(dropped.json(), body);

    let taken = "/v1/drops?kind=prices&name=talvi.csv";
    let answer = shop.post_with(taken, &[KUUSI], Body::from(text)).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    let detail =
        "Another file of this name lies in the inbox; replace=true puts this one in its place.";
    assert_eq!(answer.json()["detail"], detail);
    let answer = shop.post_with(&format!("{taken}&replace=true"), &[KUUSI], Body::from(text)).await;
    let body = serde_json::json!({ "file": "prices/talvi.csv", "replaced": true });
    assert_eq!(answer.json(), body);

    let file = |kind, name: &str| (kind, name.to_owned(), text.to_owned());
    let expected = [file(DropKind::Products, "kesa.csv"), file(DropKind::Prices, "talvi.csv")];
    assert_eq!(*shop.placed.lock().expect("nobody panicked"), expected);
    assert_eq!(shop.list_uploads(), [""; 0]);
}

#[tokio::test]
async fn files_are_taken_of_who_may_send_them() {
    let shop = shop();
    let origin = ("origin", "https://evil.example");
    let refused: [RefusedRequest<'_>; 11] = [
        (TRY, &[], StatusCode::UNAUTHORIZED),
        (TRY, &[WRONG_TOKEN], StatusCode::UNAUTHORIZED),
        (TRY, &[KUUSI, origin], StatusCode::FORBIDDEN),
        (DROP, &[], StatusCode::UNAUTHORIZED),
        (DROP, &[KUUSI, origin], StatusCode::FORBIDDEN),
        ("/v1/dry-runs?name=a.csv", &[KUUSI], StatusCode::BAD_REQUEST),
        ("/v1/dry-runs?kind=images&name=a.jpg", &[KUUSI], StatusCode::BAD_REQUEST),
        ("/v1/dry-runs?kind=products", &[KUUSI], StatusCode::BAD_REQUEST),
        ("/v1/dry-runs?kind=products&name=.talvi.csv", &[KUUSI], StatusCode::BAD_REQUEST),
        ("/v1/dry-runs?kind=products&name=kaikki.zip", &[KUUSI], StatusCode::BAD_REQUEST),
        ("/v1/dry-runs?kind=products&name=a.csv&replace=true", &[KUUSI], StatusCode::BAD_REQUEST),
    ];
    for (address, headers, status) in refused {
        let answer = shop.post_with(address, headers, Body::from("sku\nHH-1\n")).await;
        assert_eq!(answer.status, status, "{address} {headers:?}");
    }
    let open = Fixture::filled(AccessTokens::allow_everyone());
    let answer = open.post_with(TRY, &[origin], Body::from("sku\nHH-1\n")).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "of another site");
    for shop in [shop, open] {
        assert_eq!(*shop.placed.lock().expect("nobody panicked"), []);
        assert_eq!(shop.list_uploads(), [""; 0]);
    }
}

#[tokio::test]
async fn a_file_that_is_too_large_or_breaks_off_is_not_kept() {
    let shop = shop();
    let chunk = vec![b'x'; 16 << 20];
    let chunks = MAX_FILE_BYTES / chunk.len() as u64 + 1;
    let endless = stream::iter((0..chunks).map(move |_| Ok::<_, std::io::Error>(chunk.clone())));
    let answer = shop.post_with(DROP, &[KUUSI], Body::from_stream(endless)).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(
        answer.json()["detail"],
        "At most 256 MiB are taken; put a larger file into the inbox."
    );

    let broken = [Ok("sku\nHH".to_owned()), Err(std::io::Error::other("gone"))];
    let answer = shop.post_with(DROP, &[KUUSI], Body::from_stream(stream::iter(broken))).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert_eq!(*shop.placed.lock().expect("nobody panicked"), []);
    assert_eq!(shop.list_uploads(), [""; 0]);
}

#[test]
fn the_page_says_how_large_a_file_may_be() {
    let page = include_str!("../../pages/drop.js");
    let limit = format!("const MAX_BYTES = {} * 1024 * 1024;", MAX_FILE_BYTES >> 20);
    assert!(page.contains(&limit), "{limit}");
}
