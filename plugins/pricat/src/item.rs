//! One line of a catalogue: `LIN` and the segments that follow it.

use rikaste_plugin::{Element, Portion};

use crate::date;
use crate::plugin::{ArticleNumber, Config};
use crate::segment::Segment;

/// What a message says of all its lines.
#[derive(Debug, Default, Clone)]
pub struct CatalogueHeader {
    currency: Option<String>,
    validity: ValidityPeriod,
}

/// When something holds, in days.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct ValidityPeriod {
    from: Option<String>,
    until: Option<String>,
}

/// A line that is being read.
#[derive(Debug)]
pub struct CatalogueItem {
    row: u32,
    deleted: bool,
    gtin: Option<String>,
    supplier: Option<String>,
    buyer: Option<String>,
    /// Paths and what they say, in the order in which they came.
    texts: Vec<(String, String)>,
    prices: Vec<ItemPrice>,
    group: SegmentGroup,
}

#[derive(Debug)]
struct ItemPrice {
    path: &'static str,
    amount: String,
    currency: Option<String>,
    validity: ValidityPeriod,
}

/// Whom a segment is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SegmentGroup {
    Line,
    Price,
    /// A package, an allowance, a tax; what comes of the line after it are prices.
    Other,
    /// A part of the article.
    Part,
}

impl ValidityPeriod {
    fn take_date(&mut self, segment: &Segment) {
        let Some((first, last)) =
            date::parse_span(segment.component_at(1, 1), segment.component_at(1, 2))
        else {
            return;
        };
        match segment.component_at(1, 0) {
            "194" | "7" => self.from = Some(first),
            "206" => self.until = Some(first),
            "273" => (self.from, self.until) = (Some(first), last),
            _ => {}
        }
    }

    fn or_fallback(&self, other: &Self) -> Self {
        Self {
            from: self.from.as_ref().or(other.from.as_ref()).cloned(),
            until: self.until.as_ref().or(other.until.as_ref()).cloned(),
        }
    }
}

impl CatalogueHeader {
    /// Takes a segment that comes before the first line.
    pub fn take_segment(&mut self, segment: &Segment) {
        match segment.tag() {
            "CUX" => self.currency = read_currency(segment),
            "DTM" => self.validity.take_date(segment),
            _ => {}
        }
    }
}

impl CatalogueItem {
    /// Begins with a `LIN`, the so-manieth of the file.
    pub fn new(row: u32, segment: &Segment) -> Self {
        let mut item = Self {
            row,
            deleted: segment.component_at(2, 0) == "2",
            gtin: None,
            supplier: None,
            buyer: None,
            texts: Vec::new(),
            prices: Vec::new(),
            group: SegmentGroup::Line,
        };
        if !segment.component_at(3, 0).is_empty() {
            item.set_number(segment.component_at(3, 0), segment.component_at(3, 1));
        }
        item
    }

    /// Takes a segment that follows.
    pub fn take_segment(&mut self, segment: &Segment, portion: &mut Portion) {
        match (segment.tag(), self.group) {
            ("SLN", _) => self.group = SegmentGroup::Part,
            (_, SegmentGroup::Part) => {}
            ("PRI", _) => self.read_price(segment, portion),
            ("CUX", SegmentGroup::Price) => {
                if let Some(price) = self.prices.last_mut() {
                    price.currency = read_currency(segment);
                }
            }
            ("DTM", SegmentGroup::Price) => {
                if let Some(price) = self.prices.last_mut() {
                    price.validity.take_date(segment);
                }
            }
            ("PAC" | "ALC" | "LOC" | "TAX" | "NAD", _) => self.group = SegmentGroup::Other,
            ("PIA", SegmentGroup::Line) => {
                for number in segment.elements().skip(1) {
                    if let [number, kind, ..] = number {
                        self.set_number(number, kind);
                    }
                }
            }
            ("IMD", SegmentGroup::Line) => self.read_description(segment),
            ("MEA", SegmentGroup::Line) => self.read_measurement(segment),
            _ => {}
        }
    }

    /// The element that it is, if it is one for the shop.
    pub fn write_to_portion(
        self,
        header: &CatalogueHeader,
        config: &Config,
        portion: &mut Portion,
    ) {
        let row = self.row;
        let numbers = [&self.gtin, &self.supplier, &self.buyer].into_iter().flatten();
        let called = numbers.map(String::as_str).next().unwrap_or("without a number").to_owned();
        if self.deleted {
            let message = format!(
                "the sender takes {called} out of the range, so nothing was read of it; take it out of the shop by hand"
            );
            portion.warn(row, "article-deleted", message).at("LIN", &called);
            return;
        }
        let (sku, name) = match config.sku {
            ArticleNumber::Gtin => (&self.gtin, "GTIN"),
            ArticleNumber::Supplier => {
                (&self.supplier, "article number of the supplier (PIA with SA)")
            }
            ArticleNumber::Buyer => {
                (&self.buyer, "article number of the buyer (PIA with IN or BP)")
            }
        };
        let Some(sku) = sku else {
            let message = format!(
                "the article has no {name}, which the plugin's configuration takes for the SKU (`sku` in plugins/pricat.toml)"
            );
            portion.refuse(row, "article-number-missing", message).at("LIN", &called);
            return;
        };
        let mut element = Element::new(row);
        element.text("sku", sku.as_str());
        let numbers = [
            ("gtin", &self.gtin),
            ("supplier_article", &self.supplier),
            ("buyer_article", &self.buyer),
        ];
        for (path, number) in numbers {
            if let Some(number) = number {
                element.text(path, number.as_str());
            }
        }
        for (path, text) in self.texts {
            element.text(path, text);
        }
        let mut validity = ValidityPeriod::default();
        for price in self.prices {
            let Some(currency) = price.currency.as_ref().or(header.currency.as_ref()) else {
                let message = "the price has no currency (CUX), so it is left out";
                portion.warn(row, "price-without-currency", message).at("PRI", &price.amount);
                continue;
            };
            let path = format!("{}-{currency}", price.path);
            if element.get(&path).is_some() {
                let message = format!(
                    "the article has a second {} in {currency}; the first was read",
                    price.path
                );
                portion.warn(row, "price-repeated", message).at("PRI", &price.amount);
                continue;
            }
            if price.path == "price" || validity == ValidityPeriod::default() {
                validity = price.validity.or_fallback(&header.validity);
            }
            element.number(path, price.amount);
        }
        for (path, day) in [("valid_from", validity.from), ("valid_until", validity.until)] {
            if let Some(day) = day {
                element.text(path, day);
            }
        }
        portion.elements.push(element);
    }

    /// An article number of a kind (7143).
    fn set_number(&mut self, number: &str, kind: &str) {
        let place = match kind {
            // D.96A has EN for GTINs, D.01B SRV.
            "EN" | "SRV" | "UP" => &mut self.gtin,
            "SA" => &mut self.supplier,
            "IN" | "BP" => &mut self.buyer,
            _ => return,
        };
        if place.is_none() && !number.is_empty() {
            *place = Some(number.to_owned());
        }
    }

    fn read_description(&mut self, segment: &Segment) {
        let characteristic = segment.component_at(2, 0);
        let text = format!("{}{}", segment.component_at(3, 3), segment.component_at(3, 4));
        // Where a text is coded, the code is all there is.
        let text =
            if text.trim().is_empty() { segment.component_at(3, 0).to_owned() } else { text };
        let path = match characteristic {
            "" | "ANM" | "8" => "name".to_owned(),
            "DSC" => "description".to_owned(),
            "BRN" => "brand".to_owned(),
            "35" => "color".to_owned(),
            "98" => "size".to_owned(),
            code => format!("imd.{code}"),
        };
        let language = segment.component_at(3, 5).to_ascii_lowercase();
        let path = if language.is_empty() { path } else { format!("{path}-{language}") };
        self.append_text(path, text.trim());
    }

    fn read_measurement(&mut self, segment: &Segment) {
        let Some(amount) = segment.number_at(3, 1) else { return };
        let path = match segment.component_at(2, 0) {
            "AAB" | "G" => "weight".to_owned(),
            "AAA" | "AAC" | "N" => "net_weight".to_owned(),
            "HT" => "height".to_owned(),
            "WD" => "width".to_owned(),
            "LN" => "length".to_owned(),
            "DP" => "depth".to_owned(),
            code => format!("measure.{code}"),
        };
        // Three digits after the point could be read as thousands; four cannot.
        let ambiguous = amount.split_once('.').is_some_and(|(_, fraction)| fraction.len() == 3);
        let zero = if ambiguous { "0" } else { "" };
        self.append_text(path, &format!("{amount}{zero} {}", segment.component_at(3, 0)));
    }

    /// Says a text; what comes again goes on where the first ended, as long texts do.
    fn append_text(&mut self, path: String, text: &str) {
        if text.is_empty() {
            return;
        }
        match self.texts.iter_mut().find(|(known, _)| *known == path) {
            Some((_, known)) => {
                known.push(' ');
                known.push_str(text);
            }
            None => self.texts.push((path, text.to_owned())),
        }
    }

    fn read_price(&mut self, segment: &Segment, portion: &mut Portion) {
        self.group = SegmentGroup::Price;
        let (qualifier, text) = (segment.component_at(1, 0), segment.component_at(1, 1));
        let Some(amount) = segment.number_at(1, 1) else {
            let message = "the price is no number, so it is left out";
            portion.warn(self.row, "price-unreadable", message).at("PRI", text);
            return;
        };
        let basis = segment.number_at(1, 4);
        if basis.as_deref().is_some_and(|basis| basis != "1") {
            let basis = basis.unwrap_or_default();
            let message = format!(
                "the price is for {basis} {}, not for one; it is left out",
                segment.component_at(1, 5)
            );
            portion.warn(self.row, "price-basis", message).at("PRI", text);
            return;
        }
        let path = match (qualifier, segment.component_at(1, 3)) {
            (_, "SRP" | "RTP") | ("AAE" | "AAF" | "INF", _) => "price",
            ("AAB", _) => "gross_price",
            _ => "purchase_price",
        };
        self.prices.push(ItemPrice {
            path,
            amount,
            currency: None,
            validity: ValidityPeriod::default(),
        });
    }
}

/// The currency that prices are in: of the reference currency (2), which comes first.
fn read_currency(segment: &Segment) -> Option<String> {
    let code = segment.component_at(1, 1);
    (code.len() == 3).then(|| code.to_ascii_uppercase())
}
