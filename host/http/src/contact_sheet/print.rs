//! One photo on the sheet.

use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::picture::{Facts, Fit, Frame, Rendition, Tone};
use rikaste_model::product::Hash;
use rikaste_model::product::ProductId;
use rikaste_model::resolve::{View, choose};
use rikaste_model::value::Data;
use rikaste_model::words;
use rikaste_model::words::Message;
use rikaste_store::{Asset, Picture, StoreError};
use serde_json::{Map, Value, json};
use smol_str::SmolStr;

use super::{Only, Sheet};
use crate::catalogue::Loaded;
use rikaste_pipeline::{Sibling, look, owners};
use rikaste_store::asset_folder::Kind;

/// How wide a print is that a person can see something on.
const WIDE: u32 = 320;
/// The most products of a photo that are named.
const PRODUCTS: usize = 12;

/// What became of a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Shown,
    Orphan,
    Refused,
    Undeveloped,
}

/// The products that have a photo.
#[derive(Debug, Default)]
struct Users {
    products: Vec<Value>,
    /// Those of them whose main photo it is.
    portrayed: Vec<ProductId>,
    /// How many more name it than are told.
    more: usize,
}

impl Sheet<'_> {
    /// The photo with everything that is known of it; nothing where it is not wanted.
    pub(super) fn print(&self, asset: &Asset, only: Only) -> Result<Option<Value>, StoreError> {
        let kind = Kind::of_name(&asset.name);
        let is_usable = kind != Kind::Photo || asset.facts.is_some();
        if only == Only::Refused && is_usable {
            return Ok(None);
        }
        let mut state = if is_usable { State::Shown } else { State::Undeveloped };
        let mut said = Vec::new();
        match &asset.facts {
            Some(facts) => {
                let shop = (self.catalogue.reader, self.catalogue.shop());
                said.extend(look(shop, asset, facts)?);
            }
            None if !is_usable => {
                let refusal = self.unusable(asset);
                if refusal.code == "photo-unusable" {
                    state = State::Refused;
                }
                said.push(refusal);
            }
            None => {}
        }
        let mut users = self.catalogue.reader.asset_users(&asset.name)?;
        users.extend(owners(self.catalogue.reader, &asset.name)?);
        users.sort_unstable();
        users.dedup();
        let Users { products, portrayed, more } = self.products(&users, asset, is_usable)?;
        if products.is_empty() && is_usable {
            state = State::Orphan;
            let message = words!("photo-orphan", name = asset.name.as_str());
            said.push(Diagnostic::info("photo-orphan", message));
        }
        for id in portrayed {
            let reader = (self.catalogue.reader, self.catalogue.number());
            let shop = (self.catalogue.shop(), self.catalogue.at(None));
            said.extend(Sibling::of(id, reader, shop)?.map(|sibling| sibling.told));
        }
        let is_wanted = match only {
            Only::All => true,
            Only::Remarks => !said.is_empty(),
            Only::Orphans => state == State::Orphan,
            Only::Refused => state == State::Refused,
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
        if kind != Kind::Photo {
            put("link", json!(attachment_link(asset)));
        }
        put("products", products.into());
        if more > 0 {
            put("more_products", json!(more));
        }
        put("remarks", said.iter().map(|remark| self.message(remark)).collect());
        if let Some(facts) = &asset.facts {
            if let Some(preview) = self.preview(asset, facts) {
                put("preview", preview);
            }
            put("facts", facts_of(facts));
        }
        Ok(Some(Value::Object(print)))
    }

    /// A picture that products name by URL, and that could not be had.
    pub(super) fn unfetched(&self, picture: &Picture) -> Result<Value, StoreError> {
        let asset = Asset {
            name: SmolStr::new(&picture.url),
            hash: Hash([0; 32]),
            size: 0,
            modified: 0,
            facts: None,
        };
        let users = self.catalogue.reader.asset_users(&picture.url)?;
        let Users { products, more, .. } = self.products(&users, &asset, false)?;
        let sku = products.first().and_then(|product| product["sku"].as_str()).unwrap_or("?");
        let why = picture.why.clone().unwrap_or_else(|| Message::from(""));
        let message = words!("picture-unfetched", sku = sku, why = why);
        let remark = self.message(&Diagnostic::error("picture-unfetched", message));
        let mut print = json!({
            "file_name": picture.url,
            "kind": kind_name(Kind::of_name(&picture.url)),
            "state": State::Refused.name(),
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
    fn unusable(&self, asset: &Asset) -> Diagnostic {
        let name = asset.name.as_str();
        if self.studio.maker().is_none() {
            return Diagnostic::warning("photos-undeveloped", words!("photos-undeveloped"));
        }
        match self.studio.refusal(&asset.hash) {
            Some(unusable) => {
                let message = words!("photo-unusable", name = name, why = unusable.message);
                Diagnostic::error("photo-unusable", message)
            }
            // It is being developed just now, or its renditions were lost.
            None => Diagnostic::warning("photo-unknown", words!("photo-unknown", name = name)),
        }
    }

    fn products(
        &self,
        users: &[ProductId],
        asset: &Asset,
        is_usable: bool,
    ) -> Result<Users, StoreError> {
        let mut found = Users::default();
        for (at, id) in users.iter().enumerate() {
            if found.products.len() == PRODUCTS {
                found.more = users.len() - at;
                break;
            }
            let Some(loaded) = self.catalogue.load(*id, self.catalogue.number())? else { continue };
            let content = &loaded.product.content;
            let place = content.photos.iter().position(|photo| photo.file_name == asset.name);
            if !content.is_there() || (place.is_none() && is_usable) {
                continue;
            }
            if place.is_some_and(|place| content.photos[place].role == "main") {
                found.portrayed.push(*id);
            }
            found.products.push(self.product(*id, &loaded, asset, place)?);
        }
        Ok(found)
    }

    fn product(
        &self,
        id: ProductId,
        loaded: &Loaded,
        asset: &Asset,
        place: Option<usize>,
    ) -> Result<Value, StoreError> {
        let shop = self.catalogue.shop();
        let content = &loaded.product.content;
        let view = View::of(&loaded.product, loaded.parent.as_deref(), &shop.standings);
        let at = self.catalogue.at(None);
        let said = |attribute: &str| {
            choose(view.of_attribute(attribute), &self.chain, None, at).map(|said| &said.value.data)
        };
        let mut told = json!({ "sku": loaded.product.sku.as_str() });
        if content.is_model {
            told["model"] = json!(true);
        }
        if let Some(name) = said("name").and_then(Data::as_text) {
            told["name"] = json!(name);
        }
        if let Some((place, photo)) = place.and_then(|at| Some((at, content.photos.get(at)?))) {
            told["role"] = json!(photo.role);
            told["order"] = json!(place + 1);
        }
        if let Some(alt) = said("image_alt").and_then(|alt| row_of(alt, &asset.name)) {
            told["alt"] = alt;
        }
        told["channels"] = self.channels(id)?;
        Ok(told)
    }

    /// The channels that show a product.
    fn channels(&self, id: ProductId) -> Result<Value, StoreError> {
        let reader = self.catalogue.reader;
        let marks = reader.projection(id)?.channels;
        let mut codes = Vec::new();
        for channel in &self.catalogue.shop().channels {
            let number = reader.channel_id(channel.code.as_str())?;
            if marks.iter().any(|mark| Some(mark.channel) == number) {
                codes.push(channel.code.as_str());
            }
        }
        Ok(json!(codes))
    }

    /// The rendition that shows the photo best on a small print, of those that any channel has.
    fn preview(&self, asset: &Asset, facts: &Facts) -> Option<Value> {
        let channels = &self.catalogue.shop().channels;
        let wanted = channels.iter().flat_map(|channel| channel.images.of_photo(facts.width));
        let (rendition, (width, height)) = wanted
            .map(|rendition| (rendition.frame.size((facts.width, facts.height)), rendition))
            .filter(|(_, rendition)| self.is_there(asset, facts, rendition))
            .min_by_key(|((width, _), rendition)| {
                let Frame { tone, fit, .. } = rendition.frame;
                let is_small = *width < WIDE.min(facts.width);
                (tone != Tone::Color, fit != Fit::Inside, is_small, width.abs_diff(WIDE))
            })
            .map(|(size, rendition)| (rendition, size))?;
        let link = format!("/assets/{}", rendition.name(&asset.hash, &facts.maker));
        Some(json!({ "link": link, "width": width, "height": height }))
    }

    fn is_there(&self, asset: &Asset, facts: &Facts, rendition: &Rendition) -> bool {
        let name = rendition.name(&asset.hash, &facts.maker);
        let shelf = self.studio.shelf();
        rendition.formats.iter().any(|format| shelf.has(name, *format))
    }
}

impl State {
    fn name(self) -> &'static str {
        match self {
            Self::Shown => "shown",
            Self::Orphan => "orphan",
            Self::Refused => "refused",
            Self::Undeveloped => "undeveloped",
        }
    }
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Photo => "photo",
        Kind::Video => "video",
        Kind::Document => "document",
    }
}

/// Films and documents are published as they are.
fn attachment_link(asset: &Asset) -> String {
    let (_, ending) = asset.name.rsplit_once('.').unwrap_or_default();
    format!("/assets/{}.{}", asset.hash, ending.to_ascii_lowercase())
}

fn facts_of(facts: &Facts) -> Value {
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
fn row_of(data: &Data, file_name: &str) -> Option<Value> {
    let Data::Table(table) = data else { return None };
    let named = table.columns.iter().position(|column| column == "file_name")?;
    let row = table.rows.iter().find(|row| row.get(named).is_some_and(|cell| cell == file_name))?;
    let cells = table.columns.iter().zip(row).filter(|(column, _)| *column != "file_name");
    Some(cells.map(|(column, cell)| (column.to_string(), json!(cell))).collect())
}
