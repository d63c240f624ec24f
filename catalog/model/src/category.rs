//! Categories that the shop's model does not list: places in a tree that files name.
//!
//! Such a place is known by its whole path: `Perfume > Women > Citrus` is another place than
//! `Perfume > Men > Citrus`. Names stay as they are written. The text of a path is its code, and the
//! text of its first levels is the code of the level that lies so deep.

use smol_str::SmolStr;

/// What stands between two levels of a path.
const LEVEL_SEPARATOR: &str = " > ";

/// The most levels of a path; those that lie deeper are the last one's.
const MAX_LEVELS: usize = 32;

/// A level of the path to a category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategoryLevel {
    /// What it is known by.
    pub code: SmolStr,
    /// Its name, where the model has none for it.
    pub name: Option<SmolStr>,
}

/// The text of a path, the topmost name first. White space in names is made one space; names
/// without letters are left out.
#[must_use]
pub fn join_category_levels<'n>(names: impl IntoIterator<Item = &'n str>) -> SmolStr {
    let mut text = String::new();
    for name in names.into_iter().map(str::trim).filter(|name| !name.is_empty()).take(MAX_LEVELS) {
        if !text.is_empty() {
            text.push_str(LEVEL_SEPARATOR);
        }
        let mut words = name.split_whitespace();
        text.extend(words.next().into_iter().flat_map(escape_name));
        words.for_each(|word| text.extend(std::iter::once(' ').chain(escape_name(word))));
    }
    SmolStr::new(text)
}

/// The levels of a path, the topmost first.
#[must_use]
pub fn split_category_levels(path: &str) -> Vec<CategoryLevel> {
    let mut levels = Vec::new();
    let mut end = 0;
    for part in path.split(LEVEL_SEPARATOR) {
        end += part.len();
        let name = Some(unescape_name(part));
        levels.push(CategoryLevel { code: SmolStr::new(&path[..end]), name });
        end += LEVEL_SEPARATOR.len();
    }
    levels
}

/// The name of the category that a path leads to.
#[must_use]
pub fn last_category_name(path: &str) -> SmolStr {
    unescape_name(path.rsplit(LEVEL_SEPARATOR).next().unwrap_or(path))
}

/// A name whose own `>` does not look like the end of a level.
fn escape_name(word: &str) -> impl Iterator<Item = char> + '_ {
    let is_marked = |c: char| matches!(c, '>' | '\\');
    word.chars().flat_map(move |c| is_marked(c).then_some('\\').into_iter().chain([c]))
}

fn unescape_name(name: &str) -> SmolStr {
    let mut is_escaped = false;
    name.chars()
        .filter(|c| {
            is_escaped = *c == '\\' && !is_escaped;
            !is_escaped
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_place_is_known_by_its_whole_path() {
        let text = join_category_levels(["Perfume", " Women ", "", "Citrus"]);
        assert_eq!(text, "Perfume > Women > Citrus");
        let codes: Vec<_> = split_category_levels(&text).into_iter().map(|l| l.code).collect();
        assert_eq!(codes, ["Perfume", "Perfume > Women", "Perfume > Women > Citrus"]);
        assert_eq!(last_category_name(&text), "Citrus");
        assert_eq!(join_category_levels(["A > B", r"Toys\Outdoor"]), r"A \> B > Toys\\Outdoor");
    }

    proptest! {
        #[test]
        fn names_come_back_as_they_were(names in proptest::collection::vec("[a-zåö>/,&\\\\ ]{0,9}", 0..6)) {
            let clean = |name: &String| name.split_whitespace().collect::<Vec<_>>().join(" ");
            let wanted: Vec<_> = names.iter().map(clean).filter(|name| !name.is_empty()).collect();
            let text = join_category_levels(names.iter().map(String::as_str));
            let levels = match text.is_empty() {
                true => Vec::new(),
                false => split_category_levels(&text),
            };
            let found: Vec<_> = levels.iter().filter_map(|level| level.name.clone()).collect();
            prop_assert_eq!(found, wanted);
        }
    }
}
