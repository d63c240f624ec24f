//! Names: no type name twice in one crate, few names of one word, doc comments that say something.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use syn::visit::{self, Visit};

/// Type names that may stand more than once in a crate.
const MAY_REPEAT: [&str; 2] = ["Error", "Component"];

/// The most functions, and types, of one word: of a hundred.
const ONE_WORD_FUNCTIONS: usize = 28;
const ONE_WORD_TYPES: usize = 20;

/// Folders of crates, each with a `src`.
const CRATE_FOLDERS: [&str; 3] = ["catalog", "host", "plugins"];

/// The names that a crate defines, its tests apart.
#[derive(Default)]
struct NameCollector {
    file: String,
    types: Vec<(String, String)>,
    functions: Vec<String>,
}

impl NameCollector {
    fn add_type(&mut self, name: &syn::Ident) {
        self.types.push((name.to_string(), format!("{}:{}", self.file, name.span().start().line)));
    }
}

impl<'ast> Visit<'ast> for NameCollector {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if module.ident != "tests" {
            visit::visit_item_mod(self, module);
        }
    }

    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        self.add_type(&item.ident);
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        self.add_type(&item.ident);
    }

    fn visit_item_trait(&mut self, item: &'ast syn::ItemTrait) {
        self.add_type(&item.ident);
        visit::visit_item_trait(self, item);
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.functions.push(item.sig.ident.to_string());
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.functions.push(item.sig.ident.to_string());
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        self.functions.push(item.sig.ident.to_string());
    }
}

fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("the workspace")
}

/// The `src` folder of every crate that ships.
fn source_folders() -> Vec<PathBuf> {
    let mut folders = vec![workspace().join("plugin-sdk/src")];
    for folder in CRATE_FOLDERS {
        for entry in fs::read_dir(workspace().join(folder)).expect("a folder of crates") {
            folders.push(entry.expect("an entry").path().join("src"));
        }
    }
    folders.retain(|folder| folder.is_dir());
    folders
}

/// The Rust files below a folder, tests apart.
fn source_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        if path.is_dir() && name != "tests" {
            files.extend(source_files(&path));
        } else if name.ends_with(".rs") && name != "tests.rs" {
            files.push(path);
        }
    }
    files
}

fn collect_names(folder: &Path) -> NameCollector {
    let mut names = NameCollector::default();
    for path in source_files(folder) {
        let text = fs::read_to_string(&path).expect("a source");
        let file =
            syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        names.file = path.strip_prefix(workspace()).unwrap_or(&path).display().to_string();
        names.visit_file(&file);
    }
    names
}

#[test]
fn a_crate_has_no_type_name_twice() {
    let mut problems = Vec::new();
    for folder in source_folders() {
        let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, place) in collect_names(&folder).types {
            places.entry(name).or_default().push(place);
        }
        places.retain(|name, places| places.len() > 1 && !MAY_REPEAT.contains(&name.as_str()));
        problems
            .extend(places.iter().map(|(name, places)| format!("{name}: {}", places.join(", "))));
    }
    assert_eq!(problems, Vec::<String>::new(), "give each a name of its own");
}

#[test]
fn most_names_have_two_words() {
    let (mut functions, mut types) = (Vec::new(), Vec::new());
    for folder in source_folders() {
        let names = collect_names(&folder);
        functions.extend(names.functions);
        types.extend(names.types.into_iter().map(|(name, _)| name));
    }
    let is_one_word = |name: &&String| name.chars().filter(|c| c.is_uppercase()).count() == 1;
    let one_word_functions = functions.iter().filter(|name| !name.contains('_')).count();
    let one_word_types = types.iter().filter(is_one_word).count();
    assert!(
        one_word_functions * 100 <= functions.len() * ONE_WORD_FUNCTIONS,
        "{one_word_functions} of {} functions have a name of one word; write verb and object",
        functions.len()
    );
    assert!(
        one_word_types * 100 <= types.len() * ONE_WORD_TYPES,
        "{one_word_types} of {} types have a name of one word; write role and noun",
        types.len()
    );
}

/// The files of one name in a crate's layout that say nothing of what is in them.
#[test]
fn no_module_is_named_for_no_purpose() {
    const BANNED: [&str; 9] =
        ["utils", "util", "common", "helpers", "misc", "manager", "service", "core", "types"];
    let mut problems = Vec::new();
    for folder in source_folders() {
        for path in source_files(&folder) {
            let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
            if BANNED.contains(&stem) || stem == "mod" {
                problems.push(path.display().to_string());
            }
        }
    }
    assert_eq!(problems, Vec::<String>::new(), "name modules by their noun");
}
