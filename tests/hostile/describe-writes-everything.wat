;; It writes a hundred thousand attributes.

(memory (export "memory") 32)

(func $describe (export "describe") (result i32)
  (call $pair (i32.const 1100) (i32.const 48) (i32.const 3))
  (call $pair (i32.const 1120) (i32.const 32) (i32.const 12))
  (call $pair (i32.const 1024) (i32.const 0) (i32.const 7))
  (call $pair (i32.const 1032) (i32.const 16) (i32.const 5))
  (call $pair (i32.const 1048) (i32.const 1100) (i32.const 1))
  (call $pair (i32.const 1056) (i32.const 1120) (i32.const 1))
  (call $pair (i32.const 1056) (i32.const 65536) (i32.const 100000))
  (i32.const 1024))
