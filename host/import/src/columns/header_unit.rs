//! Units in headers: `Paino (kg)`, `Pituus [cm]`, `weight_g`. The numbers below such a header are in that unit,
//! unless a cell names another.

use rikaste_model::value::DataType;
use smol_str::SmolStr;

use super::header::{HeaderProblem, quote_key};
use super::target::{AttributeTarget, ColumnTarget};
use crate::records::{can_convert_unit, is_known_unit, is_unit_symbol};

/// A header that ends in a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct UnitHeader<'h> {
    pub(crate) name: &'h str,
    pub(crate) unit: &'h str,
    /// Whether it is set apart by brackets or a comma: other words may follow a space.
    is_set_apart: bool,
}

/// A header without the unit behind it; nothing where it ends in none.
pub(crate) fn split_unit(header: &str) -> Option<UnitHeader<'_>> {
    let header = header.trim();
    let bracketed = [('(', ')'), ('[', ']')]
        .into_iter()
        .find_map(|(open, close)| header.strip_suffix(close)?.rsplit_once(open));
    let set_apart = bracketed.or_else(|| header.rsplit_once(','));
    let (name, unit) = set_apart.or_else(|| header.rsplit_once([' ', '_', '-', '.']))?;
    let (name, unit) = (name.trim_end_matches([' ', '_', '-', '.']).trim(), unit.trim());
    let is_unit = match set_apart {
        Some(_) => is_known_unit(unit),
        // `Height M` is a size, and `time_min` the least time.
        None => is_known_unit(unit) && (is_unit_symbol(unit) || unit.len() > 1) && unit != "min",
    };
    let is_set_apart = set_apart.is_some();
    (is_unit && !name.is_empty()).then_some(UnitHeader { name, unit, is_set_apart })
}

/// The unit that a header names of a measurement; nothing where it is of another quantity.
pub(crate) fn header_unit(target: &ColumnTarget<'_>, header: &str) -> Option<SmolStr> {
    let ColumnTarget::Value(slot) = target else { return None };
    let unit = split_unit(header).map(|header| header.unit)?;
    let own = slot.attribute.unit.as_ref();
    let fits = target.is_measurement() && own.is_none_or(|own| can_convert_unit(unit, own));
    fits.then(|| SmolStr::new(unit))
}

/// Whether an attribute can be in the unit of a header; nothing where what looks like one belongs to the
/// name.
pub(crate) fn check_unit(
    slot: &AttributeTarget<'_>,
    written: &UnitHeader<'_>,
    header: &str,
) -> Option<Result<(), HeaderProblem>> {
    let attribute = slot.code.to_string();
    let (column, unit) = (quote_key(header), written.unit.to_owned());
    match (slot.attribute.data_type, &slot.attribute.unit) {
        (DataType::Measurement, Some(own)) if !can_convert_unit(written.unit, own) => {
            let own = own.to_string();
            Some(Err(HeaderProblem::OtherQuantity { column, attribute, unit, own }))
        }
        (DataType::Measurement, _) => Some(Ok(())),
        (DataType::Integer | DataType::Decimal, _) if written.is_set_apart => {
            Some(Err(HeaderProblem::Unitless { column, attribute, unit }))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_told_from_other_words() {
        let split = |header| split_unit(header).map(|it| (it.name, it.unit));
        assert_eq!(split("Paino (kg)"), Some(("Paino", "kg")));
        assert_eq!(split("Pituus [cm] "), Some(("Pituus", "cm")));
        assert_eq!(split("Vesipilari, mm"), Some(("Vesipilari", "mm")));
        assert_eq!(split("weight_g"), Some(("weight", "g")));
        assert_eq!(split("Weight Lbs"), Some(("Weight", "Lbs")));
        for name in ["Height M", "time_min", "Nimi (fi)", "Hapot g/x", "(kg)", "kg", "Paino (n. 2)"]
        {
            assert_eq!(split(name), None, "{name}");
        }
    }
}
