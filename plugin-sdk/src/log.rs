//! Lines in the plugin's log on the host. For what concerns one product, propose a diagnostic
//! instead: it travels to the receipt of the file that the product came in.

use std::sync::Once;

use crate::Severity;

/// What is good to know.
pub fn info(message: &str) {
    write_line(Severity::Info, message);
}

/// What someone should look at.
pub fn warning(message: &str) {
    write_line(Severity::Warning, message);
}

/// What kept the plugin from its work.
pub fn error(message: &str) {
    write_line(Severity::Error, message);
}

#[cfg(target_family = "wasm")]
fn write_line(severity: Severity, message: &str) {
    crate::bindings::rikaste::plugin::log::write(severity, message);
}

#[cfg(not(target_family = "wasm"))]
fn write_line(severity: Severity, message: &str) {
    eprintln!("{severity:?}: {message}");
}

/// Sends a panic's message and place to the host before the trap, which itself says neither.
#[doc(hidden)]
pub fn report_panics() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        std::panic::set_hook(Box::new(|panic| error(&panic.to_string())));
    });
}
