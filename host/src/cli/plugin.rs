//! `rikaste plugin`: writing, building and trying plugins.

use std::process::ExitCode;

use clap::Subcommand;

mod author;

#[derive(Subcommand)]
pub(super) enum PluginCommand {
    #[command(flatten)]
    Author(author::AuthorCommand),
}

pub(super) fn run(command: PluginCommand) -> anyhow::Result<ExitCode> {
    match command {
        PluginCommand::Author(command) => author::run(command),
    }
}
