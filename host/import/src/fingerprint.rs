//! What a file is read by: when it is another than before, a file that was imported says something else.

use rikaste_model::product::ContentHash;
use rikaste_model::record::DropKind;
use rikaste_model::shop::Shop;

use crate::columns::{REJECTED_SUFFIX, digest_presets, digest_synonyms};
use crate::importer::FileImporter;

/// Raised when the importer makes something else of files than before: shops then take the files
/// that lie in their inboxes again.
const IMPORTER_VERSION: u32 = 2;

impl FileImporter<'_> {
    /// The hash of all that decides what a file of this name says: the importer, the lists of the shop
    /// that its kind refers to, the mapping, and the plugins that may read it. What is only shown (facets, search) is no part of it.
    #[must_use]
    pub fn compute_fingerprint(&self, kind: DropKind, file_name: &str) -> ContentHash {
        let mut hasher = blake3::Hasher::new();
        let mut add = |part: &str| {
            hasher.update(part.as_bytes());
            hasher.update(&[0]);
        };
        add(&format!("{IMPORTER_VERSION} {kind:?}"));
        hash_shop_lists(self.shop(), kind, &mut add);
        let file_name = file_name.strip_suffix(REJECTED_SUFFIX).unwrap_or(file_name);
        let mut plugins = Vec::new();
        if let Some(broken) = self.mappings().find_broken(kind, file_name) {
            add(&broken.digest.to_string());
        }
        for mapping in self.mappings().find_matching(kind, file_name) {
            add(&mapping.digest.to_string());
            plugins.extend(
                mapping.importer.as_ref().and_then(|name| self.plugins().find_by_name(name)),
            );
        }
        add(&digest_presets().to_string());
        add(&digest_synonyms().to_string());
        if plugins.is_empty() {
            plugins.extend(self.plugins().claiming_by_name(file_name));
        }
        for plugin in plugins {
            add(&plugin.identity());
        }
        add(&format!("{:?}", self.find_full_range(kind, file_name)));
        ContentHash(*hasher.finalize().as_bytes())
    }
}

/// The lists of a shop that files of a kind refer to.
fn hash_shop_lists(shop: &Shop, kind: DropKind, add: &mut impl FnMut(&str)) {
    // What a plain number, a day or an empty locale mean.
    add(&format!("{:?} {:?}", shop.locales, shop.zone.iana_name()));
    let prices = || format!("{:?} {:?}", shop.price_list, shop.price_lists);
    let locations = || {
        let codes: Vec<_> = shop.locations.iter().map(|location| &location.code).collect();
        format!("{codes:?} {:?}", shop.default_location())
    };
    match kind {
        DropKind::Images | DropKind::Reviews => {}
        DropKind::Stock => add(&locations()),
        DropKind::Prices => add(&prices()),
        DropKind::Products | DropKind::Edits => {
            add(&prices());
            add(&locations());
            add(&format!("{:?}", shop.remote_photos.hosts));
            let channels: Vec<_> = shop.channels.iter().map(|channel| &channel.code).collect();
            add(&format!("{channels:?} {:?}", shop.associations));
            add(&format!("{:?} {:?}", shop.families, shop.categories));
            for (code, attribute) in &shop.attributes {
                let axes = (attribute.localizable, attribute.scopable);
                // Headers may say the label.
                add(&format!(
                    "{code:?} {} {axes:?} {:?} {:?} {:?}",
                    attribute.data_type, attribute.unit, attribute.options, attribute.label
                ));
            }
        }
    }
}
