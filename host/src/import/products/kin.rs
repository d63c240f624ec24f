//! Models and variants: what a row says of whom it belongs to.

use std::collections::HashMap;

use rikaste_catalog::code::Sku;
use rikaste_catalog::diagnostic::Diagnostic;
use smol_str::SmolStr;

use super::Draft;
use super::pairs::split_pairs;
use crate::import::mapping::{Models, PairCells};
use crate::import::notes::Notes;
use crate::import::parse::Problem;
use crate::import::plan::{Column, Plan};
use crate::import::row::{Content, Row};

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
            let problem = Problem::new(
                "kind-unknown",
                "a row is either a \"product\" or a \"model\"; it was taken as a product",
            );
            notes.push(
                Diagnostic::warning(problem.code, problem.message).at_cell(&column.name, &text),
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
        None => Sku::new(&text).map_err(|error| error.to_string()),
        Some(id) => ids.get(id.trim()).cloned().ok_or_else(|| {
            format!("no row before this one has the number {id}; put models before their variants")
        }),
    };
    match named {
        Ok(parent) if Some(&parent) == notes.sku.as_ref() => {
            let problem = Problem::new(
                "parent-itself",
                "the product is its own parent; leave the cell empty, or write its model's SKU",
            );
            notes.left_out(&column.name, &text, &problem);
        }
        Ok(parent) => draft.record.parent = Some(Some(parent)),
        Err(error) => {
            notes.left_out(&column.name, &text, &Problem::new("parent-sku", error));
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
                notes.left_out(
                    &column.name,
                    &part,
                    &Problem::new("variant-sku", error.to_string()),
                );
            }
        }
    }
}
