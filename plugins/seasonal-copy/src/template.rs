//! Text with places for values: `{name}`.

/// The attributes that a template can name, which are those the plugin reads.
pub(crate) const PLACEHOLDERS: [&str; 7] =
    ["name", "description", "brand", "family", "categories", "color", "material"];

/// A template, parsed once.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct CopyTemplate(Vec<TemplatePart>);

#[derive(Debug, PartialEq, Eq)]
enum TemplatePart {
    Literal(String),
    /// One of [`PLACEHOLDERS`].
    Value(&'static str),
}

impl CopyTemplate {
    /// Reads a template; `{{` and `}}` are braces. The error says what is wrong and why.
    pub(crate) fn parse_source(source: &str) -> Result<Self, String> {
        if source.trim().is_empty() {
            return Err("the text is empty; leave the key out where there is to be none".to_owned());
        }
        let mut parts = Vec::new();
        let mut literal = String::new();
        let mut rest = source;
        while let Some(at) = rest.find(['{', '}']) {
            literal.push_str(&rest[..at]);
            let brace = &rest[at..=at];
            let after = &rest[at + 1..];
            if after.starts_with(brace) {
                literal.push_str(brace);
                rest = &after[1..];
                continue;
            }
            if brace == "}" {
                return Err(
                    "there is a `}` without its `{`; a brace itself is written `}}`".to_owned()
                );
            }
            let Some((name, after)) = after.split_once('}') else {
                return Err(
                    "there is a `{` without its `}`; a brace itself is written `{{`".to_owned()
                );
            };
            let value = find_placeholder(name)?;
            reject_ending(name, after)?;
            if !literal.is_empty() {
                parts.push(TemplatePart::Literal(std::mem::take(&mut literal)));
            }
            parts.push(TemplatePart::Value(value));
            rest = after;
        }
        literal.push_str(rest);
        if !literal.is_empty() {
            parts.push(TemplatePart::Literal(literal));
        }
        Ok(Self(parts))
    }

    /// The text with every value in its place, or the attribute that has none.
    pub(crate) fn fill_values<'v>(
        &self,
        value: impl Fn(&'static str) -> Option<&'v str>,
    ) -> Result<String, &'static str> {
        let texts = self.0.iter().map(|part| match part {
            TemplatePart::Literal(literal) => Ok(literal.as_str()),
            TemplatePart::Value(name) => {
                value(name).filter(|text| !text.trim().is_empty()).ok_or(*name)
            }
        });
        // Joined in one go: growing would copy it again and again.
        Ok(texts.collect::<Result<Vec<_>, _>>()?.concat())
    }
}

fn find_placeholder(name: &str) -> Result<&'static str, String> {
    PLACEHOLDERS.into_iter().find(|known| *known == name).ok_or_else(|| {
        format!(
            "{{{name}}} is not a value that can be filled in; these are: {}",
            PLACEHOLDERS.join(", ")
        )
    })
}

/// `{name}n`, `{name}:n` and `{name}'s` put an ending on a word that nobody has looked at.
fn reject_ending(name: &str, after: &str) -> Result<(), String> {
    let ending = after.strip_prefix([':', '\'', '’']).unwrap_or(after);
    if !ending.starts_with(char::is_alphabetic) {
        return Ok(());
    }
    let word = &after[..after.find(char::is_whitespace).unwrap_or(after.len())];
    Err(format!(
        "\"{{{name}}}{word}\" puts an ending on a value. Finnish inflects, so the result would be \
         wrong for most products; put the value in nominative apposition, as in \"tuote {{{name}}}\""
    ))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    use super::*;

    fn filled(source: &str) -> Result<String, String> {
        let template = CopyTemplate::parse_source(source)?;
        let value = |name: &str| match name {
            "name" => Some("Untuvatakki"),
            "brand" => Some(" "),
            _ => None,
        };
        template.fill_values(value).map_err(|missing| format!("no {missing}"))
    }

    fn check(source: &str, expected: &Expect) {
        expected.assert_eq(&filled(source).unwrap_or_else(|error| format!("error: {error}")));
    }

    #[test]
    fn fills_in_whole_or_not_at_all() {
        check("Tuote {name}: {{uusi}}", &expect!["Tuote Untuvatakki: {uusi}"]);
        check("{name}", &expect!["Untuvatakki"]);
        check("{name}, {color}", &expect!["error: no color"]);
        check("{brand} {name}", &expect!["error: no brand"]);
    }

    #[test]
    fn endings_are_refused() {
        let ending = &expect![[
            r#"error: "{name}n" puts an ending on a value. Finnish inflects, so the result would be wrong for most products; put the value in nominative apposition, as in "tuote {name}""#
        ]];
        check("Osta {name}n hintaan", ending);
        for source in ["{name}:n", "{name}'s", "{name}’s", "{name}s", "{name}ä"] {
            assert!(CopyTemplate::parse_source(source).is_err(), "{source}");
        }
        for source in
            ["{name}-takki", "{name}: uusi", "{name}.", "{name} 2", "({name})", "{name}{brand}"]
        {
            assert!(CopyTemplate::parse_source(source).is_ok(), "{source}");
        }
    }

    #[test]
    fn broken_templates_say_what_is_wrong() {
        check(
            "{price}",
            &expect![
                "error: {price} is not a value that can be filled in; these are: name, description, brand, family, categories, color, material"
            ],
        );
        check(
            "{name",
            &expect!["error: there is a `{` without its `}`; a brace itself is written `{{`"],
        );
        check(
            "name}",
            &expect!["error: there is a `}` without its `{`; a brace itself is written `}}`"],
        );
        check(
            " ",
            &expect!["error: the text is empty; leave the key out where there is to be none"],
        );
    }

    proptest! {
        #[test]
        fn never_panics(source in "\\PC*", near in "[{}a-zäname :']{0,30}") {
            let _ = filled(&source);
            let _ = filled(&near);
        }

        #[test]
        fn text_without_braces_is_itself(source in "[^{}]*[a-z]") {
            prop_assert_eq!(filled(&source), Ok(source));
        }
    }
}
