//! Associated products, put into the documents that name them: a page shows their names without asking for each.

use std::collections::{BTreeSet, HashMap};

use rikaste_contract::ChannelDocument;
use rikaste_model::code::Sku;
use rikaste_model::product::ProductId;
use rikaste_model::projection::ProductView;
use rikaste_model::shop::Channel;

use super::{ApiProblem, CatalogueView, DocumentRequest, build_documents, load_products};

/// The most associated products that come with one answer.
const MAX_INCLUDED: usize = 500;

/// Puts into documents the documents of the products that they name, and hands them to `finish`.
pub(super) fn embed_products<'v, T>(
    catalogue: &CatalogueView<'_>,
    channel: &'v Channel,
    request: &DocumentRequest,
    documents: Vec<ChannelDocument<'v>>,
    finish: impl for<'d> FnOnce(Vec<ChannelDocument<'d>>) -> Result<T, ApiProblem>,
) -> Result<T, ApiProblem> {
    if !request.with_associations {
        return finish(documents);
    }
    let ids = find_associated(catalogue, &documents)?;
    let loaded = load_products(catalogue, ids, catalogue.release_number())?;
    let at = catalogue.effective_moment(request.as_of);
    let views = loaded.iter().map(|product| product.product_view(catalogue.shop(), at));
    let views: Vec<ProductView<'_>> = views.collect();
    let associated = build_documents(&views, channel, request.locale.as_ref());
    let associated: HashMap<&str, &ChannelDocument<'_>> =
        associated.iter().map(|document| (&*document.id, document)).collect();
    let mut documents: Vec<ChannelDocument<'_>> = documents;
    for document in &mut documents {
        let links = document.associations.iter_mut().flat_map(|kinds| &mut kinds.0);
        for link in links.flat_map(|(_, links)| links) {
            let document = associated.get(&*link.id);
            link.product = document.map(|document| Box::new((*document).clone()));
        }
    }
    finish(documents)
}

/// The products that the documents name, each once.
fn find_associated(
    catalogue: &CatalogueView<'_>,
    documents: &[ChannelDocument<'_>],
) -> Result<Vec<ProductId>, ApiProblem> {
    let kinds = documents.iter().filter_map(|document| document.associations.as_ref());
    let links = kinds.flat_map(|kinds| &kinds.0).flat_map(|(_, links)| links);
    let skus: BTreeSet<&str> = links.map(|link| &*link.id).collect();
    if skus.len() > MAX_INCLUDED {
        let detail = format!(
            "these products name {} others, and at most {MAX_INCLUDED} come with an answer; ask for fewer products at once",
            skus.len()
        );
        return Err(ApiProblem::bad_parameter("include", detail));
    }
    let skus = skus.into_iter().filter_map(|sku| Sku::new(sku).ok());
    let ids = skus.filter_map(|sku| catalogue.reader.find_product_id(&sku).transpose());
    Ok(ids.collect::<Result<_, _>>()?)
}
