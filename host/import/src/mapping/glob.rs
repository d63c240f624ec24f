//! Patterns of names: `products_*.csv`.

/// A pattern in which `*` stands for any text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Glob(String, Star);

/// Whether a star stands for any text, or for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Star {
    Any,
    Itself,
}

impl Glob {
    pub(crate) fn new(pattern: &str) -> Self {
        Self(pattern.to_owned(), Star::Any)
    }

    /// A pattern that one name fits.
    pub(crate) fn exactly(name: &str) -> Self {
        Self(name.to_owned(), Star::Itself)
    }

    /// Whether the whole name fits.
    pub(crate) fn matches(&self, name: &str) -> bool {
        self.captured(name).is_some()
    }

    /// What the first `*` stands for in the name: nothing in a pattern without one.
    pub(crate) fn captured<'n>(&self, name: &'n str) -> Option<&'n str> {
        let parts = self.0.split_once('*').filter(|_| self.1 == Star::Any);
        let Some((start, rest)) = parts else {
            return (self.0 == name).then_some("");
        };
        let after = name.strip_prefix(start)?;
        let Some((middle, _)) = rest.split_once('*') else {
            return after.strip_suffix(rest);
        };
        let rest = Self::new(rest);
        let ends = after.match_indices(middle).map(|(at, _)| at).chain([after.len()]);
        ends.into_iter().find(|at| rest.matches(&after[*at..])).map(|at| &after[..at])
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
            assert_eq!(Glob::new(pattern).captured(name), captured, "{pattern} {name}");
        }
    }
}
