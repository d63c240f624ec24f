use super::{Fixture, Tokens};
use super::fixture::{price, variant, product};
use tower::ServiceExt;
use axum::http::Request;
use axum::body::Body;
use futures_util::StreamExt;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bench() {
    let mut shop = Fixture::empty(Tokens::open());
    let text = "Lämmin ja kevyt takki pitkiin talvipäiviin, jossa on säädettävä huppu ja vedenpitävät saumat. ".repeat(5);
    let mut all = Vec::new();
    for group in 0..20_000 {
        let mut model = product(&format!("M-{group}"), &[("name", Some("fi-FI"), "Takki"), ("name", Some("en-GB"), "Jacket"), ("care", Some("fi-FI"), &text), ("care", Some("en-GB"), &text)]);
        model.content.is_model = true;
        all.push(model);
        for n in 0..5 {
            let mut one = variant(&format!("V-{group}-{n}"), "04006381333931");
            one.content.parent = Some(format!("M-{group}").parse().unwrap());
            one.commerce.prices = vec![price("89.90", None)];
            all.push(one);
        }
    }
    let t = std::time::Instant::now();
    shop.make(&all);
    eprintln!("filled {:?}", t.elapsed());
    for (path, enc) in [("/v1/channels/web/snapshot/1", ""), ("/v1/channels/web/snapshot/1", "zstd"), ("/v1/channels/web/snapshot/1", "gzip"), ("/v1/channels/web/snapshot/1?locale=fi", "zstd")] {
        let t = std::time::Instant::now();
        let response = shop.router.clone().oneshot(Request::get(path).header("Accept-Encoding", enc).body(Body::empty()).unwrap()).await.unwrap();
        let mut stream = response.into_body().into_data_stream();
        let mut n = 0;
        while let Some(c) = stream.next().await { n += c.unwrap().len(); }
        eprintln!("{path} {enc}: {n} bytes {:?}", t.elapsed());
    }
    let tag = shop.get("/v1/channels/web/products/V-10000-1").await.header("etag").to_owned();
    for (name, headers) in [("plain", vec![]), ("304", vec![("If-None-Match", tag.as_str())])] {
        let t = std::time::Instant::now();
        let n = 20_000;
        let router = &shop.router;
        futures_util::stream::iter(0..n).for_each_concurrent(16, |_| { let headers = headers.clone(); async move {
            let mut r = Request::get("/v1/channels/web/products/V-10000-1");
            for (k, v) in headers { r = r.header(k, v); }
            let response = router.clone().oneshot(r.body(Body::empty()).unwrap()).await.unwrap();
            axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
        }}).await;
        eprintln!("{name}: {:.0}/s", f64::from(n) / t.elapsed().as_secs_f64());
    }
    for path in ["/v1/channels/web/search?q=takki&locale=fi", "/v1/channels/web/search?locale=fi&limit=96", "/v1/explain/V-10000-1", "/v1/releases/current"] {
        let t = std::time::Instant::now();
        for _ in 0..200 { shop.get(path).await; }
        eprintln!("{path}: {:?} each", t.elapsed() / 200);
    }
}
