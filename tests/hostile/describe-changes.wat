;; It has another version each time it is asked.

(data $other (i32.const 64) "1.0.1")

(global $asked (mut i32) (i32.const 0))

(func $describe (export "describe") (result i32)
  (call $pair (i32.const 1100) (i32.const 48) (i32.const 3))
  (call $pair (i32.const 1120) (i32.const 32) (i32.const 12))
  (call $pair (i32.const 1024) (i32.const 0) (i32.const 7))
  (call $pair (i32.const 1032) (i32.const 16) (i32.const 5))
  (call $pair (i32.const 1048) (i32.const 1100) (i32.const 1))
  (call $pair (i32.const 1056) (i32.const 1120) (i32.const 1))
  (if (global.get $asked)
    (then (call $pair (i32.const 1032) (i32.const 64) (i32.const 5))))
  (global.set $asked (i32.const 1))
  (i32.const 1024))
