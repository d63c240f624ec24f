//! What columns about prices are called by convention, beside `price` itself.

use super::target::{PricePart, PriceTarget, PriceTerm};

/// Names of amounts, which may be narrowed by a list or a currency: `sale_price-EUR`.
const PARTS: [(PricePart, &str); 5] = [
    (PricePart::Price, "price"),
    (PricePart::Sale, "sale_price"),
    (PricePart::CompareAt, "compare_at_price"),
    (PricePart::DiscountPercent, "discount_percent"),
    (PricePart::DiscountAmount, "discount_amount"),
];

/// Names of what holds for all amounts of a row; the first of each is its own.
const TERMS: [(PriceTerm, &[&str]); 6] = [
    (PriceTerm::Currency, &["currency"]),
    (PriceTerm::Quantity, &["price_quantity", "price_per"]),
    (PriceTerm::MinimumQuantity, &["minimum_quantity", "min_quantity", "lower_bound"]),
    (PriceTerm::SaleFrom, &["sale_from"]),
    (PriceTerm::SaleUntil, &["sale_until"]),
    (PriceTerm::SaleDates, &["sale_dates", "sale_price_effective_date"]),
];

/// The name of prices without tax. A shop may have an attribute of it; it is no price.
pub(crate) const NET_PRICE: &str = "price_without_tax";

/// What says behind `price` that tax is in it, without separators.
const WITH_TAX: [&str; 16] = [
    "gross",
    "brutto",
    "incltax",
    "inclvat",
    "includingtax",
    "includingvat",
    "taxincluded",
    "vatincluded",
    "withtax",
    "inklmoms",
    "inkmoms",
    "inklmwst",
    "sisalv",
    "sisalvn",
    "verollinen",
    "taxincl",
];

/// What says behind `price` that tax is not in it.
const WITHOUT_TAX: [&str; 20] = [
    "net",
    "netto",
    "excltax",
    "exclvat",
    "excludingtax",
    "excludingvat",
    "taxexcluded",
    "vatexcluded",
    "withouttax",
    "exklmoms",
    "exmoms",
    "exvat",
    "extax",
    "exklmwst",
    "ohnemwst",
    "zzglmwst",
    "alv0",
    "veroton",
    "taxexcl",
    "utanmoms",
];

/// Words for a piece, in which something is counted.
const PIECES: [&str; 34] = [
    "",
    "kpl",
    "kappale",
    "kappaletta",
    "st",
    "stk",
    "stck",
    "styck",
    "stycken",
    "stuck",
    "stück",
    "stueck",
    "pcs",
    "pc",
    "pce",
    "piece",
    "pieces",
    "each",
    "ea",
    "c62",
    "h87",
    "unit",
    "units",
    "yks",
    "pari",
    "par",
    "paar",
    "pair",
    "pr",
    "set",
    "pkt",
    "pkg",
    "ltk",
    "rll",
];

/// What stands between a price and how many pieces it is for.
const PER: [&str; 7] = ["per", "pro", "je", "à", "a", "/", "för"];

/// Whether tax is in a price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TaxBasis {
    Gross,
    Net,
}

impl PricePart {
    pub(crate) fn word(self) -> &'static str {
        PARTS.iter().find(|(part, _)| *part == self).map_or("price", |(_, word)| word)
    }

    /// The amount of a folded name.
    pub(crate) fn from_word(folded: &str) -> Option<Self> {
        PARTS.iter().find(|(_, word)| *word == folded).map(|(part, _)| *part)
    }
}

impl PriceTerm {
    pub(crate) fn word(self) -> &'static str {
        TERMS.iter().find(|(term, _)| *term == self).map_or("currency", |(_, words)| words[0])
    }

    /// The term of a folded name.
    pub(crate) fn from_word(folded: &str) -> Option<Self> {
        TERMS.iter().find(|(_, words)| words.contains(&folded)).map(|(term, _)| *term)
    }
}

/// What a suffix says about tax.
pub(crate) fn tax_basis(suffix: &str) -> Option<TaxBasis> {
    let plain: String =
        suffix.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    match () {
        () if WITH_TAX.contains(&plain.as_str()) => Some(TaxBasis::Gross),
        () if WITHOUT_TAX.contains(&plain.as_str()) => Some(TaxBasis::Net),
        () => None,
    }
}

/// Splits `Preis pro 100 Stück` into what the price is called and for how many pieces it is.
pub(crate) fn split_per(header: &str) -> Option<(&str, u32)> {
    let start = header.find(|c: char| c.is_ascii_digit())?;
    let digits = header[start..].find(|c: char| !c.is_ascii_digit());
    let end = digits.map_or(header.len(), |length| start + length);
    let pieces: u32 = header[start..end].parse().ok().filter(|pieces| *pieces > 0)?;
    let unit = header[end..].trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let before = header[..start].trim_end_matches([' ', '-', '_', '.', '(']);
    let is_per = |word: &str| {
        let head = before.strip_suffix(word).or_else(|| before.strip_suffix(&word.to_uppercase()));
        head.is_some_and(|head| word == "/" || head.ends_with([' ', '-', '_', '.']))
    };
    let word = PER.iter().find(|word| is_per(word))?;
    let name = before[..before.len() - word.len()].trim_end_matches([' ', '-', '_', '.', '(']);
    (PIECES.contains(&unit.as_str()) && !name.is_empty()).then_some((name, pieces))
}

/// For how many pieces a price is, by what stands in a cell: `100`, `100 Stück`, `kpl`.
pub(crate) fn parse_pieces(text: &str) -> Option<u32> {
    let text = text.trim().to_lowercase();
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    // `100.00` and `1,000` are a hundred and one as well.
    let unit = unit.strip_prefix(['.', ',']).map_or(unit, |rest| rest.trim_start_matches('0'));
    let unit = unit.trim().trim_end_matches('.');
    match number {
        _ if !PIECES.contains(&unit) => None,
        "" => Some(1),
        number => number.parse().ok().filter(|pieces| *pieces > 0),
    }
}

impl PriceTarget {
    /// The same of so many pieces.
    pub(crate) fn per_pieces(self, pieces: u32) -> Self {
        Self { per: (pieces > 1).then_some(pieces), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_say_for_how_many_pieces_a_price_is() {
        for (header, read) in [
            ("Preis pro 100", Some(("Preis", 100))),
            ("Preis pro 100 Stück", Some(("Preis", 100))),
            ("hinta/100 kpl", Some(("hinta", 100))),
            ("Hinta (/ 100 kpl)", Some(("Hinta", 100))),
            ("Pris per 1000 st", Some(("Pris", 1000))),
            ("price-per-100", Some(("price", 100))),
            // Of a weight it is a price to compare by.
            ("Hinta / 100 g", None),
            ("Preis 2026", None),
            ("hinta", None),
            ("per 100", None),
        ] {
            assert_eq!(split_per(header), read, "{header}");
        }
    }

    #[test]
    fn cells_say_for_how_many_pieces_a_price_is() {
        for (text, read) in [
            ("100", Some(100)),
            ("1", Some(1)),
            ("100 St.", Some(100)),
            ("kpl", Some(1)),
            ("1.00", Some(1)),
            ("100,0000", Some(100)),
            ("0", None),
            ("C", None),
            ("0.5", None),
            ("many", None),
        ] {
            assert_eq!(parse_pieces(text), read, "{text}");
        }
    }
}
