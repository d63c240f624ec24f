//! Rows of totals, as spreadsheets and ERP lists end with them: they are about no product.

/// What they start with, in the languages of lists that were seen.
const TOTAL_WORDS: [&str; 24] = [
    "yhteensä",
    "välisumma",
    "loppusumma",
    "kokonaissumma",
    "totalt",
    "summa",
    "delsumma",
    "slutsumma",
    "summe",
    "gesamt",
    "gesamtsumme",
    "zwischensumme",
    "insgesamt",
    "endsumme",
    "total",
    "totals",
    "grand total",
    "subtotal",
    "sub total",
    "sum",
    "kokku",
    "vahesumma",
    "kogusumma",
    "totaal",
];

/// Whether a row is one of totals. `sku` is what stands where the SKU should; a row that has one is
/// only a total where that is the word itself.
pub fn find_total_word<'c>(sku: &str, cells: impl Iterator<Item = &'c str>) -> Option<&'c str> {
    if !sku.is_empty() && !is_total_word(sku) {
        return None;
    }
    cells.filter(|cell| !cell.is_empty()).find(|cell| is_total_word(cell))
}

fn is_total_word(cell: &str) -> bool {
    // Most cells are decided by their length and digits.
    if cell.len() > 24 || cell.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let word = cell.trim_end_matches([':', '.', ' ', '=']).to_lowercase();
    TOTAL_WORDS.contains(&word.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_have_no_sku() {
        let total = |sku: &str, cells: &[&'static str]| find_total_word(sku, cells.iter().copied());
        assert_eq!(total("", &["", "Yhteensä:", "1 200,00"]), Some("Yhteensä:"));
        assert_eq!(total("Summe", &["Summe", "", "12"]), Some("Summe"));
        assert_eq!(total("A-1", &["A-1", "Total"]), None);
        assert_eq!(total("", &["", "Total immersion heater"]), None);
    }
}
