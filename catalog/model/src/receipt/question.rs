//! Questions: what somebody has to approve before anything of a drop is imported.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::diagnostic::Diagnostic;
use crate::words;
use crate::words::{LocalizedText, TextArgument};

/// What somebody has to approve before anything of a drop is imported. Receipts that were stored
/// before there were several questions hold a [`Removal`](Self::Removal).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ApprovalQuestion {
    /// A file that is the whole range of its source would take many products out of it.
    Removal {
        /// How many would go.
        gone: u64,
        /// Of how many.
        of: u64,
    },
    /// A file that came before under its name says nothing any more of much that it said.
    Withdrawal {
        /// How many values would be withdrawn.
        values: u64,
        /// Of how many products.
        products: u64,
        /// The attributes and kinds of links, those with most values first.
        attributes: Vec<SmolStr>,
    },
    /// Columns that decide whether, when or for how much something sells are not understood.
    Columns {
        /// The columns, in the order of the file.
        columns: Vec<ColumnQuestion>,
    },
}

/// A column that decides whether, when or for how much something sells, and is not understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnQuestion {
    /// Its header, or its path in a document.
    pub column: SmolStr,
    /// What it seems to decide.
    pub class: SalesColumnClass,
    /// The first different texts in it, at most [`ColumnQuestion::MAX_VALUES`].
    pub values: Vec<String>,
}

/// What a column decides about the sale of a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SalesColumnClass {
    /// Whether the product is for sale.
    Publication,
    /// From when or until when the product is for sale.
    Availability,
    /// A second price: of a sale, or to compare with.
    SecondPrice,
    /// How much a variant costs more, or less, than its model.
    PriceImpact,
    /// When a price holds.
    PriceDates,
    /// How much is taken off a price.
    Discount,
    /// For how many pieces a price is.
    PriceQuantity,
    /// The currency of a price.
    Currency,
    /// Whether a price includes tax.
    TaxBasis,
    /// How many pieces are bought at least.
    MinimumQuantity,
}

impl ApprovalQuestion {
    /// What is asked, in a sentence.
    #[must_use]
    pub fn summary(&self) -> LocalizedText {
        match self {
            Self::Removal { gone, of } => words!("summary-held", gone = *gone, of = *of),
            Self::Withdrawal { values, products, attributes } => words!(
                "summary-held-values",
                values = *values,
                products = *products,
                attributes = TextArgument::from_names(attributes)
            ),
            Self::Columns { columns } => words!(
                "summary-held-columns",
                count = columns.len(),
                names = TextArgument::from_names(columns.iter().map(|asked| &asked.column))
            ),
        }
    }
}

impl ColumnQuestion {
    /// The most values that a question names.
    pub const MAX_VALUES: usize = 5;
    /// The code of the message that asks.
    pub const CODE: &str = "column-question";

    /// Why the file is held, and what there is to do.
    #[must_use]
    pub fn to_diagnostic(&self, file: &str) -> Diagnostic {
        let message = words!(
            "column-question",
            class = self.class.description(),
            values = TextArgument::from_names(&self.values),
            advice = self.class.advice(&self.column),
            column = self.column.as_str(),
            file = file
        );
        self.at_column(Diagnostic::new_error(Self::CODE, message))
    }

    /// That the file is taken without the column.
    #[must_use]
    pub fn to_left_out_warning(&self) -> Diagnostic {
        let values = TextArgument::from_names(&self.values);
        let class = self.class.description();
        let message = words!("column-question-left", class = class, values = values);
        self.at_column(Diagnostic::new_warning("column-left-out", message))
    }

    fn at_column(&self, mut diagnostic: Diagnostic) -> Diagnostic {
        diagnostic.place.column = Some(self.column.clone());
        diagnostic
    }
}

impl SalesColumnClass {
    /// What such a column decides.
    #[must_use]
    pub fn description(self) -> LocalizedText {
        match self {
            Self::Publication => words!("sales-publication"),
            Self::Availability => words!("sales-availability"),
            Self::SecondPrice => words!("sales-second-price"),
            Self::PriceImpact => words!("sales-price-impact"),
            Self::PriceDates => words!("sales-price-dates"),
            Self::Discount => words!("sales-discount"),
            Self::PriceQuantity => words!("sales-price-quantity"),
            Self::Currency => words!("sales-currency"),
            Self::TaxBasis => words!("sales-tax-basis"),
            Self::MinimumQuantity => words!("sales-minimum-quantity"),
        }
    }

    /// How such a column is read, where it can be.
    fn advice(self, column: &str) -> Option<LocalizedText> {
        match self {
            Self::Publication => Some(words!("sales-advice-status", column = column)),
            Self::Availability => Some(words!("sales-advice-availability", column = column)),
            Self::SecondPrice => Some(words!("sales-advice-price", column = column)),
            Self::PriceImpact => Some(words!("sales-advice-impact")),
            Self::PriceDates => Some(words!("sales-advice-dates", column = column)),
            Self::PriceQuantity => Some(words!("sales-advice-quantity")),
            Self::Currency => Some(words!("sales-advice-currency")),
            Self::Discount => Some(words!("sales-advice-discount", column = column)),
            Self::MinimumQuantity => Some(words!("sales-advice-minimum")),
            Self::TaxBasis => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_of_an_older_receipt_loads() {
        let read = |json: &str| serde_json::from_str::<ApprovalQuestion>(json).expect("a question");
        let removal = ApprovalQuestion::Removal { gone: 12, of: 40 };
        assert_eq!(read(r#"{"gone":12,"of":40}"#), removal);
        let columns = ApprovalQuestion::Columns {
            columns: vec![ColumnQuestion {
                column: "Aktionspreis".into(),
                class: SalesColumnClass::SecondPrice,
                values: vec!["9,90".to_owned()],
            }],
        };
        let written = serde_json::to_string(&columns).expect("JSON");
        assert_eq!(
            written,
            r#"{"columns":[{"column":"Aktionspreis","class":"second-price","values":["9,90"]}]}"#
        );
        assert_eq!(read(&written), columns);
    }
}
