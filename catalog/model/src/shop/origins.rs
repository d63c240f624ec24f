//! Which other sites' pages may read a channel: `origins` of its profile.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use url::Url;

use super::mistakes::ConfigChecker;

/// The origins whose pages may read a channel in a browser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum AllowedOrigins {
    /// Those of every site; of public channels only.
    Every,
    /// These, in the form in which browsers send them.
    Listed(Vec<SmolStr>),
}

impl Default for AllowedOrigins {
    fn default() -> Self {
        Self::Listed(Vec::new())
    }
}

impl AllowedOrigins {
    /// Whether pages of this origin may read the channel.
    #[must_use]
    pub fn allows(&self, origin: &str) -> bool {
        match self {
            Self::Every => true,
            Self::Listed(origins) => origins.iter().any(|known| known == origin),
        }
    }
}

#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "origins are a list such as [\"https://shop.example\"], or \"*\" for every origin"
)]
pub(super) enum RawOrigins {
    Every(EveryOrigin),
    Listed(Vec<String>),
}

#[derive(Deserialize)]
pub(super) enum EveryOrigin {
    #[serde(rename = "*")]
    Every,
}

impl RawOrigins {
    pub(super) fn check_origins(self, check: &ConfigChecker, is_public: bool) -> AllowedOrigins {
        match self {
            Self::Every(EveryOrigin::Every) if is_public => AllowedOrigins::Every,
            Self::Every(EveryOrigin::Every) => {
                check.invalid_key(
                    "origins",
                    "\"*\" is for public channels; list the origins that may read this one",
                );
                AllowedOrigins::default()
            }
            Self::Listed(origins) => {
                let parse = |text: &String| {
                    parse_origin(text).map_err(|why| check.invalid_key("origins", why)).ok()
                };
                AllowedOrigins::Listed(origins.iter().filter_map(parse).collect())
            }
        }
    }
}

/// The origin as browsers send it (RFC 6454, 6.2).
fn parse_origin(text: &str) -> Result<SmolStr, String> {
    let url = Url::parse(text).ok().filter(|url| {
        matches!(url.scheme(), "http" | "https") && url.has_host() && !text.contains('*')
    });
    let url = url.ok_or_else(|| {
        format!("\"{text}\" is not an origin; write one such as https://shop.example")
    })?;
    let origin = url.origin().ascii_serialization();
    let has_more = url.path() != "/"
        || url.query().is_some()
        || url.fragment().is_some()
        || !url.username().is_empty()
        || text.ends_with('/');
    if has_more {
        return Err(format!("\"{text}\" is more than an origin; write {origin}"));
    }
    Ok(SmolStr::new(origin))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_has_the_form_in_which_browsers_send_it() {
        let hide = |why: String, text: &str| why.replacen(&format!("\"{text}\""), "\"…\"", 1);
        let parsed = |text| parse_origin(text).map_err(|why| hide(why, text));
        assert_eq!(parsed("https://shop.example").as_deref(), Ok("https://shop.example"));
        assert_eq!(parsed("HTTPS://Shop.Example:443").as_deref(), Ok("https://shop.example"));
        assert_eq!(parsed("http://localhost:3000").as_deref(), Ok("http://localhost:3000"));
        assert_eq!(parsed("https://pyörä.example").as_deref(), Ok("https://xn--pyr-sla2g.example"));
        let no_origin = Err("\"…\" is not an origin; write one such as https://shop.example");
        for text in ["shop.example", "null", "*", "https://*.shop.example", "ftp://shop.example"] {
            assert_eq!(parsed(text).as_deref().map_err(String::as_str), no_origin, "{text}");
        }
        for text in ["https://shop.example/", "https://shop.example/de", "https://a@shop.example"] {
            let more = parsed(text).expect_err("it is more");
            assert_eq!(more, "\"…\" is more than an origin; write https://shop.example");
        }
    }
}
