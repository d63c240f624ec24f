//! What a plugin's project is called and written in.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use rikaste_model::code::PluginName;
use serde::Deserialize;

/// A plugin's name: lower-case words of letters and digits, joined by hyphens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectName(String);

/// What a plugin is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum ProjectLanguage {
    /// Rust.
    Rust,
    /// JavaScript.
    Js,
    /// Python.
    Python,
}

/// What a plugin is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum ProjectKind {
    /// Values for products.
    Enricher,
    /// Files of a format.
    Importer,
}

/// A plugin's sources in a folder.
#[derive(Debug, Clone)]
pub struct PluginProject {
    folder: PathBuf,
    name: PluginName,
    language: ProjectLanguage,
}

/// Why there is no project in a folder.
#[derive(Debug, thiserror::Error)]
pub enum ProjectError {
    /// None of the files that say so.
    #[error(
        "{} has no Cargo.toml, package.json or pyproject.toml; `rikaste plugin new` makes a project",
        .0.display()
    )]
    NoProject(PathBuf),
    /// The file is not what it should be.
    #[error("{}: {reason}", path.display())]
    File {
        /// The file of the project.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
}

/// Why a text is no name for a plugin.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// It is written in another way.
    #[error(
        "a plugin's name is lower-case words of letters and digits joined by hyphens, at most {LONGEST} characters, such as `colour-line`"
    )]
    Form,
    /// A plugin that comes with the program has it.
    #[error("a plugin of this name comes with the program; choose another")]
    Bundled,
    /// It means something to a compiler.
    #[error("the word means something to the Rust compiler; choose another, such as `my-{0}`")]
    Reserved(String),
}

const LONGEST: usize = 60;

/// Keywords of the 2024 edition and what cargo refuses as the name of a crate.
const RESERVED_NAMES: [&str; 57] = [
    "abstract",
    "alloc",
    "as",
    "async",
    "await",
    "become",
    "box",
    "break",
    "build",
    "const",
    "continue",
    "core",
    "crate",
    "deps",
    "do",
    "dyn",
    "else",
    "enum",
    "examples",
    "extern",
    "false",
    "final",
    "fn",
    "for",
    "gen",
    "if",
    "impl",
    "in",
    "incremental",
    "let",
    "loop",
    "macro",
    "match",
    "mod",
    "move",
    "mut",
    "override",
    "priv",
    "pub",
    "ref",
    "return",
    "self",
    "static",
    "std",
    "struct",
    "super",
    "test",
    "trait",
    "true",
    "try",
    "type",
    "typeof",
    "unsafe",
    "use",
    "where",
    "while",
    "yield",
];

impl ProjectName {
    /// Checks the text.
    ///
    /// # Errors
    /// When it is no name, or taken.
    pub fn new(text: &str) -> Result<Self, NameError> {
        let is_word = |word: &str| {
            !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        };
        let starts_with_letter = text.starts_with(|c: char| c.is_ascii_lowercase());
        if text.len() > LONGEST || !starts_with_letter || !text.split('-').all(is_word) {
            return Err(NameError::Form);
        }
        if rikaste_bundled::PLUGINS.iter().any(|plugin| plugin.name == text) {
            return Err(NameError::Bundled);
        }
        if RESERVED_NAMES.contains(&text) {
            return Err(NameError::Reserved(text.to_owned()));
        }
        Ok(Self(text.to_owned()))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The code of the attribute that a new project writes: its own, so that two new projects can
    /// run in one shop.
    #[must_use]
    pub fn attribute_code(&self) -> String {
        self.0.replace('-', "_")
    }
}

#[derive(Deserialize)]
struct NamedTable {
    name: String,
}

#[derive(Deserialize)]
struct CargoToml {
    package: NamedTable,
}

#[derive(Deserialize)]
struct PyprojectToml {
    project: NamedTable,
}

impl PluginProject {
    /// The project in a folder.
    ///
    /// # Errors
    /// When there is none, or its file does not say what it is called.
    pub fn find_in_folder(folder: &Path) -> Result<Self, ProjectError> {
        for (file, language) in [
            ("Cargo.toml", ProjectLanguage::Rust),
            ("package.json", ProjectLanguage::Js),
            ("pyproject.toml", ProjectLanguage::Python),
        ] {
            let path = folder.join(file);
            let text = match fs::read_to_string(&path) {
                Ok(text) => text,
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return Err(ProjectError::File { path, reason: error.to_string() }),
            };
            let name = language
                .parse_project_name(&text)
                .and_then(|name| PluginName::new(&name).map_err(|error| error.to_string()));
            return match name {
                Ok(name) => Ok(Self { folder: folder.to_owned(), name, language }),
                Err(reason) => Err(ProjectError::File { path, reason }),
            };
        }
        Err(ProjectError::NoProject(folder.to_owned()))
    }

    /// Where it is.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What its file calls it.
    #[must_use]
    pub fn name(&self) -> &PluginName {
        &self.name
    }

    /// What it is written in.
    #[must_use]
    pub fn language(&self) -> ProjectLanguage {
        self.language
    }

    /// Where what is built of it goes.
    #[must_use]
    pub fn component_path(&self) -> PathBuf {
        let path = self.folder.join("dist").join(format!("{}.wasm", self.name));
        // `./dist/x.wasm` reads no better than `dist/x.wasm`.
        path.strip_prefix(".").map(Path::to_owned).unwrap_or(path)
    }

    /// Where its cases are.
    #[must_use]
    pub fn cases_folder(&self) -> PathBuf {
        self.folder.join("cases")
    }
}

impl FromStr for ProjectName {
    type Err = NameError;
    fn from_str(text: &str) -> Result<Self, NameError> {
        Self::new(text)
    }
}

impl fmt::Display for ProjectName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl ProjectLanguage {
    /// The project's name in the text of its file.
    fn parse_project_name(self, text: &str) -> Result<String, String> {
        match self {
            Self::Rust => toml::from_str(text)
                .map(|file: CargoToml| file.package.name)
                .map_err(|e| e.to_string()),
            Self::Js => serde_json::from_str(text)
                .map(|file: NamedTable| file.name)
                .map_err(|e| e.to_string()),
            Self::Python => toml::from_str(text)
                .map(|file: PyprojectToml| file.project.name)
                .map_err(|e| e.to_string()),
        }
    }

    /// What has to be typed once in a new project before it can be built.
    #[must_use]
    pub fn setup_commands(self) -> &'static [&'static str] {
        match self {
            Self::Rust => &[],
            Self::Js => &["npm install"],
            Self::Python => {
                if cfg!(windows) {
                    &["py -m venv .venv", ".venv\\Scripts\\pip install -r requirements.txt"]
                } else {
                    &["python3 -m venv .venv", ".venv/bin/pip install -r requirements.txt"]
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_lower_case_words_with_hyphens() {
        for name in ["colour-line", "a", "top10", "a-1-b"] {
            assert!(ProjectName::new(name).is_ok(), "{name}");
        }
        for name in ["", "Colour", "colour_line", "-a", "a-", "a--b", "1a", "väri", "a/b", "a b"] {
            assert_eq!(ProjectName::new(name), Err(NameError::Form), "{name}");
        }
        assert_eq!(ProjectName::new(&"a".repeat(61)), Err(NameError::Form));
        assert_eq!(ProjectName::new("care"), Err(NameError::Bundled));
        assert_eq!(ProjectName::new("match"), Err(NameError::Reserved("match".to_owned())));
        assert!(RESERVED_NAMES.is_sorted());
    }
}
