//! Names, descriptions and badges that hold for a season.
//!
//! The operator writes seasons with a start and an end, and templates for each locale. A product
//! of a season gets the filled-in texts with the season's window, so the feed changes by itself at
//! the boundary and changes back at the end, and any date can be looked at beforehand. Where
//! seasons overlap, the one that started last holds.
//!
//! A template is filled in whole or not at all: where a value is missing in a locale, that text is
//! not proposed there, and that is reported. Nothing is ever appended to a value, because in Finnish,
//! and not only there, a word changes when it takes an ending; `{name}n` is refused.
//!
//! ```toml
//! [[seasons]]
//! code = "winter-2026"
//! start = "2026-11-15"          # included
//! end = "2027-01-07"            # excluded
//! families = ["jacket"]         # and, or without it, categories = ["outerwear"]
//! badge.fi-FI = "Talven suosikki"
//! description.fi-FI = "{description}\n\nTuote {name} kuuluu talven mallistoon."
//! ```

mod date;
mod plugin;
mod season;
mod template;

pub use plugin::SeasonalCopy;

rikaste_plugin::export!(SeasonalCopy);
