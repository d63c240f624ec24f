//! `rikaste attribute`: the attributes that dropped files have and the shop does not, and taking
//! them in.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use rikaste_model::record::DropKind;
use rikaste_model::shop::{Shop, find_nearest_name};

use super::absolute_shop_folder;
use super::mapping::ImportExplainer;
use rikaste_import::AttributeProposal;
use rikaste_model::shop_folder::ShopFolder;

#[derive(Subcommand)]
pub(super) enum AttributeCommand {
    /// List columns of files in the inbox that the shop has no attribute for
    List(AttributeSourceArgs),
    /// Add attributes to model.toml, with the types that the files in the inbox suggest
    Add {
        /// Their codes, as `rikaste attribute list` shows them
        #[arg(required = true)]
        codes: Vec<String>,
        #[command(flatten)]
        place: AttributeSourceArgs,
    },
}

#[derive(Args)]
pub(super) struct AttributeSourceArgs {
    /// The shop's folder
    #[arg(long, default_value = ".")]
    shop: PathBuf,
    /// Files to look into; by default those in inbox/products
    #[arg(long)]
    from: Vec<PathBuf>,
}

pub(super) fn run_attribute_command(command: &AttributeCommand) -> anyhow::Result<ExitCode> {
    match command {
        AttributeCommand::List(place) => list_proposals(place),
        AttributeCommand::Add { codes, place } => add_attributes(codes, place),
    }
}

fn list_proposals(place: &AttributeSourceArgs) -> anyhow::Result<ExitCode> {
    let proposals = collect_proposals(place)?;
    if proposals.is_empty() {
        say!("Every column of the files has its attribute.");
    }
    for AttributeProposal { code, data_type, columns, filled, rows, examples, .. } in
        proposals.values()
    {
        say!(
            "{code:28}  {data_type}, filled in {filled} of {rows} rows, from {}",
            columns.join(", ")
        );
        say!("{:28}  such as {}", "", examples.join(" | "));
    }
    Ok(ExitCode::SUCCESS)
}

fn add_attributes(codes: &[String], place: &AttributeSourceArgs) -> anyhow::Result<ExitCode> {
    let folder = ShopFolder::new(absolute_shop_folder(&place.shop)?);
    let proposals = collect_proposals(place)?;
    let mut toml = String::new();
    for code in codes {
        let Some(proposal) = proposals.get(code) else {
            let near = find_nearest_name(code, proposals.keys().map(String::as_str));
            let hint = near.map(|near| format!("; did you mean {near}?")).unwrap_or_default();
            bail!(
                "no file has an attribute {code}{hint}; `rikaste attribute list` shows those that there are"
            );
        };
        toml.push('\n');
        toml.push_str(&proposal.to_toml());
    }
    append_to_model(&folder, &toml)?;
    super::say_text(toml.trim_start());
    say!("added to {}.", folder.root().join("model.toml").display());
    say!("A shop that runs takes it in by itself, and reads the files in its inbox again.");
    Ok(ExitCode::SUCCESS)
}

/// Writes to the end of the model, unless the shop would not load with it.
fn append_to_model(folder: &ShopFolder, toml: &str) -> anyhow::Result<()> {
    let path = folder.root().join("model.toml");
    let failed = || format!("{} cannot be written", path.display());
    let before = match std::fs::read_to_string(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        before => before.with_context(failed)?,
    };
    let text = format!("{}\n{}", before.trim_end(), toml);
    let mut file = tempfile::NamedTempFile::new_in(folder.root()).with_context(failed)?;
    file.write_all(text.as_bytes()).with_context(failed)?;
    file.as_file().sync_all().with_context(failed)?;
    file.persist(&path).with_context(failed)?;
    if let Err(error) = Shop::load_from_folder(folder.root()) {
        std::fs::write(&path, before).with_context(failed)?;
        bail!("model.toml is as it was: with this it would not load: {error}");
    }
    Ok(())
}

/// What the files have, by code.
fn collect_proposals(
    place: &AttributeSourceArgs,
) -> anyhow::Result<BTreeMap<String, AttributeProposal>> {
    let explainer = ImportExplainer::open_shop(&place.shop)?;
    let mut all: BTreeMap<String, AttributeProposal> = BTreeMap::new();
    for file in list_source_files(place)? {
        let readable = explainer.explain_readable(DropKind::Products, &file)?;
        for proposal in readable.into_iter().flat_map(|explained| explained.proposals) {
            match all.get_mut(&proposal.code) {
                Some(known) => known.merge_with(proposal),
                None => drop(all.insert(proposal.code.clone(), proposal)),
            }
        }
    }
    Ok(all)
}

fn list_source_files(place: &AttributeSourceArgs) -> anyhow::Result<Vec<PathBuf>> {
    if !place.from.is_empty() {
        return Ok(place.from.clone());
    }
    let inbox =
        ShopFolder::new(absolute_shop_folder(&place.shop)?).inbox_folder_for(DropKind::Products);
    let entries = match std::fs::read_dir(&inbox) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.with_context(|| format!("{} cannot be read", inbox.display()))?,
    };
    let mut files: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|path| path.is_file() && !is_hidden(path));
    files.sort();
    Ok(files)
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}
