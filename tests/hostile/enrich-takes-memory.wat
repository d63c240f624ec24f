;; A mebibyte and another one and another one.

(func $enrich (export "enrich")
  (param i32 i32 i32 i32 i32) (param $count i32) (result i32)
  (loop $again (drop (memory.grow (i32.const 16))) (br $again))
  (i32.const 1216))
