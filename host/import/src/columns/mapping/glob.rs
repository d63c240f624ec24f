//! Names of columns and patterns of names: `products_*.csv`. Their case does not matter.
//!
//! `wildmatch` only says whether a name fits. A mapping also uses the text that the star stands for.

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

    /// A pattern that one name fits, in this case only: files of two cases are two files.
    pub(crate) fn from_exact_name(name: &str) -> Self {
        Self(name.to_owned(), StarMeaning::Itself)
    }

    /// Whether the whole name fits.
    pub(crate) fn is_match(&self, name: &str) -> bool {
        self.capture_star(name).is_some()
    }

    /// What the first `*` stands for in the name, as written there: nothing in a pattern without one.
    pub(crate) fn capture_star<'n>(&self, name: &'n str) -> Option<&'n str> {
        if self.1 == StarMeaning::Itself {
            return (self.0 == name).then_some("");
        }
        let Some((start, rest)) = self.0.split_once('*') else {
            return is_same_name(&self.0, name).then_some("");
        };
        let after = strip_prefix(name, start)?;
        if !rest.contains('*') {
            return strip_suffix(after, rest);
        }
        let rest = Self::new(rest);
        let ends = after.char_indices().map(|(at, _)| at).chain([after.len()]);
        ends.into_iter().find(|at| rest.is_match(&after[*at..])).map(|at| &after[..at])
    }
}

/// Whether two names of columns are the same but for the case of letters.
pub(crate) fn is_same_name(a: &str, b: &str) -> bool {
    a == b || strip_prefix(a, b).is_some_and(str::is_empty)
}

fn strip_prefix<'n>(name: &'n str, start: &str) -> Option<&'n str> {
    let mut rest = name.chars();
    start
        .chars()
        .all(|c| rest.next().is_some_and(|other| is_same_letter(c, other)))
        .then_some(rest.as_str())
}

fn strip_suffix<'n>(name: &'n str, end: &str) -> Option<&'n str> {
    let mut rest = name.chars();
    end.chars()
        .rev()
        .all(|c| rest.next_back().is_some_and(|other| is_same_letter(c, other)))
        .then_some(rest.as_str())
}

fn is_same_letter(a: char, b: char) -> bool {
    a == b || a.to_lowercase().eq(b.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exact_name_has_its_case() {
        let name = Glob::from_exact_name("Range.csv");
        assert!(name.is_match("Range.csv") && !name.is_match("range.csv"));
    }

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
            ("Höjd *", "HÖJD CM", Some("CM")),
            ("*PRICE*.csv", "product_Price_DE.CSV", Some("product_")),
            ("Preis", "PREIS", Some("")),
            ("Preis", "Preise", None),
        ] {
            assert_eq!(Glob::new(pattern).capture_star(name), captured, "{pattern} {name}");
        }
    }
}
