;; It wants a part of WASI that there is not.
(component
  (import "wasi:sockets/quic@0.2.0" (instance (export "connect" (func (result u32)))))
  (core module $m (func (export "f")))
  (core instance $i (instantiate $m))
  (func (export "describe") (canon lift (core func $i "f")))
  (func (export "configure") (canon lift (core func $i "f")))
  (func (export "enrich") (canon lift (core func $i "f"))))
