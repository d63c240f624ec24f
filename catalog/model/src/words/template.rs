//! Templates: sentences of the catalogue that come as English text, and are found again by it.

use super::{Language, LocalizedText, TextArgument};

/// What stands around the name of an argument; no text has them.
const SLOT: [char; 2] = ['\u{1}', '\u{2}'];

/// A text of the catalogue, by what it is in English.
#[derive(Debug, Clone)]
pub struct TextTemplate {
    words: LocalizedText,
    /// What stands before the first argument.
    start: String,
    /// The arguments in the order of the English text, each with what stands behind it.
    slots: Vec<(usize, String)>,
}

impl TextTemplate {
    /// The text of these words, whatever their arguments are.
    #[must_use]
    pub fn new(mut words: LocalizedText) -> Self {
        for (at, (_, argument)) in words.arguments.iter_mut().enumerate() {
            *argument = TextArgument::Text(format!("{}{at}{}", SLOT[0], SLOT[1]));
        }
        let english = words.to_text(Language::En);
        let mut parts = english.split(SLOT[0]);
        let start = parts.next().unwrap_or_default().to_owned();
        let slots = parts.filter_map(|part| {
            let (at, behind) = part.split_once(SLOT[1])?;
            Some((at.parse().ok()?, behind.to_owned()))
        });
        Self { slots: slots.collect(), words, start }
    }

    /// The words with the arguments that an English text has; `None` of another text. `convert` makes an
    /// argument of what stands in the text.
    #[must_use]
    pub fn match_text(
        &self,
        text: &str,
        convert: impl Fn(&str) -> TextArgument,
    ) -> Option<LocalizedText> {
        let mut rest = text.strip_prefix(self.start.as_str())?;
        let mut words = self.words.clone();
        for (nth, (at, behind)) in self.slots.iter().enumerate() {
            let is_last = nth + 1 == self.slots.len();
            let value = match is_last {
                true => rest.strip_suffix(behind.as_str())?,
                false => rest.split_once(behind.as_str())?.0,
            };
            rest = if is_last { "" } else { &rest[value.len() + behind.len()..] };
            words.arguments[*at].1 = convert(value);
        }
        rest.is_empty().then_some(words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words;

    #[test]
    fn a_text_is_found_again_with_its_arguments() {
        let text = words!("photo-twice", name = "a.jpg", other = "b.jpg");
        let template = TextTemplate::new(words!("photo-twice", name = "", other = ""));
        let found = template.match_text(&text.to_string(), |text| text.into());
        assert_eq!(found, Some(text));
        let other = words!("photo-empty", name = "a.jpg").to_string();
        assert_eq!(template.match_text(&other, |text| text.into()), None);
        let plain = TextTemplate::new(words!("file-empty"));
        assert!(plain.match_text(&words!("file-empty").to_string(), |text| text.into()).is_some());
        assert_eq!(plain.match_text("the file is empty", |text| text.into()), None);
    }
}
