//! Origins: from which cell, plugin or hand a value is.

use std::collections::BTreeMap;
use std::collections::HashMap;

use jiff::tz::TimeZone;
use rikaste_model::code::PluginName;
use rikaste_model::product::{Cell, DropId, Edit, Enrichment, SourceLayer};
use rikaste_model::resolve::Speaker;
use rikaste_store::{Reader, StoreError};
use serde_json::{Map, Value, json};
use smol_str::SmolStr;

/// Tells origins. A receipt is read once, however many cells of its file are named.
pub(super) struct Origins<'a> {
    reader: &'a Reader,
    zone: &'a TimeZone,
    files: HashMap<DropId, Option<Dropped>>,
}

/// What a receipt says of its file.
struct Dropped {
    file: String,
    columns: Vec<SmolStr>,
    at: String,
}

impl<'a> Origins<'a> {
    pub(super) fn new(reader: &'a Reader, zone: &'a TimeZone) -> Self {
        Self { reader, zone, files: HashMap::new() }
    }

    /// In words and as data.
    pub(super) fn of(
        &mut self,
        speaker: Speaker<'_>,
        reads: &BTreeMap<PluginName, Vec<SmolStr>>,
    ) -> Result<Value, StoreError> {
        match speaker {
            Speaker::Source(layer, cell) => self.source(layer, cell),
            Speaker::Plugin(enrichment) => Ok(plugin(enrichment, reads)),
            Speaker::Edit(edit) => self.edit(edit),
        }
    }

    fn source(&mut self, layer: &SourceLayer, cell: Cell) -> Result<Value, StoreError> {
        let mut told = self.members(cell)?;
        told.insert("source".to_owned(), json!(layer.source));
        told.insert("priority".to_owned(), json!(layer.priority));
        Ok(Value::Object(told))
    }

    fn edit(&mut self, edit: &Edit) -> Result<Value, StoreError> {
        let at = edit.at.to_text(self.zone);
        let mut told = self.members(edit.cell)?;
        told.insert("kind".to_owned(), json!("edit"));
        told.insert("text".to_owned(), json!(format!("set by {} on {at}", edit.by)));
        told.insert("by".to_owned(), json!(edit.by));
        told.insert("at".to_owned(), json!(at));
        Ok(Value::Object(told))
    }

    /// The cell of a price or of stock.
    pub(super) fn cell(&mut self, cell: Cell) -> Result<Value, StoreError> {
        self.members(cell).map(Value::Object)
    }

    fn members(&mut self, cell: Cell) -> Result<Map<String, Value>, StoreError> {
        let mut told = Map::new();
        let mut add = |name: &str, value: Value| told.insert(name.to_owned(), value);
        add("kind", json!("file"));
        let Some(dropped) = self.file(cell.drop)? else {
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

    fn file(&mut self, drop: DropId) -> Result<Option<&Dropped>, StoreError> {
        if !self.files.contains_key(&drop) {
            let dropped = self.reader.receipt(drop.0)?.map(|receipt| Dropped {
                at: receipt.at.to_text(self.zone),
                file: receipt.file,
                columns: receipt.columns,
            });
            self.files.insert(drop, dropped);
        }
        Ok(self.files[&drop].as_ref())
    }
}

fn plugin(enrichment: &Enrichment, reads: &BTreeMap<PluginName, Vec<SmolStr>>) -> Value {
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
