//! Origins: from which cell, plugin or hand a value is.

use std::collections::BTreeMap;
use std::collections::HashMap;

use jiff::tz::TimeZone;
use rikaste_model::code::PluginName;
use rikaste_model::product::{CellOrigin, DropId, ManualEdit, PluginEnrichment, SourceLayer};
use rikaste_model::resolve::ValueOrigin;
use rikaste_store::{StoreError, StoreReader};
use serde_json::{Map, Value, json};
use smol_str::SmolStr;

/// Tells origins. A receipt is read once, however many cells of its file are named.
pub(super) struct OriginResolver<'a> {
    reader: &'a StoreReader,
    zone: &'a TimeZone,
    dropped_files: HashMap<DropId, Option<DroppedFile>>,
}

/// What a receipt says of its file.
struct DroppedFile {
    file: String,
    columns: Vec<SmolStr>,
    at: String,
}

impl<'a> OriginResolver<'a> {
    pub(super) fn new(reader: &'a StoreReader, zone: &'a TimeZone) -> Self {
        Self { reader, zone, dropped_files: HashMap::new() }
    }

    /// In words and as data.
    pub(super) fn origin_to_json(
        &mut self,
        speaker: ValueOrigin<'_>,
        reads: &BTreeMap<PluginName, Vec<SmolStr>>,
    ) -> Result<Value, StoreError> {
        match speaker {
            ValueOrigin::Source(layer, cell) => self.source_to_json(layer, cell),
            ValueOrigin::Plugin(enrichment) => Ok(plugin_to_json(enrichment, reads)),
            ValueOrigin::Edit(edit) => self.edit_to_json(edit),
        }
    }

    fn source_to_json(
        &mut self,
        layer: &SourceLayer,
        cell: CellOrigin,
    ) -> Result<Value, StoreError> {
        let mut told = self.cell_members(cell)?;
        told.insert("source".to_owned(), json!(layer.source));
        told.insert("priority".to_owned(), json!(layer.priority));
        Ok(Value::Object(told))
    }

    fn edit_to_json(&mut self, edit: &ManualEdit) -> Result<Value, StoreError> {
        let at = edit.at.to_text(self.zone);
        let mut told = self.cell_members(edit.cell)?;
        told.insert("kind".to_owned(), json!("edit"));
        told.insert("text".to_owned(), json!(format!("set by {} on {at}", edit.by)));
        told.insert("by".to_owned(), json!(edit.by));
        told.insert("at".to_owned(), json!(at));
        Ok(Value::Object(told))
    }

    /// The cell of a price or of stock.
    pub(super) fn cell_to_json(&mut self, cell: CellOrigin) -> Result<Value, StoreError> {
        self.cell_members(cell).map(Value::Object)
    }

    fn cell_members(&mut self, cell: CellOrigin) -> Result<Map<String, Value>, StoreError> {
        let mut told = Map::new();
        let mut add = |name: &str, value: Value| told.insert(name.to_owned(), value);
        add("kind", json!("file"));
        let Some(dropped) = self.load_dropped_file(cell.drop)? else {
            add(
                "text",
                json!(format!(
                    "drop {}, row {}; its receipt is not there any more",
                    cell.drop.0, cell.row
                )),
            );
            add("drop", json!(cell.drop));
            add("row", json!(cell.row));
            return Ok(told);
        };
        let column = dropped.columns.get(usize::from(cell.column));
        let text = match column {
            Some(column) => format!("{}, row {}, column \"{column}\"", dropped.file, cell.row),
            None => format!("{}, row {}", dropped.file, cell.row),
        };
        add("text", json!(text));
        add("drop", json!(cell.drop));
        add("file", json!(dropped.file));
        add("row", json!(cell.row));
        if let Some(column) = column {
            add("column", json!(column));
        }
        add("at", json!(dropped.at));
        Ok(told)
    }

    fn load_dropped_file(&mut self, drop: DropId) -> Result<Option<&DroppedFile>, StoreError> {
        if !self.dropped_files.contains_key(&drop) {
            let dropped = self.reader.load_receipt(drop)?.map(|receipt| DroppedFile {
                at: receipt.at.to_text(self.zone),
                file: receipt.file,
                columns: receipt.columns,
            });
            self.dropped_files.insert(drop, dropped);
        }
        Ok(self.dropped_files[&drop].as_ref())
    }
}

fn plugin_to_json(
    enrichment: &PluginEnrichment,
    reads: &BTreeMap<PluginName, Vec<SmolStr>>,
) -> Value {
    let mut told = json!({
        "kind": "plugin",
        "text": format!("plugin {} {}", enrichment.plugin, enrichment.version),
        "plugin": enrichment.plugin,
        "version": enrichment.version,
        "digest": enrichment.digest.to_string(),
    });
    if let Some(inputs) = reads.get(&enrichment.plugin) {
        told["inputs"] = json!(inputs);
    }
    if let Some(failure) = &enrichment.failure {
        told["failure"] = json!(failure);
    }
    told
}
