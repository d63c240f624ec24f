//! `rikaste import --explain` and `--draft-mapping`: what a file is taken for.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;

use super::{ImportArgs, shop_in};
use crate::assets::Assets;
use crate::folder::ShopFolder;
use crate::import::{Candidate, Explained, ExplainedColumn, Importer, Importers, Mappings};
use crate::open::Configured;
use crate::plugin::Runtime;
use rikaste_catalog::record::DropKind;

/// Messages that are shown; the receipt of the file has all of them.
const MESSAGES: usize = 10;
/// Widths of what is shown side by side.
const NAME: usize = 28;
const TO: usize = 24;

/// Tells what the files are taken for, and changes nothing: a shop may run meanwhile.
pub(super) fn explain(args: &ImportArgs) -> anyhow::Result<ExitCode> {
    let shop = Explainer::open(&args.shop)?;
    let mut code = ExitCode::SUCCESS;
    for file in &args.files {
        let kind = args.kind.unwrap_or_else(|| super::import::kind_of(&absolute(file)));
        let explained = match shop.explain(kind, file)? {
            Ok(explained) => explained,
            Err(unreadable) => {
                code = ExitCode::from(3);
                eprintln!("{}: {unreadable}", file.display());
                continue;
            }
        };
        // What is there is shown all the same; what it cannot be taken for goes where errors go.
        if let Some(lacking) = &explained.lacking {
            code = ExitCode::from(3);
            eprintln!("{}: {lacking}", file.display());
        }
        if args.draft_mapping {
            super::say_text(&explained.draft());
        } else if args.json {
            say!("{}", serde_json::to_string_pretty(&explained)?);
        } else {
            show(&explained);
        }
    }
    Ok(code)
}

fn absolute(file: &Path) -> std::path::PathBuf {
    std::path::absolute(file).unwrap_or_else(|_| file.to_owned())
}

/// A shop's words and mappings, without its store.
pub(super) struct Explainer {
    configured: Configured,
    mappings: Mappings,
}

impl Explainer {
    pub(super) fn open(shop: &Path) -> anyhow::Result<Self> {
        let folder = ShopFolder::new(shop_in(shop)?);
        let runtime = Runtime::new(&folder.cache())?;
        let assets = Assets::new(folder.assets());
        // Plugins have attributes, too.
        let configured = Configured::load(&folder, &runtime, &assets, &[])?;
        let mappings = Mappings::load(folder.root(), &configured.shop)?;
        mappings.broken().for_each(|error| tracing::warn!("{error}"));
        Ok(Self { configured, mappings })
    }

    /// What a file is taken for, or why it cannot be read.
    pub(super) fn explain(
        &self,
        kind: DropKind,
        file: &Path,
    ) -> anyhow::Result<Result<Explained, crate::import::Unreadable>> {
        std::fs::metadata(file).with_context(|| format!("{} cannot be read", file.display()))?;
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let importers = Importers::new(self.configured.enrichers.importers());
        let importer =
            Importer::new(&self.configured.shop, &self.mappings).with(importers).to_look();
        Ok(importer.open_file(kind, &name, file).and_then(|reading| reading.explain(kind)))
    }
}

fn show(explained: &Explained) {
    let Explained { file, read_as, rows, rejected, skipped, .. } = explained;
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
        say!("{}", line(column));
    }
    if let Some(lacking) = &explained.lacking {
        say!("\nNothing of it can be taken: {lacking}.");
        candidates(explained);
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
            sample.says.iter().for_each(|said| say!("    {}", cut(said, 90)));
        }
    }
    let about: Vec<_> =
        explained.messages.iter().filter(|message| message.code != "column-unknown").collect();
    if !about.is_empty() {
        say!("\nWhat there is to say:");
        about.iter().take(MESSAGES).for_each(|message| say!("  {message}"));
        if about.len() > MESSAGES {
            say!("  … and {} more", about.len() - MESSAGES);
        }
    }
    say!("\n`--draft-mapping` writes this as a mapping, to be changed and put into mappings/.");
}

/// Which columns the SKU may be in.
fn candidates(explained: &Explained) {
    if explained.candidates.is_empty() {
        return;
    }
    say!("\nThe SKU may be in:");
    for Candidate { column, looks_like, filled, example } in &explained.candidates {
        let looks_like = looks_like.words();
        let rows = explained.rows;
        let about = format!("{looks_like}, each another, in {filled} of {rows} rows");
        say!("  {:NAME$}  {about}, such as {}", cut(column, NAME), cut(example, 30));
    }
}

fn line(column: &ExplainedColumn) -> String {
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
        cut(name, NAME),
        cut(to, TO),
        column.filled,
        cut(example, 50)
    );
    line.trim_end().to_owned()
}

/// A text on one line, of so many characters at most.
fn cut(text: &str, most: usize) -> String {
    let line = text.replace(['\n', '\r', '\t'], " ");
    if line.chars().count() <= most {
        return line;
    }
    line.chars().take(most - 1).chain(['…']).collect()
}
