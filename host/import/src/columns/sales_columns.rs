//! Sales columns: those that decide whether, when or for how much something sells, known by their names.
//!
//! Nothing is read by these names. A column that has one and is read as nothing holds its file, because
//! whatever it says would be lost: the price of a campaign goes live without its dates, a draft is
//! offered. The names are in `sales_columns.toml`.

use std::sync::LazyLock;

use rikaste_model::receipt::SalesColumnClass;
use rikaste_model::record::DropKind;

use super::mapping::Glob;
use super::synonyms::{is_status_name, normalize_name};

static SALES_COLUMNS: LazyLock<SalesColumnNames> = LazyLock::new(|| {
    let raw: RawNames =
        toml::from_str(include_str!("sales_columns.toml")).expect("sales_columns.toml is right");
    let globs =
        |names: Vec<String>| names.iter().map(|name| Glob::new(name)).collect::<Vec<Glob>>();
    let entry = |raw: RawEntry| SalesColumnEntry {
        class: raw.class,
        kinds: raw.kinds.iter().filter_map(|kind| DropKind::from_folder(kind)).collect(),
        condition: raw.only,
        all: raw.all.into_iter().map(globs).collect(),
        except: globs(raw.except),
    };
    SalesColumnNames {
        entries: raw.column.into_iter().map(entry).collect(),
        harmless_dates: globs(raw.harmless_dates.names),
    }
});

/// What a name says about the sale of a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SalesColumnName {
    pub(crate) class: SalesColumnClass,
    /// What every cell has to be, so that the column is one.
    pub(crate) condition: Option<SalesCellCondition>,
}

/// What every cell of a column has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum SalesCellCondition {
    Numbers,
    Dates,
    /// Dates, in a file that has a price.
    DatesBesidePrice,
}

struct SalesColumnNames {
    entries: Vec<SalesColumnEntry>,
    harmless_dates: Vec<Glob>,
}

struct SalesColumnEntry {
    class: SalesColumnClass,
    kinds: Vec<DropKind>,
    condition: Option<SalesCellCondition>,
    all: Vec<Vec<Glob>>,
    except: Vec<Glob>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawNames {
    column: Vec<RawEntry>,
    harmless_dates: RawHarmlessDates,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEntry {
    class: SalesColumnClass,
    kinds: Vec<String>,
    only: Option<SalesCellCondition>,
    all: Vec<Vec<String>>,
    #[serde(default)]
    except: Vec<String>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct RawHarmlessDates {
    names: Vec<String>,
}

impl SalesColumnName {
    /// What a column of this name decides in files of a kind, if it decides anything.
    pub(crate) fn classify(kind: DropKind, name: &str) -> Option<Self> {
        let words = NameWords::new(name);
        let entries = SALES_COLUMNS.entries.iter().filter(|entry| entry.kinds.contains(&kind));
        let mut fitting = entries.filter(|entry| {
            entry.all.iter().all(|any| words.fit_any(any)) && !words.fit_any(&entry.except)
        });
        if let Some(entry) = fitting.next() {
            return Some(Self { class: entry.class, condition: entry.condition });
        }
        // What lies deeper in a document is about something else.
        let last = match name.rsplit_once('.') {
            Some((around, last)) if !around.contains(['.', '[']) => last,
            _ => name,
        };
        let is_state = kind != DropKind::Edits && (is_status_name(name) || is_status_name(last));
        is_state.then_some(Self { class: SalesColumnClass::Publication, condition: None })
    }
}

/// Whether dates under this name say nothing about a price.
pub(crate) fn is_harmless_date(name: &str) -> bool {
    NameWords::new(name).fit_any(&SALES_COLUMNS.harmless_dates)
}

/// The words of a name, and all of it, as names are compared.
struct NameWords(Vec<String>);

impl NameWords {
    fn new(name: &str) -> Self {
        let mut words = vec![String::new()];
        let mut before = ' ';
        for c in name.chars() {
            let begins = !c.is_alphanumeric() || c.is_uppercase() && before.is_lowercase();
            if begins {
                words.push(String::new());
            }
            if let Some(word) = words.last_mut() {
                word.push(c);
            }
            before = c;
        }
        let mut words: Vec<String> = words.iter().map(|word| normalize_name(word)).collect();
        words.retain(|word| !word.is_empty());
        // In a path of a document, what stands before the last member is about something else.
        let last = name.rsplit('.').next().unwrap_or(name);
        words.push(normalize_name(last));
        words.push(normalize_name(name));
        Self(words)
    }

    fn fit_any(&self, patterns: &[Glob]) -> bool {
        patterns.iter().any(|pattern| self.0.iter().any(|word| pattern.is_match(word)))
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;
    use std::fmt::Write as _;

    use super::*;

    fn classify_all(kind: DropKind, names: &[&str]) -> String {
        let mut text = String::new();
        for name in names {
            let class = SalesColumnName::classify(kind, name);
            let class = class.map_or("-".to_owned(), |it| format!("{:?}", it.class));
            writeln!(text, "{name}: {class}").expect("text");
        }
        text
    }

    #[test]
    fn names_that_decide_about_a_sale() {
        let names = [
            "Tarjoushinta",
            "Kampanja alkaa",
            "Kampanja päättyy",
            "Hinta (alv 0 %)",
            "OVH",
            "Alennus %",
            "Valuutta",
            "Minimitilausmäärä",
            "Hintayksikkö",
            "Hinta sis. alv",
            "Kampanjpris",
            "Ordinarie pris",
            "Rea slutar",
            "Prisenhet",
            "Rabatt",
            "Minsta antal",
            "Aktionspreis",
            "Aktion gültig bis",
            "Streichpreis",
            "Rabatt in %",
            "Preiseinheit",
            "Mindestbestellmenge",
            "Währung",
            "Compare At Price",
            "sale_price_effective_date",
            "specialPriceFrom",
            "discount_percent",
            "price_quantity",
            "MOQ",
            "price includes tax",
            "Prix promo",
            "Fin de promo",
            "Tilbudspris",
            "Tilbud til",
            "Available from",
            "Poistuu myynnistä",
        ];
        expect![[r#"
            Tarjoushinta: SecondPrice
            Kampanja alkaa: PriceDates
            Kampanja päättyy: PriceDates
            Hinta (alv 0 %): SecondPrice
            OVH: SecondPrice
            Alennus %: Discount
            Valuutta: Currency
            Minimitilausmäärä: MinimumQuantity
            Hintayksikkö: PriceQuantity
            Hinta sis. alv: SecondPrice
            Kampanjpris: SecondPrice
            Ordinarie pris: SecondPrice
            Rea slutar: PriceDates
            Prisenhet: PriceQuantity
            Rabatt: Discount
            Minsta antal: MinimumQuantity
            Aktionspreis: SecondPrice
            Aktion gültig bis: PriceDates
            Streichpreis: SecondPrice
            Rabatt in %: Discount
            Preiseinheit: PriceQuantity
            Mindestbestellmenge: MinimumQuantity
            Währung: Currency
            Compare At Price: SecondPrice
            sale_price_effective_date: PriceDates
            specialPriceFrom: PriceDates
            discount_percent: Discount
            price_quantity: PriceQuantity
            MOQ: MinimumQuantity
            price includes tax: SecondPrice
            Prix promo: SecondPrice
            Fin de promo: PriceDates
            Tilbudspris: SecondPrice
            Tilbud til: PriceDates
            Available from: Availability
            Poistuu myynnistä: Availability
        "#]]
        .assert_eq(&classify_all(DropKind::Products, &names));
        let names =
            ["alkaa", "päättyy", "gilt bis", "gäller t.o.m.", "slutdatum", "end", "fra dato"];
        expect![[r#"
            alkaa: PriceDates
            päättyy: PriceDates
            gilt bis: PriceDates
            gäller t.o.m.: PriceDates
            slutdatum: PriceDates
            end: PriceDates
            fra dato: PriceDates
        "#]]
        .assert_eq(&classify_all(DropKind::Prices, &names));
    }

    #[test]
    fn names_that_say_nothing_about_a_sale() {
        let names = [
            "created_at",
            "updated",
            "Production date",
            "Barcode type",
            "Ostohinta",
            "Inköpspris",
            "Cost price",
            "Wholesale price",
            "Rahti",
            "price_list",
            "Hintaryhmä",
            "Prisgrupp",
            "Enterprise",
            "Surprise",
            "Endurance",
            "Valmistuspäivä",
            "Tax rate",
            "ALV %",
            "Verokanta",
            "Material",
            "Startup time",
            "Tonal range",
            "Sales representative",
            "Minimum stock",
            "Weight unit",
            "From country",
            "Power to weight",
            "Shipping price",
        ];
        expect![[r#"
            created_at: -
            updated: -
            Production date: -
            Barcode type: -
            Ostohinta: -
            Inköpspris: -
            Cost price: -
            Wholesale price: -
            Rahti: -
            price_list: -
            Hintaryhmä: -
            Prisgrupp: -
            Enterprise: -
            Surprise: -
            Endurance: -
            Valmistuspäivä: -
            Tax rate: -
            ALV %: -
            Verokanta: -
            Material: -
            Startup time: -
            Tonal range: -
            Sales representative: -
            Minimum stock: -
            Weight unit: -
            From country: -
            Power to weight: -
            Shipping price: -
        "#]]
        .assert_eq(&classify_all(DropKind::Products, &names));
        assert!(is_harmless_date("Muokattu") && is_harmless_date("updatedAt"));
        assert!(!is_harmless_date("Lanseerattu") && !is_harmless_date("P1"));
    }
}
