//! A plugin is compiled in a process of its own, which is stopped when it takes more than it may.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use expect_test::{Expect, expect};
use rikaste::plugin::compile::{ChildCompiler, CompileLimits};

fn compiler(limits: CompileLimits) -> ChildCompiler {
    ChildCompiler { program: PathBuf::from(env!("CARGO_BIN_EXE_rikaste")), limits }
}

fn check(limits: CompileLimits, wasm: &[u8], expected: &Expect) {
    let error = compiler(limits).compile(wasm).expect_err("refused");
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

const ROOMY: CompileLimits =
    CompileLimits { time: Duration::from_secs(60), memory: 2 << 30, code: 64 << 20 };

#[test]
fn what_is_no_bomb_is_compiled() {
    let code = compiler(ROOMY).compile(&bomb(10, 10)).expect("compiles");
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
        CompileLimits { time: Duration::from_millis(500), ..ROOMY },
        &bomb(2, 40_000),
        &expect![[
            r#"compiling it took more than 0.5 s; split its largest functions, or build it with `opt-level = "s"`"#
        ]],
    );
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
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
    let error = absent.compile(b"").expect_err("not there");
    expect!["the compiler cannot be started: No such file or directory (os error 2)"]
        .assert_eq(&error.to_string());
}
