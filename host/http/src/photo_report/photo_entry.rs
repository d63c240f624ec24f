//! One photo on the sheet.

use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::photo::{
    ColorMode, FitMode, PhotoMetadata, PhotoRole, Rendition, RenditionFrame,
};
use rikaste_model::product::ContentHash;
use rikaste_model::product::ProductId;
use rikaste_model::resolve::{ResolvedValues, choose_value};
use rikaste_model::value::ValueData;
use rikaste_model::well_known;
use rikaste_model::words;
use rikaste_model::words::DiagnosticMessage;
use rikaste_store::{AssetEntry, RemotePhoto, StoreError};
use serde_json::{Map, Value, json};
use smol_str::SmolStr;

use super::{PhotoFilter, PhotoReport};
use crate::catalogue_view::LoadedProduct;
use rikaste_pipeline::{SharedMainPhoto, find_photo_owners, photo_warnings};
use rikaste_store::asset_folder::AssetKind;

/// How wide a print is that a person can see something on.
const PREVIEW_WIDTH: u32 = 320;
/// The most products of a photo that are named.
const MAX_PRODUCTS: usize = 12;

/// What became of a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PhotoState {
    Shown,
    Orphan,
    Refused,
    Undeveloped,
}

/// The products that have a photo.
#[derive(Debug, Default)]
struct PhotoUsers {
    products: Vec<Value>,
    /// Those of them whose main photo it is.
    main_photo_of: Vec<ProductId>,
    /// How many more name it than are told.
    more: usize,
}

impl PhotoReport<'_> {
    /// The photo with everything that is known of it; nothing where it is not wanted.
    pub(super) fn photo_to_json(
        &self,
        asset: &AssetEntry,
        only: PhotoFilter,
    ) -> Result<Option<Value>, StoreError> {
        let kind = AssetKind::from_file_name(&asset.name);
        let is_usable = kind != AssetKind::Photo || asset.facts.is_some();
        if only == PhotoFilter::Refused && is_usable {
            return Ok(None);
        }
        let mut state = if is_usable { PhotoState::Shown } else { PhotoState::Undeveloped };
        let mut said = Vec::new();
        match &asset.facts {
            Some(facts) => {
                let shop = (self.catalogue.reader, self.catalogue.shop());
                said.extend(photo_warnings(shop, asset, facts)?);
            }
            None if !is_usable => {
                let refusal = self.explain_unusable(asset);
                if refusal.code == "photo-unusable" {
                    state = PhotoState::Refused;
                }
                said.push(refusal);
            }
            None => {}
        }
        let mut users = self.catalogue.reader.list_asset_users(&asset.name)?;
        users.extend(find_photo_owners(self.catalogue.reader, &asset.name)?);
        users.sort_unstable();
        users.dedup();
        let PhotoUsers { products, main_photo_of: portrayed, more } =
            self.load_photo_users(&users, asset, is_usable)?;
        if products.is_empty() && is_usable {
            state = PhotoState::Orphan;
            let message = words!("photo-orphan", name = asset.name.as_str());
            said.push(Diagnostic::new_info("photo-orphan", message));
        }
        for id in portrayed {
            let reader = (self.catalogue.reader, self.catalogue.release_number());
            let shop = (self.catalogue.shop(), self.catalogue.effective_moment(None));
            said.extend(
                SharedMainPhoto::find_for_product(id, reader, shop)?
                    .map(|sibling| sibling.diagnostic),
            );
        }
        let is_wanted = match only {
            PhotoFilter::All => true,
            PhotoFilter::WithDiagnostics => !said.is_empty(),
            PhotoFilter::Orphans => state == PhotoState::Orphan,
            PhotoFilter::Refused => state == PhotoState::Refused,
        };
        if !is_wanted {
            return Ok(None);
        }
        let mut print = Map::new();
        let mut put = |name: &str, value: Value| print.insert(name.to_owned(), value);
        put("file_name", json!(asset.name));
        put("kind", json!(kind_name(kind)));
        put("state", json!(state.name()));
        put("size", json!(asset.size));
        if kind != AssetKind::Photo {
            put("link", json!(attachment_link(asset)));
        }
        put("products", products.into());
        if more > 0 {
            put("more_products", json!(more));
        }
        put("remarks", said.iter().map(|remark| self.diagnostic_to_json(remark)).collect());
        if let Some(facts) = &asset.facts {
            if let Some(preview) = self.choose_preview(asset, facts) {
                put("preview", preview);
            }
            put("facts", facts_to_json(facts));
        }
        Ok(Some(Value::Object(print)))
    }

    /// A picture that products name by URL, and that could not be had.
    pub(super) fn unfetched_to_json(&self, picture: &RemotePhoto) -> Result<Value, StoreError> {
        let asset = AssetEntry {
            name: SmolStr::new(&picture.url),
            hash: ContentHash([0; 32]),
            size: 0,
            modified: 0,
            facts: None,
        };
        let users = self.catalogue.reader.list_asset_users(&picture.url)?;
        let PhotoUsers { products, more, .. } = self.load_photo_users(&users, &asset, false)?;
        let sku = products.first().and_then(|product| product["sku"].as_str()).unwrap_or("?");
        let why = picture.failure_reason.clone().unwrap_or_else(|| DiagnosticMessage::from(""));
        let message = words!("picture-unfetched", sku = sku, why = why);
        let remark = self.diagnostic_to_json(&Diagnostic::new_error("picture-unfetched", message));
        let mut print = json!({
            "file_name": picture.url,
            "kind": kind_name(AssetKind::from_file_name(&picture.url)),
            "state": PhotoState::Refused.name(),
            "size": 0,
            "products": products,
            "remarks": [remark],
        });
        if more > 0 {
            print["more_products"] = json!(more);
        }
        Ok(print)
    }

    /// Why a photo is not shown.
    fn explain_unusable(&self, asset: &AssetEntry) -> Diagnostic {
        let name = asset.name.as_str();
        if self.rendition_service.toolchain_hash().is_none() {
            return Diagnostic::new_warning("photos-undeveloped", words!("photos-undeveloped"));
        }
        match self.rendition_service.find_refusal(&asset.hash) {
            Some(unusable) => {
                let message = words!("photo-unusable", name = name, why = unusable.message);
                Diagnostic::new_error("photo-unusable", message)
            }
            // It is being developed just now, or its renditions were lost.
            None => Diagnostic::new_warning("photo-unknown", words!("photo-unknown", name = name)),
        }
    }

    fn load_photo_users(
        &self,
        users: &[ProductId],
        asset: &AssetEntry,
        is_usable: bool,
    ) -> Result<PhotoUsers, StoreError> {
        let mut found = PhotoUsers::default();
        for (at, id) in users.iter().enumerate() {
            if found.products.len() == MAX_PRODUCTS {
                found.more = users.len() - at;
                break;
            }
            let Some(loaded) = self.catalogue.load_product(*id, self.catalogue.release_number())?
            else {
                continue;
            };
            let content = &loaded.product.content;
            let place = content.photos.iter().position(|photo| photo.file_name == asset.name);
            if !content.is_in_catalogue() || (place.is_none() && is_usable) {
                continue;
            }
            if place.is_some_and(|place| content.photos[place].role == PhotoRole::Main) {
                found.main_photo_of.push(*id);
            }
            found.products.push(self.product_to_json(*id, &loaded, asset, place)?);
        }
        Ok(found)
    }

    fn product_to_json(
        &self,
        id: ProductId,
        loaded: &LoadedProduct,
        asset: &AssetEntry,
        place: Option<usize>,
    ) -> Result<Value, StoreError> {
        let shop = self.catalogue.shop();
        let content = &loaded.product.content;
        let view = ResolvedValues::from_product(
            &loaded.product,
            loaded.parent.as_deref(),
            &shop.source_priorities,
        );
        let at = self.catalogue.effective_moment(None);
        let said = |attribute: &str| {
            choose_value(view.find_by_attribute(attribute), &self.chain, None, at)
                .map(|said| &said.value.data)
        };
        let mut told = json!({ "sku": loaded.product.sku.as_str() });
        if content.is_model {
            told["model"] = json!(true);
        }
        if let Some(name) = said(well_known::NAME).and_then(ValueData::as_text) {
            told["name"] = json!(name);
        }
        if let Some((place, photo)) = place.and_then(|at| Some((at, content.photos.get(at)?))) {
            told["role"] = json!(photo.role);
            told["order"] = json!(place + 1);
        }
        if let Some(alt) =
            said(well_known::IMAGE_ALT).and_then(|alt| find_file_row(alt, &asset.name))
        {
            told["alt"] = alt;
        }
        told["channels"] = self.list_showing_channels(id)?;
        Ok(told)
    }

    /// The channels that show a product.
    fn list_showing_channels(&self, id: ProductId) -> Result<Value, StoreError> {
        let reader = self.catalogue.reader;
        let marks = reader.load_projection_state(id)?.channels;
        let mut codes = Vec::new();
        for channel in &self.catalogue.shop().channels {
            let number = reader.find_channel_id(channel.code.as_str())?;
            if marks.iter().any(|mark| Some(mark.channel) == number) {
                codes.push(channel.code.as_str());
            }
        }
        Ok(json!(codes))
    }

    /// The rendition that shows the photo best on a small print, of those that any channel has.
    fn choose_preview(&self, asset: &AssetEntry, facts: &PhotoMetadata) -> Option<Value> {
        let channels = &self.catalogue.shop().channels;
        let wanted =
            channels.iter().flat_map(|channel| channel.images.list_renditions(facts.width));
        let (rendition, (width, height)) = wanted
            .map(|rendition| (rendition.frame.compute_size((facts.width, facts.height)), rendition))
            .filter(|(_, rendition)| self.has_rendition(asset, facts, rendition))
            .min_by_key(|((width, _), rendition)| {
                let RenditionFrame { tone, fit, .. } = rendition.frame;
                let is_small = *width < PREVIEW_WIDTH.min(facts.width);
                (
                    tone != ColorMode::Color,
                    fit != FitMode::Inside,
                    is_small,
                    width.abs_diff(PREVIEW_WIDTH),
                )
            })
            .map(|(size, rendition)| (rendition, size))?;
        let link = format!("/assets/{}", rendition.name(&asset.hash, &facts.maker));
        Some(json!({ "link": link, "width": width, "height": height }))
    }

    fn has_rendition(
        &self,
        asset: &AssetEntry,
        facts: &PhotoMetadata,
        rendition: &Rendition,
    ) -> bool {
        let name = rendition.name(&asset.hash, &facts.maker);
        let shelf = self.rendition_service.store();
        rendition.formats.iter().any(|format| shelf.has_rendition(name, *format))
    }
}

impl PhotoState {
    fn name(self) -> &'static str {
        match self {
            Self::Shown => "shown",
            Self::Orphan => "orphan",
            Self::Refused => "refused",
            Self::Undeveloped => "undeveloped",
        }
    }
}

fn kind_name(kind: AssetKind) -> &'static str {
    match kind {
        AssetKind::Photo => "photo",
        AssetKind::Video => "video",
        AssetKind::Document => "document",
    }
}

/// Films and documents are published as they are.
fn attachment_link(asset: &AssetEntry) -> String {
    let (_, ending) = asset.name.rsplit_once('.').unwrap_or_default();
    format!("/assets/{}.{}", asset.hash, ending.to_ascii_lowercase())
}

fn facts_to_json(facts: &PhotoMetadata) -> Value {
    let colors = facts.colors.iter().map(
        |swatch| json!({ "color": swatch.color.to_string(), "share": f64::from(swatch.share) / 1000.0 }),
    );
    let mut told = json!({
        "media_type": facts.media_type,
        "width": facts.width,
        "height": facts.height,
        "content": facts.content,
        "white_background": facts.white_background,
        "transparent": facts.transparent,
        "sharpness": f64::from(facts.sharpness) / 1000.0,
        "colors": colors.collect::<Vec<_>>(),
    });
    if facts.frames > 1 {
        told["frames"] = json!(facts.frames);
    }
    if let Some(profile) = &facts.profile {
        told["profile"] = json!(profile);
    }
    told
}

/// The row of a table that is about a file, by its columns.
fn find_file_row(data: &ValueData, file_name: &str) -> Option<Value> {
    let ValueData::Table(table) = data else { return None };
    let named = table.columns.iter().position(|column| column == "file_name")?;
    let row = table.rows.iter().find(|row| row.get(named).is_some_and(|cell| cell == file_name))?;
    let cells = table.columns.iter().zip(row).filter(|(column, _)| *column != "file_name");
    Some(cells.map(|(column, cell)| (column.to_string(), json!(cell))).collect())
}
