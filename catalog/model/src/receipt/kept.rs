//! Messages as receipts keep them: the English text, and the words that it was made of, so that
//! a receipt can be read in another language later. Receipts of before there were words have the
//! text alone.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use smol_str::SmolStr;

use crate::diagnostic::{Diagnostic, DiagnosticPlace, Severity};
use crate::words::{DiagnosticMessage, LocalizedText};

#[derive(Serialize, Deserialize)]
struct StoredDiagnostic {
    severity: Severity,
    code: SmolStr,
    message: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    words: Option<LocalizedText>,
    place: DiagnosticPlace,
}

pub(super) fn serialize<S: Serializer>(
    messages: &[Diagnostic],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(messages.iter().map(|diagnostic| StoredDiagnostic {
        severity: diagnostic.severity,
        code: diagnostic.code.clone(),
        message: diagnostic.message.to_string(),
        words: diagnostic.message.localized_text().cloned(),
        place: diagnostic.place.clone(),
    }))
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<Diagnostic>, D::Error> {
    let kept: Vec<StoredDiagnostic> = Vec::deserialize(deserializer)?;
    let read = |StoredDiagnostic { severity, code, message, words, place }| Diagnostic {
        severity,
        code,
        message: DiagnosticMessage::from_stored(message, words),
        place,
    };
    Ok(kept.into_iter().map(read).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Messages(#[serde(with = "super")] Vec<Diagnostic>);

    #[test]
    fn words_are_kept_and_texts_of_before_are_read() {
        let hint = words!("hint-meant", near = "moss");
        let problem = words!("option-unknown", attribute = "color", hint = hint);
        let messages = Messages(vec![
            Diagnostic::new_warning("option-unknown", words!("value-left-out", problem = problem))
                .at_row(3)
                .at_cell("color", "mos"),
            Diagnostic::new_warning("care", "tvättas kallt"),
        ]);
        let written = serde_json::to_string(&messages).expect("JSON");
        let read: Messages = serde_json::from_str(&written).expect("what was written");
        assert_eq!(read, messages);

        // As format 2 of the store had it before there were words.
        let before = r#"[{"severity":"error","code":"sku-missing","message":"the row has no SKU","place":{"row":7,"column":"sku","value":"","sku":null,"attribute":null,"locale":null}}]"#;
        let read: Messages = serde_json::from_str(before).expect("an old receipt");
        assert_eq!(read.0[0].message, DiagnosticMessage::Plain("the row has no SKU".to_owned()));
        assert_eq!(read.0[0].place.row, Some(7));
    }

    #[test]
    fn words_of_a_newer_program_are_read_as_their_text() {
        let newer = r#"[{"severity":"info","code":"x","message":"so it is","words":{"text":"not-known-yet"},"place":{"row":null,"column":null,"value":null,"sku":null,"attribute":null,"locale":null}}]"#;
        let read: Messages = serde_json::from_str(newer).expect("a newer receipt");
        assert_eq!(read.0[0].message, DiagnosticMessage::Plain("so it is".to_owned()));
    }
}
