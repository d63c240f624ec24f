//! Only what was written here is taken; whatever else is there, the plugin is compiled again.

use std::sync::LazyLock;
use std::time::Instant;

use super::*;
use crate::engine;

const WASM: &str = r#"(component (core module (func (export "f") (result i32) (i32.const 42))))"#;

static ENGINE: LazyLock<Engine> =
    LazyLock::new(|| Engine::new(&engine::build_codegen_config()).expect("an engine"));

/// A cache's folder.
struct Yard {
    folder: tempfile::TempDir,
}

impl Yard {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder") }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("cache")
    }

    fn cache(&self) -> CodeCache {
        CodeCache::open_folder(self.path()).expect("a folder of ours")
    }

    /// Whether the component came from the cache, by a compiler that cannot compile.
    fn has(&self, wasm: &[u8]) -> bool {
        let cache = CompileCache::new(&ENGINE, Some(self.path()));
        let refused = PluginCompiler::ChildProcess(crate::compile::ChildCompiler {
            program: PathBuf::from("/no/such/program"),
            limits: crate::compile::CompileLimits::default(),
        });
        cache.load_or_compile(&ENGINE, &refused, &ContentHash::hash_bytes(wasm), wasm).is_ok()
    }

    fn fill(&self, wasm: &[u8]) {
        let cache = CompileCache::new(&ENGINE, Some(self.path()));
        cache
            .load_or_compile(
                &ENGINE,
                &PluginCompiler::InProcess,
                &ContentHash::hash_bytes(wasm),
                wasm,
            )
            .expect("compiles");
    }

    fn entries(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.path()).expect("made");
        let paths = entries.map(|entry| entry.expect("readable").path());
        let mut paths: Vec<_> = paths.filter(|path| path.extension().is_some()).collect();
        paths.sort();
        paths
    }
}

fn wasm() -> Vec<u8> {
    wat::parse_str(WASM).expect("WAT")
}

/// Another plugin, of which the machine code is another.
fn other() -> Vec<u8> {
    wat::parse_str(WASM.replace("42", "43")).expect("WAT")
}

#[test]
fn the_child_s_settings_make_code_for_the_pooling_engine() {
    let runtime = engine::PluginRuntime::with_workers(1, None).expect("an engine");
    let of = |engine| CompileCache::new(engine, None).engine;
    assert_eq!(of(&ENGINE), of(runtime.engine()));
}

#[test]
fn what_was_compiled_is_taken_the_next_time() {
    let yard = Yard::new();
    assert!(!yard.has(&wasm()));
    yard.fill(&wasm());
    assert!(yard.has(&wasm()));
    assert!(!yard.has(&other()));
}

#[test]
fn a_damaged_entry_is_made_again() {
    let yard = Yard::new();
    yard.fill(&wasm());
    let path = yard.entries().remove(0);
    let whole = fs::read(&path).expect("readable");
    for at in [0, MAC_BYTES - 1, MAC_BYTES, whole.len() / 2, whole.len() - 1] {
        let mut damaged = whole.clone();
        damaged[at] ^= 1;
        fs::write(&path, damaged).expect("written");
        assert!(!yard.has(&wasm()), "byte {at}");
    }
    for length in [0, 1, MAC_BYTES, whole.len() - 1] {
        fs::write(&path, &whole[..length]).expect("written");
        assert!(!yard.has(&wasm()), "{length} bytes");
    }
    yard.fill(&wasm());
    assert_eq!(fs::read(&path).expect("readable"), whole);
    assert!(yard.has(&wasm()));
}

#[test]
fn an_entry_under_another_plugin_s_name_is_not_taken() {
    let yard = Yard::new();
    yard.fill(&wasm());
    yard.fill(&other());
    let entries = yard.entries();
    fs::copy(&entries[0], &entries[1]).expect("copied");
    assert_eq!([yard.has(&wasm()), yard.has(&other())].iter().filter(|has| **has).count(), 1);
}

#[test]
fn machine_code_with_a_plain_checksum_is_not_taken() {
    let yard = Yard::new();
    yard.fill(&wasm());
    let path = yard.entries().remove(0);
    let code = fs::read(&path).expect("readable").split_off(MAC_BYTES);
    fs::write(&path, [blake3::hash(&code).as_bytes().as_slice(), &code].concat()).expect("written");
    assert!(!yard.has(&wasm()));
}

#[cfg(unix)]
#[test]
fn a_folder_that_came_from_elsewhere_is_not_believed_even_with_its_key() {
    let (theirs, ours) = (Yard::new(), Yard::new());
    theirs.fill(&wasm());
    fs::DirBuilder::new().create(ours.path()).expect("made");
    set_mode(&ours.path(), 0o700);
    for entry in fs::read_dir(theirs.path()).expect("made") {
        let entry = entry.expect("readable");
        fs::copy(entry.path(), ours.path().join(entry.file_name())).expect("copied");
    }
    assert_eq!(
        fs::read(ours.path().join(key::KEY_FILE)).expect("there"),
        fs::read(theirs.path().join(key::KEY_FILE)).expect("there")
    );
    assert!(theirs.has(&wasm()) && !ours.has(&wasm()));
}

#[cfg(unix)]
#[test]
fn a_folder_that_others_can_write_to_is_not_used() {
    let yard = Yard::new();
    yard.fill(&wasm());
    for mode in [0o720, 0o702, 0o777] {
        set_mode(&yard.path(), mode);
        assert!(!yard.has(&wasm()), "{mode:o}");
    }
    let error = create_private_folder(&yard.path()).expect_err("refused");
    assert_eq!(
        error.to_string(),
        "it is a folder that others can write to; type `chmod go-rwx` and its path"
    );
    set_mode(&yard.path(), 0o755);
    assert!(yard.has(&wasm()), "reading harms nobody");
}

#[cfg(unix)]
#[test]
fn a_key_that_others_can_read_is_made_anew() {
    let yard = Yard::new();
    yard.fill(&wasm());
    let key = yard.path().join(key::KEY_FILE);
    let before = fs::read(&key).expect("there");
    set_mode(&key, 0o644);
    assert!(!yard.has(&wasm()));
    assert_ne!(fs::read(&key).expect("there"), before);
    yard.fill(&wasm());
    assert!(yard.has(&wasm()));
}

#[test]
fn a_key_that_is_cut_off_is_made_anew() {
    let yard = Yard::new();
    yard.fill(&wasm());
    let key = yard.path().join(key::KEY_FILE);
    fs::write(&key, b"short").expect("written");
    assert!(!yard.has(&wasm()));
    yard.fill(&wasm());
    assert!(yard.has(&wasm()));
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("ours");
}

#[cfg(unix)]
#[test]
fn the_folder_and_the_key_are_for_nobody_else() {
    use std::os::unix::fs::MetadataExt;
    let yard = Yard::new();
    yard.fill(&wasm());
    let mode = |path: &Path| fs::metadata(path).expect("there").mode() & 0o777;
    assert_eq!(mode(&yard.path()), 0o700);
    assert_eq!(mode(&yard.path().join(key::KEY_FILE)), 0o600);
    assert_eq!(mode(&yard.entries()[0]), 0o600);
}

#[test]
fn what_was_not_used_for_longest_goes_first() {
    let yard = Yard::new();
    let cache = yard.cache();
    let now = SystemTime::now();
    let ago = |days: u64| now - Duration::from_secs(days * 24 * 60 * 60);
    let put = |name: &str, days| {
        let path = yard.path().join(name);
        fs::write(&path, vec![0; 1_000]).expect("written");
        File::options()
            .write(true)
            .open(path)
            .expect("there")
            .set_modified(ago(days))
            .expect("ours");
    };
    put("a.cwasm", 100);
    put("b.cwasm", 30);
    put("c.cwasm", 20);
    put("d.cwasm", 10);
    put(".tmpHalf", 2);
    put(".tmpBusy", 0);
    cache.prune_entries("d.cwasm", now, 2_500).expect("pruned");
    let mut left: Vec<_> = fs::read_dir(yard.path())
        .expect("made")
        .map(|entry| entry.expect("readable").file_name().into_string().expect("text"))
        .collect();
    left.sort();
    assert_eq!(left, [".tmpBusy", "c.cwasm", "d.cwasm", "key"]);
    cache.prune_entries("d.cwasm", now, 0).expect("pruned");
    assert!(yard.path().join("d.cwasm").exists(), "the one just made stays");
    cache.prune_entries("gone.cwasm", now, 0).expect("one that could not be written is no trouble");
}

#[test]
fn an_entry_that_is_used_is_not_old() {
    let yard = Yard::new();
    yard.fill(&wasm());
    let path = yard.entries().remove(0);
    let old = SystemTime::now() - MAX_UNUSED_AGE;
    File::options().write(true).open(&path).expect("there").set_modified(old).expect("ours");
    assert!(yard.has(&wasm()));
    let used = fs::metadata(&path).expect("there").modified().expect("known");
    assert!(elapsed_since(SystemTime::now(), used) < USE_TIME_PRECISION);
}

#[test]
fn two_that_begin_at_once_agree_on_a_key() {
    let yard = Yard::new();
    create_private_folder(&yard.path()).expect("made");
    let began = Instant::now();
    let codes: Vec<_> = std::thread::scope(|scope| {
        let one = || {
            scope.spawn(|| {
                CacheKey::load_or_create(&yard.path()).expect("a key").authenticate_code("n", b"c")
            })
        };
        let threads: Vec<_> = (0..8).map(|_| one()).collect();
        threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
    });
    assert!(codes.iter().all(|code| *code == codes[0]), "after {:?}", began.elapsed());
}
