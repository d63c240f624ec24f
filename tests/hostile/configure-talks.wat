;; Refuses its configuration with a mebibyte of words.

(memory (export "memory") 32)

(func $configure (export "configure") (param i32 i32) (result i32)
  (memory.fill (i32.const 131072) (i32.const 0x61) (i32.const 0x100000))
  (i32.store8 (i32.const 1200) (i32.const 1))
  (call $pair (i32.const 1204) (i32.const 131072) (i32.const 0x100000))
  (i32.const 1200))
