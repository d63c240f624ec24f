//! Models and variants: what a row says of whom it belongs to.

use std::collections::HashMap;

use rikaste_model::code::Sku;
use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::words;
use smol_str::SmolStr;

use super::ProductDraft;
use super::joined_rows::LateParent;
use super::name_value_pairs::split_pairs;
use crate::columns::{ColumnPlan, PlannedColumn};
use crate::columns::{ModelRows, PairFormat};
use crate::records::parse::{CellProblem, clean_key};
use crate::records::row::{CellContent, RowView};
use crate::records::row_diagnostics::RowDiagnostics;

/// Whether a mapping says that the row is a product model.
pub(crate) fn is_model(plan: &ColumnPlan<'_>, row: &RowView<'_>) -> bool {
    if let Some(group) = row.group {
        return group.is_model;
    }
    match (plan.mapping().map(|mapping| &mapping.models), plan.model_column()) {
        (Some(ModelRows::All), _) => true,
        (_, Some((column, equals))) => row.cell_text(column) == equals,
        _ => false,
    }
}

pub(crate) fn read_kind(
    column: &PlannedColumn<'_>,
    content: CellContent<'_>,
    draft: &mut ProductDraft<'_>,
    notes: &mut RowDiagnostics<'_>,
) {
    let text = content.read_text(&column.rule);
    match text.to_lowercase().replace(['-', '_'], " ").as_str() {
        "model" | "product model" | "productmodel" | "configurable" | "parent" | "abstract" => {
            draft.record.is_model = true;
        }
        "" | "product" | "variant" | "simple" | "concrete" | "item" => {}
        _ => {
            notes.push_diagnostic(
                Diagnostic::new_warning("kind-unknown", words!("kind-unknown"))
                    .at_cell(&column.name, &text),
            );
        }
    }
}

pub(crate) fn read_parent(
    ids: &HashMap<SmolStr, Sku>,
    column: &PlannedColumn<'_>,
    content: CellContent<'_>,
    draft: &mut ProductDraft<'_>,
    notes: &mut RowDiagnostics<'_>,
) {
    let text = content.read_text(&column.rule);
    if text.is_empty() {
        draft.record.parent = Some(None);
        return;
    }
    let text = clean_key(&text);
    let id = text.strip_prefix("id:").map(str::trim);
    let id = id.or_else(|| is_technical_id(&text).then_some(&*text));
    let named = match id {
        None => Sku::new(&text).map_err(|error| error.localized_text()),
        Some(id) => match ids.get(id) {
            Some(sku) => Ok(sku.clone()),
            None => {
                // Its row may stand further down.
                return draft.late_parent = Some(LateParent::new(id, &column.name));
            }
        },
    };
    match named {
        Ok(parent) if Some(&parent) == notes.sku.as_ref() => {
            draft.is_own_parent = true;
            let problem = CellProblem::new("parent-itself", words!("parent-itself"));
            notes.warn_left_out(&column.name, &text, &problem);
        }
        Ok(parent) => draft.record.parent = Some(Some(parent)),
        Err(message) => {
            notes.warn_left_out(&column.name, &text, &CellProblem::new("parent-sku", message));
        }
    }
}

/// Whether a text is the number of a database and no SKU: 32 hexadecimal digits.
fn is_technical_id(text: &str) -> bool {
    text.len() >= 32
        && text.bytes().filter(u8::is_ascii_hexdigit).count() == 32
        && text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

/// The SKUs of variants: as they are, or under a key, `sku=A,size=S`.
pub(crate) fn read_variants(
    column: &PlannedColumn<'_>,
    content: CellContent<'_>,
    draft: &mut ProductDraft<'_>,
    notes: &mut RowDiagnostics<'_>,
) {
    let inner =
        PairFormat { between: ",".to_owned(), within: "=".to_owned(), list: None, cut_at: None };
    for part in content.split_parts(&column.rule) {
        let text = match &column.rule.key {
            None => &*part,
            Some(key) => split_pairs(&part, &inner)
                .into_iter()
                .find(|(name, _)| name == key)
                .map_or("", |(_, value)| value),
        };
        match Sku::new(&clean_key(text)) {
            Ok(variant)
                if Some(&variant) == notes.sku.as_ref() || draft.variants.contains(&variant) => {}
            Ok(variant) => draft.variants.push(variant),
            Err(error) => {
                notes.warn_left_out(
                    &column.name,
                    &part,
                    &CellProblem::new("variant-sku", error.localized_text()),
                );
            }
        }
    }
}
