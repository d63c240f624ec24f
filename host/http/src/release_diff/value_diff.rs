//! The values of a product before and after, side by side.

use std::collections::{BTreeMap, BTreeSet};

use rikaste_contract::{ComparedKind, ValueDiff, ValueSource};
use rikaste_model::code::AssociationCode;
use rikaste_model::product::{CellOrigin, Product};
use rikaste_model::resolve::{ResolvedValue, ResolvedValues, ValueOrigin};
use rikaste_model::shop::{Shop, find_label};
use rikaste_store::StoreError;

use crate::catalogue_view::CatalogueView;
use crate::explain::OriginResolver;
use crate::value_text::validity_window;

/// Values that are told of one product.
const MAX_VALUES: usize = 200;
/// Characters of a value that are told.
const MAX_CHARS: usize = 500;

/// Compares products. Receipts are read once.
pub(super) struct DiffBuilder<'a> {
    shop: &'a Shop,
    origins: OriginResolver<'a>,
}

/// The value that counts in each place: attribute, locale, channel and window.
type CountingValues<'v, 'a> = BTreeMap<String, &'v ResolvedValue<'a>>;

impl<'a> DiffBuilder<'a> {
    pub(super) fn new(catalogue: &CatalogueView<'a>) -> Self {
        let shop = catalogue.shop();
        Self { shop, origins: OriginResolver::new(catalogue.reader, &shop.zone) }
    }

    /// What differs, and how much more there is.
    pub(super) fn compare(
        &mut self,
        old: &Product,
        new: &Product,
    ) -> Result<(Vec<ValueDiff>, u64), StoreError> {
        let mut all = self.compare_values(old, new)?;
        all.extend(self.compare_prices(old, new)?);
        all.extend(self.compare_stock(old, new)?);
        all.extend(self.compare_links(old, new));
        let model = |product: &Product| product.content.parent.as_ref().map(ToString::to_string);
        all.extend(plain_diff(ComparedKind::Model, "", "", [model(old), model(new)]));
        all.extend(plain_diff(ComparedKind::Photos, "", "", [photo_names(old), photo_names(new)]));
        let reviews = |product: &Product| {
            let count = product.reviews.len();
            (count > 0).then(|| count.to_string())
        };
        all.extend(plain_diff(ComparedKind::Reviews, "", "", [reviews(old), reviews(new)]));
        let more = all.len().saturating_sub(MAX_VALUES);
        all.truncate(MAX_VALUES);
        Ok((all, more as u64))
    }

    fn compare_values(
        &mut self,
        old: &Product,
        new: &Product,
    ) -> Result<Vec<ValueDiff>, StoreError> {
        let resolve =
            |product| ResolvedValues::from_product(product, None, &self.shop.source_priorities);
        let (old, new) = (resolve(old), resolve(new));
        let (old, new) = (counting_values(&old), counting_values(&new));
        let places: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        let mut differing = Vec::new();
        for place in places {
            let (old, new) = (old.get(place).copied(), new.get(place).copied());
            let Some(like) = new.or(old).map(|resolved| resolved.value) else { continue };
            if old.map(|old| &old.value.data) == new.map(|new| &new.value.data) {
                continue;
            }
            let code = like.attribute.as_str();
            let known = self.shop.attributes.get(&like.attribute);
            let label =
                known.map_or(code, |known| find_label(&known.label, &self.shop.locales, code));
            let text = |value: Option<&ResolvedValue<'_>>| {
                value.map(|resolved| cut_text(&resolved.value.data.to_string()))
            };
            let origin = new.map(|new| self.find_origin(new.origin)).transpose()?;
            differing.push(ValueDiff {
                kind: ComparedKind::Value,
                code: code.to_owned(),
                label: label.to_owned(),
                locale: like.locale.as_ref().map(ToString::to_string),
                channel: like.channel.as_ref().map(ToString::to_string),
                window: validity_window(like.window, &self.shop.zone),
                old: text(old),
                new: text(new),
                origin,
            });
        }
        Ok(differing)
    }

    fn find_origin(&mut self, origin: ValueOrigin<'_>) -> Result<ValueSource, StoreError> {
        self.origins.resolve_origin(origin, &BTreeMap::new())
    }

    fn find_cell(&mut self, cell: Option<CellOrigin>) -> Result<Option<ValueSource>, StoreError> {
        cell.map(|cell| self.origins.resolve_cell(cell)).transpose()
    }

    fn compare_prices(
        &mut self,
        old: &Product,
        new: &Product,
    ) -> Result<Vec<ValueDiff>, StoreError> {
        let (old, new) = (&old.commerce.prices, &new.commerce.prices);
        let place = |price: &rikaste_model::product::Price| (price.list.clone(), price.window);
        let places: BTreeSet<_> = old.iter().chain(new).map(place).collect();
        let mut differing = Vec::new();
        for (list, window) in places {
            let find = |prices: &[rikaste_model::product::Price]| {
                prices.iter().find(|one| one.list == list && one.window == window).cloned()
            };
            let (old, new) = (find(old), find(new));
            let label = self.shop.price_lists.get(&list).map_or(list.as_str(), |list| &list.label);
            let texts = [&old, &new].map(|price| price.as_ref().map(|one| one.money.to_string()));
            let diff = plain_diff(ComparedKind::Price, list.as_str(), label, texts);
            let Some(diff) = diff else { continue };
            let origin = self.find_cell(new.map(|price| price.cell))?;
            let window = validity_window(window, &self.shop.zone);
            differing.push(ValueDiff { window, origin, ..diff });
        }
        Ok(differing)
    }

    fn compare_stock(
        &mut self,
        old: &Product,
        new: &Product,
    ) -> Result<Vec<ValueDiff>, StoreError> {
        let (old, new) = (&old.commerce.stock, &new.commerce.stock);
        let locations: BTreeSet<_> = old.iter().chain(new).map(|level| &level.location).collect();
        let mut differing = Vec::new();
        for location in locations {
            let find = |levels: &[rikaste_model::product::StockLevel]| {
                levels.iter().find(|level| level.location == *location).cloned()
            };
            let (old, new) = (find(old), find(new));
            let code = location.as_str();
            let label = self.shop.find_location(code).map_or(code, |location| &location.label);
            let texts = [&old, &new].map(|one| one.as_ref().map(|one| one.quantity.to_string()));
            let Some(diff) = plain_diff(ComparedKind::Stock, code, label, texts) else { continue };
            let origin = self.find_cell(new.map(|level| level.cell))?;
            differing.push(ValueDiff { origin, ..diff });
        }
        Ok(differing)
    }

    fn compare_links(&self, old: &Product, new: &Product) -> Vec<ValueDiff> {
        let links = |product: &Product| {
            let mut links: BTreeMap<_, Vec<String>> = BTreeMap::new();
            for link in product.content.sources.iter().flat_map(|layer| &layer.associations) {
                links.entry(link.kind.clone()).or_default().push(link.sku.to_string());
            }
            links
        };
        let (old, new) = (links(old), links(new));
        let kinds: BTreeSet<_> = old.keys().chain(new.keys()).collect();
        let compare = |kind: &AssociationCode| {
            let texts = [&old, &new].map(|links| links.get(kind).map(|skus| skus.join(", ")));
            let labels = self.shop.associations.get(kind);
            let code = kind.as_str();
            let label = labels.map_or(code, |labels| find_label(labels, &self.shop.locales, code));
            plain_diff(ComparedKind::Links, code, label, texts)
        };
        kinds.into_iter().filter_map(compare).collect()
    }
}

fn counting_values<'v, 'a>(values: &'v ResolvedValues<'a>) -> CountingValues<'v, 'a> {
    let mut counting = CountingValues::new();
    for resolved in values.all_values() {
        let value = resolved.value;
        let place = format!(
            "{} {:?} {:?} {:?}",
            value.attribute, value.locale, value.channel, value.window
        );
        // The strongest comes first.
        counting.entry(place).or_insert(resolved);
    }
    counting
}

fn photo_names(product: &Product) -> Option<String> {
    let names: Vec<_> =
        product.content.photos.iter().map(|photo| photo.file_name.as_str()).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

fn plain_diff(
    kind: ComparedKind,
    code: &str,
    label: &str,
    [old, new]: [Option<String>; 2],
) -> Option<ValueDiff> {
    let (code, label) = (code.to_owned(), label.to_owned());
    let cut = |text: Option<String>| text.map(|text| cut_text(&text));
    (old != new).then(|| ValueDiff {
        kind,
        code,
        label,
        locale: None,
        channel: None,
        window: None,
        old: cut(old),
        new: cut(new),
        origin: None,
    })
}

fn cut_text(text: &str) -> String {
    match text.char_indices().nth(MAX_CHARS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
