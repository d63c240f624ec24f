//! Which photos show a product.

use std::collections::HashSet;

use rikaste_model::code::Sku;
use rikaste_model::merge::ChangedParts;
use rikaste_model::photo::{PhotoPosition, PhotoRole, compare_positions};
use rikaste_model::product::{Photo, Product, ProductId};
use rikaste_model::resolve::choose_value;
use rikaste_model::value::ValueData;
use rikaste_model::well_known;
use rikaste_store::AssetEntry;

use super::{MAX_PHOTO_COMPARISONS, ReleaseBuilder};
use crate::PipelineError;
use rikaste_media::photo_rules::{
    SharedMainPhoto, attachment_role, find_sku_owner, owner_candidates, photo_place,
};

impl ReleaseBuilder<'_> {
    /// Looks for a product's photos again, and takes note if there are others now.
    pub(crate) fn update_photos(&mut self, id: ProductId) -> Result<(), PipelineError> {
        let Some(mut product) = self.writer.load_product(id, self.number)? else { return Ok(()) };
        let photos = self.record_photo_use(id, &product)?;
        if photos == product.content.photos {
            return Ok(());
        }
        product.content.photos = photos;
        self.queue_photo_comparison(id);
        self.store_changed_parts(
            id,
            &product,
            ChangedParts { content: true, ..ChangedParts::default() },
        )
    }

    pub(super) fn queue_photo_comparison(&mut self, id: ProductId) {
        if self.photos_to_compare.len() < MAX_PHOTO_COMPARISONS {
            self.photos_to_compare.insert(id);
        }
    }

    /// Names the variants that are shown by a sibling's picture, each pair once. To be called when
    /// everything is settled.
    pub(crate) fn compare_main_photos(&mut self) -> Result<(), PipelineError> {
        let mut compared = HashSet::new();
        for id in std::mem::take(&mut self.photos_to_compare) {
            let (reader, shop) = ((&**self.writer, self.number), (self.shop(), self.at));
            if let Some(sibling) = SharedMainPhoto::find_for_product(id, reader, shop)?
                && compared.insert((id.min(sibling.id), id.max(sibling.id)))
            {
                self.messages.push_diagnostic(sibling.diagnostic);
            }
        }
        Ok(())
    }

    /// A new photo is in the store.
    pub(crate) fn mark_assets_changed(&mut self) {
        self.has_assets = true;
        self.changed = true;
    }

    /// The photos that a product names, in its order, then those that are named after it or its
    /// GTIN, in the order of their names.
    pub(super) fn record_photo_use(
        &mut self,
        id: ProductId,
        product: &Product,
    ) -> Result<Vec<Photo>, PipelineError> {
        let values = self.own_values(product);
        let named = choose_value(values.find_by_attribute(well_known::IMAGES), &[], None, self.at);
        let mut assets: Vec<(AssetEntry, Option<PhotoRole>)> = Vec::new();
        if let Some(ValueData::Assets(names)) = named.map(|resolved| &resolved.value.data) {
            self.unfetched_photos += self.writer.store_asset_uses(id, names)?;
            for name in names {
                assets.extend(self.writer.load_asset(name)?.map(|asset| (asset, None)));
            }
        } else {
            self.writer.store_asset_uses(id, &[])?;
        }
        if self.has_assets {
            let own = (product.sku.to_string(), Some(id));
            // By its GTIN it has what is named after no SKU.
            let by_gtin = values.find_gtin(self.at).map(|gtin| (gtin.to_string(), None));
            for (beginning, whose) in [Some(own), by_gtin].into_iter().flatten() {
                let mut after: Vec<(PhotoPosition, AssetEntry)> = Vec::new();
                for asset in self.writer.list_assets_beginning(&beginning)? {
                    if !assets.iter().any(|(known, _)| known.name == asset.name)
                        && find_sku_owner(self.writer, &asset.name)? == whose
                    {
                        after.push((photo_place(&asset.name, &beginning), asset));
                    }
                }
                after.sort_by(|(one, a), (other, b)| {
                    compare_positions((*one, &a.name), (*other, &b.name))
                });
                assets.extend(after.into_iter().map(|(place, asset)| (asset, place.role())));
            }
        }
        // One that nobody could develop is not shown, and is reported on its receipt.
        assets.retain(|(asset, _)| asset.facts.is_some() || attachment_role(&asset.name).is_some());
        assets.sort_by_key(|(asset, _)| attachment_role(&asset.name).is_some());
        let main = assets
            .iter()
            .position(|(asset, role)| role.is_none() && attachment_role(&asset.name).is_none());
        let photo = |(index, (asset, role)): (usize, (AssetEntry, Option<PhotoRole>))| {
            let usual = if Some(index) == main { PhotoRole::Main } else { PhotoRole::Detail };
            let role = attachment_role(&asset.name).or(role);
            Photo {
                file_name: asset.name,
                asset: asset.hash,
                size: asset.size,
                facts: asset.facts,
                role: role.unwrap_or(usual),
            }
        };
        Ok(assets.into_iter().enumerate().map(photo).collect())
    }

    /// Photos of a product that came may have been those of one with a shorter SKU until now.
    pub(super) fn update_shorter_sku_photos(
        &mut self,
        id: ProductId,
        photos: &[Photo],
    ) -> Result<(), PipelineError> {
        for photo in photos {
            for beginning in owner_candidates(&photo.file_name) {
                let Ok(sku) = Sku::new(&beginning) else { continue };
                if let Some(other) = self.writer.find_product_id(&sku)?.filter(|other| *other != id)
                {
                    self.wait_for_product(other)?;
                    self.update_photos(other)?;
                }
            }
        }
        Ok(())
    }
}
