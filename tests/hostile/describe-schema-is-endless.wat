;; The schema of its configuration is itself.

(data $schema (i32.const 64) "{\"$ref\": \"#\"}")

(func $describe (export "describe") (result i32)
  (call $pair (i32.const 1100) (i32.const 48) (i32.const 3))
  (call $pair (i32.const 1120) (i32.const 32) (i32.const 12))
  (call $pair (i32.const 1024) (i32.const 0) (i32.const 7))
  (call $pair (i32.const 1032) (i32.const 16) (i32.const 5))
  (call $pair (i32.const 1048) (i32.const 1100) (i32.const 1))
  (call $pair (i32.const 1056) (i32.const 1120) (i32.const 1))
  (call $pair (i32.const 1064) (i32.const 64) (i32.const 13))
  (i32.const 1024))
