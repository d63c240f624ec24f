//! What is logged to standard error, and how.

use std::io::IsTerminal;

use clap::{Args, ValueEnum};
use tracing_subscriber::EnvFilter;

#[derive(Args)]
pub(super) struct LogArgs {
    /// How the log is written: as text, or as JSON with one object a line
    #[arg(long, global = true, value_enum, default_value_t = LogFormat::Text, value_name = "FORMAT")]
    log_format: LogFormat,
    /// How much is logged; RIKASTE_LOG says it more finely [default: info]
    #[arg(long, global = true, value_enum, value_name = "LEVEL")]
    log_level: Option<LogLevel>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LogFormat {
    Text,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LogLevel {
    Error,
    Warn,
    Info,
    Debug,
    Trace,
}

impl LogLevel {
    /// The filter: the program's own messages, and warnings of its libraries.
    fn filter(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warn => "warn",
            Self::Info => "warn,rikaste=info",
            Self::Debug => "warn,rikaste=debug",
            Self::Trace => "warn,rikaste=trace",
        }
    }
}

impl LogArgs {
    /// Begins to log; `default` is what is logged where neither the command line nor the environment says.
    pub(super) fn start_logging(&self, default: &str) {
        let asked = std::env::var("RIKASTE_LOG").ok().filter(|asked| !asked.is_empty());
        let (filter, mistake) = match (self.log_level, asked.as_deref().map(EnvFilter::try_new)) {
            (Some(level), _) => (EnvFilter::new(level.filter()), None),
            (None, Some(Ok(filter))) => (filter, None),
            (None, Some(Err(mistake))) => (EnvFilter::new(default), Some(mistake)),
            (None, None) => (EnvFilter::new(default), None),
        };
        let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let log = tracing_subscriber::fmt()
            .with_env_filter(filter)
            .with_writer(std::io::stderr)
            .with_ansi(std::io::stderr().is_terminal() && !no_color);
        match self.log_format {
            LogFormat::Text => log.with_target(false).init(),
            LogFormat::Json => log.json().flatten_event(true).init(),
        }
        if let Some(mistake) = mistake {
            tracing::warn!("RIKASTE_LOG is no filter, so \"{default}\" counts: {mistake}");
        }
    }
}
