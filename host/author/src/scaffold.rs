//! A new plugin's project: a small real plugin in the language of choice, its cases, and the SDK.

use std::io;
use std::path::{Path, PathBuf};

use include_dir::{Dir, DirEntry, include_dir};

use super::project::{ProjectKind, ProjectLanguage, ProjectName};

/// A folder for each language, `cases`, which are the same for all, and what is different in an
/// importer in Rust.
static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates/plugin");
static CONTRACT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../wit/0.1.0");
static RUST_SDK: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../plugin-sdk/src");
static JS_SDK: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../plugin-sdk/js");
static PYTHON_SDK: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../plugin-sdk/python");
const RUST_SDK_MANIFEST: &str = include_str!("../../../plugin-sdk/Cargo.toml");

/// Why there is no project.
#[derive(Debug, thiserror::Error)]
pub enum ScaffoldError {
    /// Something is in the folder.
    #[error("{} is not empty; choose another folder with --into", .0.display())]
    NotEmpty(PathBuf),
    /// There is no template.
    #[error(
        "there is a template for importers in Rust only: --lang rust; other languages build one from wit/0.1.0/importer.wit"
    )]
    RustOnly,
    /// A file cannot be written.
    #[error("{}: {source}", path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// The error of the file system.
        source: io::Error,
    },
}

/// Writes a project into a folder that is empty or not there.
///
/// # Errors
/// When something is there already, or the folder cannot be written to.
pub fn create_project(
    folder: &Path,
    name: &ProjectName,
    language: ProjectLanguage,
    purpose: ProjectKind,
) -> Result<(), ScaffoldError> {
    if purpose == ProjectKind::Importer && language != ProjectLanguage::Rust {
        return Err(ScaffoldError::RustOnly);
    }
    let failed = |source| ScaffoldError::Write { path: folder.to_owned(), source };
    match folder.read_dir().map(|mut entries| entries.next().is_none()) {
        Ok(true) => {}
        Ok(false) => return Err(ScaffoldError::NotEmpty(folder.to_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(failed(error)),
    }
    let project = ProjectWriter { folder, name };
    project.write_template(language.template_folder(), "")?;
    match purpose {
        ProjectKind::Enricher => project.write_template("cases", "cases")?,
        ProjectKind::Importer => project.write_template("rust-importer", "")?,
    }
    match language {
        ProjectLanguage::Rust => {
            project.write_folder(&CONTRACT, "sdk/wit/0.1.0")?;
            project.write_folder(&RUST_SDK, "sdk/plugin-sdk/src")?;
            project.write_file(
                "sdk/plugin-sdk/Cargo.toml",
                strip_dev_dependencies(RUST_SDK_MANIFEST).as_bytes(),
            )
        }
        ProjectLanguage::Js => {
            project.write_folder(&JS_SDK, "sdk")?;
            project.write_folder(&CONTRACT, "wit")
        }
        ProjectLanguage::Python => {
            project.write_folder(&PYTHON_SDK, "sdk")?;
            project.write_folder(&CONTRACT, "wit")
        }
    }
}

/// The SDK's manifest outside its workspace: without what only its own tests need.
fn strip_dev_dependencies(manifest: &str) -> &str {
    manifest.split("[dev-dependencies]").next().unwrap_or(manifest)
}

struct ProjectWriter<'a> {
    folder: &'a Path,
    name: &'a ProjectName,
}

impl ProjectWriter<'_> {
    /// A template's files under `to`, with the project's name in them.
    fn write_template(&self, from: &str, to: &str) -> Result<(), ScaffoldError> {
        let folder = TEMPLATES.get_dir(from).expect("there is a template for every language");
        for (path, contents) in list_files(folder) {
            let inside = path.strip_prefix(from).expect("it is in this folder");
            // What other tools take for a project of their own is kept under another name here.
            let inside = inside.to_str().expect("templates have plain names");
            let inside = inside.strip_suffix(".in").unwrap_or(inside);
            let text = std::str::from_utf8(contents).expect("templates are text");
            let text = text
                .replace("{{name}}", self.name.as_str())
                .replace("{{attribute}}", &self.name.attribute_code());
            self.write_file(Path::new(to).join(inside), text.as_bytes())?;
        }
        Ok(())
    }

    /// Files as they are, under `to`.
    fn write_folder(&self, folder: &Dir<'_>, to: &str) -> Result<(), ScaffoldError> {
        for (path, contents) in list_files(folder) {
            self.write_file(Path::new(to).join(path), contents)?;
        }
        Ok(())
    }

    fn write_file(&self, path: impl AsRef<Path>, contents: &[u8]) -> Result<(), ScaffoldError> {
        let path = self.folder.join(path);
        let written = std::fs::create_dir_all(path.parent().unwrap_or(self.folder))
            .and_then(|()| std::fs::write(&path, contents));
        written.map_err(|source| ScaffoldError::Write { path, source })
    }
}

fn list_files<'d>(folder: &'d Dir<'d>) -> Vec<(&'d Path, &'d [u8])> {
    let mut files = Vec::new();
    for entry in folder.entries() {
        match entry {
            DirEntry::Dir(inner) => files.extend(list_files(inner)),
            DirEntry::File(file) => files.push((file.path(), file.contents())),
        }
    }
    files
}

impl ProjectLanguage {
    fn template_folder(self) -> &'static str {
        match self {
            Self::Rust => "rust",
            Self::Js => "js",
            Self::Python => "python",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_project_has_all_that_it_needs() {
        for (language, needs) in [
            (ProjectLanguage::Rust, ["Cargo.toml", "src/lib.rs", "sdk/wit/0.1.0/plugin.wit"]),
            (ProjectLanguage::Js, ["package.json", "sdk/rikaste-plugin.d.ts", "wit/plugin.wit"]),
            (
                ProjectLanguage::Python,
                ["pyproject.toml", "sdk/rikaste_plugin/py.typed", "wit/plugin.wit"],
            ),
        ] {
            let folder = tempfile::tempdir().expect("a temporary folder");
            let project = folder.path().join("my-badge");
            let name = ProjectName::new("my-badge").expect("a name");
            create_project(&project, &name, language, ProjectKind::Enricher).expect("made");
            let there = |path: &str| project.join(path).exists();
            for path in ["README.md", ".gitignore", "cases/complete/expected.json"] {
                assert!(there(path), "{language:?} has no {path}");
            }
            assert!(needs.into_iter().all(there), "{language:?} lacks one of {needs:?}");
            for path in walk(&project) {
                let text = std::fs::read_to_string(&path).expect("text");
                assert!(!text.contains("{{"), "{} is not filled in", path.display());
            }
            let again = create_project(&project, &name, language, ProjectKind::Enricher);
            assert!(matches!(again, Err(ScaffoldError::NotEmpty(_))));
        }
    }

    #[test]
    fn an_importer_is_made_in_rust() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let project = folder.path().join("my-files");
        let name = ProjectName::new("my-files").expect("a name");
        let other = create_project(&project, &name, ProjectLanguage::Js, ProjectKind::Importer);
        assert!(matches!(other, Err(ScaffoldError::RustOnly)));
        create_project(&project, &name, ProjectLanguage::Rust, ProjectKind::Importer)
            .expect("made");
        let source = std::fs::read_to_string(project.join("src/lib.rs")).expect("there");
        assert!(source.contains("export_importer!") && !project.join("cases").exists());
        assert!(project.join("sdk/wit/0.1.0/importer.wit").exists());
    }

    fn walk(folder: &Path) -> Vec<PathBuf> {
        let mut files = Vec::new();
        for entry in std::fs::read_dir(folder).expect("readable") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                let is_sdk = path.ends_with("sdk");
                files.extend(walk(&path).into_iter().filter(|_| !is_sdk));
            } else {
                files.push(path);
            }
        }
        files
    }

    /// Outside the workspace nothing can be inherited from it, and inside both say the same.
    #[test]
    fn the_sdk_stands_alone() {
        let alone: toml::Table = strip_dev_dependencies(RUST_SDK_MANIFEST).parse().expect("TOML");
        assert!(!strip_dev_dependencies(RUST_SDK_MANIFEST).contains("workspace ="));
        assert!(!strip_dev_dependencies(RUST_SDK_MANIFEST).contains(".workspace"));
        let keys: Vec<&str> = alone.keys().map(String::as_str).collect();
        assert_eq!(keys, ["dependencies", "features", "package"]);
        let workspace: toml::Table = include_str!("../../../Cargo.toml").parse().expect("TOML");
        let workspace = &workspace["workspace"];
        for key in ["version", "edition", "rust-version", "license", "publish"] {
            assert_eq!(alone["package"][key], workspace["package"][key], "{key}");
        }
        let version =
            |dependency: &toml::Value| dependency.get("version").unwrap_or(dependency).clone();
        for (name, dependency) in alone["dependencies"].as_table().expect("a table") {
            assert_eq!(version(dependency), version(&workspace["dependencies"][name]), "{name}");
        }
    }
}
