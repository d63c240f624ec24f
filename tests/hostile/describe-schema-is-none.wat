;; The schema of its configuration has a type that there is not.

(data $schema (i32.const 64) "{\"type\": \"strng\"}")

(func $describe (export "describe") (result i32)
  (call $pair (i32.const 1100) (i32.const 48) (i32.const 3))
  (call $pair (i32.const 1120) (i32.const 32) (i32.const 12))
  (call $pair (i32.const 1024) (i32.const 0) (i32.const 7))
  (call $pair (i32.const 1032) (i32.const 16) (i32.const 5))
  (call $pair (i32.const 1048) (i32.const 1100) (i32.const 1))
  (call $pair (i32.const 1056) (i32.const 1120) (i32.const 1))
  (call $pair (i32.const 1064) (i32.const 64) (i32.const 17))
  (i32.const 1024))
