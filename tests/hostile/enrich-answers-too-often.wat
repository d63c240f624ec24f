;; One outcome too many.

(func $enrich (export "enrich")
  (param i32 i32 i32 i32 i32) (param $count i32) (result i32)
  (call $pair (i32.const 1216) (i32.const 65536) (i32.add (local.get $count) (i32.const 1)))
  (memory.fill (i32.const 65536) (i32.const 0) (i32.const 65536))
  (i32.const 1216))
