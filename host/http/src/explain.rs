//! Explanations: why each channel shows what it shows of a product. Every value is here with who
//! says it, the overruled ones, too.

use axum::extract::Path;
use axum::response::Response;
use rikaste_model::code::Sku;
use rikaste_model::moment::Moment;
use rikaste_model::picture::Facts;
use rikaste_model::product::ProductId;
use rikaste_model::product::{Enrichment, Photo, Product};
use rikaste_model::projection::{self, Subject};
use rikaste_search::Query;
use rikaste_store::StoreError;
use serde_json::{Map, Value, json};

use super::app::{App, Trusted};
use super::catalogue::{Catalogue, Loaded};
use super::headers::json;
use super::parameters::Parameters;
use super::problem::{Kind, Problem};
use super::products::nearest_sku;

mod offer;
mod origin;
mod shown;
mod values;

use origin::Origins;
use shown::Displays;

/// What an explanation is made from.
struct Scene<'a> {
    app: &'a App,
    loaded: &'a Loaded,
    subject: &'a Subject<'a>,
    at: Moment,
}

/// Explains a product, as it is or as it will be.
pub(super) async fn explain(
    Trusted(app): Trusted,
    Path(sku): Path<String>,
    parameters: Parameters,
) -> Result<Response, Problem> {
    let as_of = parameters.known(&["as_of"])?.as_of(&app.shop.zone)?;
    app.read(move |catalogue| {
        let Some((id, loaded)) = find(catalogue, &sku)? else {
            return Err(unknown(catalogue, &sku));
        };
        let at = catalogue.at(as_of);
        let subject = loaded.subject(catalogue.shop(), at);
        let scene = Scene { app: catalogue.app, loaded: &loaded, subject: &subject, at };
        Ok(json(&told(catalogue, id, &scene)?))
    })
    .await
}

fn find(catalogue: &Catalogue<'_>, sku: &str) -> Result<Option<(ProductId, Loaded)>, StoreError> {
    let Ok(sku) = Sku::new(sku) else { return Ok(None) };
    let Some(id) = catalogue.reader.product_id(&sku)? else { return Ok(None) };
    Ok(catalogue.load(id, catalogue.number())?.map(|loaded| (id, loaded)))
}

fn unknown(catalogue: &Catalogue<'_>, sku: &str) -> Problem {
    let channels = &catalogue.shop().channels;
    let near =
        channels.iter().find_map(|channel| nearest_sku(catalogue, &Query::new(&channel.code, sku)));
    let problem = |hint: &str| {
        Problem::new(Kind::UnknownProduct, format!("The shop has no product of this SKU{hint}"))
    };
    match near {
        Some(near) => problem(&format!("; did you mean {near}?")).with("nearest", near),
        None => problem("; a product file that was dropped just now may still be on its way."),
    }
}

fn told(catalogue: &Catalogue<'_>, id: ProductId, scene: &Scene<'_>) -> Result<Value, StoreError> {
    let product = &scene.loaded.product;
    let zone = &scene.app.shop.zone;
    let mut origins = Origins::new(catalogue.reader, zone);
    let displays = Displays::of(scene);
    let mut told = Map::new();
    told.insert("sku".to_owned(), json!(product.sku));
    told.insert("kind".to_owned(), json!(kind(product)));
    told.extend(product.content.parent.iter().map(|parent| ("parent".to_owned(), json!(parent))));
    told.insert("release".to_owned(), json!(catalogue.number()));
    told.insert("at".to_owned(), json!(scene.at.to_text(zone)));
    if product.content.is_model {
        told.insert("variants".to_owned(), json!(variants(catalogue, id)?));
    }
    told.insert("values".to_owned(), values::told(scene, &displays, &mut origins)?);
    told.insert("prices".to_owned(), offer::prices(scene, &mut origins)?);
    told.insert("stock".to_owned(), offer::stock(scene, &mut origins)?);
    told.insert("photos".to_owned(), photos(scene));
    told.insert("channels".to_owned(), displays.channels(scene));
    told.insert("plugins".to_owned(), product.content.enrichments.iter().map(plugin).collect());
    told.insert("diagnostics".to_owned(), diagnostics(&product.content.enrichments));
    Ok(Value::Object(told))
}

fn kind(product: &Product) -> &'static str {
    match &product.content {
        content if content.is_model => "model",
        content if content.parent.is_some() => "variant",
        _ => "product",
    }
}

fn variants(catalogue: &Catalogue<'_>, model: ProductId) -> Result<Vec<Sku>, StoreError> {
    let mut skus = Vec::new();
    for id in catalogue.reader.variants(model)? {
        skus.extend(
            catalogue
                .reader
                .product_without_reviews(id, catalogue.number())?
                .filter(|variant| variant.content.is_there())
                .map(|variant| variant.sku),
        );
    }
    Ok(skus)
}

/// The product's own photos, or its model's where it has none.
fn photos(scene: &Scene<'_>) -> Value {
    let own = &scene.loaded.product.content.photos;
    let model = scene.loaded.parent.as_ref().map(|model| &model.content.photos);
    let (photos, inherited) = match model {
        Some(photos) if own.is_empty() => (photos, true),
        _ => (own, false),
    };
    let photo = |photo: &Photo| {
        let mut profiles = scene.app.shop.channels.iter().map(|channel| &channel.images);
        let mut told = json!({
            "file_name": photo.file_name,
            "role": photo.role,
            "size": photo.size,
            "link": profiles.find_map(|profile| projection::link(photo, profile)),
            "inherited": inherited,
        });
        if let (Some(facts), Some(told)) = (&photo.facts, told.as_object_mut()) {
            told.insert("facts".to_owned(), known(facts));
        }
        told
    };
    photos.iter().map(photo).collect()
}

/// What is known of a photo.
fn known(facts: &Facts) -> Value {
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

fn plugin(enrichment: &Enrichment) -> Value {
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
fn diagnostics(enrichments: &[Enrichment]) -> Value {
    let mut told = Vec::new();
    for enrichment in enrichments {
        let mut all: Vec<_> = enrichment.diagnostics.iter().map(super::said::diagnostic).collect();
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
