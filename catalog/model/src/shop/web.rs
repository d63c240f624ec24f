//! Where people reach the program: `[web]` of `shop.toml`.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use url::Url;

use super::mistakes::ConfigChecker;

/// The first segments of the program's own addresses. A base path must not begin with one: a request that a proxy
/// handed on could not be told from one that it took the base path from.
pub const OWN_SEGMENTS: [&str; 16] = [
    "assets",
    "docs",
    "drop",
    "gaps",
    "metrics",
    "openapi.json",
    "pages",
    "photos",
    "product",
    "releases",
    "screen",
    "seller",
    "shop",
    "sign-in",
    "undo",
    "v1",
];

/// The address that stands before every other, when a proxy makes it another than the program's own.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct WebAddress {
    /// In no document: only sitemaps and sign-in links have it.
    #[serde(skip)]
    origin: Option<SmolStr>,
    base_path: SmolStr,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct RawWeb {
    url: Option<String>,
}

impl WebAddress {
    /// The path before every address, such as `/pim`; empty where there is none.
    #[must_use]
    pub fn base_path(&self) -> &str {
        &self.base_path
    }

    /// The whole address of a path that begins with a slash; `None` where the shop does not say.
    #[must_use]
    pub fn absolute_url(&self, path: &str) -> Option<String> {
        let origin = self.origin.as_ref()?;
        Some(format!("{origin}{}{path}", self.base_path))
    }
}

impl RawWeb {
    pub(super) fn check_address(self, check: &ConfigChecker) -> WebAddress {
        let Some(text) = self.url else { return WebAddress::default() };
        parse_address(&text).unwrap_or_else(|why| {
            check.invalid_key("web.url", why);
            WebAddress::default()
        })
    }
}

fn parse_address(text: &str) -> Result<WebAddress, String> {
    let url = Url::parse(text).ok().filter(|url| {
        matches!(url.scheme(), "http" | "https")
            && url.has_host()
            && url.username().is_empty()
            && url.query().is_none()
            && url.fragment().is_none()
    });
    let example = "write one such as https://shop.example/pim";
    let url = url.ok_or_else(|| format!("\"{text}\" is not a web address; {example}"))?;
    let base_path = url.path().trim_end_matches('/');
    // It stands in pages, scripts and cookies as it is.
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~/".contains(c);
    if !base_path.chars().all(is_plain) || base_path.contains("//") {
        return Err(format!(
            "the path of \"{text}\" may have letters, digits, -, ., _ and ~ only; {example}"
        ));
    }
    let first = base_path.split('/').nth(1).unwrap_or_default();
    if OWN_SEGMENTS.contains(&first) {
        return Err(format!(
            "the path of \"{text}\" begins like an address of the program's own, /{first}; {example}"
        ));
    }
    Ok(WebAddress {
        origin: Some(SmolStr::new(url.origin().ascii_serialization())),
        base_path: SmolStr::new(base_path),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_an_origin_and_a_path() {
        let parsed = |text| parse_address(text).map(|web| web.absolute_url("/shop"));
        let whole = |text: &str| Ok(Some(text.to_owned()));
        assert_eq!(parsed("https://Shop.example/pim/"), whole("https://shop.example/pim/shop"));
        assert_eq!(parsed("https://shop.example/a/b"), whole("https://shop.example/a/b/shop"));
        assert_eq!(parsed("http://10.0.0.7:7300"), whole("http://10.0.0.7:7300/shop"));
        for wrong in
            ["/pim", "shop.example/pim", "https://shop.example/pim?x", "mailto:a@b.example"]
        {
            assert!(
                parsed(wrong).expect_err("refused").contains("is not a web address"),
                "{wrong}"
            );
        }
        for wrong in
            ["https://shop.example/a%20b", "https://shop.example//pim", "https://a.example/ö"]
        {
            assert!(parsed(wrong).expect_err("refused").contains("may have letters"), "{wrong}");
        }
        let own = parsed("https://shop.example/shop/pim").expect_err("refused");
        assert!(own.contains("an address of the program's own, /shop;"), "{own}");
    }
}
