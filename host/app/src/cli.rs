//! The command line.
//!
//! Exit codes: 0 done, 1 it failed or (`verify`) something differs, 2 the command was typed
//! wrong, 3 (`import`, `drop approve`) a file was rejected whole, or held.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Context;
use clap::{Args, Parser, Subcommand};
use rikaste_model::product::DropId;
use rikaste_model::record::DropKind;
use rikaste_model::release::ReleaseNumber;
use rikaste_model::shop_request::UndoTarget;

use rikaste_runtime::compile;

/// Prints a line. A reader that is gone (`rikaste release list | head`) is no failure.
macro_rules! say {
    ($($text:tt)*) => {
        $crate::cli::say_text(&format!("{}\n", format_args!($($text)*)))
    };
}

mod api_client;
mod attribute;
mod backup;
mod demo;
mod drops;
mod explanation;
mod import;
mod init;
mod logging;
mod maintenance;
mod mapping;
mod plugin;
mod release_diff;
mod serve;
mod shell;
mod token;
mod undo;

/// Where a shop is served, unless somebody says something else.
const DEFAULT_PORT: u16 = 7300;

/// How often a command asks the store of a running shop. SQLite wakes no other process.
const POLL_INTERVAL: Duration = Duration::from_millis(50);

/// Turns the product files dropped into a folder into one consistent feed for every channel.
#[derive(Parser)]
#[command(
    name = "rikaste",
    version,
    max_term_width = 100,
    after_help = "\
Start with `rikaste demo`: it makes a demo shop and serves it on http://127.0.0.1:7300.
A shop of your own: `rikaste init my-shop`, then `rikaste run my-shop`, then drop files into my-shop/inbox.

Exit codes: 0 done; 1 failed, or `verify` found a difference; 2 the command was typed wrong;
3 `import` or `drop approve` rejected a file whole, or holds it."
)]
struct Cli {
    #[command(subcommand)]
    command: CliCommand,
    #[command(flatten)]
    log: logging::LogArgs,
}

#[derive(Subcommand)]
enum CliCommand {
    /// Make a demo shop, if there is none yet, and run it
    Demo(DemoArgs),
    /// Make a shop of your own in a folder
    Init(init::InitArgs),
    /// Run a shop: watch its inbox, serve its channels
    Run(RunArgs),
    /// Import files into a shop that is not running
    Import(ImportArgs),
    /// List columns of dropped files that the shop has no attribute for, and add them
    Attribute {
        #[command(subcommand)]
        command: attribute::AttributeCommand,
    },
    /// List files that await an answer, approve or refuse one, or take back what one said
    Drop {
        #[command(subcommand)]
        command: DropCommand,
    },
    /// Say who may read what is not public: make, list and revoke tokens
    Token {
        #[command(subcommand)]
        command: token::TokenCommand,
    },
    /// Search a channel
    Search(SearchArgs),
    /// Explain a product: every value, its origin and its fallbacks
    Explain(ExplainArgs),
    /// List releases, show what changed, or roll back to one
    Release {
        #[command(subcommand)]
        command: ReleaseCommand,
    },
    /// Write, build and try plugins
    Plugin {
        #[command(subcommand)]
        command: plugin::PluginCommand,
    },
    /// Check store, search index, projections and photos against each other
    Verify(ShopArgs),
    /// Rebuild everything derived: search index, projections, compiled plugins
    Rebuild(ShopArgs),
    /// Copy a shop, also while it runs, to a folder or ZIP file that can be restored
    Backup(backup::BackupArgs),
    /// Make a shop of a backup, in an empty folder
    Restore(backup::RestoreArgs),
    /// Print the completions of a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man(shell::ManArgs),
    /// Compile a plugin from standard input to standard output; the program runs itself with this
    #[command(hide = true)]
    CompilePlugin(compile::CompileArgs),
}

#[derive(Args)]
struct ShopArgs {
    /// The shop's folder
    #[arg(default_value = ".")]
    shop: PathBuf,
}

#[derive(Args)]
struct ServeArgs {
    /// The port to serve on; 0 takes a free one
    #[arg(long, default_value_t = DEFAULT_PORT)]
    port: u16,
    /// The address to serve on; any other than loopback lets the network read what is public
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
    /// Run every plugin in `plugins/` without `rikaste plugin enable`: for development
    #[arg(long)]
    auto_enable: bool,
}

#[derive(Args)]
struct DemoArgs {
    #[command(flatten)]
    serve: ServeArgs,
    /// The demo shop's folder; it is created the first time and kept
    #[arg(long, default_value = "rikaste-demo")]
    data: PathBuf,
}

#[derive(Args)]
struct RunArgs {
    #[command(flatten)]
    shop: ShopArgs,
    #[command(flatten)]
    serve: ServeArgs,
    /// A file with one bearer token a line, each of which opens everything, beside the tokens of
    /// `rikaste token` [default: the shop's `.rikaste/tokens`, if it is there]
    #[arg(long)]
    tokens: Option<PathBuf>,
}

#[derive(Args)]
struct ImportArgs {
    /// The files to import
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The shop's folder
    #[arg(long, default_value = ".")]
    shop: PathBuf,
    /// The kind of the files; by default the name of their folder, else products
    #[arg(long, value_parser = parse_drop_kind)]
    kind: Option<DropKind>,
    /// Show what would come of it, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Explain how each file is read, column by column; the shop may be running
    #[arg(long)]
    explain: bool,
    /// Write a mapping to begin from; the shop may be running
    #[arg(long, conflicts_with = "explain")]
    draft_mapping: bool,
    /// Print receipts as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
struct SearchArgs {
    /// The words to search for; the last one may be unfinished
    words: Vec<String>,
    /// The shop's folder
    #[arg(long, default_value = ".")]
    shop: PathBuf,
    /// The channel; by default the shop's first
    #[arg(long)]
    channel: Option<String>,
    /// The locale; by default the channel's first
    #[arg(long)]
    locale: Option<String>,
    /// How many products to show
    #[arg(long, default_value_t = 10)]
    limit: usize,
    /// Print the channel's documents as JSON Lines
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
struct ExplainArgs {
    /// The product's SKU
    sku: String,
    /// The shop's folder
    #[arg(long, default_value = ".")]
    shop: PathBuf,
    /// As on this date (2026-12-24) or minute (2026-12-24T08:00)
    #[arg(long)]
    as_of: Option<String>,
    /// Print it as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Subcommand)]
enum DropCommand {
    /// List the files that await approval
    List {
        /// The shop's folder
        #[arg(long, default_value = ".")]
        shop: PathBuf,
    },
    /// Import a file although many products go; the shop may be running
    Approve {
        /// The file, as its receipt calls it: products/range.csv
        file: String,
        /// The shop's folder
        #[arg(long, default_value = ".")]
        shop: PathBuf,
    },
    /// Import nothing of a file that awaits an answer; the shop may be running
    Refuse {
        /// The file, as its receipt calls it: products/range.csv
        file: String,
        /// The shop's folder
        #[arg(long, default_value = ".")]
        shop: PathBuf,
    },
    /// Take back what a drop said, while later drops stay; the shop may be running
    Undo {
        /// The number of the drop, which is that of its receipt
        id: u32,
        /// The shop's folder
        #[arg(long, default_value = ".")]
        shop: PathBuf,
        /// Do it without asking
        #[arg(long)]
        yes: bool,
    },
}

#[derive(Subcommand)]
enum ReleaseCommand {
    /// List the latest releases, newest first
    List {
        #[command(flatten)]
        shop: ShopArgs,
        /// How many to list
        #[arg(long, default_value_t = 20)]
        limit: u32,
    },
    /// Show what changed between two releases: old and new values by product
    Diff {
        /// The earlier release
        since: u64,
        /// The later one
        release: u64,
        #[command(flatten)]
        shop: ShopArgs,
        /// Print it as JSON Lines, a product a line
        #[arg(long)]
        json: bool,
    },
    /// Bring back an earlier release, as a new one; the shop may be running
    Rollback {
        /// The number of the release
        number: ReleaseNumber,
        #[command(flatten)]
        shop: ShopArgs,
        /// Do it without asking
        #[arg(long)]
        yes: bool,
    },
}

fn parse_drop_kind(text: &str) -> Result<DropKind, String> {
    DropKind::from_folder(text).ok_or_else(|| {
        let known = DropKind::ALL.map(DropKind::folder).join(", ");
        format!("it is one of {known}")
    })
}

/// Does what the command line says.
///
/// # Errors
/// When it cannot; the message is for the person who typed.
pub fn main() -> anyhow::Result<ExitCode> {
    let cli = Cli::parse();
    cli.log.start_logging(cli.command.default_log_filter());
    compile::register_compile_command();
    match cli.command {
        CliCommand::Demo(args) => demo::run_demo(&args),
        CliCommand::Init(args) => init::create_shop(args),
        CliCommand::Run(args) => serve::run_shop_command(&args),
        CliCommand::Import(args) if args.explain || args.draft_mapping => {
            mapping::explain_files(&args)
        }
        CliCommand::Import(args) => import::import_files(&args),
        CliCommand::Attribute { command } => attribute::run_attribute_command(&command),
        CliCommand::Drop { command: DropCommand::List { shop } } => {
            drops::list_awaiting_approval(&shop)
        }
        CliCommand::Drop { command: DropCommand::Approve { file, shop } } => {
            drops::approve_drop(&shop, &file)
        }
        CliCommand::Drop { command: DropCommand::Refuse { file, shop } } => {
            drops::refuse_drop(&shop, &file)
        }
        CliCommand::Drop { command: DropCommand::Undo { id, shop, yes } } => {
            undo::undo(&shop, UndoTarget::Drop(DropId(id)), yes)
        }
        CliCommand::Token { command } => token::run_token_command(&command),
        CliCommand::Search(args) => api_client::search_products(&args),
        CliCommand::Explain(args) => api_client::explain_product(&args),
        CliCommand::Release { command: ReleaseCommand::List { shop, limit } } => {
            maintenance::list_releases(&shop.shop, limit)
        }
        CliCommand::Release { command: ReleaseCommand::Diff { since, release, shop, json } } => {
            release_diff::print_changes(&shop.shop, [since, release], json)
        }
        CliCommand::Release { command: ReleaseCommand::Rollback { number, shop, yes } } => {
            undo::undo(&shop.shop, UndoTarget::Release(number), yes)
        }
        CliCommand::Plugin { command } => plugin::run_plugin_command(command),
        CliCommand::Verify(args) => maintenance::verify_shop(&args.shop),
        CliCommand::Rebuild(args) => maintenance::rebuild_shop(&args.shop),
        CliCommand::Backup(args) => backup::back_up_shop(&args),
        CliCommand::Restore(args) => backup::restore_shop(&args),
        CliCommand::Completions { shell } => shell::print_completions(shell),
        CliCommand::Man(args) => shell::write_manual_pages(&args),
        CliCommand::CompilePlugin(args) => Ok(compile::run_compile_child(args)?),
    }
}

impl CliCommand {
    /// What is logged, unless the environment says something else.
    fn default_log_filter(&self) -> &'static str {
        match self {
            // Its report has the plugin's log, once and not for each time that a case runs.
            Self::Plugin { .. } => "warn,rikaste_runtime::host=off",
            _ => "warn,rikaste=info",
        }
    }
}

impl ServeArgs {
    fn listen_address(&self) -> SocketAddr {
        SocketAddr::new(self.host, self.port)
    }
}

fn say_text(text: &str) {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// The folder, if a shop is in it.
fn absolute_shop_folder(folder: &std::path::Path) -> anyhow::Result<PathBuf> {
    std::path::absolute(folder).with_context(|| format!("{} is not a folder", folder.display()))
}

/// Asks the store of a running shop until it has an answer. `None` when the time is over.
fn poll_until<T>(
    timeout: Duration,
    mut ask: impl FnMut() -> anyhow::Result<Option<T>>,
) -> anyhow::Result<Option<T>> {
    let began = Instant::now();
    loop {
        let answer = ask()?;
        if answer.is_some() || began.elapsed() > timeout {
            return Ok(answer);
        }
        std::thread::sleep(POLL_INTERVAL);
    }
}
