//! The `rikaste` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    match rikaste::cli::main() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("rikaste: {error:#}");
            ExitCode::FAILURE
        }
    }
}
