//! Who may read what is not public.

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;

use super::problem::ApiProblem;

/// The bearer tokens that open what is not public: private channels, explanations, receipts.
#[derive(Debug, Clone)]
pub struct AccessTokens(AccessPolicy);

#[derive(Debug, Clone)]
enum AccessPolicy {
    Open,
    /// Hashes, so that comparing takes the same time however much of a token is right.
    TokenRequired(Vec<blake3::Hash>),
}

impl AccessTokens {
    /// These tokens; empty ones are passed over. Of no tokens none opens anything.
    #[must_use]
    pub fn new<T: AsRef<str>>(tokens: impl IntoIterator<Item = T>) -> Self {
        let hashes = tokens.into_iter().filter_map(|token| {
            let token = token.as_ref().trim();
            (!token.is_empty()).then(|| blake3::hash(token.as_bytes()))
        });
        Self(AccessPolicy::TokenRequired(hashes.collect()))
    }

    /// Everyone may read everything, as in the demo.
    #[must_use]
    pub fn allow_everyone() -> Self {
        Self(AccessPolicy::Open)
    }

    /// Whether the caller may read what is not public.
    pub(super) fn authorize_request(&self, headers: &HeaderMap) -> Result<(), ApiProblem> {
        let AccessPolicy::TokenRequired(known) = &self.0 else { return Ok(()) };
        if known.is_empty() {
            return Err(ApiProblem::token_needed(
                "This is not public, and the shop has no token yet; write one into .rikaste/tokens and start the program again.",
                false,
            ));
        }
        let Some(token) = bearer_token(headers) else {
            return Err(ApiProblem::token_needed(
                "This is not public; send the header \"Authorization: Bearer …\" with a token of the shop.",
                false,
            ));
        };
        let hash = blake3::hash(token.as_bytes());
        // Comparing hashes takes constant time, and all of them are compared.
        let matches = known.iter().fold(false, |found, known| found | (*known == hash));
        if matches {
            Ok(())
        } else {
            Err(ApiProblem::token_needed(
                "The shop does not know this token; ask who runs it for one.",
                true,
            ))
        }
    }
}

fn bearer_token(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admits(tokens: &AccessTokens, header: Option<&str>) -> bool {
        let mut headers = HeaderMap::new();
        headers.extend(header.map(|header| (AUTHORIZATION, header.parse().expect("a header"))));
        tokens.authorize_request(&headers).is_ok()
    }

    #[test]
    fn only_a_known_token_opens() {
        let tokens = AccessTokens::new(["kuusi", " mänty \n", ""]);
        assert!(admits(&tokens, Some("Bearer kuusi")));
        assert!(admits(&tokens, Some("bearer kuusi")));
        for wrong in [
            None,
            Some("Bearer"),
            Some("Bearer "),
            Some("Bearer kuus"),
            Some("Basic kuusi"),
            Some("kuusi"),
        ] {
            assert!(!admits(&tokens, wrong), "{wrong:?}");
        }
        assert!(!admits(&AccessTokens::new([""; 1]), Some("Bearer ")));
        assert!(admits(&AccessTokens::allow_everyone(), None));
    }
}
