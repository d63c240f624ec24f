//! The catalogue as one answer sees it: one state of the store, products as channels show them.

use std::collections::HashMap;
use std::sync::Arc;

use axum::http::HeaderValue;
use axum::response::Response;
use rikaste_model::code::Sku;
use rikaste_model::moment::Moment;
use rikaste_model::product::Product;
use rikaste_model::product::ProductId;
use rikaste_model::projection::Subject;
use rikaste_model::release::{DocumentHash, Release};
use rikaste_model::shop::{Channel, Shop};
use rikaste_store::{Reader, StoreError};

use super::app::App;
use super::headers::RELEASE;

/// Models that are kept at hand while many products are read: variants lie near each other.
const MODELS: usize = 1_024;

/// One state of the store.
pub(super) struct Catalogue<'a> {
    pub(super) app: &'a Arc<App>,
    pub(super) reader: &'a Reader,
    /// The newest release in it; nothing before the first.
    pub(super) release: Option<Release>,
}

/// A product and its model as they are at a release.
pub(super) struct Loaded {
    pub(super) product: Product,
    pub(super) parent: Option<Arc<Product>>,
}

impl<'a> Catalogue<'a> {
    pub(super) fn current(app: &'a Arc<App>, reader: &'a Reader) -> Result<Self, StoreError> {
        Ok(Self { app, reader, release: reader.current()? })
    }

    pub(super) fn shop(&self) -> &'a Shop {
        &self.app.shop
    }

    /// The current release's number; 0 before the first.
    pub(super) fn number(&self) -> u64 {
        self.release.as_ref().map_or(0, |release| release.number)
    }

    /// The moment that the current release shows, or the one that is asked for.
    pub(super) fn at(&self, as_of: Option<Moment>) -> Moment {
        as_of
            .or_else(|| self.release.as_ref().map(|release| release.effective_at))
            .unwrap_or_else(Moment::now)
    }

    /// Has the answer name the current release, unless it names another already.
    pub(super) fn stamp(&self, mut response: Response) -> Response {
        response.headers_mut().entry(RELEASE).or_insert_with(|| HeaderValue::from(self.number()));
        response
    }

    /// A product with its model.
    pub(super) fn load(&self, id: ProductId, release: u64) -> Result<Option<Loaded>, StoreError> {
        let Some(product) = self.reader.product_without_reviews(id, release)? else {
            return Ok(None);
        };
        let parent = self.model(&product, release)?;
        Ok(Some(Loaded { product, parent }))
    }

    /// A product's model. Which one is read from the product itself, as it is at the release.
    fn model(&self, product: &Product, release: u64) -> Result<Option<Arc<Product>>, StoreError> {
        let Some(sku) = product.content.parent.as_ref().filter(|sku| **sku != product.sku) else {
            return Ok(None);
        };
        let Some(id) = self.reader.product_id(sku)? else { return Ok(None) };
        Ok(self.reader.product_without_reviews(id, release)?.map(Arc::new))
    }

    /// Hands each product of a release to `each`, with its model, in the order of their numbers.
    pub(super) fn scan<E: From<StoreError>>(
        &self,
        release: u64,
        mut each: impl FnMut(&Loaded) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut models = Models::default();
        self.reader.scan(release, |_, product| {
            let parent = models.of(self, &product, release)?;
            if product.content.is_model {
                models.keep(product);
                return Ok(());
            }
            each(&Loaded { product, parent })
        })
    }
}

impl Loaded {
    pub(super) fn subject<'s>(&'s self, shop: &'s Shop, at: Moment) -> Subject<'s> {
        Subject::new(shop, &self.product, self.parent.as_deref(), at)
    }

    /// What the channel shows of it.
    pub(super) fn document(&self, shop: &Shop, channel: &Channel, at: Moment) -> Option<Vec<u8>> {
        self.subject(shop, at).project(channel).document
    }
}

/// Models that were read lately.
#[derive(Default)]
pub(super) struct Models(HashMap<Sku, Option<Arc<Product>>>);

impl Models {
    /// The product's model, read if it is not at hand.
    pub(super) fn of(
        &mut self,
        catalogue: &Catalogue<'_>,
        product: &Product,
        release: u64,
    ) -> Result<Option<Arc<Product>>, StoreError> {
        let Some(sku) = &product.content.parent else { return Ok(None) };
        if let Some(known) = self.0.get(sku) {
            return Ok(known.clone());
        }
        let model = catalogue.model(product, release)?;
        self.insert(sku.clone(), model.clone());
        Ok(model)
    }

    fn keep(&mut self, model: Product) {
        self.insert(model.sku.clone(), Some(Arc::new(model)));
    }

    fn insert(&mut self, sku: Sku, model: Option<Arc<Product>>) {
        if self.0.len() >= MODELS {
            self.0.clear();
        }
        self.0.insert(sku, model);
    }
}

/// A document's hash as tags and explanations write it.
pub(super) fn hex(hash: DocumentHash) -> String {
    format!("{:032x}", hash.0)
}
