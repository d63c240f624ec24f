//! `rikaste token`: who may read what is not public, and who may change the shop.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::bail;
use clap::Subcommand;
use rikaste_http::{AccessScope, TokenFile};
use rikaste_model::moment::Moment;
use rikaste_model::shop::Shop;
use rikaste_model::shop_folder::ShopFolder;

use super::{DEFAULT_PORT, absolute_shop_folder};

#[derive(Subcommand)]
pub(super) enum TokenCommand {
    /// Make a token, and print a link that signs a browser in
    New {
        /// Whose it is: a person, a store, a program
        name: String,
        /// What it opens: read (all that is read), manage (and what changes the shop), channel:CODE (one private
        /// channel); several with commas
        #[arg(long = "for", value_delimiter = ',', default_value = "read")]
        scopes: Vec<AccessScope>,
        /// Where browsers reach the shop [default: `url` under `[web]` of shop.toml, or this machine]
        #[arg(long)]
        url: Option<String>,
        /// The shop's folder
        #[arg(long, default_value = ".")]
        shop: PathBuf,
    },
    /// The tokens, and what each opens
    List {
        /// The shop's folder
        #[arg(long, default_value = ".")]
        shop: PathBuf,
    },
    /// Have a token open nothing any more; a running shop knows within a second
    Revoke {
        /// Its name
        name: String,
        /// The shop's folder
        #[arg(long, default_value = ".")]
        shop: PathBuf,
    },
}

fn default_address() -> String {
    format!("http://{}", SocketAddr::from((Ipv4Addr::LOCALHOST, DEFAULT_PORT)))
}

pub(super) fn run_token_command(command: &TokenCommand) -> anyhow::Result<ExitCode> {
    match command {
        TokenCommand::New { name, scopes, url, shop } => {
            create_token(shop, name, scopes, url.as_deref())
        }
        TokenCommand::List { shop } => list_tokens(shop),
        TokenCommand::Revoke { name, shop } => revoke_token(shop, name),
    }
}

fn create_token(
    shop: &Path,
    name: &str,
    scopes: &[AccessScope],
    url: Option<&str>,
) -> anyhow::Result<ExitCode> {
    let root = absolute_shop_folder(shop)?;
    let loaded = Shop::load_from_folder(&root)?;
    for scope in scopes {
        if let AccessScope::Channel(code) = scope
            && loaded.find_channel(code.as_str()).is_none()
        {
            let known: Vec<&str> = loaded.channels.iter().map(|it| it.code.as_str()).collect();
            bail!("the shop has no channel \"{code}\"; it has {}", known.join(", "));
        }
    }
    if name.trim().is_empty() || name.chars().any(char::is_control) {
        bail!("the token needs a name without control characters, such as \"store in Oulu\"");
    }
    let path = ShopFolder::new(&root).named_tokens_file();
    let mut file = TokenFile::load(&path)?;
    let is_first = file.tokens.is_empty();
    let new = file.add_token(name.trim(), scopes.to_vec(), Moment::now())?;
    file.save(&path)?;
    say!("The token \"{}\" opens {}. It is shown only now:", name.trim(), join_scopes(scopes));
    say!("  {}", new.text);
    say!("This link signs a browser in:");
    say!("  {}#{}", sign_in_address(&loaded, url), new.text);
    if is_first {
        say!("From now on the shop asks everybody for a token, callers on this machine too.");
    }
    Ok(ExitCode::SUCCESS)
}

/// Where a browser signs in: at the address that is named, or the shop's, or this machine's.
fn sign_in_address(shop: &Shop, named: Option<&str>) -> String {
    match named {
        Some(url) => format!("{}/sign-in", url.trim_end_matches('/')),
        None => shop
            .web
            .absolute_url("/sign-in")
            .unwrap_or_else(|| format!("{}/sign-in", default_address())),
    }
}

fn list_tokens(shop: &Path) -> anyhow::Result<ExitCode> {
    let folder = ShopFolder::new(absolute_shop_folder(shop)?);
    let file = TokenFile::load(&folder.named_tokens_file())?;
    for token in &file.tokens {
        say!("{}  {}  {}", token.name, join_scopes(&token.scopes), token.created);
    }
    if file.tokens.is_empty() {
        say!("The shop has no token with a name; `rikaste token new NAME` makes one.");
    }
    if folder.tokens_file().is_file() {
        say!("Beside these, each line of {} opens everything.", folder.tokens_file().display());
    }
    Ok(ExitCode::SUCCESS)
}

fn revoke_token(shop: &Path, name: &str) -> anyhow::Result<ExitCode> {
    let path = ShopFolder::new(absolute_shop_folder(shop)?).named_tokens_file();
    let mut file = TokenFile::load(&path)?;
    if !file.remove_token(name) {
        let known: Vec<&str> = file.tokens.iter().map(|token| token.name.as_str()).collect();
        match known.as_slice() {
            [] => bail!("there is no token \"{name}\"; the shop has none"),
            known => bail!("there is no token \"{name}\"; there is {}", known.join(", ")),
        }
    }
    let is_last = file.tokens.is_empty();
    file.save(&path)?;
    say!("The token \"{name}\" opens nothing any more.");
    if is_last {
        say!(
            "It was the last: a shop that listens on loopback only is open to this machine again."
        );
    }
    Ok(ExitCode::SUCCESS)
}

fn join_scopes(scopes: &[AccessScope]) -> String {
    scopes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
