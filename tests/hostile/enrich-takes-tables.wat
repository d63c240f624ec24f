;; A thousand functions more, and again.

(table $functions 1 funcref)

(func $enrich (export "enrich")
  (param i32 i32 i32 i32 i32) (param $count i32) (result i32)
  (loop $again (drop (table.grow $functions (ref.null func) (i32.const 1000))) (br $again))
  (i32.const 1216))
