//! A plugin that goes through all of the contract and computes nothing: what it is given it says
//! back as text, and of each type of data it writes a value.
//!
//! It is made with the generated bindings alone, not with the SDK, which moves on.

#[allow(missing_docs)]
mod bindings {
    wit_bindgen::generate!({ path: "../../../wit/0.1.0", world: "enricher" });
}

use bindings::rikaste_runtime::types::{
    Attribute, Context, Data, DataType, Diagnostic, Manifest, Measurement, Money, Outcome, Patch,
    Product, Severity, Table, Value, Window,
};
use bindings::rikaste_runtime::{assets, log};
use bindings::{Guest, export};

use std::cell::RefCell;

struct Golden;

thread_local! {
    static ENDING: RefCell<String> = const { RefCell::new(String::new()) };
}

const SCHEMA: &str = r#"{
  "type": "object",
  "additionalProperties": false,
  "properties": { "ending": { "type": "string", "minLength": 1, "description": "What every echo ends in." } }
}"#;

const WRITES: [(&str, DataType); 11] = [
    ("golden_text", DataType::Text),
    ("golden_rich_text", DataType::RichText),
    ("golden_boolean", DataType::Boolean),
    ("golden_integer", DataType::Integer),
    ("golden_decimal", DataType::Decimal),
    ("golden_date", DataType::Date),
    ("golden_options", DataType::Options),
    ("golden_measurement", DataType::Measurement),
    ("golden_money", DataType::Money),
    ("golden_assets", DataType::Assets),
    ("golden_table", DataType::Table),
];

impl Guest for Golden {
    fn describe() -> Manifest {
        let reads =
            ["name", "golden", "sku", "reviews", "stock", "prices", "associations", "images"];
        Manifest {
            name: "golden".to_owned(),
            version: "1.0.0".to_owned(),
            description: "Says back what it is given.".to_owned(),
            reads: reads.map(str::to_owned).into(),
            writes: WRITES
                .map(|(code, data_type)| Attribute {
                    code: code.to_owned(),
                    data_type,
                    localizable: data_type == DataType::Text,
                    scopable: data_type == DataType::Boolean,
                })
                .into(),
            config_schema: SCHEMA.to_owned(),
        }
    }

    fn configure(config: String) -> Result<(), String> {
        // The only key is a text, so what stands between the third and the fourth quote is it.
        match config.split('"').nth(3) {
            Some("no") => Err("`ending`: anything but no".to_owned()),
            ending => {
                ENDING.set(ending.unwrap_or_default().to_owned());
                Ok(())
            }
        }
    }

    fn enrich(context: Context, products: Vec<Product>) -> Vec<Outcome> {
        products.iter().map(|product| outcome(&context, product)).collect()
    }
}

fn outcome(context: &Context, product: &Product) -> Outcome {
    let mode = text(product, "golden").unwrap_or_default();
    if mode == "fail" {
        return Err("it was told to".to_owned());
    }
    let echo = format!("{}{}", echo(product), ENDING.with_borrow(String::clone));
    let mut patch = Patch { values: Vec::new(), diagnostics: Vec::new() };
    for locale in &context.locales {
        let mut value = value("golden_text", Data::Text(format!("{echo} {locale}")));
        value.locale = Some(locale.clone());
        patch.values.push(value);
    }
    if mode == "all" {
        log::write(Severity::Info, "one of each");
        patch.values.extend(one_of_each(context, product));
        patch.diagnostics.push(Diagnostic {
            severity: Severity::Warning,
            code: "golden-warning".to_owned(),
            message: "one of each".to_owned(),
            attribute: Some("golden_text".to_owned()),
            locale: context.locales.first().cloned(),
        });
    }
    Ok(patch)
}

fn one_of_each(context: &Context, product: &Product) -> Vec<Value> {
    let mut scoped = value("golden_boolean", Data::Boolean(true));
    scoped.channel = context.channels.first().cloned();
    let mut seasonal = value("golden_integer", Data::Integer(-7));
    seasonal.window = Some(Window {
        start: Some("2026-12-01".to_owned()),
        end: Some("2026-12-24T12:00".to_owned()),
    });
    let assets = product.images.iter().map(|image| image.asset.clone()).collect();
    let row = vec!["a".to_owned(), "ä".to_owned()];
    vec![
        value("golden_rich_text", Data::RichText("<p>rich</p>".to_owned())),
        scoped,
        seasonal,
        value("golden_decimal", Data::Decimal("-12.50".to_owned())),
        value("golden_date", Data::Date("2026-12-24".to_owned())),
        value("golden_options", Data::Options(vec!["one".to_owned(), "two".to_owned()])),
        value(
            "golden_measurement",
            Data::Measurement(Measurement { amount: "0.4".to_owned(), unit: "kg".to_owned() }),
        ),
        value(
            "golden_money",
            Data::Money(Money { amount: "25.50".to_owned(), currency: "EUR".to_owned() }),
        ),
        value("golden_assets", Data::Assets(assets)),
        value("golden_table", Data::Table(Table { columns: row.clone(), rows: vec![row] })),
    ]
}

/// What the product holds, in one line.
fn echo(product: &Product) -> String {
    let mut words: Vec<String> =
        ["sku", "name"].iter().filter_map(|code| text(product, code)).collect();
    for review in &product.reviews {
        words.push(format!(
            "{}/{} {} {} {} {} {} {} {} {}",
            review.source,
            review.id,
            review.rating,
            review.locale.as_deref().unwrap_or("-"),
            review.title,
            review.text,
            review.author,
            review.date.as_deref().unwrap_or("-"),
            review.verified,
            review.incentivised
        ));
    }
    words
        .extend(product.stock.iter().map(|stock| format!("{}={}", stock.location, stock.quantity)));
    words.extend(product.prices.iter().map(|price| {
        let window = price
            .window
            .as_ref()
            .map(|w| format!("{:?}..{:?}", w.start, w.end))
            .unwrap_or_default();
        format!("{}:{} {}{window}", price.price_list, price.money.amount, price.money.currency)
    }));
    words.extend(
        product.associations.iter().map(|to| format!("{}>{}*{}", to.kind, to.sku, to.quantity)),
    );
    for image in &product.images {
        let sum = assets::read(&image.asset, 1, 1 << 20)
            .map(|bytes| bytes.iter().map(|byte| u32::from(*byte)).sum::<u32>());
        words.push(format!("{} {} {} {:?}", image.file_name, image.role, image.size, sum));
    }
    words.join("; ")
}

fn text(product: &Product, attribute: &str) -> Option<String> {
    product.values.iter().filter(|value| value.attribute == attribute).find_map(
        |value| match &value.data {
            Data::Text(text) => Some(text.clone()),
            _ => None,
        },
    )
}

fn value(attribute: &str, data: Data) -> Value {
    Value { attribute: attribute.to_owned(), locale: None, channel: None, window: None, data }
}

export!(Golden with_types_in bindings);
