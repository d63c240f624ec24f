;; It is no component.
(module (func (export "describe")))
