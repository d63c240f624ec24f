;; A trap of another kind.

(func $enrich (export "enrich")
  (param i32 i32 i32 i32 i32) (param $count i32) (result i32)
  (i32.div_u (i32.const 1) (i32.const 0)))
