//! One entry of the photo report.

use rikaste_contract::{
    AltText, OrderedMap, PhotoEntry, PhotoFacts, PhotoPreview, PhotoState, PhotoUser,
    StoredFileKind,
};
use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::photo::{
    ColorMode, FitMode, PhotoMetadata, PhotoRole, Rendition, RenditionFrame,
};
use rikaste_model::product::ProductId;
use rikaste_model::resolve::{ResolvedValues, choose_value};
use rikaste_model::value::ValueData;
use rikaste_model::well_known;
use rikaste_model::words;
use rikaste_model::words::DiagnosticMessage;
use rikaste_store::{AssetEntry, RemotePhoto, StoreError};

use super::{PhotoFilter, ReportBuilder};
use crate::catalogue_view::LoadedProduct;
use crate::photo_facts;
use rikaste_media::photo_rules::{SharedMainPhoto, find_photo_owners, photo_warnings};
use rikaste_runtime::find_known_text;
use rikaste_store::asset_folder::AssetKind;

/// How wide a preview is, in pixels: wide enough to see what the photo shows.
const PREVIEW_WIDTH: u32 = 320;
/// The most products of a photo that are named.
const MAX_PRODUCTS: usize = 12;

/// The products that have a photo.
#[derive(Debug, Default)]
struct PhotoUsers {
    products: Vec<PhotoUser>,
    /// Those of them whose main photo it is.
    main_photo_of: Vec<ProductId>,
    /// How many more name it than are listed.
    more: usize,
}

impl ReportBuilder<'_> {
    /// The photo with everything that is known of it; `None` where the filter leaves it out.
    pub(super) fn describe_asset(
        &self,
        asset: &AssetEntry,
        filter: PhotoFilter,
    ) -> Result<Option<PhotoEntry>, StoreError> {
        let kind = AssetKind::from_file_name(&asset.name);
        let is_usable = kind != AssetKind::Photo || asset.facts.is_some();
        if filter == PhotoFilter::Refused && is_usable {
            return Ok(None);
        }
        let (mut state, mut diagnostics) = self.assess_asset(asset, is_usable)?;
        let users = self.list_users(asset)?;
        let PhotoUsers { products, main_photo_of, more } =
            self.load_photo_users(&users, &asset.name, is_usable)?;
        if products.is_empty() && is_usable {
            state = PhotoState::Orphan;
            let message = words!("photo-orphan", name = asset.name.as_str());
            diagnostics.push(Diagnostic::new_info("photo-orphan", message));
        }
        diagnostics.extend(self.find_shared_main_photos(main_photo_of)?);
        let is_wanted = match filter {
            PhotoFilter::All => true,
            PhotoFilter::WithDiagnostics => !diagnostics.is_empty(),
            PhotoFilter::Orphans => state == PhotoState::Orphan,
            PhotoFilter::Refused => state == PhotoState::Refused,
        };
        if !is_wanted {
            return Ok(None);
        }
        let facts = asset.facts.as_ref();
        let base = self.catalogue.shop().web.base_path();
        Ok(Some(PhotoEntry {
            file_name: asset.name.to_string(),
            kind: file_kind(kind),
            state,
            size: asset.size,
            link: (kind != AssetKind::Photo).then(|| attachment_link(base, asset)),
            products,
            more_products: (more > 0).then_some(more as u64),
            remarks: diagnostics.iter().map(|one| self.describe_message(one)).collect(),
            preview: facts.and_then(|facts| self.choose_preview(asset, facts)),
            facts: facts.map(|facts| describe_facts(facts)),
        }))
    }

    /// What became of the file itself, and what there is to say about it.
    fn assess_asset(
        &self,
        asset: &AssetEntry,
        is_usable: bool,
    ) -> Result<(PhotoState, Vec<Diagnostic>), StoreError> {
        match &asset.facts {
            Some(facts) => {
                let shop = (self.catalogue.reader, self.catalogue.shop());
                let warnings = photo_warnings(shop, asset, facts)?.into_iter().collect();
                Ok((PhotoState::Shown, warnings))
            }
            None if is_usable => Ok((PhotoState::Shown, Vec::new())),
            None => {
                let (state, diagnostic) = self.explain_unusable(asset);
                Ok((state, vec![diagnostic]))
            }
        }
    }

    fn list_users(&self, asset: &AssetEntry) -> Result<Vec<ProductId>, StoreError> {
        let mut users = self.catalogue.reader.list_asset_users(&asset.name)?;
        users.extend(find_photo_owners(self.catalogue.reader, &asset.name)?);
        users.sort_unstable();
        users.dedup();
        Ok(users)
    }

    /// Which of these products have a main photo that looks like another product's.
    fn find_shared_main_photos(
        &self,
        products: Vec<ProductId>,
    ) -> Result<Vec<Diagnostic>, StoreError> {
        let mut shared = Vec::new();
        for id in products {
            let reader = (self.catalogue.reader, self.catalogue.release_number());
            let shop = (self.catalogue.shop(), self.catalogue.effective_moment(None));
            shared.extend(
                SharedMainPhoto::find_for_product(id, reader, shop)?
                    .map(|shared| shared.diagnostic),
            );
        }
        Ok(shared)
    }

    /// A picture that products name by URL, and that could not be fetched.
    pub(super) fn describe_unfetched(
        &self,
        picture: &RemotePhoto,
    ) -> Result<PhotoEntry, StoreError> {
        let users = self.catalogue.reader.list_asset_users(&picture.url)?;
        let PhotoUsers { products, more, .. } =
            self.load_photo_users(&users, &picture.url, false)?;
        let sku = products.first().map_or("?", |product| &product.sku);
        let why = picture.failure_reason.clone().unwrap_or_else(|| DiagnosticMessage::from(""));
        let message = words!("picture-unfetched", sku = sku, why = why);
        let remark = self.describe_message(&Diagnostic::new_error("picture-unfetched", message));
        Ok(PhotoEntry {
            file_name: picture.url.to_string(),
            kind: file_kind(AssetKind::from_file_name(&picture.url)),
            state: PhotoState::Refused,
            size: 0,
            link: None,
            products,
            more_products: (more > 0).then_some(more as u64),
            remarks: vec![remark],
            preview: None,
            facts: None,
        })
    }

    /// Why a photo is not shown.
    fn explain_unusable(&self, asset: &AssetEntry) -> (PhotoState, Diagnostic) {
        let name = asset.name.as_str();
        let Some(toolchain) = &self.toolchain_hash else {
            let message = words!("photos-undeveloped");
            let diagnostic = Diagnostic::new_warning("photos-undeveloped", message);
            return (PhotoState::Undeveloped, diagnostic);
        };
        match self.catalogue.app.renditions.find_refusal(&asset.hash, toolchain) {
            Some(unusable) => {
                let message =
                    words!("photo-unusable", name = name, why = find_known_text(&unusable.message));
                (PhotoState::Refused, Diagnostic::new_error("photo-unusable", message))
            }
            // Its renditions are being made just now, or were lost.
            None => {
                let message = words!("photo-unknown", name = name);
                (PhotoState::Undeveloped, Diagnostic::new_warning("photo-unknown", message))
            }
        }
    }

    fn load_photo_users(
        &self,
        users: &[ProductId],
        file_name: &str,
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
            let place = content.photos.iter().position(|photo| photo.file_name == file_name);
            if !content.is_in_catalogue() || (place.is_none() && is_usable) {
                continue;
            }
            if place.is_some_and(|place| content.photos[place].role == PhotoRole::Main) {
                found.main_photo_of.push(*id);
            }
            found.products.push(self.describe_user(*id, &loaded, file_name, place)?);
        }
        Ok(found)
    }

    fn describe_user(
        &self,
        id: ProductId,
        loaded: &LoadedProduct,
        file_name: &str,
        place: Option<usize>,
    ) -> Result<PhotoUser, StoreError> {
        let shop = self.catalogue.shop();
        let content = &loaded.product.content;
        let view = ResolvedValues::from_product(
            &loaded.product,
            loaded.parent.as_deref(),
            &shop.source_priorities,
        );
        let at = self.catalogue.effective_moment(None);
        let find_data = |attribute: &str| {
            choose_value(view.find_by_attribute(attribute), &self.chain, None, at)
                .map(|resolved| &resolved.value.data)
        };
        let photo = place.and_then(|place| content.photos.get(place));
        Ok(PhotoUser {
            sku: loaded.product.sku.to_string(),
            model: content.is_model.then_some(true),
            name: find_data(well_known::NAME).and_then(ValueData::as_text).map(str::to_owned),
            role: photo.map(|photo| photo.role.to_string()),
            order: place.filter(|_| photo.is_some()).map(|place| place as u64 + 1),
            alt: find_data(well_known::IMAGE_ALT).and_then(|alt| find_alt_text(alt, file_name)),
            channels: self.list_showing_channels(id)?,
        })
    }

    /// The channels that show a product.
    fn list_showing_channels(&self, id: ProductId) -> Result<Vec<String>, StoreError> {
        let reader = self.catalogue.reader;
        let marks = reader.load_projection_state(id)?.channels;
        let mut codes = Vec::new();
        for channel in &self.catalogue.shop().channels {
            let number = reader.find_channel_id(channel.code.as_str())?;
            if marks.iter().any(|mark| Some(mark.channel) == number) {
                codes.push(channel.code.to_string());
            }
        }
        Ok(codes)
    }

    /// The rendition that shows the photo best at a small size, of those that any channel has.
    fn choose_preview(&self, asset: &AssetEntry, facts: &PhotoMetadata) -> Option<PhotoPreview> {
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
        let name = rendition.name(&asset.hash, &facts.maker);
        let link = format!("{}/assets/{name}", self.catalogue.shop().web.base_path());
        Some(PhotoPreview { link, width, height })
    }

    fn has_rendition(
        &self,
        asset: &AssetEntry,
        facts: &PhotoMetadata,
        rendition: &Rendition,
    ) -> bool {
        let name = rendition.name(&asset.hash, &facts.maker);
        let store = &self.catalogue.app.renditions;
        rendition.formats.iter().any(|format| store.has_rendition(name, *format))
    }
}

fn file_kind(kind: AssetKind) -> StoredFileKind {
    match kind {
        AssetKind::Photo => StoredFileKind::Photo,
        AssetKind::Video => StoredFileKind::Video,
        AssetKind::Document => StoredFileKind::Document,
    }
}

/// Films and documents are published as they are.
fn attachment_link(base: &str, asset: &AssetEntry) -> String {
    let (_, ending) = asset.name.rsplit_once('.').unwrap_or_default();
    format!("{base}/assets/{}.{}", asset.hash, ending.to_ascii_lowercase())
}

fn describe_facts(facts: &PhotoMetadata) -> PhotoFacts {
    PhotoFacts {
        media_type: facts.media_type.to_string(),
        width: facts.width,
        height: facts.height,
        content: photo_facts::picture_content(facts.content),
        white_background: facts.white_background,
        transparent: facts.transparent,
        sharpness: photo_facts::thousandths(facts.sharpness),
        colors: photo_facts::describe_colors(facts),
        frames: (facts.frames > 1).then_some(facts.frames),
        profile: facts.profile.as_ref().map(ToString::to_string),
    }
}

/// The row about a file in the table of alternative texts.
fn find_alt_text(data: &ValueData, file_name: &str) -> Option<AltText> {
    let ValueData::Table(table) = data else { return None };
    let named = table.columns.iter().position(|column| column == "file_name")?;
    let row = table.rows.iter().find(|row| row.get(named).is_some_and(|cell| cell == file_name))?;
    let mut text = AltText { alt: None, made_by: None, other: OrderedMap::default() };
    for (column, cell) in table.columns.iter().zip(row) {
        match column.as_str() {
            "file_name" => {}
            "alt" => text.alt = Some(cell.clone()),
            "made_by" => text.made_by = Some(cell.clone()),
            _ => text.other.0.push((column.to_string().into(), cell.clone())),
        }
    }
    Some(text)
}
