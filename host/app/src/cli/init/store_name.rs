//! A store as `--store` names it.

use std::str::FromStr;

use rikaste_model::code::LocationCode;

/// A store, by its code and by what people call it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NamedStore {
    pub(super) code: LocationCode,
    pub(super) label: String,
}

impl NamedStore {
    /// The code as a header of TOML writes it.
    pub(super) fn quoted_code(&self) -> String {
        let is_bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        match self.code.as_str() {
            code if code.chars().all(is_bare) => code.to_owned(),
            code => super::toml_string(code),
        }
    }
}

impl FromStr for NamedStore {
    type Err = String;

    /// Reads `Oulu` or `oulu=Oulu, Rotuaari`.
    fn from_str(text: &str) -> Result<Self, String> {
        let (code, label) = match text.split_once('=') {
            Some((code, label)) => (code.trim().to_owned(), label.trim()),
            None => (make_code(text), text.trim()),
        };
        if label.is_empty() {
            return Err("the store has no name; write it as Oulu, or as oulu=Oulu".to_owned());
        }
        let code = LocationCode::new(&code).map_err(|error| {
            format!("{error}; write the store's code before its name, as in oulu={label}")
        })?;
        Ok(Self { code, label: label.to_owned() })
    }
}

/// A code from a name: `Jyväskylä, keskusta` becomes `jyvaskyla-keskusta`.
fn make_code(name: &str) -> String {
    let mut code = String::new();
    for letter in name.trim().chars().flat_map(char::to_lowercase) {
        match letter {
            'ä' | 'å' | 'á' | 'à' | 'â' => code.push('a'),
            'ö' | 'ø' | 'ó' | 'õ' => code.push('o'),
            'ü' | 'ú' => code.push('u'),
            'é' | 'è' | 'ë' => code.push('e'),
            'æ' => code.push_str("ae"),
            'ß' => code.push_str("ss"),
            'š' => code.push('s'),
            'ž' => code.push('z'),
            letter if letter.is_alphanumeric() => code.push(letter),
            _ if !code.is_empty() && !code.ends_with('-') => code.push('-'),
            _ => {}
        }
    }
    code.trim_end_matches('-').to_owned()
}
