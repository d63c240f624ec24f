//! `rikaste plugin`: writing plugins, and running them.

use std::process::ExitCode;

use clap::Subcommand;

use super::say_text;

mod author;
mod dev;
mod diff;
mod list;
mod operator;

#[derive(Subcommand)]
pub(super) enum PluginCommand {
    #[command(flatten)]
    Author(author::AuthorCommand),
    #[command(flatten)]
    Operator(operator::OperatorCommand),
}

pub(super) fn run_plugin_command(command: PluginCommand) -> anyhow::Result<ExitCode> {
    match command {
        PluginCommand::Author(command) => author::run_author_command(command),
        PluginCommand::Operator(command) => operator::run_operator_command(command),
    }
}
