//! What undoing comes to, as the API and the commands tell it.

use rikaste_contract::{TimeText, UndoPreview, UndoRefusal, UndoneChannel, UndoneDrop};
use rikaste_http::PreviewError;
use rikaste_import::{FileImporter, MappingSet};
use rikaste_model::moment::Moment;
use rikaste_model::receipt::Receipt;
use rikaste_model::shop::Shop;
use rikaste_model::shop_folder::ShopFolder;
use rikaste_model::shop_request::UndoTarget;
use rikaste_pipeline::{ChannelEffect, UndoEffect, UndoPlanner, plugin_importers};
use rikaste_receipts::ReceiptLocale;
use rikaste_runtime::Configuration;
use rikaste_store::{StoreError, StoreReader};

/// The later files that a preview names.
const MAX_ALONG: usize = 100;

/// Tells what undoing comes to. Nothing is changed.
///
/// # Errors
/// When the store or the mappings cannot be read.
pub fn build_undo_preview(
    folder: &ShopFolder,
    reader: &StoreReader,
    configuration: &Configuration,
    target: UndoTarget,
) -> Result<UndoPreview, PreviewError> {
    let shop = &configuration.shop;
    let mappings = MappingSet::load_folder(folder.root(), shop)?;
    let importers = plugin_importers(configuration.plugins.importers());
    let planner = UndoPlanner {
        reader,
        shop,
        importer: FileImporter::new(shop, &mappings).with_plugins(importers),
        inbox: folder.inbox_folder(),
        now: Moment::now(),
    };
    let preview = describe_target(reader, shop, target)?;
    match planner.preview(target)? {
        Ok(effect) => Ok(add_effect(preview, effect, shop)),
        Err(refusal) => Ok(UndoPreview {
            refusal: Some(UndoRefusal {
                reason: refusal.reason.to_string(),
                local_reason: refusal.reason.to_text(ReceiptLocale::from_shop(shop).language),
                roll_back_to: refusal.roll_back_to.map(|release| release.0),
            }),
            ..preview
        }),
    }
}

/// What would be undone, and what goes along.
fn describe_target(
    reader: &StoreReader,
    shop: &Shop,
    target: UndoTarget,
) -> Result<UndoPreview, StoreError> {
    let current = reader.load_current_release()?;
    let release = current.map_or(0, |release| release.number.0);
    let preview = UndoPreview { release, ..UndoPreview::default() };
    match target {
        UndoTarget::Release(to) => {
            let later = reader.list_drops_after(to, MAX_ALONG)?;
            let along = later.receipts.iter().map(|receipt| describe_drop(receipt, shop));
            Ok(UndoPreview {
                to: Some(to.0),
                along: along.collect(),
                more_along: later.more,
                photo_drops: later.photo_drops,
                ..preview
            })
        }
        UndoTarget::Drop(drop) => {
            let receipt = reader.load_receipt(drop)?;
            let undone = receipt.map(|receipt| describe_drop(&receipt, shop));
            Ok(UndoPreview { undone, ..preview })
        }
    }
}

fn describe_drop(receipt: &Receipt, shop: &Shop) -> UndoneDrop {
    UndoneDrop {
        id: receipt.drop.0,
        file: receipt.file.clone(),
        at: TimeText(receipt.at.to_text(&shop.zone)),
        release: receipt.release.map(|release| release.0),
    }
}

fn add_effect(preview: UndoPreview, effect: UndoEffect, shop: &Shop) -> UndoPreview {
    let label = |code: &str| {
        shop.find_channel(code).map_or_else(|| code.to_owned(), |channel| channel.label.clone())
    };
    let channel = |effect: ChannelEffect| {
        let ChannelEffect { channel, changed, added, removed } = effect;
        let label = label(channel.as_str());
        UndoneChannel { channel: channel.to_string(), label, changed, added, removed }
    };
    UndoPreview {
        products: effect.products,
        kept: effect.kept,
        channels: effect.channels.into_iter().map(channel).collect(),
        ..preview
    }
}
