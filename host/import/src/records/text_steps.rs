//! What a mapping has done to a text before it is read.

use std::borrow::Cow;

use rikaste_model::value::RichText;

use super::parse::unescape_text;
use crate::columns::{LetterCase, TextStep};

/// The text after the steps, without white space around it.
pub(super) fn apply_steps<'t>(steps: &[TextStep], text: Cow<'t, str>) -> Cow<'t, str> {
    if steps.is_empty() {
        return text;
    }
    let text = steps.iter().fold(text.into_owned(), |text, step| apply_step(step, &text));
    Cow::Owned(text.trim().to_owned())
}

fn apply_step(step: &TextStep, text: &str) -> String {
    match step {
        TextStep::StripHtml => RichText::sanitize(text).to_plain_text(),
        TextStep::Unescape => unescape_text(text).into_owned(),
        TextStep::Replace(from, to) => text.replace(from, to),
        TextStep::Case(LetterCase::Lower) => text.to_lowercase(),
        TextStep::Case(LetterCase::Upper) => text.to_uppercase(),
        TextStep::Case(LetterCase::Sentence) => {
            let mut letters = text.chars();
            letters.next().map_or(String::new(), |first| {
                first.to_uppercase().collect::<String>() + letters.as_str()
            })
        }
    }
}
