//! What a case's product has beside attributes: reviews, stock, prices, links and photos.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::tz::TimeZone;
use rikaste_model::code::{AssociationCode, LocationCode, PriceListCode, Sku};
use rikaste_model::locale::Locale;
use rikaste_model::photo::PhotoRole;
use rikaste_model::product::{Photo, Price, ProductAssociation, ProductReview, StockLevel};
use rikaste_model::record::ReviewRecord;
use rikaste_model::value::{Currency, Money};
use serde::Deserialize;
use serde_json::Value as Json;
use smol_str::{SmolStr, format_smolstr};

use super::{CASE_CELL, CasePhotos};
use crate::value;

/// `{"rating": 4, "locale": "fi-FI", "text": "…"}`; the rest has defaults.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawReview {
    rating: Json,
    source: Option<SmolStr>,
    id: Option<SmolStr>,
    locale: Option<Locale>,
    #[serde(default)]
    title: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    author: String,
    date: Option<SmolStr>,
    #[serde(default)]
    verified: bool,
    #[serde(default)]
    incentivised: bool,
}

/// `{"helsinki": 4, "central": 20}`.
#[derive(Deserialize, Default)]
#[serde(transparent)]
pub(super) struct RawStock(BTreeMap<LocationCode, i64>);

/// `{"price_list": "retail", "amount": "89.90", "currency": "EUR"}`, with `from` and `until`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPrice {
    price_list: Option<PriceListCode>,
    amount: Json,
    currency: String,
    from: Option<String>,
    until: Option<String>,
}

/// `{"kind": "care-product", "sku": "5001"}`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawAssociation {
    kind: AssociationCode,
    sku: Sku,
    #[serde(default = "default_quantity")]
    quantity: u32,
}

fn default_quantity() -> u32 {
    1
}

/// `{"file": "photos/1001.jpg", "role": "main"}`; the file lies in the case's folder.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawImage {
    file: String,
    role: Option<PhotoRole>,
}

impl RawReview {
    pub(super) fn into_review(self, at: usize) -> Result<ProductReview, String> {
        let rating = value::parse_decimal(&self.rating)
            .ok_or_else(|| format!("rating: {} is not a number such as 4.5", self.rating))?;
        Ok(ProductReview {
            record: ReviewRecord {
                source: self.source.unwrap_or_else(|| "shop".into()),
                id: self.id.unwrap_or_else(|| format_smolstr!("{}", at + 1)),
                rating,
                locale: self.locale,
                title: self.title,
                text: self.text,
                author: self.author,
                date: self.date,
                verified: self.verified,
                incentivised: self.incentivised,
            },
            cell: CASE_CELL,
        })
    }
}

impl RawStock {
    pub(super) fn into_stock_levels(self) -> Vec<StockLevel> {
        let level = |(location, quantity)| StockLevel { location, quantity, cell: CASE_CELL };
        self.0.into_iter().map(level).collect()
    }
}

impl RawPrice {
    pub(super) fn into_price(self, zone: &TimeZone) -> Result<Price, String> {
        let amount = value::parse_decimal(&self.amount)
            .ok_or_else(|| format!("amount: {} is not a number such as \"9.90\"", self.amount))?;
        let currency = Currency::new(&self.currency).map_err(|error| error.to_string())?;
        let retail = || PriceListCode::new("retail").expect("valid");
        Ok(Price {
            list: self.price_list.unwrap_or_else(retail),
            window: value::parse_window(self.from.as_deref(), self.until.as_deref(), zone)?,
            money: Money { amount, currency },
            cell: CASE_CELL,
        })
    }
}

impl RawAssociation {
    pub(super) fn into_association(self) -> ProductAssociation {
        ProductAssociation { kind: self.kind, sku: self.sku, quantity: self.quantity }
    }
}

impl RawImage {
    pub(super) fn into_photo(
        self,
        folder: &Path,
        at: usize,
        photos: &mut CasePhotos,
    ) -> Result<Photo, String> {
        let path = folder.join(&self.file);
        let bytes = std::fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let file_name = path.file_name().unwrap_or_default().to_string_lossy();
        let role = self.role.unwrap_or(if at == 0 { PhotoRole::Main } else { PhotoRole::Detail });
        Ok(photos.insert_photo(SmolStr::new(&file_name), role, bytes))
    }
}
