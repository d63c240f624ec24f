//! `rikaste attribute`: the attributes that dropped files have and the shop does not, and taking
//! them in.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use rikaste_model::record::DropKind;
use rikaste_model::shop::{Shop, find_misspelt_name};

use super::absolute_shop_folder;
use super::mapping::ImportExplainer;
use rikaste_import::{AttributeProposal, FileExplanation};
use rikaste_model::shop_folder::ShopFolder;

#[derive(Subcommand)]
pub(super) enum AttributeCommand {
    /// List columns of files in the inbox that the shop has no attribute for
    List(AttributeSourceArgs),
    /// Add attributes to model.toml, with the types that the files in the inbox suggest
    Add {
        /// Their codes, as `rikaste attribute list` shows them, or the columns as the files have them
        #[arg(required = true)]
        names: Vec<String>,
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
        AttributeCommand::Add { names, place } => add_attributes(names, place),
    }
}

fn list_proposals(place: &AttributeSourceArgs) -> anyhow::Result<ExitCode> {
    let SourceColumns { proposals, unread, .. } = collect_columns(place)?;
    if proposals.is_empty() && unread.is_empty() {
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
    if !unread.is_empty() {
        say!("\nNothing is read from these either, and an attribute is not what they lack:");
        unread.iter().for_each(|(column, reason)| say!("  {column}: {reason}"));
    }
    Ok(ExitCode::SUCCESS)
}

fn add_attributes(names: &[String], place: &AttributeSourceArgs) -> anyhow::Result<ExitCode> {
    let folder = ShopFolder::new(absolute_shop_folder(&place.shop)?);
    let columns = collect_columns(place)?;
    let mut toml = String::new();
    for name in names {
        toml.push('\n');
        match columns.find_proposal(name) {
            Some(proposal) => toml.push_str(&proposal.to_toml()),
            None if name == NET_PRICE.0 => toml.push_str(NET_PRICE.1),
            None => bail!("{}", columns.describe_missing(name)),
        }
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

/// The attribute that a receipt advises for prices without tax, whatever their column is called.
const NET_PRICE: (&str, &str) =
    ("price_without_tax", "[attributes.price_without_tax]\ntype = \"money\"\n");

/// The columns of the files.
#[derive(Default)]
struct SourceColumns {
    /// What could be attributes, by code.
    proposals: BTreeMap<String, AttributeProposal>,
    /// Others that nothing is read from, and why.
    unread: BTreeMap<String, String>,
    /// What is read from the rest, in the words of a mapping.
    read: BTreeMap<String, String>,
}

impl SourceColumns {
    fn add_file(&mut self, explained: FileExplanation) {
        for column in &explained.columns {
            let name = column.name.to_string();
            let mut proposals = explained.proposals.iter();
            let is_proposed = proposals.any(|proposal| proposal.columns.contains(&column.name));
            match (&column.to, &column.reason) {
                (Some(to), _) => drop(self.read.insert(name, to.clone())),
                (None, Some(reason)) if !is_proposed => {
                    self.unread.insert(name, reason.clone());
                }
                _ => {}
            }
        }
        for proposal in explained.proposals {
            match self.proposals.get_mut(&proposal.code) {
                Some(known) => known.merge_with(proposal),
                None => drop(self.proposals.insert(proposal.code.clone(), proposal)),
            }
        }
    }

    /// The proposal of this code, or of a column of this name.
    fn find_proposal(&self, name: &str) -> Option<&AttributeProposal> {
        let lower = name.to_lowercase();
        let named = || {
            self.proposals.values().find(|proposal| {
                proposal.columns.iter().any(|column| column.to_lowercase() == lower)
            })
        };
        self.proposals.get(name).or_else(named)
    }

    /// Why there is no proposal for a name.
    fn describe_missing(&self, name: &str) -> String {
        let lower = name.to_lowercase();
        let find = |columns: &BTreeMap<String, String>| {
            let mut named = columns.iter().filter(|(column, _)| column.to_lowercase() == lower);
            named.next().map(|(_, what)| what.clone())
        };
        if let Some(to) = find(&self.read) {
            return format!("the column {name} is read already, as {to}");
        }
        if let Some(reason) = find(&self.unread) {
            return format!("an attribute is not what the column {name} lacks: {reason}");
        }
        let near = find_misspelt_name(name, self.proposals.keys().map(String::as_str));
        let hint = near.map(|near| format!("; did you mean {near}?")).unwrap_or_default();
        format!(
            "no file has an attribute {name}{hint}; `rikaste attribute list` shows those that there are"
        )
    }
}

fn collect_columns(place: &AttributeSourceArgs) -> anyhow::Result<SourceColumns> {
    let explainer = ImportExplainer::open_shop(&place.shop)?;
    let mut columns = SourceColumns::default();
    for file in list_source_files(place)? {
        let readable = explainer.explain_readable(DropKind::Products, &file)?;
        readable.into_iter().for_each(|explained| columns.add_file(explained));
    }
    Ok(columns)
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

#[cfg(test)]
mod tests {
    use super::*;
    use rikaste_import::{FileImporter, MappingSet};

    const SHOP: &str = r#"
name = "Test"
time_zone = "Europe/Helsinki"
locales = ["fi-FI"]
price_list = "retail"
[price_lists.retail]
currency = "EUR"
"#;

    const FILE: &str = "Tuotenro;Nimi;Paino (kg);Päätuote;Hapot g/l;Sävy;Paino (l)\n\
        A;Takki;0,4;M;4,5;x;1\nB;Housut;0,3;M;4,7;y;2\n";

    fn explain_columns(folder: &ShopFolder) -> SourceColumns {
        let shop = Shop::load_from_folder(folder.root()).expect("a valid shop");
        let mappings = MappingSet::default();
        let importer = FileImporter::new(&shop, &mappings).for_inspection();
        let reading = importer.open_source(DropKind::Products, "x.csv", FILE.as_bytes());
        let explained = reading.and_then(|it| it.explain_file(DropKind::Products));
        let mut columns = SourceColumns::default();
        columns.add_file(explained.expect("explained"));
        columns
    }

    #[test]
    fn a_column_of_any_name_becomes_an_attribute_that_is_read() {
        let root = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &str| {
            let path = root.path().join(name);
            std::fs::create_dir_all(path.parent().expect("inside")).expect("a folder");
            std::fs::write(path, text).expect("a file");
        };
        write("shop.toml", SHOP);
        write(
            "model.toml",
            "[attributes.name]\ntype = \"text\"\n[attributes.weight]\ntype = \"measurement\"\nunit = \"kg\"\n",
        );
        write("channels/web.toml", "");
        let folder = ShopFolder::new(root.path().to_owned());
        let columns = explain_columns(&folder);
        assert_eq!(
            columns.describe_missing("paino (kg)"),
            "the column paino (kg) is read already, as weight"
        );
        assert!(
            columns.describe_missing("Paino (l)").contains("measured in kg"),
            "{}",
            columns.describe_missing("Paino (l)")
        );
        let codes: Vec<_> = columns.proposals.keys().collect();
        assert_eq!(codes, ["hapot_g_l", "savy"]);
        let unread: Vec<_> = columns.unread.keys().collect();
        assert_eq!(unread, ["Paino (l)"]);
        for name in ["Hapot g/l", "SÄVY"] {
            let proposal = columns.find_proposal(name).expect("proposed");
            append_to_model(&folder, &proposal.to_toml()).expect("a model that loads");
        }
        let columns = explain_columns(&folder);
        assert!(columns.proposals.is_empty());
        assert_eq!(columns.read.get("Hapot g/l").map(String::as_str), Some("hapot_g_l"));
        assert_eq!(columns.read.get("Sävy").map(String::as_str), Some("savy"));
        append_to_model(&folder, NET_PRICE.1).expect("a model that loads");
    }
}
