//! Who may read what is not public.

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;

use super::problem::Problem;

/// The bearer tokens that open what is not public: private channels, explanations, receipts.
#[derive(Debug, Clone)]
pub struct Tokens(Doors);

#[derive(Debug, Clone)]
enum Doors {
    Open,
    /// Hashes, so that comparing takes the same time however much of a token is right.
    Locked(Vec<blake3::Hash>),
}

impl Tokens {
    /// These tokens; empty ones are passed over. Of no tokens none opens anything.
    #[must_use]
    pub fn new<T: AsRef<str>>(tokens: impl IntoIterator<Item = T>) -> Self {
        let hashes = tokens.into_iter().filter_map(|token| {
            let token = token.as_ref().trim();
            (!token.is_empty()).then(|| blake3::hash(token.as_bytes()))
        });
        Self(Doors::Locked(hashes.collect()))
    }

    /// Everyone may read everything, as in the demo.
    #[must_use]
    pub fn open() -> Self {
        Self(Doors::Open)
    }

    /// Whether the caller may read what is not public.
    pub(super) fn admit(&self, headers: &HeaderMap) -> Result<(), Problem> {
        let Doors::Locked(known) = &self.0 else { return Ok(()) };
        if known.is_empty() {
            return Err(Problem::token(
                "This is not public, and the shop has no token yet; write one into .rikaste/tokens and start the program again.",
                false,
            ));
        }
        let Some(token) = bearer(headers) else {
            return Err(Problem::token(
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
            Err(Problem::token("The shop does not know this token; ask who runs it for one.", true))
        }
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admits(tokens: &Tokens, header: Option<&str>) -> bool {
        let mut headers = HeaderMap::new();
        headers.extend(header.map(|header| (AUTHORIZATION, header.parse().expect("a header"))));
        tokens.admit(&headers).is_ok()
    }

    #[test]
    fn only_a_known_token_opens() {
        let tokens = Tokens::new(["kuusi", " mänty \n", ""]);
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
        assert!(!admits(&Tokens::new([""; 1]), Some("Bearer ")));
        assert!(admits(&Tokens::open(), None));
    }
}
