//! Keys of mappings that earlier versions called something else. They are still read.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Where a key stands (`*` is any key, or an element of a list), its old name and the new one.
const RENAMED_KEYS: [(&[&str], &str, &str); 8] = [
    (&[], "part", "row_scope"),
    (&["group"], "none", "no_choice"),
    (&["group"], "carry", "first_row_only"),
    (&["pairs", "*"], "until", "cut_at"),
    (&["columns", "*"], "until", "cut_at"),
    (&["columns", "*", "pairs"], "until", "cut_at"),
    (&["variants", "columns", "*"], "until", "cut_at"),
    (&["variants", "columns", "*", "pairs"], "until", "cut_at"),
];

/// A key that a mapping writes by its old name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RenamedKey {
    /// Where it stands: `group.none`.
    pub(crate) key: String,
    /// What it is called now: `no_choice`.
    pub(crate) new_name: &'static str,
    /// The line, from 1.
    pub(crate) line: usize,
}

impl RenamedKey {
    /// What a log says of it.
    pub(crate) fn to_warning(&self, mapping: &str) -> String {
        let Self { key, new_name, line } = self;
        format!(
            "mappings/{mapping}: line {line}: the key {key} is called {new_name} now; rename it, \
             a later version will not read the old name"
        )
    }
}

/// Gives the keys of a mapping the names of today, and returns those that had old ones. A key that
/// stands there by both names keeps them, and the old one is refused when the mapping is read.
pub(crate) fn rename_old_keys(table: &mut DeTable<'_>, text: &str) -> Vec<RenamedKey> {
    let mut found = Vec::new();
    for (folder, old, new) in RENAMED_KEYS {
        rename_in_table(table, folder, "", &mut |table, path| {
            if table.contains_key(new) {
                return;
            }
            if let Some((name, value)) = table.remove_entry(old) {
                let before = text.get(..name.span().start).unwrap_or_default();
                let line = before.matches('\n').count() + 1;
                found.push(RenamedKey { key: format!("{path}{old}"), new_name: new, line });
                table.insert(Spanned::new(name.span(), new.into()), value);
            }
        });
    }
    found
}

/// Calls `rename` with each table at a place, and with the path to it.
fn rename_in_table(
    table: &mut DeTable<'_>,
    folder: &[&str],
    path: &str,
    rename: &mut impl FnMut(&mut DeTable<'_>, &str),
) {
    let Some((name, inner)) = folder.split_first() else { return rename(table, path) };
    for (key, value) in table.iter_mut().filter(|(key, _)| *name == "*" || key.get_ref() == name) {
        let path = format!("{path}{}.", key.get_ref());
        match (value.get_mut(), inner.split_first()) {
            (DeValue::Table(table), _) => rename_in_table(table, inner, &path, rename),
            (DeValue::Array(elements), Some((&"*", inner))) => {
                for element in elements.iter_mut() {
                    if let DeValue::Table(table) = element.get_mut() {
                        rename_in_table(table, inner, &path, rename);
                    }
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;
    use serde::Deserialize;
    use toml::Table;
    use toml::de::Deserializer;

    use super::*;

    #[test]
    fn old_keys_are_renamed_where_they_stand_and_nowhere_else() {
        let text = r#"part = "relation"
[columns]
none = { to = "name", until = "|" }
offer = { to = "price", window = { from = "a", until = "b" } }
extra = { pairs = { between = ",", within = "=", until = ":" } }
plain = "until"
[group]
by = "Handle"
none = "Default Title"
carry = "Option1 Name"
[[pairs]]
key = "k"
value = "v"
until = ":"
"#;
        let mut table = DeTable::parse(text).expect("TOML").into_inner();
        let renamed = rename_old_keys(&mut table, text);
        let warnings: Vec<_> = renamed
            .iter()
            .map(|key| format!("{} {} → {}", key.line, key.key, key.new_name))
            .collect();
        expect![[r#"
            1 part → row_scope
            9 group.none → no_choice
            10 group.carry → first_row_only
            14 pairs.until → cut_at
            3 columns.none.until → cut_at
            5 columns.extra.pairs.until → cut_at"#]]
        .assert_eq(&warnings.join("\n"));
        assert_eq!(rename_old_keys(&mut table, text), []);
        let table = Table::deserialize(Deserializer::from(Spanned::new(0..0, table)));
        let table = table.expect("it is a table");
        assert_eq!(table["columns"]["offer"]["window"]["until"].as_str(), Some("b"));
        assert_eq!(table["columns"]["none"]["cut_at"].as_str(), Some("|"));
    }

    #[test]
    fn a_key_by_both_names_is_left_to_be_refused() {
        let text = "part = \"a\"\nrow_scope = \"b\"\n";
        let mut table = DeTable::parse(text).expect("TOML").into_inner();
        assert_eq!(rename_old_keys(&mut table, text), []);
        assert_eq!(table.len(), 2);
    }
}
