//! Explanations: why each channel shows what it shows of a product. They have every value with its
//! origin, the overruled ones, too.

use axum::extract::Path;
use axum::response::Response;
use rikaste_contract::{
    DiagnosticEntry, MessageSeverity, MissingModel, PhotoExplanation, PluginExplanation,
    ProductExplanation, ProductRole,
};
use rikaste_model::code::Sku;
use rikaste_model::moment::Moment;
use rikaste_model::product::ProductId;
use rikaste_model::product::{Photo, PluginEnrichment, Product};
use rikaste_model::projection::{self, ProductView};
use rikaste_search::SearchQuery;
use rikaste_store::StoreError;

use super::catalogue_view::{CatalogueView, LoadedProduct};
use super::headers::json_response;
use super::openapi::{AsOfQuery, LookupProblems, SkuPath};
use super::parameters::RawParameters;
use super::photo_facts;
use super::problem::{ApiProblem, ProblemKind};
use super::products::find_nearest_sku;
use super::state::{ApiState, AuthorizedCaller};
use super::value_text::time_text;

mod channel_displays;
mod commerce;
mod origin;
mod values;

use channel_displays::ChannelDisplays;
pub(super) use origin::OriginResolver;

/// What an explanation is made from.
struct ExplainContext<'a> {
    app: &'a ApiState,
    loaded: &'a LoadedProduct,
    view: &'a ProductView<'a>,
    at: Moment,
}

/// Explains a product, as it is or as it will be.
#[utoipa::path(
    get,
    path = "/v1/explain/{sku}",
    tag = "explain",
    operation_id = "explain",
    summary = "Why channels show what they show of a product",
    description = "Every value with its origin: the file, row and column; the plugin, its version, digest and inputs; or the person. Of each attribute the strongest comes first, and `shown` says where each is seen, and by which fallback.",
    params(SkuPath, AsOfQuery),
    responses(
        (status = 200, description = "The explanation.", body = ProductExplanation),
        LookupProblems,
    ),
    security(("token" = []))
)]
pub(super) async fn explain_product(
    AuthorizedCaller(app): AuthorizedCaller,
    Path(sku): Path<String>,
    parameters: RawParameters,
) -> Result<Response, ApiProblem> {
    let as_of = parameters.check_names(&["as_of"])?.parse_as_of(&app.configuration.shop.zone)?;
    app.read_catalogue(move |catalogue| {
        let Some((id, loaded)) = find_product(catalogue, &sku)? else {
            return Err(unknown_product(catalogue, &sku));
        };
        let at = catalogue.effective_moment(as_of);
        let view = loaded.product_view(catalogue.shop(), at);
        let context = ExplainContext { app: catalogue.app, loaded: &loaded, view: &view, at };
        Ok(json_response(&build_explanation(catalogue, id, &context)?))
    })
    .await
}

fn find_product(
    catalogue: &CatalogueView<'_>,
    sku: &str,
) -> Result<Option<(ProductId, LoadedProduct)>, StoreError> {
    let Ok(sku) = Sku::new(sku) else { return Ok(None) };
    let Some(id) = catalogue.reader.find_product_id(&sku)? else { return Ok(None) };
    Ok(catalogue.load_product(id, catalogue.release_number())?.map(|loaded| (id, loaded)))
}

fn unknown_product(catalogue: &CatalogueView<'_>, sku: &str) -> ApiProblem {
    let channels = &catalogue.shop().channels;
    let near = channels
        .iter()
        .find_map(|channel| find_nearest_sku(catalogue, &SearchQuery::new(&channel.code, sku)));
    let problem = |hint: &str| {
        ApiProblem::new(
            ProblemKind::UnknownProduct,
            format!("The shop has no product of this SKU{hint}"),
        )
    };
    match near {
        Some(near) => problem(&format!("; did you mean {near}?"))
            .with_members(|body| body.nearest = Some(near)),
        None => problem("; a product file that was dropped just now may still be on its way."),
    }
}

fn build_explanation(
    catalogue: &CatalogueView<'_>,
    id: ProductId,
    context: &ExplainContext<'_>,
) -> Result<ProductExplanation, StoreError> {
    let product = &context.loaded.product;
    let zone = &context.app.configuration.shop.zone;
    let mut origins = OriginResolver::new(catalogue.reader, zone);
    let displays = ChannelDisplays::from_context(context);
    let is_model = product.content.is_model;
    Ok(ProductExplanation {
        sku: product.sku.to_string(),
        kind: product_role(product),
        parent: product.content.parent.as_ref().map(ToString::to_string),
        missing_model: explain_missing_model(context, &mut origins)?,
        release: catalogue.release_number().0,
        at: time_text(context.at, zone),
        variants: is_model.then(|| list_variant_skus(catalogue, id)).transpose()?,
        values: values::explain_values(context, &displays, &mut origins)?,
        prices: commerce::explain_prices(context, &mut origins)?,
        stock: commerce::explain_stock(context, &mut origins)?,
        photos: explain_photos(context),
        channels: displays.explain_channels(context),
        plugins: product.content.enrichments.iter().map(explain_enrichment).collect(),
        diagnostics: list_diagnostics(&product.content.enrichments),
    })
}

/// The model that the product names, if no file brought it.
fn explain_missing_model(
    context: &ExplainContext<'_>,
    origins: &mut OriginResolver<'_>,
) -> Result<Option<MissingModel>, StoreError> {
    let LoadedProduct { product, parent } = context.loaded;
    let is_there = parent.as_ref().is_some_and(|model| !model.content.has_no_source());
    let Some(sku) = product.content.parent.as_ref().filter(|_| !is_there) else { return Ok(None) };
    let named = product.content.parent_origin;
    let origin = named.map(|row| origins.resolve_row(row)).transpose()?;
    let by =
        origin.as_ref().map_or(String::new(), |origin| format!(", which {} names", origin.text()));
    let text = format!(
        "the catalogue does not have the model {sku}{by}; until a file brings it, this variant stands alone"
    );
    Ok(Some(MissingModel { text, sku: sku.to_string(), origin }))
}

fn product_role(product: &Product) -> ProductRole {
    match &product.content {
        content if content.is_model => ProductRole::Model,
        content if content.parent.is_some() => ProductRole::Variant,
        _ => ProductRole::Product,
    }
}

fn list_variant_skus(
    catalogue: &CatalogueView<'_>,
    model: ProductId,
) -> Result<Vec<String>, StoreError> {
    let mut skus = Vec::new();
    for id in catalogue.reader.list_variants(model)? {
        skus.extend(
            catalogue
                .reader
                .load_product_without_reviews(id, catalogue.release_number())?
                .filter(|variant| variant.content.is_in_catalogue())
                .map(|variant| variant.sku.to_string()),
        );
    }
    Ok(skus)
}

/// The product's own photos, or its model's where it has none.
fn explain_photos(context: &ExplainContext<'_>) -> Vec<PhotoExplanation> {
    let own = &context.loaded.product.content.photos;
    let model = context.loaded.parent.as_ref().map(|model| &model.content.photos);
    let (photos, inherited) = match model {
        Some(photos) if own.is_empty() => (photos, true),
        _ => (own, false),
    };
    let explain = |photo: &Photo| {
        let shop = &context.app.configuration.shop;
        let mut profiles = shop.channels.iter().map(|channel| &channel.images);
        PhotoExplanation {
            file_name: photo.file_name.to_string(),
            role: photo.role.to_string(),
            size: photo.size,
            link: profiles.find_map(|profile| projection::photo_link(photo, profile, &shop.web)),
            inherited,
            facts: photo.facts.as_deref().map(photo_facts::describe_details),
        }
    };
    photos.iter().map(explain).collect()
}

fn explain_enrichment(enrichment: &PluginEnrichment) -> PluginExplanation {
    PluginExplanation {
        plugin: enrichment.plugin.to_string(),
        version: enrichment.version.to_string(),
        digest: enrichment.digest.to_string(),
        values: enrichment.values.len() as u64,
        stale: enrichment.failure.is_some(),
        failure: enrichment.failure.clone(),
    }
}

/// The messages of plugins, and which of them failed.
fn list_diagnostics(enrichments: &[PluginEnrichment]) -> Vec<DiagnosticEntry> {
    let mut entries = Vec::new();
    for enrichment in enrichments {
        let plugin = || Some(enrichment.plugin.to_string());
        let own = enrichment.diagnostics.iter().map(rikaste_receipts::describe_diagnostic);
        entries.extend(own.map(|entry| DiagnosticEntry { plugin: plugin(), ..entry }));
        entries.extend(enrichment.failure.as_ref().map(|why| DiagnosticEntry {
            plugin: plugin(),
            ..DiagnosticEntry::new(
                MessageSeverity::Error,
                "plugin-failed",
                format!("{} failed and its last values are shown: {why}", enrichment.plugin),
            )
        }));
    }
    entries
}
