;; Goes deeper and deeper on the native stack.

(func $describe (export "describe") (result i32) (i32.add (call $describe) (i32.const 1)))
