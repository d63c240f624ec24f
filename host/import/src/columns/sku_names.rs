//! How much the name of a column sounds like that of the SKU. Nobody guesses by it: it orders what a shop is
//! asked about, so that a number of a database is not suggested where a number of articles is at hand.

/// What a name sounds like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum SkuLikeness {
    /// A number of a database, an address, or another product's.
    Identifier,
    /// Anything else.
    Other,
    /// A code or number of something.
    Code,
    /// A number of articles.
    ArticleNumber,
    /// It says so.
    Sku,
}

impl SkuLikeness {
    pub(crate) fn of_name(name: &str) -> Self {
        let words: Vec<String> = split_words(name);
        let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(&word.as_str()));
        let joined = words.concat();
        let contains = |part: &[&str]| part.iter().any(|part| joined.contains(part));
        if has(&["parent", "related", "linked", "upsell", "crosssell", "external", "uuid", "guid"])
        {
            return Self::Identifier;
        }
        if joined.contains("sku") {
            return Self::Sku;
        }
        let is_number = has(&["no", "nr", "num", "number", "code", "ref", "reference", "id"])
            || contains(&[
                "nro", "nummer", "numero", "koodi", "kod", "tunnus", "number", "referen",
            ]);
        let is_article = has(&["art", "item", "product", "article", "internal", "stock", "part"])
            || contains(&["tuote", "nimike", "artik", "produkt", "bestell", "material"]);
        if has(&["id", "ids", "handle", "slug", "url", "key"]) || joined.ends_with("id") {
            return Self::Identifier;
        }
        match (is_number, is_article) {
            (true, true) => Self::ArticleNumber,
            (true, false) => Self::Code,
            _ => Self::Other,
        }
    }
}

/// The words of a name in lower case: at spaces and punctuation, and where a capital begins one.
fn split_words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in name.chars() {
        let begins = c.is_uppercase() && before.is_lowercase();
        if !c.is_alphanumeric() || begins {
            words.push(String::new());
        }
        if c.is_alphanumeric() {
            words.last_mut().expect("there is always one").extend(c.to_lowercase());
        }
        before = c;
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_articles_go_before_those_of_databases() {
        for names in [
            ["Variant Sku", "Product Id"],
            ["Internal Reference", "External ID"],
            ["product_number", "id"],
            ["productNumber", "parent_id"],
            ["Art.-Nr.", "Bezeichnung"],
            ["Tuotekoodi", "Nimi"],
            ["Reference", "Name"],
            ["SKU", "Item number"],
            ["Item number", "Code"],
        ] {
            let [better, worse] = names.map(SkuLikeness::of_name);
            assert!(better > worse, "{names:?} {better:?} {worse:?}");
        }
    }
}
