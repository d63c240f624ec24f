//! Yes and no, in the languages of the shops.

use rikaste_model::words;

use super::CellProblem;

const YES_WORDS: [&str; 14] =
    ["1", "true", "yes", "y", "x", "on", "kyllä", "kylla", "k", "tosi", "ja", "j", "sant", "wahr"];
const NO_WORDS: [&str; 12] =
    ["0", "false", "no", "n", "off", "ei", "e", "epätosi", "nej", "nein", "falskt", "falsch"];

/// Reads yes or no in English, Finnish, Swedish or German.
pub(crate) fn parse_boolean(text: &str) -> Result<bool, CellProblem> {
    let word = text.to_lowercase();
    if YES_WORDS.contains(&word.as_str()) {
        Ok(true)
    } else if NO_WORDS.contains(&word.as_str()) {
        Ok(false)
    } else {
        Err(CellProblem::new("boolean-unreadable", words!("boolean-unreadable")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_languages_are_understood() {
        for yes in ["1", "TRUE", "Kyllä", "ja", "Yes"] {
            assert_eq!(parse_boolean(yes), Ok(true), "{yes}");
        }
        for no in ["0", "false", "Ei", "nej", "NEIN"] {
            assert_eq!(parse_boolean(no), Ok(false), "{no}");
        }
        assert_eq!(parse_boolean("maybe").map_err(|p| p.code), Err("boolean-unreadable"));
    }
}
