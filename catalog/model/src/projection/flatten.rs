//! One locale of a document, laid over the product's own fields.

use serde_json::{Map, Value};

use crate::locale::Locale;

/// The document with one locale's texts as the product's own, `content_language` naming the
/// locale, and without the others. Nothing when the document has no such locale.
#[must_use]
pub fn flatten_locale(document: &[u8], locale: &Locale) -> Option<Vec<u8>> {
    let mut product: Map<String, Value> = serde_json::from_slice(document).ok()?;
    let Value::Object(mut locales) = product.remove("localized")? else { return None };
    let Value::Object(texts) = locales.remove(locale.as_str())? else { return None };
    product.insert("content_language".to_owned(), Value::from(locale.as_str()));
    for (member, value) in texts {
        match (member.as_str(), product.get_mut(&member), value) {
            ("attributes", Some(Value::Object(own)), Value::Object(localised)) => {
                own.extend(localised)
            }
            (_, _, value) => {
                product.insert(member, value);
            }
        }
    }
    serde_json::to_vec(&product).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_locale_is_laid_over_the_product() {
        let document = br#"{"id":"A","attributes":{"size":"M"},"localized":{"fi-FI":{"title":"Takki","attributes":{"care":"Pese"},"fallback":{"title":"en-GB"}},"sv-SE":{}}}"#;
        let flat = flatten_locale(document, &Locale::new("fi").expect("valid"));
        assert_eq!(flat, None);
        let flat =
            flatten_locale(document, &Locale::new("fi-FI").expect("valid")).expect("present");
        assert_eq!(
            String::from_utf8_lossy(&flat),
            r#"{"id":"A","attributes":{"size":"M","care":"Pese"},"content_language":"fi-FI","title":"Takki","fallback":{"title":"en-GB"}}"#
        );
    }
}
