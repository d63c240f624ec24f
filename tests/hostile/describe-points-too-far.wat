;; Its list of reads is longer than its memory.

(func $describe (export "describe") (result i32)
  (call $pair (i32.const 1048) (i32.const 1100) (i32.const 0x0fffffff))
  (i32.const 1024))
