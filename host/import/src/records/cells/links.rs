//! Links to other products: `HC-1*2|HC-2`.

use rikaste_model::code::Sku;
use rikaste_model::words;

use super::CellReader;
use crate::columns::PlannedColumn;
use crate::records::parse::{self, CellProblem};
use crate::records::row::CellContent;
use crate::records::row_diagnostics::RowDiagnostics;

impl CellReader<'_> {
    /// Links to other products: SKUs, each perhaps with a quantity, `HH-5001*2`.
    pub(crate) fn read_links(
        &self,
        column: &PlannedColumn<'_>,
        content: CellContent<'_>,
        notes: &mut RowDiagnostics<'_>,
    ) -> Vec<(Sku, u32)> {
        let separated = content.split_parts(&column.rule);
        let mut links: Vec<(Sku, u32)> = Vec::with_capacity(separated.len());
        for part in separated {
            match parse_link(&parse::clean_key(&part)) {
                Ok((sku, _)) if links.iter().any(|(known, _)| *known == sku) => {}
                Ok((sku, _)) if Some(&sku) == notes.sku.as_ref() => {
                    notes.warn_left_out(
                        &column.name,
                        &part,
                        &CellProblem::new("link-itself", words!("link-itself")),
                    );
                }
                Ok(link) => links.push(link),
                Err(problem) => notes.warn_left_out(&column.name, &part, &problem),
            }
        }
        links
    }
}

fn parse_link(text: &str) -> Result<(Sku, u32), CellProblem> {
    let (sku, quantity) = match text.rsplit_once('*') {
        Some((sku, digits))
            if !digits.trim().is_empty() && digits.trim().bytes().all(|b| b.is_ascii_digit()) =>
        {
            (sku, digits.trim())
        }
        _ => (text, "1"),
    };
    let quantity = quantity.parse::<u32>().ok().filter(|quantity| *quantity > 0);
    let quantity =
        quantity.ok_or_else(|| CellProblem::new("link-quantity", words!("link-quantity")))?;
    let sku =
        Sku::new(sku).map_err(|error| CellProblem::new("link-sku", error.localized_text()))?;
    Ok((sku, quantity))
}
