;; Says in 64 MiB why it failed.

(memory (export "memory") 1100)

(func $enrich (export "enrich")
  (param i32 i32 i32 i32 i32) (param $count i32) (result i32)
  (memory.fill (i32.const 65536) (i32.const 0) (i32.const 65536))
  (i32.store8 (i32.const 65536) (i32.const 1))
  (call $pair (i32.const 65540) (i32.const 131072) (i32.const 0x4000000))
  (call $pair (i32.const 1216) (i32.const 65536) (local.get $count))
  (i32.const 1216))
