//! Real exports, where they are at hand.

use std::path::{Path, PathBuf};

/// A folder of data that is not the project's own. Where it is missing, the test that wants it
/// says so and does nothing.
pub(super) fn shared_data(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data").join(name);
    if path.is_dir() {
        return Some(path);
    }
    println!("skipped: {} is not here", path.display());
    None
}
