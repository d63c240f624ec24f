//! What the importer makes of a file, for people: every column and why, and the first products as
//! they would come out. Nothing is imported.

use std::collections::HashSet;

use rikaste_model::code::Sku;
use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::receipt::{ColumnQuestion, DiagnosticCollector};
use rikaste_model::record::{CellChange, DropKind, ImportRecord, ProductRecord, RecordBody};
use smol_str::SmolStr;

use crate::columns::ColumnPlan;
use crate::file_error::FileError;
use crate::import_stream::ImportStream;
use crate::records::{AttributeProposal, SkuCandidate, find_sku_candidates};

/// Products that are shown.
const MAX_SAMPLES: usize = 5;
/// Rows that are read at once.
const BATCH_ROWS: usize = 500;

/// What the importer makes of a file.
#[derive(Debug, serde::Serialize)]
pub struct FileExplanation {
    /// The file's name.
    pub file: String,
    /// What it is about.
    pub kind: DropKind,
    /// How it is read: `CSV, semicolon, UTF-8`.
    pub read_as: String,
    /// Rows in it, how many would be refused, and how many a mapping leaves out.
    pub rows: u64,
    /// Of these, how many would be refused.
    pub rejected: u64,
    /// Of these, how many a mapping leaves out.
    pub skipped: u64,
    /// Its columns, in order; of JSON, its paths.
    pub columns: Vec<ColumnExplanation>,
    /// Attributes that it seems to have and the shop does not.
    pub proposals: Vec<AttributeProposal>,
    /// The first products.
    pub samples: Vec<SampleProduct>,
    /// What there is to say about it, the first of it.
    pub messages: Vec<Diagnostic>,
    /// Columns for which it would be held: they decide about a sale and are not read.
    pub questions: Vec<ColumnQuestion>,
    /// The preset that was chosen, as a mapping names it.
    pub preset: Option<&'static str>,
    /// Whether it has no header, and its columns are called by their numbers.
    pub is_numbered: bool,
    /// Why no row of it can be imported, and what to do: no column is the SKU.
    pub lacking: Option<String>,
    /// Where no column is the SKU, those that may be, likeliest first.
    pub candidates: Vec<SkuCandidate>,
}

/// A column of a file.
#[derive(Debug, serde::Serialize)]
pub struct ColumnExplanation {
    /// Its header.
    pub name: SmolStr,
    /// What is read from it, in the words that a mapping says it in; nothing when it is not known.
    pub to: Option<String>,
    /// Why nothing is known.
    pub reason: Option<String>,
    /// Rows in which it is filled.
    pub filled: u64,
    /// Something that stands in it.
    pub example: Option<String>,
}

/// A product as it would come out.
#[derive(Debug, serde::Serialize)]
pub struct SampleProduct {
    /// Its SKU.
    pub sku: Sku,
    /// What is reported of it, a line each.
    pub says: Vec<String>,
}

impl ImportStream<'_> {
    /// Reads all of the file, and tells what it is.
    ///
    /// # Errors
    /// When it cannot be read to its end.
    pub fn explain_file(mut self, kind: DropKind) -> Result<FileExplanation, FileError> {
        self.builder_mut().profile_all();
        let (mut records, mut messages) = (Vec::new(), DiagnosticCollector::default());
        let mut samples: Vec<SampleProduct> = Vec::new();
        let progress = loop {
            records.clear();
            let progress = self.next_batch(BATCH_ROWS, &mut records, &mut messages)?;
            for record in &records {
                collect_sample(&mut samples, record);
            }
            if progress.finished {
                break progress;
            }
        };
        let questions = self.list_questions();
        let file = format!("{}/{}", kind.folder(), self.file_name());
        for question in &questions {
            messages.push_diagnostic(question.to_diagnostic(&file));
        }
        let (plan, profiler) = (self.builder().plan(), self.builder().profiler());
        let candidates = match plan.sku_columns().is_empty() {
            true => find_sku_candidates(plan, profiler, progress.rows),
            false => Vec::new(),
        };
        let columns = plan.columns().map(|(at, column)| ColumnExplanation {
            name: column.name.clone(),
            to: describe_column(plan, at),
            reason: plan.unknown_reason(at),
            filled: profiler.filled_rows(at),
            example: profiler.first_example(at),
        });
        Ok(FileExplanation {
            file: self.file_name().to_owned(),
            kind,
            read_as: self.read_as().to_owned(),
            rows: progress.rows,
            rejected: progress.rejected,
            // Of these a mapping knows nothing.
            skipped: if self.missing_column().is_some() { 0 } else { progress.skipped },
            columns: columns.collect(),
            proposals: self.proposals(),
            samples,
            questions,
            messages: messages.into_diagnostics().0,
            preset: self.preset(),
            is_numbered: self.is_numbered(),
            lacking: self.missing_column().map(ToString::to_string),
            candidates,
        })
    }
}

/// What is read from a column, in the words of a mapping.
fn describe_column(plan: &ColumnPlan<'_>, at: u16) -> Option<String> {
    let column = plan.column_at(at);
    if column.rule.pairs.is_some() {
        return Some("names and values".to_owned());
    }
    if plan.pairs().iter().any(|pair| pair.key == at || pair.value == at) {
        return Some("a name, or its value".to_owned());
    }
    if plan.is_unit_column(at) {
        return Some("the unit of another column".to_owned());
    }
    column.target.mapping_name(plan.convention().kind)
}

fn collect_sample(samples: &mut Vec<SampleProduct>, record: &ImportRecord) {
    let known = samples.iter().position(|sample| sample.sku == record.sku);
    let Some(at) = known.or_else(|| (samples.len() < MAX_SAMPLES).then_some(samples.len())) else {
        return;
    };
    if at == samples.len() {
        samples.push(SampleProduct { sku: record.sku.clone(), says: Vec::new() });
    }
    let sample = &mut samples[at];
    match &record.body {
        RecordBody::Product(product) => describe_product(product, &mut sample.says),
        RecordBody::Stock(levels) => sample.says.extend(
            levels.iter().map(|level| format!("stock {}: {}", level.location, level.quantity)),
        ),
        RecordBody::Prices(prices) => sample.says.extend(prices.iter().map(describe_price)),
        RecordBody::Review(review) => {
            sample.says.push(format!("review: {} of 5, \"{}\"", review.rating, review.title));
        }
        RecordBody::Edit(edit) => sample.says.extend(describe_change(&edit.change)),
    }
}

fn describe_product(product: &ProductRecord, says: &mut Vec<String>) {
    if product.is_model {
        says.push("a product model".to_owned());
    }
    if let Some(Some(parent)) = &product.parent {
        says.push(format!("a variant of {parent}"));
    }
    says.extend(product.cells.iter().filter_map(|cell| describe_change(&cell.change)));
    for (kind, links) in product.associations.iter().filter(|(_, links)| !links.is_empty()) {
        let skus: Vec<_> = links.iter().map(|link| link.sku.as_str()).collect();
        says.push(format!("{kind}: {}", skus.join(", ")));
    }
    says.extend(product.prices.iter().filter(|price| price.money.is_some()).map(describe_price));
    let levels = product.stock.iter();
    says.extend(levels.map(|level| format!("stock {}: {}", level.location, level.quantity)));
}

fn describe_price(price: &rikaste_model::record::PriceRecord) -> String {
    let money = price.money.map_or("none".to_owned(), |money| money.to_string());
    format!("price {}: {money}", price.list)
}

/// The settings that are given; the others are not shown.
fn describe_change(change: &CellChange) -> Option<String> {
    let CellChange::Set(value) = change else { return None };
    let mut place = value.attribute.to_string();
    value.locale.iter().for_each(|locale| place.push_str(&format!(" {locale}")));
    value.channel.iter().for_each(|channel| place.push_str(&format!(" {channel}")));
    Some(format!("{place}: {}", value.data))
}

impl FileExplanation {
    /// A mapping to begin from: every column of the file, with what is read from it now.
    #[must_use]
    pub fn draft_mapping(&self) -> String {
        let mut toml = format!(
            "# How {} is read. Put this file into mappings/ and change what is wrong.\n\
             # A column is read as what it is set to; \"ignore\" leaves it out without a word.\n\
             files = [{}]                # `*` stands for any text, as in \"products_*.csv\"\nkind = \"{}\"\n",
            escape_comment(&self.file),
            quote_toml(&self.file),
            self.kind.folder(),
        );
        if self.is_numbered {
            toml.push_str("header_row = 0                  # there is none: columns are numbers\n");
        }
        if let Some(preset) = self.preset {
            toml.push_str(&format!(
                "preset = {}            # what follows goes before it\n",
                quote_toml(preset)
            ));
        }
        let sku = self.columns.iter().find(|column| column.to.as_deref() == Some("sku"));
        match (sku, self.preset) {
            (Some(column), None) => toml.push_str(&format!("sku = {}\n", quote_toml(&column.name))),
            (Some(_), Some(_)) => {}
            (None, _) => {
                toml.push_str(
                    "sku = \"?\"                       # the column that the SKU is in\n",
                );
                for SkuCandidate { column, looks_like, filled, example } in &self.candidates {
                    toml.push_str(&format!(
                        "# sku = {}        # {}, each another, in {filled} of {} rows, such as {}\n",
                        quote_toml(column),
                        looks_like.description(),
                        self.rows,
                        quote_toml(example)
                    ));
                }
            }
        }
        toml.push_str(
            "# source = \"erp\"                # on whose behalf the file speaks\n\n[columns]\n",
        );
        // A column may be called what another was given as a second of its name.
        let mut named = HashSet::new();
        for column in &self.columns {
            if column.name.is_empty() || !named.insert(&column.name) {
                continue;
            }
            let about = match &column.example {
                Some(example) => format!(
                    "filled in {} of {} rows, such as {}",
                    column.filled,
                    self.rows,
                    quote_toml(example)
                ),
                None => "empty".to_owned(),
            };
            let name = quote_toml(&column.name);
            let proposed = self.proposals.iter().find(|it| it.columns.contains(&column.name));
            let asked = self.questions.iter().any(|asked| asked.column == column.name);
            let line = match (&column.to, proposed) {
                // Who leaves it out has to say so.
                _ if asked => format!(
                    "# {name} = \"ignore\"        # {about}; it seems to decide about a sale, and files are held until it is said what it is\n"
                ),
                // The SKU is above, and what stands for something else is no target.
                (Some(to), _) if to == "sku" || to.contains(' ') => continue,
                (Some(to), _) => format!("{name} = {}        # {about}\n", quote_toml(to)),
                (None, Some(AttributeProposal { code, data_type, .. })) => format!(
                    "# {name} = {}        # {about}; looks like {data_type}: first `rikaste attribute add {code}`\n",
                    quote_toml(code)
                ),
                (None, None) => format!(
                    "{name} = \"ignore\"        # {about}; {}\n",
                    escape_comment(column.reason.as_deref().unwrap_or("not known"))
                ),
            };
            toml.push_str(&line);
        }
        toml
    }
}

/// A text as TOML writes it in one line, so that it can be a key, or stand in a comment. JSON has the
/// same escapes, but for one character that only TOML forbids.
fn quote_toml(text: &str) -> String {
    serde_json::Value::from(text).to_string().replace('\u{7f}', "\\u007f")
}

/// A text in a comment, which ends with its line.
fn escape_comment(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
