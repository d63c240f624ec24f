//! Sitemaps. In tests a file has at most 8 addresses.

use axum::http::StatusCode;

use super::fixture::ExtraKeys;
use super::{AccessTokens, Fixture, expect};

fn shop(extra: &ExtraKeys) -> Fixture {
    Fixture::filled_with(AccessTokens::new(["kuusi"]), extra)
}

#[tokio::test]
async fn a_channel_says_where_the_site_shows_its_products() {
    let url = "product_url = \"https://shop.example/p?sku={sku}&v=1\"\n";
    let shop = shop(&ExtraKeys { web: url, ..ExtraKeys::default() });
    let map = shop.get("/v1/channels/web/sitemap.xml").await;
    expect![[r#"
        200 OK
        cache-control: no-cache
        content-type: application/xml
        etag: "a7c7d3b852964c020088e8426f89dc84"
        rikaste-release: 3

        <?xml version="1.0" encoding="UTF-8"?>
        <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
        <url><loc>https://shop.example/p?sku=HH-1-S&amp;v=1</loc></url>
        <url><loc>https://shop.example/p?sku=HH-2&amp;v=1</loc></url>
        </urlset>
    "#]].assert_eq(&map.to_string());
    let again = [("If-None-Match", map.header("etag"))];
    let again = shop.get_with("/v1/channels/web/sitemap.xml", &again).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    let part = shop.get("/v1/channels/web/sitemap/1").await;
    assert_eq!(part.text(), map.text());
    let missing = shop.get("/v1/channels/web/sitemap/2").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_large_channel_has_parts_and_each_address_names_its_alternates() {
    let url = "product_url = \"https://shop.example/{locale}/{sku}\"\n";
    let web = "[web]\nurl = \"https://pim.example/pim\"\n";
    let shop = shop(&ExtraKeys { web: url, shop: web, ..ExtraKeys::default() });
    expect![[r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
        <sitemap><loc>https://pim.example/pim/v1/channels/web/sitemap/1</loc></sitemap>
        <sitemap><loc>https://pim.example/pim/v1/channels/web/sitemap/2</loc></sitemap>
        </sitemapindex>
    "#]]
    .assert_eq(&shop.get("/v1/channels/web/sitemap.xml").await.text());
    let parts = ["1", "2"].map(|part| format!("/v1/channels/web/sitemap/{part}"));
    let [first, second] = [shop.get(&parts[0]).await, shop.get(&parts[1]).await];
    expect![[r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
        <url><loc>https://shop.example/fi-FI/HH-1-S</loc><xhtml:link rel="alternate" hreflang="fi-FI" href="https://shop.example/fi-FI/HH-1-S"/><xhtml:link rel="alternate" hreflang="en-GB" href="https://shop.example/en-GB/HH-1-S"/><xhtml:link rel="alternate" hreflang="x-default" href="https://shop.example/fi-FI/HH-1-S"/></url><url><loc>https://shop.example/en-GB/HH-1-S</loc><xhtml:link rel="alternate" hreflang="fi-FI" href="https://shop.example/fi-FI/HH-1-S"/><xhtml:link rel="alternate" hreflang="en-GB" href="https://shop.example/en-GB/HH-1-S"/><xhtml:link rel="alternate" hreflang="x-default" href="https://shop.example/fi-FI/HH-1-S"/></url>
        </urlset>
    "#]].assert_eq(&first.text());
    assert!(second.text().contains("<loc>https://shop.example/en-GB/HH-2</loc>"));
    assert_ne!(first.header("etag"), second.header("etag"));
}

#[tokio::test]
async fn what_a_sitemap_lacks_is_said() {
    let url = "product_url = \"https://shop.example/{locale}/{sku}\"\n";
    let shop = shop(&ExtraKeys { web: url, ..ExtraKeys::default() });
    let detail = async |address: &str, headers: &[(&str, &str)]| {
        let answer = shop.get_with(address, headers).await;
        (answer.status.as_u16(), answer.json()["detail"].as_str().expect("text").to_owned())
    };
    let token = [("Authorization", "Bearer kuusi")];
    assert_eq!(
        detail("/v1/channels/company/sitemap.xml", &token).await,
        (404, "The channel company does not say where the shop's site shows a product: write product_url into channels/company.toml.".to_owned())
    );
    assert_eq!(
        detail("/v1/channels/web/sitemap.xml", &[]).await,
        (404, "The sitemap has 2 parts, and an index has to name their whole addresses: write url under [web] in shop.toml.".to_owned())
    );
    assert_eq!(
        detail("/v1/channels/web/sitemap/3", &[]).await,
        (404, "There is no such part; the sitemap has parts 1 to 2.".to_owned())
    );
}
