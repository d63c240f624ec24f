;; It has the three functions, and they give and take nothing.
(component
  (core module $m (func (export "f")))
  (core instance $i (instantiate $m))
  (func (export "describe") (canon lift (core func $i "f")))
  (func (export "configure") (canon lift (core func $i "f")))
  (func (export "enrich") (canon lift (core func $i "f"))))
