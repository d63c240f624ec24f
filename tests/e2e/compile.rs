//! A plugin is compiled in a process of its own, which is stopped when it takes more than it may.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use expect_test::{Expect, expect};
use rikaste_model::shop::Shop;
use rikaste_runtime::compile::{ChildCompiler, CompileLimits, PluginCompiler};
use rikaste_runtime::{EnabledPlugin, PluginRuntime, PluginSettings, load_plugins};

fn compiler(limits: CompileLimits) -> ChildCompiler {
    ChildCompiler { program: PathBuf::from(env!("CARGO_BIN_EXE_rikaste")), limits }
}

fn check(limits: CompileLimits, wasm: &[u8], expected: &Expect) {
    let error = compiler(limits).compile_component(wasm).expect_err("refused");
    expected.assert_eq(&error.to_string());
}

/// So many functions with so many blocks each, every one of which every value lives through.
fn bomb(functions: usize, blocks: usize) -> Vec<u8> {
    let block = "(if (i32.eqz (local.get 0)) (then (local.set 1 (i32.add (local.get 0) (local.get 1))) (local.set 0 (i32.mul (local.get 1) (local.get 2))) (local.set 2 (call 0 (local.get 0)))))\n";
    let function = format!(
        "(func (param i32) (result i32) (local i32 i32)\n{}(local.get 2))\n",
        block.repeat(blocks)
    );
    wat::parse_str(format!("(component (core module\n{}))", function.repeat(functions)))
        .expect("WAT")
}

const ROOMY: CompileLimits = CompileLimits {
    cpu_time: Duration::from_secs(60),
    wall_time: Duration::from_secs(60),
    memory: 2 << 30,
    code: 64 << 20,
};

#[test]
fn what_is_no_bomb_is_compiled() {
    let code = compiler(ROOMY).compile_component(&bomb(10, 10)).expect("compiles");
    assert!(code.starts_with(b"\x7fELF"));
}

#[test]
fn what_is_wrong_with_it_is_said() {
    check(
        ROOMY,
        b"\0asm\x0d\0\x01\0\x63",
        &expect!["failed to parse WebAssembly module: unexpected end-of-file (at offset 0x9)"],
    );
    check(
        ROOMY,
        b"",
        &expect!["failed to parse WebAssembly module: unexpected end-of-file (at offset 0x0)"],
    );
}

#[test]
fn a_compile_bomb_runs_out_of_time() {
    let began = Instant::now();
    check(
        CompileLimits { wall_time: Duration::from_millis(500), ..ROOMY },
        &bomb(2, 40_000),
        &expect![[
            r#"compiling it took more than 0.5 s; split its largest functions, or build it with `opt-level = "s"`"#
        ]],
    );
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
}

#[cfg(unix)]
#[test]
fn a_compile_bomb_runs_out_of_the_processor_s_time() {
    let limits = CompileLimits { cpu_time: Duration::from_secs(1), ..ROOMY };
    check(
        limits,
        &bomb(2, 40_000),
        &expect![[
            r#"compiling it took more than 1 s of the processor; split its largest functions, or build it with `opt-level = "s"`"#
        ]],
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_compile_bomb_runs_out_of_memory() {
    check(
        CompileLimits { memory: 256 << 20, ..ROOMY },
        &bomb(2, 40_000),
        &expect![[
            r#"compiling it took more than 256 MiB of memory; split its largest functions, or build it with `opt-level = "s"`"#
        ]],
    );
}

#[cfg(unix)]
#[test]
fn machine_code_without_end_is_cut_off() {
    check(
        CompileLimits { code: 1 << 20, ..ROOMY },
        &bomb(300, 100),
        &expect!["it becomes more than 1 MiB of machine code; leave out what it does not need"],
    );
}

#[test]
fn a_compiler_that_is_not_there_is_said() {
    let absent = ChildCompiler { program: PathBuf::from("/no/such/program"), limits: ROOMY };
    let error = absent.compile_component(b"").expect_err("not there");
    expect!["the compiler cannot be started: No such file or directory (os error 2)"]
        .assert_eq(&error.to_string());
}

/// A compile bomb in a shop's `plugins/`: it alone is left out.
#[test]
fn the_plugins_beside_a_compile_bomb_are_loaded() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("shop.toml"), SHOP).expect("written");
    fs::write(folder.path().join("model.toml"), "").expect("written");
    fs::create_dir(folder.path().join("channels")).expect("made");
    fs::write(folder.path().join("channels/web.toml"), "locales = [\"fi-FI\"]").expect("written");
    let limits = CompileLimits { wall_time: Duration::from_secs(3), ..ROOMY };
    let [cache, plugins] = ["cache", "plugins"].map(|name| folder.path().join(name));
    let runtime =
        PluginRuntime::with_compiler(&cache, PluginCompiler::ChildProcess(compiler(limits)));
    let runtime = runtime.expect("an engine");
    let bomb = bomb(2, 40_000);
    let golden = include_bytes!("../golden/0.1.0.wasm").to_vec();
    // Twice, because the second time what was compiled is in the cache.
    for _ in 0..2 {
        let chosen = [("bomb", bomb.clone()), ("golden", golden.clone())].map(|(name, wasm)| {
            EnabledPlugin {
                name: name.to_owned(),
                path: Some(PathBuf::from(format!("{name}.wasm"))),
                wasm: wasm.into(),
            }
        });
        let mut shop = Shop::load_from_folder(folder.path()).expect("a shop");
        let loaded =
            load_plugins(&runtime, chosen.into(), &plugins, &PluginSettings::default(), &mut shop);
        let names: Vec<_> = loaded.enrichers.iter().map(|plugin| plugin.name().as_str()).collect();
        assert_eq!(names, ["golden"]);
        let errors: String = loaded.broken.iter().map(|broken| format!("{broken}\n")).collect();
        assert_eq!(
            errors,
            "the plugin bomb is left out: it cannot be compiled: compiling it took more than 3 s; split its largest \
             functions, or build it with `opt-level = \"s\"` (bomb.wasm)\n"
        );
    }
}

const SHOP: &str = r#"
name = "Test"
time_zone = "Europe/Helsinki"
locales = ["fi-FI"]
price_list = "retail"
[price_lists.retail]
currency = "EUR"
"#;
