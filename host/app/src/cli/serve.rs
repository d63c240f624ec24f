//! `rikaste run`.

use std::net::IpAddr;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;

use super::{RunArgs, ServeArgs, absolute_shop_folder};
use crate::run::{self, RunOptions, StartStage};
use rikaste_http::AccessTokens;
use rikaste_model::shop_folder::ShopFolder;

pub(super) fn run_shop_command(args: &RunArgs) -> anyhow::Result<ExitCode> {
    let root = absolute_shop_folder(&args.shop.shop)?;
    let tokens = find_tokens(args.tokens.as_deref(), &root, args.serve.host)?;
    serve_shop(&root, &args.serve, tokens)
}

/// The tokens of the shop, and those of a file that is named.
fn find_tokens(named: Option<&Path>, root: &Path, host: IpAddr) -> anyhow::Result<AccessTokens> {
    let folder = ShopFolder::new(root);
    if let Some(path) = named {
        // Without it nobody could come in, and a wrong path is easily typed.
        std::fs::metadata(path)
            .with_context(|| format!("the tokens in {} cannot be read", path.display()))?;
    }
    let plain = named.map_or_else(|| folder.tokens_file(), Path::to_path_buf);
    Ok(AccessTokens::from_files(folder.named_tokens_file(), plain, host.is_loopback()))
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
    let is_open = options.tokens.is_open();
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
            if is_open {
                say!(
                    "The shop has no token: whoever uses this machine may see and change everything."
                );
                say!("Behind a proxy, or for others, make one: rikaste token new NAME");
            }
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
