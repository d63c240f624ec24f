;; It knows the log, and not how it is called.
(component
  (import "rikaste:plugin/log@0.1.0" (instance (export "write" (func (param "line" u32)))))
  (core module $m (func (export "f")))
  (core instance $i (instantiate $m))
  (func (export "describe") (canon lift (core func $i "f")))
  (func (export "configure") (canon lift (core func $i "f")))
  (func (export "enrich") (canon lift (core func $i "f"))))
