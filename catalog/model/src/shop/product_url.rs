//! Where a shop's own site shows a product: `product_url` of a channel's profile.

use serde::Serialize;
use smol_str::SmolStr;
use url::Url;

use super::channel::LocaleChain;
use super::mistakes::ConfigChecker;
use crate::code::Sku;
use crate::locale::Locale;

/// A web address with places for the SKU and the locale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProductUrl(Vec<UrlPart>);

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
enum UrlPart {
    Text(SmolStr),
    Sku,
    Locale,
    Language,
}

impl ProductUrl {
    /// The address of a product in a locale.
    #[must_use]
    pub fn format_url(&self, sku: &Sku, locale: &Locale) -> String {
        let mut url = String::new();
        for part in &self.0 {
            match part {
                UrlPart::Text(text) => url.push_str(text),
                UrlPart::Sku => push_encoded(&mut url, sku.as_str()),
                UrlPart::Locale => url.push_str(locale.as_str()),
                UrlPart::Language => url.push_str(locale.language()),
            }
        }
        url
    }

    /// Whether each locale has an address of its own.
    #[must_use]
    pub fn varies_by_locale(&self) -> bool {
        self.0.iter().any(|part| matches!(part, UrlPart::Locale | UrlPart::Language))
    }

    /// The most bytes that an address has, where the texts between its places have these.
    #[must_use]
    pub fn max_length(&self, text_length: impl Fn(&str) -> usize) -> usize {
        let length = |part: &UrlPart| match part {
            UrlPart::Text(text) => text_length(text),
            UrlPart::Sku => 3 * Sku::LIMIT,
            UrlPart::Locale | UrlPart::Language => 16,
        };
        self.0.iter().map(length).sum()
    }
}

/// Appends a text with all that is not unreserved percent-encoded (RFC 3986, 2.3).
fn push_encoded(url: &mut String, text: &str) {
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                url.push(char::from(byte));
            }
            other => url.push_str(&format!("%{other:02X}")),
        }
    }
}

/// Reads the key `product_url` of a channel of these locales.
pub(super) fn check_product_url(
    check: &ConfigChecker,
    text: &str,
    locales: &[LocaleChain],
) -> Option<ProductUrl> {
    let checked = parse_template(text).and_then(|url| check_languages(url, locales));
    checked.map_err(|why| check.invalid_key("product_url", why)).ok()
}

fn parse_template(text: &str) -> Result<ProductUrl, String> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find('{') {
        parts.push(UrlPart::Text(SmolStr::new(&rest[..start])));
        let (name, after) =
            rest[start + 1..].split_once('}').ok_or("a { has no } behind it; write {sku}")?;
        parts.push(match name {
            "sku" => UrlPart::Sku,
            "locale" => UrlPart::Locale,
            "language" => UrlPart::Language,
            other => {
                return Err(format!(
                    "nothing is put in the place of {{{other}}}; there is {{sku}}, {{locale}} and {{language}}"
                ));
            }
        });
        rest = after;
    }
    parts.push(UrlPart::Text(SmolStr::new(rest)));
    if !parts.contains(&UrlPart::Sku) {
        return Err("every product would have the same address; write {sku} into it".to_owned());
    }
    let url = ProductUrl(parts);
    let sample = (Sku::new("A"), Locale::new("en"));
    let (Ok(sku), Ok(locale)) = sample else { unreachable!("the sample is valid") };
    let sample = url.format_url(&sku, &locale);
    let parsed = Url::parse(&sample).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    match parsed {
        Some(parsed) if parsed.as_str() == sample => Ok(url),
        _ => Err(format!(
            "\"{text}\" is not a web address; write one such as https://shop.example/{{locale}}/p/{{sku}}"
        )),
    }
}

/// That no two locales have the same address because they speak the same language.
fn check_languages(url: ProductUrl, locales: &[LocaleChain]) -> Result<ProductUrl, String> {
    if url.0.contains(&UrlPart::Locale) || !url.0.contains(&UrlPart::Language) {
        return Ok(url);
    }
    let mut languages: Vec<&str> = locales.iter().map(|chain| chain.locale.language()).collect();
    languages.sort_unstable();
    let same = languages.windows(2).find(|pair| pair[0] == pair[1]);
    match same {
        Some(pair) => Err(format!(
            "{{language}} would be {} for several locales of the channel; write {{locale}}",
            pair[0]
        )),
        None => Ok(url),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chains(tags: &[&str]) -> Vec<LocaleChain> {
        let chain = |tag: &&str| {
            let locale = Locale::new(tag).expect("a locale");
            LocaleChain { chain: vec![locale.clone()], locale }
        };
        tags.iter().map(chain).collect()
    }

    fn parse(text: &str, locales: &[&str]) -> Result<ProductUrl, String> {
        parse_template(text).and_then(|url| check_languages(url, &chains(locales)))
    }

    #[test]
    fn an_address_has_the_sku_and_the_locale_in_it() {
        let format = |text, sku, locale| {
            let url = parse(text, &["fi-FI", "sv-SE"]).expect("valid");
            let (sku, locale) =
                (Sku::new(sku).expect("valid"), Locale::new(locale).expect("valid"));
            let formatted = url.format_url(&sku, &locale);
            assert!(formatted.len() <= url.max_length(str::len));
            (formatted, url.varies_by_locale())
        };
        assert_eq!(
            format("https://shop.example/{locale}/p/{sku}", "HH 1/ä", "fi-FI"),
            ("https://shop.example/fi-FI/p/HH%201%2F%C3%A4".to_owned(), true)
        );
        assert_eq!(
            format("https://{language}.shop.example/p?a=1&sku={sku}#x", "A", "sv-SE"),
            ("https://sv.shop.example/p?a=1&sku=A#x".to_owned(), true)
        );
        assert_eq!(
            format("http://localhost:3000/{sku}", "A", "sv-SE"),
            ("http://localhost:3000/A".to_owned(), false)
        );
    }

    #[test]
    fn what_is_no_address_is_refused_in_words() {
        let why = |text| parse(text, &["sv-FI", "sv-SE"]).expect_err("refused");
        assert!(why("https://shop.example/p").contains("write {sku} into it"));
        assert!(why("https://shop.example/{ean}/{sku}").contains("in the place of {ean}"));
        assert!(why("https://shop.example/{sku").contains("has no }"));
        assert!(why("https://shop.example/{language}/{sku}").contains("{language} would be sv"));
        for text in ["/p/{sku}", "ftp://shop.example/{sku}", "https://shop.example/ö/{sku}"] {
            assert!(why(text).contains("is not a web address"), "{text}");
        }
    }
}
