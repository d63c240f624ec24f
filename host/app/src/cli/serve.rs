//! `rikaste run`.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;

use super::{RunArgs, ServeArgs, absolute_shop_folder};
use crate::run::{self, RunOptions, StartStage};
use rikaste_http::AccessTokens;
use rikaste_model::shop_folder::ShopFolder;

pub(super) fn run_shop_command(args: &RunArgs) -> anyhow::Result<ExitCode> {
    let root = absolute_shop_folder(&args.shop.shop)?;
    serve_shop(&root, &args.serve, load_tokens(args.tokens.as_deref(), &root)?)
}

/// The tokens of a file that is named, else of the shop's own, if it has one.
fn load_tokens(named: Option<&Path>, root: &Path) -> anyhow::Result<AccessTokens> {
    let own = ShopFolder::new(root).tokens_file();
    let Some(path) = named.or_else(|| own.is_file().then_some(&own)) else {
        return Ok(AccessTokens::new(Vec::<String>::new()));
    };
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("the tokens in {} cannot be read", path.display()))?;
    let lines = text.lines().map(str::trim);
    Ok(AccessTokens::new(lines.filter(|line| !line.starts_with('#'))))
}

/// Runs a shop until the program gets a signal to stop.
pub(super) fn serve_shop(
    root: &Path,
    serve: &ServeArgs,
    tokens: AccessTokens,
) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("the machine gives no threads")?;
    let options =
        RunOptions { address: serve.listen_address(), tokens, auto_enable: serve.auto_enable };
    let inbox = root.join("inbox");
    let on_stage = |stage: StartStage<'_>| match stage {
        StartStage::Listening(address) => {
            tracing::info!("opening the shop, which will be on http://{address}");
        }
        StartStage::Reopened(notices) => {
            notices.iter().for_each(|note| tracing::warn!("{note}"));
            tracing::info!("the shop is open again");
        }
        StartStage::Open(address, notices) => {
            notices.iter().for_each(|note| tracing::warn!("{note}"));
            say!("Rikaste runs on http://{address}");
            say!("  shop    http://{address}/shop");
            say!("  screen  http://{address}/screen");
            say!("  seller  http://{address}/seller");
            say!("Drop files into {}", inbox.display());
            say!("Stop with Ctrl-C.");
        }
    };
    let result = runtime.block_on(run::run_shop(root, options, wait_for_stop_signal(), on_stage));
    // A shop that is only half open when the program is to stop is not waited for.
    runtime.shutdown_background();
    result?;
    Ok(ExitCode::SUCCESS)
}

/// Done when the program gets a signal to stop: Ctrl-C, or that of a service manager.
async fn wait_for_stop_signal() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        tokio::spawn(ignore_hangups());
        let terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
        let Ok(mut terminate) = terminate else { return drop(interrupt.await) };
        tokio::select! {
            _ = interrupt => {}
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    drop(interrupt.await);
}

/// A closed terminal or `systemctl reload` sends SIGHUP, which would end the program.
#[cfg(unix)]
async fn ignore_hangups() {
    let hangups = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::hangup());
    let Ok(mut hangups) = hangups else { return };
    while hangups.recv().await.is_some() {
        tracing::info!(
            "SIGHUP: the shop goes on; it follows changes of its configuration by itself"
        );
    }
}
