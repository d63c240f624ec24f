//! `rikaste init`: a shop of one's own, from a template of a trade.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use rikaste_model::locale::Locale;
use rikaste_model::record::DropKind;
use rikaste_model::shop::Shop;
use rikaste_model::value::Currency;

use rikaste_model::shop_folder::ShopFolder;

mod example;
mod questions;
mod store_name;

use store_name::NamedStore;

#[derive(Args)]
pub(super) struct InitArgs {
    /// The shop's folder; it is created if it does not exist
    folder: PathBuf,
    /// What the shop is called
    #[arg(long)]
    name: Option<String>,
    /// A locale of the shop (fi-FI); several with commas, or with the option again. The first is its own
    #[arg(long = "locale", value_delimiter = ',')]
    locales: Vec<Locale>,
    /// A store: its name, or CODE=NAME; several with the option again
    #[arg(long = "store")]
    stores: Vec<NamedStore>,
    /// The currency of the prices (EUR)
    #[arg(long, value_parser = Currency::new)]
    currency: Option<Currency>,
    /// What the shop sells: decides attributes, families and categories to begin with
    #[arg(long)]
    template: Option<ShopTemplate>,
}

/// What a shop begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ShopTemplate {
    /// Clothing and equipment for outdoors
    Outdoor,
    /// Food and household goods
    Grocery,
    /// Furniture
    Furniture,
    /// Tools, fasteners, paint
    Hardware,
    /// A few attributes and no families
    Empty,
}

/// What makes a template that of a trade.
struct TemplateFiles {
    /// What is appended to the common model.
    model: &'static str,
    /// A small product file, with columns in four languages.
    products: &'static str,
}

/// Files that every shop begins with.
const COMMON_FILES: [(&str, &str); 3] = [
    ("channels/web.toml", include_str!("../../template/common/channels/web.toml")),
    ("channels/screen.toml", include_str!("../../template/common/channels/screen.toml")),
    ("channels/seller.toml", include_str!("../../template/common/channels/seller.toml")),
];
const COMMON_SHOP: &str = include_str!("../../template/common/shop.toml");
const COMMON_MODEL: &str = include_str!("../../template/common/model.toml");
/// Not in the inbox: what is in it is imported when somebody wants it.
const EXAMPLE_FILE: &str = "examples/products.csv";

impl ShopTemplate {
    fn files(self) -> TemplateFiles {
        macro_rules! files {
            ($folder:literal) => {
                TemplateFiles {
                    model: include_str!(concat!("../../template/", $folder, "/model.toml")),
                    products: include_str!(concat!("../../template/", $folder, "/products.csv")),
                }
            };
        }
        match self {
            Self::Outdoor => files!("outdoor"),
            Self::Grocery => files!("grocery"),
            Self::Furniture => files!("furniture"),
            Self::Hardware => files!("hardware"),
            Self::Empty => files!("empty"),
        }
    }
}

/// What is known of a new shop.
struct NewShop {
    name: String,
    language: &'static str,
    locales: Vec<Locale>,
    stores: Vec<NamedStore>,
    currency: Currency,
    template: ShopTemplate,
}

impl NewShop {
    /// Fills in what the command line does not say.
    fn from_args(args: InitArgs) -> Self {
        let language = match args.locales.first().map(Locale::language) {
            Some("fi") => "fi",
            Some("sv") => "sv",
            Some("de") => "de",
            _ => "en",
        };
        let default_locales = || ["fi-FI", "sv-SE", "en-GB"].map(parse_default_locale).to_vec();
        Self {
            name: args.name.unwrap_or_else(|| "My shop".to_owned()),
            language,
            locales: Some(args.locales).filter(|l| !l.is_empty()).unwrap_or_else(default_locales),
            stores: args.stores,
            currency: args.currency.unwrap_or_else(|| {
                Currency::new("EUR").expect("the euro is a currency of ISO 4217")
            }),
            template: args.template.unwrap_or(ShopTemplate::Empty),
        }
    }

    /// Every file of the new shop, by its path.
    fn list_files(&self) -> anyhow::Result<Vec<(&'static str, String)>> {
        let template = self.template.files();
        let example = example::localize_example(template.products, &self.locales)?;
        let mut files = vec![
            ("model.toml", format!("{COMMON_MODEL}{}", template.model)),
            (EXAMPLE_FILE, example),
        ];
        files.extend(COMMON_FILES.map(|(name, text)| (name, text.to_owned())));
        // The last: with it, the folder is a shop.
        files.push(("shop.toml", self.shop_toml()));
        Ok(files)
    }

    fn shop_toml(&self) -> String {
        let quote = |text: &str| toml_string(text);
        let locales: Vec<_> = self.locales.iter().map(|locale| quote(locale.as_str())).collect();
        let mut text = COMMON_SHOP
            .replace("{{name}}", &quote(&self.name))
            .replace("{{language}}", &quote(self.language))
            .replace("{{locales}}", &format!("[{}]", locales.join(", ")))
            .replace("{{currency}}", &quote(self.currency.as_str()));
        let mut location = |code: &str, label: &str, kind: &str| {
            let label = quote(label);
            text.push_str(&format!("\n[locations.{code}]\nlabel = {label}\nkind = \"{kind}\"\n"));
        };
        for store in &self.stores {
            location(&store.quoted_code(), &store.label, "store");
        }
        if self.stores.is_empty() {
            location("store", "Our store", "store");
            location("warehouse", "Warehouse", "warehouse");
        }
        text
    }
}

fn parse_default_locale(tag: &str) -> Locale {
    Locale::new(tag).expect("the default locales are valid")
}

/// A text as TOML writes it.
fn toml_string(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

pub(super) fn create_shop(mut args: InitArgs) -> anyhow::Result<ExitCode> {
    let folder = args.folder.clone();
    if folder.join("shop.toml").exists() {
        bail!("{} is a shop already; `rikaste run {}` runs it", folder.display(), folder.display());
    }
    questions::ask_what_is_missing(&mut args)?;
    check_store_codes(&args.stores)?;
    let new = NewShop::from_args(args);
    write_new_files(&folder, &new.list_files()?)?;
    let shop = ShopFolder::new(&folder);
    for kind in DropKind::ALL {
        let inbox = shop.inbox_folder_for(kind);
        std::fs::create_dir_all(&inbox)
            .with_context(|| format!("{} cannot be made", inbox.display()))?;
    }
    Shop::load_from_folder(&folder)?;
    say!("Made a shop in {}.", folder.display());
    say!(
        "Its name, locales, stores and price lists are in shop.toml, its attributes in model.toml."
    );
    say!("To try it, copy {EXAMPLE_FILE} into inbox/products.");
    say!("Run it with: rikaste run {}", folder.display());
    Ok(ExitCode::SUCCESS)
}

fn check_store_codes(stores: &[NamedStore]) -> anyhow::Result<()> {
    for (index, store) in stores.iter().enumerate() {
        if let Some(twin) = stores[..index].iter().find(|other| other.code == store.code) {
            bail!(
                "two stores have the code {}: {} and {}; give one another, as in CODE={}",
                store.code,
                twin.label,
                store.label,
                store.label
            );
        }
    }
    Ok(())
}

/// Writes the files if none of them is there yet.
fn write_new_files(folder: &Path, files: &[(&str, String)]) -> anyhow::Result<()> {
    if let Some(path) = files.iter().map(|(name, _)| folder.join(name)).find(|path| path.exists()) {
        bail!("{} is there already; move it away, or choose another folder", path.display());
    }
    for (name, text) in files {
        let path = folder.join(name);
        let failed = || format!("{} cannot be written", path.display());
        std::fs::create_dir_all(path.parent().unwrap_or(folder)).with_context(failed)?;
        std::fs::write(&path, text).with_context(failed)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
