//! What a project is built of, so that what is built already is not built again: the compilers of
//! JavaScript and Python give other bytes each time, and other bytes are another plugin, whose
//! machine code takes a while to make.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rikaste_model::product::ContentHash;

use super::project::PluginProject;

/// Folders of a project that its component does not come from: what is made, what is installed,
/// and what it is tried on.
const NON_SOURCE_FOLDERS: [&str; 8] =
    ["dist", "target", "node_modules", "cases", "__pycache__", "test", "tests", "venv"];

/// Whether a file of a project is one that its component is built of. Hidden ones are not.
#[must_use]
pub fn is_source(folder: &Path, file: &Path) -> bool {
    let inside = file.strip_prefix(folder).unwrap_or(file);
    inside.components().all(|part| {
        let name = part.as_os_str().to_string_lossy();
        !(name.starts_with('.') && name != "."
            || NON_SOURCE_FOLDERS.contains(&&*name)
            || name.ends_with('~'))
    })
}

/// Whether a change of a file is a reason to build and try the project again.
#[must_use]
pub fn is_watched(folder: &Path, file: &Path) -> bool {
    let cases = folder.join("cases");
    // Cargo writes it while it builds.
    if file == folder.join("Cargo.lock") {
        return false;
    }
    // A hidden file in a case is an editor's.
    if file.starts_with(&cases) { is_source(&cases, file) } else { is_source(folder, file) }
}

/// The hash of a project's sources.
fn hash_sources(folder: &Path) -> io::Result<ContentHash> {
    let mut files = Vec::new();
    collect_sources(folder, folder, &mut files)?;
    files.sort();
    let mut hasher = blake3::Hasher::new();
    for file in files {
        let name = file.strip_prefix(folder).unwrap_or(&file).as_os_str().as_encoded_bytes();
        let contents = fs::read(&file)?;
        for part in [name, &contents] {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
    }
    Ok(ContentHash(*hasher.finalize().as_bytes()))
}

fn collect_sources(project: &Path, folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if !is_source(project, &path) {
            continue;
        }
        if path.is_dir() {
            collect_sources(project, &path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

/// What a component was built of, kept beside it.
#[derive(Debug)]
pub struct BuildStamp {
    path: PathBuf,
    sources: ContentHash,
}

impl BuildStamp {
    /// Of the project as it is now.
    ///
    /// # Errors
    /// When its files cannot be read.
    pub fn from_project(project: &PluginProject) -> io::Result<Self> {
        let path = project.component_path().with_extension("built");
        Ok(Self { path, sources: hash_sources(project.folder())? })
    }

    /// Whether the component is of these sources.
    #[must_use]
    pub fn is_current(&self, component: &Path) -> bool {
        let kept = fs::read_to_string(&self.path);
        kept.is_ok_and(|kept| self.format_stamp(component).is_ok_and(|text| text == kept))
    }

    /// Says that the component is of these sources.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write_for_component(&self, component: &Path) -> io::Result<()> {
        fs::write(&self.path, self.format_stamp(component)?)
    }

    fn format_stamp(&self, component: &Path) -> io::Result<String> {
        Ok(format!(
            "sources {}\ncomponent {}\n",
            self.sources,
            ContentHash::hash_bytes(&fs::read(component)?)
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_it_is_built_of_makes_it_another() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("inside")).expect("a folder");
            fs::write(path, text).expect("a file");
        };
        write("package.json", "{\"name\": \"x\"}");
        write("src/plugin.js", "1");
        write("dist/x.wasm", "wasm");
        let project = PluginProject::find_in_folder(folder.path()).expect("a project");
        let component = project.component_path();
        let holds = || BuildStamp::from_project(&project).expect("readable").is_current(&component);
        assert!(!holds());
        BuildStamp::from_project(&project)
            .expect("readable")
            .write_for_component(&component)
            .expect("written");
        assert!(holds());
        write("cases/a/products.json", "[]");
        write("node_modules/a/index.js", "1");
        write("src/.plugin.js.swp", "1");
        assert!(holds());
        write("src/plugin.js", "2");
        assert!(!holds());
        write("src/plugin.js", "1");
        write("dist/x.wasm", "another");
        assert!(!holds());
    }
}
