//! Writing plugins, with the real binary: the guide as it stands, the three templates, and what
//! `plugin test` and `plugin dev` say when something is wrong.

mod harness;

use std::env;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;

use harness::{PATIENCE, Shop};
use serde_json::Value;

/// A folder to write plugins in. Their crates are compiled into one target folder that stays, so
/// that the SDK is compiled once.
struct ProjectsFolder {
    folder: tempfile::TempDir,
}

impl ProjectsFolder {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A program in a folder of the projects, with `rikaste` on its path and no network.
    fn command(&self, program: &str, folder: &Path) -> Command {
        let binaries = Path::new(env!("CARGO_BIN_EXE_rikaste")).parent().expect("in a folder");
        let before = env::var_os("PATH").unwrap_or_default();
        let path =
            env::join_paths([binaries.to_owned()].into_iter().chain(env::split_paths(&before)));
        let mut command = Command::new(program);
        command
            .current_dir(folder)
            .env("PATH", path.expect("a path"))
            .env("CARGO_NET_OFFLINE", "true")
            .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("author"))
            .env("XDG_CACHE_HOME", self.path("cache"))
            .env("NO_COLOR", "1");
        // What this test itself is compiled with is nothing to the plugins.
        for name in
            ["RUSTFLAGS", "RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER", "CARGO_ENCODED_RUSTFLAGS"]
        {
            command.env_remove(name);
        }
        command
    }

    /// What `rikaste` prints, and its exit code.
    fn rikaste(&self, arguments: &[&str]) -> (String, i32) {
        let command = self.command(env!("CARGO_BIN_EXE_rikaste"), self.folder.path());
        finish(command, arguments)
    }

    fn done(&self, arguments: &[&str]) -> String {
        let (text, code) = self.rikaste(arguments);
        assert_eq!(code, 0, "rikaste {}\n{text}", arguments.join(" "));
        text
    }
}

fn finish(mut command: Command, arguments: &[&str]) -> (String, i32) {
    let output = command.args(arguments).output().expect("the program runs");
    let text = [output.stdout, output.stderr].concat();
    (String::from_utf8_lossy(&text).into_owned(), output.status.code().unwrap_or(-1))
}

/// Whether a test can be done; where it has to be (`CI=true`), it fails instead.
fn without(what: &str) {
    assert!(env::var_os("CI").is_none(), "{what}, and CI has to have it");
    eprintln!("skipped: {what}");
}

/// A fenced block of the guide: what is behind the fence, and what is in it.
fn blocks(guide: &str) -> Vec<(Vec<&str>, String)> {
    let mut blocks = Vec::new();
    let mut lines = guide.lines();
    while let Some(line) = lines.next() {
        if let Some(info) = line.strip_prefix("```") {
            let text = lines.by_ref().take_while(|line| *line != "```");
            let text = text.map(|line| format!("{line}\n")).collect();
            blocks.push((info.split(' ').collect(), text));
        }
    }
    blocks
}

#[test]
fn the_guide_does_what_it_says() {
    let projects = ProjectsFolder::new();
    let guide = include_str!("../../plugin-sdk/GUIDE.md");
    let mut folder = projects.folder.path().to_owned();
    let mut printed = String::new();
    for (info, text) in blocks(guide) {
        match info.as_slice() {
            ["sh"] => {
                for line in text.lines() {
                    if let Some(into) = line.strip_prefix("cd ") {
                        folder = folder.join(into);
                        continue;
                    }
                    let (command, fails) = match line.split_once("# fails") {
                        Some((command, _)) => (command, true),
                        None => (line, false),
                    };
                    let (text, code) = finish(projects.command("sh", &folder), &["-c", command]);
                    assert_eq!(code != 0, fails, "{line}\n{text}");
                    printed.push_str(&text);
                }
            }
            ["text"] => {}
            ["diff", file] => {
                let pick = |sign| -> String {
                    let lines = text.lines().filter_map(|line| line.strip_prefix(sign));
                    lines.map(|line| format!("{line}\n")).collect()
                };
                let path = folder.join(file);
                let source = fs::read_to_string(&path).expect("it is there");
                let (old, new) = (pick('-'), pick('+'));
                assert_eq!(source.matches(&old).count(), 1, "{old} is in {file} once");
                fs::write(path, source.replace(&old, &new)).expect("written");
            }
            [_, file] => {
                let path = folder.join(file);
                fs::create_dir_all(path.parent().expect("in a folder")).expect("made");
                fs::write(path, text).expect("written");
            }
            other => panic!("what is to be done with a block of {other:?}?"),
        }
    }
    for expected in [
        "2 cases passed",
        "It has no expected.json",
        "+ info material-missing (material, fi-FI): there is no material in fi-FI; add one",
        "Pipo · hiekka · 100 % villa",
        "is read as plugin line-files 0.1.0",
        "Huivi",
    ] {
        assert!(printed.contains(expected), "{expected} is not in\n{printed}");
    }
}

/// A template passes its own cases, well within what a plugin may use.
fn template_passes(projects: &ProjectsFolder, project: &str, language: &str) {
    projects.done(&["plugin", "build", project]);
    // Only the report is on standard output.
    let mut test = projects.command(env!("CARGO_BIN_EXE_rikaste"), projects.folder.path());
    let output = test.args(["plugin", "test", project, "--json"]).output().expect("it runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    let report: Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {errors}"));
    assert_eq!(report["passed"], true, "{language}: {report:#}");
    assert_eq!(report["notes"], Value::Array(Vec::new()), "{language}");
    let limits = &report["limits"];
    for case in report["cases"].as_array().expect("cases") {
        for product in case["products"].as_array().expect("products") {
            for what in ["steps", "memory", "output", "values"] {
                let takes = product[what].as_u64().expect("a number");
                let most = limits[what].as_u64().expect("a number");
                assert!(takes > 0 || what == "values", "{language}: {product}");
                assert!(takes * 10 < most, "{language}: a product takes {takes} {what} of {most}");
            }
        }
    }
}

#[test]
fn the_rust_template_passes_and_is_refused_over_another() {
    let projects = ProjectsFolder::new();
    projects.done(&["plugin", "new", "my-badge", "--lang", "rust"]);
    template_passes(&projects, "my-badge", "rust");
    let (text, code) = projects.rikaste(&["plugin", "new", "my-badge", "--lang", "python"]);
    assert_eq!(
        (text.as_str(), code),
        ("rikaste: my-badge is not empty; choose another folder with --into\n", 1)
    );
}

#[test]
fn the_javascript_template_passes() {
    let Some(modules) = env::var_os("RIKASTE_NODE_MODULES") else {
        return without("RIKASTE_NODE_MODULES names no folder with componentize-js");
    };
    let projects = ProjectsFolder::new();
    projects.done(&["plugin", "new", "my-badge", "--lang", "js"]);
    let (text, code) = projects.rikaste(&["plugin", "test", "my-badge"]);
    assert_eq!(code, 1);
    assert!(text.contains("get it with:\n\n    cd my-badge\n    npm install"), "{text}");
    // Node looks into the folders above the project.
    link(Path::new(&modules), &projects.path("node_modules"));
    template_passes(&projects, "my-badge", "js");
    let (text, code) = finish(projects.command("npm", &projects.path("my-badge")), &["test"]);
    assert_eq!(code, 0, "{text}");
}

#[test]
fn the_python_template_passes() {
    let Some(venv) = env::var_os("RIKASTE_PYTHON") else {
        return without("RIKASTE_PYTHON names no virtual environment with componentize-py");
    };
    let projects = ProjectsFolder::new();
    projects.done(&["plugin", "new", "my-badge", "--lang", "python"]);
    link(Path::new(&venv), &projects.path("my-badge/.venv"));
    template_passes(&projects, "my-badge", "python");
    let python = if cfg!(windows) { "Scripts/python" } else { "bin/python" };
    let python = Path::new(&venv).join(python);
    let unit = projects.command(python.to_str().expect("a plain path"), &projects.path("my-badge"));
    let (text, code) = finish(unit, &["-m", "unittest", "discover", "tests"]);
    assert_eq!(code, 0, "{text}");
}

fn link(from: &Path, to: &Path) {
    let from = fs::canonicalize(from).expect("it is there");
    #[cfg(unix)]
    std::os::unix::fs::symlink(from, to).expect("linked");
    #[cfg(windows)]
    std::os::windows::fs::symlink_dir(from, to).expect("linked");
}

/// The template in Rust with other code where the patch is made.
fn rust_plugin(projects: &ProjectsFolder, name: &str, code: &str) {
    projects.done(&["plugin", "new", name, "--lang", "rust"]);
    let path = projects.path(name).join("src/lib.rs");
    let source = fs::read_to_string(&path).expect("it is there");
    let start = "let mut patch = Patch::new();";
    assert_eq!(source.matches(start).count(), 1);
    fs::write(&path, source.replacen(start, &format!("{start}\n        {code}"), 1))
        .expect("written");
}

#[test]
fn what_learns_from_other_products_is_found_out() {
    let projects = ProjectsFolder::new();
    rust_plugin(
        &projects,
        "counting",
        "static SEEN: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);\n\
         let seen = SEEN.fetch_add(1, std::sync::atomic::Ordering::Relaxed);\n\
         patch.info(\"seen\", format!(\"{seen} products before\"));",
    );
    let (text, code) = projects.rikaste(&["plugin", "test", "counting", "--update"]);
    assert_eq!(code, 1);
    assert!(
        text.contains("1002 came out in another way alone than together with the others"),
        "{text}"
    );
    assert!(
        !projects
            .path("counting/cases/complete/expected.json")
            .metadata()
            .is_ok_and(|m| m.len() == 0)
    );
}

#[test]
fn a_panic_names_the_product_and_the_rest_stands() {
    let projects = ProjectsFolder::new();
    rust_plugin(
        &projects,
        "fragile",
        "assert!(product.text(\"name\", None) != Some(\"Pipo\"), \"no {}\", \"beanies\");",
    );
    let (text, code) = projects.rikaste(&["plugin", "test", "fragile", "--case", "complete"]);
    assert_eq!(code, 1);
    assert!(
        text.contains(
            "    1002 failure\n      + fragile 0.1.0 failed: it panicked: panicked at src/lib.rs:"
        ),
        "{text}"
    );
    assert!(text.contains("no beanies"), "{text}");
    assert!(!text.contains("\n    1001 "), "{text}");
}

#[test]
fn a_new_version_goes_into_the_shop_when_a_source_is_saved() {
    let projects = ProjectsFolder::new();
    projects.done(&["plugin", "new", "shop-line", "--lang", "rust"]);
    let shop = Shop::new();
    shop.write("two.csv", "sku,name-en_GB\nA,Down jacket\nB,Beanie\n");
    let (text, code) = shop.rikaste(&["import", "two.csv"]);
    assert_eq!(code, 0, "{text}");
    let running = shop.run();
    let line = || {
        running.json("/v1/channels/web/products/A")["localized"]["en-GB"]["attributes"]["shop_line"]
            .clone()
    };

    let mut dev = projects.command(env!("CARGO_BIN_EXE_rikaste"), &projects.path("shop-line"));
    dev.args(["plugin", "dev", "--shop"]).arg(shop.folder.path());
    let mut dev = dev.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it runs");
    let lines = BufReader::new(dev.stdout.take().expect("it is piped")).lines();
    let (sender, received) = mpsc::channel();
    std::thread::spawn(move || lines.map_while(Result::ok).try_for_each(|line| sender.send(line)));
    let round = || -> String {
        let mut text = String::new();
        loop {
            let line = received
                .recv_timeout(PATIENCE * 3)
                .unwrap_or_else(|_| panic!("silence after\n{text}"));
            if line.starts_with("Waiting for changes") {
                return text;
            }
            text.push_str(&line);
            text.push('\n');
        }
    };

    let first = round();
    assert!(first.contains("2 cases passed"), "{first}");
    assert_eq!(line(), "Down jacket", "{first}");

    let path = projects.path("shop-line/src/lib.rs");
    let source = fs::read_to_string(&path).expect("it is there");
    fs::write(
        &path,
        source.replace("let mut parts = vec![name];", "let mut parts = vec![\"New\", name];"),
    )
    .expect("written");
    let second = round();
    assert!(second.starts_with("\nsrc/lib.rs changed.\n"), "{second}");
    assert!(
        second.contains("A shop_line en-GB: \"Down jacket\" → \"New, Down jacket\""),
        "{second}"
    );
    assert_eq!(line(), "New, Down jacket", "{second}");

    fs::write(&path, "not Rust").expect("written");
    let third = round();
    assert!(third.contains("The shop goes on with the version before."), "{third}");
    assert_eq!(line(), "New, Down jacket", "{third}");
    dev.kill().expect("killed");
    dev.wait().expect("gone");
}
