//! A product model with its variants. The feed has variants alone, each with what it inherits.

use std::sync::Arc;

use axum::http::HeaderMap;
use axum::response::Response;
use rikaste_contract::{AttributeData, ChannelDocument, ModelDocument};
use rikaste_model::product::{Product, ProductId};
use rikaste_model::projection::ProductView;
use rikaste_model::shop::Channel;

use super::associations::embed_products;
use super::{
    ApiProblem, CatalogueView, DocumentRequest, LoadedProduct, flatten_document, tagged_response,
};

/// The most variants that are looked at.
const MAX_VARIANTS: usize = 1_000;

/// The answer about a model; `None` if the channel shows none of its variants.
pub(super) fn model_response(
    catalogue: &CatalogueView<'_>,
    channel: &Channel,
    id: ProductId,
    loaded: LoadedProduct,
    request: &DocumentRequest,
    headers: &HeaderMap,
) -> Result<Option<Response>, ApiProblem> {
    let model = Arc::new(loaded.product);
    let (variants, more) = load_variants(catalogue, id, &model)?;
    let at = catalogue.effective_moment(request.as_of);
    let view = ProductView::new(catalogue.shop(), &model, loaded.parent.as_deref(), at);
    let Some(document) = view.build_model_document(channel) else { return Ok(None) };
    let views = variants.iter().map(|variant| variant.product_view(catalogue.shop(), at));
    let views: Vec<ProductView<'_>> = views.collect();
    let shown: Vec<_> = views.iter().filter_map(|view| view.build_document(channel)).collect();
    if shown.is_empty() {
        return Ok(None);
    }
    let varies_by = find_varying_attributes(&shown);
    let flat = [document].into_iter().chain(shown);
    let flat = flat.map(|document| flatten_document(document, request.locale.as_ref()));
    let answer = |documents: Vec<ChannelDocument<'_>>| {
        let mut documents = documents.into_iter();
        let document = documents.next().expect("the model comes before its variants");
        let more_variants = (more > 0).then_some(more as u64);
        let variants = documents.collect();
        let answer = ModelDocument { document, varies_by, variants, more_variants };
        Ok(tagged_response(&answer, headers))
    };
    embed_products(catalogue, channel, request, flat.collect(), answer).map(Some)
}

/// The variants of a model as they are now, and how many there are beyond the most.
fn load_variants(
    catalogue: &CatalogueView<'_>,
    id: ProductId,
    model: &Arc<Product>,
) -> Result<(Vec<LoadedProduct>, usize), ApiProblem> {
    let ids = catalogue.reader.list_variants(id)?;
    let mut variants = Vec::new();
    for id in ids.iter().take(MAX_VARIANTS) {
        let release = catalogue.release_number();
        let product = catalogue.reader.load_product_without_reviews(*id, release)?;
        let own = product.filter(|product| product.content.parent.as_ref() == Some(&model.sku));
        let parent = Some(Arc::clone(model));
        variants.extend(own.map(|product| LoadedProduct { product, parent }));
    }
    Ok((variants, ids.len().saturating_sub(MAX_VARIANTS)))
}

/// The attributes with options of which not all variants have the same, in the order of the documents.
fn find_varying_attributes(variants: &[ChannelDocument<'_>]) -> Vec<String> {
    let options = variants.iter().flat_map(|variant| &variant.attributes.0);
    let options = options.filter(|(_, data)| matches!(data, AttributeData::Names(_)));
    let mut codes: Vec<&str> = options.map(|(code, _)| &**code).collect();
    codes.sort_unstable();
    codes.dedup();
    let first = variants.first();
    let varies = |code: &&str| {
        let value = first.and_then(|variant| variant.attributes.get(code));
        variants.iter().any(|variant| variant.attributes.get(code) != value)
    };
    codes.into_iter().filter(varies).map(str::to_owned).collect()
}
