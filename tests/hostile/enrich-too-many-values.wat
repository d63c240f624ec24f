;; Five thousand values for the first product, all of them zeros: texts of an attribute without a name.

(memory (export "memory") 16)

(func $enrich (export "enrich")
  (param i32 i32 i32 i32 i32) (param $count i32) (result i32)
  (memory.fill (i32.const 65536) (i32.const 0) (i32.const 65536))
  (call $pair (i32.const 65540) (i32.const 131072) (i32.const 5000))
  (call $pair (i32.const 1216) (i32.const 65536) (local.get $count))
  (i32.const 1216))
