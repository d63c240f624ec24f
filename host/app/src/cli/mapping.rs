//! `rikaste import --explain` and `--draft-mapping`: how a file is read.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;

use super::{ImportArgs, absolute_shop_folder};
use crate::open::load_configuration;
use rikaste_import::{
    ColumnExplanation, FileError, FileExplanation, FileImporter, MappingSet, SkuCandidate,
};
use rikaste_model::receipt::ColumnQuestion;
use rikaste_model::record::DropKind;
use rikaste_model::shop_folder::ShopFolder;
use rikaste_model::words::Language;
use rikaste_pipeline::plugin_importers;
use rikaste_pipeline::{UnpackedArchive, is_archive, unpack_archive};
use rikaste_runtime::Configuration;
use rikaste_runtime::PluginRuntime;
use rikaste_store::asset_folder::AssetFolder;

/// Messages that are shown; the receipt of the file has all of them.
const MAX_MESSAGES: usize = 10;
/// Names of photos that are shown.
const MAX_PHOTO_NAMES: usize = 5;
/// Widths of what is shown side by side.
const NAME: usize = 28;
const TO: usize = 24;

/// Explains how the files are read, and changes nothing: a shop may run meanwhile.
pub(super) fn explain_files(args: &ImportArgs) -> anyhow::Result<ExitCode> {
    let shop = ImportExplainer::open_shop(&args.shop)?;
    let mut code = ExitCode::SUCCESS;
    for file in &args.files {
        let kind = args.kind.unwrap_or_else(|| super::import::drop_kind_of(&absolute_path(file)));
        let name = file.display().to_string();
        let is_fine = match is_archive(file) {
            true => explain_archive(&shop, args, kind, file)?,
            false => explain_file(&shop, args, kind, file, &name)?,
        };
        if !is_fine {
            code = ExitCode::from(3);
        }
    }
    Ok(code)
}

/// Explains how a file is read, and returns whether it could be imported.
fn explain_file(
    shop: &ImportExplainer,
    args: &ImportArgs,
    kind: DropKind,
    file: &Path,
    name: &str,
) -> anyhow::Result<bool> {
    let explained = match shop.explain_table(kind, file)? {
        Ok(explained) => explained,
        Err(unreadable) => {
            eprintln!("{name}: {unreadable}");
            return Ok(false);
        }
    };
    if args.draft_mapping {
        super::say_text(&explained.draft_mapping());
    } else if args.json {
        say!("{}", serde_json::to_string_pretty(&explained)?);
    } else {
        print_explanation(&explained);
    }
    // What is there is shown all the same; what is wrong with it goes to standard error.
    let Some(lacking) = &explained.lacking else { return Ok(true) };
    eprintln!("{name}: {lacking}");
    Ok(false)
}

/// Explains what is in a ZIP, and how each table in it is read.
fn explain_archive(
    shop: &ImportExplainer,
    args: &ImportArgs,
    kind: DropKind,
    file: &Path,
) -> anyhow::Result<bool> {
    let scratch = tempfile::tempdir().context("a temporary folder cannot be made")?;
    let unpacked = unpack_archive(file, scratch.path(), kind);
    let unpacked = unpacked.with_context(|| format!("{} cannot be read", file.display()))?;
    let UnpackedArchive { tables, photos, messages } = match unpacked {
        Ok(unpacked) => unpacked,
        Err(refusal) => {
            eprintln!("{}: {}", file.display(), refusal.to_text(Language::En));
            return Ok(false);
        }
    };
    // A draft and JSON are for programs and files: what is in the archive, their own names say.
    if !args.draft_mapping && !args.json {
        say!("{} is a ZIP archive; its tables and photos are one drop.\n", file.display());
        for table in &tables {
            say!("  {:NAME$}  {}", table.name, table.kind.folder());
        }
        let names: Vec<_> = photos.iter().filter_map(|path| path.file_name()?.to_str()).collect();
        if !names.is_empty() {
            let more = names.len().saturating_sub(MAX_PHOTO_NAMES);
            let shown = names[..names.len() - more].join(", ");
            let more = if more > 0 { format!(", … and {more} more") } else { String::new() };
            let count = match names.len() {
                1 => "1 photo".to_owned(),
                count => format!("{count} photos"),
            };
            say!("  {count:NAME$}  {shown}{more}");
        }
        messages.iter().for_each(|message| say!("  {message}"));
    }
    let mut is_fine = true;
    for table in &tables {
        if args.draft_mapping {
            say!("# From {}, a file of its own for each table: {}", file.display(), table.name);
        } else if !args.json {
            say!("");
        }
        let name = format!("{}/{}", file.display(), table.name);
        is_fine &= explain_file(shop, args, table.kind, &table.path, &name)?;
    }
    Ok(is_fine)
}

fn absolute_path(file: &Path) -> std::path::PathBuf {
    std::path::absolute(file).unwrap_or_else(|_| file.to_owned())
}

/// A shop's words and mappings, without its store.
pub(super) struct ImportExplainer {
    configuration: Configuration,
    mappings: MappingSet,
}

impl ImportExplainer {
    pub(super) fn open_shop(shop: &Path) -> anyhow::Result<Self> {
        let folder = ShopFolder::new(absolute_shop_folder(shop)?);
        let runtime = PluginRuntime::new(&folder.code_cache_folder())?;
        let assets = AssetFolder::new(folder.assets_folder());
        // Plugins have attributes, too.
        let configured = load_configuration(&folder, &runtime, &assets, &[])?;
        let mappings = MappingSet::load_folder(folder.root(), &configured.shop)?;
        mappings.broken_errors().for_each(|error| tracing::warn!("{error}"));
        mappings.renamed_key_warnings().for_each(|warning| tracing::warn!("{warning}"));
        Ok(Self { configuration: configured, mappings })
    }

    /// How a file is read, or why it cannot be.
    pub(super) fn explain_table(
        &self,
        kind: DropKind,
        file: &Path,
    ) -> anyhow::Result<Result<FileExplanation, FileError>> {
        std::fs::metadata(file).with_context(|| format!("{} cannot be read", file.display()))?;
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let importers = plugin_importers(self.configuration.plugins.importers());
        let importer = FileImporter::new(&self.configuration.shop, &self.mappings)
            .with_plugins(importers)
            .for_inspection();
        Ok(importer.open_file(kind, &name, file).and_then(|reading| reading.explain_file(kind)))
    }
}

impl ImportExplainer {
    /// How a file is read, or each table of an archive. What cannot be read is said on standard error.
    pub(super) fn explain_readable(
        &self,
        kind: DropKind,
        file: &Path,
    ) -> anyhow::Result<Vec<FileExplanation>> {
        if !is_archive(file) {
            let explained = self.explain_table(kind, file)?;
            return Ok(explained
                .map_err(|problem| report_unreadable(file, &problem))
                .into_iter()
                .collect());
        }
        let scratch = tempfile::tempdir().context("a temporary folder cannot be made")?;
        let unpacked = unpack_archive(file, scratch.path(), kind);
        let unpacked = unpacked.with_context(|| format!("{} cannot be read", file.display()))?;
        let tables = unpacked.map(|unpacked| unpacked.tables).unwrap_or_default();
        let mut all = Vec::new();
        for table in tables {
            let explained = self.explain_table(table.kind, &table.path)?;
            all.extend(explained.map_err(|problem| report_unreadable(file, &problem)));
        }
        Ok(all)
    }
}

fn report_unreadable(file: &Path, problem: &FileError) {
    eprintln!("{}: {problem}", file.display());
}

fn print_explanation(explained: &FileExplanation) {
    let FileExplanation { file, read_as, rows, rejected, skipped, .. } = explained;
    say!("{file} is read as {read_as}.");
    let mut counts = format!("It has {rows} rows");
    for (count, what) in [(rejected, "would be refused"), (skipped, "are left out by the mapping")]
    {
        if *count > 0 {
            counts.push_str(&format!("; {count} {what}"));
        }
    }
    say!("{counts}.\n");
    say!("{:NAME$}  {:TO$}  {:>8}  such as", "column", "is read as", "filled");
    for column in &explained.columns {
        say!("{}", format_column(column));
    }
    if let Some(lacking) = &explained.lacking {
        say!("\nNothing of it can be taken: {lacking}.");
        print_sku_candidates(explained);
    }
    if !explained.proposals.is_empty() {
        say!("\nThe shop has no attribute for these; `rikaste attribute add CODE` takes one in:");
        for proposal in &explained.proposals {
            let columns = proposal.columns.join(", ");
            say!("  {:NAME$}  {} (from {columns})", proposal.code, proposal.data_type);
        }
    }
    if !explained.samples.is_empty() {
        say!("\nThe first of it, as it would come out:");
        for sample in &explained.samples {
            say!("  {}", sample.sku);
            sample.says.iter().for_each(|text| say!("    {}", truncate_text(text, 90)));
        }
    }
    let (asked, about): (Vec<_>, Vec<_>) = explained
        .messages
        .iter()
        .filter(|message| message.code != "column-unknown")
        .partition(|message| message.code == ColumnQuestion::CODE);
    if !asked.is_empty() {
        say!("\nIt would be held until somebody answers:");
        asked.iter().for_each(|message| say!("  {message}"));
    }
    if !about.is_empty() {
        say!("\nWhat there is to say:");
        about.iter().take(MAX_MESSAGES).for_each(|message| say!("  {message}"));
        if about.len() > MAX_MESSAGES {
            say!("  … and {} more", about.len() - MAX_MESSAGES);
        }
    }
    say!("\n`--draft-mapping` writes this as a mapping, to be changed and put into mappings/.");
}

/// Which columns the SKU may be in.
fn print_sku_candidates(explained: &FileExplanation) {
    if explained.candidates.is_empty() {
        return;
    }
    say!("\nThe SKU may be in:");
    for SkuCandidate { column, looks_like, filled, example } in &explained.candidates {
        let looks_like = looks_like.description();
        let rows = explained.rows;
        let about = format!("{looks_like}, each another, in {filled} of {rows} rows");
        say!(
            "  {:NAME$}  {about}, such as {}",
            truncate_text(column, NAME),
            truncate_text(example, 30)
        );
    }
}

fn format_column(column: &ColumnExplanation) -> String {
    let name = if column.name.is_empty() { "(no header)" } else { &column.name };
    let to = match (&column.to, &column.reason) {
        (Some(to), _) if to == "ignore" => "— left out",
        (Some(to), _) => to,
        (None, _) if column.name.is_empty() => "— nothing",
        (None, _) => "— not known",
    };
    let example = column.example.as_deref().unwrap_or_default();
    let line = format!(
        "{:NAME$}  {:TO$}  {:>8}  {}",
        truncate_text(name, NAME),
        truncate_text(to, TO),
        column.filled,
        truncate_text(example, 50)
    );
    line.trim_end().to_owned()
}

/// A text on one line, of so many characters at most.
fn truncate_text(text: &str, most: usize) -> String {
    let line = text.replace(['\n', '\r', '\t'], " ");
    if line.chars().count() <= most {
        return line;
    }
    line.chars().take(most - 1).chain(['…']).collect()
}
