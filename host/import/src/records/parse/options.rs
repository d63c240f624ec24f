//! Options: codes or labels, several in a cell.

use std::collections::{BTreeMap, HashMap};

use foldhash::quality::RandomState;
use rikaste_model::code::AttributeCode;
use rikaste_model::shop::{AttributeDefinition, find_nearest_name};
use smol_str::SmolStr;

/// The options of all attributes, by every name that one goes by.
#[derive(Debug, Default)]
pub(crate) struct OptionLookup(HashMap<AttributeCode, OptionNames, RandomState>);

/// Codes and labels, as they are and in lower case. A label of two options names neither.
type OptionNames = HashMap<String, Option<SmolStr>, RandomState>;

impl OptionLookup {
    pub(crate) fn from_attributes(
        attributes: &BTreeMap<AttributeCode, AttributeDefinition>,
    ) -> Self {
        let listed = attributes.iter().filter(|(_, attribute)| !attribute.options.is_empty());
        Self(listed.map(|(code, attribute)| (code.clone(), collect_names(attribute))).collect())
    }

    /// The option that a text names, by code or by a label in any locale, whatever its case. Any
    /// text is one where the attribute lists none.
    pub(crate) fn find_option(&self, text: &str, attribute: &AttributeCode) -> Option<SmolStr> {
        let Some(names) = self.0.get(attribute) else {
            return Some(SmolStr::new(text));
        };
        names.get(text).or_else(|| names.get(&text.to_lowercase()))?.clone()
    }

    /// The option that was most likely meant.
    pub(crate) fn nearest_option(&self, text: &str, attribute: &AttributeCode) -> Option<SmolStr> {
        let names = self.0.get(attribute)?;
        let clear = names.iter().filter(|(_, code)| code.is_some()).map(|(name, _)| name.as_str());
        // The table has no order, and a message must be the same every time.
        let mut clear: Vec<&str> = clear.collect();
        clear.sort_unstable();
        names.get(find_nearest_name(&text.to_lowercase(), clear)?)?.clone()
    }
}

fn collect_names(attribute: &AttributeDefinition) -> OptionNames {
    let mut names = OptionNames::default();
    for (code, labels) in &attribute.options {
        for label in labels.values() {
            for name in [label.clone(), label.to_lowercase()] {
                let known = names.entry(name).or_insert_with(|| Some(code.clone()));
                if known.as_ref() != Some(code) {
                    *known = None;
                }
            }
        }
    }
    // Codes win over labels, and codes as they are over codes in another case.
    let lower = attribute.options.keys().map(|code| (code.to_lowercase(), Some(code.clone())));
    names.extend(lower);
    names.extend(attribute.options.keys().map(|code| (code.to_string(), Some(code.clone()))));
    names
}

#[cfg(test)]
mod tests {
    use rikaste_model::locale::Locale;
    use rikaste_model::value::DataType;

    use super::*;

    #[test]
    fn an_option_is_named_by_code_or_label() {
        let label = |text: &str| {
            BTreeMap::from([(Locale::new("fi-FI").expect("a locale"), text.to_owned())])
        };
        let code = |text: &str| AttributeCode::new(text).expect("a code");
        let mut color = AttributeDefinition::from_data_type(DataType::Options);
        for (code, text) in
            [("moss", "Sammal"), ("night", "Yönsininen"), ("fjord", "Vuono"), ("bay", "vuono")]
        {
            color.options.insert(code.into(), label(text));
        }
        let attributes = BTreeMap::from([
            (code("color"), color),
            (code("size"), AttributeDefinition::from_data_type(DataType::Options)),
        ]);
        let options = OptionLookup::from_attributes(&attributes);
        for (text, chosen, near) in [
            ("moss", Some("moss"), Some("moss")),
            ("Moss", Some("moss"), Some("moss")),
            ("YÖNSININEN", Some("night"), Some("night")),
            ("mos", None, Some("moss")),
            ("samal", None, Some("moss")),
            ("taupe", None, None),
            ("VUONO", None, Some("fjord")),
        ] {
            assert_eq!(options.find_option(text, &code("color")).as_deref(), chosen, "{text}");
            assert_eq!(options.nearest_option(text, &code("color")).as_deref(), near, "{text}");
        }
        assert_eq!(options.find_option("Anything", &code("size")).as_deref(), Some("Anything"));
    }
}
