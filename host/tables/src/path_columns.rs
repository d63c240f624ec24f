//! Paths that were met in elements, and the column of each.

use std::collections::HashMap;

/// Columns by path. Elements of a file are alike: what follows a path followed it before, so that most
/// are found without hashing.
#[derive(Debug, Default)]
pub struct PathColumns {
    places: HashMap<String, usize>,
    /// In the order in which they were met.
    columns: Vec<(String, u16)>,
    /// Where the next one is looked for first.
    next: usize,
}

impl PathColumns {
    /// The column of a path; the one that follows the last is found without hashing.
    pub fn find_column(&mut self, path: &str) -> Option<u16> {
        let expected = self.columns.get(self.next).filter(|(known, _)| known == path);
        if let Some((_, column)) = expected {
            self.next += 1;
            return Some(*column);
        }
        let place = *self.places.get(path)?;
        self.next = place + 1;
        Some(self.columns[place].1)
    }

    /// The place and column of a path that was met at this place or later.
    pub(crate) fn find_from(&self, from: usize, path: &str) -> Option<(usize, u16)> {
        let place = match self.columns.get(from) {
            Some((known, _)) if known == path => from,
            _ => self.places.get(path).copied().filter(|place| *place >= from)?,
        };
        Some((place, self.columns[place].1))
    }

    /// How many paths were met.
    #[must_use]
    pub fn len(&self) -> usize {
        self.columns.len()
    }

    /// Whether none was met.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }

    /// Whether a path was met.
    #[must_use]
    pub fn has_path(&self, path: &str) -> bool {
        self.places.contains_key(path)
    }

    /// Remembers the column of a path that was met for the first time.
    pub fn insert_path(&mut self, path: &str, column: u16) {
        self.places.insert(path.to_owned(), self.columns.len());
        self.columns.push((path.to_owned(), column));
        self.next = self.columns.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_found_in_any_order() {
        let mut paths = PathColumns::default();
        for (path, column) in [("sku", 3), ("name.fi", 1), ("name.sv", 2)] {
            assert_eq!(paths.find_column(path), None);
            paths.insert_path(path, column);
        }
        let mut columns = |wanted: &[&str]| -> Vec<Option<u16>> {
            wanted.iter().map(|path| paths.find_column(path)).collect()
        };
        assert_eq!(columns(&["sku", "name.fi", "name.sv"]), [Some(3), Some(1), Some(2)]);
        assert_eq!(
            columns(&["name.sv", "sku", "name", "name.sv"]),
            [Some(2), Some(3), None, Some(2)]
        );
        assert_eq!(columns(&["name.sv", "name.sv"]), [Some(2), Some(2)]);
    }
}
