//! Wide files of edits: a column for each attribute, called as in product files.
//!
//! A file of edits is wide where no column names the attribute and none holds the value. Its columns are
//! then those of the row itself, such as the days and the editor, and attributes.

use rikaste_model::record::DropKind;
use smol_str::SmolStr;

use super::ColumnPlan;
use crate::columns::header::{HeaderConvention, HeaderProblem};
use crate::columns::mapping::resolve_target;
use crate::columns::shop_labels::ShopLabels;
use crate::columns::synonyms::find_synonym_target;
use crate::columns::target::{ColumnTarget, RecordField};
use crate::file_error::FileError;

impl<'a> ColumnPlan<'a> {
    /// Reads the headers of a file of edits in the words of product files, where it is wide.
    pub(super) fn detect_wide_edits(&mut self, headers: &[SmolStr]) {
        if self.convention.kind != DropKind::Edits {
            return;
        }
        let is_long = |header: &SmolStr| {
            let field = match self.resolve_by_mapping(header, "") {
                Some((Ok(ColumnTarget::Field(field)), _)) => Some(field),
                Some(_) => None,
                None => self.find_edit_field(header),
            };
            matches!(
                field,
                Some(RecordField::Attribute | RecordField::Value | RecordField::NewValue)
            )
        };
        if !headers.iter().any(is_long) {
            self.words = self.convention.of_products();
        }
    }

    /// Whether it is a file of edits with a column for each attribute.
    pub(crate) fn is_wide_edits(&self) -> bool {
        self.convention.kind != self.words.kind
    }

    /// The part of an edit that a header names.
    pub(super) fn find_edit_field(&self, header: &str) -> Option<RecordField> {
        let target = match self.convention.find_target(header) {
            Some(target) => target.ok(),
            None => find_synonym_target(&self.convention, header),
        };
        match target {
            Some(ColumnTarget::Field(field)) => Some(field),
            _ => None,
        }
    }

    /// What a mapping's target is: in a wide file an attribute goes before a part of the edit.
    pub(super) fn resolve_mapped(&self, to: &str) -> Result<ColumnTarget<'a>, HeaderProblem> {
        let target = resolve_target(&self.words, to);
        match self.find_edit_field(to).filter(|_| target.is_err() && self.is_wide_edits()) {
            Some(field) => Ok(ColumnTarget::Field(field)),
            None => target,
        }
    }

    /// What an edit can be about, of what a header of a product file says.
    pub(super) fn restrict_to_edits(
        &self,
        target: ColumnTarget<'a>,
    ) -> Result<ColumnTarget<'a>, HeaderProblem> {
        let is_edit = matches!(
            target,
            ColumnTarget::Value(_)
                | ColumnTarget::Field(_)
                | ColumnTarget::Sku
                | ColumnTarget::Ignored
                | ColumnTarget::Unknown
        );
        match is_edit || !self.is_wide_edits() {
            true => Ok(target),
            false => Err(HeaderProblem::NotEdited {
                decides_about_sale: matches!(
                    target,
                    ColumnTarget::Price(_)
                        | ColumnTarget::PriceTerm(_)
                        | ColumnTarget::StatusBound(_)
                ),
            }),
        }
    }

    /// That the columns of a wide file of edits have one meaning, and are of attributes.
    pub(super) fn check_wide_edits(&self) -> Result<(), FileError> {
        let labels = ShopLabels::from_convention(&self.words);
        for (at, column) in self.columns() {
            let name = &column.name;
            if let Some(HeaderProblem::NotEdited { decides_about_sale: true }) =
                self.unknown_columns.get(&at)
            {
                return Err(FileError::SaleInEdits { column: name.clone() });
            }
            let is_mapped = self.mapping.is_some_and(|mapping| mapping.find_rule(name).is_some());
            let ColumnTarget::Field(_) = column.target else { continue };
            let own = self.words.find_attribute(name).map(|slot| slot.code.to_string());
            let label = labels.find_code(name).and_then(Result::ok).map(str::to_owned);
            if let Some(attribute) = own.or(label).filter(|_| !is_mapped) {
                let place = column.target.mapping_name(self.convention.kind).unwrap_or_default();
                let reason = HeaderProblem::Contested { name: name.to_string(), attribute, place };
                return Err(FileError::UnclearColumn {
                    column: name.clone(),
                    reason: reason.to_localized_text(),
                });
            }
        }
        Ok(())
    }
}

impl HeaderConvention<'_> {
    /// The same for the headers of product files.
    pub(crate) fn of_products(self) -> Self {
        Self { kind: DropKind::Products, ..self }
    }
}
