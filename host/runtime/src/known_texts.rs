//! Known texts: what the plugin of the program says about photos, and what this module says about plugins.
//! Both are kept as English sentences, with photos and products; here they become words of the catalogue.

use std::sync::LazyLock;

use rikaste_model::words;
use rikaste_model::words::{DiagnosticMessage, TextArgument, TextTemplate};

/// A more special text stands before a more general one.
static TEMPLATES: LazyLock<Vec<TextTemplate>> = LazyLock::new(|| {
    let texts = [
        words!("image-file-large", most = ""),
        words!("image-empty"),
        words!("image-not-an-image"),
        words!("image-unsupported", format = ""),
        words!("image-truncated"),
        words!("image-broken", problem = ""),
        words!("image-too-large", size = "", side = ""),
        words!("image-too-many-bytes", size = "", most = ""),
        words!("image-memory", needed = "", most = ""),
        words!("image-frames", most = ""),
        words!("image-scans", scans = ""),
        words!("image-parts"),
        words!("image-rendition", problem = ""),
        words!("image-profile", problem = "", kind = ""),
        words!("image-cmyk"),
        words!("image-hdr"),
        words!("image-pages"),
        words!("image-trailing-bytes", bytes = ""),
        words!("image-animated", frames = ""),
        words!("image-text"),
        words!("image-plugin-failed", plugin = "", version = "", reason = ""),
        words!("plugin-value-refused", plugin = "", version = "", attribute = "", reason = ""),
        words!("plugin-values-many", plugin = "", version = "", count = "", most = ""),
        words!("value-undeclared", attribute = ""),
        words!("value-other-type", declared = "", found = ""),
        words!("value-locale-unknown", locale = ""),
        words!("value-not-localizable"),
        words!("value-channel-unknown", channel = ""),
        words!("value-not-scopable"),
        words!("value-window-empty"),
        words!("value-twice"),
        words!("failure-steps", million = "", place = ""),
        words!("failure-stack", place = ""),
        words!("failure-bounds", place = ""),
        words!("failure-panic", said = ""),
        words!("failure-silent", place = ""),
        words!("failure-output", most = "", place = ""),
        words!("failure-handles", most = "", place = ""),
        words!("failure-contract", problem = ""),
        words!("failure-memory", most = ""),
        words!("failure-time-photo", seconds = ""),
        words!("failure-time", seconds = ""),
        words!("failure-start", reason = ""),
        words!("failure-answers", given = "", answered = ""),
        words!("failure-busy"),
        words!("plugin-said", message = "", plugin = ""),
    ];
    texts.into_iter().map(TextTemplate::new).collect()
});

/// The words of a text that the catalogue has, what it quotes included; any other text as it is.
#[must_use]
pub fn find_known_text(text: &str) -> DiagnosticMessage {
    find_words(text, 0)
}

fn find_words(text: &str, depth: usize) -> DiagnosticMessage {
    /// A reason inside of a failure inside of a remark.
    const MAX_DEPTH: usize = 3;
    let convert = |part: &str| match depth < MAX_DEPTH {
        true => find_words(part, depth + 1).into(),
        false => TextArgument::from(part),
    };
    let found = TEMPLATES.iter().find_map(|template| template.match_text(text, convert));
    found.map_or_else(|| DiagnosticMessage::from(text), DiagnosticMessage::from)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;
    use rikaste_model::words::Language;

    use super::*;

    /// Sentences of a source file that begin with this attribute, with their arguments filled in.
    fn sentences(source: &str) -> Vec<String> {
        let mut sentences = Vec::new();
        for (at, _) in source.match_indices("#[error(") {
            let rest = &source[at..];
            let literal = rest[rest.find('"').expect("a text") + 1..].replace("\\\n", "");
            let text = literal.split("\",").next().and_then(|text| text.split("\")").next());
            let text = text.expect("its end").split("\"\n").next().expect("its end").to_owned();
            let words: Vec<_> = text.split_whitespace().collect();
            let mut text = words.join(" ").replace("\\\"", "\"");
            while let Some(open) = text.find('{') {
                let close = text[open..].find('}').expect("it is closed") + open;
                text.replace_range(open..=close, "7");
            }
            sentences.push(text);
        }
        sentences
    }

    #[test]
    fn every_refusal_of_the_bundled_image_plugin_is_known() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../plugins/images/src/decode.rs");
        let source = std::fs::read_to_string(path).expect("the plugin's source");
        let sentences = sentences(&source);
        assert!(sentences.len() > 10, "{sentences:?}");
        for sentence in sentences {
            let known = find_known_text(&sentence).localized_text().is_some();
            assert!(known, "known_texts.rs and the Fluent files do not have: {sentence}");
        }
    }

    #[test]
    fn what_is_quoted_is_known_as_well() {
        let finnish = |text: &str| find_known_text(text).to_text(Language::Fi).into_owned();
        let texts = [
            "the plugin told 0.1.0 fails on it: it took more than 100 million steps; is there a loop without an end? (in told::process)",
            "the plugin told 0.1.0 fails on it: picture 1 is 99×48 pixels",
            "It is odd (plugin told)",
            "It is odd",
        ];
        let lines: Vec<_> = texts.into_iter().map(finnish).collect();
        expect![[r#"
            lisäosa told 0.1.0 epäonnistui siinä: se käytti yli 100 miljoonaa askelta; onko siinä päättymätön silmukka? (in told::process)
            lisäosa told 0.1.0 epäonnistui siinä: picture 1 is 99×48 pixels
            It is odd (lisäosa told)
            It is odd"#]].assert_eq(&lines.join("\n"));
    }
}
