//! The commands for whoever writes a plugin.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};

use crate::author::{Language, ProjectName, new};

#[derive(Subcommand)]
pub(in crate::cli) enum AuthorCommand {
    /// Make a plugin's project, which builds and passes its cases as it stands
    New(NewArgs),
}

#[derive(Args)]
pub(in crate::cli) struct NewArgs {
    /// The plugin's name, such as `colour-line`
    name: ProjectName,
    /// What it is written in
    #[arg(long, value_enum)]
    lang: Language,
    /// The project's folder; by default one of the plugin's name
    #[arg(long)]
    into: Option<PathBuf>,
}

pub(super) fn run(command: AuthorCommand) -> anyhow::Result<ExitCode> {
    match command {
        AuthorCommand::New(args) => new(&args),
    }
}

fn new(args: &NewArgs) -> anyhow::Result<ExitCode> {
    let folder = args.into.clone().unwrap_or_else(|| PathBuf::from(args.name.as_str()));
    new::make(&folder, &args.name, args.lang)?;
    say!("Made the plugin {} in {}.", args.name, folder.display());
    say!("Its README.md says what is where. Build it and try it on its cases:");
    say!("");
    say!("    cd {}", folder.display());
    for command in args.lang.preparation() {
        say!("    {command}");
    }
    say!("    rikaste plugin test");
    Ok(ExitCode::SUCCESS)
}
