//! What the store's values become in documents.

use proptest::prelude::*;
use rikaste_contract::AttributeData;

use crate::value::{Currency, Measurement, Money, RichText, TableData, ValueData};

fn data() -> impl Strategy<Value = ValueData> {
    let text = || "\\PC{0,12}";
    let names = || proptest::collection::vec(text().prop_map(Into::into), 0..4);
    let decimal =
        || (any::<i64>(), 0..6_u32).prop_map(|(n, scale)| rust_decimal::Decimal::new(n, scale));
    let eur = Currency::new("EUR").expect("a currency");
    prop_oneof![
        text().prop_map(ValueData::Text),
        text().prop_map(|text| ValueData::RichText(RichText::sanitize(&text))),
        any::<bool>().prop_map(ValueData::Boolean),
        any::<i64>().prop_map(ValueData::Integer),
        decimal().prop_map(ValueData::Decimal),
        names().prop_map(ValueData::Options),
        names().prop_map(ValueData::Assets),
        (decimal(), text()).prop_map(|(amount, unit)| ValueData::Measurement(Measurement {
            amount,
            unit: unit.into()
        })),
        decimal().prop_map(move |amount| ValueData::Money(Money { amount, currency: eur })),
        proptest::collection::vec(text(), 2).prop_map(|row| ValueData::Table(TableData {
            columns: vec!["to".into(), "from".into()],
            rows: vec![row.clone(), row],
        })),
    ]
}

proptest! {
    /// What a reader gets is what was written: no kind of data is taken for another.
    #[test]
    fn data_that_is_read_and_written_again_is_the_same(data in data()) {
        let written = serde_json::to_string(&AttributeData::from(&data)).expect("JSON");
        let read: AttributeData<'_> = serde_json::from_str(&written).expect("data");
        prop_assert_eq!(serde_json::to_string(&read).expect("JSON"), written);
        prop_assert_eq!(read.clone(), read.into_owned());
    }
}
