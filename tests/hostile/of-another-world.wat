;; It is a program to be run.
(component
  (core module $m (func (export "f") (result i32) (i32.const 0)))
  (core instance $i (instantiate $m))
  (func $run (result (result)) (canon lift (core func $i "f")))
  (instance $of (export "run" (func $run)))
  (export "wasi:cli/run@0.2.0" (instance $of)))
