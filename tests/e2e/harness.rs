//! A shop in a temporary folder, run by the real binary, and what a person or a program does to it.

// Each test program uses its own part of this.
#![allow(dead_code)]

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::Value;

/// How long anything may take before a test says that it does not happen.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A shop's folder that is gone when the test is over.
pub struct Shop {
    pub folder: tempfile::TempDir,
}

/// The shop being run; killed when it is dropped.
pub struct Running {
    child: Child,
    pub address: String,
    /// The lines of its log.
    log: Arc<Mutex<Vec<String>>>,
}

/// An answer of the API.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    pub status: u16,
    pub release: Option<u64>,
    pub etag: Option<String>,
    pub media_type: Option<String>,
    pub body: String,
}

/// What the tests may read everything with.
const TOKEN: &str = "of-the-tests";

const SHOP_TOML: &str = r#"
name = "Test"
time_zone = "Europe/Helsinki"
locales = ["fi-FI", "sv-SE", "en-GB"]
price_list = "retail"
[price_lists.retail]
currency = "EUR"
[locations.helsinki]
[locations.central]
kind = "warehouse"
"#;

const MODEL_TOML: &str = r#"
[attributes.name]
type = "text"
localizable = true
search = "title"
[attributes.description]
type = "text"
localizable = true
search = "text"
[attributes.care_text]
type = "text"
[attributes.color]
type = "options"
facet = true
[attributes.material]
type = "text"
localizable = true
[associations.accessory]
"#;

const CHANNEL_TOML: &str = r#"
public = true
locales = ["fi-FI", "sv-SE", "en-GB"]
[fallback]
"sv-SE" = ["en-GB"]
"#;

impl Shop {
    /// A small shop with the channels web, screen and seller.
    pub fn new() -> Self {
        let shop = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        shop.write("shop.toml", SHOP_TOML);
        shop.write("model.toml", MODEL_TOML);
        shop.write(".rikaste/tokens", TOKEN);
        for channel in ["web", "screen", "seller"] {
            shop.write(&format!("channels/{channel}.toml"), CHANNEL_TOML);
        }
        shop
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("inside the shop")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// Puts a file into the inbox the way careful programs do: whole, by renaming.
    pub fn drop_file(&self, name: &str, text: impl AsRef<[u8]>) {
        let unfinished = format!("inbox/{name}.part");
        self.write(&unfinished, text);
        fs::rename(self.path(&unfinished), self.path(&format!("inbox/{name}"))).expect("renamed");
    }

    /// Runs a command on the shop that is not running; gives what it printed, and its exit code.
    pub fn rikaste(&self, arguments: &[&str]) -> (String, i32) {
        let (out, err, code) = self.run_command(arguments);
        (out + &err, code)
    }

    /// The same, with what it printed as an answer and what as an error.
    pub fn run_command(&self, arguments: &[&str]) -> (String, String, i32) {
        let output = Command::new(env!("CARGO_BIN_EXE_rikaste"))
            .args(arguments)
            .current_dir(self.folder.path())
            .env("RIKASTE_LOG", "error")
            .output()
            .expect("the binary runs");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let code = output.status.code().unwrap_or(-1);
        (text(&output.stdout), text(&output.stderr), code)
    }

    pub fn run(&self) -> Running {
        Running::start(self.folder.path(), &["run", "."])
    }

    /// The receipt of a file, as soon as it is there.
    pub fn receipt(&self, name: &str) -> Value {
        let path = self.path(&format!("receipts/{name}.json"));
        wait_for(&format!("{} to be written", path.display()), || {
            serde_json::from_slice(&fs::read(&path).ok()?).ok()
        })
    }
}

impl Running {
    pub fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_rikaste"))
            .args(arguments)
            .args(["--port", "0"])
            .current_dir(folder)
            .env("RIKASTE_LOG", "warn")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary runs");
        let log = collect_log(child.stderr.take().expect("it is piped"));
        let mut lines = BufReader::new(child.stdout.take().expect("it is piped")).lines();
        let address = loop {
            let line = lines.next().expect("it says where it runs").expect("text");
            if let Some(address) = line.strip_prefix("Rikaste runs on ") {
                break address.to_owned();
            }
        };
        // Nobody reads the rest, and a full pipe must not stop it.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, address, log }
    }

    /// As a power cut would: no time to say goodbye.
    pub fn kill(mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("gone");
    }

    #[cfg(unix)]
    pub fn send_signal(&self, signal: rustix::process::Signal) {
        let id = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(id, signal).expect("it runs");
    }

    pub fn get(&self, path: &str) -> Answer {
        get(&self.address, path)
    }

    pub fn json(&self, path: &str) -> Value {
        let answer = self.get(path);
        serde_json::from_str(&answer.body).unwrap_or_else(|e| panic!("{path}: {e}: {answer:?}"))
    }

    /// The current release's number; 0 before the first.
    pub fn release(&self) -> u64 {
        self.get("/v1/releases/current").release.unwrap_or(0)
    }

    /// Waits until the release is at least this.
    pub fn wait_for_release(&self, number: u64) {
        wait_for(&format!("release {number}"), || (self.release() >= number).then_some(()));
    }

    /// Waits until so many lines of the log contain a text.
    pub fn wait_for_log(&self, text: &str, times: usize) {
        wait_for(&format!("{text:?} in the log"), || {
            let log = self.log.lock().expect("the log");
            (log.iter().filter(|line| line.contains(text)).count() >= times).then_some(())
        });
    }

    /// A channel's documents by SKU.
    pub fn documents(&self, channel: &str) -> std::collections::BTreeMap<String, Value> {
        let answer = self.get(&format!("/v1/channels/{channel}/snapshot"));
        assert_eq!(answer.status, 200, "{answer:?}");
        let parse = |line: &str| {
            let document: Value = serde_json::from_str(line).expect("a document a line");
            (document["id"].as_str().expect("an id").to_owned(), document)
        };
        answer.body.lines().map(parse).collect()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn get(address: &str, path: &str) -> Answer {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(PATIENCE))
        .build()
        .into();
    let mut response = agent
        .get(format!("{address}{path}"))
        .header("authorization", format!("Bearer {TOKEN}"))
        .call()
        .expect("an answer");
    let header = |name: &str| {
        response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
    };
    let (release, etag, media_type) =
        (header("rikaste-release"), header("etag"), header("content-type"));
    let bytes = response.body_mut().with_config().limit(1 << 30).read_to_vec().expect("a body");
    Answer {
        status: response.status().as_u16(),
        release: release.and_then(|number| number.parse().ok()),
        etag,
        media_type,
        body: String::from_utf8_lossy(&bytes).into_owned(),
    }
}

/// Keeps the lines that a program logs, and shows them beside the test's own output.
fn collect_log(stderr: ChildStderr) -> Arc<Mutex<Vec<String>>> {
    let log = Arc::<Mutex<Vec<String>>>::default();
    let kept = Arc::clone(&log);
    std::thread::spawn(move || {
        for line in BufReader::new(stderr).lines().map_while(Result::ok) {
            eprintln!("{line}");
            kept.lock().expect("the log").push(line);
        }
    });
    log
}

/// Waits until there is something.
pub fn wait_for<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(began.elapsed() < PATIENCE, "waited in vain for {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// An archive with these files in it.
pub fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write;
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a file");
        writer.write_all(bytes).expect("written");
    }
    writer.finish().expect("an archive").into_inner()
}
