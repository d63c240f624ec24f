;; Its name is not UTF-8.

(data $wrong (i32.const 64) "\ff\fe")

(func $describe (export "describe") (result i32)
  (call $pair (i32.const 1024) (i32.const 64) (i32.const 2))
  (i32.const 1024))
