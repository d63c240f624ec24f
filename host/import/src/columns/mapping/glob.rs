//! Patterns of names: `products_*.csv`.
//!
//! `wildmatch` only tells whether a name fits. A mapping also uses the text that the star stands for.

/// A pattern in which `*` stands for any text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Glob(String, StarMeaning);

/// Whether a star stands for any text, or for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum StarMeaning {
    AnyText,
    Itself,
}

impl Glob {
    pub(crate) fn new(pattern: &str) -> Self {
        Self(pattern.to_owned(), StarMeaning::AnyText)
    }

    /// A pattern that one name fits.
    pub(crate) fn from_exact_name(name: &str) -> Self {
        Self(name.to_owned(), StarMeaning::Itself)
    }

    /// Whether the whole name fits.
    pub(crate) fn is_match(&self, name: &str) -> bool {
        self.capture_star(name).is_some()
    }

    /// What the first `*` stands for in the name: nothing in a pattern without one.
    pub(crate) fn capture_star<'n>(&self, name: &'n str) -> Option<&'n str> {
        let parts = self.0.split_once('*').filter(|_| self.1 == StarMeaning::AnyText);
        let Some((start, rest)) = parts else {
            return (self.0 == name).then_some("");
        };
        let after = name.strip_prefix(start)?;
        let Some((middle, _)) = rest.split_once('*') else {
            return after.strip_suffix(rest);
        };
        let rest = Self::new(rest);
        let ends = after.match_indices(middle).map(|(at, _)| at).chain([after.len()]);
        ends.into_iter().find(|at| rest.is_match(&after[*at..])).map(|at| &after[..at])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_text() {
        for (pattern, name, captured) in [
            ("products_*.csv", "products_gear_bags.csv", Some("gear_bags")),
            ("products_*.csv", "products.csv", None),
            ("*.csv", "a.csv", Some("a")),
            ("stock.csv", "stock.csv", Some("")),
            ("*price*.csv", "product_price_DE.csv", Some("product_")),
            ("a*b*c", "aXbYd", None),
            ("value_*", "value_6.en_US", Some("6.en_US")),
        ] {
            assert_eq!(Glob::new(pattern).capture_star(name), captured, "{pattern} {name}");
        }
    }
}
