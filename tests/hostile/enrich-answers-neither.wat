;; Its outcome is neither a patch nor an error.

(func $enrich (export "enrich")
  (param i32 i32 i32 i32 i32) (param $count i32) (result i32)
  (memory.fill (i32.const 65536) (i32.const 7) (i32.const 65536))
  (call $pair (i32.const 1216) (i32.const 65536) (local.get $count))
  (i32.const 1216))
