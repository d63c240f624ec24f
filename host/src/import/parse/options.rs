//! Options: codes or labels, several in a cell.

use rikaste_catalog::shop::{Attribute, nearest};
use smol_str::SmolStr;

/// The parts of a list in a cell: at the separator that a mapping names, or at `|` and `,`.
pub(in crate::import) fn split_list<'t>(text: &'t str, separator: Option<&str>) -> Vec<&'t str> {
    let parts: Vec<&str> = match separator {
        Some(separator) => text.split(separator).collect(),
        None => text.split(['|', ',']).collect(),
    };
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// The option that a text names, by code or by a label in any locale, whatever its case.
/// Otherwise the text is an error that holds the nearest option, if any is near.
pub(in crate::import) fn chosen(
    text: &str,
    attribute: &Attribute,
) -> Result<SmolStr, Option<SmolStr>> {
    if attribute.options.is_empty() {
        return Ok(SmolStr::new(text));
    }
    if let Some((code, _)) = attribute.options.get_key_value(text) {
        return Ok(code.clone());
    }
    let folded = text.to_lowercase();
    let named = |name: &str| name.to_lowercase() == folded;
    let mut found = None;
    for (code, labels) in &attribute.options {
        if named(code) {
            return Ok(code.clone());
        }
        if labels.values().any(|label| named(label)) {
            match found {
                // A label that two options share names neither.
                Some(_) => return Err(None),
                None => found = Some(code),
            }
        }
    }
    found.cloned().ok_or_else(|| near(&folded, attribute))
}

fn near(folded: &str, attribute: &Attribute) -> Option<SmolStr> {
    let codes = attribute.options.keys().map(SmolStr::as_str);
    if let Some(code) = nearest(folded, codes) {
        return Some(SmolStr::new(code));
    }
    let labels: Vec<(String, &SmolStr)> = attribute
        .options
        .iter()
        .flat_map(|(code, labels)| labels.values().map(move |label| (label.to_lowercase(), code)))
        .collect();
    let label = nearest(folded, labels.iter().map(|(label, _)| label.as_str()))?;
    labels.iter().find(|(l, _)| l == label).map(|(_, code)| (*code).clone())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use rikaste_catalog::locale::Locale;
    use rikaste_catalog::value::DataType;

    use super::*;

    #[test]
    fn an_option_is_named_by_code_or_label() {
        let label = |text: &str| {
            BTreeMap::from([(Locale::new("fi-FI").expect("a locale"), text.to_owned())])
        };
        let mut color = Attribute::of(DataType::Options);
        assert_eq!(chosen("Anything", &color), Ok("Anything".into()));
        color.options.insert("moss".into(), label("Sammal"));
        color.options.insert("night".into(), label("Yönsininen"));
        color.options.insert("fjord".into(), label("Vuono"));
        for (text, read) in [
            ("moss", Ok("moss".into())),
            ("Moss", Ok("moss".into())),
            ("YÖNSININEN", Ok("night".into())),
            ("mos", Err(Some("moss".into()))),
            ("samal", Err(Some("moss".into()))),
            ("taupe", Err(None)),
        ] {
            assert_eq!(chosen(text, &color), read, "{text}");
        }
    }
}
