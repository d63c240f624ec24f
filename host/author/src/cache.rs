//! Where the machine code of plugins under development is kept.

use std::env;
use std::path::PathBuf;

/// A folder for all projects of this user, in the user's own cache: projects come and go, and
/// what is in the folder is nobody else's to write to.
#[must_use]
pub fn code_cache_folder() -> PathBuf {
    let variable = |name: &str| env::var_os(name).map(PathBuf::from).filter(|p| p.is_absolute());
    let home = || variable(if cfg!(windows) { "USERPROFILE" } else { "HOME" });
    let of_system = if cfg!(windows) {
        variable("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        home().map(|home| home.join("Library/Caches"))
    } else {
        variable("XDG_CACHE_HOME").or_else(|| home().map(|home| home.join(".cache")))
    };
    of_system.unwrap_or_else(env::temp_dir).join("rikaste").join("plugins")
}
