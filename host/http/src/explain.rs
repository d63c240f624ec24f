//! Explanations: why each channel shows what it shows of a product. Every value is here with who
//! says it, the overruled ones, too.

use axum::extract::Path;
use axum::response::Response;
use rikaste_model::code::Sku;
use rikaste_model::moment::Moment;
use rikaste_model::photo::PhotoMetadata;
use rikaste_model::product::ProductId;
use rikaste_model::product::{Photo, PluginEnrichment, Product};
use rikaste_model::projection::{self, ProductView};
use rikaste_search::SearchQuery;
use rikaste_store::StoreError;
use serde_json::{Map, Value, json};

use super::catalogue_view::{CatalogueView, LoadedProduct};
use super::headers::json_response;
use super::parameters::RawParameters;
use super::problem::{ApiProblem, ProblemKind};
use super::products::find_nearest_sku;
use super::state::{ApiState, AuthorizedCaller};

mod channel_displays;
mod commerce;
mod origin;
mod values;

use channel_displays::ChannelDisplays;
use origin::OriginResolver;

/// What an explanation is made from.
struct ExplainContext<'a> {
    app: &'a ApiState,
    loaded: &'a LoadedProduct,
    subject: &'a ProductView<'a>,
    at: Moment,
}

/// Explains a product, as it is or as it will be.
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
        let subject = loaded.product_view(catalogue.shop(), at);
        let scene = ExplainContext { app: catalogue.app, loaded: &loaded, subject: &subject, at };
        Ok(json_response(&explanation_to_json(catalogue, id, &scene)?))
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
        Some(near) => problem(&format!("; did you mean {near}?")).with_member("nearest", near),
        None => problem("; a product file that was dropped just now may still be on its way."),
    }
}

fn explanation_to_json(
    catalogue: &CatalogueView<'_>,
    id: ProductId,
    scene: &ExplainContext<'_>,
) -> Result<Value, StoreError> {
    let product = &scene.loaded.product;
    let zone = &scene.app.configuration.shop.zone;
    let mut origins = OriginResolver::new(catalogue.reader, zone);
    let displays = ChannelDisplays::from_context(scene);
    let mut told = Map::new();
    told.insert("sku".to_owned(), json!(product.sku));
    told.insert("kind".to_owned(), json!(product_kind(product)));
    told.extend(product.content.parent.iter().map(|parent| ("parent".to_owned(), json!(parent))));
    told.insert("release".to_owned(), json!(catalogue.release_number()));
    told.insert("at".to_owned(), json!(scene.at.to_text(zone)));
    if product.content.is_model {
        told.insert("variants".to_owned(), json!(list_variant_skus(catalogue, id)?));
    }
    told.insert("values".to_owned(), values::values_to_json(scene, &displays, &mut origins)?);
    told.insert("prices".to_owned(), commerce::prices_to_json(scene, &mut origins)?);
    told.insert("stock".to_owned(), commerce::stock_to_json(scene, &mut origins)?);
    told.insert("photos".to_owned(), photos_to_json(scene));
    told.insert("channels".to_owned(), displays.channels_to_json(scene));
    told.insert(
        "plugins".to_owned(),
        product.content.enrichments.iter().map(enrichment_to_json).collect(),
    );
    told.insert("diagnostics".to_owned(), diagnostics_to_json(&product.content.enrichments));
    Ok(Value::Object(told))
}

fn product_kind(product: &Product) -> &'static str {
    match &product.content {
        content if content.is_model => "model",
        content if content.parent.is_some() => "variant",
        _ => "product",
    }
}

fn list_variant_skus(
    catalogue: &CatalogueView<'_>,
    model: ProductId,
) -> Result<Vec<Sku>, StoreError> {
    let mut skus = Vec::new();
    for id in catalogue.reader.list_variants(model)? {
        skus.extend(
            catalogue
                .reader
                .load_product_without_reviews(id, catalogue.release_number())?
                .filter(|variant| variant.content.is_in_catalogue())
                .map(|variant| variant.sku),
        );
    }
    Ok(skus)
}

/// The product's own photos, or its model's where it has none.
fn photos_to_json(scene: &ExplainContext<'_>) -> Value {
    let own = &scene.loaded.product.content.photos;
    let model = scene.loaded.parent.as_ref().map(|model| &model.content.photos);
    let (photos, inherited) = match model {
        Some(photos) if own.is_empty() => (photos, true),
        _ => (own, false),
    };
    let photo = |photo: &Photo| {
        let mut profiles =
            scene.app.configuration.shop.channels.iter().map(|channel| &channel.images);
        let mut told = json!({
            "file_name": photo.file_name,
            "role": photo.role,
            "size": photo.size,
            "link": profiles.find_map(|profile| projection::photo_link(photo, profile)),
            "inherited": inherited,
        });
        if let (Some(facts), Some(told)) = (&photo.facts, told.as_object_mut()) {
            told.insert("facts".to_owned(), facts_to_json(facts));
        }
        told
    };
    photos.iter().map(photo).collect()
}

/// What is known of a photo.
fn facts_to_json(facts: &PhotoMetadata) -> Value {
    let colors = facts.colors.iter().map(|swatch| {
        json!({ "color": swatch.color.to_string(), "share": f64::from(swatch.share) / 1000.0 })
    });
    let remarks =
        facts.remarks.iter().map(|(code, message)| json!({ "code": code, "message": message }));
    json!({
        "media_type": facts.media_type,
        "width": facts.width,
        "height": facts.height,
        "orientation": facts.orientation,
        "frames": facts.frames,
        "profile": facts.profile,
        "transparent": facts.transparent,
        "white_background": facts.white_background,
        "sharpness": f64::from(facts.sharpness) / 1000.0,
        "content": facts.content,
        "focus": [f64::from(facts.focus.x) / 1000.0, f64::from(facts.focus.y) / 1000.0],
        "colors": colors.collect::<Vec<_>>(),
        "remarks": remarks.collect::<Vec<_>>(),
    })
}

fn enrichment_to_json(enrichment: &PluginEnrichment) -> Value {
    let mut told = json!({
        "plugin": enrichment.plugin,
        "version": enrichment.version,
        "digest": enrichment.digest.to_string(),
        "values": enrichment.values.len(),
        "stale": enrichment.failure.is_some(),
    });
    if let Some(failure) = &enrichment.failure {
        told["failure"] = json!(failure);
    }
    told
}

/// What plugins have to say, and which of them failed.
fn diagnostics_to_json(enrichments: &[PluginEnrichment]) -> Value {
    let mut told = Vec::new();
    for enrichment in enrichments {
        let mut all: Vec<_> =
            enrichment.diagnostics.iter().map(super::value_json::diagnostic_to_json).collect();
        all.extend(enrichment.failure.as_ref().map(|why| {
            let message =
                format!("{} failed and its last values are shown: {why}", enrichment.plugin);
            json!({ "severity": "error", "code": "plugin-failed", "message": message })
        }));
        for mut each in all {
            each["plugin"] = json!(enrichment.plugin);
            told.push(each);
        }
    }
    Value::Array(told)
}
