//! Which photos show a product.

use std::collections::HashSet;

use rikaste_model::code::Sku;
use rikaste_model::merge::Changed;
use rikaste_model::picture::{Place, in_order};
use rikaste_model::product::ProductId;
use rikaste_model::product::{Photo, Product};
use rikaste_model::projection::Subject;
use rikaste_model::resolve::choose;
use rikaste_model::value::Data;
use rikaste_store::Asset;
use smol_str::SmolStr;

use super::{Draft, PORTRAITS};
use crate::LineError;
use crate::photos::{Sibling, attachment, beginnings, owner, place};

impl Draft<'_> {
    /// Looks for a product's photos again, and takes note if there are others now.
    pub(crate) fn rephotograph(&mut self, id: ProductId) -> Result<(), LineError> {
        let Some(mut product) = self.writer.product(id, self.number)? else { return Ok(()) };
        let photos = self.photos(id, &product)?;
        if photos == product.content.photos {
            return Ok(());
        }
        product.content.photos = photos;
        self.portrayed(id);
        self.changed_facts(id, &product, Changed { content: true, ..Changed::default() })
    }

    pub(super) fn portrayed(&mut self, id: ProductId) {
        if self.portraits.len() < PORTRAITS {
            self.portraits.insert(id);
        }
    }

    /// Names the variants that are shown by a sibling's picture, each pair once. To be called when
    /// everything is settled.
    pub(crate) fn compare_portraits(&mut self) -> Result<(), LineError> {
        let mut told = HashSet::new();
        for id in std::mem::take(&mut self.portraits) {
            let (reader, shop) = ((&**self.writer, self.number), (self.shop(), self.at));
            if let Some(sibling) = Sibling::of(id, reader, shop)?
                && told.insert((id.min(sibling.id), id.max(sibling.id)))
            {
                self.messages.push(sibling.told);
            }
        }
        Ok(())
    }

    /// A new photo is in the store.
    pub(crate) fn added_asset(&mut self) {
        self.has_assets = true;
        self.changed = true;
    }

    /// The photos that a product names, in its order, then those that are named after it or its
    /// GTIN, in the order of their names.
    pub(super) fn photos(
        &mut self,
        id: ProductId,
        product: &Product,
    ) -> Result<Vec<Photo>, LineError> {
        let view = self.view(product);
        let named = choose(view.of_attribute("images"), &[], None, self.at);
        let mut assets: Vec<(Asset, Option<SmolStr>)> = Vec::new();
        if let Some(Data::Assets(names)) = named.map(|said| &said.value.data) {
            self.pictures += self.writer.use_assets(id, names)?;
            for name in names {
                assets.extend(self.writer.asset(name)?.map(|asset| (asset, None)));
            }
        } else {
            self.writer.use_assets(id, &[])?;
        }
        if self.has_assets {
            let gtin = Subject::new(&self.scene.shop, product, None, self.at).gtin();
            let own = (product.sku.to_string(), Some(id));
            // By its GTIN it has what is named after no SKU.
            let by_gtin = gtin.map(|gtin| (gtin.to_string(), None));
            for (beginning, whose) in [Some(own), by_gtin].into_iter().flatten() {
                let mut after: Vec<(Place, Asset)> = Vec::new();
                for asset in self.writer.assets_beginning(&beginning)? {
                    if !assets.iter().any(|(known, _)| known.name == asset.name)
                        && owner(self.writer, &asset.name)? == whose
                    {
                        after.push((place(&asset.name, &beginning), asset));
                    }
                }
                after.sort_by(|(one, a), (other, b)| in_order((*one, &a.name), (*other, &b.name)));
                assets.extend(after.into_iter().map(|(place, asset)| (asset, place.role())));
            }
        }
        // One that nobody could develop is not shown, and is told on its receipt.
        assets.retain(|(asset, _)| asset.facts.is_some() || attachment(&asset.name).is_some());
        assets.sort_by_key(|(asset, _)| attachment(&asset.name).is_some());
        let main = assets
            .iter()
            .position(|(asset, role)| role.is_none() && attachment(&asset.name).is_none());
        let photo = |(index, (asset, role)): (usize, (Asset, Option<SmolStr>))| {
            let usual = if Some(index) == main { "main" } else { "detail" };
            let role = attachment(&asset.name).map(SmolStr::new_static).or(role);
            Photo {
                file_name: asset.name,
                asset: asset.hash,
                size: asset.size,
                facts: asset.facts,
                role: role.unwrap_or(SmolStr::new_static(usual)),
            }
        };
        Ok(assets.into_iter().enumerate().map(photo).collect())
    }

    /// Photos of a product that came may have been those of one with a shorter SKU until now.
    pub(super) fn take_from_shorter(
        &mut self,
        id: ProductId,
        photos: &[Photo],
    ) -> Result<(), LineError> {
        for photo in photos {
            for beginning in beginnings(&photo.file_name) {
                let Ok(sku) = Sku::new(&beginning) else { continue };
                if let Some(other) = self.writer.product_id(&sku)?.filter(|other| *other != id) {
                    self.come_back(other)?;
                    self.rephotograph(other)?;
                }
            }
        }
        Ok(())
    }
}
