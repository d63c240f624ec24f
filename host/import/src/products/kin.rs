//! Models and variants: what a row says of whom it belongs to.

use std::collections::HashMap;

use rikaste_model::code::Sku;
use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::words;
use smol_str::SmolStr;

use super::Draft;
use super::pairs::split_pairs;
use crate::mapping::{Models, PairCells};
use crate::notes::Notes;
use crate::parse::Problem;
use crate::plan::{Column, Plan};
use crate::row::{Content, Row};

/// Whether a mapping says that the row is a product model.
pub(super) fn is_model(plan: &Plan<'_>, row: &Row<'_>) -> bool {
    if let Some(kin) = row.kin {
        return kin.is_model;
    }
    match (plan.mapping.map(|mapping| &mapping.models), plan.models) {
        (Some(Models::All), _) => true,
        (_, Some((column, equals))) => row.text(column) == equals,
        _ => false,
    }
}

pub(super) fn kind(
    column: &Column<'_>,
    content: Content<'_>,
    draft: &mut Draft,
    notes: &mut Notes<'_>,
) {
    let text = content.read(&column.rule);
    match text.to_lowercase().replace(['-', '_'], " ").as_str() {
        "model" | "product model" | "productmodel" | "configurable" | "parent" | "abstract" => {
            draft.record.is_model = true;
        }
        "" | "product" | "variant" | "simple" | "concrete" | "item" => {}
        _ => {
            notes.push(
                Diagnostic::warning("kind-unknown", words!("kind-unknown"))
                    .at_cell(&column.name, &text),
            );
        }
    }
}

pub(super) fn parent(
    ids: &HashMap<SmolStr, Sku>,
    column: &Column<'_>,
    content: Content<'_>,
    draft: &mut Draft,
    notes: &mut Notes<'_>,
) {
    let text = content.read(&column.rule);
    if text.is_empty() {
        draft.record.parent = Some(None);
        return;
    }
    let named = match text.strip_prefix("id:") {
        None => Sku::new(&text).map_err(|error| error.words()),
        Some(id) => {
            ids.get(id.trim()).cloned().ok_or_else(|| words!("parent-number", id = id.trim()))
        }
    };
    match named {
        Ok(parent) if Some(&parent) == notes.sku.as_ref() => {
            let problem = Problem::new("parent-itself", words!("parent-itself"));
            notes.left_out(&column.name, &text, &problem);
        }
        Ok(parent) => draft.record.parent = Some(Some(parent)),
        Err(message) => {
            notes.left_out(&column.name, &text, &Problem::new("parent-sku", message));
        }
    }
}

/// The SKUs of variants: as they are, or under a key, `sku=A,size=S`.
pub(super) fn variants(
    column: &Column<'_>,
    content: Content<'_>,
    draft: &mut Draft,
    notes: &mut Notes<'_>,
) {
    let inner = PairCells { between: ",".to_owned(), within: "=".to_owned(), until: None };
    for part in content.parts(&column.rule) {
        let text = match &column.rule.key {
            None => &*part,
            Some(key) => split_pairs(&part, &inner)
                .into_iter()
                .find(|(name, _)| name == key)
                .map_or("", |(_, value)| value),
        };
        match Sku::new(text) {
            Ok(variant)
                if Some(&variant) == notes.sku.as_ref() || draft.variants.contains(&variant) => {}
            Ok(variant) => draft.variants.push(variant),
            Err(error) => {
                notes.left_out(&column.name, &part, &Problem::new("variant-sku", error.words()));
            }
        }
    }
}
