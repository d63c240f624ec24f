//! Origins: from which cell, plugin or hand a value is.

use std::collections::BTreeMap;
use std::collections::HashMap;

use jiff::tz::TimeZone;
use rikaste_contract::{TimeText, ValueSource};
use rikaste_model::code::PluginName;
use rikaste_model::product::{
    CellOrigin, DropId, ManualEdit, PluginEnrichment, RowOrigin, SourceLayer,
};
use rikaste_model::resolve::ValueOrigin;
use rikaste_store::{StoreError, StoreReader};
use smol_str::SmolStr;

use crate::value_text::time_text;

/// Finds where values come from. A receipt is read once, however many cells of its file are named.
pub(crate) struct OriginResolver<'a> {
    reader: &'a StoreReader,
    zone: &'a TimeZone,
    dropped_files: HashMap<DropId, Option<DroppedFile>>,
}

/// What a receipt says of its file.
struct DroppedFile {
    file: String,
    columns: Vec<SmolStr>,
    at: TimeText,
}

/// Where a cell is, as far as it is known.
#[derive(Default)]
struct CellPlace {
    file: Option<String>,
    column: Option<String>,
    at: Option<TimeText>,
}

impl<'a> OriginResolver<'a> {
    pub(crate) fn new(reader: &'a StoreReader, zone: &'a TimeZone) -> Self {
        Self { reader, zone, dropped_files: HashMap::new() }
    }

    /// In words and as data.
    pub(crate) fn resolve_origin(
        &mut self,
        origin: ValueOrigin<'_>,
        reads: &BTreeMap<PluginName, Vec<SmolStr>>,
    ) -> Result<ValueSource, StoreError> {
        match origin {
            ValueOrigin::Source(layer, cell) => self.resolve_source(layer, cell),
            ValueOrigin::Plugin(enrichment) => Ok(describe_plugin(enrichment, reads)),
            ValueOrigin::Edit(edit) => self.resolve_edit(edit),
        }
    }

    fn resolve_source(
        &mut self,
        layer: &SourceLayer,
        cell: CellOrigin,
    ) -> Result<ValueSource, StoreError> {
        let mut origin = self.resolve_cell(cell)?;
        if let ValueSource::File { source, priority, .. } = &mut origin {
            *source = Some(layer.source.to_string());
            *priority = Some(layer.priority);
        }
        Ok(origin)
    }

    fn resolve_edit(&mut self, edit: &ManualEdit) -> Result<ValueSource, StoreError> {
        let at = time_text(edit.at, self.zone);
        let place = self.find_place(edit.cell)?;
        Ok(ValueSource::Edit {
            text: format!("set by {} on {at}", edit.by),
            drop: edit.cell.drop.0,
            file: place.file,
            row: edit.cell.row,
            column: place.column,
            by: edit.by.to_string(),
            at,
        })
    }

    /// The cell of a price or of stock.
    pub(crate) fn resolve_cell(&mut self, cell: CellOrigin) -> Result<ValueSource, StoreError> {
        let CellPlace { file, column, at } = self.find_place(cell)?;
        let (drop, row) = (cell.drop.0, cell.row);
        let text = match (&file, &column) {
            (Some(file), Some(column)) => format!("{file}, row {row}, column \"{column}\""),
            (Some(file), None) => format!("{file}, row {row}"),
            (None, _) => format!("drop {drop}, row {row}; its receipt is not there any more"),
        };
        let (source, priority) = (None, None);
        Ok(ValueSource::File { text, drop, file, row, column, at, source, priority })
    }

    /// A row of a file.
    pub(super) fn resolve_row(&mut self, row: RowOrigin) -> Result<ValueSource, StoreError> {
        let RowOrigin { drop, row } = row;
        // No file has so many columns.
        self.resolve_cell(CellOrigin { drop, row, column: u16::MAX })
    }

    /// What the receipt of the cell's file says of it; nothing if it is not kept any more.
    fn find_place(&mut self, cell: CellOrigin) -> Result<CellPlace, StoreError> {
        let Some(dropped) = self.load_dropped_file(cell.drop)? else {
            return Ok(CellPlace::default());
        };
        let column = dropped.columns.get(usize::from(cell.column));
        Ok(CellPlace {
            file: Some(dropped.file.clone()),
            column: column.map(ToString::to_string),
            at: Some(dropped.at.clone()),
        })
    }

    fn load_dropped_file(&mut self, drop: DropId) -> Result<Option<&DroppedFile>, StoreError> {
        if !self.dropped_files.contains_key(&drop) {
            let dropped = self.reader.load_receipt(drop)?.map(|receipt| DroppedFile {
                at: time_text(receipt.at, self.zone),
                file: receipt.file,
                columns: receipt.columns,
            });
            self.dropped_files.insert(drop, dropped);
        }
        Ok(self.dropped_files[&drop].as_ref())
    }
}

fn describe_plugin(
    enrichment: &PluginEnrichment,
    reads: &BTreeMap<PluginName, Vec<SmolStr>>,
) -> ValueSource {
    let inputs = reads.get(&enrichment.plugin);
    ValueSource::Plugin {
        text: format!("plugin {} {}", enrichment.plugin, enrichment.version),
        plugin: enrichment.plugin.to_string(),
        version: enrichment.version.to_string(),
        digest: enrichment.digest.to_string(),
        inputs: inputs.map(|inputs| inputs.iter().map(ToString::to_string).collect()),
        failure: enrichment.failure.clone(),
    }
}
