//! BCP 47 tags, as far as a plugin needs them.

/// The language of a tag: `fi` of `fi-FI`. `fi_FI` is accepted too.
#[must_use]
pub fn language(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or(tag)
}

/// Whether two tags are of the same language, whatever their region and case.
#[must_use]
pub fn same_language(a: &str, b: &str) -> bool {
    language(a).eq_ignore_ascii_case(language(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn language_ends_at_the_first_subtag() {
        assert_eq!(language("fi-FI"), "fi");
        assert_eq!(language("zh_Hant_TW"), "zh");
        assert_eq!(language("sv"), "sv");
        assert!(same_language("EN-us", "en-GB"));
        assert!(!same_language("fi-FI", "sv-FI"));
    }
}
