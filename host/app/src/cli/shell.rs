//! `rikaste completions` and `rikaste man`: what shells and `man` know of the commands.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, Command, CommandFactory};
use clap_complete::Shell;

use super::Cli;

#[derive(Args)]
pub(super) struct ManArgs {
    /// Write a page for every command into this folder, instead of the first page to standard output
    #[arg(long)]
    dir: Option<PathBuf>,
}

pub(super) fn print_completions(shell: Shell) -> anyhow::Result<ExitCode> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut build_visible_command(), "rikaste", &mut script);
    super::say_text(&String::from_utf8(script).context("the script is no UTF-8")?);
    Ok(ExitCode::SUCCESS)
}

/// The command line without the commands that only the program itself calls.
fn build_visible_command() -> Command {
    let whole = Cli::command();
    let commands = whole.get_subcommands().filter(|command| !command.is_hide_set());
    Command::new("rikaste")
        .version(env!("CARGO_PKG_VERSION"))
        .args(whole.get_arguments())
        .subcommands(commands)
}

pub(super) fn write_manual_pages(args: &ManArgs) -> anyhow::Result<ExitCode> {
    let Some(folder) = &args.dir else {
        let page = render_page(Cli::command())?;
        super::say_text(&String::from_utf8(page).context("the page is no UTF-8")?);
        return Ok(ExitCode::SUCCESS);
    };
    std::fs::create_dir_all(folder)
        .with_context(|| format!("{} cannot be made", folder.display()))?;
    let mut command = Cli::command();
    command.build();
    write_pages_below(&command, "rikaste", folder)?;
    Ok(ExitCode::SUCCESS)
}

/// Writes `rikaste-drop-approve.1` and the like.
fn write_pages_below(command: &Command, name: &str, folder: &Path) -> anyhow::Result<()> {
    let path = folder.join(format!("{name}.1"));
    let page = render_page(command.clone().display_name(name.to_owned()))?;
    std::fs::write(&path, page).with_context(|| format!("{} cannot be written", path.display()))?;
    let commands = command.get_subcommands();
    for below in commands.filter(|below| !below.is_hide_set() && below.get_name() != "help") {
        write_pages_below(below, &format!("{name}-{}", below.get_name()), folder)?;
    }
    Ok(())
}

fn render_page(command: Command) -> anyhow::Result<Vec<u8>> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page).context("the page cannot be made")?;
    Ok(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_a_manual_page() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let args = ManArgs { dir: Some(folder.path().to_owned()) };
        write_manual_pages(&args).expect("written");
        let page = |name: &str| {
            std::fs::read_to_string(folder.path().join(name))
                .unwrap_or_else(|e| panic!("{name}: {e}"))
        };
        assert!(page("rikaste.1").contains("init"));
        assert!(page("rikaste-drop-approve.1").contains("the shop may be running"));
        assert!(!folder.path().join("rikaste-compile-plugin.1").exists());
    }

    #[test]
    fn completions_have_the_commands_that_people_call() {
        let names: Vec<String> = build_visible_command()
            .get_subcommands()
            .map(|command| command.get_name().to_owned())
            .collect();
        assert!(names.iter().any(|name| name == "restore"), "{names:?}");
        assert!(!names.iter().any(|name| name.contains("compile")), "{names:?}");
    }

    #[test]
    fn the_definition_of_the_command_line_holds_together() {
        Cli::command().debug_assert();
    }
}
