//! The search index, brought up to the store.

use rikaste_model::product::ProductId;
use rikaste_model::projection::Subject;
use rikaste_model::release::Release;
use rikaste_search::SearchIndex;

use super::{Line, LineError};

impl Line {
    /// Puts into the index what it lacks: all of it, or what changed since the release it stands on.
    ///
    /// # Errors
    /// When the store cannot be read or the index not be written.
    pub fn catch_up_index(&mut self, index: &SearchIndex) -> Result<u64, LineError> {
        let Some(current) = self.writer.current()? else { return Ok(0) };
        let stands_on = index.release();
        if stands_on == current.number {
            return Ok(0);
        }
        let all = stands_on == 0 || stands_on < self.writer.floor()? || stands_on > current.number;
        let since = if all { 0 } else { stands_on };
        if all {
            self.index.clear()?;
        }
        let mut count = 0;
        let ids = if all { None } else { Some(self.writer.changed(0, since, current.number)?) };
        let mut page = ids.unwrap_or_default();
        let mut after: Option<ProductId> = None;
        loop {
            if all {
                page = self.writer.products_after(after, 1_000)?;
                let Some(last) = page.last() else { break };
                after = Some(*last);
            }
            for id in page.drain(..) {
                self.reindex(id, &current)?;
                count += 1;
            }
            if !all {
                break;
            }
        }
        self.index.commit(current.number)?;
        Ok(count)
    }

    fn reindex(&mut self, id: ProductId, release: &Release) -> Result<(), LineError> {
        let shop = &self.scene.shop;
        let document = match self.writer.product_without_reviews(id, release.number)? {
            None => None,
            Some(product) => {
                let parent = match self.writer.model_of(id)? {
                    Some(model) => self.writer.product_without_reviews(model, release.number)?,
                    None => None,
                };
                let subject = Subject::new(shop, &product, parent.as_ref(), release.effective_at);
                let shown: Vec<_> = shop
                    .channels
                    .iter()
                    .filter(|c| subject.project(c).document.is_some())
                    .collect();
                subject.search_document(id, &shown)
            }
        };
        match document {
            Some(document) => self.index.put(&document)?,
            None => self.index.remove(id.0),
        }
        Ok(())
    }
}
