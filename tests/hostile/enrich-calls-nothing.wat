;; Calls a function that is not there.

(type $nothing (func (result i32)))

(table $functions 10 funcref)

(func $enrich (export "enrich")
  (param i32 i32 i32 i32 i32) (param $count i32) (result i32)
  (call_indirect $functions (type $nothing) (i32.const 3)))
