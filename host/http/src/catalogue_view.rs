//! The catalogue as one answer sees it: one state of the store, products as channels show them.

use std::collections::HashMap;
use std::sync::Arc;

use axum::http::HeaderValue;
use axum::response::Response;
use rikaste_model::code::Sku;
use rikaste_model::moment::Moment;
use rikaste_model::product::Product;
use rikaste_model::product::ProductId;
use rikaste_model::projection::ProductView;
use rikaste_model::release::{DocumentHash, Release, ReleaseNumber};
use rikaste_model::shop::Shop;
use rikaste_store::{StoreError, StoreReader};

use super::headers::RELEASE_HEADER;
use super::state::ApiState;

/// Models that are kept at hand while many products are read: variants lie near each other.
const MAX_CACHED_MODELS: usize = 1_024;

/// One state of the store.
pub(super) struct CatalogueView<'a> {
    pub(super) app: &'a Arc<ApiState>,
    pub(super) reader: &'a StoreReader,
    /// The newest release in it; nothing before the first.
    pub(super) release: Option<Release>,
}

/// A product and its model as they are at a release.
pub(super) struct LoadedProduct {
    pub(super) product: Product,
    pub(super) parent: Option<Arc<Product>>,
}

impl<'a> CatalogueView<'a> {
    pub(super) fn open_current(
        app: &'a Arc<ApiState>,
        reader: &'a StoreReader,
    ) -> Result<Self, StoreError> {
        Ok(Self { app, reader, release: reader.load_current_release()? })
    }

    pub(super) fn shop(&self) -> &'a Shop {
        &self.app.configuration.shop
    }

    /// The current release's number; 0 before the first.
    pub(super) fn release_number(&self) -> ReleaseNumber {
        self.release.as_ref().map_or(ReleaseNumber::BEFORE_FIRST, |release| release.number)
    }

    /// The moment that the current release shows, or the one that is asked for.
    pub(super) fn effective_moment(&self, as_of: Option<Moment>) -> Moment {
        as_of
            .or_else(|| self.release.as_ref().map(|release| release.effective_at))
            .unwrap_or_else(Moment::now)
    }

    /// Has the answer name the current release, unless it names another already.
    pub(super) fn add_release_header(&self, mut response: Response) -> Response {
        response
            .headers_mut()
            .entry(RELEASE_HEADER)
            .or_insert_with(|| HeaderValue::from(self.release_number().0));
        response
    }

    /// A product with its model.
    pub(super) fn load_product(
        &self,
        id: ProductId,
        release: ReleaseNumber,
    ) -> Result<Option<LoadedProduct>, StoreError> {
        let Some(product) = self.reader.load_product_without_reviews(id, release)? else {
            return Ok(None);
        };
        let parent = self.load_model(&product, release)?;
        Ok(Some(LoadedProduct { product, parent }))
    }

    /// A product's model. Which one is read from the product itself, as it is at the release.
    fn load_model(
        &self,
        product: &Product,
        release: ReleaseNumber,
    ) -> Result<Option<Arc<Product>>, StoreError> {
        let Some(sku) = product.content.parent.as_ref().filter(|sku| **sku != product.sku) else {
            return Ok(None);
        };
        let Some(id) = self.reader.find_product_id(sku)? else { return Ok(None) };
        Ok(self.reader.load_product_without_reviews(id, release)?.map(Arc::new))
    }

    /// Hands each product of a release to `each`, with its model, in the order of their numbers.
    pub(super) fn scan_products<E: From<StoreError>>(
        &self,
        release: ReleaseNumber,
        mut each: impl FnMut(&LoadedProduct) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut models = ModelCache::default();
        self.reader.scan_products(release, |_, product| {
            let parent = models.model_of(self, &product, release)?;
            if product.content.is_model {
                models.insert_model(product);
                return Ok(());
            }
            each(&LoadedProduct { product, parent })
        })
    }
}

impl LoadedProduct {
    pub(super) fn product_view<'s>(&'s self, shop: &'s Shop, at: Moment) -> ProductView<'s> {
        ProductView::new(shop, &self.product, self.parent.as_deref(), at)
    }
}

/// Models that were read lately.
#[derive(Default)]
pub(super) struct ModelCache(HashMap<Sku, Option<Arc<Product>>>);

impl ModelCache {
    /// The product's model, read if it is not at hand.
    pub(super) fn model_of(
        &mut self,
        catalogue: &CatalogueView<'_>,
        product: &Product,
        release: ReleaseNumber,
    ) -> Result<Option<Arc<Product>>, StoreError> {
        let Some(sku) = &product.content.parent else { return Ok(None) };
        if let Some(known) = self.0.get(sku) {
            return Ok(known.clone());
        }
        let model = catalogue.load_model(product, release)?;
        self.insert_entry(sku.clone(), model.clone());
        Ok(model)
    }

    fn insert_model(&mut self, model: Product) {
        self.insert_entry(model.sku.clone(), Some(Arc::new(model)));
    }

    fn insert_entry(&mut self, sku: Sku, model: Option<Arc<Product>>) {
        if self.0.len() >= MAX_CACHED_MODELS {
            self.0.clear();
        }
        self.0.insert(sku, model);
    }
}

/// A document's hash as tags and explanations write it.
pub(super) fn format_hash(hash: DocumentHash) -> String {
    format!("{:032x}", hash.0)
}
