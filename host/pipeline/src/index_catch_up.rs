//! The search index, brought up to the store.

use rikaste_model::product::ProductId;
use rikaste_model::projection::ProductView;
use rikaste_model::release::{Release, ReleaseNumber};
use rikaste_search::SearchIndex;
use rikaste_store::FeedNumber;

use super::{Pipeline, PipelineError};

impl Pipeline {
    /// Puts into the index what it lacks: all of it, or what changed since the release it stands on.
    ///
    /// # Errors
    /// When the store cannot be read or the index not be written.
    pub fn catch_up_index(&mut self, index: &SearchIndex) -> Result<u64, PipelineError> {
        let Some(current) = self.writer.load_current_release()? else { return Ok(0) };
        let stands_on = index.release();
        if stands_on == current.number {
            return Ok(0);
        }
        let all = stands_on == ReleaseNumber::BEFORE_FIRST
            || stands_on < self.writer.find_oldest_kept_release()?
            || stands_on > current.number;
        let since = if all { ReleaseNumber::BEFORE_FIRST } else { stands_on };
        if all {
            self.search_writer.remove_all_products()?;
        }
        let mut count = 0;
        let ids = if all {
            None
        } else {
            Some(self.writer.list_changed_products(FeedNumber::SEARCH, since, current.number)?)
        };
        let mut page = ids.unwrap_or_default();
        let mut after: Option<ProductId> = None;
        loop {
            if all {
                page = self.writer.list_products_after(after, 1_000)?;
                let Some(last) = page.last() else { break };
                after = Some(*last);
            }
            for id in page.drain(..) {
                self.reindex_product(id, &current)?;
                count += 1;
            }
            if !all {
                break;
            }
        }
        self.search_writer.commit_release(current.number)?;
        Ok(count)
    }

    fn reindex_product(&mut self, id: ProductId, release: &Release) -> Result<(), PipelineError> {
        let shop = &self.stages.context.shop;
        let document = match self.writer.load_product_without_reviews(id, release.number)? {
            None => None,
            Some(product) => {
                let parent = match self.writer.find_model(id)? {
                    Some(model) => {
                        self.writer.load_product_without_reviews(model, release.number)?
                    }
                    None => None,
                };
                let view = ProductView::new(shop, &product, parent.as_ref(), release.effective_at);
                let shown: Vec<_> = shop
                    .channels
                    .iter()
                    .filter(|c| view.project_channel(c).document.is_some())
                    .collect();
                view.build_search_document(id, &shown)
            }
        };
        match document {
            Some(document) => self.search_writer.insert_document(&document)?,
            None => self.search_writer.remove_product(id.0),
        }
        Ok(())
    }
}
