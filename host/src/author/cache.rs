//! Where the machine code of plugins under development is kept.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rikaste_catalog::product::Hash;

/// Builds of a project whose machine code is kept.
const KEPT: usize = 3;

/// The folder for a project: in the user's own cache, because what lies in it is run as it is,
/// and a project may come from anywhere.
#[must_use]
pub fn folder(project: &Path) -> PathBuf {
    let whole = fs::canonicalize(project).unwrap_or_else(|_| project.to_owned());
    let name = Hash::of(whole.as_os_str().as_encoded_bytes()).to_string();
    base().join("rikaste").join("plugins").join(&name[..16])
}

fn base() -> PathBuf {
    let variable = |name: &str| env::var_os(name).map(PathBuf::from).filter(|p| p.is_absolute());
    let home = || variable(if cfg!(windows) { "USERPROFILE" } else { "HOME" });
    let of_system = if cfg!(windows) {
        variable("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        home().map(|home| home.join("Library/Caches"))
    } else {
        variable("XDG_CACHE_HOME").or_else(|| home().map(|home| home.join(".cache")))
    };
    of_system.unwrap_or_else(env::temp_dir)
}

/// Drops the machine code of builds long gone.
///
/// # Errors
/// When the folder cannot be read or a file not removed.
pub fn tidy(folder: &Path) -> io::Result<()> {
    let mut files: Vec<(SystemTime, PathBuf)> = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            files.push((entry.metadata()?.modified()?, entry.path()));
        }
    }
    files.sort();
    let old = files.len().saturating_sub(KEPT);
    files.iter().take(old).try_for_each(|(_, path)| fs::remove_file(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_builds_stay() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for n in 0..5_u64 {
            let file = fs::File::create(folder.path().join(format!("{}", 9 - n))).expect("a file");
            let at = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(n);
            file.set_modified(at).expect("a time");
        }
        tidy(folder.path()).expect("tidied");
        let mut left: Vec<_> = fs::read_dir(folder.path())
            .expect("readable")
            .map(|entry| entry.expect("readable").file_name().into_string().expect("plain"))
            .collect();
        left.sort();
        assert_eq!(left, ["5", "6", "7"]);
    }
}
