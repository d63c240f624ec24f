//! What every address has in common, photos and pages.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use rikaste_model::photo::ImageFormat;
use serde_json::Value;

use super::described::description;
use super::{AccessTokens, Fixture, expect};
use crate::{ApiServer, serve_api};

#[test]
fn every_address_is_described() {
    let described = description()["paths"].as_object().expect("paths").iter();
    let described = described.flat_map(|(path, methods)| {
        let methods = methods.as_object().expect("methods").keys();
        methods.map(move |method| format!("{method} {path}"))
    });
    expect![[r#"
        delete /v1/session
        get /
        get /assets/{file}
        get /docs
        get /docs/{page}
        get /drop
        get /gaps
        get /metrics
        get /openapi.json
        get /pages/{file}
        get /photos
        get /product
        get /releases
        get /screen
        get /screen/{channel}
        get /seller
        get /seller/{channel}
        get /shop
        get /sign-in
        get /undo
        get /v1/channels
        get /v1/channels/{channel}/changes
        get /v1/channels/{channel}/devices
        get /v1/channels/{channel}/events
        get /v1/channels/{channel}/gaps
        get /v1/channels/{channel}/gaps.csv
        get /v1/channels/{channel}/gtin/{gtin}
        get /v1/channels/{channel}/model
        get /v1/channels/{channel}/products
        get /v1/channels/{channel}/products/{sku}
        get /v1/channels/{channel}/search
        get /v1/channels/{channel}/sitemap.xml
        get /v1/channels/{channel}/sitemap/{part}
        get /v1/channels/{channel}/snapshot
        get /v1/channels/{channel}/snapshot/{release}
        get /v1/channels/{channel}/vocabulary
        get /v1/explain/{sku}
        get /v1/health
        get /v1/photos
        get /v1/plugins
        get /v1/plugins/{name}
        get /v1/ready
        get /v1/receipts
        get /v1/receipts/{id}
        get /v1/receipts/{id}/rejected.csv
        get /v1/receipts/{id}/undo
        get /v1/releases
        get /v1/releases/current
        get /v1/releases/{release}/changes
        get /v1/releases/{release}/rollback
        get /v1/session
        post /v1/channels/{channel}/ack
        post /v1/drops
        post /v1/dry-runs
        post /v1/products/{sku}/offer
        post /v1/receipts/{id}/approve
        post /v1/receipts/{id}/refuse
        post /v1/receipts/{id}/undo
        post /v1/releases/{release}/rollback
        post /v1/session"#]]
    .assert_eq(&described.collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join("\n"));
    assert_eq!(description()["info"]["version"], env!("CARGO_PKG_VERSION"));
}

/// Every operation says what it is for, every parameter and member what it means.
#[test]
fn the_description_leaves_nothing_unsaid() {
    for (path, methods) in description()["paths"].as_object().expect("paths") {
        for (method, operation) in methods.as_object().expect("methods") {
            assert!(operation["summary"].is_string(), "{method} {path}");
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                assert!(parameter["description"].is_string(), "{method} {path}: {parameter}");
            }
        }
    }
    for (name, schema) in description()["components"]["schemas"].as_object().expect("schemas") {
        check_members_described(name, schema);
    }
}

fn check_members_described(name: &str, schema: &Value) {
    for (member, schema) in schema["properties"].as_object().into_iter().flatten() {
        let described = [schema, &schema["oneOf"][0]];
        let is_tag = schema["enum"].as_array().is_some_and(|names| names.len() == 1);
        let is_described = described.iter().any(|one| one["description"].is_string());
        assert!(is_tag || is_described, "{name}.{member}");
        check_members_described(member, schema);
    }
    for part in ["allOf", "oneOf"] {
        let parts = schema[part].as_array().into_iter().flatten();
        parts.for_each(|part| check_members_described(name, part));
    }
}

/// Handlers refuse parameters by name: those that they take are those that are described. A page is for people, so it
/// is served, and says itself what it does not know: the names are in its head.
#[tokio::test]
async fn parameters_are_those_that_are_described() {
    let shop = Fixture::filled(AccessTokens::allow_everyone());
    for (path, methods) in description()["paths"].as_object().expect("paths") {
        for (method, operation) in methods.as_object().expect("methods") {
            let mut described = described_parameters(operation);
            let mut request = request(method, path);
            let address = request.uri().to_string().replace("none/", "web/");
            let uri = format!("{address}?%7e%7e%7e=1").parse().expect("an address");
            *request.uri_mut() = uri;
            let answer = shop.ask(request).await;
            let is_page = operation["tags"][0] == "pages" && !address.ends_with("/style.css");
            let known = match is_page && !path.starts_with("/docs") {
                true => named_parameters(&answer.text()),
                false => offered_parameters(&answer.json()),
            };
            let mut known: Vec<&str> = known.iter().map(String::as_str).collect();
            known.sort_unstable();
            described.sort_unstable();
            assert_eq!(known, described, "{method} {path}");
        }
    }
}

fn described_parameters(operation: &Value) -> Vec<&str> {
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    let names = parameters
        .filter(|parameter| parameter["in"] == "query")
        .map(|parameter| parameter["name"].as_str().expect("a name"));
    names.map(|name| if name == "attributes" { "attr." } else { name }).collect()
}

/// The parameters that a problem says there are.
fn offered_parameters(problem: &Value) -> Vec<String> {
    let detail = problem["detail"].as_str().expect("a detail");
    assert!(detail.contains("there is no such parameter"), "{problem}");
    let known = detail.split_once("this address takes ").map_or("", |(_, known)| known);
    known.split(", ").filter(|name| *name != "none").map(str::to_owned).collect()
}

/// The parameters that a page says it has.
fn named_parameters(page: &str) -> Vec<String> {
    let (_, rest) = page.split_once("<meta name=\"parameters\" content=\"").expect("a page");
    let (names, _) = rest.split_once('"').expect("an end");
    names.split_whitespace().map(str::to_owned).collect()
}

/// Each described method is served with a described status, and a method that is not described
/// is refused.
#[tokio::test]
async fn the_description_has_methods_and_statuses() {
    let shop = Fixture::filled(AccessTokens::allow_everyone());
    for (path, methods) in description()["paths"].as_object().expect("paths") {
        for method in ["get", "post", "put", "delete"] {
            let answer = shop.ask(request(method, path)).await;
            match methods.get(method) {
                None => {
                    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
                }
                Some(operation) => {
                    let status = answer.status.as_u16().to_string();
                    assert!(
                        operation["responses"].get(&status).is_some(),
                        "{method} {path}: {status}"
                    );
                    assert_eq!(answer.header("rikaste-release"), "3", "{method} {path}");
                    assert_eq!(
                        answer.header("x-content-type-options"),
                        "nosniff",
                        "{method} {path}"
                    );
                }
            }
        }
    }
}

/// A request that an address can answer, but for event streams, which do not end.
fn request(method: &str, path: &str) -> Request<Body> {
    let address = path
        .replace("{channel}/events", "none/events")
        .replace("{channel}", "web")
        .replace("{sku}", "HH-2")
        .replace("{gtin}", "4006381333931")
        .replace("{release}", "3")
        .replace("{part}", "1")
        .replace("{id}", "1")
        .replace("{file}", "style.css")
        .replace("{page}", "photos");
    Request::builder()
        .method(method.to_uppercase().as_str())
        .uri(address)
        .body(Body::empty())
        .expect("a request")
}

#[tokio::test]
async fn a_picture_is_what_its_name_says_and_nothing_else() {
    let shop = Fixture::filled(AccessTokens::new(["kuusi"]));
    let name = shop.rendition(7, ImageFormat::Jpeg, b"<script>not really a photo</script>");
    expect![[r#"
        200 OK
        accept-ranges: bytes
        cache-control: public, max-age=31536000, immutable
        content-security-policy: default-src 'none'; sandbox
        content-type: image/jpeg
        etag: "00000000000000000000000000000007-jpg"
        rikaste-release: 3

        <script>not really a photo</script>"#]]
    .assert_eq(&shop.get(&format!("/assets/{name}.jpg")).await.to_string());
    let tag = format!("\"{name}-jpg\"");
    let again = shop.get_with(&format!("/assets/{name}.jpg"), &[("If-None-Match", &tag)]).await;
    assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0));
    let hash = shop.photo(b"GPS: 60.17, 24.94");
    let other = "0".repeat(32);
    expect![[r#"
        404 Not Found
        cache-control: no-store
        content-type: application/problem+json
        rikaste-release: 3

        {
          "type": "urn:rikaste:problem:unknown-photo",
          "title": "There is no such photo",
          "status": 404,
          "detail": "There is no photo at this address; documents name the addresses of theirs."
        }"#]]
    .assert_eq(&shop.get(&format!("/assets/{hash}.jpg")).await.to_string());
    for nothing in [
        format!("/assets/{name}.webp"),
        format!("/assets/{name}.svg"),
        format!("/assets/{other}.jpg"),
        format!("/assets/{other}"),
        format!("/assets/{hash}"),
    ] {
        assert_eq!(shop.get(&nothing).await.status, StatusCode::NOT_FOUND, "{nothing}");
    }
}

#[tokio::test]
async fn who_says_what_it_takes_is_given_the_smallest() {
    let shop = Fixture::filled(AccessTokens::allow_everyone());
    let name = shop.rendition(7, ImageFormat::Jpeg, b"jpeg");
    shop.rendition(7, ImageFormat::WebP, b"webp");
    let only = shop.rendition(8, ImageFormat::WebP, b"only webp");
    let given = async |name, accept: &str| {
        let answer = shop.get_with(&format!("/assets/{name}"), &[("Accept", accept)]).await;
        assert_eq!(answer.header("vary"), "accept");
        format!("{} {}", answer.header("content-type"), answer.text())
    };
    let chrome = "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8";
    assert_eq!(given(name, chrome).await, "image/webp webp");
    assert_eq!(given(name, "*/*").await, "image/jpeg jpeg");
    assert_eq!(given(name, "image/webp;q=0, */*").await, "image/jpeg jpeg");
    assert_eq!(given(only, "*/*").await, "image/webp only webp");
    #[cfg(feature = "avif")]
    {
        shop.rendition(7, ImageFormat::Avif, b"avif");
        let only = shop.rendition(9, ImageFormat::Avif, b"only avif");
        assert_eq!(given(name, chrome).await, "image/avif avif");
        assert_eq!(given(name, "image/webp,*/*").await, "image/webp webp");
        assert_eq!(given(name, "*/*").await, "image/jpeg jpeg");
        assert_eq!(given(only, "*/*").await, "image/avif only avif");
    }
}

#[tokio::test]
async fn a_film_comes_in_parts_and_a_large_file_whole() {
    let shop = Fixture::filled(AccessTokens::allow_everyone());
    let mut bytes = b"\0\0\0\x14ftypisom\0\0\0\0isom".to_vec();
    bytes.extend((0..500_000_u32).flat_map(u32::to_le_bytes).take(900_000 - bytes.len()));
    let film = format!("/assets/{}.mp4", shop.photo(&bytes));
    let answer = shop.get_with(&film, &[("Accept-Encoding", "gzip, zstd")]).await;
    assert!(answer.body == bytes);
    assert_eq!(
        (answer.header("content-length"), answer.header("content-encoding")),
        ("900000", "")
    );
    let part = shop.get_with(&film, &[("Range", "bytes=70000-200000")]).await;
    assert_eq!(part.status, StatusCode::PARTIAL_CONTENT);
    assert_eq!(part.header("content-range"), "bytes 70000-200000/900000");
    assert!(part.body == bytes[70_000..=200_000]);
    let tag = part.header("etag").to_owned();
    let of_this = shop.get_with(&film, &[("Range", "bytes=-1"), ("If-Range", &tag)]).await;
    assert_eq!(of_this.body, [bytes[899_999]]);
    let of_another = shop.get_with(&film, &[("Range", "bytes=-1"), ("If-Range", "\"x\"")]).await;
    assert_eq!(of_another.status, StatusCode::OK);
    let beyond = shop.get_with(&film, &[("Range", "bytes=900000-")]).await;
    assert_eq!(beyond.status, StatusCode::RANGE_NOT_SATISFIABLE);
    assert_eq!(beyond.header("content-range"), "bytes */900000");
}

#[tokio::test]
async fn a_photo_is_not_given_under_the_name_of_a_film() {
    let shop = Fixture::filled(AccessTokens::allow_everyone());
    let jpeg = shop.photo(b"\xff\xd8\xff\xe1\0\x10Exif");
    let heic = shop.photo(b"\0\0\0\x18ftypheic");
    let leaflet = shop.photo(b"%PDF-1.7");
    for (name, status) in [
        (format!("{jpeg}.mp4"), StatusCode::NOT_FOUND),
        (format!("{jpeg}.pdf"), StatusCode::NOT_FOUND),
        (format!("{heic}.mov"), StatusCode::NOT_FOUND),
        (format!("{leaflet}.webm"), StatusCode::NOT_FOUND),
        (format!("{leaflet}.pdf"), StatusCode::OK),
    ] {
        assert_eq!(shop.get(&format!("/assets/{name}")).await.status, status, "{name}");
    }
}

#[tokio::test]
async fn pages_are_guarded() {
    let shop = Fixture::filled(AccessTokens::new(["kuusi"]));
    for address in ["/", "/shop", "/screen", "/screen/web", "/seller", "/seller/none", "/photos"] {
        let page = shop.get(address).await;
        assert_eq!(
            (page.status, page.header("content-type")),
            (StatusCode::OK, "text/html; charset=utf-8")
        );
        assert!(page.header("content-security-policy").starts_with("default-src 'self'"));
        let again = shop.get_with(address, &[("If-None-Match", page.header("etag"))]).await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    }
    let worker = shop.get("/pages/service-worker.js").await;
    assert_eq!(worker.header("service-worker-allowed"), "/");
    assert_eq!(worker.header("content-type"), "text/javascript; charset=utf-8");
}

#[tokio::test(flavor = "multi_thread")]
async fn streams_end_when_the_program_does() {
    let shop = Fixture::filled(AccessTokens::allow_everyone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("it is bound");
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let interface = Arc::new(ApiServer::new(shop.served()));
    let server = tokio::spawn(async move {
        serve_api(listener, &interface, async { drop(stopped.await) }).await
    });
    let listening = tokio::task::spawn_blocking(move || {
        let mut events = TcpStream::connect(address).expect("it listens");
        events.set_read_timeout(Some(Duration::from_secs(5))).expect("set");
        events
            .write_all(b"GET /v1/channels/web/events HTTP/1.1\r\nHost: shop\r\n\r\n")
            .expect("sent");
        let (mut heard, mut chunk) = (Vec::new(), [0; 1024]);
        while !String::from_utf8_lossy(&heard).contains("id: 3") {
            let length = events.read(&mut chunk).expect("an event comes");
            assert_ne!(length, 0, "the stream ended");
            heard.extend_from_slice(&chunk[..length]);
        }
        stop.send(()).expect("the server waits for it");
        events.read_to_end(&mut heard).expect("the stream ends");
        heard
    });
    assert!(listening.await.expect("it heard").ends_with(b"0\r\n\r\n"));
    server.await.expect("it ended").expect("without an error");
}
